"""Falsehoods are tried as many at once as can be told apart."""

from __future__ import annotations

import pytest

from notat.judge.checks import Finding
from tools import literal
from tools.literal import Case

FILE = "tekst.qmd"
FIRST, SECOND, NEXT = Case(FILE, "linje", "lenke"), Case(FILE, "til", "hest"), Case(FILE, "Neste", "Siste")


def test_cases_of_one_paragraph_are_tried_apart_and_those_of_two_at_once(tmp_path):
    (tmp_path / FILE).write_text("En linje.\nEn til.\n\nNeste avsnitt.\n", encoding="utf-8")
    assert list(literal._rounds(tmp_path, [FIRST, SECOND, NEXT])) == [[(FIRST, 1), (NEXT, 4)], [(SECOND, 2)]]
    (tmp_path / FILE).write_text("En linje og en til.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"Neste.* 0 times"):
        list(literal._rounds(tmp_path, [NEXT]))


@pytest.mark.parametrize(
    ("file", "line", "about"), [(FILE, 1, [FIRST]), (FILE, 2, [FIRST]), (FILE, 3, [NEXT]), (FILE, 9, []), ("a", 1, [])]
)
def test_a_finding_is_about_the_case_that_it_does_not_stand_below(file, line, about):
    assert literal._about(Finding("N1050", file, line, "Noe.", "Rett."), [(NEXT, 4), (FIRST, 1)]) == about
    assert literal._about(Finding("N1050", FILE, 1, "Noe.", "Rett."), [(NEXT, 30)]) == []
