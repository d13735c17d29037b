"""Words are read by what they mean, in every form that the lexicon lists, and unknown ones are reported."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from fractions import Fraction
from importlib.resources import files
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.norsk import lexicon
from notat.norsk.language import CODES
from notat.norsk.lexicon import (
    COMPARISON,
    COUNT,
    DEGREE,
    DIRECTION,
    DOWN,
    FOLD,
    NOT,
    ONLY,
    PLAIN,
    RANK,
    SAME,
    SHARE,
    SLOT,
    STILL,
    STOPPED,
    SUPERLATIVE,
    UNKNOWN,
    UP,
    YEAR,
    read,
    sense,
)

TABLES = {
    language: tomllib.loads(files("notat.norsk").joinpath(f"lexicon_{language}.toml").read_text(encoding="utf-8"))
    for language in CODES
}
SIDES = {DIRECTION: ("up", "down"), COMPARISON: ("more", "less"), SUPERLATIVE: ("most", "least")}
PAIRS = [
    (language, kind, *(lexicon._split(pair[side]) for side in sides))
    for language, table in TABLES.items()
    for kind, sides in SIDES.items()
    for pair in table[kind]
]
THAN = {"nb": " enn", "nn": " enn", "en": " than"}


def meanings(text, *kinds):
    """What the words mean that carry meaning of their own."""
    return [(text[w.start : w.end], w.kind, w.side, w.value) for w in read(text).words if w.kind in kinds or not kinds]


def word(text, language="nb"):
    (found,) = (w for w in read(text, language).words if w.kind != PLAIN)
    return found


# --- the tables


@pytest.mark.parametrize(("language", "kind", "high", "low"), PAIRS, ids=str)
def test_the_forms_of_a_pair_correspond_and_are_each_others_opposites(language, kind, high, low):
    assert len(high) == len(low)
    for one, other in zip(high, low, strict=True):
        for form, opposite, side in ((one, other, UP), (other, one, DOWN)):
            found = word(form, language)
            assert (found.kind, found.side, found.start, found.end) == (kind, side, 0, len(form))
            assert opposite in found.opposites


@pytest.mark.parametrize(
    ("language", "form"), sorted({(language, form) for language, _, *both in PAIRS for one in both for form in one})
)
def test_every_opposite_of_a_form_says_the_other_thing_of_the_same_kind(language, form):
    found = word(form, language)
    assert found.opposites
    for opposite in found.opposites:
        assert (word(opposite, language).kind, word(opposite, language).side) == (found.kind, -found.side)
    ends = {opposite.endswith(THAN[language]) for opposite in found.opposites}
    assert ends == {form.endswith(THAN[language])}


@pytest.mark.parametrize("language", CODES)
def test_every_vague_word_has_a_meaning_with_a_definition_and_a_reason(language):
    for name, degree in lexicon.degrees(language).items():
        assert degree.definition, name
        assert not degree.definition.endswith("."), name
        assert degree.reason.endswith("."), name
        assert degree.low is not None or degree.high is not None, name
        assert degree.low is None or degree.high is None or degree.low <= degree.high, name
        for form in degree.forms:
            assert read(form, language).degree is degree, form


@pytest.mark.parametrize("language", CODES)
def test_a_vague_word_allows_the_same_in_every_language(language):
    limits = {name: (one.low, one.high) for name, one in lexicon.degrees(language).items()}
    assert limits == {name: (one.low, one.high) for name, one in lexicon.degrees("nb").items()}


@pytest.mark.parametrize("language", CODES)
def test_every_language_has_the_same_parts(language):
    table, first = TABLES[language], TABLES["nb"]
    assert list(table) == list(first)
    assert set(table["examples"]) == set(first["examples"])
    assert set(table["polarity"]) == set(first["polarity"])
    assert set(table["words"]) == set(first["words"])
    assert set(table["grammar"]) - {"affirmed"} == set(first["grammar"])
    assert set(table["trends"]) == set(first["trends"])


# «stort» tells how large a change is; «fleste» is a place, and a share in «de fleste»; «som» says «equal» where no
# other word says more; «alle» is a whole beside «nesten»; «fall» is a verb and a noun. Of all others each has one
# meaning.
DOUBLE = {
    "nb": {"stort", "fleste", "som", "alle"},
    "nn": {"stort", "fleste", "som", "alle"},
    "en": set(),
}


@pytest.mark.parametrize("language", CODES)
def test_no_form_has_two_meanings_but_those_that_are_meant_to(language):
    found = defaultdict(set)
    for form, meaning in chain(*(part(language) for part in lexicon._PARTS)):
        found[form].add(tuple(sorted((key, value) for key, value in meaning.items() if key != "opposites")))
    assert {form for form, each in found.items() if len(each) > 1} == DOUBLE[language]


@pytest.mark.parametrize("language", CODES)
def test_every_phrase_that_a_message_proposes_is_read_without_unknown_words(language):
    for name in ("common", "compared", "more", "unchanged", "place"):
        for text in lexicon.examples(name, language):
            phrase = read(text, language)
            assert phrase.is_claim, text
            assert not phrase.unknown, text


# --- forms


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("økte", UP),
        ("øker", UP),
        ("har økt", UP),
        ("å øke", UP),
        ("en økning", UP),
        ("økningen", UP),
        ("Veksten", UP),
        ("gikk ned", DOWN),
        ("har gått ned", DOWN),
        ("nedgangen", DOWN),
        ("falt", DOWN),
        ("sto stille", SAME),
        ("var uendret", SAME),
        ("flatet ut", SAME),
    ],
)
def test_a_verb_and_its_noun_are_read_in_every_form(text, side):
    found = word(text)
    assert (found.kind, found.side) == (DIRECTION, side)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("halvparten", Fraction(1, 2)),
        ("en femdel", Fraction(1, 5)),
        ("en firedel", Fraction(1, 4)),
        ("en fjerdedel", Fraction(1, 4)),
        ("to tredeler", Fraction(2, 3)),
        ("tre firedeler", Fraction(3, 4)),
        ("to av tre", Fraction(2, 3)),
        ("Seks av ti", Fraction(3, 5)),
        ("én av fem", Fraction(1, 5)),
        ("ett av fem", Fraction(1, 5)),
        ("hver fjerde", Fraction(1, 4)),
        ("hvert femte", Fraction(1, 5)),
    ],
)
def test_a_fraction_is_a_share(text, value):
    assert meanings(text) == [(text, SHARE, SAME, value)]


def test_what_is_no_fraction_is_none():
    assert SHARE not in {w.kind for w in read("fem av tre").words}
    assert read("hver første").first(SHARE) is None
    assert read("hver gang").first(SHARE) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nummer to", 2),
        ("nest størst", 2),
        ("tredje høyest", 3),
        ("på tiende plass", 10),
        ("plass fem", 5),
        ("første", 1),
    ],
)
def test_a_rank_says_which_place(text, value):
    places = [w.value for w in read(text).all_of(RANK) if w.value is not None]
    assert places == [value]


def test_a_rank_with_a_number_that_is_printed_leaves_the_place_to_it():
    assert meanings("nummer …") == [("nummer", RANK, SAME, None), ("…", SLOT, SAME, None)]
    assert meanings("nummer to av de fem", RANK, COUNT) == [("to", RANK, SAME, 2), ("fem", COUNT, SAME, 5)]


@pytest.mark.parametrize(
    ("text", "side", "value"),
    [
        ("doblet", UP, 2),
        ("dobling", UP, 2),
        ("fordobles", None, None),
        ("tredoblet", UP, 3),
        ("Firedobling", UP, 4),
        ("tidobles", UP, 10),
        ("det dobbelte", UP, 2),
        ("dobbelt så", UP, 2),
        ("halvert", DOWN, Fraction(1, 2)),
        ("halvparten så", UP, Fraction(1, 2)),
    ],
)
def test_a_fold_has_its_factor_in_the_word(text, side, value):
    found = read(text).words[0]
    assert (found.kind, found.side, found.value) == ((FOLD, side, value) if side else (UNKNOWN, SAME, None))


def test_a_fold_of_words_has_its_factor_beside_it():
    assert meanings("tre ganger så stor", FOLD, COUNT) == [("tre", COUNT, SAME, 3), ("ganger så", FOLD, UP, None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ikke", NOT),
        ("uten at", NOT),
        ("sluttet å", STOPPED),
        ("fortsatt", STILL),
        ("bare", ONLY),
        ("kun", ONLY),
        ("…", SLOT),
        ("2019", YEAR),
        ("fem", COUNT),
        ("landet", UNKNOWN),
        ("og", PLAIN),
    ],
)
def test_each_kind_of_word(text, kind):
    assert [w.kind for w in read(text).words] == [kind]


def test_the_longest_entry_counts():
    assert meanings("nesten ikke økt", DEGREE, NOT, DIRECTION) == [
        ("nesten ikke", DEGREE, SAME, None),
        ("økt", DIRECTION, UP, None),
    ]
    assert read("nesten ikke økt").degree.name == "hardly"
    assert read("godt over").degree.name == "somewhat_over"
    assert read("over").degree is None


def test_som_says_equal_only_where_nothing_else_says_more():
    assert read("om lag som").first(COMPARISON).side == SAME
    assert read("dobbelt så høy som").first(COMPARISON) is None
    assert [w.side for w in read("mer enn som").all_of(COMPARISON)] == [UP]


def test_alle_is_a_whole_only_beside_a_degree_or_a_count():
    assert read("nesten alle").first(SHARE).value == 1
    assert read("i alle fylker").first(SHARE) is None


def test_years_and_unknown_words_are_listed():
    found = read("Flere i 2019 enn i 2021, sa Kari-Anne")
    assert found.years == [2019, 2021]
    assert found.unknown == ["sa", "Kari-Anne"]
    assert read("flere i 1819").years == []


@pytest.mark.parametrize(
    ("text", "is_claim"),
    [("flere", True), ("nær landet", True), ("nesten …", True), ("i landet", False), ("ikke", False), ("", False)],
)
def test_a_phrase_claims_something_when_it_has_a_relation_or_a_degree(text, is_claim):
    assert read(text).is_claim is is_claim


# --- alternatives


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Økte", ["Sank", "Avtok", "Minsket"]),
        (
            "har økt mye",
            [
                f"har {word}"
                for word in ("sunket mye", "avtatt mye", "minsket mye", "økt", "sunket", "avtatt", "minsket")
            ],
        ),
        ("Litt flere enn", ["Litt færre enn", "Flere enn", "Færre enn"]),
        ("de største i landet", ["de minste i landet", "de nest største i landet", "de tredje største i landet"]),
        ("høyest", ["lavest", "nest høyest", "tredje høyest"]),
        ("om lag som i nord", ["som i nord", "mer enn i nord", "mindre enn i nord"]),
        ("i landet", []),
    ],
)
def test_alternatives_keep_the_form_and_the_capital(text, expected):
    assert list(read(text).alternatives()) == expected


@pytest.mark.parametrize(
    ("language", "text", "proposed", "not_proposed"),
    [
        ("nb", "falt", "steg", "steget"),
        ("nb", "har falt", "har steget", "har steg"),
        ("nb", "har ikke falt", "har ikke steget", "har ikke steg"),
        ("nn", "auka", "avtok", "avteke"),
        ("nn", "har auka", "har avteke", "har avtok"),
        ("en", "has dropped", "has climbed", ""),
    ],
)
def test_a_participle_is_answered_by_a_participle(language, text, proposed, not_proposed):
    found = list(read(text, language).alternatives())
    assert proposed in found
    assert not_proposed not in found


# --- which way a text speaks


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("økte", {"opp"}),
        ("flere enn før", {"opp"}),
        ("færrest", {"ned"}),
        ("like mange som", {"likt"}),
        ("mange mangler tid", {"opp", "ned"}),
        ("økte ikke", {"ikke opp"}),
        ("har ikke økt", {"ikke opp"}),
        ("slutter å vokse", {"ikke opp"}),
        ("nesten ikke økt", {"ikke opp"}),
        ("økte ikke, men falt", {"ikke opp", "ned"}),
        ("høyt, men ikke høyest", {"opp", "ikke opp"}),
        ("økte og falt", {"opp", "ned"}),
        ("spriker", {"ulikt"}),
        ("som før", set()),
        ("i landet", set()),
        ("", set()),
    ],
)
def test_the_ways_of_a_text_are_denied_by_clause(text, ways):
    assert sense(text) == ways


# --- whatever is written


@given(st.text(max_size=60) | st.lists(st.sampled_from(sorted(lexicon.known())), max_size=6).map(" ".join))
def test_any_text_is_read_in_order_and_nothing_is_counted_twice(text):
    found = read(text).words
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= w.start < w.end <= len(text) for w in found)
    sense(text)


@given(st.lists(st.sampled_from(sorted(lexicon.known() - {"…"})), min_size=1, max_size=4).map(" ".join))
def test_capitals_do_not_matter(text):
    def read_as(written):
        return [(w.kind, w.side, w.value, w.name) for w in read(written).words]

    assert read_as(text.upper()) == read_as(text.capitalize()) == read_as(text)
