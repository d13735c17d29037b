"""Draw figures on all cores while the kernel starts: the imports are paid for once, then the process forks.

Only a head start: what is drawn is cached for the chapters that ask for it, and a figure that cannot be drawn is left
to its chapter, which knows the file and the line. Why it could not is in the log.

A process that has threads must not fork: a lock that another thread holds stays locked for ever in the child. What
forks is therefore a server of its own (`multiprocessing` calls it so), which has loaded all and begun no thread. Where
the system's own libraries do not stand forking, every process loads all by itself.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor

from notat.engine.run.orphans import end_with_parent
from notat.text import log
from notat.text.processes import alive


def _begin(owner: int) -> None:
    """End with the process that this one was forked from or begun by, which ends with the owner of the pool."""
    log.follow()
    end_with_parent(parent=os.getppid())
    if not alive(owner):
        os._exit(1)


def _draw(name: str) -> str:
    """Draw a figure; what went wrong, or nothing."""
    from notat.show.prepared import PROBLEM

    if PROBLEM:
        return PROBLEM
    from notat.show.authoring import figur

    try:
        figur(name)
    except Exception as error:  # the chapter tells of it, and code of the note may raise anything
        return f"{name}: {type(error).__name__}: {error}"
    return ""


def main() -> None:
    """Draw the figures that the arguments name; tell of each that could not be drawn."""
    end_with_parent()
    names = sys.argv[1:]
    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    if sys.platform == "linux":
        context.set_forkserver_preload(["notat.show.prepared"])
    workers = min(os.cpu_count() or 1, len(names))
    with ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(os.getpid(),)) as pool:
        for problem in filter(None, dict.fromkeys(pool.map(_draw, names))):
            print(f"Kan ikke tegne på forhånd: {problem}", file=sys.stderr)  # noqa: T201  # who waits for the figures reads it


if __name__ == "__main__":
    main()
