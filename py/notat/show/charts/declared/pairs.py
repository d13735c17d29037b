"""Two values for each row: as lines between two times, as two dots, or as the distance from one that is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notat.norsk.language import say
from notat.norsk.periods import in_prose
from notat.show.charts import forms, marks
from notat.show.charts import words as w
from notat.show.charts.declared.bars import in_one_row, refuse_unlike_periods
from notat.show.charts.declared.chosen import Chosen
from notat.show.charts.declared.lines import courses, draw_lines, refuse_untimed
from notat.show.charts.declared.moments import in_order
from notat.show.charts.declared.picture import AROUND, LINE_HEIGHT, ROW, Made, Picture, height_of, write_unit
from notat.show.charts.style import is_narrow, new_figure
from notat.show.charts.words import Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROOM, _ROOM_NARROW = 0.12, 0.25  # of the scale: a value left of its dot


def slope(picture: Picture) -> Made:
    """A line for each row between two times."""
    chosen = picture.choose(by="periode")
    ends = _two(picture, chosen, "perioder")
    refuse_untimed(picture, chosen)
    height = picture.height(1.2 + 0.24 * len(chosen.rows))
    figure, [axes] = new_figure(height)
    is_cut = draw_lines(picture, axes, chosen, few=False, height=height, ends="ends")
    forms.ticks(axes, [(in_prose(period), w.moment(period)) for period in ends])
    what = say("Stigningsdiagram med en linje for hver")
    return Made(picture, figure, chosen, what, courses(picture, chosen), is_cut)


def _two(picture: Picture, chosen: Chosen, what: str) -> list[str]:
    """The two columns of the values, which every row must have."""
    columns = chosen.columns
    if chosen.by[1] == "periode":
        columns = in_order(columns)
    short = next((row for row in chosen.rows if len(chosen.row(row)) != len(columns)), None)
    if len(columns) != 2 or short is not None:  # the two ends
        said = f"«{short}» har {len(chosen.row(short))} av dem" if short is not None else f"den har {len(columns)}"
        remedy = f"Velg to {what} som alle har."
        raise picture.refusal("N0871", f"Den trenger de samme to {what} for hver rad, og {said}.", remedy)
    return columns


def dumbbell(picture: Picture) -> Made:
    """Two dots for each row."""
    chosen = picture.choose("deler", by="periode")
    ends = _two(picture, chosen, "verdier")
    rows = chosen.rows
    if picture.flag("sortert", True):
        rows = [value.label for value in w.ranked(chosen.cells[row, ends[1]] for row in rows)]
    pairs = [(chosen.cells[row, ends[0]], chosen.cells[row, ends[1]]) for row in rows]
    names = [in_prose(end) for end in ends]
    figure, [axes] = new_figure(picture.height(0.75 + ROW * len(rows)))
    highlight = [row for row in rows if row in picture.highlight]
    marks.pairs(axes, pairs, names, highlight=highlight, unit=picture.on_values(chosen))
    write_unit(axes, picture.unit(chosen))
    unit = picture.on_values(chosen)
    before, after = (_when(name, chosen) for name in names)
    listed = w.listed(
        say(
            "{name} {before} {then} mot {after} {now}",
            name=first.label,
            before=first.text(unit=unit),
            then=before,
            after=last.text(unit=unit),
            now=after,
        )
        for first, last in pairs
    )
    what = say("Punktdiagram med to punkter for hver, {first} og {last}", first=names[0], last=names[1])
    return Made(picture, figure, chosen.only(rows), what, listed)


def _when(name: str, chosen: Chosen) -> str:
    return say("i {when}", when=name) if chosen.by[1] == "periode" else f"({name})"


def distances(picture: Picture) -> Made:
    """The distance of each row from one that is named."""
    chosen = picture.choose()
    values = in_one_row(picture, chosen)
    refuse_unlike_periods(picture, chosen, values)
    named = picture.names("sammenlign", chosen)
    if len(named) != 1:
        remedy = 'Skriv navnet på den de andre måles mot: sammenlign="…".'
        raise picture.refusal("N0870", "Den sier ikke hva avstanden er fra.", remedy, "som")
    level, others = w.find(values, named[0]), [value for value in values if value.label != named[0]]
    if picture.flag("sortert", True):
        others = w.ranked(others)
    figure, [axes] = new_figure(picture.height(AROUND + 2 * LINE_HEIGHT + 1.35 * height_of([v.label for v in others])))
    muted = picture.names("demp", chosen)
    unit = picture.unit(chosen)
    marks.distances(axes, others, level, f"{level.label} {level}", unit=unit, hollow=muted)
    _leave_room_left(axes, others, level)
    listed = w.listed(f"{value.label} {value}" for value in [level, *others])
    what = say("Punktdiagram med avstanden fra en loddrett linje for {name}", name=level.label)
    return Made(picture, figure, chosen, what, listed, marks=False)


def _leave_room_left(axes: Axes, values: Sequence[Value], level: Value) -> None:
    """Begin the scale at zero, or further left where a value needs room between its dot and the names."""
    places = [0.0, level.x, *(value.x for value in values)]
    room = (_ROOM_NARROW if is_narrow() else _ROOM) * (max(places) - min(places))
    axes.set_xlim(left=min(0.0, *(value.x - (room if value.x < level.x else 0) for value in values)))
