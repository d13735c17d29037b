"""Running text: quotation marks, languages, definition lists, line blocks and words around references."""

from __future__ import annotations

from notat.docx.package import find_all
from notat.readback.blocks import ITEM, NOTE, PARAGRAPH


def test_quotation_marks_are_those_of_the_language_in_all_formats(outputs):
    case = outputs.case("tekst")
    for format_ in outputs.read:
        texts = [block.text for block in case.blocks(format_, PARAGRAPH)]
        assert texts[0] == "«Han sa ‘nei’», sa hun, og «ytre «indre» ytre». He said “no”."
        assert texts[1] == "This is “English” text."


def test_another_language_is_marked_in_all_formats(outputs):
    assert [element.get("lang") for element in outputs.case("tekst").page.xpath(".//*[@lang]")] == ["en", "en"]
    assert find_all(outputs.word, "//w:lang[@w:val='en']")


def test_definition_lists_and_line_blocks_are_read_alike(outputs):
    case = outputs.case("tekst")
    assert case.texts(ITEM) == ["En som arbeider minst én time.", "En som ikke arbeider, og søker.", "En til."]
    assert case.texts(PARAGRAPH)[3:6] == ["Sysselsatt", "Ledig", "Fylkets hus Erling Skakkes gate 14 7013 Trondheim"]


def test_words_around_references_are_printed_as_in_quarto(outputs):
    case = outputs.case("tekst")
    n = case.number
    said = f"Kapittel {n}, {n}, se kapittel {n}, Kapittel {n}, og mer og Kapittel {n}, Kapittel 1."
    assert case.texts(PARAGRAPH)[-1] == said


def test_apostrophes_are_the_same_in_all_formats(outputs):
    case = outputs.case("noter")
    for format_ in outputs.read:
        said = next(block.text for block in case.blocks(format_, PARAGRAPH))
        assert said == "Mål: 5’ 10”, på ‘90-tallet, rock ’n’ roll, Ola’s, ’90 og O’Neill.", format_


def test_a_long_footnote_is_one_text_in_all_formats(outputs):
    for format_, read in outputs.read.items():
        (note,) = (block.text for block in read.of(NOTE) if "Et avsnitt i noten" in block.text)
        assert " ".join(note.split()) == "Et avsnitt i noten. et punkt i noten kode_i_noten Slutten av noten.", format_
    assert outputs.case("noter").texts(ITEM) == ["Et punkt med kode:"]


def test_a_word_that_goes_on_after_a_link_is_printed_wherever_its_line_ends(rebuild):
    # In one of these paragraphs a line would be broken right where the link ends.
    after = "[samarbeids](https://www.example.org)prosjektene mellom kommunene"
    text = "\n\n".join(f"{('ord ' * 30)[:room].strip()} {after}" for room in range(50, 110))
    end = "**[nær](https://www.example.org)**ingslivet"
    case = rebuild(f"# Prøve {{#sec-prove}}\n\n{text}\n\n{end}\n").case("prove")
    texts = case.texts(PARAGRAPH)
    assert [text.endswith("ord samarbeidsprosjektene mellom kommunene") for text in texts].count(True) > 10
    assert len(texts) == 61
    assert texts[-1] == "næringslivet"
