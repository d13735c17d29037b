"""What the template of the PDF does with figures and tables: where they stand, and how wide they are."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
import typst

from notat.text import paths

TEMPLATE = (Path(__file__).parents[2] / paths.EXTENSION / "typst-template.typ").read_text(encoding="utf-8")
CM = 72 / 2.54
# In cm: the margin at each side of a figure, and the width of the text.
SIDE, TEXT = (float(re.search(rf"#let {name} = ([\d.]+)cm", TEMPLATE)[1]) for name in ("marg", "tekstbredde"))
PAGE = """
#set page(width: 21cm, height: 12cm, margin: (left: marg, right: 21cm - marg - tekstbredde, y: 1cm))
#show figure.where(kind: "quarto-float-tbl"): flytt
#show table: tabell
"""
TABLE = "table(columns: (1fr, 3fr), [Kort], [Lang tekst #lorem(40)])"
FLOAT = f'#figure(kind: "quarto-float-tbl", supplement: [Tabell], {TABLE})\n'


def laid_out(body: str):
    return pypdfium2.PdfDocument(typst.compile((TEMPLATE + PAGE + body).encode()))[0].get_textpage()


def right_end(text) -> float:
    """Where the longest line ends, in cm from the left of the page; the space that a line ends in hangs over."""
    letters = (place for place in range(text.count_chars()) if text.get_text_range(place, 1).strip())
    return max(text.get_charbox(place)[2] for place in letters) / CM


def test_a_short_cell_begins_where_its_long_neighbour_does():
    text = laid_out(FLOAT)
    short, long = (text.get_charbox(text.get_text_range().index(word)) for word in ("Kort", "Lang"))
    assert short[1] < 150  # the float is at the foot of the page, in points from there
    assert abs(short[1] - long[1]) < 1


def test_text_keeps_its_measure():
    assert right_end(laid_out("#lorem(80)")) <= SIDE + TEXT


@pytest.mark.parametrize(
    "body",
    [FLOAT, "#flyter.update(false)\n" + FLOAT, f"#figure({TABLE})", f"#rad((1fr, 1fr))[#lorem(9)][#{TABLE}]"],
    ids=["float", "in a booklet", "without a number", "beside text"],
)
def test_what_is_looked_at_uses_the_margin(body):
    assert 21 - SIDE - 1.5 < right_end(laid_out(body)) <= 21 - SIDE


def test_what_stands_in_a_box_stays_in_the_box():
    assert right_end(laid_out(f"#vis-boks(bokstiler.boks, none)[#{TABLE}]")) <= SIDE + TEXT
