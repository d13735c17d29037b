"""English without a mark is found, in the bibliography and in the text; what is marked is not."""

from __future__ import annotations

import pytest

from notat.judge.checks.foreign import foreign_words, foreign_works
from notat.judge.checks.prose import paragraphs
from notat.project.project import Project

TEXT = """\
# Arbeid {#sec-arbeid}

Dette er twin transitions.
Andre linje er [twin transitions]{lang=en} og `twin transitions`.

- «A sense of place» er et uttrykk.

::: {lang=en}
The twin transitions of Europe.

::: {.boks}
Twin transitions.
:::
:::

Siste er en green deal.
"""


def test_words_in_the_text_are_found_with_their_lines(note):
    (note / "chapters/arbeid.qmd").write_text(TEXT, encoding="utf-8")
    (source,) = [source for source in Project(note).chapters if source.file == "chapters/arbeid.qmd"]
    found = [(one.code, one.line, one.remedy) for one in foreign_words(source, list(paragraphs(source)))]
    assert found == [
        ("N1081", 3, "Skriv [twin transitions]{lang=en}."),
        ("N1081", 6, "Skriv [A sense of place]{lang=en}."),
        ("N1081", 16, "Skriv [green deal]{lang=en}."),
    ]


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ("title={The Future of {Work}}", [2]),
        ("title={The Future of {Work}}, langid={norsk}", [2]),
        ("title={The Future of {Work}}, langid={english}", []),
        ("title={The Future of {Work}}, language={en-GB}", []),
        ("title={Framtidas arbeid}", []),
    ],
)
def test_works_are_found_when_they_do_not_say_that_they_are_english(note, fields, lines):
    works = f"@misc{{ssb, title={{Sysselsetting}}, langid={{norsk}}}}\n@misc{{oecd, {fields}}}\n"
    (note / "references.bib").write_text(works, encoding="utf-8")
    assert [(one.code, one.line) for one in foreign_works(Project(note))] == [("N1080", line) for line in lines]
