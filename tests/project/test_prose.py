"""The prose of a chapter, character by character, beside what it printed."""

from __future__ import annotations

import pytest

from notat.project.prose import CODE, NOTE_MARK, plain, prose_of


def only(text):
    [found] = prose_of(text.split("\n"))
    return found


def shown(prose, printed):
    """The source of each printed character; ? where it is not certain."""
    cover = prose.cover(plain(printed))
    if cover is None:
        return None
    return ["?" if bit is None else prose.text[prose.bits[bit].start : prose.bits[bit].end] for bit in cover]


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("Vanlig *tekst* og **mer**,\nover to linjer.", "Vanlig tekst og mer, over to linjer."),
        ('[Ord]{.paastand av="a b"} og [lenke](https://x.no/a_b).', "Ord og lenke."),
        ("- Et punkt\n  som går videre.", "Et punkt som går videre."),
        ("> Et sitat\n> over to linjer.", "Et sitat over to linjer."),
        ("## En *god* tittel {#sec-a .klasse}", "En god tittel"),
        ("[^1]: En note.", "En note."),
        ("Ord.[^1] Mer.^[En note.] Sist.", f"Ord.{NOTE_MARK} Mer.{NOTE_MARK} Sist."),
        (r"Tegn: \*a\_b\* \[x\] \@y &amp; a--b … \"x\"", 'Tegn: *a_b* [x] @y & a–b … "x"'),
        ("snake_case_her og 2 * 3 * 4 og [bare klammer]", "snake_case_her og 2 * 3 * 4 og [bare klammer]"),
        ('::: {.boks title="En tittel"}', "En tittel"),
        ("H~2~O og m^2^ <!-- ikke vist --> slutt", "H2O og m2 slutt"),
    ],
)
def test_the_source_prints_what_the_reader_sees(source, printed):
    assert "?" not in shown(only(source), printed)


@pytest.mark.parametrize("printed", ["Vanlig", "Vanlig tekst og", "vanlig tekst", "Vanlig tekst og mer. Enda mer."])
def test_the_source_prints_no_other_text(printed):
    assert only("Vanlig *tekst* og mer.").cover(printed) is None


def test_what_is_printed_is_between_the_known_texts():
    prose = only('Det var `{python} tall("a")` personer (@sec-b), se [@kilde].')
    found = shown(prose, "Det var 5 566 personer (Kapittel 2), se (SSB 2023).")
    assert found[8:13] == ['`{python} tall("a")`'] * 5
    assert found[24] == "@sec-b"
    assert found[-2] == "[@kilde]"
    assert [bit.kind for bit in prose.bits if bit.kind == CODE] == [CODE]


def test_a_text_that_can_be_at_two_places_is_not_certain():
    prose = only('Fra `{python} spenn("a", "b")` til `{python} tall("c")` i alt.')
    found = shown(prose, "Fra 1 til 2 til 3 i alt.")
    assert found[:4] == list("Fra ")
    assert found[6:9] == ["?", "?", "?"]
    assert found[-7:] == list(" i alt.")


def test_cells_boxes_tables_and_comments_are_not_prose():
    cell, box = ["```{python}", "x = 1", "```"], ["::: {.boks}", "", "En.", "", ":::"]
    lines = ["# T {#t}", "", *cell, "", *box, "", "| a | b |", "", "<!-- c -->", "", "To."]
    assert [prose.text for prose in prose_of(lines)] == ["# T {#t}", "En.", "To."]
    assert [(prose.first, prose.last) for prose in prose_of(lines)] == [(0, 0), (8, 8), (16, 16)]
