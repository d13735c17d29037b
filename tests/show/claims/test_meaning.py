"""Each phrase is true of what it says, false of what it does not say, and open where the rounding allows both."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from notat.data.quantity import Cell, Quantity, factor, percent_change, percent_of
from notat.norsk import lexicon
from notat.numbers.indicators import Number
from notat.show.claims import meaning
from notat.show.claims.meaning import (
    Case,
    alternatives,
    describe,
    holds,
    is_change,
)
from notat.show.claims.unknown import refuse_unknown_words
from notat.text.errors import NotatError

_LINES = count(2)
PERSONS, PERCENT = "personer", "prosent"


def number(value, unit=PERSONS, *, step=0, kind="nivå", bound="", measure="Sysselsatte", period="2022", place="Norge"):
    """A number that is a row, exact where no rounding step is given."""
    exact = Fraction(str(value))
    line = next(_LINES)
    key = (("maal", measure), ("gruppe", f"g{line}"), ("geografi", place), ("periode", period))
    cell = Cell("t", line, key, exact, Fraction(str(step)) / 2, "ssb", bound=bound, kind=kind)
    return Number(f"tall{line}", measure, period, place, 0, Quantity(exact, unit, cell))


def change(value, unit=PERSONS, **more):
    return number(value, unit, kind="endring", **more)


def derived(quantity):
    return Number("regnet", "Regnet", "2022", "Norge", 1, quantity)


def levels(*values, unit=PERSONS, **more):
    return tuple(number(value, unit, **more) for value in values)


def case(of, than=(), since=(), earlier=(), among=(), printed=None):
    """A case of levels, or of numbers that are built already."""

    def built(values):
        values = values if isinstance(values, tuple | list) else (values,)
        return tuple(value if isinstance(value, Number) else number(value) for value in values)

    among = tuple(one.quantity for one in built(among))
    return Case(built(of), built(than), built(since), built(earlier), among, printed)


def truth(words, *args, **more):
    return holds(lexicon.read(words), case(*args, **more))


ROUNDED = number("7.2", PERCENT, step="0.1"), number(7, PERCENT, step=1)  # 7,2 may be more or less than 7

CHANGES = [
    # words, of, since, truth
    ("økte", 11, 10, True),
    ("økte", 10, 10, False),
    ("økte", 9, 10, False),
    ("økte", *ROUNDED, None),
    ("økte ikke", 9, 10, True),
    ("økte ikke", 11, 10, False),
    ("økte ikke", *ROUNDED, None),
    ("falt", 9, 10, True),
    ("falt", 11, 10, False),
    ("falt", *ROUNDED, None),
    ("var uendret", 102, 100, True),
    ("var uendret", 98, 100, True),
    ("var uendret", 103, 100, False),
    ("nesten uendret", 101, 100, True),
    ("har sluttet å vokse", 102, 100, True),
    ("har sluttet å vokse", 90, 100, True),
    ("har sluttet å vokse", 103, 100, False),
    ("har ikke sluttet å vokse", 103, 100, True),
    ("økte litt", 105, 100, True),
    ("økte litt", 106, 100, False),
    ("økte litt", 95, 100, False),
    ("økte noe", 110, 100, True),
    ("økte noe", 111, 100, False),
    ("økte klart", 110, 100, True),
    ("økte klart", 109, 100, False),
    ("falt kraftig", 80, 100, True),
    ("falt kraftig", 81, 100, False),
    ("økte så vidt", 101, 100, True),
    ("økte så vidt", 102, 100, False),
    ("økte så vidt", 100, 100, False),
    ("nesten ikke økt", 101, 100, True),
    ("nesten ikke økt", 100, 100, True),
    ("nesten ikke økt", 102, 100, False),
    ("nesten ikke økt", 99, 100, False),
    ("flere", 11, 10, True),
    ("flere", 9, 10, False),
    ("litt færre", 96, 100, True),
    ("litt færre", 94, 100, False),
    ("doblet", 200, 100, True),
    ("doblet", 210, 100, True),
    ("doblet", 211, 100, False),
    ("doblet", 189, 100, False),
    ("mer enn doblet", 201, 100, True),
    ("mer enn doblet", 200, 100, False),
    ("mindre enn doblet", 199, 100, True),
    ("om lag doblet", 219, 100, True),
    ("om lag doblet", 221, 100, False),
    ("nesten doblet", 199, 100, True),
    ("nesten doblet", 201, 100, False),
    ("nesten doblet", 179, 100, False),
    ("tredoblet", 300, 100, True),
    ("tredoblet", 200, 100, False),
    ("halvert", 50, 100, True),
    ("halvert", 60, 100, False),
    ("om lag halvert", 54, 100, True),
    ("mer enn halvert", 40, 100, True),
    ("mer enn halvert", 60, 100, False),
    ("nesten halvert", 54, 100, True),
    ("nesten halvert", 46, 100, False),
    ("drøyt halvert", 46, 100, True),
]


@pytest.mark.parametrize(("words", "of", "since", "expected"), CHANGES)
def test_a_change_between_two_levels(words, of, since, expected):
    assert truth(words, of, since=since) is expected


COMPARISONS = [
    ("høyere enn", 11, 10, True),
    ("høyere enn", 10, 10, False),
    ("høyere enn", *ROUNDED, None),
    ("ikke høyere enn", *ROUNDED, None),
    ("ikke høyere enn", 10, 10, True),
    ("ikke høyere enn", 11, 10, False),
    ("under", 9, 10, True),
    ("under", 11, 10, False),
    ("like mange som", 10, 10, True),
    ("like mange som", *ROUNDED, True),
    ("like mange som", 11, 10, False),
    ("om lag som", 91, 100, True),
    ("om lag som", 110, 100, True),
    ("om lag som", 89, 100, False),
    ("nær", 111, 100, False),
    ("nesten like mange som", 95, 100, True),
    ("nesten like mange som", 101, 100, False),
    ("nesten like mange som", 89, 100, False),
    ("nesten like mange som", ROUNDED[1], ROUNDED[0], None),
    ("drøyt like mange som", 105, 100, True),
    ("drøyt like mange som", 95, 100, False),
    ("nøyaktig like mange som", 100, 100, True),
    ("nøyaktig like mange som", "100.0001", 100, False),
    ("litt flere enn", 105, 100, True),
    ("litt flere enn", 106, 100, False),
    ("langt flere enn", 120, 100, True),
    ("langt flere enn", 119, 100, False),
    ("klart lavere enn", 90, 100, True),
    ("klart lavere enn", 91, 100, False),
    ("ikke mye mer enn", 119, 100, True),
    ("ikke mye mer enn", 120, 100, False),
    ("dobbelt så mange som", 200, 100, True),
    ("dobbelt så mange som", 150, 100, False),
    ("tre ganger så stor som", 300, 100, True),
    ("tre ganger så stor som", 400, 100, False),
    ("halvparten så stor som", 50, 100, True),
    ("halvparten så stor som", 70, 100, False),
    ("mer enn halvparten så stor som", 60, 100, True),
    ("nesten halvparten så stor som", 46, 100, True),
    ("bare", 9, 10, True),
    ("bare", 11, 10, False),
    ("bare", *ROUNDED, None),
    ("halvparten av", 50, 100, True),
    ("mer enn halvparten av", 51, 100, True),
    ("mer enn halvparten av", 50, 100, False),
]


@pytest.mark.parametrize(("words", "of", "than", "expected"), COMPARISONS)
def test_a_level_against_another(words, of, than, expected):
    assert truth(words, of, than=than) is expected


@pytest.mark.parametrize(
    ("words", "value", "unit", "expected"),
    [
        ("økte", 3, PERSONS, True),
        ("økte", -3, PERSONS, False),
        ("sank", -3, PERCENT, True),
        ("flere", 3, PERSONS, True),
        ("færre", 3, PERSONS, False),
        ("økte litt", 5, PERCENT, True),
        ("økte litt", 6, PERCENT, False),
        ("falt kraftig", -20, PERCENT, True),
        ("falt kraftig", -19, PERCENT, False),
        ("vokser ikke", -2, PERCENT, True),
        ("over", 2, "prosentpoeng", True),
        ("to av tre", -66, PERCENT, True),
        ("to av tre", -60, PERCENT, False),
        ("halvert", -50, PERCENT, True),
        ("halvert", -40, PERCENT, False),
        ("mer enn halvert", -67, PERCENT, True),
        ("mer enn halvert", -40, PERCENT, False),
        ("nesten doblet", 95, PERCENT, True),
        ("doblet", 100, PERCENT, True),
        ("doblet", 50, PERCENT, False),
        ("mer enn doblet", -150, PERCENT, False),
    ],
)
def test_a_stated_change(words, value, unit, expected):
    assert truth(words, change(value, unit)) is expected


def test_a_positive_fall_is_a_fall_where_the_measure_is_one():
    fall = change(7, PERCENT, measure="Melkeproduksjon, nedgang")
    assert truth("gått ned", fall) is True
    assert truth("økte", fall) is False


@pytest.mark.parametrize(
    ("words", "value", "unit", "expected"),
    [
        ("de fleste", 51, PERCENT, True),
        ("de fleste", 50, PERCENT, False),
        ("de fleste", "0.51", "andel", True),
        ("de fleste", 101, PERCENT, False),
        ("de aller fleste", 81, PERCENT, True),
        ("de aller fleste", 79, PERCENT, False),
        ("et mindretall", 49, PERCENT, True),
        ("et mindretall", 51, PERCENT, False),
        ("nesten alle", 90, PERCENT, True),
        ("nesten alle", 89, PERCENT, False),
        ("nesten alle", 100, PERCENT, False),
        ("ti prosent", "9.7", PERCENT, True),
        ("ti prosent", "9.4", PERCENT, False),
        ("nesten ti prosent", "9.7", PERCENT, True),
        ("nesten ti prosent", "10.3", PERCENT, False),
        ("drøyt ti prosent", "10.3", PERCENT, True),
        ("over ti prosent", "10.3", PERCENT, True),
        ("over ti prosent", "9.7", PERCENT, False),
        ("ti prosent", "0.1", "andel", True),
        ("nesten halvparten", 49, PERCENT, True),
        ("nesten halvparten", 51, PERCENT, False),
        ("om lag en femdel", 22, PERCENT, True),
        ("om lag en femdel", 23, PERCENT, False),
        ("mer enn halvparten", 51, PERCENT, True),
        ("under halvparten", 49, PERCENT, True),
        ("ikke halvparten", 40, PERCENT, True),
        ("tre av fire", "71.25", PERCENT, True),
        ("tre av fire", "78.75", PERCENT, True),
        ("tre av fire", 71, PERCENT, False),
        ("tre av fire", 79, PERCENT, False),
        ("hver fjerde", 25, PERCENT, True),
        ("hver fjerde", 30, PERCENT, False),
    ],
)
def test_a_share_of_a_whole(words, value, unit, expected):
    assert truth(words, number(value, unit)) is expected


def test_a_share_that_the_rounding_leaves_open():
    assert truth("mer enn halvparten", number(50, PERCENT, step=5)) is None
    assert truth("ikke mer enn halvparten", number(50, PERCENT, step=5)) is None


def test_a_share_and_a_percentage_are_compared():
    assert truth("lavere enn", number("0.6", "andel"), than=number(65, PERCENT)) is True


@pytest.mark.parametrize(
    ("words", "value", "expected"),
    [
        ("doblet", 2, True),
        ("mer enn doblet", 2, False),
        ("om lag tredoblet", "2.8", True),
        ("mer enn halvert", "0.4", True),
    ],
)
def test_a_factor_says_how_many_times(words, value, expected):
    assert truth(words, number(value, "faktor")) is expected


@pytest.mark.parametrize(
    ("words", "value", "printed", "bound", "expected"),
    [
        ("nesten … av 4", "0.24", "0.25", "", True),
        ("nesten … av 4", "0.26", "0.25", "", False),
        ("nesten … av 4", "0.2", "0.25", "", False),
        ("over … av 10", "0.62", "0.6", "", True),
        ("over … av 10", "0.58", "0.6", "", False),
        ("over … av 10", "0.6", "0.6", "over", True),
        ("under … av 10", "0.6", "0.6", "under", True),
        ("under … av 10", "0.6", "0.6", "over", False),
        ("om lag …", "0.63", "0.6", "", True),
        ("om lag …", "0.67", "0.6", "", False),
        ("om lag …", "0.6", "0.6", "om lag", True),
        ("drøyt …", "0.61", "0.6", "", True),
        ("drøyt …", "0.59", "0.6", "", False),
        ("som …", "0.6", "0.6", "", True),
        ("som …", "0.61", "0.6", "", False),
    ],
)
def test_words_beside_the_value_that_they_enclose(words, value, printed, bound, expected):
    of = number(value, "andel", bound=bound)
    assert truth(words, of, printed=Fraction(printed)) is expected


def test_a_bound_of_the_source_is_repeated_without_a_number_to_compare_with():
    assert truth("over", number(40, bound="over")) is True
    with pytest.raises(NotatError, match="N0842"):
        truth("over", number(40, bound="under"))


# --- places in a set

FIVE = levels(50, 40, 30, 20, 10)
PLACES = [
    ("størst", 0, True),
    ("størst", 1, False),
    ("ikke størst", 1, True),
    ("minst", 4, True),
    ("minst", 3, False),
    ("nummer to", 1, True),
    ("nummer to", 0, False),
    ("nest størst", 1, True),
    ("tredje størst", 2, True),
    ("nest lavest", 3, True),
    ("nest lavest", 1, False),
    ("størst av de fem", 0, True),
    ("størst av de fire", 0, False),
    ("nummer …", 2, True),
    ("nummer …", 1, False),
    ("blant de to største", 0, True),
    ("blant de to største", 1, True),
    ("blant de to største", 2, False),
    ("ikke blant de to største", 2, True),
    ("en av de tre laveste", 2, True),
    ("en av de tre laveste", 1, False),
    ("hører til de fire høyeste", 3, True),
]


@pytest.mark.parametrize(("words", "position", "expected"), PLACES)
@pytest.mark.parametrize("included", [True, False])
def test_a_place_in_a_set_whether_the_set_includes_it_or_not(words, position, expected, included):
    among = [one for one in FIVE if included or one is not FIVE[position]]
    printed = Fraction(3) if "…" in words else None
    assert truth(words, FIVE[position], among=among, printed=printed) is expected


def test_so_many_numbers_are_the_first_of_a_set():
    assert truth("de to største", FIVE[:2], among=FIVE) is True
    assert truth("de to største", FIVE[1:3], among=FIVE) is False
    assert truth("blant de tre største", FIVE[:2], among=FIVE) is True


def test_a_tie_leaves_the_first_of_a_set_open_only_where_it_matters():
    first, second, third = levels(9, 9, 9, step=1)
    (last,) = levels(1)
    assert truth("blant de to største", first, among=(second, third, last)) is None
    assert truth("blant de tre største", first, among=(second, third, last)) is True


@pytest.mark.parametrize(
    ("words", "first", "second", "expected"),
    [
        ("… er mer enn …", 10, 9, True),
        ("… er mer enn …", 9, 10, False),
        ("… er litt mer enn …", 10, 5, False),
        ("økte fra … til …", 9, 10, True),
        ("økte fra … til …", 10, 9, False),
        ("Fra … til … falt tallet", 10, 9, True),
    ],
)
def test_two_numbers_inside_the_words_are_compared_as_these_say(words, first, second, expected):
    inside = levels(first, second)
    assert holds(lexicon.read(words), Case(inside, printed=inside[0].quantity.value, inside=inside)) is expected


@pytest.mark.parametrize("words", ["økte med … og …", "… av …", "mer enn … og …", "… til … økte"])
def test_two_numbers_inside_the_words_are_refused_where_it_is_not_clear_what_is_compared(words):
    inside = levels(10, 9)
    with pytest.raises(NotatError, match="har flere tall") as caught:
        holds(lexicon.read(words), Case(inside, printed=inside[0].quantity.value, inside=inside))
    assert caught.value.code == "N0842"


def test_two_numbers_inside_the_words_are_those_that_they_are_about():
    inside = levels(10, 9)
    for case in (Case(levels(10, 9), inside=inside), Case(inside, than=levels(8), inside=inside)):
        with pytest.raises(NotatError, match="har flere tall"):
            holds(lexicon.read("… er mer enn …"), case)


SPANS = [
    ("de siste sju årene", "2015–2022", True),
    ("de siste fem årene", "2015–2022", False),
    ("på ett år", "2021K4–2022K4", True),
    ("det siste året", "2021–2022", True),
    ("det siste året", "2020–2022", False),
    ("i løpet av to år", "2020–2022", True),
    ("i løpet av to år", "2022", False),
]


@pytest.mark.parametrize(("words", "period", "expected"), SPANS)
def test_how_long_a_change_took_must_be_the_numbers_own(words, period, expected):
    phrase, given_ = lexicon.read(f"økte {words}"), case(change(5, period=period))
    if expected:
        refuse_unknown_words(phrase, given_)
        assert holds(phrase, given_) is True
    else:
        with pytest.raises(NotatError, match="er ikke tiden som tallene endrer seg over"):
            refuse_unknown_words(phrase, given_)


def test_how_long_a_change_took_may_be_a_number_inside_and_between_two_levels():
    phrase = lexicon.read("har økt de siste … årene")
    old, new = number(10, period="2015"), number(12, period="2020")
    refuse_unknown_words(phrase, case(new, since=old, printed=Fraction(5)))
    with pytest.raises(NotatError, match="de siste … årene"):
        refuse_unknown_words(phrase, case(new, since=old, printed=Fraction(4)))


def test_a_tie_leaves_the_place_open():
    first, second = levels(9, 9, step=1)
    (third,) = levels(1)
    for words in ("størst", "ikke størst"):
        assert truth(words, first, among=(second, third)) is None
    assert truth("minst", first, among=(second, third)) is False
    assert truth("nummer tre", third, among=(first, second)) is True


def test_the_rounding_leaves_the_place_open():
    exact, rough = number("7.2", step="0.1"), number(7, step=1)
    assert truth("størst", exact, among=(rough,)) is None
    assert truth("størst", number(9, step=1), among=(exact, rough)) is True


def test_the_first_among_changes():
    a, b, c = (change(value, PERCENT) for value in (9, -2, -5))
    assert truth("økte mest", a, among=(b, c)) is True
    assert truth("falt mest", c, among=(a, b)) is True
    assert truth("falt mest", b, among=(a, c)) is False
    assert truth("falt mest", a, among=(b, c)) is False
    assert truth("økte minst", b, among=(a, c)) is False, "it fell"


def test_a_rank_that_a_source_gives_needs_no_set():
    assert truth("nummer to", number(2, "rang")) is True
    assert truth("størst", number(2, "rang")) is False
    with pytest.raises(NotatError, match="blant="):
        truth("minst", number(2, "rang"))


def test_several_are_each_tested():
    assert truth("økte", (change(1), change(2))) is True
    assert truth("økte", (change(1), change(-2))) is False
    assert truth("høyere enn", (11, 21), than=(10, 20)) is True, "in order"
    assert truth("høyere enn", (11, 19), than=(10, 20)) is False, "in order"
    assert truth("høyere enn", (11, 12), than=10) is True
    assert truth("høyere enn", 11, than=(10, 9, 12)) is False, "each with each"
    assert truth("høyere enn", (20, 30), than=(10, 11, 12)) is True, "each with each"
    assert truth("økte", (11, 12), since=(10, 10)) is True
    assert truth("økte", (11, 12), since=10) is True
    with pytest.raises(NotatError, match="har 3 tall i av= og 2 i fra="):
        truth("økte", (1, 2, 3), since=(1, 2))


def test_still_is_true_of_both_times():
    assert truth("fortsatt høyere enn", 11, than=10, earlier=12) is True
    assert truth("fortsatt høyere enn", 11, than=10, earlier=9) is False
    assert truth("fortsatt ikke høyere enn", 9, than=10, earlier=8) is True
    assert truth("fortsatt ikke høyere enn", 9, than=10, earlier=11) is False, "it was higher"


def test_changes_are_compared_in_the_direction_of_the_words():
    grew, grew_less, fell = (change(value, PERCENT) for value in (28, 26, -5))
    assert truth("økte mer enn", grew, than=grew_less) is True
    assert truth("økte litt mer enn", grew, than=grew_less) is True, "two points apart, though each is large"
    assert truth("økte mye mer enn", grew, than=grew_less) is False
    assert truth("økte mindre enn", grew_less, than=grew) is True
    assert truth("falt mer enn", fell, than=change(-4, PERCENT)) is True
    assert truth("falt mindre enn", fell, than=change(-6, PERCENT)) is True
    assert truth("økte mer enn", fell, than=change(-6, PERCENT)) is False, "it fell"
    assert truth("bare økte", grew_less, than=grew) is True


# --- refusals

REFUSED = [
    ("falt", {"of": 10}, "N0842", "trenger fra="),
    ("økte mer enn", {"of": change(1)}, "N0842", "trenger enn="),
    ("høyere enn", {"of": 10}, "N0842", "trenger enn="),
    ("bare", {"of": 10}, "N0842", "trenger enn="),
    ("størst", {"of": 10}, "N0842", "trenger blant="),
    ("fortsatt høyere enn", {"of": 11, "than": 10}, "N0842", "trenger tidligere="),
    ("størst av de fem", {"of": number(1, "rang")}, "N0842", "trenger blant="),
    ("doblet", {"of": 10}, "N0842", "trenger fra="),
    ("de fleste", {"of": 10}, "N0842", "trenger enn="),
    ("økte", {"of": ()}, "N0842", "trenger av="),
    ("økte", {"of": change(1), "than": 10}, "N0842", "bruker ikke enn="),
    ("økte litt", {"of": change(1, PERCENT), "than": 10}, "N0842", "bruker ikke enn="),
    ("økte", {"of": change(1), "among": (1, 2)}, "N0842", "bruker ikke blant="),
    ("økte mer enn", {"of": 100, "since": 50, "than": 60}, "N0842", "både enn= og fra="),
    ("doblet", {"of": 100, "since": 50, "than": 60}, "N0842", "både enn= og fra="),
    ("økte", {"of": change(1), "earlier": 1}, "N0842", "bruker ikke tidligere="),
    ("størst", {"of": 10, "since": 5, "among": (1, 2)}, "N0842", "bruker ikke fra="),
    ("i Norge", {"of": 10}, "N0841", "sier ikke noe som tall kan avgjøre"),
    ("ganger så stor", {"of": 10, "than": 5}, "N0841", "hvor mange ganger"),
    ("nummer …", {"of": 10, "among": (1, 2)}, "N0841", "hvilken plass"),
    ("blant de tre største", {"of": 10, "among": (1, 2)}, "N0842", "kan ikke prøves blant 3 tall"),
    ("nummer to blant de to største", {"of": 10, "among": (1, 2, 3)}, "N0842", "kan ikke prøves"),
    ("de to største", {"of": 10, "among": (1, 2, 3)}, "N0842", "gjelder 2 tall, og av= har 1"),
    ("sterkt halvparten", {"of": number(50, PERCENT)}, "N0841", "kan ikke avgjøres"),
    ("økte litt", {"of": 5, "since": 0}, "N0843", "null eller et negativt tall"),
    ("økte litt", {"of": 5, "since": -5}, "N0843", "null eller et negativt tall"),
    ("doblet", {"of": 5, "since": 0}, "N0843", "null eller et negativt tall"),
    ("økte litt", {"of": change(5)}, "N0843", "hva den er en del av"),
]


@pytest.mark.parametrize(("words", "given_", "code", "said"), REFUSED)
def test_a_phrase_that_the_numbers_cannot_decide_is_refused(words, given_, code, said):
    with pytest.raises(NotatError) as caught:
        truth(words, **given_)
    assert caught.value.code == code
    assert said in caught.value.problem
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("words", "given_"),
    [
        ("økte og falt", {"of": change(1)}),
        ("flere enn og færre enn", {"of": 2, "than": 1}),
        ("størst og minst", {"of": 2, "among": (1, 3)}),
        ("de fleste økte", {"of": number(60, PERCENT)}),
        ("bare halvparten", {"of": number(50, PERCENT)}),
        ("falt til det dobbelte", {"of": 2, "since": 1}),
        ("klart størst", {"of": 3, "among": (1, 2)}),
        ("nesten størst", {"of": 3, "among": (1, 2)}),
        ("knapt økt", {"of": 150, "since": 100}),
        ("om lag økte", {"of": 150, "since": 100}),
        ("nøyaktig uendret", {"of": 101, "since": 100}),
        ("langt over halvparten", {"of": number(51, PERCENT)}),
        ("langt mer enn doblet", {"of": 201, "since": 100}),
        ("økte, men ikke mest", {"of": change(-1), "among": (change(1), change(2))}),
        ("økte ikke mer enn", {"of": change(-1), "than": change(1)}),
    ],
)
def test_a_word_that_no_test_would_see_is_refused(words, given_):
    with pytest.raises(NotatError, match=r"kan ikke prøves sammen med resten|ikke hvor") as caught:
        truth(words, **given_)
    assert caught.value.code == "N0841"


def test_not_is_about_one_number_for_it_may_deny_all_or_some():
    for given_ in ({"of": (change(1), change(-1))},):
        with pytest.raises(NotatError, match="kan bare gjelde ett tall"):
            truth("økte ikke", **given_)
    with pytest.raises(NotatError, match="kan bare gjelde ett tall"):
        truth("ikke høyere enn", 11, than=(10, 12))


def test_unlike_units_are_not_compared():
    with pytest.raises(NotatError, match="personer"):
        truth("flere enn", 10, than=number(9, PERCENT))


# --- what is a change

LEVEL, OTHER = levels(100, 120)
MOVED = change(3)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (LEVEL.quantity, False),
        (MOVED.quantity, True),
        (OTHER.quantity - LEVEL.quantity, True),
        (percent_change(LEVEL.quantity, OTHER.quantity), True),
        (percent_of(LEVEL.quantity, OTHER.quantity), False),
        (factor(OTHER.quantity, LEVEL.quantity), False),
        (LEVEL.quantity + OTHER.quantity, False),
        (LEVEL.quantity + MOVED.quantity, False),
        (LEVEL.quantity - MOVED.quantity, False),
        (MOVED.quantity - change(1).quantity, True),
        (MOVED.quantity + change(1).quantity, True),
        (MOVED.quantity * 2, True),
        (number(2, "prosentpoeng").quantity, True),
    ],
    ids=str,
)
def test_a_difference_is_a_change_and_a_level_less_a_change_is_a_level(quantity, expected):
    assert is_change(quantity) is expected


def test_the_size_of_a_difference_is_that_of_what_it_began_with():
    assert truth("økte kraftig", derived(OTHER.quantity - LEVEL.quantity)) is True
    assert truth("økte litt", derived(OTHER.quantity - LEVEL.quantity)) is False
    assert truth("økte kraftig", derived(percent_change(LEVEL.quantity, OTHER.quantity))) is True


# --- what is said of a false phrase


def test_the_alternatives_are_the_nearest_phrases_that_are_true():
    def of(words, *args, **more):
        return list(alternatives(lexicon.read(words), case(*args, **more)))

    assert of("økte", 9, since=10) == ["sank", "avtok", "minsket"]
    assert of("Litt flere enn", 90, than=100) == ["Færre enn"]
    assert of("litt flere enn", 120, than=100) == ["flere enn"]
    assert of("økte ikke", 11, since=10) == ["sank ikke", "avtok ikke", "minsket ikke", "økte"]
    assert of("økte kraftig", 95, since=100) == ["sank", "avtok", "minsket"]
    assert of("størst", FIVE[2], among=FIVE) == ["tredje størst"]


def test_the_numbers_of_a_case_are_named_once():
    a, b = number(1234), number(5, PERCENT)
    said = describe(Case((a,), (b, a), among=tuple(one.quantity for one in FIVE)))
    assert said == f"{a.id} = 1 234; {b.id} = 5 %, blant 5 tall"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("flere sysselsatte enn", None),
        ("flere i landet enn", None),
        ("flere i 2022", None),
        ("flere katter enn", "Ordet «katter» er ukjent"),
        ("flerre enn", "Ordet «flerre» er ukjent"),
        ("flere i 2019", "Ingen av tallene gjelder 2019"),
    ],
)
def test_words_are_known_to_the_lexicon_or_to_the_numbers(words, said):
    known = case(number(11), than=number(10))
    if said:
        with pytest.raises(NotatError, match=said) as caught:
            refuse_unknown_words(lexicon.read(words), known)
        assert caught.value.code == "N0840"
    else:
        refuse_unknown_words(lexicon.read(words), known)


@pytest.mark.parametrize(
    ("words", "is_right"),
    [
        ("flere i Nordland enn i landet", True),
        ("flere i landet enn i Nordland", False),
        ("flere i Nordland i 2022 enn i landet i 2019", True),
        ("flere i Nordland i 2019 enn i landet i 2022", False),
        ("flere sysselsatte enn i landet", True),
        ("Nordland har flere", True),
        ("flere siden 2019", True),
        ("flere siden 2022", False),
    ],
)
def test_what_stands_after_than_is_about_what_is_compared_with(words, is_right):
    here, there = number(11, place="Nordland", period="2022"), number(10, period="2019")
    for known in (case(here, than=there), case(here, since=there)):
        if is_right:
            refuse_unknown_words(lexicon.read(words), known)
        else:
            with pytest.raises(NotatError, match="N0840"):
                refuse_unknown_words(lexicon.read(words), known)


def test_the_year_of_the_largest_is_its_own():
    top, other = number(11, period="2022"), number(10, period="2019")
    refuse_unknown_words(lexicon.read("høyest i 2022"), case(top, among=(top, other)))
    refuse_unknown_words(lexicon.read("høyest siden 2019"), case(top, among=(top, other)))
    with pytest.raises(NotatError, match="Ingen av tallene gjelder 2019"):
        refuse_unknown_words(lexicon.read("høyest i 2019"), case(top, among=(top, other)))


# --- for all numbers

_STEPS = st.sampled_from(["0.01", "0.1", "1", "10"])
_LEVELS = st.builds(
    lambda steps, step: number(Fraction(step) * steps, step=Fraction(step)), st.integers(1, 300), _STEPS
)
_PAIRED = [
    ("økte", "sank", "since"),
    ("falt", "steg", "since"),
    ("flere enn", "færre enn", "than"),
    ("over", "under", "than"),
    ("litt høyere enn", "litt lavere enn", "than"),
    ("mer enn doblet", "mindre enn doblet", "since"),
    ("økte kraftig", "sank kraftig", "since"),
    ("nesten like mange som", "drøyt like mange som", "than"),
]


@pytest.mark.parametrize(("words", "opposite", "beside"), _PAIRED)
@given(a=_LEVELS, b=_LEVELS)
def test_a_phrase_and_its_opposite_are_never_both_true(words, opposite, beside, a, b):
    assume(a.quantity.node != b.quantity.node)
    assert (truth(words, a, **{beside: b}), truth(opposite, a, **{beside: b})) != (True, True)


@pytest.mark.parametrize(
    ("words", "beside"), [(words, beside) for words, _, beside in _PAIRED] + [("like mange som", "than")]
)
@given(a=_LEVELS, b=_LEVELS)
def test_not_turns_yes_and_no_and_leaves_what_is_open(words, beside, a, b):
    plain, denied = truth(words, a, **{beside: b}), truth(f"ikke {words}", a, **{beside: b})
    assert denied == (None if plain is None else not plain)
    assert type(denied) is type(plain)


@given(_LEVELS, st.lists(_LEVELS, min_size=1, max_size=5))
def test_the_largest_has_place_one_and_is_not_the_smallest(a, others):
    largest = truth("størst", a, among=others)
    assert largest is truth("første", a, among=others)
    if largest:
        assert truth("minst", a, among=others) is False
        assert all(truth("høyere enn", a, than=other) for other in others)


@given(_LEVELS, _LEVELS)
def test_a_change_is_what_the_comparison_of_its_levels_is(now, before):
    assert truth("økte", now, since=before) is truth("høyere enn", now, than=before)
    assert truth("falt", now, since=before) is truth("lavere enn", now, than=before)


@pytest.mark.parametrize(
    ("words", "value", "expected"),
    [("nesten tredoblet", 3, False), ("nesten tredoblet", "2.8", True), ("om lag tredoblet", 3, True)],
)
def test_nearly_is_below_also_for_a_factor(words, value, expected):
    assert truth(words, number(value, "faktor")) is expected


def test_what_is_nearly_there_is_below_whatever_the_rounding():
    assert truth("nesten halvparten", number(49, PERCENT, step=1)) is True
    assert truth("nesten halvparten", number("49.8", PERCENT, step=1)) is None


def test_each_share_is_of_its_own_whole():
    assert truth("de fleste", (6, 60), than=(10, 100)) is True
    assert truth("de fleste", (6, 60), than=(10, 200)) is False
    with pytest.raises(NotatError, match=r"2 tall i av= og 3 i enn="):
        truth("de fleste", (6, 60), than=(10, 100, 7))


def test_only_beside_a_comparison_is_refused_since_nothing_would_test_it():
    with pytest.raises(NotatError, match="«bare» kan ikke prøves"):
        truth("bare flere enn", 6, than=5)


@given(
    st.integers(-9, 9),
    st.integers(-9, 9),
    st.integers(0, 6),
    st.sampled_from([meaning.UP, meaning.DOWN]),
    st.booleans(),
)
def test_what_is_ahead_is_what_is_above_by_the_difference(one, other, step, side, shared):
    """Also where the two have a cell in common, which makes their difference surer than their intervals say."""
    first, second = (number(n, step=step).quantity for n in (one, other))
    second = first + second if shared else second
    assert meaning._is_ahead(first, second, side) == meaning.above((first - second) * side, 0)
