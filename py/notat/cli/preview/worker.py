"""Build on request in a long-lived process, which keeps what is slow to rebuild: imports and Typst's layout.

A request is a line of JSON on standard input, the formats to build; its answer a line of JSON on standard output:
`error`, empty when all went well, or `interrupted`. SIGINT stops the build and not the process. The process ends with
its standard input, or when its parent is gone.
"""

from __future__ import annotations

import atexit
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

# Only light imports here: the rest is loaded once the digest of the code is known.
MODULE = "notat.cli.preview.worker"
PATIENCE = 5.0  # seconds for a stopped build to clean up
_GROWTH = 1_500_000_000  # bytes; changed sentences use about half of it, but each new house style 200 million
_LONGEST = 10_000  # characters of a traceback


class Worker:
    """Answers requests for the project at `root`; `running` is the digest of the code that this process runs."""

    def __init__(self, root: Path, running: str):
        self.root, self.running = root, running
        self._busy = False
        self._first = 0  # bytes of memory after the first build
        # Builds, and what they call, have access to neither the requests nor the answers.
        self._requests, self._answers = _duplicate(0, os.devnull), _duplicate(1, sys.stderr.fileno())
        signal.signal(signal.SIGINT, self._interrupted)

    def serve(self, pending: list[str]) -> None:
        """Answer requests, first those that arrived before the code was loaded, until the input ends."""
        for request in chain(pending, iter(self._requests.readline, "")):
            try:
                loaded = set(sys.modules)
                answer = self._answer(request)
                if answer != {"error": ""} and loaded != set(sys.modules):
                    self.running = ""  # an import may be half done: restart
                print(json.dumps(answer), file=self._answers, flush=True)
            except BrokenPipeError:
                return
            # Collect garbage while nobody waits: during a build it takes a tenth of the time.
            gc.collect()
            self._first = self._first or _memory()
            if _memory() - self._first > _GROWTH:
                self.running = ""  # Typst's memory of many builds has grown too large

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
        """Stop a build once: the request repeats until it answers, and must not interrupt the cleanup."""
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
            self.running = ""  # nor is it known what this left behind
            return traceback.format_exc()[-_LONGEST:].strip().encode(errors="replace").decode()
        return ""

    def _begin_anew(self, code: str, request: str) -> None:
        """Restart this process with nothing loaded. The code is digested before it is loaded: no change is missed."""
        os.dup2(self._requests.fileno(), 0)
        os.dup2(self._answers.fileno(), 1)
        atexit._run_exitfuncs()  # it ends the processes that serve builds, which nobody would know, or reap, any more
        python, *arguments = command(MODULE, code, request)
        os.execv(python, [python, *arguments])  # noqa: S606  # the interpreter that runs this


def _duplicate(descriptor: int, substitute: str | int) -> TextIO:
    """The file behind a descriptor under a new number; the descriptor itself gets a substitute."""
    moved = os.dup(descriptor)
    other = os.open(substitute, os.O_RDONLY) if isinstance(substitute, str) else substitute
    os.dup2(other, descriptor)
    return os.fdopen(moved, "w" if descriptor else "r", encoding="utf-8")


def _memory() -> int:
    """Bytes of memory that this process holds."""
    import psutil

    return int(psutil.Process().memory_info().rss)


def _clear_away() -> None:
    """End processes that a stopped build was starting; nothing else starts any here."""
    import psutil

    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()
            child.wait(PATIENCE)
    sweep(os.getpid())


def _leave() -> None:
    """Stop the build, and wait for the process to end cleanly."""
    main_thread = threading.main_thread().ident
    if main_thread is not None:
        signal.pthread_kill(main_thread, signal.SIGINT)
    time.sleep(PATIENCE)


def main() -> None:
    """Serve the project around the working folder. The arguments are those of a restarted process."""
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
