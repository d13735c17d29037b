"""A claim: words of the text that promise something about numbers, with a predicate that tests it on the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from notat.cli.scaffold import code
from notat.cli.scaffold.layout import home_of, known_numbers, refuse_claim
from notat.cli.scaffold.plan import Plan
from notat.data.quantity import Cell, Operation, Quantity
from notat.numbers.indicators import Number, Numbers
from notat.project.project import Project
from notat.show.claims import words as w
from notat.text.errors import NotatError


@dataclass(frozen=True)
class Promise:
    """What words promise: the test, as a function and as code, with values that meet it and values that break it."""

    words: str
    english: str
    holds: Callable[..., bool]
    code: str
    true: tuple[int, ...]
    false: tuple[int, ...]
    fewest: int
    most: int


def _largest(*all_: Quantity) -> bool:
    return w.largest_of(all_[0], all_)


def _smallest(*all_: Quantity) -> bool:
    return w.smallest_of(all_[0], all_)


PROMISES = {
    "okte": Promise("økte", "the change is above zero", w.rose, "w.rose({0})", (1,), (-1,), 1, 1),
    "falt": Promise("falt", "the change is below zero", w.dropped, "w.dropped({0})", (-1,), (1,), 1, 1),
    "mer": Promise("mer enn", "the first is above the second", w.more, "w.more({0}, {1})", (2, 1), (1, 2), 2, 2),
    "mindre": Promise(
        "mindre enn",
        "the first is below the second",
        lambda a, b: w.more(b, a),
        "w.more({1}, {0})",
        (1, 2),
        (2, 1),
        2,
        2,
    ),
    "om-lag": Promise(
        "om lag som", "the two are within a tenth of each other", w.about, "w.about({0}, {1})", (10, 10), (10, 20), 2, 2
    ),
    "storst": Promise(
        "størst", "the first is above all the others", _largest, "w.largest_of({0}, [{rest}])", (9, 1), (1, 9), 3, 99
    ),
    "minst": Promise(
        "minst", "the first is below all the others", _smallest, "w.smallest_of({0}, [{rest}])", (1, 9), (9, 1), 3, 99
    ),
}


def add_claim(
    project: Project, numbers: Numbers, id_: str, of: Sequence[str], *, kind: str, chapter: str | None
) -> Plan:
    """Plan the predicate behind the words marked `id_`, with its test; without `kind`, it is what the numbers show."""
    refuse_claim(project, id_)
    known_numbers(numbers, of)
    shown = [numbers[each] for each in of]
    if not of or len(set(of)) != len(of):
        raise NotatError(
            "N1130", "En påstand trenger ulike tall.", remedy="Skriv --av og id-ene: én endring, to tall, eller flere."
        )
    quantities = [number.quantity for number in shown]
    promise = _promise(kind, shown, numbers)
    if not promise.holds(*quantities):
        listed = ", ".join(f"{number.id} er {float(number.quantity.value):g}" for number in shown).replace(".", ",")
        raise NotatError(
            "N1131",
            f"«{promise.words}» stemmer ikke med tallene: {listed}.",
            remedy="Bytt om på tallene, eller velg et annet ord med --som.",
        )
    where = home_of(project, chapter, of)
    function = id_.replace("-", "_")
    calls = [f'of(n, "{each}")' for each in of]
    filled = [(values[0], *[values[-1]] * (len(of) - 1)) for values in (promise.true, promise.false)]
    met, broken = (", ".join(f"{name}={value}" for name, value in zip(of, row, strict=True)) for row in filled)
    text = code.render_template(
        "claim.py.j2",
        id=id_,
        function=function,
        words=promise.words,
        promise=promise.english,
        call=promise.code.format(*calls, rest=", ".join(calls[1:])),
    )
    code.run_code(text)
    plan = Plan(project)
    docstring = f"What the chapter {where.section} promises."
    code.add(plan, where.code("claims"), docstring, text, needle=f'@claim("{id_}")', what=f"prøven {id_}")
    test = code.render_template("test_claim.py.j2", id=id_, function=function, met=met, broken=broken)
    docstring = f"What the chapter {where.section} promises: it holds, and it can fail."
    code.add(plan, where.test("claims"), docstring, test, needle=f"def test_{function}_", what=f"test av {id_}")
    plan.then += [
        f"Skriv i {where.file}: [{promise.words}]{{.paastand #{id_}}}. Ordene kan være andre, når de lover det samme",
        "make test",
    ]
    return plan


def _promise(kind: str, shown: Sequence[Number], numbers: Numbers) -> Promise:
    """The promise called `kind`, or the one that holds for the numbers."""
    quantities = [number.quantity for number in shown]
    few = {1: ("okte", "falt"), 2: ("mer", "mindre", "om-lag")}.get(len(shown), ("storst", "minst"))
    if kind and not PROMISES[kind].fewest <= len(shown) <= PROMISES[kind].most:
        promise = PROMISES[kind]
        count = {1: "én endring", 2: "to tall"}.get(promise.fewest, "minst tre tall, og det det gjelder, først")
        raise NotatError(
            "N1130", f"«{promise.words}» trenger {count}.", remedy="Rett --av, eller velg et annet ord med --som."
        )
    if len(shown) == 1 and not _is_change(shown[0], numbers):
        raise NotatError(
            "N1131",
            f"«{shown[0].id}» er ikke en endring, så det kan ikke ha økt eller falt.",
            remedy="Oppgi også tallet det sammenlignes med, eller en endring (notat new tall … --regnet --endring).",
        )
    found = next(
        (PROMISES[name] for name in ([kind] if kind else few) if kind or PROMISES[name].holds(*quantities)), None
    )
    if found is None:
        raise NotatError(
            "N1131",
            "Tallene bærer ikke et ord om rekkefølgen.",
            remedy="Sett det største eller minste først, eller velg --som.",
        )
    return found


def _is_change(number: Number, numbers: Numbers) -> bool:
    """Whether the number is a change: a row of that type, or a difference, also in percent of something."""
    node: Cell | Operation = number.quantity.node
    if isinstance(node, Cell):
        return numbers.data.row(number.id)["type"] == "endring"
    while isinstance(node, Operation):
        first = node.operands[0]
        if node.symbol == "−":
            return True
        if not isinstance(first, Quantity):
            return False
        node = first.node
    return False
