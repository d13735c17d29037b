"""An earlier edition is what a note declares: its own words in trace, panel and appendix, and nothing without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from notat.cli.render import build
from notat.data import used
from notat.judge.checks import checksums
from notat.numbers.earlier import Edition, Standing
from notat.project.config import read_config
from notat.project.manifest import manifest_of
from notat.project.project import Project
from notat.show import authoring
from notat.show.appendix import numbers_markdown
from notat.show.authoring import numbers
from notat.show.embedded import write_embedded
from notat.show.panel import panel_data
from notat.show.trace import trace

PROJECT = Path(__file__).parents[2]
PRINTED = "id,trykt\nhoy,35 %\nalle,246 556\n"
CORRECTIONS = "nr,tema,alvor,trykt,data,regning,avgjorelse\n1,Vekst,uklart,To,Tre,Ingen,Rettet\n"
DROPPED = "# Står ikke lenger.\n"


@pytest.fixture
def declared(note, declare):
    """Root of a note that declares an edition of 2019, which it calls a report."""
    for name, text in {"trykt19.csv": PRINTED, "feil19.csv": CORRECTIONS, "borte19.txt": DROPPED}.items():
        (note / "data" / name).write_text(text, encoding="utf-8")
    declare(note, "rapporten fra 2019", 2019, trykt="trykt19.csv", avvik="feil19.csv", utgatt="borte19.txt")
    return note


def traced(root, id_):
    console = Console(width=200)
    with console.capture() as capture:
        console.print(trace(Project(root), id_))
    return capture.get().replace("\u00a0", " ")


def panel(root):
    return json.loads(panel_data(Project(root)).removeprefix("window.notatTall = ").removesuffix(";\n"))


def test_what_is_declared_is_read(declared):
    edition = read_config(declared).earlier
    files = {"table": "trykt19.csv", "corrections": "feil19.csv", "dropped": "borte19.txt"}
    assert edition == Edition("rapporten fra 2019", 2019, **files)


def test_trace_says_how_a_number_stands_to_it(declared):
    assert "Mot 2019: rettet (i 2019: «35 %»)" in traced(declared, "hoy")
    assert "Mot 2019: som trykt (i 2019: «246 556»)" in traced(declared, "alle")
    assert "Mot 2019: ikke i rapporten fra 2019" in traced(declared, "lav")


def test_the_panel_says_it_under_a_heading_of_its_own(declared):
    said = panel(declared)
    assert said["tidligere"] == "Mot 2019"
    assert said["tall"]["hoy"]["tidligere"] == "rettet (i 2019: «35 %»)"
    assert said["tall"]["lav"]["tidligere"] == "ikke i rapporten fra 2019"


def test_the_appendices_say_it(declared):
    text = numbers_markdown(Project(declared), numbers())
    assert "(rettet; trykt «35 %» i 2019) |" in text
    assert text.count("(ny) |") == 2
    assert "- *Trykt i 2019:* To\n" in authoring.avvik().markdown


def test_the_list_of_what_is_gone_is_described_where_it_is_embedded(declared):
    (declared / ".notat").mkdir(exist_ok=True)
    project = Project(declared)
    write_embedded(project, {}, manifest_of(project))
    listed = json.loads(next(declared.rglob("filer.json")).read_text(encoding="utf-8"))
    described = {entry["name"]: entry["description"] for entry in listed}
    assert described["borte19.txt"] == "Tall fra notatet i 2019 som ikke lenger står i teksten"


def test_a_note_that_declares_none_says_nothing_of_one(note):
    assert read_config(note).earlier is None
    assert "Mot " not in traced(note, "hoy")
    said = panel(note)
    assert "tidligere" not in said
    assert not any("tidligere" in number for number in said["tall"].values())
    text = numbers_markdown(Project(note), numbers())
    assert "(ny)" not in text
    assert "rettet" not in text


def test_an_edition_without_a_table_is_not_compared_with(note, declare):
    declare(note, "rapporten fra 2019", 2019)
    assert "Mot " not in traced(note, "hoy")
    assert "(ny)" not in numbers_markdown(Project(note), numbers())


def test_what_is_made_of_the_declaration_depends_on_it(declared):
    with used.record() as uses:
        authoring.avvik()
    assert uses == {("setup",), ("file", "data/feil19.csv")}
    with used.record() as uses:
        authoring.tallgrunnlag()
    assert ("setup",) in uses


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('    navn: "rapporten fra 2019"\n', "", 1, "notat: tidligere: navn mangler"),
        ("aar: 2019", "aar: to tusen", 3, "«notat: tidligere: aar» skal være et helt tall"),
        ("aar: 2019", "aar: true", 3, "skal være et helt tall"),
        ("aar: 2019", "aar: -1", 3, "«notat: tidligere: aar» er -1"),
        ("trykt: trykt19.csv", "trykt: trykt20.csv", 4, "Fila data/trykt20.csv finnes ikke"),
        ("trykt: trykt19.csv", "trykt: ../index.qmd", 4, "finnes ikke"),
        ("utgatt: borte19.txt", "utgaatt: borte19.txt", 6, "Ukjent nøkkel «notat: tidligere: utgaatt»"),
    ],
)
def test_a_wrong_declaration_is_refused_at_its_line(declared, refused, old, new, line, words):
    file = declared / "_quarto.yml"
    text = file.read_text(encoding="utf-8")
    first = text[: text.index("  tidligere:")].count("\n")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    with refused("_quarto.yml", first + line, words):
        read_config(declared)


def test_a_source_that_is_none_is_refused(declared, refused):
    with (declared / "_quarto.yml").open("a", encoding="utf-8") as stream:
        stream.write("    kilde: sbb\n")
    with refused("_quarto.yml", None, "Kilden «sbb» for den tidligere utgaven"):
        numbers_markdown(Project(declared), numbers())


def test_a_number_read_from_the_edition_itself_stands_as_printed(declared):
    with (declared / "_quarto.yml").open("a", encoding="utf-8") as stream:
        stream.write("    kilde: ssb\n")
    assert "Mot 2019: som trykt" in traced(declared, "lav")
    assert "Mot 2019: rettet" in traced(declared, "hoy")


def test_a_built_note_tells_of_it_and_of_another_year_once_that_is_declared(declared):
    chapter = "# Vedlegg om tall {#sec-tall}\n\n```{python}\nfrom notat import avvik, tallgrunnlag\n```\n\n"
    cells = "```{python}\ntallgrunnlag()\n```\n\n```{python}\navvik()\n```\n"
    (declared / "chapters/tall.qmd").write_text(chapter + cells, encoding="utf-8")
    config = declared / "_quarto.yml"
    text = config.read_text(encoding="utf-8").replace(
        "bibliography:", "  appendices: [chapters/tall.qmd]\nbibliography:"
    )
    config.write_text(text, encoding="utf-8")
    checksums.write(declared)
    build(declared, ["html"])
    page = (declared / "_output/tall.html").read_text(encoding="utf-8")
    assert "trykt «35 %» i 2019" in page
    assert "<em>Trykt i 2019:</em> To" in page
    assert '"tidligere":"Mot 2019"' in (declared / "_output/ressurser/tall.js").read_text(encoding="utf-8")

    config.write_text(text.replace("aar: 2019", "aar: 2021"), encoding="utf-8")
    build(declared, ["html"])
    page = (declared / "_output/tall.html").read_text(encoding="utf-8")
    assert "trykt «35 %» i 2021" in page
    assert "<em>Trykt i 2021:</em> To" in page


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_has_words(standing):
    assert Edition("rapporten fra 2019", 2019).describe(standing, "")
