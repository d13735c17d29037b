"""Parts of a whole: in percent of it, or stacked to its sum."""

from __future__ import annotations

import re
from dataclasses import replace

from notat.data.quantity import PERCENT, total
from notat.norsk.format import unit_word
from notat.norsk.language import say
from notat.norsk.periods import in_prose
from notat.show.charts import marks
from notat.show.charts import words as w
from notat.show.charts.declared.bars import refuse_unlike_periods
from notat.show.charts.declared.chosen import Chosen, share_of
from notat.show.charts.declared.moments import in_order
from notat.show.charts.declared.picture import AROUND, LINE_HEIGHT, Made, Picture, height_of
from notat.show.charts.style import new_figure
from notat.show.charts.words import Value

_MOST_PARTS = 6
_BY_CHANCE = 100  # of less, one part may well be the sum of the others
# Names of a whole among its parts.
_WHOLE = re.compile(r"|i alt|sum|totalt?|(?:alle|begge)(?: (?!andre|øvrige)\w+)?|norge|hele landet", re.IGNORECASE)
_SHADES = ("fjord", "kyst", "hav", "taake", "stein", "is")
_STACKED = ("hav", "kyst", "stein", "rav", "taake", "is")
_SUM = "sum"  # the column of the sums of stacked bars


def shares(picture: Picture) -> Made:
    """Bars of the same length, divided by the share of each part."""
    chosen = picture.choose("deler", by="gruppe")
    _refuse_what_is_no_whole(picture, chosen)
    percents = _of_whole(picture, chosen)
    parts = chosen.columns
    rows = in_order(chosen.rows) if chosen.by[0] == "periode" else chosen.rows
    names = [in_prose(row) if chosen.by[0] == "periode" else row for row in rows]
    figure, [axes] = new_figure(picture.height(0.75 + 0.34 * len(rows)))
    marks.shares(
        axes,
        names,
        [
            (in_prose(part), shade, [percents.cells[row, part] for row in rows])
            for part, shade in zip(parts, _SHADES, strict=False)
        ],
        highlight=[name for row, name in zip(rows, names, strict=True) if row in picture.highlight],
    )
    listed = "; ".join(
        f"{name}{': ' if name else ''}{w.listed(f'{in_prose(part)} {percents.cells[row, part]}' for part in parts)}"
        for row, name in zip(rows, names, strict=True)
    )
    return Made(
        picture, figure, percents, say("Liggende søylediagram der hver søyle er delt i andeler av hele"), listed
    )


def _refuse_what_is_no_whole(picture: Picture, chosen: Chosen) -> None:
    """Refuse parts that are not those of one whole: too many, missing, of several times, or a whole among its parts."""
    parts = chosen.columns
    if chosen.by[1] == "periode":
        remedy = 'Skriv gruppene som deler, og årene som rader: deler="gruppe", rader="periode".'
        raise picture.refusal("N0871", "Tall fra ulik tid er ikke deler av en hel.", remedy)
    if not 2 <= len(parts) <= _MOST_PARTS:  # one part is the whole
        remedy = f"Vis to til {_MOST_PARTS} deler, og slå sammen resten."
        many = f"{len(parts)} deler" if len(parts) > 1 else "bare én del"
        raise picture.refusal("N0871", f"Den har {many}.", remedy)
    for row in chosen.rows:
        said = f"«{row}»" if row else "søylen"
        if missing := [part for part in parts if (row, part) not in chosen.cells]:
            remedy = "Ta med de samme delene for alle."
            raise picture.refusal("N0871", f"Delen «{missing[0]}» mangler for {said}.", remedy)
        if len({value.period for value in chosen.row(row)}) > 1:
            times = w.listed(dict.fromkeys(in_prose(value.period) for value in chosen.row(row)))
            raise picture.refusal("N0871", f"Delene av {said} gjelder ulik tid: {times}.", "Velg deler fra samme tid.")
        for part in parts:
            if chosen.cells[row, part].x < 0:
                remedy = 'Vis den i en annen form: som="liggende".'
                raise picture.refusal("N0871", f"Delen «{part}» av {said} er under null.", remedy)
    refuse_unlike_periods(picture, chosen, [chosen.row(row)[0].named(row) for row in chosen.rows])
    if wholes := [part for part in parts if _is_whole(chosen, part)]:
        problem = f"«{wholes[0] or 'Alle'}» er summen av de andre, og ikke en del ved siden av dem."
        remedy = f"Velg bare delene med {chosen.by[1] or 'av'}=."
        raise picture.refusal("N0871", problem, remedy)


def _is_whole(chosen: Chosen, part: str) -> bool:
    """Whether a part is named as the whole, or is the sum of several others in every row, too large to be by chance."""
    if _WHOLE.fullmatch(part):
        return True
    own = {row: chosen.cells[row, part].quantity.value for row in chosen.rows}
    sums = {row: sum(value.quantity.value for value in chosen.row(row)) for row in chosen.rows}
    large = len(chosen.columns) > 2 and sum(own.values()) >= _BY_CHANCE
    return large and PERCENT not in chosen.units and all(2 * own[row] == sums[row] for row in chosen.rows)


def _of_whole(picture: Picture, chosen: Chosen) -> Chosen:
    """The parts in percent of their sum, unless they are so already."""
    cells = {}
    for row in chosen.rows:
        whole = total(value.quantity for value in chosen.row(row))
        is_percent = whole.unit == PERCENT
        low, high = whole.interval
        if is_percent and not low - 1 <= 100 <= high + 1:  # percent of a whole
            problem = f"Delene av «{row}» er ikke hele: til sammen {float(whole.value):g} prosent."
            remedy = "Ta med alle delene."
            raise picture.refusal("N0871", problem, remedy)
        for (name, part), value in chosen.cells.items():
            if name == row:
                cells[row, part] = (
                    value
                    if is_percent
                    else replace(value, quantity=share_of(picture.one, value, whole, row or part), decimals=0)
                )
    return Chosen(cells, chosen.by)


def stacked(picture: Picture) -> Made:
    """Bars of the sum of their parts."""
    chosen = picture.choose("deler", by="gruppe")
    _refuse_what_is_no_whole(picture, chosen)
    totals = w.ranked(Value(row, total(value.quantity for value in chosen.row(row))) for row in chosen.rows)
    totals = [
        replace(one, period=parts[0].period, decimals=max(part.decimals for part in parts))
        for one in totals
        for parts in [chosen.row(one.label)]
    ]
    figure, [axes] = new_figure(picture.height(AROUND + LINE_HEIGHT + height_of([one.label for one in totals])))
    marks.stacked_bars(
        axes,
        totals,
        [
            (in_prose(part), shade, [chosen.cells[one.label, part] for one in totals])
            for part, shade in zip(chosen.columns, _STACKED, strict=False)
        ],
        highlight=[one.label for one in totals if one.label in picture.highlight],
        noun=unit_word(chosen.units[0]) or chosen.units[0],
    )
    subject = picture.subject(chosen) or totals[0].label
    own = w.listed(f"{part} {chosen.cells[subject, part].text(unit=False)}" for part in chosen.columns)
    sums = w.listed(f"{one.label} {one.text(unit=False)}".strip() for one in totals)
    listed = f"{sums}. {subject}: {own}" if subject else f"{sums}: {own}"
    # What is said of a row is said of its sum.
    said = Chosen({**chosen.cells, **{(one.label, _SUM): one for one in totals}}, chosen.by)
    what = say("Liggende søylediagram der hver søyle er summen av delene, sortert etter størrelse")
    return Made(picture, figure, chosen, what, listed, said=said)
