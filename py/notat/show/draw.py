"""Draw figures on all cores while the kernel starts: the imports are paid for once, then the process forks.

Only a head start: drawings are cached for the chapters that use them, and a figure that cannot be drawn is left to its
chapter, which knows the file and the line. The reason is in the log.

A process with threads must not fork: a lock held by another thread stays locked forever in the child. A separate server
process forks instead (`multiprocessing`'s forkserver), which has imported all and started no thread. Where the system
libraries do not support forking, every process imports all by itself.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor

from notat.engine.keep.figures import Formats, files_for
from notat.engine.run.orphans import end_with_parent
from notat.show import look
from notat.text import log


def _begin(owner: int, formats: Formats) -> None:
    """Draw for these formats, and end together with the owner of the pool.

    The server that forks lives as long as any process forked from it.
    """
    look.formats = formats
    log.follow()
    end_with_parent(parent=os.getppid(), owner=owner)


def _draw(name: str) -> str:
    """Draw a figure; return the problem, or an empty text."""
    from notat.show.prepared import PROBLEM

    if PROBLEM:
        return PROBLEM
    from notat.show.authoring import figur

    try:
        figur(name)
    except Exception as error:  # the chapter reports it, and the note's code may raise anything
        return f"{name}: {type(error).__name__}: {error}"
    return ""


def main() -> None:
    """Draw the figures that the arguments name, for the formats that the first says; report what could not be drawn."""
    end_with_parent()
    formats, *names = sys.argv[1:]
    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    if sys.platform == "linux":
        context.set_forkserver_preload(["notat.show.prepared"])
    workers = min(os.cpu_count() or 1, len(names))
    with ProcessPoolExecutor(
        workers, context, initializer=_begin, initargs=(os.getpid(), files_for(formats.split(",")))
    ) as pool:
        for problem in filter(None, dict.fromkeys(pool.map(_draw, names))):
            print(f"Kan ikke tegne på forhånd: {problem}", file=sys.stderr)  # noqa: T201  # read by the process that waits for the figures


if __name__ == "__main__":
    main()
