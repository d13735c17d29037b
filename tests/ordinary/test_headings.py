"""Headings and the YAML of a chapter: titles, ids, levels, notes and what the contents list."""

from __future__ import annotations

from notat.readback.blocks import HEADING, NOTE, PARAGRAPH


def test_the_yaml_of_a_chapter_gives_its_title_and_what_stands_below_it(outputs):
    case = outputs.case("overskrifter")
    assert case.title.endswith("Overskrifter av alle slag")
    assert case.texts(PARAGRAPH)[:5] == [
        "En undertittel",
        "Kari Nordmann, Ola Hansen",
        "14. februar 2023",
        "Sammendraget er ett avsnitt på to linjer.",
        "Innledning, se metoden og den andre.",
    ]


def test_headings_of_all_levels_have_the_same_numbers_and_words_in_all_formats(outputs):
    case = outputs.case("overskrifter")
    number = case.number
    assert case.texts(HEADING)[1:] == [
        f"{number}.1 Metode",
        f"{number}.1.1 Utvalg",
        "Nivå fire",
        "Nivå fem",
        "Nivå seks",
        f"{number}.2 Metode",
        f"{number}.3 Med kursiv, kode og lenke til SSB",
        f"{number}.4 Egen id",
        "Uten nummer",
        "Ikke i innholdet",
        f"{number}.5 Tall om arbeid",
    ]


def test_links_lead_to_headings_without_an_id_of_their_own(outputs):
    page = outputs.case("overskrifter").page
    links = {link.text: link.get("href") for link in page.iter("a") if link.text}
    assert (links["metoden"], links["den andre"], links["avsnittet med egen id"]) == (
        "#metode",
        "#metode-1",
        "#egen-id",
    )
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert {"metode", "metode-1", "egen-id"} < set(ids)
    assert len(ids) == len(set(ids))


def test_a_second_heading_of_the_first_level_is_the_next_chapter_on_the_same_page(outputs):
    case = outputs.case("overskrifter")
    first, second = (heading.text_content().split()[0] for heading in case.page.iter("h1"))
    assert int(second) == int(first) + 1
    for read in outputs.read.values():
        titles = [block.text for block in read.of(HEADING) if block.chapter == f"{second} Et kapittel til i samme fil"]
        assert titles[1:] == [f"{second}.1 Metode", f"{second}.1.1 I en blokk"]


def test_an_unlisted_heading_is_not_in_the_menu(outputs):
    menu = (outputs.folder / "overskrifter.html").read_text(encoding="utf-8").split("<article")[0]
    assert ">Uten nummer<" in menu
    assert "Ikke i innholdet" not in menu


def test_a_footnote_of_a_heading_is_the_first_note_and_stands_nowhere_else(outputs):
    for read in outputs.read.values():
        notes = [block.text for block in read.of(NOTE)]
        assert notes.index("Foreløpige tall.") == notes.index("Den andre noten.") - 1
        assert sum("Foreløpige tall" in block.text for block in read.blocks) == 1


def test_a_footnote_of_a_heading_is_not_repeated_in_contents_of_several_pages(rebuild):
    """The top of each page repeats a heading too."""
    sections = "".join(f"## Del {place}\n\nTekst.\n\n" for place in range(70))
    made = rebuild(f"# Prøve\n\n{sections}## Tall^[Foreløpige tall.] til slutt\n\nTekst.\n")
    for read in made.read.values():
        assert sum("Foreløpige tall" in block.text for block in read.blocks) == 1
