"""The front page of a series: all its units, with search and a map, in the house style."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, PackageLoader, select_autoescape

from notat.data.places import read_places
from notat.data.shapes import COLUMNS, Polygon, middle_of, projected, read_shapes
from notat.engine.write.html import ASSETS
from notat.engine.write.html import TEMPLATES as SHARED
from notat.engine.write.scripts import in_language
from notat.norsk.language import current, say, speaking
from notat.project import fonts
from notat.project.config import Config, read_config
from notat.project.project import Project
from notat.serie.units import EVERYTHING, INDEX, MANIFEST, Unit
from notat.text import paths

_TEMPLATES = Path(__file__).parent / "templates"
_OWN = ("serie.css", "serie.js")


@dataclass(frozen=True)
class Area:
    """A place on the map: its outline, and the page that it leads to where there is one."""

    name: str
    path: str
    href: str = ""


def write(project: Project, folder: Path, units: Sequence[Unit], old: Collection[str]) -> bytes:
    """Write the page, and what it uses, into `folder`; the units in `old` are of earlier data or text.

    What is returned is the page for the archive of all units, which has neither itself nor the manifest in it.
    """
    assets = folder / ASSETS
    (assets / "fonter").mkdir(parents=True, exist_ok=True)
    config = read_config(project.root)
    with speaking(config.lang):  # the profile that was read last may be of another language
        styles = (
            *config.extension.css,
            SHARED / "shell.css",
            SHARED / "shell.js",
            *(_TEMPLATES / name for name in _OWN),
        )
        for file in styles:
            content = file.read_bytes()
            paths.renew(assets / file.name, in_language(content.decode()).encode() if file.suffix == ".js" else content)
        fonts.write_for_pages(assets / "fonter", project.root)
        page = partial(_page, project, config, folder, units, old)
        paths.renew(folder / INDEX, page(alone=False).encode())
        packed = page(alone=True).encode()
    for file in assets.iterdir():
        if file.is_file() and file.name not in {one.name for one in styles}:
            file.unlink()
    return packed


def _page(
    project: Project, config: Config, folder: Path, units: Sequence[Unit], old: Collection[str], *, alone: bool
) -> str:
    """The page; `alone` when nothing but the units comes with it."""
    loader = ChoiceLoader([PackageLoader("notat.serie"), PackageLoader("notat.engine.write")])
    environment = Environment(loader=loader, autoescape=select_autoescape(default=True))
    environment.globals["say"] = say
    areas, box = _map(project, {unit.key: unit for unit in units})
    return environment.get_template("index.html.j2").render(
        lang=config.lang,
        book={
            "title": config.title,
            "subtitle": config.subtitle,
            "author": config.author,
            "date": current().date(config.date),
            "css": [file.name for file in config.extension.css],
            "downloads": [] if alone else [{"href": EVERYTHING, "label": say("Alle som ZIP")}],
            "manifest": "" if alone else MANIFEST,
            "colophon": "" if alone else say("Hver side og hver fil har sin sjekksum i manifestet."),
        },
        groups=list(_groups(project, units)),
        many=len(units),
        old=old,
        areas=areas,
        box=box,
        outputs=[(f"{config.output_file}.pdf", "PDF"), (f"{config.output_file}.docx", "Word")],
        has={unit.key: {file.name for file in (folder / unit.key).iterdir()} for unit in units},
    )


def _groups(project: Project, units: Sequence[Unit]) -> Iterator[tuple[str, list[Unit]]]:
    """The units of each county by name, in the order of the codes; those that are no places come last."""
    places = read_places(project.root)
    ordered = sorted(units, key=lambda unit: (unit.area or "~", unit.name))
    for area, group in groupby(ordered, key=lambda unit: unit.area):
        yield places[area].name if area in places else say("Enheter"), list(group)


def _map(project: Project, units: Mapping[str, Unit]) -> tuple[list[Area], str]:
    """The areas of the counties that any of the units is in, and the box around them; none without outlines."""
    pages = {value: unit for unit in units.values() for value in unit.parameters.values()}
    around = {code[:2] for code in pages}
    shapes = {code: shape for code, shape in _shapes(project).items() if code[:2] in around}
    if not shapes:
        return [], ""
    names = read_places(project.root)
    middle = middle_of([point for shape in shapes.values() for polygon in shape for point in polygon[0]])
    drawn = {
        code: [[projected(ring, middle) for ring in polygon] for polygon in shape] for code, shape in shapes.items()
    }
    east, north = zip(*(point for shape in drawn.values() for polygon in shape for point in polygon[0]), strict=True)
    areas = [
        Area(
            names[code].name,
            "".join(f"M{'L'.join(f'{x:.1f} {-y:.1f}' for x, y in ring)}Z" for polygon in shape for ring in polygon),
            f"{pages[code].key}/index.html" if code in pages else "",
        )
        for code, shape in drawn.items()
    ]
    box = f"{min(east):.1f} {-max(north):.1f} {max(east) - min(east):.1f} {max(north) - min(north):.1f}"
    return areas, box


def _shapes(project: Project) -> dict[str, tuple[Polygon, ...]]:
    """The outlines of places, from the tables of the series that have such."""
    head, found = ",".join(COLUMNS), dict[str, tuple[Polygon, ...]]()
    for file in sorted((project.root / paths.DATA).glob("*.csv")):
        with file.open(encoding="utf-8-sig") as stream:
            if stream.readline().strip() == head:
                found |= read_shapes(project.root, file.stem)
    return found
