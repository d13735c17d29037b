"""Code cells as Quarto's users write them: text, tables and figures, in order, alike in all formats."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from notat.docx.package import qualified as qn
from notat.judge.checks.coverage import IN_CELL, coverage
from notat.judge.checks.grounds import Grounds
from notat.judge.checks.outputs import check_outputs
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.readback.blocks import ALT, CAPTION, CELL, FORMATS, HEADING, ITEM, PARAGRAPH
from notat.show.domain import cells_of_note

CHAPTER = "chapters/prove.qmd"


def test_a_data_frame_is_a_table_in_norwegian_whose_text_is_text(outputs):
    case = outputs.case("celle-tabell")
    cells = case.texts(CELL)
    assert cells[:15] == [
        *("Kommune", "År", "Innbyggere", "Endring", "Areal"),
        *("Nær|bygd", "2021", "23 456", "1,50", "–"),
        *("*Fjern*dal <b>", "2022", "987", "−0,25", "12,0"),
    ]
    assert cells[15:19] == ["Kommune", "Areal, sum", "Innbyggere, min", "Innbyggere, max"]
    assert cells[-6:-4] == ["Kommune", "Endring"]
    assert cells[-3] == "1,5"
    assert case.texts(CAPTION) == [
        f"Tabell {case.number}.1: Innbyggere i to kommuner",
        f"Tabell {case.number}.2: Areal etter kommune",
        f"Tabell {case.number}.3: Med stil",
    ]
    numeric = case.page.xpath(".//table[@id='tbl-folk']//td[contains(@class, 'tall-kolonne')]")
    assert len(numeric) == 8


def test_figures_have_alternative_text_and_are_drawn_once(outputs):
    case = outputs.case("celle-figur")
    assert case.texts(ALT) == [
        'Linja går fra "lav" til <høy>.',
        "To stolper, den andre høyest.",
        "Tre punkter på en linje.",
    ]
    assert [text.partition(": ")[2] for text in case.texts(CAPTION)] == ["En linje som stiger", "Stolper", "Punkter"]
    drawn = outputs.root / "_figurer"
    with Image.open(drawn / "fig-linje.png") as line, Image.open(drawn / "fig-stolper.png") as bars:
        assert line.width < 0.75 * bars.width
    text = (drawn / "fig-linje.svg").read_text(encoding="utf-8")
    assert "#0f6a8b" in text.lower()
    assert "SourceSans3-" in text
    assert "SourceSans3-" in (drawn / "fig-stolper.svg").read_text(encoding="utf-8")


def test_an_image_that_a_cell_shows_is_on_the_page_in_the_format_it_has(outputs):
    case = outputs.case("celle-bilde")
    assert case.texts(ALT) == ["En rød rute på hvit bunn.", "En blå rute på hvit bunn."]
    colours = []
    for image in case.page.iter("img"):
        with Image.open(outputs.folder / image.get("src")) as opened:
            colours.append(opened.convert("RGB").getpixel((30, 20)))
    assert [colour.index(max(colour)) for colour in colours] == [0, 2]


def test_text_comes_in_order_and_code_where_it_is_wanted(outputs):
    case = outputs.case("celle-tekst")
    assert [text.partition(" ")[2] for text in case.texts(HEADING)] == ["Tekst fra celler", "Del én", "Del to"]
    blocks = [element.text_content() for element in case.page.iter("pre")]
    assert blocks == [
        'svar = 6 * 7\nprint("Svaret er", svar)',
        "Svaret er 42",
        "42",
        "1 / 0",
        "ZeroDivisionError: division by zero",
        '```{python}\n#| echo: fenced\n#| output: false\nprint("vises ikke")\n```',
    ]
    details = case.page.find(".//details")
    assert details.find("summary").text_content() == "Se <koden>"
    assert details.find(".//pre") is not None
    written = ["".join(p.itertext(qn("w:t"))) for p in outputs.word.iter(qn("w:p"))]
    for text in ("Svaret er 42", "1 / 0", "ZeroDivisionError: division by zero", "Avsnitt b."):
        assert text in written


def test_options_for_code_figures_and_tables_do_what_they_do_in_markdown(outputs):
    case = outputs.case("celle-valg")
    n = case.number
    assert case.texts(CAPTION) == [
        f"Kode {n}.1: En sum i kursiv",
        f"Figur {n}.1: Halv bredde",
        "(a) Opp",
        "(b) Ned",
        f"Figur {n}.2: To ved siden av hverandre",
        f"Tabell {n}.1: Smal og bred kolonne",
    ]
    assert case.texts(PARAGRAPH)[0] == f"Se Kode {n}.1, Figur {n}.1, Figur {n}.2 og Tabell {n}.1."
    page = case.page
    assert "numberLines" in page.find(".//figure[@id='lst-sum-i-celle']//pre").get("class")
    assert "sum.py" in page.find(".//figure[@id='lst-sum-i-celle']").text_content()
    assert "50" in page.find(".//figure[@id='fig-halv']//img").get("data-stil")
    cells = page.xpath(".//figure[@id='fig-rekke']//div[@class='rute']")
    assert [cell.get("data-stil") for cell in cells] == ["flex-grow: 60", "flex-grow: 40"]
    columns = page.xpath(".//table[@id='tbl-smal']//col")
    assert [column.get("data-stil") for column in columns] == ["width: 20%", "width: 80%"]


def test_a_bar_in_a_table_that_pandas_writes_is_part_of_its_cell(outputs):
    assert outputs.case("celle-valg").texts(CELL)[-6:] == ["Navn", "Verdi", "x", "en", "y|z", "to"]


def test_a_notebook_is_a_chapter_and_its_stored_outputs_are_not_used(outputs):
    case = outputs.case("celle-notatbok")
    assert case.texts(CELL) == ["a", "1", "2"]
    assert case.texts(ITEM) == ["Et punkt", "Et til"]
    assert "I alt er det 3." in [block.text for block in case.blocks("html", PARAGRAPH)]
    assert "gammelt" not in case.page.text_content()
    assert "En skive limt inn i notatboka" in case.texts(CAPTION)
    [image] = case.page.iter("img")
    assert (outputs.folder / image.get("src")).read_bytes().startswith(b"\x89PNG")


def test_the_appendix_tells_what_the_cells_have_read(outputs):
    case = outputs.case("celle-grunnlag")
    told = [text for text in case.texts(ITEM) if "celle-data" in text or "Tabell" in text]
    number = outputs.case("celle-data").number
    assert f"Tabell {number}.1: regnet ut i en celle, av arbeid.csv 4–5." in told
    assert "Linje 17 i celle-data.qmd: regnet ut i en celle, av arbeid.csv 4–5." in told
    assert "Linje 23 i celle-data.qmd: regnet ut i en celle, uten rader fra data." in told


def test_what_cells_print_is_accounted_for_by_the_cell(outputs, monkeypatch):
    monkeypatch.chdir(outputs.root)
    project = Project(outputs.root)
    numbers = Numbers(project.data)
    grounds = Grounds(project.chapters, numbers, cells_of_note(project))
    for covered in coverage([outputs.read[name] for name in FORMATS], grounds):
        case = [one for one in covered.found if one.block.chapter == outputs.case("celle-data").title]
        computed = [one.numeral.text for one in case if one.what == IN_CELL]
        assert computed == ["9", "37", "46", "4321"], covered.output.name
        assert not [one for one in covered.unexplained if one.block.chapter == case[0].block.chapter]
    _, _, lines = check_outputs(project, project.chapters, numbers)
    assert "chapters/celle-data.qmd:10: cellen tbl-rader viser 2 tall, regnet av arbeid.csv\u00a04–5" in lines
    assert "chapters/celle-data.qmd:23: cellen viser 1 tall, og leser ingen rad i data/" in lines


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("!ls", 4, "er for skallet, ikke for Python. Skriv det i Python. `quarto render` kan dette."),
        (
            "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nfig",
            3,
            "Cellen viser en figur uten alternativ tekst. Skriv «#| fig-alt:",
        ),
    ],
)
def test_what_a_cell_cannot_show_stops_the_build(try_chapter, refused, code, line, words):
    with refused(CHAPTER, line, words):
        try_chapter(f"# Prøve {{#sec-prove}}\n\n```{{python}}\n{code}\n```\n")


def test_seaborn_has_the_colours_of_the_house_in_the_first_figure_of_a_note(try_chapter, note):
    try_chapter("""# Prøve

```{python}
#| label: fig-farger
#| fig-cap: Tre slag
#| fig-alt: Tre punkter, ett av hvert slag.
import seaborn as sns

sns.scatterplot(x=[1, 2, 3], y=[3, 1, 2], hue=["a", "b", "c"])
```
""")
    drawn = (note / "_figurer/fig-farger.svg").read_text(encoding="utf-8").lower()
    assert {"#0f6a8b", "#c77a0a", "#2f6b4f"} <= set(re.findall("#[0-9a-f]{6}", drawn))
    assert "#1f77b4" not in drawn
