"""Which cells a note uses."""

from __future__ import annotations

from notat.data import dataset
from notat.show.index import _Watched


def test_the_cells_of_a_frame_count_as_read_by_a_claim(note):
    data = dataset.load(note)
    watched = _Watched(data)
    watched.frame("arbeid", gruppe=["Servering", "Transport"], geografi="Norge")
    assert watched.read == {data["hoy"].cell, data["lav"].cell}
