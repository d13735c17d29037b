"""Run the command as authors do, and inspect its outputs, its processes and its sockets."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

_NOTAT = (sys.executable, "-c", "from notat.cli.main import main; main()")
COMMAND = (*_NOTAT, "render")
SERIES = (*_NOTAT, "serie", ".")


def start(root: Path, *arguments: str, command: Sequence[str] = COMMAND, **environment: str) -> subprocess.Popen[str]:
    """A running `notat render`, or another command; its output can be read when it has ended."""
    return subprocess.Popen(
        [*command, *arguments],
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


def units(root: Path) -> dict[str, str]:
    """The digest of each file of the units of a series, by path."""
    folder = root / "_serie"
    files = (file for file in folder.glob("*/**/*") if file.is_file() and file.relative_to(folder).parts[0].isdigit())
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


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
