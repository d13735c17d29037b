"""The figures of the part on exports that no form declares.

`eksport` and `eksportandel` put numbers of two sources after each other, and the older ones are two counties summed.
"""

from __future__ import annotations

from fractions import Fraction

from notat.data.dataset import Data
from notat.data.quantity import Quantity, percent_of, scaled, total
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms, marks
from notat.show.charts import words as w
from notat.show.charts.style import beside, new_figure

COUNTY, MAINLAND = "Trøndelag", "Fastlands-Norge"
OLD_COUNTIES = ("Sør-Trøndelag", "Nord-Trøndelag")
_FIRST_YEAR_AS_ONE, _LAST_YEAR = 2018, 2020
_PRELIMINARY = "v_ssb_eksport_2020_forelopig"
_BILLIONS = "mrd. kr"
_THOUSANDTH = Fraction(1, 1000)
_UNDATED_YEAR = "2022"  # the note from 2023 gives its share of exports without a year; 2022 is the likely one


def exports(data: Data, year: int, place: str = COUNTY) -> Quantity:
    """SSB's goods exports in mill. kr, 2013–2020, preliminary for 2020; two counties to be added before 2018."""
    old = place == COUNTY and year < _FIRST_YEAR_AS_ONE
    where = {"maal": "Vareeksport", "gruppe": "", "periode": str(year), "enhet": "mill. kr"}
    if year == _LAST_YEAR:
        where["kilde"] = _PRELIMINARY
    return total(data.cell("eksport", geografi=name, **where) for name in (OLD_COUNTIES if old else (place,)))


def export_share(data: Data, year: int) -> Quantity:
    """The county's percentage of SSB's goods exports from the mainland, 2013–2020."""
    return percent_of(exports(data, year), exports(data, year, MAINLAND))


def _billions(quantity: Quantity, label: str = "", period: str = "") -> w.Value:
    return w.Value(label, scaled(quantity, _THOUSANDTH, _BILLIONS), 1, period)


@chart("eksport")
def export_growth(numbers: Numbers) -> Drawing:
    """Exports grew slowly to 2020 and then fast."""
    # The series has the preliminary amount of its last year; the final one is a number of its own.
    statistics = [_billions(exports(numbers.data, year), period=str(year)) for year in range(2013, 2020)]
    statistics.append(_billions(numbers["vareeksport_2020"].quantity, period="2020"))
    note = [w.of_number(numbers[id_]) for id_ in ("vareeksport_2021", "vareeksport_2022")]
    first, middle, last = statistics[0], statistics[-1], note[-1]
    finding = (
        f"Vareeksporten fra Trøndelag {w.sure('økte', middle, since=first)} langsomt til {middle.period}, men nådde "
        f"{last.text(unit=False)} milliarder kroner i {last.period}."
    )
    slow = (middle.x / first.x) ** (1 / (middle.when - first.when))
    fast = (last.x / middle.x) ** (1 / (last.when - middle.when))
    w.claim(slow < 1.05 and fast > 1.2, finding)
    growth = w.of_number(numbers["vareeksport_endring_2021_2022"])
    figure, [axes] = new_figure(2.5)
    forms.columns(axes, [*statistics, *note], highlight=[value.period for value in note], unit=False)
    marks.unit_note(axes, "Milliarder kroner, løpende priser")
    beside(axes, "SSBs tall", (first.when - 0.36, first.x * 1.36), 1, colour="stein")
    beside(axes, "fylkeskommunens tall", (last.when - 0.36, last.x * 0.96), -6, colour="fjord", weight=600)
    return Drawing(
        figure,
        finding,
        "Stående søylediagram. Vareeksport fra Trøndelag i milliarder kroner, løpende priser. Tall fra SSB: "
        f"{_amounts(statistics)}. Fylkeskommunens tall: {_amounts(note)}.",
        w.quantities(statistics, note),
        f"Tallet for {note[0].period} er nivået i {last.period} minus {w.sure('økningen', growth)}. Før "
        "2018 er Sør- og Nord-Trøndelag lagt sammen.",
    )


def _amounts(values: list[w.Value]) -> str:
    return w.listed(f"{value.text(unit=False)} i {value.period}" for value in values)


@chart("eksportandel")
def share_of_exports(numbers: Numbers) -> Drawing:
    """The share has stayed within a narrow band; 2019 was near its lower end."""
    statistics = [w.Value("", export_share(numbers.data, year), 1, str(year)) for year in range(2013, 2021)]
    printed = numbers["vareeksport_andel_fastland"]
    note = w.Value("", printed.quantity, printed.decimals, _UNDATED_YEAR)
    *_, weak, last = statistics
    ranks = w.ranked(statistics)
    low, high = ranks[-1], ranks[0]
    finding = (
        f"Trøndelags andel av vareeksporten fra Fastlands-Norge lå mellom {low.text(unit=False)} og {high} fra "
        f"{statistics[0].period} til {last.period}."
    )
    w.claim(low.x <= note.x <= high.x and weak in ranks[-2:], finding)
    figure, [axes] = new_figure(1.9)
    below = [value.period for value in ranks[-2:]]
    line = forms.Line("", statistics, colour="fjord", strong=True, below=below)
    forms.lines(axes, [line], names=False)
    marks.mark(axes, note, second=True)
    beside(axes, f"{note}, fylkes-\nkommunens tall", (note.when, note.x), 8)
    forms.years(axes, [statistics[0].when, note.when])
    axes.set_ylim(4.5, 7)
    forms.value_axis(axes, "Prosent av vareeksporten fra Fastlands-Norge. Skalaen begynner ikke på null")
    return Drawing(
        figure,
        finding,
        "Linjediagram. Trøndelags andel av vareeksporten fra Fastlands-Norge: "
        f"{w.over_time(statistics)}. Et eget merke viser fylkeskommunens tall, {note}, trolig for {note.period}.",
        (*w.quantities(statistics), note.quantity),
        f"{w.sure('Økningen', last, since=weak)} siden {weak.period} begynner i et svakt år. Tallet for {last.period} "
        f"er foreløpig. Fylkeskommunens tall, {note}, er uten år og er her satt til {note.period}.",
    )
