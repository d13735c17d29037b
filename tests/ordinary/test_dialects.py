"""What authors bring from public Quarto books, and from other dialects of Markdown that Pandoc prints as text."""

from __future__ import annotations

import pytest

from notat.project import stray
from notat.readback.blocks import BOX, CAPTION, CELL, FORMATS, HEADING, NOTE, PARAGRAPH

DIALECTS = {
    "> [!NOTE]\n> Husk.": "::: {.callout-note}",
    "!!! warning\n    Pass på.": "::: {.callout-note}",
    ".. note::\n\n   Husk.": "::: {.callout-note}",
    ":::{note}\nHusk.\n:::": "::: {.callout-note}",
    "[TOC]": "Innholdet lages av seg selv",
    "Se [[Arbeid]] nå.": "[tekst](fil.qmd)",
    "![[kart.png|300]]": "![det bildet viser](fil.png)",
    "Et ==viktig ord== her.": "[ord]{.mark}",
    "Se {ref}`sec-arbeid` nå.": "@sec-navn",
    "Se :ref:`arbeid` nå.": "@sec-navn",
    "Se figur \\@ref(fig:kart).": "@fig-navn",
    "{: .viktig}": "{.klasse}",
    "Formelen \\(a = b\\) er kort.": "$…$",
    "\\[\na = b\n\\]": "$$…$$",
    "Hei, {{ navn }}.": "{{< meta nøkkel >}}",
    "Ferdig :tada: nå.": "med ord",
}


def test_the_dialects_of_others_are_told_where_they_are_with_what_is_written_instead(refusal):
    error = refusal("\n\n".join(DIALECTS))
    starts = [3 + sum(text.count("\n") + 2 for text in list(DIALECTS)[:at]) for at in range(len(DIALECTS))]
    told = [(one.line, one.code, one.remedy) for one in error.apart()]
    assert [line for line, *_ in told] == starts
    assert {code for _, code, _ in told} == {"N0550"}
    for (line, _, remedy), words in zip(told, DIALECTS.values(), strict=True):
        assert words in remedy, line


def test_what_only_looks_like_a_dialect_is_text(outputs):
    case = outputs.case("skikker")
    [text] = [text for text in case.texts(PARAGRAPH) if text.startswith("Lovlig")]
    assert text == "Lovlig: a == b, [[x]], {ref}, {{ x }}, [sic], [1], og kap:del:sak."


@pytest.mark.parametrize(
    "text",
    [
        'årene[ før krigen]{.content-visible when-format="html"}, sa hun',
        "se[ kartet](https://eksempel.no/kart) her",
        "de [nye ]{.smallcaps}husene",
        "de [nye ](https://eksempel.no/nye)husene",
    ],
)
def test_a_space_at_the_edge_of_brackets_is_lost_and_so_refused(refusal, text):
    error = refusal(text)
    assert (error.code, error.line) == ("N0551", 3)
    assert text[text.index("[") : text.index("]") + 1] in error.problem


def test_spaces_that_pandoc_keeps_are_not_refused():
    for text in (
        "årene [før krigen]{.x} sa",
        "år[, og i 2026]{.x}",
        "a [ x]{.x} b",
        "`a[ b]{.x}`",
        "t[`0` x]{.x}",
        "a[ b]",
    ):
        assert stray.lost_space(text) is None, text


def test_a_fence_of_myst_is_refused_with_what_is_written_instead(refusal):
    assert "«::: {.callout-tip}»" in refusal("```{tip} Husk\nTekst.\n```").remedy
    assert "{#fig-navn}" in refusal("```{figure} kart.png\nKart\n```").remedy


def test_a_reference_to_a_box_without_a_number_says_how_it_gets_one(refusal):
    error = refusal("::: {#note-a .callout-note}\nTekst.\n:::\n\nSe @note-a.")
    assert (error.code, error.line) == ("N0714", 7)
    assert "nte-" in error.remedy


def test_a_cell_may_use_the_names_of_functions_that_it_does_not_import(outputs):
    case = outputs.case("skikker")
    assert case.texts(HEADING)[1:3] == [f"{case.number}.1 Om Bodø", f"{case.number}.2 Om Narvik"]
    assert "Teksten om Narvik." in case.texts(PARAGRAPH)


def test_tables_of_cells_have_their_heads_and_captions(outputs):
    case = outputs.case("skikker")
    assert case.texts(CAPTION) == [
        "Tekst i ei liste", "Brutt over to linjer", f"Tabell {case.number}.1: Himmellegemer", "(a) Planeter",
        "(b) Måner", "Tekst med note",
    ]  # fmt: skip
    assert case.texts(CELL)[1:3] == ["Folk, kvinner", "Folk, menn"]
    assert case.texts(BOX) == ["Tittel"]
    for name in FORMATS:
        notes = [block.text for block in outputs.read[name].blocks if block.kind == NOTE]
        assert {"Noten til tabellen.", "Noten til tittelen."} <= set(notes), name


def test_a_link_to_a_tab_leads_to_it(outputs):
    case = outputs.case("skikker")
    [tab] = case.page.xpath(".//div[@id='fane-to']")
    assert tab.text_content().split() == ["Den", "andre:", "Til", "slutt."]
    assert "Innerst." in case.texts(PARAGRAPH)


def test_a_file_that_code_includes_is_shown_as_it_is(outputs):
    page = outputs.case("skikker").page
    assert [code.text_content().strip() for code in page.iter("code") if "vist" in code.text_content()] == [
        "---\nnavn: vist som den er\n---"
    ]
