"""A small note with a figure, a table and a footnote, built once; and the same with one thing of each sort changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from notat import authoring
from notat.bench.synthetic import write_note
from notat.book.build import build

PROJECT = Path(__file__).parents[2]
# In the chapter and in the data: what is changed, and what it becomes.
_CHANGES = {
    "chapters/kap-1.qmd": {
        "helt_ledige_pst_2023_01": "helt_ledige_pst_2018_01",
        "er nummer én": "er ikke nummer én",
        "## Mer": "## Mindre",
        "Et punkt": "Et poeng",
    },
    "chapters/kap-2.qmd": {"En annen note": "Ei annen note"},
    "data/arbeidsmarked.csv": {"2018-01,andel,2.2,": "2018-01,andel,2.3,"},
    "data/eksport.csv": {"2021–2022,endring,4.8,": "2021–2022,endring,4.9,"},
}


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Root of the built note. Tests only read it."""
    root = tmp_path_factory.mktemp("sammenlignet") / "notat"
    *_, last = write_note(root, PROJECT)
    last.write_text(last.read_text(encoding="utf-8").replace("En note", "En annen note"), encoding="utf-8")
    _build(root)
    return root


@pytest.fixture(scope="session")
def changed(ours: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Outputs of the note with another number, sentence, heading, list item, footnote, table cell and alt text."""
    root = tmp_path_factory.mktemp("endret") / "notat"
    shutil.copytree(ours, root, symlinks=True)
    for name, changes in _CHANGES.items():
        text = (root / name).read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        (root / name).write_text(text, encoding="utf-8")
    _build(root)
    return root / "_output"


def _build(root: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(root)
        authoring.numbers.cache_clear()
        build(root)
    authoring.numbers.cache_clear()
