"""Build the pages in a process of its own, so that changed Python code counts and a hung build can be stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

_COMMAND = ("-c", "from notat.cli import main; main()", "render", "--to", "html")
_PATIENCE = 5  # seconds for a stopped build to clean up after itself


async def build(root: Path) -> str:
    """Build the pages of the project at `root`; the error message, or nothing when all went well.

    When the task is cancelled, the build is stopped as by Ctrl-C: the last good pages stay.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *_COMMAND,
        cwd=root,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C in the terminal is for the preview, which then stops the build
    )
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        await _stop(process)
        raise
    return "" if process.returncode == 0 else _message(said.decode(errors="replace"))


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    os.killpg(process.pid, signal.SIGINT)
    try:
        await asyncio.wait_for(process.wait(), _PATIENCE)
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _message(said: str) -> str:
    """The error among the lines that the command wrote."""
    before, mark, after = said.rpartition("Feil: ")
    return (after if mark else before or after).strip() or "Byggingen stanset uten melding. Kjør notat render."
