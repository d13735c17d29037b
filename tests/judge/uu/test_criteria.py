from outloud.criteria import WCAG22

from notat.judge.uu.criteria import CRITERIA, REQUIRED, known

# New in WCAG 2.2, which Norwegian law does not ask for; 4.1.1 went out with it.
NEW_IN_22 = {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}


def test_the_criteria_are_those_that_an_independent_tool_lists_for_the_levels_a_and_aa():
    assert set(CRITERIA) - {"4.1.1"} == {number for number, *_ in WCAG22} - NEW_IN_22


def test_the_law_asks_for_47_of_them():
    assert len(REQUIRED) == 47


def test_they_stand_in_the_order_of_the_standard():
    assert list(CRITERIA) == sorted(CRITERIA, key=lambda number: [int(part) for part in number.split(".")])


def test_criteria_of_other_levels_and_versions_are_not_known():
    assert known(["1.4.3", "1.4.6", "2.5.8", "tull"]) == {"1.4.3"}
