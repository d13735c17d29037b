"""Finish the pages that Quarto made: what takes knowledge of the whole book, and what its page layout has no place for.

Quarto renders every chapter by itself and lays out the pages with its theme, which has the colours and the type. Here
the references get the same words as in the embedded engine, the data behind a figure get its number, and the menu gets
the page's sections, the search, the downloads with their sizes and the choice of colours. Finishing a page twice
changes nothing.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, select_autoescape
from lxml import html

from notat.docx.floats import NUMBER
from notat.engine import pandoc
from notat.engine.read.citations import list_of_works
from notat.engine.write.diagrams import with_diagrams
from notat.engine.write.html import ASSETS, TEMPLATES, describe_book
from notat.engine.write.polish import name_rows
from notat.engine.write.scripts import copy_script
from notat.engine.write.search import (
    CARDS,
    PROGRAM,
    SCRIPT,
    WORKS_SCRIPT,
    Page,
    copy_libraries,
    entries_of,
    search_script,
    works_script,
)
from notat.norsk.language import say
from notat.numbers import content
from notat.project.config import ChapterFile, Config
from notat.project.project import Project
from notat.readback.html import is_hidden
from notat.text import paths

_SCRIPTS = (PROGRAM, CARDS, "shell.js")
_LEVEL = re.compile(r"(?:^|\s)level([1-6])(?:\s|$)")
# How Quarto writes the title of an appendix, and of a chapter in a reference to it.
_APPENDIX = re.compile(r"\s*\w+ (?P<number>[A-Z]{1,2}) [—–-] (?P<title>\S.*)", re.DOTALL)
_CAPTION = re.compile(rf"\s*(?P<name>\w+[ \u00a0]{NUMBER}):\s*")


@dataclass(frozen=True)
class _Heading:
    id: str
    level: int
    number: str
    title: str


class _Page:
    """A page of the book as Quarto wrote it."""

    def __init__(self, chapter: ChapterFile, output: Path):
        self.chapter = chapter
        self.file = page_of(chapter, output)
        self.to_root = "../" * len(self.file.relative_to(output).parents[1:])
        parser = html.HTMLParser(encoding="utf-8")
        self.root: Any = html.fromstring(self.file.read_bytes(), parser=parser)
        self.main: Any = next(self.root.iter("main"), self.root)

    def headings(self) -> Iterator[_Heading]:
        """The chapter's title and the headings of its sections, in order."""
        for heading in self.main.iter("h1", "h2", "h3", "h4", "h5", "h6"):
            section = heading.getparent()
            level = _LEVEL.search(section.get("class", "")) if section.tag == "section" else None
            own = heading.find("span[@class='quarto-section-identifier']")
            if level and section.get("id"):
                yield _Heading(section.get("id"), int(level[1]), *_number_and_title(heading))
            elif own is not None:
                yield _Heading(own.get("id", ""), 1, *_number_and_title(heading))

    def write(self, root: Path) -> None:
        """Replace the file; the figures are in the project at `root`."""
        text = with_diagrams(html.tostring(self.root, encoding="unicode", doctype="<!DOCTYPE html>"), root)
        paths.write_bytes(self.file, f"{text}\n".encode())


def page_of(chapter: ChapterFile, output: Path) -> Path:
    """The page of a chapter in the folder that Quarto writes to, which has the chapters' folders."""
    return output / Path(chapter.file).with_suffix(".html")


def finish_pages(project: Project, output: Path, written: Iterable[Path]) -> None:
    """Finish those of the pages in `output` that Quarto has just `written`."""
    fresh = {file.resolve() for file in written}
    pages = [_Page(c, output) for c in project.config.chapters if page_of(c, output).is_file()]
    names = _names(project.config, pages)
    environment = Environment(loader=PackageLoader("notat.engine.write"), autoescape=select_autoescape(default=True))
    environment.globals["say"] = say
    parts: Any = environment.get_template("parts.html.j2").module
    book = describe_book(project, output, nested=True)
    book["downloads"] = [file for file in book["downloads"] if file["size"]]
    for page in pages:
        if page.file.resolve() not in fresh:
            continue
        _name_references(page, names)
        _name_appendix(page)
        _list_works(page, project.config)
        _name_figure_data(page)
        _frame_tables(page)
        _name_boxes(page)
        _fill_menu(page, project.config, html.fragment_fromstring(str(parts.tools(book, page.to_root))))
        _replace_search(page, html.fragment_fromstring(str(parts.search())))
        _add_foot(page, html.fragment_fromstring(str(parts.foot(book, page.to_root))))
        _label(page)
        page.write(project.root)
    (output / ASSETS).mkdir(exist_ok=True)
    for script in _SCRIPTS:
        copy_script(TEMPLATES / script, output / ASSETS)
    _write_search(pages, output)


# ---- References ----


def _number_and_title(heading: Any) -> tuple[str, str]:
    number = heading.xpath("string(.//span[@class='header-section-number' or @class='chapter-number'])").strip()
    title = "".join(heading.xpath(".//text()[not(ancestor::*[self::a[contains(@class, 'anchorjs-link')]])]"))
    title = " ".join(title.split())
    if number:
        return number, title.removeprefix(number).strip()
    appendix = _APPENDIX.fullmatch(title)
    return (appendix["number"], appendix["title"]) if appendix else ("", title)


def _names(config: Config, pages: Iterable[_Page]) -> dict[tuple[Path, str], tuple[_Heading, str]]:
    """What references call each heading, by its page and id; a chapter also by its page alone."""
    names = {}
    for page in pages:
        for heading in page.headings():
            words = config.name_of_heading(heading.level, heading.number, heading.title, appendix=page.chapter.appendix)
            names[page.file.resolve(), heading.id] = heading, words
            if heading.level == 1:
                names.setdefault((page.file.resolve(), ""), (heading, words))
    return names


def _name_references(page: _Page, names: dict[tuple[Path, str], tuple[_Heading, str]]) -> None:
    """Give references to headings their words.

    Quarto prints a number for headings that show none, and titles in a chapter without number. A reference to which
    the author gave words of its own keeps them.
    """
    prefix = re.compile(rf"\w+[ \u00a0]{NUMBER}")
    for link in page.main.iter("a"):
        if "quarto-xref" not in link.get("class", "").split():
            continue
        address = urlsplit(link.get("href", ""))
        target = (page.file.parent / address.path).resolve() if address.path else page.file.resolve()
        found = names.get((target, address.fragment))
        if found is None:
            continue
        heading, words = found
        shown = " ".join(link.text_content().split())
        titled = shown in (heading.title, f"{heading.number} {heading.title}") or _APPENDIX.fullmatch(shown)
        if titled or prefix.fullmatch(shown):
            link[:] = []
            link.text = words


def _name_appendix(page: _Page) -> None:
    """Write the title of an appendix as those of the chapters: the letter, then the title."""
    for title in page.main.xpath(".//h1[contains(@class, 'title')]//span[@class='quarto-section-identifier']"):
        found = _APPENDIX.fullmatch(title.text or "")
        if found and page.chapter.appendix and not len(title):
            number, rest = html.Element("span"), html.Element("span")
            number.set("class", "chapter-number")
            rest.set("class", "chapter-title")
            number.text, number.tail, rest.text = found["number"], "\u00a0 ", found["title"]
            title.text = None
            title.extend([number, rest])


def _list_works(page: _Page, config: Config) -> None:
    """Sort the list of references by the alphabet of the note's language, and give titles theirs.

    Quarto makes the list of all chapters itself, without the language and without the filters. A chapter without the
    list has one that is hidden.
    """
    for listed in page.main.xpath(".//div[@id='refs'][not(contains(@style, 'none'))]"):
        works = {work.get("id", "").removeprefix("ref-"): work for work in listed.xpath("./div[@id]")}
        if config.bibliography is None or not works:
            continue
        ordered = list_of_works(config, works)
        if set(ordered) == set(works):
            listed.extend(works[key] for key in ordered)
        for key in ordered.keys() & works.keys():
            for span in pandoc.elements(ordered[key], "Span"):
                if language := dict(span["c"][0][2]).get("lang"):
                    _mark_words(works[key], pandoc.plain(span["c"][1]), language)


def _mark_words(element: Any, words: str, language: str) -> None:
    """Give words in an element their language; the words of a title stand together."""
    for holder in element.iter():
        if words and " ".join(holder.text_content().split()) == words:
            holder.set("lang", language)
            return
    for holder in element.iter():
        before, found, after = (holder.text or "").partition(words)
        if found:
            span = html.Element("span", {"lang": language})
            span.text, span.tail, holder.text = words, after, before
            holder.insert(0, span)
            return


# ---- Figures and tables ----


def _name_figure_data(page: _Page) -> None:
    """Set the number of each caption apart, and give it to the data behind the figure."""
    named: dict[str, str] = {}
    for caption in page.main.iter("figcaption"):
        text = caption.text or ""
        found = _CAPTION.match(text)
        if found is None:
            continue
        number = html.Element("span")
        number.set("class", "nummer")
        number.text, number.tail = f"{found['name']}:", f" {text[found.end() :]}"
        caption.text = None
        caption.insert(0, number)
        named |= {outer.get("id"): found["name"] for outer in caption.xpath("ancestor::div[@id][1]")}
    for details in page.main.xpath(".//details[@data-figur]"):
        name = named.get(details.get("data-figur"), "")
        lowered = f"{name[:1].lower()}{name[1:]}"
        unnamed = say("Tallene bak {figure}", figure=say("figuren"))
        words = say("Tallene bak {figure}", figure=lowered)
        for item in details.iter("summary") if name else []:
            item.text = (item.text or "").replace(unnamed, words)
        for item in details.iter("a") if name else []:
            item.text = (item.text or "").replace(say("figuren"), lowered)
        for item in details.iter("div", "a") if name else []:
            if unnamed in item.get("aria-label", ""):
                item.set("aria-label", item.get("aria-label").replace(unnamed, words))


def _frame_tables(page: _Page) -> None:
    """Let wide tables scroll in a frame of their own, and mark the heads of rows and columns."""
    for table in page.main.xpath(".//figure//table[not(ancestor::*[contains(@class, 'tabell-ramme')])]"):
        frame = table.getparent()
        caption = table.xpath("ancestor::figure[1]/figcaption[@id]")
        if frame.tag != "div" or not caption:
            continue
        frame.attrib.pop("aria-describedby", None)
        frame.set("class", "tabell-ramme")
        frame.set("role", "region")
        frame.set("tabindex", "0")
        frame.set("aria-labelledby", caption[0].get("id"))
    for table in page.main.iter("table"):
        name_rows(table)
    for head in page.main.xpath(".//thead//th[not(@scope)]"):
        head.set("scope", "col")


def _name_boxes(page: _Page) -> None:
    """Make Quarto's own boxes groups with the names of their titles, as those of the house style are."""
    for box in page.main.xpath(".//div[contains(concat(' ', @class, ' '), ' callout ')]"):
        for title in box.xpath(".//div[contains(@class, 'callout-title-container')]")[:1]:
            box.set("role", "group")
            box.set("aria-label", " ".join(title.text_content().split()))


# ---- Search ----


def _replace_search(page: _Page, box: Any) -> None:
    """Put the note's own search in the menu, in place of Quarto's, which needs a server and knows no bokmål."""
    for old in page.root.xpath(
        "//*[@id='quarto-search'] | //*[contains(@class, 'quarto-search-button')] | //div[@class='sok']"
    ):
        old.drop_tree()
    for menu in page.root.xpath("//nav[@id='quarto-sidebar']"):
        head = menu.xpath("./div[contains(@class, 'sidebar-header')]")
        menu.insert(menu.index(head[0]) + 1 if head else 0, box)


def _write_search(pages: Iterable[_Page], output: Path) -> None:
    """Write what the search finds and is built on; the register is of all pages, also of those not written now."""
    entries = [entry for page in pages for entry in entries_of(*_searched(page, output))]
    script = search_script(entries, content.synonyms())
    paths.write_bytes(output / ASSETS / SCRIPT, script.encode())
    paths.write_bytes(output / ASSETS / WORKS_SCRIPT, works_script(entries).encode())
    copy_libraries(output / ASSETS)


def _searched(page: _Page, output: Path) -> tuple[Page, Any]:
    """The page for the register of the search, with its content in the section of the title, as in the other engine."""
    main = copy.deepcopy(page.main)
    unseen = [part for part in main.iter() if isinstance(part.tag, str) and is_hidden(part)]
    for part in [*main.xpath("./header | ./nav"), *unseen]:
        part.drop_tree()
    title = next(page.headings(), _Heading("", 1, "", ""))
    if not main.xpath(".//section[contains(@class, 'level1')]"):
        main.tag, heading = "section", html.Element("h1")
        main.set("id", title.id)
        heading.text = f"{title.number} {title.title}".strip()
        main.insert(0, heading)
        main.text, heading.tail = None, main.text
    holder = html.Element("div")
    holder.append(main)
    address = page.file.relative_to(output).as_posix()
    return Page(address, title.number, title.title, page.chapter.appendix), holder


# ---- Around the text ----


def _fill_menu(page: _Page, config: Config, tools: Any) -> None:
    """Put the page's sections, the downloads and the choice of colours into the menu."""
    menu = next((nav for nav in page.root.iter("nav") if nav.get("id") == "quarto-sidebar"), None)
    if menu is None:
        return
    for old in menu.xpath(".//section[@class='tools'] | .//ol[@class='sections'] | .//span[@class='label']"):
        old.drop_tree()
    # Quarto's own list of downloads is a symbol that opens a list in English, without sizes.
    for symbol in menu.xpath(".//div[contains(@class, 'dropdown')][a/i[contains(@class, 'bi-download')]]"):
        symbol.drop_tree()
    menu.append(tools)
    menu.set("aria-label", say("Kapitler"))
    for title in menu.xpath(".//div[contains(@class, 'sidebar-title')]/a") if config.subtitle else []:
        label = html.Element("span")
        label.set("class", "label")
        label.text, label.tail, title.text = config.subtitle, title.text, None
        title.insert(0, label)
    depth = config.extension.toc_depth
    sections = [heading for heading in page.headings() if heading.level == depth]
    for link in menu.xpath(".//a[contains(@class, 'sidebar-link')][contains(@class, 'active')]"):
        link.set("aria-current", "page")
        if sections:
            link.getparent().addnext(_section_links(sections))


def _section_links(sections: list[_Heading]) -> Any:
    made = html.Element("ol")
    made.set("class", "sections")
    for section in sections:
        item, link, title = html.Element("li"), html.Element("a"), html.Element("span")
        link.set("href", f"#{section.id}")
        if section.number:
            number = html.Element("span")
            number.set("class", "number")
            number.text, number.tail = section.number, " "
            link.append(number)
        title.text = section.title
        link.append(title)
        item.append(link)
        made.append(item)
    return made


def _add_foot(page: _Page, foot: Any) -> None:
    for old in page.root.xpath("//footer[@class='foot']"):
        old.drop_tree()
    foot.tail, page.main.tail = page.main.tail, None
    page.main.addnext(foot)


def _label(page: _Page) -> None:
    """Name in bokmål what Quarto names in English, and let readers skip the menu."""
    body, main = page.root.find("body"), page.main
    for crumbs in page.root.xpath("//nav[@aria-label='breadcrumb']"):
        crumbs.set("aria-label", say("Brødsmulesti"))
    page.root.set("data-tema", "system")
    if not body.xpath("./a[@class='skip']"):
        skip = html.Element("a")
        skip.set("class", "skip")
        skip.set("href", f"#{main.get('id')}")
        skip.text = say("Hopp til innholdet")
        main.set("tabindex", "-1")
        body.insert(0, skip)
    for name in _SCRIPTS:
        source = f"{page.to_root}{ASSETS}/{name}"
        if not page.root.xpath(f"head/script[@src='{source}']"):
            page.root.find("head").append(html.Element("script", {"src": source}))
