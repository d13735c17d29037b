"""LIX, the readability index of Scandinavian plain-language work (Björnsson 1968)."""

from __future__ import annotations

from collections.abc import Iterator

from notat.judge.checks.prose import Finding, Paragraph
from notat.norsk.sentences import sentences
from notat.project.source import Source

LIMIT = 45
_LONG = 7  # letters or more


def lix(paragraphs: list[Paragraph]) -> float:
    """Words per sentence plus the percentage of words of more than six letters; 0 for no text."""
    words = [word for paragraph in paragraphs for word in paragraph.words]
    if not words:
        return 0
    # The end of a list item or paragraph ends a sentence too, and so does a colon, by Björnsson's definition.
    count = sum(max(1, len(sentences(paragraph.text, colons=True))) for paragraph in paragraphs)
    return len(words) / count + 100 * sum(len(word) >= _LONG for word in words) / len(words)


def readability(source: Source, paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """A finding when the chapter is harder to read than `LIMIT`."""
    value = lix(paragraphs)
    if value > LIMIT:
        longest = max(paragraphs, key=lambda paragraph: lix([paragraph]) if len(paragraph.words) > 20 else 0)
        file, line = longest.lines[0][0]
        yield Finding(
            "N1048",
            source.file,
            line if file == source.file else 1,
            f"Kapittelet har LIX {value:.0f}, over {LIMIT}.",
            f"Del opp setninger og bytt ut lange ord; begynn i {file}:{line}.",
        )
