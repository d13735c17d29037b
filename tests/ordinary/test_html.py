"""HTML in a chapter: what Markdown can say is in all formats, the rest on the web, and nothing that is not safe."""

from __future__ import annotations

import pytest

from notat.readback.blocks import DATA, ITEM, PARAGRAPH


def test_text_in_html_is_in_all_formats(outputs):
    case = outputs.case("html")
    assert case.texts(PARAGRAPH) == [
        "Linje skift, HtoO, fet og Ctrl.",
        "Mer om dette",
        "Skjult tekst.",
        "Et avsnitt i HTML.",
        "Slutt.",
    ]
    assert case.texts(ITEM) == ["Ett punkt"]


def test_a_fragment_for_the_web_is_there_alone(outputs):
    case = outputs.case("html")
    assert [block.text for block in case.blocks("html", DATA)] == ["Bare på nett."]
    for format_ in ("pdf", "docx"):
        assert not any("Bare på nett" in block.text for block in case.blocks(format_))


def test_tags_keep_their_meaning(outputs):
    page = outputs.case("html").page
    assert page.find(".//sub").text == "to"
    assert page.find(".//strong").text == "fet"
    assert page.find(".//kbd").text == "Ctrl"
    assert page.find(".//details/summary").text_content().strip() == "Mer om dette"


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "Tekst <script src='x.js'></script> her.",
        '<div onclick="x()">a</div>',
        '<p onmouseover="x()">a</p>',
        '<iframe src="data:text/html,x"></iframe>',
        '<a href="javascript:x()">a</a>',
        '<form action="/x"><input name="a"></form>',
        "<style>p { color: red }</style>",
        '<object data="x"></object>',
        '```{=html}\n<img src="https://www.example.org/a.png" alt="a">\n```',
        '```{=html}\n<svg onload="x()"></svg>\n```',
    ],
)
def test_what_is_not_safe_is_refused(refusal, body):
    error = refusal(body)
    # The code of a block begins below its fence.
    assert (error.code, error.line) == ("N0761", 4 if body.startswith("```") else 3)


def test_a_word_in_angle_brackets_is_not_taken_for_html_without_saying_how_it_is_written(refusal):
    error = refusal("Skriv inn <kommunenavn> og trykk på lagre.")
    assert (error.code, error.line) == ("N0761", 3)
    assert error.remedy.startswith("Skriv \\<kommunenavn> hvis tegnene skal vises. ")
    assert not refusal("<form>x</form>").remedy.startswith("Skriv \\")
