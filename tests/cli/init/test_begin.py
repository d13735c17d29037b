"""A note that `notat init` begins is whole: it renders, its checks and tests hold, and its numbers are real."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from notat.cli.init import WHEELS, begin
from notat.engine.write import brand
from notat.judge.checks import checksums
from notat.project.brand import read_brand
from notat.project.config import read_config

PROJECT = Path(__file__).parents[3]
_COMMAND = (sys.executable, "-c", "from notat.cli.main import main; main()")


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """The root of a new note, made once; tests may build it, but change nothing."""
    root = tmp_path_factory.mktemp("nytt") / "nordland"
    begin(PROJECT, root, lambda step: None)
    return root


def run(root, *command):
    """Run a command in the note as its own environment would: with its modules before those of this project."""
    environment = {**os.environ, "PYTHONPATH": str(root / "py"), "COLUMNS": "200"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def rows(folder):
    found = []
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            found += [row for row in csv.DictReader(stream) if "verdi" in row]
    return [tuple(value for name, value in row.items() if name != "id") for row in found]


def test_the_note_is_a_book_of_its_own_with_another_brand(begun):
    config, ours = read_config(begun), read_config(PROJECT)
    assert config.title != ours.title
    assert [chapter.file for chapter in config.chapters][:3] == [
        "index.qmd",
        "chapters/arbeid.qmd",
        "chapters/eksport.qmd",
    ]
    assert brand.in_use(begun) == read_brand(begun).palette != read_brand(PROJECT).palette
    assert list(checksums.changed_files(begun)) == []


def test_every_value_is_one_that_this_project_has_from_the_same_source(begun):
    own = rows(begun / "data")
    assert len(own) == 24
    assert set(own) <= set(rows(PROJECT / "data"))


def test_the_package_goes_along_as_a_wheel_without_this_note(begun):
    (wheel,) = (begun / WHEELS).glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "notat/cli/main.py" in names
    assert "notat/cli/init/mal/_quarto.yml" in names
    assert not [name for name in names if name.startswith("content/")]


def test_the_wheel_is_the_same_every_time(begun, tmp_path):
    begin(PROJECT, tmp_path / "igjen", lambda step: None)
    first, second = (next((root / WHEELS).glob("*.whl")).read_bytes() for root in (begun, tmp_path / "igjen"))
    assert first == second


def test_the_note_begins_another_note_with_the_wheel_that_it_has(begun, tmp_path):
    begin(begun, tmp_path / "tredje", lambda step: None)
    first, second = (next((root / WHEELS).glob("*.whl")).read_bytes() for root in (begun, tmp_path / "tredje"))
    assert first == second
    files = {file.relative_to(tmp_path / "tredje") for file in (tmp_path / "tredje").rglob("*") if file.is_file()}
    assert Path("_extensions/notat/notat.css") in files


def test_the_note_renders_and_nothing_is_found_in_it_and_its_tests_pass(begun):
    rendered = run(begun, *_COMMAND, "render")
    assert rendered.returncode == 0, rendered.stderr
    assert "Nordland" in (begun / "_output/index.html").read_text(encoding="utf-8")
    checked = run(begun, *_COMMAND, "check", "--utdata")
    assert checked.stdout.endswith("Ingen funn.\n"), checked.stdout
    assert "merk:" not in checked.stdout
    tested = run(begun, sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-current-env")
    assert tested.returncode == 0, tested.stdout
    assert "9 passed" in tested.stdout


def test_the_code_of_the_note_is_clean(begun):
    for command in (("check", "."), ("format", "--check", ".")):
        linted = run(begun, Path(sys.executable).parent / "ruff", *command)
        assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize("where", ["full", "fil", "inne"])
def test_a_place_that_is_taken_is_refused_and_left_as_it_was(tmp_path, refused, where):
    target = {"full": tmp_path / "full", "fil": tmp_path / "fil", "inne": PROJECT / "chapters" / "nytt"}[where]
    if where == "full":
        target.mkdir()
        (target / "noe.txt").write_text("noe", encoding="utf-8")
    if where == "fil":
        target.write_text("noe", encoding="utf-8")
    with refused(None, None, "ligger inne i" if where == "inne" else "er ikke tom"):
        begin(PROJECT, target, lambda step: None)
    assert where != "full" or [file.name for file in target.iterdir()] == ["noe.txt"]
    assert not (PROJECT / "chapters" / "nytt").exists()
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".")]


def test_a_note_that_cannot_be_finished_leaves_nothing(tmp_path, refused, monkeypatch):
    monkeypatch.setattr("notat.cli.init._SOURCE", ("pyproject.toml",))
    with refused(None, None, "kunne ikke legges ved"):
        begin(PROJECT, tmp_path / "halvt", lambda step: None)
    assert list(tmp_path.iterdir()) == []


def test_the_editor_finds_in_the_note_what_its_settings_and_tasks_name(begun):
    settings = json.loads((begun / ".vscode/settings.json").read_text(encoding="utf-8"))
    named = {entry["url"]: begun / entry["fileMatch"][0].lstrip("/") for entry in settings["json.schemas"]}
    named |= {url: begun / file.lstrip("/") for url, file in settings["yaml.schemas"].items()}
    for url, file in named.items():
        schema = json.loads((begun / url).read_text(encoding="utf-8"))
        if file.is_file():
            written = YAML(typ="safe").load(file)  # which reads JSON too
            plain = json.loads(json.dumps(written, ensure_ascii=False, default=str))
            assert [error.message for error in Draft7Validator(schema).iter_errors(plain)] == [], file
    makefile = (begun / "Makefile").read_text(encoding="utf-8")
    for task in json.loads((begun / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]:
        if task["command"] == "make":
            assert f"\n{task['args'][0]}: " in makefile
    assert (begun / ".devcontainer/Dockerfile").is_file()
