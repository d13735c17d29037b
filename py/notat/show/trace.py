"""The provenance of one number as a tree for the terminal: `notat trace ID`."""

from __future__ import annotations

from rich.text import Text
from rich.tree import Tree

from notat.numbers import earlier
from notat.numbers.indicators import Numbers
from notat.numbers.provenance import READ, CellView, Explanation, explain
from notat.project.project import Project
from notat.show.evidence import Belief


def trace(project: Project, id_: str) -> Tree:
    """Everything known about the number `id_`, down to its cells."""
    numbers = Numbers(project.data)
    compared = earlier.read(project.root, project.config.earlier, numbers.data.sources)
    tree = tree_of(explain(numbers[id_], numbers.data, compared))
    belief = tree.add(Text("Belegg"))
    for line in Belief(project, numbers).of(id_):
        belief.add(Text(line))
    return tree


def tree_of(explanation: Explanation) -> Tree:
    """The explanation as a tree: meaning, formula, and one branch for each cell."""
    # Texts are added as `Text`, in which rich interprets no markup and no emoji.
    tree = Tree(Text.assemble((explanation.id, "bold"), " = ", (explanation.value, "bold")))
    facts = {
        "Hva": explanation.meaning,
        "Enhet": explanation.unit,
        "Periode": explanation.period,
        "Sted": explanation.place,
        "Formel": explanation.words or ("" if explanation.derived else READ),
        "Med tall": f"{explanation.arithmetic} = {explanation.value}" if explanation.derived else "",
        "Avrunding": _rounding(explanation),
        explanation.edition.heading if explanation.edition else "": explanation.against,
    }
    for name, text in facts.items():
        if text:
            tree.add(Text(f"{name}: {text}"))
    cells = tree.add("Verdier" if len(explanation.cells) > 1 else "Verdi")
    for cell in explanation.cells:
        _add_cell(cells, cell)
    return tree


def _rounding(explanation: Explanation) -> str:
    if not explanation.rounding:
        return ""
    harmless = explanation.derived and not explanation.rounding_shows
    return f"kan ligge i {explanation.rounding}" + (", som ikke endrer det trykte tallet" if harmless else "")


def _add_cell(tree: Tree, cell: CellView) -> None:
    branch = tree.add(Text.assemble((cell.value, "bold"), f" {cell.address}"))
    for column, value in cell.key:
        branch.add(Text(f"{column}: {value}"))
    if cell.reservation:
        branch.add(Text(f"forbehold: {cell.reservation}"))
    if cell.note:
        branch.add(Text(f"merknad: {cell.note}"))
    source = branch.add(Text(f"kilde: {cell.source.title}, {cell.source.publisher}"))
    if cell.source.url:
        source.add(Text(cell.source.url))
