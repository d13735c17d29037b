"""The appendix *Tallgrunnlag*: every number of the text, chapter by chapter, with arithmetic, rounding and source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from notat.data.units import MARK
from notat.norsk.language import say
from notat.numbers import earlier
from notat.numbers.earlier import Standing
from notat.numbers.indicators import Numbers
from notat.numbers.provenance import READ, Explanation, explain
from notat.project.calls import NUMBERS, calls
from notat.project.config import slug_of
from notat.project.project import Project
from notat.project.source import Source
from notat.show import cells
from notat.show.cells import Shown
from notat.show.overview import title_of, used_numbers
from notat.text.errors import NotatError
from notat.text.plaintext import markdown, spoken

CLASS = "tallgrunnlag"
# Heads and relative widths of the columns; with a line this long a table is as wide as the text.
_COMPUTED = {"Tall": 14, "Hva": 36, "Utregning": 26, "Kilde": 24}
_STORED = {"Tall": 14, "Hva": 56, "Kilde": 30}


def anchor(id_: str) -> str:
    """Name of the place in the appendix that explains the number; what Pandoc and Typst have no @ in."""
    return f"tall-{id_.replace(MARK, '.')}"


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


def numbers_markdown(project: Project, numbers: Numbers, shown: Mapping[str, Sequence[Shown]] | None = None) -> str:
    """Two tables per chapter: computed numbers with their arithmetic, then those that were read as they are.

    A number is explained where it first appears; later chapters refer back.

    Below it are the chapter's cells with code of their own that show numbers, `shown` by chapter, and what they read.
    """
    known, seen = explanations(project, numbers), set[str]()
    parts = []
    for source in project.chapters:
        ids, own = used_numbers(source), [_cell(cell, numbers) for cell in (shown or {}).get(source.file, ())]
        if ids or own:
            parts += _chapter(source, [known[id_] for id_ in ids], seen, numbers, own)
            seen.update(ids)
    return "\n\n".join(parts) + "\n"


def _cell(cell: Shown, numbers: Numbers) -> str:
    read = cells.grounds(cell, numbers)
    name = cells.named(cell)
    if read:
        return say("- {cell}: regnet ut i en celle, av {rows}.", cell=name, rows=markdown(read))
    return say("- {cell}: regnet ut i en celle, uten rader fra data.", cell=name)


def _chapter(
    source: Source, used: Iterable[Explanation], seen: set[str], numbers: Numbers, own: Sequence[str]
) -> list[str]:
    new = [explanation for explanation in used if explanation.id not in seen]
    old = [explanation for explanation in used if explanation.id in seen]
    title = spoken(title_of(source), source.foreign)
    parts = [f"## {title} {{.unnumbered .unlisted .i-menyen #sec-tallgrunnlag-{slug_of(source.file)}}}"]
    blocks = []
    citations = {name: entry.citation for name, entry in numbers.data.sources.items()}
    if computed := [one for one in new if one.derived]:
        blocks.append(_table(_COMPUTED, (_row(one, citations) for one in computed)))
    if stored := [one for one in new if not one.derived]:
        # The rows of one table of the data package together.
        stored.sort(key=lambda one: [cell.file for cell in one.cells])
        blocks += [say("Lest av kilden, uten utregning:"), _table(_STORED, (_row(one, citations) for one in stored))]
    if old:
        links = "; ".join(f"[{explanation.value}](#{anchor(explanation.id)})" for explanation in old)
        blocks.append(say("Forklart under et tidligere kapittel: {links}.", links=links))
    if own:
        blocks.append("\n".join(own))
    return [*parts, f"::: {{.{CLASS}}}", *blocks, ":::"]


def _table(columns: Mapping[str, int], rows: Iterable[str]) -> str:
    rule = "|".join(":" + "-" * width for width in columns.values())
    return "\n".join([f"| {' | '.join(map(say, columns))} |", f"|{rule}|", *rows])


def _row(explanation: Explanation, citations: Mapping[str, str]) -> str:
    """The number with its anchor, its meaning, its formula if it was computed, and the works that it was read from."""
    period = "" if explanation.period == say("ikke oppgitt") else f", {explanation.period}"
    formula = explanation.arithmetic or say(READ)
    if explanation.rounding_shows:
        formula += say(". Med avrundingene: {range}", range=explanation.rounding)
    cited = dict.fromkeys(f"@{key}" for source in explanation.sources if (key := citations[source.id]))
    cells = [
        f"[{explanation.value}]{{#{anchor(explanation.id)}}}",
        markdown(f"{explanation.meaning}, {explanation.place}{period}") + _mark(explanation),
        *([formula] if explanation.derived else []),
        "; ".join([*cited, *_addresses(explanation)]),
    ]
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _mark(explanation: Explanation) -> str:
    """How the number compares with the earlier edition, unless it is as printed there."""
    if explanation.edition and explanation.standing is Standing.CORRECTED:
        printed, year = markdown(explanation.printed), explanation.edition.year
        return f" {say('(rettet; trykt «{printed}» i {year})', printed=printed, year=year)}"
    return f" {say('(ny)')}" if explanation.standing is Standing.ABSENT else ""


def _addresses(explanation: Explanation) -> list[str]:
    """The positions of the cells, the lines of one file together: `arbeid.csv 2, 5`."""
    lines: dict[str, list[int]] = {}
    for cell in explanation.cells:
        lines.setdefault(Path(cell.file).name, []).append(cell.line)
    return [f"{file}\u00a0{', '.join(cells.runs(sorted(found)))}" for file, found in lines.items()]
