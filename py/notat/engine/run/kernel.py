"""A Jupyter kernel that ends with the build that started it.

It talks over sockets in a folder that only the user can open, never over TCP, and removes that folder when its build
is killed before it could.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from notat.engine.run.orphans import alive, command, end_with_parent, environment
from notat.text import codebase

_PREFIX = "notat-"


@contextmanager
def kernel(root: Path) -> Iterator[Any]:
    """The manager of a running Python kernel in the project folder; the kernel may not be ready yet."""
    import os

    from jupyter_client.manager import AsyncKernelManager
    from jupyter_core.utils import run_sync

    # The folder's name is short and absolute: a socket's path has room for little, and client and kernel may have
    # different working folders. mkdtemp makes it readable for this user alone.
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as sockets:
        # Asynchronous, because a blocking client holds the event loop, and then no timeout is ever noticed.
        manager = AsyncKernelManager(
            kernel_name="python3", transport="ipc", ip=f"{sockets}/k", connection_file=f"{sockets}/k.json"
        )
        # The interpreter that runs notat, whatever kernels the machine has installed.
        if manager.kernel_spec is not None:
            manager.kernel_spec.argv = command("notat.engine.run.kernel", "-f", "{connection_file}")
        run_sync(manager.start_kernel)(cwd=str(root), env=environment())
        try:
            yield manager
        finally:
            run_sync(manager.shutdown_kernel)(now=True)
            run_sync(manager.cleanup_resources)()


def sweep(own: int = 0) -> None:
    """Remove the folders of builds that were killed together with their kernels, and those of a process, `own`."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        process = folder.name.removeprefix(_PREFIX).split("-")[0]
        if process.isdigit() and (int(process) == own or not alive(int(process))):
            shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Run a kernel on the connection file that the arguments name."""
    folder = Path(sys.argv[sys.argv.index("-f") + 1]).parent
    end_with_parent(lambda: shutil.rmtree(folder, ignore_errors=True))
    codebase.adopt()
    from ipykernel import iostream, kernelapp

    class IOPubThread(iostream.IOPubThread):
        """Without the TCP port that ipykernel opens for what forked processes print; chapters print nothing."""

        def _setup_pipe_in(self) -> None:
            self._pipe_flag = False

    kernelapp.IOPubThread = IOPubThread  # type: ignore[attr-defined]  # it is only imported there
    # What chapters run is nobody's history.
    kernelapp.launch_new_instance([*sys.argv[1:], "--HistoryManager.enabled=False"])


if __name__ == "__main__":
    main()
