"""The card beside a citation and a reference to a figure: what it says, when it opens, and how it closes."""

from __future__ import annotations

import pytest

from notat.judge.uu.html.browser import chromium, open_window

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="Kortene prøves i Chromium, som ikke er installert her."),
]
CITATION, FIGURE = "main a[href^='litteratur.html#ref-']", "main p a[href^='#fig-']"
OPEN = ".kort:not([hidden])"


@pytest.fixture(scope="module")
def window():
    with open_window(chromium(), viewport={"width": 1280, "height": 400}) as context:
        yield context


@pytest.fixture
def page(published, window):
    page = window.new_page()
    page.goto((published / "_output/kompetanse.html").as_uri())
    yield page
    page.close()


def rest_on(page, link):
    link.scroll_into_view_if_needed()
    link.hover()
    page.locator(OPEN).wait_for()
    return " ".join(page.locator(OPEN).inner_text().split())


def test_a_citation_shows_the_work_as_the_list_has_it(page, published, window):
    link = page.locator(CITATION).first
    said = rest_on(page, link)
    assert link.get_attribute("aria-describedby") == page.locator(OPEN).get_attribute("id")
    assert page.locator(OPEN).get_attribute("role") == "tooltip"
    other = window.new_page()
    other.goto((published / "_output" / link.get_attribute("href")).as_uri().replace("%23", "#"))
    assert said == " ".join(other.locator(f"[id='{link.get_attribute('href').split('#')[1]}']").inner_text().split())
    other.close()


def test_a_reference_shows_the_figure_with_its_caption(page):
    link = page.locator(FIGURE).first
    caption = page.locator(f"{link.get_attribute('href')} figcaption .nummer").inner_text()
    rest_on(page, link)
    assert " ".join(page.locator(f"{OPEN} p").inner_text().split()).startswith(" ".join(caption.split()))
    assert page.locator(f"{OPEN} svg").get_attribute("aria-label")
    assert page.locator(f"{OPEN} a, {OPEN} [id]").count() == 0  # it cannot be gone into, and no id is there twice


def test_a_figure_that_the_reader_sees_has_no_card(page):
    page.set_viewport_size({"width": 1280, "height": 3000})
    link = page.locator(FIGURE).first
    link.scroll_into_view_if_needed()
    link.hover()
    page.wait_for_timeout(800)
    assert page.locator(OPEN).count() == 0


def test_a_card_can_be_pointed_at_and_closes_when_left_or_by_escape(page):
    link = page.locator(FIGURE).first
    rest_on(page, link)
    page.locator(OPEN).hover()
    page.wait_for_timeout(600)
    assert page.locator(OPEN).is_visible()
    page.mouse.move(2, 2)
    page.locator(OPEN).wait_for(state="hidden")
    link.focus()
    page.locator(OPEN).wait_for()
    page.keyboard.press("Escape")
    assert not page.locator(OPEN).is_visible()
    assert link.get_attribute("aria-describedby") is None


def test_a_page_without_such_links_has_no_script_for_them(published):
    script = 'src="ressurser/kort.js"'
    assert script in (published / "_output/kompetanse.html").read_text(encoding="utf-8")
    assert script not in (published / "_output/litteratur.html").read_text(encoding="utf-8")
