"""Make a sentence of a chapter false, by words as a reader sees them: markup in and between the words stays."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

# What a reader does not see, by what is seen in its place. A break separates blocks, a number or a name is «…».
_MARKUP = re.compile(
    r"""
    (?P<break>
        ^(?P<fence>`{3,}|~{3,})(?s:.*?)^(?P=fence)[ ]*$   # code cell
      | ^:::.*$ | \{\{<.*?>\}\}                      # box, include
      | ^\#{1,6}[ ] | ^[ ]*(?:[-*+]|\d+\.)[ ]        # heading, list item
      | ^\[\^[\w-]+\]:[ ]                            # footnote
      | \n[ ]*\n\s*
    )
  | (?P<number>`\{python\}[^`]*` | (?<!\w)@[\w-]+)
  | (?P<nothing>[ ]?\[\^[\w-]+\] | \s?\[@[^\]]*\] | \]\([^)]*\) | [ ]?\{[^}]*\} | [\[\]*])
  | (?P<space>\s+)
    """,
    re.VERBOSE | re.MULTILINE,
)
_NUMBER = "…"
# «4. kvartal» and «1. januar» go on: a sentence begins with a capital, a number or a quotation.
_SENTENCE_END = re.compile(r"\n|[.?!] (?=[A-ZÆØÅ…«])")


class MisplacedError(ValueError):
    """An edit that does not find its place in the chapter, or finds it twice."""


@dataclass(frozen=True)
class Edit:
    """One falsehood: in the only sentence of `file` that holds `sentence`, `old` becomes `new`.

    `old` and `new` are words, except for the kinds `id` (two names of numbers that change places) and `kilde` (the key
    of a citation and the one that replaces it). `row` is its line in the data file, for messages.
    """

    row: str
    kind: str
    file: str
    sentence: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.row}: {self.kind}, {self.file}: «{self.sentence}»: «{self.old}» → «{self.new}»"


@dataclass(frozen=True)
class Splice:
    """The characters `start` to `end` of a source are replaced by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Seen:
    """What a reader sees of a source, with the place in it of each character."""

    source: str
    text: str
    spans: list[tuple[int, int]]


def read_edits(file: Path) -> list[Edit]:
    """The edits of a data file, in order."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        return [Edit(f"{file.name}:{rows.line_num}", **row) for row in rows]


def splices(source: str, edit: Edit) -> list[Splice]:
    """What the edit changes in the text of its chapter; lines are neither added nor removed.

    Raises:
        MisplacedError: The sentence, or the words in it, are not there exactly once.

    """
    seen = _seen(source)
    at = _only(re.escape(edit.sentence), seen.text, edit, "sentence")
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(seen.text)), len(seen.text)]
    first = max(end for end in ends if end <= at.start())
    last = min(end for end in ends if end >= at.end())
    start, end = seen.spans[first][0], seen.spans[last - 1][1]
    if edit.kind == "id":
        # The names in `fakta="…"` of a mark are not shown.
        found = [_only(rf'(?<![="\w])"{name}"', source[start:end], edit, name) for name in (edit.old, edit.new)]
        names = (edit.new, edit.old)
        return [Splice(start + m.start(), start + m.end(), f'"{n}"') for m, n in zip(found, names, strict=True)]
    if edit.kind == "kilde":
        key = _only(rf"@{re.escape(edit.old)}(?![\w-])", source[start:end], edit, "key")
        return [Splice(start + key.start(), start + key.end(), f"@{edit.new}")]
    words = _only(rf"(?<!\w){re.escape(edit.old)}(?!\w)", seen.text[first:last], edit, "old")
    begin = first + words.start()
    spans = [(begin + word.start(), begin + word.end()) for word in re.finditer(r"\S+", edit.old)]
    return _word_by_word(seen, spans, edit)


def spliced(source: str, changes: Iterable[Splice]) -> str:
    """The source with all changes made; they may not overlap."""
    for change in sorted(changes, key=lambda one: one.start, reverse=True):
        source = source[: change.start] + change.text + source[change.end :]
    return source


@cache
def _seen(source: str) -> _Seen:
    text, spans, position = "", [], 0
    for match in _MARKUP.finditer(source):
        for index in range(position, match.start()):
            text += source[index]
            spans.append((index, index + 1))
        instead = {"break": "\n", "number": _NUMBER, "space": " ", "nothing": ""}[match.lastgroup or ""]
        text += instead
        spans += [match.span()] * len(instead)
        position = match.end()
    text += source[position:]
    return _Seen(source, text, [*spans, *((index, index + 1) for index in range(position, len(source)))])


def _only(pattern: str, text: str, edit: Edit, what: str) -> re.Match[str]:
    found = list(re.finditer(pattern, text))
    if len(found) != 1:
        raise MisplacedError(f"{edit}: {what} found {len(found)} times")
    return found[0]


def _word_by_word(seen: _Seen, old: list[tuple[int, int]], edit: Edit) -> list[Splice]:
    """Replace only the words that differ, each where it stood; `old` are the places of the words in what is seen."""
    words, new = edit.old.split(), edit.new.split()
    changes: list[Splice] = []
    for kind, i, j, k, m in SequenceMatcher(None, words, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if any(_NUMBER in word for word in (*words[i:j], *new[k:m])):
            raise MisplacedError(f"{edit}: a number is among the words that change")
        if kind == "insert":
            before = i > 0
            place = seen.spans[old[i - 1][1] - 1][1] if before else seen.spans[old[0][0]][0]
            inserted = " ".join(new[k:m])
            changes.append(Splice(place, place, f" {inserted}" if before else f"{inserted} "))
            continue
        texts = new[k:m] if j - i == m - k else [" ".join(new[k:m]), *[""] * (j - i - 1)]
        for (start, end), text in zip(old[i:j], texts, strict=True):
            changes += _written(seen, start, end, text)
    return changes


def _written(seen: _Seen, start: int, end: int, text: str) -> list[Splice]:
    """`text` where the first character of a word is, and nothing for the others nor, without text, for its space."""
    characters = [Splice(*span, "") for span in seen.spans[start:end]]
    if text:
        return [Splice(characters[0].start, characters[0].end, text), *characters[1:]]
    space = slice(*seen.spans[start - 1])
    # A line break stays, so that the lines keep their numbers.
    return [*characters, *([Splice(space.start, space.stop, "")] if seen.source[space] == " " else [])]
