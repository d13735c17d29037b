"""Figures of the chapter on competence: work, shortage of people and ageing."""

from __future__ import annotations

from notat.data.quantity import percent_change
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms
from notat.show.charts import words as w
from notat.show.charts.style import new_figure

_COUNTY = "Trøndelag"
_SHARE = "prosent"


@chart("fylkesvekst")
def growth_by_county(numbers: Numbers) -> Drawing:
    """Trøndelag grew more than the country, but less than Oslo and Viken."""
    frame = numbers.data.frame(
        "sysselsetting", maal="Endring i sysselsatte, prosent", gruppe="Alle næringer", periode="2015–2022"
    )
    values = w.ranked(w.of_frame(frame, names="geografi"))
    county, country = w.find(values, _COUNTY), w.find(values, "Norge")
    above = [value for value in values if value.x > county.x]
    finding = (
        f"Tallet på sysselsatte i Trøndelag {w.sure('økte', county)} med {county} fra 2015 til 2022, "
        f"{w.sure('mer enn', county, than=country)} i landet ({country}), men "
        f"{w.sure('mindre enn', county, than=above)} i {w.listed(f'{v.label} ({v})' for v in above)}."
    )
    figure, [axes] = new_figure(2.1)
    forms.bars(axes, values, reference=("Norge", "Fastlands-Norge"))
    return Drawing(
        figure,
        finding,
        f"Liggende søylediagram. {w.sure('Vekst', values)} i sysselsatte etter arbeidssted 2015–2022: "
        f"{w.spelled(values)}.",
        w.quantities(values),
        f"I Rogaland er en del av {w.sure('veksten', w.find(values, 'Rogaland'))} arbeidsplasser som statistikken i "
        "2018 flyttet fra kontinentalsokkelen.",
    )


@chart("naeringsvekst")
def growth_by_industry(numbers: Numbers) -> Drawing:
    """IT services and ICT grew fastest; mining and transport shrank."""
    parts = {
        "ikt_endring_pst_2015_2022": "Informasjon og kommunikasjon",
        "it_tjenester_endring_pst_2015_2022": "herav IT-tjenester",
        "helse_sosial_endring_pst_2015_2022": "Helse- og sosialtjenester",
        "sykehus_endring_pst_2015_2022": "herav sykehustjenester",
        "sysselsatte_endring_pst_2015_2022_trondelag": "Alle næringer",
        "transport_lagring_endring_pst_2015_2022": "Transport og lagring",
        "bergverk_utvinning_endring_pst_2015_2022": "Bergverksdrift og utvinning",
    }
    values = [w.of_number(numbers[id_], name) for id_, name in parts.items()]
    within = [value for value in values if value.label.startswith("herav")]
    whole = w.ranked(value for value in values if value not in within)
    first, last = whole[0], whole[-1]
    frame = numbers.data.frame(
        "sysselsetting", maal="Endring i sysselsatte, prosent", geografi=_COUNTY, periode="2015–2022"
    )
    parts_of_others = {value.quantity for value in within}
    known = [value for value in w.of_frame(frame) if value.quantity not in parts_of_others]
    finding = (
        f"{first.label} {w.sure('vokste raskest', first, among=[*whole, *known])} av næringene vi har tall for, med "
        f"{first} i Trøndelag fra 2015 til 2022, mens {last.label.lower()} {w.sure('falt', last)} med "
        f"{last.text(absolute=True)}."
    )
    figure, [axes] = new_figure(2.4)
    forms.bars(
        axes,
        values,
        highlight=(first.label,),
        muted=[value.label for value in within],
        reference=("Alle næringer",),
        plus=True,
    )
    return Drawing(
        figure,
        finding,
        "Liggende søylediagram med søyler til høyre for vekst og til venstre for nedgang. Endring i sysselsatte i "
        f"Trøndelag 2015–2022: {w.spelled(values, plus=True)}.",
        w.quantities(values),
        "Bare næringene som notatet fra 2023 oppgir.",
    )


@chart("ledighet")
def unemployment(numbers: Numbers) -> Drawing:
    """January 2023 was lower than January 2018, but autumn 2022 was lower still."""
    frame = numbers.data.frame("arbeidsmarked", maal="Helt ledige, andel av arbeidsstyrken", geografi=_COUNTY)
    values = w.of_frame(frame)
    first, last, lowest = values[0], values[-1], w.ranked(values)[-1]
    finding = (
        f"I {w.month(last.period)} var {last} av arbeidsstyrken i Trøndelag helt ledige, mot {first} i "
        f"{w.month(first.period)}; {w.sure('den laveste', lowest, among=values)} målingen vi kjenner, er {lowest} i "
        f"{w.month(lowest.period)}."
    )
    w.claim(lowest.x < last.x < first.x, finding)
    figure, [axes] = new_figure(2.4)
    line = forms.Line(
        "",
        values,
        colour="fjord",
        strong=True,
        gap=0.6,
        below=("2022-04", "2022-10", "2021-12"),
        beside=("2019-03", "2022-12", "2023-01"),
        rounded=("2019-03",),
    )
    forms.lines(axes, [line], names=False)
    axes.set_ylim(0, 2.8)
    known = [value.when for value in values]
    forms.remark(axes, "ingen målinger funnet", (known[1] + known[2]) / 2, values[1].x)
    return Drawing(
        figure,
        finding,
        "Punktdiagram over tid med linje der målingene ligger tett. Helt ledige i prosent av arbeidsstyrken i "
        f"Trøndelag: {w.over_time(values)}.",
        w.quantities(values),
        "Punktene er enkeltmåneder fra ulike oppslag, ikke en hel serie, og januar ligger vanligvis over høsten. "
        "Tallet for mars 2019 er trolig avrundet til hele prosent; streken viser hva det kan stå for.",
    )


@chart("arbeidskraftmangel")
def shortage(numbers: Numbers) -> Drawing:
    """The estimate of missing people peaked in 2022."""
    frame = numbers.data.frame("arbeidsmarked", maal="Anslått mangel på arbeidskraft", gruppe="Alle næringer")
    values = w.of_frame(frame)
    most, last = w.ranked(values)[0], values[-1]
    finding = (
        f"NAV anslo at det manglet {most} personer i Trøndelag i {most.period}, "
        f"{w.sure('det høyeste', most, among=values)} av de {w.counted(len(values))} anslagene vi har, og {last} i "
        f"{last.period}."
    )
    w.claim(most.period not in (values[0].period, last.period), finding)
    figure, [axes] = new_figure(2.4)
    forms.columns(axes, values, highlight=(most.period,))
    missing = range(int(values[0].when) + 1, int(values[1].when))
    forms.remark(axes, "anslag ikke funnet", sum(missing) / len(missing), values[0].x / 10)
    return Drawing(
        figure,
        finding,
        f"Stående søylediagram. Anslått mangel på arbeidskraft i Trøndelag, personer: {w.over_time(values)}. "
        f"Årene {missing[0]}–{missing[-1]} mangler.",
        w.quantities(values),
        "Anslagene bygger på en årlig utvalgsundersøkelse blant virksomheter og er usikre.",
    )


@chart("udekket")
def unmet_need(numbers: Numbers) -> Drawing:
    """The country peaked in 2021, between the two years that the note from 2023 compares."""
    measure = "NHO-bedrifter med i stor grad udekket kompetansebehov"
    frame = numbers.data.frame("kompetansebehov", maal=measure)
    is_country = frame["geografi"] == "Norge"
    country, note = w.of_frame(frame[is_country]), w.of_frame(frame[~is_country])
    top, before = country[-1], country[-2]
    finding = (
        f"I landet {w.sure('steg', top, since=before)} andelen NHO-bedrifter med i stor grad udekket kompetansebehov "
        f"fra {before} i {before.period} til {top} i {top.period}, et {w.sure('hopp', top, since=before)} som ikke "
        f"syns når notatet fra 2023 setter {note[0]} i {note[0].period} mot {note[-1]} i {note[-1].period}."
    )
    w.claim(top == w.ranked([*country, *note])[0] and note[0].when < top.when < note[-1].when, finding)
    figure, [axes] = new_figure(2.4)
    series = [
        forms.Line("Norge", country, colour="hav", strong=True),
        forms.Line("trolig Trøndelag", note, colour="lyng", strong=True, hollow=True, below=(note[0].period,)),
    ]
    forms.lines(axes, series)
    axes.set_ylim(0, 16)
    return Drawing(
        figure,
        finding,
        "Linjediagram. Andel NHO-bedrifter som i stor grad har udekket behov for kompetanse. Norge: "
        f"{w.over_time(country)}. Notatet fra 2023, trolig Trøndelag: {w.over_time(note)}.",
        w.quantities(country, note),
        "Notatet fra 2023 oppgir ikke om tallene gjelder Trøndelag, og året mellom dem mangler.",
    )


@chart("eldre")
def aged_80(numbers: Numbers) -> Drawing:
    """The share of people aged 80 and over about doubles in both projections."""
    frame = numbers.data.frame("befolkning", maal="Andel 80 år og eldre", geografi=_COUNTY)
    older, newer = w.by("gruppe", frame.sort_values(["gruppe", "periode"])).values()
    finding = (
        f"Andelen trøndere på 80 år og eldre blir {w.sure('om lag det dobbelte', newer[1], since=newer[0])} fram mot "
        f"{newer[1].period} i framskrivingen fra 2024, fra {newer[0]} i {newer[0].period} til {newer[1]}, og "
        f"{w.sure('mer enn det dobbelte', older[1], since=older[0])} i framskrivingen fra 2022, fra {older[0]} i "
        f"{older[0].period} til {older[1]}."
    )
    figure, [axes] = new_figure(2.2)
    series = [
        forms.Line("(framskriving 2022)", older, colour="kyst", dashes="--", hollow=True, gap=100, labels="ends"),
        forms.Line(
            "(framskriving 2024)", newer, colour="fjord", strong=True, gap=100, labels="ends", below=(newer[0].period,)
        ),
    ]
    forms.lines(axes, series, name_gap=0.9)
    axes.set_ylim(0, 11)
    forms.years(axes, [older[0].when, newer[1].when], every=4)
    return Drawing(
        figure,
        finding,
        "Linjediagram med to framskrivinger, hver mellom to kjente punkter. Andel av befolkningen i Trøndelag på 80 "
        f"år og eldre. Framskrivingen fra 2022: {w.over_time(older)}. Framskrivingen fra 2024: {w.over_time(newer)}.",
        w.quantities(older, newer),
        "Årene mellom punktene er ikke kjent; linjene viser bare hvor de begynner og slutter.",
    )


@chart("aldersgrupper")
def age_groups(numbers: Numbers) -> Drawing:
    """All growth to 2040 comes in the groups over 50; the younger shrink."""
    frame = numbers.data.frame("befolkning", maal="Befolkning etter alder", periode=["2020", "2040"])
    years = w.wide(frame, index="gruppe", columns="periode")
    people = [w.Value(name, new - old) for name, old, new in years.itertuples()]
    percent = [w.Value(name, percent_change(old=old, new=new)) for name, old, new in years.itertuples()]
    shrinking = [value for value in people if value.x < 0]
    most = w.ranked(people)[0]
    fastest = w.ranked(percent)[0]
    finding = (
        f"Fra 2020 til 2040 ventes gruppene {w.listed(v.label for v in shrinking)} i Norge å "
        f"{w.sure('bli mindre', shrinking)}, mens {most.label} {w.sure('øker', (most, fastest))} med {most} personer "
        f"og {fastest.label} med {fastest}."
    )
    w.claim(people[: len(shrinking)] == shrinking, finding)
    figure, [left, right] = new_figure(2.3, columns=2)
    for axes, values, title in ((left, people, "Endring i personer"), (right, percent, "Endring i prosent")):
        growing = [value.label for value in values if value.x > 0]
        forms.bars(axes, values, highlight=growing, plus=True, names=axes is left)
        axes.set_title(title)
    return Drawing(
        figure,
        finding,
        "To liggende søylediagrammer side om side, aldersgrupper fra yngst til eldst, Norge fra 2020 til 2040. Endring "
        f"i personer: {w.spelled(people, plus=True)}. Endring i prosent: {w.spelled(percent, plus=True)}.",
        w.quantities(people, percent),
        "Framskriving fra 2020. Aldersgruppene er ulike i bredde.",
    )
