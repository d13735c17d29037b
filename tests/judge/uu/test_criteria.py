import re

from notat.judge.uu.criteria import CRITERIA, REQUIRED
from notat.judge.uu.html import axe

OF_LEVEL_AAA = {"1.4.6", "2.2.4", "2.4.9", "3.2.5", "2.1.3"}
NEW_IN_22 = {"2.5.8"}  # WCAG 2.2, which Norwegian law does not ask for


def test_there_are_30_criteria_at_level_a_and_20_at_level_aa():
    assert len(CRITERIA) == 50


def test_every_criterion_that_axe_knows_at_these_levels_is_among_them():
    named = {".".join(digits) for digits in re.findall(r'"wcag(\d)(\d)(\d+)"', axe._source())}
    assert len(named) > 20
    assert named - OF_LEVEL_AAA - NEW_IN_22 <= CRITERIA.keys()


def test_the_law_asks_for_47_of_them():
    assert len(REQUIRED) == 47


def test_they_stand_in_the_order_of_the_standard():
    assert list(CRITERIA) == sorted(CRITERIA, key=lambda number: [int(part) for part in number.split(".")])
