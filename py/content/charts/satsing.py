"""Figures of the part on agriculture and travel."""

from __future__ import annotations

from content.indicators.satsing import meat
from notat.data.quantity import total
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, marks
from notat.show.charts import words as w
from notat.show.charts.style import new_figure

_COUNTY, _COUNTRY = "Trøndelag", "Norge"
_KINDS = {"Fjørfe": "hav", "Svin": "kyst", "Storfe": "stein", "Sau og lam": "rav", "Annet": "taake"}
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
    first = totals[0]
    own = w.ranked(values[totals.index(county)] for _, _, values in parts)
    least = max(values[i].x for kind, _, values in parts if kind == "Annet" for i in range(len(totals)))
    finding = (
        f"Trøndelag produserte {county} tonn kjøtt i 2022, {w.sure('nest mest', county, among=totals)} etter "
        f"{first.label}."
    )
    w.claim(least < 0.01 * county.x, "Annet kjøtt er for lite til å vises.")
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
        "å vises.",
    )
