"""The parts of a book: chapters of sections, and the targets of references in them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from notat.engine.keep.step import Results
from notat.engine.pandoc import Node
from notat.project.config import ChapterFile, Config
from notat.project.manifest import Manifest, manifest_of
from notat.project.project import Project
from notat.project.source import Source


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
    are the places for the list of references; `notes` says whether there are footnotes.
    """

    headings: list[tuple[int, str, list[str], str]]
    marks: list[tuple[str, str]]
    figures: list[Figure]
    citations: list[Node]
    lists: list[Node]
    notes: bool


@dataclass
class Heading:
    """A heading as the contents list shows it."""

    id: str
    level: int
    number: str
    title: str


@dataclass
class Section:
    """A section: its outline, its blocks as they were `read`, and as `resolved` with numbers, links and citations.

    Both are JSON on one line: most of the time they are only compared with the earlier ones.
    """

    outline: Outline
    read: bytes
    resolved: bytes = b""

    @property
    def blocks(self) -> list[Node]:
        """The blocks, ready to be written; a new tree each time, which may be modified."""
        blocks: list[Node] = json.loads(self.resolved)
        return blocks


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
    def outlines(self) -> list[Outline]:
        """The outlines of all sections."""
        return [section.outline for section in self.sections]

    @property
    def figures(self) -> list[Figure]:
        """The figures of all sections."""
        return [figure for outline in self.outlines for figure in outline.figures]

    @property
    def blocks(self) -> list[Node]:
        """The blocks of all sections."""
        return [block for section in self.sections for block in section.blocks]


@dataclass
class Target:
    """Something a reference can point at: the words to print, and the chapter that holds it."""

    words: str
    slug: str


@dataclass
class Book:
    """All chapters of a project, every reference target by id, and the cached results."""

    project: Project
    chapters: list[Chapter]
    results: Results
    targets: dict[str, Target] = field(default_factory=dict)

    @property
    def config(self) -> Config:
        """Titles, language and house style."""
        return self.project.config

    @cached_property
    def manifest(self) -> Manifest:
        """What the book is made of, in the form that the documents embed."""
        return manifest_of(self.project)

    @cached_property
    def slugs(self) -> dict[str, str]:
        """Name of the page of each chapter by the name of its file."""
        return {Path(chapter.file.file).name: chapter.slug for chapter in self.chapters}

    def enter(self, id_: str, words: str, chapter: Chapter) -> None:
        """Register this id of the chapter as a target of references and links."""
        self.targets[id_] = Target(words, chapter.slug)

    def key_inputs(self, section: Section) -> tuple[Any, ...]:
        """What decides how a section is written: its blocks, and the filters that Pandoc runs on every text."""
        return section.resolved, *self.config.extension.filters
