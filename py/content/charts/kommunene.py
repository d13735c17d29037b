"""The figure of the chapter on the municipalities that no form declares.

`kommunekart` counts and names the municipalities that are below the county, whichever these are in the edition.
"""

from __future__ import annotations

from itertools import pairwise

from content.municipalities import places
from notat.data.shapes import read_shapes
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, maps
from notat.show.charts import words as w
from notat.text import paths

_LIMITS = (5, 6, 7, 8)  # percent: whole ones, so that every class has municipalities
_EXTREMES, _LARGEST = 4, 4  # how many are named on the map at either end, and of those with most people


@chart("kommunekart")
def oldest_by_municipality(numbers: Numbers) -> Drawing:
    """Few municipalities are younger than the county, because Trondheim is so large."""
    (_, county), *rest = places(numbers).items()
    municipalities = dict(rest)
    shares = {code: place.oldest for code, place in municipalities.items()}
    ranks = w.ranked(shares.values())
    below = [value for value in ranks if value.x < county.oldest.x][::-1]
    year = ranks[0].period
    few = f"{w.counted(len(below))} av {w.counted(len(ranks))} kommuner har"
    lower = w.sure("bare … lavere", below, than=county.oldest, among=ranks, shown=few)
    finding = f"{lower.capitalize()} andel på 80 år og eldre enn fylket."
    shapes = read_shapes(paths.find_root(), "kommunegrenser")
    w.claim(shapes.keys() == shares.keys(), "Kartet viser kommunene som folketallet gjelder.")
    classes = [
        f"under {_LIMITS[0]} %",
        *(f"fra {low} til {high} %" for low, high in pairwise(_LIMITS)),
        f"{_LIMITS[-1]} % og mer",
    ]
    codes = sorted(shares, key=lambda code: -shares[code].quantity.value)
    largest = sorted(shares, key=lambda code: -municipalities[code].people.quantity.value)[:_LARGEST]
    figure = maps.shaded_areas(
        shapes,
        shares,
        _LIMITS,
        classes,
        title=f"Trøndelag 1. januar {year}.\nAndel på 80 år og eldre:\nantall kommuner",
        labelled=list(dict.fromkeys([*codes[:_EXTREMES], *codes[-_EXTREMES:], *largest])),
        height=4.6,
    )
    return Drawing(
        figure,
        finding,
        f"Kart over de {w.counted(len(ranks))} kommunene i Trøndelag, i fem fargetrinn etter andelen av befolkningen "
        f"på 80 år og eldre 1. januar {year}. {w.sure('Lavest', below, among=ranks)} er andelen i {w.spelled(below)}. "
        f"{w.sure('Høyest', ranks[:_EXTREMES], among=ranks)} er den i {w.spelled(ranks[:_EXTREMES])}. Alle kommunene "
        "står i tabellen over kommunene.",
        w.quantities(ranks),
        f"Kommunene med {w.sure('lavere', below, than=county.oldest)} andel enn fylket ({county.oldest}) er "
        f"{w.listed(value.label for value in below)}. Navn står i begge ender av skalaen og på de folkerike kommunene. "
        "Grensene er forenklet etter @kartverketkommuner, med lisensen CC BY 4.0.",
    )
