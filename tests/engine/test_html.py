"""How the pages behave in Chromium: what opens without a script, and what is printed."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from lxml import html

from notat.judge.uu.html.browser import chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="Sidene prøves i Chromium, som ikke er installert her."),
]


@pytest.fixture(scope="module")
def longest(published):
    """The page that has the longest table behind a figure, with the id of the figure and a place in the table."""
    pages = [(file, html.parse(file).getroot()) for file in (published / "_output").glob("*.html")]
    tables = [(file, found) for file, page in pages for found in page.xpath("//details[@data-figur]")]
    file, details = max(tables, key=lambda pair: len(pair[1].xpath(".//tbody/tr")))
    return file, details.get("data-figur"), details.xpath(".//tbody/tr[last()]/*[1]")[0].text_content()


@pytest.fixture
def page(longest, window):
    page = window.new_page()
    page.goto(longest[0].as_uri())
    yield page
    page.close()


def test_a_phone_shows_the_key_numbers_of_the_summary_whole(published, window):
    page = window.browser.new_page(viewport={"width": 390, "height": 844})
    page.goto((published / "_output/index.html").as_uri())
    frame = page.locator(".tabell-ramme", has=page.locator("th", has_text="Landet"))
    assert frame.locator("thead th").last.inner_text() == "Landet"
    assert frame.evaluate("(node) => node.scrollWidth <= node.clientWidth")
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_key_numbers_are_tiles_with_the_value_first(published, window, width):
    page = window.browser.new_page(viewport={"width": width, "height": 844})
    page.goto((published / "_output/index.html").as_uri())
    tiles = page.locator(".nokkeltall tbody tr")
    name, _, value, _ = tiles.first.locator(":is(th, td)").all()
    above = [cell.bounding_box()["y"] for cell in (value, name)]
    assert above == sorted(above)
    heights = [cell.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)") for cell in (value, name)]
    assert heights[0] > 1.5 * heights[1]
    across = {tile.bounding_box()["x"] for tile in tiles.all()}
    assert len(across) >= 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_the_data_behind_a_figure_open_without_any_script(longest, window):
    file, figure, word = longest
    page = window.browser.new_page(java_script_enabled=False)
    page.goto(file.as_uri())
    details = page.locator(f"details[data-figur='{figure}']")
    assert not details.locator("table").is_visible()
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    assert details.locator("table").is_visible()
    assert " ".join(word.split()) in " ".join(details.inner_text().split())


def test_in_print_the_page_is_the_text_alone(page, tmp_path):
    page.emulate_media(media="print")
    for hidden in (".menu", ".skip", ".pager", ".on-page", ".sok", ".anchor", "summary"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("article h1").is_visible()
    page.pdf(path=tmp_path / "side.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "side.pdf") as pdf:
        text = " ".join(" ".join(sheet.get_textpage().get_text_range().split()) for sheet in pdf)
    assert re.search(r"Figur \d+\.1", text)
    for screen_only in ("Hopp til innholdet", "Søk i notatet", "Tallene bak", "Last ned", "Som enheten"):
        assert screen_only not in text, screen_only


def test_data_that_are_open_are_printed_whole(page, longest):
    details = f"details[data-figur='{longest[1]}']"
    page.locator(f"{details} summary").click()
    frame = page.locator(f"{details} .tabell-ramme")
    assert frame.evaluate("(node) => node.scrollHeight > node.clientHeight + 1")
    page.emulate_media(media="print")
    assert frame.is_visible()
    assert frame.evaluate("(node) => node.scrollHeight <= node.clientHeight + 1")


def test_a_phone_shows_the_files_of_the_note_before_the_menu_is_opened(published, window):
    page = window.browser.new_page(viewport={"width": 360, "height": 740})
    page.goto((published / "_output/index.html").as_uri())
    shown = page.locator(".front-files a")
    assert shown.count() == page.locator(".tools .downloads a").count() > 0
    assert not page.locator(".tools").is_visible()
    page.locator(".front-files summary").click()
    assert all(link.is_visible() for link in shown.all())
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not shown.first.is_visible()  # the menu beside the page has them
    page.close()


def test_a_page_prints_all_its_figures_wherever_the_reader_is(published, window):
    page = window.browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((published / "_output/kompetanse.html").as_uri())
    assert page.locator("main figure .diagram").count() > 5

    def paths_printed():
        sheets = pypdfium2.PdfDocument(page.pdf(width="210mm", height="297mm"))
        return sum(len(list(sheet.get_objects(filter=[2]))) for sheet in sheets)

    with_figures = paths_printed()
    page.evaluate("for (const one of document.querySelectorAll('.diagram')) one.remove()")
    assert with_figures > paths_printed() + 100
    page.close()
