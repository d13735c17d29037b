"""Shortcodes and includes, and links to files and chapters, in all formats."""

from __future__ import annotations

from notat.readback.blocks import PARAGRAPH


def test_values_links_and_includes_stand_in_the_text(outputs):
    case = outputs.case("kortkoder")
    assert [block.text for block in case.blocks("html", PARAGRAPH)] == [
        "Kommunen er Bodø i Nordland, boka heter «Et lite notat».",
        "Trykk Ctrl+C, skriv {{< pagebreak >}}, og {{< var navn >}} i kode.",
        "Etter sideskiftet.",
        "Video: Film om arbeid",
        "Tatt inn.",
        "Tatt inn fra undermappa.",
    ]
    (code,) = case.page.iter("pre")
    assert code.text_content() == "sted: Bodø\nmal: {{< meta title >}}"
    assert case.page.find(".//kbd").text == "Ctrl+C"


def test_a_page_break_breaks_the_page_in_print(outputs):
    assert ("sted: Bodømal: {{< meta title >}}", "Etter sideskiftet.") in outputs.breaks_in_word()
    before = next(number for number, lines in enumerate(outputs.sheets) if lines[-1:] == ["mal: {{< meta title >}}"])
    assert outputs.sheets[before][1] == "Kommunen er Bodø i Nordland, boka heter «Et lite notat»."
    assert outputs.sheets[before + 1][0] == "Etter sideskiftet."


def test_links_lead_to_pages_and_to_files_that_travel_along(outputs):
    links = {link.text_content(): link.get("href") for link in outputs.case("lenker").page.iter("a")}
    assert links["regnearket"] == "chapters/vedlegg/tabell.xlsx"
    assert links["tallene"] == "vedlegg/tabell.csv"
    assert (outputs.folder / "chapters/vedlegg/tabell.xlsx").read_bytes().startswith(b"PK")
    assert (outputs.folder / "vedlegg/tabell.csv").is_file()
    assert links["rota"] == "index.html#sec-sammendrag"
    assert links["kapittelet"] == links["veien fra rota"] == "arbeid.html#sec-arbeid"
    assert links["delen"] == links["nettsiden"] == "arbeid.html#sec-mer"
    assert links["SSB"] == "https://www.ssb.no/a?b=1#c"


def test_a_shortcode_of_an_extension_is_refused_without_a_word_about_spelling(refusal):
    icon = refusal("Trykk på {{< fa pencil >}}.")
    assert (icon.code, icon.line, icon.remedy) == ("N0513", 3, "Et ikon kan ikke leses opp. Skriv ordet det står for.")
    other = refusal("{{< kilder-i-margen 3 >}}")
    assert (other.line, "stavingen" in other.remedy) == (3, False)
    assert other.remedy.startswith("Kortkoder fra utvidelser kan bare `quarto render` kjøre: Skriv her det den gir.")
    assert refusal("{{< pagbreak >}}").remedy.startswith("Mente du pagebreak? ")
