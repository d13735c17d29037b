"""Make a book of executed chapters: check what they contain, number it, and resolve references and citations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from notat import paths
from notat.book import pandoc
from notat.book.cache import Store, digest
from notat.book.config import ChapterFile, Config
from notat.book.keys import Inputs
from notat.book.pandoc import Node
from notat.book.source import Source
from notat.book.subset import FLOAT_PREFIXES, duplicate_id, read_blocks
from notat.errors import NotatError, did_you_mean


@dataclass
class Heading:
    """A heading as the contents list shows it."""

    id: str
    level: int
    number: str
    title: str


@dataclass
class Chapter:
    """One chapter: its blocks with headings numbered, floats found and references resolved."""

    file: ChapterFile
    source: Source
    blocks: list[Node]
    number: str = ""
    title: str = ""
    id: str = ""
    headings: list[Heading] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """Name of the chapter's page, without extension."""
        return self.file.slug


@dataclass
class Target:
    """Something a reference can point at: the words to print, and the chapter that holds it."""

    words: str
    slug: str


@dataclass
class Book:
    """All chapters, every reference target by id, and the keys that are cited."""

    config: Config
    chapters: list[Chapter]
    store: Store
    inputs: Inputs
    targets: dict[str, Target] = field(default_factory=dict)
    _content: dict[str, str] = field(default_factory=dict)

    def key(self, chapter: Chapter, *modules: str) -> str:
        """Digest of all that decides how these modules write the chapter, whose blocks no longer change."""
        if chapter.slug not in self._content:
            own = {id_: target.words for id_, target in self.targets.items() if target.slug == chapter.slug}
            filters = [self.inputs.file(file) for file in self.config.filters]
            self._content[chapter.slug] = digest(chapter.slug, *filters, json.dumps([own, chapter.blocks]))
        return digest(self.inputs.code(*modules), self._content[chapter.slug])


def assemble(
    config: Config,
    executed: Iterable[tuple[ChapterFile, Source, str]],
    store: Store | None = None,
    inputs: Inputs | None = None,
) -> Book:
    """The book of these chapters, each given with its source and its Markdown after execution."""
    store, inputs = store or Store(config.root), inputs or Inputs(config.root)
    with ThreadPoolExecutor() as pool:
        chapters = list(pool.map(lambda chapter: _chapter(chapter, store, inputs), executed))
    book = Book(config, chapters, store, inputs)
    _number(book)
    _resolve(book)
    _cite(book)
    return book


def _chapter(executed: tuple[ChapterFile, Source, str], store: Store, inputs: Inputs) -> Chapter:
    file, source, markdown = executed
    key = digest(inputs.code("notat.book.subset"), markdown)
    read = store.made("lest", source.file, key, lambda: json.dumps(read_blocks(source, markdown)).encode())
    return Chapter(file, source, json.loads(read))


def _number(book: Book) -> None:
    """Number chapters, sections and floats, and enter every id as a target."""
    counts = {"chapter": 0, "appendix": 0}
    for chapter in book.chapters:
        kind = "appendix" if chapter.file.appendix else "chapter"
        numbered = "unnumbered" not in chapter.blocks[0]["c"][1][1]
        if numbered:
            counts[kind] += 1
            chapter.number = chr(64 + counts[kind]) if kind == "appendix" else str(counts[kind])
        _number_headings(book, chapter)
        _number_floats(book, chapter)


def _number_headings(book: Book, chapter: Chapter) -> None:
    config = book.config
    counters: list[int] = []
    for block in chapter.blocks:
        if block["t"] != "Header":
            continue
        level, (id_, classes, pairs), inlines = block["c"]
        number = chapter.number
        if level > 1:
            counters = [*counters, *[0] * (level - 1 - len(counters))][: level - 1]
            counters[-1] += 1
            number = ".".join([chapter.number, *map(str, counters)])
        if not chapter.number or "unnumbered" in classes or level > config.number_depth:
            number = ""
        title = pandoc.plain(inlines)
        heading = Heading(id_, level, number, title)
        chapter.headings.append(heading)
        if level == 1:
            chapter.id, chapter.title = id_, title
            prefix = ("crossref-apx-prefix", "Vedlegg") if chapter.file.appendix else ("crossref-ch-prefix", "Kapittel")
        else:
            prefix = ("crossref-sec-prefix", "Delkapittel")
        words = f"{config.word(*prefix)}\u00a0{number}" if number else f"«{title}»"
        _enter(book, chapter, id_, words)
        pairs.append(["number", number])


def _number_floats(book: Book, chapter: Chapter) -> None:
    counts = dict.fromkeys(FLOAT_PREFIXES, 0)

    def visit(node: Node) -> None:
        if node["t"] == "Span" and node["c"][0][0]:
            _enter(book, chapter, node["c"][0][0], "")
        if node["t"] != "Div":
            return
        id_ = node["c"][0][0]
        prefix = id_.split("-")[0]
        if prefix not in counts or "-" not in id_:
            if id_:
                _enter(book, chapter, id_, "")
            return
        if not chapter.number:
            file, line = chapter.source.place_of(f'"{id_[4:]}"')
            raise NotatError(
                f"Figurer og tabeller kan ikke stå i et unummerert kapittel ({id_}).",
                file=file,
                line=line,
                remedy="Flytt den til et nummerert kapittel og vis til den derfra.",
            )
        counts[prefix] += 1
        name = book.config.word(f"crossref-{prefix}-title", {"fig": "Figur", "tbl": "Tabell"}[prefix])
        words = f"{name}\u00a0{chapter.number}.{counts[prefix]}"
        _enter(book, chapter, id_, words)
        node["c"][0][2].append(["words", words])

    for element in pandoc.elements(chapter.blocks, "Span", "Div"):
        visit(element)


def _enter(book: Book, chapter: Chapter, id_: str, words: str) -> None:
    if id_ in book.targets:
        raise duplicate_id(chapter.source, id_)
    book.targets[id_] = Target(words, chapter.slug)


def _resolve(book: Book) -> None:
    """Turn cross references and links between chapters into links with `slug#id` targets."""
    slugs = {Path(chapter.file.file).name: chapter.slug for chapter in book.chapters}
    for chapter in book.chapters:

        def visit(node: Node, chapter: Chapter = chapter) -> Node | list[Node] | None:
            if node["t"] == "Cite":
                return _reference(book, chapter, node)
            if node["t"] == "Link":
                _check_link(book, chapter, node, slugs)
            return None

        chapter.blocks = pandoc.walk(chapter.blocks, visit)


def _reference(book: Book, chapter: Chapter, node: Node) -> Node | list[Node] | None:
    ids = [citation["citationId"] for citation in node["c"][0]]
    cross = [id_ for id_ in ids if id_.split("-")[0] in (*FLOAT_PREFIXES, "sec")]
    if not cross:
        return None
    if len(cross) < len(ids) or any(_is_dressed(citation) for citation in node["c"][0]):
        file, line = chapter.source.place_of(f"@{cross[0]}")
        raise NotatError(
            f"Henvisningen @{cross[0]} står sammen med noe annet i klammene.",
            file=file,
            line=line,
            remedy="Skriv den alene: @fig-navn eller [@fig-navn; @tbl-navn].",
        )
    links: list[Node] = []
    for position, id_ in enumerate(ids):
        target = book.targets.get(id_)
        if target is None or not target.words:
            file, line = chapter.source.place_of(f"@{id_}")
            known = [known_id for known_id, known_target in book.targets.items() if known_target.words]
            raise NotatError(
                f"Henvisningen @{id_} peker ikke på noe.", file=file, line=line, remedy=did_you_mean(id_, known)
            )
        if position:
            links += [*pandoc.text(" og" if position == len(ids) - 1 else ","), {"t": "Space"}]
        url = f"{target.slug}#{id_}"
        links.append({"t": "Link", "c": [pandoc.attr("", ("kryssref",)), pandoc.text(target.words), [url, ""]]})
    return links


def _is_dressed(citation: Node) -> bool:
    """Whether words or a minus sign stand with the id, which the engines would print unlike each other."""
    suppressed = citation["citationMode"]["t"] == "SuppressAuthor"
    return bool(suppressed or citation["citationPrefix"] or citation["citationSuffix"])


def _check_link(book: Book, chapter: Chapter, node: Node, slugs: dict[str, str]) -> None:
    url = node["c"][2][0]
    match = re.fullmatch(r"(?P<file>[\w./-]+\.qmd)?(?:#(?P<id>[\w-]+))?", url)
    if match is None or not url:
        return
    name, id_ = match["file"], match["id"]
    slug = slugs.get(Path(name).name) if name else chapter.slug
    if slug is None or (id_ and (id_ not in book.targets or book.targets[id_].slug != slug)):
        file, line = chapter.source.place_of(url)
        raise NotatError(
            f"Lenken til {url} peker ikke på noe.", file=file, line=line, remedy="Rett fila eller merkelappen."
        )
    node["c"][2][0] = f"{slug}#{id_ or next(c.id for c in book.chapters if c.slug == slug)}"


def _cite(book: Book) -> None:
    """Resolve citations over the whole book at once, so that the list of references stands in one place.

    In a style that cites in the text, how a work is cited depends on the other citations and on nothing else. So
    Pandoc gets the citations alone, in order, and what it makes of them is put where they stood.
    """
    config = book.config
    known = _known_works(book) if config.bibliography else []
    citations: list[Node] = []
    places: list[Node] = []
    slug = ""
    for chapter in book.chapters:
        found = list(pandoc.elements(chapter.blocks, "Cite"))
        _check_citations(book, chapter, found, known)
        citations += found
        lists = [node for node in pandoc.divs(chapter.blocks) if node["c"][0][0] == "refs"]
        places += lists
        slug = slug or (chapter.slug if lists else "")
    if config.bibliography is None:
        return
    answers = _resolved_citations(book, citations, places)
    if len(answers) > len(citations) + len(places):
        # Pandoc lays the list after the last chapter when no chapter has a place for it.
        raise NotatError(
            "Ingen kapitler har plass til litteraturlista.",
            file=paths.CONFIG,
            remedy="Legg til et kapittel med blokka ::: {#refs}, lukket med :::.",
        )
    for node, answer in zip([*citations, *places], answers, strict=True):
        whole = answer["c"][0] if answer["t"] == "Para" and len(answer["c"]) == 1 else answer
        node.update({"t": "Span", "c": [pandoc.attr(), answer["c"]]} if whole["t"] == "Para" else whole)
        for element in pandoc.elements(node, "Div", "Link"):
            if element["t"] == "Div" and element["c"][0][0].startswith("ref-"):
                book.targets[element["c"][0][0]] = Target("", slug)
            if element["t"] == "Link" and element["c"][2][0].startswith("#ref-"):
                element["c"][2][0] = slug + element["c"][2][0]


def _resolved_citations(book: Book, citations: list[Node], places: list[Node]) -> list[Node]:
    """A paragraph for each citation, then the list of references."""
    config = book.config
    document = {
        "pandoc-api-version": pandoc.api_version(),
        "meta": {"lang": {"t": "MetaString", "c": config.lang}, "link-citations": {"t": "MetaBool", "c": True}},
        "blocks": [*({"t": "Para", "c": [citation]} for citation in citations), *places],
    }
    text = json.dumps(document)
    arguments = ["--from=json", "--to=json", "--citeproc", f"--bibliography={config.bibliography}"]
    works = [book.inputs.file(file) for file in (config.bibliography, config.csl) if file]
    if config.csl is not None:
        _refuse_notes(config.csl, config.root)
        arguments.append(f"--csl={config.csl}")
    key = digest(book.inputs.code(__name__), text, *works)
    answer = book.store.made("siteringer", "siteringer", key, lambda: pandoc.run(text, *arguments))
    blocks: list[Node] = json.loads(answer)["blocks"]
    return blocks


def _refuse_notes(csl: Path, root: Path) -> None:
    style = re.search(r"<style\b[^>]*>", paths.read_text(csl, root))
    if style and 'class="note"' in style[0]:
        raise NotatError(
            "Litteraturstilen setter kildene i fotnoter.",
            file=csl.relative_to(root),
            remedy="Bruk en stil som viser til kildene i teksten.",
        )


def _known_works(book: Book) -> list[str]:
    file = book.config.bibliography
    if file is None:
        return []
    key = digest(book.inputs.code(__name__), book.inputs.file(file))

    def found() -> bytes:
        return json.dumps(_bibliography_keys(file, book.config.root)).encode()

    keys: list[str] = json.loads(book.store.made("verk", file.name, key, found))
    return keys


def _check_citations(book: Book, chapter: Chapter, citations: list[Node], known: list[str]) -> None:
    name = book.config.bibliography.name if book.config.bibliography else "en litteraturliste"
    for citation in (citation for element in citations for citation in element["c"][0]):
        key = citation["citationId"]
        if key not in known:
            file, line = chapter.source.place_of(f"@{key}")
            raise NotatError(
                f"Kilden @{key} finnes ikke i {name}.", file=file, line=line, remedy=did_you_mean(key, known)
            )


def _bibliography_keys(file: Path, root: Path) -> list[str]:
    text = paths.read_text(file, root)
    try:
        keys = [entry["id"] for entry in json.loads(pandoc.run(text, "--from=biblatex", "--to=csljson"))]
    except NotatError as error:
        line = re.search(r"line (\d+)", error.problem)
        raise NotatError(
            "Litteraturlista kan ikke leses.",
            file=file.relative_to(root),
            line=int(line[1]) if line else None,
            remedy="Kontroller klammer og komma på linja og i oppføringen over.",
        ) from None
    for key in keys:
        entries = [text.count("\n", 0, match.start()) + 1 for match in _entries(text, key)]
        if len(entries) > 1:
            raise NotatError(
                f"Kilden «{key}» finnes fra før på linje {entries[0]}.",
                file=file.relative_to(root),
                line=entries[1],
                remedy="Slett den ene, eller gi den en annen nøkkel.",
            )
    return keys


def _entries(text: str, key: str) -> Iterable[re.Match[str]]:
    return re.finditer(rf"^[ \t]*@\w+\s*\{{\s*{re.escape(key)}\s*,", text, re.MULTILINE)
