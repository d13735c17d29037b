"""A wrong word in the data is refused where something can judge it; what is only shown is never counted as caught."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from notat.text.errors import NotatError
from tools import mutate_text
from tools.mutate_text import (
    CHECKS,
    CONTRACTS,
    NOTEBOOKS,
    REFUSED,
    SCHEMA,
    SHOWN,
    SURVIVES,
    UNJUDGED,
    Change,
    Copy,
    Verdict,
    changes,
    report,
)

pytestmark = pytest.mark.process

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return Copy(PROJECT, tmp_path_factory.mktemp("kopi"))


def cell(copy, column, old, file=""):
    """The first text of the column that is this, in the file."""
    return next(one for one in copy.cells()[column] if one.old == old and one.file.endswith(file))


@pytest.mark.parametrize(
    ("column", "file", "old", "new", "net"),
    [
        ("enhet", "posisjon.csv", "prosent", "Prosent", SCHEMA),
        ("enhet", "fou.csv", "årsverk", "personer", NOTEBOOKS),
        ("geografi", "posisjon.csv", "Trøndelag", "Norge", NOTEBOOKS),
        ("periode", "utenforskap.csv", "2019-06", "2014-06", CONTRACTS),
        ("geografi", "utenforskap.csv", "Agder", "Fosen", CONTRACTS),
        ("avrundet_til", "utenforskap.csv", "0.1", "0.01", CONTRACTS),
        ("grense", "kompetansebehov.csv", "over", "", NOTEBOOKS),
        ("kilde", "landbruk.csv", "v_ssb_kjott_2022", "ssb_lvm", CONTRACTS),
        (
            "url",
            "kilder.csv",
            "https://www.nearadio.no/nyheter/i/mQ3n54/fortsatt-lav-ledighet",
            "https://x.no",
            CONTRACTS,
        ),
    ],
)
def test_a_wrong_column_is_refused_by_what_also_says_it(copy, column, file, old, new, net):
    verdict = copy.judge(replace(cell(copy, column, old, file), new=new))
    assert net in verdict.nets
    assert verdict.outcome == REFUSED


def test_a_wrong_year_of_a_cited_work_is_found_where_its_key_names_the_year(copy):
    works = list(copy.accepted.works)
    year = next(one for one in copy.cells()["verk.year"] if one.old in works[one.line])
    assert copy.judge(replace(year, new="1999")).nets == {CHECKS}


@pytest.mark.parametrize(
    ("column", "file", "old", "new", "outcome"),
    [
        ("definisjon", "kilder.csv", "Hovedalternativet", "Lavalternativet", UNJUDGED),
        ("status", "helsepersonell.csv", "", "anslag", SHOWN),
    ],
)
def test_what_nothing_judges_is_shown_and_counted_apart(copy, column, file, old, new, outcome):
    chosen = next(one for one in copy.cells()[column] if old in one.old and one.file.endswith(file))
    verdict = copy.judge(replace(chosen, new=chosen.old.replace(old, new) if old else new))
    assert (verdict.nets, verdict.shown, verdict.outcome) == (frozenset(), True, outcome)


def test_the_copy_is_as_it_was_after_every_change(copy):
    before = {file: file.read_bytes() for file in copy.root.rglob("*") if file.is_file()}
    copy.judge(replace(cell(copy, "enhet", "årsverk", "fou.csv"), new="personer"))
    assert {file: file.read_bytes() for file in before} == before
    # A module of the notebooks remembers the tables that it has read.
    assert "serier" not in sys.modules


def test_the_sample_takes_the_columns_by_turns_and_can_be_drawn_again(copy):
    cells = copy.cells()
    first, again, other = (list(changes(cells, 2 * len(cells), seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert [change.column for change in first] == [*cells, *cells]
    assert all(change.new != change.old for change in first)


def test_a_note_whose_notebooks_disagree_already_is_refused(note, tmp_path):
    folder = note / "tests/notebooks"
    folder.mkdir(parents=True)
    book = new_notebook(cells=[new_code_cell('print("1  alle  2  personer  ULIKT")')])
    nbformat.write(book, folder / "a.ipynb")
    with pytest.raises(NotatError, match="stemmer ikke før noe er endret"):
        Copy(note, tmp_path / "kopi")


def test_the_report_counts_by_column_and_names_all_that_nothing_refused():
    change = Change("status", "data/a.csv", 0, "", "anslag")
    verdicts = [
        Verdict(change, frozenset({CONTRACTS}), True),
        Verdict(change, frozenset(), True),
        Verdict(replace(change, column="merknad"), frozenset(), True),
        Verdict(replace(change, column="type"), frozenset(), False),
    ]
    text = list(report(verdicts, 7))
    assert text[0] == "4 tilfeldige endringer av tekst og tall (frø 7):"
    counted = {line.split()[0]: line.split()[1:] for line in text[2:5]}
    assert counted["status"] == ["2", "0", "1", "0", "0", "0", "1", "1", "0", "0"]
    assert counted["merknad"][-4:] == ["0", "0", "1", "0"]
    assert counted["type"][-4:] == ["0", "0", "0", "1"]
    assert [line.split(":")[0] for line in text[6:]] == [SHOWN, UNJUDGED, SURVIVES]
    assert mutate_text.NETS == (SCHEMA, CONTRACTS, NOTEBOOKS, mutate_text.CLAIMS, CHECKS)
