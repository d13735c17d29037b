"""The snippets in git: the engine can read what they insert."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from notat.cli.render import build
from notat.judge.checks import check, checksums
from notat.project.project import Project
from notat.show import authoring

PROJECT = Path(__file__).parents[2]
SNIPPETS = json.loads((PROJECT / ".vscode/notat.code-snippets").read_text(encoding="utf-8"))
ASKED_FOR = {"tall", "paastand", "figur", "tabell", "boks", "hovedfunn", "drofting", "sporsmal", "kilde", "sitat"}
ASKED_FOR |= {"fotnote", "kapittel"}
# What an author types over a placeholder that is the name of something.
WRITTEN = {
    "id": "sysselsatte_endring_2015_2022",
    "heltall": "kompetansestrategi_hovedomrader",
    "beløp": "reiseliv_sum_hvis_tillegg",
    "fra": "sysselsatte_endring_pst_2015_2022_trondelag",
    "til": "sysselsatte_endring_pst_2015_2022_viken",
    "navn": "e-her-okte",
    "nøkkel": "ssb",
    "sted": "kapittelnavn",
}
QUARTO = """\
project:
  type: book
book:
  title: "Alle snutter"
  author: "Et fylke"
  date: 2023-03-01
  output-file: snutter
  chapters: [index.qmd, chapters/alle.qmd, chapters/litteratur.qmd]
lang: nb-NO
bibliography: references.bib
csl: _extensions/notat/notat.csl
format:
  notat-html: default
"""


def body(snippet) -> str:
    return snippet["body"] if isinstance(snippet["body"], str) else "\n".join(snippet["body"])


def expanded(snippet, written) -> str:
    """The text after the author has stepped through the placeholders: what stands in them, or what it names."""
    text = re.sub(r"\$\{TM_SELECTED_TEXT:([^}]*)\}", r"\1", body(snippet))
    text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:([^{}]*)\}", lambda match: written.get(match[1], match[1]), text)
    return re.sub(r"\$0", "", text)


def test_the_forms_that_were_asked_for_have_snippets_that_are_easy_to_type():
    prefixes = [snippet["prefix"] for snippet in SNIPPETS.values()]
    assert set(prefixes) >= ASKED_FOR
    assert len(prefixes) == len(set(prefixes))
    assert all(re.fullmatch("[a-z]+", prefix) for prefix in prefixes)
    assert all(snippet["description"] and snippet["scope"] == "quarto,markdown" for snippet in SNIPPETS.values())


def test_no_placeholder_is_left_when_a_snippet_is_expanded():
    assert [name for name, snippet in SNIPPETS.items() if "$" in expanded(snippet, WRITTEN)] == []


@pytest.fixture
def project(tmp_path, monkeypatch):
    """The data and works of the note with one chapter built from all snippets."""
    for name in ("_extensions", "data"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    (tmp_path / "data/rettet.txt").unlink()  # of the earlier edition, which this note does not declare
    for name in ("_brand.yml", "references.bib", "requirements.lock"):
        shutil.copyfile(PROJECT / name, tmp_path / name)
    named = {"figurnavn": "eksportandel", "tabellnavn": "eksport", **WRITTEN}
    named["nøkkel"] = re.search(r"^@\w+\{([\w-]+),", (PROJECT / "references.bib").read_text("utf-8"), re.MULTILINE)[1]
    texts = {snippet["prefix"]: expanded(snippet, named) for snippet in SNIPPETS.values()}
    first, last = texts.pop("kapittel"), texts.pop("delkapittel")
    (tmp_path / "chapters").mkdir()
    files = {
        "_quarto.yml": QUARTO,
        "index.qmd": "# Sammendrag {.unnumbered #sec-sammendrag}\n\nSe @sec-kapittelnavn.\n",
        "chapters/alle.qmd": "\n\n".join([first.strip(), *texts.values(), last]),
        "chapters/litteratur.qmd": "# Litteratur {.unnumbered #sec-litteratur}\n\n::: {#refs}\n:::\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    checksums.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    authoring.numbers.cache_clear()
    yield tmp_path
    authoring.numbers.cache_clear()


def test_a_chapter_of_all_snippets_is_read_without_a_complaint(project):
    build(project, ["html"])
    page = (project / "_output/alle.html").read_text(encoding="utf-8")
    for sign in ('id="fig-eksportandel"', 'id="tbl-eksport"', 'class="hovedfunn', 'class="drofting', 'class="boks'):
        assert sign in page, sign
    for sign in ("Spørsmål?", "Forklaring.", "«Det som står i kilden»", 'id="sec-kapittelnavn-del"', "milliarder"):
        assert sign in page, sign
    assert [f for f in check(Project(project)).findings if f.file.startswith("chapters/")] == []
    assert not (project / ".vscode").exists()  # a project without settings for the editor is given none
