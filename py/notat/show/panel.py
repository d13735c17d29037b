"""What the web pages need to explain a number in place: explanations as data, and the script that shows them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from notat.data.sources import Source
from notat.engine.write.scripts import copy_script, suffix
from notat.norsk.language import say
from notat.numbers.indicators import Numbers
from notat.numbers.provenance import READ, CellView, Explanation
from notat.project.project import Project
from notat.show.appendix import anchor, explanations
from notat.text import paths
from notat.text.plaintext import in_script

FOLDER = "ressurser"
SCRIPTS, DATA = ("panel.js", "figur.js"), "tall"
APPENDIX = "tallgrunnlag"


def write_panel(project: Project, output: Path, data: str) -> None:
    """Write the scripts of numbers and figures, and the data of the numbers, into the `output` folder."""
    folder = output / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{DATA}{suffix()}.js").write_text(data, encoding="utf-8")
    for script in SCRIPTS:
        copy_script(project.root / paths.EXTENSION / script, folder)


def panel_data(project: Project, *, nested: bool = False) -> str:
    """What the panel shows, as a script; `nested` when chapters have a folder of their own."""
    known = explanations(project, Numbers(project.data))
    pages = {Path(file.file).stem: Path(file.file) for file in project.config.chapters}
    page = pages.get(APPENDIX)
    address = "" if page is None else (page if nested else Path(page.name)).with_suffix(".html").as_posix()
    return panel_script(known, address)


def panel_script(known: Mapping[str, Explanation], appendix: str) -> str:
    """A script that sets the one global `notatTall`: sources and numbers by id, safe to put on any page."""
    headings = (explanation.edition.heading for explanation in known.values() if explanation.edition)
    sources = {source.id: source for explanation in known.values() for source in explanation.sources}
    content = _filled(tidligere=next(headings, "")) | {
        "kilder": {id_: _source(source) for id_, source in sources.items()},
        "tall": {id_: _number(explanation, appendix) for id_, explanation in known.items()},
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"window.notatTall = {in_script(text)};\n"


def _source(source: Source) -> dict[str, str]:
    return _filled(tittel=source.title, utgiver=source.publisher, url=source.url)


def _number(explanation: Explanation, appendix: str) -> dict[str, Any]:
    return _filled(
        verdi=explanation.value,
        enhet=explanation.unit,
        hva=explanation.meaning,
        periode=explanation.period,
        sted=explanation.place,
        formel=explanation.words or ("" if explanation.derived else say(READ)),
        regning=explanation.arithmetic,
        avrunding=explanation.rounding,
        endrer=explanation.rounding_shows,
        tidligere=explanation.against,
        celler=[_cell(cell) for cell in explanation.cells],
        rad=f"{appendix}#{anchor(explanation.id)}" if appendix else "",
    )


def _cell(cell: CellView) -> dict[str, str]:
    return _filled(
        verdi=cell.value,
        navn=cell.name,
        sted=cell.address,
        forbehold=cell.reservation,
        merknad=cell.note,
        kilde=cell.source.id,
    )


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
