"""Tables by name, and their Markdown."""

from __future__ import annotations

import pytest

from notat.engine import pandoc
from notat.numbers import content
from notat.show import tables
from notat.show.charts import declared
from notat.show.tables import Table, build, table, to_markdown

SMALL = Table(("År", "Antall"), (("2021", "9"), ("2022", "37")), "lr", "Flere.")


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    """A registry of its own, without the tables of the note."""
    monkeypatch.setattr(tables, "_tables", {})
    monkeypatch.setattr(content, "load", lambda package: None)
    monkeypatch.setattr(declared, "_of_note", lambda: ({}, {}))


def read(made):
    (block,) = pandoc.read_markdown(to_markdown(made))["blocks"]
    assert block["t"] == "Table"
    return block["c"]


def cells(rows):
    return [[pandoc.plain(cell[4]) for cell in row[1]] for row in rows]


def test_a_table_is_built_by_its_name():
    table("proeve")(lambda numbers: SMALL)
    assert build("proeve", None) is SMALL
    assert tables.names() == ["proeve"]


def test_an_unknown_table_is_refused_with_a_suggestion(refused):
    table("proeve")(lambda numbers: SMALL)
    with refused(None, None, "Ukjent tabell «prøve». Mente du proeve?"):
        build("prøve", None)


def test_two_tables_of_one_name_are_refused(refused):
    table("proeve")(lambda numbers: SMALL)
    with refused(None, None, "Tabellen «proeve» er definert to ganger"):
        table("proeve")(lambda numbers: SMALL)


@pytest.mark.parametrize("rows", [(("2021",),), (("2021", "9", "8"),)])
def test_uneven_rows_are_refused(rows, refused):
    table("proeve")(lambda numbers: Table(("År", "Antall"), rows, "lr", "Flere."))
    with refused(None, None, "rader av ulik lengde"):
        build("proeve", None)


def test_pandoc_reads_back_head_rows_and_alignment():
    _, _, columns, head, bodies, _ = read(SMALL)
    assert [column[0]["t"] for column in columns] == ["AlignLeft", "AlignRight"]
    assert cells(head[1]) == [["År", "Antall"]]
    assert cells(bodies[0][3]) == [["2021", "9"], ["2022", "37"]]


def test_the_widths_are_relative():
    wide = Table(SMALL.head, SMALL.rows, "lr", "Flere.", widths=(3, 1))
    widths = [column[1]["c"] for column in read(wide)[2]]
    assert widths[0] / widths[1] == pytest.approx(3, rel=0.1)


def test_a_pipe_in_a_cell_stays_in_the_cell():
    made = Table(("A|B", "C"), (("x | y", "z"),), "ll", "Flere.")
    _, _, _, head, bodies, _ = read(made)
    assert (cells(head[1]), cells(bodies[0][3])) == ([["A|B", "C"]], [["x | y", "z"]])
