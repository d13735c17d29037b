"""Figures of the chapter on the municipalities: people around Trondheim and full-time work in care."""

from __future__ import annotations

from notat.data.quantity import percent_change, total
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, forms
from notat.show.charts import words as w
from notat.show.charts.style import new_figure


@chart("folketall-trondheimsregionen")
def people_around_trondheim(numbers: Numbers) -> Drawing:
    """Trondheim has most of the growth; one municipality lost people."""
    frame = numbers.data.frame("kommuner", maal="Folketall 1. januar", periode=["2021", "2023"])
    years = w.wide(frame, index="geografi", columns="periode")
    people = w.ranked(w.Value(name, new - old) for name, old, new in years.itertuples())
    change = {name: percent_change(old=old, new=new) for name, old, new in years.itertuples()}
    percent = [w.Value(value.label, change[value.label], 1) for value in people]
    first, last = people[0], people[-1]
    rest = w.Value("de andre", total(value.quantity for value in people[1:]))
    finding = (
        f"Fra 2021 til 2023 fikk {first.label} {first} {w.sure('flere', first)} innbyggere, "
        f"{w.sure('mer enn', first, than=rest)} de andre kommunene i Trondheimsregionen til sammen, mens folketallet "
        f"{w.sure('gikk ned bare i …', last, among=people, shown=last.label)} ({last.text(absolute=True)})."
    )
    figure, [left, right] = new_figure(2.5, columns=2)
    for axes, values, title in ((left, people, "Endring i personer"), (right, percent, "Endring i prosent")):
        forms.bars(axes, values, highlight=(first.label,), plus=True, names=axes is left)
        axes.set_title(title)
    return Drawing(
        figure,
        finding,
        "To liggende søylediagrammer side om side for de åtte kommunene i Trondheimsregionen, 1. januar 2021 til "
        f"1. januar 2023. Endring i personer: {w.spelled(people, plus=True)}. Endring i prosent: "
        f"{w.spelled(percent, plus=True)}.",
        w.quantities(people, percent),
    )


@chart("helsebemanning")
def full_time(numbers: Numbers) -> Drawing:
    """More work full time, but most of those on a roster still do not."""
    names = {
        "Alle i helse, pleie og omsorg": ("av alle i helse,\npleie og omsorg", "kyst"),
        "Turnusansatte i helse og omsorg": ("av turnusansatte i\nhelse og omsorg", "fjord"),
    }
    frame = numbers.data.frame("arbeidsmarked", maal="Heltidsansatte i kommunesektoren", gruppe=list(names))
    series = w.by("gruppe", frame)
    every, roster = series.values()
    first, last = roster[0], roster[-1]
    finding = (
        "Andelen turnusansatte i helse og omsorg i kommunesektoren i landet som arbeider heltid, "
        f"{w.sure('steg', last, since=first)} fra {first} i {first.period} til {last} i {last.period}."
    )
    figure, [axes] = new_figure(2.6)
    forms.lines(
        axes,
        [
            forms.Line(name, series[group], colour=colour, strong=colour == "fjord", bridge=True)
            for group, (name, colour) in names.items()
        ],
    )
    axes.set_ylim(0, 50)
    return Drawing(
        figure,
        finding,
        "Linjediagram. Heltidsansatte i kommunesektoren i Norge, prosent. Turnusansatte i helse og omsorg: "
        f"{w.over_time(roster)}. Alle i helse, pleie og omsorg: {w.over_time(every)}.",
        w.quantities(every, roster),
        "Landstall; vi har ikke tilsvarende for Trøndelag. Prikkede linjer går over år som kilden ikke oppgir.",
    )
