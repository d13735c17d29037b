"""Write the book as web pages: one page a chapter, all assets beside them, nothing loaded from other hosts."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape
from lxml import html as lxml_html
from markupsafe import Markup

from notat.engine import pandoc
from notat.engine.floats import Float, captioned_table, replace_floats
from notat.engine.keep.step import Steps
from notat.engine.model import Book, Chapter, Section
from notat.engine.pandoc import Node
from notat.engine.read.tables import LYING
from notat.engine.write import blocks as own
from notat.engine.write.diagrams import CLASS as DIAGRAM
from notat.engine.write.diagrams import with_diagrams
from notat.engine.write.downloads import (
    copy_data,
    copy_figure_data,
    data_archive_name,
    size_in_words,
    write_data_archive,
)
from notat.engine.write.pictures import shape_on_web, web_name
from notat.engine.write.polish import polish, stylesheet
from notat.engine.write.scripts import copy_script, suffix
from notat.engine.write.search import (
    CARDS,
    PROGRAM,
    SCRIPT,
    WORKS_SCRIPT,
    Entry,
    Page,
    Synonyms,
    copy_libraries,
    entries_of,
    search_script,
    works_script,
)
from notat.engine.write.sharing import ICON, PICTURE, SIZE, describe, write_pictures
from notat.norsk.language import current, say, speaking
from notat.project import fonts
from notat.project.booklets import KINDS
from notat.project.brand import read_brand
from notat.project.config import Config
from notat.project.images import DRAWN
from notat.project.manifest import NAME, data_digest
from notat.project.project import Project

ASSETS = "ressurser"
LOST = "404.html"  # what a web server shows where there is no page
STYLES = "stil.css"
_END = "</section>"
_OWN_ADDRESS = re.compile(r'\b(?:href|src)="(?!#|[a-z][a-z0-9+.-]*:)')
# What a link with a card leads to: a work, a figure or a table.
_LED_TO = (("#", "ref"), ('"#', "fig"), ('"#', "tbl"))
TEMPLATES = Path(__file__).parent / "templates"


def write_contents(book: Book, folder: Path, synonyms: Synonyms = ()) -> None:
    """Write into `folder` what the pages use, and build the text of every chapter; `synonyms` are of the search."""
    _copy_assets(book, folder)
    entries = _entries(book, bodies(book))
    (folder / ASSETS / SCRIPT).write_text(search_script(entries, synonyms), encoding="utf-8")
    (folder / ASSETS / WORKS_SCRIPT).write_text(works_script(entries), encoding="utf-8")
    write_data_archive(book.project, book.results, folder)


def write_pages(book: Book, folder: Path) -> None:
    """Write all pages into `folder`, which holds the files they offer for download."""
    environment = _environment()
    template = environment.get_template("page.html.j2")
    macros: Any = environment.get_template("menu.html.j2").module
    links = [link | {"entry": macros.entry(link)} for link in map(_link, book.chapters)]
    menu = macros.menu(links)
    texts = bodies(book)
    styles = stylesheet(texts)
    if styles:
        (folder / ASSETS / STYLES).write_text(styles, encoding="utf-8")
    common: dict[str, Any] = {"lang": book.config.lang, "book": describe_book(book.project, folder)}
    common |= {"styles": STYLES if styles else "", "site": book.config.site, "icon": ICON}
    common["site_name"] = read_brand(book.config.root).name or book.config.title
    common["picture"] = {"name": PICTURE, "width": SIZE[0], "height": SIZE[1]}
    around = zip([None, *links], links, [*links[1:], None], strict=False)
    for chapter, body, (previous, link, following) in zip(book.chapters, texts, around, strict=True):
        page = _page(book, chapter, with_diagrams(body, book.config.root))
        own = menu.replace(link["entry"], macros.entry(link, page["sections"]), 1)
        text = template.render(**common, page=page, menu=own, previous=previous, next=following)
        (folder / str(link["href"])).write_text(text, encoding="utf-8")
    if LOST not in {link["href"] for link in links}:
        text = template.render(**common, page=_lost_page(), menu=menu, previous=None, next=None)
        (folder / LOST).write_text(from_root(text, book.config.site), encoding="utf-8")
    copy_figure_data(book.config.root, folder, folder.glob("*.html"))


@cache
def _environment() -> Environment:
    """The templates of the pages, which a process that builds many notes compiles once."""
    environment = Environment(loader=PackageLoader("notat.engine.write"), autoescape=select_autoescape(default=True))
    environment.globals["say"] = say
    return environment


def bodies(book: Book) -> list[str]:
    """The text of every chapter as HTML."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(partial(_body, book), book.chapters))


def _entries(book: Book, texts: list[str]) -> list[Entry]:
    """What can be searched for in all chapters."""
    pages = [
        Page(f"{one.slug}.html", one.number, one.title, one.file.appendix, one.language.tag) for one in book.chapters
    ]
    inputs = [(*astuple(page), text) for page, text in zip(pages, texts, strict=True)]

    def entries(page: Page, text: str) -> bytes:
        with speaking(page.lang):
            return json.dumps(list(entries_of(page, lxml_html.fragment_fromstring(text, create_parent="div")))).encode()

    def make(missing: list[int]) -> list[bytes]:
        return [entries(pages[place], texts[place]) for place in missing]

    steps = Steps("search", "search", ("notat.engine.write.search",), inputs, make)
    return [entry for found in book.results.get_or_make_each(steps) for entry in json.loads(found)]


def _copy_assets(book: Book, folder: Path) -> None:
    assets = folder / ASSETS
    (assets / "fonter").mkdir(parents=True)
    for file in (*book.config.extension.css, *(TEMPLATES / name for name in ("shell.css", "shell.js", PROGRAM, CARDS))):
        copy_script(file, assets)
    for code in book.languages[1:]:
        with speaking(code):
            copy_script(TEMPLATES / "shell.js", assets)
    copy_libraries(assets, book.languages)
    write_pictures(book.config, book.results, assets)
    fonts.write_for_pages(assets / "fonter", book.config.root)
    copy_data(book.project, folder)


def _downloads(config: Config, folder: Path) -> list[dict[str, str]]:
    """The files to download, with the size of those that are written already."""
    main, *booklets = config.documents
    names = {words: main.file(kind) for kind, words in KINDS.items()}
    if booklets:
        names = {say("Notatet som {format}", format=words): name for words, name in names.items()}
    names |= {
        say("{document} som {format}", document=one.name, format=words): one.file(kind)
        for one in booklets
        for kind, words in KINDS.items()
    }
    names |= {say("Data som ZIP"): data_archive_name(config.output_file)}
    return [
        {"href": name, "label": label, "size": size_in_words(folder / name) if (folder / name).is_file() else ""}
        for label, name in names.items()
    ]


def describe_book(project: Project, folder: Path, *, nested: bool = False) -> dict[str, Any]:
    """What every page says about the book, whose files are in `folder`; Quarto's pages are in the chapters' folders."""
    config = project.config
    return {
        "title": config.title,
        "subtitle": config.subtitle,
        "author": config.author,
        "date": current().date(config.date),
        "css": [file.name for file in config.extension.css],
        "downloads": _downloads(config, folder),
        "data_digest": data_digest(project),
        "manifest": NAME,
        "help": _help(config, nested=nested),
        "colophon": say("Alle tall er regnet ut fra datapakken som følger notatet."),
    }


def _help(config: Config, *, nested: bool) -> list[dict[str, Any]]:
    """Links to the accessibility statement and to the publisher; those to pages of the book start in its folder."""
    contact, links = config.contact, []
    if contact.is_in_book:
        file, hash_, id_ = contact.statement.partition("#")
        chapter = next(chapter for chapter in config.chapters if chapter.file == file)
        page = Path(chapter.file).with_suffix("").as_posix() if nested else chapter.slug
        links.append({"href": f"{page}.html{hash_}{id_}", "label": say("Om universell utforming"), "own": True})
    elif contact.statement:
        links.append({"href": contact.statement, "label": say("Tilgjengelighetserklæring"), "own": False})
    if contact.address:
        links.append({"href": contact.link, "label": say("Kontakt {publisher}", publisher=config.author), "own": False})
    return links


def _page(book: Book, chapter: Chapter, body: str) -> dict[str, Any]:
    depth = book.config.extension.toc_depth
    return {
        "title": chapter.title,
        "number": chapter.number,
        "href": f"{chapter.slug}.html",
        "html": Markup(body),  # noqa: S704  # Pandoc has escaped it
        "sections": [vars(heading) for heading in chapter.headings[1:] if heading.listed and heading.level <= depth],
        "description": describe(body) or f"{chapter.title} – {book.config.title}",
        "address": "" if chapter.slug == "index" else f"{chapter.slug}.html",
        "is_home": chapter.slug == "index",
        "has_numbers": 'class="tall"' in body,
        "has_cards": any(f"{start}{kind}-" in body for start, kind in _LED_TO),
        "has_diagrams": f'class="{DIAGRAM}"' in body,
        "lang": chapter.foreign,
        "script": _script_of(chapter),
    }


def _script_of(chapter: Chapter) -> str:
    """What ends the names of the scripts that speak to the reader within the page."""
    with speaking(chapter.source.lang):
        return f"{suffix()}.js"


def _lost_page() -> dict[str, Any]:
    """The page for an address that leads nowhere."""
    title = say("Fant ikke siden")
    link = f'<a href="index.html">{say("gå til forsiden")}</a>'
    body = (
        f'<section id="fant-ikke-siden" class="level1"><h1>{title}</h1>'
        f"<p>{say('Adressen fører ikke til noen side i notatet. Siden kan ha fått et nytt navn.')}</p>"
        f"<p>{say('Velg et kapittel i menyen, søk i notatet eller {link}.', link=link)}</p></section>"
    )
    own = Markup(body)  # noqa: S704  # nothing in it is from elsewhere
    return {"title": title, "html": own, "description": title, "is_lost": True, "script": ".js"}


def from_root(page: str, site: str) -> str:
    """The page with links from the root of `site`, if any: a server shows it at whatever address was asked for."""
    return _OWN_ADDRESS.sub(rf"\g<0>{site}", page) if site else page


def _link(chapter: Chapter) -> dict[str, Any]:
    return {
        "href": f"{chapter.slug}.html",
        "number": chapter.number,
        "title": chapter.title,
        "appendix": chapter.file.appendix,
        "part": chapter.file.part,
        "lang": chapter.foreign,
    }


def _body(book: Book, chapter: Chapter) -> str:
    """The chapter's text as HTML."""
    with speaking(chapter.source.lang):
        return _written(book, chapter)


def _written(book: Book, chapter: Chapter) -> str:
    inputs: list[tuple[Any, ...]] = [
        (
            chapter.slug,
            *book.key_inputs(section),
            *((web_name(book, figure.image), shape_on_web(book, figure.image)) for figure in section.outline.figures),
        )
        for section in chapter.sections
    ]
    # Pandoc numbers the notes and collects them below, so sections with notes are written together, and the notes with
    # them: one part more, of no blocks.
    noted = [place for place, outline in enumerate(chapter.outlines) if outline.notes]
    if noted:
        together = [part for place in noted for part in inputs[place]]
        inputs = [(*together, *own) if place in noted else own for place, own in enumerate(inputs)]
        noted.append(len(inputs))
        inputs.append(("notes", *together))

    def blocks(place: int) -> list[Node]:
        return _blocks(book, chapter.sections[place], chapter.slug) if place < len(chapter.sections) else []

    def make(missing: list[int]) -> list[bytes]:
        wanted = missing if set(missing).isdisjoint(noted) else sorted({*missing, *noted})
        root = _converted(book, list(chain.from_iterable(map(blocks, wanted))))
        made = dict(zip(wanted, _parted(root), strict=True))
        return [made[place].encode() for place in missing]

    steps = Steps("html", chapter.slug, (__name__,), inputs, make)
    parts = [text.decode() for text in book.results.get_or_make_each(steps)]
    notes = [parts.pop()] if noted else []
    opens = [place for place, outline in enumerate(chapter.outlines) if outline.headings[0][0] == 1]
    for place in opens:
        parts[place] = parts[place].removesuffix(_END)
        # The section of a title holds all that follows, to the next title.
        parts[place - 1] += f"\n{_END}" if place else ""
    return "\n".join([*parts, _END, *notes])


def _blocks(book: Book, section: Section, slug: str) -> list[Node]:
    """The section as it goes to Pandoc; `slug` names its page."""

    def visit(node: Node) -> Any:
        if node["t"] == "Header":
            number_heading(node)
        if node["t"] == "Image":
            _lead_image(book, node)
        if node["t"] == "Table":  # a page has room: it can be scrolled
            node["c"][0][1:] = [[name for name in node["c"][0][1] if name != LYING], []]
        if node["t"] in ("Div", "Span", "CodeBlock"):
            return own.for_web(node)
        if node["t"] == "Link" and "#" in node["c"][2][0] and "/" not in node["c"][2][0]:
            page, id_ = node["c"][2][0].split("#", 1)
            node["c"][2][0] = f"#{id_}" if page == slug else f"{page}.html#{id_}"
        return None

    return replace_floats(section.blocks_in("html"), _write_float, visit)


def _lead_image(book: Book, node: Node) -> None:
    """The image as the page finds it; the note's own figures are as wide as the text, others have their own size."""
    (id_, classes, pairs), _, target = node["c"]
    image = target[0].lstrip("/")
    target[0] = web_name(book, image)
    if image.startswith(DRAWN):
        pairs = [pair for pair in pairs if pair != ["width", "100%"]]
    if not image.startswith(DRAWN) or pairs:
        classes.append("bilde")
    classes += [f"bilde-{value}" for key, value in pairs if key == "fig-align"]
    pairs = [pair for pair in pairs if pair[0] != "fig-align"]
    if (shape := shape_on_web(book, image)) and not pairs:
        pairs = [["width", shape[0]], ["height", shape[1]], ["loading", "lazy"]]
    node["c"][0] = [id_, classes, pairs]


def _write_float(entry: Float) -> list[Node]:
    if entry.table:
        table = captioned_table(entry.table, entry.numbered_caption(), entry.id)
        return [{"t": "Div", "c": [pandoc.attr("", ("tabell-ramme",)), [table]]}]
    body = [{"t": "Plain", "c": [entry.image]}] if entry.image else entry.body
    return [
        {"t": "Figure", "c": [pandoc.attr(entry.id), [None, [{"t": "Plain", "c": entry.numbered_caption()}]], body]}
    ]


def _converted(book: Book, blocks: list[Node]) -> lxml_html.HtmlElement:
    filters = [f"--lua-filter={file}" for file in book.config.extension.filters]
    language = current()
    meta = {} if language.code == "nb" else {"lang": {"t": "MetaString", "c": language.tag}}
    document = {"pandoc-api-version": pandoc.api_version(), "meta": meta, "blocks": blocks}
    raw = pandoc.run(
        json.dumps(document), "--from=json", "--to=html5", "--section-divs", "--mathml", "--wrap=none", *filters
    )
    root = lxml_html.fragment_fromstring(raw.decode(), create_parent="div")
    polish(root)
    return root


def _parted(root: lxml_html.HtmlElement) -> list[str]:
    """The section of the chapter's title without nested sections, if present, and then each of those."""
    parts = []
    for outer in list(root):
        within = outer.xpath("section[contains(@class, 'level2')]") if "level1" in outer.get("class", "") else []
        for section in within:
            outer.remove(section)
        parts += [outer, *within]
    return [lxml_html.tostring(part, encoding="unicode", with_tail=False) for part in parts]


def number_heading(node: Node) -> None:
    """Write the heading's number into it."""
    _, attributes, inlines = node["c"]
    number = dict(attributes[2]).get("number", "")
    attributes[2] = [pair for pair in attributes[2] if pair[0] != "number"]
    if number:
        span = {"t": "Span", "c": [pandoc.attr("", ("header-section-number",)), pandoc.text(number)]}
        inlines[:0] = [span, {"t": "Space"}]
