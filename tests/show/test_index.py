"""Which cells a note uses."""

from __future__ import annotations

import datetime as dt

import pytest

from notat.data import dataset
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show.index import Index, _Watched


def test_the_cells_of_a_frame_count_as_read_by_a_claim(note):
    data = dataset.load(note)
    watched = _Watched(data)
    watched.frame("arbeid", gruppe=["Servering", "Transport"], geografi="Norge")
    assert watched.read == {data["hoy"].cell, data["lav"].cell}


@pytest.mark.parametrize("until", [None, dt.date(2024, 1, 1)])
def test_the_cells_of_marked_words_are_those_of_all_numbers_they_are_tested_on(note, until):
    """Also when they cannot be tested, and where the edition has numbers to a day; what a source says reads none."""
    chapter = note / "chapters/arbeid.qmd"
    marks = (
        '[Flere]{.paastand av="endring"}, [lavest]{.paastand av="lav" blant="gruppe"}, '
        '[høyest]{.paastand av="hoy" blant="gruppe lav"}, '
        '[falt]{.paastand av="alle"} og [mange]{.paastand kilde="ssb"}.'
    )
    chapter.write_text(f"# Arbeid {{#sec-arbeid}}\n\n{marks}\n", encoding="utf-8")
    (note / "index.qmd").write_text("# Sammendrag {.unnumbered #sec-sammendrag}\n", encoding="utf-8")
    index = Index(Project(note), Numbers(dataset.load(note, until)))
    assert {mark.words: {cell.id for cell in cells} for mark, cells in index.claim_cells.items()} == {
        "Flere": {"endring"},
        "lavest": {"lav", "hoy"},
        "høyest": {"lav", "hoy"},
        "falt": {"alle"},
    }
    assert {cell.id for cell in index.live_cells} == {"alle", "endring", "lav", "hoy"}
