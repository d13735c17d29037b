"""The project: one object that knows what the author wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from notat.norsk import language
from notat.project.config import Config, read_config
from notat.project.editions import has_conditions
from notat.project.holding import conditions_in, holds
from notat.project.images import named_images
from notat.project.shortcodes import VARIABLES
from notat.project.source import Source, read_source
from notat.project.unit import in_use
from notat.text import paths, profiles
from notat.text.errors import NotatError, did_you_mean, try_each
from notat.text.parameters import given

if TYPE_CHECKING:
    from notat.data.accepted import Works
    from notat.data.dataset import Data
    from notat.data.places import Place
    from notat.numbers.indicators import Numbers


_held: dict[Path, Project] | None = None


def hold() -> None:
    """From now on, let `Project.around` give the same object each time, as it was when it was first read."""
    global _held  # noqa: PLW0603  # a process serves one build at a time
    _held = {} if _held is None else _held


def release() -> None:
    """Let projects be read again: the next build may be for other values."""
    global _held  # noqa: PLW0603  # as above
    _held = None


@contextmanager
def held(project: Project) -> Iterator[None]:
    """Let `Project.around` give this one."""
    global _held  # noqa: PLW0603  # as above
    before, _held = _held, {project.root: project}
    try:
        yield
    finally:
        _held = before


class Project:
    """A note as its author wrote it, in the folder `root`.

    Each part is read and checked on first use, and then cached: one object serves one command, or one build of a
    preview. Files saved afterwards belong to the next. A broken part raises `NotatError`.
    """

    def __init__(self, root: Path):
        self.root = root

    @classmethod
    def around(cls, folder: Path | None = None) -> Project:
        """The project around a folder, by default the working folder; in a process that serves one build, always one.

        Such a process, the kernel of a build, says so (`hold`): it is asked for the project by each figure and table.
        """
        root = paths.find_root(folder)
        if _held is None:
            return cls(root)
        if root not in _held:
            _held[root] = cls(root)
        return _held[root]

    @cached_property
    def config(self) -> Config:
        """`_quarto.yml` and the house style, with the title that the book has for its place."""
        config, place = self._config, self.place if self._config.series_title else None
        return config.titled({"sted": place.name, **self.parameters}) if place else config

    @cached_property
    def _config(self) -> Config:
        """They as they are for all places; from here on this process speaks the language of the book."""
        config = read_config(self.root, self.setup)
        language.use(config.lang)
        return config

    @cached_property
    def setup(self) -> profiles.Setup:
        """What `_quarto.yml` says with the profiles in use, as it is written."""
        return profiles.read(self.root)

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles in use; none in a folder without `_quarto.yml`, as of data alone."""
        return self.setup.names if (self.root / paths.CONFIG).is_file() else ()

    @cached_property
    def chapters(self) -> tuple[Source, ...]:
        """The chapters in the order of the book, with what they include, where their conditions on data hold."""

        def settled(source: Source) -> Source:
            return read_source(self.root, source.file, self.holds) if has_conditions(source.lines) else source

        return tuple(try_each(settled, self.written))

    @cached_property
    def written(self) -> tuple[Source, ...]:
        """The chapters as they are written, whatever the data are."""
        found = tuple(try_each(lambda file: read_source(self.root, file.file), self._config.chapters))
        in_use(found)
        return found

    def holds(self, condition: str) -> bool:
        """Whether a condition on data is true."""
        return holds(condition, self.numbers)

    @cached_property
    def numbers(self) -> Numbers:
        """All numbers of the note, each computed once."""
        from notat.numbers.indicators import Numbers

        return Numbers(self.data)

    @cached_property
    def conditions(self) -> dict[str, bool]:
        """All the conditions on data that the chapters have, and whether each is true.

        One that nobody asks, within text that is not shown, may be about numbers that are not there: it is false.
        """
        self.chapters  # noqa: B018  # refuses what is wrong with those that decide what is shown

        def is_true(condition: str) -> bool:
            try:
                return self.holds(condition)
            except NotatError:
                return False

        lines = [line for source in self.written for _, line in source.lines]
        return {condition: is_true(condition) for condition in conditions_in(lines)}

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The values in use of the parameters that the chapters declare, as texts by name."""
        return in_use(self.written)

    @cached_property
    def unit(self) -> str:
        """The code of the place that the note is made for, where a parameter says it; empty for most notes."""
        name = self._config.unit
        if not name:
            return ""
        if name not in self.parameters:
            has = f"Kapitlene har {', '.join(self.parameters)}." if self.parameters else "Kapitlene har ingen."
            raise NotatError(
                "N0546", f"Ingen parameter heter «{name}», som notat: enhet: sier.", file=paths.CONFIG, remedy=has
            )
        return self.parameters[name]

    @cached_property
    def place(self) -> Place | None:
        """The place that the note is made for; None for most notes."""
        from notat.data.places import FILE, read_places

        if not self.unit:
            return None
        places = read_places(self.root)
        if self.unit not in places:
            name = self._config.unit
            remedy = f"{did_you_mean(self.unit, places)} Kodene står i {paths.DATA}/{FILE}."
            raise NotatError("N0547", f"Parameteren {name} er «{self.unit}», som ikke er et sted.", remedy=remedy)
        return places[self.unit]

    @cached_property
    def works(self) -> Works:
        """The works of the bibliography by key, each with its fields; none where the note has no bibliography."""
        from notat.data.accepted import read_works

        file = self.config.bibliography
        return read_works(paths.read_text(file, self.root)) if file else {}

    def place_of_work(self, key: str) -> tuple[str, int]:
        """Where a work stands in the bibliography."""
        file = self.config.bibliography
        if file is None:
            raise KeyError(key)
        text = paths.read_text(file, self.root)
        entry = re.search(rf"^[ \t]*@\w+\s*\{{\s*{re.escape(key)}\s*,", text, re.MULTILINE)
        return file.relative_to(self.root).as_posix(), text.count("\n", 0, entry.start()) + 1 if entry else 1

    @cached_property
    def text_of_all_editions(self) -> str:
        """What the files of the chapters hold, with what the profiles in use hide: a name in it may be in use there."""
        files = sorted({name for source in self.chapters for name in source.files})
        return "\n".join((self.root / name).read_text(encoding="utf-8") for name in files)

    @cached_property
    def data(self) -> Data:
        """The tables of `data/` as the edition sees them, checked against their schema and contracts."""
        from notat.data import dataset

        if given():
            self.parameters  # noqa: B018  # refuses what the book does not have
        unit = self.place.code if self.place else ""
        data = dataset.load(self.root, self.config.data_until, self.config.read_later, unit)
        self.refuse_unlisted_data()
        return data

    def refuse_unlisted_data(self) -> None:
        """Raise when a file of `data/` is on no list: all of them are published."""
        from notat.intake import archive

        earlier = self.config.earlier
        known = (earlier.table, earlier.corrections, earlier.dropped) if earlier else ()
        archive.refuse_unlisted(self.root, self.data_files, known)

    @cached_property
    def inputs(self) -> tuple[Path, ...]:
        """Every source file of the note, sorted by name: the single definition of what the inputs are.

        Configuration, brand and locked packages, the chapters with includes and images in any folder, bibliography and
        its style, the house style and the data; but not hidden files, nor temporary files of an editor.
        """
        config = self.config
        # With the default edition, which another may say what is new since.
        named = (*config.files, *profiles.read(self.root, "").files, VARIABLES, paths.BRAND, paths.LOCK)
        files = {self.root / name for name in named}
        files |= {self.root / name for source in self.chapters for name in source.files}
        files |= {image for source in self.chapters for image in named_images(source, self.root)}
        files |= {file for file in (config.bibliography, config.csl) if file}
        files |= {*paths.visible_files(self.root / paths.EXTENSION), *self.data_files}
        return tuple(sorted(file for file in files if file.is_file()))

    @cached_property
    def data_files(self) -> tuple[Path, ...]:
        """All files in `data/` but hidden ones, by name."""
        return tuple(paths.visible_files(self.root / paths.DATA))
