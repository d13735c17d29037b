"""What the words of the note claim about its numbers, tested on the data.

A chapter marks the words as a span, `[vokste raskest]{.paastand #p-ikt-raskest}`; the predicate of the same id, in the
note's own `content.claims`, defines what they mean. A statement that the note only quotes names its source instead:
`{.paastand #p-vekst kilde="rapport"}`. Text and data cannot disagree: a false predicate stops the build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show.claims.marks import Mark, marks, work_keys
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

Predicate = Callable[[Numbers], bool]


@dataclass(frozen=True)
class Claim:
    """A predicate, the id of the words that it tests, and the facts of an earlier edition that it tests."""

    id: str
    facts: tuple[str, ...]
    holds: Predicate

    @property
    def place(self) -> tuple[str, int]:
        """File and line of the predicate."""
        return content.place_of(self.holds)


_claims: dict[str, Claim] = {}


def claim(id_: str, *, facts: tuple[str, ...] = ()) -> Callable[[Predicate], Predicate]:
    """Register the decorated predicate for the words marked `#id_`; several places may share one predicate."""

    def register(predicate: Predicate) -> Predicate:
        if id_ in _claims:
            raise NotatError("N0402", f"Påstanden «{id_}» er definert to ganger.", remedy="Gi den ene en annen id.")
        _claims[id_] = Claim(id_, facts, predicate)
        return predicate

    return register


def known() -> dict[str, Claim]:
    """Every registered claim by id."""
    content.load("claims")
    return _claims


def marked(project: Project) -> list[Mark]:
    """Every marked claim of the book's chapters, in order."""
    return [mark for source in project.chapters for mark in marks(source)]


def verify(project: Project, numbers: Numbers) -> None:
    """Raise at the first claim of the chapters that the data or the bibliography does not support."""
    for problem in problems(project, numbers):
        raise problem


def problems(project: Project, numbers: Numbers) -> Iterator[NotatError]:
    """What is wrong with the marked claims, in the order of the text."""
    claims, cited, edition = known(), work_keys(project), project.config.earlier
    seen: dict[str, Mark] = {}
    for mark in marked(project):
        if mark.id in seen:
            first = seen[mark.id]
            yield mark.refusal(
                "N0810", f"Påstanden «{mark.id}» finnes fra før i {first.file}:{first.line}.", "Gi den ene en annen id."
            )
            continue
        seen[mark.id] = mark
        if mark.facts and edition is None:
            yield mark.refusal(
                "N0811",
                f"Påstanden «{mark.words}» gir videre fakta fra en tidligere utgave, og notatet oppgir ingen.",
                "Fjern fakta=, eller oppgi utgaven under notat: tidligere: i _quarto.yml.",
            )
        found = _problem(mark, claims, cited, numbers)
        if found:
            yield found


def unused(project: Project) -> Iterator[NotatError]:
    """Predicates without marked words in any chapter."""
    used = {mark.id for mark in marked(project)}
    for claim_ in known().values():
        if claim_.id not in used:
            file, line = claim_.place
            yield NotatError(
                "N0812",
                f"Påstanden «{claim_.id}» brukes ikke i noe kapittel.",
                file=file,
                line=line,
                remedy="Merk ordene i teksten, eller slett prøven.",
            )


def _problem(mark: Mark, claims: dict[str, Claim], cited: frozenset[str], numbers: Numbers) -> NotatError | None:
    if not mark.id.startswith("p-"):
        return mark.refusal(
            "N0813", f"Påstanden «{mark.words}» har ingen id.", "Skriv {.paastand #p-navn} etter ordene."
        )
    if mark.source and mark.source not in cited:
        return mark.refusal(
            "N0714", f"Påstanden «{mark.words}» viser til en ukjent kilde.", did_you_mean(mark.source, cited)
        )
    if mark.id not in claims:
        if mark.source:
            return None
        return mark.refusal(
            "N0814",
            f"Påstanden «{mark.words}» ({mark.id}) har verken prøve eller kilde.",
            did_you_mean(mark.id, claims) + ' Skriv en prøve i py/content/claims/, eller oppgi kilde="…".',
        )
    try:
        holds = claims[mark.id].holds(numbers)
    except NotatError as error:
        return mark.refusal("N0815", f"Påstanden «{mark.words}» kan ikke prøves: {error.problem}", error.remedy)
    if holds:
        return None
    return mark.refusal(
        "N0816",
        f"Påstanden «{mark.words}» stemmer ikke lenger: {mark.sentence(numbers)}",
        f"Skriv om setningen, eller rett tallet i {paths.DATA}/.",
    )
