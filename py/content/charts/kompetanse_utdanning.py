"""Figures of the chapter on competence: learning at work and in schools."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms, marks
from notat.show.charts import words as w
from notat.show.charts.style import new_figure

_COUNTY = "Trøndelag"


@chart("deltakelse")
def participation(numbers: Numbers) -> Drawing:
    """Who studies beside the job depends on the industry, and not in the same way for the two kinds of study."""
    names = {
        "deltakelse_utdanning_maks_pst": "Overnatting og servering",
        "deltakelse_utdanning_alle_pst": "Alle næringer",
        "deltakelse_utdanning_min_pst": "Transport, varehandel, bergverk m.m.",
        "videreutdanning_maks_pst": "Undervisning",
        "videreutdanning_helse_pst": "Helse- og sosialtjenester",
        "videreutdanning_alle_pst_2021": "Alle næringer",
        "videreutdanning_min_pst": "Bygg, anlegg, bergverk m.m.",
    }
    values = [w.of_number(numbers[id_], name) for id_, name in names.items()]
    formal, further = values[:3], values[3:]
    finding = f"Andelen sysselsatte som tar formell utdanning, spenner fra {formal[-1]} til {formal[0]} etter næring."
    w.claim(formal == w.ranked(formal) and further == w.ranked(further), finding)
    figure, [top, bottom] = new_figure(2.9, rows=2, gridspec_kw={"height_ratios": (len(formal), len(further))})
    for axes, group, title in (
        (top, formal, "Formell utdanning, prosent (trolig Norge, 2021)"),
        (bottom, further, "Videreutdanning, prosent (trolig Norge, 2021)"),
    ):
        forms.bars(axes, group, highlight=(group[0].label,), reference=("Alle næringer",), scale=values)
        marks.unit_note(axes, title)
    return Drawing(
        figure,
        finding,
        "To liggende søylediagrammer over hverandre med samme skala. Andel sysselsatte som har deltatt. Formell "
        f"utdanning: {w.spelled(formal)}. Videreutdanning: {w.spelled(further)}.",
        w.quantities(formal, further),
        f"Av næringene kjenner vi bare den {w.sure('laveste', formal[-1], among=formal)} og den "
        f"{w.sure('høyeste', formal[0], among=formal)} for formell utdanning. Kilden oppgir verken år eller sted for "
        "næringene; trolig er det landet i 2021.",
    )


@chart("yrkesfag")
def vocational_applicants(numbers: Numbers) -> Drawing:
    """More apply for vocational programmes."""
    measure = "Søkere til Vg1 etter utdanningsretning"
    shares = w.of_frame(numbers.data.frame("opplaering", maal=measure, gruppe="Yrkesfag"))
    values = [w.Value(v.label, v.quantity, 1, v.period) for v in shares]
    first, last = values[0], values[-1]
    finding = (
        f"Andelen som søkte yrkesfag i Trøndelag, {w.sure('økte', last, since=first)} fra {first} i {first.period} "
        f"til {last} i {last.period}."
    )
    figure, [axes] = new_figure(2.5)
    forms.lines(axes, [forms.Line("", values, colour="fjord", strong=True)], names=False)
    axes.set_ylim(49, 58)
    forms.value_axis(axes, "Yrkesfag, prosent av alle søkere til Vg1 i Trøndelag. Skalaen begynner ikke på null")
    years = {f"{year}–{(year + 1) % 100:02}": year for year in range(int(first.when), int(last.when) + 1)}
    forms.ticks(axes, list(years.items()))
    absent = [year for year in years if year not in {value.period for value in values}]
    gap = w.listed(absent) if absent else ""
    return Drawing(
        figure,
        finding,
        "Linjediagram; den loddrette aksen begynner ikke på null. Søkere til yrkesfag i prosent av alle søkere til Vg1 "
        f"i Trøndelag, etter skoleår: {w.over_time(values)}." + (f" Skoleåret {gap} mangler." if gap else ""),
        w.quantities(values),
        f"Tallene er hentet fra ulike oppslag; {f'{gap} er ikke funnet, og ' if gap else ''}for 2018–19 finnes "
        "også et tall fra juli.",
    )


@chart("studieforbund")
def adult_courses(numbers: Numbers) -> Drawing:
    """Three counties hold more courses per inhabitant than Trøndelag."""
    values = w.ranked(w.of_frame(numbers.data.frame("studieforbund", maal="Kurs per 1 000 innbyggere")))
    county = w.find(values, _COUNTY)
    above = [value for value in values if value.x > county.x]
    few = f"{w.counted(len(above))} av {w.counted(len(values))} fylker"
    more = w.sure("bare … hadde flere", above, than=county, among=values, shown=few)
    finding = f"{more.capitalize()} studieforbundskurs per innbygger enn Trøndelag i 2021."
    w.claim(len(above) < len(values) / 2, finding)
    figure, [axes] = new_figure(2.9)
    forms.bars(axes, values, unit=False)
    marks.unit_note(axes, "Kurs i studieforbund per 1 000 innbyggere, 2021")
    return Drawing(
        figure,
        finding,
        f"Liggende søylediagram. Kurs per 1 000 innbyggere i 2021: {w.spelled(values)}.",
        w.quantities(values),
    )
