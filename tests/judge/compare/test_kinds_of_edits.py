"""Of each kind of edit exactly what was done is reported, at the line where it was written."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hands import CHAPTER, KINDS, answered, comment_on_two_runs, edited

from notat.judge.compare import compare
from notat.judge.compare.telling import Telling
from notat.readback.blocks import PARAGRAPH
from notat.readback.word import Document, Piece

PROJECT = Path(__file__).parents[3]


PLACES = {"@tabell": ("tables", '@table("eksport")'), "@figur": ("charts", '@chart("ungdomskull")')}


def full(line):
    """The line as it is printed; figures and tables are at the functions that make them."""
    head, _, rest = line.partition(" ")
    if head in PLACES:
        folder, words = PLACES[head]
        for file in (PROJECT / "py/content" / folder).rglob("*.py"):
            lines = file.read_text(encoding="utf-8").splitlines()
            if words in lines:
                head = f"{file.relative_to(PROJECT)}:{lines.index(words) + 1}:"
    return f"{CHAPTER}:{head}: {rest}." if head.isdecimal() else f"{head} {rest}."


@pytest.mark.parametrize("kind", KINDS)
def test_exactly_what_was_done_is_told(sent, copy, kind):
    change, expected = KINDS[kind]
    found = compare(sent, edited(copy, change))
    assert [str(difference) for difference in found.differences] == [full(line) for line in expected]
    assert found.comments == []


def test_a_copy_saved_by_another_program_is_equal(sent, copy, tmp_path):
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice er ikke installert")
    folder = tmp_path / "lagret"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profil'}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(folder), str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = compare(sent, folder / copy.name)
    assert (found.differences, found.comments) == ([], [])


@pytest.mark.parametrize(
    ("address", "told"), [("../vedlegg.docx", 0), ("file:///C:/Kari/vedlegg.docx", 0), ("notat.docx", 1)]
)
def test_the_way_to_a_file_is_the_same_wherever_the_copy_was_saved(address, told):
    here, there = (
        Piece(PARAGRAPH, "Vedlegg", links=(("Vedlegg", url),), emphasis=("",) * 7) for url in ("vedlegg.docx", address)
    )
    telling = Telling(Document([here]), Document([there]), "Kari.docx", lambda *_: ("kap.qmd", 1), None)
    assert len(list(telling.form(here, there, []))) == told


def test_an_answered_comment_across_runs_is_told_with_its_answer(sent, copy):
    found = compare(sent, answered(edited(copy, comment_on_two_runs)))
    assert found.differences == []
    first, answer = map(str, found.comments)
    assert first.startswith("chapters/kap-2.qmd:11: kommentar fra Per Berg, 2")
    assert ", til «Bedriftene melder" in first
    assert first.endswith(": «Hvor kommer dette fra?».")
    assert answer.startswith("chapters/kap-2.qmd:11: svar fra Kari til Per Berg, 2")
    assert answer.endswith(": «Fra oss.».")
