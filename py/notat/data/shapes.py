"""Places as shapes, for maps: a table of the data package whose rows are points along rings.

The columns are those of `COLUMNS`: the code of the place in `data/steder.csv`, the number of the polygon, the number of
the ring in it (0 is the outline, others are holes), and degrees east and north. A place may have many polygons, and a
ring ends at the point where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from math import cos, radians, sin
from pathlib import Path

from notat.data import used
from notat.data.places import FILE as PLACES
from notat.data.places import Places, read_places
from notat.data.records import Record, records
from notat.text import paths
from notat.text.errors import did_you_mean

COLUMNS = ("sted", "flate", "ring", "lengdegrad", "breddegrad")
_DEGREES = re.compile(r"-?[0-9]{1,3}\.[0-9]{1,8}")
_MOST_EAST, _MOST_NORTH = 180, 90
_EARTH = 6371.0  # km: its mean radius
_FEWEST = 4  # points of a ring, the last of which is the first
Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]


def read_shapes(root: Path, table: str) -> dict[str, tuple[Polygon, ...]]:
    """The polygons of each place by code, in the order of the table `data/<table>.csv`; its use is noted."""
    file = root / paths.DATA / f"{table}.csv"
    used.note("file", f"{paths.DATA}/{table}.csv")
    used.note("file", f"{paths.DATA}/{PLACES}")
    content = file.read_bytes() if file.is_file() else None
    return dict(_read(root, table, read_places(root), content))


@lru_cache(maxsize=4)  # the narrow figure has the same as the wide one, and the units of a county all have the same
def _read(root: Path, table: str, known: Places, _content: bytes | None) -> dict[str, tuple[Polygon, ...]]:
    file = root / paths.DATA / f"{table}.csv"
    found: dict[str, list[list[Ring]]] = {}
    for (code, part, number), points in groupby(records(file, COLUMNS, root), key=_key):
        rows = list(points)
        if code not in known:
            raise rows[0].refusal("N0379", f"Stedet «{code}» finnes ikke.", did_you_mean(code, known))
        polygons = found.setdefault(code, [])
        if (part, number) == (str(len(polygons)), "0"):
            polygons.append([])
        elif not polygons or (part, number) != (str(len(polygons) - 1), str(len(polygons[-1]))):
            remedy = "Tell flatene til et sted og ringene i en flate fra 0, uten hull, og la radene stå samlet."
            raise rows[0].refusal("N0379", f"Flate «{part}», ring «{number}» kommer ikke i rekkefølge.", remedy)
        ring = tuple(map(_point, rows))
        if len(ring) < _FEWEST or ring[0] != ring[-1]:
            remedy = "Den skal ha minst fire punkter, og ende der den begynner."
            raise rows[-1].refusal("N0379", "Ringen er ikke lukket.", remedy)
        polygons[-1].append(ring)
    return {code: tuple(map(tuple, polygons)) for code, polygons in found.items()}


def middle_of(points: Sequence[Point]) -> Point:
    """The middle that the map is projected around, in radians."""
    east, north = zip(*points, strict=True)
    return radians((min(east) + max(east)) / 2), radians((min(north) + max(north)) / 2)


@lru_cache(maxsize=2000)  # the rings of a county or two
def projected(ring: Ring, middle: Point) -> Ring:
    """The ring in km east and north of the middle, in the azimuthal projection of Lambert, which keeps areas."""
    east0, north0 = middle
    made = []
    for point in ring:
        east, north = radians(point[0]) - east0, radians(point[1])
        scale = _EARTH * (2 / (1 + sin(north0) * sin(north) + cos(north0) * cos(north) * cos(east))) ** 0.5
        x = scale * cos(north) * sin(east)
        made.append((x, scale * (cos(north0) * sin(north) - sin(north0) * cos(north) * cos(east))))
    return tuple(made)


def _key(record: Record) -> tuple[str, str, str]:
    return record["sted"], record["flate"], record["ring"]


def _point(record: Record) -> Point:
    texts = record["lengdegrad"], record["breddegrad"]
    if not all(map(_DEGREES.fullmatch, texts)):
        raise record.refusal("N0379", f"{' '.join(texts)} er ikke grader.", "Skriv dem som 10.3951 og 63.4305.")
    east, north = map(float, texts)
    if abs(east) > _MOST_EAST or abs(north) > _MOST_NORTH:
        raise record.refusal("N0379", f"{' '.join(texts)} er ikke et sted på jorda.", "Lengdegraden står først.")
    return east, north
