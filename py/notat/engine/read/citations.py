"""Citations over the whole book: how each is written, and the list of references in its one place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from notat.engine import pandoc
from notat.engine.keep.step import Results, Step
from notat.engine.kinds import CALLOUTS, prefix_of
from notat.engine.model import Book, Chapter, Outline
from notat.engine.pandoc import Node
from notat.engine.read.outline import reference_lists
from notat.engine.read.references import with_links
from notat.norsk.language import current, of_book, speaking
from notat.project.config import Config
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean, try_each

_ENTRY = re.compile(r"^[ \t]*@\w+\s*[{(]", re.MULTILINE)
_UNCITED = re.compile(r"@(\*|[\w:.#$%&+?<>~/-]*\w)")


def resolve_citations(book: Book) -> list[list[Node]]:
    """The output of each citation of each section of the book, and after them of its list of references.

    In a style that cites in the text, how a work is cited depends on the other citations and the language. So Pandoc
    gets the citations alone, in order, once for each language of the pages, and what it makes of them is put where they
    stood.
    """
    known = _known_works(book.config, book.results)
    outlines = [(chapter, outline) for chapter in book.chapters for outline in chapter.outlines]
    found = try_each(lambda own: _found(book, *own, known), outlines)
    home = next((chapter.slug for chapter, outline in outlines if outline.lists), "")
    if book.config.bibliography is None:
        return [[] for _ in found]
    citations, lists = (list(chain.from_iterable(nodes)) for nodes in zip(*found, strict=True))
    said = {}
    for code in book.languages:
        with speaking(code):
            answers = [_as_inline(answer) for answer in _resolved_citations(book, citations, lists)]
        _refuse_homeless(answers, [*citations, *lists])
        _lead_to_list(answers, home)
        following, listed = iter(answers[: len(citations)]), iter(answers[len(citations) :])
        said[code] = [[next(following) for _ in own] + [next(listed) for _ in places] for own, places in found]
    return [said[chapter.language.code][place] for place, (chapter, _) in enumerate(outlines)]


def _refuse_homeless(answers: list[Node], asked: list[Node]) -> None:
    if len(answers) > len(asked):
        # Pandoc puts the list after the last chapter when no chapter has a place for it.
        remedy = "Legg til et kapittel med blokka ::: {#refs}, lukket med :::."
        raise NotatError("N0712", "Ingen kapitler har plass til litteraturlista.", file=paths.CONFIG, remedy=remedy)


def _found(book: Book, chapter: Chapter, outline: Outline, known: list[str]) -> tuple[list[Node], list[Node]]:
    """The citations of a section, and its places for the list of references; their links lead where they should."""

    def checked(node: Node) -> list[Node]:
        citations = list(pandoc.elements(with_links(book, chapter, [node]), "Cite"))
        _check_citations(book, chapter, citations, known)
        return citations

    with speaking(chapter.source.lang):
        citations = list(chain.from_iterable(try_each(checked, outline.citations)))
        return citations, with_links(book, chapter, outline.lists)


def put_citations(blocks: list[Node], answers: list[Node]) -> None:
    """Write what `resolve_citations` gave for the section into its blocks, which are changed."""
    if answers:
        places = [*pandoc.elements(blocks, "Cite"), *reference_lists(blocks)]
        for node, answer in zip(places, answers, strict=True):
            node.update(answer)


def _as_inline(answer: Node) -> Node:
    """The answer to a citation, which is a paragraph, as a span; the list of references as it is."""
    whole = answer["c"][0] if answer["t"] == "Para" and len(answer["c"]) == 1 else answer
    return {"t": "Span", "c": [pandoc.attr(), answer["c"]]} if whole["t"] == "Para" else whole


def _lead_to_list(answers: list[Node], slug: str) -> None:
    """Links to works lead to the page that lists them."""
    for link in pandoc.elements(answers, "Link"):
        if link["c"][2][0].startswith("#ref-"):
            link["c"][2][0] = slug + link["c"][2][0]


def _resolved_citations(book: Book, citations: list[Node], places: list[Node]) -> list[Node]:
    """A paragraph for each citation, then the list of references, in the language in use."""
    config = book.config
    meta = {"lang": {"t": "MetaString", "c": _lang(config)}, "link-citations": {"t": "MetaBool", "c": True}}
    if uncited := _uncited(book):
        meta["nocite"] = {"t": "MetaInlines", "c": [_citation(uncited)]}
    document = {
        "pandoc-api-version": pandoc.api_version(),
        "meta": meta,
        "blocks": [*({"t": "Para", "c": [citation]} for citation in citations), *places],
    }
    text = json.dumps(document)
    if config.csl is not None:
        _refuse_notes(config.csl, config.root)
    works = [file for file in (config.bibliography, config.csl, *config.extension.filters) if file]
    step = Step("citations", "citations", (__name__,), (text, *works), lambda: _run(config, text))
    blocks: list[Node] = json.loads(book.results.get_or_make(step))["blocks"]
    return blocks


def _lang(config: Config) -> str:
    """The language in use as the citation processor knows it; that of the book as the book calls it."""
    return config.lang if current() == of_book() else current().tag


def _run(config: Config, document: str) -> bytes:
    """What Pandoc makes of a document of citations; the filter of the house style gives titles their language."""
    filters = [f"--lua-filter={file}" for file in config.extension.filters]
    styled = [f"--csl={config.csl}"] if config.csl else []
    files = [f"--bibliography={config.bibliography}", *styled]
    return pandoc.run(document, "--from=json", "--to=json", *files, *filters, "--citeproc")


def _uncited(book: Book) -> list[str]:
    """The works that are to be listed although nothing refers to them; `*` stands for all of the bibliography."""
    texts = (book.config.nocite, *(str(chapter.source.meta.get("nocite", "")) for chapter in book.chapters))
    keys = [key for text in texts for key in _UNCITED.findall(text)]
    known = _known_works(book.config, book.results)
    for key in keys:
        if key != "*" and key not in known:
            places = (chapter.source.file for chapter in book.chapters if f"@{key}" in str(chapter.source.meta))
            file = next(places, paths.CONFIG)
            problem = f"Kilden @{key} finnes ikke i litteraturlista."
            raise NotatError("N0714", problem, file=file, remedy=did_you_mean(key, known))
    return list(dict.fromkeys(keys))


def _citation(keys: list[str]) -> Node:
    empty: dict[str, Any] = {"citationPrefix": [], "citationSuffix": [], "citationNoteNum": 0, "citationHash": 0}
    mode = {"citationMode": {"t": "AuthorInText"}}
    return {"t": "Cite", "c": [[{"citationId": key, **empty, **mode} for key in keys], []]}


def list_of_works(config: Config, keys: Iterable[str]) -> dict[str, Node]:
    """These works as the list of references has them, sorted by the alphabet of the note's language, by their keys."""
    wanted = {"t": "MetaInlines", "c": [_citation(list(keys))]}
    document = {
        "pandoc-api-version": pandoc.api_version(),
        "meta": {"lang": {"t": "MetaString", "c": config.lang}, "nocite": wanted},
        "blocks": [{"t": "Div", "c": [pandoc.attr("refs"), []]}],
    }
    divs = pandoc.elements(json.loads(_run(config, json.dumps(document)))["blocks"], "Div")
    return {div["c"][0][0].removeprefix("ref-"): div for div in divs if div["c"][0][0].startswith("ref-")}


def _refuse_notes(csl: Path, root: Path) -> None:
    style = re.search(r"<style\b[^>]*>", paths.read_text(csl, root))
    if style and 'class="note"' in style[0]:
        remedy = "Bruk en stil som viser til kildene i teksten."
        raise NotatError(
            "N0713", "Litteraturstilen setter kildene i fotnoter.", file=csl.relative_to(root), remedy=remedy
        )


def is_cited(config: Config, results: Results, texts: Iterable[str], uncited: Iterable[str]) -> bool:
    """Whether the Markdown of any chapter names a work of the bibliography, or `nocite` lists one."""
    try:
        known = {*_known_works(config, results)}
    except NotatError:  # which is reported when the citations are resolved
        return False
    found = {key for text in texts for key in _UNCITED.findall(text)} & known
    return bool(found) or any(map(_UNCITED.search, uncited if known else ()))


def _known_works(config: Config, results: Results) -> list[str]:
    file = config.bibliography
    if file is None:
        return []

    def found() -> bytes:
        return json.dumps(_bibliography_keys(file, config.root)).encode()

    keys: list[str] = json.loads(results.get_or_make(Step("works", file.name, (__name__,), (file,), found)))
    return keys


def _check_citations(book: Book, chapter: Chapter, citations: list[Node], known: list[str]) -> None:
    file = book.config.bibliography
    name = file.relative_to(book.config.root).as_posix() if file else "en litteraturliste"
    for citation in (citation for element in citations for citation in element["c"][0]):
        key = citation["citationId"]
        if key in book.targets and key not in known:
            raise NotatError(
                "N0714",
                f"@{key} viser til noe uten nummer.",
                place=chapter.source.place_of(f"@{key}"),
                remedy=f"Skriv [ord](#{key}), eller gi det en merkelapp som får nummer: Bokser har "
                f"{', '.join(f'{prefix}-' for prefix in CALLOUTS.values())}.",
            )
        if key not in known:
            place, line = chapter.source.place_of(f"@{key}")
            if any(re.search(rf"\{{[^{{}}]*#{re.escape(key)}[\s}}]", text) for _, text in chapter.source.lines):
                problem = f"@{key} viser ikke til #{key}, for navnet begynner ikke med fig-, tbl-, sec- eller eq-."
                remedy = f"Skriv for eksempel #fig-{key} og @fig-{key}."
                raise NotatError("N0714", problem, file=place, line=line, remedy=remedy)
            remedy = did_you_mean(key, [*known, *(id_ for id_ in book.targets if prefix_of(id_))])
            raise NotatError("N0714", f"Kilden @{key} finnes ikke i {name}.", file=place, line=line, remedy=remedy)


def _bibliography_keys(file: Path, root: Path) -> list[str]:
    text = paths.read_text(file, root)
    try:
        keys = [entry["id"] for entry in json.loads(pandoc.run(text, "--from=biblatex", "--to=csljson"))]
    except NotatError as error:
        line = re.search(r"line (\d+)", error.problem)
        raise NotatError(
            "N0715",
            "Litteraturlista kan ikke leses.",
            file=file.relative_to(root),
            line=min(int(line[1]), text.count("\n", 0, -1) + 1) if line else None,
            remedy="Kontroller klammer og komma på linja og i oppføringen over.",
        ) from None
    for key in keys:
        found = list(_entries(text, key))
        entries = [text.count("\n", 0, match.start()) + 1 for match in found]
        # A list that grew from several often has a work twice, said alike: then it is one.
        if len({" ".join(_entry(text, match).split()) for match in found}) > 1:
            problem = f"Kilden «{key}» finnes fra før på linje {entries[0]}."
            remedy = "Slett den ene, eller gi den en annen nøkkel."
            raise NotatError("N0716", problem, file=file.relative_to(root), line=entries[1], remedy=remedy)
    return keys


def _entry(text: str, opening: re.Match[str]) -> str:
    """The entry that begins here, with what stands between it and the next."""
    following = _ENTRY.search(text, opening.end())
    return text[opening.start() : following.start() if following else None]


def _entries(text: str, key: str) -> Iterable[re.Match[str]]:
    return re.finditer(rf"^[ \t]*@\w+\s*\{{\s*{re.escape(key)}\s*,", text, re.MULTILINE)
