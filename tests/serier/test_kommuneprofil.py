"""The municipal series: its data are the note's, its languages say the same, and its units are built whole."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from notat.data.places import read_places
from notat.project.project import Project
from notat.readback.read import read_output
from notat.text import paths, profiles

PROJECT = Path(__file__).parents[2]
SERIES = PROJECT / "serier/kommuneprofil"
COMMAND = [sys.executable, "-c", "from notat.cli.main import main; main()"]
# Large and small, grown and fallen, merged and not, with and without figures that are withheld.
UNITS = {"5001": "Trondheim", "5006": "Steinkjer", "5052": "Leka", "5043": "Røyrvik"}
DIVIDED = {"1508", "1580"}  # Ålesund and Haram have been two since 2024, and nobody has counted the two before
LANGUAGES = ("bokmaal", "nynorsk")


def rows(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def by_key(file, *columns):
    return {tuple(row[column] for column in columns): row for row in rows(file)}


def values(root, name):
    found = by_key(root / f"data/serier/{name}.csv", "gruppe", "sted", "periode")
    return {key: row["verdi"] for key, row in found.items()}


@pytest.fixture(scope="session")
def series(tmp_path_factory, share_fonts):
    """A copy of the series in a copy of what is around it; tests may only build it."""
    root = tmp_path_factory.mktemp("serie")
    for name in ("_quarto.yml", "_brand.yml"):
        shutil.copyfile(PROJECT / name, root / name)
    shutil.copytree(PROJECT / "_extensions", root / "_extensions")
    made = shutil.ignore_patterns("_output*", "_figurer", "_fonter", paths.CACHE, "__pycache__")
    own = shutil.copytree(SERIES, root / "serier/kommuneprofil", symlinks=True, ignore=made)
    share_fonts(own)
    return own


def run(root, *command, profile="bokmaal"):
    around = {**os.environ, profiles.VARIABLE: profile, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    return subprocess.run(
        command, cwd=root, env=around, capture_output=True, encoding="utf-8", timeout=600, check=False
    )


# --- data


@pytest.mark.parametrize(
    ("name", "apart"),
    # Of the two files that NAV's rates were read in, one has rounded them twice.
    [("folketall", 0), ("ledige", 0), ("ledige_pst", Fraction(1, 10)), ("ledige_fylker", 0), ("ledige_fylker_pst", 0)],
)
def test_what_the_series_and_the_note_both_have_is_the_same(name, apart):
    theirs, own = values(SERIES, name), values(PROJECT, name.replace("_fylker", ""))
    common = theirs.keys() & own.keys()
    assert len({place for _, place, _ in common}) > 1
    assert [key for key in common if abs(Fraction(theirs[key]) - Fraction(own[key])) > apart] == []


def test_the_places_of_the_note_are_those_of_the_series():
    for name, columns in (("steder", ("kode",)), ("stedsendringer", ("fra", "til", "dato"))):
        theirs, own = (by_key(root / f"data/{name}.csv", *columns) for root in (SERIES, PROJECT))
        assert own.items() <= theirs.items()


def test_the_county_of_the_note_has_the_same_map():
    assert (SERIES / "data/kommunegrenser_50.csv").read_bytes() == (PROJECT / "data/kommunegrenser.csv").read_bytes()


def test_every_municipality_has_people_of_every_age_and_a_place_on_a_map():
    places = read_places(SERIES)
    now = {code for code in places if len(code) == 4 and not places[code].last}
    people = values(SERIES, "folketall")
    groups = {group for group, _, _ in people}
    assert {place for _, place, _ in people if len(place) == 4} == now
    whole = {"2013": now - DIVIDED, "2026": now}
    assert {(group, code, year) for group in groups for year, some in whole.items() for code in some} <= people.keys()
    assert {year for _, place, year in people if place in DIVIDED} == {"2024", "2025", "2026"}
    drawn = {row["sted"] for file in (SERIES / "data").glob("kommunegrenser_*.csv") for row in rows(file)}
    assert now - drawn == {code for code in now if sum(other[:2] == code[:2] for other in now) == 1}


def test_the_ages_of_the_country_are_all_its_people():
    people = values(SERIES, "folketall")
    groups = {group for group, _, _ in people} - {""}
    for place, year in {(place, year) for group, place, year in people if group}:
        assert sum(int(people[group, place, year]) for group in groups) == int(people["", place, year])


# --- languages


def chapters(profile, monkeypatch):
    monkeypatch.setenv(profiles.VARIABLE, profile)
    project = Project(SERIES)
    return {Path(source.file).stem: "\n".join(line for _, line in source.lines) for source in project.written}


def named(text):
    """What a chapter takes from the data: numbers by call and mark, and the conditions that its paragraphs have."""
    return [
        re.findall(r'\b(?:tall|sted|velg|figur|tabell)\(\s*"([^"]+)"', text),
        re.findall(r'\b(?:av|enn|fra)="([^"]+)"', text),
        re.findall(r'\.hvis tall="([^"]+)"', text),
        re.findall(r"@[a-z][\w-]+", text),
    ]


def test_both_languages_take_the_same_from_the_data_in_the_same_order(monkeypatch):
    bokmaal, nynorsk = (chapters(profile, monkeypatch) for profile in LANGUAGES)
    assert len(bokmaal) == len(nynorsk)
    for (name, one), other in zip(bokmaal.items(), nynorsk.values(), strict=True):
        assert named(one) == named(other), name


# --- units


@pytest.mark.process
@pytest.mark.parametrize("profile", LANGUAGES)
@pytest.mark.parametrize("code", [*UNITS, "0301"])  # Oslo is a county of its own
def test_no_check_finds_anything_in_a_unit(series, code, profile):
    done = run(series, *COMMAND, "check", "-P", f"kommune:{code}", profile=profile)
    assert "Ingen funn" in done.stdout, done.stdout + done.stderr


@pytest.mark.process
@pytest.mark.parametrize("code", UNITS)
def test_a_unit_is_built_in_three_formats_that_say_the_same(series, code, monkeypatch):
    done = run(series, *COMMAND, "render", "-P", f"kommune:{code}")
    assert done.returncode == 0, done.stderr
    monkeypatch.setenv("NOTAT_PARAMS", json.dumps({"kommune": code}))
    monkeypatch.setenv(profiles.VARIABLE, "bokmaal")
    documents = Project(series).config.documents
    assert documents[0].title == f"Kommuneprofil for {UNITS[code]}"
    for name in ("html", "pdf", "docx"):
        words = " ".join(block.text for block in read_output(series / paths.OUTPUT, name, documents).blocks)
        assert f"{UNITS[code]} hadde" in words, name
        assert not [other for other in UNITS.values() if other != UNITS[code] and f"{other} hadde" in words], name
        assert not re.search(r"@(?:fylket|landet)|\bNone\b|\bnan\b", words), name


@pytest.mark.process
def test_outputs_of_another_unit_are_not_checked_as_those_of_this_one(series):
    folder = series / paths.OUTPUT
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("index.html", "kommuneprofil.pdf", "kommuneprofil.docx"):
        (folder / name).write_text("", encoding="utf-8")
    (folder / "manifest.json").write_text('{"title": "Kommuneprofil for Leka"}', encoding="utf-8")
    done = run(series, *COMMAND, "check", "-P", "kommune:5006")
    shutil.rmtree(folder)
    assert "Utdata er ikke kontrollert" in done.stdout, done.stdout + done.stderr


@pytest.mark.process
@pytest.mark.parametrize(("code", "withheld"), [("5001", False), ("5043", True)])
def test_a_figure_that_is_withheld_is_said_to_be(series, code, withheld):
    done = run(series, *COMMAND, "render", "--til", "html", "-P", f"kommune:{code}")
    assert done.returncode == 0, done.stderr
    page = (series / "_output/arbeid.html").read_text(encoding="utf-8")
    assert ("høyst fire" in page) is withheld
    assert ("fig-ledige" in page) is not withheld


@pytest.mark.process
def test_every_number_of_every_place_is_recomputed_outside_the_package(series):
    notebook = "tests/notebooks/kontroll.ipynb"
    done = run(
        series,
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-p",
        "no:cacheprovider",
        "-q",
        notebook,
    )
    assert done.returncode == 0, done.stdout
    printed = (series / notebook).read_text(encoding="utf-8")
    listed = run(series, *COMMAND, "list", "tall", "--json")
    assert "ULIKT\\n" not in printed
    ids = {entry["id"] for entry in json.loads(listed.stdout)} if listed.returncode == 0 else set()
    assert ids
    assert [id_ for id_ in ids if f"  {id_}  " not in printed] == []
