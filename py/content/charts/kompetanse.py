"""Figures of the chapter on competence: work, shortage of people and ageing."""

from __future__ import annotations

from content.published import projected, published, since_first
from notat.data.quantity import percent_change
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms, marks
from notat.show.charts import words as w
from notat.show.charts.style import beside, new_figure

_COUNTY = "Trøndelag"
_RECENT = 5  # years: the last stretch that is set against all before it


@chart("eldre")
def aged_80_and_working_age(numbers: Numbers) -> Drawing:
    """Those aged 80 and over hardly became more for years, but grow fastest of the two now, and at last over all."""
    groups = {"80 år og eldre": "80 år og eldre", "20–66 år": "20–66 år"}
    frame = published(numbers, "serier/folketall", gruppe=list(groups), sted="50")
    people = w.by("gruppe", frame)
    change = {name: since_first(values) for name, values in people.items()}
    old, working = change.values()
    first, turn, last = old[0], old[-1 - _RECENT], old[-1]
    recent = [_difference(values[-1], values[-1 - _RECENT]) for values in (old, working)]
    slower = last.x < working[-1].x
    overall = (
        f"Fra {first.period} har den {w.sure('økt mindre', last, than=working[-1])}"
        if slower
        else f"Den har {w.sure('økt mer', last, than=working[-1])} også fra {first.period}"
    )
    finding = (
        f"Gruppen 80 år og eldre {w.sure('økte mer enn', recent[0], than=recent[1])} gruppen 20–66 år i Trøndelag "
        f"{turn.period}–{last.period}."
    )
    figure, [axes] = new_figure(2.5)
    forms.lines(
        axes,
        [
            forms.Line("80 år og eldre", old, colour="fjord", strong=True, labels="last", marks=False),
            forms.Line("20–66 år", working, colour="rav", dashes="--", labels="last", marks=False),
        ],
        name_gap=2,
    )
    forms.value_axis(axes, f"Endring i antall personer i Trøndelag siden 1. januar {first.period}, prosent")
    ends = [w.over_time((values[-1 - _RECENT], values[-1])) for values in (old, working)]
    counted = [w.over_time((values[0], values[-1])) for values in people.values()]
    return Drawing(
        figure,
        finding,
        f"Linjediagram, år for år fra {first.period} til {last.period}. Endring i antall personer i Trøndelag siden 1. "
        f"januar {first.period}. 80 år og eldre: {ends[0]}; antallet var {counted[0]}. 20–66 år, stiplet linje: "
        f"{ends[1]}; antallet var {counted[1]}.",
        w.quantities(old, working),
        f"{overall}: med {last} mot {working[-1]}. Tall fra før 2020 er regnet om til dagens grenser. De andre "
        "aldersgruppene er ikke vist.",
    )


def _difference(new: w.Value, old: w.Value) -> w.Value:
    return w.Value(new.label, new.quantity - old.quantity, 1)


@chart("ungdomskull")
def aged_16_to_18(numbers: Numbers) -> Drawing:
    """The cohorts fell to 2021 and grow now; what a projection says later is drawn when there is one."""
    values = w.of_frame(published(numbers, "serier/ungdomskull", sted="50"))
    low, last = w.ranked(values)[-1], values[-1]
    first = w.ranked(values[: values.index(low)] or [low])[0]
    frame = projected(numbers, "serier/ungdomskull_framskrevet", sted="50")
    ahead = [] if frame is None else w.of_frame(frame)
    later = ""
    if ahead:
        end = ahead[-1]
        later = (
            f" I {end.period} ventes tallet å være {end}, {w.sure('færre enn', end, than=last)} i {last.period}. "
            "Framskrivingen er hovedalternativet; den bygger på antakelser."
        )
    finding = (
        f"Tallet på 16–18-åringer i Trøndelag {w.sure('falt', low, since=first)} fra {first.period} til {low.period}, "
        f"men har siden {w.sure('økt', last, since=low)}."
    )
    figure, [axes] = new_figure(2.2)
    labels = "none" if ahead else "all"
    lines = [forms.Line("", values, colour="fjord", strong=True, labels=labels, below=(low.period,))]
    if ahead:
        # Under the end of the line: what is expected begins right of it.
        beside(axes, f"{last} registrert", (last.when - 1, (low.x + last.x) / 2), 1, colour="fjord", weight=600)
        lines.append(forms.Line("framskrevet", ahead, colour="hav", dashes=":", hollow=True, labels="last"))
    forms.lines(axes, lines, names=bool(ahead), unit=False)
    axes.margins(y=0.25)
    forms.value_axis(axes, "Personer på 16–18 år, 1. januar. Skalaen begynner ikke på null")
    spoken = f" Framskrevet, prikket linje: {w.over_time(ahead)}." if ahead else ""
    return Drawing(
        figure,
        finding,
        f"Linjediagram; den loddrette aksen begynner ikke på null. Personer på 16–18 år i Trøndelag 1. januar: "
        f"{w.over_time(values)}.{spoken}",
        w.quantities(values, ahead),
        f"Serien begynner i {values[0].period}, og tall fra før 2020 er regnet om til dagens grenser.{later}",
    )


@chart("aldersgrupper")
def age_groups(numbers: Numbers) -> Drawing:
    """All growth to 2040 comes in the groups over 50; the younger shrink."""
    frame = numbers.data.frame("befolkning", maal="Befolkning etter alder", periode=["2020", "2040"])
    years = w.wide(frame, index="gruppe", columns="periode")
    people = [w.Value(name, new - old) for name, old, new in years.itertuples()]
    percent = [w.Value(name, percent_change(old=old, new=new)) for name, old, new in years.itertuples()]
    shrinking = [value for value in people if value.x < 0]
    finding = (
        f"Fram til 2040 ventes gruppene {w.listed(v.label for v in shrinking)} i Norge å "
        f"{w.sure('bli mindre', shrinking)}."
    )
    w.claim(people[: len(shrinking)] == shrinking, finding)
    figure, [left, right] = new_figure(2.3, columns=2)
    for axes, values, title in (
        (left, people, "Endring 2020–2040, personer"),
        (right, percent, "Endring 2020–2040, prosent"),
    ):
        growing = [value.label for value in values if value.x > 0]
        forms.bars(axes, values, highlight=growing, plus=True, names=axes is left)
        marks.unit_note(axes, title)
    return Drawing(
        figure,
        finding,
        "To liggende søylediagrammer side om side, aldersgrupper fra yngst til eldst, Norge fra 2020 til 2040. Endring "
        f"i personer: {w.spelled(people, plus=True)}. Endring i prosent: {w.spelled(percent, plus=True)}.",
        w.quantities(people, percent),
        "Framskriving fra 2020. Aldersgruppene er ulike i bredde.",
    )
