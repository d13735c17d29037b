"""Run the chapters' code in a Jupyter kernel and replace the code by its results.

One kernel serves all chapters and formats; its namespace is emptied between chapters, so that a chapter sees only what
it imports itself, as in genuine Quarto, while the imports are paid for once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from notat.data.used import Use
from notat.engine.keep.figures import EVERY, Formats
from notat.engine.run.calls import only_calls
from notat.engine.run.cells import Shown, pieces_of, text_of, to_markdown
from notat.engine.run.inline import MIME
from notat.engine.run.kernel import is_running, kernel, process_of
from notat.engine.run.limits import Spent, limit_process
from notat.project import stray
from notat.project.cells import without_commands
from notat.project.config import slug_of
from notat.project.functions import FUNCTIONS
from notat.project.source import CodeCell, Inline, Place, Source
from notat.text.errors import NotatError, did_you_mean, unwritable
from notat.text.plaintext import markdown
from notat.text.python import imported_by, names_in, read_and_bound

_VARIABLE = "NOTAT_TIDSGRENSE"
_START = 600  # seconds for the kernel to start; its death is noticed at once, so only a busy machine needs them
_INLINE = "__import__('notat.engine.run.inline', fromlist=['_'])"
_RESET = (
    f"get_ipython().reset(new_session=False, aggressive=False)\n{_INLINE}.begin({{look!r}}, {{lang!r}}, {{formats!r}})"
)
_USES = f"{_INLINE}.end()"
_RENEW = _INLINE + ".renew({look!r}, {variables!r})"
_OPEN = _INLINE + ".open_cell({look!r}, {width!r}, {height!r}, {columns!r})"
_CLOSE = _INLINE + ".close_cell({look!r})"
_SHOW = _INLINE + ".show({expressions!r}, globals())"
_EMPTY_ABOVE = re.compile(r"\A(?:[ \t]*\n)+")
_SYSTEM_ERROR = re.compile(r"\[Errno (\d+)\] ([^:]*)(?:: '(.*)')?")
# The file that IPython compiles a cell as; the place of the error says the same.
_IN_FILE = re.compile(r" \((?:\d+\.py|<[\w-]+>), line \d+\)$")
_REMEDIES = {
    "StdinNotImplementedError": "Ingen svarer når notatet lages; skriv verdien i koden.",
    "SystemExit": "Fjern linja: Resten av kapittelet skal også kjøres.",
}
_UNREADABLE = ("SyntaxError", "IndentationError", "TabError", "_IncompleteInputError")
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


@dataclass(frozen=True)
class Setting:
    """What the chapters of a project are run in.

    `functions` are those that note all that they use, `look` is the module of the domain that prepares the kernel,
    `defaults` are the options that the book sets for all cells, and `formats` those that figures are drawn for.
    """

    root: Path
    functions: frozenset[str] = frozenset()
    look: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    formats: Formats = EVERY


class Ran(NamedTuple):
    """The result of each piece of a chapter's code as Markdown, in order, all that it used, and its own cells."""

    texts: list[str]
    uses: set[Use]
    cells: list[Shown]


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


def run(source: Source, client: NotebookClient, setting: Setting) -> Ran:
    """Run a chapter's code.

    All errors are raised as one. What uses a name of a cell that failed is not run: its error might only follow.
    """
    client.nb = nbformat.v4.new_notebook()
    results: list[str] = []
    errors: list[NotatError] = []
    imported, missing = set[str](), set[str]()
    cells = _Cells(source, client, setting)
    _run(client, _RESET.format(look=setting.look, lang=source.lang, formats=setting.formats), (source.file, 1))
    # A cell at a time, and the expressions between two cells together.
    for _, group in groupby(source.code, key=lambda part: isinstance(part, CodeCell) and id(part)):
        parts = list[CodeCell | Inline]()
        for part in group:
            if missing.isdisjoint(names_in(part.code)):
                parts.append(part)
            elif isinstance(part, CodeCell):
                missing |= names_in(part.code) - imported
        for part, result in zip(parts, _results(client, cells, parts), strict=True):
            if isinstance(result, str):
                results.append(result)
                imported |= imported_by(part.code)
                continue
            errors.append(result)
            if isinstance(part, CodeCell):
                missing |= names_in(part.code) - imported
        if errors and not is_running(client.km):
            break
    if errors:
        raise NotatError.together(errors)
    cell = _run(client, _USES, (source.file, 1))
    return Ran(results, {tuple(use) for use in cell.outputs[0].data[MIME]}, cells.shown)


def renew(client: NotebookClient, look: str, variables: Mapping[str, str]) -> None:
    """Prepare a kernel that has served another build, for one with these variables of the environment."""
    client.nb = nbformat.v4.new_notebook()
    _run(client, _RENEW.format(look=look, variables=dict(variables)), ("", 0))


class _Cells:
    """Runs the cells of a chapter; those with code of their own are added to `shown`, with what they used."""

    def __init__(self, source: Source, client: NotebookClient, setting: Setting):
        self.shown: list[Shown] = []
        self._source, self._client, self._setting = source, client, setting
        self._imported = set[str]()
        self._behind: dict[str, set[Use]] = {}  # what the values of the chapter's names were made from

    def output_of(self, cell: CodeCell) -> str:
        """The Markdown of a cell."""
        setting = self._setting
        options = cell.options.below(self._source.execute, setting.defaults)
        if options.eval is False:
            return to_markdown([], cell, options, setting.root, "")
        # IPython drops empty lines above the code, and counts the others without them. Commands that only prepare would
        # prepare something else than the note.
        code = _EMPTY_ABOVE.sub(lambda match: "#\n" * match[0].count("\n"), without_commands(cell.code))
        if only_calls(cell.code, setting.functions):
            outputs = _run(self._client, code, cell.place, may_fail=options.error is True).outputs
            return to_markdown(pieces_of(outputs, cell, options), cell, options, setting.root, "")
        size = {"width": options.fig_width, "height": options.fig_height, "columns": options.layout_ncol or 1}
        _run(self._client, _OPEN.format(look=setting.look, **size), cell.place)
        outputs = _run(self._client, code, cell.place, may_fail=options.error is True).outputs
        *drawn, used = _run(self._client, _CLOSE.format(look=setting.look), cell.place).outputs
        pieces = pieces_of([*outputs, *drawn], cell, options)
        figures = sum(piece.kind == "figure" for piece in pieces)
        uses = self._with_earlier(cell.code, set(map(tuple, used.data[MIME])))
        self.shown.append(Shown(cell.place, options.label, text_of(pieces), figures, tuple(sorted(uses))))
        # A full stop in the name of a figure would begin a suffix.
        name = f"celle-{slug_of(self._source.file).replace('.', '-')}-{len(self.shown)}"
        return to_markdown(pieces, cell, options, setting.root, name)

    def _with_earlier(self, code: str, uses: set[Use]) -> set[Use]:
        """The uses of a cell, with those behind the values that it takes from earlier cells."""
        self._imported |= imported_by(code)
        read, changed = read_and_bound(code)
        uses = uses.union(*(self._behind.get(name, ()) for name in read))
        for name in changed - self._imported:
            self._behind[name] = self._behind.get(name, set()) | uses
        return uses


def _results(client: NotebookClient, cells: _Cells, parts: list[CodeCell | Inline]) -> list[str | NotatError]:
    """The Markdown of each part, or its error: of one cell, or of inline expressions."""
    try:
        first = next(iter(parts), None)
        return [cells.output_of(first)] if isinstance(first, CodeCell) else _evaluate(client, parts)
    except NotatError as error:
        return [error] * len(parts)


def _evaluate(client: NotebookClient, codes: Sequence[Inline | CodeCell]) -> list[str | NotatError]:
    if not codes:
        return []
    cell = _run(client, _SHOW.format(expressions=[code.code for code in codes]), codes[0].place)
    bundles = [
        output.data[MIME] for output in cell.outputs if output.output_type == "display_data" and MIME in output.data
    ]
    return [_evaluated(code, result) for code, result in zip(codes, bundles[0], strict=True)]


def _evaluated(code: Inline | CodeCell, result: dict[str, str]) -> str | NotatError:
    if "error" in result:
        return _failure(result["error"], result["message"], code.place, code.code)
    return result["markdown"] if "markdown" in result else markdown(result["text"])


def _run(client: NotebookClient, code: str, place: Place, *, may_fail: bool = False) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell(code, metadata={"tags": ["raises-exception"]} if may_fail else {})
    client.nb.cells.append(cell)
    try:
        with limit_process(process_of(client.km), working=TIMEOUT, waiting=TIMEOUT) as spent:
            client.execute_cell(cell, len(client.nb.cells) - 1)
    except CellExecutionError as error:
        # For a value that cannot be shown, the error itself names nothing.
        said = next((output for output in cell.outputs if output.output_type == "error"), error)
        line = place[1] + _line_in_cell("\n".join(said.traceback) if said is not error else error.traceback)
        raise _failure(said.ename, said.evalue, (place[0], line), code) from None
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


def _failure(name: str, message: str, place: Place, code: str) -> NotatError:
    if name == _OWN_ERROR and (own := NotatError.read(message)):
        # An error with its own place is about that: what a chapter lists may be wrong in another one.
        return own if own.file else own.at(*place)
    system = _SYSTEM_ERROR.match(message)
    if name in ("OSError", "PermissionError") and system:
        return unwritable(OSError(int(system[1]), system[2], system[3]), Path.cwd()).at(*place)
    if fault := _without_python(name, message, code):
        return NotatError("N0726", fault.problem, place=place, remedy=fault.remedy)
    said = _IN_FILE.sub("", " ".join(message.split())).rstrip(".")
    what = f"{name}: {said}" if said else name
    remedy = _REMEDIES.get(name, "Rett koden på linja.")
    return NotatError("N0726", f"Python-feil i kapittelet: {what}.", place=place, remedy=remedy)


def _without_python(name: str, message: str, code: str) -> stray.Slip | None:
    """The mistakes of those who do not know Python, in words of theirs; None for other errors."""
    quoted = re.search(r"'([\w.]+)'", message)
    word = quoted[1] if quoted else ""
    if name == "NameError" and word:
        unknown = f"Navnet «{word}» er ukjent for koden."
        if call := re.search(rf"(\w+)\(\s*{re.escape(word)}\b", code):
            return stray.Slip(unknown, f'Navn på tall og figurer står i anførselstegn: {call[1]}("{word}").')
        if word in FUNCTIONS:
            return stray.Slip(unknown, f"Føy det til i oppsettcellen: from notat import …, {word}.")
        if word in ("true", "false", "none"):
            return stray.Slip(unknown, f"Skriv {word.capitalize()}, med stor bokstav.")
        near = did_you_mean(word, FUNCTIONS)
        return stray.Slip(unknown, near if near.startswith("Mente") else "Kontroller stavingen og oppsettcellen.")
    if name == "ModuleNotFoundError" and word:
        return stray.Slip(f"Modulen «{word}» finnes ikke.", did_you_mean(word, ["notat"]))
    if name == "ImportError" and word and "'notat'" in message:
        return stray.Slip(f"notat har ikke «{word}».", did_you_mean(word, FUNCTIONS))
    if name in _UNREADABLE and (what := stray.wrong_signs(code)):
        called = next((word for word in re.findall(r"(\w+)\s*\(", code) if word in FUNCTIONS), "")
        form = f'Skriv {called}("navn"), med' if called else "Skriv den med"
        return stray.Slip(f"{what} i koden.", f"{form} rette anførselstegn og begge parentesene.")
    return stray.in_cell(message) if name in _UNREADABLE else None


def _line_in_cell(traceback: str) -> int:
    """Offset from the fence of the line in the cell that the traceback blames."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", traceback)
    lines = re.findall(r"(?:Cell In\[\d+\]|<ipython-input-[^>]*>)[^\n]*?line (\d+)", plain)
    return int(lines[0]) if lines else 1
