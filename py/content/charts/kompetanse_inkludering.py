"""Figures of the chapter on competence: exclusion and disability."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms
from notat.show.charts import words as w
from notat.show.charts.style import new_figure

_COUNTY, _COUNTRY = "Trøndelag", "Norge"


@chart("ufore")
def disability(numbers: Numbers) -> Drawing:
    """Trøndelag has been above the country all years; counties differ by a factor of two."""
    measure = "Uføretrygdede i prosent av befolkningen 18–67 år, aldersstandardisert"
    places = w.by("geografi", numbers.data.frame("utenforskap", maal=measure))
    county, country = places[_COUNTY], places[_COUNTRY]
    last = w.ranked(values[-1] for place, values in places.items() if place != _COUNTRY)
    highest, lowest = last[0], last[-1]
    first_year, year = county[0].period[:4], county[-1].period[:4]
    finding = (
        f"Trøndelag har ligget {w.sure('over', county, than=country)} landet i andel uføretrygdede alle årene siden "
        f"{first_year}."
    )
    before = [w.Value(place, values[5].quantity - values[0].quantity) for place, values in places.items()]
    after = [w.Value(place, values[-1].quantity - values[5].quantity) for place, values in places.items()]
    either_way = [*after, *(w.Value(value.label, value.quantity * -1) for value in after)]
    rose = w.sure("steg … mer", [*before, *before], than=either_way, shown="andelen")
    steady = f"I landet og alle fylkene {rose} fram til {county[5].period[:4]} enn den har endret seg siden."
    figure, [axes] = new_figure(3.5)
    shown = {
        highest.label: ("lyng", "-."),
        _COUNTY: ("fjord", "-"),
        _COUNTRY: ("stein", "--"),
        lowest.label: ("skog", ":"),
    }
    others = [place for place in places if place not in shown]
    forms.lines(
        axes,
        [
            *(forms.Line(place, places[place], colour="taake", labels="none", marks=False) for place in others),
            *(
                forms.Line(place, places[place], colour=shade, dashes=dashes, strong=place == _COUNTY, labels="last")
                for place, (shade, dashes) in shown.items()
            ),
        ],
        name_gap=0.56,
    )
    axes.set_ylim(6, 15.5)
    forms.value_axis(axes, "Uføretrygdede i prosent av alle på 18–67 år, juni. Skalaen begynner ikke på null")
    forms.ticks(axes, [(value.period[:4], value.when) for value in county])
    ends = w.listed(f"{place} {places[place][0]} og {places[place][-1]}" for place in shown)
    return Drawing(
        figure,
        finding,
        "Linjediagram for landet og alle fylker; den loddrette aksen begynner ikke på null. Juni hvert år fra "
        f"{first_year} til {year}. Uføretrygdede i prosent av befolkningen på 18–67 år, justert for alder. "
        f"Første og siste år: {ends}. De andre fylkene ligger mellom "
        f"{lowest.label} og {highest.label} i {year}. {steady}",
        tuple(value.quantity for values in places.values() for value in values),
        "Justert for at fylkene har ulik alder. Grå linjer er de andre fylkene, inndelt som i 2024.",
    )
