"""How sources write periods and numbers, read strictly: what could mean two things is refused, never guessed.

A period becomes one of `notat.norsk.periods`, a number the digits of the source with a decimal point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from notat.data.series import MISSING
from notat.norsk import language, periods

MONTHS = language.of("nb").tables["periods"]["months"]  # sources are in bokmål, whatever the note is in
_MONTH = {name[:length]: number for number, name in enumerate(MONTHS, 1) for length in range(3, len(name) + 1)}
_WORD = rf"(?P<name>{'|'.join(MONTHS)}|{'|'.join(name[:3] for name in MONTHS)})\.?"
_LONG = r"(?:1[89]|2[01])[0-9]{2}"
_YEAR = rf"(?P<year>{_LONG})"
_SHORT = rf"(?P<year>{_LONG}|[012789]\d)"  # two digits are of 1970 to 2029: of what is between, Excel guesses
_IN = r"[ .,/'-]{0,2}"  # between a part of a year and the year
_WHOLE = r"(?:året|år|skoleåret|skoleår|per|pr)\.? "
# The parts of a year, as sources write them before the year, and after it.
_PARTS = (
    (r"[KQ](?P<quarter>[1-4])", r"-?[KQ](?P<quarter>[1-4])"),
    (r"(?P<quarter>[1-4])[KQ]", ""),
    (r"(?P<quarter>[1-4])\. ?(?:kvartal|kvt\.?|kv\.?)", r",? (?P<quarter>[1-4])\. ?(?:kvartal|kvt\.?|kv\.?)"),
    (r"kvartal (?P<quarter>[1-4])", r",? kvartal (?P<quarter>[1-4])"),
    (r"[HS](?P<half>[12])", r"-?[HS](?P<half>[12])"),
    (r"(?P<half>[12])\. ?halvår", r",? (?P<half>[12])\. ?halvår"),
    (r"halvår (?P<half>[12])", r",? halvår (?P<half>[12])"),
    (r"(?:uke |U)(?P<week>\d{1,2})", r"(?:,? uke |-?U|-?W)(?P<week>\d{1,2})"),
    (r"M(?P<month>0?[1-9]|1[0-2])", r"-?M(?P<month>0?[1-9]|1[0-2])"),
    (_WORD, rf"[ -]?{_WORD}"),
)
_ALONE = (
    *(before for before, _ in _PARTS if "|U" not in before and "S]" not in before),
    r"H(?P<half>[12])",
    r"uke (?P<week>\d{1,2})",
)
_FORMS = tuple(
    re.compile(form.replace(r"\d", "[0-9]"), re.IGNORECASE)
    for form in (
        rf"(?:{_WHOLE})?{_YEAR}",
        *(rf"{before}{_IN}{_SHORT}" for before, _ in _PARTS),
        *(rf"{_YEAR} ?{after}" for _, after in _PARTS if after),
        *_ALONE,
        rf"{_YEAR}(?P<month>0[1-9]|1[0-2])",
        rf"(?P<month>0[1-9]|1[0-2])[./]{_YEAR}",
        rf"(?:{_WHOLE})?{_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?:[T ]00:00:00)?",
        rf"(?:{_WHOLE})?(?P<day>\d{{1,2}})\. ?(?P<month>\d{{1,2}})\. ?{_YEAR}",
        rf"(?:{_WHOLE})?(?P<day>\d{{1,2}})\. {_WORD} {_YEAR}",
    )
)
_ANY = re.compile("|".join(re.sub(r"\?P<\w+>", "?:", form.pattern) for form in _FORMS), re.IGNORECASE)
_SPAN = re.compile(
    rf"(?P<school>skoleåret |skoleår )?(?P<first>{_LONG})(?P<between> ?[-–/_] ?)(?P<last>[0-9]{{4}}|[0-9]{{2}})",
    re.IGNORECASE,
)
_LETTERS = {"K": "quarter", "H": "half", "U": "week"}
_NEXT_CENTURY = "30"
_YEARLESS = tuple(  # K1 may be the code of a group
    re.compile(form.replace(r"\d", "[0-9]"), re.IGNORECASE)
    for form in _ALONE
    if re.search("kvartal|halvår|uke|januar", form)
)
# How the names of columns say what the digits in their cells are: «Måned» of 1 to 12.
_UNITS = {"måned": ("M", 12), "mnd": ("M", 12), "kvartal": ("K", 4), "halvår": ("H", 2), "uke": ("U", 53)}
FORMS = (
    "Kjente former er 2022, 2022H1, 1. halvår 2022, 2022K1, 1. kvartal 2022, 1Q22, 2022M01, 2022-01, januar 2022, "
    "jan.22, 2022U14, uke 14 2022, 31.1.2022, 2021/22 og 2019–2021. Få cellen rettet, hopp over raden med --uten eller "
    "--bare, eller velg en annen kolonne med --periode."
)
_EITHER = "som kan være både en måned og et skoleår"
_NONE = "ingen periode"
_WHERE = "Oppgi kolonnen med --periode KOLONNE, eller perioden som alle tallene gjelder, med --periode 2022."
# A period at the beginning or the end of a column's name, apart from the words.
_TOKEN = (
    rf"\d{{4}}[-–/]\d{{2,4}}|\d{{4}}[HKQMU]\d{{1,2}}|[1-4]\. (?:kvartal|halvår) \d{{4}}|uke \d{{1,2}} \d{{4}}"
    rf"|(?:{_WORD}[ -]?)?(?:19|20)\d{{2}}(?:\d{{2}})?|{'|'.join(MONTHS)}"
)
_LEADING = re.compile(rf"(?P<period>{_TOKEN})[\s.,:]+(?P<words>\D.*)", re.IGNORECASE | re.DOTALL)
_TRAILING = re.compile(rf"(?P<words>.*?\S)[\s.,:]+(?P<period>{_TOKEN})", re.IGNORECASE | re.DOTALL)
_LONGEST = 25  # characters of a number
_OTHER = {".": ",", ",": "."}
_SPACES = re.compile("[\u00a0\u202f\u2009 ]")
_GROUPED = re.compile(
    "[-−]?[1-9][0-9]{0,2}(?P<space>[\u00a0\u202f\u2009 ])[0-9]{3}(?:(?P=space)[0-9]{3})*(?P<rest>[.,][0-9]+)?"
)
_POINTED = re.compile(
    r"[-−]?[1-9][0-9]{0,2}(?:(?P<mark>[.,])[0-9]{3}(?:(?P=mark)[0-9]{3})+(?:(?!(?P=mark))(?P<rest>[.,][0-9]+))?"
    r"|(?P<one>[.,])[0-9]{3}(?!(?P=one))(?P<end>[.,][0-9]+))"
)
_UNIT = re.compile("(?P<number>.*[0-9])[ \u00a0\u202f\u2009]?(?:%|kr\\.?|kroner)", re.IGNORECASE)
_MISSING = re.compile(r"[-–—]{1,2}|< ?[0-9]+|x|n/?a|i\.?a\.?|u\.?o\.?|#n/a|null", re.IGNORECASE)
_PLAIN = re.compile(r"[-−]?[0-9]+(?P<rest>[.,][0-9]+)?")
_DOUBTFUL = re.compile(r"[-−]?[1-9][0-9]{0,2}[.,][0-9]{3}")


class UnreadError(Exception):
    """A text that cannot be read: its position among those given, why, as the end of a sentence, and what helps."""

    def __init__(self, position: int, why: str, remedy: str = ""):
        super().__init__(why)
        self.position, self.why, self.remedy = position, why, remedy


@lru_cache(100_000)  # the cells of a column repeat
def looks_like_period(text: str) -> bool:
    """Whether the text is written as a period of some kind, alone."""
    if text.isdecimal() and len(text) not in (4, 6):  # as most numbers are
        return False
    return bool(_SPAN.fullmatch(text) or _ANY.fullmatch(text))


def part_of_year(name: str, text: str) -> str:
    """A part of a year as a source writes it without the year: «1» below «Kvartal» is «K1»; empty for what is none."""
    letter, most = next((unit for word, unit in _UNITS.items() if word in name.casefold()), ("", 0))
    number = text.upper().removeprefix(letter)
    if letter and number.isdecimal() and 1 <= int(number) <= most:
        return f"{letter}{number}"
    return text if any(form.fullmatch(text) for form in _YEARLESS) else ""


def split_name(name: str) -> tuple[str, str]:
    """The words and the period of a column's name: «Personer 2022», «2011-12.Andel». Either may be empty."""
    if looks_like_period(name):
        return "", name
    match = _LEADING.fullmatch(name) or _TRAILING.fullmatch(name)
    return (match["words"].strip(" ,.:"), match["period"]) if match else (name, "")


def read_periods(texts: Sequence[str], *, school: bool | None = None, year: int | None = None) -> list[str]:
    """The periods that the texts write; `school` says whether «2011-12» is a school year, `year` which a month is of.

    Without `school`, the texts decide together: «2011-12» is a school year among others that cannot be months.
    """
    spans = [
        match
        for match in map(_SPAN.fullmatch, texts)
        if match and match["between"].strip() == "-" and len(match["last"]) == 2 and not match["school"]
    ]
    if school is None and spans:
        months = all(1 <= int(match["last"]) <= 12 for match in spans)
        school_years = all(_next(match["first"]) == match["last"] for match in spans)
        if months and school_years:
            raise UnreadError(texts.index(spans[0][0]), _EITHER, "Si hvilken det er, med --skoleaar eller --maaned.")
        school = school_years
    return [_read(position, text, bool(school), year) for position, text in enumerate(texts)]


def _next(year: str) -> str:
    return f"{(int(year) + 1) % 100:02}"


def _read(position: int, text: str, school: bool, year: int | None) -> str:
    if match := _SPAN.fullmatch(text):
        first, last = match["first"], match["last"]
        if len(last) == 2 and match["between"].strip() == "-" and not school and not match["school"]:
            found = f"{first}-{last}"
        elif first == last:  # how the Institute of Public Health writes one year
            found = first
        elif last in (_next(first), str(int(first) + 1)):
            found = f"{first}–{_next(first)}"
        else:
            found = f"{first}–{last if len(last) == 4 else first[:2] + last}"
    else:
        match = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
        if match is None:
            raise (
                UnreadError(position, "som ikke er en periode", FORMS) if text else UnreadError(position, _NONE, _WHERE)
            )
        found = _written(position, match.groupdict(), year)
    if wrong := periods.problem(found):
        raise UnreadError(position, wrong, FORMS)
    return found


def _written(position: int, parts: dict[str, str | None], year: int | None) -> str:
    named = parts.get("name")
    month = _MONTH[named.lower()] if named else int(parts.get("month") or 0)
    of = parts.get("year") or (str(year) if year else "")
    if not of:
        raise UnreadError(position, "som mangler år", "Oppgi året med --aar, eller kolonnen med året med --periode.")
    if len(of) == 2:
        of = f"{'20' if of < _NEXT_CENTURY else '19'}{of}"
    if letter := next((letter for letter, kind in _LETTERS.items() if parts.get(kind)), ""):
        return f"{of}{letter}{int(parts[_LETTERS[letter]] or 0):0{2 if letter == 'U' else 1}}"
    if day := parts.get("day"):
        return f"{of}-{month:02}-{int(day):02}"
    return f"{of}-{month:02}" if month else of


@lru_cache(100_000)
def is_value(text: str) -> bool:
    """Whether the text is written as a number, maybe with its unit, or is a sign for one that is missing."""
    return text in MISSING or bool(_number(without_unit(text)))


def may_be_missing(text: str) -> bool:
    """Whether sources write this where a value is zero, is withheld or is missing; which, only they can say."""
    return bool(_MISSING.fullmatch(text))


def _mean(sign: str) -> str:
    return (
        f"Si hva tegnet betyr, med --tegn «{sign}=0» (null), «{sign}=:» (skjermet), «{sign}=..» (mangler) eller "
        f"«{sign}=.» (kan ikke forekomme)."
    )


def without_unit(text: str) -> str:
    """The text without the sign of per cent or of kroner behind it."""
    match = _UNIT.fullmatch(text)
    return match["number"] if match else text


def decimals_of(text: str, mark: str) -> int:
    """How many decimals a number is written with, in a column with this decimal mark; empty for one not known."""
    number = without_unit(text)
    match = _number(number)
    own, _ = _marks(match) if match else ("", "")
    return len(number.rpartition(own)[2]) if own and own == (mark or own) else 0


def _number(text: str) -> re.Match[str] | None:
    return _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text) or _POINTED.fullmatch(text)


def _marks(match: re.Match[str]) -> tuple[str, str]:
    """The decimal mark of a number, and the mark between its thousands where that is one too; empty for none."""
    parts = match.groupdict()
    return (parts.get("rest") or parts.get("end") or "")[:1], parts.get("mark") or parts.get("one") or ""


def decimal_mark(texts: Iterable[str]) -> str:
    """The decimal mark that a column of numbers uses; empty where it uses none.

    Raises `UnreadError` where it uses both, or only in numbers such as 12.345, which may be twelve thousand.
    """
    decimal, thousand, doubtful = dict[str, int](), dict[str, int](), dict[str, int]()
    for position, text in enumerate(map(without_unit, texts)):
        match = None if text.isdecimal() else _number(text)
        if match:
            mark, between = _marks(match)
            (doubtful if _DOUBTFUL.fullmatch(text) else decimal).setdefault(mark, position)
            thousand.setdefault(between, position)
    for found in (decimal, thousand):
        found.pop("", None)
    sure = decimal | {_OTHER[mark]: position for mark, position in thousand.items()}
    if len(sure) > 1 or (decimal and doubtful.keys() - decimal.keys() - thousand.keys()):
        raise UnreadError(max({**doubtful, **sure}.values()), "i en kolonne som har både komma og punktum")
    if doubtful and not sure:
        raise UnreadError(
            next(iter(doubtful.values())), "som kan være et desimaltall eller et helt tusen", "Oppgi --desimaltegn."
        )
    return next(iter(sure), "")


@lru_cache(100_000)  # so that small counts, which repeat, are read once
def read_number(text: str, mark: str, decimals: int) -> str:
    """The number with a decimal point and exactly so many decimals; raises `UnreadError` where it has more."""
    match = _number(text)
    own, between = _marks(match) if match else ("", "")
    if match and mark and _DOUBTFUL.fullmatch(text) and own != mark:
        own, between = "", own  # 12.345 in a column with a decimal comma
    if not match or between == mark != "" or (own and own != mark):
        raise UnreadError(0, "som ikke er et tall", _mean(text) if may_be_missing(text) else "")
    plain = _SPACES.sub("", text).replace("−", "-")
    return with_decimals((plain.replace(between, "") if between else plain).replace(",", "."), decimals)


def with_decimals(plain: str, decimals: int) -> str:
    """A number with a decimal point as one with exactly so many decimals, none of which is rounded away."""
    if len(plain) > _LONGEST:
        raise UnreadError(0, "som er for langt")
    number = Decimal(plain)
    rounded = number.quantize(Decimal(1).scaleb(-decimals))
    if rounded != number:
        raise UnreadError(0, f"som har flere desimaler enn {decimals}", "Oppgi --avrundet-til.")
    return f"{rounded or abs(rounded):f}"
