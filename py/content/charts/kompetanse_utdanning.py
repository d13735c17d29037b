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
