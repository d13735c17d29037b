"""The parts of a book: chapters of sections, and the targets of references in them."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from notat.engine.conditions import shown_in
from notat.engine.ids import with_own_ids
from notat.engine.keep.step import Results
from notat.engine.pandoc import Node
from notat.norsk.language import Language, current, of, of_book, speaking
from notat.project.booklets import Document, document_of
from notat.project.config import ChapterFile, Config
from notat.project.manifest import Manifest, manifest_of
from notat.project.project import Project
from notat.project.source import Source

# An address within the project: a path and an id, of which one may be missing.
LOCAL = re.compile(r"(?![\w+.-]+:|//)(?P<file>[^#?]+)?(?:#(?P<id>.+))?")
# What is a chapter if it is in the project at all.
_PAGES = {".qmd", ".md", ".ipynb", ".html"}


def is_page(name: str) -> bool:
    """Whether a path is that of a chapter, if it is in the project at all."""
    return Path(name).suffix in _PAGES


def is_local(url: str) -> bool:
    """Whether an address leads to a place or a file of the project."""
    return bool(url) and LOCAL.fullmatch(url) is not None


@dataclass(frozen=True)
class Figure:
    """A figure: its id, the path of its image from the project root without extension, and its alternative text."""

    id: str
    image: str
    alt: str


@dataclass(frozen=True)
class Outline:
    """What the rest of the book needs of a section, without its text.

    Headings (level, id, classes, title), ids of blocks and spans with the kind of each, figures and citations. `lists`
    are the places for the list of references; `notes` says whether there are footnotes; `links` are the addresses
    within the project.
    """

    headings: list[tuple[int, str, list[str], str]]
    marks: list[tuple[str, str]]
    figures: list[Figure]
    citations: list[Node]
    lists: list[Node]
    notes: bool
    links: list[str]


@dataclass
class Heading:
    """A heading as the contents list shows it, if it is `listed`; `numbered` says whether it may have a number."""

    id: str
    level: int
    number: str
    title: str
    numbered: bool = True
    listed: bool = True


@dataclass
class Section:
    """A section: its outline, its blocks as they were `read`, and as `resolved` with numbers, links and citations.

    Both are JSON on one line: most of the time they are only compared with the earlier ones.
    """

    outline: Outline
    read: bytes
    resolved: bytes = b""

    def blocks_in(self, format_: str) -> list[Node]:
        """The blocks as a format shows them, ready to be written; a new tree each time, which may be modified."""
        blocks: list[Node] = shown_in(format_, self.resolved, json.loads(self.resolved))
        return with_own_ids(self.resolved, blocks, in_print=format_ != "html")


@dataclass
class Chapter:
    """One chapter. Its first section holds the title and what comes before the next heading of the first two levels."""

    file: ChapterFile
    source: Source
    sections: list[Section]
    number: str = ""
    title: str = ""
    id: str = ""
    headings: list[Heading] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """Name of the chapter's page, without extension."""
        return self.file.slug

    @property
    def language(self) -> Language:
        """The language of the chapter, by default that of the book."""
        return of(self.source.lang) if self.source.lang else of_book()

    @property
    def foreign(self) -> str:
        """The tag of the chapter's language, where that is another than the book's; else empty."""
        return self.source.foreign

    @property
    def outlines(self) -> list[Outline]:
        """The outlines of all sections."""
        return [section.outline for section in self.sections]

    def file_of(self, url: str) -> str:
        """The path from the project's root of what an address in the chapter leads to, as Quarto finds it.

        Empty for an address without a file.
        """
        match = LOCAL.fullmatch(url)
        name = unquote(match["file"] or "") if match else ""
        folder = "" if name.startswith("/") else posixpath.dirname(self.file.file)
        return posixpath.normpath(posixpath.join(folder, name.lstrip("/"))) if name else ""

    @property
    def figures(self) -> list[Figure]:
        """The figures of all sections."""
        return [figure for outline in self.outlines for figure in outline.figures]

    @property
    def blocks(self) -> list[Node]:
        """The blocks of all sections, with what any format shows."""
        return [block for section in self.sections for block in json.loads(section.resolved)]

    def headings_of(self) -> Iterator[tuple[Section, list[Heading]]]:
        """Each section with its headings."""
        following = iter(self.headings)
        for section in self.sections:
            yield section, list(islice(following, len(section.outline.headings)))


@dataclass
class Target:
    """Something a reference can point at: the words to print in each language of the book, and the chapter's page."""

    said: dict[str, str]
    slug: str

    @property
    def words(self) -> str:
        """The words in the language in use, which is that of the page that refers to it."""
        return self.said.get(current().code, "")


@dataclass
class Book:
    """All chapters of a project, every reference target by id, and the cached results."""

    project: Project
    chapters: list[Chapter]
    results: Results
    targets: dict[str, Target] = field(default_factory=dict)
    shared_ids: set[str] = field(default_factory=set)  # of which several chapters have one

    @property
    def config(self) -> Config:
        """Titles, language and house style."""
        return self.project.config

    @cached_property
    def manifest(self) -> Manifest:
        """What the book is made of, in the form that the documents embed."""
        digests = self.results.digests
        return manifest_of(self.project, taken=digests.file, code=digests.scripts)

    @cached_property
    def slugs(self) -> dict[str, str]:
        """Name of the page of each chapter by its file, and by the page that Quarto makes of that."""
        files = {chapter.file.file: chapter.slug for chapter in self.chapters}
        return files | {Path(file).with_suffix(".html").as_posix(): slug for file, slug in files.items()}

    @cached_property
    def holders(self) -> dict[str, Document]:
        """The printed document that holds each chapter, by the name of the chapter's page."""
        found = document_of(self.config.documents)
        return {chapter.slug: found[chapter.file.file] for chapter in self.chapters}

    def chapters_of(self, document: Document) -> list[Chapter]:
        """The chapters of a printed document, in order."""
        return [chapter for chapter in self.chapters if chapter.file.file in document.chapters]

    @cached_property
    def linked_files(self) -> list[str]:
        """The files of the project that its links lead to, as paths from the root, sorted."""
        found = {chapter.file_of(url) for chapter in self.chapters for part in chapter.outlines for url in part.links}
        return sorted(name for name in found if name and not is_page(name) and (self.config.root / name).is_file())

    @cached_property
    def languages(self) -> list[str]:
        """The codes of the languages of the book and its pages, the book's first."""
        pages = (chapter.language.code for chapter in self.chapters)
        return list(dict.fromkeys((of(self.config.lang).code, *pages)))

    def in_each_language(self, say: Callable[[], str]) -> dict[str, str]:
        """What is said in each language of the book, by its code."""
        found = {}
        for code in self.languages:
            with speaking(code):
                found[code] = say()
        return found

    def enter(self, id_: str, said: dict[str, str], chapter: Chapter) -> None:
        """Register this id of the chapter as a target of references and links, with the words of a reference.

        An id that no reference can lead to belongs to its page, so chapters may share it; links then name the page.
        """
        target = Target(said, chapter.slug)
        self.targets[f"{chapter.slug}#{id_}"] = target
        if id_ in self.targets:
            self.shared_ids.add(id_)
        else:
            self.targets[id_] = target

    def key_inputs(self, section: Section) -> tuple[Any, ...]:
        """What decides how a section is written: its blocks, the filters that Pandoc runs, and where its links lead."""
        booklets = [(document.stem, document.chapters) for document in self.config.documents[1:]]
        return section.resolved, *self.config.extension.filters, *([repr(booklets)] if booklets else [])
