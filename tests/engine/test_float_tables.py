"""The cells of a table begin at their tops, also where the table stands at the foot of a page."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import typst

from notat.text import paths

TEMPLATE = Path(__file__).parents[2] / paths.EXTENSION / "typst-template.typ"
PAGE = """
#set page(width: 10cm, height: 10cm, margin: 1cm)
#let marg = 1cm
#let hoyest-flytende = 16cm
#let i-ramme = state("i-ramme", 0)
#let flyttall = ("bilde",)
{function}
#show figure.where(kind: "tabell"): flytt
#figure(kind: "tabell", supplement: [Tabell], table(columns: (1fr, 3fr), [Kort], [Lang tekst #lorem(30)]))
"""


def test_a_short_cell_begins_where_its_long_neighbour_does():
    template = TEMPLATE.read_text(encoding="utf-8")
    function = template[template.index("#let flytt(") :].split("\n\n")[0]
    pdf = pypdfium2.PdfDocument(typst.compile(PAGE.replace("{function}", function).encode()))
    text = pdf[0].get_textpage()
    short, long = (text.get_charbox(text.get_text_range().index(word)) for word in ("Kort", "Lang"))
    assert short[1] < 150  # the float is at the foot of the page, in points from there
    assert abs(short[1] - long[1]) < 1
