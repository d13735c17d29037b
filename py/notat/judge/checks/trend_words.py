"""Words that claim something about numbers, and are not marked as a claim.

Where a sentence has numbers from data, in headings, in bold leads and among the main findings, each such word must be
marked, chosen by the data, or covered by a convention with its reason. A vague word right before a number («nesten 1 av
4», «over 400 000») needs no mark: it is tested on that number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from notat.judge.checks.conventions import reason_for
from notat.judge.checks.prose import Finding
from notat.norsk import lexicon
from notat.norsk.sentences import sentences
from notat.numbers.indicators import Numbers
from notat.project.calls import calls_in, names_of
from notat.project.source import Place, Source
from notat.show.claims import denial_before
from notat.show.claims.cases import case_of
from notat.show.claims.marks import CODE, MARK, plain
from notat.show.claims.meaning import describe, holds, is_change
from notat.text.errors import NotatError

YEARS = "år"

_KINDS = (lexicon.DIRECTION, lexicon.COMPARISON, lexicon.SUPERLATIVE, lexicon.FOLD, lexicon.SHARE, lexicon.ONLY)
_HEADING = re.compile(r"#{1,6}\s+(?P<title>.*?)\s*(?:\{[^{}]*\})?\s*$")
_LEAD = re.compile(r"\s*(?:[-*+]\s+)?\*\*(?P<lead>.+?)\*\*")
_DIV = re.compile(r":{3,}\s*(?P<attributes>\S.*)?$")
_TITLE = re.compile(r'\btitle="(?P<title>[^"]*)"')
_WORD = re.compile(r"\w+")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
DONE = "\ue002"  # replaces what is marked or chosen by the data
_NUMBER_NEXT = re.compile(r"(?:[^\W\d_]+\s+){0,2}…")
_DONE_BEFORE = re.compile(rf"{DONE}(?:\s*\S+){{0,3}}\s*\Z")
_DONE_AFTER = re.compile(rf"(?:\s+\S+){{0,3}}\s+{DONE}")
_AFTER = re.compile(r"`\{python\}\s+(?P<code>tall\([^`]*\))`\s(?P<word>[^\W\d_]+)")
_BEFORE = re.compile(r"(?P<words>(?:[^\W\d_]+\s+){1,3})`\{python\}\s+(?P<code>tall\([^`]*\))`")


@dataclass(frozen=True)
class _Text:
    """A text to look at, with its place. Where it is not said of numbers, only verbs of change claim something."""

    place: Place
    text: str
    said_of_numbers: bool = True


def trend_words(source: Source, numbers: Numbers) -> Iterator[Finding]:
    """A finding for each untested word, and for each vague word before a number that it does not fit."""
    for found in _texts(source):
        yield from _vague(found, numbers)
        if found.text.rstrip(" *").endswith("?"):
            continue
        bare = MARK.sub(DONE, found.text)
        words = list(claiming_words(bare, verbs_only=not found.said_of_numbers))
        if words:
            listed = ", ".join(f"«{word}»" for word in dict.fromkeys(words))
            yield Finding(
                "N1049",
                *found.place,
                f"{listed} lover noe om tallene, og ingenting prøver det.",
                'Merk ordet: […]{.paastand av="id"}, eller før det opp i py/content/conventions.py med en grunn.',
            )
    for place, title, marked in _titles(source):
        words = [word for word in claiming_words(title) if not marked.issuperset(_WORD.findall(word.lower()))]
        if words and not title.endswith("?"):
            yield Finding(
                "N1049",
                *place,
                f"«{words[0]}» i tittelen på boksen lover noe om tallene, og ingenting i boksen prøver det.",
                "Merk det samme ordet i teksten i boksen, eller skriv tittelen uten.",
            )


def _titles(source: Source) -> Iterator[tuple[Place, str, frozenset[str]]]:
    """The title of each box, with the words that are marked in the box: a title cannot be marked itself."""
    opened: list[tuple[Place, str, set[str]]] = []
    for place, line in source.lines:
        if div := _DIV.match(line):
            if div["attributes"]:
                named = _TITLE.search(div["attributes"])
                opened.append((place, named["title"] if named else "", set()))
            elif opened:
                at, title, marked = opened.pop()
                yield at, title, frozenset(marked)
        for mark in MARK.finditer(line):
            for *_, around in opened:
                around.update(_WORD.findall(plain(CODE.sub("…", mark[0])).lower()))


def _texts(source: Source) -> Iterator[_Text]:
    """Headings, bold leads, main findings, and sentences with numbers from data."""
    names, divs, fence = names_of(source), list[str](), ""
    cells = {position for cell in source.cells for position in cell}
    for position, (place, line) in enumerate(source.lines):
        mark = _FENCE.match(line)
        if mark:
            fence = "" if fence and line.strip().startswith(fence) else fence or mark[1]
        if position in cells or fence or mark or line.lstrip().startswith(("|", "<!--")):
            continue
        if div := _DIV.match(line):
            divs = [*divs, div["attributes"]] if div["attributes"] else divs[:-1]
            continue
        if heading := _HEADING.match(line):
            yield _Text(place, heading["title"])
            continue
        lead = _LEAD.match(line)
        if lead:
            yield _Text(place, lead["lead"])
        main = any("hovedfunn" in attributes for attributes in divs)
        for start, end in sentences(line):
            sentence = line[start:end]
            asked = {call.function for code in CODE.findall(sentence) for call in calls_in(code, names)}
            yield _Text(place, sentence, said_of_numbers=main or bool(asked & {"tall", "spenn"}))


def claiming_words(text: str, *, before_numbers: bool = False, verbs_only: bool = False) -> Iterator[str]:
    """The words of a text that claim something, «…» being a number.

    Those right before a number are left out, because they are tested on it, unless `before_numbers`; then a word for
    how near it is («nesten …») counts too, but not «om lag», which only says that the number is rounded. With
    `verbs_only`, only what says that something rose or fell counts: «økte», «har falt», not «vekst» or «større».
    """
    shown = plain(CODE.sub("…", text))
    phrase = lexicon.read(shown)
    for word in phrase.words:
        written = shown[word.start : word.end]
        after = shown[word.end :].lstrip()
        lowered = written.lower()
        is_beside = after.startswith("…")
        if verbs_only and not word.is_finite:
            continue
        vague = word.kind == lexicon.DEGREE and word.name in (lexicon.NEARLY, lexicon.SOMEWHAT_OVER) and is_beside
        if (is_beside and not before_numbers) or not (vague or word.kind in _KINDS):
            continue
        if not lexicon.claims_in_text(lowered, after):
            continue
        if word.kind == lexicon.SHARE and word.name == "whole":
            continue
        if word.kind == lexicon.ONLY and not _NUMBER_NEXT.match(after):
            continue
        if not reason_for(shown, word.start, word.end):
            yield written
    yield from _growing(shown) if verbs_only else ()
    for match in lexicon.said_of_each(shown):
        # «120 boliger hvert år» is how many; beside what rose or is highest, it says more than that.
        beside = _DONE_BEFORE.search(shown, 0, match.start()) or _DONE_AFTER.match(shown, match.end())
        if beside and not reason_for(shown, *match.span()):
            yield match[0]


def _growing(shown: str) -> Iterator[str]:
    return (match[0] for match in lexicon.said_to_grow(shown) if not reason_for(shown, *match.span()))


def _vague(found: _Text, numbers: Numbers) -> Iterator[Finding]:
    """A finding for each vague word right before a number that does not fit it."""
    for match in _BEFORE.finditer(MARK.sub(DONE, found.text)):
        phrase = _nearest(match["words"])
        if denied := denial_before(match["words"]):
            yield Finding(
                "N1051", *found.place, f"«{denied}» snur tallet om, uten å bli prøvd.", "Skriv setningen uten."
            )
            continue
        if phrase is None:
            continue
        try:
            case = case_of(numbers, {}, (match["code"],))
            lasting = case.of[0].quantity.unit == YEARS  # «over tre år» is how long, not how many
            if (lasting and phrase.degree is None) or holds(phrase, case):
                continue
            said = f"«{phrase.text.replace(' …', '')}» passer ikke til tallet: {describe(case)}."
            remedy = "Rett ordet, eller før opp forbeholdet i kolonnen grense."
        except NotatError as error:
            said, remedy = f"«{phrase.text}» kan ikke prøves: {error.problem}", error.remedy
        yield Finding("N1051", *found.place, said, remedy)
    for match in _AFTER.finditer(MARK.sub(DONE, found.text)):
        phrase = lexicon.read(match["word"])
        if phrase.first(lexicon.COMPARISON) is None:
            continue
        try:
            case = case_of(numbers, {}, (match["code"],))
            if not is_change(case.of[0].quantity) or holds(phrase, replace(case, printed=None)) is not False:
                continue
        except NotatError:
            continue  # other checks say what is wrong with the number
        yield Finding(
            "N1051",
            *found.place,
            f"«{match['word']}» etter tallet sier noe annet enn tallet: {describe(case)}.",
            "Rett ordet, eller merk det med tallene som sammenlignes.",
        )


def is_reserved(before: str) -> bool:
    """Whether the text before a number ends in a word that says how near it is: «om lag», «over», «snart»."""
    words = before.split()
    return bool(words) and (
        words[-1].casefold() in lexicon.trend_words("reserved") or _nearest(" ".join(words[-3:])) is not None
    )


def _nearest(words: str) -> lexicon.Phrase | None:
    """The vague words that end right before a number, as a phrase about it; None where there are none."""
    parts = words.lower().split()
    for length in range(min(3, len(parts)), 0, -1):
        phrase = lexicon.read(" ".join([*parts[-length:], "…"]))
        ratio = phrase.degree is not None and phrase.degree.is_ratio
        bound = " ".join(parts[-length:]) in lexicon.trend_words("bounds")
        if len(phrase.words) == 2 and (ratio or bound):  # the vague word and the number, nothing else
            return phrase
    return None
