"""Write the book as web pages: one page a chapter, all assets beside them, nothing loaded from other hosts."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, select_autoescape
from lxml import html as lxml_html
from markupsafe import Markup

from notat.engine import pandoc
from notat.engine.floats import Float, captioned_table, replace_floats, with_row_heads
from notat.engine.keep.step import Steps
from notat.engine.model import Book, Chapter, Section
from notat.engine.pandoc import Node
from notat.engine.write.downloads import copy_figure_data, data_archive_name, size_in_words, write_data_archive
from notat.engine.write.search import SCRIPT, Entry, entries_of, search_script
from notat.project import fonts
from notat.project.config import Config
from notat.project.manifest import NAME, data_digest
from notat.project.project import Project
from notat.text import paths

ASSETS = "ressurser"
FIGURES = "figurer"
_END = "</section>"
_TEMPLATES = Path(__file__).parent / "templates"


def write_contents(book: Book, folder: Path) -> None:
    """Write into `folder` what the pages use, and build the text of every chapter."""
    _copy_assets(book, folder)
    (folder / ASSETS / SCRIPT).write_text(search_script(_entries(book, bodies(book))), encoding="utf-8")
    write_data_archive(book.project, folder)


def write_pages(book: Book, folder: Path) -> None:
    """Write all pages into `folder`, which holds the files they offer for download."""
    environment = Environment(loader=PackageLoader("notat.engine.write"), autoescape=select_autoescape(default=True))
    template = environment.get_template("page.html.j2")
    macros: Any = environment.get_template("menu.html.j2").module
    links = [link | {"entry": macros.entry(link)} for link in map(_link, book.chapters)]
    menu = macros.menu(links)
    common = {"lang": book.config.lang, "book": _about(book.project, folder)}
    around = zip([None, *links], links, [*links[1:], None], strict=False)
    for chapter, body, (previous, link, following) in zip(book.chapters, bodies(book), around, strict=True):
        page = _page(book, chapter, body)
        own = menu.replace(link["entry"], macros.entry(link, page["sections"]), 1)
        text = template.render(**common, page=page, menu=own, previous=previous, next=following)
        (folder / str(link["href"])).write_text(text, encoding="utf-8")
    copy_figure_data(book.config.root, folder)


def bodies(book: Book) -> list[str]:
    """The text of every chapter as HTML."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(partial(_body, book), book.chapters))


def _entries(book: Book, texts: list[str]) -> list[Entry]:
    """What can be searched for in all chapters."""
    inputs = [
        (chapter.slug, chapter.number, chapter.title, text) for chapter, text in zip(book.chapters, texts, strict=True)
    ]

    def make(missing: list[int]) -> list[bytes]:
        return [json.dumps(list(entries_of(book.chapters[place], texts[place]))).encode() for place in missing]

    steps = Steps("search", "search", ("notat.engine.write.search",), inputs, make)
    return [entry for found in book.results.get_or_make_each(steps) for entry in json.loads(found)]


def _copy_assets(book: Book, folder: Path) -> None:
    assets = folder / ASSETS
    (assets / "fonter").mkdir(parents=True)
    for file in (*book.config.extension.css, *(_TEMPLATES / name for name in ("shell.css", "shell.js", "sok.js"))):
        shutil.copyfile(file, assets / file.name)
    fonts.copy(assets / "fonter")
    shutil.copytree(book.config.root / paths.DATA, folder / paths.DATA)


def _downloads(config: Config, folder: Path) -> list[dict[str, str]]:
    """The files to download, with the size of those that are written already."""
    names = {
        "PDF": f"{config.output_file}.pdf",
        "Word": f"{config.output_file}.docx",
        "Data som ZIP": data_archive_name(config.output_file),
    }
    return [
        {"href": name, "label": label, "size": size_in_words(folder / name) if (folder / name).is_file() else ""}
        for label, name in names.items()
    ]


def _about(project: Project, folder: Path) -> dict[str, Any]:
    """What every page says about the book."""
    config = project.config
    return {
        "title": config.title,
        "subtitle": config.subtitle,
        "author": config.author,
        "date": format_date(config.date, "d. MMMM y", locale="nb_NO"),
        "downloads": _downloads(config, folder),
        "data_digest": data_digest(project),
        "manifest": NAME,
        "colophon": "Alle tall er regnet ut fra datapakken som følger notatet.",
    }


def _page(book: Book, chapter: Chapter, body: str) -> dict[str, Any]:
    return {
        "title": chapter.title,
        "number": chapter.number,
        "href": f"{chapter.slug}.html",
        "html": Markup(body),  # noqa: S704  # Pandoc has escaped it
        "sections": [vars(heading) for heading in chapter.headings if heading.level == book.config.extension.toc_depth],
        "description": f"{chapter.title} – {book.config.title}",
        "is_home": chapter.slug == "index",
    }


def _link(chapter: Chapter) -> dict[str, Any]:
    return {
        "href": f"{chapter.slug}.html",
        "number": chapter.number,
        "title": chapter.title,
        "appendix": chapter.file.appendix,
    }


def _body(book: Book, chapter: Chapter) -> str:
    """The chapter's text as HTML."""
    inputs: list[tuple[Any, ...]] = [(chapter.slug, *book.key_inputs(section)) for section in chapter.sections]
    # Pandoc numbers the notes and collects them below, so sections with notes are written together, and the notes with
    # them: one part more, of no blocks.
    noted = [place for place, outline in enumerate(chapter.outlines) if outline.notes]
    if noted:
        together = [part for place in noted for part in inputs[place]]
        inputs = [(*together, *own) if place in noted else own for place, own in enumerate(inputs)]
        noted.append(len(inputs))
        inputs.append(("notes", *together))

    def blocks(place: int) -> list[Node]:
        return _blocks(chapter.sections[place], chapter.slug) if place < len(chapter.sections) else []

    def make(missing: list[int]) -> list[bytes]:
        wanted = missing if set(missing).isdisjoint(noted) else sorted({*missing, *noted})
        root = _converted(book, list(chain.from_iterable(map(blocks, wanted))))
        made = dict(zip(wanted, _parted(root), strict=True))
        return [made[place].encode() for place in missing]

    steps = Steps("html", chapter.slug, (__name__,), inputs, make)
    title, *rest = (text.decode() for text in book.results.get_or_make_each(steps))
    notes = [rest.pop()] if noted else []
    return "\n".join([title.removesuffix(_END), *rest, _END, *notes])


def _blocks(section: Section, slug: str) -> list[Node]:
    """The section as it goes to Pandoc; `slug` names its page."""

    def visit(node: Node) -> None:
        if node["t"] == "Header":
            number_heading(node)
        if node["t"] == "Link" and "#" in node["c"][2][0] and "/" not in node["c"][2][0]:
            page, id_ = node["c"][2][0].split("#", 1)
            node["c"][2][0] = f"#{id_}" if page == slug else f"{page}.html#{id_}"

    return replace_floats(section.blocks, _write_float, visit)


def _write_float(entry: Float) -> list[Node]:
    if entry.kind == "tbl":
        table = captioned_table(with_row_heads(entry.body), entry.numbered_caption(), entry.id)
        return [{"t": "Div", "c": [pandoc.attr("", ("tabell-ramme",)), [table]]}]
    image = [pandoc.attr(), pandoc.text(entry.alt), [f"{FIGURES}/{Path(entry.image).name}.svg", ""]]
    plain = {"t": "Plain", "c": [{"t": "Image", "c": image}]}
    return [
        {"t": "Figure", "c": [pandoc.attr(entry.id), [None, [{"t": "Plain", "c": entry.numbered_caption()}]], [plain]]}
    ]


def _converted(book: Book, blocks: list[Node]) -> lxml_html.HtmlElement:
    filters = [f"--lua-filter={file}" for file in book.config.extension.filters]
    document = {"pandoc-api-version": pandoc.api_version(), "meta": {}, "blocks": blocks}
    raw = pandoc.run(json.dumps(document), "--from=json", "--to=html5", "--section-divs", "--wrap=none", *filters)
    root = lxml_html.fragment_fromstring(raw.decode(), create_parent="div")
    _polish(root)
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


def _polish(root: lxml_html.HtmlElement) -> None:
    """Mend what Pandoc leaves: inline styles break the security policy, and tables lack scopes and names."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        style = element.attrib.pop("style", "")
        if "text-align: right" in style:
            element.set("class", f"{element.get('class', '')} tall-kolonne".strip())
        if element.tag == "th":
            element.set("scope", "col" if any(a.tag == "thead" for a in element.iterancestors()) else "row")
        if element.tag in ("col", "colgroup"):
            element.attrib.pop("width", None)
    for frame in root.iter("div"):
        if frame.get("class") == "tabell-ramme":
            table = frame.find(".//table")
            caption = frame.find(".//caption")
            if table is not None and caption is not None:
                caption.set("id", f"{table.get('id')}-tittel")
                frame.set("tabindex", "0")
                frame.set("role", "region")
                frame.set("aria-labelledby", caption.get("id"))
