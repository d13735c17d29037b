"""Build a series: send its units to a cluster, a few at a time, and put each in place as it comes back.

No more units are under way than the workers have use for, so neither the scheduler nor this process holds more of them
at once when there are more. What a lost worker had is sent again; when the scheduler is lost, what is left is sent to
the one that answers at its address.
"""

from __future__ import annotations

import contextlib
import shutil
import time
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notat.data.accepted import refuse_unaccepted
from notat.engine.keep.lock import hold_lock
from notat.project.config import read_config
from notat.project.project import Project
from notat.serie import cluster, index
from notat.serie.packing import sources
from notat.serie.plan import Inputs, in_profile, outdated
from notat.serie.shelf import Fault, Shelf
from notat.serie.surroundings import fingerprint
from notat.serie.units import Unit, choose, read_units
from notat.text import paths
from notat.text.archives import pack
from notat.text.errors import NotatError, unwritable

if TYPE_CHECKING:
    from notat.serie.worker import Outcome, Station

_AHEAD = 2  # units under way for each worker: the next one is at the scheduler when one is done
_ATTEMPTS = 3  # workers that a unit is tried by, when the fault is theirs
_PAUSE = 0.25  # seconds before a unit is sent again, where the only worker that is ready cannot build
_PATIENCE = 60  # seconds for the first worker to come, and for one to come again when all are gone
_WAIT = 0.05  # seconds between looks at whether a unit has come back
_LOOK = 1.0  # seconds between looks at whether there is a worker
_RECONNECTS = 5  # times in a row that a scheduler is lost before anything comes back
_LOCK = "serie.lock"
FINISHED = "er ferdig"  # how what is reported of a unit ends when it was built


@dataclass(frozen=True)
class Asked:
    """What is asked for: which units, in which formats, on which cluster, and how long a unit may take."""

    formats: tuple[str, ...]
    only: str = ""
    area: str = ""
    scheduler: str = ""
    workers: int = 0
    seconds: float = 120
    fresh: bool = False


@dataclass
class Done:
    """How it goes: units to build and those built so far, the faults of the others by key, and what was unchanged."""

    total: int = 0
    unchanged: int = 0
    built: int = 0
    failed: dict[str, Sequence[Fault]] = field(default_factory=dict)
    spent: float = 0.0
    began: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> int:
        """How many units are not yet done."""
        return self.total - self.built - len(self.failed)

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes if it goes on as so far; None before anything is done."""
        done = self.total - self.left
        return (time.monotonic() - self.began) / done * self.left if done else None


Report = Callable[[str, Done], None]  # gets what has happened


def run(root: Path, asked: Asked, report: Report) -> Done:
    """Build what is asked for and has changed; what the faults of each failed unit are is in the result."""
    cluster.refuse_missing()
    if asked.scheduler:
        cluster.refuse_open(asked.scheduler)
    shelf, done = Shelf(root), Done()
    with hold_lock(root, patience=0, name=_LOCK):
        try:
            shelf.open()
            units = read_units(Project(root))
            chosen = choose(units, asked.only, asked.area, Project(root).parameters)
            _refuse_profiles(root, units)
            refuse_unaccepted(root, read_config(root).bibliography)  # every unit would be refused for it
            inputs = Inputs(root, asked.formats)
            wanted = chosen if asked.fresh else outdated(chosen, inputs, shelf)
            inputs.take(wanted)
            done.total, done.unchanged = len(wanted), len(chosen) - len(wanted)
            try:
                if wanted:
                    report("Begynner", done)
                    _Sending(root, asked, shelf, inputs=inputs, done=done, report=report).send(wanted)
            finally:
                # Also after Ctrl-C: the folder is in order as far as it goes.
                shelf.drop_others(units)
                _finish(root, shelf, units, inputs)
        except OSError as error:
            raise unwritable(error, root) from error
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"Avbrutt. Det som er ferdig, står i {paths.UNITS}/.") from None
    return done


def _refuse_profiles(root: Path, units: Sequence[Unit]) -> None:
    """Refuse a profile that the book has not, before anything is sent."""
    for profile in dict.fromkeys(unit.profile for unit in units):
        with in_profile(profile):
            read_config(root)


def _finish(root: Path, shelf: Shelf, units: Sequence[Unit], inputs: Inputs) -> None:
    """Write what is about all units."""
    built = shelf.built(units)
    project = Project(root)
    shelf.write_failures(units)
    old = {unit.key for unit in built if shelf.record(unit.key).inputs != inputs.of(unit, shelf.record(unit.key).read)}
    shelf.write_archive(built, index.write(project, shelf.folder, built, old))
    shelf.write_manifest(read_config(root).title, built)


class _Lost(Exception):  # noqa: N818  # it is no error yet
    """The scheduler is gone."""


@contextmanager
def _asking() -> Iterator[None]:
    """Ask the scheduler: an OSError is then its connection, and nothing of this machine's disk."""
    try:
        yield
    except OSError:
        raise _Lost from None


class _Sending:
    """Sends units and takes them in, until there are none left."""

    def __init__(self, root: Path, asked: Asked, shelf: Shelf, *, inputs: Inputs, done: Done, report: Report):
        self._root, self._asked, self._shelf, self._inputs = root, asked, shelf, inputs
        self._done, self._report = done, report
        self._attempts: dict[str, int] = {}
        self._unfit: dict[str, str] = {}  # workers that cannot build, and why
        self._numbers = 0

    def send(self, units: Sequence[Unit]) -> None:
        """Build the units and put them in place."""
        from notat.serie.worker import Station

        fonts = None if self._asked.scheduler else self._root / paths.CACHE / "fonter"
        station = Station(_packed(self._root), fingerprint(), fonts)
        # By profile, since a worker begins another process for another one.
        left = {unit.key: unit for unit in sorted(units, key=lambda unit: unit.profile)}
        lost = 0
        while left:
            before = len(left)
            try:
                with self._client(len(left)) as client:
                    self._register(client, station)
                    try:
                        self._serve(client, station.name, left)
                    finally:
                        with contextlib.suppress(Exception):  # the scheduler may be gone, and the keys with it
                            client.unregister_worker_plugin(station.name)
            except _Lost:
                lost = 0 if len(left) < before else lost + 1
                if lost > _RECONNECTS:
                    remedy = "Start den, og kjør på nytt: det som er ferdig, er det."
                    raise NotatError("N1188", "Planleggeren er borte.", remedy=remedy) from None
                self._report("Planleggeren svarer ikke, prøver igjen", self._done)

    @contextmanager
    def _client(self, most: int) -> Iterator[Any]:
        scratch = self._shelf.work / "arbeidere"
        scratch.mkdir(exist_ok=True)
        workers = self._asked.workers or cluster.processors()
        try:
            with cluster.connected(self._asked.scheduler, min(workers, most), scratch) as client:
                yield client
        finally:
            if not self._asked.scheduler:
                shutil.rmtree(scratch, ignore_errors=True)

    @staticmethod
    def _register(client: Any, station: Station) -> None:
        """Give the workers the series, when there are any."""
        from distributed.exceptions import WorkerStartTimeoutError

        try:
            with _asking():
                try:
                    client.wait_for_workers(1, timeout=_PATIENCE)
                except WorkerStartTimeoutError:
                    remedy = "Start dem, og kjør på nytt."
                    raise NotatError("N1188", "Planleggeren har ingen arbeidere.", remedy=remedy) from None
                client.register_plugin(station)
        except ImportError as error:
            problem = f"En arbeider har ikke notat med det som serier bruker: {error}"
            raise NotatError("N1183", problem, remedy='Kjør pip install "notat[serie]" der.') from None

    def _serve(self, client: Any, name: str, left: dict[str, Unit]) -> None:
        from distributed import as_completed

        waiting, under_way = deque(left), dict[Any, str]()
        coming = as_completed(loop=client.loop)
        while left:
            with _asking():
                while waiting and len(under_way) < _AHEAD * max(1, len(_workers(client))):
                    key = waiting.popleft()
                    future = self._submitted(client, name, left[key])
                    under_way[future] = key
                    coming.add(future)
                future = self._next(client, coming)
            if future is None:
                self._give_up(left)
                return
            key = under_way.pop(future)
            if self._take(future, left[key]):
                del left[key]
            else:
                waiting.append(key)
            future.release()

    @staticmethod
    def _next(client: Any, coming: Any) -> Any:
        """The next that has come back; None when nothing will, since there has been no worker for so long.

        A scheduler waits for ever for workers that may come.
        """
        seen = looked = time.monotonic()
        while not (coming.has_ready() or coming.is_empty()):
            time.sleep(_WAIT)
            if (now := time.monotonic()) < looked + _LOOK:
                continue
            looked = now
            if _workers(client):
                seen = now
            elif now > seen + _PATIENCE:
                return None
        return next(coming)

    def _give_up(self, left: dict[str, Unit]) -> None:
        """Fail all units that are left: there is nobody to build them."""
        fault = "N1188", None, None, "Alle arbeiderne er borte, og ingen kom igjen.", "Start dem, og kjør på nytt."
        for unit in left.values():
            self._failed(unit, (fault,))
        left.clear()

    def _submitted(self, client: Any, name: str, unit: Unit) -> Any:
        from notat.serie.worker import Task, build

        self._numbers += 1
        task = Task(unit.key, unit.variable, unit.profile, self._asked.formats, self._asked.seconds)
        only = None
        if self._unfit:
            only = [one for one in _workers(client) if one not in self._unfit]
            if not only:
                remedy = "Det som er ferdig, ligger der. Rett arbeiderne, og kjør på nytt."
                raise NotatError(
                    "N1183", f"Ingen arbeider kan bygge. {' '.join(dict.fromkeys(self._unfit.values()))}", remedy=remedy
                )
        key = f"{name}-{unit.key}-{self._numbers}"
        # A worker that begins again has another address, so the addresses are a wish.
        return client.submit(build, task, name, key=key, pure=False, workers=only, allow_other_workers=bool(only))

    def _take(self, future: Any, unit: Unit) -> bool:
        """Take in what has come back; False when the unit must be sent again."""
        from concurrent.futures import CancelledError

        from distributed.scheduler import KilledWorker

        try:
            outcome: Outcome = future.result()
        except (CancelledError, OSError):  # also when the connection breaks while a result is fetched
            raise _Lost from None
        except KilledWorker:
            why = "Arbeiderne som bygget enheten, stanset, den ene etter den andre."
            return self._failed(unit, (("N1185", None, None, why, "Se etter minnebruk, og kjør på nytt."),))
        except NotatError:  # the worker has come in the meantime, and has not yet got the series
            return self._is_given_up(unit) and self._failed(
                unit, (("N1183", None, None, "Ingen arbeider fikk serien.", "Kjør på nytt."),)
            )
        except Exception as error:  # such as a worker that came later, and has not the code
            problem = f"Enheten kom ikke tilbake: {type(error).__name__}: {error}"
            return self._failed(unit, (("N1185", None, None, " ".join(problem.split()), "Kjør på nytt."),))
        self._done.spent += outcome.spent
        if outcome.unfit:
            was_known, self._unfit[outcome.worker] = outcome.worker in self._unfit, outcome.faults[0][3]
            if was_known:  # no other was ready to take it; it is no attempt
                time.sleep(_PAUSE)
                return False
            return self._is_given_up(unit) and self._failed(unit, outcome.faults)
        if outcome.faults:
            return self._failed(unit, outcome.faults)
        inputs = self._inputs.of(unit, outcome.files)
        self._shelf.put(unit.key, inputs, outcome.files, outcome.content, outcome.digest)
        self._done.built += 1
        self._report(f"{unit.name} {FINISHED}", self._done)
        return True

    def _is_given_up(self, unit: Unit) -> bool:
        self._attempts[unit.key] = self._attempts.get(unit.key, 0) + 1
        return self._attempts[unit.key] >= _ATTEMPTS

    def _failed(self, unit: Unit, faults: Sequence[Fault]) -> bool:
        self._shelf.fail(unit.key, faults)
        self._done.failed[unit.key] = faults
        self._report(f"{unit.name} ble ikke bygd: {faults[0][3].rstrip('.')}", self._done)
        return True


def _workers(client: Any) -> list[str]:
    """The addresses of the workers there are now."""
    return list(client.scheduler_info(n_workers=-1)["workers"])


def _packed(root: Path) -> bytes:
    """The series as an archive, with the fonts that this machine has cut: each worker would take as long again."""
    files = sources(root)
    made = root / paths.CACHE / "fonter"
    if made.is_dir():
        files |= {file.relative_to(root).as_posix(): file for file in made.iterdir() if file.suffix != ".tmp"}
    return pack(files, zipfile.ZIP_DEFLATED)
