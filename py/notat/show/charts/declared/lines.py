"""Lines over time: where they are joined, where they have holes, where the scale begins, and their course in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from notat.norsk.language import say
from notat.numbers import content
from notat.show.charts import forms, marks
from notat.show.charts import words as w
from notat.show.charts.declared import parameters
from notat.show.charts.declared.chosen import Chosen, in_time, texts
from notat.show.charts.declared.moments import FEW, moment_of, name_moments, said_at
from notat.show.charts.declared.picture import AROUND, LINE_HEIGHT, Made, Picture, told, write_unit
from notat.show.charts.declared.said import Teller
from notat.show.charts.style import beside, folded, new_figure
from notat.show.charts.timelines import CUT
from notat.show.charts.words import Value

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_LINES = 6
_MOST_IN_ALL = 20  # lines, with those that are there for comparison alone
_JUST_BEFORE = 1e-6  # of a year: what a break is drawn at is the first value after it
NEAR_ZERO = 0.5  # the lowest value over the highest: below it a line is drawn from zero
_DASHES = ("--", ":", "-.")


def lines(picture: Picture) -> Made:
    """Lines over time, one for each row."""
    chosen = picture.choose(by="periode", gaps=True)
    refuse_untimed(picture, chosen)
    # The names of many lines need their room.
    height = picture.height(max(2.6, AROUND + LINE_HEIGHT * (len(chosen.rows) + 5)))
    figure, [axes] = new_figure(height)
    few = len(chosen.rows) == 1 and len(chosen.values) <= FEW
    is_cut = draw_lines(picture, axes, chosen, few=few, height=height)
    return Made(picture, figure, chosen, say("Linjediagram"), courses(picture, chosen), is_cut)


def refuse_untimed(picture: Picture, chosen: Chosen) -> None:
    """Refuse lines without two values at places of their own on an axis, and more lines than can be told apart."""
    for name in chosen.rows:
        if not chosen.row(name):
            remedy = "Utelat den fra utvalget, og si det i merknaden."
            raise picture.refusal("N0874", f"Kilden oppgir ingen av verdiene for «{name}».", remedy)
        if len(chosen.row(name)) < 2 or not in_time(chosen.row(name)):  # one point is no line
            problem = f"Linja {f'«{name}» ' if name else ''}har ikke minst to tall, hvert med sin plass på en tidsakse."
            remedy = "Ta med flere perioder av det samme, eller vis søyler."
            raise picture.refusal("N0871", problem, remedy)
    if len(chosen.rows) > _MOST_IN_ALL:
        remedy = f"Vis høyst {_MOST_IN_ALL} i alt, eller små felter: felt=."
        raise picture.refusal("N0871", f"Den har {len(chosen.rows)} linjer.", remedy)
    clear = [name for name in chosen.rows if name not in picture.muted(chosen)]
    if len(clear) > _MOST_LINES:
        remedy = f'Vis høyst {_MOST_LINES}, resten i en lys farge med demp="resten", eller små felter: felt=.'
        raise picture.refusal("N0871", f"Den har {len(chosen.rows)} linjer.", remedy)


def draw_lines(picture: Picture, axes: Axes, chosen: Chosen, *, few: bool, height: float, ends: str = "last") -> bool:
    """Draw the rows as lines; whether the scale does not begin at zero."""
    reference, muted = picture.names("sammenlign", chosen), picture.muted(chosen)
    crowd = muted if len(chosen.rows) > _MOST_LINES else ()
    values = chosen.values
    low, high = min(value.x for value in values), max(value.x for value in values)
    from_zero = picture.flag("null", 0 <= low < NEAR_ZERO * high)
    bottom = min(0.0, low) if from_zero else low
    drawn = []
    others = iter(_DASHES * _MOST_LINES)
    breaks = _breaks(picture, chosen)
    for name in sorted(chosen.rows, key=lambda row: (row in crowd, row not in picture.highlight)):
        own = len(chosen.rows) == 1 or name in picture.highlight
        dark = "fjord" if len(chosen.rows) == 1 or name == content.home() else "hav"
        shade = dark if own else "stein" if name in reference else "taake" if name in muted else "kyst"
        drawn.append(
            forms.Line(
                name,
                sorted(chosen.row(name), key=lambda value: value.when),
                colour=shade,
                strong=own,
                dashes="-" if own or ends == "ends" or name in crowd else next(others),
                labels="all" if few else "none" if name in crowd else ends,
                marks=len(chosen.row(name)) <= FEW and name not in crowd,
                gap=step_of(picture, chosen.row(name)),
                holes=[*holes_in(picture, chosen, name), *(moment - _JUST_BEFORE for moment in breaks)],
            )
        )
    span = (high - bottom) or 1.0
    limits = (bottom if from_zero else bottom - 0.08 * span, high + 0.1 * span)
    is_cut = low > 0 and not from_zero
    unit = picture.unit(chosen) or (say("Prosent") if picture.on_values(chosen) and not few else "")
    cut = f"{say(CUT)}."
    said = f"{unit}. {cut}" if unit and is_cut else cut if is_cut else unit
    above = LINE_HEIGHT * folded(said).count("\n")  # inches: what a narrow figure adds
    forms.lines(
        axes,
        drawn,
        unit=picture.on_values(chosen),
        name_gap=(limits[1] - limits[0]) * LINE_HEIGHT / (height - AROUND - above),
        names=not few,
    )
    axes.set_ylim(limits)
    forms.years(axes, [value.when for value in values], below=True)
    if len(chosen.rows) == 1:
        name_moments(axes, values)
    if ends == "ends" or (few and not is_cut):
        write_unit(axes, said)
    else:
        forms.value_axis(axes, unit)
    for number, (moment, said) in enumerate(sorted(breaks.items())):
        marks.break_in(axes, moment, said, lines=number)
    _remark(picture, axes, chosen)
    return is_cut


def _breaks(picture: Picture, chosen: Chosen) -> dict[float, str]:
    """The moments of the breaks, each after the first value and no later than the last, and what they are."""
    teller = Teller(picture.one, chosen, picture.numbers, picture.subject(chosen))
    moments = [value.when for value in chosen.values]
    found = {}
    for period, said in told(picture, teller, "brudd").items():
        moment = moment_of(picture, period, "brudd")
        if not min(moments) < moment <= max(moments):
            problem = f"brudd= har «{period}», og der er det ingen linje å bryte."
            raise picture.refusal("N0870", problem, "Skriv den første perioden etter bruddet.", "brudd")
        found[moment] = said
    return found


def _remark(picture: Picture, axes: Axes, chosen: Chosen) -> None:
    """Write what `merk` says of moments beside the highest value of each, towards the middle of the figure."""
    teller = Teller(picture.one, chosen, picture.numbers, picture.subject(chosen))
    middle = sum(axes.get_xlim()) / 2
    for period, said in told(picture, teller, "merk").items():
        moment = moment_of(picture, period, "merk")
        there = [value.x for value in chosen.values if value.when == moment]
        if not there:
            remedy = "Skriv perioden til en av verdiene."
            raise picture.refusal("N0870", f"merk= har «{period}», som ingen av verdiene gjelder.", remedy, "merk")
        beside(axes, said, (moment, max(there)), 8 if moment < middle else -8, colour="stein")


def step_of(picture: Picture, values: Sequence[Value]) -> float:
    """How far apart two values of a line may be and still be joined: the usual distance, and a little more.

    Values of the periods that the author has listed are joined whatever their distance.
    """
    if _lists_periods(picture):
        return inf
    return sorted(_steps(values))[(len(values) - 2) // 2] * 1.5


def _steps(values: Sequence[Value]) -> list[float]:
    moments = sorted(value.when for value in values)
    return [after - before for before, after in pairwise(moments)]


def _lists_periods(picture: Picture) -> bool:
    return "periode" in picture.one.given and len(texts(picture.one, "periode")) > 1


def holes_in(picture: Picture, chosen: Chosen, name: str) -> list[float]:
    """Moments that a line is not drawn across.

    Those are the moments of the values that are withheld, and those that other lines have and this one lacks, except
    between values that are as near each other as any of it: then it is only measured more rarely.
    """
    own = sorted(chosen.row(name), key=lambda value: value.when)
    lacking = {w.moment(period) for (row, _), period in chosen.withheld.items() if row == name}
    others = {value.when for value in chosen.values} - {value.when for value in own}
    near = 0.0 if _lists_periods(picture) else min(_steps(own)) * 1.5
    for before, after in pairwise(own):
        if after.when - before.when > near:
            lacking |= {moment for moment in others if before.when < moment < after.when}
    return sorted(lacking)


def courses(picture: Picture, chosen: Chosen) -> str:
    """The course of each line in words: all of few values, or else the ends and the turning points."""
    muted = picture.muted(chosen) if len(chosen.rows) > _MOST_LINES and parameters.FELT not in picture.one.given else ()
    told = "; ".join(
        f"{f'{name} ' if name else ''}{_course(picture, chosen, name)}" for name in chosen.rows if name not in muted
    )
    if not muted:
        return told
    last = w.ranked(sorted(chosen.row(name), key=lambda value: value.when)[-1] for name in muted)
    unit = picture.on_values(chosen)
    ends = [f"{value.label} {said_at(value, unit=unit)}" for value in (last[-1], last[0])]
    return f"{told}; {say('de andre fra {low} til {high}', low=ends[0], high=ends[1])}"


def _course(picture: Picture, chosen: Chosen, name: str) -> str:
    values = sorted(chosen.row(name), key=lambda value: value.when)
    unit = picture.on_values(chosen)

    def said(some: Sequence[Value]) -> str:
        return w.listed(said_at(value, unit=unit) for value in some)

    if len(values) <= FEW:
        return said(values)
    ranks = w.ranked(values)
    peaks = [
        f"{say(word)} {said([value])}"
        for word, value, rival in (("høyest", ranks[0], ranks[1]), ("lavest", ranks[-1], ranks[-2]))
        if value not in (values[0], values[-1]) and value.x != rival.x
    ]
    return ", ".join([said([values[0], values[-1]]), *peaks])
