"""A note and its commands work in a folder of any name: no name is taken as code, an address, a pattern or a format."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.process

COMMAND = (sys.executable, "-c", "from notat.cli.main import main; main()")
NAME = "50 % #1 & mål [bold]«x»[-red] 'a' \"b\"? {0} $HOME `id` ; %s %(x)s"


@pytest.fixture(scope="module")
def odd(tmp_path_factory, write_figures_note):
    """A note in a folder of an odd name, rendered by the command."""
    root = tmp_path_factory.mktemp("steder") / NAME
    write_figures_note(root)
    done = run(root, "-vv", "render")
    assert done.returncode == 0, done.stderr
    return root


def run(root, *arguments):
    home(root).mkdir(exist_ok=True)
    command, environment = [*COMMAND, *arguments], {**os.environ, "HOME": str(home(root))}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=400, check=False)


def home(root):
    """A home folder, in which no command leaves anything."""
    return root.with_name("hjem")


def test_it_is_rendered_in_every_format_with_its_figures(odd):
    names = {file.suffix for file in (odd / "_output").iterdir()}
    assert {".html", ".pdf", ".docx"} <= names
    assert (odd / "_output/ressurser/figurdata/fig-ungdomskull.svg").is_file()
    assert "Kapittel om kap-1" in (odd / "_output/kap-1.html").read_text(encoding="utf-8")


def test_it_is_the_same_as_in_a_plain_folder(odd, built_once):
    plain = built_once
    files = sorted(file.relative_to(plain) for file in (plain / "_output").rglob("*") if file.is_file())
    assert files == sorted(file.relative_to(odd) for file in (odd / "_output").rglob("*") if file.is_file())
    assert [name for name in files if (plain / name).read_bytes() != (odd / name).read_bytes()] == []


def test_it_is_compared_with_a_copy_and_a_folder_of_odd_names(odd, tmp_path):
    other = shutil.copytree(odd / "_output", tmp_path / odd.name)
    for place in (other, other / "diskusjonsnotat.docx"):
        done = run(odd, "compare", str(place))
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("Likt: ")


def test_it_is_checked_and_verified(odd):
    checked = run(odd, "check")
    assert "Traceback" not in checked.stderr
    assert "\nTall:" in f"\n{checked.stdout}"
    assert "Fila mangler" not in checked.stdout
    verified = run(odd, "verify")
    assert verified.returncode == 0, verified.stderr
    assert "filer er like i begge bygg og i _output/" in verified.stdout


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium mangler på denne maskinen")
def test_it_is_audited_in_a_browser(odd):
    done = run(odd, "check", "--uu")
    assert "Prøver HTML" in done.stderr
    assert "Traceback" not in done.stderr
    assert (odd / "_uu/rapport.md").is_file()
    assert sorted(file.name for file in home(odd).rglob("*")) == []
