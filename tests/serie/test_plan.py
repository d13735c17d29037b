"""What units are built from is known as it was when they were sent."""

from __future__ import annotations

import os

from notat.serie.plan import Inputs, in_profile
from notat.serie.units import Unit
from notat.text import profiles

UNIT = Unit("5001", "Byen", {"kommune": "5001"})
READ = ("egne/tall.txt",)


def test_what_is_edited_after_it_was_sent_is_not_what_a_unit_was_built_from(the_series):
    own = the_series / READ[0]
    own.parent.mkdir()
    own.write_text("1", encoding="utf-8")
    sent, untouched = Inputs(the_series, ("html",)), Inputs(the_series, ("html",)).of(UNIT, READ)
    sent.take([UNIT])
    own.write_text("2", encoding="utf-8")
    chapter = the_series / "chapters/arbeid.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nMer.\n", encoding="utf-8")
    assert sent.of(UNIT, READ) == untouched
    assert Inputs(the_series, ("html",)).of(UNIT, READ) != untouched


def test_a_unit_without_a_profile_is_not_in_that_of_the_caller(monkeypatch):
    monkeypatch.setenv(profiles.VARIABLE, "nynorsk")
    with in_profile(""):
        assert not os.environ[profiles.VARIABLE]
    assert os.environ[profiles.VARIABLE] == "nynorsk"
