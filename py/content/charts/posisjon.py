"""Figures of the part on exports, research, the county's position and emissions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from content.indicators.posisjon import MAINLAND, export_share, exports
from notat.data.quantity import Quantity, scaled, total
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms, marks
from notat.show.charts import words as w
from notat.show.charts.style import beside, new_figure

_COUNTY = "Trøndelag"
_BILLIONS = "mrd. kr"
_SHARES = "Trøndelags andel av landet 2020–2022, prosent"
_THOUSANDTH = Fraction(1, 1000)
_UNDATED_YEAR = "2022"  # the note from 2023 gives its share of exports without a year; 2022 is the likely one
# The part of the mainland's exports that SSB assigns to no county.
_NO_COUNTY = ("Norske varer fra flere fylker", "Reeksport", "Uoppgitt fylke")


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


@chart("eksport-fylke")
def exports_by_county(numbers: Numbers) -> Drawing:
    """Trøndelag is number eight of eleven counties."""
    frame = numbers.data.frame(
        "eksport", maal="Vareeksport", gruppe="", periode="2020", kilde="v_ssb_eksport_2020_forelopig"
    )
    elsewhere = total(frame.loc[frame["geografi"].isin(_NO_COUNTY), "tall"])
    counties = w.of_frame(frame[~frame["geografi"].isin((*_NO_COUNTY, MAINLAND))], names="geografi")
    values = w.ranked(_billions(value.quantity, value.label) for value in counties)
    county, first = w.find(values, _COUNTY), values[0]
    final = _billions(numbers["vareeksport_2020"].quantity, period="2020")
    place = values.index(county) + 1
    finding = f"I 2020 var Trøndelag nummer {w.counted(place)} av {w.counted(len(values))} fylker i vareeksport."
    w.claim(place == numbers["vareeksport_rang_fylke_2020"].quantity.value, finding)
    figure, [axes] = new_figure(2.7)
    forms.bars(axes, values, unit=False)
    marks.unit_note(axes, "Vareeksport 2020, milliarder kroner")
    return Drawing(
        figure,
        finding,
        f"Liggende søylediagram, sortert fra {w.sure('mest', first, among=values)} til "
        f"{w.sure('minst', values[-1], among=values)}. Trøndelag er framhevet. Vareeksport i 2020 i milliarder kroner: "
        f"{w.listed(f'{value.label} {value.text(unit=False)}' for value in values)}.",
        w.quantities(values),
        f"Foreløpige tall; det endelige for Trøndelag er {final}. I tillegg kom {_billions(elsewhere)} fra "
        "Fastlands-Norge som ikke er ført på fylke: varer fra flere fylker, reeksport og uoppgitt.",
    )


@chart("fou-sektor")
def research_by_sector(numbers: Numbers) -> Drawing:
    """Universities and institutes weigh far more in the country than business does."""
    names = {"uh": "Universiteter og høyskoler", "naeringsliv": "Næringsliv", "institutt": "Institutter"}
    amounts = w.ranked(w.of_number(numbers[f"fou_{key}_2021"], name) for key, name in names.items())
    ids = {
        "Universiteter og høyskoler": "fou_uh_andel_norge_pst_2021",
        "Næringsliv": "fou_naeringsliv_andel_norge_2021",
        "Institutter": "fou_institutt_andel_norge_pst_2021",
    }
    shares = [w.of_number(numbers[ids[value.label]], value.label) for value in amounts]
    business, institutes = w.find(shares, "Næringsliv"), w.find(shares, "Institutter")
    higher = w.find(shares, "Universiteter og høyskoler")
    finding = f"Instituttene i Trøndelag sto for {institutes} av sektorens FoU i 2021, næringslivet for {business}."
    w.claim(institutes.x > higher.x > 1.5 * business.x, finding)
    figure, [left, right] = new_figure(1.8, columns=2)
    strong = (institutes.label, higher.label)
    forms.bars(left, amounts, highlight=strong, unit=False)
    forms.bars(right, shares, highlight=strong, names=False)
    marks.unit_note(left, "FoU-utgifter 2021, milliarder kroner")
    marks.unit_note(right, "Andel av sektoren i landet 2021, prosent")
    return Drawing(
        figure,
        finding,
        "To liggende søylediagrammer side om side for FoU i Trøndelag i 2021. FoU-utgifter: "
        f"{w.spelled(amounts)}. Andel av utgiftene i samme sektor i landet: {w.spelled(shares)}.",
        w.quantities(amounts, shares),
        "Universiteter og høyskoler er ført der ledelsen har adresse.",
    )


@chart("posisjon")
def position(numbers: Numbers) -> Drawing:
    """Research is far above the share of people, exports clearly below."""
    names = {
        "fou_utgifter_andel_norge_2021": "FoU-utgifter (2021)",
        "fou_utgifter_andel_norge_2021_portalen": "FoU ifølge Trøndelag i tall (2021)",
        "arbeidsplasser_andel_norge": "Arbeidsplasser",
        "verdiskaping_andel_fastland_2020": "Verdiskaping på fastlandet (2020)",
        "vareeksport_andel_fastland": "Vareeksport fra fastlandet",
    }
    values, people = _shares_of_country(numbers, names)
    research, portal = (w.find(values, name) for name in list(names.values())[:2])
    finding = f"Trøndelag har {people} av befolkningen, men hadde {research} av landets utgifter til FoU i 2021."
    w.claim(min(research.x, portal.x) > 1.5 * people.x, finding)
    note = (
        "Andelene av befolkning, arbeidsplasser og vareeksport er uten år i kilden, men gjelder trolig 2022. "
        "Det åpne merket er et tall fra en annen kilde."
    )
    return _beside_people(values, people, finding, note, hollow=(portal.label,))


@chart("trondelag-mot-landet")
def county_and_nation(numbers: Numbers) -> Drawing:
    """Meat and research weigh more than people do, value added and exports less."""
    names = {
        "kjott_trondelag_andel_norge_pst_2022": "Kjøttproduksjon (2022)",
        "fou_utgifter_andel_norge_2021": "Forskning og utvikling (2021)",
        "arbeidsplasser_andel_norge": "Arbeidsplasser",
        "verdiskaping_andel_fastland_2020": "Verdiskaping på fastlandet (2020)",
        "vareeksport_andel_fastland": "Vareeksport fra fastlandet",
    }
    values, people = _shares_of_country(numbers, names)
    meat, research, _, added, _ = (w.find(values, name) for name in names.values())
    finding = (
        f"Trøndelag står for {w.sure('mye mer', research, than=people)} av kjøttproduksjonen og forskningen i landet "
        "enn folketallet tilsier."
    )
    w.claim(meat.x > 1.5 * people.x and added.x < people.x, finding)
    note = "Andelene av befolkning, arbeidsplasser og vareeksport gjelder trolig 2022."
    return _beside_people(values, people, finding, note)


def _shares_of_country(numbers: Numbers, names: Mapping[str, str]) -> tuple[list[w.Value], w.Value]:
    """The county's shares of the country by these ids, from the largest, and its share of the people."""
    values = w.ranked(w.of_number(numbers[id_], name) for id_, name in names.items())
    return values, w.of_number(numbers["befolkning_andel_norge"], "Befolkning")


def _beside_people(
    values: list[w.Value], people: w.Value, finding: str, note: str, *, hollow: tuple[str, ...] = ()
) -> Drawing:
    """Each share as its distance from the share of the people."""
    figure, [axes] = new_figure(2.6)
    marks.distances(axes, values, people, f"Befolkning {people}", unit=_SHARES, hollow=hollow)
    axes.set_xlim(left=0)
    return Drawing(
        figure,
        finding,
        "Punktdiagram med en loddrett linje for befolkningen. Trøndelags andel av landet: "
        f"befolkning {people}, {w.spelled(values)}.",
        (*w.quantities(values), people.quantity),
        note,
    )
