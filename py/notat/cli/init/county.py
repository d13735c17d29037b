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
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notat.cli.init.cut import (
    BEFORE,
    BORDERS,
    CHILDREN,
    COUNTRY,
    NOW,
    OLDEST,
    PEOPLE,
    RATE,
    WORKING,
    Cut,
    Figures,
    words,
)
from notat.data import accepted, derived, rules, series
from notat.data.package import PACKAGE, SCHEMA
from notat.data.places import CHANGES, FILE, Place, read_list
from notat.data.shapes import COLUMNS as SHAPE_COLUMNS
from notat.data.sources import SOURCE_COLUMNS, SOURCES
from notat.judge.accept import notebook_text
from notat.text import codebase, house, paths
from notat.text.errors import NotatError, did_you_mean
from notat.text.spreadsheet import csv_text

SERIES = Path("serier/kommuneprofil")
LANGUAGES = ("nb", "nn")
_TEMPLATE = Path(__file__).parent / "mal_fylke"
_TEXTS = "tekst.toml"
_WORKS = "references.bib"
_WORK = re.compile(r"^@\w+\{(?P<key>[^,]+),\n(?:  .*\n)*\}\n+", re.MULTILINE)
_PARAMETER = re.compile(r'^(kommune = )"[0-9]{4}"$', re.MULTILINE)
_BLOCK = re.compile(r"^::: \{\.hvis [^\n]*\}\n(?:(?!:::).*\n)*:::\n\n?", re.MULTILINE)
# What this note shares with the example of the ordinary template, of what that says.
_KEPT = ("litteratur.qmd", "kolofon.qmd", "tallgrunnlag.qmd")
# The series of the note, by the series of the municipalities that they are cut from.
_TABLES = {PEOPLE: "folketall", "ledige_fylker": "ledige", RATE: "ledige_pst"}
_PEAK = "2020-03"
# The numbers of the note by id: series, group, whether of the country, and period.
_NUMBERS = {
    "folketall": ("folketall", "", False, NOW),
    "folketall_for": ("folketall", "", False, BEFORE),
    "folketall_norge": ("folketall", "", True, NOW),
    "barn": ("folketall", CHILDREN, False, NOW),
    "voksne": ("folketall", WORKING, False, NOW),
    "voksne_for": ("folketall", WORKING, False, BEFORE),
    "eldre": ("folketall", OLDEST, False, NOW),
    "eldre_for": ("folketall", OLDEST, False, BEFORE),
    "eldre_norge": ("folketall", OLDEST, True, NOW),
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


def write(root: Path, county: Place, code: str = "nb") -> None:
    """Let the new note at `root`, which holds the ordinary template and what all notes share, be about the county.

    `mal_fylke` is in bokmål, and `mal_fylke_nn` holds what differs from it in nynorsk.
    """
    others = [file for file in (root / paths.CHAPTERS).iterdir() if file.name not in _KEPT]
    for old in (*others, *(root / paths.DATA).glob("*.csv"), *(root / codebase.FOLDER / codebase.NAME).iterdir()):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    cut = Cut(source(), county)
    said = said_of(county, code)
    _write_data(root, cut, said)
    _fill(root, cut, said)
    _adapt(root, county, said)
    _recompute(root)
    _write_series(root, cut, said)


@dataclass(frozen=True)
class Said:
    """What the note says of the county: the templates in `folders`, of which the first that has a file is used."""

    folders: tuple[Path, ...]
    county: Place

    def file(self, name: str) -> Path:
        """A file of the templates."""
        return next(file for folder in self.folders if (file := folder / name).is_file())

    @cached_property
    def texts(self) -> dict[str, Any]:
        """The texts of what is no template, with the name of the county in them."""
        return tomllib.loads(self.file(_TEXTS).read_text(encoding="utf-8").replace("{navn}", self.county.name))

    def of_data(self, text: str) -> str:
        """A text of the data that the note is cut from, as this note says it."""
        said: str = self.texts.get("data", {}).get(text, text)
        return said

    def described(self, resource: Mapping[str, Any]) -> dict[str, Any]:
        """How the data package describes a table of the data that the note is cut from."""
        return {key: self.of_data(one) if isinstance(one, str) else one for key, one in resource.items()}


def said_of(county: Place, code: str) -> Said:
    """What a note in a language says of a county."""
    own = (_TEMPLATE.with_name(f"{_TEMPLATE.name}_{code}"),) if code != "nb" else ()
    return Said((*own, _TEMPLATE), county)


def publisher(county: Place) -> str:
    """Who may publish a note about the county: Oslo is a municipality too."""
    return f"{county.name} {'kommune' if county.code == '03' else 'fylkeskommune'}"


# ---- The data of the note


def _write_data(root: Path, cut: Cut, said: Said) -> None:
    folder = root / paths.DATA
    county, names = cut.county, {cut.series[name].source for name in _TABLES}
    sources = [row for row in cut.rows(f"{SOURCES}.csv") if row["kilde"] in names]
    _write(folder / f"{SOURCES}.csv", csv_text(SOURCE_COLUMNS, [[row[c] for c in SOURCE_COLUMNS] for row in sources]))
    cut.write_places(folder, said.texts["landet"])
    chosen = [
        [id_, f"{series.FOLDER}/{table}", "", group, COUNTRY if is_country else county.code, period]
        for id_, (table, group, is_country, period) in _NUMBERS.items()
    ]
    _write(folder / rules.FILE, csv_text(rules.COLUMNS, chosen))
    formulas = said.file(f"{paths.DATA}/{derived.FILE}").read_text(encoding="utf-8")
    _write(folder / derived.FILE, formulas)
    described = json.loads(said.file(f"{paths.DATA}/{PACKAGE}").read_text(encoding="utf-8"))
    described |= {
        "name": f"fylke-{county.code}",
        "title": said.texts["datapakke"],
        "contributors": [{"title": publisher(county), "role": "publisher"}],
    }
    described["resources"][:0] = [said.described(one) for one in cut.described["resources"] if one["name"] == SOURCES]
    if cut.borders:
        name = BORDERS.rstrip("_")
        shutil.copyfile(cut.root / paths.DATA / cut.borders["path"], folder / f"{name}.csv")
        described["resources"].append(said.described(cut.borders) | {"name": name, "path": f"{name}.csv"})
    _write(folder / PACKAGE, json.dumps(described, indent=2, ensure_ascii=False) + "\n")
    for name, own in _TABLES.items():
        shared = cut.series[name]
        title, measure = said.of_data(shared.title), said.of_data(shared.measure)
        series.write(root, replace(shared, name=own, title=title, measure=measure), cut.observations[name])


# ---- The text of the note


def _fill(root: Path, cut: Cut, said: Said) -> None:
    """Write the chapters and modules of a county, with its name and the words that its figures choose."""
    environment = Environment(
        loader=FileSystemLoader(said.folders),
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
        "barn": CHILDREN,
        "voksne": WORKING,
    }
    for file in sorted(_TEMPLATE.rglob("*")):
        name = file.relative_to(_TEMPLATE).as_posix()
        if file.suffix in (".qmd", ".py", ".bib", ".ipynb"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            _write(root / name, environment.get_template(name).render(values))


def _adapt(root: Path, county: Place, said: Said) -> None:
    """Put the county where the ordinary template has the place of its example."""
    _edit(
        root / paths.CONFIG,
        {
            r"^(  title: ).*$": rf'\1"{said.texts["tittel"]}"',
            r"^(  subtitle: ).*$": rf'\1"{said.texts["undertittel"]}"',
            r"^(  author: ).*$": rf'\1"{publisher(county)}"',
            r"^(    - index\.qmd\n)(?:    - .*\n)+?(?=    - chapters/litteratur)": r"\1    - chapters/fylket.qmd\n",
        },
    )
    _edit(root / paths.BRAND, {r"^(  name: ).*$": rf"\1{publisher(county)}"})
    about = said.file("README.md").read_text(encoding="utf-8")
    _edit(
        root / "README.md",
        {
            r"^(_extensions/notat/ .*)$": rf"\1\n{said.texts['serier']}",
            said.texts["lesmeg"]: about,
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


def _write_series(root: Path, cut: Cut, said: Said) -> None:
    """Write the municipal series of the county, in the house style, the colours and the language of the note."""
    target = root / SERIES
    names = [Path(name) for name in house.series() if name.startswith(f"{SERIES.as_posix()}/")]
    for own in (name.relative_to(SERIES) for name in names):
        if own.parts[0] != paths.DATA:
            (target / own).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(cut.root / own, target / own)
    for name in (Path(paths.EXTENSION).parts[0], paths.BRAND):
        (target / name).symlink_to(Path("../..") / name)
    _cut_data(target, cut, said)
    _cut_text(target, cut)
    _edit(target / paths.CONFIG, {r"^(  default: ).*$": rf"\1{said.texts['profil']}"})
    accepted.store(accepted.present(target, target / _WORKS), target)


def _cut_data(target: Path, cut: Cut, said: Said) -> None:
    """Write the data of the series with the rows of the county and the country alone."""
    folder = target / paths.DATA
    folder.mkdir()
    described = cut.described | {
        "description": said.texts["kommuneprofil"],
        "contributors": [{"title": publisher(cut.county), "role": "publisher"}],
        "resources": [],
    }
    for one in cut.described["resources"]:
        path = one["path"]
        if one["schema"] == series.SCHEMA:
            described["resources"].append({key: value for key, value in one.items() if key != "description"})
        elif not path.startswith(BORDERS) or one == cut.borders:
            described["resources"].append(one)
            if path in (rules.FILE, derived.FILE):  # of the unit, whichever that is
                shutil.copyfile(cut.root / paths.DATA / path, folder / path)
            elif path not in (FILE, CHANGES):
                _cut_table(folder, cut, path)
    for name in (series.SCHEMA, SCHEMA):
        shutil.copyfile(cut.root / paths.DATA / name, folder / name)
    cut.write_places(folder)
    _write(folder / PACKAGE, json.dumps(described, indent=2, ensure_ascii=False) + "\n")
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
    largest = max(cut.municipalities, key=lambda code: Figures(cut).people(NOW, "", code))
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
