"""Build on request in a process that goes on, and so keeps what takes long to make anew: imports and Typst's layout.

A request is a line of JSON on standard input, the formats to build; its answer a line of JSON on standard output:
`error`, empty when all went well, or `interrupted`. SIGINT stops the build and not the process. The process ends with
its standard input, or when its parent is gone.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import threading
import time
import traceback
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from notat.engine.keep.cache import Store
from notat.engine.keep.digests import Digests
from notat.engine.run.kernel import sweep
from notat.engine.run.orphans import command, end_with_parent
from notat.project.project import Project
from notat.text import codebase, log, paths
from notat.text.errors import NotatError

# Only light imports here: code is loaded when it is known which it is.
MODULE = "notat.cli.preview.worker"
PATIENCE = 5.0  # seconds for a stopped build to clean up after itself
_GROWTH = 1_500_000_000  # bytes; sentences take about half of it, but a new house style 200 million each time
_LONGEST = 10_000  # characters of a traceback


class Worker:
    """Answers requests for the project at `root`; `running` is the digest of the code that this process runs."""

    def __init__(self, root: Path, running: str):
        self.root, self.running = root, running
        self._busy = False
        self._first = 0  # bytes of memory after the first build
        # Builds, and whatever they call, see neither requests nor the way to answer.
        self._requests, self._answers = _duplicate(0, os.devnull), _duplicate(1, sys.stderr.fileno())
        signal.signal(signal.SIGINT, self._interrupted)

    def serve(self, pending: list[str]) -> None:
        """Answer requests, first those that came before the code was loaded, until no more can come."""
        for request in chain(pending, iter(self._requests.readline, "")):
            try:
                loaded = set(sys.modules)
                answer = self._answer(request)
                if answer != {"error": ""} and loaded != set(sys.modules):
                    self.running = ""  # what was being loaded may be half there: begin anew
                print(json.dumps(answer), file=self._answers, flush=True)
            except BrokenPipeError:
                return
            # Clear up while no one waits. To look for garbage during a build takes a tenth of its time.
            gc.collect()
            self._first = self._first or _memory()
            if _memory() - self._first > _GROWTH:
                self.running = ""  # what Typst remembers of many builds has become too much

    def _answer(self, request: str) -> dict[str, Any]:
        try:
            self._busy = True
            try:
                return {"error": self._built(request)}
            finally:
                self._busy = False
        except KeyboardInterrupt:
            _clear_away()
            return {"interrupted": True}

    def _interrupted(self, *_: object) -> None:
        """Stop a build once: it is asked again until it answers, and must not be stopped in cleaning up."""
        if self._busy:
            self._busy = False
            raise KeyboardInterrupt

    def _built(self, request: str) -> str:
        try:
            project = Project(self.root)
            loadable = Digests(project, Store(self.root)).loadable
            if loadable != self.running:
                self._begin_anew(loadable, request)
            from notat.cli.render import build

            build(self.root, json.loads(request))
        except NotatError as error:
            return str(error)
        except Exception:
            self.running = ""  # nor is it known what this has left behind
            return traceback.format_exc()[-_LONGEST:].strip().encode(errors="replace").decode()
        return ""

    def _begin_anew(self, code: str, request: str) -> None:
        """Become a process that has loaded nothing. Its code is named before it is loaded: no change slips between."""
        os.dup2(self._requests.fileno(), 0)
        os.dup2(self._answers.fileno(), 1)
        python, *arguments = command(MODULE, code, request)
        os.execv(python, [python, *arguments])  # noqa: S606  # the interpreter that runs this


def _duplicate(descriptor: int, substitute: str | int) -> TextIO:
    """The file behind a descriptor, under another number; the descriptor gets a substitute."""
    moved = os.dup(descriptor)
    other = os.open(substitute, os.O_RDONLY) if isinstance(substitute, str) else substitute
    os.dup2(other, descriptor)
    return os.fdopen(moved, "w" if descriptor else "r", encoding="utf-8")


def _memory() -> int:
    """Bytes of memory that this process holds."""
    import psutil

    return int(psutil.Process().memory_info().rss)


def _clear_away() -> None:
    """End what a build was stopped in the middle of starting; no one but that build starts anything here."""
    import psutil

    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()
            child.wait(PATIENCE)
    sweep(os.getpid())


def _leave() -> None:
    """Stop the build, and wait for the process to end in good order."""
    main_thread = threading.main_thread().ident
    if main_thread is not None:
        signal.pthread_kill(main_thread, signal.SIGINT)
    time.sleep(PATIENCE)


def main() -> None:
    """Serve the project around the working folder. The arguments are those of a process that begins anew."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    running, *pending = sys.argv[1:] or [""]
    codebase.adopt()
    log.follow()
    gc.disable()
    worker = Worker(paths.find_root(), running)
    end_with_parent(_leave)
    worker.serve(pending)


if __name__ == "__main__":
    main()
