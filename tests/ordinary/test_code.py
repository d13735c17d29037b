"""Code: with caption, file name, line numbers and colours."""

from __future__ import annotations

import pytest

from notat.docx.package import find_all
from notat.readback.blocks import CAPTION, PARAGRAPH


def test_a_listing_is_numbered_and_referred_to(outputs):
    case = outputs.case("kode")
    number = case.number
    assert [text.split(": ")[1] for text in case.texts(CAPTION)] == ["Sum av to tall"]
    assert case.texts(PARAGRAPH) == [f"Se Kode {number}.1.", "vis.py"]
    assert case.page.xpath(".//figure[@id='lst-sum']//pre")


def test_captions_in_attributes_are_markdown(outputs):
    case = outputs.case("tekster")
    n = case.number
    assert sorted(case.texts(CAPTION)) == [
        "Den andre uten nummer",
        "Den første uten nummer",
        f"Figur {n}.1: Skive med fet tekst",
        f"Figur {n}.2: Like bred som høy",
        f"Kode {n}.1: En linje med kursiv, se Kapittel 1",
        f"Tabell {n}.1: Tabell med kursiv",
    ]
    assert case.texts(PARAGRAPH) == [f"Se Figur {n}.1 [øverst], (Tabell {n}.1) og Kode {n}.1."]


def test_the_name_of_a_file_is_above_its_code(outputs):
    case = outputs.case("kode")
    [name] = case.page.xpath(".//*[normalize-space(text()) = 'vis.py']")
    assert name.xpath("following::pre[1]")[0].text_content() == 'print("hei")'


def test_lines_are_numbered_where_asked(outputs):
    page = outputs.case("kode").page
    numbered = [code for code in page.iter("pre") if "numberLines" in code.get("class", "")]
    assert [code.text_content().splitlines()[1] for code in numbered] == ["b = 2"]


def test_code_is_coloured_without_styles_or_addresses(outputs):
    page = outputs.case("kode").page
    assert page.xpath(".//pre//span[@class='kw']")
    assert not page.xpath(".//pre//a | .//pre//*[@style] | .//pre//span[@id]")
    assert find_all(outputs.word, "//w:rStyle[@w:val='KeywordTok']")


def test_notes_in_code_are_numbered_as_the_list_below(outputs):
    code = outputs.case("kode").page.find(".//pre").text_content()
    assert code.endswith("# (1)")


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ('```{#lst-a .python}\na = "b"\n```', 3, "lst-cap"),
        ("```{mermaid}\nflowchart LR\n```", 3, "`quarto render` kan dette"),
        ("```{=typst}\n#x\n```", 4, "`quarto render` kan dette"),
        ("```{=latex}\n\\x\n```", 4, "vises bare i PDF laget med LaTeX"),
    ],
)
def test_what_is_not_drawn_is_refused(refusal, body, line, words):
    error = refusal(body)
    assert error.line == line
    assert words in str(error)
