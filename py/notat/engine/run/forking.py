"""Kernels of a process that starts one after another: from the second on, they are forked from a server that it has.

Loading the libraries takes a kernel longer than all else, and a fork has them at once. A process that starts just one
kernel, as most builds do, would gain nothing. The code of the package and of the note is loaded by each kernel anew, so
that no change to it is missed. What acts as a process starts, as the language and the hash seed, is that of the server:
another one is started where it has changed.

Where the system is not Linux, whose libraries support forking, or the server has ended, a kernel is started by itself.
"""

from __future__ import annotations

import array  # noqa: F401  # used by `send_fds`: a stopped build that has loaded anything restarts the preview
import atexit
import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from threading import Lock
from typing import Any

import psutil
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from notat.engine.run import forkserver
from notat.engine.run.orphans import inherited

# What the kernel and the authors' functions load, and none that starts a thread, as those with linear algebra do.
LIBRARIES = ["ipykernel.kernelapp", "babel.dates", "babel.numbers", "lxml.html", "ruamel.yaml"]
_PATIENCE = 60.0  # seconds for the server to load all


class _Server:
    """A running server of kernels, which run a module, for builds with the same variables."""

    def __init__(self, module: str, environment: dict[str, str]):
        self._known = os.getpid(), inherited()
        self._requests, other = socket.socketpair()
        self._requests.settimeout(_PATIENCE)
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-P", forkserver.__file__, module, *LIBRARIES],
                cwd="/",
                env=environment,
                stdin=other.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches the build, which then ends the kernels
            )

    def serves(self) -> bool:
        """Whether a kernel started by itself would be like its own."""
        return self._known == (os.getpid(), inherited()) and self._process.poll() is None

    def fork(self, **request: Any) -> psutil.Process:
        """A new kernel; an error when the server or the kernel is gone."""
        socket.send_fds(self._requests, [json.dumps(request).encode()], [1, 2])
        if answer := self._requests.recv(20):
            return psutil.Process(int(answer))
        raise BrokenPipeError

    def end(self) -> None:
        """End it; a process that was forked from its owner only forgets it."""
        self._requests.close()
        if self._known[0] == os.getpid():
            self._process.kill()
            self._process.wait()


class _Forked:
    """A forked kernel, as the manager sees a process that it has started."""

    stdin = stdout = stderr = None

    def __init__(self, process: psutil.Process):
        self._process, self.pid = process, process.pid

    def poll(self) -> int | None:
        """None while it runs."""
        return None if self._process.is_running() else 1

    def wait(self) -> int:
        """Wait until it has ended."""
        self._process.wait()
        return 1

    def send_signal(self, number: int) -> None:
        """Send a signal; one that has ended needs none."""
        with suppress(psutil.NoSuchProcess):
            self._process.send_signal(number)


class Provisioner(LocalProvisioner):
    """Starts the first kernel of a process by itself, and forks the others."""

    process: Any

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Start the kernel by its command (`orphans.command`), or fork one that does the same."""
        forked = _fork(cmd, options["env"], options["cwd"])
        if forked is None:
            return await super().launch_kernel(cmd, **options)
        self.process, self.pid, self.cwd = _Forked(forked), forked.pid, options["cwd"]
        self.pgid = self.pid  # what it has started gets its signals too
        return self.connection_info


_begun = 0  # kernels that this process has started
_server: _Server | None = None
_lock = Lock()


def _fork(command: list[str], environment: dict[str, str], folder: str) -> psutil.Process | None:
    """A forked kernel; None where it must be started by itself."""
    global _begun, _server  # noqa: PLW0603  # one server serves all threads
    with _lock:
        _begun += 1
        if _begun == 1 or sys.platform != "linux":
            return None
        if _server and not _server.serves():
            _end_server()
        _, _, _, module, *arguments = command
        _server = _server or _Server(module, environment)
        try:
            return _server.fork(arguments=arguments, environment=environment, folder=folder)
        except (OSError, psutil.NoSuchProcess):  # too little memory, or something has ended it
            _end_server()
            return None
        except BaseException:  # Ctrl-C: its answer may be unread
            _end_server()
            raise


@atexit.register
def _end_server() -> None:
    global _server  # noqa: PLW0603  # as above
    if _server:
        _server.end()
    _server = None
