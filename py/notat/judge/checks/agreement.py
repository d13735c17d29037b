"""The note agrees with itself: numbers of the summary and the boxes, abbreviations, and the spelling of terms."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from notat.judge.checks.prose import Finding, Paragraph, paragraphs
from notat.norsk.language import speaking
from notat.norsk.sentences import sentences
from notat.norsk.words import function_words, spellings
from notat.numbers import content
from notat.project.calls import FLOATS, NUMBERS, calls, calls_in, names_of
from notat.project.source import Place, Source, by_language
from notat.show.claims.marks import CODE
from notat.text.python import constant_of

_BOXES = re.compile(r"^:{3,}\s*\{.*\.(?P<kind>boks|drofting|hovedfunn)\b")
_FENCE = re.compile(r"^:{3,}\s*(?P<opens>\S)?")
_LABEL = re.compile(r"#((?:sec|fig|tbl)-[\w-]+)")
_REFERENCE = re.compile(r"@((?:sec|fig|tbl)-[\w-]+)")
# What of a call decides how a number is printed; a capital, a sign or a unit is the sentence's own.
_FORM = ("ord", "av", "desimaler", "som")
_ABBREVIATION = re.compile(r"\b(?P<short>[A-ZÆØÅ](?:[a-zæøå]?[A-ZÆØÅ]){1,5})s?\b(?!\d)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FORMATS = ("PDF", "HTML", "DOCX", "CSV")  # the names of what every note is made in
_TERM = 4  # words of the longest term whose capitals are compared
_SHORT = 4  # letters: two shorter words side by side only happen to be a longer one


@dataclass(frozen=True)
class Use:
    """A number as it is printed at a place, and where the sentence, or else its paragraph, points for more."""

    id: str
    form: tuple[tuple[str, object], ...]
    place: Place
    box: str
    points_to: tuple[str, ...]


def agreement(chapters: Sequence[Source]) -> Iterator[Finding]:
    """Findings where the note does not agree with itself, in the order in which it is read."""
    yield from _numbers(chapters)
    yield from _abbreviations(paragraph for source in chapters for paragraph in paragraphs(source))
    for code, own in by_language(chapters).items():
        with speaking(code):
            found = list(_spellings([paragraph for source in own for paragraph in paragraphs(source)]))
        yield from found


def _numbers(chapters: Sequence[Source]) -> Iterator[Finding]:
    """Numbers of the summary, the boxes and the questions that do not stand, or stand otherwise, where they point."""
    summary, *others = chapters
    if not others:  # a note of one page has nothing that it sums up
        return
    uses = {source.file: _uses_of(source) for source in chapters}
    home = {label: source.file for source in chapters for label in _labels(source)}
    in_text = defaultdict[str, list[tuple[str, Use]]](list)
    for source in others:
        for use in uses[source.file]:
            if not use.box:
                in_text[use.id].append((source.file, use))
    for source in chapters:
        for use in uses[source.file]:
            if source is not summary and not use.box:
                continue
            where = use.box or "sammendraget"
            files = {home[label] for label in use.points_to if label in home} - {summary.file}
            there = [one for file, one in in_text[use.id] if not files or file in files]
            if not there:
                pointed = " eller ".join(sorted(files)) or "noe annet kapittel"
                yield Finding(
                    "N1074",
                    *use.place,
                    f"Tallet «{use.id}» står i {where}, men ikke i teksten i {pointed}.",
                    "Bruk tallet der også, eller vis til kapittelet der det står.",
                )
            elif use.form not in {one.form for one in there}:
                file, line = there[0].place
                yield Finding(
                    "N1074",
                    *use.place,
                    f"Tallet «{use.id}» er skrevet på en annen måte i {where} enn i {file}:{line}.",
                    f"Bruk samme {', '.join(f'{name}=' for name in _FORM)} begge steder.",
                )


def _uses_of(source: Source) -> list[Use]:
    with speaking(source.lang):
        return list(_uses(source))


def _uses(source: Source) -> Iterator[Use]:
    """The numbers in the running text and the boxes of a chapter."""
    names, box = names_of(source), ""
    paragraph: tuple[str, ...] = ()
    for position, (place, line) in enumerate(source.lines):
        if fence := _FENCE.match(line):
            opened = _BOXES.match(line)
            box = {"drofting": "drøftingsspørsmålene"}.get(opened["kind"], "en boks") if opened else box
            box = box if fence["opens"] else ""
        if position == 0 or not source.lines[position - 1][1].strip():
            paragraph = _paragraph_points_to(source.lines, position)
        for start, end in sentences(line):
            sentence = line[start:end]
            points_to = tuple(_REFERENCE.findall(sentence)) or paragraph
            for code in CODE.findall(sentence):
                for call in calls_in(code, names):
                    if call.function in NUMBERS:
                        for id_ in call.known:
                            yield Use(id_, _form(code), place, box, points_to)


def _paragraph_points_to(lines: Sequence[tuple[Place, str]], first: int) -> tuple[str, ...]:
    found: list[str] = []
    for _, line in lines[first:]:
        if not line.strip():
            break
        found += _REFERENCE.findall(line)
    return tuple(found)


def _form(code: str) -> tuple[tuple[str, object], ...]:
    tree = ast.parse(code.strip(), mode="eval")
    given = {
        word.arg: constant_of(word.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg in _FORM
    }
    return tuple(sorted((name, bool(value) if name == "ord" else value) for name, value in given.items() if value))


def _labels(source: Source) -> Iterator[str]:
    """The labels of the sections, figures and tables of a chapter."""
    for _, line in source.lines:
        yield from _LABEL.findall(line)
    prefixes = dict(zip(FLOATS, ("fig", "tbl"), strict=True))
    for call in calls(source):
        if call.function in prefixes:
            yield from (f"{prefixes[call.function]}-{name}" for name in call.known)


def _abbreviations(text: Iterable[Paragraph]) -> Iterator[Finding]:
    """Abbreviations that are neither explained at their first use nor listed as generally known."""
    known = {*content.abbreviations(), *_FORMATS}
    names = content.names()
    for paragraph in text:
        for place, line in paragraph.lines:
            plain = names.sub(lambda match: " " * len(match.group()), line)
            for match in _ABBREVIATION.finditer(plain):
                if match["short"] in known:
                    continue
                known.add(match["short"])
                if not _explained(plain, match):
                    yield Finding(
                        "N1075",
                        *place,
                        f"Forkortelsen «{match['short']}» er ikke forklart første gang den brukes.",
                        f"Skriv den ut: «… ({match['short']})», eller før den opp i py/content/conventions.py.",
                    )


def _explained(line: str, match: re.Match[str]) -> bool:
    """Whether the abbreviation stands in brackets behind words, or has words in brackets behind it."""
    behind = line[: match.start()].rstrip("«")
    if (
        re.search(r"[^\W\d_]{2,}\W{0,3}\s\Z", behind.removesuffix("("))
        and behind.endswith("(")
        and line[match.end()] == ")"
    ):
        return True
    return re.match(r"\s\([^\W\d_]{2,}[^()]*\)", line[match.end() :]) is not None


def _spellings(text: Iterable[Paragraph]) -> Iterator[Finding]:
    """Words and terms that stand with two spellings, at the later of the two."""
    first: dict[str, tuple[str, Place]] = {}
    reported: set[str | Place] = set()  # a long term has shorter ones within it: one finding for each line
    for written, key, place in _terms(text):
        before = first.setdefault(key, (written, place))
        if before[0] != written and not {key, place} & reported:
            reported |= {key, place}
            yield Finding(
                "N1076",
                *place,
                f"«{written}» er skrevet «{before[0]}» i {before[1][0]}:{before[1][1]}.",
                "Velg én skrivemåte.",
            )


def _terms(text: Iterable[Paragraph]) -> Iterator[tuple[str, str, Place]]:
    """Every spelling that may have another: as written, what it has in common with the other, and its place."""
    lines = [entry for paragraph in text for entry in paragraph.lines]
    closed = {word.lower() for _, line in lines for word in _WORD.findall(line) if "-" not in word}
    for place, line in lines:
        for start, end in sentences(line):
            words = [match.group() for match in _WORD.finditer(line, start, end)]
            gaps = _gaps(line, start, end)
            for position, word in enumerate(words):
                lower = word.lower()
                if "-" not in word or lower.replace("-", "") in closed:
                    yield lower, f"hyphen {lower.replace('-', '')}", place
                yield from ((lower, f"variant {key}", place) for key in _variants(lower))
                following = words[position + 1].lower() if position + 1 < len(words) else ""
                apart = min(len(lower), len(following)) >= _SHORT and lower not in function_words()
                if apart and gaps[position] == " " and lower + following in closed:
                    yield f"{lower} {following}", f"hyphen {lower}{following}", place
            yield from ((term, f"capital {term.lower()}", place) for term in _names(words, gaps))


def _gaps(line: str, start: int, end: int) -> list[str]:
    """What stands behind each word of a sentence, which may have none."""
    found = list(_WORD.finditer(line, start, end))
    ends = [*(match.start() for match in found[1:]), *([end] if found else [])]
    return [line[match.end() : last] for match, last in zip(found, ends, strict=True)]


def _variants(word: str) -> Iterator[str]:
    """The keys under which a word and its other accepted spelling meet."""
    for one, other in spellings():
        if one in word or other in word:
            yield word.replace(other, one)


def _names(words: Sequence[str], gaps: Sequence[str]) -> Iterator[str]:
    """Terms of several words in a sentence with a capital behind the first word, or that may lack it there."""
    for length in range(2, _TERM + 1):
        for first in range(1 if length == 2 else 0, len(words) - length + 1):
            term, between = words[first : first + length], gaps[first : first + length - 1]
            named = term[0][0].isupper() and term[-1].lower() not in function_words()
            if named and all(gap == " " for gap in between) and not gaps[first + length - 1].startswith("/"):
                yield " ".join(term)
