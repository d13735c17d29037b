"""Text of the data: what is valid, and that its Markdown shows exactly the same characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notat.engine import pandoc
from notat.text import plaintext
from notat.text.errors import NotatError

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](http://x.no/a.png)",
    "{{< include _inn.qmd >}}",
    "`{python} 1`",
    "```{=html}",
    "`<b>`{=html}",
    "::: {.x}",
    "$$x$$ og $y$",
    "\\(x\\) og \\pandocbounded{x} \\",
    '#import "@preview/x:0.1.0": *',
    "#eval(1)",
    "@ssb og [-@ssb; @sec-x]",
    "a|b | c",
    "**fet** _kursiv_ ~~strøket~~ x^2^ H~2~O",
    "&lt;b&gt; &amp; &#60;",
    "[^1] ^[fotnote]",
    "[x]{.tall data-id=y}",
    "# Tittel",
    "1. punkt",
    "- punkt",
    "(@) punkt",
    "| linje",
    "<!-- -->",
    "--- og -- og ... og 'x' og \"y\"",
    "https://x.no <https://x.no> x@y.no",
    "a  b",
    "{ INCLUDETEXT c:\\x }",
]


def shown(markdown):
    blocks = pandoc.read_markdown(markdown)["blocks"]
    kinds = {element["t"] for element in pandoc.elements(blocks)}
    return kinds - {"Para", "Plain", "Str", "Space"}, pandoc.plain(blocks)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_shown_as_the_signs_it_is(text):
    kinds, plain = shown(plaintext.markdown(text))
    assert not kinds
    assert plain == re.sub(" +", " ", text)


# Every document costs a start of Pandoc, so one holds many texts.
_TEXT = st.text(st.sampled_from("ab1 .-+=:()[]{}<>#*_`$@\\|~^!&\"'/;%\u00a0æ"), max_size=12).map(str.strip)


@settings(max_examples=15, deadline=None)
@given(st.lists(_TEXT.filter(bool), min_size=30, max_size=30))
def test_any_signs_are_shown_as_they_are(texts):
    blocks = pandoc.read_markdown("\n\n".join(map(plaintext.markdown, texts)))["blocks"]
    assert [pandoc.plain(block) for block in blocks] == [re.sub(" +", " ", text) for text in texts]
    assert {element["t"] for element in pandoc.elements(blocks)} <= {"Para", "Str", "Space"}


@settings(max_examples=15, deadline=None)
@given(st.lists(_TEXT, min_size=30, max_size=30))
def test_any_signs_are_shown_as_they_are_in_cells_and_attributes(texts):
    rows = "".join(f"| {plaintext.markdown(text)} | x |\n" for text in texts)
    table = pandoc.read_markdown(f"| a | b |\n|---|---|\n{rows}")["blocks"][0]
    cells = [row[1][0][4] for row in table["c"][4][0][3]]
    assert [pandoc.plain(cell) for cell in cells] == [re.sub(" +", " ", text) for text in texts]
    spans = " ".join(f'[x]{{alt="{plaintext.attribute(text)}"}}' for text in texts)
    found = [e for e in pandoc.elements(pandoc.read_markdown(spans)["blocks"]) if e["t"] == "Span"]
    assert [dict(span["c"][0][2])["alt"] for span in found] == texts


def test_only_references_or_known_citations_lead_somewhere():
    text = "Se @sec-a-b. Og @ssb, x@sec-c, [@tbl-d] og @fig-."
    assert plaintext.with_references(text) == r"Se @sec-a-b\. Og \@ssb, x\@sec-c, \[@tbl-d\] og \@fig-."
    assert plaintext.with_citations("Kilde: @ks_heltid, se @tbl-d. x@y *") == r"Kilde: @ks_heltid, se @tbl-d\. x\@y \*"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\x00b", "usynlig tegn (U+0000)"),
        ("a\tb", "usynlig tegn (U+0009)"),
        ("a\x1b[31m", "usynlig tegn (U+001B)"),
        ("a\u202eb", "usynlig tegn (U+202E)"),
        ("a\u2066b", "usynlig tegn (U+2066)"),
        ("a\u200bb", "usynlig tegn (U+200B)"),
        ("a\u00adb", "usynlig tegn (U+00AD)"),
        ("a\ufeffb", "usynlig tegn (U+FEFF)"),
        ("a\U000e0041", "usynlig tegn (U+E0041)"),
        ("a\ufdd0", "usynlig tegn (U+FDD0)"),
        ("a\ue000", "usynlig tegn (U+E000)"),
        ("٣", "siffer fra et annet skriftsystem (U+0663)"),
        ("a０", "siffer fra et annet skriftsystem (U+FF10)"),
        ("\u0301a", "hører til tegnet foran"),
        ("x" * 2001, "har 2001 tegn, og grensen er 2000"),
        ("x" * 10**6, "har 1000000 tegn"),
    ],
)
def test_what_a_reader_would_not_see_is_no_text(text, words):
    assert words in plaintext.problem(text)


@pytest.mark.parametrize(
    "text", ["", "Trøndelag – «15–29 år»", "1\u00a0000", "CO₂ m² €", "En\nmerknad", "x" * 2000, "李"]
)
def test_ordinary_text_passes(text):
    assert plaintext.problem(text) == ""
    assert plaintext.visible(text) == text


def test_an_error_that_quotes_bad_input_is_one_short_visible_line():
    error = NotatError("N0101", "«\x1b[2Ja\u202eb\n\tc" + "x" * 10**6 + "»", file="data/x.csv", remedy="Rett den.")
    assert str(error).startswith("data/x.csv: «[U+001B][2Ja[U+202E]b cxx")
    assert str(error).endswith("xx» Rett den. [N0101]")
    assert len(str(error)) < 800
