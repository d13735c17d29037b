"""How the pages behave in Chromium: what opens without a script, and what is printed."""

from __future__ import annotations

import pypdfium2
import pytest

from notat.judge.uu.html.browser import chromium, open_window

pytestmark = pytest.mark.skipif(chromium() is None, reason="Sidene prøves i Chromium, som ikke er installert her.")


@pytest.fixture(scope="module")
def window():
    with open_window(chromium(), viewport={"width": 1280, "height": 900}) as context:
        yield context


@pytest.fixture
def page(published, window):
    page = window.new_page()
    page.goto((published / "_output" / "kompetanse.html").as_uri())
    yield page
    page.close()


def test_the_data_behind_a_figure_open_without_any_script(published, window):
    page = window.browser.new_page(java_script_enabled=False)
    page.goto((published / "_output" / "kompetanse.html").as_uri())
    details = page.locator("details[data-figur='fig-fylkesvekst']")
    assert not details.locator("table").is_visible()
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    assert details.locator("table").is_visible()
    assert "Rogaland" in details.inner_text()


def test_in_print_the_page_is_the_text_alone(page, tmp_path):
    page.emulate_media(media="print")
    for hidden in (".menu", ".skip", ".pager", ".on-page", ".sok", ".anchor", "summary"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("article h1").is_visible()
    page.pdf(path=tmp_path / "side.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "side.pdf") as pdf:
        text = " ".join(" ".join(sheet.get_textpage().get_text_range().split()) for sheet in pdf)
        assert len(pdf) > 5
    assert "Figur 2.1" in text
    for screen_only in ("Hopp til innholdet", "Søk i notatet", "Tallene bak", "Last ned", "Som enheten"):
        assert screen_only not in text, screen_only


def test_data_that_are_open_are_printed_whole(page):
    page.locator("details[data-figur='fig-ufore'] summary").click()
    page.emulate_media(media="print")
    frame = page.locator("details[data-figur='fig-ufore'] .tabell-ramme")
    assert frame.is_visible()
    assert frame.evaluate("(node) => node.scrollHeight <= node.clientHeight + 1")
