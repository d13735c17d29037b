"""Figures of the chapter on work."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms
from notat.show.charts import words as w
from notat.show.charts.style import new_figure

_MEASURE = "Uføretrygda i prosent av befolkninga 18–67 år, aldersstandardisert"


@chart("ufore")
def disability(numbers: Numbers) -> Drawing:
    """The share has fallen in the county since its peak, and is unchanged in the country."""
    frame = numbers.data.frame("arbeid", maal=_MEASURE, geografi=["Nordland", "Noreg"])
    county, country = w.by("geografi", frame).values()
    top = w.ranked(county)[0]
    higher = w.sure("er framleis høgare enn", county[-1], than=country[-1], earlier=top)
    finding = (
        f"Delen med uføretrygd i Nordland {w.sure('har gått ned', county[-1], since=top)} frå {top} i juni "
        f"{top.period[:4]} til {county[-1]} i juni {county[-1].period[:4]}, men {higher} i landet ({country[-1]})."
    )
    figure, [axes] = new_figure(2.6)
    forms.lines(
        axes,
        [
            forms.Line("Nordland", county, colour="fjord", strong=True, labels="ends"),
            forms.Line("Noreg", country, colour="stein", dashes="--", labels="ends"),
        ],
    )
    forms.ticks(axes, [(value.period[:4], value.when) for value in county])
    return Drawing(
        figure,
        finding,
        "Linjediagram; den loddrette aksen byrjar ikkje på null. Uføretrygda i prosent av befolkninga på 18–67 år, "
        f"juni kvart år. Nordland: {w.over_time(county)}. Noreg: {w.over_time(country)}.",
        w.quantities(county, country),
        "Aldersstandardiserte tal. Aksen byrjar ikkje på null.",
    )
