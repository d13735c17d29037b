"""What authors bring from other pages and from LaTeX: frames, films, formulas without dollars, classes of their own."""

from __future__ import annotations

import pytest

from notat.docx.package import find_all
from notat.readback.blocks import FORMATS, FORMULA, PARAGRAPH

LINKS = {
    "https://example.org/demo": "En demo",
    "https://example.org/graf": "https://example.org/graf",
    "https://example.org/klipp.mp4": "https://example.org/klipp.mp4",
    "https://example.org/film.mp4": "En film om øya",
    "https://example.org/kart": "Kart over øya",
}


def test_frames_and_films_are_links_to_them_in_all_formats(outputs):
    case = outputs.case("vaner")
    links = {link.get("href"): link.text_content() for link in case.page.iter("a") if "example.org" in link.get("href")}
    assert links == LINKS
    assert not list(case.page.iter("iframe", "video", "source"))
    for name in FORMATS:
        texts = [block.text for block in case.blocks(name, PARAGRAPH)]
        assert {"En demo", "En film om øya", "Kart over øya"} <= set(texts), name
        assert "Tekst før https://example.org/graf og etter." in texts


def test_formulas_of_latex_are_formulas_in_all_formats(outputs):
    case = outputs.case("vaner")
    assert case.texts(FORMULA) == ["s = a + b,", "a = 2; b = 3", "y = 2x"]
    assert "vspace" not in case.page.text_content()
    assert "label" not in case.page.text_content()


def test_a_formula_in_a_tight_list_has_its_text_and_number_in_word(outputs):
    case = outputs.case("vaner")
    assert f"Se Formel {case.number}.1." in case.texts(PARAGRAPH)
    titles = [found.values()[0] for found in find_all(outputs.word, "//w:sdt/w:sdtPr/w:alias")]
    assert "y = 2x" in titles
    formula = next(
        found for found in find_all(outputs.word, "//w:sdt") if find_all(found, "w:sdtPr/w:alias[@w:val='y = 2x']")
    )
    assert f"({case.number}.1)" in "".join(formula.itertext())


def test_options_of_cells_may_stand_at_the_top_of_the_yaml_or_of_a_format(outputs):
    case = outputs.case("vaner")
    assert "x = 2" in case.page.text_content()
    assert not [code for code in case.page.iter("pre") if code.text_content().strip() == "Dette vises ikke."]


def test_classes_of_ones_own_change_nothing(outputs):
    case = outputs.case("vaner")
    assert "Tekst med egne ord på en lenke." in case.texts(PARAGRAPH)
    assert case.page.xpath(".//div[@id='egen']")
    assert not case.page.xpath(".//*[contains(@class, 'mitt-eget') or contains(@class, 'ordklasse')]")


def test_a_box_of_nothing_but_a_title_shows_it_in_all_formats(outputs):
    case = outputs.case("vaner")
    assert case.texts(PARAGRAPH)[-2:] == ["Bare en tittel", "Slutt."]


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (r"Se \ref{tbl-x} her.", "N0701", r"«\ref{tbl-x}»"),
        (r"Skriv \enquote{ordet} slik.", "N0701", "en skråstrek som skal stå der"),
        ("![Kart](a.png){#fig-a}\nTekst rett under.", "N0744", "Figuren «fig-a» står i et avsnitt med tekst"),
        ('<iframe src="javascript:x()"></iframe>', "N0761", "<iframe>"),
        ('<iframe src="https://example.org" onload="x()"></iframe>', "N0761", "<iframe>"),
        ('<iframe srcdoc="<p>Tekst</p>"></iframe>', "N0761", "<iframe>"),
    ],
)
def test_what_would_be_lost_is_refused(refusal, body, code, words):
    error = refusal(body)
    assert (error.code, error.line) == (code, 3)
    assert words in str(error)


def test_all_that_is_wrong_in_a_chapter_is_said_at_once(refusal):
    body = r"""::: {.boxs}
Boks.
:::

\begin{tikzpicture}
\end{tikzpicture}

<script>a</script>

![](a.png)

```{python}
import finnes_ikke
```

Formelen
$$ a = b $$ {#eq-a}
og ordene [lenke]().
"""
    error = refusal(body)
    assert [(one.code, one.line) for one in error.apart()] == [
        ("N0707", 3), ("N0701", 7), ("N0761", 10), ("N0755", 12), ("N0726", 15), ("N0708", 20),
    ]  # fmt: skip  # a table of codes


def test_the_list_of_references_ends_the_last_chapter_where_none_has_a_place_for_it(note, rebuild):
    chapters = sorted((note / "chapters").glob("*.qmd"))
    for file in chapters:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("::: {#refs}\n:::", "Ingen liste."), encoding="utf-8")
    book = rebuild("# Prøve\n\nTekst.\n")
    texts = {name: [block.text for block in found.blocks] for name, found in book.read.items()}
    for name in FORMATS:
        assert texts[name].count("Litteratur") >= 1, name
        assert any(text.startswith("Statistisk sentralbyrå (") for text in texts[name]), name
