"""Typst gives the same bytes whether or not it has laid out another text before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notat.engine.write.typeset import Typesetter
from notat.project.config import read_config
from notat.text.errors import NotatError
from tools.bench.processes import outputs, start

WORK = ".notat/pdf"
SOURCE = f"{WORK}/notat.typ"


@pytest.fixture
def note(built_once, tmp_path):
    return Path(shutil.copytree(built_once, tmp_path / "notat", symlinks=True))


def rendered(note, *arguments):
    process = start(note, *arguments)
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors
    return outputs(note)


def test_a_changed_sentence_gives_the_bytes_of_a_build_from_nothing(note):
    before = outputs(note)
    chapter = note / "chapters/kap-1.qmd"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("Setningen som endres", "Setningen er en annen, og så lang at den brytes " * 3))
    changed = rendered(note)
    assert changed != before
    assert changed == rendered(note, "--uten-mellomlager")


@pytest.mark.parametrize("last", ["#let x = ", "#panic()", "= Noe helt annet"])
def test_what_it_began_on_does_not_matter(note, last):
    good = (note / SOURCE).read_bytes()
    parts = {file.name: file.read_bytes() for file in (note / WORK).glob("*-*.typ")}
    parts["stil.typ"] = (note / WORK / "stil.typ").read_bytes()
    (note / SOURCE).write_text(last)
    (note / WORK / "kap-1-0.typ").unlink()
    (note / WORK / "kap-9-0.typ").write_text("Et kapittel som ikke er med.")
    typesetter = Typesetter(read_config(note))
    typesetter.begin()
    assert typesetter.compile_pdf(good, parts) == (note / "_output/diskusjonsnotat.pdf").read_bytes()
    assert not (note / WORK / "kap-9-0.typ").exists()


def test_a_changed_sentence_is_new_in_the_file_of_its_section_alone(note):
    before = {file.name: file.read_bytes() for file in (note / WORK).glob("*.typ")}
    chapter = note / "chapters/kap-1.qmd"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("Setningen som endres", "Setningen – og mer – som er ~~endret~~"), encoding="utf-8")
    rendered(note)
    after = {file.name: file.read_bytes() for file in (note / WORK).glob("*.typ")}
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == ["kap-1-0.typ"]


def test_without_an_earlier_text_it_begins_on_none(note):
    (note / SOURCE).unlink()
    typesetter = Typesetter(read_config(note))
    typesetter.begin()
    with pytest.raises(NotatError, match="Typst stanset"):
        typesetter.compile_pdf(b"#panic()", {})
