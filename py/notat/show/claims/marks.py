"""Find the marked claims of a chapter, each with its words, its sentence and its place.

Pandoc decides what is a mark: a span of the class `paastand`. In a chapter where every mark is in the plainest form,
and nothing could make Pandoc read it as something else, a scan finds the same at no cost. Any other chapter is parsed
by Pandoc, with each `paastand` replaced by a unique name that leads back to its place.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from notat.engine import pandoc
from notat.engine.pandoc import Node
from notat.engine.read.subset import parse
from notat.norsk import format_quantity
from notat.norsk.language import speaking
from notat.norsk.sentences import sentences
from notat.numbers.indicators import Numbers
from notat.project.calls import WORDS, calls_in, names_of
from notat.project.source import Source
from notat.text.errors import NotatError

CLASS = re.compile(r"(?<![\w-])paastand(?![\w-])")
CODE = re.compile(r"`\{python\}\s+([^`]*)`")
# A mark in its usual form, for those who look at the text around marks.
MARK = re.compile(r"\[(?:[^\[\]`]|`[^`]*`|\[[^\[\]]*\])*\]\{[^{}]*\.paastand[^{}]*\}")
# The class where an author means one: `.paastand`, `class="paastand"`.
_MEANT = re.compile(r"(?:\.|class\s*=\s*[\"']?[^\"'{}<>]*)\Z")
_MARKUP = re.compile(r"\[\^[\w-]+\]|\s?\[@[^\]]*\]|\]\{[^}]*\}|[*\[\]]|^\s*(?:[-*+]|\d+\.)\s+")
_BLOCK = re.compile(r"(?m)^[ \t]*$|^[ \t]*(?=(?:[-*+]|\d+[.)])[ \t])|^:::.*$|^#+.*$")
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<title>[^\n]*)")
_SPACES = re.compile(r"[ \t\n]+")  # a hard space stays

# The plainest form: words without markup that could extend beyond them, and attributes in the usual form on one line.
_CODE_MARK = "\ue000"  # replaces each character of inline code
_ATTRIBUTE = r"""\.[a-z][\w-]*|\#[a-z][\w-]*|[a-z]+="[^"{}\n]*\""""
_PLAIN = re.compile(
    rf"""(?<![\]!^])\[(?P<words>[\w{_CODE_MARK}][^\[\]{{}}\n]*)\]
      \{{(?P<attributes>(?:{_ATTRIBUTE})(?:[ ](?:{_ATTRIBUTE}))*)\}}""",
    re.VERBOSE,
)
_PAIR = re.compile(r'([a-z]+)="([^"]*)"')
_ID = re.compile(r"(?<![\w\"])#([\w-]+)")
# Footnotes, citations, and words of another language.
_REFERENCE = re.compile(r"\[\^[\w-]+\]|\[@[^\[\]{}]*\]|\[[\w -]+\]\{lang=[a-z]+\}")
_ATTRIBUTES = re.compile(r"(?m)^:::.*$|(?<=[ \t])\{[.#\w -]+\}[ \t]*$")  # of boxes and headings
# What could change the meaning of a plain mark: code, comments, raw text, formulas, tables, indented code, quotations,
# definitions, metadata, and a footnote that may be unused.
# A row of a table with no mark in it, which reaches no further than its line.
_ROW = re.compile(r"^\|(?:(?!paastand).)*\|$", re.MULTILINE)
_UNPLAIN = re.compile(
    r"""[<$\\`~|\t&] | \^(?!\w)
      | ^(?: [ ]{4} | [ ]{0,3}(?:[-=+%]{2} | [:%][ ] | [>] | \[\^[^\]]*\]:(?:[^\S\n]*\S.*\n)*?.*paastand) )""",
    re.VERBOSE | re.MULTILINE,
)


_CONDITION = re.compile(r"\]\{\.content-(?:visible|hidden)\b[^{}]*\}")  # around the text of an edition


@dataclass(frozen=True)
class Mark:
    """A marked claim: its id (or ""), words, attributes, sentence and place.

    `codes` is the inline code inside the words, where the words themselves have «…»; `before` and `after` are
    the source of the sentence on both sides of the mark; `asked` are the numbers that each piece of inline code
    in the sentence prints. `lang` is what the chapter says of its own language, or empty.
    """

    id: str
    words: str
    attributes: tuple[tuple[str, str], ...]
    codes: tuple[str, ...]
    before: str
    after: str
    raw: str
    asked: tuple[tuple[str, ...], ...]
    file: str
    line: int
    lang: str = ""

    def get(self, name: str) -> str:
        """The value of an attribute; empty where it is not given."""
        return dict(self.attributes).get(name, "")

    @property
    def source(self) -> str:
        """The key of the work that the words quote."""
        return self.get("kilde")

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts of an earlier edition that the words quote or test."""
        return tuple(self.get("fakta").split())

    def refusal(self, code: str, what: str, remedy: str) -> NotatError:
        """An error at this place."""
        return NotatError(code, what, file=self.file, line=self.line, remedy=remedy)

    def sentence(self, numbers: Numbers) -> str:
        """The sentence as the reader would see it with these numbers."""
        asked = iter(self.asked)

        def formatted(_: re.Match[str]) -> str:
            found = [numbers[id_] for id_ in next(asked) if id_ in numbers]
            return "–".join(format_quantity(n.quantity.value, n.quantity.unit, n.decimals) for n in found) or "…"

        return plain(CODE.sub(formatted, self.raw))


@dataclass(frozen=True)
class _Span:
    """A span of the class: the position of the class in the text, its id, its other attributes and its words."""

    position: int
    id: str
    pairs: tuple[tuple[str, str], ...]
    words: str
    codes: tuple[str, ...]


def plain(text: str) -> str:
    """Text without the characters of Markdown, on one line."""
    return _SPACES.sub(" ", _MARKUP.sub("", text)).strip()


def marks(source: Source) -> Iterator[Mark]:
    """The claims that a chapter marks, in order. What looks like a mark but is not parsed as one is refused."""
    text = _prose(source)
    if not CLASS.search(text):
        return
    names = names_of(source)
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    blocks = _paragraphs(text)
    spans = _scanned(text)
    for span in _read(source, text, starts) if spans is None else spans:
        opening = _opening(text, span.position)
        with speaking(source.lang):
            start, end = _sentence_around(text, blocks, opening, span.position)
        raw = text[start:end]
        asked = tuple(
            tuple(name for call in calls_in(code, names) if call.function not in WORDS for name in call.known)
            for code in CODE.findall(raw)
        )
        place = source.lines[bisect_right(starts, opening) - 1][0]
        closing = text.find("}", span.position) + 1
        sides = text[start:opening], text[closing:end]
        yield Mark(span.id, span.words, span.pairs, span.codes, *sides, raw, asked, *place, source.lang)


def _prose(source: Source) -> str:
    """The chapter's text, line for line, with empty lines for its code cells."""
    cells = {position for cell in source.cells for position in cell}
    return "\n".join("" if position in cells else line for position, (_, line) in enumerate(source.lines))


def _without_conditions(masked: str) -> str:
    """The text with blanks for what wraps the text of an edition, which is shown here."""
    for match in reversed(list(_CONDITION.finditer(masked))):
        start = _opening(masked, match.end() - 1)
        if masked[start] == "[":
            blank = " " * len(match[0])
            masked = f"{masked[:start]} {masked[start + 1 : match.start()]}{blank}{masked[match.end() :]}"
    return masked


def _scanned(text: str) -> list[_Span] | None:
    """The spans of a text in which all marks are plain; None where Pandoc must decide."""
    masked = CODE.sub(lambda match: _CODE_MARK * len(match[0]), text)
    masked = _without_conditions(_ROW.sub(lambda match: "." * len(match[0]), masked))
    found = []
    for match in _PLAIN.finditer(masked):
        classes = list(CLASS.finditer(_PAIR.sub(lambda pair: " " * len(pair[0]), match["attributes"])))
        pairs, ids = _PAIR.findall(match["attributes"]), _ID.findall(match["attributes"])
        if len(classes) == 1 and len(ids) <= 1 and len(dict(pairs)) == len(pairs):
            written = text[match.start("words") : match.end("words")]
            position = match.start("attributes") + classes[0].start()
            codes = tuple(CODE.findall(written))
            found.append(_Span(position, "".join(ids), tuple(pairs), plain(CODE.sub("…", written)), codes))
    rest = _ATTRIBUTES.sub("", _REFERENCE.sub("", _PLAIN.sub("", masked)))
    if len(found) < len(CLASS.findall(text)) or _UNPLAIN.search(masked) or re.search(r"[\[\]{}]", rest):
        return None
    return None if any(_PLAIN.search(line) for line in _ATTRIBUTES.findall(masked)) else found


def _read(source: Source, text: str, starts: list[int]) -> list[_Span]:
    positions = [match.start() for match in CLASS.finditer(text)]
    letter = next(one for one in string.ascii_lowercase if not re.search(rf"{one}[0-9]{{7}}", text))
    numbered = iter(range(len(positions)))
    try:
        # A name as long as the class: in some tables the column of a word matters.
        blocks = _blocks(CLASS.sub(lambda _: f"{letter}{next(numbered):07}", text))
    except NotatError:
        parse(source, text)  # says the same in bokmål, with its place
        raise
    found, harmless = _spans_and_code(blocks, re.compile(rf"{letter}([0-9]{{7}})"))
    for number, position in enumerate(positions):
        if number in found or number in harmless or not _MEANT.search(text[max(0, position - 80) : position]):
            continue
        file, line = source.lines[bisect_right(starts, position) - 1][0]
        remedy = "Skriv [ord]{.paastand #p-navn} i løpende tekst, uten mellomrom mellom klammene."
        raise NotatError("N0817", "En påstand kan ikke leses.", file=file, line=line, remedy=remedy)
    return [_Span(positions[number], *found[number]) for number in sorted(found)]


@lru_cache(maxsize=64)  # the chapters of a book: `notat check` asks several times for the same
def _blocks(text: str) -> list[Node]:
    blocks: list[Node] = pandoc.read_markdown(text)["blocks"]
    return blocks


def _spans_and_code(
    blocks: list[Node], name: re.Pattern[str]
) -> tuple[dict[int, tuple[str, tuple[tuple[str, str], ...], str, tuple[str, ...]]], set[int]]:
    """Spans by the number of their class, and the numbers inside code and comments."""
    spans, harmless = {}, set[int]()
    for element in pandoc.elements(blocks, "Span"):
        (id_, classes, pairs), inlines = element["c"]
        codes = tuple(code for one in pandoc.elements(inlines, "Code") for code in CODE.findall(f"`{one['c'][1]}`"))
        for match in filter(None, map(name.fullmatch, classes)):
            spans[int(match[1])] = id_, tuple((key, value) for key, value in pairs), _words(inlines), codes
    for element in pandoc.elements(blocks, "Code", "CodeBlock", "RawBlock", "RawInline"):
        code = element["c"][1]
        if element["t"].startswith("Code") or code.lstrip().startswith("<!--"):
            harmless.update(map(int, name.findall(code)))
    return spans, harmless


def _words(inlines: list[Node]) -> str:
    """The words visible in the text itself: without notes and citations, and … for inline code."""

    def visit(node: Node) -> Node | list[Node] | None:
        if node["t"] in ("Note", "Cite"):
            return []
        if node["t"] == "Code" and node["c"][1].startswith("{python}"):
            return {"t": "Str", "c": "…"}
        return None

    return _SPACES.sub(" ", pandoc.plain(pandoc.walk(inlines, visit))).strip()


def _opening(text: str, position: int) -> int:
    """The start of the span whose class is at this position: its bracket, or else the position itself."""
    depth = 0
    start = text.rfind("]{", 0, position)
    for place in range(start, -1, -1) if start >= 0 else ():
        if text[place] in "[]" and text[place - 1 : place] != "\\":
            depth += 1 if text[place] == "]" else -1
            if depth == 0:
                return place
    return position


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of each paragraph or list item, in order."""
    breaks = [(match.start(), match.end()) for match in _BLOCK.finditer(text)]
    return list(zip([0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)], strict=True))


def _sentence_around(text: str, blocks: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Start and end of the sentence, or sentences, around the range, within its heading, paragraph or list item."""
    line = text.rfind("\n", 0, start) + 1
    if heading := _HEADING.match(text, line):
        return heading.span("title")
    first = blocks[bisect_right(blocks, (start, len(text))) - 1][0]
    last = blocks[bisect_right(blocks, (end, len(text))) - 1][1]
    block = text[first:last]
    ends = [(a, b) for a, b in sentences(block) if b > start - first and a <= end - first]
    return (first + ends[0][0], first + ends[-1][1]) if ends else (first, last)
