"""The package knows no note: it contains no year, place, chapter or table of this repository's note."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import notat
from notat.numbers import content
from notat.project.config import read_config

PROJECT = Path(__file__).parents[1]
PACKAGE = Path(notat.__file__).parent
TEMPLATES = {*(PACKAGE / "cli/init").glob("mal*")}
KINDS = {".py", ".j2", ".js", ".css", ".lua", ".typ", ".scss", ".yml", ".html"}
# What every note may have: the authors' functions, chapters of the template, tables of sources, controls and places.
SHARED = {*notat.__all__, "kilder", "kontroll", "litteratur", "publisert", "regnet", "steder", "stedsendringer"}
# Ordinary Norwegian that is also the name of a table, with the only places that may say it.
ORDINARY = {"rammer": {"judge/uu/statement.py"}}


def own_words():
    """Names of this note's chapters, tables, data files and registered things, and what only it is about."""
    chapters = {Path(chapter.file).stem for chapter in read_config(PROJECT).chapters}
    chapters |= {file.stem.lstrip("_") for file in (PROJECT / "chapters").glob("*.qmd")}
    data = {file.stem for file in (PROJECT / "data").glob("*.csv")}
    names = {str(name) for name in content._declared("NAMES")}
    return {word for word in chapters | data | names if word not in SHARED and word != "index"}


def files():
    folders = [file for file in PACKAGE.rglob("*") if TEMPLATES.isdisjoint(file.parents)]
    extension = (PROJECT / "_extensions/notat").rglob("*")
    return [file for file in (*folders, *extension) if file.is_file() and file.suffix in KINDS]


def found(text, words):
    pattern = re.compile(rf"2023|tr[øo]ndelag|trønder|\b(?:{'|'.join(map(re.escape, sorted(words)))})\b", re.IGNORECASE)
    return {match[0].lower() for match in pattern.finditer(text)}


def test_the_words_looked_for_are_those_of_this_note():
    assert {"kompetanse", "kommunene", "verdiskaping", "eksport", "notat2023", "NT24"} <= own_words()
    assert not own_words() & SHARED


@pytest.mark.parametrize(
    "text",
    ['FILE = "notat2023.csv"', "# i 2023", "Trøndelag", "data/eksport.csv, linje 12", "som kompetanse.", "for NT24"],
)
def test_a_word_of_the_note_would_be_found(text):
    assert found(text, own_words())


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_no_file_of_the_package_or_its_style_says_a_word_of_this_note(file):
    name = file.relative_to(PACKAGE).as_posix() if file.is_relative_to(PACKAGE) else file.name
    allowed = {word for word, places in ORDINARY.items() if name in places}
    assert found(file.read_text(encoding="utf-8"), own_words()) - allowed == set()


def test_the_declared_edition_is_named_nowhere_but_where_it_is_declared():
    edition = read_config(PROJECT).earlier
    words = {edition.source, edition.dropped, edition.name}
    for file in files():
        text = file.read_text(encoding="utf-8")
        assert not [word for word in words if word in text], file
