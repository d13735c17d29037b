"""Write the book as a Word document in the house style."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from babel.dates import format_date

from notat.book import pandoc
from notat.book.assemble import Book
from notat.book.floats import Float, captioned_table, floats, replace_floats
from notat.book.html import number_heading
from notat.book.pandoc import Node
from notat.finish.docx import finish_docx
from notat.finish.manifest import made_of


def write_docx(book: Book, folder: Path) -> None:
    """Write and finish the DOCX in `folder`."""
    config = book.config
    target = folder / f"{config.output_file}.docx"
    meta = {
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
    blocks = [block for chapter in book.chapters for block in _chapter_blocks(chapter.blocks)]
    document = {"pandoc-api-version": pandoc.api_version(), "meta": meta, "blocks": blocks}
    pandoc.run(
        json.dumps(document),
        "--from=json",
        "--to=docx",
        f"--reference-doc={config.reference_doc}",
        "--toc",
        f"--toc-depth={config.toc_depth}",
        f"--output={target}",
        *[f"--lua-filter={file}" for file in config.filters],
        cwd=config.root,
    )
    alt_texts = {f.id: f.alt for chapter in book.chapters for f in floats(chapter.blocks) if f.kind == "fig"}
    finish_docx(
        target,
        title=config.title,
        subtitle=config.subtitle,
        author=config.author,
        language=config.lang,
        alt_texts=alt_texts,
        modified=dt.datetime.combine(config.date, dt.time(), dt.UTC),
        inputs=made_of(config),
    )


def _chapter_blocks(blocks: list[Node]) -> list[Node]:
    def visit(node: Node) -> None:
        if node["t"] == "Header":
            number_heading(node)
        if node["t"] == "Link" and "#" in node["c"][2][0] and "/" not in node["c"][2][0]:
            node["c"][2][0] = "#" + node["c"][2][0].split("#", 1)[1]

    return pandoc.walk(replace_floats(blocks, _write_float), visit)


def _write_float(entry: Float) -> list[Node]:
    if entry.kind == "tbl":
        return [captioned_table(entry.body, entry.numbered_caption(), entry.id)]
    image = [pandoc.attr("", (), width="100%"), pandoc.text(entry.alt), [f"{entry.image}.png", ""]]
    plain = {"t": "Plain", "c": [{"t": "Image", "c": image}]}
    return [
        {"t": "Figure", "c": [pandoc.attr(entry.id), [None, [{"t": "Plain", "c": entry.numbered_caption()}]], [plain]]}
    ]
