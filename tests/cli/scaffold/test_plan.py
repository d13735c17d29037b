"""All files of a plan are written, or none."""

from __future__ import annotations

import errno

import pytest

from notat.cli.scaffold.plan import Addition, Plan
from notat.project.project import Project
from notat.text import paths
from notat.text.errors import NotatError


@pytest.fixture
def plan(note):
    plan = Plan(Project(note))
    plan.put("data/arbeid.csv", "en ny tekst\n", "en ny", "teksten")
    plan.put("py/content/ny/modul.py", "x = 1\ny = 2\n", "y", "modulen")
    return plan


def test_every_file_is_written_and_its_place_told(note, plan):
    plan.write()
    assert (note / "data/arbeid.csv").read_text(encoding="utf-8") == "en ny tekst\n"
    assert (note / "py/content/ny/modul.py").read_text(encoding="utf-8") == "x = 1\ny = 2\n"
    assert plan.additions == [
        Addition("data/arbeid.csv", 1, "teksten"),
        Addition("py/content/ny/modul.py", 2, "modulen"),
    ]
    assert str(plan.additions[1]) == "py/content/ny/modul.py:2: modulen"


def test_a_planned_text_is_read_back_before_it_is_written(note, plan):
    assert plan.text("data/arbeid.csv") == "en ny tekst\n"
    assert plan.text("finnes/ikke.py") is None
    assert (note / "data/arbeid.csv").read_text(encoding="utf-8").startswith("id,maal")


@pytest.mark.parametrize("failing", [1, 2])
def test_when_one_file_cannot_be_written_all_are_as_they_were(note, plan, monkeypatch, failing):
    before = (note / "data/arbeid.csv").read_bytes()
    write, calls = paths.write_bytes, []

    def full(file, content):
        calls.append(file)
        if len(calls) == failing:
            raise OSError(errno.ENOSPC, "full", str(file))
        write(file, content)

    monkeypatch.setattr(paths, "write_bytes", full)
    with pytest.raises(NotatError, match=r"disken er full.* Ingenting er skrevet"):
        plan.write()
    assert (note / "data/arbeid.csv").read_bytes() == before
    assert not (note / "py").exists()
    assert not list(note.rglob("*.tmp"))
