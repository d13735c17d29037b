"""A kernel that serves many builds of one process: what it has imported and read is there for the next.

For builds of one project as it is now, whose code and data do not change in between. The values that the builds differ
by are in the environment, so the kernel gets them anew, and the domain forgets what it had made of those before.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from notat.engine.run.execute import renew, session
from notat.engine.run.kernel import is_running
from notat.text.errors import NotatError

if TYPE_CHECKING:
    from nbclient import NotebookClient

    # The client of a kernel, and what waits until the figures are drawn.
    Running = tuple[NotebookClient, Callable[[], None]]


class KeptKernel:
    """The kernel of a process for the builds of the project at `root`; `variables` are those that builds differ by.

    It `runs_all` chapters of a build whose code may end the process that runs it.
    """

    runs_all = False

    def __init__(self, root: Path, look: str, variables: tuple[str, ...]):
        self._root, self._look, self._variables = root, look, variables
        self._stack = ExitStack()
        self._client: NotebookClient | None = None

    @contextmanager
    def client(self) -> Iterator[Callable[[], AbstractContextManager[Running]]]:
        """What gives the client of the kernel for one build; the kernel is started by the first that asks for it."""

        def begin() -> AbstractContextManager[Running]:
            if self._client is None or not is_running(self._client.km):
                self.close()
                self._client = self._stack.enter_context(session(self._root))
            renew(self._client, self._look, {name: os.environ.get(name, "") for name in self._variables})
            return nullcontext((self._client, lambda: None))

        try:
            yield begin
        except NotatError:
            raise
        except BaseException:
            self.close()  # nobody knows what it was doing
            raise

    def close(self) -> None:
        """End the kernel, if there is one; the next build starts another."""
        self._client = None
        with contextlib.suppress(RuntimeError, OSError):  # it may be dead
            self._stack.close()
