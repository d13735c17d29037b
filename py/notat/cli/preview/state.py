"""What the open pages should show: which build, and what is wrong with the latest attempt."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator


class State:
    """The number of the newest finished build and the error of the newest failed one; notifies listeners."""

    def __init__(self) -> None:
        self.version = 0
        self.error = ""
        self._changed = asyncio.Event()

    def built(self) -> None:
        """A build has finished: the pages are new."""
        self.version += 1
        self.error = ""
        self._notify()

    def failed(self, message: str) -> None:
        """A build has failed: the pages stay, and say why."""
        self.error = message
        self._notify()

    async def messages(self) -> AsyncIterator[str]:
        """The state now and after each change, as server-sent events."""
        while True:
            changed = self._changed
            yield f"data: {json.dumps({'versjon': self.version, 'feil': self.error}, ensure_ascii=False)}\n\n"
            await changed.wait()

    def _notify(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
