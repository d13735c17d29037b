"""Run the command as authors do, and inspect its outputs, its processes and its sockets."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

COMMAND = (sys.executable, "-c", "from notat.cli.main import main; main()", "render")


def start(root: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """A running `notat render`; its output can be read when it has ended."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=root,
        env={**os.environ, "COLUMNS": "200", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def outputs(root: Path) -> str:
    """One digest of everything in `_output/`."""
    files = sorted(file for file in (root / "_output").rglob("*") if file.is_file())
    lines = [f"{file.relative_to(root)} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def processes(root: Path) -> list[psutil.Process]:
    """Every process but this that works in the project's folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid == os.getpid():
                continue
            if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == root:
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def settled(root: Path, patience: float = 60.0) -> list[psutil.Process]:
    """The processes left in the folder after helpers have had `patience` seconds to notice that the build is gone."""
    deadline = time.monotonic() + patience
    while (running := processes(root)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return running


def kernels(root: Path) -> list[psutil.Process]:
    """The kernels that work in the folder."""
    return [process for process in processes(root) if "notat.engine.run.kernel" in process.cmdline()]


def sockets(process: int) -> list[Path]:
    """The folders of sockets that a build created."""
    return list(Path(tempfile.gettempdir()).glob(f"notat-{process}-*"))
