"""What of a chapter is in the edition: text for another profile goes before anything is read of it.

So its code is not run, its numbers are not in the appendix and its claims are not tested. A block or a span goes here
when its condition on the profile alone decides that it is hidden; the engine settles the rest in Pandoc's tree.
"""

from __future__ import annotations

import re
from pathlib import Path

from notat.text import profiles

Place = tuple[str, int]
Line = tuple[Place, str]
_CONDITION = re.compile(r"\b(?P<how>when|unless)-profile=(?P<quote>[\"']?)(?P<name>[^\"'\s}]*)(?P=quote)")
_KIND = re.compile(r"(?:\.|^|[\s{\"'])content-(?P<kind>visible|hidden)\b")
_OTHER = re.compile(r"\b(?:when|unless)-(?:format|meta)=")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})(?P<rest>[^`]*)$")
_DIV = re.compile(r" {0,3}:{3,}\s*(?P<attributes>.*?)\s*:*\s*$")
_SPAN = re.compile(r"\]\{(?P<attributes>[^{}]*)\}")


def in_edition(lines: list[Line], root: Path) -> list[Line]:
    """The lines of a chapter of the project at `root`, with those empty or left out that the profiles in use hide."""
    if not any("-profile=" in line for _, line in lines):
        return lines
    setup = profiles.read(root)
    found: list[Line] = []
    fence, depth, hidden_at = "", 0, 0  # how many blocks are open, and which of them is the hidden one
    for position, (place, line) in enumerate(lines):
        match = _FENCE.match(line)
        if match and not fence:
            fence = match["fence"]
        elif match and match["fence"].startswith(fence) and not match["rest"].strip():
            fence = ""
        elif not fence and (div := _DIV.match(line)):
            depth += 1 if div["attributes"] else -1 if depth else 0
            if div["attributes"] and not hidden_at and _is_hidden(div["attributes"], setup, place):
                hidden_at = depth
            elif depth < hidden_at:
                hidden_at = 0
                found.append((place, ""))
                continue
        elif not fence and not hidden_at and "-profile=" in line:
            shown = _without_spans(line, setup, place)
            beside = found[-1:] + lines[position + 1 : position + 2]
            within = len(beside) == 2 and all(text.strip() for _, text in beside)
            if shown.strip() or not within:  # an empty line would end the paragraph
                found.append((place, shown))
            continue
        found.append((place, "" if hidden_at else line))
    return found


def _is_hidden(attributes: str, setup: profiles.Setup, place: Place) -> bool:
    """Whether the conditions on the profile decide that an element with these attributes is not shown."""
    kind, conditions = _KIND.search(attributes), list(_CONDITION.finditer(attributes))
    if kind is None or not conditions:
        return False
    for condition in conditions:
        if setup.known and condition["name"] not in setup.known:
            raise profiles.unknown(condition["name"], setup.known).at(*place)
    true = all((one["name"] in setup.names) == (one["how"] == "when") for one in conditions)
    return not true if kind["kind"] == "visible" else true and not _OTHER.search(attributes)


def _without_spans(line: str, setup: profiles.Setup, place: Place) -> str:
    """The line without the hidden ones of its spans, each from bracket to bracket."""
    for match in reversed(list(_SPAN.finditer(line))):
        if not _is_hidden(match["attributes"], setup, place):
            continue
        depth = 0
        for at in range(match.start(), -1, -1):
            depth += {"]": 1, "[": -1}.get(line[at], 0)
            if not depth:
                line = line[:at] + line[match.end() :]
                break
    return line
