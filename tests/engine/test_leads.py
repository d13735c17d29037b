"""A paragraph that only leads to what follows is not the last of a page of the PDF."""

from __future__ import annotations

from pathlib import Path

import pypandoc
import pypdfium2
import pytest
import typst

from notat.text import paths

EXTENSION = Path(__file__).parents[2] / paths.EXTENSION
# As much above as leaves room for one line on the page, and not for two.
PAGE = """
#set page(width: 10cm, height: 6cm, margin: 1cm)
#set par(spacing: 12pt)
#block(height: 88pt)[Over.] <over>

"""


@pytest.fixture(scope="module")
def function():
    """What the template does with leading paragraphs, alone."""
    text = (EXTENSION / "typst-template.typ").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith("#let ledetekst("))


@pytest.mark.parametrize(
    ("paragraph", "leads"),
    [
        ("Slik er det:", True),
        ("**Folk og helse**", True),
        ("**Folk** ([Delkapittel 3.3](#over); [3.4](#over))", True),
        ("**Folk.** Slik er det.", False),
        ("Slik er [det](#over).", False),
        ("Slik er det.", False),
    ],
)
def test_a_leading_paragraph_goes_with_what_follows(function, paragraph, leads):
    text = pypandoc.convert_text(
        f"{paragraph}\n\nUnder.", "typst", "markdown", extra_args=[f"--lua-filter={EXTENSION / 'notat.lua'}"]
    )
    pages = pypdfium2.PdfDocument(typst.compile(f"{function}{PAGE}{text}".encode()))
    first, second = (page.get_textpage().get_text_range() for page in pages)
    assert "Over." in first
    assert "Under." in second
    assert (len(first.split()) == 1) == leads


def test_what_nothing_follows_leads_to_nothing():
    filtered = [f"--lua-filter={EXTENSION / 'notat.lua'}"]
    assert "ledetekst" not in pypandoc.convert_text("Slik er det:", "typst", "markdown", extra_args=filtered)
