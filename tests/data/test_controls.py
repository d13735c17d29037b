"""The table of official values is read strictly, and is published with the data."""

from __future__ import annotations

import pytest

from notat.data.dataset import load

FILE = "data/kontroll.csv"
HEAD = "id,verdi,enhet,avrundet_til,kilde,forskjell,merknad\n"


def table(note, *rows):
    (note / FILE).write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return note


def test_a_note_without_the_table_has_no_controls(note):
    assert load(note).controls == ()


def test_a_row_is_read(note):
    (control,) = load(table(note, "lav,9.20,prosent,0.01,ssb,annet år,Tallene bak.")).controls
    assert (control.id, float(control.value), float(control.half_width)) == ("lav", 9.2, 0.005)
    assert (control.differs, control.note, control.line) == ("annet år", "Tallene bak.", 2)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('lav,"9,2",prosent,0.1,ssb,,', "«9,2» i kolonnen verdi er ikke et tall"),
        ("lav,9,prosent,,ssb,,", "i kolonnen avrundet_til er ikke et tall"),
        ("lav,9,prosent,0,ssb,,", "ikke fullstendig"),
        (",9,prosent,1,ssb,,", "ikke fullstendig"),
        ("lav,9,,1,ssb,,", "ikke fullstendig"),
        ("lav,9,prosent,1,sbb,,", "Ukjent kilde «sbb». Mente du ssb?"),
    ],
)
def test_a_row_that_cannot_be_compared_is_refused(note, refused, row, words):
    with refused(FILE, 2, words):
        load(table(note, row))


def test_a_source_confirms_a_number_only_once(note, refused):
    with refused(FILE, 3, "finnes fra før på linje 2"):
        load(table(note, "lav,9,prosent,1,ssb,,", "lav,8,prosent,1,ssb,,"))
