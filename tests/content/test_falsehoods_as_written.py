"""Falsehoods written into the sources of the notes by somebody who had not read the other lists, and what finds them.

They change whatever an author may write: prose, heads, titles, captions, rows of tables, boxes and footnotes. The first
time, before anything was improved, 90 of 152 were noticed. What is still silent is no claim that data can decide: a
cause, a quotation of which the note has no copy, what is usual, what only a source says.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from notat.cli import init
from notat.text import parameters, paths, profiles
from tools.literal import read

PROJECT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "falsehoods" / "as_written"
SERIES = PROJECT / "serier" / "kommuneprofil"
# How many of each list may be silent. The lists about one note are tried together.
SILENT = {
    "note": {"note": 13, "outsider": 17, "second": 5},
    "note2026": {"note2026": 0},
    "series_nb": {"series_nb": 5, "series_second": 2},
    "series_nn": {"series_nn": 0},
    "new_nb": {"new_nb": 4},
    "new_nn": {"new_nn": 0},
    "new_en": {"new_en": 0},
}
UNITS = {"series_nb": "5035", "series_nn": "5001"}  # what stands only for others is not said of them
BUILT = {"note": "published", "note2026": "published_anew"}  # of these the session has built the edition
_NOT_COPIED = shutil.ignore_patterns("_output", "__pycache__", ".notat")


@pytest.fixture
def root(request, tmp_path, share_fonts):
    """The note that some lists are about, as a copy; where it has been built, with what its chapters gave then."""
    name, copy = request.param, tmp_path / "notat"
    if name.startswith("series"):
        shutil.copytree(SERIES, copy, ignore=_NOT_COPIED)
    elif name.startswith("new"):
        init.write(copy, code=name.removeprefix("new_"))
    else:
        copy.mkdir()
        names = (
            *profiles.files(PROJECT),
            "_brand.yml",
            "_extensions",
            "chapters",
            "data",
            "index.qmd",
            "references.bib",
        )
        for one in (*names, "py/content"):
            copied = shutil.copytree if (PROJECT / one).is_dir() else shutil.copyfile
            (copy / one).parent.mkdir(parents=True, exist_ok=True)
            copied(PROJECT / one, copy / one)
    share_fonts(copy)
    if name in BUILT:
        built = request.getfixturevalue(BUILT[name])
        shutil.copyfile(built / paths.LOCK, copy / paths.LOCK)
        cached = paths.CACHE + "/cache"
        shutil.copytree(built / cached, copy / cached, ignore=shutil.ignore_patterns("imports"), dirs_exist_ok=True)
    return copy


@pytest.mark.process
@pytest.mark.parametrize(("root", "name"), [(name, name) for name in SILENT], indirect=["root"])
def test_what_an_author_writes_wrongly_is_noticed(root, name):
    """Each note has content of its own, and so a process of its own."""
    own = {"PYTHONPATH": os.pathsep.join([str(root / "py"), *filter(None, sys.path)])}
    if name in UNITS:
        own[parameters.VARIABLE] = parameters.written({"kommune": UNITS[name]})
    own |= {"series_nn": {profiles.VARIABLE: "nynorsk"}, "note2026": {profiles.VARIABLE: "utgave2026"}}.get(name, {})
    command = [sys.executable, "-m", "tools.literal", str(root), *(str(CASES / f"{one}.txt") for one in SILENT[name])]
    done = subprocess.run(
        command, env=os.environ | own, cwd=root, capture_output=True, text=True, timeout=2400, check=False
    )
    assert done.returncode == 0, done.stderr
    noticed = dict(re.findall(r"^(\w+): (\d+ of \d+) noticed$", done.stdout, re.MULTILINE))
    assert noticed.keys() == SILENT[name].keys()
    for one, most in SILENT[name].items():
        count = len(read(CASES / f"{one}.txt"))
        found, of = noticed[one].split(" of ")
        assert int(of) == count
        assert count - int(found) <= most, done.stdout


def test_every_list_is_tried():
    tried = sorted(one for lists in SILENT.values() for one in lists)
    assert tried == sorted(file.stem for file in CASES.glob("*.txt"))
