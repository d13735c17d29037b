"""The colophon says what the note was made of, alike in every format."""

from __future__ import annotations

import re

import pypdfium2
from docx import Document
from lxml import html as lxml_html

from notat.data import dataset
from notat.judge.checks import checksums
from notat.numbers.indicators import Numbers
from notat.project.manifest import data_digest
from notat.project.project import Project
from notat.show.colophon import colophon_markdown


def colophon(note):
    return colophon_markdown(Project(note), Numbers(dataset.load(note)))


def test_it_counts_values_tables_sources_and_numbers(note):
    text = colophon(note)
    assert "4\u00a0verdier i 1\u00a0tabell, hentet fra 1\u00a0kilde" in text
    assert "4\u00a0ulike tall" in text
    assert "**Lisens for dataene:** ikke oppgitt for 1\u00a0kilde" in text


def test_it_names_the_licences_that_are_stated(note):
    file = note / "data" / "kilder.csv"
    rows = file.read_text(encoding="utf-8")
    file.write_text(rows.replace("byrå,,,ssb", "byrå,,NLOD,ssb") + "nho,Kart,NHO,,,ssb,\n", encoding="utf-8")
    assert "NLOD for 1\u00a0kilde; ikke oppgitt for 1\u00a0kilde" in colophon(note)


def test_it_tells_how_to_recompute_the_digest_only_when_the_list_of_checksums_is_right(note):
    assert f"`{data_digest(Project(note))}`" in colophon(note)
    (note / "data/kontroll.sha256").unlink()
    assert "kontroll.sha256" not in colophon(note)
    checksums.write(note)
    assert "kontroll.sha256" in colophon(note)
    with (note / "data" / "arbeid.csv").open("a", encoding="utf-8") as table:
        table.write("ny,Sysselsatte,,Norge,2022K4,nivå,1,personer,1,,,ssb,\n")
    assert "kontroll.sha256" not in colophon(note)
    assert f"`{data_digest(Project(note))}`" in colophon(note)


def test_it_says_whom_to_tell_and_where_the_statement_is_if_the_note_does(note):
    assert "Kontakt" not in colophon(note)
    file = note / "_quarto.yml"
    config = file.read_text(encoding="utf-8")
    added = "notat:\n  kontakt: post@fylket.no\n  erklaering: https://uustatus.no/1\nexecute:"
    file.write_text(config.replace("execute:", added), encoding="utf-8")
    assert "- **Kontakt:** [post@fylket.no](mailto:post@fylket.no)\n" in colophon(note)
    assert "- **Tilgjengelighetserklæring:** [https://uustatus.no/1](https://uustatus.no/1)\n" in colophon(note)


def test_every_format_prints_the_digest_of_its_data_whole(published):
    digest = data_digest(Project(published))
    output = published / "_output"
    page = lxml_html.parse(output / "kolofon.html").getroot()
    assert digest in page.xpath("string(//main)")
    assert page.xpath("//meta[@name='notat:datagrunnlag']/@content") == [f"sha256:{digest}"]
    assert page.xpath("//link[@rel='describedby']/@href") == ["manifest.json"]
    links = ["kolofon.html#sec-tilgjengelighet", "https://www.trondelagfylke.no/", "manifest.json"]
    for file in output.glob("*.html"):
        assert lxml_html.parse(file).xpath("//footer//a/@href") == links
    assert page.xpath("//*[@id='sec-tilgjengelighet']//h2")
    printed = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(output / "diskusjonsnotat.pdf")]
    assert any(digest in text for text in printed)
    assert any("Kontakt: https://www.trondelagfylke.no/" in text for text in printed)
    document = Document(output / "diskusjonsnotat.docx")
    assert any(re.search(digest, paragraph.text) for paragraph in document.paragraphs)
    assert any(paragraph.text == "Kontakt: https://www.trondelagfylke.no/" for paragraph in document.paragraphs)
