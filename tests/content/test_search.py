"""What readers ask the web pages for, and what the search should put first.

`sporringer.csv` has each query with the section that its first hit must be in – or one of several, where more than one
is right – and the word that a misspelt one should be taken for.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from notat.judge.uu.html.browser import chromium, open_window
from notat.numbers import content

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="Søket prøves i Chromium, som ikke er installert her."),
]
with Path(__file__).with_name("sporringer.csv").open(encoding="utf-8", newline="") as stream:
    QUERIES = list(csv.DictReader(stream))
APPENDICES = ("avvik.html", "tallgrunnlag.html", "kommunetall.html")


@pytest.fixture(scope="module")
def page(published):
    with open_window(chromium(), viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto((published / "_output/index.html").as_uri())
        yield page


@pytest.fixture(scope="module")
def section_of(published):
    """The section that each address is in, the innermost."""
    found = {}
    for file in (published / "_output").glob("*.html"):
        for element in lxml_html.parse(file).getroot().xpath("//article//*[@id]"):
            found[f"{file.name}#{element.get('id')}"] = element.xpath("ancestor-or-self::section/@id")[-1]
    return found


def search(page, words):
    """The addresses of the hits, and the message."""
    page.fill("#sok", "")
    page.wait_for_function("() => !document.querySelector('.sok-antall').textContent")
    page.fill("#sok", words)
    page.locator(".sok-antall:not(:empty)").wait_for()
    links = page.locator(".sok-treff a").evaluate_all("links => links.map((link) => link.href)")
    return [link.rsplit("/", 1)[1] for link in links], page.locator(".sok-antall").inner_text()


def test_there_are_as_many_queries_as_before():
    assert len({query["sporring"] for query in QUERIES}) == len(QUERIES) >= 107


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query["sporring"])
def test_the_first_hit_is_the_right_one(page, section_of, query):
    hits, message = search(page, query["sporring"])
    right = set(query["treff"].split())
    assert right <= set(section_of.values())
    assert hits, message
    assert section_of[hits[0]] in right, hits[:3]
    taken_for = re.search(r"treff på «(.+)»", message.removeprefix(f"Ingen treff på «{query['sporring']}»"))
    assert (taken_for[1] if taken_for else "") == query["forslag"]


@pytest.mark.parametrize(
    "words",
    ["skoleskyss", "jernbane", "kriminalitet", "patenter", "pendling", "barnehage", "fødselstall", "konkurser"],
)
def test_what_the_note_does_not_treat_is_not_taken_for_something_else(page, words):
    assert search(page, words) == ([], f"Ingen treff på «{words}».")


@pytest.mark.parametrize("words", ["utslipp", "FoU", "melk", "eldre", "ledighet", "heltid"])
def test_chapters_come_before_works_and_works_before_appendices(page, words):
    ranks = [
        2 if hit.startswith(APPENDICES) else 1 if hit.startswith("litteratur.html") else 0
        for hit in search(page, words)[0]
    ]
    assert ranks == sorted(ranks)
    assert ranks[0] == 0


def test_a_figure_a_table_and_the_row_of_a_number_are_hits(page):
    assert search(page, "Figur 2.3")[0][0].startswith("kompetanse.html#fig-")
    assert search(page, "Tabell C.1")[0][0] == "kommunetall.html#tbl-kommuner"
    assert any(hit.startswith("tallgrunnlag.html#tall-") for hit in search(page, "ledige januar 2023")[0])
    assert search(page, "tallgrunnlag")[0][0] == "tallgrunnlag.html#sec-tallgrunnlag"


def test_every_synonym_leads_somewhere(page):
    """A group of which the note has no word at all finds nothing, and is waste."""
    for group in content.synonyms():
        assert len(group) > 1
        for word in group:
            hits, message = search(page, word)
            assert hits, message
            assert "Ingen treff" not in message


def test_groups_of_synonyms_do_not_repeat_themselves():
    groups = [frozenset(word.lower() for word in group) for group in content.synonyms()]
    assert all(not one <= other for place, one in enumerate(groups) for other in groups[place + 1 :])
    assert len(groups) == len(set(groups))
