"""In every language, each word of the lexicon is true of what it says and of nothing else."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.data.quantity import Cell, Quantity
from notat.norsk import lexicon
from notat.norsk.language import CODES
from notat.numbers.indicators import Number
from notat.show.claims.meaning import Case, alternatives, holds
from notat.show.claims.unknown import refuse_unknown_words
from notat.text.errors import NotatError

_LINES = count(2)
PAIRED = {"direction": ("up", "down"), "comparison": ("more", "less"), "superlative": ("most", "least")}
# A verb that says that something rose, and one that says that it fell, to stand beside what is tested.
ROSE = {"nb": "økte", "nn": "auka", "en": "rose"}
FELL = {"nb": "falt", "nn": "minka", "en": "fell"}
GROW = {"nb": "øke", "nn": "auke", "en": "growing"}
MORE = {"nb": "mer enn", "nn": "meir enn", "en": "more than"}
LESS = {"nb": "mindre enn", "nn": "mindre enn", "en": "less than"}
SAME = {"nb": "like mange som", "nn": "like mange som", "en": "the same as"}


def number(value, unit="personer", kind="nivå"):
    exact, line = Fraction(str(value)), next(_LINES)
    key = (("maal", "x"), ("gruppe", f"g{line}"), ("geografi", "y"), ("periode", "2022"))
    return Number(
        f"tall{line}",
        "x",
        "2022",
        "y",
        0,
        Quantity(exact, unit, Cell("t", line, key, exact, Fraction(0), "ssb", kind=kind)),
    )


def truth(language, words, of, *, than=(), since=(), earlier=(), among=(), unit="personer"):
    def built(values):
        values = values if isinstance(values, tuple) else (values,)
        return tuple(number(value, unit) for value in values)

    phrase = lexicon.read(words, language)
    case = Case(built(of), built(than), built(since), built(earlier), tuple(one.quantity for one in built(among)))
    refuse_unknown_words(phrase, case)
    return holds(phrase, case)


def table(language):
    return lexicon._lexicon(language)


def forms(kind, *sides):
    """Language and form of each entry of a kind of pairs, with the side that it is on."""
    return sorted(
        {
            (language, form, side)
            for language in CODES
            for pair in table(language)[kind]
            for side, name in zip((1, -1), PAIRED[kind], strict=True)
            for form in lexicon._split(pair[name])
        }
    )


def listed(*path):
    """Language and form of each entry of a list."""
    found = []
    for language in CODES:
        part = table(language)
        for name in path:
            part = part.get(name, "") if isinstance(part, dict) else part
        found += [(language, form) for form in lexicon._split(*([part] if isinstance(part, str) else part))]
    return found


@pytest.mark.parametrize(("language", "form", "side"), forms("direction"))
def test_a_word_for_a_change_is_true_of_that_change_alone(language, form, side):
    assert truth(language, form, 11, since=10) is (side > 0)
    assert truth(language, form, 9, since=10) is (side < 0)
    assert truth(language, form, 10, since=10) is False


@pytest.mark.parametrize(("language", "form", "side"), forms("direction"))
def test_a_false_word_for_a_change_is_answered_by_true_ones(language, form, side):
    case = Case((number(10 - side),), since=(number(10),))
    true = list(alternatives(lexicon.read(form, language), case))
    assert true
    assert all(holds(lexicon.read(text, language), case) for text in true)


@pytest.mark.parametrize(("language", "form", "side"), [*forms("comparison"), *forms("superlative")])
def test_a_false_word_of_order_is_answered_by_true_ones(language, form, side):
    phrase = lexicon.read(form, language)
    if phrase.has(lexicon.SUPERLATIVE):
        case = Case((number(10 - side),), among=tuple(number(value).quantity for value in (10 + side, 10 - side / 2)))
    else:
        case = Case((number(10 - side),), than=(number(10),))
    assert holds(phrase, case) is False
    assert list(alternatives(phrase, case))


@pytest.mark.parametrize(("language", "form"), listed("unchanged", "forms"))
def test_unchanged_is_true_of_no_change_alone(language, form):
    assert truth(language, form, 100, since=100) is True
    assert truth(language, form, 110, since=100) is False
    assert truth(language, form, 90, since=100) is False


@pytest.mark.parametrize(("language", "form", "side"), forms("comparison"))
def test_a_comparison_is_true_of_that_order_alone(language, form, side):
    assert truth(language, form, 11, than=10) is (side > 0)
    assert truth(language, form, 9, than=10) is (side < 0)
    assert truth(language, form, 10, than=10) is False


@pytest.mark.parametrize(("language", "form"), [*listed("equal", "forms"), *listed("equal", "graded")])
def test_equal_is_true_of_equals_alone(language, form):
    assert truth(language, form, 10, than=10) is True
    assert truth(language, form, 11, than=10) is False
    assert truth(language, form, 9, than=10) is False


@pytest.mark.parametrize(("language", "form"), listed("equal", "graded"))
def test_what_is_not_as_much_is_less_and_never_more(language, form):
    """English says «not as many as» of fewer alone: what the lexicon does not list so is refused."""
    denied = f"not {form}"
    if denied in table(language)["equal"]["denied"]:
        assert truth(language, denied, 9, than=10) is True
        assert truth(language, denied, 11, than=10) is False
    else:
        with pytest.raises(NotatError):
            truth(language, denied, 11, than=10)
    with pytest.raises(NotatError):
        truth(language, f"isn't {form}", 11, than=10)


@pytest.mark.parametrize(("language", "form", "side"), forms("superlative"))
def test_a_place_is_true_of_the_first_or_last_alone(language, form, side):
    assert truth(language, form, 9, among=(1, 5)) is (side > 0)
    assert truth(language, form, 1, among=(5, 9)) is (side < 0)
    assert truth(language, form, 5, among=(1, 9)) is False


@pytest.mark.parametrize("language", CODES)
def test_shares_are_true_on_their_side_of_the_limit(language):
    for share in table(language)["share"]:
        side, limit = (1, share["over"]) if "over" in share else (-1, share["under"])
        for form in lexicon._split(share["forms"]):
            if lexicon.read(form, language).has(lexicon.SUPERLATIVE):
                continue  # «fleste» alone is a place
            assert truth(language, form, limit * 100 + side, unit="prosent") is True, form
            assert truth(language, form, limit * 100 - side, unit="prosent") is False, form
        if "opposite" in share:
            assert truth(language, share["opposite"], limit * 100 - side, unit="prosent") is True


@pytest.mark.parametrize("language", CODES)
def test_folds_are_true_of_their_factor_alone(language):
    for fold in table(language)["fold"]:
        for form in lexicon._split(fold["forms"]):
            factor = fold.get("factor")
            words = form if factor else f"{three(language)} {form}"
            level = Fraction(str(factor or 3)) * 100
            assert truth(language, words, level, than=100) is True, words
            assert truth(language, words, level + 30, than=100) is False, words
            assert truth(language, words, level - 30, than=100) is False, words


def three(language):
    return {"nb": "tre", "nn": "tre", "en": "three"}[language]


@pytest.mark.parametrize(
    ("language", "name"), [(language, name) for language in CODES for name in lexicon.degrees(language)]
)
def test_a_vague_word_is_true_within_its_limits_alone(language, name):
    degree = lexicon.degrees(language)[name]
    for form in degree.forms:
        if degree.is_ratio:
            words = f"{form} {SAME[language]}"
            assert truth(language, words, 1200, than=1000) is False, words
            assert truth(language, words, 800, than=1000) is False, words
            assert truth(language, words, 1050, than=1000) is (name in ("about", "somewhat_over")), words
            assert truth(language, words, 950, than=1000) is (name in ("about", "nearly")), words
            continue
        for verb, way in ((ROSE[language], 1), (FELL[language], -1)):
            words = f"{form} {verb}"
            within = 1000 + way * (degree.low or degree.high) * 1000
            beyond = 1000 + way * ((degree.low or 0) * 1000 - 1 if degree.low else degree.high * 1000 + 1)
            assert truth(language, words, within, since=1000) is True, words
            assert truth(language, words, beyond, since=1000) is False, words
            assert truth(language, words, 2000 - within, since=1000) is False, words


@pytest.mark.parametrize(("language", "form"), listed("words", "not"))
def test_a_denied_word_is_true_of_the_opposite(language, form):
    for words, of, expected in ((ROSE, 9, True), (ROSE, 11, False), (FELL, 11, True), (FELL, 9, False)):
        assert truth(language, f"{form} {words[language]}", of, since=10) is expected
    assert truth(language, f"{form} {MORE[language]}", 9, than=10) is True
    assert truth(language, f"{form} {MORE[language]}", 11, than=10) is False


@pytest.mark.parametrize(("language", "form"), listed("words", "stopped"))
def test_a_change_that_has_stopped(language, form):
    assert truth(language, f"{form} {GROW[language]}", 101, since=100) is True
    assert truth(language, f"{form} {GROW[language]}", 110, since=100) is False


@pytest.mark.parametrize(("language", "form"), listed("words", "still"))
def test_still_is_true_of_both_times(language, form):
    assert truth(language, f"{form} {MORE[language]}", 11, than=10, earlier=12) is True
    assert truth(language, f"{form} {MORE[language]}", 11, than=10, earlier=9) is False


@pytest.mark.parametrize(("language", "form"), listed("words", "only"))
def test_only_is_less_than_something_else(language, form):
    assert truth(language, form, 9, than=10) is True
    assert truth(language, form, 11, than=10) is False


@pytest.mark.parametrize(("language", "form"), listed("words", "refused"))
def test_words_that_would_be_read_as_what_they_are_not_are_refused(language, form):
    for of in (1, 5, 10, 20, 200):
        with pytest.raises(NotatError, match="er ukjent"):
            truth(language, f"{form} {MORE[language]}", of, than=10)


READ = [
    # language, words, of, than or since, truth
    ("nn", "meir enn dobla", 201, 100, True),
    ("nn", "meir enn dobla", 199, 100, False),
    ("nn", "nesten dobbelt så stor som", 195, 100, True),
    ("nn", "nesten dobbelt så stor som", 170, 100, False),
    ("nn", "tre gonger så høg som", 300, 100, True),
    ("nn", "tre gonger så høg som", 200, 100, False),
    ("nn", "halvparten så mange som", 50, 100, True),
    ("nn", "om lag ein tredel av", 33, 100, True),
    ("nn", "om lag ein tredel av", 40, 100, False),
    ("nn", "to av tre", 66, 100, True),
    ("nn", "to av tre", 60, 100, False),
    ("nn", "nesten ti prosent av", "9.7", 100, True),
    ("en", "almost ten per cent of", "9.7", 100, True),
    ("en", "more than ten percent of", "9.7", 100, False),
    ("nn", "langt frå dobla", 110, 100, None),
    ("nb", "langt fra doblet", 110, 100, None),
    ("nb", "nesten dobbelt så stort som", 195, 100, True),
    ("en", "more than doubled", 201, 100, True),
    ("en", "more than doubled", 199, 100, False),
    ("en", "nearly twice as many as", 195, 100, True),
    ("en", "nearly twice as many as", 205, 100, False),
    ("en", "three times as high as", 300, 100, True),
    ("en", "three times as high as", 400, 100, False),
    ("en", "half as many as", 50, 100, True),
    ("en", "half as many as", 70, 100, False),
    ("en", "about a third of", 33, 100, True),
    ("en", "about a third of", 40, 100, False),
    ("en", "two in three", 66, 100, True),
    ("en", "two thirds of", 66, 100, True),
    ("en", "two out of three", 60, 100, False),
    ("en", "three quarters of", 75, 100, True),
    ("en", "just over half", 51, 100, True),
    ("en", "just over half", 49, 100, False),
    ("en", "not as many as", 9, 10, True),
    ("en", "not as many as", 11, 10, False),
    ("en", "not quite as many as", 95, 100, True),
    ("en", "not quite as many as", 105, 100, False),
    ("en", "is not the same as", 11, 10, True),
    ("en", "far from doubled", 110, 100, None),
    ("en", "not even half", 40, 100, None),
    ("en", "at least as many as", 11, 10, None),
    ("en", "no more than", 9, 10, None),
    ("en", "not nearly as high as", 20, 10, None),
    ("en", "rose or fell", 11, 10, None),
    ("en", "three times larger than", 30, 10, None),
    ("en", "half more than", 15, 10, None),
    ("en", "slightly doubled", 20, 10, None),
    ("en", "three times as low as", 30, 10, None),
    ("en", "no longer higher than", 11, 10, None),
    ("en", "more people than", 11, 10, True),
    ("en", "more enterprises than", 11, 10, None),
    ("en", "rose in the first half", 11, 10, None),
    ("nn", "tre gonger større enn", 30, 10, None),
    ("nn", "låg over", 11, 10, True),
    ("nn", "låg under", 11, 10, False),
    ("nb", "tre ganger større enn", 30, 10, None),
    ("nb", "halvparten mer enn", 15, 10, None),
    ("nb", "litt doblet", 20, 10, None),
    ("nb", "omtrent høyere enn", 95, 100, None),
    ("nb", "tett bak", 95, 100, True),
    ("nb", "tett bak", 105, 100, False),
    ("nb", "tett foran", 95, 100, None),
    ("en", "roughly higher than", 95, 100, None),
    ("nb", "har sluttet å være høyere enn", 11, 10, None),
]


@pytest.mark.parametrize(("language", "words", "of", "base", "expected"), READ)
def test_phrases_as_each_language_puts_them(language, words, of, base, expected):
    if expected is None:
        with pytest.raises(NotatError):
            truth(language, words, of, than=base)
    else:
        assert truth(language, words, of, than=base) is expected


@pytest.mark.parametrize(
    ("words", "of", "since", "true"),
    [
        ("did not rise", 11, 10, "Rose|did not fall"),
        ("didn’t fall", 9, 10, "fell"),
        ("does not rise", 11, 10, "rises"),
        ("has not risen", 11, 10, "has risen"),
        ("hasn't fallen", 9, 10, "has fallen"),
        ("do not rise", 11, 10, "rise"),
    ],
)
def test_the_words_that_are_true_are_grammatical_without_the_denial(words, of, since, true):
    phrase = lexicon.read(words, "en")
    case = Case((number(of),), since=(number(since),))
    assert holds(phrase, case) is False
    found = list(alternatives(phrase, case))
    assert {text.lower() for text in true.split("|")} <= set(found)


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("nn", "steig frå … til …", True),
        ("nn", "fall frå … til …", False),
        ("nn", "… er meir enn …", False),
        ("en", "rose from … to …", True),
        ("en", "fell from … to …", False),
        ("en", "… is more than …", False),
        ("en", "… is fewer than …", True),
    ],
)
def test_two_numbers_inside_a_phrase(language, words, expected):
    inside = (number(9), number(10))
    assert holds(lexicon.read(words, language), Case(inside, inside=inside)) is expected


@pytest.mark.parametrize("language", CODES)
def test_a_place_that_is_lost_is_not_the_place(language):
    words = {"nb": "sluttet å være størst", "nn": "slutta å vere størst", "en": "no longer the largest"}[language]
    with pytest.raises(NotatError, match="kan ikke prøves sammen"):
        truth(language, words, 9, among=(1, 3))


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("nn", "blant dei to største", True),
        ("nn", "nummer to", True),
        ("nn", "nest størst", True),
        ("nn", "størst", False),
        ("en", "among the two largest", True),
        ("en", "among the top two", True),
        ("en", "number two", True),
        ("en", "in second place", True),
        ("en", "the second largest", True),
        ("en", "third largest", False),
    ],
)
def test_places_in_a_set(language, words, expected):
    assert truth(language, words, 5, among=(1, 3, 9)) is expected


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nn", "auka meir i Noreg enn i Oslo"),
        ("en", "rose more in Norway than in Oslo"),
        ("en", "as high in Norway as in Oslo"),
        ("en", "twice as high in Norway as in Oslo"),
        ("en", "the same in Norway as in Oslo"),
        ("nb", "mer enn dobbelt så høy i Norge som i Oslo"),
    ],
)
def test_what_is_compared_with_what_is_read_from_the_words(language, words):
    of, than = (
        Number(
            place,
            "x",
            "2022",
            place,
            0,
            Quantity(
                Fraction(3),
                "prosent",
                Cell(
                    "t",
                    2,
                    (("maal", "x"), ("gruppe", ""), ("geografi", place), ("periode", "2022")),
                    Fraction(3),
                    Fraction(0),
                    "ssb",
                    kind="endring",
                ),
            ),
        )
        for place in ("Norge", "Oslo")
    )
    phrase = lexicon.read(words, language)
    refuse_unknown_words(phrase, Case((of,), than=(than,)))
    with pytest.raises(NotatError, match="er ukjent, eller gjelder andre tall"):
        refuse_unknown_words(phrase, Case((than,), than=(of,)))


def of_kind(language, *kinds):
    """The entries of these kinds that are one word of meaning."""
    read = {form: lexicon.read(form, language).words for form in lexicon.known(language)}
    return sorted(form for form, words in read.items() if len(words) == 1 and words[0].kind in kinds)


RELATED = {code: of_kind(code, lexicon.DIRECTION, lexicon.COMPARISON, lexicon.SUPERLATIVE) for code in CODES}
BESIDE = {
    code: of_kind(code, lexicon.DEGREE, lexicon.STILL, lexicon.ONLY, lexicon.PLAIN, lexicon.SHARE, lexicon.FOLD)
    for code in CODES
}
LEVEL = st.sampled_from((1, 5, 8, 9, 10, 11, 12, 20, 50))


@given(st.data(), st.sampled_from(CODES), LEVEL, LEVEL, LEVEL, st.sampled_from(("since", "than", "among")))
def test_a_phrase_and_the_same_turned_are_never_both_true(data, language, of, other, third, name):
    """Whatever stands beside it: nothing may be read past a word that says the opposite."""
    words = [
        data.draw(st.sampled_from(RELATED[language])),
        *data.draw(st.lists(st.sampled_from(BESIDE[language]), max_size=3)),
    ]
    phrase = lexicon.read(" ".join(data.draw(st.permutations(words))), language)
    if phrase.unknown or (phrase.degree and phrase.degree.name == "hardly"):
        return  # «nesten ikke økt» and «nesten ikke falt» are both true of no change
    given_ = {name: (other, third) if name == "among" else (other,)}
    numbers = {key: tuple(number(value) for value in values) for key, values in given_.items()}
    among = tuple(one.quantity for one in numbers.pop("among", ()))
    one = (number(of),)
    case = Case(one, among=among, earlier=one if phrase.has(lexicon.STILL) else (), **numbers)

    def is_true(text):
        try:
            return holds(lexicon.read(text, language), case) is True
        except NotatError:
            return False

    if is_true(phrase.text):
        turned = [
            phrase._with({word: opposite})
            for word in phrase.all_of(lexicon.DIRECTION, lexicon.COMPARISON, lexicon.SUPERLATIVE)
            for opposite in word.opposites
        ]
        assert not [text for text in turned if is_true(text)]
