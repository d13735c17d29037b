"""`notat demo`: a page in a temporary folder, of a note in which nothing is wrong."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import webbrowser

import pytest
from click.testing import CliRunner

from notat.cli.init import begin, demo
from notat.cli.main import cli
from notat.text.errors import NotatError

CHECK = "from notat.cli.main import main; main()"


@pytest.mark.process
def test_the_page_is_made_and_the_checks_find_nothing_in_its_note(tmp_path, monkeypatch, share_fonts):
    def begin_with_fonts(root, report):
        begin(root, report)
        share_fonts(root)

    monkeypatch.setattr(demo, "begin", begin_with_fonts)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setenv("DISPLAY", ":0")
    done = CliRunner().invoke(cli, ["demo"])
    assert done.exit_code == 0, done.output
    [page] = tmp_path.glob("notat-demo-*/notat/_output/index.html")
    assert opened == [page.as_uri()]
    assert f"Siden er {page}\n" in done.output
    root = page.parents[1]
    assert {file.name for file in page.parent.glob("*.html")} == {"index.html", "404.html"}
    command = [sys.executable, "-c", CHECK, "check", "--utdata"]
    checked = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", timeout=600, check=False)
    assert checked.stdout.endswith("Ingen funn.\n"), checked.stdout


def test_what_stops_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(demo, "_RENDER", "import sys; sys.exit('Feil: Det gikk ikke.')")
    with pytest.raises(NotatError, match="Det gikk ikke"):
        demo.make(lambda _: None)
