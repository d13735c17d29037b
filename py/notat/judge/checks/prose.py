"""The running text of a chapter, as the checks read it: paragraphs without markup, code or box marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from notat.project.source import Place, Source
from notat.text.errors import NotatError

_FENCE = re.compile(r"^(`{3,}|~{3,})")
_SKIP = re.compile(r"^\s*(:::|#{1,6}\s|\||\{\{<|!\[|<!--)")
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+|^\[\^[\w-]+\]:\s*")
_INLINE_CODE = re.compile(r"`\{python\}[^`]*`")
_MARKUP = re.compile(r"\[\^[\w-]+\]|\[@[^\]]*\]|\]\([^)]*\)|\{[^}]*\}|[*_\[\]]")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")  # before a character that Markdown then prints
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")

_NAMED = re.compile(r"(?<![\w@])@[\w-]+")
# Replaces a figure, chapter or work that the sentence names, so that the sentence still begins there.
REFERENCE = "\ue001"
# Replaces inline code, so that a sentence keeps its structure without its numbers.
NUMBER = "\ue000"


@dataclass(frozen=True, order=True)
class Finding:
    """Something to fix: the code of its kind, file, line, what is wrong, and what to do. Sorted by place."""

    code: str = field(compare=False)
    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        return str(self.error)

    @property
    def error(self) -> NotatError:
        """The finding as what stops a command."""
        return NotatError(self.code, self.problem, file=self.file or None, line=self.line, remedy=self.remedy)

    @staticmethod
    def of(error: NotatError) -> Finding:
        """The finding that a refusal is; one of no file, or of a file as a whole, comes first."""
        return Finding(error.code, error.file or "", error.line or 0, error.problem, error.remedy)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or list item: its text lines with their places; numbers from data are `NUMBER`.

    `raw` are the same lines as the author wrote them.
    """

    lines: tuple[tuple[Place, str], ...]
    is_item: bool
    raw: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The lines as one text."""
        return " ".join(line for _, line in self.lines)

    @cached_property
    def words(self) -> list[str]:
        """The words, a number from data counting as one."""
        return _WORD.findall(self.text.replace(NUMBER, "0"))


def paragraphs(source: Source) -> Iterator[Paragraph]:
    """Paragraphs and list items of a chapter, in order; headings, tables and code are not prose."""
    gathered: list[tuple[Place, str]] = []
    raw: list[str] = []
    fence, is_item = "", False
    for place, line in source.lines:
        mark = _FENCE.match(line.strip())
        if fence or mark:
            fence = "" if fence and line.strip().startswith(fence) else fence or (mark[1] if mark else "")
            continue
        starts_item = _LIST_MARK.match(line) is not None
        if (not line.strip() or _SKIP.match(line) or starts_item) and gathered:
            yield Paragraph(tuple(gathered), is_item, tuple(raw))
            gathered, raw = [], []
        if not gathered:
            is_item = starts_item
        if line.strip() and not _SKIP.match(line):
            gathered.append((place, clean(line)))
            raw.append(line)
    if gathered:
        yield Paragraph(tuple(gathered), is_item, tuple(raw))


def clean(line: str) -> str:
    """The line without list mark and markup, with `NUMBER` where it has inline code and `REFERENCE` for a name."""
    text = _ESCAPE.sub("", _MARKUP.sub("", _INLINE_CODE.sub(NUMBER, _LIST_MARK.sub("", line))))
    return _NAMED.sub(REFERENCE, text).strip()
