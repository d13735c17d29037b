"""The figures of the real note in Chromium: on a phone, in the dark, pointed at, touched and by keys alone."""

from __future__ import annotations

import json

import pytest

from notat.judge.uu.html.browser import chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="Sidene prøves i Chromium, som ikke er installert her."),
]

PAGE = "kompetanse.html"
BARS, LINES, MAP = "fig-fylkesvekst", "fig-eldre", "fig-kommunekart"
LETTERS = """(svg) => Math.min(...[...svg.querySelectorAll("text")].map(
  (text) => parseFloat(text.getAttribute("font-size")) * svg.getScreenCTM().a))"""
# The middle of each value as the page has it, with the words of its row.
MARKS = """(diagram) => {
  const svg = [...diagram.querySelectorAll("svg")].find((one) => one.getClientRects().length);
  const id = diagram.closest("[id^='fig-']").id;
  const rows = document.querySelectorAll(`details[data-figur="${id}"] tbody tr`);
  return JSON.parse(svg.querySelector("metadata").textContent).map(([row, x, y, x2 = x, y2 = y]) => {
    const middle = new DOMPoint((x + x2) / 2, (y + y2) / 2).matrixTransform(svg.getScreenCTM());
    return [middle.x, middle.y, [...rows[row].cells].map((cell) => cell.textContent.trim())];
  });
}"""


@pytest.fixture
def opened(published, window):
    """`opened(page, **options)`: a page of the note in a window of its own."""
    pages = []

    def open_page(name=PAGE, **options):
        pages.append(window.browser.new_page(**{"viewport": {"width": 1280, "height": 900}} | options))
        pages[-1].goto((published / "_output" / name).as_uri())
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()


def diagram(page, figure):
    found = page.locator(f"[id='{figure}'] .diagram")
    found.scroll_into_view_if_needed()
    return found


def value(figure):
    return " ".join(figure.locator(".diagram-verdi").inner_text().split())


@pytest.mark.parametrize(("width", "shown", "hidden"), [(360, "smal", "bred"), (1280, "bred", "smal")])
def test_every_figure_is_drawn_for_the_width_with_letters_that_can_be_read(opened, width, shown, hidden):
    page = opened(viewport={"width": width, "height": 800})
    figures = page.locator(".diagram").all()
    assert len(figures) > 5
    for figure in figures:
        assert figure.locator(f"svg.{shown}").is_visible()
        assert not figure.locator(f"svg.{hidden}").is_visible()
        assert figure.locator(f"svg.{shown}").evaluate(LETTERS) >= 11


def test_a_figure_has_the_colours_that_the_reader_has_chosen_for_the_page(opened):
    page = opened(color_scheme="light")
    figure = diagram(page, BARS)
    name = figure.locator("svg.bred text", has_text="Trøndelag")

    def colours():
        ink = name.evaluate("(node) => getComputedStyle(node).fill")
        return ink, page.evaluate("() => getComputedStyle(document.body).backgroundColor")

    light = colours()
    page.evaluate("() => { document.documentElement.dataset.tema = 'mork'; }")
    dark = colours()
    assert light == ("rgb(27, 39, 48)", "rgb(255, 255, 255)")
    assert dark == ("rgb(227, 233, 237)", "rgb(16, 25, 31)")
    behind = "(node) => getComputedStyle(node).backgroundColor"
    assert {figure.evaluate(behind), figure.locator("svg.bred").evaluate(behind)} == {"rgba(0, 0, 0, 0)"}


def test_words_of_a_figure_can_be_selected(opened):
    page = opened()
    name = diagram(page, BARS).locator("svg.bred text", has_text="Rogaland")
    name.dblclick()
    assert page.evaluate("() => getSelection().toString().trim()") == "Rogaland"


@pytest.mark.parametrize(("name", "figure"), [(PAGE, BARS), (PAGE, LINES), ("kommunene.html", MAP)])
@pytest.mark.parametrize("width", [1280, 360])
def test_pointing_at_any_value_says_what_its_row_says(opened, name, figure, width):
    page = opened(name, viewport={"width": width, "height": 1200})
    found = diagram(page, figure)
    marks = found.evaluate(MARKS)
    for x, y, cells in marks:
        page.mouse.move(x, y)
        said = value(found)
        assert all(" ".join(cell.split()) in said for cell in cells if cell != "–"), (said, cells)
    page.mouse.move(2, 2)
    assert not found.locator(".diagram-verdi").is_visible()


def test_keys_go_through_all_values_from_one_stop_and_escape_hides_them(opened):
    page = opened()
    found = diagram(page, LINES)
    control = found.locator("input")
    control.focus()
    rows = [cells for _, _, cells in found.evaluate(MARKS)]
    for cells in rows:
        spoken = control.get_attribute("aria-valuetext")
        assert all(" ".join(cell.split()) in spoken for cell in cells if cell != "–"), (spoken, cells)
        assert cells[-1].split()[0] in value(found)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    assert not found.locator(".diagram-verdi").is_visible()
    assert control.get_attribute("aria-label").startswith("Verdiene i figur")
    page.keyboard.press("Tab")
    assert not found.evaluate("(node) => node.contains(document.activeElement)")


def test_the_words_stay_while_the_pointer_is_over_them(opened):
    page = opened()
    found = diagram(page, LINES)
    x, y, _ = found.evaluate(MARKS)[-1]
    page.mouse.move(x, y)
    said, tip = value(found), found.locator(".diagram-verdi").bounding_box()
    page.mouse.move(tip["x"] + 5, tip["y"] + 5)
    assert value(found) == said


def test_a_touch_shows_a_value_until_the_reader_touches_elsewhere(opened):
    page = opened(viewport={"width": 360, "height": 800}, has_touch=True)
    found = diagram(page, BARS)
    x, y, cells = found.evaluate(MARKS)[3]
    page.touchscreen.tap(x, y)
    assert " ".join(cells[-1].split()) in value(found)
    tip = found.locator(".diagram-verdi").bounding_box()
    assert tip["x"] >= 0
    assert tip["x"] + tip["width"] <= 360
    page.locator("h1").first.tap()
    assert not found.locator(".diagram-verdi").is_visible()


def test_a_figure_can_be_saved_and_referred_to(opened, published):
    page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    details = page.locator(f"details[data-figur='{BARS}']")
    details.locator("summary").click()
    links = details.locator("a[download]")
    number = page.locator(f"[id='{BARS}'] .nummer").inner_text().rstrip(":").lower()
    assert links.all_inner_texts() == [
        "Last ned tallene som CSV",
        *(f"Last ned {number} som {kind}" for kind in ("SVG", "PNG")),
    ]
    for link in links.all():
        assert (published / "_output" / link.get_attribute("href")).is_file()
    details.locator("button").click()
    # The clipboard answers when it has time.
    details.locator("[role='status']", has_text="Kopiert.").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.lower().startswith(f"{number} i kompetanse og verdiskaping i trøndelag.".replace("\u00a0", " "))
    assert copied.endswith(f"/{PAGE}#{BARS}")


def test_without_a_script_the_figure_and_its_table_are_there(opened):
    page = opened(java_script_enabled=False)
    found = page.locator(f"[id='{BARS}'] .diagram")
    assert found.locator("svg.bred").is_visible()
    assert found.locator("input").count() == 0
    assert page.locator(f"details[data-figur='{BARS}'] table tbody tr").count() == 6


def test_only_pages_with_figures_load_their_script(published):
    for file in (published / "_output").glob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert ('class="diagram"' in text) == ("ressurser/figur.js" in text), file.name


def test_the_values_of_both_drawings_of_a_figure_are_in_one_order(published):
    for file in (published / "_figurer").glob("*.html"):
        both = [json.loads(part.partition("</metadata>")[0]) for part in file.read_text().split("<metadata>")[1:]]
        wide, narrow = ([row for row, *_ in places] for places in both)
        assert wide == narrow, file.name
