"""Number words: the one table for writing, reading and allowing them."""

from __future__ import annotations

from collections.abc import Iterable

# From zero to twelve as prose writes them; larger numbers are written with digits.
WRITTEN = ("null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")
_TEENS = ("tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_TENS = ("tjue", "tretti", "førti", "femti", "seksti", "sytti", "åtti", "nitti")
# Every whole number that is one word, with its variants. «en» and «ett» are left to the code that reads text: they are
# articles far more often.
CARDINALS: dict[str, int] = {
    **{word: value for value, word in enumerate(WRITTEN)},
    **{word: value for value, word in enumerate(_TEENS, 13)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    "hundre": 100,
    "tusen": 1000,
    "éi": 1,
    "syv": 7,
    "tyve": 20,
    "tredve": 30,
}
ARTICLES = {"en": 1, "ett": 1}
_IRREGULAR = {
    "første": 1,
    "andre": 2,
    "tredje": 3,
    "fjerde": 4,
    "femte": 5,
    "sjette": 6,
    "ellevte": 11,
    "tolvte": 12,
    "tredevte": 30,
}


def _ordinals() -> dict[str, int]:
    """The ordinal of each cardinal; «trettiende» is regular and «tredevte» is not."""
    found = dict(_IRREGULAR)
    for word, value in CARDINALS.items():
        if value and (value not in _IRREGULAR.values() or word == "tretti"):
            ending = "de" if word == "hundre" or word.endswith("n") else "nde" if word.endswith("e") else "ende"
            found[word + ending] = value
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


ORDINALS = _ordinals()
# The denominator of a fraction; the first word of each is the one that prose writes.
PARTS = {
    "halvpart": 2,
    "tredel": 3,
    "tredjedel": 3,
    "firedel": 4,
    "fjerdedel": 4,
    "kvart": 4,
    "femdel": 5,
    "seksdel": 6,
    "sjudel": 7,
    "åttedel": 8,
    "nidel": 9,
    "tidel": 10,
}
SCALES = {"tusen": 10**3, "million": 10**6, "milliard": 10**9, "billion": 10**12}
COLLECTIVES = {"dusin": 12, "tylft": 12, "snes": 20}
# A pattern of what a number word counts when the two are one word: «treårig», «toårsspranget», «tolvmånedersvekst».
MEASURED = (
    "år(?:s|ig|ing|ene|a)|måneder?s|ukers?|dagers?|timers?|graders?|manns|parts|kroner|siders?|trinns?|sifre|delt|delin|sidig"
    "|tall(?:et|ene|s)?|roms|meters?|liters?|kilos|prosents?|ledde|partis|punkts?|plass|klassing"
)
# Words and names in capitals that would also be Roman numerals.
_NOT_ROMAN = "VI DI DIV LIV MIX MC MD MM CC CD CV CM DC DM LI MI ML DL CL CI"
NOT_ROMAN = frozenset(_NOT_ROMAN.split())
# Words that a number before them does not count: prepositions, conjunctions, pronouns, adverbs and common verbs.
_FUNCTION_WORDS = """
av bak blant etter for foran fra før gjennom hos i innen langs med mellom mot om omkring over per på rundt siden til
under uten ved at da dersom eller enn fordi hvis men mens når og samt som så både
den det de dem denne dette disse du en et ett han hun ingen man noe noen seg selv sin sitt sine vi
altså alt bare derfor dessuten enda fortsatt her igjen ikke imidlertid likevel nå også slik særlig trolig ifølge
er var blir ble blitt bør får fikk fått gir ga gitt gjorde gjør gikk går gått har hatt kan kom kommer kunne la lå
ligger må sa ser sier skal skulle står sto tok tar vil ville økte falt steg sank vokste viste
"""
# Parts of words that bokmål spells in two ways; one text should keep to one of them.
SPELLINGS = (
    ("fram", "frem"),
    ("høyskole", "høgskole"),
    ("framtida", "framtiden"),
    ("jorda", "jorden"),
    ("kapitlet", "kapittelet"),
    ("kapitler", "kapitteler"),
    ("lista", "listen"),
    ("vei", "veg"),
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


def cardinals(low: int, high: int) -> dict[str, int]:
    """The words of the whole numbers from `low` to `high`, in all forms, with the value of each."""
    return {word: value for word, value in CARDINALS.items() if low <= value <= high}


def any_of(words: Iterable[str]) -> str:
    """An alternation for a regular expression in which no word hides a longer one."""
    return "|".join(sorted(words, key=len, reverse=True))
