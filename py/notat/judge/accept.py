"""Accept changed data: show every change, run the control notebooks again, and store what they now print.

What is shown is all that is accepted: every changed column of every changed row of `data/` (`changes`), the works that
sources cite, every number that a notebook prints otherwise, and the listed corrections that mention such a number.

A control notebook prints one line for each number: recomputed value, name, the package's value, how it is printed,
whether the two values agree, and how it stands against an earlier edition, with two or more spaces between. A derived
number without a second formula is printed with a verdict that says so. What is read off a figure or a table has a
shorter line: value, name, verdict. Nothing is stored when a notebook stops or disagrees.
"""

from __future__ import annotations

import csv
import io
import re
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from threading import current_thread, main_thread

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from notat.data.accepted import State, accepted, present, store
from notat.engine.run.execute import TIMEOUT
from notat.engine.run.kernel import kernel
from notat.judge.changes import Difference, differences
from notat.norsk import format_number
from notat.project.project import Project
from notat.text import paths
from notat.text.errors import NotatError

AGREES, DISAGREES, UNTESTED = "likt", "ULIKT", "uprøvd"  # untested: there is no second formula
ABSENT, STRAY = "MANGLER", "UVENTET"  # a value that is not on the axes of a figure, and a mark that is no value
_NUMERAL = re.compile(r"[-−]?\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?|[-−]?\d+(?:,\d+)?")
_FEWEST = 2  # digits of a numeral that is telling: «3» is in every other correction
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class Line:
    """What a notebook prints about one number (or one row of a table, named by its key)."""

    computed: str
    name: str
    package: str
    printed: str
    verdict: str
    against_earlier: str = ""


@dataclass(frozen=True)
class Change:
    """A number that a notebook prints differently; `None` where it was missing or is now."""

    notebook: str
    name: str
    old: Line | None
    new: Line | None

    def __str__(self) -> str:
        head = f"{self.notebook}: {self.name}"
        known = [line for line in (self.old, self.new) if line]
        if len(known) == 1:
            return f"{head} {'er ny' if self.new else 'er borte'}: {known[0].computed}"
        old, new = known
        text = f"{head}: {old.computed} → {new.computed}"
        if old.printed != new.printed:
            text += f" (trykt {old.printed} → {new.printed})"
        if old.against_earlier != new.against_earlier:
            text += f" (tidligere utgave: {old.against_earlier or 'ikke sammenlignet'} → {new.against_earlier})"
        return text


@dataclass(frozen=True)
class Correction:
    """A row of the list of corrections that mentions numbers which are now others: its number, its topic, and these."""

    number: str
    topic: str
    mentions: tuple[str, ...]

    def __str__(self) -> str:
        return f"avvik nr. {self.number}, {self.topic}, nevner {', '.join(self.mentions)}"


@dataclass(frozen=True)
class Proposal:
    """What would be accepted. `numbers` are the changed lines of the notebooks; nothing is stored before `store`."""

    root: Path
    state: State
    data: list[Difference]
    numbers: list[Change]
    corrections: list[Correction]
    notebooks: dict[Path, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed for people; a notebook may still be stored in another form."""
        return not self.data and not self.numbers

    def store(self) -> None:
        """Accept all of it: the data as they were when they were shown, not as they may be by now."""
        before = {file: file.read_bytes() for file in self.notebooks}
        try:
            for file, text in self.notebooks.items():
                paths.write_bytes(file, text.encode())
            store(self.state, self.root)
        except BaseException:
            for file, content in before.items():
                paths.write_bytes(file, content)
            raise


def accept(root: Path, progress: Callable[[str], None] = lambda _: None) -> list[Change]:
    """Accept everything without a question; the numbers whose lines changed, in order."""
    proposal = propose(root, progress)
    proposal.store()
    return proposal.numbers


def propose(root: Path, progress: Callable[[str], None] = lambda _: None) -> Proposal:
    """Find all that has changed since it was accepted, and execute every control notebook. Nothing is stored."""
    files = sorted((root / paths.NOTEBOOKS).glob("*.ipynb"))
    if not files:
        raise NotatError("N1001", f"Fant ingen notatbøker i {paths.NOTEBOOKS}/.", remedy="Hent dem tilbake fra git.")
    project = Project(root)
    project.refuse_unlisted_data()
    config = project.config
    works = config.bibliography
    state = present(root, works)
    data = differences(accepted(root), state, works.relative_to(root).as_posix() if works else "")
    numbers: list[Change] = []
    texts: dict[Path, str] = {}
    for file in files:
        progress(file.name)
        notebook = read_notebook(file, root)
        old = {line.name: line for line in lines(notebook)}
        _execute(notebook, file, root)
        _refuse_disagreement(notebook, file, root)
        new = {line.name: line for line in lines(notebook)}
        names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
        numbers += [Change(file.name, name, old.get(name), new.get(name)) for name in names]
        texts[file] = notebook_text(notebook)
    name = config.earlier.corrections if config.earlier else ""
    return Proposal(root, state, data, numbers, corrections(state.texts.get(name, ""), numbers), texts)


def corrections(table: str, numbers: Iterable[Change]) -> list[Correction]:
    """The rows of the list of corrections that mention what a number was, and that may be wrong now that it is not."""
    wanted: dict[str, None] = {}
    for change in numbers:
        if change.old and (change.new is None or change.old.computed != change.new.computed):
            found = _NUMERAL.findall(change.old.printed) or [_in_norwegian(change.old.computed)]
            wanted |= dict.fromkeys(plain for text in found if len(re.sub(r"\D", "", plain := _plain(text))) >= _FEWEST)
    rows = csv.DictReader(io.StringIO(table, newline=""))
    result = []
    for row in rows:
        texts = " ".join(text for text in row.values() if isinstance(text, str))
        mentioned = {_plain(numeral) for numeral in _NUMERAL.findall(texts)}
        if mentions := tuple(numeral for numeral in wanted if numeral in mentioned):
            result.append(Correction(row.get("nr") or "?", row.get("tema") or "?", mentions))
    return result


def _plain(numeral: str) -> str:
    return numeral.replace("\u00a0", " ").lstrip("-−")


def _in_norwegian(computed: str) -> str:
    """A value as a notebook computes it, as the note would print it: 246556 is «246 556»."""
    try:
        value = Fraction(computed)
    except ValueError:
        return ""
    return format_number(value, len(computed.partition(".")[2]))


def lines(notebook: nbformat.NotebookNode) -> Iterator[Line]:
    """The lines about numbers in a notebook's stored output, in order."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            for text in output.get("text", "").splitlines():
                fields = re.split(r" {2,}", text.strip())
                if len(fields) in (5, 6) and fields[4] in (AGREES, DISAGREES, UNTESTED):
                    yield Line(*fields)


def normalise(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what differs from one editor or machine to the next."""
    notebook.metadata.clear()
    notebook.metadata.update(_METADATA)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"celle-{number:02}"
        cell.metadata.clear()
        for output in cell.get("outputs", ()):
            output.get("metadata", {}).clear()
    return notebook


def notebook_text(notebook: nbformat.NotebookNode) -> str:
    """The text of the notebook's file."""
    return f"{nbformat.writes(normalise(notebook))}\n"


def read_notebook(file: Path, root: Path) -> nbformat.NotebookNode:
    """The notebook in `file`; refuse a file that is not a notebook."""
    try:
        notebook: nbformat.NotebookNode = nbformat.reads(paths.read_text(file, root), as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError):
        remedy = "Hent den tilbake fra git."
        raise NotatError("N1001", "Fila er ikke en notatbok.", file=file.relative_to(root), remedy=remedy) from None
    return notebook


@contextmanager
def _same_signals() -> Iterator[None]:
    """Let SIGTERM do afterwards what it did before: nbclient takes it over, and leaves it as in a new process."""
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items() if current_thread() is main_thread() else ():
            signal.signal(one, handler)


def _execute(notebook: nbformat.NotebookNode, file: Path, root: Path) -> None:
    place = file.relative_to(root)
    # The kernel's sockets are files in the working folder, which must be the same for both ends.
    with _same_signals(), chdir(file.parent), kernel(root, file.parent) as manager:
        client = NotebookClient(notebook, km=manager, timeout=TIMEOUT, coalesce_streams=True)
        try:
            client.execute()
        except CellExecutionError as error:
            problem = f"Notatboka stopper i celle {_failed(notebook)}: {error.ename}: {error.evalue}."
            remedy = "Rett cellen eller dataene og kjør notat accept på nytt. Ingenting er lagret."
            raise NotatError("N1002", problem, file=place, remedy=remedy) from None
        except (CellTimeoutError, DeadKernelError):
            raise NotatError(
                "N1003",
                f"Notatboka ble ikke ferdig: en celle svarte ikke innen {TIMEOUT} sekunder, eller kjernen stanset.",
                file=place,
                remedy="Se etter en evig løkke, eller kjør på nytt på en ledig maskin. Ingenting er lagret.",
            ) from None


def _failed(notebook: nbformat.NotebookNode) -> int:
    """Number of the cell that raised, counting text cells too."""
    cells = enumerate(notebook.cells, 1)
    return next(n for n, cell in cells if any(o.output_type == "error" for o in cell.get("outputs", ())))


def _refuse_disagreement(notebook: nbformat.NotebookNode, file: Path, root: Path) -> None:
    """Raise for every cell that prints a verdict against a number, a table or a figure."""
    place, errors = file.relative_to(root), []
    for number, cell in enumerate(notebook.cells, 1):
        printed = [line for output in cell.get("outputs", ()) for line in output.get("text", "").splitlines()]
        if names := _judged(printed, DISAGREES):
            errors.append(
                NotatError(
                    "N1004",
                    f"Notatboka og programmet regner ulikt i celle {number}: {names}.",
                    file=place,
                    remedy="Rett formelen som er feil, og kjør notat accept på nytt. Ingenting er lagret.",
                )
            )
        if names := _judged(printed, ABSENT, STRAY):
            errors.append(
                NotatError(
                    "N1005",
                    f"Figuren viser andre verdier enn notatboka regner ut i celle {number}: {names}.",
                    file=place,
                    remedy="Rett cellen eller figuren, og kjør notat accept på nytt. Ingenting er lagret.",
                )
            )
    if errors:
        raise NotatError.together(errors)


def _judged(printed: Iterable[str], *verdicts: str) -> str:
    """The names in the lines that have one of these verdicts, each once."""
    found = [re.split(r" {2,}", line.strip()) for line in printed]
    return ", ".join(dict.fromkeys(fields[1] for fields in found if len(fields) > 2 and {*fields[2:]} & {*verdicts}))
