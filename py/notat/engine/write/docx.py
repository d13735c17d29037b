"""Write the printed documents of a book as Word documents in the house style."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Any

from notat.docx.finish import about_document, finish_blocks, finish_whole
from notat.docx.floats import DECORATIVE
from notat.docx.libreoffice import Program
from notat.docx.merge import keep_body, merge
from notat.docx.package import Package
from notat.docx.prose import set_language
from notat.docx.styles import TEXT_WIDTH
from notat.engine import pandoc
from notat.engine.floats import Float, captioned_table, replace_floats
from notat.engine.keep.step import Step, Steps
from notat.engine.model import Book, Chapter, Section
from notat.engine.pandoc import Node
from notat.engine.read import sections, tables
from notat.engine.write import blocks as own
from notat.engine.write.html import number_heading
from notat.engine.write.leading import lead_link
from notat.engine.write.paging import number_pages
from notat.engine.write.pictures import for_word
from notat.norsk.language import current, say, speaking
from notat.project.booklets import Document
from notat.project.images import DRAWN

# Characters of JSON for one document of Pandoc: making an empty one takes as long as writing this many.
_PART = 100_000
_CODE = (__name__, "notat.docx.finish")


def write_docx(book: Book, folder: Path, program: Program | None = None) -> None:
    """Write and finish the DOCX of each printed document in `folder`; with `program`, its contents get page numbers."""
    for document in book.config.documents:
        write_document(book, document, folder, program)


def write_document(book: Book, document: Document, folder: Path, program: Program | None = None) -> None:
    """Write and finish the DOCX of one printed document in `folder`; `program` as in `write_docx`."""
    config = book.config
    meta: dict[str, Node] = {
        name: {"t": "MetaInlines", "c": pandoc.text(words)}
        for name, words in {
            "title": document.title,
            "subtitle": document.subtitle,
            "author": config.author,
            "date": current().date(config.date),
            "lang": config.lang,
            "toc-title": config.word("toc-title-document", say("Innhold")),
        }.items()
        if words
    }
    depth = config.extension.toc_depth
    contents = ("--toc", f"--toc-depth={depth}") if document.cover else ()
    shell = book.results.get_or_make(
        Step(
            kind="docx",
            name=f"cover-{document.stem}",
            code=_CODE,
            inputs=(config.extension.reference_doc, meta, *contents),
            make=lambda: _converted(book, [], meta, *contents),
        )
    )
    parts = _parts(book, document)
    whole = Step(
        kind="docx",
        name=document.stem,
        code=_CODE,
        inputs=(str(config.date), meta, book.manifest.as_json(), shell, *parts, str(config.lists)),
        make=lambda: _finished(book, document, shell, parts),
    )
    made = book.results.get_or_make(whole)
    if program is not None and document.cover:
        made = number_pages(book.results, document.stem, made, program)
    (folder / document.file("docx")).write_bytes(made)


def _parts(book: Book, document: Document) -> list[bytes]:
    """The Word documents that together are the text, in order; each is in one language."""
    of_languages = groupby(book.chapters_of(document), key=lambda chapter: (chapter.source.lang, chapter.foreign))
    return [part for language, chapters in of_languages for part in _spoken(book, document, list(chapters), *language)]


def _spoken(book: Book, document: Document, chapters: list[Chapter], language: str, foreign: str) -> list[bytes]:
    groups = list(_groups(chapters))
    meta = {"lang": {"t": "MetaInlines", "c": pandoc.text(foreign or book.config.lang)}}
    around = (book.config.extension.reference_doc, meta)
    inputs = [
        (*around, *(part for section in group for part in book.key_inputs(section)), *_figure_files(book, group))
        for group in groups
    ]

    def part(place: int) -> bytes:
        with speaking(language):
            return _part(book, document, groups[place], meta, foreign)

    def make(missing: list[int]) -> list[bytes]:
        with ThreadPoolExecutor() as pool:
            return list(pool.map(part, missing))

    return book.results.get_or_make_each(Steps("docx-part", document.stem, _CODE, inputs, make))


def _groups(chapters: list[Chapter]) -> Iterator[list[Section]]:
    """The sections that are one part: of small chapters together, and of a large chapter by themselves."""
    sizes = [sum(len(section.resolved) for section in chapter.sections) for chapter in chapters]
    for place in sections.group_by_size(sizes, _PART):
        own = [section for chapter in chapters[place] for section in chapter.sections]
        for part in sections.group_by_size([len(section.resolved) for section in own], _PART):
            yield own[part]


def _figure_files(book: Book, group: list[Section]) -> list[Path]:
    return [for_word(book, figure.image) for section in group for figure in section.outline.figures]


def _part(book: Book, document: Document, group: list[Section], meta: dict[str, Node], foreign: str) -> bytes:
    blocks = [block for section in group for block in _blocks(book, document, section)]
    package = Package(io.BytesIO(_converted(book, blocks, meta)))
    finish_blocks(package)
    if foreign:
        set_language(package, foreign)
    keep_body(package)
    return package.as_bytes()


def _converted(book: Book, blocks: list[Node], meta: dict[str, Node], *arguments: str) -> bytes:
    config = book.config
    document = {"pandoc-api-version": pandoc.api_version(), "meta": meta, "blocks": blocks}
    return pandoc.run(
        json.dumps(document),
        "--from=json",
        "--to=docx",
        f"--reference-doc={config.extension.reference_doc}",
        "--output=-",
        *arguments,
        *[f"--lua-filter={file}" for file in config.extension.filters],
        cwd=config.root,
    )


def _finished(book: Book, document: Document, shell: bytes, parts: list[bytes]) -> bytes:
    cover = Package(io.BytesIO(shell))
    finish_blocks(cover)
    package = merge(cover, [Package(io.BytesIO(part)) for part in parts])
    figures = [figure for chapter in book.chapters_of(document) for figure in chapter.figures]
    alt_texts = {figure.id: figure.alt for figure in figures if figure.id}
    finish_whole(package, about_document(book.config, document, alt_texts, book.manifest))
    return package.as_bytes()


def _blocks(book: Book, document: Document, section: Section) -> list[Node]:
    def visit(node: Node) -> Any:
        if node["t"] == "Header":
            number_heading(node)
        if node["t"] == "Image":
            _lead_image(book, node)
        if node["t"] == "Link":
            lead_link(book, document, node, "docx")
        if node["t"] in ("Div", "Span", "CodeBlock", "Para", "Plain", "HorizontalRule"):
            return own.for_word(node)
        if node["t"] in ("BulletList", "OrderedList"):
            return pandoc.walk(node, _caption_apart)
        return None

    blocks = section.blocks_in("docx")
    own.mark_outer_rows(blocks)
    written = []
    for block in blocks:
        made = replace_floats([block], _write_float, visit)
        written += own.lying_for_word(made) if own.is_lying(block) else made
    return written


def _lead_image(book: Book, node: Node) -> None:
    """The image as Word shows it: the note's figures are as wide as the text."""
    (id_, classes, pairs), words, target = node["c"]
    image = target[0].lstrip("/")
    sizes = [[key, _length(value)] for key, value in pairs if key in ("width", "height")]
    sizes += [[own.PART_OF_LINE, value.removesuffix("%")] for key, value in pairs if key == "width" and "%" in value]
    if image.startswith(DRAWN) and not sizes:
        sizes = [["width", "100%"]]
    node["c"] = [
        [id_, classes, sizes],
        words,
        [for_word(book, image).relative_to(book.config.root).as_posix(), "" if words else DECORATIVE],
    ]


def _caption_apart(node: Node) -> list[Node] | None:
    """In a list, Pandoc gives the caption of a table the style of the list."""
    if node["t"] != "Table" or not node["c"][1][1]:
        return None
    id_ = node["c"][0][0]
    node["c"][0][0] = ""
    text = tables.take_caption(node)
    marked = pandoc.para([{"t": "Span", "c": [pandoc.attr(id_), text]}])
    return [{"t": "Div", "c": [pandoc.attr("", (), custom_style="Table Caption"), [marked]]}, node]


def _length(size: str) -> str:
    """A size as Pandoc makes it: it takes a share only to make an image smaller."""
    share = size.removesuffix("%")
    if share == "100":
        return size
    return f"{float(share) / 100 * TEXT_WIDTH / own.TWIPS:.2f}in" if share != size else size


def _write_float(entry: Float) -> list[Node]:
    if entry.table:
        return [captioned_table(entry.table, entry.numbered_caption(), entry.id)]
    caption = entry.numbered_caption()
    if not entry.image or entry.kind == "tbl":
        return own.captioned_for_word(entry, caption)
    plain = {"t": "Plain", "c": [entry.image]}
    return [{"t": "Figure", "c": [pandoc.attr(entry.id), [None, [{"t": "Plain", "c": caption}]], [plain]]}]
