"""Run the chapters' code in a Jupyter kernel and replace the code by its results.

One kernel serves all chapters and formats; its namespace is emptied between chapters, so that a chapter sees only what
it imports itself, as in genuine Quarto, while the imports are paid for once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from itertools import groupby
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from notat.data.used import Use
from notat.engine.run.inline import MIME
from notat.engine.run.kernel import kernel, process_of
from notat.engine.run.limits import Spent, limit_process
from notat.project.source import CodeCell, Inline, Place, Source, weave
from notat.text.errors import NotatError, unwritable
from notat.text.plaintext import markdown

_VARIABLE = "NOTAT_TIDSGRENSE"
_START = 600  # seconds for the kernel to start; its death is noticed at once, so only a busy machine needs them
_INLINE = "__import__('notat.engine.run.inline', fromlist=['_'])"
_RESET = f"get_ipython().reset(new_session=False, aggressive=False)\n{_INLINE}.begin()"
_USES = f"{_INLINE}.end()"
_SHOW = _INLINE + ".show({expressions!r}, globals())"
_SYSTEM_ERROR = re.compile(r"\[Errno (\d+)\] ([^:]*)(?:: '(.*)')?")
# Message of a NotatError raised inside the kernel: it is complete, so the traceback is not shown.
_OWN_ERROR = "NotatError"


def _time_limit() -> int:
    """Seconds of CPU time, or of waiting, that one cell may take; clock time depends on the machine."""
    text = os.environ.get(_VARIABLE, "120")
    if not re.fullmatch(r"[1-9]\d{0,6}", text, re.ASCII):
        raise NotatError(
            "N0722", f"{_VARIABLE} er «{text}».", remedy="Sett den til et helt antall sekunder, eller la den være."
        )
    return int(text)


TIMEOUT = _time_limit()


@contextmanager
def session(root: Path, manager: AsyncKernelManager | None = None) -> Iterator[NotebookClient]:
    """A client of a kernel, by default a new one. All chapters share it, because a client is slow to start."""
    with nullcontext(manager) if manager else kernel(root) as running:
        client = NotebookClient(nbformat.v4.new_notebook(), km=running, timeout=None, startup_timeout=_START)
        with _ready(client):
            try:
                yield client
            finally:
                if client.kc is not None:
                    client.kc.stop_channels()


@contextmanager
def _ready(client: NotebookClient) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(client.setup_kernel())
        except RuntimeError:
            raise NotatError(
                "N0723", "Python-kjernen kom ikke i gang.", remedy="Kjør på nytt, eller kjør make setup."
            ) from None
        yield


def execute(source: Source, client: NotebookClient) -> str:
    """The chapter's Markdown with every cell and inline expression replaced by its result."""
    return weave(source, run(source, client)[0])


def run(source: Source, client: NotebookClient) -> tuple[list[str], set[Use]]:
    """The result of each piece of code as Markdown, in order, and what the code used of the project."""
    client.nb = nbformat.v4.new_notebook()
    results: list[str] = []
    _run(client, _RESET, (source.file, 1))
    for kind, group in groupby(source.code, key=lambda part: isinstance(part, CodeCell)):
        parts = list(group)
        if kind:
            results.extend(_cell_output(client, part) for part in parts if isinstance(part, CodeCell))
        else:
            results.extend(_evaluate(client, [part for part in parts if isinstance(part, Inline)]))
    cell = _run(client, _USES, (source.file, 1))
    return results, {tuple(use) for use in cell.outputs[0].data[MIME]}


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
                "N0724",
                "Cellen viser noe som ikke kan settes inn i notatet.",
                place=part.place,
                remedy="La den ende med figur() eller tabell(), og skriv ikke ut noe.",
            )
    return "\n" + "\n\n".join(pieces) + "\n\n"


def _run(client: NotebookClient, code: str, place: Place) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(code)
    client.nb.cells.append(cell)
    try:
        with limit_process(process_of(client.km), working=TIMEOUT, waiting=TIMEOUT) as spent:
            client.execute_cell(cell, len(client.nb.cells) - 1)
    except CellExecutionError as error:
        line = place[1] + _line_in_cell(error.traceback)
        raise _failure(error.ename, error.evalue, (place[0], line)) from None
    except DeadKernelError:
        raise _unanswered(spent).at(*place) from None
    return cell


def _unanswered(spent: Spent) -> NotatError:
    """The error for code whose kernel ended before it answered."""
    if spent.worked:
        return NotatError("N0725", f"Koden svarte ikke innen {TIMEOUT} sekunder.", remedy="Se etter en evig løkke.")
    if spent.waited:
        return NotatError(
            "N0725",
            f"Koden har ventet i {TIMEOUT} sekunder på noe som ikke kommer.",
            remedy=f"Fjern det den venter på, eller sett {_VARIABLE} høyere.",
        )
    return NotatError("N0723", "Python-kjernen stanset.", remedy="Kjør på nytt; se etter minnebruk i cellen.")


def _failure(name: str, message: str, place: Place) -> NotatError:
    if name == _OWN_ERROR and (own := NotatError.read(message)):
        # An error with its own place is about that: what a chapter lists may be wrong in another one.
        return own if own.file else own.at(*place)
    system = _SYSTEM_ERROR.match(message)
    if name in ("OSError", "PermissionError") and system:
        return unwritable(OSError(int(system[1]), system[2], system[3]), Path.cwd()).at(*place)
    said = " ".join(message.split()).rstrip(".")
    what = f"{name}: {said}" if said else name
    return NotatError("N0726", f"Python-feil i kapittelet: {what}.", place=place, remedy="Rett koden på linja.")


def _line_in_cell(traceback: str) -> int:
    """Offset from the fence of the line in the cell that the traceback blames."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", traceback)
    lines = re.findall(r"(?:Cell In\[\d+\]|<ipython-input-[^>]*>)[^\n]*?line (\d+)", plain)
    return int(lines[0]) if lines else 1
