"""Figures of the chapter on competence: learning at work and in schools."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms
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
    finding = (
        f"Andelen sysselsatte som tar formell utdanning, spenner fra {formal[-1]} i "
        f"{formal[-1].label.lower()} til {formal[0]} i "
        f"{formal[0].label.lower()}, mens spennet for videreutdanning går fra {further[-1]} til {further[0]}, trolig i "
        "landet i 2021."
    )
    w.claim(formal == w.ranked(formal) and further == w.ranked(further), finding)
    figure, [top, bottom] = new_figure(2.9, rows=2, gridspec_kw={"height_ratios": (len(formal), len(further))})
    for axes, group, title in ((top, formal, "Formell utdanning"), (bottom, further, "Videreutdanning")):
        forms.bars(axes, group, highlight=(group[0].label,), reference=("Alle næringer",), scale=values)
        axes.set_title(title)
    return Drawing(
        figure,
        finding,
        "To liggende søylediagrammer over hverandre med samme skala. Andel sysselsatte som har deltatt. Formell "
        f"utdanning: {w.spelled(formal)}. Videreutdanning: {w.spelled(further)}.",
        w.quantities(formal, further),
        f"Av næringene kjenner vi bare den {w.sure('laveste', formal[-1], among=formal)} og den "
        f"{w.sure('høyeste', formal[0], among=formal)} for formell utdanning. Notatet fra 2023 oppgir verken år eller "
        "sted for tallene.",
    )


@chart("yrkesfag")
def vocational_applicants(numbers: Numbers) -> Drawing:
    """More apply for vocational programmes; the note gives a share that is rounded too much to be compared."""
    measure = "Søkere til Vg1 etter utdanningsretning"
    shares = w.of_frame(numbers.data.frame("opplaering", maal=measure, gruppe="Yrkesfag"))
    values = [w.Value(v.label, v.quantity, 1, v.period) for v in shares]
    stated = w.of_number(numbers["yrkesfag_andel_vgo"])
    first, last = values[0], values[-1]
    finding = (
        f"Av søkerne til Vg1 i Trøndelag valgte {first} yrkesfag for skoleåret {first.period} og {last} for "
        f"{last.period}, mens notatet fra 2023 oppgir {stated} for videregående."
    )
    figure, [axes] = new_figure(2.5)
    level = [w.Value("", stated.quantity, 0, value.period) for value in (first, last)]
    forms.lines(
        axes,
        [
            forms.Line("av søkerne", values, colour="fjord", strong=True),
            forms.Line("i notatet fra 2023", level, colour="stein", dashes="--", gap=100, labels="last", marks=False),
        ],
    )
    axes.set_ylim(49, 61)
    first_year, last_year = int(first.when), int(last.when)
    forms.ticks(axes, [(f"{year}–{(year + 1) % 100}", year) for year in range(first_year, last_year + 1)])
    return Drawing(
        figure,
        finding,
        "Linjediagram; den loddrette aksen begynner ikke på null. Søkere til yrkesfag i prosent av alle søkere til Vg1 "
        f"i Trøndelag, etter skoleår: {w.over_time(values)}. Skoleåret 2019–20 mangler. En stiplet linje viser andelen "
        f"i notatet fra 2023, {stated}.",
        (*w.quantities(values), stated.quantity),
        "Tallene er hentet fra ulike oppslag; 2019–20 er ikke funnet, og for 2018–19 finnes også et tall fra juli. "
        "Aksen begynner ikke på null.",
    )


@chart("fagskole")
def vocational_college(numbers: Numbers) -> Drawing:
    """The two counts of students disagree about the direction."""
    frame = numbers.data.frame("fagskole", maal="Studenter ved fagskolene")
    is_ssb = frame["gruppe"].str.startswith("SSB")
    ssb, dbh = w.of_frame(frame[is_ssb]), w.of_frame(frame[~is_ssb])
    finding = (
        f"SSB har {w.sure('flest', ssb[1], among=ssb)} fagskolestudenter i Trøndelag i 2020 ({ssb[1]}) og "
        f"{w.sure('færre', ssb[2], than=ssb[1])} i 2021 ({ssb[2]}), mens DBH har {dbh[1]} høsten 2021 og {dbh[2]} "
        "høsten 2022."
    )
    w.claim(dbh[1] == w.ranked(dbh)[0] and dbh[1].x > ssb[2].x, finding)
    figure, [axes] = new_figure(2.6)
    forms.lines(
        axes,
        [
            forms.Line("SSB", ssb, colour="kyst", dashes="--", below=(ssb[0].period, ssb[2].period)),
            forms.Line("DBH", dbh, colour="fjord", strong=True, named=(dbh[0].period,)),
        ],
    )
    axes.set_ylim(0, 2600)
    terms = (dbh[0].period, "høsten 2019", "høsten 2020", "høsten 2021", "høsten 2022")
    forms.ticks(axes, [(term, w.moment(term)) for term in terms])
    return Drawing(
        figure,
        finding,
        "Linjediagram med to tellinger av fagskolestudenter i Trøndelag. SSB per 1. oktober, stiplet linje: "
        f"{w.listed(f'{v} i {v.period[:4]}' for v in ssb)}. DBH, aktive studenter, heltrukket linje: "
        f"{w.listed(f'{v} {v.period}' for v in dbh)}. Mellom våren 2019 og høsten 2021 mangler DBH-tall.",
        w.quantities(ssb, dbh),
        "SSB teller 1. oktober, DBH aktive studenter hvert semester; mellom våren 2019 og høsten 2021 mangler "
        "DBH-tall. Høsten 2022 er kjent bare fra notatet fra 2023 og er trolig DBHs telling.",
    )


@chart("studieforbund")
def adult_courses(numbers: Numbers) -> Drawing:
    """Three counties hold more courses per inhabitant than Trøndelag."""
    values = w.ranked(w.of_frame(numbers.data.frame("studieforbund", maal="Kurs per 1 000 innbyggere")))
    county = w.find(values, _COUNTY)
    above = [value for value in values if value.x > county.x]
    few = f"{w.counted(len(above))} av {w.counted(len(values))} fylker"
    finding = (
        f"Studieforbundene holdt {county.text(unit=False)} kurs per 1 000 innbyggere i Trøndelag i 2021, og "
        f"{w.sure('bare … hadde flere', above, than=county, among=values, shown=few)}: "
        f"{w.listed(f'{v.label} ({v.text(unit=False)})' for v in above)}."
    )
    w.claim(len(above) < len(values) / 2, finding)
    figure, [axes] = new_figure(2.9)
    forms.bars(axes, values, unit=False)
    return Drawing(
        figure,
        finding,
        f"Liggende søylediagram. Kurs per 1 000 innbyggere i 2021: {w.spelled(values)}.",
        w.quantities(values),
    )
