"""CSV for spreadsheets: what could be computed is text, everything else is unchanged."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.text.spreadsheet import csv_text, is_computed, safe_cell

FORMULAS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1;1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    '=HYPERLINK("http://x.no";"y")',
    "-",
    "--1",
    "-A1",
    "+47 73 00",
    "+",
    "-٣",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe_in_front(text):
    assert safe_cell(text).startswith("'")
    assert safe_cell(text).replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("text", ["x;=1+1", "x;  =1+1", "x\t@A1", "x\n=1", "x,+1", ";=1"])
def test_a_formula_after_a_separator_inside_a_text_is_guarded_too(text):
    parts = [
        part.lstrip() for part in safe_cell(text).replace("\t", ";").replace("\n", ";").replace(",", ";").split(";")
    ]
    assert parts[1].startswith("'")


@pytest.mark.parametrize(
    "text",
    ["", "Norge", "-2", "-2.6", "-2,6", "0", "15–29 år", "2015-kullet", "a-b", "1 + 1 = 2", "a@b.no", "−2", "'x"],
)
def test_what_cannot_be_a_formula_is_unchanged(text):
    assert safe_cell(text) == text


@given(st.text(st.characters(codec="utf-8")))
def test_no_cell_begins_as_a_formula_and_guarding_twice_changes_nothing(text):
    cell = safe_cell(text)
    assert not cell.lstrip().startswith(("=", "+", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
    assert not cell.startswith(("\t", "\r", "\n"))
    assert safe_cell(cell) == cell


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r")), min_size=2, max_size=2)))
def test_what_is_written_is_read_back_as_guarded(rows):
    read = list(csv.reader(io.StringIO(csv_text(("a", "b"), rows), newline="")))
    assert read == [["a", "b"], *[[safe_cell(cell) for cell in row] for row in rows]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula_whatever_the_spreadsheet_divides_at(separator):
    inside = [
        f"{before}{formula}{after}"
        for formula in FORMULAS
        for before in ("", "x;", "x\t", 'a";')
        for after in ("", ";")
    ]
    text = csv_text(["a", "b"], [["rad", cell] for cell in inside])
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "@", "\uff1d"))
            assert not cell.startswith("-") or cell[1:].isdecimal()


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_computed_is_known(text):
    assert is_computed(text)
    assert is_computed(f"x;{text}")


@pytest.mark.parametrize("text", ["", "Norge", "-2,6", "-10,1 %", "a, -b", "2015-kullet", "x; y", "− 2"])
def test_what_would_not_be_computed_is_let_through(text):
    assert not is_computed(text)
