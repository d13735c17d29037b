"""The note's inputs: digests that anybody can recompute, and nothing from outside the project."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from notat.project.manifest import data_digest, digest_of, manifest_of, write_manifest
from notat.project.project import Project

PROJECT = Path(__file__).parents[2]


def test_the_digest_of_the_data_is_the_one_that_sha256sum_gives(note):
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum mangler")
    (note / "data" / "arkiv").mkdir()
    (note / "data" / "arkiv" / "svar.json").write_text("{}\n", encoding="utf-8")
    (note / "data" / "arkiv-2.csv").write_text("a\n", encoding="utf-8")
    (note / "data" / ".skjult").write_text("x", encoding="utf-8")
    command = (
        "cd data && find . -type f ! -name '.*' ! -name kontroll.sha256 | sed 's#^./##' | LC_ALL=C sort"
        " | xargs sha256sum | sha256sum"
    )
    said = subprocess.run(
        ["bash", "-c", command], cwd=note, capture_output=True, text=True, check=True, timeout=600
    ).stdout
    assert data_digest(Project(note)) == said.split()[0]


def test_in_the_project_the_list_of_checksums_has_the_digest_of_the_data():
    checksums = (PROJECT / "data" / "kontroll.sha256").read_bytes()
    assert data_digest(Project(PROJECT)) == hashlib.sha256(checksums).hexdigest()


def test_the_bibliography_counts_wherever_it_lies(note):
    assert "references.bib" in manifest_of(Project(note)).files
    (note / "kilder").mkdir()
    (note / "references.bib").rename(note / "kilder/verk.bib")
    config = note / "_quarto.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("bibliography: references.bib", "bibliography: kilder/verk.bib"), encoding="utf-8")
    before = manifest_of(Project(note))
    assert "kilder/verk.bib" in before.files
    assert "references.bib" not in before.files
    with (note / "kilder/verk.bib").open("a", encoding="utf-8") as stream:
        stream.write("@misc{ny, title={Ny}, year={2020}}\n")
    assert manifest_of(Project(note)).all != before.all


def test_the_digest_of_many_files_does_not_depend_on_their_order():
    assert digest_of({"b": "2", "a": "1"}) == hashlib.sha256(b"1  a\n2  b\n").hexdigest()


def test_the_inputs_are_the_files_of_the_note_and_the_code_that_makes_it(note):
    inputs = manifest_of(Project(note))
    assert list(inputs.files) == sorted(inputs.files)
    assert {
        "_quarto.yml",
        "chapters/arbeid.qmd",
        "data/arbeid.csv",
        "_extensions/notat/typst-template.typ",
        "py/notat/project/manifest.py",
        "py/notat/engine/write/templates/page.html.j2",
    } <= inputs.files.keys()
    assert not [
        name for name in inputs.files if name.startswith(("/", "_output", ".")) or "\\" in name or ".pyc" in name
    ]
    assert inputs.files["data/arbeid.csv"] == hashlib.sha256((note / "data/arbeid.csv").read_bytes()).hexdigest()
    assert str(note.parent) not in inputs.as_json()


@pytest.mark.parametrize(
    ("name", "data_too"), [("data/arbeid.csv", True), ("chapters/arbeid.qmd", False), ("_quarto.yml", False)]
)
def test_one_character_in_an_input_changes_the_digests(note, name, data_too):
    before = manifest_of(Project(note))
    with (note / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    after = manifest_of(Project(note))
    assert before.all != after.all
    assert (before.data != after.data) is data_too


def test_time_and_rights_of_the_files_change_nothing(note):
    before = manifest_of(Project(note)).as_json()
    for file in note.rglob("*.csv"):
        os.utime(file, (1, 1))
        file.chmod(0o600)
    assert manifest_of(Project(note)).as_json() == before


def test_the_versions_are_those_of_the_engine_that_makes_the_note(note):
    assert {"notat", "matplotlib", "typst"} <= manifest_of(Project(note)).versions.keys()
    assert not {"typst", "nbclient"} & manifest_of(Project(note), engine="quarto").versions.keys()


def test_the_manifest_lists_every_file_of_the_folder_but_itself(note, tmp_path):
    folder = tmp_path / "ut"
    (folder / "under").mkdir(parents=True)
    for name in ("a.html", "under/manifest.json"):
        (folder / name).write_text(name, encoding="utf-8")
    inputs = manifest_of(Project(note))
    for _ in range(2):
        write_manifest(inputs, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["outputs"] == {
        name: hashlib.sha256(name.encode()).hexdigest() for name in ("a.html", "under/manifest.json")
    }
    assert manifest["data"]["sha256"] == inputs.data
    assert manifest["inputs"] == inputs.files
