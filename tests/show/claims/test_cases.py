"""The numbers that an author names beside a phrase are found, and what names none is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from notat.data import dataset
from notat.numbers.indicators import Numbers
from notat.show.claims.cases import case_of

_ROWS = """\
bygg,Ansatte,Bygg,Norge,2021,nivå,10,personer,1,,,ssb,
,Ansatte,Handel,Norge,2021,nivå,20,personer,1,,,ssb,
,Ansatte,Fiske,Norge,2021,nivå,30,personer,1,,,ssb,
,Ansatte,I alt,Norge,2021,nivå,60,personer,1,,,ssb,
,Ansatte,Bygg,Norge,2022,nivå,11,personer,1,,,ssb,
,Ansatte,Bygg,Trøndelag,2021,nivå,3,personer,1,,,ssb,
,Ansatte,Handel,Norge,2021,nivå,21,personer,1,,,nav,
,Ansatte,Reiseliv,Norge,2021,nivå,5,personer,1,,,nav,
,Ansatte,Lærere,Norge,2021,andel,4,prosent,1,,,ssb,
ensom,Alene,,Norge,2021,nivå,1,personer,1,,,ssb,
del,Del,,Norge,2021,andel,0.248,andel,0.001,,,ssb,
"""


@pytest.fixture
def numbers(note):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(_ROWS)
    with (note / "data/kilder.csv").open("a", encoding="utf-8") as stream:
        stream.write("nav,Nav,Nav,,,ssb,\n")
    return Numbers(dataset.load(note))


def values(quantities):
    return [int(quantity.value) for quantity in quantities]


def ids(found):
    return [number.id for number in found]


def test_each_attribute_names_numbers_by_id(numbers):
    case = case_of(numbers, {"av": "lav hoy", "enn": "bygg", "fra": "alle", "tidligere": "endring"})
    assert ids(case.of) == ["lav", "hoy"]
    assert (ids(case.than), ids(case.since), ids(case.earlier)) == (["bygg"], ["alle"], ["endring"])
    assert (case.among, case.printed) == ((), None)


@pytest.mark.parametrize(
    ("among", "without", "expected"),
    [
        ("gruppe", "", [10, 20, 30, 60, 5]),
        ("gruppe", "I alt", [10, 20, 30, 5]),
        ("gruppe", "I alt; Fiske", [10, 20, 5]),
        ("geografi", "", [10, 3]),
        ("periode", "", [10, 11]),
        ("lav hoy", "", [9, 37]),
        ("periode lav", "", [10, 11, 9]),
    ],
)
def test_the_set_is_the_rows_that_differ_in_one_column_or_numbers_by_id(numbers, among, without, expected):
    """Handel is of the number's own source, though another gives it too; Reiseliv only the other gives; other units
    are left out."""
    case = case_of(numbers, {"av": "bygg", "blant": among, "uten": without})
    assert values(case.among) == expected


@pytest.mark.parametrize(
    ("attributes", "code", "said"),
    [
        ({"av": "byg"}, "N0315", "Ukjent tall «byg». Mente du bygg?"),
        ({"av": "bygg", "blant": "grupper"}, "N0315", "Ukjent tall «grupper» i blant=. Mente du gruppe?"),
        ({"av": "bygg", "blant": "gruppe", "uten": "Fisk"}, "N0842", "uten= har «Fisk», som ingen rad har"),
        ({"av": "ensom", "blant": "gruppe"}, "N0842", "gir bare tallet selv"),
        ({"blant": "gruppe"}, "N0842", "tallet er regnet ut"),
    ],
)
def test_a_number_that_is_not_there_is_refused(numbers, attributes, code, said):
    with pytest.raises(Exception, match=code) as caught:
        case_of(numbers, attributes)
    assert said in str(caught.value)


def test_a_set_without_members_is_empty(numbers):
    assert case_of(numbers, {"av": "bygg", "blant": " "}).among == ()


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ('tall("del", av=4)', Fraction(1, 4)),
        ('tall("del", av=10, ord=True)', Fraction(2, 10)),
        ('tall("del")', Fraction(248, 1000)),
        ('tall("lav")', 9),
        ('tall("alle", desimaler=0)', 246556),
    ],
)
def test_the_number_inside_the_words_is_what_they_are_about_as_it_is_printed(numbers, code, printed):
    case = case_of(numbers, {}, (code,))
    assert ids(case.of) == [code.split('"')[1]]
    assert case.printed == printed


def test_a_named_number_goes_before_the_one_inside_the_words(numbers):
    case = case_of(numbers, {"av": "hoy"}, ('tall("lav")',))
    assert ids(case.of) == ["hoy"]
    assert case.printed == 9


@pytest.mark.parametrize("code", ["tall(", "x", "tall()", "tall(navn)"])
def test_code_that_is_no_call_with_a_name_is_no_number(numbers, code):
    assert case_of(numbers, {}, (code,)) == case_of(numbers, {})
