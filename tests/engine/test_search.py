"""Search: the content of the real pages' index, and in Chromium what a reader of a small note finds and how."""

from __future__ import annotations

import json
import re
from html import escape

import pytest
from lxml import html as lxml_html

from notat.engine.write.search import entries_of, search_script
from notat.judge.uu.html.browser import chromium, open_window
from tools.bench.processes import start

needs_chromium = pytest.mark.skipif(chromium() is None, reason="Søket prøves i Chromium, som ikke er installert her.")


class Chapter:
    slug, number, title = "arbeid", "1", "Arbeid"


def content(script):
    match = re.fullmatch(r"window\.notatSok = (.*);\n", script, re.DOTALL)
    return json.loads(match[1])


def test_a_section_has_its_own_text_and_not_that_of_the_sections_in_it():
    body = """
      <section id="sec-a"><h1><span>1</span> Arbeid</h1>
      <p>Det er <b>snø</b>ens\u00ad tid.<a class="footnote-ref">1</a></p>
      <table><tr><td>19</td><td>246\u00a0556</td></tr></table>
      <details class="figurdata"><summary>Tallene</summary><p>Skjult</p></details>
      <section id="sec-b"><h2>Mer</h2><p>Inni.</p></section></section>
    """
    entries = content(search_script(entries_of(Chapter, body)))
    assert entries == [
        {"a": "arbeid.html#sec-a", "k": "1 Arbeid", "d": "1 Arbeid", "t": "Det er snøens tid. 19 · 246 556 ·"},
        {"a": "arbeid.html#sec-b", "k": "1 Arbeid", "d": "Mer", "t": "Inni."},
    ]


def test_no_text_can_end_the_script():
    nasty = "</script><img src=x onerror=alert(1)>\u2028\u2029&"
    script = search_script(entries_of(Chapter, f'<section id="x"><h1>Tittel</h1><p>{escape(nasty)}</p></section>'))
    assert not set(script) & set("<>&\u2028\u2029")
    assert "</script><img src=x onerror=alert(1)>" in content(script)[0]["t"]


def test_every_address_of_the_register_leads_to_a_section(published):
    output = published / "_output"
    entries = content((output / "ressurser" / "sokeregister.js").read_text(encoding="utf-8"))
    pages = {file.name: lxml_html.parse(file).getroot() for file in output.glob("*.html")}
    assert {entry["a"].split("#")[0] for entry in entries} == set(pages)
    for entry in entries:
        page, id_ = entry["a"].split("#")
        assert pages[page].xpath(f"//section[@id='{id_}']"), entry["a"]


@pytest.fixture(scope="module")
def window():
    with open_window(chromium(), viewport={"width": 1280, "height": 900}) as context:
        yield context


SECTIONS = """
## Livslang læring {#sec-laering}

Noen sysselsatte arbeider med helse, i et stort område.

## Sykehus {#sec-sykehus}

Et sykehus har mange sysselsatte.

## Mer om sykehus {#sec-mer-sykehus}

Et sykehus er stort, og sørsamisk er et språk.
"""


@pytest.fixture(scope="module")
def small(made_once, write_note):
    """Pages of a small note with some sections of other words, and many that are alike."""

    def make(root):
        write_note(root)
        alike = "".join(f"\n## Del {number} {{#sec-del-{number}}}\n\nLike deler.\n" for number in range(50))
        with (root / "chapters/arbeid.qmd").open("a", encoding="utf-8") as stream:
            stream.write(f"{SECTIONS}{alike}")
        process = start(root, "--to", "html")
        _, errors = process.communicate(timeout=600)
        assert process.returncode == 0, errors

    return made_once("sok", make) / "_output"


@pytest.fixture
def page(small, window):
    page = window.new_page()
    page.goto((small / "arbeid.html").as_uri())
    yield page
    page.close()


def search(page, words):
    page.fill("#sok", words)
    page.locator(".sok-antall:not(:empty)").wait_for()
    page.wait_for_function("() => window.notatSok")
    page.wait_for_timeout(250)  # longer than the live region waits
    titles = [re.sub(r"\s", " ", text) for text in page.locator(".sok-tittel").all_inner_texts()]
    marks = [re.sub(r"\s", " ", text) for text in page.locator(".sok mark").all_inner_texts()]
    return titles, marks, page.locator(".sok-antall").inner_text()


@pytest.mark.browser
@needs_chromium
def test_the_register_is_loaded_first_when_it_is_wanted(page):
    assert page.evaluate("() => window.notatSok === undefined")
    page.focus("#sok")
    page.wait_for_function("() => window.notatSok?.length > 50")


@pytest.mark.browser
@needs_chromium
def test_headings_come_first_and_hits_are_marked_and_counted(page):
    titles, marks, count = search(page, "livslang LÆRING")
    assert re.fullmatch(r"\d+ treff", count)
    assert "Livslang læring" in titles[0]
    assert {"livslang", "læring"} <= {mark.lower() for mark in marks}
    assert page.locator(".sok-treff li").count() == int(count.split()[0])
    assert search(page, "like deler")[2] == "50 treff. De 40 første vises."
    assert page.locator(".sok-treff li").count() == 40
    assert not page.locator(".menu nav").is_visible()


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", ""])
def test_a_number_is_found_with_any_space_in_it(page, space):
    titles, marks, _ = search(page, f"246{space}556")
    assert titles
    assert set(marks) == {"246 556"}


@pytest.mark.browser
@needs_chromium
def test_all_words_must_be_there_from_their_beginnings(page):
    both = search(page, "sysselsatte sykehus")[0]
    one = search(page, "sykehus")[0]
    assert both
    assert len(both) < len(one)
    assert search(page, "ykehus")[0] == []
    assert search(page, "sykeh")[0] == one
    titles, _, count = search(page, "finnesikkeher")
    assert (titles, count) == ([], "Ingen treff på «finnesikkeher».")
    # An å is not an a, and what looks like a pattern is text.
    assert search(page, "a[r")[0] == []
    assert "område" not in {mark.lower() for mark in search(page, "omrad")[1]}


@pytest.mark.browser
@needs_chromium
def test_the_whole_search_can_be_used_from_the_keyboard(page):
    titles, _, _ = search(page, "sørsamisk")
    page.keyboard.press("ArrowDown")
    focus = "() => document.activeElement.querySelector('.sok-tittel')?.innerText ?? document.activeElement.id"
    assert page.evaluate(focus).replace("\u00a0", " ") == titles[0]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focus) == "sok"
    page.keyboard.press("Escape")
    assert page.input_value("#sok") == ""
    assert page.evaluate(focus) == "sok"
    assert page.locator(".sok-treff li").count() == 0
    assert page.locator(".menu nav").is_visible()
    search(page, "sysselsatte helse")
    first = page.locator(".sok-treff a").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{first}")


@pytest.mark.browser
@needs_chromium
def test_what_is_searched_for_is_never_read_as_markup(page):
    search(page, "<img src=x onerror=alert(1)>")
    assert page.locator(".sok img").count() == 0


@pytest.mark.browser
@needs_chromium
def test_without_scripts_there_is_no_field(small, window):
    page = window.browser.new_page(java_script_enabled=False)
    page.goto((small / "index.html").as_uri())
    assert not page.locator(".sok").is_visible()
    assert page.locator(".menu nav").is_visible()
