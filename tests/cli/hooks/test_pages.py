"""Pages as Quarto writes them, finished: references, numbers, menu, and everything else as it was."""

from __future__ import annotations

import json
import re

import pytest
from lxml import html

from notat.cli.hooks.pages import finish_pages
from notat.engine.write.search import APPENDIX, NUMBERED, UNNUMBERED
from notat.project.project import Project
from notat.readback.blocks import ALT, CAPTION, CELL, DATA, HEADING, PARAGRAPH
from notat.readback.html import read_html

# The markup of Quarto 1.11: navigation, title block, sections, floats, and references as its book leaves them.
_PAGE = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="nb-NO" xml:lang="nb-NO"><head>

<meta charset="utf-8">
<title>{name} – Et lite notat</title>
<script src="site_libs/quarto-html/quarto.js" type="module"></script>
<script id="quarto-search-options" type="application/json">{{"a": "<b>&"}}</script>
<link rel="stylesheet" href="site_libs/quarto-contrib/quarto-project/notat/notat.css">
</head>

<body class="nav-sidebar floating quarto-light">
<div id="quarto-search-results"></div>
<header id="quarto-header" class="headroom fixed-top"><nav class="quarto-secondary-nav">
<nav class="quarto-page-breadcrumbs" aria-label="breadcrumb"><ol class="breadcrumb"><li class="breadcrumb-item">
<a href="./index.html">{name}</a></li></ol></nav>
<button type="button" class="btn quarto-search-button" aria-label="Search"></button></nav></header>
<div id="quarto-content" class="quarto-container page-columns page-rows-contents page-layout-article">
<nav id="quarto-sidebar" class="sidebar collapse collapse-horizontal sidebar-navigation floating overflow-auto">
<div class="sidebar-header"><div class="sidebar-title mb-0 py-0"><a href="./">Et lite notat</a>
<div class="sidebar-tools-main"><div class="dropdown"><a href="" title="Download" aria-label="Download" role="link">
<i class="bi bi-download"></i></a><ul class="dropdown-menu"><li><a href="./diskusjonsnotat.pdf">Download PDF</a></li>
</ul></div></div></div></div>
<div class="mt-2 flex-shrink-0 align-items-center"><div class="sidebar-search">
<div id="quarto-search" class="" title="Search"></div></div></div>
<div class="sidebar-menu-container"><ul class="list-unstyled mt-1"><li class="sidebar-item">
<div class="sidebar-item-container"><a href="./x.html" class="sidebar-item-text sidebar-link active">
<span class="menu-text">{name}</span></a></div></li></ul></div></nav>
<div id="quarto-margin-sidebar" class="sidebar margin-sidebar"><nav id="TOC" role="doc-toc">
<h2 id="toc-title">På denne siden</h2><ul class="collapse"><li><a href="#a">{name}</a></li></ul></nav></div>
<main class="content" id="quarto-document-content">
{main}
<nav class="page-navigation"><div class="nav-page nav-page-previous"></div></nav>
</main></div></body></html>
"""
_INDEX = """<header id="title-block-header" class="quarto-title-block default cover"><div class="cover-text">
<p class="cover-title">Et lite notat</p></div></header>
<section id="sec-sammendrag" class="level1 unnumbered"><h1 class="unnumbered">Sammendrag</h1>
<p>Se <a href="chapters/arbeid.html" class="quarto-xref"><span>1 Arbeid</span></a>,
<a href="chapters/arbeid.html#sec-alder" class="quarto-xref"><span>Alder</span></a>,
<a href="chapters/vedlegg.html" class="quarto-xref"><span>Vedlegg A — Tall</span></a> og
<a href="chapters/arbeid.html#fig-eldre" class="quarto-xref">Figur&nbsp;<span>1.1</span></a>, eller
<a href="chapters/arbeid.html#sec-alder">aldersdelen</a>.</p>
</section>"""
_ARBEID = """<header id="title-block-header" class="quarto-title-block default"><div class="quarto-title">
<h1 class="title"><span id="sec-arbeid" class="quarto-section-identifier"><span class="chapter-number">1</span>&nbsp; \
<span class="chapter-title">Arbeid</span></span></h1></div></header>
<p>Se <a href="#sec-dypt" class="quarto-xref"><span>Delkapittel 1.1.0.1</span></a>,
<a href="#sec-alder" class="quarto-xref"><span>Delkapittel 1.1</span></a>,
<a href="#sec-alder" class="quarto-xref">delen om&nbsp;<span>1.1</span></a> og
<a href="vedlegg.html" class="quarto-xref"><span>Vedlegg A</span></a>.</p>
<section id="sec-alder" class="level2" data-number="1.1">
<h2 data-number="1.1" class="anchored"><span class="header-section-number">1.1</span> Alder</h2>
<div id="fig-eldre" class="quarto-float quarto-figure quarto-figure-center anchored">
<figure class="quarto-float quarto-float-fig figure"><div aria-describedby="fig-eldre-caption-0ce">
<img src="../_figurer/fig-eldre.svg" class="img-fluid figure-img" alt="Linje."></div>
<figcaption class="quarto-float-caption" id="fig-eldre-caption-0ce">
Figur&nbsp;1.1: Flere <em>eldre</em>.
</figcaption></figure></div>
<details class="figurdata" data-figur="fig-eldre"><summary>Tallene bak figuren</summary>
<div class="tabell-ramme" role="region" tabindex="0" aria-label="Tallene bak figuren"><table class="table">
<thead><tr><th>Hva</th><th>Verdi</th></tr></thead><tbody><tr><th>Eldre</th><td>10</td></tr></tbody></table></div>
<p><a href="../ressurser/figurdata/fig-eldre.csv" download="" aria-label="Last ned tallene som CSV: Tallene bak figuren\
">Last ned tallene som CSV</a>
<a href="../ressurser/figurdata/fig-eldre.svg" download="">Last ned figuren som SVG</a></p></details>
<section id="sec-dypt" class="level4"><h4 class="anchored">Dypt nede</h4>
<div id="tbl-folk" class="quarto-float"><figure class="quarto-float quarto-float-tbl figure">
<figcaption class="quarto-float-caption-top" id="tbl-folk-caption-0ce">
Tabell&nbsp;1.1: Folk.
</figcaption><div aria-describedby="tbl-folk-caption-0ce"><table><thead><tr><th>Sted</th><th>Folk</th></tr>
</thead><tbody><tr><td>Frøya</td><td>5500</td></tr></tbody></table></div></figure></div></section></section>
<div id="refs" class="references csl-bib-body" style="display: none"><div class="csl-entry">SSB (2023).</div>
</div><div style="color: red; visibility:hidden">Usynlig.</div>"""
_VEDLEGG = """<header id="title-block-header" class="quarto-title-block default"><div class="quarto-title">
<h1 class="title"><span id="sec-tall" class="quarto-section-identifier">Vedlegg A — Tall</span></h1></div></header>
<p>Tekst med <svg viewBox="0 0 2 2"><path d="M0 0"></path></svg> og A&nbsp;&lt;&nbsp;B.</p>"""


@pytest.fixture
def book(note):
    """The outputs of a small book; a run of the tests finishes all pages but that of the works."""
    config = (note / "_quarto.yml").read_text(encoding="utf-8")
    config = config.replace(
        "chapters/litteratur.qmd\n", "chapters/litteratur.qmd\n  appendices:\n    - chapters/vedlegg.qmd\n"
    )
    (note / "_quarto.yml").write_text(config, encoding="utf-8")
    (note / "chapters/vedlegg.qmd").write_text("# Tall {#sec-tall}\n", encoding="utf-8")
    output = note / "_quarto"
    pages = {"index": _INDEX, "chapters/arbeid": _ARBEID, "chapters/vedlegg": _VEDLEGG}
    for name, main in pages.items():
        file = output / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_PAGE.format(name=name, main=main), encoding="utf-8")
    (output / "diskusjonsnotat.pdf").write_bytes(b"%PDF" * 1000)
    return output


def finished(book):
    files = [book / f"{name}.html" for name in ("index", "chapters/arbeid", "chapters/vedlegg")]
    finish_pages(Project(book.parent), book, files)
    return [html.parse(str(file), parser=html.HTMLParser(encoding="utf-8")).getroot() for file in files]


def references(page):
    return [
        " ".join(link.text_content().split()) for link in page.xpath("//main//p/a[contains(@href, 'html') or @href]")
    ]


def test_references_to_headings_say_what_the_heading_shows(book):
    index, arbeid, _ = finished(book)
    assert references(index) == ["Kapittel 1", "Delkapittel 1.1", "Vedlegg A", "Figur 1.1", "aldersdelen"]
    assert references(arbeid)[:4] == ["«Dypt nede»", "Delkapittel 1.1", "delen om 1.1", "Vedlegg A"]


def test_the_data_behind_a_figure_have_its_number_everywhere(book):
    _, arbeid, _ = finished(book)
    assert arbeid.xpath("string(//summary)") == "Tallene bak figur\u00a01.1"
    labels = arbeid.xpath("//details//@aria-label")
    assert labels == ["Tallene bak figur\u00a01.1", "Last ned tallene som CSV: Tallene bak figur\u00a01.1"]
    assert arbeid.xpath("//details//a/text()") == ["Last ned tallene som CSV", "Last ned figur\u00a01.1 som SVG"]
    assert [number.text for number in arbeid.xpath("//span[@class='nummer']")] == [
        "Figur\u00a01.1:",
        "Tabell\u00a01.1:",
    ]


def test_a_figure_is_in_the_page_as_the_embedded_engine_has_it_and_stays(book):
    drawings = '<svg class="bred" viewBox="0 0 2 1"><text x="1">Tekst</text></svg><svg class="smal"></svg>'
    (book.parent / "_figurer").mkdir(exist_ok=True)
    (book.parent / "_figurer/fig-eldre.html").write_text(drawings, encoding="utf-8")
    for _ in range(2):
        _, arbeid, _ = finished(book)
        assert not arbeid.xpath("//img")
        [diagram] = arbeid.xpath("//figure//div[@class='diagram']")
        assert [svg.get("aria-label") for svg in diagram] == ["Linje.", "Linje."]
    blocks = read_html([book / "chapters/arbeid.html"])
    assert [(block.text, block.float_id) for block in blocks if block.kind == ALT] == [("Linje.", "fig-eldre")]
    assert not [block for block in blocks if "Tekst" in block.text and block.kind != PARAGRAPH]


def test_a_table_scrolls_in_a_frame_that_its_caption_names_and_its_rows_have_heads(book):
    _, arbeid, _ = finished(book)
    [frame] = arbeid.xpath("//div[@id='tbl-folk']//div[@class='tabell-ramme']")
    assert (frame.get("role"), frame.get("tabindex")) == ("region", "0")
    assert arbeid.get_element_by_id(frame.get("aria-labelledby")).text_content().split()[0] == "Tabell"
    assert [head.text for head in frame.xpath(".//th[@scope='row']")] == ["Frøya"]
    assert {head.get("scope") for head in arbeid.xpath("//thead//th")} == {"col"}


def test_the_menu_has_the_sections_of_the_page_and_the_files_that_exist_with_their_sizes(book):
    index, arbeid, _ = finished(book)
    [sections] = arbeid.xpath("//nav[@id='quarto-sidebar']//ol[@class='sections']")
    assert [link.get("href") for link in sections.iter("a")] == ["#sec-alder"]
    assert " ".join(sections.text_content().split()) == "1.1 Alder"
    for page, to_root in ((index, ""), (arbeid, "../")):
        files = page.xpath("//nav[@id='quarto-sidebar']//ul[@class='downloads']//a")
        assert [(file.get("href"), file.text_content()) for file in files] == [
            (f"{to_root}diskusjonsnotat.pdf", "PDF (4\u00a0kB)")
        ]
        assert page.xpath("//head/script/@src")[-1] == f"{to_root}ressurser/shell.js"
    assert (book / "ressurser/shell.js").is_file()


def test_the_search_is_that_of_the_other_engine(book):
    for page in finished(book):
        [box] = page.xpath("//nav[@id='quarto-sidebar']/div[@class='sok']")
        assert [part.get("id") or part.get("class") for part in box] == ["label", "sok", "sok-antall", "sok-treff"]
        assert not page.xpath("//*[@id='quarto-search'] | //*[contains(@class, 'quarto-search-button')]")
    assert {file.name for file in (book / "ressurser").iterdir()} >= {"sok.js", "minisearch", "snowball"}


def test_the_register_has_the_places_of_all_pages_and_not_what_they_hide(book):
    finished(book)
    finish_pages(Project(book.parent), book, [book / "chapters/arbeid.html"])
    script = (book / "ressurser/sokeregister.js").read_text(encoding="utf-8")
    found = json.loads(script.removeprefix("window.notatSok = ").removesuffix(";\n"))["steder"]
    assert [(one["a"], one["k"], one["d"], one["r"]) for one in found] == [
        ("index.html#sec-sammendrag", "Sammendrag", "Sammendrag", UNNUMBERED),
        ("chapters/arbeid.html#sec-arbeid", "1 Arbeid", "1 Arbeid", NUMBERED),
        ("chapters/arbeid.html#sec-alder", "1 Arbeid", "1.1 Alder", NUMBERED),
        ("chapters/arbeid.html#fig-eldre", "1 Arbeid", "Figur 1.1", NUMBERED),
        ("chapters/arbeid.html#sec-dypt", "1 Arbeid", "Dypt nede", NUMBERED),
        ("chapters/arbeid.html#tbl-folk", "1 Arbeid", "Tabell 1.1", NUMBERED),
        ("chapters/vedlegg.html#sec-tall", "A Tall", "A Tall", APPENDIX),
    ]
    texts = {one["d"]: one["t"] for one in found}
    assert texts["1 Arbeid"].startswith("Se «Dypt nede», Delkapittel 1.1")
    assert texts["Figur 1.1"] == "Flere eldre."
    assert texts["Tabell 1.1"] == "Folk. Sted · Folk · Frøya · 5500"
    assert texts["1.1 Alder"] == ""
    assert not any("SSB" in text or "Usynlig" in text for text in texts.values())


def test_no_english_is_left_around_the_text(book):
    for page in finished(book):
        words = [*page.find("body").itertext(), *page.xpath("//@aria-label | //@title")]
        assert not [text for text in words if re.search("Download|breadcrumb|Toggle|Search", text)]


def test_a_reader_can_skip_the_menu(book):
    for page in finished(book):
        first = next(page.find("body").iter("a"))
        assert first.get("href") == "#quarto-document-content"
        assert page.get_element_by_id("quarto-document-content").get("tabindex") == "-1"


def test_finishing_twice_changes_nothing_and_other_pages_are_left_alone(book):
    untouched = (book / "chapters/vedlegg.html").read_bytes()
    finish_pages(Project(book.parent), book, [book / "chapters/arbeid.html"])
    assert (book / "chapters/vedlegg.html").read_bytes() == untouched
    finished(book)
    once = {file: file.read_bytes() for file in book.rglob("*.html")}
    finished(book)
    assert {file: file.read_bytes() for file in book.rglob("*.html")} == once


def test_what_quarto_wrote_for_scripts_and_drawings_is_kept(book):
    finished(book)
    text = (book / "chapters/vedlegg.html").read_text(encoding="utf-8")
    assert '<script id="quarto-search-options" type="application/json">{"a": "<b>&"}</script>' in text
    assert 'type="module"></script>' in text
    assert re.search('<svg viewbox="0 0 2 2"><path d="M0 0"></path></svg>', text, re.IGNORECASE)
    assert "A\u00a0&lt;\u00a0B" in text


def test_the_pages_are_read_back_without_what_they_hide(book):
    finished(book)
    blocks = read_html([book / "chapters/arbeid.html", book / "chapters/vedlegg.html"])
    assert [b.text for b in blocks if b.kind == HEADING] == ["1 Arbeid", "1.1 Alder", "Dypt nede", "A Tall"]
    assert [b.text for b in blocks if b.kind == CAPTION] == ["Figur 1.1: Flere eldre.", "Tabell 1.1: Folk."]
    assert [b.text for b in blocks if b.kind == CELL] == ["Sted", "Folk", "Frøya", "5500"]
    assert next(b.text for b in blocks if b.kind == DATA) == "Tallene bak figur 1.1"
    assert not any("SSB" in b.text or "Usynlig" in b.text for b in blocks)
    assert [b.section for b in blocks if b.kind == PARAGRAPH] == ["1 Arbeid", "A Tall"]


def test_every_page_leads_to_the_statement_and_to_the_publisher(book):
    file = book.parent / "_quarto.yml"
    added = "notat:\n  erklaering: chapters/arbeid.qmd#sec-arbeid\n  kontakt: post@fylket.no\nexecute:"
    file.write_text(file.read_text(encoding="utf-8").replace("execute:", added), encoding="utf-8")
    index, arbeid, vedlegg = [page.xpath("//footer[@class='foot']//li/a/@href") for page in finished(book)]
    assert index == ["chapters/arbeid.html#sec-arbeid", "mailto:post@fylket.no"]
    assert arbeid == vedlegg == ["../chapters/arbeid.html#sec-arbeid", "mailto:post@fylket.no"]


def test_quartos_own_boxes_are_groups_with_names(book):
    page = book / "index.html"
    box = """<div class="callout callout-note"><div class="callout-header"><div class="callout-icon-container"></div>
<div class="callout-title-container flex-fill">Les <em>mer</em></div></div><div class="callout-body">Mer.</div></div>"""
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", f"{box}</main>"), encoding="utf-8")
    found = finished(book)[0].xpath("//div[@role='group']")
    assert [group.get("aria-label") for group in found] == ["Les mer"]


def test_the_first_column_names_the_rows_of_every_table(book):
    _, arbeid, _ = finished(book)
    assert [cell.text for cell in arbeid.xpath("//tbody//th[@scope='row']")] == ["Eldre", "Frøya"]


def test_titles_in_another_language_say_so_in_the_list_of_all_chapters(book):
    works = "@misc{oecd, title={The Future of {Work}}, author={{OECD}}, year={2022}, langid={english}}\n"
    with (book.parent / "references.bib").open("a", encoding="utf-8") as bibliography:
        bibliography.write(works)
    page = book / "index.html"
    listed = """<div id="refs" class="references csl-bib-body"><div id="ref-ssb" class="csl-entry">SSB (2023).</div>
<div id="ref-oecd" class="csl-entry">OECD (2022). <em>The Future of <span>Work</span></em>.</div></div>"""
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", f"{listed}</main>"), encoding="utf-8")
    for _ in range(2):
        found = finished(book)[0].xpath("//div[@id='refs']//*[@lang]")
        assert [(part.text_content(), part.get("lang")) for part in found] == [("The Future of Work", "en-US")]
