"""The uses of numbers, figures and tables are noted, also when the result is cached."""

from __future__ import annotations

from pathlib import Path

import pytest

from notat.data import dataset, used
from notat.numbers.indicators import Numbers
from notat.show import tables

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def package():
    return dataset.load(PROJECT)


def test_nothing_is_noted_when_no_one_listens(package):
    package["helt_ledige_pst_2023_01"]
    with used.record() as uses:
        pass
    assert uses == set()


def test_a_row_a_selection_and_a_source_are_noted(package):
    with used.record() as uses:
        package["helt_ledige_pst_2023_01"]
        package.series("eksport")
        package.source("notat2023")
    assert uses == {("row", "helt_ledige_pst_2023_01"), ("rows", "eksport"), ("source", "notat2023")}


def test_whoever_takes_all_rows_uses_all_data(package):
    with used.record() as uses:
        assert package.rows
    assert uses == {("data",)}


def test_a_remembered_number_is_noted_as_if_it_were_computed(package):
    numbers = Numbers(package)
    name = "sysselsatte_endring_pst_2021_2022"
    with used.record() as first:
        numbers[name]
    with used.record() as outer, used.record() as second:
        numbers[name]
    assert first == second == outer
    assert {kind for kind, *_ in first} >= {"module"}
    assert len(first) > 1


def test_a_table_is_noted_with_its_module_and_its_rows(package):
    with used.record() as uses:
        tables.build("eksport", Numbers(package))
    assert {what for kind, what, *_ in uses if kind == "module" and ".tables." in what} == {
        "content.tables.naeringsliv"
    }
    assert {"row", "rows"} & {kind for kind, *_ in uses}
