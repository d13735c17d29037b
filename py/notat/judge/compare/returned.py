"""A Word copy returned by a reader: what was changed, openly or tracked, and the comments."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from notat.docx.package import Package
from notat.judge.checks.places import Places
from notat.judge.compare.edits import Edit, edits
from notat.judge.compare.outputs import read_pages
from notat.judge.compare.reporting import Difference, Reporter
from notat.judge.compare.revisions import comments, open_copy
from notat.judge.compare.telling import Telling, outside
from notat.judge.compare.written import Origin, origins
from notat.project.booklets import Document as Printed
from notat.project.config import Config
from notat.project.project import Project
from notat.project.source import Place
from notat.readback.blocks import Block
from notat.readback.word import COVER, Document, read_word
from notat.text import paths
from notat.text.errors import NotatError


class Returned:
    """A returned copy beside the document that we made, each read once. Tracked changes count as accepted."""

    def __init__(self, root: Path, file: Path):
        self.project = Project(root)
        config = self.project.config
        self.name, self.package = file.name, open_copy(file)
        for document in config.documents:
            if not (config.output / document.file("docx")).is_file():
                raise NotatError("N0901", "Utdata mangler.", file=config.output.name, remedy="Kjør notat render først.")
        self.document, self.made, self.ours = self._returned(config)
        self.theirs: Document = read_word(self.package, self.ours)
        self.edits: list[Edit] = edits(self.ours.pieces, self.theirs.pieces)

    def _returned(self, config: Config) -> tuple[Printed, Package, Document]:
        """The document that was returned, as we made it: the one that shares most with the copy, whatever its name."""
        made = [(document, Package(config.output / document.file("docx"))) for document in config.documents]
        read = [(document, package, read_word(package)) for document, package in made]
        if len(read) == 1:
            return read[0]
        texts = {piece.text for piece in read_word(self.package).pieces}
        return max(read, key=lambda one: sum(piece.text in texts for piece in one[2].pieces))

    @cached_property
    def _reporter(self) -> Reporter:
        web = read_pages(self.project.config.output, "html", self.project.config)
        return Reporter(Places(self.project.chapters), [block for page in web.values() for block in page])

    @cached_property
    def telling(self) -> Telling:
        """Says what each edit did."""
        return Telling(self.ours, self.theirs, self.name, self.place, self._reporter)

    @cached_property
    def origins(self) -> dict[int, Origin]:
        """Where our pieces were written."""
        own = [source for source in self.project.chapters if source.file in self.document.chapters]
        return origins(own, self.ours.pieces)

    def place(self, position: int, offset: int = 0) -> Place:
        """Where a character of one of our pieces was written."""
        if position in self.origins:
            return self.origins[position].place(offset)
        piece = self.ours.pieces[position]
        if piece.kind == COVER:
            return self._of_config(piece.text)
        return self._reporter.place(Block(piece.chapter, piece.section, piece.kind, piece.text, (), piece.float_id))

    def differences(self) -> Iterator[Difference]:
        """Everything that was changed."""
        yield from self.telling.all(self.edits)
        yield from self.outside()

    def outside(self) -> Iterator[Difference]:
        """What was changed in margins and properties."""
        yield from outside(self.ours, self.theirs, self.name, self._of_config)

    def comments(self) -> Iterator[Difference]:
        """The comments, each at the text that it is about."""
        ours = {j: edit.ours[0] for edit in self.edits if edit.ours for j in edit.theirs}
        owner = {p: j for j, piece in enumerate(self.theirs.pieces) for p in piece.paragraphs}
        for comment in comments(self.package):
            position = owner.get(comment.paragraph)
            nearest = max((j for j in ours if position is not None and j <= position), default=None)
            place = (paths.CONFIG, 1) if nearest is None else self.place(ours[nearest])
            yield Difference(*place, str(comment))

    def _of_config(self, text: str) -> Place:
        for file in reversed(self.project.config.files):  # what a profile says counts first
            lines = paths.read_text(self.project.root / file, self.project.root).splitlines()
            if found := next((n for n, line in enumerate(lines, 1) if text and text in line), 0):
                return file, found
        return paths.CONFIG, 1
