"""Columns, tabs, margins, marked and coloured words, and new pages."""

from __future__ import annotations

import pytest

from notat.docx.package import find_all
from notat.readback.blocks import CAPTION, HEADING, ITEM, PARAGRAPH


def test_the_text_is_the_same_and_in_the_same_order(outputs):
    case = outputs.case("oppsett")
    assert case.texts(PARAGRAPH) == [
        "Til venstre står dette.",
        "Til høyre står noe annet.",
        "Venstre tekst.",
        "Høyre tekst.",
        "Menn:",
        "Om menn.",
        "Kvinner:",
        "Om kvinner.",
        "Et ord ved siden av.",
        "På hele siden.",
        "Noe til side i teksten.",
        "Et merket ord, et rødt ord.",
        "En gul boks.",
        "Ny side.",
    ]
    assert case.texts(CAPTION) == [f"Figur {case.number}.1: En skive inne i ei fane"]


def test_columns_share_the_width(outputs):
    uneven, even = outputs.case("oppsett").page.xpath(".//div[@class='rad']")
    assert [cell.get("data-stil") for cell in uneven] == ["flex-grow: 40", "flex-grow: 60"]
    assert [cell.get("data-stil") for cell in even] == [None, None]
    widths = [
        [int(column.get(column.keys()[0])) for column in find_all(section, "w:cols/w:col")]
        for section in find_all(outputs.word, "//w:pPr/w:sectPr[w:cols/w:col]")
    ]
    assert any(abs(first / (first + sum(rest)) - 0.4) < 0.01 for first, *rest in widths)


def test_only_the_first_section_of_columns_begins_a_page(outputs):
    """Word takes how a section begins from the section itself."""
    cover, first, *rest = find_all(outputs.word, "//w:sectPr")
    assert not find_all(cover, "w:type")
    assert not find_all(first, "w:type")
    assert find_all(rest[0], "w:type[@w:val='continuous']")
    for section in (first, *rest):
        assert find_all(section, "w:pgSz[@w:w]")
        assert find_all(section, "w:headerReference")


def test_tabs_have_their_titles_in_the_text(outputs):
    tabs = outputs.case("oppsett").page.xpath(".//div[@class='faner']/div[@class='fane']")
    assert [tab[0].text_content().strip() for tab in tabs] == ["Menn:", "Kvinner:"]


def test_styles_are_rules_of_a_stylesheet(outputs):
    case = outputs.case("oppsett")
    assert not case.page.xpath(".//*[@style]")
    assert [span.text for span in case.page.xpath(".//span[@data-stil]")] == ["rødt"]
    rules = (outputs.folder / "ressurser/stil.css").read_text(encoding="utf-8")
    assert '[data-stil="color: #8A2F5B"] { color: light-dark(#8A2F5B, currentColor) }' in rules


def test_a_new_page_begins_in_print_with_the_text_below_it(outputs):
    assert ("En gul boks.", "Ny side.") in outputs.breaks_in_word()
    before = next(number for number, lines in enumerate(outputs.sheets) if lines[-1:] == ["En gul boks."])
    assert outputs.sheets[before + 1] == ["Ny side."]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("::: {.columns}\nTekst.\n:::", "N0760"),
        (':::: {.columns}\n::: {.column width="smal"}\nTekst.\n:::\n::::', "N0760"),
        ('::: {layout="[[a]]"}\nTekst.\n:::', "N0760"),
        ('::: {layout-ncol="0"}\nTekst.\n:::', "N0760"),
        ("::: {.panel-tabset}\nTekst.\n:::", "N0760"),
        ('[ord]{style="background: url(x)"}', "N0763"),
        ('[ord]{style="position: fixed"}', "N0763"),
        ('::: {onclick="x()"}\nTekst.\n:::', "N0761"),
    ],
)
def test_what_cannot_be_laid_out_is_refused(refusal, body, code):
    error = refusal(body)
    assert (error.code, error.line) in {(code, 3), (code, 4)}


def test_a_heading_in_a_tab_is_below_the_section_and_not_below_the_title_of_the_tab(outputs):
    case = outputs.case("faner")
    assert case.texts(HEADING)[1:] == [f"{case.number}.1 Lange ord"]
    assert case.texts(PARAGRAPH)[:4] == ["Ord:", "Om ord.", "Om lange ord.", "Setninger:"]


def test_a_grid_of_twelfths_is_columns_and_an_empty_column_is_room(outputs):
    case = outputs.case("faner")
    assert case.texts(PARAGRAPH)[5:] == [
        "En tredel.",
        "To tredeler.",
        "Før luft.",
        "Etter luft.",
        "I teksten, og i margen.",
    ]
    grid = case.page.xpath(".//div[@class='rad']")[0]
    assert [cell.get("data-stil") for cell in grid] == ["flex-grow: 33.33", "flex-grow: 66.67"]
    after = find_all(outputs.word, "//w:p[w:r/w:t='Etter luft.']")[0]
    assert len(find_all(after, "w:r/w:br[@w:type='column']")) == 2


def test_lists_for_slides_are_lists(outputs):
    assert outputs.case("faner").texts(ITEM) == ["Punkt for punkt"]
