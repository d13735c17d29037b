"""Figures of the part on agriculture and travel."""

from __future__ import annotations

from content.indicators.satsing import OLD_COUNTIES, applied_area, meat
from notat.data.quantity import Quantity, percent_change, total
from notat.norsk import HARD_SPACE
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms, marks
from notat.show.charts import words as w
from notat.show.charts.style import beside, colours, new_figure

_COUNTY, _COUNTRY = "Trøndelag", "Norge"
_KINDS = {"Fjørfe": "fjord", "Svin": "hav", "Storfe": "kyst", "Sau og lam": "stein", "Annet": "taake"}
_OTHER = ("Annet kjøtt", "Hest")
_AREA = "Jordbruksareal det er søkt tilskudd for"


@chart("kjott-fylke")
def meat_by_county(numbers: Numbers) -> Drawing:
    """Trøndelag is second, Innlandet close behind, and poultry is the largest kind here."""
    data = numbers.data
    groups = [kind for kind in _KINDS if kind != "Annet"] + list(_OTHER)
    frame = data.frame("landbruk", maal="Kjøttproduksjon", gruppe=groups, periode="2022")
    kinds = w.wide(frame, index="geografi", columns="gruppe")
    kinds["Annet"] = kinds[list(_OTHER)].agg(total, axis="columns")
    totals = w.ranked(w.Value(name, meat(data, name)) for name in kinds.index)
    order = [value.label for value in totals]
    parts = [
        (kind, colour, [w.Value(kind, found) for found in kinds.loc[order, kind]]) for kind, colour in _KINDS.items()
    ]
    county = w.find(totals, _COUNTY)
    first, _, third = totals[:3]
    own = w.ranked(values[totals.index(county)] for _, _, values in parts)
    least = max(values[i].x for kind, _, values in parts if kind == "Annet" for i in range(len(totals)))
    finding = (
        f"Trøndelag produserte {county} tonn kjøtt i 2022, {w.sure('nest mest', county, among=totals)} etter "
        f"{first.label} ({first}) og {w.sure('noe mer enn', county, than=third)} {third.label} ({third}); "
        f"{w.sure('det største', own[0], among=own)} slaget i Trøndelag var {own[0].label.lower()} med {own[0]} tonn."
    )
    w.claim(least < 0.01 * county.x, "Annet kjøtt er for lite til å syns.")
    figure, [axes] = new_figure(2.8)
    marks.stacked_bars(axes, totals, parts, noun="tonn")
    return Drawing(
        figure,
        finding,
        "Liggende søylediagram med søylene delt etter dyreslag, sortert fra "
        f"{w.sure('mest', first, among=totals)} til {w.sure('minst', totals[-1], among=totals)}. Trøndelag er "
        f"framhevet. Kjøtt i alt i 2022, tonn: {w.spelled(totals)}. I Trøndelag: {w.spelled(own)}.",
        w.quantities(*(values for _, _, values in parts)),
        "Innerst i søylen står fjørfe, så svin, storfe og sau og lam. Hest og annet kjøtt er med, men er for lite til "
        "å syns.",
    )


@chart("melkebruk")
def milk_producers(numbers: Numbers) -> Drawing:
    """Two of three were gone by 2018; three of four would leave still fewer."""
    first, last = (w.of_number(numbers[f"melkeprodusenter_{year}"]) for year in (1998, 2018))
    number = numbers["melkebruk_igjen_hvis_tre_av_fire"]
    level = w.Value("", number.quantity, number.decimals, number.period)
    fall = w.of_number(numbers["melkeprodusenter_endring_pst_1998_2018"])
    finding = (
        f"Tallet på melkeprodusenter i Trøndelag {w.sure('falt', last, since=first)} fra {first} i {first.period} til "
        f"{last} i {last.period}, altså med {w.Value('', fall.quantity).text(absolute=True)}; var tre av fire borte i "
        f"{level.period}, var det {w.sure('bare', level, than=last)} om{HARD_SPACE}lag {level} igjen."
    )
    figure, [axes] = new_figure(2.3)
    line = forms.Line("", (first, last), colour="fjord", strong=True, gap=last.when - first.when)
    forms.lines(axes, [line], names=False)
    axes.plot([last.when, level.when], [last.x, level.x], ":", color=colours()["fjord"], linewidth=1.4)
    marks.mark(axes, (level.when, level.x), second=True)
    beside(axes, f"{level} hvis tre av\nfire er borte", (level.when, level.x), 8)
    forms.years(axes, [first.when, level.when], every=5)
    axes.set_ylim(0, first.x * 1.1)
    return Drawing(
        figure,
        finding,
        f"Linjediagram med to kjente punkter. Melkeprodusenter i Trøndelag: {w.over_time((first, last))}. Et åpent "
        f"merke viser at om lag {level} ville vært igjen i {level.period} om tre av fire var borte siden "
        f"{first.period}.",
        (*w.quantities((first, last)), level.quantity),
        "Årene mellom punktene er ikke kjent. Det åpne merket er regnet ut fra påstanden i notatet fra 2023, ikke "
        "telt.",
    )


@chart("jordbruksareal")
def farmland(numbers: Numbers) -> Drawing:
    """The area fell everywhere, somewhat less in Trøndelag than in the country."""
    data = numbers.data
    names = data.frame("landbruk", maal=_AREA, periode="2016")["geografi"]

    def area(place: str, year: str) -> Quantity:
        return (
            applied_area(data, year)
            if place == _COUNTY
            else data.cell("landbruk", maal=_AREA, geografi=place, periode=year)
        )

    places = [_COUNTY, *(name for name in names if name not in OLD_COUNTIES)]
    changes = (percent_change(old=area(place, "2007"), new=area(place, "2016")) for place in places)
    values = w.ranked(w.Value(place, change, 1) for place, change in zip(places, changes, strict=True))
    falls = [w.Value(value.label, value.quantity * -1, 1) for value in values]
    county, country = w.find(values, _COUNTY), w.find(values, _COUNTRY)
    finding = (
        f"Arealet det søkes tilskudd for, {w.sure('gikk ned', values)} fra 2007 til 2016 i alle de "
        f"{w.counted(len(values) - 1)} fylkene vi har tall for, med {county.text(absolute=True)} i Trøndelag og "
        f"{country.text(absolute=True)} i landet."
    )
    figure, [axes] = new_figure(3.4)
    forms.bars(axes, values, reference=(_COUNTRY,))
    marks.names_at_right(axes, (_COUNTY,))
    return Drawing(
        figure,
        finding,
        f"Liggende søylediagram med søyler mot venstre for {w.counted(len(values) - 1)} fylker og landet, sortert "
        f"fra {w.sure('minst', falls[0], among=falls)} til {w.sure('størst nedgang', values[-1], among=values)}. "
        f"{w.sure('Øverst', values[0], among=values)} står {w.spelled(values[:3])}. Trøndelag er framhevet med "
        f"{county}, landet har {country}. {w.sure('Nederst', values[-1], among=values)} står "
        f"{w.spelled(values[-3:])}.",
        w.quantities(values),
        "Fylkesgrensene er de som gjaldt i 2018. Oslo er med i tallet for landet, men har ikke egen søyle.",
    )


@chart("overnattinger")
def nights(numbers: Numbers) -> Drawing:
    """More than half of the nights are spent in Trondheim."""
    frame = numbers.data.frame("opplevelser", maal="Overnattinger", gruppe="Alle typer", kilde="v_frostingen_2023")
    values = w.ranked(w.of_frame(frame, names="geografi"))
    first, second = values[:2]
    share = w.of_number(numbers["overnattinger_trondheim_andel_pst_2022"])
    whole = w.of_number(numbers["overnattinger_alle_typer_2022"])
    finding = (
        f"{first.label} hadde {share} av de {whole} overnattingene i Trøndelag i 2022, og {second.label} hadde "
        f"{w.sure('nest flest', second, among=values)} med {second}."
    )
    w.claim(first.label == "Trondheim" and share.x > 50, finding)
    figure, [axes] = new_figure(2.3)
    forms.bars(axes, values, highlight=(first.label,))
    marks.unit_note(axes, "Overnattinger")
    return Drawing(
        figure,
        finding,
        f"Liggende søylediagram, sortert fra {w.sure('flest', first, among=values)} til "
        f"{w.sure('færrest', values[-1], among=values)}. Trondheim er framhevet. Overnattinger i 2022 etter region: "
        f"{w.spelled(values)}.",
        w.quantities(values),
        "Hotell, camping, hyttegrend og vandrerhjem.",
    )
