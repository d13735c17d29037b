"""Moments on a time axis, and words that are tested on the numbers beside them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from notat.data.quantity import Cell, Quantity
from notat.show.charts import words
from notat.text.errors import NotatError


@pytest.mark.parametrize(
    ("period", "when"),
    [
        ("2022", 2022),
        ("2017–18", 2017),
        ("2023–01–01", 2023),
        ("2022-12", 2022 + 11.5 / 12),
        ("2022K4", 2022.875),
        ("våren 2019", 2019 + 3.5 / 12),
        ("høsten 2021", 2021 + 9.5 / 12),
    ],
)
def test_moments(period, when):
    assert words.moment(period) == pytest.approx(when)


def test_unknown_period_is_refused():
    with pytest.raises(NotatError, match="i fjor"):
        words.moment("i fjor")


def value(label, number, *, unit="prosent", rounded="0.1", kind="endring", period="2015–2022"):
    """A row of a table as a figure shows it."""
    key = (("maal", "Vekst"), ("gruppe", label), ("geografi", ""), ("periode", period), ("kilde", "prøve"))
    cell = Cell("tabell", 2, key, Fraction(str(number)), Fraction(rounded) / 2, "prøve", kind=kind)
    return words.Value(label, Quantity(cell.value, unit, cell), 1, period)


def level(label, number, **options):
    return value(label, number, unit="personer", rounded="1", kind="nivå", **options)


FAST, SLOW, DOWN = value("IKT", "34.9"), value("Helse", "11.1"), value("Bergverk", "-14.2")
ROUGH = value("Bygg", 11, rounded="1")
OLD, NEW = level("Folketall", 1000, period="2015"), level("Folketall", 2100, period="2022")


@pytest.mark.parametrize(
    ("phrase", "of", "case"),
    [
        ("økte", FAST, {}),
        ("Vekst", [FAST, SLOW], {}),
        ("falt", OLD, {"since": NEW}),
        ("mer enn", FAST, {"than": SLOW}),
        ("mindre enn", DOWN, {"than": [FAST, SLOW]}),
        ("vokste raskest", FAST, {"among": [FAST, SLOW, DOWN]}),
        ("nest høyest", SLOW, {"among": [FAST, SLOW, DOWN]}),
        ("minst", DOWN, {"among": [FAST, SLOW]}),
        ("mer enn doblet", NEW, {"since": OLD}),
        ("om lag det dobbelte", NEW, {"since": OLD}),
        ("fortsatt høyere enn", NEW, {"than": OLD, "earlier": level("Folketall", 1500, period="2018")}),
        ("bare", OLD, {"than": NEW}),
    ],
)
def test_words_that_the_numbers_bear_out_are_printed(phrase, of, case):
    assert words.sure(phrase, of, **case) == phrase


@pytest.mark.parametrize(
    ("phrase", "of", "case", "said"),
    [
        ("økte", DOWN, {}, "«økte» stemmer ikke med tallene: Bergverk (2015–2022) = −14,2 %"),
        ("falt", NEW, {"since": OLD}, "Ord som stemmer: «steg»"),
        ("Vekst", [FAST, DOWN], {}, "«Vekst»"),
        ("mer enn", SLOW, {"than": FAST}, "Ord som stemmer: «mindre enn»"),
        ("vokste raskest", SLOW, {"among": [FAST, SLOW]}, "blant 2 tall"),
        ("mindre enn", SLOW, {"than": [DOWN, FAST]}, "stemmer ikke"),
        ("mer enn", SLOW, {"than": ROUGH}, "avrundingen lar det stå åpent"),
        ("høyest", SLOW, {"among": [SLOW, ROUGH]}, "avrundingen lar det stå åpent"),
        ("nesten det dobbelte", NEW, {"since": OLD}, "«nesten det dobbelte» stemmer ikke"),
    ],
)
def test_words_that_are_false_or_open_are_refused_with_true_ones(phrase, of, case, said):
    with pytest.raises(NotatError) as refused:
        words.sure(phrase, of, **case)
    assert refused.value.code == "N0808"
    assert said in str(refused.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("phrase", "case", "code", "said"),
    [
        ("galopperte", {}, "N0840", "«galopperte»"),
        ("økte i 1999", {}, "N0840", "1999"),
        ("om", {}, "N0841", "ikke noe som tall kan avgjøre"),
        ("flest", {}, "N0842", "among for blant="),
        ("størst", {"among": [FAST], "than": SLOW}, "N0842", "than for enn="),
    ],
)
def test_words_that_these_numbers_cannot_decide_are_refused(phrase, case, code, said):
    with pytest.raises(NotatError) as refused:
        words.sure(phrase, FAST, **case)
    assert refused.value.code == code
    assert said in str(refused.value)


def test_only_says_that_the_others_are_not_so():
    everyone = [FAST, SLOW, DOWN]
    one = words.sure("bare i … var veksten større", FAST, than=SLOW, among=[FAST, DOWN], shown="Oslo")
    assert one == "bare i Oslo var veksten større"
    assert words.sure("gikk ned bare i …", DOWN, among=everyone, shown="Oslo") == "gikk ned bare i Oslo"
    for others, doubt in (([*everyone, value("Mer", 20)], "stemmer ikke"), ([*everyone, ROUGH], "åpent")):
        with pytest.raises(NotatError, match=doubt):
            words.sure("bare … lå over", FAST, than=SLOW, among=others, shown="IKT")


def test_a_vague_word_is_tested_on_the_number_that_is_printed_beside_it():
    share = words.Value("Andel", value("Andel", "13.8").quantity, 0)
    assert words.sure("nesten …", share, shown=str(share)) == f"nesten {share}"
    with pytest.raises(NotatError, match="drøyt"):
        words.sure("drøyt …", share, shown=str(share))


def test_a_refusal_names_the_figure_and_its_place():
    place = ("py/content/charts/arbeid.py", 7)
    with pytest.raises(NotatError) as refused, words.named("Figuren «vekst»", place):
        words.sure("økte", DOWN)
    assert (refused.value.file, refused.value.line) == place
    assert refused.value.problem.startswith("Figuren «vekst»: «økte»")
    with (
        pytest.raises(NotatError, match=r"«vekst»: Tallene bærer ikke lenger dette: Alt økte\."),
        words.named("Figuren «vekst»", place),
    ):
        words.claim(False, "Alt økte.")
    with pytest.raises(NotatError) as other, words.named("Figuren «vekst»", place):
        words.moment("i fjor")
    assert "vekst" not in str(other.value)


@pytest.mark.parametrize(
    ("raised", "said"), [(KeyError("Sør"), "KeyError: 'Sør'."), (StopIteration(), "StopIteration.")]
)
def test_what_the_code_of_a_figure_stops_on_is_refused_with_its_place(raised, said):
    place = ("py/content/charts/arbeid.py", 7)
    with pytest.raises(NotatError) as refused, words.named("Figuren «vekst»", place):
        raise raised
    assert (refused.value.file, refused.value.line) == place
    assert refused.value.problem == f"Figuren «vekst» stanset på {said}"


def test_what_a_figure_stops_on_after_refused_words_may_follow_from_these():
    def drawn():
        words.claim(False, "Alt økte.")
        raise KeyError

    with pytest.raises(NotatError, match="Alt økte") as first, words.named("Figuren «vekst»", ("a.py", 7)):
        drawn()
    assert "stanset" not in str(first.value)


def test_a_list_of_nothing_is_refused():
    assert words.listed(["Oslo"]) == "Oslo"
    with pytest.raises(NotatError, match="det gjelder ingen"):
        words.listed(value.label for value in (FAST, SLOW) if value.x < 0)
