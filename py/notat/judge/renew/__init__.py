"""New official figures tried on a copy of the note before anybody accepts them: what changes, and what becomes false.

A trial is a copy of the note in its cache. The new files are written there, the same code computes the same numbers of
them, and what differs is reported with its sentences. Accepting runs the control notebooks in the copy and then puts
data, checksums, notebooks and change log into the note together, or leaves it as it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import reduce
from pathlib import Path
from typing import cast

import psutil

from notat.data import series
from notat.data.accepted import State, accepted, present, store
from notat.data.dataset import Data
from notat.intake import archive, doubt, klass, recipes
from notat.intake.archive import Received
from notat.intake.doubt import Past
from notat.intake.drift import SeriesDrift, compare
from notat.intake.recipes import Delivery, Recipe
from notat.intake.store import put
from notat.judge.accept import propose
from notat.norsk import format_quantity
from notat.numbers.indicators import Number, Numbers
from notat.project.project import Project
from notat.show import charts, claims, tables
from notat.text import paths
from notat.text.errors import NotatError, unwritable

_COPY = "proeve-"  # in the cache, before the number of the process
_LOG = "CHANGELOG.md"
_HEADING = "## Ikke utgitt"


@dataclass(frozen=True)
class Arrival:
    """What was received for a recipe, what it gives, and what differs from the last time.

    `before` is the series as it was in the note, where that is not what the archive gives: nobody has archived it, or
    somebody has changed it since.
    """

    recipe: Recipe
    received: Received
    delivery: Delivery
    drift: SeriesDrift
    before: Received | None = None


@dataclass(frozen=True)
class ChangedNumber:
    """A number of the note that is another; `beyond` is whether rounding alone cannot explain it."""

    id: str
    meaning: str
    old: str
    new: str
    beyond: bool


@dataclass(frozen=True)
class ChangedFigure:
    """A figure or table whose message is another, or whose words are refused."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Due:
    """A series whose source publishes new figures on a day that is known."""

    title: str
    day: date


@dataclass(frozen=True)
class Renewal:
    """All that a renewal changes for the reader. `false` are the marks that no longer hold, with what would."""

    series: tuple[SeriesDrift, ...] = ()
    numbers: tuple[ChangedNumber, ...] = ()
    false: tuple[NotatError, ...] = ()
    figures: tuple[ChangedFigure, ...] = ()
    due: tuple[Due, ...] = ()
    meeting: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no series has anything new."""
        return all(one.is_empty for one in self.series)


@dataclass(frozen=True)
class Trial:
    """A copy of the note, in which the new figures stand. `before` are the files of the note as they were copied."""

    root: Path
    copy: Path
    before: dict[Path, bytes] = field(default_factory=dict)

    def accept(self, lines: Iterable[str], progress: Callable[[str], None] = lambda _: None) -> Path | None:
        """Run the control notebooks, and put all that is new into the note; or leave the note as it was.

        Returns a file that somebody has changed since the trial began, if any: then nothing is put.
        """
        if any((self.copy / paths.NOTEBOOKS).glob("*.ipynb")):
            propose(self.copy, progress).store()
        else:
            store(present(self.copy, Project(self.copy).config.bibliography), self.copy)
        _log(self.copy / _LOG, lines)
        changed = {file: content for file, content in _files(self.copy).items() if self.before.get(file) != content}
        for file in changed:
            place = self.root / file
            if (place.read_bytes() if place.is_file() else None) != self.before.get(file):
                return file
        _replace(self.root, changed)
        return None


@contextmanager
def trial(root: Path) -> Iterator[Trial]:
    """A copy of the note to try new figures on; it is gone afterwards, whatever happens."""
    copy = root / paths.CACHE / f"{_COPY}{os.getpid()}"
    for left in (root / paths.CACHE).glob(f"{_COPY}*"):  # by a process that was killed
        if left == copy or not psutil.pid_exists(int(left.name.removeprefix(_COPY))):
            shutil.rmtree(left, ignore_errors=True)
    try:
        copy.parent.mkdir(exist_ok=True)
        shutil.copytree(
            root,
            copy,
            symlinks=True,
            ignore=lambda folder, names: set(filter(paths.is_made, names)) if Path(folder) == root else (),
        )
        yield Trial(root, copy, _files(copy))
    except OSError as error:
        problem = unwritable(error, root).problem
        raise NotatError("N0101", problem, remedy="Ingenting er lagret. Frigjør plass, og kjør på nytt.") from None
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def arrive(root: Path, recipe: Recipe, received: Received, *, agreed: bool = False) -> Arrival:
    """What was received, decoded and compared with what the note has from the last time.

    `agreed` is whether somebody has said that it is what it is taken for, whatever speaks against that.
    """
    places = klass.read_places(root)
    known = recipes.read_recipes(root).get(recipe.name, recipe)
    fresh = recipes.decode(recipe, received, places)

    def decoded(one: Received) -> Delivery:
        is_same = known == recipe and (one.sha256, dict(one.query)) == (received.sha256, dict(received.query))
        return fresh if is_same else recipes.decode(known, one, places)

    past = [(one, decoded(one)) for one in archive.history(root, recipe.name)]
    old = reduce(recipes.merge, (one for _, one in past), cast("Delivery | None", None))
    old = recipes.marked(old, known, places) if old else None
    before = _as_it_was(root, recipe, old)
    if before:
        old = recipes.decode(known, before, places)
        if own := _declared(root, recipe):  # no row says when it came
            old = replace(old, shared=replace(old.shared, published=own.published, due=own.due))
    new = recipes.marked(recipes.merge(old, fresh), recipe, places)
    _refuse_another(root, old, new, recipe)
    drift = compare(old, new, fresh)
    if not agreed:
        doubt.refuse(recipe, received, fresh, Past(past, old), drift)
    return Arrival(recipe, received, new, drift, before)


def _as_it_was(root: Path, recipe: Recipe, archived: Delivery | None) -> Received | None:
    """The note's series of the recipe's name, unless there is none, or it is what the archive gives."""
    file = Path(paths.DATA, series.FOLDER, f"{recipe.name}.csv")
    if not (root / file).is_file():
        return None
    content = paths.read_text(root / file, root, series.MAX_BYTES).encode()
    if archived and content == series.text_of(archived.observations).encode():
        return None
    now = datetime.now(tz=UTC).isoformat(timespec="seconds")
    return Received(content, file.name, now, file.as_posix(), {recipes.SERIES: recipe.name})


def _declared(root: Path, recipe: Recipe) -> series.Shared | None:
    """What the note says of the series of the recipe's name."""
    return next((one for one in series.declared(root) if one.name == recipe.name), None)


def _refuse_another(root: Path, old: Delivery | None, new: Delivery, recipe: Recipe) -> None:
    """Refuse what would be another series under the same name: of another measure, unit, rounding or source."""
    known = _declared(root, recipe)
    words = {"measure": "maal", "kind": "type", "unit": "enhet", "rounding": "avrundet_til", "source": "kilde"}
    for name, word in words.items() if known else ():
        was, now = getattr(known, name), getattr(new.shared, name)
        if was != now:
            problem = f"Serien {recipe.name} har {word} «{was}», og det nye har «{now}»."
            remedy = "Ta inn det nye som en serie for seg med et annet --navn, eller rett oppskriften."
            raise NotatError("N1099", problem, file=f"{paths.DATA}/{series.FOLDER}/{recipe.name}.csv", remedy=remedy)
    for key, was in old.definitions.items() if old else ():
        if key.endswith(recipes.UNIT) and new.definitions.get(key, was) != was:
            problem = f"Kilden oppgir enheten «{new.definitions[key]}», og sist var den «{was}»."
            remedy = "Ta inn det nye som en serie for seg med et annet --navn."
            raise NotatError("N0399", problem, file=recipe.file, remedy=remedy)


def try_out(trial: Trial, arrivals: Iterable[Arrival], meeting: date | None = None) -> Renewal:
    """Write the arrivals into the copy, and find all that they change."""
    found = list(arrivals)
    for one in found:
        put(trial.copy, one.recipe, one.delivery, one.received, one.before)
    renewal = difference(Project(trial.root), Project(trial.root).data, Project(trial.copy).data)
    due = tuple(due_before(trial.copy, meeting)) if meeting else ()
    series = tuple(one.drift for one in found)
    return Renewal(series, renewal.numbers, renewal.false, renewal.figures, due, meeting)


def since_accepted(root: Path) -> Renewal:
    """What the data as they are now change from the data that somebody has accepted, whose text is known."""
    project = Project(root)
    state: State = accepted(root)
    with trial(root) as past:
        for file in paths.visible_files(past.copy / paths.DATA):
            name = file.relative_to(past.copy / paths.DATA).as_posix()
            if name not in state.sums:
                file.unlink()
        for name, text in state.texts.items():
            place = past.copy / paths.DATA / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode())
        return difference(project, Project(past.copy).data, project.data)


def difference(project: Project, old: Data, new: Data) -> Renewal:
    """What differs for the reader of the project's chapters between two states of its data."""
    before, after = Numbers(old), Numbers(new)
    known = {(one.code, one.file, one.line) for one in claims.problems(project, before)}
    false = [one for one in claims.problems(project, after) if (one.code, one.file, one.line) not in known]
    return Renewal(numbers=tuple(_numbers(before, after)), false=tuple(false), figures=tuple(_figures(before, after)))


def due_before(root: Path, meeting: date) -> Iterator[Due]:
    """The series whose sources publish by the day of the meeting, the first first."""
    found = []
    places = klass.read_places(root)
    for recipe in recipes.read_recipes(root).values():
        if past := archive.history(root, recipe.name):
            shared = recipes.decode(recipe, past[-1], places).shared
            if shared.due and shared.due <= meeting:
                found.append(Due(shared.title, shared.due))
    yield from sorted(found, key=lambda one: (one.day, one.title))


def _numbers(before: Numbers, after: Numbers) -> Iterator[ChangedNumber]:
    for id_ in dict.fromkeys((*before, *after)):
        old, new = _number(before, id_), _number(after, id_)
        unit = False
        if isinstance(old, Number) and isinstance(new, Number):
            unit = old.quantity.unit != new.quantity.unit
            if not unit and old.quantity.value == new.quantity.value and _shown(old) == _shown(new):
                continue
            beyond = unit or _are_apart(old, new)
        elif old == new:
            continue
        else:
            beyond = True
        meaning = next((one.meaning for one in (new, old) if isinstance(one, Number)), "")
        yield ChangedNumber(id_, meaning, _shown(old, unit=unit), _shown(new, unit=unit), beyond)


def _are_apart(old: Number, new: Number) -> bool:
    """Whether no rounding of the sources lets the two be the same number."""
    try:
        (low, high), (least, most) = old.quantity.interval, new.quantity.interval
    except NotatError:  # so coarse a rounding that a formula may divide by zero
        return False
    return most < low or least > high


def _number(numbers: Numbers, id_: str) -> Number | str:
    """The number, or why there is none."""
    try:
        return numbers[id_] if id_ in set(numbers) else ""
    except NotatError as error:
        return error.problem


def _shown(number: Number | str, *, unit: bool = False) -> str:
    """A number as it is printed, with the name of its unit where that is to be compared; or why there is none."""
    if isinstance(number, str):
        return number or "finnes ikke"
    quantity = number.quantity
    printed = format_quantity(quantity.value, quantity.unit, number.decimals)
    return f"{printed} ({f'{quantity.unit}, ' if unit else ''}{number.period})"


def _figures(before: Numbers, after: Numbers) -> Iterator[ChangedFigure]:
    """The figures and tables that say something else of the new numbers, or whose words are refused."""
    for name in charts.names():
        old, new = (_finding(name, numbers) for numbers in (before, after))
        if old != new:
            yield ChangedFigure(f"figuren {name}", old, new)
    for name in tables.names():
        old, new = (_caption(name, numbers) for numbers in (before, after))
        if old != new:
            yield ChangedFigure(f"tabellen {name}", old, new)


def _finding(name: str, numbers: Numbers) -> str:
    import matplotlib.pyplot as plt

    try:
        drawing = charts.draw(name, numbers)
    except NotatError as error:
        return error.problem
    plt.close(drawing.figure)
    return " ".join(filter(None, (drawing.finding, drawing.note)))


def _caption(name: str, numbers: Numbers) -> str:
    try:
        made = tables.build(name, numbers)
    except NotatError as error:
        return error.problem
    return " ".join(filter(None, (made.caption, made.note)))


def _log(file: Path, lines: Iterable[str]) -> None:
    """Write the lines under «Tall» of what is not yet released."""
    text = file.read_text(encoding="utf-8") if file.is_file() else "# Endringslogg\n"
    if _HEADING not in text:
        head, _, rest = text.partition("\n## ")
        text = f"{head.rstrip()}\n\n{_HEADING}\n" + (f"\n## {rest}" if rest else "")
    before, _, after = text.partition(_HEADING)
    own, mark, others = after.partition("\n## ")
    added = "".join(f"- {line}\n" for line in lines)
    if "\n### Tall\n\n" in own:
        own = own.replace("\n### Tall\n\n", f"\n### Tall\n\n{added}", 1)
    else:
        rest = own.lstrip()
        own = f"\n\n### Tall\n\n{added}" + (f"\n{rest}" if rest else "")
    file.write_text(f"{before}{_HEADING}{own}{mark}{others}", encoding="utf-8")


def _files(root: Path) -> dict[Path, bytes]:
    """The content of all that a renewal may change, by its path from the root."""
    folders = (root / paths.DATA, root / paths.NOTEBOOKS)
    found = [file for folder in folders if folder.is_dir() for file in folder.rglob("*") if file.is_file()]
    log = root / _LOG
    return {file.relative_to(root): file.read_bytes() for file in (*found, *([log] if log.is_file() else []))}


def _replace(root: Path, changed: dict[Path, bytes]) -> None:
    """Write every file, or restore all."""
    folders = {folder for file in changed for folder in (root / file).parents if not folder.exists()}
    try:
        for file in changed:
            (root / file).parent.mkdir(parents=True, exist_ok=True)
        paths.write_all({root / file: content for file, content in changed.items()})
    except BaseException:
        for folder in sorted(folders, reverse=True):
            if folder.is_dir():
                folder.rmdir()
        raise
