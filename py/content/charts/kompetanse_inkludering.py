"""Figures of the chapter on competence: exclusion, disability, and the three strategies."""

from __future__ import annotations

import textwrap
from typing import Any

from matplotlib.patches import Rectangle

from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms
from notat.show.charts import words as w
from notat.show.charts.style import colours, new_figure

_COUNTY, _COUNTRY = "Trøndelag", "Norge"


@chart("utenforskap")
def exclusion(numbers: Numbers) -> Drawing:
    """The number fell in 2020 and 2021, and has turned since."""
    values = w.of_frame(numbers.data.frame("utenforskap", maal="Personer i utenforskap, 20–66 år"))
    by_year = {value.period[:4]: value for value in values}
    start, low, note, last = by_year["2019"], by_year["2021"], by_year["2022"], by_year["2024"]
    fall, whole_fall = (w.Value("", start.quantity - value.quantity) for value in (low, note))
    finding = (
        f"Tallet på personer i utenforskap i Norge {w.sure('falt', note, since=start)} fra {start} i desember 2019 til "
        f"{note} i desember 2022, {w.sure('nesten alt', fall, than=whole_fall)} før utgangen av 2021 ({low}), og "
        f"{w.sure('var tilbake på', last, than=values[0])} {last} i desember 2024."
    )
    w.claim(last.x > note.x, finding)
    figure, [axes] = new_figure(2.5)
    line = forms.Line(
        "",
        values,
        colour="fjord",
        strong=True,
        bridge=True,
        below=("2018-12", "2021-12", "2022-12"),
        rounded=[value.period for value in values if value.quantity.interval[1] - value.quantity.value > 1000],
    )
    forms.lines(axes, [line], names=False)
    axes.set_ylim(630_000, 725_000)
    all_years = range(int(min(by_year)), int(max(by_year)) + 1)
    forms.ticks(axes, [(f"des. {year}", w.moment(f"{year}-12")) for year in all_years])
    return Drawing(
        figure,
        finding,
        "Linjediagram; den loddrette aksen begynner ikke på null. Personer på 20–66 år i utenforskap i Norge: "
        f"{w.over_time(values)}. Desember 2023 mangler.",
        w.quantities(values),
        "Loddrette streker viser hva avrundede tall kan stå "
        "for. Den prikkede linja går over 2023, som vi ikke har tall for. Aksen begynner ikke på null.",
    )


@chart("ufore")
def disability(numbers: Numbers) -> Drawing:
    """Trøndelag has been above the country all years; counties differ by a factor of two."""
    measure = "Uføretrygdede i prosent av befolkningen 18–67 år, aldersstandardisert"
    places = w.by("geografi", numbers.data.frame("utenforskap", maal=measure))
    county, country = places[_COUNTY], places[_COUNTRY]
    last = w.ranked(values[-1] for place, values in places.items() if place != _COUNTRY)
    highest, lowest = last[0], last[-1]
    finding = (
        f"I Trøndelag fikk {county[-1]} av dem på 18–67 år uføretrygd i juni 2024, mot {country[-1]} i landet, "
        f"{highest} i {highest.label} og {lowest} i {lowest.label}; fylket har ligget "
        f"{w.sure('over', county, than=country)} landet alle årene siden {county[0].period[:4]}."
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
            forms.Line(place, places[place], colour=shade, dashes=dashes, strong=place == _COUNTY, labels="ends")
            for place, (shade, dashes) in shown.items()
        ],
        name_gap=0.6,
    )
    axes.set_ylim(6, 14.6)
    forms.ticks(axes, [(value.period[:4], value.when) for value in county])
    ends = w.listed(f"{place} {places[place][0]} og {places[place][-1]}" for place in shown)
    return Drawing(
        figure,
        finding,
        "Linjediagram for landet og alle fylker; den loddrette aksen begynner ikke på null. Juni hvert år fra 2015 til "
        "2024. Uføretrygdede i prosent av befolkningen på 18–67 år, justert for alder. "
        f"Første og siste år: {ends}. De andre fylkene ligger mellom "
        f"{lowest.label} og {highest.label} i 2024. {steady}",
        tuple(value.quantity for values in places.values() for value in values),
        "Justert for at fylkene har ulik alder. Målt i juni. Lyse linjer er de andre fylkene. Aksen begynner ikke på "
        "null.",
    )


_STRATEGIES = (
    (
        "Større arbeidsstyrke",
        (
            "De som står utenfor og kan arbeide, kommer i jobb",
            "De som ufrivillig jobber deltid, får heltid",
            "Folk arbeider lenger enn før",
            "Færre faller fra",
        ),
    ),
    (
        "Rekruttering og innvandring",
        (
            "Flere flytter hit, også fra andre regioner og landsdeler",
            "Flere kommer fra utlandet for å arbeide",
        ),
    ),
    (
        "Omstilling og mer igjen for arbeidet",
        (
            "De som alt er i jobb, får høyere kompetanse",
            "Virksomhetene tar i bruk ny teknologi, digitaliserer og fornyer seg",
        ),
    ),
)


@chart("strategier")
def strategies(numbers: Numbers) -> Drawing:
    """Three strategies side by side, with what each of them does."""
    count = numbers["arbeidskraft_strategier"]
    names = [name for name, _ in _STRATEGIES]
    finding = (
        f"{w.counted(len(names)).capitalize()} strategier kan til sammen dekke behovet for arbeidskraft i Trøndelag: "
        f"{w.listed(name[0].lower() + name[1:] for name in names)}."
    )
    w.claim(count.quantity.value == len(names), finding)
    palette = colours()
    figure, [axes] = new_figure(2.3)
    axes.set_xlim(0, len(names))
    axes.set_ylim(1, 0)
    axes.axis("off")
    for column, (name, means) in enumerate(_STRATEGIES):
        left, wide, head = column + 0.02, 0.96, 0.23
        axes.add_patch(Rectangle((left, head), wide, 1 - head, facecolor=palette["is"], edgecolor="none"))
        axes.add_patch(Rectangle((left, 0), wide, head, facecolor=palette["fjord"], edgecolor="none", gid="strategi"))
        middle: dict[str, Any] = {"va": "center", "color": palette["papir"], "fontweight": 600}
        axes.text(left + 0.06, head / 2, str(column + 1), fontsize=18, **middle)
        axes.text(left + 0.18, head / 2, textwrap.fill(name, 22), fontsize=10, **middle)
        line = head + 0.055
        for item in means:
            text = textwrap.fill(item, 32)
            axes.text(left + 0.06, line, "–", fontsize=9, va="top", color=palette["hav"])
            axes.text(left + 0.12, line, text, fontsize=9, va="top", linespacing=1.2)
            line += 0.097 * (text.count("\n") + 1) + 0.02
    spoken = " ".join(f"{i}: {name}. {'. '.join(means)}." for i, (name, means) in enumerate(_STRATEGIES, 1))
    return Drawing(
        figure,
        finding,
        f"Tre bokser side om side, én for hver strategi, med grepene under. {spoken}",
        (count.quantity,),
    )
