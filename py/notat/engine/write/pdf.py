"""Write the printed documents of a book as PDF: Pandoc makes Typst of it, Typst an archivable and accessible PDF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from notat.engine import pandoc
from notat.engine.floats import Float, replace_floats
from notat.engine.keep.cache import digest
from notat.engine.keep.step import Step, Steps
from notat.engine.model import Book, Chapter, Section
from notat.engine.pandoc import Node
from notat.engine.read import tables
from notat.engine.write import blocks as own
from notat.engine.write.leading import lead_link
from notat.engine.write.pictures import for_typst
from notat.engine.write.typeset import Typesetter
from notat.norsk.language import current, say, speaking
from notat.project.booklets import Document
from notat.project.config import Config
from notat.project.images import DRAWN
from notat.text import paths

_APPENDIX_START = "#show: vedlegg\n"
_STYLE = "stil.typ"
_USE = f'#import "{_STYLE}": *\n\n'
_FIGURE = "#figure(["
_HOLDERS = ("BulletList", "OrderedList", "DefinitionList", "BlockQuote")  # a figure in these does not float
_BOXED = "#box({})"
# Pandoc writes an apostrophe straight, and Typst would bend it by what stands before it: 5’ becomes 5′.
_APOSTROPHE, _STAND_IN = "\u2019", "\ue000"
_REPEATED = 2  # levels of headings in the contents
_LARGE = 20_000  # characters of JSON: a table of hundreds of rows, or the list of references


def write_pdf(book: Book, folder: Path, typesetter: Typesetter) -> None:
    """Write the PDF of each printed document into `folder`; `typesetter` is that of the main one."""
    for document in book.config.documents:
        if document != book.config.documents[0]:
            typesetter = Typesetter(book.config, document.stem)
        write_document(book, document, folder, typesetter)


def write_document(book: Book, document: Document, folder: Path, typesetter: Typesetter) -> None:
    """Write the PDF of one printed document into `folder`."""
    config, chapters = book.config, book.chapters_of(document)
    style, parts = _style(book, document, typesetter.work), _parts(book, document)
    text = _main(chapters, style, parts)
    folders = [config.root / name for name in (paths.DATA, paths.EMBEDDED, "_extensions")]
    figures = [for_typst(book, figure.image) for chapter in chapters for figure in chapter.figures]
    settings = (str(config.date), *config.extension.pdf_standards)
    texts = {_STYLE: style, **parts}
    step = Step(
        kind="pdf",
        name=document.stem,
        code=(__name__,),
        inputs=(text, *parts.values(), *folders, *figures, *settings),
        make=lambda: typesetter.compile_pdf(text, texts),
    )
    (folder / document.file("pdf")).write_bytes(book.results.get_or_make(step))


def _main(chapters: Iterable[Chapter], style: bytes, parts: Iterable[str]) -> bytes:
    """The Typst source of a document: the house style, then all parts, with a mark before the appendices."""
    appendix = next((_name(chapter, 0) for chapter in chapters if chapter.file.appendix), "")
    included = (f'{_APPENDIX_START if name == appendix else ""}#include "{name}"' for name in parts)
    return b"\n\n".join([style, "\n".join(included).encode(), b""])


def _style(book: Book, document: Document, work: Path) -> bytes:
    """The house style in Typst, with the words of a document of this note."""
    config = book.config
    work.mkdir(parents=True, exist_ok=True)
    template = work / "stil.template"
    partials = [file.read_text(encoding="utf-8") for file in config.extension.template_partials]
    paths.renew(template, "\n".join([*partials, "$body$", ""]).encode())
    meta = {
        "title": _string(document.title),
        "subtitle": _string(document.subtitle),
        "date": _string(current().date(config.date)),
        "toc": {"t": "MetaBool", "c": document.cover},
        "toc-title": _string(config.word("toc-title-document", say("Innhold"))),
        "lang": _string(config.lang),
        "by-author": {
            "t": "MetaList",
            "c": [{"t": "MetaMap", "c": {"name": {"t": "MetaMap", "c": {"literal": _string(config.author)}}}}],
        },
    }
    if book.config.lists and not document.name:
        meta |= {"notat": {"t": "MetaMap", "c": {"lister": {"t": "MetaBool", "c": True}}}}
    flags = {"hefte": bool(document.name), "uten-omslag": not document.cover}
    meta |= {name: {"t": "MetaBool", "c": True} for name, is_so in flags.items() if is_so}
    step = Step(
        kind="typst",
        name=f"cover-{document.stem}",
        code=(__name__,),
        inputs=(*config.extension.filters, template, meta),
        make=lambda: _converted(config, [], meta, f"--template={template}"),
    )
    return book.results.get_or_make(step)


def _converted(config: Config, blocks: list[Node], meta: dict[str, Any], *arguments: str) -> bytes:
    document = {"pandoc-api-version": pandoc.api_version(), "meta": meta, "blocks": blocks}
    filters = [f"--lua-filter={file}" for file in config.extension.filters]
    text = json.dumps(document, ensure_ascii=False).replace(_APOSTROPHE, _STAND_IN)
    written = pandoc.run(text, "--from=json", "--to=typst-citations", "--wrap=none", *arguments, *filters)
    return written.replace(_STAND_IN.encode(), _APOSTROPHE.encode())


def _string(words: str) -> dict[str, object]:
    return {"t": "MetaInlines", "c": pandoc.text(words)}


def _parts(book: Book, document: Document) -> dict[str, bytes]:
    """The Typst source of every section of a document, and of each large block, by the name of its file.

    Typst identifies text by file and position. In a single file, everything after a change would be new to it.
    Each part imports the names that it may use from the house style.
    """
    with ThreadPoolExecutor() as pool:
        own = book.chapters_of(document)
        chapters = zip(own, pool.map(partial(_chapter, book, document), own), strict=True)
        return {
            _name(chapter, place): f"{_USE}{_spoken(chapter)}{text}".encode()
            for chapter, texts in chapters
            for place, text in enumerate(texts)
        }


def _spoken(chapter: Chapter) -> str:
    """What gives a file of the chapter its language, where that is another than the document's."""
    language, _, region = chapter.foreign.partition("-")
    return f'#set text(lang: "{language}", region: "{region}")\n\n' if language else ""


def _spoken_words(words: list[Node], language: str) -> list[Node]:
    return [{"t": "Span", "c": [pandoc.attr("", (), lang=language), words]}]


def _name(chapter: Chapter, place: int) -> str:
    return f"{chapter.slug}-{place}.typ"


def _chapter(book: Book, document: Document, chapter: Chapter) -> list[str]:
    """The Typst source of the parts of a chapter."""
    with speaking(chapter.source.lang):
        return _written(book, document, chapter)


def _written(book: Book, document: Document, chapter: Chapter) -> list[str]:
    inputs = [
        (*book.key_inputs(section), *(_path(book, figure.image) for figure in section.outline.figures))
        for section in chapter.sections
    ]
    # Comments that cannot occur in the chapter, because their text is the digest of the chapter.
    end, cut = (f"// {digest(word, *(section.resolved for section in chapter.sections))}" for word in ("end", "cut"))

    def make(missing: list[int]) -> list[bytes]:
        sections = (chapter.sections[place] for place in missing)
        written = (_blocks(book, document, section, cut, chapter.foreign) for section in sections)
        blocks = [block for own_blocks in written for block in (*own_blocks, own.typst(end))]
        *made, _ = _converted(book.config, blocks, {}).decode().split(end)
        return [json.dumps([part.strip("\n") for part in text.split(cut) if part.strip()]).encode() for text in made]

    parts = book.results.get_or_make_each(Steps("typst", chapter.slug, (__name__,), inputs, make))
    return [part for text in parts for part in json.loads(text)]


def _blocks(book: Book, document: Document, section: Section, cut: str, foreign: str) -> Iterator[Node]:
    """The section as it goes to Pandoc, with marks around each block that is large.

    Its titles are repeated outside the chapter, and its footnotes printed below the page: those say themselves which
    `foreign` language they are in.
    """

    def visit(node: Node) -> Any:
        if foreign and node["t"] == "Header" and node["c"][0] <= _REPEATED:
            node["c"][2] = _spoken_words(node["c"][2], foreign)
        if foreign and node["t"] == "Note":
            for block in pandoc.elements(node["c"], "Para", "Plain"):
                block["c"] = _spoken_words(block["c"], foreign)
        return _changed(book, document, node)

    # A figure or a table becomes several blocks, which belong together.
    for block in section.blocks_in("pdf"):
        marks = [own.typst(cut)] if len(json.dumps(block)) >= _LARGE else []
        if block["t"] == "Plain":  # between tags of HTML, which print leaves out
            block["t"] = "Para"
        written = replace_floats([block], _write_float, visit)
        if own.is_lying(block):
            written = [own.typst("#page(flipped: true, margin: (x: marg))[#fast["), *written, own.typst("]]")]
        yield from (*marks, *written, *marks)


def _changed(book: Book, document: Document, node: Node) -> Any:
    """What an element is in Typst; None to leave it."""
    match node["t"]:
        case "Header":
            _, attributes, _ = node["c"]
            attributes[2] = [pair for pair in attributes[2] if pair[0] != "number"]
        case "Link":
            lead_link(book, document, node, "pdf")
        case "Image":
            return {"t": "RawInline", "c": ["typst", _BOXED.format(_image(book, node))]}
        case "Figure":
            (id_, _, _), (_, long), body = node["c"]
            return _unnumbered(id_, long[0]["c"], _lone_image(Float(id_, "fig", "", body, [])) or body, "image")
        case "Table":
            return _table(node)
        case "Div" | "Span" | "CodeBlock":
            return own.for_typst(node)
        case kind if kind in _HOLDERS and any(map(_is_figure, pandoc.elements(node["c"], "RawBlock"))):
            return [own.typst("#fast["), node, own.typst("]")]
    return None


def _table(node: Node) -> list[Node]:
    caption = tables.take_caption(node)
    if caption:
        node["c"][0][1].append("typst:no-figure")
    fitted = own.fitted_for_typst(node)
    return _unnumbered(node["c"][0][0], caption, fitted, "table") if caption else fitted


def _is_figure(raw: Node) -> bool:
    return str(raw["c"][1]).startswith(_FIGURE)


def _path(book: Book, image: str) -> str:
    """The path of an image for Typst, whose root is the project."""
    return f"/{for_typst(book, image).relative_to(book.config.root).as_posix()}"


def _image(book: Book, node: Node) -> str:
    (_, _, pairs), words, target = node["c"]
    image, found = target[0].lstrip("/"), dict(pairs)
    alt = pandoc.plain(words)
    size = "".join(f", {key}: {length}" for key in ("width", "height") if (length := _length(found.get(key, ""))))
    if image.startswith(DRAWN) and not size:
        size = ", width: 100%"
    elif size.count(":") > 1:  # Typst would cut off what is outside
        size += ', fit: "stretch"'
    named = f", alt: {_quoted(alt)}" if alt else ""
    code = f"image({_quoted(_path(book, image))}{named}{size})"
    code = code if alt else f"pdf.artifact({code})"
    alignment = found.get("fig-align", "")
    return f"align({alignment}, {code})" if alignment in ("center", "right") else code


def _length(size: str) -> str:
    """A size as Typst writes it: a pixel is three quarters of a point."""
    if size.isdigit() or size.endswith("px"):
        return f"{float(size.removesuffix('px')) * 0.75:g}pt"
    return size


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _lone_image(entry: Float) -> list[Node] | None:
    """An image that is all of a figure stands by itself, not in a line of text."""
    if entry.image and entry.image["t"] == "RawInline" and entry.image["c"][1].startswith(_BOXED[:5]):
        return [own.typst(f"#{entry.image['c'][1][5:-1]}")]
    return None


def _unnumbered(id_: str, caption: list[Node], body: list[Node], kind: str) -> list[Node]:
    """A figure or a table with a caption and no number."""
    label = f" <{id_}>" if id_ else ""
    return [
        own.typst(_FIGURE),
        *body,
        own.typst("], caption: ["),
        {"t": "Plain", "c": caption},
        own.typst(f"], numbering: none, outlined: false, supplement: none, kind: {kind}){label}"),
    ]


def _write_float(entry: Float) -> list[Node]:
    """A figure in the form that genuine Quarto gives it, so that one template serves both engines."""
    supplement = entry.words.split("\u00a0")[0]
    body = _lone_image(entry) or entry.body
    kind, position = f"quarto-float-{entry.kind}", "top" if entry.kind == "tbl" else "bottom"
    if entry.table:
        entry.table["c"][0][1].append("typst:no-figure")
        body = own.fitted_for_typst(entry.table)
    if entry.letter:
        caption = entry.numbered_caption()
        kind, numbering = "delfigur", ", numbering: none, outlined: false"
    else:
        caption, numbering = entry.caption, ""
    return [
        *([own.typst("#fast[")] if entry.stays else []),
        own.typst(_FIGURE),
        *body,
        own.typst(f"], caption: figure.caption(position: {position}, ["),
        {"t": "Plain", "c": caption},
        own.typst(f']), kind: "{kind}", supplement: [{supplement}]{numbering}) <{entry.id}>'),
        *([own.typst("]")] if entry.stays else []),
    ]
