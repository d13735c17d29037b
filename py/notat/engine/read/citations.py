"""Citations over the whole book: how each is written, and the list of references in its one place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from notat.engine import pandoc
from notat.engine.keep.step import Step
from notat.engine.model import Book, Chapter
from notat.engine.pandoc import Node
from notat.engine.read.outline import reference_lists
from notat.engine.read.references import with_links
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean


def resolve_citations(book: Book) -> list[list[Node]]:
    """The output of each citation of each section of the book, and after them of its list of references.

    In a style that cites in the text, how a work is cited depends on the other citations and on nothing else. So
    Pandoc gets the citations alone, in order, and what it makes of them is put where they stood.
    """
    known = _known_works(book)
    found: list[tuple[list[Node], list[Node]]] = []
    home = ""
    for chapter in book.chapters:
        for outline in chapter.outlines:
            citations = list(pandoc.elements(with_links(book, chapter, outline.citations), "Cite"))
            _check_citations(book, chapter, citations, known)
            found.append((citations, with_links(book, chapter, outline.lists)))
            home = home or (chapter.slug if outline.lists else "")
    if book.config.bibliography is None:
        return [[] for _ in found]
    citations, lists = (list(chain.from_iterable(nodes)) for nodes in zip(*found, strict=True))
    answers = [_as_inline(answer) for answer in _resolved_citations(book, citations, lists)]
    if len(answers) > len(citations) + len(lists):
        # Pandoc puts the list after the last chapter when no chapter has a place for it.
        raise NotatError(
            "N0712",
            "Ingen kapitler har plass til litteraturlista.",
            file=paths.CONFIG,
            remedy="Legg til et kapittel med blokka ::: {#refs}, lukket med :::.",
        )
    _lead_to_list(answers, home)
    following, listed = iter(answers[: len(citations)]), iter(answers[len(citations) :])
    return [[next(following) for _ in own] + [next(listed) for _ in places] for own, places in found]


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
    """A paragraph for each citation, then the list of references."""
    config = book.config
    document = {
        "pandoc-api-version": pandoc.api_version(),
        "meta": {"lang": {"t": "MetaString", "c": config.lang}, "link-citations": {"t": "MetaBool", "c": True}},
        "blocks": [*({"t": "Para", "c": [citation]} for citation in citations), *places],
    }
    text = json.dumps(document)
    arguments = ["--from=json", "--to=json", "--citeproc", f"--bibliography={config.bibliography}"]
    works = [file for file in (config.bibliography, config.csl) if file]
    if config.csl is not None:
        _refuse_notes(config.csl, config.root)
        arguments.append(f"--csl={config.csl}")
    step = Step("citations", "citations", (__name__,), (text, *works), lambda: pandoc.run(text, *arguments))
    blocks: list[Node] = json.loads(book.results.get_or_make(step))["blocks"]
    return blocks


def _refuse_notes(csl: Path, root: Path) -> None:
    style = re.search(r"<style\b[^>]*>", paths.read_text(csl, root))
    if style and 'class="note"' in style[0]:
        raise NotatError(
            "N0713",
            "Litteraturstilen setter kildene i fotnoter.",
            file=csl.relative_to(root),
            remedy="Bruk en stil som viser til kildene i teksten.",
        )


def _known_works(book: Book) -> list[str]:
    file = book.config.bibliography
    if file is None:
        return []

    def found() -> bytes:
        return json.dumps(_bibliography_keys(file, book.config.root)).encode()

    keys: list[str] = json.loads(book.results.get_or_make(Step("works", file.name, (__name__,), (file,), found)))
    return keys


def _check_citations(book: Book, chapter: Chapter, citations: list[Node], known: list[str]) -> None:
    file = book.config.bibliography
    name = file.relative_to(book.config.root).as_posix() if file else "en litteraturliste"
    for citation in (citation for element in citations for citation in element["c"][0]):
        key = citation["citationId"]
        if key not in known:
            place, line = chapter.source.place_of(f"@{key}")
            raise NotatError(
                "N0714", f"Kilden @{key} finnes ikke i {name}.", file=place, line=line, remedy=did_you_mean(key, known)
            )


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
            line=int(line[1]) if line else None,
            remedy="Kontroller klammer og komma på linja og i oppføringen over.",
        ) from None
    for key in keys:
        entries = [text.count("\n", 0, match.start()) + 1 for match in _entries(text, key)]
        if len(entries) > 1:
            raise NotatError(
                "N0716",
                f"Kilden «{key}» finnes fra før på linje {entries[0]}.",
                file=file.relative_to(root),
                line=entries[1],
                remedy="Slett den ene, eller gi den en annen nøkkel.",
            )
    return keys


def _entries(text: str, key: str) -> Iterable[re.Match[str]]:
    return re.finditer(rf"^[ \t]*@\w+\s*\{{\s*{re.escape(key)}\s*,", text, re.MULTILINE)
