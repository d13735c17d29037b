"""The process that kernels are forked from: it has loaded the libraries, and no module of the package or of a note.

It runs as a program of its own that starts no thread, because a process with threads must not fork. Each request is
JSON, with the files that the kernel prints to; the answer is the kernel's process id. It ends when nobody can ask more.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

_LARGEST = 1_000_000  # bytes of a request


def serve(requests: socket.socket, kernel: str, libraries: list[str]) -> None:
    """Load the libraries, and then fork for each request a kernel, which runs the module of that name."""
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # read by ipykernel as it is loaded
    for name in libraries:
        import_module(name)
    gc.collect()
    gc.freeze()  # so that collecting garbage copies none of the memory that all kernels share
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no kernel that has ended stays as a zombie
    while True:
        request, files, *_ = socket.recv_fds(requests, _LARGEST, 2)
        if not request:
            return
        if os.fork() == 0:
            _become(kernel, json.loads(request), files, requests)
        for file in files:
            os.close(file)


def _become(kernel: str, request: dict[str, Any], files: list[int], answers: socket.socket) -> NoReturn:
    """Take over all that a kernel started by itself would have, run it, and end."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        answers.sendall(b"%d" % os.getpid())
        answers.detach()  # its place is that of the standard input, which is empty
        with Path(os.devnull).open("rb") as empty:
            os.dup2(empty.fileno(), 0)
        for number, file in enumerate(files, 1):
            os.dup2(file, number)
            os.close(file)
        os.environ.clear()
        os.environ.update(request["environment"] | {"JPY_PARENT_PID": str(os.getppid())})
        first = request["environment"]["PYTHONPATH"].split(os.pathsep)
        sys.path[:] = [*first, *(folder for folder in sys.path if folder not in first)]
        os.chdir(request["folder"])
        sys.argv = [__file__, *request["arguments"]]
        import_module(kernel).main(os.getppid())
        code = 0
    except BaseException:  # whatever it was, nothing of the server may run in this process
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=0), sys.argv[1], sys.argv[2:])
