"""The map: how large a part of the people is 80 and over in each municipality of the county."""

from __future__ import annotations

from itertools import pairwise

from content.indicators.folketall import NOW, county_of, share
from content.indicators.folketall import OLDEST as GROUP
from notat.data.shapes import read_shapes
from notat.norsk import language
from notat.numbers.indicators import Numbers
from notat.show.charts import Drawing, chart, maps
from notat.show.charts import words as w
from notat.show.charts.words import Value
from notat.text import paths

_ENDS, _CLASSES = 2, 4  # how many are named on the map at either end, and the most classes
_WORDS = {
    "nb": {
        "title": "Andel på 80 år og eldre\n1. januar {year}: antall kommuner",
        "under": "under {low} %",
        "between": "fra {low} til {high} %",
        "over": "{low} % og mer",
        "finding": "{own} er nummer {rank} av {many} etter andelen som har fylt 80 år.",
        "map": "Kart over de {many} kommunene i fylket, i fargetrinn etter andelen av innbyggerne på 80 år og eldre "
        "1. januar {year}. {own} har {share} og er rammet inn.",
        "end": "{which} er andelen i {places}.",
        "note": "Grensene er forenklet etter @kartverketkommuner, med lisensen CC BY 4.0.",
    },
    "nn": {
        "title": "Andel på 80 år og eldre\n1. januar {year}: talet på kommunar",
        "under": "under {low} %",
        "between": "frå {low} til {high} %",
        "over": "{low} % og meir",
        "finding": "{own} er nummer {rank} av {many} etter andelen som har fylt 80 år.",
        "map": "Kart over dei {many} kommunane i fylket, i fargesteg etter andelen av innbyggjarane på 80 år og eldre "
        "1. januar {year}. {own} har {share} og er ramma inn.",
        "end": "{which} er andelen i {places}.",
        "note": "Grensene er forenkla etter @kartverketkommuner, med lisensen CC BY 4.0.",
    },
}


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
    said = _WORDS[language.current().code]
    classes = [
        said["under"].format(low=limits[0]),
        *(said["between"].format(low=low, high=high) for low, high in pairwise(limits)),
        said["over"].format(low=limits[-1]),
    ]
    order = [next(code for code, one in shares.items() if one is value) for value in ranks]
    named = dict.fromkeys([own, *order[:_ENDS], *order[-_ENDS:]])
    figure = maps.shaded_areas(
        shapes,
        shares,
        limits,
        classes,
        title=said["title"].format(year=NOW),
        labelled=list(named),
        marked=[own],
        height=4.2,
    )
    many = w.counted(len(ranks))
    return Drawing(
        figure,
        said["finding"].format(own=mine.label, rank=w.counted(rank), many=many),
        " ".join(
            [
                said["map"].format(many=many, year=NOW, own=mine.label, share=mine),
                *(said["end"].format(which=word, places=w.spelled(some)) for word, some in _ends(ranks)),
            ]
        ),
        w.quantities(ranks),
        said["note"],
    )


def _ends(ranks: list[Value]) -> list[tuple[str, list[Value]]]:
    """The words for the two ends, which are true of them."""
    top, bottom = ranks[:_ENDS], ranks[-_ENDS:]
    if language.current().code == "nn":
        return [(w.sure("Høgast", top, among=ranks), top), (w.sure("Lågast", bottom, among=ranks), bottom)]
    return [(w.sure("Høyest", top, among=ranks), top), (w.sure("Lavest", bottom, among=ranks), bottom)]


def _limits(low: float, high: float) -> list[int]:
    """Whole percentages between the ends, so that every class may have a municipality."""
    inside = range(int(low) + 1, int(high) + 1)
    step = -(-len(inside) // (_CLASSES - 1)) if inside else 1
    return list(inside)[::step] or [int(low) + 1]
