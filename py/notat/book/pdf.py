"""Write the book as PDF: Pandoc makes Typst of it, Typst an archivable and accessible PDF."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from babel.dates import format_date

from notat import paths
from notat.book import pandoc, sections
from notat.book.assemble import Book
from notat.book.cache import digest
from notat.book.chapter import Chapter, Section
from notat.book.config import Config
from notat.book.floats import Float, replace_floats
from notat.book.pandoc import Node
from notat.book.typeset import Typesetter

_APPENDIX_START = b"#show: vedlegg"


def write_pdf(book: Book, folder: Path, typesetter: Typesetter) -> None:
    """Write the PDF into `folder`."""
    config, inputs = book.config, book.inputs
    text = _typst_source(book, typesetter.work)
    used = [inputs.folder(name) for name in (paths.DATA, paths.EMBEDDED, "_extensions")]
    drawn = [figure.image for chapter in book.chapters for figure in chapter.figures]
    figures = [inputs.file(config.root / f"{image}.svg") for image in drawn]
    key = digest(inputs.code(__name__), text, *used, *figures, str(config.date), *config.extension.pdf_standards)
    pdf = book.store.made("pdf", config.output_file, key, lambda: typesetter.compiled(text))
    (folder / f"{config.output_file}.pdf").write_bytes(pdf)


def _typst_source(book: Book, work: Path) -> bytes:
    config = book.config
    work.mkdir(parents=True, exist_ok=True)
    template = work / "mal.typ"
    partials = [file.read_text(encoding="utf-8") for file in config.extension.template_partials]
    template.write_text("\n".join([*partials, "$body$", ""]), encoding="utf-8")
    meta = {
        "title": _string(config.title),
        "subtitle": _string(config.subtitle),
        "date": _string(format_date(config.date, "d. MMMM y", locale="nb_NO")),
        "toc": {"t": "MetaBool", "c": True},
        "toc-title": _string(config.word("toc-title-document", "Innhold")),
        "lang": _string(config.lang),
        "by-author": {
            "t": "MetaList",
            "c": [{"t": "MetaMap", "c": {"name": {"t": "MetaMap", "c": {"literal": _string(config.author)}}}}],
        },
    }
    key = digest(book.inputs.code(__name__), *book.filters, template.read_bytes(), json.dumps(meta))
    head = book.store.made("typst", "omslag", key, lambda: _converted(config, [], meta, f"--template={template}"))
    return b"\n\n".join([head.rstrip(b"\n"), *_chapters(book), b""])


def _converted(config: Config, blocks: list[Node], meta: dict[str, Any], *arguments: str) -> bytes:
    document = {"pandoc-api-version": pandoc.api_version(), "meta": meta, "blocks": blocks}
    filters = [f"--lua-filter={file}" for file in config.extension.filters]
    return pandoc.run(json.dumps(document), "--from=json", "--to=typst-citations", "--wrap=none", *arguments, *filters)


def _string(words: str) -> dict[str, object]:
    return {"t": "MetaInlines", "c": pandoc.text(words)}


def _chapters(book: Book) -> list[bytes]:
    """The Typst source of every chapter; the appendices begin with a mark."""

    def written(chapter: Chapter) -> bytes:
        key = book.key(chapter, __name__)
        return book.store.made("typst", chapter.slug, key, lambda: _chapter(book, chapter))

    with ThreadPoolExecutor() as pool:
        parts = list(pool.map(written, book.chapters))
    first = next((place for place, chapter in enumerate(book.chapters) if chapter.file.appendix), len(parts))
    return [*parts[:first], *([_APPENDIX_START] if first < len(parts) else []), *parts[first:]]


def _chapter(book: Book, chapter: Chapter) -> bytes:
    keys = book.section_keys(chapter, __name__)
    # A comment that nothing in the chapter can hold, for its words are the digest of the chapter.
    mark = f"// {digest(*keys)}"

    def make(missing: list[int]) -> list[bytes]:
        blocks = [block for place in missing for block in (*_blocks(chapter.sections[place]), _raw(mark))]
        *made, _ = _converted(book.config, blocks, {}).split(mark.encode())
        return [text.strip(b"\n") for text in made]

    return b"\n\n".join(sections.kept(book.store, "typst-del", keys, make))


def _blocks(section: Section) -> list[Node]:
    def visit(node: Node) -> None:
        if node["t"] == "Header":
            _, attributes, _ = node["c"]
            attributes[2] = [pair for pair in attributes[2] if pair[0] != "number"]
        if node["t"] == "Link" and "#" in node["c"][2][0] and "/" not in node["c"][2][0]:
            node["c"][2][0] = "#" + node["c"][2][0].split("#", 1)[1]

    return replace_floats(section.blocks, _write_float, visit)


def _write_float(entry: Float) -> list[Node]:
    """A figure in the form that genuine Quarto gives it, so that one template serves both engines."""
    supplement = entry.words.split("\u00a0")[0]
    if entry.kind == "fig":
        alt = json.dumps(entry.alt, ensure_ascii=False)
        body: list[Node] = [_raw(f'#image("/{entry.image}.svg", alt: {alt}, width: 100%)')]
        kind, position = "quarto-float-fig", "bottom"
    else:
        entry.body["c"][0][1].append("typst:no-figure")
        body = [entry.body]
        kind, position = "quarto-float-tbl", "top"
    return [
        _raw("#figure(["),
        *body,
        _raw(f"], caption: figure.caption(position: {position}, ["),
        {"t": "Plain", "c": entry.caption},
        _raw(f']), kind: "{kind}", supplement: [{supplement}]) <{entry.id}>'),
    ]


def _raw(code: str) -> Node:
    return {"t": "RawBlock", "c": ["typst", code]}
