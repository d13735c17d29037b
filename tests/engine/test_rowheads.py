"""The first column of a table heads its rows in the tags of the PDF, and the file still conforms."""

from __future__ import annotations

import pikepdf
import pytest
import typst

from notat.engine.write.rowheads import mark_row_heads
from notat.judge.uu import verapdf

TEXT = """
#set document(title: "Prøve", date: datetime(year: 2023, month: 3, day: 1))
#set text(lang: "nb")
= Tabeller
#table(columns: 3, table.header([Sted], [Folk], [År]),
  table.cell(rowspan: 2)[Hitra], [1], [2], [3], [4],
  [], [5], [6],
  table.cell(colspan: 2)[I alt], [7])
#table(columns: 2, [Uten hode], [8])
#table(columns: 1, [Bare], [én kolonne])
"""


@pytest.fixture(scope="module")
def marked():
    return mark_row_heads(typst.compile(TEXT.encode(), pdf_standards=["a-3a", "ua-1"]))


def rows(pdf):
    """The tag, the scope and the heads of each cell, by row."""
    found = []
    for row in pdf.objects:
        if isinstance(row, pikepdf.Dictionary) and row.get("/S") == "/TR":
            cells = []
            for cell in row.K:
                own = next((part for part in cell.A if part.O == "/Table"), {})
                heads = [str(head) for head in own.get("/Headers", ())]
                cells.append((str(cell.S), str(own.get("/Scope", "")), str(cell.get("/ID", "")), heads))
            found.append(cells)
    return found


def test_the_first_cell_of_each_row_heads_it_and_the_others_name_it(marked, tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(marked)
    with pikepdf.open(file) as pdf:
        found = rows(pdf)
        names = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        assert {"R1", "R2", "R3", "U1x0y0"} <= set(names)
        assert names["R1"].S == "/TH"
    shape = [[(tag, scope) for tag, scope, _, _ in row] for row in found]
    head, cell = ("/TH", "/Row"), ("/TD", "")
    assert shape[0] == [("/TH", "/Column")] * 3
    assert shape[1:] == [
        [head, cell, cell],
        [cell, cell],
        [cell, cell, cell],
        [head, cell],
        [head, cell],
        [cell],
        [cell],
    ]
    heads = [[heads for *_, heads in row] for row in found]
    assert heads[1][1:] == [["U1x1y0", "R1"], ["U1x2y0", "R1"]]
    assert heads[2] == [["U1x1y0", "R1"], ["U1x2y0", "R1"]]  # beside a cell of the row above
    assert heads[3] == [["U1x0y0"], ["U1x1y0"], ["U1x2y0"]]  # an empty cell heads nothing
    assert heads[5] == [[], ["R3"]]


def test_it_is_done_once_and_gives_the_same_bytes(marked):
    assert mark_row_heads(marked) == marked
    assert mark_row_heads(typst.compile(TEXT.encode(), pdf_standards=["a-3a", "ua-1"])) == marked


@pytest.mark.process
@pytest.mark.skipif(bool(verapdf.missing()), reason=f"veraPDF kan ikke kjøre her. {verapdf.missing()}")
def test_the_file_still_conforms(marked, tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(marked)
    (verdicts,) = verapdf.judge([file])
    assert [(verdict.profile, verdict.failures) for verdict in verdicts] == [("ua1", ()), ("3a", ())]
