"""Figures of the chapter on competence: exclusion and disability."""

from __future__ import annotations

from content.published import published
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms
from notat.show.charts import words as w
from notat.show.charts.style import new_figure

_COUNTY, _COUNTRY = "Trøndelag", "Norge"


@chart("neet")
def young_outside(numbers: Numbers) -> Drawing:
    """The share fell to its lowest and has risen since, or fell all along; it is mostly lower than in the country."""
    county, country = w.by("geografi", published(numbers, "serier/neet_pst", sted=["50", "0"])).values()
    first, low, last = county[0], w.ranked(county)[-1], county[-1]
    every_year = all(ours.x < theirs.x for ours, theirs in zip(county, country, strict=True))
    below = f", og den lå {w.sure('under', county, than=country)} landet alle årene" if every_year else ""
    risen = ""
    if last is not low:
        risen = f", men har siden {w.sure('økt', last, since=low)} til {last} i {last.period[:4]}"
    finding = (
        f"Andelen av 15–29-åringene i Trøndelag som er utenfor arbeid, utdanning og arbeidsmarkedstiltak, "
        f"{w.sure('falt', low, since=first)} fra {first} i {first.period[:4]} til {low} i {low.period[:4]}"
        f"{risen}{below}."
    )
    figure, [axes] = new_figure(2.4)
    forms.lines(
        axes,
        [
            forms.Line("Trøndelag", county, colour="fjord", strong=True, labels="last"),
            forms.Line("landet", country, colour="stein", dashes="--", hollow=True, labels="last"),
        ],
        name_gap=0.5,
    )
    axes.set_ylim(8, 13)
    forms.ticks(axes, [(value.period[:4], value.when) for value in county])
    forms.value_axis(axes, "Prosent av alle bosatte på 15–29 år, 4. kvartal. Skalaen begynner ikke på null")
    return Drawing(
        figure,
        finding,
        "Linjediagram; den loddrette aksen begynner ikke på null. Andel av bosatte på 15–29 år som er utenfor arbeid, "
        f"utdanning og arbeidsmarkedstiltak. Trøndelag: {w.over_time(county)}. Landet, stiplet linje: "
        f"{w.over_time(country)}.",
        w.quantities(county, country),
        "Alle årene i serien som var publisert da utgaven ble avsluttet, er med. Eldre aldersgrupper er ikke vist.",
    )


@chart("ufore")
def disability(numbers: Numbers) -> Drawing:
    """Trøndelag has been above the country all years; counties differ by a factor of two."""
    measure = "Uføretrygdede i prosent av befolkningen 18–67 år, aldersstandardisert"
    places = w.by("geografi", numbers.data.frame("utenforskap", maal=measure))
    county, country = places[_COUNTY], places[_COUNTRY]
    last = w.ranked(values[-1] for place, values in places.items() if place != _COUNTRY)
    highest, lowest = last[0], last[-1]
    first_year, year, newest = county[0].period[:4], county[-1].period[:4], w.month(county[-1].period)
    finding = (
        f"I Trøndelag fikk {county[-1]} av dem på 18–67 år uføretrygd i {newest}, mot {country[-1]} i landet, "
        f"{highest} i {highest.label} og {lowest} i {lowest.label}; fylket har ligget "
        f"{w.sure('over', county, than=country)} landet alle årene siden {first_year}."
    )
    before = [w.Value(place, values[5].quantity - values[0].quantity) for place, values in places.items()]
    after = [w.Value(place, values[-1].quantity - values[5].quantity) for place, values in places.items()]
    either_way = [*after, *(w.Value(value.label, value.quantity * -1) for value in after)]
    rose = w.sure("steg … mer", [*before, *before], than=either_way, shown="andelen")
    steady = f"I landet og alle fylkene {rose} fram til {county[5].period[:4]} enn den har endret seg siden."
    figure, [axes] = new_figure(3.2)
    shown = {
        highest.label: ("lyng", "-."),
        _COUNTY: ("fjord", "-"),
        _COUNTRY: ("stein", "--"),
        lowest.label: ("skog", ":"),
    }
    others = [values for place, values in places.items() if place not in shown]
    forms.lines(
        axes, [forms.Line("", values, colour="taake", labels="none", marks=False) for values in others], names=False
    )
    forms.lines(
        axes,
        [
            forms.Line(place, places[place], colour=shade, dashes=dashes, strong=place == _COUNTY, labels="last")
            for place, (shade, dashes) in shown.items()
        ],
        name_gap=0.6,
    )
    axes.set_ylim(6, 14.6)
    forms.value_axis(axes, "Prosent av befolkningen på 18–67 år, justert for alder")
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
        "Justert for at fylkene har ulik alder. Målt i juni. Lyse linjer er de andre fylkene, inndelt som i 2024. "
        "Aksen begynner ikke på null.",
    )
