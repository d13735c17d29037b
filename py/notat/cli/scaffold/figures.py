"""A figure or a table of some numbers, declared in the chapter with a title that is true of them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from notat.cli.scaffold import cells, notebook
from notat.cli.scaffold.layout import home_of, known_numbers, refuse_figure, refuse_table
from notat.cli.scaffold.plan import Plan
from notat.data.quantity import SHARE
from notat.norsk import HARD_SPACE, periods
from notat.numbers.indicators import Number, Numbers
from notat.project.declared import Declaration
from notat.project.project import Project
from notat.show import charts, tables
from notat.show.charts import Drawing
from notat.show.charts import words as w
from notat.show.claims.words import largest_of, smallest_of
from notat.text.errors import NotatError

FORMS = ("liggende", "stående", "linje")
_MOST = 16
_FEWEST, _MOST_ROWS = 2, 30  # numbers in a table
_LINE = 3  # pixels that two lines of text may overlap, since their boxes have padding


@dataclass(frozen=True)
class Look:
    """What the author says about the figure; empty fields follow from the numbers."""

    form: str = ""
    labels: tuple[str, ...] = ()


def add_figure(
    project: Project, numbers: Numbers, name: str, of: Sequence[str], *, look: Look, chapter: str | None
) -> Plan:
    """Plan the figure `name` of the numbers `of` in the chapter, and the control that reads it off its axes."""
    refuse_figure(project, name)
    known_numbers(numbers, of)
    shown = [numbers[each] for each in of]
    _refuse_undrawable(of, shown)
    _refuse_unlike_names(look.labels, of)
    form = look.form or ("linje" if _in_time(shown) else "liggende")
    if form != "liggende" and not _in_time(shown):
        problem = f"Tallene har ikke hver sin periode på en tidsakse, så figuren kan ikke være {form}."
        remedy = "Skriv --som liggende."
        raise NotatError("N1133", problem, remedy=remedy)
    if form == "stående":
        _refuse_columns(shown)
    where = home_of(project, chapter, of)
    given = _declared(of, shown, look, form)
    _refuse_crowded(_drawn(name, given, numbers), form)
    plan = Plan(project)
    cells.add(plan, where, "figur", name, given)
    behind = [cell for number in shown for cell in number.quantity.cells]
    recomputed = {n.id: notebook.formula_code(n.quantity) for n in shown}
    notebook.add_numbers(plan, where, recomputed, rows=[notebook.row_name(cell) for cell in behind])
    controlled = notebook.add_axes(plan, where, name, recomputed.values())
    plan.then += [
        f"Flytt cellen dit figuren skal stå i {where.file}, og vis til den i teksten: @fig-{name}",
        "Les over tittelen: den er sann for tallene, men sier bare det tallene sier",
        *(["notat accept: leser figuren av aksene i kontrollnotatboka"] if controlled else []),
        "make test",
    ]
    return plan


def add_table(
    project: Project, numbers: Numbers, name: str, of: Sequence[str], *, labels: Sequence[str], chapter: str | None
) -> Plan:
    """Plan the table `name`: a row for each of the numbers `of`."""
    refuse_table(project, name)
    known_numbers(numbers, of)
    shown = [numbers[each] for each in of]
    if not _FEWEST <= len(of) <= _MOST_ROWS or len(set(of)) != len(of):
        remedy = "Skriv --av og id-ene."
        raise NotatError("N1130", f"En tabell trenger {_FEWEST}–{_MOST_ROWS} ulike tall.", remedy=remedy)
    _refuse_unlike_names(labels, of)
    names = labels or _labels(shown, "liggende")
    where = home_of(project, chapter, of)
    measure, place, period = _measure(shown), _common(shown, "place"), _common(shown, "period")
    given = {
        "kolonner": [_head(names, shown), measure.partition(",")[0] or "Tall"],
        "rader": {label: [id_] for label, id_ in zip(names, of, strict=True)},
        "tittel": f"{', '.join(filter(None, (measure or 'Tallene', place, _in_prose(period) if period else '')))}.",
    }
    one = Declaration("tabell", name, given, (where.file, 1), {})
    try:
        tables.build_declared(one, numbers)
    except NotatError as error:
        raise NotatError("N1133", error.problem, remedy=error.remedy) from None
    plan = Plan(project)
    cells.add(plan, where, "tabell", name, given)
    plan.then += [
        f"Flytt cellen dit tabellen skal stå i {where.file}, og vis til den i teksten: @tbl-{name}",
        "Skriv det tabellen viser, i tittelen, og gi kolonnene navn",
        "make test",
    ]
    return plan


def _in_prose(period: str) -> str:
    """A period as an author types it."""
    return periods.in_prose(period).replace(HARD_SPACE, " ")


def _head(names: Sequence[str], shown: Sequence[Number]) -> str:
    """What the names of the rows are, by which column of the data they come from."""
    for head, column in (("Sted", [n.place for n in shown]), ("Periode", [_in_prose(n.period) for n in shown])):
        if list(names) == column:
            return head
    return "Gruppe"


def _refuse_unlike_names(labels: Sequence[str], of: Sequence[str]) -> None:
    if labels and len(set(labels)) != len(of):
        remedy = "Skriv --navn én gang for hvert tall, i samme rekkefølge."
        raise NotatError("N1130", "Det er ikke like mange ulike navn som tall.", remedy=remedy)


def _declared(of: Sequence[str], shown: Sequence[Number], look: Look, form: str) -> dict[str, Any]:
    """The parameters of the figure, with a title that is true of its numbers."""
    if form != "liggende":
        first, *_, last = sorted((number.period for number in shown), key=w.moment)
        ends = f"{{{first}}} i {_in_prose(first)} og {{{last}}} i {_in_prose(last)}"
        return {"som": form, "av": list(of), "tittel": f"{_measure(shown) or 'Tallet'} var {ends}."}
    labels = list(look.labels or _labels(shown, form))
    if len({number.period for number in shown}) > 1:
        labels = [
            label if not number.period or _in_prose(number.period) in label else f"{label} ({_in_prose(number.period)})"
            for label, number in zip(labels, shown, strict=True)
        ]
    return {"som": form, "av": dict(zip(labels, of, strict=True)), "tittel": _ranking(labels, shown)}


def _ranking(labels: Sequence[str], shown: Sequence[Number]) -> str:
    """Which is the highest and which the lowest, as claims; all of them where it is not sure."""
    ordered = sorted(zip(labels, shown, strict=True), key=lambda pair: -pair[1].quantity.value)
    (high, _), *_, (low, _) = ordered
    measure = _measure(shown)
    if _tied(shown) or any(re.search(r'[;"{}\[\]]', label) for label in labels):
        return f"{measure or 'Tallene'}: {w.listed(f'{label} {{{label}}}' for label, _ in ordered)}."
    begin = f'{measure} er [høyest]{{av="{high}"}}' if measure else f'[Høyest]{{av="{high}"}} er tallet'
    return f'{begin} for {high} ({{{high}}}) og [lavest]{{av="{low}"}} for {low} ({{{low}}}).'


def _drawn(name: str, given: dict[str, Any], numbers: Numbers) -> Drawing:
    try:
        return charts.draw_declared(Declaration("figur", name, given, ("", 1), {}), numbers)
    except NotatError as error:
        raise NotatError("N1133", error.problem, remedy=error.remedy) from None


def _refuse_undrawable(of: Sequence[str], shown: Sequence[Number]) -> None:
    if not 2 <= len(of) <= _MOST or len(set(of)) != len(of):
        raise NotatError("N1130", f"En figur trenger 2–{_MOST} ulike tall.", remedy="Skriv --av og id-ene.")
    units = list(dict.fromkeys(number.quantity.unit for number in shown))
    if len(units) > 1:
        remedy = "Ta med tall med samme enhet."
        raise NotatError("N1133", f"Tallene har ulike enheter ({', '.join(units)}).", remedy=remedy)
    if units[0] in ("årstall", SHARE):
        remedy = "Bruk tall i prosent, antall eller kroner."
        raise NotatError("N1133", f"Tall med enheten {units[0]} kan ikke tegnes her.", remedy=remedy)


def _refuse_columns(shown: Sequence[Number]) -> None:
    moments = sorted(w.moment(number.period) for number in shown)
    near = min(b - a for a, b in pairwise(moments))
    if near < 1 or any(number.quantity.value < 0 for number in shown):
        why = "står tettere enn ett år" if near < 1 else "er under null"
        remedy = "Skriv --som linje."
        raise NotatError("N1133", f"Stående søyler passer ikke, for noen av tallene {why}.", remedy=remedy)


def _in_time(shown: Sequence[Number]) -> bool:
    """Whether the numbers are one thing at different moments."""
    try:
        moments = {w.moment(number.period) for number in shown}
    except NotatError:
        return False
    return len(moments) == len(shown) and len({(number.meaning, number.place) for number in shown}) == 1


def _labels(shown: Sequence[Number], form: str) -> list[str]:
    """Labels that distinguish the numbers: periods over time, otherwise the shortest of place, group and meaning."""
    if form != "liggende":
        return [number.period for number in shown]
    groups = [number.meaning.partition(": ")[2] or number.meaning for number in shown]
    choices = ([number.place for number in shown], groups, [_in_prose(number.period) for number in shown])
    for labels in choices:
        if len(set(labels)) == len(shown):
            return labels
    return [f"{group}, {number.place}, {number.period}" for group, number in zip(groups, shown, strict=True)]


def _measure(shown: Sequence[Number]) -> str:
    """What all the numbers measure, or nothing; a number in it must be one of the data's own names."""
    meanings = {number.meaning for number in shown}
    measures = {meaning.partition(": ")[0] for meaning in meanings}
    found = meanings if len(meanings) == 1 else measures
    text = next(iter(found)) if len(found) == 1 else ""
    names = " ".join(part for number in shown for cell in number.quantity.cells for _, part in cell.key)
    unknown = set(re.findall(r"\d+", text)) - set(re.findall(r"\d+", names))
    return "" if unknown or re.search(r"\.\s+[A-ZÆØÅ]", text) else text


def _refuse_crowded(drawing: Drawing, form: str) -> None:
    """Refuse a figure whose texts overlap, extend beyond it, or leave no space for what is drawn."""
    import matplotlib.pyplot as plt
    from matplotlib.text import Text

    figure = drawing.figure
    with warnings.catch_warnings(record=True) as caught:
        figure.canvas.draw()
    boxes = [text.get_window_extent() for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    plt.close(figure)
    over = any(
        min(a.x1, b.x1) - max(a.x0, b.x0) >= 1 and min(a.y1, b.y1) - max(a.y0, b.y0) >= _LINE
        for a, b in combinations(boxes, 2)
    )
    out = any(min(box.x0, box.y0, figure.bbox.x1 - box.x1, figure.bbox.y1 - box.y1) < -1 for box in boxes)
    if over or out or caught:
        other = (
            "liggende" if form == "linje" else "linje" if form == "stående" else "liggende, og kortere navn med --navn"
        )
        remedy = f"Ta med færre tall, eller prøv --som {other}."
        raise NotatError("N1133", "Ordene i figuren får ikke plass.", remedy=remedy)


def _common(shown: Sequence[Number], name: str) -> str:
    values = {getattr(number, name) for number in shown}
    return str(values.pop()) if len(values) == 1 else ""


def _tied(shown: Sequence[Number]) -> bool:
    """Whether several numbers share the highest or the lowest place, or may do so before they were rounded."""
    first, *_, last = ordered = sorted((number.quantity for number in shown), key=lambda one: one.value)
    return not (smallest_of(first, ordered) and largest_of(last, ordered))
