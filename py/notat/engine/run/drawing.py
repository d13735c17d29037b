"""Start drawing the figures in a separate process, while the kernel starts."""

from __future__ import annotations

import logging
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from notat.engine.keep.figures import EVERY, Formats
from notat.engine.run.kernel import socket_folder
from notat.engine.run.orphans import command, environment

# The linear algebra libraries start threads when they are loaded, unless they are limited to one.
_ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")}
_log = logging.getLogger(__name__)


@contextmanager
def drawing(root: Path, module: str, names: list[str], formats: Formats = EVERY) -> Iterator[Callable[[], None]]:
    """Run a module that draws the figures of these names; the function yielded waits until all are drawn."""
    if not names:
        yield lambda: None
        return
    with tempfile.TemporaryFile() as said, socket_folder() as sockets:
        process = subprocess.Popen(
            command(module, ",".join(formats), *names),
            cwd=root,
            env=environment(root) | _ONE_THREAD | {"TMPDIR": str(sockets)},  # for the sockets of the server
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,  # a pipe would fill up
            start_new_session=True,  # Ctrl-C reaches the build, which then stops the drawing
        )
        _log.debug("Prosess %d tegner %s", process.pid, ", ".join(names))

        def wait() -> None:
            if process.returncode is None:
                process.wait()
                said.seek(0)
                for line in said.read().decode(errors="replace").splitlines():
                    _log.info("%s", line)

        try:
            yield wait
        finally:
            process.kill()
            process.wait()
