"""The times that a text names are read alike from prose and from the column `periode`."""

from __future__ import annotations

import pytest

from notat.norsk.times import agree, times


def year(number):
    return 12 * number, 12 * number + 11


def months(number, first, last):
    return 12 * number + first - 1, 12 * number + last - 1


@pytest.mark.parametrize(
    ("prose", "code", "first", "last"),
    [
        ("i 2021", "2021", year(2021), None),
        ("4. kvartal 2022", "2022K4", months(2022, 10, 12), None),
        ("desember 2022", "2022-12", months(2022, 12, 12), None),
        ("31. desember 2022", "2022-12-31", months(2022, 12, 12), None),
        ("våren 2019", "våren 2019", months(2019, 1, 6), None),
        ("1. halvår 2019", "2019H1", months(2019, 1, 6), None),
        ("uke 14 2022", "2022U14", months(2022, 4, 4), None),
        ("uke 1 2020", "2020U01", months(2020, 1, 1), None),
        ("uke 53 2020", "2020U53", months(2020, 12, 12), None),
        ("andre halvår 2019", "2. halvår 2019", months(2019, 7, 12), None),
        ("2015-kullet", "2015-kullet", year(2015), None),
        ("på 1970-tallet", "1970-tallet", (12 * 1970, 12 * 1979 + 11), None),
        ("fra 2010 til 2020", "2010–2020", year(2010), year(2020)),
        ("mellom 2010 og 2020", "2010-2020", year(2010), year(2020)),
        ("2018 til og med 2021", "2018–2021", year(2018), year(2021)),
        ("skoleåret 2021–22", "2021–22", year(2021), year(2022)),
        ("fra juni 2015 til juni 2024", "2015-06–2024-06", months(2015, 6, 6), months(2024, 6, 6)),
        ("fra 4. kvartal 2021 til 4. kvartal 2022", "2021K4–2022K4", months(2021, 10, 12), months(2022, 10, 12)),
    ],
)
def test_prose_and_code_name_the_same_time(prose, code, first, last):
    for text in (prose, code):
        (found,) = times(text)
        assert (found.first, found.last, found.yearly) == (first, last, False)


def test_a_time_has_its_place_in_the_text():
    text = "Det var mer i 2021 enn i 4. kvartal 2020, og fra 2010 til 2019 minst."
    assert [text[one.start : one.end] for one in times(text)] == ["2021", "4. kvartal 2020", "2010 til 2019"]


def test_a_range_that_ends_before_it_begins_is_a_range():
    (found,) = times("fra 2020 til 2010")
    assert (found.first, found.last) == (year(2020), year(2010))


def test_years_side_by_side_are_no_range():
    assert [one.last for one in times("I 2020, 2021 og 2022.")] == [None, None, None]


def test_a_month_or_term_without_a_year_is_of_any_year():
    assert [(one.first, one.yearly) for one in times("I desember, og om høsten.")] == [
        ((11, 11), True),
        ((6, 11), True),
    ]


@pytest.mark.parametrize(
    "text", ["12 021 personer", "3,2021", "nr. 20213", "1066", "marsjen", "udatert", "de siste årene"]
)
def test_other_numbers_and_words_are_no_times(text):
    assert list(times(text)) == []


def test_times_agree_when_one_is_within_the_other():
    december, quarter = months(2022, 12, 12), months(2022, 10, 12)
    assert agree(december, quarter)
    assert agree(quarter, december)
    assert agree(year(2022), quarter)
    assert not agree(months(2022, 7, 9), quarter)
    assert not agree(year(2021), quarter)
