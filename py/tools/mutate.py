"""Whether a wrong value in `data/` would be noticed: change every number in turn and see which net catches it.

Nothing is written and no program is started: each mutant is tried on the rows in memory. The nets are the tests
between a changed table and a published note:

- the reader, which refuses what the schema does not allow,
- the contracts between values (`data/kontrakter.json`),
- the control notebooks, which print every row and every number to ten digits: a mutant is caught when a value that
  a notebook has printed and stored would be printed otherwise,
- the claims, whose words in the text would no longer be true.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from notat.cli.scaffold.notebook import row_name
from notat.data import contracts, dataset, package
from notat.data.contracts import Promise
from notat.data.dataset import Data
from notat.data.quantity import PERCENT, Cell
from notat.data.records import Record
from notat.data.rows import Row, read_row
from notat.judge.accept import lines, read_notebook
from notat.norsk import format_quantity
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import claims
from notat.show.claims.marks import Mark
from notat.show.index import Index
from notat.text import paths
from notat.text.errors import NotatError
from tools import mutate_text
from tools.mutate_claims import word_mutants

READER, CONTRACTS, NOTEBOOKS, CLAIMS = "leser", "kontrakt", "notatbok", "påstand"
NETS = (READER, CONTRACTS, NOTEBOOKS, CLAIMS)


@dataclass(frozen=True)
class Mutant:
    """One change: its kind, its cell, and the new text of each row affected."""

    kind: str
    cell: Cell
    texts: tuple[tuple[Row, str], ...]


@dataclass
class Result:
    """The outcome of the mutants."""

    caught: list[tuple[Mutant, frozenset[str]]] = field(default_factory=list)
    live: set[Cell] = field(default_factory=set)
    dead: list[Cell] = field(default_factory=list)

    @property
    def survivors(self) -> list[Mutant]:
        """Mutants of cells that the note uses and that nothing caught."""
        return [mutant for mutant, nets in self.caught if not nets and mutant.cell in self.live]


def mutants(rows: Iterable[Row]) -> Iterator[Mutant]:
    """Every change to every value; a change without effect (the sign of zero) is left out."""
    by_table: dict[str, list[Row]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(row)
    for table in by_table.values():
        for position, row in enumerate(table):
            cell = row.quantity.cell
            changed = {"liten": cell.value + 2 * cell.half_width, "stor": cell.value * 10, "fortegn": -cell.value}
            for kind, value in changed.items():
                if value != cell.value:
                    yield Mutant(kind, cell, ((row, _text(value)),))
            after = (*table[position + 1 :], *table[:position])
            other = next((r for r in after if r.quantity.value != cell.value), None)
            if other:
                yield Mutant("byttet", cell, ((row, other["verdi"]), (other, row["verdi"])))
            yield Mutant("tom", cell, ((row, ""),))
            yield Mutant("tekst", cell, ((row, "ukjent"),))


def _text(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


class Nets:
    """All that may catch a mutant, with an index of the cells that each check uses."""

    def __init__(self, root: Path):
        self.root, self.numbers = root, Numbers(dataset.load(root))
        self.rows = self.numbers.data.rows
        self.fields = package.schema_fields(root)
        self.accepted = accepted(root)
        self.ids: dict[Cell, list[str]] = {}
        for id_ in self.accepted.keys() & set(self.numbers):
            for cell in self.numbers[id_].quantity.cells:
                self.ids.setdefault(cell, []).append(id_)
        self.promises: dict[Cell, list[Promise]] = {}
        for promise in contracts.promises(dataset.promised_rows(self.numbers.data, root), root):
            for cell in promise.cells:
                self.promises.setdefault(cell, []).append(promise)
        self.claims: dict[Cell, list[Mark]] = {}
        self.index = Index(Project(root), self.numbers)
        for mark, cells in self.index.claim_cells.items():
            if claims.truth(mark, self.numbers):
                for cell in cells:
                    self.claims.setdefault(cell, []).append(mark)

    def catching(self, mutant: Mutant) -> frozenset[str]:
        """The nets that catch this mutant."""
        found, read = set(), []
        for row, text in mutant.texts:
            try:
                # A series has statuses of its own; what they say of the borders is no part of its values.
                fields = {**row.fields, "verdi": text} | ({"status": ""} if row.in_series else {})
                read.append(
                    (row, read_row(Record(fields, Path(paths.DATA, f"{row.table}.csv"), row.line), self.fields))
                )
            except NotatError:
                found.add(READER)
        if len(read) == len(mutant.texts):  # what the reader refuses goes no further
            values = {old.quantity.cell: new.quantity.value for old, new in read}
            found.update(
                net
                for net, catches in (
                    (CONTRACTS, self._breaks_promise(values)),
                    (NOTEBOOKS, self._printed_otherwise(values)),
                    (CLAIMS, self._belies_claim(read)),
                )
                if catches
            )
        return frozenset(found)

    def _breaks_promise(self, values: dict[Cell, Fraction]) -> bool:
        try:
            return any(promise.broken(values) for cell in values for promise in self.promises.get(cell, ()))
        except NotatError:
            return True

    def _printed_otherwise(self, values: dict[Cell, Fraction]) -> bool:
        for cell, value in values.items():
            if (stored := self.accepted.get(row_name(cell))) and stored != _digits(value):
                return True
        for id_ in {id_ for cell in values for id_ in self.ids.get(cell, ())} & self.accepted.keys():
            try:
                if _digits(self.numbers[id_].quantity.value_at(values)) != self.accepted[id_]:
                    return True
            except NotatError:
                return True
        return False

    def _belies_claim(self, read: list[tuple[Row, Row]]) -> bool:
        touched = {mark for old, _ in read for mark in self.claims.get(old.quantity.cell, ())}
        if not touched:
            return False
        changed = {old.quantity.cell: new for old, new in read}
        rows = [changed.get(row.quantity.cell, row) for row in self.rows]
        numbers = Numbers(Data(rows, self.numbers.data.sources.values(), **self.numbers.data.like()))
        try:
            return not all(claims.truth(mark, numbers) for mark in touched)
        except NotatError:
            return True


def accepted(root: Path) -> dict[str, str]:
    """What the control notebooks have stored, by the name of the number or row."""
    files = sorted((root / paths.NOTEBOOKS).glob("*.ipynb"))
    return {line.name: line.computed for file in files for line in lines(read_notebook(file, root))}


def _digits(value: Fraction) -> str:
    return f"{float(value):.10g}"


def run(nets: Nets, every: int = 1) -> Result:
    """Try the mutants of every `every`th cell."""
    cells = [row.quantity.cell for row in nets.rows]
    chosen = set(cells[::every])
    result = Result(live=nets.index.live_cells)
    result.caught = [(mutant, nets.catching(mutant)) for mutant in mutants(nets.rows) if mutant.cell in chosen]
    # A row that a contract compares with a used row counts as used, since it tests that row.
    serves = {
        cell for promises in nets.promises.values() for p in promises if result.live & set(p.cells) for cell in p.cells
    }
    result.dead = [cell for cell in cells if cell not in result.live | serves]
    return result


def report(result: Result) -> Iterator[str]:
    """The result as lines of text: a table, then survivors and rows out of use by address, and the score."""
    alive = [(mutant, nets) for mutant, nets in result.caught if mutant.cell in result.live]
    yield _columns("tabell", "celler", "mutanter", "fanget", *NETS, "overlever")
    for table in dict.fromkeys(mutant.cell.table for mutant, _ in alive):
        yield _counts(table, [(mutant, nets) for mutant, nets in alive if mutant.cell.table == table])
    yield _counts("i alt", alive)
    for mutant in result.survivors:
        yield f"Overlever ({mutant.kind}): {paths.DATA}/{mutant.cell.address}"
    for cell in result.dead:
        yield f"Ingenting bruker {paths.DATA}/{cell.address}"
    kinds = Counter(mutant.kind for mutant, _ in alive)
    yield "Slag: " + ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    yield f"Fanget også uten notatbøkene: {_percent(sum(bool(nets - {NOTEBOOKS}) for _, nets in alive), len(alive))}"
    yield f"Mutasjonsskår: {_percent(len(alive) - len(result.survivors), len(alive))} av mutantene i celler i bruk"
    yield f"Rader uten bruk: {len(result.dead)}"


def _counts(name: str, some: list[tuple[Mutant, frozenset[str]]]) -> str:
    by_net = Counter(net for _, nets in some for net in nets)
    caught = sum(bool(nets) for _, nets in some)
    cells = len({mutant.cell for mutant, _ in some})
    return _columns(name, cells, len(some), caught, *(by_net[net] for net in NETS), len(some) - caught)


def _columns(first: str, *rest: str | int) -> str:
    return f"{first:<18}" + "".join(f"{text:>11}" for text in rest)


def _percent(part: int, whole: int) -> str:
    """Cut, not rounded, to two decimals: 100 % means all."""
    return format_quantity(Fraction(10_000 * part // max(1, whole), 100), PERCENT, 2)


def main() -> None:
    """Try every mutant of the values, or with `--tekst N [--fro N]` so many random ones of all columns.

    Exit 1 when one survives or when nothing uses a row.
    """
    options = argparse.ArgumentParser(prog="mutate", description="Endre data, og se hva som merker det.")
    options.add_argument("--tekst", type=int, metavar="N", help="N tilfeldige endringer av alle kolonner i stedet")
    options.add_argument("--fro", type=int, metavar="N", default=2023, help="frøet for de tilfeldige endringene")
    chosen = options.parse_args()
    if chosen.tekst is not None:
        _try_texts(chosen.tekst, chosen.fro)
    try:
        nets = Nets(paths.find_root())
        result = run(nets)
        words = list(word_mutants(nets.root, nets.numbers))
    except NotatError as error:
        sys.exit(f"Feil: {error}")
    deaf = [mutant for mutant in words if not mutant.caught]
    said = [f"Påstanden «{m.claim}» stemmer også med {m.change} ({m.place})" for m in deaf]
    said.append(f"Ord og grenser i påstandene: {len(words) - len(deaf)} av {len(words)} endringer er fanget")
    sys.stdout.writelines(f"{line}\n" for line in (*report(result), *said))
    sys.exit(1 if result.survivors or result.dead or deaf else 0)


def _try_texts(count: int, seed: int) -> NoReturn:
    try:
        verdicts = mutate_text.run(paths.find_root(), count, seed)
    except NotatError as error:
        sys.exit(f"Feil: {error}")
    sys.stdout.writelines(f"{line}\n" for line in mutate_text.report(verdicts, seed))
    sys.exit(1 if any(verdict.outcome == mutate_text.SURVIVES for verdict in verdicts) else 0)


if __name__ == "__main__":
    main()
