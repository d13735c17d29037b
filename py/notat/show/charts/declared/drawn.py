"""The ordinary forms of a declared figure: by what name each is asked for, and what refuses all others."""

from __future__ import annotations

from collections.abc import Callable

from notat.numbers.indicators import Numbers
from notat.project.declared import Declaration
from notat.show.charts import Drawing
from notat.show.charts.declared import parameters
from notat.show.charts.declared.bars import bars, columns, lying
from notat.show.charts.declared.lines import lines
from notat.show.charts.declared.mapped import shaded_map
from notat.show.charts.declared.pairs import distances, dumbbell, slope
from notat.show.charts.declared.panels import panels
from notat.show.charts.declared.parts import shares, stacked
from notat.show.charts.declared.picture import Made, Picture
from notat.text.errors import did_you_mean


def draw(one: Declaration, numbers: Numbers) -> Drawing:
    """The figure that a declaration describes. Raises `NotatError` with the line of the parameter that is wrong."""
    parameters.refuse_unknown(one)
    form = one.given.get("som")
    known = [name for name in FORMS if name != parameters.FELT]
    if not isinstance(form, str) or form not in known:
        problem = f"Ukjent form «{form}»." if form else "Den sier ikke hvilken form den har."
        remedy = f"{did_you_mean(str(form), known)} " if form else ""
        raise one.refusal("N0870", problem, f"{remedy}Skriv som= og en av: {', '.join(known)}.", "som")
    parameters.refuse_without_title(one)
    form = parameters.form_of(one)
    parameters.refuse_stray(one, form)
    return FORMS[form](Picture(one, numbers)).drawing()


FORMS: dict[str, Callable[[Picture], Made]] = {
    "søyler": bars,
    "liggende": lying,
    "stående": columns,
    "linje": lines,
    parameters.FELT: panels,
    "stigning": slope,
    "manual": dumbbell,
    "andeler": shares,
    "stablet": stacked,
    "avstand": distances,
    "kart": shaded_map,
}
