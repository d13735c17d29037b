"""LIX, the readability index of Scandinavian plain-language work (Björnsson 1968)."""

from __future__ import annotations

from collections.abc import Iterator

from notat.judge.checks.prose import Finding, Paragraph
from notat.norsk.sentences import sentences
from notat.project.source import Source

LIMIT = 45
LEAST = 40  # below it, running text is so chopped up that reasons and conditions are lost
_LEAST_WORDS = 500  # a shorter chapter is mostly instructions
_LONG = 7  # letters or more


def lix(paragraphs: list[Paragraph]) -> float:
    """Words per sentence plus the percentage of words of more than six letters; 0 for no text."""
    words = [word for paragraph in paragraphs for word in paragraph.words]
    if not words:
        return 0
    # The end of a list item or paragraph ends a sentence too, and so does a colon, by Björnsson's definition.
    count = sum(max(1, len(sentences(paragraph.text, colons=True))) for paragraph in paragraphs)
    return len(words) / count + 100 * sum(len(word) >= _LONG for word in words) / len(words)


def remark(paragraphs: list[Paragraph]) -> str:
    """How a chapter reads, in bokmål: LIX, words a sentence, and whether long text is easier than official prose is."""
    words = sum(len(paragraph.words) for paragraph in paragraphs)
    if not words:
        return "ingen løpende tekst"
    value = lix(paragraphs)
    whole = sum(max(1, len(sentences(paragraph.text))) for paragraph in paragraphs)
    easy = f" – under {LEAST}: Se etter setninger som er hakket opp." if _is_chopped(value, words) else ""
    return f"{words} ord, LIX {value:.0f}, {words / whole:.0f} ord i setningen{easy}"


def _is_chopped(value: float, words: int) -> bool:
    return words >= _LEAST_WORDS and round(value) < LEAST


def readability(source: Source, paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """A finding when the chapter is harder to read than `LIMIT`."""
    value = lix(paragraphs)
    if value > LIMIT:
        longest = max(paragraphs, key=lambda paragraph: lix([paragraph]) if len(paragraph.words) > 20 else 0)
        file, line = longest.lines[0][0]
        problem = f"Kapittelet har LIX {value:.0f}, over {LIMIT}."
        remedy = f"Del opp setninger og bytt ut lange ord; begynn i {file}:{line}."
        yield Finding("N1048", source.file, line if file == source.file else 1, problem, remedy)
