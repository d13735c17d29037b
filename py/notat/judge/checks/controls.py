"""Whether other sources fit the numbers that they name, and contradict them, and which formulas nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from notat.data.controls import FILE
from notat.judge.accept import UNTESTED, lines, read_notebook
from notat.judge.checks.prose import Finding
from notat.numbers.indicators import Numbers
from notat.show.evidence import Belief
from notat.text import paths
from notat.text.errors import did_you_mean


def unfit_controls(numbers: Numbers) -> Iterator[Finding]:
    """Official values for a number that the note does not have, in any edition, or has in another unit."""
    place, known = f"{paths.DATA}/{FILE}", set(numbers)
    for control in numbers.data.controls:
        if control.id not in known:
            if numbers.is_later(control.id):
                continue
            remedy = did_you_mean(control.id, numbers)
            yield Finding("N1015", place, control.line, f"Notatet har ikke tallet «{control.id}».", remedy)
        elif control.unit != (unit := numbers[control.id].quantity.unit):
            problem = f"Kontrollverdien for {control.id} er i {control.unit}, men tallet er i {unit}."
            yield Finding("N1015", place, control.line, problem, "Regn verdien om til enheten som tallet har.")


def unexplained(belief: Belief, numbers: Numbers) -> Iterator[Finding]:
    """Numbers that another source contradicts, where the note does not say so."""
    for id_, said, is_explained in belief.contradictions():
        if not is_explained:
            cell = numbers[id_].quantity.cells[0]
            remedy = "Rett verdien, eller forklar forskjellen i lista over avvik eller i merknaden til raden."
            yield Finding("N1058", f"{paths.DATA}/{cell.table}.csv", cell.line, said, remedy)


def untested(root: Path) -> list[str]:
    """How many derived numbers have no second formula in the control notebooks, for the report; nothing if all have."""
    files = sorted((root / paths.NOTEBOOKS).glob("*.ipynb"))
    names = {line.name for file in files for line in lines(read_notebook(file, root)) if line.verdict == UNTESTED}
    return [f"Uten en annen formel i kontrollnotatbøkene: {', '.join(sorted(names))} ({len(names)})"] if names else []
