"""Serve, watch and build until the author has seen enough."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import webbrowser
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from notat.book.config import read_config
from notat.errors import NotatError
from notat.norsk import format_number
from notat.preview.builder import build
from notat.preview.server import HOST, application
from notat.preview.state import State
from notat.preview.watch import saved

Report = Callable[[str], None]


def preview(root: Path, port: int, report: Report, *, browser: bool) -> None:
    """Preview the project at `root` until interrupted; `port` 0 takes a free one. `report` is told what happens."""
    with contextlib.suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(_run(root, port, report, browser=browser))


async def _run(root: Path, port: int, report: Report, *, browser: bool) -> None:
    output, state, token = read_config(root).output, State(), secrets.token_urlsafe(16)
    try:
        sockets = bind_sockets(port, HOST)
    except OSError:
        raise NotatError(f"Port {port} er opptatt.", remedy="Velg en annen med --port, eller la valget stå.") from None
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    # Watched from the start, so that what is saved during the first build counts too.
    savings = saved(root)
    saving = asyncio.ensure_future(anext(savings))
    building = asyncio.create_task(_build(root, state, report))
    server = HTTPServer(application(output, token, state))
    try:
        await building
        if not (output / "index.html").is_file():
            raise NotatError("Det er ingen sider å vise.", remedy="Rett feilen over, og start på nytt.")
        server.add_sockets(sockets)
        address = f"http://{HOST}:{sockets[0].getsockname()[1]}/{token}/"
        report(f"Forhåndsvisning: {address}")
        report("Lagre et kapittel, så blir siden ny. Ctrl-C avslutter.")
        if browser:
            webbrowser.open(address)
        while True:
            await saving
            saving = asyncio.ensure_future(anext(savings))
            await _cancelled(building)  # what is being built is already old
            building = asyncio.create_task(_build(root, state, report))
    finally:
        await _cancelled(saving)
        await _cancelled(building)
        await savings.aclose()
        server.stop()


async def _build(root: Path, state: State, report: Report) -> None:
    """Build, and tell where it begins and how it ends: editors clear their list of problems by these lines."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    report("Bygger …")
    if error := await build(root):
        state.failed(error)
        report(f"Feil: {error}")
        report("Ikke bygd. Sidene er som før.")
        return
    state.built()
    seconds = Fraction(round(10 * (loop.time() - began)), 10)
    report(f"Bygd på {format_number(seconds, decimals=1)} sekunder")


async def _cancelled(task: asyncio.Future[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
