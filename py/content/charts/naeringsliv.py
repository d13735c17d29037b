"""Figures of the part on value creation and enterprises."""

from __future__ import annotations

from content.published import published, since_first
from notat.data.quantity import total
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms, marks
from notat.show.charts import words as w
from notat.show.charts.style import beside, colours, new_figure

_NEW_COUNT = 2016  # from this year employers that report nobody count as without employees
_COUNTY = "Trøndelag"
_ACCOUNTS = "serier/verdiskaping_for_2024"


@chart("verdiskapingsvekst")
def growth_of_value_added(numbers: Numbers) -> Drawing:
    """Value added grew more in Trøndelag than in the counties together."""
    county = since_first(w.of_frame(published(numbers, _ACCOUNTS, gruppe="", sted="50")))
    counties = since_first(w.of_frame(published(numbers, _ACCOUNTS, gruppe="Fylkene samlet", sted="0")))
    first, last, others = county[0], county[-1], counties[-1]
    finding = (
        f"Verdiskapingen i Trøndelag {w.sure('økte mer enn', last, than=others)} i fylkene samlet fra {first.period} "
        f"til {last.period}."
    )
    figure, [axes] = new_figure(2.4)
    forms.lines(
        axes,
        [
            forms.Line("Trøndelag", county, colour="fjord", strong=True, labels="last", marks=False),
            forms.Line("fylkene samlet", counties, colour="stein", dashes="--", labels="last", marks=False),
        ],
    )
    forms.value_axis(axes, f"Endring i bruttoprodukt siden {first.period}, prosent, løpende priser")
    return Drawing(
        figure,
        finding,
        f"Linjediagram, år for år. Endring i verdiskapingen siden {first.period}, i løpende priser. Trøndelag: "
        f"{w.over_time(county[1:])}. Fylkene samlet, stiplet linje: {w.over_time(counties[1:])}.",
        w.quantities(county, counties),
        "Serien i figuren slutter i 2019. Kontinentalsokkelen er ikke med. Prisveksten er med.",
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
    finding = f"Tjenester sto for {services} av verdiskapingen i Trøndelag i 2019."
    parts = values[0].quantity.value + public.quantity.value
    w.claim(parts == services.quantity.value and "offentlige" in public.label, finding)
    figure, [axes] = new_figure(2.2)
    forms.bars(axes, values, highlight=[value.label for value in values[:2]])
    marks.unit_note(axes, "Andel av bruttoproduktet i Trøndelag 2019, prosent")
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
        f"{first.period} til {last} i {last.period}."
    )
    figure, [axes] = new_figure(2.4)
    forms.lines(axes, [forms.Line("", values, colour="fjord", strong=True)], names=False)
    axes.set_ylim(56, 70)
    forms.value_axis(axes, "Uten ansatte, prosent av alle virksomheter, 1. januar. Skalaen begynner ikke på null")
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
        f"Noe av {w.sure('økningen', last, since=first)} kan skyldes at arbeidsgivere som ikke melder inn ansatte, fra "
        "2016 regnes som virksomheter uten ansatte.",
    )


@chart("nyetablering")
def new_enterprises(numbers: Numbers) -> Drawing:
    """2021 was the highest of the years found; what came later revised it, and has a lower one for 2022."""
    revised = "nye_foretak_2021_revidert" in numbers.data.ids
    later = ("nye_foretak_2021_revidert", "nye_foretak_2022") if revised else ("nye_foretak_2021",)
    values = [w.of_number(numbers[f"nye_foretak_{year}"]) for year in (2015, 2016, 2019)]
    values += [w.of_number(numbers[id_]) for id_ in later]
    printed = w.of_number(numbers["nye_foretak_2021"])
    top = w.ranked(values)[0]
    known = w.of_frame(numbers.data.frame("foretak", maal="Nye foretak", geografi=_COUNTY))
    finding = (
        f"I {top.period} ble {top} foretak startet i Trøndelag, {w.sure('flest', top, among=[*values, *known])} av "
        "årene vi har tall for."
    )
    w.claim(top.period == printed.period, finding)
    figure, [axes] = new_figure(2.6)
    forms.columns(axes, values, highlight=(top.period,))
    marks.unit_note(axes, "Nye foretak i Trøndelag")
    drawn = {int(value.when) for value in values}
    missing = [year for year in range(min(drawn), max(drawn)) if year not in drawn]
    for year in missing:
        forms.remark(axes, "ikke\nfunnet", year, top.x * 0.08)
    return Drawing(
        figure,
        finding,
        f"Stående søylediagram. Nye foretak i Trøndelag: {w.over_time(values)}. Årene "
        f"{w.listed(str(year) for year in missing)} mangler.",
        w.quantities(values),
        "Offentlig forvaltning og primærnæringer er ikke med. "
        + (f"Tallet for {printed.period} er rettet; først var det {printed}. " if revised else "")
        + "Tallene for 2015 og 2016 er Sør- og Nord-Trøndelag lagt sammen.",
    )
