"""Where in the sources a text of the outputs was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from notat.judge.checks.prose import clean
from notat.project.source import Place, Source
from notat.show import charts, tables

_HEADING = re.compile(r"^#{1,6}\s+(?P<title>.*?)\s*(?:\{[^}]*\})?\s*$")
_NUMBER = re.compile(r"^(?:[A-Z0-9]+(?:\.\d+)*)\s+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_CONDITION = re.compile(r"\.?content-(?:visible|hidden)\b.*(?:when|unless)-format")
_CONDITIONAL_SPAN = re.compile(rf"\[([^\[\]]*)\]\{{(?=[^{{}}]*{_CONDITION.pattern})[^{{}}]*\}}")
_DIV = re.compile(r"\s*:{3,}(?P<class>.*)")
_AROUND = 70  # characters on each side of a number that identify its sentence


@dataclass(frozen=True)
class Conditional:
    """The letters and digits of content that only some formats show, and whether some of it is generated."""

    key: str
    generated: bool

    def explains(self, text: str) -> bool:
        """Whether a text may be part of it."""
        return re.sub(r"[\W_]+", "", text) in self.key or (self.generated and any(map(str.isdigit, text)))


class Places:
    """The lines of all chapters, to be searched."""

    def __init__(self, chapters: Sequence[Source]):
        self._chapters = chapters

    def of_section(self, chapter: str, section: str) -> Place:
        """The heading of a section; the chapter's first line when it was made by a function."""
        file, lines = self._lines.get(bare(chapter), ("", []))
        for place, line in lines:
            match = _HEADING.match(line)
            if match and bare(clean(match["title"])) == bare(section):
                return place
        return (file, 1) if file else (self._chapters[0].file, 1)

    def of_text(self, chapter: str, text: str, start: int, end: int) -> Place:
        """The line that shares most words with the surroundings of `text[start:end]`."""
        wanted = set(_words(text[max(0, start - _AROUND) : end + _AROUND]))
        file, lines = self._lines.get(bare(chapter), ("", []))
        if not lines:
            lines = [entry for _, entries in self._lines.values() for entry in entries]
        scored = [(len(wanted & set(_words(clean(line)))), -i) for i, (_, line) in enumerate(lines)]
        score, position = max(scored, default=(0, 0))
        return lines[-position][0] if score else (file or self._chapters[0].file, 1)

    def conditional(self, chapter: str, section: str) -> Conditional:
        """What only some formats show of a section, or of all footnotes, which have none."""
        everywhere = [entry for _, entries in self._lines.values() for entry in entries]
        lines = self._lines.get(bare(chapter), ("", []))[1] if chapter else everywhere
        here, depth = not chapter, 0
        found: list[str] = []
        for _, line in lines:
            if chapter and not depth and (heading := _HEADING.match(line)):
                here = bare(clean(heading["title"])) == bare(section)
            if here and not depth:
                found += _CONDITIONAL_SPAN.findall(line)
            opening = _DIV.match(line)
            if depth and not opening and here:
                found.append(line)
            if opening and (depth or _CONDITION.search(line)):
                depth += 1 if opening["class"].strip(" :") else -1
        text = " ".join(found)
        return Conditional(re.sub(r"[\W_]+", "", text), "`{python}" in text or "@" in text)

    def of_float(self, float_id: str) -> Place | None:
        """The function that makes a figure or table."""
        kind, _, name = float_id.partition("-")
        return charts.place(name) if kind == "fig" else tables.place(name)

    @cached_property
    def _lines(self) -> dict[str, tuple[str, list[tuple[Place, str]]]]:
        titled: dict[str, tuple[str, list[tuple[Place, str]]]] = {}
        for source in self._chapters:
            in_cells = {position for cell in source.cells for position in cell}
            text = [line for position, (_, line) in enumerate(source.lines) if position not in in_cells]
            found = [match for line in text if (match := _HEADING.match(line))]
            titles = [match["title"] for match in found[:1] + [m for m in found[1:] if m[0].startswith("# ")]]
            for title in titles or [source.file]:
                titled.setdefault(bare(clean(title)), (source.file, source.lines))
        return titled


def bare(title: str) -> str:
    """A title without number, spaces and punctuation, to recognise it in any format."""
    return re.sub(r"[\W_]+", "", _NUMBER.sub("", title)).lower()


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
