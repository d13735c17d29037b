"""Pandoc processes that convert text after text (`pandoc.lua`), as the command with these arguments would.

A section of a chapter takes Pandoc a few milliseconds, and starting it ten times as long.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE
from threading import BoundedSemaphore, Lock
from typing import IO, Any, cast

from notat.text import surroundings

SCRIPT = Path(__file__).with_name("pandoc.lua")
Request = dict[str, Any]
# What the arguments are as options of a writer.
_FLAGS: Request = {
    "--section-divs": {"section_divs": True},
    "--mathml": {"html_math_method": "mathml"},
    "--wrap=none": {"wrap_text": "wrap-none"},
    "--toc": {"table_of_contents": True},
    "--output=-": {},
}
_NAMED = {"--from": "from", "--to": "to", "--reference-doc": "reference_doc", "--template": "template_file"}
_PATIENCE = 2.0  # seconds: how long a process may take to end by itself
_FILTER, _DEPTH = "--lua-filter", "--toc-depth"


def read_arguments(arguments: Sequence[str], folder: Path | None) -> Request | None:
    """The request that stands for these arguments of the command; None for those that no converter knows."""
    request: Request = {"filter": [], "folder": str(folder or Path.cwd())}
    for argument in arguments:
        name, _, value = argument.partition("=")
        if argument in _FLAGS:
            request |= _FLAGS[argument]
        elif name in _NAMED:
            request[_NAMED[name]] = value
        elif name == _DEPTH:
            request["toc_depth"] = int(value)
        elif name == _FILTER:
            request["filter"].append(value)
        else:
            return None
    return request if {"from", "to"} <= request.keys() else None


class Converter:
    """A Pandoc process that is running."""

    def __init__(self, command: Sequence[str]):
        self.command = command
        self.popen = subprocess.Popen(
            [*command, "lua", str(SCRIPT)], env=os.environ | surroundings.text(), stdin=PIPE, stdout=PIPE
        )
        self._requests, self._answers = cast(IO[bytes], self.popen.stdin), cast(IO[bytes], self.popen.stdout)

    def convert(self, request: Request, text: bytes) -> bytes | None:
        """What Pandoc makes of the text; None where it has complained, or ended."""
        try:
            self._requests.write(json.dumps(request | {"size": len(text)}).encode() + b"\n" + text)
            self._requests.flush()
            size = int(self._answers.readline())
            written = self._answers.read(max(size, 0))
        except (BrokenPipeError, ValueError):  # it has ended
            self.end()
            return None
        return written if len(written) == size else None

    def end(self) -> None:
        """End the process: it removes what it has in the folder for temporary files, if it is not killed."""
        with suppress(OSError):
            self._requests.close()
        try:
            self.popen.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.popen.kill()
        with self.popen:
            pass


_idle: list[Converter] = []
_lock = Lock()
_turns = BoundedSemaphore(os.cpu_count() or 1)


@contextmanager
def converter(command: Sequence[str]) -> Iterator[Converter]:
    """A converter for one text; there are no more than the machine has processors."""
    with _turns:
        with _lock:
            found = next((one for one in _idle if one.command == command and one.popen.poll() is None), None)
            if found is not None:
                _idle.remove(found)
        one = found or Converter(command)
        try:
            yield one
        except BaseException:  # Ctrl-C too: nobody knows how far it has come
            one.end()
            raise
        if one.popen.poll() is not None:
            one.end()
            return
        with _lock:
            _idle.append(one)


@atexit.register
def _end_all() -> None:
    while _idle:
        _idle.pop().end()
