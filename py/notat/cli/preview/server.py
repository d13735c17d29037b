"""Serve the finished pages on loopback, to whoever has the address, and notify them of each new build.

The address holds a secret token, so that other users of the machine and pages of other sites cannot read them; the
Host header must be loopback's, so that no foreign name can be pointed here; nothing outside the output folder is read.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import Application, HTTPError, RequestHandler

from notat.cli.preview.state import State
from notat.cli.speech import said

HOST = "127.0.0.1"
_OWN = "_forhandsvisning"
_CLIENT = Path(__file__).with_name("client.js")
_POLICY = "default-src 'none';"


def application(output: Path, token: str, state: State) -> Application:
    """The web application: the pages in `output`, the script that keeps them fresh, and its events."""
    context = {"output": output, "state": state, "base": f"/{token}"}
    return Application(
        [
            (rf"/{token}/{_OWN}/hendelser", _Events, context),
            (rf"/{token}/{_OWN}/klient.js", _Client, context),
            (rf"/{token}/(.*)", _Page, context),
        ],
        log_function=lambda _: None,
    )


class _Guarded(RequestHandler):
    """A handler that answers only requests for this machine's loopback name."""

    def initialize(self, output: Path, state: State, base: str) -> None:
        self.output, self.state, self.base = output, state, base

    def prepare(self) -> None:
        port = self.request.connection.stream.socket.getsockname()[1]  # type: ignore[union-attr]  # it is answering
        if self.request.host not in (f"{HOST}:{port}", f"localhost:{port}"):
            raise HTTPError(403)

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")  # the address holds the token
        self.clear_header("Server")

    def write_error(self, status_code: int, **_: Any) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(said("Siden finnes ikke.\n" if status_code == 404 else "Forespørselen er avvist.\n"))


class _Page(_Guarded):
    def get(self, path: str) -> None:
        folder = self.output.resolve()
        file = (folder / (path or "index.html")).resolve()
        if not file.is_relative_to(folder) or not file.is_file():
            raise HTTPError(404)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        content = file.read_bytes()
        self.finish(self._with_client(content.decode()) if kind == "text/html" else content)

    def _with_client(self, page: str) -> str:
        """The page with the script, and leave to listen; the file itself is untouched."""
        own = f"{self.base}/{_OWN}"
        script = f'<script src="{own}/klient.js" data-versjon="{self.state.version}" defer></script>'
        return page.replace(_POLICY, f"{_POLICY} connect-src 'self';", 1).replace("</head>", f"{script}</head>", 1)


class _Client(_Guarded):
    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish(_CLIENT.read_bytes())


class _Events(_Guarded):
    async def get(self) -> None:
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        try:
            async for message in self.state.messages():
                self.write(message)
                await self.flush()
        except StreamClosedError:
            return
