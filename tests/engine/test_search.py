"""Search: the content of the real pages' index, and in Chromium what a reader of a small note finds and how."""

from __future__ import annotations

import json
import re
from html import escape

import pytest
from lxml import html as lxml_html

from notat.engine.write.search import APPENDIX, NUMBERED, UNNUMBERED, WORKS, Page, entries_of, search_script
from notat.judge.uu.html.browser import chromium
from tools.bench.processes import start

needs_chromium = pytest.mark.skipif(chromium() is None, reason="Søket prøves i Chromium, som ikke er installert her.")
PAGE = Page("arbeid.html", "1", "Arbeid", appendix=False)


def content(script):
    match = re.fullmatch(r"window\.notatSok = (.*);\n", script, re.DOTALL)
    return json.loads(match[1])


def places(page, body):
    root = lxml_html.fragment_fromstring(body, create_parent="div")
    return content(search_script(entries_of(page, root)))["steder"]


def test_a_section_has_its_own_text_and_not_that_of_the_places_in_it():
    body = """
      <section id="sec-a"><h1><span>1</span> Arbeid</h1>
      <p>Det er <b>snø</b>ens\u00ad tid.<a class="footnote-ref">1</a></p>
      <table><tr><td>19</td><td>246\u00a0556</td></tr></table>
      <details class="figurdata"><summary>Tallene</summary><p>Skjult</p></details>
      <figure id="fig-a"><figcaption><span>Figur 1.1:</span> Flere i arbeid.</figcaption></figure>
      <section id="sec-b"><h2>Mer</h2><p>Inni.</p></section></section>
    """
    common = {"k": "1 Arbeid", "r": NUMBERED}
    assert places(PAGE, body) == [
        {"a": "arbeid.html#sec-a", "d": "1 Arbeid", "t": "Det er snøens tid. 19 · 246 556 ·", **common},
        {"a": "arbeid.html#fig-a", "d": "Figur 1.1", "t": "Flere i arbeid.", "f": 1, **common},
        {"a": "arbeid.html#sec-b", "d": "Mer", "t": "Inni.", **common},
    ]


def test_a_table_a_row_with_an_id_and_a_work_are_places():
    body = """
      <table id="tbl-a"><caption><span>Tabell 1.1:</span> Folk i arbeid.</caption><tr><th>Sted</th><td>Frøya</td></tr>
      <tr><th><span id="tall-x">9,2 %</span></th><td>Vekst</td><td>sysselsetting.csv 2</td></tr></table>
      <table><tr><td>uten tittel og id</td></tr></table>
      <div id="ref-ssb" class="csl-entry">SSB, avd. K (2023). <em>Folk</em>. <a href="https://x.no">https://x.no</a></div>
      <div id="ref-lov" class="csl-entry">Lov om arbeid</div>
    """
    assert [(one["a"], one["d"], one["t"]) for one in places(PAGE, body)] == [
        ("arbeid.html#tbl-a", "Tabell 1.1", "Folk i arbeid. Sted · Frøya"),
        ("arbeid.html#tall-x", "9,2 %", "Vekst · sysselsetting.csv 2"),
        ("arbeid.html#ref-ssb", "SSB, avd. K (2023)", "Folk. https://x.no"),
        ("arbeid.html#ref-lov", "", "Lov om arbeid"),
    ]


@pytest.mark.parametrize(
    ("page", "body", "rank"),
    [
        (PAGE, "", NUMBERED),
        (Page("a.html", "", "Sammendrag", appendix=False), "", UNNUMBERED),
        (Page("a.html", "", "Litteratur", appendix=False), '<div id="ref-a" class="csl-entry">A (2023).</div>', WORKS),
        (Page("a.html", "A", "Avvik", appendix=True), "", APPENDIX),
    ],
    ids=["chapter", "without number", "works", "appendix"],
)
def test_a_place_knows_what_it_is_in(page, body, rank):
    found = places(page, f'<section id="x"><h1>{page.title}</h1>{body}</section>')
    assert {one["r"] for one in found} == {rank}


def test_a_work_is_one_also_where_the_list_is_an_appendix():
    body = '<section id="x"><h1>Kilder</h1><div id="ref-a" class="csl-entry">A (2023). Folk.</div></section>'
    found = places(Page("kilder.html", "B", "Kilder", appendix=True), body)
    assert {one["a"]: one["r"] for one in found} == {"kilder.html#x": APPENDIX, "kilder.html#ref-a": WORKS}


def test_what_a_drawing_says_is_not_searched_for_it_is_said_by_the_figure_and_its_data():
    drawing = '<div class="diagram"><svg><text>2015</text></svg></div>'
    body = f'<figure id="fig-a">{drawing}<figcaption>Figur 1: Flere i arbeid.</figcaption></figure>'
    assert [(one["d"], one["t"]) for one in places(PAGE, body)] == [("Figur 1", "Flere i arbeid.")]


def test_no_text_can_end_the_script():
    nasty = "</script><img src=x onerror=alert(1)>\u2028\u2029&"
    root = lxml_html.fragment_fromstring(f'<section id="x"><h1>Tittel</h1><p>{escape(nasty)}</p></section>')
    script = search_script(entries_of(PAGE, root), [[nasty, "x"]])
    assert not set(script) & set("<>&\u2028\u2029")
    assert "</script><img src=x onerror=alert(1)>" in content(script)["steder"][0]["t"]
    assert content(script)["synonymer"] == [[nasty, "x"]]


def test_every_address_of_the_register_leads_to_a_place(published):
    output = published / "_output"
    entries = content((output / "ressurser" / "sokeregister.js").read_text(encoding="utf-8"))["steder"]
    ids = {file.name: set(lxml_html.parse(file).getroot().xpath("//@id")) for file in output.glob("*.html")}
    assert {entry["a"].split("#")[0] for entry in entries} == ids.keys() - {"404.html"}
    assert [one["a"] for one in entries if one["a"].split("#")[1] not in ids[one["a"].split("#")[0]]] == []
    assert len({one["a"] for one in entries}) == len(entries)


def test_the_libraries_are_published_with_their_licences(published):
    assets = published / "_output/ressurser"
    files = [file for name in ("minisearch", "snowball") for file in (assets / name).iterdir()]
    found = {file.relative_to(assets).as_posix() for file in files}
    assert found == {
        "minisearch/LICENSE.txt",
        "minisearch/minisearch.js",
        "snowball/LICENSE.txt",
        "snowball/base-stemmer.js",
        "snowball/norwegian-stemmer.js",
    }


SECTIONS = """
## Livslang læring {#sec-laering}

Noen sysselsatte arbeider med helse, i et stort område. Ungdomsledigheten er lav, og ungdom og ledighet er et par.

## Havet {#sec-havet}

Oppdrett av laks krever en konsesjon, og prosessanlegget har pumper. En prosess er lang.

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
    """Titles, marks and message of a search."""
    page.fill("#sok", "")
    page.wait_for_function("() => !document.querySelector('.sok-antall').textContent")
    page.fill("#sok", words)
    page.locator(".sok-antall:not(:empty)").wait_for()
    titles = [re.sub(r"\s", " ", text) for text in page.locator(".sok-tittel").all_inner_texts()]
    marks = [re.sub(r"\s", " ", text) for text in page.locator(".sok mark").all_inner_texts()]
    return titles, marks, page.locator(".sok-antall").inner_text()


@pytest.mark.browser
@needs_chromium
def test_the_register_is_loaded_first_when_it_is_wanted(page):
    assert page.evaluate("() => window.notatSok === undefined")
    page.focus("#sok")
    page.wait_for_function("() => window.notatSok?.steder.length > 50")


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
def test_all_words_must_be_there_or_begin_so(page):
    both = search(page, "sysselsatte sykehus")[0]
    one = search(page, "sykehus")[0]
    assert both
    assert len(both) < len(one)
    assert search(page, "ykehus")[0] == []
    assert set(search(page, "sykeh")[0]) == set(one)
    titles, _, count = search(page, "finnesikkeher")
    assert (titles, count) == ([], "Ingen treff på «finnesikkeher».")
    # An å is not an a, and what looks like a pattern is text.
    assert "sykehus" not in {mark.lower() for mark in search(page, "s.k[e]hus")[1]}
    assert "område" not in {mark.lower() for mark in search(page, "omrad")[1]}


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize(
    ("words", "title", "mark"),
    [
        ("område", "Livslang læring", "område"),
        ("områdene", "Livslang læring", "område"),  # another form
        ("ledighet", "Livslang læring", "Ungdomsledigheten"),  # the last part of a compound
        ("konsesjonene", "Havet", "konsesjon"),
        ("lakseoppdrett", "Havet", "Oppdrett"),  # a compound that the note has only the parts of
        ("anlegg", "Havet", "prosessanlegget"),
    ],
)
def test_a_word_is_found_in_its_forms_and_as_part_of_compounds(page, words, title, mark):
    titles, marks, count = search(page, words)
    assert title in titles[0]
    assert mark in marks
    assert count.endswith(" treff")


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("konsejson", "Ingen treff på «konsejson». Viser 1 treff på «konsesjon»."),  # two letters that changed places
        ("Samisk sorsamisk", "Ingen treff på «Samisk sorsamisk». Viser 1 treff på «samisk sørsamisk»."),
        ("pumpestasjon laks", "Ingen treff på hele «pumpestasjon laks». Viser 1 treff med «laks»."),
    ],
)
def test_what_is_not_there_is_taken_for_the_nearest_that_is(page, words, message):
    assert search(page, words)[2] == message


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
    page.wait_for_url(first)


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
