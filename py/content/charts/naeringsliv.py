"""Figures of the part on value creation and enterprises."""

from __future__ import annotations

from content.indicators.naeringsliv import workplaces
from notat.data.quantity import total
from notat.norsk import HARD_SPACE
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms, marks
from notat.show.charts import words as w
from notat.show.charts.style import beside, colours, new_figure

_NEW_COUNT = 2016  # from this year employers that report nobody count as without employees
_COUNTY = "Trøndelag"
_OLD_BORDERS = "Fylkesgrensene er de som gjaldt i 2018."


@chart("verdiskapingsvekst")
def growth_by_county(numbers: Numbers) -> Drawing:
    """Only Vest-Agder grew more than Trøndelag in 2018."""
    frame = numbers.data.frame(
        "verdiskaping",
        maal="Verdiskaping, endring i volum",
        gruppe="",
        periode="2017–2018",
        kilde="v_ssb_fnr_2018_endelig",
    )
    values = w.ranked(w.of_frame(frame))
    county = w.find(values, _COUNTY)
    above = [value for value in values if value.x > county.x]
    equal = [value for value in values if value.x == county.x and value is not county]
    # Among equals the county comes first, because the figure is about it.
    values = [*above, county, *equal, *values[len(above) + len(equal) + 1 :]]
    places = w.listed(v.label for v in equal) if equal else ""
    same = f", {w.sure('like mye som', county, than=equal)} i {places}" if equal else ""
    others = [value for value in values if value not in equal and value is not county]
    larger = w.sure(
        "bare i … var veksten større", above, than=county, among=others, shown=w.listed(v.label for v in above)
    )
    finding = (
        f"Verdiskapingen i Trøndelag {w.sure('økte', county)} i volum med {county} fra 2017 til 2018{same}, og "
        f"{larger} ({w.listed(v.text() for v in above)})."
    )
    w.claim(len(above) <= 2, finding)
    figure, [axes] = new_figure(3.4)
    forms.bars(axes, values)
    return Drawing(
        figure,
        finding,
        f"Liggende søylediagram over endring i verdiskapingens volum fra 2017 til 2018 i {w.counted(len(values))} "
        f"fylker, sortert fra {w.sure('størst vekst', values[0], among=values)} til "
        f"{w.sure('størst fall', values[-1], among=values)}. {w.sure('Øverst', values[0], among=values)} står "
        f"{w.spelled(values[:4])}. Trøndelag er framhevet. {w.sure('Nederst', values[-1], among=values)} står "
        f"{w.spelled(values[-3:])}.",
        w.quantities(values),
        f"Endelige tall. {_OLD_BORDERS} Raden SSB kaller Fastlands-Norge, er utelatt, for den ser ut til å gjelde "
        "hele landet.",
    )


@chart("bnp-fylke")
def product_per_inhabitant(numbers: Numbers) -> Drawing:
    """Oslo pulls the average above all but three counties."""
    measure = "BNP per innbygger"
    frame = numbers.data.frame("verdiskaping", maal=measure, periode="2018")
    mean = w.of_number(numbers["bnp_per_innbygger_fylkene_2018"])
    values = w.ranked(w.of_frame(frame[frame["geografi"] != mean.label]))
    county, first = w.find(values, _COUNTY), values[0]
    above = [value for value in values if value.x > mean.x]
    finding = (
        f"BNP per innbygger i Trøndelag var {county} i 2018, nummer {w.counted(values.index(county) + 1)} av "
        f"{w.counted(len(values))} fylker, men {w.sure('under', county, than=mean)} snittet på {mean}, som "
        f"{w.sure('bare … lå over', above, than=mean, among=values, shown=w.listed(v.label for v in above))}."
    )
    w.claim(
        len(above) == numbers["bnp_per_innbygger_fylker_over_snitt_2018"].quantity.value
        and values.index(county) + 1 == numbers["bnp_per_innbygger_rang_2018"].quantity.value,
        finding,
    )
    figure, [axes] = new_figure(3.8)
    marks.bars_labelled_at_base(axes, values)
    marks.reference(axes, mean, f"Snitt for fylkene: {mean}")
    return Drawing(
        figure,
        finding,
        f"Liggende søylediagram over BNP per innbygger i 2018 i {w.counted(len(values))} fylker, sortert fra "
        f"{w.sure('høyest', first, among=values)} til {w.sure('lavest', values[-1], among=values)}, med en stiplet "
        f"linje for snittet på {mean}. {first} i {first.label} er {w.sure('langt over', first, than=values[1:])} de "
        f"andre. Så følger {w.spelled(values[1:6])}. Trøndelag er framhevet. "
        f"{w.sure('Lavest', values[-2:], among=values)} er {w.spelled(values[-2:])}.",
        (*w.quantities(values), mean.quantity),
        f"BNP er regnet i basisverdi, uten olje og gass på sokkelen. {_OLD_BORDERS}",
    )


@chart("naeringsfordeling")
def shares_of_industries(numbers: Numbers) -> Drawing:
    """Services make three quarters, much of them public."""
    names = {
        "verdiskaping_private_tjenester_andel_pst_2019": "Private tjenester",
        "verdiskaping_offentlige_tjenester_andel_pst_2019": "Tjenester, mest offentlige",
        "verdiskaping_industri_andel_pst_2019": "Industri, utvinning, vann og strøm",
        "verdiskaping_bygg_andel_pst_2019": "Bygg",
        "verdiskaping_primaer_andel_pst_2019": "Primærnæringer",
    }
    values = w.ranked(w.of_number(numbers[id_], name) for id_, name in names.items())
    services, public = w.of_number(numbers["verdiskaping_tjenester_andel_pst_2019"]), values[1]
    whole = w.Value("", total(v.quantity for v in values), 1)
    finding = (
        f"Tjenester sto for {services} av verdiskapingen i Trøndelag i 2019, og tjenester som mest er offentlige, for "
        f"{public}."
    )
    parts = values[0].quantity.value + public.quantity.value
    w.claim(parts == services.quantity.value and "offentlige" in public.label, finding)
    figure, [axes] = new_figure(1.8)
    forms.bars(axes, values, highlight=[value.label for value in values[:2]])
    return Drawing(
        figure,
        finding,
        f"Liggende søylediagram, sortert fra {w.sure('størst', values[0], among=values)} til "
        f"{w.sure('minst', values[-1], among=values)}. De to gruppene tjenester er framhevet. Andel av "
        f"verdiskapingen i Trøndelag i 2019: {'; '.join(f'{value.label} {value}' for value in values)}.",
        w.quantities(values),
        f"Gruppene er {whole} til sammen; kilden fordeler ikke resten.",
    )


@chart("virksomheter-ansatte")
def share_without_employees(numbers: Numbers) -> Drawing:
    """The share without employees has risen, over a break in how they are counted."""
    years = (2009, 2010, 2011, 2020, 2021, 2022, 2023)
    values = [
        w.Value(_COUNTY, number.quantity, number.decimals, str(year))
        for year in years
        for number in [numbers[f"virksomheter_uten_ansatte_pst_{year}"]]
    ]
    first, last = values[0], values[-1]
    finding = (
        f"Andelen virksomheter uten ansatte i Trøndelag {w.sure('steg', last, since=first)} fra {first} i "
        f"{first.period} til {last} i {last.period}, men noe av {w.sure('økningen', last, since=first)} kan skyldes en "
        f"ny måte å telle på fra {_NEW_COUNT}."
    )
    figure, [axes] = new_figure(2.4)
    forms.lines(axes, [forms.Line("", values, colour="fjord", strong=True)], names=False)
    axes.set_ylim(56, 70)
    palette = colours()
    axes.axvline(_NEW_COUNT, color=palette["lyng"], linewidth=1.3, linestyle=(0, (4, 2)), gid="brudd")
    beside(axes, f"ny telling\nfra {_NEW_COUNT}", (_NEW_COUNT, 68), -6, colour="lyng")
    missing = [year for year in range(years[0], years[-1]) if year not in years]
    beside(axes, f"tall for {missing[0]}–{missing[-1]}\nikke funnet", (_NEW_COUNT, 58), -6, colour="stein")
    return Drawing(
        figure,
        finding,
        "Linjediagram med brudd. Virksomheter uten ansatte i prosent av alle virksomheter i Trøndelag per 1. januar: "
        f"{w.over_time(values)}. En loddrett strek i 2016 viser at tellingen ble endret.",
        w.quantities(values),
        "Fra 2016 regnes arbeidsgivere som ikke melder inn ansatte, som virksomheter uten ansatte. Tallene gjelder "
        "1. januar, og skalaen begynner ikke på null.",
    )


@chart("virksomheter-storrelse")
def workplaces_by_size(numbers: Numbers) -> Drawing:
    """Most have no employees at all, and very few have twenty or more."""
    date = "2011-01-01"
    sizes = (
        "Uten ansatte",
        "1–4 ansatte",
        "5–9 ansatte",
        "10–19 ansatte",
        "20–49 ansatte",
        "50–99 ansatte",
        "100–249 ansatte",
        "250 eller flere ansatte",
    )
    values = [w.Value(size, workplaces(numbers.data, date, size)) for size in sizes]
    none = values[0]
    everyone = workplaces(numbers.data, date, "I alt")
    without = w.of_number(numbers["virksomheter_uten_ansatte_pst_2011"])
    under_20 = w.of_number(numbers["virksomheter_med_ansatte_under20_pst_2011"])
    finding = (
        f"Av virksomhetene i Trøndelag 1. januar 2011 hadde {without} ingen ansatte, og blant dem med ansatte hadde "
        f"{under_20} under {w.of_number(numbers['bedrifter_under20_grense']).text(bound=False)}."
    )
    w.claim(total(v.quantity for v in values).value == everyone.value, finding)
    figure, [axes] = new_figure(2.3)
    forms.bars(axes, values, highlight=(none.label,))
    marks.unit_note(axes, "Virksomheter")
    whole = w.Value("", everyone).text()
    return Drawing(
        figure,
        finding,
        "Liggende søylediagram, sortert etter størrelse fra ingen ansatte og oppover. Virksomheter i Trøndelag "
        f"1. januar 2011, {whole} i alt: {w.spelled(values)}.",
        w.quantities(values),
        "Sør- og Nord-Trøndelag lagt sammen. Tallene kan ikke sammenlignes direkte med tall fra 2016 og senere.",
    )


@chart("nyetablering")
def new_enterprises(numbers: Numbers) -> Drawing:
    """2021 was the highest of the years found, and 2022 was lower."""
    ids = ("nye_foretak_2015", "nye_foretak_2016", "nye_foretak_2019", "nye_foretak_2021_revidert", "nye_foretak_2022")
    values = [w.of_number(numbers[id_]) for id_ in ids]
    printed = w.of_number(numbers["nye_foretak_2021"])
    top, last = w.ranked(values)[0], values[-1]
    known = w.of_frame(numbers.data.frame("foretak", maal="Nye foretak", geografi=_COUNTY))
    finding = (
        f"I {top.period} ble det startet {top} foretak i Trøndelag, {w.sure('flest', top, among=[*values, *known])} av "
        f"de årene vi har tall for, og i {last.period} var tallet {last}."
    )
    w.claim(top.period == printed.period, finding)
    figure, [axes] = new_figure(2.6)
    forms.columns(axes, values, highlight=(top.period,))
    # The mark is at the edge of the bar of its year.
    marks.mark(axes, (printed.when - 0.36, printed.x), second=True)
    beside(axes, f"{printed} i{HARD_SPACE}notatet\nfra 2023", (printed.when - 0.36, printed.x), -8)
    drawn = {int(value.when) for value in values}
    missing = [year for year in range(min(drawn), max(drawn)) if year not in drawn]
    for year in missing:
        forms.remark(axes, "ikke\nfunnet", year, top.x * 0.08)
    return Drawing(
        figure,
        finding,
        f"Stående søylediagram. Nye foretak i Trøndelag: {w.over_time(values)}. Et eget merke viser at notatet fra "
        f"2023 har {printed} i {printed.period}. Årene {w.listed(str(year) for year in missing)} mangler.",
        (*w.quantities(values), printed.quantity),
        "Offentlig forvaltning og primærnæringer er ikke med. Tallet for 2021 er rettet etter at notatet fra 2023 kom. "
        "Tallene for 2015 og 2016 er Sør- og Nord-Trøndelag lagt sammen.",
    )
