"""Figures of the chapter on work."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms
from notat.show.charts import words as w
from notat.show.charts.style import new_figure

_MEASURE = "Disability benefit recipients in per cent of the population aged 18–67, age-standardised"


@chart("ufore")
def disability(numbers: Numbers) -> Drawing:
    """The share has fallen in the county since its peak, and is unchanged in the country."""
    frame = numbers.data.frame("arbeid", maal=_MEASURE, geografi=["Nordland", "Norway"])
    county, country = w.by("geografi", frame).values()
    top = w.ranked(county)[0]
    higher = w.sure("is still higher than", county[-1], than=country[-1], earlier=top)
    finding = (
        f"The share on disability benefit in Nordland {w.sure('has fallen', county[-1], since=top)} from {top} in June "
        f"{top.period[:4]} to {county[-1]} in June {county[-1].period[:4]}, "
        f"but {higher} in Norway as a whole ({country[-1]})."
    )
    figure, [axes] = new_figure(2.6)
    forms.lines(
        axes,
        [
            forms.Line("Nordland", county, colour="fjord", strong=True, labels="ends"),
            forms.Line("Norway", country, colour="stein", dashes="--", labels="ends"),
        ],
    )
    forms.ticks(axes, [(value.period[:4], value.when) for value in county])
    return Drawing(
        figure,
        finding,
        "Line chart; the vertical axis does not begin at zero. Disability benefit recipients in per cent of the "
        f"population aged 18–67, June each year. Nordland: {w.over_time(county)}. Norway: {w.over_time(country)}.",
        w.quantities(county, country),
        "Age-standardised numbers. The axis does not begin at zero.",
    )
