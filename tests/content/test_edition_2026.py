"""The edition of 2026: no check finds anything in it, it has the newest values, and it opens with what is new."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from notat.data import rules
from notat.judge.checks import check
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show.news import news
from notat.show.overview import used_numbers

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(monkeypatch):
    monkeypatch.setenv("QUARTO_PROFILE", "utgave2026")
    return Project(ROOT)


def test_it_has_its_own_day_and_folder(project):
    assert project.config.date == project.config.data_until == dt.date(2026, 11, 30)
    assert project.config.output == ROOT / "_output-utgave2026"
    assert project.config.read_later == ()


def test_no_check_finds_anything_in_it(project):
    assert [str(finding) for finding in check(project, False).findings] == []


def test_what_the_text_names_as_the_newest_is_the_newest_that_the_data_have(project):
    numbers = Numbers(project.data)
    newest = {rule.id for rule in rules.read_rules(ROOT) if rule.term == rules.Term(rules.NEWEST)}
    used = {name.partition(".")[0] for source in project.chapters for name in used_numbers(source)}
    assert len(newest & used) > 12
    for id_ in newest & used:
        assert numbers[id_].period >= "2023", id_


def test_it_says_what_is_new_since_2023(project):
    found = news(project, Numbers(project.data))
    assert found.since == dt.date(2023, 3, 1)
    ids = {one.now.id for one in found.renewed}
    assert {"ledige_trondelag_pst", "neet_trondelag_pst", "folketall_froya.prosent.2020", "uforeandel_trondelag"} <= ids
    assert {other.now.id for _, other in found.turned if other} | {one.now.id for one, _ in found.turned} == {
        "neet_norge_pst",
        "neet_trondelag_pst",
    }
    used = {name for source in project.chapters for name in used_numbers(source)}
    assert len(found.renewed) + len(found.fixed) + len(found.without_newer) == len(used)
    assert {"fig-ledighet", "fig-neet"} <= {f"fig-{name}" for name in found.figures}
