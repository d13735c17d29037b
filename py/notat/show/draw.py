"""Draw figures on all cores while the kernel starts: the imports are paid for once, then the process forks.

Only a head start: what is drawn is cached for the chapters that ask for it, and a figure that cannot be drawn is left
to its chapter, which knows the file and the line.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from notat.engine.run.orphans import command, end_with_parent, environment
from notat.text import codebase


@contextmanager
def drawing(root: Path, names: list[str]) -> Iterator[Callable[[], None]]:
    """Draw the figures of these names in processes of their own; the function given waits until all are drawn."""
    if not names:
        yield lambda: None
        return
    process = subprocess.Popen(
        command("notat.show.draw", *names),
        cwd=root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the build, which then stops the drawing
    )

    def wait() -> None:
        process.wait()

    try:
        yield wait
    finally:
        process.kill()
        process.wait()


def _worker(parent: int) -> None:
    end_with_parent(parent=parent)


def _draw(name: str) -> None:
    from notat.show.authoring import figur

    try:
        figur(name)
    except Exception:  # the chapter tells of it
        return


def main() -> None:
    """Draw the figures that the arguments name."""
    end_with_parent()
    codebase.adopt()
    from notat.show import charts
    from notat.show.authoring import numbers
    from notat.show.charts.style import register_fonts

    names = sys.argv[1:]
    try:
        numbers()
        charts.names()
        register_fonts()
    except Exception:  # the data and the chapters tell of it
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    workers = min(os.cpu_count() or 1, len(names))
    with multiprocessing.get_context(method).Pool(workers, initializer=_worker, initargs=(os.getpid(),)) as pool:
        pool.map(_draw, names, chunksize=1)


if __name__ == "__main__":
    main()
