"""A paragraph that only leads to what follows is not the last of a page of the PDF."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import typst

from notat.text import paths

TEMPLATE = Path(__file__).parents[2] / paths.EXTENSION / "typst-template.typ"
# As much above as leaves room for one line on the page, and not for two.
PAGE = """
#set page(width: 10cm, height: 6cm, margin: 1cm)
#set par(spacing: 12pt)
#show par: avsnitt => if leder(avsnitt.body) { block(sticky: true, avsnitt) } else { avsnitt }
#block(height: 88pt)[Over.] <over>

%s

Under.
"""


@pytest.fixture(scope="module")
def function():
    """What the template says of leading paragraphs, alone."""
    text = TEMPLATE.read_text(encoding="utf-8")
    parts = [text[text.index(start) :] for start in ("#let ren(", "#let leder(")]
    return "\n".join(part[: part.index("\n\n")] for part in parts)


@pytest.mark.parametrize(
    ("paragraph", "leads"),
    [
        ("Slik er det:", True),
        ("*Folk og helse*", True),
        ("*Folk* (#link(<over>)[Delkapittel~3.3]; #link(<over>)[3.4])", True),
        ("*Folk.* Slik er det.", False),
        ("Slik er #link(<over>)[det].", False),
        ("Slik er det.", False),
    ],
)
def test_a_leading_paragraph_goes_with_what_follows(function, paragraph, leads):
    pages = pypdfium2.PdfDocument(typst.compile(f"{function}\n{PAGE % paragraph}".encode()))
    first, second = (page.get_textpage().get_text_range() for page in pages)
    assert "Over." in first
    assert "Under." in second
    assert (len(first.split()) == 1) == leads
