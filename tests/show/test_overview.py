"""Overviews that the note makes of itself."""

from __future__ import annotations

import codecs

import pytest

from notat.numbers import indicators
from notat.numbers.formulas import complement
from notat.numbers.indicators import Indicator
from notat.project.project import Project
from notat.project.source import read_source
from notat.show.appendix import numbers_markdown
from notat.show.authoring import numbers
from notat.show.cells import runs
from notat.show.overview import (
    corrections_markdown,
    question_boxes,
    questions_markdown,
    used_numbers,
)

CHAPTER = "chapters/arbeid.qmd"
BOX = '::: {.drofting #drofting-b title="B"}'


@pytest.fixture
def add(note):
    """Add text to the chapter and read it; the first line of the text is line 17."""
    before = (note / CHAPTER).read_text(encoding="utf-8")
    assert before.count("\n") == 15

    def write(text):
        (note / CHAPTER).write_text(f"{before}\n{text}\n", encoding="utf-8")
        return read_source(note, CHAPTER)

    return write


def say(code):
    return f"<{code}>"


def test_questions_are_numbered_through_under_their_sections(note, add):
    add(f"{BOX}\n1. Hvem?\n2. Når **da**?\n:::")
    assert questions_markdown(Project(note), say) == (
        "**Arbeid** (@sec-arbeid)\n\n1. Hva nå?\n\n**Mer om arbeid** (@sec-mer)\n\n2. Hvem?\n3. Når **da**?\n"
    )


def test_boxes_of_one_theme_are_together_each_with_the_text_before_its_questions(note, add):
    box = '::: {.drofting #drofting-NAVN tema="Folk"}'
    first, second = (box.replace("NAVN", name) for name in "bc")
    lead = 'Det ble [flere]{.paastand av="endring"}, `{python} tall("lav")`,\nsier @ssb.'
    add(f"{first}\n1. **Hvem?**\n:::\n\n{BOX}\n1. Hva?\n:::\n\n{second}\n{lead}\n\n1. Hvor?\n:::")
    assert questions_markdown(Project(note), say) == (
        "**Arbeid** (@sec-arbeid)\n\n1. Hva nå?\n\n**Folk** (@sec-mer)\n\n2. **Hvem?**\n\n"
        'Det ble flere, <tall("lav")>, sier @ssb.\n\n3. Hvor?\n\n**Mer om arbeid** (@sec-mer)\n\n4. Hva?\n'
    )


def test_questions_under_a_heading_without_an_id_stand_under_its_words(note, add):
    add(f"## Uten id\n\n```{{python}}\n# ikke en overskrift\n```\n\n{BOX}\n1. Hvem?\n:::")
    assert "**Uten id**\n\n2. Hvem?\n" in questions_markdown(Project(note), say)


def test_the_attributes_of_a_box_may_stand_in_any_order(add):
    source = add("::: {#drofting-b .drofting}\n1. Hvem?\n:::")
    assert [box.id for box in question_boxes(source)] == ["drofting-arbeid", "drofting-b"]


@pytest.mark.parametrize(
    ("box", "line", "words"),
    [
        (f"{BOX}\nIngress.\n:::", 19, "har ingen spørsmål"),
        (f"{BOX}\n1. Hvem?\n2. Si det.\n:::", 19, "kan ikke gjengis i oversikten"),
        (f"{BOX}\n1. Hvem er\n   dette?\n:::", 18, "Skriv det på én linje"),
        (f'{BOX}\n1. Er `{{python}} tall("lav")` nok?\n:::', 18, "uten tall()"),
        ("::: {.drofting}\n1. Hvem?\n:::", 17, "har ingen merkelapp"),
        (f"{BOX}\n1. Hvem?", 17, "Boksen er ikke lukket"),
    ],
)
def test_a_box_whose_questions_would_be_lost_is_refused(add, refused, box, line, words):
    source = add(box)
    with refused(CHAPTER, line, words):
        list(question_boxes(source))


def test_the_numbers_of_a_chapter_come_once_each_in_order(add):
    source = add('Så `{python} tall("lav", ord=True)` og `{python} tall("endring")` av `{python} spenn("alle", "x")`.')
    assert used_numbers(source) == ["endring", "lav", "hoy", "alle", "x"]


def test_every_number_has_meaning_formula_and_source(note):
    text = numbers_markdown(Project(note), numbers())
    assert "## Arbeid {.unnumbered .unlisted .i-menyen #sec-tallgrunnlag-arbeid}" in text
    place = "@ssb; arbeid.csv\u00a05 |"
    # What is read as it is has no arithmetic, and a table of its own.
    assert "Utregning" not in text
    assert "Lest av kilden, uten utregning:\n\n| Tall | Hva | Kilde |" in text
    assert f"| [37\u00a0%]{{#tall-hoy}} | Deltakelse: Servering, Norge, 2021 | {place}" in text
    assert "Litteratur" not in text


def test_a_number_computed_from_a_single_cell_shows_its_formula(note, add, monkeypatch):
    rest = Indicator("resten", "Resten", "2021", "Norge", 0, lambda data: complement(data["hoy"]))
    monkeypatch.setitem(indicators._indicators, "resten", rest)
    add('Så `{python} tall("resten")`.')
    formula = "100 − 37. Med avrundingene: 62,5–63,5\u00a0%"
    text = numbers_markdown(Project(note), numbers())
    assert "| Tall | Hva | Utregning | Kilde |" in text
    assert f"{{#tall-resten}} | Resten, Norge, 2021 | {formula} | @ssb;" in text


def test_a_number_is_explained_once_and_later_chapters_lead_back_to_it(note, add):
    add('Det var `{python} tall("alle")`.')
    text = numbers_markdown(Project(note), numbers())
    assert text.count("{#tall-alle}") == 1
    assert "Forklart under et tidligere kapittel: [246\u00a0556](#tall-alle)." in text


def test_a_corrected_and_a_new_number_are_marked(note, declare):
    (note / "data/gammelt.csv").write_text("id,trykt\nhoy,35 %\nlav,9%\n", encoding="utf-8")
    declare(note, trykt="gammelt.csv")
    text = numbers_markdown(Project(note), numbers())
    assert "Deltakelse: Servering, Norge, 2021 (rettet; trykt «35 %» i 2019) |" in text
    assert "Deltakelse: Transport, Norge, 2021 |" in text
    assert "4.\u00a0kvartal\u00a02022 (ny) |" in text


def test_neighbouring_lines_are_drawn_together():
    assert runs([2, 3, 4, 7, 9, 10]) == ["2–4", "7", "9–10"]


def test_an_unknown_number_in_a_chapter_is_refused(note, add, refused):
    add('Så `{python} tall("ukjent_tall")`.')
    with refused("chapters/arbeid.qmd", 17, "Ukjent tall «ukjent_tall»"):
        numbers_markdown(Project(note), numbers())


def test_a_chapter_without_a_heading_id_is_named_by_its_file(note):
    (note / CHAPTER).write_text('# Arbeid\n\n```{python}\n1\n```\n`{python} tall("lav")`\n', encoding="utf-8")
    assert f"## {CHAPTER} {{.unnumbered .unlisted .i-menyen #sec-tallgrunnlag-arbeid}}" in numbers_markdown(
        Project(note), numbers()
    )


CORRECTIONS = "nr,tema,alvor,trykt,data,regning,avgjorelse\r\n1,Vekst,uklart,2,3,3−2,Rettet\r\n"


@pytest.fixture
def corrected(note, declare):
    """Root of a note that declares these corrections."""
    (note / "data/feil.csv").write_text(CORRECTIONS, encoding="utf-8")
    declare(note, avvik="feil.csv")
    return note


def test_corrections_are_read_also_as_excel_saves_them(corrected):
    (corrected / "data/feil.csv").write_bytes(codecs.BOM_UTF8 + CORRECTIONS.encode())
    text = corrections_markdown(Project(corrected))
    assert "1. Vekst" in text
    assert "- *Trykt i 2019:* 2\n- *Data sier:* 3\n- *Regning:* 3−2\n- *Avgjørelse:* Rettet" in text


def test_a_correction_of_unknown_grade_is_not_lost_but_refused(corrected, refused):
    (corrected / "data/feil.csv").write_text(CORRECTIONS.replace("uklart", "smått"), encoding="utf-8")
    with refused("data/feil.csv", 2, "Avviket 1 har ukjent alvor «smått». Bruk en av:"):
        corrections_markdown(Project(corrected))


def test_missing_corrections_are_named(corrected, refused):
    (corrected / "data/feil.csv").unlink()
    line = (corrected / "_quarto.yml").read_text(encoding="utf-8").count("\n")
    with refused("_quarto.yml", line, "Fila data/feil.csv finnes ikke"):
        corrections_markdown(Project(corrected))


def test_corrections_of_no_edition_are_refused(note, refused):
    with refused("_quarto.yml", None, "avvik() har ingen liste å vise"):
        corrections_markdown(Project(note))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("1,Vekst", "1} .x,Vekst", 2, "Avviket har nummer «1} .x»"),
        ("Vekst,uklart", ",uklart", 2, "Kolonnen tema er tom"),
        ("Rettet", "Rettet\r\n1,Nivå,uklart,2,3,Ingen,Nei", 3, "Avviket «1» finnes fra før på linje 2"),
        ("nr,tema", "tema,nr", 1, "Kolonnene er tema, nr"),
        ("Vekst", "Ve\u200bkst", 2, "Kolonnen tema har et usynlig tegn (U+200B)"),
    ],
)
def test_a_correction_that_would_be_lost_or_misread_is_refused(corrected, refused, old, new, line, words):
    assert CORRECTIONS.count(old) == 1
    (corrected / "data/feil.csv").write_bytes(CORRECTIONS.replace(old, new).encode())
    with refused("data/feil.csv", line, words):
        corrections_markdown(Project(corrected))
