"""A message in English, read by the catalogue of what commands say (`messages_en.toml`).

The catalogue has the English of each text by the text as the source has it, with numbered holes for what an f-string
fills in: `{0!r}` is a name, `{0!s}` what somebody has written. A finished message is read by these texts as a sentence
by a grammar: what accounts for most of its letters is how it is read, and what is in a hole is read again. Names,
quotations, and whatever else no text accounts for, stay as they are.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from string import Formatter

_FILE = Path(__file__).with_name("messages_en.toml")
# What may come before and after the words of a line: the indentation, a kind, a place, and a code.
_LINE = re.compile(
    r"([\s│├└─]*)((?:(?:Feil|Advarsel): )?)((?:[^\s:]+\.\w+(?::celle \d+)?(?::\d+)?: )?)(.*?)((?: \[N\d{4}\])?)",
    re.DOTALL,
)
_KINDS = {"Feil: ": "Error: ", "Advarsel: ": "Warning: "}
_SENTENCES = re.compile(r"(?<=[.?!…])[»”)]? (?=\S)")
_PARTS = re.compile(r"(?=[,;] | \(| – )|(?<=[:|]) |(?= \| )|  +| (?=[A-ZÆØÅ][^\W\d_]+ )")
_MARKS = re.compile(r"((?:[,;:(–|] ?)?(?:\d[\d\u00a0]* )?)(.*?)([.,;:)]*)", re.DOTALL)
_AND_OR = re.compile(r"( og | eller )")
_WORDS = {" og ": " and ", " eller ": " or "}
_ENOUGH = 6  # letters of a text that it takes to be sure of it
_MOST = 0.9  # of the letters of a text, which are enough to look no further
_LONGEST = 2000  # characters of a line: what is longer is a file, or data


def english(line: str) -> str:
    """A line of what a command says in bokmål, in English."""
    if len(line) > _LONGEST:
        return line
    indent, kind, place, text, code = _LINE.fullmatch(line).groups()  # type: ignore[union-attr]  # it always matches
    return f"{indent}{_KINDS.get(kind, '')}{place.replace(':celle ', ':cell ')}{_catalogue().english(text)}{code}"


@dataclass(frozen=True)
class _Template:
    """A text of the catalogue: what stands between its holes, which of these are quoted, and the English."""

    literals: tuple[str, ...]
    holes: tuple[tuple[int, ...], ...]  # the numbers of each hole; those that nothing separates are one
    names: frozenset[int]  # the holes that hold names
    others: frozenset[int]  # the holes that hold what somebody has written
    english: str

    @staticmethod
    def of(text: str, english: str) -> _Template:
        """Read a text as the catalogue has it."""
        literals = [""]
        holes: list[tuple[int, ...]] = []
        for literal, number, _, _ in Formatter().parse(text):
            literals[-1] += literal
            if number is None:
                continue
            if holes and not literals[-1]:
                holes[-1] += (int(number),)
            else:
                holes.append((int(number),))
                literals.append("")
        kinds = [(kind, int(number)) for _, number, _, kind in Formatter().parse(english) if number]
        names, others = (frozenset(number for one, number in kinds if one == kind) for kind in ("r", "s"))
        return _Template(tuple(literals), tuple(holes), names, others, re.sub("![rs]}", "}", english))

    @cached_property
    def weight(self) -> int:
        """The letters of the text that are not in holes."""
        return sum(map(str.isalpha, "".join(self.literals)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("(.*?)".join(map(re.escape, self.literals)), re.DOTALL)

    def holes_of(self, text: str) -> tuple[str, ...] | None:
        """What is in the holes, when the message is made of this text."""
        first, *others, last = self.literals
        if not (text.startswith(first) and text.endswith(last) and all(one in text for one in others)):
            return None
        match = self._pattern.fullmatch(text)
        return match.groups() if match else None

    def is_quoted(self, hole: int) -> bool:
        """Whether the hole has what somebody has written, as all in quotation marks is."""
        in_quotes = self.literals[hole].endswith("«") and self.literals[hole + 1].startswith("»")
        return in_quotes or not self.others.isdisjoint(self.holes[hole])

    def is_read(self, hole: int) -> bool:
        """Whether what is in the hole may be our words."""
        return not self.is_quoted(hole) and not self.has_names(hole)

    def has_names(self, hole: int) -> bool:
        """Whether the hole has names."""
        return not self.names.isdisjoint(self.holes[hole])

    def filled(self, holes: Iterable[str]) -> str:
        """The English with these in the holes."""
        values: dict[int, str] = {}
        for (first, *rest), text in zip(self.holes, holes, strict=True):
            values |= {first: text, **dict.fromkeys(rest, "")}
        return self.english.format(*(values[number] for number in sorted(values)))


class _Catalogue:
    """The texts, and the messages read by them."""

    def __init__(self, texts: Mapping[str, str], heads: Mapping[str, str]):
        self._heads = heads
        self._exact = {
            text.strip().format(): english.strip().format() for text, english in texts.items() if "{0" not in text
        }
        # By how they begin and end, so that few are tried on each message.
        self._templates: dict[tuple[str, str], list[_Template]] = defaultdict(list)
        for text, words in texts.items():
            if "{0" in text:
                template = _Template.of(text.strip(), words.strip())
                self._templates[template.literals[0][:1], template.literals[-1][-1:]].append(template)
        # The texts that continue another, without a sign between.
        self._continued = {text.split("{")[0].split()[0] for text in texts if re.match(r" [^\W\d_]", text)}
        self._known: dict[str, tuple[float, str]] = {}

    def english(self, text: str) -> str:
        """A message in English, or a word that stands alone or before a colon."""
        head, colon, rest = text.partition(": ")
        score, words = self._read(text)
        if text.removesuffix(":") in self._heads:
            return self._heads[text.removesuffix(":")] + ":" * text.endswith(":")
        if head in self._heads and colon:
            known, others = self._read(rest)
            if known + len(head) > score:
                return f"{self._heads[head]}: {others}"
        return words

    def _read(self, text: str) -> tuple[float, str]:
        """How much of a text is accounted for, and the text in English."""
        core = text.strip()
        if core not in self._known:
            self._known[core] = 0, core  # as long as it is being read
            self._known[core] = self._read_core(core)
        score, english = self._known[core]
        begin = len(text) - len(text.lstrip())
        return score, f"{text[:begin]}{english}{text[begin + len(core) :]}" if core else text

    def _read_core(self, text: str) -> tuple[float, str]:
        if text in self._exact:
            return sum(map(str.isalpha, text)), self._exact[text]
        if re.fullmatch("«[^«»]*»", text):
            return 0.0, f"“{text[1:-1]}”"
        ends = [(begin, end) for begin in ("", text[:1]) for end in ("", text[-1:])]
        read = (self._by(one, text) for end in ends for one in self._templates.get(end, ()))
        best = max(read, key=lambda one: one[0], default=(0.0, text))
        best = max(best, self._split(text, _SENTENCES), key=lambda read: read[0])
        if best[0] < sum(map(str.isalpha, text)) * _MOST:
            others = self._split(text, _PARTS), self._between_marks(text), self._as_list(text)
            best = max(best, *others, key=lambda read: read[0])
        return best

    def _by(self, template: _Template, text: str) -> tuple[float, str]:
        """A message as it is read by a text."""
        holes = template.holes_of(text)
        if holes is None:
            return 0.0, text
        read = [self._read_hole(template, number, hole) for number, hole in enumerate(holes)]
        if template.weight < _ENOUGH:  # a word or two would be found in what others have written
            for number, hole in enumerate(holes):
                if " " in hole and template.is_read(number) and read[number][0] < len(hole) / 2:
                    return 0.0, text
        return template.weight + sum(score for score, _ in read), template.filled(words for _, words in read)

    def _between_marks(self, text: str) -> tuple[float, str]:
        """What stands between marks that the code puts around a text, as the full stop after a problem."""
        before, inner, after = _MARKS.fullmatch(text).groups()  # type: ignore[union-attr]  # it always matches
        if inner in ("", text):
            return 0.0, text
        score, english = self._read(inner)
        return score, f"{before}{english}{after}"

    def _read_hole(self, template: _Template, number: int, hole: str) -> tuple[float, str]:
        if template.is_read(number):
            return self._read(hole)
        # Known to be somebody's: worth more than words in it that look like ours, and less than a sentence of ours.
        score = sum(map(str.isalpha, hole)) / 2
        return score, hole if template.is_quoted(number) else _list_of_names(hole)

    def _split(self, text: str, where: re.Pattern[str]) -> tuple[float, str]:
        best = 0.0, text
        places = [match.end() for match in where.finditer(text)]
        if where is _PARTS:
            places += [match.start() for match in re.finditer(r" (?=([^\W\d_]+))", text) if match[1] in self._continued]
        for place in places:
            if 0 < place < len(text):
                (one, left), (two, right) = self._read(text[:place]), self._read(text[place:])
                if one + two - 0.5 > best[0]:
                    best = one + two - 0.5, left + right
        return best

    def _as_list(self, text: str) -> tuple[float, str]:
        """A list of names: only the words between them are translated."""
        parts = _AND_OR.split(text)
        names = [name for part in parts[::2] for name in part.split(", ")]
        if len(parts) == 1 or not all(re.fullmatch(r"\S+|«[^»]*»|\S+ = \S+( %)?", name) for name in names):
            return 0.0, text
        return 1.0, _list_of_names(text)


def _list_of_names(text: str) -> str:
    return "".join(_WORDS.get(part, part) for part in _AND_OR.split(text))


@cache
def _catalogue() -> _Catalogue:
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return _Catalogue({**read["words"], **read["texts"], **read["joined"]}, read["heads"])
