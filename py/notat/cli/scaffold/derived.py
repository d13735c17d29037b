"""A derived number: an indicator that computes from other numbers, with a test that computes it in another way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from notat.cli.scaffold import code, notebook
from notat.cli.scaffold.layout import PACKAGE, Home, home_of, known_numbers, refuse_number
from notat.cli.scaffold.plan import Plan
from notat.data import quantity
from notat.data.quantity import PERCENT, Quantity
from notat.judge.formulas import second_formula
from notat.norsk import periods
from notat.numbers import content, indicators
from notat.numbers.indicators import Number, Numbers
from notat.numbers.provenance import in_a_line
from notat.project.project import Project
from notat.text.errors import NotatError

_NAMES = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Kind:
    """A way to compute: the call on the numbers {0} and {1}, the helper it needs, and plain arithmetic."""

    call: str
    helper: str
    arithmetic: str
    meaning: str
    compute: Callable[..., Quantity]
    decimals: int | None = None


KINDS = {
    "endring": Kind(
        "percent_change(old={0}, new={1})",
        "percent_change",
        "({1} - {0}) / {0} * 100",
        "{0}, endring i prosent",
        quantity.percent_change,
        1,
    ),
    "andel": Kind(
        "percent_of({0}, {1})", "percent_of", "{0} / {1} * 100", "{0}, andel av: {1}", quantity.percent_of, 1
    ),
    "forskjell": Kind("{1} - {0}", "", "{1} - {0}", "{0}, endring", lambda old, new: new - old),
    "ganger": Kind(
        "factor(new={1}, old={0})",
        "factor",
        "{1} / {0}",
        "{0}, hvor mange ganger så stort",
        lambda a, b: quantity.factor(b, a),
        1,
    ),
    "sum": Kind("total([{all}])", "total", "{plus}", "{0}, sum", lambda *parts: quantity.total(parts)),
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
    """Plan the indicator `id_`, computed as `kind` says from the numbers `of`, its test and its control.

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
        raise NotatError(
            "N1132",
            "Endring i prosent av tall som selv er prosent, misforstås lett.",
            remedy="Bruk --forskjell, som gir prosentpoeng.",
        )
    value = how.compute(*(part.quantity for part in parts))
    where = home_of(project, chapter, of)
    made = _worded(id_, parts, how, wording, value)
    plan = Plan(project, values=[in_a_line(made)])
    calls, imports = _operands(of, numbers, where)
    text = code.render_template(
        "indicator.py.j2",
        imports=imports,
        helper=how.helper,
        number=made,
        home=content.home(),
        call=how.call.format(*calls, all=", ".join(calls)),
    )
    code.run_code(text)
    docstring = f"Derived numbers of the chapter {where.section}."
    code.add(plan, where.code("indicators"), docstring, text, needle=f"def {id_}(", what=f"indikatoren {id_}")
    names = _NAMES[: len(of)] if len(of) <= len(_NAMES) else [f"x{i}" for i in range(len(of))]
    test = code.render_template(
        "test_indicator.py.j2",
        number=made,
        of=list(of),
        names=list(names),
        arithmetic=how.arithmetic.format(*names, plus=" + ".join(names)),
    )
    docstring = f"Derived numbers of the chapter {where.section}, against plain arithmetic on the numbers behind."
    code.add(plan, where.test("indicators"), docstring, test, needle=f"def test_{id_}_", what=f"test av {id_}")
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
        f"Les over betydningen «{made.meaning}» i {where.code('indicators')}: den står i vedlegget Tallgrunnlag",
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


def _operands(of: Sequence[str], numbers: Numbers, where: Home) -> tuple[list[str], list[str]]:
    """How the function gets each number, and what must be imported: rows by id, indicators by their functions."""
    calls, imports = [], []
    for id_ in of:
        if id_ in numbers.data.ids:
            calls.append(f'data["{id_}"]')
            continue
        module = indicators._indicators[id_].compute.__module__  # the registry of this package
        calls.append(f"{id_}(data)")
        if module != f"{PACKAGE}.indicators.{where.module}":
            imports.append(f"from {module} import {id_}")
    return calls, imports
