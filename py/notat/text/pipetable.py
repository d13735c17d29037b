"""Pipe tables: one of plain text written as Markdown, and the rows of those in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from notat.text.plaintext import markdown

# Pandoc reads relative widths from the dashes only when some line is wider than its 72 columns.
_WIDE = 80
_RULE = re.compile(r"[ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?")
_FENCE = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})")
# Where a bar is no border of a cell: escaped, in code, in a formula or in HTML.
_HELD = re.compile(r"\\.|(?P<ticks>`+).*?(?P=ticks)|\$[^$|]+(?:\|[^$|]*)*\$|</?[A-Za-z][^<>]*>")


def pipe_table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    align: str,
    widths: Sequence[int] = (),
    escape: Callable[[str], str] = markdown,
) -> str:
    """A pipe table that shows exactly these texts.

    `align` has a letter for each column, `l` or `r`. The dashes of the second line encode alignment and relative width:
    by default that of the longest cell.
    """
    widths = widths or [max(1, *(len(row[place]) for row in (head, *rows))) for place in range(len(align))]
    scale = max(1, -(-_WIDE // sum(widths)))
    rule = "|".join(
        "-" * (width * scale) + ":" if side == "r" else ":" + "-" * (width * scale)
        for width, side in zip(widths, align, strict=True)
    )
    lines = [f"| {' | '.join(map(escape, cells))} |" for cells in (head, *rows)]
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]])


def rows(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The rows of the pipe tables in lines of Markdown: the place of each, the rule above it, and the row."""
    fence = rule = ""
    for place, line in enumerate(lines):
        found = _FENCE.match(line)
        if found and (not fence or found["fence"].startswith(fence)):
            fence = "" if fence else found["fence"]
        if fence or not line.strip("> \t"):
            rule = ""
        elif rule:
            yield place, rule, line
        elif place and "|" in lines[place - 1] and _RULE.fullmatch(line):
            rule = line


def fields(row: str) -> list[str]:
    """The fields of a row, or of a rule, as Pandoc cuts it."""
    held = _HELD.sub(lambda match: "x" * len(match[0]), row)
    borders = [-1, *(place for place, sign in enumerate(held) if sign == "|"), len(row)]
    found = [row[start + 1 : end].strip() for start, end in pairwise(borders)]
    return found[not found[0].strip("> ") : len(found) - (not found[-1])]


def escaped(markdown: str) -> str:
    """The Markdown with the bars escaped that stand within a cell of a table whose borders are above each other.

    So pandas writes a table, and escapes nothing: what is after such a bar would be lost.
    """
    lines = markdown.split("\n")
    for place, rule, row in rows(lines):
        borders = {at for at, sign in enumerate(rule) if sign == "|"}
        within = {at for at, sign in enumerate(row) if sign == "|" and row[at - 1 : at] != "\\"} - borders
        if within and len(row) == len(rule) and all(row[at] == "|" for at in borders):
            lines[place] = "".join("\\|" if at in within else sign for at, sign in enumerate(row))
    return "\n".join(lines)
