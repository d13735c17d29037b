"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from notat.judge.uu.docx.document import Document

# Where something is wrong, and what is wrong and how to fix it; both in bokmål.
Found = tuple[str, str]


@dataclass(frozen=True)
class Rule:
    """A rule: its name, the success criteria it tests (none for advice), and the function that finds breaches."""

    name: str
    criteria: tuple[str, ...]
    find: Callable[[Document], Iterator[Found]]
