"""Write the book as a Word document in the house style."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from babel.dates import format_date

from notat.docx.finish import about_book, finish_blocks, finish_whole
from notat.docx.merge import keep_body, merge
from notat.docx.package import Package
from notat.engine import pandoc
from notat.engine.floats import Float, captioned_table, replace_floats
from notat.engine.keep.step import Step, Steps
from notat.engine.model import Book, Chapter, Section
from notat.engine.pandoc import Node
from notat.engine.read import sections
from notat.engine.write.html import number_heading

# Characters of JSON for one run of Pandoc: starting takes a tenth of a second, and so does reading this many.
_PART = 100_000
_CODE = (__name__, "notat.docx.finish")


def write_docx(book: Book, folder: Path) -> None:
    """Write and finish the DOCX in `folder`."""
    config = book.config
    target = folder / f"{config.output_file}.docx"
    meta: dict[str, Node] = {
        name: {"t": "MetaInlines", "c": pandoc.text(words)}
        for name, words in {
            "title": config.title,
            "subtitle": config.subtitle,
            "author": config.author,
            "date": format_date(config.date, "d. MMMM y", locale="nb_NO"),
            "lang": config.lang,
            "toc-title": config.word("toc-title-document", "Innhold"),
        }.items()
        if words
    }
    depth = config.extension.toc_depth
    shell = book.results.get_or_make(
        Step(
            kind="docx",
            name="cover",
            code=_CODE,
            inputs=(config.extension.reference_doc, meta, depth),
            make=lambda: _converted(book, [], meta, "--toc", f"--toc-depth={depth}"),
        )
    )
    with ThreadPoolExecutor() as pool:
        chapters = pool.map(lambda chapter: _chapter(book, chapter, {"lang": meta["lang"]}), book.chapters)
        parts = [part for chapter in chapters for part in chapter]
    whole = Step(
        kind="docx",
        name=config.output_file,
        code=_CODE,
        inputs=(str(config.date), meta, book.manifest.as_json(), shell, *parts),
        make=lambda: _finished(book, shell, parts),
    )
    target.write_bytes(book.results.get_or_make(whole))


def _chapter(book: Book, chapter: Chapter, meta: dict[str, Node]) -> list[bytes]:
    """The Word documents that together are the chapter, in order."""
    places = sections.group_by_size([len(section.resolved) for section in chapter.sections], _PART)
    groups = [chapter.sections[place] for place in places]
    around = (book.config.extension.reference_doc, meta)
    inputs = [
        (*around, *(part for section in group for part in book.key_inputs(section)), *_figure_files(book, group))
        for group in groups
    ]
    steps = Steps(
        "docx-part",
        chapter.slug,
        _CODE,
        inputs,
        lambda missing: [_part(book, groups[place], meta) for place in missing],
    )
    return book.results.get_or_make_each(steps)


def _figure_files(book: Book, group: list[Section]) -> list[Path]:
    """The image files of the figures in the sections."""
    images = [figure.image for section in group for figure in section.outline.figures]
    return [book.config.root / f"{image}.png" for image in images]


def _part(book: Book, group: list[Section], meta: dict[str, Node]) -> bytes:
    blocks = [block for section in group for block in _blocks(section)]
    package = Package(io.BytesIO(_converted(book, blocks, meta)))
    finish_blocks(package)
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


def _finished(book: Book, shell: bytes, parts: list[bytes]) -> bytes:
    config = book.config
    cover = Package(io.BytesIO(shell))
    finish_blocks(cover)
    package = merge(cover, [Package(io.BytesIO(part)) for part in parts])
    alt_texts = {figure.id: figure.alt for chapter in book.chapters for figure in chapter.figures}
    finish_whole(package, about_book(config, alt_texts, book.manifest))
    return package.as_bytes()


def _blocks(section: Section) -> list[Node]:
    def visit(node: Node) -> None:
        if node["t"] == "Header":
            number_heading(node)
        if node["t"] == "Link" and "#" in node["c"][2][0] and "/" not in node["c"][2][0]:
            node["c"][2][0] = "#" + node["c"][2][0].split("#", 1)[1]

    return replace_floats(section.blocks, _write_float, visit)


def _write_float(entry: Float) -> list[Node]:
    if entry.kind == "tbl":
        return [captioned_table(entry.body, entry.numbered_caption(), entry.id)]
    image = [pandoc.attr("", (), width="100%"), pandoc.text(entry.alt), [f"{entry.image}.png", ""]]
    plain = {"t": "Plain", "c": [{"t": "Image", "c": image}]}
    return [
        {"t": "Figure", "c": [pandoc.attr(entry.id), [None, [{"t": "Plain", "c": entry.numbered_caption()}]], [plain]]}
    ]
