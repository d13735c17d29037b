"""The files that all notes share are found in the repository and in a wheel, and a package without them says so."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from notat.text import house

PROJECT = Path(__file__).parents[2]


def test_in_the_repository_the_files_are_those_that_this_note_uses():
    found = house.files()
    assert list(found) == sorted(found)
    assert {"_extensions/notat/notat.css", "docs/skjema/brand.schema.json", "requirements-test.lock"} <= found.keys()
    assert all(file == PROJECT / name for name, file in found.items())


def test_nothing_goes_along_that_git_does_not_have():
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False, timeout=600)
    if listed.returncode:
        pytest.skip("ikke en git-kopi, så det finnes ingen liste over filer")
    assert house.files().keys() <= set(listed.stdout.splitlines())


def test_the_series_go_along_whole_except_for_the_links_to_the_style_of_the_note():
    command = ["git", "ls-files", "--stage", "serier"]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=600)
    if listed.returncode:
        pytest.skip("ikke en git-kopi, så det finnes ingen liste over filer")
    kept = [line.split(maxsplit=3) for line in listed.stdout.splitlines()]
    # Written when the data are accepted, and about the county that the series was written for.
    hidden = {"kontroll.sha256", ".godtatt.json", "README.md"}
    wanted = {name for mode, _, _, name in kept if mode != "120000" and Path(name).name not in hidden}
    assert {name for name in house.series() if Path(name).name not in hidden} == wanted


def test_in_a_wheel_the_series_lie_beside_the_code(tmp_path, monkeypatch):
    page = tmp_path / "serier/profil/index.qmd"
    page.parent.mkdir(parents=True)
    page.touch()
    monkeypatch.setattr(house, "PACKAGE", tmp_path)
    assert house.series() == {"serier/profil/index.qmd": page}


def test_in_a_wheel_the_files_lie_beside_the_code(tmp_path, monkeypatch):
    css = tmp_path / "house/_extensions/notat/notat.css"
    css.parent.mkdir(parents=True)
    css.touch()
    monkeypatch.setattr(house, "PACKAGE", tmp_path)
    assert house.files() == {"_extensions/notat/notat.css": css}


def test_a_package_that_lacks_them_is_refused(tmp_path, monkeypatch, refused):
    monkeypatch.setattr(house, "PACKAGE", tmp_path)
    monkeypatch.setattr(house, "_REPOSITORY", tmp_path)
    with refused(None, None, "mangler husstil"):
        house.files()
