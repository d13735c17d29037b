"""Other programs store their files in the project, and text is UTF-8 in any locale."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from notat.engine.run.orphans import environment
from notat.text import surroundings

COMMAND = (sys.executable, "-c", "from notat.cli.main import main; main()")


def found(folder):
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*"))


@pytest.mark.process
@pytest.mark.parametrize("locale", ["C", "tr_TR.UTF-8"])
def test_a_build_leaves_nothing_in_the_home_folder_and_speaks_utf8_in_every_language(note, tmp_path, locale):
    chapter = note / "chapters/arbeid.qmd"
    heavy = (
        "\n```{python}\n#| output: asis\nimport sys, locale\nprint(locale.getencoding(), sys.flags.utf8_mode)\n```\n"
    )
    heavy += "\n```{python}\n#| output: asis\nimport matplotlib.pyplot\nprint('tegnet: æøå')\n```\n"
    chapter.write_text(chapter.read_text(encoding="utf-8") + heavy, encoding="utf-8")
    for name in ("hjem", "midlertidig"):
        (tmp_path / name).mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}
    places = {"HOME": str(tmp_path / "hjem"), "TMPDIR": str(tmp_path / "midlertidig")}
    done = subprocess.run(
        [*COMMAND, "render"],
        cwd=note,
        env={**kept, **places, "LC_ALL": locale, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    page = (note / "_output/arbeid.html").read_text(encoding="utf-8")
    assert "tegnet: æøå" in page
    assert found(tmp_path / "hjem") == []
    assert found(tmp_path / "midlertidig") == []
    assert (note / ".notat/andres/matplotlib").is_dir()


def test_helpers_run_in_utf8_and_keep_what_they_keep_in_the_project(note):
    given = environment(note)
    assert given["PYTHONUTF8"] == "1"
    kept = [value for name, value in given.items() if name.endswith(("DIR", "_HOME")) and name != "TMPDIR"]
    assert len(kept) == 9
    assert all(value.startswith(str(note / ".notat/andres")) for value in kept)


def test_outside_a_project_nothing_is_changed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = dict(os.environ)
    surroundings.adopt()
    assert dict(os.environ) == before
