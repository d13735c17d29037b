"""Chromium, and what is recorded about a page from the moment it is opened."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_HOST = re.compile(r"\w+://([^/'\"\s]+)")
_OWN_SCHEMES = ("file", "data", "blob")


@dataclass(frozen=True)
class Observation:
    """The result of a rule on a page: a problem in bokmål, or empty where the rule was applied and met."""

    rule: str
    page: str
    state: str
    selector: str
    problem: str
    criteria: tuple[str, ...]


def chromium() -> str | None:
    """Path of the Chromium of this machine: what NOTAT_CHROMIUM names, or else the first that is found."""
    named = os.environ.get("NOTAT_CHROMIUM")
    candidates = (named,) if named else _NAMES
    return next((path for name in candidates if (path := shutil.which(name))), None)


@contextmanager
def open_window(program: str, **options: Any) -> Iterator[BrowserContext]:
    """A window in a new Chromium without stored state; `options` are Playwright's."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_OPTIONS))
        try:
            yield browser.new_context(**options)
        finally:
            browser.close()


class Watch:
    """A page under observation: its requests to other hosts and its complaints are recorded.

    `state` names the state in which observations are made. Pages are opened one after another in the same tab of the
    window: for a new tab Chromium starts two processes, which takes longer than opening the page.
    """

    page: Page

    def __init__(self, context: BrowserContext, file: Path, name: str):
        self._context, self._file = context, file
        self.name, self.state = name, ""
        self._seen: dict[tuple[str, str], None] = {}

    def __enter__(self) -> Self:
        self.page = next(iter(self._context.pages), None) or self._context.new_page()
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", self._error)
        self.page.goto(self._file.resolve().as_uri())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.page.goto("about:blank")  # while its last complaints are still recorded as its own
        self.page.remove_listener("request", self._request)
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("pageerror", self._error)

    @property
    def observed(self) -> list[Observation]:
        """Requests to other hosts and complaints so far, each once."""
        return [Observation(rule, self.name, "", "", problem, ()) for rule, problem in self._seen]

    def observation(
        self, rule: str, selector: str, problem: str, criteria: tuple[str, ...], state: str = ""
    ) -> Observation:
        """Something seen on this page, in its present state unless another is given."""
        return Observation(rule, self.name, state or self.state, selector, problem, criteria)

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in _OWN_SCHEMES:
            self._foreign(parts.netloc or parts.scheme)

    def _error(self, error: Error) -> None:
        self._complaint(str(error))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaint(message.text)

    def _complaint(self, text: str) -> None:
        policy = "Content Security Policy" in text
        if policy and (host := _HOST.search(text)):
            self._foreign(host[1])
        else:
            self._seen["sikkerhetsregel" if policy else "konsoll", f"Nettleseren melder «{text[:200]}»."] = None

    def _foreign(self, host: str) -> None:
        """Record a request to another host, even if the page's security policy stopped it."""
        self._seen["annen-vert", f"Siden spør {host} om noe."] = None
