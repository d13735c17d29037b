"""Images by Markdown: inline, with caption, numbered, in blocks, side by side, and in every format of file."""

from __future__ import annotations

import re
import struct
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from notat.docx.package import Package, attribute, find_all, qualified, style_of_block, text_of
from notat.readback.blocks import ALT, CAPTION, FORMATS, PARAGRAPH

PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def test_captions_are_numbered_alike_in_all_formats(outputs):
    case = outputs.case("bilder")
    chapter = case.number
    assert case.texts(CAPTION) == [
        f"Figur {chapter}.1: Et merke med ring rundt",
        "En trekant uten nummer",
        f"Figur {chapter}.2: Fra mappa til prosjektet",
        f"Figur {chapter}.3: En figur i ei blokk",
        f"Figur {chapter}.4: I ei liste",
        f"Figur {chapter}.5",
        f"Figur {chapter}.6: En skive inne i en boks",
    ]


def test_references_lead_to_images(outputs):
    case = outputs.case("bilder")
    chapter = case.number
    assert case.texts(PARAGRAPH)[0] == (
        f"Et lite merke i en setning, og Figur {chapter}.1, Figur {chapter}.2 og Figur {chapter}.3."
    )
    links = case.page.xpath(".//a[@class='kryssref']")
    assert len(links) == 6
    for link in links:
        assert case.page.xpath(f".//figure[@id='{link.get('href')[1:]}']")


def test_alternative_text_is_the_attribute_or_the_words_in_brackets(outputs):
    case = outputs.case("bilder")
    assert sorted(case.texts(ALT)) == sorted(
        [
            "Et lite blått merke i teksten",
            "En blå skive på hvit bunn",
            "En trekant uten nummer",
            "Fra mappa til prosjektet",
            "En grønn skive på hvit bunn",
            "En lenke til kartet over fylket",
            "En blå trekant med spissen opp",
            "En mørk trekant med spissen opp",
            "En skive inne i en boks",
        ]
    )


def test_an_image_for_decoration_is_passed_by(outputs):
    page = outputs.case("bilder").page
    assert [image.get("src") for image in page.iter("img") if image.get("alt") == ""] == [
        "figurer/chapters/bilder/sirkel.png"
    ]
    decorated = find_all(outputs.word, "//wp:docPr[@descr='']")
    assert [len(find_all(image, ".//adec:decorative[@val='1']")) for image in decorated] == [1]


def test_the_files_of_images_are_beside_the_pages(outputs):
    images = [*outputs.case("bilder").page.iter("img")]
    assert len(images) == 10
    for image in images:
        assert (outputs.folder / image.get("src")).is_file()


def test_width_is_kept(outputs):
    page = outputs.case("bilder").page
    (image,) = page.xpath(".//figure[@id='fig-merke']/img")
    assert image.get("data-stil") == "width:50.0%"
    assert "style" not in image.attrib
    assert "width:50.0%" in (outputs.folder / "ressurser/stil.css").read_text(encoding="utf-8")
    (drawing,) = find_all(outputs.word, "//wp:inline[wp:docPr/@name='fig-merke']/wp:extent")
    assert 2_500_000 < int(drawing.get("cx", "0")) < 3_200_000  # half of 16 cm in EMU


def test_word_gets_no_format_that_it_cannot_show(outputs):
    package = Package(outputs.folder / "diskusjonsnotat.docx")
    media = [name for name in package.parts if name.startswith("word/media/")]
    assert media
    assert {name.rpartition(".")[2] for name in media} <= {"png", "jpg", "jpeg", "gif"}


def test_a_drawing_made_for_word_has_a_size_in_inches(outputs):
    """60 × 40 pixels of an SVG are 0.625 inches wide."""
    (drawing,) = find_all(outputs.word, "//wp:inline[wp:docPr/@name='fig-i-liste']/wp:extent")
    assert abs(int(drawing.get("cx", "0")) / 914_400 - 0.625) < 0.02


def test_parts_of_a_figure_have_letters(outputs):
    case = outputs.case("delfigurer")
    chapter = case.number
    assert case.texts(CAPTION) == [
        "(a) Den blå skiva til venstre",
        "(b) Den røde skiva til høyre",
        f"Figur {chapter}.1: To skiver",
        "(a) Første form er ei skive",
        "(b) Andre form er ei skive",
        "(c) Tredje form er en trekant",
        f"Figur {chapter}.2: Tre former i to rader",
        "Den ene uten felles tekst",
        "Den andre uten felles tekst",
        f"Tabell {chapter}.1: Frukt og bær",
        "(a) Frukt",
        "(b) Bær",
        "Den eneste skiva i figuren",
        f"Figur {chapter}.3: Ett bilde og en forklaring",
    ]
    first, alone, last = case.texts(PARAGRAPH)
    assert alone == "Skiva er tegnet for hånd."
    assert f"der Figur {chapter}.1a er blå og Figur {chapter}.1b er rød, og Figur {chapter}.2." in first
    assert last == f"Tabellene er Tabell {chapter}.1, Tabell {chapter}.1a og Tabell {chapter}.1b."


def test_parts_stand_side_by_side_in_word(outputs):
    """Each row is a section of two columns, and the text around it one of one column."""
    chapter, columns = "", list[int]()
    for paragraph in find_all(outputs.word, "//w:p[w:pPr]"):
        if find_all(paragraph, "w:pPr/w:pStyle[@w:val='Heading1']"):
            chapter = "".join(text.text for text in find_all(paragraph, ".//w:t"))
        if chapter == "Delfigurer":
            columns += [len(find_all(section, "w:cols/w:col")) for section in find_all(paragraph, "w:pPr/w:sectPr")]
    assert columns == [0, 2] * 3


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ("Tekst ![](bilder/a.png) her.", "N0755", 'Skriv {fig-alt="…"}'),
        ('![](bilder/a.png){#fig-a fig-alt=""}', "N0755", "har ingen alternativ tekst"),
        ("![Kart](bilder/mangler.png)", "N0756", "chapters/bilder/mangler.png finnes ikke"),
        ("![Kart](../../utenfor.png)", "N0756", "finnes ikke"),
        ("![Kart](https://www.example.org/a.png)", "N0757", "Last det ned"),
        ("![Kart](//example.org/a.png)", "N0757", "Last det ned"),
        ("![Kart](data:image/png;base64,AAAA)", "N0757", "Last det ned"),
        ("![Kart](bilder/a.tiff)", "N0758", "Bilder av typen .tiff"),
        ("![Kart](bilder/a.png){width=bredt}", "N0758", "width=bredt"),
        ("![Kart](bilder/feil.png)", "N0756", "kan ikke leses"),
        ("![Kart](bilder/feil.svg)", "N0756", "kan ikke leses"),
    ],
)
def test_an_image_that_cannot_be_shown_is_refused(refusal, body, code, words):
    files: dict[str, str | bytes] = {
        "chapters/bilder/a.png": PIXEL,
        "chapters/bilder/feil.png": b"\xff\xd8\xff" + struct.pack(">I", 0) * 4,
        "chapters/bilder/feil.svg": "<html></html>",
    }
    error = refusal(body, files)
    assert (error.code, error.line) == (code, 3)
    assert words in str(error)


def test_a_changed_image_builds_again(rebuild):
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0H8V8H0Z" fill="{}"/></svg>'
    page = "# Prøve\n\n![Kart](kart)\n"
    for colour in ("red", "blue"):
        made = rebuild(page, {"chapters/kart.svg": square.format(colour)})
        assert colour in (made.folder / "figurer/chapters/kart.svg").read_text(encoding="utf-8")
        assert set(made.read) == set(FORMATS)


def test_figures_come_in_the_order_of_their_numbers_on_paper(outputs):
    # Drawn in a cell or linked by Markdown, all float alike; what stands in a list or has text of its own stays there.
    stay = {outputs.case(name).number for name in ("bilder", "delfigurer")}
    found = re.findall(r"^Figur (\d+)\.(\d+)(?=:|$)", "\n".join(line for page in outputs.sheets for line in page), re.M)
    places = [(int(chapter), int(place)) for chapter, place in found if chapter not in stay]
    assert len({chapter for chapter, _ in places}) > 3
    assert places == sorted(places)


def test_a_reference_in_a_caption_is_read_out_as_it_is_printed(rebuild):
    text = (
        "# Prøve {#sec-prove}\n\n![Et hus](hus.png){#fig-hus}\n\n"
        "![En modell av huset i @fig-hus, **etter** [@ssb].[^1]](hus.png){#fig-modell}\n\n"
        "![Som i @fig-hus](hus.png)\n\n[^1]: En note.\n"
    )
    image = (Path(__file__).parent / "cases/chapters/bilder/sirkel.png").read_bytes()
    case = rebuild(text, {"chapters/hus.png": image}).case("prove")
    said = ["Et hus", "En modell av huset i Figur 2.1, etter (Statistisk sentralbyrå, 2023).", "Som i Figur 2.1"]
    assert case.texts(ALT) == said


def test_no_line_of_the_word_document_is_lower_than_the_image_in_it(outputs):
    tight = []
    for paragraph in find_all(outputs.word, "//w:p[.//w:drawing]"):
        style = "".join(attribute(one) for one in find_all(paragraph, "w:pPr/w:pStyle"))
        line = [one.get(qualified("w:line")) for one in find_all(paragraph, "w:pPr/w:spacing")]
        if style not in ("Figure", "CaptionedFigure") and line != ["240"]:
            tight.append((style, line))
    assert tight == []


def test_a_figure_of_text_stays_with_its_caption_in_word(outputs):
    case = outputs.case("figurtekster")
    captions = [text.partition(": ")[2] for text in case.texts(CAPTION)]
    blocks = find_all(outputs.word, "w:body/*[self::w:p or self::w:tbl or self::w:sdt]")
    for above, block in pairwise(blocks):
        if style_of_block(block) == "ImageCaption" and text_of(block).partition(": ")[2] in captions:
            captions.remove(text_of(block).partition(": ")[2])
            assert find_all(above, "descendant-or-self::w:p[last()]/w:pPr/w:keepNext")
    assert captions == ["En liste som tabell"]
    assert "notat-innhold" not in etree.tostring(outputs.word).decode()
