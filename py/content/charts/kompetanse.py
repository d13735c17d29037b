"""The figure of the chapter on competence that no form declares.

`ungdomskull` goes on into a projection where the edition has one, and its title and note are then others.
"""

from __future__ import annotations

from content.published import projected, published
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms
from notat.show.charts import words as w
from notat.show.charts.style import beside, new_figure


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
