"""The figure of the part on enterprises that no form declares.

`nyetablering` shows the numbers that the edition has: where one was revised, the revised one and the year after it.
"""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms, marks
from notat.show.charts import words as w
from notat.show.charts.style import new_figure

_COUNTY = "Trøndelag"


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
        forms.remark(axes, "ikke\nfunnet", year, top.x * 0.1)
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
