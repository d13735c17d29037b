"""A note about a county: its people and unemployment beside the country's, a map, and its municipal series.

The figures are those of the series that the package contains, cut to the county. The chapters are filled once: their
words are chosen by the county's figures and marked, so that they are tested like any author's from then on.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notat.data import accepted, rules, series
from notat.data.places import CHANGE_COLUMNS, CHANGES, FILE, Place, read_list, read_places
from notat.data.places import COLUMNS as PLACE_COLUMNS
from notat.data.series import Observation, Shared
from notat.data.shapes import COLUMNS as SHAPE_COLUMNS
from notat.data.sources import SOURCE_COLUMNS, SOURCES
from notat.judge.accept import notebook_text
from notat.norsk.format import round_half_up
from notat.text import house, paths
from notat.text.errors import NotatError, did_you_mean
from notat.text.spreadsheet import csv_text

COUNTRY = "0"
SERIES = Path("serier/kommuneprofil")
_TEMPLATE = Path(__file__).parent / "mal_fylke"
_PACKAGE, _SCHEMA, _WORKS = "datapackage.json", "skjema.json", "references.bib"
_WORK = re.compile(r"^@\w+\{(?P<key>[^,]+),\n(?:  .*\n)*\}\n+", re.MULTILINE)
_PARAMETER = re.compile(r'^(kommune = )"[0-9]{4}"$', re.MULTILINE)
_BLOCK = re.compile(r"^::: \{\.hvis [^\n]*\}\n(?:(?!:::).*\n)*:::\n\n?", re.MULTILINE)
# The example of the ordinary template, which this note has no use for.
_EXAMPLE = (
    "chapters/arbeid.qmd",
    "chapters/eksport.qmd",
    "data/arbeid.csv",
    "data/eksport.csv",
    "py/content/charts",
    "py/content/claims",
    "py/content/tables",
    "py/content/indicators/arbeid.py",
    "py/content/indicators/eksport.py",
)
# The series of the note, by the series of the municipalities that they are cut from.
_TABLES = {"folketall": "folketall", "ledige_fylker": "ledige", "ledige_fylker_pst": "ledige_pst"}
_BORDERS = "kommunegrenser"
_BEFORE, _NOW, _PEAK = "2016", "2026", "2020-03"
_CHILDREN, _WORKING, _OLDEST = "0–15 år", "20–66 år", "80 år og eldre"
# The numbers of the note by id: series, group, whether of the country, and period.
_NUMBERS = {
    "folketall": ("folketall", "", False, _NOW),
    "folketall_for": ("folketall", "", False, _BEFORE),
    "folketall_norge": ("folketall", "", True, _NOW),
    "barn": ("folketall", _CHILDREN, False, _NOW),
    "voksne": ("folketall", _WORKING, False, _NOW),
    "voksne_for": ("folketall", _WORKING, False, _BEFORE),
    "eldre": ("folketall", _OLDEST, False, _NOW),
    "eldre_for": ("folketall", _OLDEST, False, _BEFORE),
    "eldre_norge": ("folketall", _OLDEST, True, _NOW),
    "ledige": ("ledige", "", False, rules.NEWEST),
    "ledige_pst": ("ledige_pst", "", False, rules.NEWEST),
    "ledige_pst_for": ("ledige_pst", "", False, f"{rules.NEWEST} − 1 år"),
    "ledige_pst_topp": ("ledige_pst", "", False, _PEAK),
    "ledige_pst_norge": ("ledige_pst", "", True, rules.NEWEST),
}

_NOTEBOOK = f"{paths.NOTEBOOKS}/kontroll.ipynb"
_RECOMPUTED = """\
vis(
    andel_eldre=100 * v["eldre"] / v["folketall"],
    andel_eldre_for=100 * v["eldre_for"] / v["folketall_for"],
    andel_eldre_norge=100 * v["eldre_norge"] / v["folketall_norge"],
    voksne_per_eldre=v["voksne"] / v["eldre"],
    voksne_per_eldre_for=v["voksne_for"] / v["eldre_for"],
)"""


def find(name: str) -> Place:
    """The county of this name or number; raises `NotatError` with those that are near (N1117)."""
    root = source()
    counties = [
        place for _, place in read_list(root / paths.DATA / FILE, root) if place.kind == "fylke" and not place.last
    ]
    wanted = name.strip().casefold()
    found = [place for place in counties if wanted in (place.code, place.name.casefold())]
    if not found:
        near = did_you_mean(name.strip().capitalize(), [place.name for place in counties])
        listed = ", ".join(place.name for place in sorted(counties, key=lambda place: place.name))
        raise NotatError("N1117", f"Ukjent fylke «{name}».", remedy=f"{near} Fylkene er {listed}.")
    return found[0]


def source() -> Path:
    """The root of the municipal series that the package contains."""
    own = house.series().get(f"{SERIES.as_posix()}/{paths.CONFIG}")
    if own is None:
        raise NotatError("N0110", "Pakka notat mangler kommuneseriene.", remedy="Installer den på nytt.")
    return own.parent


def write(root: Path, county: Place) -> None:
    """Let the new note at `root`, which holds the ordinary template and what all notes share, be about the county."""
    for name in _EXAMPLE:
        old = root / name
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    cut = Cut(source(), county)
    _write_data(root, cut)
    _fill(root, cut)
    _adapt(root, county)
    _recompute(root)
    _write_series(root, cut)


def publisher(county: Place) -> str:
    """Who may publish a note about the county: Oslo is a municipality too."""
    return f"{county.name} {'kommune' if county.code == '03' else 'fylkeskommune'}"


@dataclass(frozen=True)
class Cut:
    """What the series at `root` has about the county, its municipalities and the country."""

    root: Path
    county: Place

    @cached_property
    def described(self) -> dict[str, Any]:
        """The data package of the series."""
        read: dict[str, Any] = json.loads(self.text(_PACKAGE))
        return read

    @cached_property
    def places(self) -> Collection[str]:
        """The codes that values may have, and those that the places came from, and went to, in a reform."""
        known = read_places(self.root)
        found = {code for code in known if code in (COUNTRY, self.county.code) or self.is_part(code)}
        while (
            more := {end for c in known.changes if c.new in found or c.old in found for end in (c.old, c.new)} - found
        ):
            found |= more
        return found

    def is_part(self, code: str) -> bool:
        """Whether the code is that of a municipality in the county."""
        return len(code) == len("0000") and code.startswith(self.county.code)

    def is_about(self, code: str) -> bool:
        """Whether values of this place are cut out."""
        return code in (COUNTRY, self.county.code) or self.is_part(code)

    @cached_property
    def municipalities(self) -> list[str]:
        """The codes of the municipalities that have values now."""
        return sorted(o.place for o in self.observations["folketall"] if self.is_part(o.place) and _is_now(o))

    def text(self, name: str) -> str:
        """The text of a file in the data of the series."""
        return paths.read_text(self.root / paths.DATA / name, self.root)

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a table of the series."""
        return list(csv.DictReader(io.StringIO(self.text(name), newline="")))

    @cached_property
    def series(self) -> dict[str, Shared]:
        """What the rows of each series share, by its name."""
        return {shared.name: shared for shared in series.declared(self.root)}

    @cached_property
    def observations(self) -> dict[str, list[Observation]]:
        """The rows of each series that are about the county, by the name of the series."""
        return {
            name: [
                Observation(*(row[column] for column in series.COLUMNS))
                for row in self.rows(f"{series.FOLDER}/{name}.csv")
                if self.is_about(row["sted"])
            ]
            for name in self.series
        }

    @property
    def borders(self) -> dict[str, Any] | None:
        """How the data package describes the map of the county; none where a county is one municipality."""
        path = f"{_BORDERS}_{self.county.code}.csv"
        return next((one for one in self.described["resources"] if one["path"] == path), None)

    def write_places(self, folder: Path) -> None:
        """Write the tables of places with those of the county alone."""
        for name, columns in ((FILE, PLACE_COLUMNS), (CHANGES, CHANGE_COLUMNS)):
            own = [row for row in self.rows(name) if row.get("kode", row.get("til")) in self.places]
            _write(folder / name, csv_text(columns, [[row[column] for column in columns] for row in own]))


def _is_now(one: Observation) -> bool:
    return (one.group, one.period) == ("", _NOW)


# ---- The data of the note


def _write_data(root: Path, cut: Cut) -> None:
    folder = root / paths.DATA
    county, names = cut.county, {cut.series[name].source for name in _TABLES}
    sources = [row for row in cut.rows(f"{SOURCES}.csv") if row["kilde"] in names]
    _write(folder / f"{SOURCES}.csv", csv_text(SOURCE_COLUMNS, [[row[c] for c in SOURCE_COLUMNS] for row in sources]))
    cut.write_places(folder)
    chosen = [
        [id_, f"{series.FOLDER}/{table}", "", group, COUNTRY if is_country else county.code, period]
        for id_, (table, group, is_country, period) in _NUMBERS.items()
    ]
    _write(folder / rules.FILE, csv_text(rules.COLUMNS, chosen))
    described = json.loads((_TEMPLATE / paths.DATA / _PACKAGE).read_text(encoding="utf-8"))
    described |= {
        "name": f"fylke-{county.code}",
        "title": f"Folk og arbeid i {county.name} – tallgrunnlag",
        "contributors": [{"title": publisher(county), "role": "publisher"}],
    }
    described["resources"][:0] = [one for one in cut.described["resources"] if one["name"] == SOURCES]
    if cut.borders:
        shutil.copyfile(cut.root / paths.DATA / cut.borders["path"], folder / f"{_BORDERS}.csv")
        described["resources"].append(cut.borders | {"name": _BORDERS, "path": f"{_BORDERS}.csv"})
    _write(folder / _PACKAGE, json.dumps(described, indent=2, ensure_ascii=False) + "\n")
    for name, own in _TABLES.items():
        series.write(root, replace(cut.series[name], name=own), cut.observations[name])


# ---- The text of the note


@dataclass(frozen=True)
class Figures:
    """What the text says of the county, from the rows that the note has."""

    cut: Cut

    @cached_property
    def _values(self) -> dict[tuple[str, str, str, str], Fraction]:
        return {
            (name, one.group, one.place, one.period): Fraction(one.value)
            for name in _TABLES
            for one in self.cut.observations[name]
            if one.value
        }

    def people(self, year: str, group: str = "", place: str = "") -> Fraction:
        """Registered people on 1 January."""
        return self._values["folketall", group, place or self.cut.county.code, year]

    def share(self, year: str, place: str = "") -> Fraction:
        """The oldest in percent of all."""
        return 100 * self.people(year, _OLDEST, place) / self.people(year, "", place)

    def growth(self, place: str = "") -> Fraction:
        """The change of the population in percent."""
        return 100 * self.people(_NOW, "", place) / self.people(_BEFORE, "", place) - 100

    def change(self, group: str = "", since: str = _BEFORE) -> Fraction:
        """How many more."""
        return self.people(_NOW, group) - self.people(since, group)

    @cached_property
    def months(self) -> list[str]:
        """The months that there is unemployment for, in order."""
        code = self.cut.county.code
        return sorted(period for name, _, place, period in self._values if (name, place) == ("ledige_fylker_pst", code))

    def unemployed(self, years_back: int = 0, place: str = "") -> Fraction:
        """Unemployed in percent of the labour force, in the newest month or the same month some years before."""
        newest = self.months[-1]
        month = f"{int(newest[:4]) - years_back}{newest[4:]}"
        return self._values["ledige_fylker_pst", "", place or self.cut.county.code, month]

    @cached_property
    def extremes(self) -> tuple[str, str]:
        """The names of the municipalities with the highest and the lowest share of the oldest."""
        names = {row["kode"]: row["navn"] for row in self.cut.rows(FILE)}
        order = sorted(self.cut.municipalities, key=lambda code: self.share(_NOW, code))
        return names[order[-1]], names[order[0]]


def words(new: Fraction, old: Fraction | int, choices: str) -> str:
    """The first of three phrases when `new` is more than `old` as a reader sees them, the last when it is less."""
    more, same, less = choices.split("|")
    a, b = (round_half_up(Fraction(value), 1) for value in (new, old))
    return more if a > b else less if a < b else same


def _fill(root: Path, cut: Cut) -> None:
    """Write the chapters and modules of a county, with its name and the words that its figures choose."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATE),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # it writes Quarto and Python, not HTML
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        # Quarto's own braces stay as they are.
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
    )
    values: Mapping[str, Any] = {
        "navn": cut.county.name,
        "landet": COUNTRY,
        "kart": cut.borders is not None,
        "f": Figures(cut),
        "ord": words,
        "barn": _CHILDREN,
        "voksne": _WORKING,
    }
    for file in sorted(_TEMPLATE.rglob("*")):
        name = file.relative_to(_TEMPLATE).as_posix()
        if file.suffix in (".qmd", ".py", ".bib", ".ipynb"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            _write(root / name, environment.get_template(name).render(values))


def _adapt(root: Path, county: Place) -> None:
    """Put the county where the ordinary template has the place of its example."""
    _edit(
        root / paths.CONFIG,
        {
            r"^(  title: ).*$": rf'\1"Folk og arbeid i {county.name}"',
            r"^(  subtitle: ).*$": r'\1"Folketall, alder og ledighet"',
            r"^(  author: ).*$": rf'\1"{publisher(county)}"',
            r"^    - chapters/arbeid\.qmd\n    - chapters/eksport\.qmd$": "    - chapters/fylket.qmd",
        },
    )
    _edit(root / paths.BRAND, {r"^(  name: ).*$": rf"\1{publisher(county)}"})
    about = (_TEMPLATE / "README.md").read_text(encoding="utf-8")
    _edit(
        root / "README.md",
        {
            r"^(_extensions/notat/ .*)$": r"\1"
            + f"\n{'serier/':<19}kommuneprofilene: ett lite notat for hver kommune i fylket",
            r"^Tallene om [\s\S]*\Z": about,
        },
    )


def _recompute(root: Path) -> None:
    """Let the control notebook recompute the numbers of this note; it is run when they are accepted."""
    notebook = nbformat.read(root / _NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    code[-1].source = _RECOMPUTED
    _write(root / _NOTEBOOK, notebook_text(notebook))


def _edit(file: Path, changes: Mapping[str, str]) -> None:
    """Replace what each pattern finds once."""
    text = file.read_text(encoding="utf-8")
    for pattern, new in changes.items():
        text, count = re.subn(pattern, new, text, count=1, flags=re.MULTILINE)
        if not count:
            raise ValueError(f"{file.name} has no {pattern}")
    _write(file, text)


# ---- The municipal series


def _write_series(root: Path, cut: Cut) -> None:
    """Write the municipal series of the county, in the house style and the colours of the note."""
    target = root / SERIES
    names = [Path(name) for name in house.series() if name.startswith(f"{SERIES.as_posix()}/")]
    for own in (name.relative_to(SERIES) for name in names):
        if own.parts[0] != paths.DATA:
            (target / own).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(cut.root / own, target / own)
    for name in (Path(paths.EXTENSION).parts[0], paths.BRAND):
        (target / name).symlink_to(Path("../..") / name)
    _cut_data(target, cut)
    _cut_text(target, cut)
    accepted.store(accepted.present(target, target / _WORKS), target)


def _cut_data(target: Path, cut: Cut) -> None:
    """Write the data of the series with the rows of the county and the country alone."""
    folder = target / paths.DATA
    folder.mkdir()
    described = cut.described | {
        "description": f"Verdiene som kommuneprofilene bygger på, for landet, {cut.county.name} og kommunene der. "
        "Bare det kilden trykker, er lagret; det som kan regnes ut, regnes ut.",
        "contributors": [{"title": publisher(cut.county), "role": "publisher"}],
        "resources": [],
    }
    for one in cut.described["resources"]:
        path = one["path"]
        if one["schema"] == series.SCHEMA:
            described["resources"].append({key: value for key, value in one.items() if key != "description"})
        elif not path.startswith(f"{_BORDERS}_") or one == cut.borders:
            described["resources"].append(one)
            if path not in (FILE, CHANGES):
                _cut_table(folder, cut, path)
    for name in (series.SCHEMA, _SCHEMA):
        shutil.copyfile(cut.root / paths.DATA / name, folder / name)
    cut.write_places(folder)
    _write(folder / _PACKAGE, json.dumps(described, indent=2, ensure_ascii=False) + "\n")
    for name, shared in cut.series.items():
        series.write(target, shared, cut.observations[name])


def _cut_text(target: Path, cut: Cut) -> None:
    """Leave out what only the county that the series was written for can say, unless it is that one."""
    old, new = str(cut.described["contributors"][0]["title"]), publisher(cut.county)
    if old == new:
        return
    _edit(target / paths.CONFIG, {re.escape(old): new})
    works = (target / _WORKS).read_text(encoding="utf-8")
    foreign = {match["key"]: match[0] for match in _WORK.finditer(works) if old in match[0]}
    for text in foreign.values():
        works = works.replace(text, "")
    _write(target / _WORKS, f"{works.rstrip()}\n")
    largest = max(cut.municipalities, key=lambda code: Figures(cut).people(_NOW, "", code))
    for file in target.rglob("*.qmd"):
        text = _PARAMETER.sub(rf'\g<1>"{largest}"', file.read_text(encoding="utf-8"))
        _write(file, _BLOCK.sub(lambda match: "" if any(f"@{key}" in match[0] for key in foreign) else match[0], text))


def _cut_table(folder: Path, cut: Cut, path: str) -> None:
    """Write a table of the series; of one with places, the rows of the county alone."""
    text = cut.text(path)
    head = next(csv.reader(io.StringIO(text)))
    place = next((name for name in ("sted", "kommune", "kode") if name in head), None)
    if place is None or tuple(head) == SHAPE_COLUMNS:
        _write(folder / path, text)
        return
    rows = [[row[name] for name in head] for row in cut.rows(path) if cut.is_about(row[place])]
    _write(folder / path, csv_text(head, rows))


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="")
