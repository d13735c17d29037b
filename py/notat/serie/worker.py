"""What a worker of the cluster does: it unpacks the series once, and keeps a process that builds unit after unit.

The process is one of its own, so that a unit that hangs, runs out of memory or ends its process stops nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import IO, Any, cast
from uuid import uuid4

import psutil
from distributed import get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from notat.engine.run.limits import limit_process
from notat.engine.run.orphans import command, environment
from notat.serie.builder import MODULE
from notat.serie.packing import digest_of, unpack
from notat.serie.surroundings import fingerprint
from notat.text import paths
from notat.text.errors import NotatError, unwritable

_PAUSE = 0.25  # seconds between looks at whether the unit is still wanted
_GROWTH = 600_000_000  # bytes that a process may grow by before another takes its place
_GB = 10**9
_UNWRITABLE = "N0101"
_SAID = 2000  # characters of what a dead process has said
_STOPPED = "Byggingen ble avbrutt."
Fault = tuple[str, str | None, int | None, str, str]  # code, file, line, problem, remedy


@dataclass(frozen=True)
class Task:
    """A unit to be built: with what, in which formats, and for how many seconds at most."""

    key: str
    parameters: str
    profile: str
    formats: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """What has become of a task: the packed outputs with their digest, or what is wrong.

    `unfit` says that it is the worker that is wrong: the unit may be built by another. `files` are those of the series
    that the code of the unit has read, and `spent` the seconds of processor time.
    """

    key: str
    content: bytes = b""
    digest: str = ""
    files: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    unfit: bool = False
    worker: str = ""
    spent: float = 0.0


class _Ended(Exception):  # noqa: N818  # it is no error yet
    """The process has ended by itself; with what it said."""


@dataclass
class _Process:
    """A running builder, and what it has said."""

    popen: subprocess.Popen[bytes]
    requests: IO[bytes]
    answers: IO[bytes]
    said: IO[bytes]
    profile: str
    first: int = 0  # bytes of memory after its first unit
    spent: float = 0.0

    @classmethod
    def begin(cls, root: Path, profile: str) -> _Process:
        said = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as the process
        popen = subprocess.Popen(
            command(MODULE),
            cwd=root,
            env=environment(root),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            start_new_session=True,
        )
        return cls(popen, cast(IO[bytes], popen.stdin), cast(IO[bytes], popen.stdout), said, profile)

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()
        for stream in (self.requests, self.answers, self.said):
            with contextlib.suppress(OSError):
                stream.close()

    def words(self) -> str:
        self.said.seek(0)
        return " ".join(self.said.read().decode(errors="replace")[-_SAID:].split())


class Station(WorkerPlugin):
    """The series on each worker: sent with the plugin, so that workers that come later have it too.

    `made_with` is the fingerprint of the code and the packages that the outputs are to be made with. On this machine
    the workers share the folder of `fonts`, which take longer to cut than a unit to build. The name is of this run
    alone: another of the same content may use the same workers.
    """

    idempotent = True

    def __init__(self, content: bytes, made_with: str, fonts: Path | None = None):
        self.content, self.digest = content, digest_of(content)
        self.made_with, self.fonts = made_with, fonts
        self.name = f"notat-{uuid4().hex}"

    def setup(self, worker: Any) -> None:
        """Make ready for the first task; nothing is unpacked before that."""
        self._folder = Path(worker.local_directory) / self.name[:20]
        self._process: _Process | None = None
        self._lock = Lock()  # a worker with several threads has one process, too
        self._memory = getattr(worker.memory_manager, "memory_limit", None) or psutil.virtual_memory().total
        if self.fonts and getattr(worker, "nanny", None):
            # On this machine Ctrl-C reaches the command too, which then ends its workers.
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def teardown(self, worker: Any) -> None:  # noqa: ARG002  # Dask calls it so
        """End the process, and remove what was unpacked."""
        self._end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def build(self, task: Task, is_wanted: Callable[[], bool]) -> Outcome:
        """Build the unit of a task; `is_wanted` says whether anybody still waits for it."""
        if self.made_with != fingerprint():
            return self._unfit(task, "N1183", "Arbeideren har en annen utgave av notat, Python eller pakkene.")
        with self._lock:
            try:
                self._unpack()
                return self._built(task, is_wanted)
            except OSError as error:
                return self._unfit(task, _UNWRITABLE, unwritable(error, self._folder).problem)

    def _unfit(self, task: Task, code: str, problem: str) -> Outcome:
        self._end()
        return Outcome(task.key, faults=((code, None, None, problem, ""),), unfit=True)

    def _unpack(self) -> None:
        """Unpack the archive, whole or not at all."""
        if not self._folder.is_dir():
            new = Path(tempfile.mkdtemp(prefix="notat-", dir=self._folder.parent))
            try:
                unpack(self.content, self.digest, new)
                if self.fonts:
                    self.fonts.mkdir(parents=True, exist_ok=True)
                    shutil.rmtree(new / paths.CACHE / self.fonts.name, ignore_errors=True)
                    (new / paths.CACHE).mkdir(exist_ok=True)
                    (new / paths.CACHE / self.fonts.name).symlink_to(self.fonts)
                new.rename(self._folder)
            finally:
                shutil.rmtree(new, ignore_errors=True)

    def _built(self, task: Task, is_wanted: Callable[[], bool]) -> Outcome:
        # What came before it may be why the process ends by itself, or the code of a chapter, of which a kernel tells.
        for apart in (False, True):
            try:
                return self._tried(task, is_wanted, apart=apart)
            except _Ended as ended:
                why = f"Prosessen som bygget enheten, stanset. {ended}".strip()
        return Outcome(task.key, faults=(("N1185", None, None, why, "Kjør på nytt."),))

    def _ready(self, profile: str) -> _Process:
        """The process that is running, or a new one where it has ended; what it has read may be of one language."""
        process = self._process
        if process is not None and (process.profile != profile or process.popen.poll() is not None):
            self._end()
        self._process = self._process or _Process.begin(self._folder, profile)
        return self._process

    def _tried(self, task: Task, is_wanted: Callable[[], bool], *, apart: bool) -> Outcome:
        target = self._folder / paths.CACHE / f"{task.key}.zip"
        target.parent.mkdir(exist_ok=True)
        process = self._ready(task.profile)
        request = {
            "parameters": task.parameters,
            "profile": task.profile,
            "formats": task.formats,
            "to": str(target),
            "apart": apart,
        }
        before = process.spent
        with limit_process(process.popen.pid, working=task.seconds, waiting=task.seconds) as spent:
            answer, why = self._answer(process, request, is_wanted)
        if answer is None:
            was_ended = self._process is not process or not is_wanted()  # with the run
            words = "" if was_ended else process.words()
            self._end()
            if spent.worked or spent.waited:
                why = f"Enheten var ikke ferdig etter {task.seconds:g} sekunder."
                return Outcome(task.key, faults=(("N1184", None, None, why, "Gi den mer tid med --tid."),))
            if not (why or was_ended):
                raise _Ended(words)
            return Outcome(task.key, faults=(("N1185", None, None, why or _STOPPED, "Kjør på nytt."),))
        used = _processor(process.popen.pid)
        process.spent = used
        if "broken" in answer:
            self._end()
            why = f"Byggingen stanset uventet: {' '.join(str(answer['broken']).split())}"
            return Outcome(task.key, faults=(("N1185", None, None, why, ""),), spent=used - before)
        if answer["errors"]:
            faults = tuple(map(tuple, answer["errors"]))
            if any(code == _UNWRITABLE and line is None for code, _, line, *_ in faults):  # else a chapter's own doing
                self._end()
                return Outcome(task.key, faults=faults, unfit=True)
            return Outcome(task.key, faults=faults, spent=used - before)
        content = target.read_bytes()
        target.unlink()
        self._renew_if_grown(process)
        return Outcome(task.key, content, digest_of(content), tuple(answer["files"]), spent=used - before)

    def _answer(
        self, process: _Process, request: dict[str, Any], is_wanted: Callable[[], bool]
    ) -> tuple[dict[str, Any] | None, str]:
        """The answer to a request; None when there is none, and why, where that is known."""
        stdin, stdout = process.requests, process.answers
        try:
            stdin.write(f"{json.dumps(request)}\n".encode())
            stdin.flush()
        except BrokenPipeError:
            return None, ""
        line = b""
        while not line.endswith(b"\n"):
            if select.select([stdout], [], [], _PAUSE)[0]:
                read = os.read(stdout.fileno(), 1 << 16)
                if not read:
                    return None, ""
                line += read
            elif not is_wanted():
                return None, _STOPPED
            elif _memory(process.popen.pid) > self._memory:
                return None, f"Byggingen brukte mer enn {self._memory / _GB:.1f} GB minne.".replace(".", ",", 1)
        return json.loads(line), ""

    def _renew_if_grown(self, process: _Process) -> None:
        """Let another process take over from one that has grown large: Typst remembers all that it has laid out."""
        now = _memory(process.popen.pid)
        process.first = process.first or now
        if now - process.first > _GROWTH:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()


def build(task: Task, name: str) -> Outcome:
    """Build a unit on this worker, where the plugin of this name has the series."""
    worker = get_worker()
    mine = worker.get_current_task()

    def is_wanted() -> bool:
        now = worker.state.tasks.get(mine)
        return worker.status.name == "running" and now is not None and now.state == "executing"

    station = worker.plugins.get(name)
    if not isinstance(station, Station):
        raise NotatError("N1183", "Arbeideren har ikke fått serien.", remedy="Kjør på nytt.")
    outcome = station.build(task, is_wanted)
    return replace(outcome, worker=worker.address)


def _family(process: int) -> list[psutil.Process]:
    try:
        first = psutil.Process(process)
        return [first, *first.children(recursive=True)]
    except psutil.Error:
        return []


def _memory(process: int) -> int:
    """Bytes of memory that a process and those it has started hold."""
    total = 0
    for member in _family(process):
        with contextlib.suppress(psutil.Error):
            total += member.memory_info().rss
    return total


def _processor(process: int) -> float:
    """Seconds of processor time of a process and those it has started, also of those that have ended."""
    total = 0.0
    for member in _family(process):
        with contextlib.suppress(psutil.Error):
            times = member.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total
