"""Accept changed numbers: run the control notebooks again, store what they now print, and report what changed.

A control notebook prints one line for each number: recomputed value, name, the package's value, how it is printed,
whether the two values agree, and whether what an earlier edition printed confirms it, with two or more spaces between.
Nothing is stored when a notebook stops or disagrees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from notat.engine.run.execute import TIMEOUT
from notat.engine.run.kernel import kernel
from notat.judge.checks import checksums
from notat.text import paths
from notat.text.errors import NotatError

AGREES, DISAGREES = "likt", "ULIKT"
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


def accept(root: Path, progress: Callable[[str], None] = lambda _: None) -> list[Change]:
    """Execute every control notebook in place; the numbers whose lines changed, in order."""
    files = sorted((root / paths.NOTEBOOKS).glob("*.ipynb"))
    if not files:
        raise NotatError("N1001", f"Fant ingen notatbøker i {paths.NOTEBOOKS}/.", remedy="Hent dem tilbake fra git.")
    changes: list[Change] = []
    texts: dict[Path, str] = {}
    for file in files:
        progress(file.name)
        notebook = read_notebook(file, root)
        old = {line.name: line for line in lines(notebook)}
        _execute(notebook, file, root)
        _refuse_disagreement(notebook, file, root)
        new = {line.name: line for line in lines(notebook)}
        names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
        changes += [Change(file.name, name, old.get(name), new.get(name)) for name in names]
        texts[file] = notebook_text(notebook)
    for file, text in texts.items():
        paths.write_bytes(file, text.encode())
    checksums.write(root)
    return changes


def lines(notebook: nbformat.NotebookNode) -> Iterator[Line]:
    """The lines about numbers in a notebook's stored output, in order."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            for text in output.get("text", "").splitlines():
                fields = re.split(r" {2,}", text.strip())
                if len(fields) in (5, 6) and fields[4] in (AGREES, DISAGREES):
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
        raise NotatError(
            "N1001", "Fila er ikke en notatbok.", file=file.relative_to(root), remedy="Hent den tilbake fra git."
        ) from None
    return notebook


def _execute(notebook: nbformat.NotebookNode, file: Path, root: Path) -> None:
    place = file.relative_to(root)
    # The kernel's sockets are files in the working folder, which must be the same for both ends.
    with chdir(file.parent), kernel(root, file.parent) as manager:
        client = NotebookClient(notebook, km=manager, timeout=TIMEOUT, coalesce_streams=True)
        try:
            client.execute()
        except CellExecutionError as error:
            raise NotatError(
                "N1002",
                f"Notatboka stopper i celle {_failed(notebook)}: {error.ename}: {error.evalue}.",
                file=place,
                remedy="Rett cellen eller dataene og kjør notat accept på nytt. Ingenting er lagret.",
            ) from None
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
    names = dict.fromkeys(line.name for line in lines(notebook) if line.verdict == DISAGREES)
    if names:
        raise NotatError(
            "N1004",
            f"Notatboka og programmet regner ulikt: {', '.join(names)}.",
            file=file.relative_to(root),
            remedy="Rett formelen som er feil, og kjør notat accept på nytt. Ingenting er lagret.",
        )
