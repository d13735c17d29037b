"""Serve, watch and build until the author has seen enough."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import secrets
import signal
import webbrowser
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from notat.cli.preview.builder import Builder
from notat.cli.preview.server import HOST, application
from notat.cli.preview.state import State
from notat.cli.preview.watch import saved
from notat.cli.render import FORMATS
from notat.cli.speech import said
from notat.norsk import format_number
from notat.project.config import read_config
from notat.text.errors import NotatError

Report = Callable[[str], None]


def preview(root: Path, port: int, report: Report, *, browser: bool) -> None:
    """Preview the project at `root` until interrupted; `port` 0 takes a free one. `report` gets each event."""
    with contextlib.suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(_run(root, port, report, browser=browser))


async def _run(root: Path, port: int, report: Report, *, browser: bool) -> None:
    output, state, token = read_config(root).output, State(), secrets.token_urlsafe(16)
    try:
        sockets = bind_sockets(port, HOST)
    except OSError as error:
        raise NotatError(
            "N1111", _unavailable(port, error), remedy="Velg en annen med --port, eller la valget stå."
        ) from None
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    builder = Builder(root)

    def trouble(message: str) -> None:
        state.failed(said(message))
        report(f"Feil: {message}")

    # Watch from the start, so that files saved during the first build count too.
    savings = saved(root, trouble)
    saving = asyncio.ensure_future(anext(savings))
    building: asyncio.Task[Any] = asyncio.create_task(_pages(builder, state, report))
    server = HTTPServer(application(output, token, state))
    try:
        has_pages = await building
        if not (output / "index.html").is_file():
            raise NotatError("N1112", "Det er ingen sider å vise.", remedy="Rett feilen over, og start på nytt.")
        server.add_sockets(sockets)
        address = f"http://{HOST}:{sockets[0].getsockname()[1]}/{token}/"
        report(f"Forhåndsvisning: {address}")
        report("Lagre et kapittel, så blir siden ny. Ctrl-C avslutter.")
        if browser:
            webbrowser.open(address)
        if has_pages:
            building = asyncio.create_task(_files(builder, state, report))
        while True:
            await saving
            saving = asyncio.ensure_future(anext(savings))
            await _cancelled(building)  # the running build is already out of date
            building = asyncio.create_task(_build(builder, state, report))
    finally:
        await _cancelled(saving)
        await _cancelled(building)
        await builder.close()
        await savings.aclose()
        server.stop()


def _unavailable(port: int, error: OSError) -> str:
    """Why a port cannot be had."""
    match error.errno:
        case errno.EADDRINUSE:
            return f"Port {port} er opptatt."
        case errno.EACCES | errno.EPERM:
            return f"Port {port} kan bare systemet bruke."
        case _:
            return f"Port {port} kan ikke brukes ({error.strerror or error})."


async def _build(builder: Builder, state: State, report: Report) -> None:
    """Build the pages that the author looks at, and then the files beside them that a reader can download."""
    if await _pages(builder, state, report):
        await _files(builder, state, report)


async def _pages(builder: Builder, state: State, report: Report) -> bool:
    """Build the pages; report start and end in the lines by which editors clear their problems."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    report("Bygger …")
    if error := await builder.build(["html"]):
        state.failed(said(f"Endringen er ikke vist.\n{error}"))
        report(f"Feil: {error}")
        report("Ikke bygd. Sidene er som før.")
        return False
    state.built()
    seconds = Fraction(round(10 * (loop.time() - began)), 10)
    report(f"Bygd på {format_number(seconds, decimals=1)} sekunder")
    return True


async def _files(builder: Builder, state: State, report: Report) -> None:
    """Build all formats. Only the sizes of the downloads change in the pages, so they are not reloaded."""
    if error := await builder.build(FORMATS):
        state.failed(said(f"PDF og Word er ikke bygd.\n{error}"))
        report(f"Feil: {error}")
        report("Ikke bygd. PDF og Word er som før.")
    else:
        report("PDF og Word er også bygd")


async def _cancelled(task: asyncio.Future[Any]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
