"""The numbers as tables for programs and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.data import dataset
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show.appendix import explanations
from notat.show.export import COLUMNS, exact, numbers_csv, numbers_json
from notat.text.spreadsheet import safe_cell


@pytest.fixture
def known(note):
    numbers = Numbers(dataset.load(note))
    found = explanations(Project(note), numbers)
    return found, {id_: numbers[id_].quantity.value for id_ in found}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3/8", "0.375"),
        ("-1/3", "-1/3"),
        ("5566", "5566"),
        ("-1/200", "-0.005"),
        ("0", "0"),
        ("100", "100"),
        ("-3/2", "-1.5"),
    ],
)
def test_a_value_is_written_exactly(value, text):
    assert exact(Fraction(value)) == text


@given(st.fractions())
def test_the_written_value_reads_back_as_itself(value):
    assert Fraction(exact(value)) == value
    assert safe_cell(exact(value)) == exact(value)


def test_the_table_has_a_line_for_each_number_with_its_cell_and_source(known):
    rows = list(csv.DictReader(io.StringIO(numbers_csv(*known), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["id"] for row in rows] == ["alle", "endring", "lav", "hoy"]
    first = rows[0]
    assert (first["trykt"], first["verdi"], first["enhet"]) == ("246\u00a0556", "246556", "personer")
    assert (first["periode"], first["celler"]) == ("4.\u00a0kvartal\u00a02022", "data/arbeid.csv:2")
    assert first["kilder"] == "Sysselsetting, Statistisk sentralbyrå"


def test_the_document_holds_cells_and_sources_as_objects(known):
    content = json.loads(numbers_json(*known))
    assert content["felt"].keys() == COLUMNS.keys()
    entry = next(entry for entry in content["tall"] if entry["id"] == "lav")
    assert (entry["verdi"], entry["avrunding"]) == ("9", "8,5–9,5\u00a0%")
    assert entry["celler"][0]["linje"] == 4
    assert content["kilder"]["ssb"]["utgiver"] == "Statistisk sentralbyrå"
