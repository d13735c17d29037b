"""English that no program can tell from Norwegian: works without their language, and words in the text without a mark.

Read aloud by a Norwegian voice they are gibberish (WCAG 3.1.2). `notat.norsk.english` says what is recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notat.judge.checks.prose import Finding, Paragraph, clean
from notat.norsk.english import english_in, is_english
from notat.norsk.language import current
from notat.project.project import Project
from notat.project.source import Place, Source

_MARKED = re.compile(r"`[^`]*`|\[(?:[^\[\]]|\[[^\[\]]*\])*\]\{[^{}]*\blang=[^{}]*\}")
_FENCE = re.compile(r"\s*:{3,}\s*(?P<attributes>.*)")
_ENGLISH = re.compile(r"english|american|british|ukenglish|usenglish|en(?:-\w+)?", re.IGNORECASE)


def foreign_works(project: Project) -> Iterator[Finding]:
    """Works with an English title that are said to be in another language, or in none."""
    for key, work in project.works.items():
        title = work.get("title", "").replace("{", "").replace("}", "")
        stated = work.get("langid") or work.get("language") or ""
        if is_english(title) and not _ENGLISH.fullmatch(stated.strip()):
            place, line = project.place_of_work(key)
            said = f"oppført med språket «{stated}»" if stated else "oppført uten språk"
            remedy = "Skriv langid = {english}."
            yield Finding("N1080", place, line, f"Verket {key} har engelsk tittel, men er {said}.", remedy)


def foreign_words(source: Source, paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """English phrases in the text of a chapter that no mark gives a language; none where the text is English."""
    if current().code == "en":
        return
    marked = set(_marked_lines(source))
    for paragraph in paragraphs:
        for ((file, line), _), raw in zip(paragraph.lines, paragraph.raw, strict=True):
            if (file, line) in marked:
                continue
            text = clean(_MARKED.sub("", raw))
            for start, end in english_in(text):
                words = text[start:end]
                yield Finding("N1081", file, line, f"«{words}» er engelsk uten merke.", f"Skriv [{words}]{{lang=en}}.")


def _marked_lines(source: Source) -> Iterator[Place]:
    """The lines of blocks that have a language of their own."""
    opened: list[bool] = []
    for place, line in source.lines:
        if fence := _FENCE.fullmatch(line):
            if fence["attributes"]:
                opened.append("lang=" in fence["attributes"])
            elif opened:
                opened.pop()
        if any(opened):
            yield place
