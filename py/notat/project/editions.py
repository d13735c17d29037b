"""What of a chapter is in the edition: text for another profile goes before anything is read of it.

So its code is not run, its numbers are not in the appendix and its claims are not tested. A block or a span goes here
when its condition on the profile alone decides that it is hidden; the engine settles the rest in Pandoc's tree. Text
that stands where the data are so, and not here, goes likewise (`notat.project.holding`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from notat.project.holding import CLASS, condition_of
from notat.text import profiles
from notat.text.errors import NotatError

Place = tuple[str, int]
Holds = Callable[[str], bool]  # whether a condition on data is true
Line = tuple[Place, str]
_CONDITION = re.compile(r"\b(?P<how>when|unless)-profile=(?P<quote>[\"']?)(?P<name>[^\"'\s}]*)(?P=quote)")
_KIND = re.compile(r"(?:\.|^|[\s{\"'])content-(?P<kind>visible|hidden)\b")
_MAY_HIDE = re.compile(rf"-profile=|\.{CLASS}\b")
_OTHER = re.compile(r"\b(?:when|unless)-(?:format|meta)=")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})(?P<rest>[^`]*)$")
_DIV = re.compile(r" {0,3}:{3,}\s*(?P<attributes>.*?)\s*:*\s*$")
_SPAN = re.compile(r"\]\{(?P<attributes>[^{}]*)\}")
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")  # which only shows what it looks like


def has_conditions(lines: list[Line]) -> bool:
    """Whether any of the lines may have a condition on data."""
    return any(f".{CLASS}" in line for _, line in lines)


def in_edition(lines: list[Line], root: Path, holds: Holds | None = None) -> list[Line]:
    """The lines of a chapter of the project at `root`, with those empty or left out that the profiles in use hide.

    So are those whose condition on data does not hold; without `holds` they are as they are written.
    """
    if not any("-profile=" in line for _, line in lines) and (holds is None or not has_conditions(lines)):
        return lines
    hides = _Hides(root, holds)
    found: list[Line] = []
    fence, blocks = "", _Blocks(hides)
    for position, (place, line) in enumerate(lines):
        match = _FENCE.match(line)
        if match and not fence:
            fence = match["fence"]
        elif match and match["fence"].startswith(fence) and not match["rest"].strip():
            fence = ""
        elif not fence and (div := _DIV.match(line)):
            found.append((place, blocks.read(line, div["attributes"], place)))
            continue
        elif not fence and not blocks.hidden_at and _MAY_HIDE.search(line):
            shown = _without_spans(line, hides, place)
            beside = found[-1:] + lines[position + 1 : position + 2]
            within = len(beside) == 2 and all(text.strip() for _, text in beside)
            if shown.strip() or not within:  # an empty line would end the paragraph
                found.append((place, shown))
            continue
        found.append((place, "" if blocks.hidden_at else line))
    return found


class _Blocks:
    """The blocks that are open; `hidden_at` is how many those are that the hidden one is within, with it, or 0."""

    def __init__(self, hides: _Hides):
        self._hides, self._depth, self.hidden_at = hides, 0, 0
        self._held = set[int]()  # those whose condition on data holds: they are as if they were not there

    def read(self, line: str, attributes: str, place: Place) -> str:
        """A line that opens a block with these attributes, or closes the innermost; empty where it is not there."""
        if not attributes:
            return self._closed(line)
        self._depth += 1
        if self.hidden_at:
            return ""
        if self._hides(attributes, place):
            self.hidden_at = self._depth
            return ""
        if self._hides.by_data(attributes):
            self._held.add(self._depth)
            return ""
        return line

    def _closed(self, line: str) -> str:
        closed, self._depth = self._depth, max(self._depth - 1, 0)
        hidden, ends = bool(self.hidden_at), self._depth < self.hidden_at or closed in self._held
        self._held.discard(closed)
        if self._depth < self.hidden_at:
            self.hidden_at = 0
        return "" if hidden or ends else line


class _Hides:
    """Whether an element with these attributes is not shown."""

    def __init__(self, root: Path, holds: Holds | None):
        self._root, self._holds = root, holds

    @cached_property
    def _setup(self) -> profiles.Setup:
        return profiles.read(self._root)

    def __call__(self, attributes: str, place: Place) -> bool:
        if self.by_data(attributes) and self._holds:
            try:
                return not self._holds(condition_of(attributes) or "")
            except NotatError as error:
                raise error.at(*place) from None
        return self._is_hidden(attributes, place)

    def by_data(self, attributes: str) -> bool:
        """Whether the data decide it."""
        return self._holds is not None and condition_of(attributes) is not None

    def _is_hidden(self, attributes: str, place: Place) -> bool:
        """Whether the conditions on the profile decide that an element with these attributes is not shown."""
        kind, conditions = _KIND.search(attributes), list(_CONDITION.finditer(attributes))
        if kind is None or not conditions:
            return False
        setup = self._setup
        for condition in conditions:
            if setup.known and condition["name"] not in setup.known:
                raise profiles.unknown(condition["name"], setup.known).at(*place)
        true = all((one["name"] in setup.names) == (one["how"] == "when") for one in conditions)
        return not true if kind["kind"] == "visible" else true and not _OTHER.search(attributes)


def _without_spans(line: str, hides: _Hides, place: Place) -> str:
    """The line without the hidden ones of its spans, each from bracket to bracket, and without what held the others."""
    shown = [range(*match.span()) for match in _CODE.finditer(line)]
    hidden_at, cuts = len(line), list[tuple[int, int]]()
    for match in reversed(list(_SPAN.finditer(line))):  # so that a span is asked before those within it
        if match.start() > hidden_at or any(match.start() in code for code in shown):
            continue
        hidden = hides(match["attributes"], place)
        if not hidden and not hides.by_data(match["attributes"]):
            continue
        depth = 0
        for at in range(match.start(), -1, -1):
            depth += {"]": 1, "[": -1}.get(line[at], 0)
            if not depth:
                cuts += [(at, match.end())] if hidden else [(at, at + 1), match.span()]
                hidden_at = at if hidden else hidden_at
                break
    for start, end in sorted(cuts, reverse=True):
        line = line[:start] + line[end:]
    return line
