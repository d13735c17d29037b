"""A derived number: a formula of other numbers in `data/regnet.csv`, with a control that computes it in another way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notat.cli.scaffold import notebook
from notat.cli.scaffold.layout import home_of, known_numbers, refuse_number
from notat.cli.scaffold.plan import Plan
from notat.cli.scaffold.rows import with_row
from notat.data import derived
from notat.data.derived import Derived
from notat.data.quantity import PERCENT, Quantity
from notat.judge.formulas import second_formula
from notat.norsk import periods
from notat.numbers import content
from notat.numbers.derived import evaluate
from notat.numbers.indicators import AtPlace, Number, Numbers
from notat.numbers.provenance import in_a_line
from notat.project.project import Project
from notat.text.errors import NotatError


@dataclass(frozen=True)
class Kind:
    """A way to compute: the formula of the numbers {0} and {1}, or of {all}, and what the number is then called."""

    formula: str
    meaning: str
    decimals: int | None = None


KINDS = {
    "endring": Kind("endring({0}, {1})", "{0}, endring i prosent", 1),
    "andel": Kind("andel({0}, {1})", "{0}, andel av: {1}", 1),
    "forskjell": Kind("{1} - {0}", "{0}, endring"),
    "ganger": Kind("ganger({0}, {1})", "{0}, hvor mange ganger så stort", 1),
    "sum": Kind("sum({all})", "{0}, sum"),
}


@dataclass(frozen=True)
class Wording:
    """What the author says about the number; empty fields follow from its operands."""

    meaning: str = ""
    period: str = ""
    place: str = ""
    decimals: int | None = None


def add_derived(
    project: Project,
    numbers: Numbers,
    id_: str,
    of: Sequence[str],
    *,
    kind: str,
    wording: Wording,
    chapter: str | None,
    second: str = "",
) -> Plan:
    """Plan the number `id_`, computed as `kind` says from the numbers `of`, and its control.

    The control is the formula `second`, which the author writes. Without one, the notebook says that there is none.
    """
    refuse_number(project, numbers, id_)
    periods.parse(wording.period)
    known_numbers(numbers, of)
    how = KINDS[kind]
    if len(set(of)) != len(of) or (len(of) < 2 if kind == "sum" else len(of) != 2):
        count = "minst to ulike tall" if kind == "sum" else "to ulike tall, i rekkefølge: det gamle, det nye"
        raise NotatError("N1130", f"--{kind} trenger {count if kind != 'andel' else 'to ulike tall: delen, helheten'}.")
    parts = [numbers[each] for each in of]
    if kind == "endring" and parts[0].quantity.unit == PERCENT:
        remedy = "Bruk --forskjell, som gir prosentpoeng."
        raise NotatError("N1132", "Endring i prosent av tall som selv er prosent, misforstås lett.", remedy=remedy)
    formula = how.formula.format(*of, all=", ".join(of))
    value = evaluate(Derived(id_, formula, "", "", "", 0, 0), AtPlace(numbers))
    where = home_of(project, chapter, of)
    made = _worded(id_, parts, how, wording, value)
    plan = Plan(project, values=[in_a_line(made)])
    own = "" if made.place == content.home() else made.place
    fields = (id_, formula, made.meaning, made.period, own, str(made.decimals or ""))
    row = dict(zip(derived.COLUMNS, fields, strict=True))
    heading = f"{','.join(derived.COLUMNS)}\n"
    table = plan.text(derived.PLACE) or heading
    plan.put(derived.PLACE, with_row(table, row), f"{id_},", f"formelen til {id_}")
    recomputed = {id_: second_formula(second, numbers, value, notebook.formula_code(value))} if second else {}
    tested = notebook.add_numbers(
        plan,
        where,
        recomputed,
        untested=[] if second else [id_],
        rows=[notebook.row_name(cell) for cell in value.cells],
    )
    plan.then += [
        f'Skriv i {where.file}: `{{python}} tall("{id_}")`',
        f"Les over betydningen «{made.meaning}» i {derived.PLACE}: den står i vedlegget Tallgrunnlag",
        *_control(id_, second, tested),
        "make test",
    ]
    return plan


def _control(id_: str, second: str, tested: bool) -> list[str]:
    if second:
        return ["notat accept: regner tallet ut på nytt i kontrollnotatboka og viser det"]
    if not tested:
        return [f"Tallet har ingen annen formel. Skriv en i kontrollnotatboka om det finnes en annen vei til {id_}"]
    return [
        "Tallet har ingen annen formel: kontrollnotatboka sier det, og notat check teller det. "
        f'Finnes det en annen vei til tallet, bytt ut uten_formel("{id_}") med vis({id_}=…)',
        "notat accept: viser tallet og lagrer kontrollnotatboka",
    ]


def _worded(id_: str, parts: list[Number], how: Kind, wording: Wording, value: Quantity) -> Number:
    times = list(dict.fromkeys(part.period for part in parts if part.period))
    places = list(dict.fromkeys(part.place for part in parts))
    decimals = max(part.decimals for part in parts) if how.decimals is None else how.decimals
    return Number(
        id_,
        wording.meaning or how.meaning.format(*(part.meaning for part in parts)),
        wording.period or _together(times),
        wording.place or (places[0] if len(places) == 1 else " og ".join((", ".join(places[:-1]), places[-1]))),
        decimals if wording.decimals is None else wording.decimals,
        value,
    )


def _together(together: Sequence[str]) -> str:
    """The periods as one: from the first to the last where that is a period, or else all of them."""
    span = f"{together[0]}–{together[-1]}" if len(together) > 1 else ""
    return span if span and not periods.problem(span) else ", ".join(together)
