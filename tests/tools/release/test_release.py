"""A release of a small note: refused while any proof is missing, otherwise the same files every time."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile

import pytest

from notat.judge.checks import Report
from notat.text.errors import NotatError
from tools.release import proof, release, state

pytestmark = pytest.mark.process

CHANGES = """\
# Endringslogg

## Ikke utgitt

- Noe som skal komme.

## 1.2.0 – 2026-11-22

### Tall

- Sysselsatte er 246 556.

## 1.1.0 – 2026-10-01

- Det første.
"""


def git(root, *arguments):
    identity = ("-c", "user.name=Noen", "-c", "user.email=noen@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True, timeout=600)


@pytest.fixture
def committed(note):
    """A small note in git with a change log, tested."""
    (note / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    (note / ".gitignore").write_text(
        "_output/\n_output.*/\n.notat/\n_figurer/\n_innebygd/\nutgivelse/\n", encoding="utf-8"
    )
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "Et lite notat")):
        git(note, *command)
    state.mark_tested(note)
    return note


def fake_outputs(root, _report):
    """A minimal imitation of a rendering's outputs, so that the steps around it are tested fast."""
    output = root / "_output"
    output.mkdir(exist_ok=True)
    for name in (
        "diskusjonsnotat.pdf",
        "diskusjonsnotat.docx",
        "diskusjonsnotat-data.zip",
        "manifest.json",
        "index.html",
    ):
        (output / name).write_text(name, encoding="utf-8")


FAKE = (("Lager", fake_outputs),)


def test_the_release_of_a_real_note_holds_all_files_with_their_digests_and_can_be_made_again(committed, monkeypatch):
    # The audits are tested in tests/judge/uu; the checks refuse a note that leaves most of the real one's figures
    # unused.
    monkeypatch.setattr("notat.judge.uu.html.browser.chromium", lambda: None)
    monkeypatch.setattr("notat.judge.checks.check", lambda *_, **__: Report([], []))
    alike = type("Found", (), {"unlike": (), "existing": True})
    monkeypatch.setattr("notat.judge.verify.verify", lambda *_: alike)  # tests/judge/verify builds the note twice
    said = []
    files = release(committed, "1.2.0", said.append)
    folder = committed / "utgivelse/notat-1.2.0"
    assert {file.name for file in files} == {
        "diskusjonsnotat.pdf",
        "diskusjonsnotat.docx",
        "diskusjonsnotat-data.zip",
        "diskusjonsnotat-nettsider.zip",
        "manifest.json",
        "ENDRINGER.md",
        "SHA256SUMS",
    }
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    assert sums == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.name != "SHA256SUMS"
    }
    assert "Sysselsatte er 246 556." in (folder / "ENDRINGER.md").read_text(encoding="utf-8")
    assert "Det første." not in (folder / "ENDRINGER.md").read_text(encoding="utf-8")
    with zipfile.ZipFile(folder / "diskusjonsnotat-nettsider.zip") as archive:
        assert {"index.html", "arbeid.html", "manifest.json", "data/arbeid.csv"} <= set(archive.namelist())
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    made = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert made["diskusjonsnotat.pdf"] == sums["diskusjonsnotat.pdf"]
    assert "Universell utforming er ikke prøvd: Fant ingen Chromium." in said

    before = {file.name: file.read_bytes() for file in files}
    again = release(committed, "1.2.0", proofs=())
    assert {file.name: file.read_bytes() for file in again} == before


def test_a_change_that_is_not_committed_is_refused(committed):
    chapter = committed / "chapters/arbeid.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nMer.\n", encoding="utf-8")
    (committed / "ny fil.txt").touch()
    with pytest.raises(NotatError, match=r"ikke sjekket inn: chapters/arbeid\.qmd, .*ny fil\.txt") as refusal:
        release(committed, "1.2.0", proofs=FAKE)
    assert "git commit" in refusal.value.remedy
    assert not (committed / "utgivelse").exists()


def test_files_that_the_tests_have_not_passed_with_are_refused(committed):
    chapter = committed / "chapters/arbeid.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nMer.\n", encoding="utf-8")
    git(committed, "commit", "-qam", "Mer")
    with pytest.raises(NotatError, match="Testene er ikke kjørt på filene slik de er nå") as refusal:
        release(committed, "1.2.0", proofs=FAKE)
    assert "make test" in refusal.value.remedy
    state.mark_tested(committed)
    assert release(committed, "1.2.0", proofs=FAKE)


def test_a_project_outside_git_is_refused(note):
    (note / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    with pytest.raises(NotatError, match="ikke en git-kopi"):
        release(note, "1.2.0", proofs=FAKE)


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("", "Versjonsnummeret mangler"),
        ("1.2", "«1.2» er ikke et versjonsnummer"),
        ("../ut", "er ikke et versjonsnummer"),
        ("2.0.0", r"CHANGELOG\.md: Endringsloggen sier ikke noe om 2\.0\.0"),
    ],
)
def test_a_version_that_is_none_or_that_the_change_log_lacks_is_refused(committed, version, words):
    with pytest.raises(NotatError, match=words):
        release(committed, version, proofs=FAKE)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("## 1.2.0 – 2026-11-22", "## 1.2.0", r"CHANGELOG\.md:7: Overskriften til 1\.2\.0 har ingen dato"),
        ("- Det første.\n", "", r"CHANGELOG\.md:13: Det står ikke noe om 1\.1\.0"),
    ],
)
def test_a_section_without_date_or_content_is_refused(committed, old, new, words):
    log = committed / "CHANGELOG.md"
    log.write_text(log.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(NotatError, match=words):
        release(committed, "1.2.0" if "1.2.0" in old else "1.1.0", proofs=FAKE)


def test_a_release_that_was_made_is_never_made_otherwise(committed):
    release(committed, "1.2.0", proofs=FAKE)
    other = (("Lager", lambda root, _: (root / "_output/index.html").write_text("annet", encoding="utf-8")),)
    with pytest.raises(NotatError, match=r"Utgivelse 1\.2\.0 finnes fra før, med annet innhold"):
        release(committed, "1.2.0", proofs=other)
    with zipfile.ZipFile(committed / "utgivelse/notat-1.2.0/diskusjonsnotat-nettsider.zip") as archive:
        assert archive.read("index.html") == b"index.html"
    assert [folder.name for folder in (committed / "utgivelse").iterdir()] == ["notat-1.2.0"]


def test_what_a_proof_finds_stops_the_release_and_is_told(committed):
    chapter = committed / "chapters/arbeid.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nTODO skrives ferdig.\n", encoding="utf-8")
    git(committed, "commit", "-qam", "La noe stå igjen")
    state.mark_tested(committed)
    said = []
    proofs = [one for one in proof.PROOFS if one[1] in (proof.rendered, proof.checked)]
    with pytest.raises(NotatError, match=r"Utgivelsen er stanset: \d+ funn"):
        release(committed, "1.2.0", said.append, proofs)
    assert any("chapters/arbeid.qmd" in line and "TODO" in line for line in said), said
    assert not (committed / "utgivelse").exists()


def test_data_that_nobody_accepted_are_not_released(committed):
    table = committed / "data/arbeid.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("246556", "246557"), encoding="utf-8")
    git(committed, "commit", "-qam", "Endre et tall uten å godta det")
    state.mark_tested(committed)
    proofs = [one for one in proof.PROOFS if one[1] in (proof.rendered, proof.checked)]
    with pytest.raises(NotatError, match=r"data/arbeid\.csv er endret.*notat accept"):
        release(committed, "1.2.0", proofs=proofs)
    assert not (committed / "utgivelse").exists()


@pytest.mark.parametrize(
    ("found", "words"),
    [(["index.html"], r"Utgivelsen er stanset: 1 ulike filer"), ([], "_output/ er laget av andre filer")],
)
def test_a_note_that_is_not_the_same_when_made_again_is_refused(note, monkeypatch, found, words):
    class Found:
        unlike = found
        existing = False

    monkeypatch.setattr("notat.judge.verify.verify", lambda *_: Found)
    with pytest.raises(NotatError, match=words):
        proof.repeatable(note, lambda _: None)


def test_the_command_tells_what_is_missing_in_one_message(committed):
    done = subprocess.run(
        [sys.executable, "-m", "tools.release", ""],
        cwd=committed,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Feil: Versjonsnummeret mangler.")
    assert "make release VERSION=" in done.stderr


def test_the_tests_mark_what_they_passed_with(committed):
    (committed / ".notat/testet").unlink()
    subprocess.run([sys.executable, "-m", "tools.release"], cwd=committed, check=True, timeout=600)
    state.demand_tested(committed)
