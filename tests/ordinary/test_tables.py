"""Tables of every syntax, with and without number, narrow and wide."""

from __future__ import annotations

from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from notat.docx.package import attribute, find_all
from notat.readback.blocks import CAPTION, CELL, PARAGRAPH

WIDE = "Mange kolonner"


def test_captions_are_alike_in_all_formats(outputs):
    case = outputs.case("tabeller")
    captions = case.texts(CAPTION)
    number = case.number
    assert captions == [
        f"Tabell {number}.1: Frukt etter vekt",
        f"Tabell {number}.2: Tekst over tabellen",
        "Bær uten nummer",
        f"Tabell {number}.3: Fisk i ei blokk",
        f"Tabell {number}.4: Bredder",
        f"Tabell {number}.5: Skrevet som liste",
        f"Tabell {number}.6: Rutenett",
        "Skrevet i HTML",
        f"Tabell {number}.7: Et bilde av en tabell",
        f"Tabell {number}.8: I ei liste",
        f"Tabell {number}.9: {WIDE}",
    ]
    assert case.texts(PARAGRAPH)[0] == "Se " + ", ".join(f"Tabell {number}.{place}" for place in range(1, 5)) + (
        f" og Tabell {number}.5."
    )


def test_cells_are_alike_in_all_formats(outputs):
    assert outputs.case("tabeller").texts(CELL) == [
        *("Frukt", "Kilo", "Eple", "mange", "Pære", "få"),
        *("Frukt", "Farge", "Eple", "rød grønn"),
        *("Bær", "Sted", "Tyttebær", "skog"),
        *("Fisk", "Hav", "Torsk", "Barentshavet"),
        *("Emne", "Forklaring", "Kort", "En lengre forklaring som trenger plass."),
        *("Vare", "Pris", "Ull Garn", "høy"),
        *("Celle", "Innhold", "Avsnitt", "Første. Andre.", "Liste", "ett to"),
        *("Land", "By", "Norge", "Oslo"),
        *("Rot", "Mengde", "Nepe", "litt"),
        *(f"k{column:02}" for column in range(16)),
        *["abcdefgh"] * 16,
        *("Vare", "i fjor", "i år", "A", "litt", "noe"),
    ]


def test_every_caption_is_above_its_table(outputs):
    captions = [*outputs.case("tabeller").page.iter("caption", "figcaption")]
    assert len(captions) == 11
    for caption in captions:
        assert caption.getparent()[0] is caption
    # A table without a caption is named by its heading.
    named = find_all(outputs.word, "//w:tbl[contains(w:tblPr/w:tblCaption/@w:val, ':')]")
    assert len(named) == 15
    for table in named:
        name = attribute(find_all(table, "w:tblPr/w:tblCaption")[0])
        above = "".join(text.text or "" for text in find_all(table, "preceding-sibling::w:p[1]//w:t"))
        assert above.replace("\u00a0", " ") == name.replace("\u00a0", " ")


def test_widths_of_columns_are_the_authors(outputs):
    page = outputs.case("tabeller").page
    columns = page.xpath(".//table[@id='tbl-bredder']//col")
    assert [column.get("data-stil") for column in columns] == ["width: 25%", "width: 75%"]
    table = find_all(outputs.word, "//w:tbl[w:tblPr/w:tblCaption[contains(@w:val, 'Bredder')]]")[0]
    first, second = (int(attribute(column, "w:w")) for column in find_all(table, "w:tblGrid/w:gridCol"))
    assert abs(second / first - 3) < 0.01


def test_the_widths_of_a_block_are_those_of_its_table(outputs):
    page = outputs.case("faner").page
    assert [column.get("data-stil") for column in page.iter("col")] == ["width: 70%", "width: 30%"]


def test_a_table_without_a_number_is_named_by_its_caption(outputs):
    page = outputs.case("tekster").page
    named = [frame.get("aria-label") for frame in page.iter("div") if frame.get("class") == "tabell-ramme"]
    assert named[1:] == ["Den første uten nummer", "Den andre uten nummer"]
    assert not page.xpath(".//caption[starts-with(@id, 'None')]")


def test_a_page_does_not_know_how_wide_paper_is(outputs):
    tables = [*outputs.case("tabeller").page.iter("table")]
    assert tables
    assert [name for table in tables for name in table.attrib if name.startswith("data-")] == []


def test_a_wide_table_has_a_page_on_its_side(outputs):
    with pikepdf.open(outputs.folder / "diskusjonsnotat.pdf") as pdf:
        lying = [page for page in pdf.pages if page.mediabox[2] > page.mediabox[3]]
    assert len(lying) == 1
    sections = find_all(outputs.word, "//w:sectPr[w:pgSz/@w:orient='landscape']")
    assert len(sections) == 1
    size = find_all(sections[0], "w:pgSz")[0]
    assert int(attribute(size, "w:w")) > int(attribute(size, "w:h"))


def test_no_word_of_a_wide_table_is_over_another(outputs):
    """In the PDF the words of a row are on one line with gaps between them, and inside the page."""
    with pypdfium2.PdfDocument(outputs.folder / "diskusjonsnotat.pdf") as pdf:
        lying = next(page for page in pdf if page.get_width() > page.get_height())
        page, width = lying.get_textpage(), lying.get_width()
        first = page.get_text_range().index("abcdefgh")
        row = page.get_text_range(first, 16 * 9 - 1)
        boxes = [page.get_charbox(first + place) for place in range(len(row))]
    assert row.split(" ") == ["abcdefgh"] * 16
    words = [boxes[start : start + 8] for start in range(0, len(row), 9)]
    assert len({round(letters[0][1]) for letters in words}) == 1
    # In points: a space in text of this size is two.
    assert min(later[0][0] - earlier[-1][2] for earlier, later in pairwise(words)) > 4
    assert 0 < words[0][0][0] < words[-1][-1][2] < width


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('| a | b |\n|---|---|\n| c | d |\n\n: Tekst {tbl-colwidths="[1,2,3]"}', "2 kolonner"),
        ("::: {.list-table}\n- en\n- to\n:::", "ikke en tabell"),
        ("::: {#tbl-a}\n\n| a | b |\n|---|---|\n| c | d |\n\n:::", "én tekst under"),
    ],
)
def test_a_table_that_does_not_hold_together_is_refused(refusal, body, words):
    error = refusal(body)
    assert error.line is not None
    assert error.line > 1
    assert words in str(error)


def test_a_table_too_wide_for_paper_is_refused(refusal):
    words = [f"uvanligbrednøkkel{chr(97 + place)}" for place in range(12)]
    rows = ["|".join(words), "|".join(["---"] * 12), "|".join(["x"] * 12)]
    error = refusal("\n".join(f"|{row}|" for row in rows))
    assert (error.code, error.line) == ("N0764", 3)


def test_the_first_column_names_the_rows_in_all_formats(outputs):
    page = outputs.case("tabeller").page
    rows = [row for row in page.xpath(".//tbody/tr | .//table[not(tbody)]/tr") if len(row) > 1]
    named = [row for row in rows if row[0].tag == "th"]
    assert {row[0].get("scope") for row in named} == {"row"}
    assert "Eple" in [row[0].text_content() for row in named]
    assert not any(row[0].tag == "td" and row[0].text_content().strip() for row in rows)
    with pikepdf.open(outputs.folder / "diskusjonsnotat.pdf") as pdf:
        cells = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH"]
        scopes = {str(cell.get("/ID", "")): own.Scope for cell in cells for own in cell.A if "/Scope" in own}
        names = dict(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree))
        assert all(names[id_].objgen == cell.objgen for cell in cells if (id_ := str(cell.get("/ID", ""))))
    assert set(scopes.values()) == {"/Row", "/Column"}
    assert sum(scope == "/Row" for scope in scopes.values()) >= len(named)
    for table in find_all(outputs.word, "//w:tbl"):
        assert attribute(find_all(table, "w:tblPr/w:tblLook")[0], "w:firstColumn") == "1"


def test_a_field_too_many_is_refused_and_not_left_out(refusal):
    error = refusal("| a | b |\n|---|---|\n| `c|d` | e |\n| f | g | h |")
    assert (error.code, error.line) == ("N0744", 6)
    assert "«h» faller bort" in str(error)
