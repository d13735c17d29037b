"""Formulas: in the text and by themselves, numbered, and with words for those who do not see them."""

from __future__ import annotations

import pytest

from notat.docx.package import find_all
from notat.engine.read.equations import in_words
from notat.readback.blocks import FORMULA, HEADING, PARAGRAPH


def test_every_formula_says_the_same_in_all_formats(outputs):
    assert outputs.case("formler").texts(FORMULA) == [
        "a^2 + b^2 = c^2",
        "x er a delt på b",
        "summen _i x_i ≤ kvadratroten av (n)",
        "x",
    ]


def test_a_numbered_formula_is_referred_to(outputs):
    case = outputs.case("formler")
    number = case.number
    assert f"Formel {number}.1 er en brøk" in case.texts(PARAGRAPH)[0]
    (formula,) = case.page.xpath(".//*[@id='eq-andel']")
    assert formula.text_content().strip().endswith(f"({number}.1)")
    assert formula.find(".//math").get("alttext") == "x er a delt på b"
    assert find_all(outputs.word, "//w:bookmarkStart[@w:name='eq-andel']")


def test_a_formula_has_its_words_wherever_it_stands(outputs):
    case = outputs.case("formler-steder")
    assert sorted(case.texts(FORMULA)) == ["a_1", "b^2", "c", "f", "g", "h", "i", "j = k"]
    assert case.texts(HEADING)[1:] == [f"{case.number}.1 Overskrift med"]
    (heading,) = case.page.iter("h2")
    assert heading.find(".//math").get("alttext") == "l(m)"
    assert case.texts(PARAGRAPH)[1] == f"Setning {case.number}.1 (om ) Da er"


def test_formulas_in_word_can_be_edited(outputs):
    math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
    formulas = [block for name in ("formler", "formler-steder") for block in outputs.case(name).blocks("docx", FORMULA)]
    in_words = {block.text for block in formulas}
    assert {"x er a delt på b", "a_1", "j = k"} <= in_words
    assert len(list(outputs.word.iter(math))) > len(in_words)


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\frac{a}{b}", "a / b"),
        (r"\frac{a+1}{\frac{b}{2}}", "(a+1) / (b / 2)"),
        (r"\text{rate} = 100 \cdot \frac{n}{N}", "rate = 100 · n / N"),
        (r"\alpha_{ij}", "α _(ij)"),
        (r"x^{2}", "x^2"),
        (r"\bar{x} - \hat\beta", "x med strek - β med hatt"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "a b; c d"),
        (r"\sqrt[3]{x} \in \mathbb{R}", "3. rot av (x) ∈ R"),
    ],
)
def test_the_words_of_a_formula(tex, words):
    assert in_words(tex) == words


@pytest.mark.parametrize("tex", ["E = mc^2", "y = mx + b", "rate = wage + tax", "a", "\\text{andel i prosent} = 5"])
def test_a_product_of_names_is_a_formula(try_chapter, tex):
    try_chapter(f"# A\n\nHer er ${tex}$, og her\n\n$${tex}$$\n")


@pytest.mark.parametrize("text", ["Det kostet $5 i fjor og 6$ i år.", "I $USA steg = ble høyere og i$ EU falt den."])
def test_money_is_not_a_formula(refusal, text):
    error = refusal(text)
    assert (error.code, error.line) == ("N0759", 3)
    assert "\\$" in str(error)


def test_formulas_that_pandoc_cannot_read_are_refused_together_with_their_lines(refusal):
    error = refusal("Her er $x \\thicksim y$ og $a + b$.\n\n$$\n\\frac{a}{b\n$$")
    unknown, broken = error.apart()
    assert (unknown.code, unknown.line) == ("N0765", 3)
    assert unknown.problem == "Kommandoen \\thicksim i formelen «x \\thicksim y» er ukjent."
    assert (broken.code, broken.line) == ("N0765", 6)
    assert broken.problem == "Formelen «\\frac{a}{b» kan ikke leses."
