"""Write the book as PDF: Pandoc makes Typst of it, Typst an archivable and accessible PDF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from babel.dates import format_date

from notat.engine import pandoc
from notat.engine.floats import Float, replace_floats
from notat.engine.keep.cache import digest
from notat.engine.keep.step import Step, Steps
from notat.engine.model import Book, Chapter, Section
from notat.engine.pandoc import Node
from notat.engine.write.typeset import Typesetter
from notat.project.config import Config
from notat.text import paths

_APPENDIX_START = "#show: vedlegg\n"
_STYLE = "stil.typ"
_USE = f'#import "{_STYLE}": *\n\n'
_LARGE = 20_000  # characters of JSON: a table of hundreds of rows, or the list of references


def write_pdf(book: Book, folder: Path, typesetter: Typesetter) -> None:
    """Write the PDF into `folder`."""
    config = book.config
    style, parts = _style(book, typesetter.work), _parts(book)
    text = _main(book, style, parts)
    folders = [config.root / name for name in (paths.DATA, paths.EMBEDDED, "_extensions")]
    figures = [config.root / f"{figure.image}.svg" for chapter in book.chapters for figure in chapter.figures]
    settings = (str(config.date), *config.extension.pdf_standards)
    texts = {_STYLE: style, **parts}
    step = Step(
        kind="pdf",
        name=config.output_file,
        code=(__name__,),
        inputs=(text, *parts.values(), *folders, *figures, *settings),
        make=lambda: typesetter.compile_pdf(text, texts),
    )
    pdf = book.results.get_or_make(step)
    (folder / f"{config.output_file}.pdf").write_bytes(pdf)


def _main(book: Book, style: bytes, parts: Iterable[str]) -> bytes:
    """The Typst source of the note: the house style, then all parts, with a mark before the appendices."""
    appendix = next((_name(chapter, 0) for chapter in book.chapters if chapter.file.appendix), "")
    included = (f'{_APPENDIX_START if name == appendix else ""}#include "{name}"' for name in parts)
    return b"\n\n".join([style, "\n".join(included).encode(), b""])


def _style(book: Book, work: Path) -> bytes:
    """The house style in Typst, with the words of this note."""
    config = book.config
    work.mkdir(parents=True, exist_ok=True)
    template = work / "stil.template"
    partials = [file.read_text(encoding="utf-8") for file in config.extension.template_partials]
    paths.renew(template, "\n".join([*partials, "$body$", ""]).encode())
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
    step = Step(
        kind="typst",
        name="cover",
        code=(__name__,),
        inputs=(*config.extension.filters, template, meta),
        make=lambda: _converted(config, [], meta, f"--template={template}"),
    )
    return book.results.get_or_make(step)


def _converted(config: Config, blocks: list[Node], meta: dict[str, Any], *arguments: str) -> bytes:
    document = {"pandoc-api-version": pandoc.api_version(), "meta": meta, "blocks": blocks}
    filters = [f"--lua-filter={file}" for file in config.extension.filters]
    return pandoc.run(json.dumps(document), "--from=json", "--to=typst-citations", "--wrap=none", *arguments, *filters)


def _string(words: str) -> dict[str, object]:
    return {"t": "MetaInlines", "c": pandoc.text(words)}


def _parts(book: Book) -> dict[str, bytes]:
    """The Typst source of every section, and of each large block, by the name of its file.

    Typst identifies text by file and position. In a single file, everything after a change would be new to it.
    Each part imports the names that it may use from the house style.
    """
    with ThreadPoolExecutor() as pool:
        chapters = zip(book.chapters, pool.map(partial(_chapter, book), book.chapters), strict=True)
        return {
            _name(chapter, place): f"{_USE}{text}".encode()
            for chapter, texts in chapters
            for place, text in enumerate(texts)
        }


def _name(chapter: Chapter, place: int) -> str:
    return f"{chapter.slug}-{place}.typ"


def _chapter(book: Book, chapter: Chapter) -> list[str]:
    """The Typst source of the parts of a chapter."""
    inputs = [book.key_inputs(section) for section in chapter.sections]
    # Comments that cannot occur in the chapter, because their text is the digest of the chapter.
    end, cut = (f"// {digest(word, *(section.resolved for section in chapter.sections))}" for word in ("end", "cut"))

    def make(missing: list[int]) -> list[bytes]:
        blocks = [block for place in missing for block in (*_blocks(chapter.sections[place], cut), _raw(end))]
        *made, _ = _converted(book.config, blocks, {}).decode().split(end)
        return [json.dumps([part.strip("\n") for part in text.split(cut) if part.strip()]).encode() for text in made]

    parts = book.results.get_or_make_each(Steps("typst", chapter.slug, (__name__,), inputs, make))
    return [part for text in parts for part in json.loads(text)]


def _blocks(section: Section, cut: str) -> Iterator[Node]:
    """The section as it goes to Pandoc, with marks around each block that is large."""

    def visit(node: Node) -> None:
        if node["t"] == "Header":
            _, attributes, _ = node["c"]
            attributes[2] = [pair for pair in attributes[2] if pair[0] != "number"]
        if node["t"] == "Link" and "#" in node["c"][2][0] and "/" not in node["c"][2][0]:
            node["c"][2][0] = "#" + node["c"][2][0].split("#", 1)[1]

    # A figure or a table becomes several blocks, which belong together.
    for block in section.blocks:
        marks = [_raw(cut)] if len(json.dumps(block)) >= _LARGE else []
        yield from (*marks, *replace_floats([block], _write_float, visit), *marks)


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
