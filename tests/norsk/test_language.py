"""Each language is data: the files say the same things, and numbers and times read back as they were written."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from importlib.resources import files

import pytest

from notat.norsk import format_quantity, format_range, fraction_in_words, in_words, language, parse_number
from notat.norsk.periods import in_prose
from notat.norsk.spelled import numbers
from notat.norsk.times import times
from notat.readback.numerals import numerals, plain_spaces

TABLES = {
    code: tomllib.loads(files("notat.norsk").joinpath(f"language_{code}.toml").read_text(encoding="utf-8"))
    for code in language.CODES
}
# Groups whose keys are the words of the language themselves.
_OF_WORDS = {"terms", "ranks", "variants", "articles", "glued", "ordinals", "parts", "scales", "abbreviated"}
_OF_WORDS |= {"collectives", "folds", "names", "aliases", "said", "terms", "texts"}


def keys(table, path=""):
    for key, value in table.items():
        yield f"{path}{key}"
        if isinstance(value, dict) and key not in _OF_WORDS:
            yield from keys(value, f"{path}{key}.")


@pytest.fixture(params=language.CODES)
def spoken(request):
    with language.speaking(request.param) as found:
        yield found


@pytest.mark.parametrize("code", ["nn", "en"])
def test_every_language_says_all_that_bokmal_says_and_no_more(code):
    assert list(keys(TABLES[code])) == list(keys(TABLES["nb"]))


def test_the_language_is_that_of_the_page_or_else_of_the_book():
    language.use("nn-NO")
    with language.speaking("en-GB") as page:
        assert (page.code, language.current().code) == ("en", "en")
    assert language.current().code == "nn"


def test_a_language_that_notes_are_not_written_in_is_unknown():
    assert not language.is_known("fr-FR")
    with pytest.raises(KeyError):
        language.of("fr-FR")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("nb", ["246\u00a0556", "\u22122,3\u00a0%", "1\u00a0prosentpoeng", "2,5\u00a0milliarder kroner"]),
        ("nn", ["246\u00a0556", "\u22122,3\u00a0%", "1\u00a0prosentpoeng", "2,5\u00a0milliardar kroner"]),
        ("en", ["246,556", "\u22122.3%", "1\u00a0percentage point", "2.5\u00a0billion kroner"]),
    ],
)
def test_numbers_are_written_as_the_language_does(code, expected):
    with language.speaking(code):
        assert [
            format_quantity(Fraction(246_556), "personer", 0),
            format_quantity(Fraction(-23, 10), "prosent", 1),
            format_quantity(Fraction(1), "prosentpoeng", 0),
            format_quantity(Fraction(5, 2), "mrd. kr", 1),
        ] == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("nb", ["9–37\u00a0%", "−3\u00a0til\u00a04"]),
        ("nn", ["9–37\u00a0%", "−3\u00a0til\u00a04"]),
        ("en", ["9–37%", "−3\u00a0to\u00a04"]),
    ],
)
def test_ranges_are_written_as_the_language_does(code, expected):
    with language.speaking(code):
        low, high = (
            format_range(Fraction(9), Fraction(37), "prosent", 0),
            format_range(Fraction(-3), Fraction(4), "", 0),
        )
        assert [low, high] == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("nb", ["halvparten", "en femdel", "to tredeler", "tre firedeler"]),
        ("nn", ["halvparten", "ein femdel", "to tredelar", "tre firedelar"]),
        ("en", ["half", "one fifth", "two thirds", "three quarters"]),
    ],
)
def test_fractions_are_written_and_read_in_words(code, expected):
    shares = [Fraction(1, 2), Fraction(1, 5), Fraction(2, 3), Fraction(3, 4)]
    with language.speaking(code):
        written = [fraction_in_words(share, Fraction(0)) for share in shares]
        assert written == expected
        assert [value for text in written for _, value in numbers(text)] == shares


@pytest.mark.parametrize("value", [0, 7, 999, 1000, 246_556, -1_234_567, Fraction(23, 10), Fraction(-12_345, 100)])
def test_a_number_reads_back_as_it_was_written(spoken, value):
    text = format_quantity(Fraction(value), "", 2 if Fraction(value).denominator > 1 else 0)
    assert parse_number(text)[0] == value
    [read] = numerals(plain_spaces(f"x {text} y"))
    assert (read.value, read.form) == (value, "digits")


def test_a_scale_multiplies(spoken):
    text = plain_spaces(format_quantity(Fraction(5, 2), "mrd. kr", 1))
    assert [(read.value, read.scale) for read in numerals(text)] == [(2_500_000_000, 10**9)]


@pytest.mark.parametrize("number", range(2, 13))
def test_a_number_in_words_reads_back(spoken, number):
    text = in_words(Fraction(number))
    assert [*numbers(f"{text} ")] == [("word", number)]
    assert [*numbers(spoken.tables["periods"]["months"][0])] == []


@pytest.mark.parametrize(
    ("code", "text", "form", "value"),
    [
        ("nn", "tjueein", "word", 21),
        ("nn", "to og ein halv million", "word", 2_500_000),
        ("nn", "kvar femte", "part", Fraction(1, 5)),
        ("nn", "annakvar", "part", Fraction(1, 2)),
        ("nn", "ein kvart", "part", Fraction(1, 4)),
        ("nn", "tre fjerdedelar", "part", Fraction(3, 4)),
        ("nn", "halvannan", "part", Fraction(3, 2)),
        ("nn", "dobla", "fold", 2),
        ("nn", "halvert", "fold", Fraction(1, 2)),
        ("nn", "sjuande", "ordinal", 7),
        ("nn", "hundrevis", "many", 100),
        ("en", "twenty-one", "word", 21),
        ("en", "two hundred and fifty", "word", 250),
        ("en", "one thousand two hundred", "word", 1200),
        ("en", "half a million", "word", 500_000),
        ("en", "one and a half billion", "word", 1_500_000_000),
        ("en", "a hundred", "word", 100),
        ("en", "a dozen", "word", 12),
        ("en", "a fifth", "part", Fraction(1, 5)),
        ("en", "two-thirds", "part", Fraction(2, 3)),
        ("en", "three quarters", "part", Fraction(3, 4)),
        ("en", "every other", "part", Fraction(1, 2)),
        ("en", "every twelfth", "part", Fraction(1, 12)),
        ("en", "half", "part", Fraction(1, 2)),
        ("en", "doubled", "fold", 2),
        ("en", "threefold", "fold", 3),
        ("en", "halved", "fold", Fraction(1, 2)),
        ("en", "seventh", "ordinal", 7),
        ("en", "hundreds", "many", 100),
        ("en", "XLII", "roman", 42),
    ],
)
def test_every_form_is_read_with_its_value(code, text, form, value):
    with language.speaking(code):
        assert [*numbers(f"x {text} y")] == [(form, value)]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("nn", "kvart år, kvart kvartal, kvar dag, ei bok, eit hus, ein by og den andre"),
        ("nn", "på tide, seksjon, tiåret, halvåret, einskild, kvarandre"),
        ("en", "a town, an hour, one of them, the first and the second, and often, tension, tent, format"),
        ("en", "in the fourth quarter of the year, the first half, the third quarter"),
    ],
)
def test_words_that_only_look_like_numbers_are_left(code, text):
    with language.speaking(code):
        assert [*numbers(text)] == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("nb", ["4. kvartal 2022", "januar 2022", "31. desember 2022", "våren 2022", "2015–2022", "1970-tallet"]),
        ("nn", ["4. kvartal 2022", "januar 2022", "31. desember 2022", "våren 2022", "2015–2022", "1970-talet"]),
        (
            "en",
            ["the fourth quarter of 2022", "January 2022", "31 December 2022", "spring 2022", "2015–2022", "the 1970s"],
        ),
    ],
)
def test_periods_are_written_as_the_language_does(code, expected):
    periods = ["2022K4", "2022-01", "2022-12-31", "våren 2022", "2015–2022", "1970-tallet"]
    with language.speaking(code):
        assert [in_prose(period).replace("\u00a0", " ") for period in periods] == expected


def test_a_period_reads_back_as_it_was_written(spoken):
    periods = [
        "2022K4",
        "2022-01",
        "2022-12-31",
        "våren 2022",
        "høsten 2022",
        "2022",
        "2022–23",
        "1970-tallet",
        "1. halvår 2022",
    ]
    with language.speaking("nb"):
        expected = [[time.first for time in times(plain_spaces(in_prose(period)))] for period in periods]
    assert all(expected)
    assert [[time.first for time in times(plain_spaces(in_prose(period)))] for period in periods] == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("nb", "i fjerde kvartal 2022", 1),
        ("nn", "i fjerde kvartal 2022, kvart år", 1),
        ("en", "in the fourth quarter of 2022, and it may march on", 1),
        ("en", "from January 2020 to March 2021", 1),
        ("en", "between 2010 and 2020", 1),
        ("nn", "frå 2010 til 2020", 1),
    ],
)
def test_times_are_read_from_prose(code, text, expected):
    with language.speaking(code):
        assert len([*times(text)]) == expected


def test_a_list_ends_as_the_language_ends_it():
    with language.speaking("en") as english:
        assert [english.listed(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
            "",
            "a",
            "a and b",
            "a, b and c",
        ]
