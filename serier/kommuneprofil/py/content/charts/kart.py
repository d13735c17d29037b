"""The map: how large a part of the people is 80 and over in each municipality of the county."""

from __future__ import annotations

from itertools import pairwise

from content.indicators.folketall import NOW, county_of, share
from content.indicators.folketall import OLDEST as GROUP
from notat.data.shapes import read_shapes
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, maps
from notat.show.charts import words as w
from notat.show.charts.words import Value
from notat.text import paths

_ENDS, _CLASSES = 2, 4  # how many are named on the map at either end, and the most classes


@chart("kart")
def oldest(numbers: Numbers) -> Drawing:
    """The municipality is one among those of its county, and is framed on the map."""
    data, own = numbers.data, numbers.data.unit.code
    places = data.unit.places
    shares = {code: Value(places[code].name, share(data, code, NOW, GROUP), 1, NOW) for code in county_of(data, own)}
    ranks = w.ranked(shares.values())
    mine, rank = shares[own], 1 + sum(one.x > shares[own].x for one in ranks)
    shapes = read_shapes(paths.find_root(), f"kommunegrenser_{own[:2]}")
    w.claim(shapes.keys() == shares.keys(), "Kartet viser kommunene som folketallet gjelder.")
    limits = _limits(ranks[-1].x, ranks[0].x)
    classes = [f"under {limits[0]} %", *(f"fra {low} til {high} %" for low, high in pairwise(limits)), f"{limits[-1]} % og mer"]
    order = [next(code for code, one in shares.items() if one is value) for value in ranks]
    named = dict.fromkeys([own, *order[:_ENDS], *order[-_ENDS:]])
    figure = maps.shaded_areas(
        shapes,
        shares,
        limits,
        classes,
        title=f"Andel på 80 år og eldre\n1. januar {NOW}: antall kommuner",
        labelled=list(named),
        framed=own,
        height=4.2,
    )
    return Drawing(
        figure,
        f"{mine.label} er nummer {w.counted(rank)} av {w.counted(len(ranks))} etter andelen som har fylt 80 år.",
        f"Kart over de {w.counted(len(ranks))} kommunene i fylket, i fargetrinn etter andelen av innbyggerne på 80 år "
        f"og eldre 1. januar {NOW}. {mine.label} har {mine} og er rammet inn. "
        f"{w.sure('Høyest', ranks[:_ENDS], among=ranks)} er andelen i {w.spelled(ranks[:_ENDS])}. "
        f"{w.sure('Lavest', ranks[-_ENDS:], among=ranks)} er den i {w.spelled(ranks[-_ENDS:])}.",
        w.quantities(ranks),
        "Grensene er forenklet etter @kartverketkommuner, med lisensen CC BY 4.0.",
    )


def _limits(low: float, high: float) -> list[int]:
    """Whole percentages between the ends, so that every class may have a municipality."""
    inside = range(int(low) + 1, int(high) + 1)
    step = -(-len(inside) // (_CLASSES - 1)) if inside else 1
    return list(inside)[::step] or [int(low) + 1]
