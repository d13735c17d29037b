"""The order of painting is compared with the order of the tags, what floats by itself."""

from __future__ import annotations

import pikepdf
import pytest
import typst

from notat.judge.uu.order import out_of_order, reading_order

TEXT = """
#set document(title: "Prøve")
= Først
Deretter #link("https://example.org")[en lenke] og mer. Så en note.#footnote[Nederst.]

#figure(rect(width: 1cm), alt: "En firkant", caption: [Figur], placement: top)

Til slutt.
"""


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(typst.compile(TEXT.encode(), pdf_standards=["ua-1"]))
    return file


def test_a_page_with_a_note_and_a_floating_figure_is_in_order(file):
    assert out_of_order(file) == []
    with pikepdf.open(file) as pdf:
        parts = reading_order(pdf)
    assert len(parts) > 2  # the running text, the note and the figure
    assert len(parts[0, ()]) > 3


def test_running_text_that_is_tagged_backwards_is_found(file):
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        children = pdf.Root.StructTreeRoot.K
        document = children[0] if isinstance(children, pikepdf.Array) else children
        document.K = pikepdf.Array(reversed(list(document.K)))
        pdf.save(file)
    assert out_of_order(file) == [1]


def test_a_pdf_without_tags_has_no_order_to_be_out_of(file):
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        del pdf.Root["/StructTreeRoot"]
        pdf.save(file)
    assert out_of_order(file) == []


def test_the_note_has_many_stretches_and_parts_and_all_are_in_order(published):
    file = published / "_output" / "diskusjonsnotat.pdf"
    assert out_of_order(file) == []
    with pikepdf.open(file) as pdf:
        parts = reading_order(pdf)
    # Each page has text of its own, and there are figures and notes beside the running text.
    assert len({page for page, _ in parts}) > 1
    assert len({part for _, part in parts}) > 1
