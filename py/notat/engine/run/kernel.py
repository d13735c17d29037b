"""A Jupyter kernel that ends with the build that started it.

It talks over sockets in a folder that only the user can open, never over TCP, and removes that folder when its build
is killed before it can.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from notat.engine.run.orphans import builder, command, end_with_parent, environment
from notat.text import codebase
from notat.text.processes import alive

_PREFIX = "notat-"
_LONGEST = 60  # bytes: the path of a socket may have about 100, and our part of the name takes 30
_log = logging.getLogger(__name__)


@contextmanager
def kernel(root: Path, folder: Path | None = None) -> Iterator[Any]:
    """The manager of a running Python kernel in a folder of the project at `root`, by default that one.

    The kernel may not be ready yet. In a folder of its own, which is that of a notebook, it finds the modules there, as
    Jupyter does.
    """
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_core.utils import run_sync

    from notat.engine.run.forking import Provisioner

    with socket_folder() as sockets:
        # Asynchronous, because a blocking client holds the event loop, and then no timeout is ever noticed.
        manager = AsyncKernelManager(
            kernel_name="python3", transport="ipc", ip=f"{sockets}/k", connection_file=f"{sockets}/k.json"
        )
        # The interpreter that runs notat, whatever kernels the machine has installed.
        if manager.kernel_spec is not None:
            manager.kernel_spec.argv = command("notat.engine.run.kernel", "-f", "{connection_file}")
            manager.provisioner = Provisioner(kernel_spec=manager.kernel_spec, parent=manager)
        env = environment(root)
        if folder:
            env["PYTHONPATH"] += f"{os.pathsep}{folder.resolve()}"
        run_sync(manager.start_kernel)(cwd=str(folder or root), env=env)
        _log.debug("Prosess %d er Python-kjernen", process_of(manager))
        try:
            yield manager
        finally:
            _cancel_tasks()
            run_sync(manager.shutdown_kernel)(now=True)
            run_sync(manager.cleanup_resources)()


@contextmanager
def socket_folder() -> Iterator[Path]:
    """A new folder for sockets, which this user alone can open; `sweep` removes it if this process is killed.

    Its name is short and absolute: a socket's path is limited, and its two ends may have different working folders.
    """
    name = f"{_PREFIX}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=name, dir=_home_of_sockets(), ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def process_of(manager: Any) -> int:
    """The process id of a running kernel."""
    return int(manager.provisioner.pid)


def is_running(manager: Any) -> bool:
    """Whether the kernel still runs."""
    from jupyter_core.utils import run_sync

    return bool(run_sync(manager.is_alive)())


def _home_of_sockets() -> Path:
    """The temporary folder, or the system's own where the path of the chosen one is too long for a socket."""
    chosen, common = Path(tempfile.gettempdir()), Path("/tmp")  # noqa: S108  # the folder made in it is the user's alone
    return common if len(os.fsencode(chosen)) > _LONGEST and common.is_dir() else chosen


def _cancel_tasks() -> None:
    """End what still waits for the kernel when an error or Ctrl-C has stopped the waiting.

    Otherwise it would find the kernel dead during shutdown, and print a misleading error.
    """
    import asyncio

    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()

    async def end() -> None:
        await asyncio.gather(*waiting, return_exceptions=True)

    # Gathered inside the loop: outside, they would be taken for tasks of whichever loop the thread has now, if any.
    loop.run_until_complete(end())


def sweep(own: int = 0) -> None:
    """Remove the folders of builds that were killed together with their kernels, and those of a process, `own`."""
    homes = {Path(tempfile.gettempdir()), _home_of_sockets()}
    for folder in (folder for home in homes for folder in home.glob(f"{_PREFIX}*-*")):
        process = folder.name.removeprefix(_PREFIX).split("-")[0]
        if process.isdigit() and (int(process) == own or not alive(int(process), _began(folder))):
            shutil.rmtree(folder, ignore_errors=True)


def _began(folder: Path) -> float | None:
    """When the folder was last changed, in seconds since 1970; None when it is gone."""
    try:
        return folder.stat().st_mtime
    except OSError:
        return None


def main(server: int = 0) -> None:
    """Run a kernel on the connection file that the arguments name; without a word if the build took it along.

    `server` is the process that has forked this one, if one has.
    """
    folder = Path(sys.argv[sys.argv.index("-f") + 1]).parent
    end_with_parent(lambda: shutil.rmtree(folder, ignore_errors=True), server, builder() if server else 0)
    codebase.adopt()
    from ipykernel import iostream, kernelapp

    class IOPubThread(iostream.IOPubThread):
        """Without the TCP port that ipykernel opens for what forked processes print; chapters print nothing."""

        def _setup_pipe_in(self) -> None:
            self._pipe_flag = False

    kernelapp.IOPubThread = IOPubThread  # type: ignore[attr-defined]  # it is only imported there

    class PrivateKernelApp(kernelapp.IPKernelApp):
        """Never on TCP, which ipykernel falls back on where the file is gone because the build has ended."""

        def init_connection_file(self) -> None:
            if Path(self.connection_file).is_file():
                super().init_connection_file()  # type: ignore[no-untyped-call]  # ipykernel has no types
            if self.transport != "ipc":
                shutil.rmtree(folder, ignore_errors=True)
                self.exit(1)

    # The code of chapters does not belong in IPython's history.
    PrivateKernelApp.launch_instance([*sys.argv[1:], "--HistoryManager.enabled=False"])


if __name__ == "__main__":
    main()
