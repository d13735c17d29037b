"""Chapters split into text, cells and inline code, with the place of each."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.project.cells import Options
from notat.project.source import CodeCell, Inline, Source, Text, _split, read_source
from notat.text.errors import NotatError

CELL = "```{python}\n1\n```\n"


@pytest.fixture
def read(tmp_path):
    """Write files of a project and read the first as a chapter."""

    def write(text, **others):
        for name, content in {"kap": text, **others}.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.qmd").write_bytes(data)
        return read_source(tmp_path, "kap.qmd")

    return write


def kinds(source):
    return [type(part).__name__ for part in source.parts]


def test_a_chapter_is_text_cells_and_inline_code_in_order(read):
    source = read(f"# A\n\n{CELL}\nEn `{{python}} a` og `{{python}}  b(1)` to.\n")
    assert source.parts == [
        Text("# A\n\n", ("kap.qmd", 1)),
        CodeCell("1", Options(), ("kap.qmd", 3)),
        Text("\nEn ", ("kap.qmd", 6)),
        Inline("a", ("kap.qmd", 7)),
        Text(" og ", ("kap.qmd", 7)),
        Inline("b(1)", ("kap.qmd", 7)),
        Text(" to.\n", ("kap.qmd", 7)),
    ]


def test_windows_line_endings_and_byte_order_mark_change_nothing(read):
    text = f"# A\n\n{CELL}\nEn `{{python}} a`.\n\n{{{{< include _ny.qmd >}}}}\n"
    plain = read(text, _ny="Mer.\n")
    marked = [codecs.BOM_UTF8 + part.replace("\n", "\r\n").encode() for part in (text, "Mer.\n")]
    again = read(marked[0], _ny=marked[1])
    assert (again.parts, again.lines) == (plain.parts, plain.lines)


@pytest.mark.parametrize("sign", ["\u2028", "\x0c", "\x85", "\x00", "\x1b", "\u202e", "\u2066", "\u200f", "\ufeff"])
def test_a_sign_that_shows_other_text_than_is_read_is_refused_with_its_line(read, refused, sign):
    with refused("kap.qmd", 2, f"usynlig tegn som ikke er tillatt (U+{ord(sign):04X})"):
        read(f"En\nto{sign}tre\nfire\n")


_LINES = ["# A", "tekst", "", "```", "```{python}", "~~~", "````", "`{python} x` y", "x = 1", "```python"]


def written(part):
    if isinstance(part, Text):
        return part.markdown
    return f"`{{python}} {part.code}`" if isinstance(part, Inline) else f"```{{python}}\n{part.code}\n```\n"


@given(st.lists(st.sampled_from(_LINES)))
def test_nothing_of_a_chapter_is_lost(lines):
    source = Source("kap.qmd", lines=[(("kap.qmd", n), line) for n, line in enumerate(lines, 1)])
    try:
        _split(source, errors := [])
    except NotatError:
        return
    if errors:
        return
    text = "".join(map(written, source.parts))
    # A cell may be closed by a longer fence, and blank lines at its end are not distinguished.
    normal = [line.replace("````", "```") for line in lines if line]
    assert [line.replace("````", "```") for line in text.splitlines() if line] == normal


# --- includes


def test_an_include_keeps_its_own_places(read):
    source = read(f"{CELL}{{{{< include _inn.qmd >}}}}\nSlutt.\n", _inn="En.\n\nTo `{python} x`.\n")
    assert [place for place, _ in source.lines[3:]] == [("_inn.qmd", n) for n in (1, 2, 3)] + [("kap.qmd", 5)]
    assert [part.place for part in source.parts if isinstance(part, Inline)] == [("_inn.qmd", 3)]


@pytest.mark.parametrize("target", ["_borte.qmd", "../utenfor.qmd", "/etc/passwd", ".", "kap.qmd", ""])
def test_an_include_that_cannot_be_taken_in_is_refused(read, tmp_path, refused, target):
    (tmp_path.parent / "utenfor.qmd").write_text("x")
    with refused("kap.qmd", 2, "Kan ikke ta inn"):
        read(f"# A\n{{{{< include {target} >}}}}\n")


def test_an_include_that_takes_itself_in_by_way_of_another_is_refused(read, refused):
    with refused("_to.qmd", 2, "kan ikke ta inn seg selv"):
        read("{{< include _en.qmd >}}", _en="{{< include _to.qmd >}}", _to="\n{{< include _en.qmd >}}")


def test_the_same_file_may_be_taken_in_twice(read):
    source = read("{{< include _en.qmd >}}\n{{< include _en.qmd >}}", _en="En.")
    assert [line for _, line in source.lines] == ["En.", "En."]


@pytest.mark.parametrize(
    "line",
    [
        "{{< env HOME >}}",
        "{{< lipsum 2 >}}",
        "{{< pagebrake >}}",
        "Se {{< pagebreak >}}.",
        "Se {{< include _inn.qmd >}}",
        "{{< include _inn.qmd >}} .",
        "{{< video >}}",
    ],
)
def test_other_shortcodes_are_refused(read, refused, line):
    with refused("kap.qmd", 3, "Kortkoden"):
        read(f"# A\n\n{line}\n")


@pytest.mark.parametrize("line", ["{{< include _inn.qmd >}", "{< include _inn.qmd >}}", "{{<", "{{< >}}", "Tekst >}}"])
def test_half_a_shortcode_is_refused(read, refused, line):
    with refused("kap.qmd", 3, "Kortkoden kan ikke leses"):
        read(f"# A\n\n{line}\n")


def test_another_encoding_is_refused_with_its_line(read, refused):
    with refused("_inn.qmd", 2, "Fila er ikke UTF-8"):
        read("{{< include _inn.qmd >}}", _inn="En.\nBlåbær".encode("latin-1"))


def test_a_missing_chapter_is_named(tmp_path, refused):
    with refused("borte.qmd", None, "Fila mangler"):
        read_source(tmp_path, "borte.qmd")


# --- fences


def test_code_in_a_longer_fence_is_shown_and_not_run(read):
    text = f"````\n{CELL}`{{python}} x`\n````\n"
    assert read(text).parts == [Text(text, ("kap.qmd", 1))]


@pytest.mark.parametrize("fence", ["```", "~~~", "```python", "```{.python}", "~~~ {.python}"])
def test_inline_code_inside_a_fence_is_shown_and_not_run(read, fence):
    text = f"{fence}\n`{{python}} x`\n{fence[:3]}\n"
    assert read(text).parts == [Text(text, ("kap.qmd", 1))]


def test_a_fence_like_line_inside_a_fence_does_not_hide_what_follows(read):
    source = read(f"{CELL}```\n```python\n```\n\n`{{python}} x`\n")
    assert kinds(source) == ["CodeCell", "Text", "Inline", "Text"]


def test_three_backticks_inside_a_line_are_no_fence(read):
    assert kinds(read("```a``` b\n\ntekst\n")) == ["Text"]


def test_neighbouring_cells_stay_apart(read):
    assert kinds(read(CELL + CELL)) == ["CodeCell", "CodeCell"]


def test_a_cell_may_be_closed_by_a_longer_fence(read):
    assert read("```{python}\na\nb\n`````\n").parts == [CodeCell("a\nb", Options(), ("kap.qmd", 1))]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# A\n\n```{python}\n1\n", 3, "Kodeblokken er ikke lukket. Avslutt den med ```."),
        ("~~~\n```\n", 1, "Avslutt den med ~~~."),
        ("````\n```\n", 1, "Avslutt den med ````."),
        ("# A\n\n```{r}\n1\n```\n", 3, "språket r kjøres ikke. Skriv den i Python. `quarto render` kan dette."),
        ("```{mermaid}\na\n```\n", 1, "Diagrammer av typen mermaid tegnes ikke. Tegn det som SVG, og sett inn bildet."),
        ("```{pyhton}\n1\n```\n", 1, "Kodeblokker av typen {pyhton} støttes ikke. Skriv ```{python}."),
        ("```{python, echo=FALSE}\n```\n", 1, "Skriv ```{python}, og «#| echo: false» på linja under."),
        (
            "```{python fig.cap='Fire' eval=TRUE}\n```\n",
            1,
            "Skriv ```{python}, og «#| fig-cap: 'Fire'» og «#| eval: true» på linja under.",
        ),
        ("```{python oppsett}\n```\n", 1, "Skriv ```{python}."),
        ("1. Liste\n\n   ```{python}\n   1\n   ```\n", 3, "Kodecellen står ikke helt til venstre"),
        ("> ```{python}\n> 1\n> ```\n", 1, "Kodecellen står ikke helt til venstre"),
    ],
)
def test_a_fence_that_cannot_be_run_is_refused(read, refused, text, line, words):
    with refused("kap.qmd", line, words):
        read(text)


# --- options and inline code


def test_options_are_read_until_the_first_line_of_code(read):
    (cell,) = read("```{python}\n#| label: oppsett\n#| include: false\nx = 1\n#| echo: true\n```\n").parts
    assert cell.options == Options(label="oppsett", include=False)
    assert cell.code.startswith("#| label: oppsett\n")


def test_options_are_yaml(read):
    text = """\
```{python}
#| label: fig-to
#| fig-cap: >
#|   Den ene
#|   og den andre
#| fig-alt:
#|   - "Stiger: bratt"
#|   - Synker
#| fig-width: 4
#| layout-ncol: 2
#| code-fold: show
x = 1
```
"""
    (cell,) = read(text).parts
    assert cell.options == Options(
        label="fig-to",
        fig_cap=("Den ene og den andre\n",),
        fig_alt=("Stiger: bratt", "Synker"),
        fig_width=4,
        layout_ncol=2,
        code_fold="show",
    )


def test_an_option_after_a_comment_is_a_comment(read):
    (cell,) = read("```{python}\n# hva cellen gjør\n#| echo: true\n```\n").parts
    assert cell.options == Options()


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("#| ehco: true", "Cellevalget «ehco» støttes ikke. Mente du echo?"),
        ("#| fig.cap: Tekst", "Cellevalget «fig.cap» støttes ikke. Mente du fig-cap"),
        ("#| panel: fill", "Cellevalget «panel» støttes ikke. `quarto render` kan dette."),
        ("#| out-width: bred", "Det skal være et mål, som 50% eller 8cm."),
        ("#| echo: TRU", "Cellevalget «echo» er «TRU». Det skal være true, false eller fenced."),
        ("#| eval: 1", "Cellevalget «eval» er «1». Det skal være true eller false."),
        ("#| fig-width: bred", "Det skal være tommer, fra 0 til 20."),
        ("#| layout-ncol: true", "Det skal være et helt tall fra 1 til 4."),
        ("#| fig-cap:", "Cellevalget «fig-cap» er «». Det skal være en tekst"),
        ("#| fig-alt: [a, 2]", "en liste med en tekst for hver"),
        ("#| fig-cap: Norge: nord og sør", "Cellevalget kan ikke leses. Skriv #| nøkkel: verdi, med anførselstegn"),
        ("#| echo", "Cellevalget kan ikke leses"),
        ("#| label: b", "Cellevalget kan ikke leses"),
        ("#| fig-cap: *a", "Cellevalget kan ikke leses"),
    ],
)
def test_an_option_that_means_nothing_is_refused_by_its_line(read, refused, option, words):
    with refused("kap.qmd", 3, words):
        read(f"```{{python}}\n#| label: a\n{option}\n1\n```\n")


def test_a_line_without_a_key_is_no_option(read, refused):
    with refused("kap.qmd", 2, "Cellevalget kan ikke leses"):
        read("```{python}\n#| echo\n1\n```\n")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("!ls", "Kommandoen «!ls» er for skallet"),
        ("! ls", "er for skallet"),
        ("filer = !ls", "er for skallet"),
        ("%%bash", "er for skallet"),
        ("%%time", "Kommandoen «%%time» er ikke Python. Skriv det i Python. `quarto render` kan dette."),
        ("%timeit f()", "er ikke Python"),
        ("svar = %sql select 1", "er ikke Python"),
        ("?print", "er ikke Python"),
        ("print?", "er ikke Python"),
    ],
)
def test_a_command_that_is_not_python_is_refused(read, refused, command, words):
    with refused("kap.qmd", 3, words):
        read(f"```{{python}}\n\n{command}\n```\n")


@pytest.mark.parametrize(
    "code",
    [
        "%matplotlib inline",
        "%config InlineBackend.figure_format = 'svg'",
        "x = '''\n!ls\n%%time\n'''",
        "a = 7\nb = a % a",
    ],
)
def test_what_only_prepares_and_what_is_text_is_no_command(read, code):
    assert kinds(read(f"```{{python}}\n{code}\n```\n")) == ["CodeCell"]


def test_a_command_in_a_cell_that_is_not_run_is_only_shown(read):
    assert kinds(read("```{python}\n#| eval: false\n#| echo: true\n!pip install x\n```\n")) == ["CodeCell"]


def test_braces_twice_around_a_language_show_the_code(read):
    text = "Skriv `{{python}} x`, og:\n\n````\n```{{python}}\n1\n```\n````\n"
    assert [part.markdown for part in read(text).parts] == [text.replace("{{", "{").replace("}}", "}")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Tall `{r} x`.", "Kode i teksten på språket r støttes ikke"),
        ("Tall `{python}x`.", "Mellomrommet mangler etter {python}"),
        ("Tall `{python} x`, `{python}y` og `{python} z`.", "Mellomrommet mangler etter {python}"),
        ("Tall `{python}", "Skriv `{python} …`, på én linje."),
        ("Tall `{python} x\ny`.", "Skriv `{python} …`, på én linje."),
        ("Tall `{python }x`.", "Mellomrommet mangler etter {python}"),
    ],
)
def test_inline_code_that_would_be_printed_is_refused(read, refused, line, words):
    with refused("kap.qmd", 4, words):
        read(f"{CELL}{line}\n")


@pytest.mark.parametrize("line", ["`x`", "`{x: 1}`", "`{{python}} x`", "`python x`"])
def test_other_code_in_the_text_is_text(read, line):
    assert kinds(read(f"{CELL}{line}\n")) == ["CodeCell", "Text"]


def test_numbers_without_the_setup_cell_are_refused(read, refused):
    with refused("kap.qmd", 3, "ingen kodecelle. Legg oppsettcellen"):
        read("# A\n\n`{python} x`\n")


def test_a_yaml_header_gives_the_title_and_what_stands_below_it(read):
    source = read("\ufeff---\ntitle: >-\n  A\n  b\nauthor:\n  - name: C D\ndate: 2023-03-01\n---\nTekst.\n")
    assert source.lines == [
        (("kap.qmd", 2), "# A b"),
        (("kap.qmd", 2), ""),
        (("kap.qmd", 5), "C D"),
        (("kap.qmd", 5), ""),
        (("kap.qmd", 7), "1\\. mars 2023"),
        (("kap.qmd", 7), ""),
        (("kap.qmd", 9), "Tekst."),
    ]


def test_what_a_yaml_header_adds_stands_below_the_heading_of_the_text(read):
    source = read("---\nsubtitle: Under\n---\n\n# A\nTekst.\n")
    assert [line for _, line in source.lines if line] == ["# A", "Under", "Tekst."]
    assert source.lines[-1][0] == ("kap.qmd", 6)


def test_options_in_the_yaml_hold_for_each_cell_that_does_not_set_them(read):
    for yaml in ("execute:\n  warning: false", "format:\n  html:\n    toc: true\n    execute:\n      warning: false"):
        source = read(f"---\n{yaml}\n---\n# A\n" + CELL)
        assert source.execute == {"warning": False}


@pytest.mark.parametrize(
    ("yaml", "line", "words"),
    [
        ("title: A\ntitel: B", 3, "Ukjent nøkkel «titel». Mente du title"),
        ("title: [A]", 2, "«title» skal være en tekst"),
        ("title: A\ndate: today", 3, "datoen kan ikke følge klokka"),
        ("title: A\nfilters: [x.lua]", 3, "bare husets egne filtre. `quarto render` kan dette."),
        ("title: A\nlang: de", 3, "er «de», som ikke er et språk som sider kan skrives på"),
        ("title: A\nbibliography: egen.bib", 3, "er ikke den som boka bruker"),
        ("title: A\ndraft: true", 3, "Ta kapittelet ut av chapters:"),
        ("title: A\ndate: 31/12/2024", 3, "Skriv ÅÅÅÅ-MM-DD"),
        ("title: A\njupyter: julia-1.10", 3, "Kapitlene kjøres med Python"),
        ("title: A\njupyter:\n  kernelspec:\n    language: R\n    name: ir", 3, "Kapitlene kjøres med Python"),
        ("title: A\nformat: revealjs", 3, "har formatet revealjs"),
        ("title: A\nformat:\n  html:\n    header-includes: x", 5, "«format: html: header-includes» støttes ikke"),
        ("title: A\n  b: c", 3, "Ugyldig YAML"),
    ],
)
def test_a_yaml_header_that_would_change_the_result_is_refused(read, tmp_path, refused, yaml, line, words):
    (tmp_path / "_quarto.yml").write_text("lang: nb-NO\nbibliography: references.bib\n", encoding="utf-8")
    with refused("kap.qmd", line, words):
        read(f"---\n{yaml}\n---\n")


# --- shortcodes


_SHORTCODES = """\
---
kommune: Rana
---
# {{< meta title >}}

{{< meta kommune >}} i {{< meta fylke.navn >}}, {{< var navn >}}.

- a

  {{< pagebreak >}}

{{< video https://a.no/b title="En film" >}} {{< kbd Ctrl+C >}}

Skriv {{{< meta x >}}}.

```yaml
a: {{< meta kommune >}} {{{< var navn >}}}
```
"""


def test_shortcodes_give_values_links_and_page_breaks_also_inside_a_line(read, tmp_path):
    (tmp_path / "_quarto.yml").write_text("book:\n  title: Boka\nfylke:\n  navn: Nordland\n", encoding="utf-8")
    (tmp_path / "_variables.yml").write_text("navn: Bodø\n", encoding="utf-8")
    source = read(_SHORTCODES)
    assert [line for _, line in source.lines if line] == [
        "# Boka",
        "Rana i Nordland, Bodø.",
        "- a",
        "  ::: {.sideskift}",
        "  :::",
        "[Video: En film](<https://a.no/b>) [Ctrl+C]{.kbd}",
        "Skriv {{< meta x >}}.",
        "```yaml",
        "a: Rana {{< var navn >}}",
        "```",
    ]


def test_a_shortcode_in_a_cell_is_python(read):
    assert read('```{python}\nx = "{{< meta a >}}"\n```\n').parts[0].code == 'x = "{{< meta a >}}"'


@pytest.mark.parametrize("name", ["meta borte", "var borte", "meta book"])
def test_a_value_that_is_not_there_is_refused(read, tmp_path, refused, name):
    (tmp_path / "_quarto.yml").write_text("book:\n  title: Boka\n", encoding="utf-8")
    with refused("kap.qmd", 3, f"«{name.split()[1]}»"):
        read(f"# A\n\nX {{{{< {name} >}}}}\n")


def test_includes_are_found_from_the_folder_of_the_chapter_however_deep(tmp_path):
    files = {
        "kap/a.qmd": '{{< include "del/_b.qmd" >}}\n\n{{< include /felles/_d.qmd >}}\n',
        "kap/del/_b.qmd": "B\n\n{{< include _c.qmd >}}\n",
        "kap/_c.qmd": "Rett.\n",
        "kap/del/_c.qmd": "Galt.\n",
        "felles/_d.qmd": "D\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    source = read_source(tmp_path, "kap/a.qmd")
    assert [line for _, line in source.lines if line] == ["B", "Rett.", "D"]
    assert source.files == ["kap/a.qmd", "kap/del/_b.qmd", "kap/_c.qmd", "felles/_d.qmd"]


# --- places


def test_a_token_is_found_as_a_whole_name(read):
    source = read("@fig-ab @fig-a-b\n@fig-a.\n\n@fig-a\n")
    assert source.place_of("@fig-a") == ("kap.qmd", 2)
    assert source.place_of("@fig-a", last=True) == ("kap.qmd", 4)


def test_the_first_token_that_stands_somewhere_decides(read):
    source = read("en\nto <b>fet\n")
    assert source.place_of("tre", "to", "en") == ("kap.qmd", 2)
    assert source.place_of("<b>") == ("kap.qmd", 2)
    assert source.place_of("tre") == ("kap.qmd", 1)


def test_an_empty_chapter_has_no_parts(read):
    assert read("").parts == []
