"""Lines in panels of the same scale, one for each value of a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from notat.norsk.language import say
from notat.project.declared import Declaration
from notat.show.charts import forms
from notat.show.charts import words as w
from notat.show.charts.declared.chosen import AXES, Chosen, choose, renamed, texts
from notat.show.charts.declared.lines import NEAR_ZERO, courses, holes_in, refuse_untimed, step_of
from notat.show.charts.declared.picture import ACROSS, Made, Picture
from notat.show.charts.style import folded, heading, heading_of_all, is_narrow, new_figure
from notat.show.charts.timelines import CUT

_MOST_PANELS = 12


def panels(picture: Picture) -> Made:
    """A line in a panel for each value of a column."""
    column = picture.one.given.get("felt")
    if not isinstance(column, str) or column not in AXES:
        remedy = f"Skriv felt= og en kolonne: {', '.join(AXES)}."
        raise picture.refusal("N0870", "Små felter trenger en kolonne som skiller dem.", remedy, "felt")
    names = texts(picture.one, column) or _values_of(picture, column)
    if not 2 <= len(names) <= _MOST_PANELS:  # one panel is a figure
        remedy = f"Velg to til {_MOST_PANELS} med {column}=."
        raise picture.refusal("N0871", f"Den har {len(names)} felter.", remedy, column)
    every = {name: Picture(_with(picture.one, column, name), picture.numbers) for name in names}
    values = {name: one.choose(by="periode", gaps=True) for name, one in every.items()}
    for name, one in every.items():
        refuse_untimed(one, values[name])
        if len(values[name].rows) > 1:
            several = w.listed(values[name].rows)
            raise picture.refusal("N0871", f"Feltet «{name}» har flere linjer: {several}.", "Velg én av dem.", "felt")
    if len({unit for chosen in values.values() for unit in chosen.units}) > 1:
        raise picture.refusal("N0871", "Feltene har ulike enheter.", "Vis tall med samme enhet.")
    across = min(ACROSS, len(names))
    down = -(-len(names) // across)
    height = picture.height(0.4 + 1.35 * down) if not is_narrow() else (0.4 + 0.95 * len(names)) / across
    figure, axes = new_figure(height, columns=across, rows=down)
    joined = _joined(picture, column, values)
    titles = dict(zip(names, joined.rows, strict=True))
    shown = joined.values
    low, high = min(value.x for value in shown), max(value.x for value in shown)
    from_zero = picture.flag("null", 0 <= low < NEAR_ZERO * high)
    bottom, span = (min(0.0, low) if from_zero else low), (high - (min(0.0, low) if from_zero else low)) or 1.0
    for place, name in zip(axes, names, strict=False):
        own = titles[name] in picture.highlight
        lines = [
            forms.Line(
                "",
                sorted(values[name].row(row), key=lambda value: value.when),
                colour="fjord" if own else "kyst",
                strong=own,
                labels="last",
                marks=False,
                gap=step_of(picture, values[name].row(row)),
                holes=holes_in(picture, joined, titles[name]),
            )
            for row in values[name].rows
        ]
        forms.lines(place, lines, unit=picture.on_values(values[name]))
        place.set_ylim(bottom if from_zero else bottom - 0.08 * span, high + 0.12 * span)
        heading(place, folded(titles[name]), fontweight=600 if own else 400)
        first, last = lines[0].values[0], lines[0].values[-1]
        forms.ticks(place, [(str(int(value.when)), value.when) for value in (first, last)])
    for spare in axes[len(names) :]:
        spare.set_visible(False)
    is_cut = low > 0 and not from_zero
    unit = picture.unit(joined) or (say("Prosent") if picture.on_values(joined) else "")
    same = say("{unit}, samme skala i alle feltene.", unit=unit) if unit else say("Samme skala i alle feltene.")
    said = same + (f" {say(CUT)}." if is_cut else "")
    heading_of_all(figure, folded(said))
    what = say("Linjediagrammer i {count} felter med samme skala", count=len(names))
    return Made(picture, figure, joined, what, courses(picture, joined), is_cut)


def _joined(picture: Picture, column: str, values: Mapping[str, Chosen]) -> Chosen:
    """The values of all panels, each panel a row."""
    keys = [(name, period) for name, chosen in values.items() for _, period in chosen.keys or chosen.cells]
    found = Chosen(
        {(name, period): value for name, chosen in values.items() for (_, period), value in chosen.cells.items()},
        (column, "periode"),
        withheld={(name, when): when for name, chosen in values.items() for when in chosen.withheld.values()},
        keys=tuple(keys),
    )
    return renamed(picture.one, found)


def _values_of(picture: Picture, column: str) -> list[str]:
    given = {key: value for key, value in picture.one.given.items() if key not in ("felt", "navn")}
    one = replace(picture.one, given={**given, "rader": column})
    return choose(one, picture.numbers, by="periode", gaps=True).rows


def _with(one: Declaration, column: str, value: str) -> Declaration:
    replaced = ("felt", "navn", *(("sted",) if column == "geografi" else ()))
    given = {key: given for key, given in one.given.items() if key not in replaced}
    return replace(one, given={**given, column: value})
