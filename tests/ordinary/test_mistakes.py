"""Markdown that would be printed as text, and what no format can print: refused with file and line, all together."""

from __future__ import annotations

import pytest

from notat.text.errors import NotatError


def test_the_refusals_of_a_book_come_together(try_chapter, note):
    text = "# Prøve\n\nTekst.\n## Metode\n\n::: {.boks}\nx\n:::\n\nSe $5 til og 6$.\n"
    with pytest.raises(NotatError) as caught:
        try_chapter(text, {"chapters/annet.qmd": "# Annet\n\nStatus ✅.\n"})
    places = {str(error).split(": ")[0] for error in caught.value.apart()}
    assert places == {"chapters/annet.qmd:3", "chapters/prove.qmd:4", "chapters/prove.qmd:10"}
    assert not (note / "_output").exists()


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("Status 🟢.", 3, "🟢 (U+1F7E2)"),
        ("::: {.rutte}\nx\n:::", 3, "Den har ingen stil i notatet"),
        ("Tekst.\n\n---\ntitle: x\n---\n", 5, "står ikke øverst"),
        ("[a]\n\n[a]: https://a.no\n[a]: https://b.no\n", 6, "Adressen [a]: er skrevet to ganger"),
        ('Ordet `{python} "x"`{.y} her.\n\n```{python}\n```\n', 3, "krøllparentes"),
    ],
)
def test_what_cannot_be_meant_is_told_where_it_is(try_chapter, refused, body, line, words):
    with refused("chapters/prove.qmd", line, words):
        try_chapter(f"# Prøve\n\n{body}\n")


def test_a_list_that_is_text_is_found_where_it_begins_whatever_its_first_word_is(refusal):
    error = refusal(
        "En strek - for eksempel denne.\n\nKommandoene er disse:\n- `cd` bytter mappe\n- `dir` viser filene"
    )
    assert (error.code, error.line) == ("N0744", 6)
