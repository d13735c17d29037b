"""Callouts of every kind, and theorems, definitions and proofs: titles, numbers and references."""

from __future__ import annotations

import pikepdf
import pytest

from notat.docx.package import Package, attribute, detach, element, find_all, style_of_block, text_of
from notat.docx.styles import STYLES
from notat.readback.blocks import BOX, CELL, FORMULA, HEADING, PARAGRAPH
from notat.readback.word import read_word

CITED = "Statistisk sentralbyrå (2023)"


def test_boxes_have_the_title_that_is_given_or_that_of_their_kind(outputs):
    case = outputs.case("bokser")
    number = case.number
    assert case.texts(BOX) == [
        f"Tips {number}.1: Et tips om kode",
        "Egen overskrift",
        f"Merk {number}.1",
        f"Advarsel {number}.1: Pass på",
        "Advarsel",
        "Les mer",
        f"Se Kapittel 1 og {CITED}",
        "Indre",
        "Merk",
        f"Funn, se Kapittel 1 og {CITED}",
    ]


def test_references_lead_to_boxes_and_statements_by_their_word_and_number(outputs):
    case = outputs.case("bokser")
    number = case.number
    paragraphs = case.texts(PARAGRAPH)
    assert paragraphs[0] == f"Se Tips {number}.1, Merk {number}.1, Advarsel {number}.1 og {number}.1."
    assert paragraphs[-4:] == [
        f"Setning {number}.1 (Linje) En linje er rett.",
        f"Definisjon {number}.1 (Punkt) Et punkt har ingen utstrekning.",
        f"Bevis. Følger av Setning {number}.1 og Definisjon {number}.1.",
        f"Løsning (kort). Se setning {number}.1.",
    ]
    assert {"tip-a", "nte-b", "wrn-c", "thm-linje"} <= {element.get("id") for element in case.page.iter()}


def test_a_heading_with_references_shows_their_words_in_the_text_and_in_the_menu(outputs):
    case = outputs.case("bokser")
    number = case.number
    heading = f"{number}.1 Mer om Tips {number}.1 og (Statistisk sentralbyrå, 2023)"
    assert case.texts(HEADING)[1:] == [heading]
    whole = (outputs.folder / "bokser.html").read_text(encoding="utf-8")
    assert "@" not in whole.split("<article")[0]
    assert f"Mer om Tips {number}.1" in (outputs.folder / "ressurser/sokeregister.js").read_text(encoding="utf-8")


def test_a_box_that_is_closed_opens_on_the_web_and_is_open_in_print(outputs):
    case = outputs.case("bokser")
    (details,) = case.page.iter("details")
    assert details.get("open") is None
    assert details.find("summary").text_content() == "Les mer"
    assert "Skjult tekst." in case.texts(PARAGRAPH)


def test_a_box_is_a_group_with_its_title_as_name_in_all_formats(outputs):
    case = outputs.case("bokser")
    titles = case.texts(BOX)
    groups = case.page.xpath(".//div[@role='group'][.//*[contains(@class, 'boks-tittel')]]")
    named = [group.xpath("string(descendant::*[contains(@class, 'boks-tittel')][1])") for group in groups]
    assert len(groups) == len(titles)
    assert [" ".join(group.get("aria-label").split()) for group in groups] == [" ".join(name.split()) for name in named]
    with pikepdf.open(outputs.folder / "diskusjonsnotat.pdf") as pdf:
        tags = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Div"]
        held = [[part.S for part in tag.K if isinstance(part, pikepdf.Dictionary)] for tag in tags if "/K" in tag]
    assert sum(parts == ["/Caption", "/Div"] for parts in held) >= len(titles)
    heads = {"Heading1": 1, "Heading2": 2, "Heading3": 3, "Heading4": 4}
    level, seen = 0, 0
    for paragraph in find_all(outputs.word, "//w:p[w:pPr/w:pStyle]"):
        style = attribute(find_all(paragraph, "w:pPr/w:pStyle")[0])
        level = heads.get(style, level)
        if style.endswith("Tittel") and style != "Tittel":
            seen += 1
            assert attribute(find_all(paragraph, "w:pPr/w:outlineLvl")[0]) == str(level)
    assert seen >= len(titles)


def test_boxes_have_titles_and_formulas_wherever_they_stand(outputs):
    case = outputs.case("bokser-steder")
    assert case.texts(BOX) == ["Merk", "Når og alt er med", "Med tabell"]
    assert case.texts(CELL)[:4] == ["Sted", "Boks", "Forsiktig Varsomt.", "i celle"]
    assert case.texts(FORMULA) == ["n > 1"]
    assert case.texts(HEADING)[1:] == [f"{case.number}.1 Under tittelen"]


def test_boxes_that_follow_each_other_are_not_one_box_in_word(outputs):
    words = ("Den første.", "Den andre, uten tittel.", "Den tredje, uten tittel.")
    boxes = [find_all(outputs.word, f"//w:p[w:r/w:t='{text}']")[0] for text in words]
    indents = [[attribute(indent, "w:left") for indent in find_all(box, "w:pPr/w:ind")] for box in boxes]
    assert indents[0] != indents[1] != indents[2]
    assert not find_all(outputs.word, "//w:pStyle[@w:val='Boksskille']")


def test_the_cells_of_a_table_in_a_box_are_no_boxes_in_word(outputs):
    inside = find_all(outputs.word, "//w:tc/w:p[w:r/w:t='mye']")[0]
    outside = find_all(outputs.word, "//w:p[w:r/w:t='Over tabellen.']")[0]
    assert style_of_block(outside).startswith("Boks")
    assert not style_of_block(inside).startswith("Boks")


def test_what_warns_is_told_from_what_notes_in_every_format(outputs):
    case = outputs.case("bokser")
    warned = ["Advarsel", "Les mer", f"Advarsel\u00a0{case.number}.1: Pass på"]
    titles = [paragraph for paragraph in find_all(outputs.word, "//w:p") if style_of_block(paragraph) == "VarselTittel"]
    assert set(warned) <= {text_of(title) for title in titles}
    for title in titles:
        signs = [chr(int(attribute(sign, "w:char"), 16)) for sign in find_all(title, "w:r/w:sym")]
        assert "".join(signs).strip() == "!"
    noted = [text_of(one) for one in find_all(outputs.word, "//w:p") if style_of_block(one) == "BoksTittel"]
    assert {"Egen overskrift", f"Merk\u00a0{case.number}.1"} <= set(noted)
    assert not set(warned) & set(noted)
    boxes = case.page.xpath(".//div[contains(@class, 'callout-warning') or contains(@class, 'callout-caution')]")
    assert len(boxes) >= len(warned)
    lines = [line for sheet in outputs.sheets for line in sheet]
    assert {"! Advarsel", "! Les mer"} <= {" ".join(line.split()) for line in lines}


def test_two_boxes_in_a_row_have_fields_that_no_program_joins(outputs):
    texts = [one for one in find_all(outputs.word, "//w:p") if style_of_block(one) in ("VarselTittel", "Varsel")]
    own = [attribute(shade, "w:fill") for one in texts for shade in find_all(one, "w:pPr/w:shd")]
    fill = next(style for style in STYLES if style.name == "Varsel").paragraph
    assert own
    assert not any(f'fill="{colour}"' in fill for colour in own)


@pytest.mark.parametrize("form", ["w:sym", "w:t"])
def test_the_sign_of_a_warning_is_no_part_of_its_title_in_a_returned_file(outputs, form):
    """Word saves the sign as a symbol, LibreOffice as text."""
    package = Package(outputs.folder / "diskusjonsnotat.docx")
    for sign in find_all(package.xml("word/document.xml"), "//w:sym"):
        text = element("w:t")
        text.text = chr(int(attribute(sign, "w:char"), 16))
        if form == "w:t":
            sign.addnext(text)
            detach(sign)
    assert len(find_all(package.xml("word/document.xml"), "//w:r[w:rPr/w:rStyle/@w:val='Varseltegn']")) >= 4
    assert [piece.text for piece in read_word(package).pieces if "Les mer" in piece.text] == ["Les mer"]
