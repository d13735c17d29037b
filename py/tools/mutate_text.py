"""Whether a wrong word in `data/` would be noticed: change text columns at random, and see what refuses the change.

Each mutant is tried on a copy of the note, as `notat accept` would meet it: the reader with its schema, the contracts
and the columns that are said twice, the code of the control notebooks (without what reads figures and tables back), the
claims (which `notat render` refuses) and the checks of the text. What is left is what a person must see: accept shows
it and asks. That is counted apart, and never as caught; so is text that nothing here could judge.
"""

from __future__ import annotations

import contextlib
import csv
import io
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

from notat.data import dataset, package
from notat.data.accepted import State, present
from notat.data.sources import SOURCES
from notat.judge.accept import DISAGREES, read_notebook
from notat.judge.changes import differences
from notat.judge.checks import check
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import authoring, claims
from notat.text import paths, profiles
from notat.text.errors import NotatError

SCHEMA, CONTRACTS, NOTEBOOKS, CLAIMS, CHECKS = "skjema", "kontrakt", "notatbok", "påstand", "sjekk"
NETS = (SCHEMA, CONTRACTS, NOTEBOOKS, CLAIMS, CHECKS)
REFUSED, SHOWN, UNJUDGED, SURVIVES = "avvist", "vist", "ikke bedømt", "overlever"
BIBLIOGRAPHY = "verk"
# The columns of all tables of values, of the sources, and of the works that these cite.
_VALUES = ("verdi", *(c for c in package.COLUMNS if c not in ("id", "verdi")))
_SOURCES = ("tittel", "utgiver", "url", "lisens", "referanse", "definisjon")
_WORKS = ("year", "title", "url")
# Nothing here knows what these should say: what is measured in words, what is remarked, what a source is called.
_FREE = {"maal", "merknad", "tittel", "utgiver", "url", "lisens", "definisjon", "title"}
_PROMISES = {"N0320", "N0321", "N0343", "N0344", "N0345", "N0346"}  # codes of contracts and of columns said twice
_AXES = "# Les av aksene:"  # how the cell begins that defines how figures are read
_COPIED = ("_brand.yml", "_extensions", "chapters", "index.qmd", "tests/notebooks", "tests/fixtures")


@dataclass(frozen=True)
class Change:
    """One change of a text: its column (of works: `verk.year`), its file, the row, and the text before and after."""

    column: str
    file: str
    line: int
    old: str
    new: str


@dataclass(frozen=True)
class Verdict:
    """What refused the change (of NETS), and else whether accept shows it."""

    change: Change
    nets: frozenset[str]
    shown: bool

    @property
    def outcome(self) -> str:
        """What became of the change."""
        if self.nets:
            return REFUSED
        if not self.shown:
            return SURVIVES
        return UNJUDGED if self.change.column.rpartition(".")[2] in _FREE else SHOWN


@dataclass(frozen=True)
class Book:
    """The code of a control notebook, whether it stops on the data as they are, and the files that it reads."""

    code: Sequence[CodeType]
    stops: bool
    read: frozenset[Path]


class Copy:
    """A copy of a note in a folder of its own, whose data are changed and restored."""

    def __init__(self, root: Path, folder: Path):
        self.root = folder / "notat"
        project = Project(root)
        self.works = project.config.bibliography
        works = [self.works.relative_to(root).as_posix()] if self.works else []
        names = {*profiles.files(root), *_COPIED, paths.DATA, *works}
        for name in names:
            source, target = root / name, self.root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.is_file():
                shutil.copyfile(source, target)
        self.bibliography = self.root / self.works.relative_to(root) if self.works else None
        self.accepted: State = present(self.root, self.bibliography)
        self.written = Project(self.root).written  # no change is one of the chapters
        self.books = [self._book(file) for file in sorted((self.root / paths.NOTEBOOKS).glob("*.ipynb"))]
        self.before = {str(one) for one in self._findings()}
        authoring.numbers.cache_clear()
        if any(book.stops for book in self.books):  # else every change would seem to be caught
            raise NotatError(
                "N1004", "Kontrollnotatbøkene stemmer ikke før noe er endret.", remedy="Kjør notat accept."
            )

    def cells(self) -> dict[str, list[Change]]:
        """Every text that can be changed by its column, with nothing in place of the new text yet."""
        found: dict[str, list[Change]] = {}
        tables = [(f"{paths.DATA}/{name}.csv", _VALUES) for name in package.table_names(self.root)]
        for file, columns in (*tables, (f"{paths.DATA}/{SOURCES}.csv", _SOURCES)):
            for line, row in enumerate(_rows(self.root / file)):
                for column in columns:
                    found.setdefault(column, []).append(Change(column, file, line, row[column], ""))
        if self.bibliography:
            place = self.bibliography.relative_to(self.root).as_posix()
            for number, work in enumerate(self.accepted.works.values()):
                for name in (name for name in _WORKS if name in work):
                    found.setdefault(f"{BIBLIOGRAPHY}.{name}", []).append(
                        Change(f"{BIBLIOGRAPHY}.{name}", place, number, work[name], "")
                    )
        return found

    def judge(self, change: Change) -> Verdict:
        """Make the change, see what refuses it, and undo it."""
        file = self.root / change.file
        content = file.read_bytes()
        try:
            self._write(change)
            authoring.numbers.cache_clear()
            nets = frozenset(self._refusing(file))
            shown = bool(differences(self.accepted, present(self.root, self.bibliography)))
            return Verdict(change, nets, shown)
        finally:
            file.write_bytes(content)
            authoring.numbers.cache_clear()

    def _write(self, change: Change) -> None:
        file = self.root / change.file
        if file == self.bibliography:
            key = list(self.accepted.works)[change.line]
            text = file.read_text(encoding="utf-8")
            start = text.index(f"{{{key},") + len(key) + 1  # the key itself may hold the year, and so may the title
            named = re.compile(rf"\b{change.column.rpartition('.')[2]}\s*=").search(text, start)
            place = text.index(change.old, named.end() if named else start)
            file.write_text(text[:place] + change.new + text[place + len(change.old) :], encoding="utf-8")
            return
        rows = _rows(file)
        rows[change.line][change.column] = change.new
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def _refusing(self, changed: Path) -> Iterator[str]:
        try:
            numbers = Numbers(dataset.load(self.root))
        except NotatError as error:
            yield CONTRACTS if error.code in _PROMISES else SCHEMA
            return  # what the reader refuses goes no further
        try:
            claims.verify(self._project(), numbers)
        except NotatError:
            yield CLAIMS
        # What a notebook has not read cannot make it disagree.
        if any(self._run(book.code)[0] for book in self.books if changed.resolve() in book.read):
            yield NOTEBOOKS
        if {str(one) for one in self._findings()} - self.before:
            yield CHECKS

    def _findings(self) -> list[object]:
        """What `notat check` finds, but for the change itself and for claims, which are a net of their own."""
        try:
            return [one for one in check(self._project(), False).findings if one.code not in ("N1041", "N0814")]
        except NotatError as error:
            return [error]

    def _project(self) -> Project:
        project = Project(self.root)
        project.__dict__["written"] = self.written  # as if it had read the chapters
        return project

    def _run(self, code: Sequence[CodeType]) -> tuple[bool, frozenset[Path]]:
        """Whether the code of a control notebook stops or prints that two values disagree, and the files it reads."""
        folder = self.root / paths.NOTEBOOKS
        with chdir(folder), _importing_from(folder), _files_opened() as opened:
            return _stops(code), frozenset(opened)

    def _book(self, file: Path) -> Book:
        cells = [cell.source for cell in read_notebook(file, self.root).cells if cell.cell_type == "code"]
        code = [compile(text, file.name, "exec") for text in cells if not text.startswith(_AXES)]
        return Book(code, *self._run(code))


@contextlib.contextmanager
def _importing_from(folder: Path) -> Iterator[None]:
    """Let code import the modules of a folder, as a kernel started there does; afterwards they are forgotten."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name, module in list(sys.modules.items()):  # they remember the tables that they have read
            if Path(getattr(module, "__file__", None) or "").parent == folder:
                del sys.modules[name]


_listening: list[set[Path]] = []


def _note(event: str, given: tuple[object, ...]) -> None:
    if event == "open" and isinstance(given[0], str):
        for opened in _listening:
            opened.add(Path(given[0]).resolve())


@cache
def _note_files() -> None:
    sys.addaudithook(_note)  # cannot be removed again


@contextlib.contextmanager
def _files_opened() -> Iterator[set[Path]]:
    """The files that Python opens meanwhile."""
    _note_files()
    _listening.append(set())
    try:
        yield _listening[-1]
    finally:
        _listening.pop()


def _stops(code: Sequence[CodeType]) -> bool:
    # Figures and tables take long, and show the same rows.
    said, names = io.StringIO(), dict[str, object](akser=lambda *_: None, celler=lambda *_: None)
    try:
        with contextlib.redirect_stdout(said):
            for cell in code:
                exec(cell, names)  # noqa: S102  # the note's own notebooks, as accept runs them
    except Exception:  # whatever it is, accept stops there
        return True
    return any(f"  {DISAGREES}" in line for line in said.getvalue().splitlines())


def changes(cells: dict[str, list[Change]], count: int, seed: int) -> Iterator[Change]:
    """So many random changes: the columns by turns, any row of each, and a wrong text that could stand there."""
    chance = random.Random(seed)  # noqa: S311  # a sample that can be drawn again, not a secret
    columns = list(cells)
    for number in range(count):
        column = columns[number % len(columns)]
        others = sorted({cell.old for cell in cells[column]} - {""})
        while True:
            cell = chance.choice(cells[column])
            new = _wrong(column, cell.old, others, chance)
            if new != cell.old:
                yield Change(column, cell.file, cell.line, cell.old, new)
                break


def _wrong(column: str, old: str, others: Sequence[str], chance: random.Random) -> str:
    if column == "verdi":
        digits = [place for place, sign in enumerate(old) if sign.isdigit()]
        return _with_other_digit(old, chance.choice(digits), chance)
    if column in ("periode", f"{BIBLIOGRAPHY}.year") and (years := list(re.finditer(r"(?:19|20)\d\d", old))):
        year = chance.choice(years)
        return f"{old[: year.start()]}{int(year[0]) + chance.choice((-1, 1))}{old[year.end() :]}"
    if column in ("grense", "status", "gruppe") and old and chance.random() < 1 / 2:
        return ""
    if column in ("merknad", "definisjon", "tittel", "url", f"{BIBLIOGRAPHY}.title", f"{BIBLIOGRAPHY}.url") and old:
        return _with_other_letter(old, chance)
    return chance.choice(others)


def _with_other_digit(text: str, place: int, chance: random.Random) -> str:
    return f"{text[:place]}{chance.choice([d for d in '123456789' if d != text[place]])}{text[place + 1 :]}"


def _with_other_letter(text: str, chance: random.Random) -> str:
    places = [place for place, sign in enumerate(text) if sign.isascii() and sign.isalpha()][8:] or [len(text) - 1]
    place = chance.choice(places)
    return f"{text[:place]}{'x' if text[place] != 'x' else 'y'}{text[place + 1 :]}"


def run(root: Path, count: int, seed: int) -> list[Verdict]:
    """Try so many random changes on a copy of the note."""
    with tempfile.TemporaryDirectory(prefix="notat-") as folder:
        copy = Copy(root, Path(folder))
        return [copy.judge(change) for change in changes(copy.cells(), count, seed)]


def report(verdicts: Sequence[Verdict], seed: int) -> Iterator[str]:
    """The verdicts as lines of text: a table by column, and each change that nothing refused."""
    yield f"{len(verdicts)} tilfeldige endringer av tekst og tall (frø {seed}):"
    yield _columns("kolonne", "endringer", *NETS, REFUSED, SHOWN, UNJUDGED, SURVIVES)
    for column in sorted({verdict.change.column for verdict in verdicts}):
        yield _counts(column, [verdict for verdict in verdicts if verdict.change.column == column])
    yield _counts("i alt", verdicts)
    for verdict in verdicts:
        if verdict.outcome != REFUSED:
            change = verdict.change
            yield f"{verdict.outcome}: {change.file}: {change.column} «{change.old}» → «{change.new}»"


def _counts(name: str, some: Sequence[Verdict]) -> str:
    nets = Counter(net for verdict in some for net in verdict.nets)
    outcomes = Counter(verdict.outcome for verdict in some)
    counted = (outcomes[outcome] for outcome in (REFUSED, SHOWN, UNJUDGED, SURVIVES))
    return _columns(name, len(some), *(nets[net] for net in NETS), *counted)


def _columns(first: str, *rest: str | int) -> str:
    return f"{first:<14}" + "".join(f"{text:>13}" for text in rest)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
