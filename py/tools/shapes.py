"""The borders of municipalities, from a TopoJSON file, as the note's own table of shapes.

    python -m tools.shapes FILE COUNTY

The file has the municipalities of a county, and may have neighbours, which are left out: the code of a municipality
begins with that of its county. Arcs that neighbours share are stored once in the file and joined here; nothing else is
changed but the number of decimals. Run it again, and the same table comes out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from notat.data.shapes import COLUMNS, Point, Ring
from notat.text import paths
from notat.text.errors import NotatError
from notat.text.spreadsheet import csv_text

FILE = "kommunegrenser.csv"
_DECIMALS = 4  # of a degree: five to eleven metres, and the file is drawn on a grid of thirty


def shapes(file: Path, county: str) -> dict[str, list[list[Ring]]]:
    """The polygons of each municipality of the county by code, each an outline and perhaps holes."""
    read = json.loads(file.read_text(encoding="utf-8"))
    arcs = _arcs(read)
    found: dict[str, list[list[Ring]]] = {}
    for layer in read["objects"].values():
        for one in layer["geometries"]:
            code = one["properties"]["kommunenummer"]
            if code.startswith(county):
                polygons = one["arcs"] if one["type"] == "MultiPolygon" else [one["arcs"]]
                found[code] = [[_ring(ring, arcs, code) for ring in polygon] for polygon in polygons]
    if not found:
        raise NotatError("N1275", f"{file.name} har ingen kommuner i fylke {county}.", remedy="Velg en annen fil.")
    return dict(sorted(found.items()))


def _arcs(read: dict[str, Any]) -> list[Ring]:
    """The arcs in degrees: each point is stored as a step from the one before, in whole parts of a grid."""
    (across, up), (east, north) = read["transform"]["scale"], read["transform"]["translate"]
    made = []
    for arc in read["arcs"]:
        x = y = 0
        points: list[Point] = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((round(east + x * across, _DECIMALS), round(north + y * up, _DECIMALS)))
        made.append(tuple(points))
    return made


def _ring(ring: list[int], arcs: list[Ring], code: str) -> Ring:
    """The arcs of a ring joined; one with a negative number runs backwards."""
    joined: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        joined += [point for point in arc if not joined or point != joined[-1]]
    if joined[0] != joined[-1]:
        raise NotatError("N1276", f"En ring i kommune {code} er ikke lukket.", remedy="Hent fila på nytt.")
    return tuple(joined)


def write(root: Path, file: Path, county: str) -> tuple[int, int]:
    """Write the table of shapes; how many places and points it has."""
    found = shapes(file, county)
    rows = [
        [code, str(part), str(number), f"{east:.{_DECIMALS}f}", f"{north:.{_DECIMALS}f}"]
        for code, polygons in found.items()
        for part, polygon in enumerate(polygons)
        for number, ring in enumerate(polygon)
        for east, north in ring
    ]
    paths.write_bytes(root / paths.DATA / FILE, csv_text(COLUMNS, rows).encode())
    return len(found), len(rows)


def main() -> None:
    """Write what the file and the county on the command line give."""
    places, points = write(Path.cwd(), Path(sys.argv[1]), sys.argv[2])
    print(f"{places} kommuner, {points} punkter")  # noqa: T201  # a report


if __name__ == "__main__":
    main()
