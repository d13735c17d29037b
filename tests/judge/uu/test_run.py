from __future__ import annotations

import json
import sys

import pytest

from notat.cli.main import main
from notat.judge.uu import Audit, Breach
from notat.judge.uu.criteria import CRITERIA
from notat.judge.uu.run import run

CLEAN = {name: Audit(name, f"verktøy for {name}", frozenset(CRITERIA)) for name in ("html", "pdf", "docx")}
BREACH = Breach("image-alt", "arbeid.html", "Bildet mangler tekst.", ("1.1.1",))


@pytest.fixture
def audited(rendered, monkeypatch, capsys):
    """Run `notat check --uu` on the small rendered note with these audits; the exit code and what was printed."""

    def command(**audits):
        for name, audit in {**CLEAN, **audits}.items():
            monkeypatch.setattr(f"notat.judge.uu.{name}.audit_{name}", lambda *_, audit=audit: audit)
        monkeypatch.setattr(sys, "argv", ["notat", "check", "--uu"])
        try:
            main()
        except SystemExit as stopped:
            return stopped.code, capsys.readouterr()
        return 0, capsys.readouterr()

    return command


def test_the_command_prints_a_row_for_each_criterion_and_writes_report_and_draft(audited, rendered):
    code, said = audited()
    assert code == 0
    assert all(f"{number} {name}" in said.out for number, name in CRITERIA.items())
    assert "Ingen brudd." in said.out
    rows = json.loads((rendered / "_uu/rapport.json").read_text(encoding="utf-8"))["krav"]
    # The small note has search and no media, so the machine decides from the pages what does not apply.
    assert {row["nummer"]: row["html"] for row in rows}["1.2.2"] == "ikke aktuelt"
    assert {row["nummer"]: row["html"] for row in rows}["3.3.2"] == "oppfylt"
    assert {row["nummer"]: row["pdf"] for row in rows}["3.3.2"] == "ikke aktuelt"
    assert (rendered / "_uu/tilgjengelighetserklaering.md").is_file()


def test_a_breach_is_told_and_fails(audited):
    code, said = audited(html=Audit("html", "x", frozenset(CRITERIA), (BREACH,)))
    assert code == 1
    assert "HTML, arbeid.html: Bildet mangler tekst. (1.1.1, image-alt)" in said.out
    assert "1 brudd." in said.err


def test_what_was_not_audited_never_passes_as_if_it_were(audited):
    code, said = audited(html=Audit("html", "x", skipped="Fant ingen Chromium."))
    assert code == 1
    assert "Ikke alt er prøvd. HTML: Fant ingen Chromium." in said.err


def test_outputs_that_are_not_made_yet_are_asked_for(note, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["notat", "check", "--uu"])
    with pytest.raises(SystemExit):
        main()
    assert "_output/index.html: Fila mangler. Kjør notat render først." in " ".join(capsys.readouterr().err.split())


def test_without_the_packages_that_audit_it_says_how_to_get_them(note, refused, monkeypatch):
    """`make render` has not installed them."""
    for name in [name for name in sys.modules if name.startswith("notat.judge.uu.html")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with refused(None, None, "Pakken playwright er ikke installert. Kjør make tools"):
        run(note)
