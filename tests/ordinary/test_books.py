"""What the configuration of an ordinary book says about its chapters."""

from __future__ import annotations

from urllib.parse import unquote

from lxml import html as lxml_html

from notat.project.project import Project
from notat.readback.blocks import ALT, BOX, HEADING
from notat.readback.read import pages_of
from tools.bench.book import CONFIG

LISTED = """\
    - part: "Første del"
      chapters:
        - chapters/arbeid.qmd
        - "chapters/min prøve.md"
    - chapters/uten.qmd"""
PLAIN = """\
# Min prøve

::: {.callout-note title="Ramme"}
## Under boksens tittel

Se [uten](uten.qmd#metode) og [her](#under-boksens-tittel).
:::
"""
UNNUMBERED = """\
---
title: Uten nummer
number-sections: false
---

## Metode

Se [prøven](<min prøve.md>).

## Metode
"""


NAMED = """\
    - ./chapters/arbeid.qmd
    - chapters/1.2 mine tall.qmd
    - chapters/nytt grunnlag.qmd"""
DRAWING = """\
# Mine tall

```{python}
from notat import tall
```

Av alle var `{python} tall("alle")` i arbeid.

Se [starten](../index.qmd#sec-sammendrag) og [arbeid](./arbeid.qmd#sec-mer).

```{python}
#| fig-alt: En linje som stiger.
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.show()
```
"""
GROUND = """\
# Nytt grunnlag

```{python}
from notat import tallgrunnlag
```

`{python} tallgrunnlag()`

Se [mine tall](<1.2 mine tall.qmd#mine-tall>).
"""


def test_parts_plain_markdown_names_with_spaces_and_chapters_without_numbers(rebuild):
    files = {
        "_quarto.yml": CONFIG.format(chapters=LISTED),
        "chapters/min prøve.md": PLAIN,
        "chapters/uten.qmd": UNNUMBERED,
    }
    made = rebuild("# Utenfor boka\n", files)
    expected = ["2 Min prøve", "2.1 Under boksens tittel", "Uten nummer", "Metode", "Metode", "Litteratur"]
    for read in made.read.values():
        assert [block.text for block in read.of(HEADING)][-6:] == expected
        assert "Ramme" in [block.text for block in read.of(BOX)]
    page = unquote((made.folder / "uten.html").read_text(encoding="utf-8"))
    assert 'href="min-prøve.html#min-prøve"' in page
    assert '<li class="label">Første del</li>' in page


def test_the_name_of_a_chapter_may_have_spaces_and_full_stops(rebuild):
    files = {
        "_quarto.yml": CONFIG.format(chapters=NAMED).replace("- index.qmd", "- ./index.qmd"),
        "chapters/1.2 mine tall.qmd": DRAWING,
        "chapters/nytt grunnlag.qmd": GROUND,
    }
    made = rebuild("# Utenfor boka\n", files)
    for read in made.read.values():
        assert "Mine tall" in "".join(block.text for block in read.of(HEADING))
        assert [block.text for block in read.of(ALT)] == ["En linje som stiger."]
    page = lxml_html.parse(made.folder / "1.2-mine-tall.html").find(".//main")
    (image,) = page.iter("img")
    assert (made.folder / image.get("src")).is_file()
    links = [link.get("href") for link in page.iter("a")]
    assert {"index.html#sec-sammendrag", "arbeid.html#sec-mer"} <= set(links)
    ground = lxml_html.parse(made.folder / "nytt-grunnlag.html").find(".//main")
    assert ground.xpath(".//*[@id='sec-tallgrunnlag-1.2-mine-tall']")
    assert pages_of(made.folder, [chapter.file for chapter in Project(made.root).config.chapters])
