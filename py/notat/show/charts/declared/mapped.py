"""A map with shaded areas: the classes of its values, and what is named on it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor, log10
from textwrap import wrap

from notat.data import units
from notat.data.shapes import read_shapes
from notat.norsk import format_number
from notat.norsk.format import unit_word, with_unit_word
from notat.norsk.language import say
from notat.show.charts import maps
from notat.show.charts import words as w
from notat.show.charts.declared.chosen import text
from notat.show.charts.declared.picture import Made, Picture
from notat.text import paths

_ENDS, _CLASSES, _LEGEND_LETTERS = 4, 5, 30  # of a map: places named at either end, classes, letters in a line of text
_COUNTY = "{fylket}"  # in the name of a map: the code of the county that the note's place is in


def shaded_map(picture: Picture) -> Made:
    """A map of places, shaded by the class that the value of each is in."""
    table = text(picture.one, "kart")
    if not table:
        remedy = "Skriv kart= og tabellen med grensene i data/."
        raise picture.refusal("N0870", "Den sier ikke hvilket kart.", remedy, "kart")
    if _COUNTY in table:
        table = table.replace(_COUNTY, picture.numbers.data.unit.place(units.COUNTY).code)
    shapes = read_shapes(paths.find_root(), table)
    chosen = picture.choose(places=shapes.keys())
    values = {chosen.codes.get(value.label, ""): value for value in chosen.values}
    if missing := sorted(shapes.keys() - values.keys()):
        problem = f"{len(missing)} av stedene på kartet har ingen verdi: {', '.join(missing)}."
        remedy = "Vis tall fra en serie som har alle, for én periode og én gruppe."
        raise picture.refusal("N0871", problem, remedy)
    ranks = w.ranked(values.values())
    limits = _limits(picture, ranks[-1].x, ranks[0].x)
    exact = [f"{Decimal(str(limit)):f}" for limit in limits]
    decimals = max(len(one.partition(".")[2]) for one in exact)
    said = [format_number(Fraction(one), decimals) for one in exact]
    unit = unit_word(chosen.units[0])
    after = with_unit_word("", chosen.units[0], unit)
    classes = [
        say("under {high}", high=f"{said[0]}{after}"),
        *(say("fra {low} til {high}", low=low, high=f"{high}{after}") for low, high in pairwise(said)),
        say("{low} og mer", low=f"{said[-1]}{after}"),
    ]
    order = [next(code for code, one in values.items() if one is value) for value in ranks]
    labelled = [*order[:_ENDS], *order[-_ENDS:]]
    marked = [code for code, value in values.items() if value.label in picture.highlight]
    about = picture.unit(chosen) or picture.about(chosen)
    figure = maps.shaded_areas(
        shapes,
        values,
        limits,
        classes,
        title="\n".join([*wrap(about, _LEGEND_LETTERS), say("Antall steder:")]),
        labelled=list(dict.fromkeys([*marked, *labelled])),
        marked=marked,
        height=picture.height(4.6),
    )
    what = say(
        "Kart over {places} steder, i {classes} fargetrinn",
        places=w.counted(len(ranks)),
        classes=w.counted(len(classes)),
    )
    return Made(
        picture,
        figure,
        chosen,
        what,
        say("høyest {first}; lavest {last}", first=w.spelled(ranks[:_ENDS]), last=w.spelled(ranks[: -_ENDS - 1 : -1])),
        marks=False,
    )


def _limits(picture: Picture, low: float, high: float) -> list[float]:
    """The limits between the classes: those given, or round numbers that divide the values evenly."""
    given = picture.one.given.get("grenser")
    if given is None and low == high:
        raise picture.refusal("N0871", "Alle stedene på kartet har samme tall.", "Skriv tallet i teksten.")
    found = _even_limits(low, high) if given is None else list(given) if isinstance(given, (list, tuple)) else []
    numbers = [one for one in found if isinstance(one, (int, float)) and not isinstance(one, bool)]
    if not found or numbers != found or numbers != sorted(set(numbers)) or len(found) >= _CLASSES + 2:
        remedy = "Skriv tall i stigende rekkefølge: grenser=[5, 10, 15]."
        raise picture.refusal("N0870", f"grenser= er {given!r}.", remedy, "grenser")
    return numbers


def _even_limits(low: float, high: float) -> list[float]:
    """Round numbers between the lowest and the highest value, without more decimals than they need."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(_CLASSES, steps=[1, 2, 5, 10]).tick_values(low, high)
    digits = max(0, 1 - floor(log10(ticks[1] - ticks[0])))  # of a step, which has two that count
    found = [round(float(one), digits) for one in ticks if low < one < high]
    return [int(one) if one == int(one) else one for one in found]
