"""Run the chapters' code in a Jupyter kernel and put the results where the code stood.

One kernel serves all chapters and formats; its namespace is emptied between chapters, so that a chapter sees only what
it imports itself, as in genuine Quarto, while the imports are paid for once.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

import notat
from notat.book.inline import MIME
from notat.book.source import CodeCell, Inline, Place, Source, Text
from notat.errors import NotatError
from notat.plaintext import markdown

TIMEOUT = 120  # seconds for one cell
_RESET = "get_ipython().reset(new_session=False, aggressive=False)"
_SHOW = "__import__('notat.book.inline', fromlist=['show']).show({expressions!r}, globals())"
_KEPT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SOURCE_DATE_EPOCH", "VIRTUAL_ENV", "MPLCONFIGDIR"),
    # So that `notat verify` has the kernel under its conditions too.
    *("PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "LD_PRELOAD", "FAKETIME", "FAKETIME_SHARED"),
)
# Message of a NotatError raised inside the kernel: it says all, so the traceback is not shown.
_OWN_ERROR = "NotatError"


@contextmanager
def kernel(root: Path) -> Iterator[AsyncKernelManager]:
    """A running Python kernel in the project folder, over IPC: no TCP port is opened."""
    with TemporaryDirectory(prefix="notat-") as sockets:
        # Asynchronous, because a blocking client holds the event loop, and then no timeout is ever noticed. The path is
        # absolute, since client and kernel may have different working folders.
        manager = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=f"{sockets}/k")
        yield from _running(manager, root)


def _running(manager: AsyncKernelManager, root: Path) -> Iterator[AsyncKernelManager]:
    # The interpreter that runs notat, whatever kernels the machine has installed.
    if manager.kernel_spec is not None:
        manager.kernel_spec.argv[0] = sys.executable
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # The code that runs here runs there too, wherever another copy of the package is installed.
    environment["PYTHONPATH"] = str(Path(notat.__file__).parent.parent)
    run_sync(manager.start_kernel)(cwd=str(root), env=environment)
    try:
        yield manager
    finally:
        run_sync(manager.shutdown_kernel)(now=True)
        run_sync(manager.cleanup_resources)()


@contextmanager
def session(root: Path) -> Iterator[NotebookClient]:
    """A client of a new kernel. All chapters share it, for a client waits a quarter of a second before it begins."""
    with kernel(root) as manager:
        client = NotebookClient(nbformat.v4.new_notebook(), km=manager, timeout=TIMEOUT, allow_errors=False)
        with client.setup_kernel():
            try:
                yield client
            finally:
                if client.kc is not None:
                    client.kc.stop_channels()


def execute(source: Source, client: NotebookClient, progress: Callable[[], None] = lambda: None) -> str:
    """The chapter's Markdown with every cell and inline expression replaced by its result."""
    client.nb = nbformat.v4.new_notebook()
    pieces: list[str] = []
    _run(client, _RESET, (source.file, 1))
    for kind, group in groupby(source.parts, key=lambda part: isinstance(part, CodeCell)):
        parts = list(group)
        if kind:
            pieces.extend(_cell_output(client, part) for part in parts if isinstance(part, CodeCell))
        else:
            pieces.extend(_with_inline(client, [p for p in parts if not isinstance(p, CodeCell)]))
        progress()
    return "".join(pieces)


def _with_inline(client: NotebookClient, parts: list[Text | Inline]) -> list[str]:
    codes = [part for part in parts if isinstance(part, Inline)]
    results = iter(_evaluate(client, codes) if codes else [])
    return [part.markdown if isinstance(part, Text) else next(results) for part in parts]


def _evaluate(client: NotebookClient, codes: list[Inline]) -> list[str]:
    cell = _run(client, _SHOW.format(expressions=[code.code for code in codes]), codes[0].place)
    bundles = [
        output.data[MIME] for output in cell.outputs if output.output_type == "display_data" and MIME in output.data
    ]
    results = bundles[0]
    for code, result in zip(codes, results, strict=False):
        if "error" in result:
            raise _failure(result["error"], result["message"], code.place)
    return [result["markdown"] if "markdown" in result else markdown(result["text"]) for result in results]


def _cell_output(client: NotebookClient, part: CodeCell) -> str:
    cell = _run(client, part.code, part.place)
    if part.options.get("include") == "false":
        return "\n"
    pieces = []
    for output in cell.outputs:
        if output.output_type in ("display_data", "execute_result") and "text/markdown" in output.data:
            pieces.append(output.data["text/markdown"])
        elif output.output_type == "stream" and output.name == "stdout" and part.options.get("output") == "asis":
            pieces.append(output.text)
        elif output.output_type == "stream" and output.name == "stderr" and part.options.get("warning") == "false":
            continue
        else:
            raise NotatError(
                "Cellen viser noe som ikke kan settes inn i notatet.",
                file=part.place[0],
                line=part.place[1],
                remedy="La den ende med figur() eller tabell(), og skriv ikke ut noe.",
            )
    return "\n" + "\n\n".join(pieces) + "\n\n"


def _run(client: NotebookClient, code: str, place: Place) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(code)
    client.nb.cells.append(cell)
    try:
        client.execute_cell(cell, len(client.nb.cells) - 1)
    except CellExecutionError as error:
        line = place[1] + _line_in_cell(error.traceback)
        raise _failure(error.ename, error.evalue, (place[0], line)) from None
    except (CellTimeoutError, TimeoutError):
        raise NotatError(
            f"Koden svarte ikke innen {TIMEOUT} sekunder.",
            file=place[0],
            line=place[1],
            remedy="Se etter en evig løkke.",
        ) from None
    except DeadKernelError:
        raise NotatError(
            "Python-kjernen stanset.", file=place[0], line=place[1], remedy="Kjør på nytt; se etter minnebruk i cellen."
        ) from None
    return cell


def _failure(name: str, message: str, place: Place) -> NotatError:
    if name == _OWN_ERROR:
        return NotatError(message, file=place[0], line=place[1])
    said = " ".join(message.split()).rstrip(".")
    what = f"{name}: {said}" if said else name
    return NotatError(f"Python-feil i kapittelet: {what}.", file=place[0], line=place[1], remedy="Rett koden på linja.")


def _line_in_cell(traceback: str) -> int:
    """Offset from the fence of the line in the cell that the traceback blames."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", traceback)
    lines = re.findall(r"(?:Cell In\[\d+\]|<ipython-input-[^>]*>)[^\n]*?line (\d+)", plain)
    return int(lines[0]) if lines else 1
