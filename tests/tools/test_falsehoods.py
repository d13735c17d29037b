"""Falsehoods are put where the words stand, whatever the markup in and between them."""

from __future__ import annotations

import pytest

from tools.falsehoods import Edit, MisplacedError, spliced, splices

CHAPTER = """\
# Arbeid {#sec-arbeid}

```{python}
tall("aldri sett")
```

**[Flere]{.paastand #p-a}
jobber.** I 4. kvartal [økte *antallet*]{.paastand #p-b fakta="a"} med `{python} tall("a")` til `{python} tall("b")`
[@ssb].
Også @fig-a viser at [det er mer
enn `{python} tall("c")` personer]{.paastand}.[^1]

- Første punkt økte. Andre punkt falt.

[^1]: Antallet er avrundet.
"""


def edited(kind, sentence, old, new):
    changes = splices(CHAPTER, Edit("sett.csv:2", kind, "a.qmd", sentence, old, new))
    before, after = CHAPTER.split("\n"), spliced(CHAPTER, changes).split("\n")
    assert len(before) == len(after)
    return "\n".join(line for line, was in zip(after, before, strict=True) if line != was)


@pytest.mark.parametrize(
    ("sentence", "old", "new", "expected"),
    [
        ("jobber.", "Flere jobber", "Færre jobber", "**[Færre]{.paastand #p-a}"),
        ("4. kvartal", "økte antallet", "falt antallet", "[falt *antallet*]"),
        ("4. kvartal", "økte antallet", "sank tallet", "[sank *tallet*]"),
        ("antallet med …", "kvartal økte", "kvartal ikke økte", "kvartal ikke [økte"),
        ("antallet med …", "økte", "har ikke økt", "[har ikke økt *antallet*]"),
        ("antallet med …", "økte antallet", "antallet", "kvartal[ *antallet*]"),
        ("personer", "mer enn … personer", "mer enn … kroner", '`{python} tall("c")` kroner]'),
        ("mer enn", "er mer enn", "er dobbelt så mye som", "[det er dobbelt så mye som\n `{python}"),
        ("Også … viser", "viser", "skjuler", "Også @fig-a skjuler at"),
        ("punkt falt", "punkt", "ledd", "Andre ledd falt."),
        ("Antallet er avrundet", "avrundet", "nøyaktig", "[^1]: Antallet er nøyaktig."),
        ("Arbeid", "Arbeid", "Fritid", "# Fritid {#sec-arbeid}"),
    ],
)
def test_words_are_replaced_where_they_stand(sentence, old, new, expected):
    assert expected in edited("trend", sentence, old, new)


def test_names_of_numbers_change_places():
    assert '`{python} tall("b")` til `{python} tall("a")`' in edited("id", "kvartal", "a", "b")


def test_the_key_of_a_citation_is_exchanged():
    assert "[@nav]." in edited("kilde", "kvartal", "ssb", "nav")


@pytest.mark.parametrize(
    ("kind", "sentence", "old", "new", "words"),
    [
        ("trend", "aldri sett", "aldri", "alltid", "sentence found 0 times"),
        ("trend", "økte", "økte", "falt", "sentence found 2 times"),
        ("trend", "Første", "falt", "steg", "old found 0 times"),
        ("trend", "kvartal", "…", "fire", "old found 2 times"),
        ("trend", "mer enn", "enn … personer", "enn ti personer", "a number is among the words that change"),
        ("id", "kvartal", "a", "c", "c found 0 times"),
        ("kilde", "Første", "ssb", "nav", "key found 0 times"),
    ],
)
def test_an_edit_without_its_one_place_is_refused_by_row(kind, sentence, old, new, words):
    with pytest.raises(MisplacedError, match=f"^sett.csv:2: {kind}, a.qmd: .*{words}"):
        edited(kind, sentence, old, new)
