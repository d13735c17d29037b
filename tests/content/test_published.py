"""The edition of March 2023 uses nothing that was published later: no number, no figure, no table, and no year.

Each value that the edition prints, draws or computes with is dated here once more, from the tables themselves: by what
its source states, and else by the end of its period. The appendix of corrections tells what is known now.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from notat.data import dataset
from notat.norsk import periods
from notat.numbers.indicators import Numbers
from notat.project.calls import calls
from notat.project.project import Project
from notat.show import charts, tables
from notat.show.overview import used_numbers

ROOT = Path(__file__).parents[2]
DAY = dt.date(2023, 3, 1)
CORRECTIONS = "chapters/avvik.qmd"
# A year of what was planned or expected then, in the words of that time.
AHEAD = re.compile(r"@planstrategi2024|til skoleåret 2023–24|\b20[45]0\b|Et senere mål .* i 2030")


@pytest.fixture(scope="module")
def project():
    return Project(ROOT)


@pytest.fixture(scope="module")
def chapters(project):
    return [source for source in project.chapters if source.file != CORRECTIONS]


@pytest.fixture(scope="module")
def cells(project, chapters):
    """Every cell that the edition uses, with what uses it."""
    numbers = Numbers(project.data)
    found = {}
    for source in chapters:
        for name in used_numbers(source):
            found |= dict.fromkeys(numbers[name].quantity.cells, name)
        for call in calls(source):
            for name in call.known if call.function in ("figur", "tabell") else ():
                made = charts.draw(name, numbers) if call.function == "figur" else tables.build(name, numbers)
                plt.close("all")
                found |= {cell: name for quantity in made.quantities for cell in quantity.cells}
    assert len(found) > 700
    return found


def stated():
    """When each source says that it was published, as it is written in the table."""
    with (ROOT / "data/publisert.csv").open(encoding="utf-8", newline="") as stream:
        return {row["kilde"]: row["publisert"] for row in csv.DictReader(stream)}


def counted_on_the_first_day():
    """The series that count who lived there as the year began."""
    package = json.loads((ROOT / "data/datapackage.json").read_text(encoding="utf-8"))
    found = {one["path"].removesuffix(".csv") for one in package["resources"] if one.get("notat", {}).get("maaledato")}
    assert found
    return found


def first_day(cell, dates, measured):
    """The first day that a value can have been published; None when no day is known."""
    if cell.source in dates and cell.source not in measured:
        return periods.parse(dates[cell.source]).start
    expected = cell.status == "framskriving" or cell.kind == "mål"
    period = periods.parse(dict(cell.key)["periode"])
    return None if expected else period.start if cell.table in counted_on_the_first_day() else period.end


def test_the_default_edition_is_that_of_march_2023(project):
    assert (project.config.date, project.config.data_until) == (DAY, DAY)
    assert project.config.output == ROOT / "_output"


def test_nothing_that_the_edition_uses_was_published_later(project, cells):
    dates, measured = stated(), project.config.read_later
    days = {cell: first_day(cell, dates, measured) for cell in cells}
    late = {f"{cells[cell]}: {cell.source} {day}" for cell, day in days.items() if day and day > DAY}
    assert late == set()
    assert max(day for day in days.values() if day) == DAY  # the note's own day: the test sees the dates


def test_a_source_is_excused_only_where_values_of_it_are_used_that_were_measured_before(project, cells):
    dates = stated()
    used = {cell.source for cell in cells}
    for source in project.config.read_later:
        assert source in used
        assert periods.parse(dates[source]).start > DAY


def test_what_came_later_is_in_the_data_and_refused(project):
    every = dataset.load(ROOT)
    later = every.ids - project.data.ids
    assert {"uforeandel_trondelag_2024", "pluss80_andel_2050_ny", "mangel_arbeidskraft_trondelag_2024"} <= later
    assert every.row("folketall_froya")["periode"] > project.data.row("folketall_froya")["periode"] == "2023"


def test_no_later_year_is_typed(chapters):
    typed = [
        (place, line)
        for source in chapters
        for position, (place, line) in enumerate(source.lines)
        if not any(position in cell for cell in source.cells)
        and re.search(r"\b20(?:2[4-9]|[3-9]\d)\b", re.sub(r"`[^`]*`|\{[^}]*\}", "", AHEAD.sub("", line)))
    ]
    assert typed == []
