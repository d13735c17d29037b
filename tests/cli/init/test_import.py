"""A new note takes in official figures, and its notebook recomputes them from the files as they were received."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from notat.cli import init
from notat.text import paths

pytestmark = pytest.mark.process

LONG = (
    "Tabell 1\n\nÅr;Måned;Fylke;Kjønn;Antall\n2022;januar;18 Nordland;Begge;2 523\n2022;februar;18 Nordland;Begge;*\n"
)
LONG += "2022;januar;Landet;Begge;74 143\n2022;januar;18 Nordland;Menn;1 500\n1) Skjermet.;;;;\n"
STAT = {
    "class": "dataset",
    "label": "Elever",
    "id": ["Region", "Kjonn", "Tid"],
    "size": [1, 2, 2],
    "role": {"time": ["Tid"], "geo": ["Region"]},
    "dimension": {
        "Region": {"category": {"index": ["K-1804"], "label": {"K-1804": "Bodø"}}},
        "Kjonn": {"category": {"index": ["1", "2"], "label": {"1": "Menn", "2": "Kvinner"}}},
        "Tid": {"category": {"index": ["2021K4", "2022K4"]}},
    },
    "value": [10, 20, 30, None],
    "status": {"3": ":"},
}
NUMBERS = {
    "ledige_2022_01": ("ledige", "18", "2022-01", "2 523 personer"),
    "ledige_nyeste": ("ledige", "0", "siste", "74 143 personer"),
    "andel_nyeste": ("andeler", "18", "siste", "2,9 %"),
    "andel_for": ("andeler", "Nordland", "siste − 1 år", "3,1 %"),
    "elever_nyeste": ("elever", "1804", "siste", "20 personer"),
}


def notat(*arguments: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: a process knows the modules of one note."""
    command = [Path(sys.executable).with_name("notat"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)


def run(*arguments: str) -> str:
    done = notat(*arguments)
    assert done.returncode == 0, (done.stdout, done.stderr)
    return " ".join(done.stdout.replace("\u00a0", " ").split())


def nbval(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "-q"]
    return subprocess.run(
        [*command, paths.NOTEBOOKS],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture
def downloads(tmp_path) -> Path:
    """A CSV file, a workbook that shows shares as per cent with a year for each column, and a JSON-stat answer."""
    (tmp_path / "ledige.csv").write_bytes(LONG.encode("utf-16"))
    book = Workbook()
    sheet = book.active
    sheet.append(["Helt ledige"])
    sheet.append(["", "", "Andel", None])
    sheet.append(["Nr", "Fylke", "2021", "2022"])
    sheet.append(["18", "Nordland", 0.031, 0.029])
    sheet.append(["03", "Oslo", 0.04, 0.05])
    for row in sheet["C4:D5"]:
        for cell in row:
            cell.number_format = "0.0 %"
    sheet.merge_cells("C2:D2")
    book.save(tmp_path / "andeler.xlsx")
    (tmp_path / "elever.json").write_text(json.dumps(STAT), encoding="utf-8")
    return tmp_path


@pytest.fixture
def begun(tmp_path, monkeypatch, share_fonts) -> Path:
    root = tmp_path / "nordland"
    init.begin(root, lambda _: None)
    share_fonts(root)
    monkeypatch.chdir(root)
    return root


def test_what_is_imported_is_used_by_name_and_recomputed_from_the_raw_files(begun, downloads):
    run(
        "new",
        "kilde",
        "nav_2022",
        "--tittel",
        "Helt ledige",
        "--utgiver",
        "NAV",
        "--url",
        "https://nav.no",
        "--aar",
        "2022",
    )
    common = ("--type", "nivå", "--enhet", "personer", "--kilde", "nav_2022", "--ja")
    run("import", str(downloads / "ledige.csv"), "--navn", "ledige", "--maal", "Helt ledige", *common)
    shares = ("--maal", "Helt ledige, andel", "--type", "andel", "--enhet", "prosent", "--kilde", "nav_2022", "--ja")
    run("import", str(downloads / "andeler.xlsx"), "--navn", "andeler", "--uten", "03*", *shares)
    said = run("import", str(downloads / "elever.json"), "--navn", "elever", "--maal", "Elever", *common)
    assert "som Menn · Bodø · 4. kvartal 2021: 10" in said.replace("\u00a0", " ")
    for id_, (table, place, period, printed) in NUMBERS.items():
        group = {"ledige": "Begge", "elever": "Menn"}.get(table, "")
        where = ("--tabell", f"serier/{table}", "--gruppe", group, "--sted", place, "--periode", period)
        assert f"Slik blir det trykt: {printed}" in run("new", "tall", id_, *where)
    run("accept", "--ja")
    assert "18,2022-02,,*" in (begun / "data/serier/ledige.csv").read_text(encoding="utf-8")
    assert '"Skjermet."' in (begun / "data/datapackage.json").read_text(encoding="utf-8").replace("1) ", "")
    listed = json.loads(run("list", "serier", "--json"))
    assert {one["id"]: one["brukt"] for one in listed}["serier/elever"] == ["elever_nyeste"]
    assert "Ingen funn." in run("check")
    checked = nbval(begun)
    assert checked.returncode == pytest.ExitCode.OK, checked.stdout

    series = begun / "data/serier/ledige.csv"
    series.write_text(series.read_text(encoding="utf-8").replace("2523", "2524"), encoding="utf-8")
    done = notat("accept", "--ja")
    assert done.returncode != 0
    assert ": ledige_2022_01. Rett formelen" in " ".join(done.stderr.split())
