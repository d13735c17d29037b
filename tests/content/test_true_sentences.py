"""What is true may be said in other words than those of the note: no check has anything against it.

Seventy-two sentences as an adviser would write them, with ages, lengths of time and numbers side by side, marked as the
guide says. Without this, checks that find everything would pass every test of falsehoods.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notat.judge.checks import check
from notat.project.project import Project
from notat.text import profiles

PROJECT = Path(__file__).parents[2]
SENTENCES = Path(__file__).parent / "falsehoods" / "true_in_other_words.txt"
CHAPTER = "chapters/kompetanse.qmd"
_INPUTS = ("_brand.yml", "_extensions", "chapters", "data", "index.qmd", "references.bib")


@pytest.fixture
def with_sentences(tmp_path):
    """`with_sentences(text)`: the findings for a copy of the note whose last paragraphs are these."""
    for name in (*profiles.files(PROJECT), *_INPUTS):
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copyfile
        copy(PROJECT / name, tmp_path / name)
    chapter = (tmp_path / CHAPTER).read_text(encoding="utf-8")

    def found(text):
        (tmp_path / CHAPTER).write_text(f"{chapter}\n{text}\n", encoding="utf-8")
        return [one.code for one in check(Project(tmp_path), False).findings]

    return found


def test_true_sentences_in_other_words_pass(with_sentences):
    sentences = SENTENCES.read_text(encoding="utf-8").splitlines()
    assert len(sentences) == 72
    assert with_sentences("\n\n".join(sentences)) == []
    false = sentences[3].replace("15–29 år", "15–24 år").replace("[gikk opp]", "[gikk ned]")
    assert set(with_sentences(false)) == {"N1050", "N1063"}  # they are read
