"""Run the process that builds (`worker`), separate so that changed code takes effect and a hung build can be ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from notat.cli.preview.worker import MODULE, PATIENCE
from notat.engine.run.orphans import command, environment

_log = logging.getLogger(__name__)
_AGAIN = 0.25  # seconds before a build that does not answer is asked again to stop: it may not have been listening yet


class Builder:
    """Builds the project at `root` in one process, which is started when it is needed."""

    def __init__(self, root: Path):
        self._root = root
        self._process: Process | None = None
        # Output of libraries and of a dying process; a pipe would fill up. It is closed with the process.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as this object is

    async def build(self, formats: Iterable[str]) -> str:
        """Build the formats; the error message, or nothing when all went well.

        When the task is cancelled, the build is stopped as by Ctrl-C: the last good outputs stay.
        """
        process = self._process = self._process or await self._started()
        self._said.seek(0)
        self._said.truncate()
        try:
            with contextlib.suppress(ConnectionError):  # it is dead, and gives no answer
                await _ask(process, formats)
            answer = await _answer(process)
        except asyncio.CancelledError:
            await self._interrupt(process)
            raise
        if answer is None:
            await self._end(process)
            return self._last_words()
        if _log.isEnabledFor(logging.INFO):
            for line in self._words().splitlines():
                _log.info("%s", line)
        return "Byggingen ble avbrutt. Lagre på nytt." if answer.get("interrupted") else str(answer["error"])

    async def close(self) -> None:
        """End the process, which stops when its input is closed."""
        if self._process is not None:
            self._process.stdin.close()  # type: ignore[union-attr]  # it is a pipe
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), PATIENCE)
            await self._end(self._process)
        self._said.close()

    async def _started(self) -> Process:
        return await asyncio.create_subprocess_exec(
            *command(MODULE),
            cwd=self._root,
            env={**os.environ, **environment(self._root)},
            stdin=PIPE,
            stdout=PIPE,
            stderr=self._said,
            start_new_session=True,  # Ctrl-C in the terminal reaches only the preview, which then stops the build
        )

    async def _interrupt(self, process: Process) -> None:
        for _ in range(int(PATIENCE / _AGAIN)):
            _signal(process, signal.SIGINT)
            with contextlib.suppress(TimeoutError):
                if await asyncio.wait_for(_answer(process), _AGAIN) is not None:
                    return
                break
        await self._end(process)

    async def _end(self, process: Process) -> None:
        _signal(process, signal.SIGKILL)
        await process.wait()
        self._process = None

    def _words(self) -> str:
        self._said.seek(0)
        return self._said.read().decode(errors="replace")

    def _last_words(self) -> str:
        return f"Byggeprosessen stanset. Lagre på nytt, eller kjør notat render.\n{self._words()}".strip()


async def _ask(process: Process, formats: Iterable[str]) -> None:
    process.stdin.write(f"{json.dumps(list(formats))}\n".encode())  # type: ignore[union-attr]  # it is a pipe
    await process.stdin.drain()  # type: ignore[union-attr]  # it is a pipe


async def _answer(process: Process) -> dict[str, Any] | None:
    """The answer to the request; None when the process is dead."""
    line = await process.stdout.readline()  # type: ignore[union-attr]  # it is a pipe
    return json.loads(line) if line else None


def _signal(process: Process, number: int) -> None:
    """Send a signal to the process and all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
