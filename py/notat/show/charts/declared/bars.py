"""Bars: standing for few values over time, otherwise lying, alone or in panels.

The form of bars and their order are computed when the author does not say them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from notat.norsk.language import say
from notat.norsk.periods import in_prose
from notat.show.charts import forms, marks
from notat.show.charts import words as w
from notat.show.charts.declared import parameters
from notat.show.charts.declared.chosen import Chosen, in_time
from notat.show.charts.declared.moments import name_moments, said_at
from notat.show.charts.declared.picture import ACROSS, AROUND, LINE_HEIGHT, Made, Picture, height_of, write_unit
from notat.show.charts.style import LETTER, WIDTH, folded_name, new_figure
from notat.show.charts.words import Value
from notat.text.errors import did_you_mean

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_BARS = 40
_YEAR = 0.99  # of the axis between two bars of the same month in two years, at the least


def bars(picture: Picture) -> Made:
    """Bars: standing for few values over time, otherwise lying."""
    chosen = picture.choose()
    values = in_one_row(picture, chosen)
    standing = _is_of_one(chosen) and in_time(values) and _yearly(values) and min(v.x for v in values) >= 0
    standing = standing and _have_room(picture, chosen, values)
    parameters.refuse_stray(picture.one, "stående" if standing else "liggende")
    return columns(picture) if standing else lying(picture)


def in_one_row(picture: Picture, chosen: Chosen) -> list[Value]:
    """The values of bars, named by period where these are what differs."""
    if len(chosen.rows) > 1 and len(chosen.values) > len(chosen.rows):
        name = next(row for row in chosen.rows if len(chosen.row(row)) > 1)
        remedy = 'Velg ett tall for hver, eller en annen form: "linje", "stigning" eller "manual".'
        raise picture.refusal("N0871", f"«{name}» har flere tall, og en søyle viser ett.", remedy)
    timed = "periode" in chosen.by
    return [value if value.label and not timed else value.named(in_prose(value.period)) for value in chosen.values]


def _is_of_periods(chosen: Chosen) -> bool:
    return "periode" in chosen.by


def refuse_unlike_periods(picture: Picture, chosen: Chosen, values: Sequence[Value], heading: str = "") -> None:
    """Refuse bars of different periods whose names, or the heading, do not say so: they would be read as of one."""
    odd = [value for value in values if value.period and in_prose(value.period) not in value.label + heading]
    if not _is_of_periods(chosen) and len({value.period for value in odd}) > 1:
        periods = w.listed(dict.fromkeys(in_prose(value.period) for value in odd))
        first = odd[0]
        remedy = f"Vis tall for samme tid, eller skriv tiden i navnet: «{first.label} ({in_prose(first.period)})»."
        raise picture.refusal("N0871", f"Tallene gjelder ulik tid: {periods}.", remedy)


def _is_of_one(chosen: Chosen) -> bool:
    """Whether the values are of one thing over time."""
    return _is_of_periods(chosen) and (len(chosen.rows) == 1 or chosen.by[0] == "periode")


def _have_room(picture: Picture, chosen: Chosen, values: Sequence[Value]) -> bool:
    """Whether the values have room beside each other above standing bars."""
    order = sorted(values, key=lambda value: value.when)
    inches = WIDTH / (order[-1].when - order[0].when + 1)  # of a year
    unit = picture.on_values(chosen)
    lengths = [(len(value.text(unit=unit)) + 1) * LETTER for value in order]
    return all(
        (before + after) / 2 <= (second.when - first.when) * inches
        for (before, after), (first, second) in zip(pairwise(lengths), pairwise(order), strict=True)
    )


def _yearly(values: Sequence[Value]) -> bool:
    moments = sorted(value.when for value in values)
    return all(after - before > _YEAR for before, after in pairwise(moments))


def lying(picture: Picture) -> Made:
    """Lying bars, one for each row."""
    if "felt" in picture.one.given:
        return _panels_of_bars(picture)
    chosen = picture.choose()
    values = in_one_row(picture, chosen)
    if len(values) > _MOST_BARS:
        raise picture.refusal("N0871", f"Den har {len(values)} søyler.", f"Vis høyst {_MOST_BARS}, eller en tabell.")
    refuse_unlike_periods(picture, chosen, values)
    is_sorted = picture.flag("sortert", not _is_of_periods(chosen))
    if is_sorted:
        values = w.ranked(values)
    plus = picture.flag("fortegn", any(value.x < 0 for value in values) or "endring" in picture.one.given)
    figure, [axes] = new_figure(picture.height(AROUND + height_of([value.label for value in values])))
    listed = _draw_lying(picture, axes, chosen, values, plus=plus)
    write_unit(axes, picture.unit(chosen))
    sides = say("Liggende søylediagram")
    if plus and min(value.x for value in values) < 0:
        sides = say("Liggende søylediagram med søyler til venstre for tall under {zero}", zero=w.counted(0))
    sides += say(", sortert etter størrelse") if is_sorted else ""
    return Made(picture, figure, Chosen({(v.label, ""): v for v in values}, chosen.by), sides, listed)


def _draw_lying(
    picture: Picture, axes: Axes, chosen: Chosen, values: Sequence[Value], *, plus: bool, **room: Any
) -> str:
    """Draw the values as lying bars, and list them in words."""
    unit = picture.on_values(chosen)
    forms.bars(
        axes,
        values,
        highlight=[value.label for value in values if value.label in picture.highlight],
        reference=picture.names("sammenlign", chosen),
        muted=picture.muted(chosen),
        plus=plus,
        unit=unit,
        **room,
    )
    return w.listed(f"{value.label} {value.text(plus=plus, unit=unit)}" for value in values)


def _panels_of_bars(picture: Picture) -> Made:
    """Bars in panels, each with choices of its own: beside each other where all have the same rows, else below."""
    panels = _each_panel(picture)
    values = {title: _ranked_bars(panel, title) for title, panel in panels.items()}
    names = [[value.label for value in some] for some in values.values()]
    alike = all(set(some) == set(names[0]) for some in names)
    if alike:  # in the order of the first
        values = {title: [w.find(some, name) for name in names[0]] for title, some in values.items()}
    one_unit = len({value.quantity.unit for some in values.values() for value in some}) == 1
    every = [value for some in values.values() for value in some]
    if alike:
        figure, axes = new_figure(picture.height(AROUND + height_of(names[0])), columns=len(panels))
    else:
        ratios = [
            AROUND + LINE_HEIGHT * folded_name(title).count("\n") + height_of(some)
            for title, some in zip(panels, names, strict=True)
        ]
        height = picture.height(sum(ratios))
        figure, axes = new_figure(height, rows=len(panels), gridspec_kw={"height_ratios": ratios})
    said = []
    for place, (title, some), panel in zip(axes, values.items(), panels.values(), strict=True):
        found = Chosen({(value.label, ""): value for value in some})
        if panel.one.given.get("framhev") != picture.one.given.get("framhev"):  # of its own
            panel.names("framhev", found)
        plus = panel.flag("fortegn", any(value.x < 0 for value in some) or "endring" in panel.one.given)
        names_here, scale = not alike or place is axes[0], every if one_unit and not alike else ()
        listed = _draw_lying(panel, place, found, some, plus=plus, names=names_here, scale=scale)
        marks.unit_note(place, title)
        said.append(f"{title}: {listed}")
    shown = Chosen({(value.label, title): value for title, some in values.items() for value in some})
    what = say("Liggende søylediagrammer i {count} felter", count=w.counted(len(panels)))
    return Made(picture, figure, shown, what, ". ".join(said), marks=False, headed=True)


def _each_panel(picture: Picture) -> dict[str, Picture]:
    """What each of the panels shows, by its heading: the choices of the figure, and its own."""
    given = picture.one.given["felt"]
    if not isinstance(given, dict) or not 2 <= len(given) <= ACROSS:
        remedy = f'Skriv to til {ACROSS}, hver med sine valg: felt={{"overskrift": {{"av": ["id", "id"]}}}}.'
        raise picture.refusal("N0870", f"felt= er {given!r}.", remedy, "felt")
    if "enhet" in picture.one.given:
        remedy = "Skriv enheten i overskriften til hvert felt."
        raise picture.refusal("N0870", "enhet= betyr ingenting for felter med hver sine valg.", remedy, "enhet")
    rest = {key: value for key, value in picture.one.given.items() if key != "felt"}
    found = {}
    for title, own in given.items():
        if not isinstance(title, str) or not title.strip():
            raise picture.refusal("N0870", f"felt= har overskriften {title!r}.", "Skriv den som en tekst.", "felt")
        wrong = [own] if not isinstance(own, dict) else [key for key in own if key not in parameters.OF_PANEL]
        if wrong:
            is_name = isinstance(own, dict)
            remedy = did_you_mean(str(wrong[0]), parameters.OF_PANEL) if is_name else 'Skriv valgene: {"gruppe": "…"}.'
            raise picture.refusal("N0870", f"felt= har {wrong[0]!r} for «{title}».", remedy, "felt")
        lines = {**picture.one.lines, **dict.fromkeys(own, picture.one.lines["felt"])}
        found[title] = Picture(replace(picture.one, given={**rest, **own}, lines=lines), picture.numbers)
    return found


def _ranked_bars(picture: Picture, heading: str) -> list[Value]:
    chosen = picture.choose()
    values = in_one_row(picture, chosen)
    refuse_unlike_periods(picture, chosen, values, heading)
    return w.ranked(values) if picture.flag("sortert", not _is_of_periods(chosen)) else values


def columns(picture: Picture) -> Made:
    """Standing bars, of one thing over time."""
    chosen = picture.choose()
    values = in_one_row(picture, chosen)
    if not in_time(values):
        remedy = 'Skriv som="liggende".'
        raise picture.refusal("N0871", "Tallene har ikke hver sin plass på en tidsakse.", remedy, "som")
    if not _is_of_one(chosen):
        names = w.listed(chosen.rows)
        raise picture.refusal(
            "N0871", f"Stående søyler viser én ting over tid, og her er flere: {names}.", 'Skriv som="liggende".', "som"
        )
    if not _yearly(values) or min(value.x for value in values) < 0:
        why = "er under null" if _yearly(values) else "står tettere enn ett år"
        raise picture.refusal("N0871", f"Noen av tallene {why}, så søylene kan ikke stå.", 'Skriv som="linje".', "som")
    if not _have_room(picture, chosen, values):
        remedy = 'Skriv som="liggende" eller som="linje", eller velg færre perioder.'
        raise picture.refusal(
            "N0871", f"Tallene over {len(values)} stående søyler har ikke plass ved siden av hverandre.", remedy, "som"
        )
    values = sorted(values, key=lambda value: value.when)
    marked = picture.one.given.get("framhev")
    strong = picture.rows("framhev") if marked else [values[-1].period]
    figure, [axes] = new_figure(picture.height(2.3))
    forms.columns(axes, values, highlight=strong, muted=picture.names("demp", chosen), unit=picture.on_values(chosen))
    name_moments(axes, values)
    write_unit(axes, picture.unit(chosen))
    unit = picture.on_values(chosen)
    listed = w.listed(said_at(value, unit=unit) for value in values)
    # Years that were not asked for are not missing.
    gaps = [] if picture.one.given.keys() & {"av", "periode"} else list(_gaps(values))
    for first, last in gaps:
        forms.remark(
            axes,
            say("tall mangler").replace(" ", "\n" if first == last else " "),
            (first + last) / 2,
            0.08 * axes.get_ylim()[1],
        )
    missing = w.listed(str(first) if first == last else f"{first}–{last}" for first, last in gaps) if gaps else ""
    # The only row has its name still, which the words of the figure may use.
    shown = Chosen({(row, value.period): value for value in values for row in _only_row(chosen)}, ("", "periode"))
    return Made(picture, figure, shown, say("Stående søylediagram"), listed, missing=missing)


def _only_row(chosen: Chosen) -> list[str]:
    return chosen.rows if len(chosen.rows) == 1 else [""]


def _gaps(values: Sequence[Value]) -> Iterator[tuple[int, int]]:
    """The first and the last of the years that are missing between the bars."""
    for before, after in pairwise(sorted(int(value.when) for value in values)):
        if after - before > 1:
            yield before + 1, after - 1
