"""What other sources have for the note's numbers, in words: for `notat trace`, and counted for `notat check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from notat.data.quantity import Cell
from notat.numbers import earlier
from notat.numbers.evidence import Evidence, Outcome, Witness, explaining
from notat.numbers.indicators import Numbers
from notat.numbers.provenance import printed_value
from notat.project.project import Project
from notat.show.overview import corrections


class Belief:
    """The evidence for each number of a project, with the corrections that explain contradictions to the reader."""

    def __init__(self, project: Project, numbers: Numbers):
        self._numbers = numbers
        compared = earlier.read(project.root, project.config.earlier, numbers.data.sources)
        self._evidence = Evidence(numbers, compared)
        self._corrections = corrections(project)

    def of(self, id_: str) -> list[str]:
        """What every other source says of the number; one line says so where there is no other."""
        found = [self._words(id_, witness) for witness in self._evidence.witnesses(id_)]
        own = "lagret" if self._numbers.data.holds(id_) else "regnet"
        return [*(found or [f"{own}: ingen annen kilde er sammenlignet"]), *map(str, self._evidence.unlike(id_))]

    def summary(self) -> str:
        """How many numbers are stored, confirmed and contradicted; what is computed is never called stored."""
        stored, derived = Counter[Outcome | None](), Counter[Outcome | None]()
        for id_ in self._numbers:
            (stored if id_ in self._numbers.data.ids else derived)[self._evidence.outcome(id_)] += 1
        return (
            f"Tall i data: {stored[None]} lagret, {_confirmed(stored)} bekreftet av en annen kilde, "
            f"{stored[Outcome.CONTRADICTED]} motsagt. Regnede tall: {_confirmed(derived)} bekreftet, "
            f"{derived[Outcome.CONTRADICTED]} motsagt."
        )

    def contradictions(self) -> Iterator[tuple[str, str, bool]]:
        """Each contradicted number: its id, both values with both sources, and whether the note explains them."""
        for id_ in self._numbers:
            for witness in self._evidence.witnesses(id_):
                if witness.outcome is Outcome.CONTRADICTED:
                    sources = [self._numbers.data.sources[c.source] for c in self._numbers[id_].quantity.cells]
                    own = "; ".join(dict.fromkeys(f"{source.title} ({source.publisher})" for source in sources))
                    value = printed_value(self._numbers[id_])
                    said = f"{id_} er {value} hos {own}, men {self._words(id_, witness)}"
                    yield id_, said, bool(self._explanation(id_, witness))

    def _words(self, id_: str, witness: Witness) -> str:
        if witness.outcome is not Outcome.CONTRADICTED:
            return str(witness)
        return f"{witness} – {self._explanation(id_, witness) or 'ikke forklart i avvikene'}"

    def _explanation(self, id_: str, witness: Witness) -> str:
        """Where the reader finds both values: in the list of corrections, or in the remark of the row itself."""
        number = self._numbers[id_]
        ours = [printed_value(number)]
        if found := [row for row in self._corrections if explaining(row, ours, witness.value)]:
            return f"forklart i avvik nr. {found[0]['nr']}, {found[0]['tema']}"
        node = number.quantity.node
        remark = {"merknad": f"{ours[0]} {node.note}"} if isinstance(node, Cell) and node.note else {}
        return "forklart i merknaden til raden" if explaining(remark, ours, witness.value) else ""


def _confirmed(counted: Counter[Outcome | None]) -> int:
    return counted[Outcome.CONFIRMED] + counted[Outcome.NARROWED]
