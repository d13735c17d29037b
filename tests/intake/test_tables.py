"""Tables of the shapes that agencies publish are found and said to a person, or refused by cell."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from notat.intake import belief, tables
from notat.text import paths
from notat.text.errors import NotatError


def read(content: bytes | str, head: int | None = None) -> list[tables.Table]:
    return tables.read(content.encode() if isinstance(content, str) else content, "fil", head)


def workbook(*sheets) -> bytes:
    """A workbook; a sheet is its name, rows from A1, merged areas, and whether it is hidden."""
    book = Workbook()
    book.remove(book.active)
    for name, rows, *rest in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in rest[0] if rest else ():
            sheet.merge_cells(area)
        if len(rest) > 1:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(table: tables.Table) -> list[list[str]]:
    return [list(line.cells.values()) for line in table.lines]


def names(table: tables.Table) -> list[str]:
    return [column.name for column in table.columns]


def refusal(content: bytes | str) -> NotatError:
    with pytest.raises(NotatError) as caught:
        read(content)
    assert caught.value.file == "fil"
    assert caught.value.remedy
    return caught.value


SCHOOLS = "Nivå\tFylkesnr\tFylke\t2011-12.Alle.Andel\t2012-13.Alle.Andel\t2012-13.Alle.Andel.Brudd\n"
SCHOOLS += "1\t\tLandet\t4,2\t4,0\t\n2\t50\tTrøndelag\t3,1\t*\tNy måte å telle på\n2\t03\tOslo\t2,0\t2,5\t\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (("sep=\t\r\n" + SCHOOLS.replace("\n", "\r\n")).encode("utf-16"), "utf-16"),
        (("sep=\t\n" + SCHOOLS).encode("utf-16-le"), "utf-16-le"),
        (("sep=\t\n" + SCHOOLS).encode("utf-8-sig"), "utf-8-sig"),
        (("sep=\t\n" + SCHOOLS).encode("latin-1"), "latin-1"),
        (('"sep=\t"\n' + SCHOOLS).encode(), "utf-8"),
    ],
)
def test_a_tab_file_that_says_its_separator_is_read_in_any_encoding(content, encoding):
    [table] = read(content)
    assert table.belief == f"tegnsett {encoding}, skilt med tabulator (oppgitt i fila)"
    assert (table.head, len(table.lines)) == (2, 3)
    assert cells(table)[1] == ["2", "50", "Trøndelag", "3,1", "*", "Ny måte å telle på"]
    assert [(c.words, c.period) for c in table.columns[3:5]] == [("Alle.Andel", "2011-12"), ("Alle.Andel", "2012-13")]
    assert belief.guess(table) == {"sted": ["Fylkesnr", "Fylke"], "verdi": "Alle.Andel"}


def test_a_semicolon_file_with_title_lines_and_decimal_comma_is_read():
    text = "12345: Elever, etter region\n\nregion;kjønn;Elever 2021;Elever 2022\n"
    text += "50 Trøndelag;Gutter;1 234,5;2,0\n03 Oslo;Jenter;..;.\n"
    [table] = read(text.encode("latin-1"))
    assert table.belief == "tegnsett latin-1, skilt med semikolon"
    assert table.titles == ("12345: Elever, etter region",)
    assert names(table) == ["region", "kjønn", "Elever 2021", "Elever 2022"]
    assert list(belief.describe(table))[-2:] == [
        "    Elever 2021: tall for 2021, desimalkomma, 1 «..»",
        "    Elever 2022: tall for 2022, desimalkomma, 1 «.»",
    ]


def test_a_comma_file_with_empty_fields_and_quoted_line_breaks_knows_its_lines():
    text = "Fylke,Antall,År,Måned\nI alt,10.5,2017,september\n"
    text += '"Møre og\nRomsdal",4.0,2017,september\nUkjent,,2017,september\n'
    [table] = read(text)
    assert [line.number for line in table.lines] == [2, 3, 5]
    assert table.lines[1].cells["Fylke"] == "Møre og Romsdal"
    assert belief.guess(table) == {"periode": ["År", "Måned"], "sted": ["Fylke"], "verdi": "Antall"}
    assert table.place(table.lines[2], "Antall") == "linje 5, kolonnen «Antall»"


def test_years_alone_as_columns_are_no_values():
    [table] = read("region;2021;2022\nTrøndelag;1950;2001\nOslo;5;6\n")
    assert table.head == 1
    assert cells(table)[0] == ["Trøndelag", "1950", "2001"]


def test_a_head_of_two_lines_holds_until_the_next_name():
    [table] = read(";Gutter;;Jenter;\nregion;2021;2022;2021;2022\n50 Trøndelag;1;2;3;4\n")
    assert names(table) == ["region", "Gutter 2021", "Gutter 2022", "Jenter 2021", "Jenter 2022"]


MONTHS = [
    ["Kilde: NAV", None, None, "Helt ledige", None, None],
    [None, None, None, "Fylke. Antall²", None, None],
    [],
    ["Januar - mars 2022"],
    [],
    [None, None, "Januar", None, "Februar", "Mars"],
    [None, "I alt", 5000, None, 4000.0, "*"],
    ["50", "Trøndelag", 2005, None, 1990, 3],
    [],
    ["¹ En fotnote."],
]


def test_a_sheet_with_titles_and_merged_heads_is_read():
    [table] = read(workbook(("1. Fylke", MONTHS, ("D1:F1", "D2:F2", "C6:D6", "C7:D7", "C8:D8"))))
    assert (table.head, table.skipped) == (6, 1)
    assert names(table) == ["A", "B", "Januar", "Februar", "Mars"]
    assert cells(table) == [["", "I alt", "5000", "4000", "*"], ["50", "Trøndelag", "2005", "1990", "3"]]
    assert table.place(table.lines[0], "Mars") == "celle F7 i arket 1. Fylke"
    assert belief.guess(table) == {"aar": "tittel", "sted": ["A", "B"], "verdi": ""}
    assert "    Mars: tall for 2022-03, hele tall, 1 «*»" in list(belief.describe(table))


def test_a_name_merged_over_columns_holds_for_them_alone():
    rows = [[None, "Gutter", None, "Landet"], ["region", "Antall", "Andel", "Antall"], ["50 Trøndelag", 1, 2.5, 3]]
    [table] = read(workbook(("Ark", rows, ("B1:C1",))))
    assert names(table) == ["region", "Gutter Antall", "Gutter Andel", "Landet Antall"]


def test_tables_beside_each_other_and_hidden_sheets_are_apart():
    rows = [["År", "Fylke", "Antall", None, "År", "Sum"], [2021, "50 Trøndelag", 5, None, 2021, 9]]
    found = read(
        workbook(("Tall", rows), ("Skjult", [["År", "Antall"], [2021, 7]], (), True), ("Om", [["Bare tekst"]]))
    )
    assert [(table.name, table.hidden) for table in found] == [("Tall", False), ("Tall:E", False), ("Skjult", True)]
    assert names(found[1]) == ["År", "Sum"]
    assert "skjult" in found[2].belief


def test_a_head_that_comes_again_and_headings_between_are_no_rows():
    rows = [["Oslo"], [None, "Januar", "Februar"], ["0301 Oslo", 5, 6], [], ["Trøndelag"], [None, "Januar", "Februar"]]
    [table] = read(workbook(("Kommune", [*rows, ["5001 Trondheim", 7, 8]])))
    assert [line.cells["A"] for line in table.lines] == ["0301 Oslo", "5001 Trondheim"]
    assert table.skipped == 2


def test_dates_and_numbers_keep_what_excel_shows():
    rows = [["Dag", "Andel"], [dt.date(2022, 12, 31), 0.1 + 0.2], [dt.date(2023, 1, 31), 12345678]]
    [table] = read(workbook(("Ark", rows)))
    assert cells(table) == [["2022-12-31", "0.3"], ["2023-01-31", "12345678"]]


def test_the_row_of_the_head_can_be_told():
    [table] = read("a;b;c\nx;y;z\n1;2;3\n4;5;6\n", head=2)
    assert names(table) == ["x", "y", "z"]


def test_a_formula_without_a_value_is_refused_by_cell():
    error = refusal(workbook(("Ark", [["År", "Antall"], [2021, "=1+1"]])))
    assert error.code == "N0382"
    assert error.problem == "Celle B2 i arket Ark er en formel uten lagret verdi."


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(tables, "_MAX_UNPACKED", 10**6)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (2 * 10**6))
    assert refusal(out.getvalue()).code == "N0381"


def test_entities_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert refusal(out.getvalue()).problem == "Fila har en XML-del som ikke er tillatt."


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0old", "N0380"),
        (b"PK\x03\x04not a workbook", "N0380"),
        (b'a;b\n"1;2\n', "N0380"),
        (b"a;b\n\0\0\0;1\n", "N0380"),
        (b";;\n", "N0383"),
        (b"bare tekst\n", "N0383"),
        (b"navn;sted\na;b\n", "N0383"),
    ],
)
def test_what_is_no_table_is_refused(content, code):
    assert refusal(content).code == code


_CELLS = st.sampled_from(
    ["", "År", "2021", "2021-22", "januar", "1 234", "1,5", "12.345", "*", "50 Trøndelag", '"', "="]
)
_LINES = st.lists(st.lists(_CELLS, max_size=5), max_size=6)


@given(_LINES, st.sampled_from(";,\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"]))
def test_any_text_is_read_and_described_or_refused(lines, separator, encoding):
    content = "\n".join(separator.join(cells) for cells in lines).encode(encoding)
    with suppress(NotatError):  # any other error fails the test
        for table in read(content):
            assert list(belief.describe(table))
            spec = belief.guess(table)
            assert set(belief.groups(table, spec)) <= set(names(table))


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n"]))
def test_any_bytes_are_read_or_refused(content, start):
    with suppress(NotatError):
        assert read(start + content)


@given(_LINES)
def test_any_sheet_is_read_and_described_or_refused(lines):
    rows = [[int(cell) if cell.isdecimal() else cell or None for cell in cells if cell != "="] for cells in lines]
    with suppress(NotatError):
        for table in read(workbook(("Ark", rows))):
            assert list(belief.describe(table))


def test_a_file_beyond_the_bound_is_refused(monkeypatch):
    monkeypatch.setattr(paths, "MAX_BYTES", 5)
    assert refusal("a;b\n1;2\n").code == "N0381"
    monkeypatch.undo()
    monkeypatch.setattr(tables, "_MAX_CELLS", 6)
    assert tables.read(b"a;b\n1;2\n3;4\n", "f.csv")
    assert refusal("a;b\n1;2\n3;4\n5;6\n").problem == "Tabellen har over 6 celler."


def shown(form: str, value: object) -> tables.Table:
    """A sheet whose first value is shown in this form."""
    book = Workbook()
    sheet = book.active
    for row in (("Sted", "År", "Andel"), ("03 Oslo", 2022, value), ("11 Rogaland", 2022, 7.1)):
        sheet.append(row)
    sheet["C2"].number_format = form
    content = io.BytesIO()
    book.save(content)
    return read(content.getvalue())[0]


@pytest.mark.parametrize("form", ['0.0" %"', r"0.0\ \%", "0.0_%", "[Color10]0.0;0.0%"])
def test_a_sign_of_per_cent_that_a_format_only_writes_says_nothing_of_the_value(form):
    assert shown(form, 5.2).texts("Andel") == ["5.2", "7.1"]


@pytest.mark.parametrize(("form", "text"), [("mmm yy", "2022M03"), ("[$-414]mmmm yyyy", "2022M03"), ("yyyy", "2022")])
def test_a_date_that_is_shown_as_a_month_or_a_year_is_one(form, text):
    assert shown(form, dt.date(2022, 3, 1)).texts("Andel")[0] == text
    assert shown("dd.mm.yyyy", dt.date(2022, 3, 1)).texts("Andel")[0] == "2022-03-01"


def test_a_number_that_is_shown_in_thousands_is_refused_by_its_cell():
    with pytest.raises(NotatError, match="Celle C2 i arket Sheet er vist i tusen") as caught:
        shown("#,##0,", 5_200_000)
    assert caught.value.code == "N0384"
    assert shown("#,##0", 5_200_000).texts("Andel")[0] == "5200000"


def test_what_is_raised_is_a_mark_and_no_digit():
    mark = TextBlock(InlineFont(vertAlign="superscript"), "1)")
    assert shown("General", CellRichText("12", mark)).texts("Andel")[0] == "12¹⁾"
    book = Workbook()
    book.active.append(("Sted", CellRichText("Antall 2022", mark), "Antall 2023"))
    book.active.append(("03 Oslo", 5, 6))
    content = io.BytesIO()
    book.save(content)
    assert [column.name for column in read(content.getvalue())[0].columns] == ["Sted", "Antall 2022", "Antall 2023"]


def test_hidden_rows_are_said_to_be_read():
    book = Workbook()
    for row in (("Sted", "År", "Antall"), ("03 Oslo", 2022, 5), ("11 Rogaland", 2022, 7)):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    content = io.BytesIO()
    book.save(content)
    assert read(content.getvalue())[0].belief == "ark i Excel, skjulte rader som er lest med: 1"


def test_a_line_with_more_fields_than_names_is_refused():
    with pytest.raises(NotatError, match="Linje 2 har 4 felt, og linja med kolonnenavn har 3") as caught:
        read(b"Sted,Aar,Andel\nOslo,2022,1,5\nViken,2022,2,5\n")
    assert caught.value.code == "N0380"
    assert read(b"Sted;Aar;Andel;\nOslo;2022;1,5;\n")[0].texts("Andel") == ["1,5"]


@pytest.mark.parametrize(
    "content",
    [
        "Sted;År;Næring;Antall\nOslo;2022;Sjø;5\n".encode() + "Oslo;2022;Jordbær;6\n".encode("latin-1"),
        "Sted;År;Næring;Antall\nOslo;2022;Sjø;5\n".encode().decode("latin-1").encode(),
    ],
)
def test_letters_of_another_encoding_are_refused_by_their_line(content):
    with pytest.raises(NotatError, match="Linje 1 har «Ã") as caught:
        read(content)
    assert caught.value.code == "N0380"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "tom"), (b"\xef\xbb\xbf\r\n", "tom"), (b"%PDF-1.7", "en PDF"), (b" <!DOCTYPE html><html>", "en nettside")],
)
def test_what_is_no_table_at_all_is_named(content, said):
    with pytest.raises(NotatError, match=f"Fila er {said}") as caught:
        read(content)
    assert caught.value.code == "N0380"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("År;Fylke;Antall\n2022;Oslo;5\n2023;Os", 3),
        ("År;Fylke;Antall\n2022;Oslo\n2023;Oslo;5\n", 2),
        ("Fylke;2021;2022\nOslo;1;2\nRogaland;4\n", 3),
        ("År;Fylke;Antall\n2022;Oslo;5\n2023", 3),
        ("Fylke;År;Antall\nTrøndelag;2022;5\nTrønd", 3),
    ],
)
def test_a_line_with_fewer_fields_than_names_is_refused(text, line):
    error = refusal(text)
    assert error.code == "N0380"
    assert error.problem.startswith(f"Linje {line} har ")
    assert error.problem.endswith(": Noe kan mangle.")


@pytest.mark.parametrize("note", ["Kilde: NAV", "1) Foreløpige tall", "\n\nMerknad;;\n"])
def test_a_note_below_a_table_and_names_that_are_empty_are_no_short_lines(note):
    [table] = read(f"År;Fylke;Antall;\n2022;Oslo;5\n2023;Oslo;6\n{note}")
    assert len(table.lines) == 2
    assert table.belief.endswith("ikke avsluttet") == (not note.endswith("\n"))


def test_a_mark_of_encoding_in_the_middle_is_refused_by_its_line():
    error = refusal("År;Fylke;Antall\n2022;Oslo;5\n\ufeffÅr;Fylke;Antall\n2023;Oslo;6\n")
    assert (error.code, error.problem[:8]) == ("N0380", "Linje 3 ")


def test_columns_of_the_same_name_are_told_apart_all_of_them():
    [table] = read("År;Fylke;Antall;Antall\n2022;Oslo;5;6\n2023;Oslo;7;8\n")
    assert names(table) == ["År", "Fylke", "Antall (1)", "Antall (2)"]


HEAD = ["År", "Fylke", "Antall"]


@pytest.mark.parametrize(
    ("rows", "area", "cell"),
    [
        ([HEAD, [2022, "Oslo", 5], [2023, "Oslo", None]], "C2:C3", "C2"),
        ([["Fylke", 2021, 2022, 2023], ["Oslo", 5, None, 6]], "B2:C2", "B2"),
        ([HEAD, [2022, "Oslo", 5], [2023, None, 6]], "B2:B3", "B2"),
        ([["Kjønn", *HEAD], ["Menn", 2022, "Oslo", 5], [None, 2023, "Oslo", 6]], "A2:A3", "A2"),
    ],
)
def test_a_cell_that_is_merged_over_others_is_refused(rows, area, cell):
    error = refusal(workbook(("Ark", rows, (area,))))
    assert (error.code, error.problem) == ("N0384", f"Celle {cell} i arket Ark er slått sammen med andre.")


def test_a_note_that_is_merged_over_rows_below_the_table_is_no_cell_of_it():
    rows = [HEAD, [2022, "Oslo", 5], [2023, "Oslo", 6], [], ["En lang merknad", None, None], [None, None, None]]
    [table] = read(workbook(("Ark", rows, ("A5:C6",))))
    assert table.notes == ("En lang merknad",)


@pytest.mark.parametrize(
    ("form", "value", "said"),
    [
        ('0"*"', 5, "viser «*» ved tallet"),
        ('0" ¹"', 5, "viser «¹» ved tallet"),
        (";;;", 5, "viser noe annet enn tallet som står i den"),
        ('0;-0;".."', 0, "viser noe annet enn tallet som står i den"),
        ("0;-0,", -5000, "er vist i tusen, men har hele tallet"),
    ],
)
def test_a_number_that_is_shown_as_something_else_is_refused_by_its_cell(form, value, said):
    with pytest.raises(NotatError, match="Celle C2 i arket Sheet") as caught:
        shown(form, value)
    assert (caught.value.code, caught.value.problem) == ("N0384", f"Celle C2 i arket Sheet {said}.")


@pytest.mark.parametrize(
    "form", ["General", "@", "# ##0", r"#\ ##0", "0;(0)", '_-* #,##0_-;-* #,##0_-;_-* "-"_-', "[>9]0;0"]
)
def test_a_number_that_is_shown_as_it_is_may_have_any_form(form):
    assert shown(form, 5).texts("Andel")[0] == "5"


def test_what_is_shown_beside_numbers_and_which_are_texts_is_known():
    table = shown('0.0" mill."', 5.2)
    assert (table.forms, table.written) == ({"Andel": "mill."}, frozenset())
    assert shown("General", "1.234").written == {(2, "Andel")}


def test_hidden_columns_are_said_to_be_read():
    book = Workbook()
    for row in (("Sted", "År", "Antall"), ("03 Oslo", 2022, 5), ("11 Rogaland", 2022, 7)):
        book.active.append(row)
    book.active.column_dimensions["C"].hidden = True
    content = io.BytesIO()
    book.save(content)
    assert read(content.getvalue())[0].belief == "ark i Excel, skjulte kolonner som er lest med: C"


def test_a_column_of_periods_with_one_cell_that_is_none_is_still_that_of_the_periods():
    [table] = read("År;Fylke;Antall\n2022;Oslo;5\n2023;Oslo;6\nSum;Oslo;11\n")
    assert belief.guess(table)["periode"] == ["År"]


def test_a_field_that_swallows_the_next_row_is_refused():
    error = refusal('År;Fylke;Antall\n2022;"50 Trøndelag;5\n2023;50 Trøndelag";7\n')
    assert (error.code, error.problem[:8]) == ("N0380", "Linje 2 ")
