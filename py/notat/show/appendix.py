"""The appendix *Tallgrunnlag*: every number of the text, chapter by chapter, with arithmetic, rounding and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from notat.numbers import earlier
from notat.numbers.earlier import Standing
from notat.numbers.indicators import Numbers
from notat.numbers.provenance import READ, Explanation, explain
from notat.project.calls import NUMBERS, calls
from notat.project.project import Project
from notat.project.source import Source
from notat.show.overview import title_of, used_numbers
from notat.text.errors import NotatError
from notat.text.plaintext import markdown

CLASS = "tallgrunnlag"
_HEAD = "| Tall | Hva | Utregning | Kilde |"
# Relative widths of the columns; with a line this long the table is as wide as the text.
_WIDTHS = (14, 36, 26, 24)


def anchor(id_: str) -> str:
    """Name of the place in the appendix that explains the number."""
    return f"tall-{id_}"


def explanations(project: Project, numbers: Numbers) -> dict[str, Explanation]:
    """Every number of the text by id, in order of first appearance; a name that cannot be read is refused."""
    compared = earlier.read(project.root, project.config.earlier, numbers.data.sources)
    known: dict[str, Explanation] = {}
    for source in project.chapters:
        for call in calls(source):
            if call.function not in (*NUMBERS, ""):
                continue
            if problem := call.problem():
                raise problem
            for id_ in call.known:
                try:
                    known[id_] = known.get(id_) or explain(numbers[id_], numbers.data, compared)
                except NotatError as error:
                    raise error.at(*call.place) from None
    return known


def numbers_markdown(project: Project, numbers: Numbers) -> str:
    """One table per chapter. A number is explained where it first appears; later chapters refer back."""
    known, seen = explanations(project, numbers), set[str]()
    parts = []
    for source in project.chapters:
        ids = used_numbers(source)
        if ids:
            parts += _chapter(source, [known[id_] for id_ in ids], seen, numbers)
            seen.update(ids)
    return "\n\n".join(parts) + "\n"


def _chapter(source: Source, used: Iterable[Explanation], seen: set[str], numbers: Numbers) -> list[str]:
    new = [explanation for explanation in used if explanation.id not in seen]
    old = [explanation for explanation in used if explanation.id in seen]
    parts = [f"## {title_of(source)} {{.unnumbered .unlisted #sec-tallgrunnlag-{Path(source.file).stem}}}"]
    blocks = []
    if new:
        rule = "|" + "|".join(":" + "-" * width for width in _WIDTHS) + "|"
        citations = {name: entry.citation for name, entry in numbers.data.sources.items()}
        blocks.append("\n".join([_HEAD, rule, *(_row(explanation, citations) for explanation in new)]))
    if old:
        links = "; ".join(f"[{explanation.value}](#{anchor(explanation.id)})" for explanation in old)
        blocks.append(f"Forklart under et tidligere kapittel: {links}.")
    return [*parts, f"::: {{.{CLASS}}}", *blocks, ":::"]


def _row(explanation: Explanation, citations: Mapping[str, str]) -> str:
    """The number with its anchor, its meaning, its formula, and the works that it was read from."""
    period = "" if explanation.period == "ikke oppgitt" else f", {explanation.period}"
    formula = explanation.arithmetic or READ
    if explanation.derived and explanation.rounding_shows:
        formula += f". Med avrundingene: {explanation.rounding}"
    cited = dict.fromkeys(f"@{key}" for source in explanation.sources if (key := citations[source.id]))
    cells = [
        f"[{explanation.value}]{{#{anchor(explanation.id)}}}",
        markdown(f"{explanation.meaning}, {explanation.place}{period}") + _mark(explanation),
        formula,
        "; ".join([*cited, *_addresses(explanation)]),
    ]
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _mark(explanation: Explanation) -> str:
    """How the number compares with the earlier edition, unless it is as printed there."""
    if explanation.edition and explanation.standing is Standing.CORRECTED:
        return f" (rettet; trykt «{markdown(explanation.printed)}» i {explanation.edition.year})"
    return " (ny)" if explanation.standing is Standing.ABSENT else ""


def _addresses(explanation: Explanation) -> list[str]:
    """The positions of the cells, the lines of one file together: `arbeid.csv 2, 5`."""
    lines: dict[str, list[int]] = {}
    for cell in explanation.cells:
        lines.setdefault(Path(cell.file).name, []).append(cell.line)
    return [f"{file}\u00a0{', '.join(runs(sorted(found)))}" for file, found in lines.items()]


def runs(numbers: list[int]) -> list[str]:
    """Ascending numbers with neighbours joined: 2, 3, 4, 7 is «2–4» and «7»."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [str(group[0]) if len(group) == 1 else f"{group[0]}\u2013{group[-1]}" for group in groups]
