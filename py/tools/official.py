"""Official figures, from a folder of CSV files in one common form, as the note's own series and places.

    python -m tools.official FOLDER

The folder has the columns maal, gruppe, geografi_kode, periode, verdi, enhet and status in each file. A series takes
the country and the county, or the county's municipalities too; nothing is computed but the sum of the two old
counties and that of all counties. Run it again, and the same files come out. `data/kilder.csv` must have the sources
that the series name.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from notat.data import series
from notat.data.series import Observation, Shared
from notat.text import paths
from notat.text.spreadsheet import csv_text

Record = dict[str, str]
COUNTRY, COUNTY = "0", "50"
_OLD = ("16", "17")  # the two counties that became one in 2018
_UNITED, _SETTLED = 2018, 2020  # when they did, and when its borders were last changed
_TOGETHER = "Fylkene samlet"
_EDITIONS = {"for_2024": "før hovedrevisjon 2024", "etter_2024": "etter hovedrevisjon 2024"}
_AGES = {
    "alle aldre": "",
    "0-15 år": "0–15 år",
    "16-19 år": "16–19 år",
    "20-66 år": "20–66 år",
    "67-79 år": "67–79 år",
    "80+ år": "80 år og eldre",
}
_NAMES = {"5041": "Snåsa", "5043": "Røyrvik"}  # as the note writes them
# Municipalities that were gone before the table of changes begins to name them.
_GONE = {"1567": "Rindal", "1571": "Halsa", "1723": "Mosvik", "1729": "Inderøy"}


@dataclass(frozen=True)
class Wanted:
    """A series to make: from which file, which of its rows, and what they are called."""

    shared: Shared
    file: str
    measure: str
    unit: str
    groups: dict[str, str]
    places: Callable[[str], bool] = field(default=lambda code: code in (COUNTRY, COUNTY))
    only: Callable[[Record], bool] = field(default=lambda _: True)
    added: bool = False  # whether the county is the sum of the two old ones before 2018
    together: bool = False  # whether the rows are those of all counties, to be added up
    borders: bool = True  # whether the county before 2020 has the borders of today


# Days until the values of a period are sure to have come. No source states them: they are estimates, rounded up, so
# that an edition rather stops a period early than has what nobody could know. NAV's monthly figures come in the first
# days of the next month, the population of 1 January towards the end of February, exclusion in the following summer,
# and the accounts of counties two years after.
_DELAYS = {
    "ledige": 5,
    "ledige_pst": 5,
    "folketall": 55,
    "ungdomskull": 55,
    "neet_pst": 180,
    "verdiskaping_for_2024": 720,
}


def _shared(name: str, title: str, measure: str, unit: str, source: str, *notes: str, measured: str = "") -> Shared:
    share = unit == "prosent"
    return Shared(
        name=name,
        title=title,
        measure=measure,
        kind="andel" if share else "nivå",
        unit=unit,
        rounding="0.1" if share else "1",
        source=source,
        notes=notes,
        measured=measured,
        delay=_DELAYS.get(name, 0),
    )


def _unemployment() -> Iterator[Wanted]:
    sexes = {"begge kjønn": "", "kvinner": "Kvinner", "menn": "Menn"}
    file, measure = "nav-arbeidsledighet.csv", "Helt ledige"
    yield Wanted(
        _shared("ledige", "Helt ledige, månedlig", measure, "personer", "nav_arbeidssokere"),
        file,
        measure,
        "personer",
        sexes,
    )
    yield Wanted(
        _shared(
            "ledige_pst",
            "Helt ledige i prosent av arbeidsstyrken, månedlig",
            "Helt ledige, andel av arbeidsstyrken",
            "prosent",
            "nav_arbeidssokere",
        ),
        file,
        measure,
        "prosent av arbeidsstyrken",
        sexes,
    )


def _disability() -> Iterator[Wanted]:
    ages = {"18-66 år": "18–66 år", "18-29 år": "18–29 år"}
    measure = "Personer med nedsatt arbeidsevne"
    for name, unit, said, title in (
        ("nedsatt_arbeidsevne", "personer", measure, f"{measure}, juni og desember"),
        (
            "nedsatt_arbeidsevne_pst",
            "prosent",
            f"{measure}, andel av befolkningen",
            f"{measure} i prosent av befolkningen, juni og desember",
        ),
    ):
        yield Wanted(
            _shared(name, title, said, unit, "nav_nedsatt_arbeidsevne"),
            "nav-nedsatt-arbeidsevne.csv",
            measure,
            "personer" if unit == "personer" else "prosent av befolkningen",
            ages,
            only=lambda row: row["periode"][-2:] in ("06", "12"),
        )


def _population() -> Iterator[Wanted]:
    measure = "Folketall 1. januar"
    shared = _shared("folketall", "Folketall etter alder", measure, "personer", "ssb_07459", measured="01-01")
    municipalities = Wanted(
        shared, "folketall-trondelag-kommuner.csv", "Folkemengde 1.1.", "personer", _AGES, places=lambda _: True
    )
    country = Wanted(
        shared,
        "folketall-fylker-norge.csv",
        "Folkemengde 1.1.",
        "personer",
        _AGES,
        places=lambda code: code == COUNTRY,
        only=lambda row: int(row["periode"]) >= 2000,
    )
    yield country
    yield municipalities
    young = "Ungdom 16–18 år 1. januar"
    yield Wanted(
        _shared("ungdomskull", "Ungdom 16–18 år", young, "personer", "ssb_07459", measured="01-01"),
        "ungdomskull-16-18.csv",
        "Personer 16-18 år",
        "personer",
        {"registrert 1.1.": ""},
    )
    yield Wanted(
        _shared(
            "ungdomskull_framskrevet",
            "Ungdom 16–18 år, framskrevet i 2026",
            f"{young}, framskrevet",
            "personer",
            "ssb_14746",
            measured="01-01",
        ),
        "ungdomskull-16-18.csv",
        "Personer 16-18 år",
        "personer",
        {"framskrevet MMMM (2026)": "Hovedalternativet (MMMM)"},
    )
    yield Wanted(
        _shared(
            "folketall_framskrevet_2024",
            "Framskrevet folketall, framskrivingen i 2024",
            "Folketall 1. januar, framskrevet i 2024",
            "personer",
            "ssb_14288",
            measured="01-01",
        ),
        "framskriving-fylker-2024.csv",
        "Framskrevet folkemengde 1.1. (framskriving 2024)",
        "personer",
        {
            "Hovedalternativet (MMMM), alle aldre": "Hovedalternativet (MMMM)",
            "Høy nasjonal vekst (HHMH), alle aldre": "Høy nasjonal vekst (HHMH)",
            "Lav nasjonal vekst (LLML), alle aldre": "Lav nasjonal vekst (LLML)",
        },
    )


def _outside() -> Iterator[Wanted]:
    yield Wanted(
        _shared(
            "neet_pst",
            "Unge utenfor arbeid, utdanning og arbeidsmarkedstiltak",
            "Utenfor arbeid, utdanning og arbeidsmarkedstiltak, andel av bosatte",
            "prosent",
            "ssb_13563",
            "Andelen er regnet ut av antallene i tabellen, med én desimal.",
        ),
        "utenforskap-neet.csv",
        "Utenfor arbeid, utdanning og arbeidsmarkedstiltak",
        "prosent",
        {"15-29 år": "15–29 år"},
        only=lambda row: row["tabell_eller_kilde"] == "13563" or row["periode"] > "2025",
    )


def _value_added() -> Iterator[Wanted]:
    made = {}
    for suffix, edition in _EDITIONS.items():

        def is_of(row: Record, edition: str = edition) -> bool:
            return row["status"] == edition

        made[suffix] = _shared(
            f"verdiskaping_{suffix}",
            f"Verdiskaping etter næring, {edition}",
            f"Bruttoprodukt i basisverdi, løpende priser ({edition})",
            "mill. kr",
            f"ssb_11713_{suffix}",
        )
        yield Wanted(
            made[suffix],
            "verdiskaping-fylker.csv",
            "Bruttoprodukt i basisverdi, løpende priser",
            "mill. kr",
            {"Totalt for næringer": ""},
            places=lambda code: code in (COUNTRY, COUNTY, *_OLD),
            only=is_of,
            added=True,
            borders=suffix == "etter_2024",
        )
    # Only the edition before the revision has every county in every year. The country has the shelf too, and is no sum.
    yield Wanted(
        made["for_2024"],
        "verdiskaping-fylker.csv",
        "Bruttoprodukt i basisverdi, løpende priser",
        "mill. kr",
        {"Totalt for næringer": _TOGETHER},
        places=lambda code: len(code) == len(COUNTY),
        only=lambda row: row["status"] == _EDITIONS["for_2024"],
        together=True,
    )


def observations(wanted: Wanted, folder: Path) -> list[Observation]:
    """The rows of a series, from its file in the folder."""
    with (folder / wanted.file).open(encoding="utf-8", newline="") as stream:
        found = [_observation(row, wanted) for row in csv.DictReader(stream) if _is_wanted(row, wanted)]
    if wanted.together:
        return _summed(found)
    return [*_added(found)] if wanted.added else found


def _is_wanted(row: Record, wanted: Wanted) -> bool:
    return (
        (row["maal"], row["enhet"]) == (wanted.measure, wanted.unit)
        and row["gruppe"] in wanted.groups
        and wanted.places(row["geografi_kode"])
        and wanted.only(row)
    )


def _observation(row: Record, wanted: Wanted) -> Observation:
    decimals = len(wanted.shared.rounding.partition(".")[2])
    value, status = row["verdi"], row["status"] if row["status"] not in _EDITIONS.values() else ""
    if not value:
        value, status = "", status if status in series.MISSING else ".."
    return Observation(
        wanted.groups[row["gruppe"]],
        row["geografi_kode"],
        row["periode"],
        f"{Decimal(value):.{decimals}f}" if value else "",
        _status(row["geografi_kode"], row["periode"], status, wanted),
    )


def _status(place: str, period: str, status: str, wanted: Wanted) -> str:
    """The county has had its borders since 2020; before, its files have the borders of today, or those of then."""
    if place != COUNTY:
        return status
    if int(period[:4]) >= _SETTLED:
        return "" if status == "sum" else status
    return status or ("sum" if wanted.borders else "brudd")


def _added(rows: Iterable[Observation]) -> Iterator[Observation]:
    """The rows, with those of the two old counties added up; a sum needs both. The last borders need no mark."""
    parts: dict[tuple[str, str], list[Observation]] = {}
    others = []
    for row in rows:
        if row.place in _OLD:
            parts.setdefault((row.group, row.period), []).append(row)
        else:
            others.append(row)
    last = max(row.period for row in others)
    for (group, period), both in parts.items():
        if len(both) == len(_OLD):
            yield Observation(group, COUNTY, period, str(sum(int(one.value) for one in both)), "sum")
    for row in others:
        latest = row.period == last and row.status == "brudd"
        yield Observation(row.group, row.place, row.period, row.value, "" if latest else row.status)


def _summed(rows: Iterable[Observation]) -> list[Observation]:
    """The sum of all counties in each year that has every one of them; the two old ones count as one."""
    years: dict[str, dict[str, Observation]] = {}
    for row in rows:
        years.setdefault(row.period, {})[row.place] = row
    known = {year: {COUNTY if place in _OLD else place for place in found} for year, found in years.items()}
    every = set[str]().union(*known.values())
    return [
        Observation(_TOGETHER, COUNTRY, year, str(sum(int(row.value) for row in found.values())), "sum")
        for year, found in years.items()
        if known[year] == every and (COUNTY in found or found.keys() >= set(_OLD))
    ]


def places(folder: Path) -> tuple[list[list[str]], list[list[str]]]:
    """The rows of the tables of places and of changes, from the list of old codes with years and weights."""
    with (folder / "kodeverk-trondelag.csv").open(encoding="utf-8", newline="") as stream:
        listed = list(csv.DictReader(stream))
    with (folder / "grunnskolepoeng-kommuner.csv").open(encoding="utf-8", newline="") as stream:
        names = {row["geografi_kode"]: row["geografi"] for row in csv.DictReader(stream)} | _GONE | _NAMES
    spans = {row["opprinnelig_kode"]: (int(row["fra_aar"]), int(row["til_aar"])) for row in listed}
    begins, ends = min(first for first, _ in spans.values()), max(last for _, last in spans.values())
    rows = [
        ["0", "Norge", "land", "", ""],
        ["16", "Sør-Trøndelag", "fylke", "", f"{_UNITED - 1}-12-31"],
        ["17", "Nord-Trøndelag", "fylke", "", f"{_UNITED - 1}-12-31"],
        [COUNTY, "Trøndelag", "fylke", f"{_UNITED}-01-01", ""],
    ]
    for code, (first, last) in sorted(spans.items()):
        since = "" if first == begins else f"{first}-01-01"
        rows.append([code, names[code], "kommune", since, "" if last == ends else f"{last}-12-31"])
    changes = [[old, COUNTY, f"{_UNITED}-01-01", "1"] for old in _OLD]
    for row in listed:
        old, last = row["opprinnelig_kode"], int(row["til_aar"])
        if last == ends:
            continue
        # What it became the year after: a place of its own name, or the one that it is a part of.
        next_ = [one for one in listed if spans[one["opprinnelig_kode"]][0] == last + 1]
        mine = [one["opprinnelig_kode"] for one in next_ if one["kommune_2024"] == row["kommune_2024"]]
        same = [code for code in dict.fromkeys(one["opprinnelig_kode"] for one in next_) if names[code] == names[old]]
        new = same[0] if same else mine[0] if len(set(mine)) == 1 else row["kommune_2024"]
        weight = "1" if same else row["vekt"]
        changes.append([old, new, f"{last + 1}-01-01", weight])
    unique = sorted({tuple(change) for change in changes}, key=lambda change: (change[2], change[0], change[1]))
    return rows, [list(change) for change in unique]


def write(root: Path, folder: Path) -> list[tuple[str, int, int]]:
    """Write the places and all series; the name, the rows and the bytes of each."""
    rows, changes = places(folder)
    data = root / paths.DATA
    paths.write_bytes(data / series.PLACES, csv_text(series.PLACE_COLUMNS, rows).encode())
    paths.write_bytes(data / series.CHANGES, csv_text(series.CHANGE_COLUMNS, changes).encode())
    made: dict[str, tuple[Shared, list[Observation]]] = {}
    for wanted in (*_unemployment(), *_disability(), *_population(), *_outside(), *_value_added()):
        shared, found = made.setdefault(wanted.shared.name, (wanted.shared, []))
        found += observations(wanted, folder)
    for shared, found in made.values():
        series.write(root, shared, found)
    sizes = {name: (data / series.FOLDER / f"{name}.csv").stat().st_size for name in made}
    return [(name, len(found), sizes[name]) for name, (_, found) in made.items()]


def main() -> None:
    """Write what the folder on the command line has."""
    for name, rows, size in write(Path.cwd(), Path(sys.argv[1])):
        print(f"{name}: {rows} rader, {size / 1000:.0f} kB")  # noqa: T201  # a report


if __name__ == "__main__":
    main()
