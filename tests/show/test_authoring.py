"""What a chapter may say: numbers, ranges, figures and tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notat.data.quantity import factor
from notat.engine import pandoc
from notat.numbers import indicators
from notat.numbers.indicators import Indicator
from notat.show import authoring, tables
from notat.show.authoring import Inline, drofting, figur, numbers, periode, spenn, sted, tabell, tall, tallgrunnlag
from notat.show.charts import Drawing
from notat.show.tables import Table
from notat.text.errors import NotatError

HARD = "\u00a0"
ROWS = """\
en_av_ti,Andel,,Norge,2021,andel,0.6,andel,0.1,,,ssb,
femdel,Andel,,Norge,2022,andel,0.20,andel,0.01,,,ssb,
skjev,Andel,,Norge,2023,andel,0.55,andel,0.01,,,ssb,
en,Kommuner,,Norge,2021,nivå,1,kommuner,1,,,ssb,
tre,Kommuner,,Norge,2022,nivå,3,kommuner,1,,,ssb,
fall,Endring,,Norge,2022,endring,-2.3,prosent,0.1,,,ssb,
omsetning,Omsetning,,Norge,2022,nivå,222.1,mrd. kr,0.1,,,ssb,
aar,Første år,,Norge,,nivå,2015,årstall,1,,,ssb,
vekst,Endring siden 2015,,Norge,2015–2022,endring,3,prosent,1,,,ssb,
skole,Søkere,,Norge,2021–22,nivå,3,personer,1,,,ssb,
udatert,Udatert,,Norge,udatert,nivå,3,personer,1,,,ssb,
siste,Siste år,,Norge,,nivå,2022,årstall,1,,,ssb,
"""


@pytest.fixture
def rows(note):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)
    return note


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("alle", {}), f"246{HARD}556"),
        (("hoy", {}), f"37{HARD}%"),
        (("hoy", {"enhet": False}), "37"),
        (("fall", {}), f"−2,3{HARD}%"),
        (("fall", {"fortegn": False}), f"2,3{HARD}%"),
        (("fall", {"fortegn": False, "desimaler": 0}), f"2{HARD}%"),
        (("omsetning", {}), f"222,1{HARD}milliarder kroner"),
        (("omsetning", {"enhet": False}), "222,1"),
        (("aar", {}), "2015"),
        (("tre", {"ord": True}), "tre"),
        (("tre", {"ord": True, "stor": True}), "Tre"),
        (("en", {"ord": "ett"}), "ett"),
        (("en", {"ord": True}), "én"),
        (("en_av_ti", {"av": 10}), f"6{HARD}av{HARD}10"),
        (("en_av_ti", {"av": 10, "ord": True}), f"seks{HARD}av{HARD}ti"),
        (("en_av_ti", {"av": 10, "ord": True, "stor": True}), f"Seks{HARD}av{HARD}ti"),
        (("femdel", {}), "en femdel"),
        (("femdel", {"stor": True}), "En femdel"),
    ],
)
def test_a_number_is_written_as_the_author_asks(rows, arguments, text):
    id_, options = arguments
    assert str(tall(id_, **options)) == text


@pytest.mark.parametrize(
    ("id_", "options", "text"),
    [
        ("alle", {}, f"4.{HARD}kvartal{HARD}2022"),
        ("hoy", {}, "2021"),
        ("vekst", {}, "2015–2022"),
        ("vekst", {"ord": True}, "fra 2015 til 2022"),
        ("vekst", {"ord": True, "stor": True}, "Fra 2015 til 2022"),
        ("skole", {}, "2021–22"),
        ("endring", {"ord": True}, f"fra 4.{HARD}kvartal{HARD}2021 til 4.{HARD}kvartal{HARD}2022"),
    ],
)
def test_the_period_of_a_number_is_written_as_prose_and_bound_to_its_id(rows, id_, options, text):
    shown = periode(id_, **options)
    assert (str(shown), shown.ids) == (text, (id_,))


def test_the_place_of_a_number_is_written_and_bound_to_its_id(rows):
    shown = sted("hoy")
    assert (str(shown), shown.ids) == ("Norge", ("hoy",))
    assert shown._repr_markdown_() == '[Norge]{.tall data-id="hoy"}'


@pytest.mark.parametrize("id_", ["aar", "udatert"])
def test_a_number_without_a_period_has_none_to_write(rows, refused, id_):
    with refused(None, None, f"«{id_}» har ingen periode"):
        periode(id_)


@pytest.mark.parametrize("id_", ["hoy", "skole"])
def test_only_a_range_is_written_from_and_to(rows, refused, id_):
    with refused(None, None, f"Perioden for «{id_}» er ikke et spenn"):
        periode(id_, ord=True)


def test_a_number_without_a_place_has_none_to_write(rows, refused, monkeypatch):
    numbers = {"hoy": replace(authoring.numbers()["hoy"], place="")}
    with monkeypatch.context() as patch, refused(None, None, "«hoy» har ikke noe sted"):
        patch.setattr(authoring, "numbers", lambda: numbers)
        sted("hoy")


def test_a_number_in_the_text_is_a_span_with_its_id(rows):
    markdown = tall("fall")._repr_markdown_()
    (paragraph,) = pandoc.read_markdown(f"Det var {markdown}.")["blocks"]
    (span,) = (node for node in pandoc.elements(paragraph) if node["t"] == "Span")
    assert span["c"][0] == ["", ["tall"], [["data-id", "fall"]]]
    assert pandoc.plain(span["c"][1]) == f"−2,3{HARD}%"


def test_quotes_in_an_id_cannot_break_the_span():
    assert "&quot;" in Inline("1", ('a"b',))._repr_markdown_()


@pytest.mark.parametrize(
    ("id_", "options", "words"),
    [
        ("ale", {}, "Ukjent tall «ale». Mente du alle"),
        ("alle\u00a0", {}, "Ukjent tall"),
        ("alle", {"ord": True}, "kan ikke skrives med bokstaver"),
        ("hoy", {"av": 10}, "«hoy» er ikke en andel"),
        ("skjev", {}, "ingen enkel brøk"),
    ],
)
def test_what_cannot_be_written_is_refused(rows, refused, id_, options, words):
    with refused(None, None, words):
        tall(id_, **options)


@pytest.mark.parametrize(
    ("id_", "options"),
    [
        ("fall", {"desimaler": 2}),  # a row has what its source printed
        ("alle", {"desimaler": 1}),
        ("omsetning", {"som": "mill. kr", "desimaler": 1}),
        ("omsetning", {"desimaler": -1}),
    ],
)
def test_decimals_that_the_sources_do_not_carry_are_refused(rows, refused, id_, options):
    with refused(None, None, f"«{id_}» kan ikke skrives med {options['desimaler']} desimaler"):
        tall(id_, **options)


def test_an_amount_in_a_larger_unit_may_have_as_many_decimals_more(rows):
    with (rows / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write("salg,Salg,,Norge,2022,nivå,3445,mill. kr,1,,,ssb,\n")
    assert str(tall("salg", som="mrd. kr", desimaler=3)) == f"3,445{HARD}milliarder kroner"


def test_a_computed_number_may_have_one_digit_more_than_its_interval_is_wide(rows, refused, monkeypatch):
    def change(data):
        return factor(data.row("hoy").quantity, data.row("lav").quantity)  # 36,5–37,5 over 8,5–9,5

    monkeypatch.setitem(indicators._indicators, "endret", Indicator("endret", "Endret", "2022", "Norge", 0, change))
    low, high = numbers()["endret"].quantity.interval
    assert 0.5 < high - low < 1
    assert str(tall("endret", desimaler=1)) == "4,1"
    with refused(None, None, "høyst 1; skriv desimaler=1"):
        tall("endret", desimaler=2)


def test_a_range_has_one_unit_and_both_ids(rows):
    made = spenn("lav", "hoy")
    assert (str(made), made.ids) == (f"9–37{HARD}%", ("lav", "hoy"))
    assert str(spenn("lav", "hoy", enhet=False)) == "9–37"
    assert str(spenn("aar", "siste")) == "2015–2022"
    assert str(spenn("fall", "hoy")) == f"−2,3{HARD}til{HARD}37,0{HARD}%"


@pytest.mark.parametrize(
    ("ends", "words"),
    [(("lav", "alle"), "har ulik enhet (prosent, personer)"), (("hoy", "lav"), "«hoy» er større enn «lav»")],
)
def test_a_range_that_is_none_is_refused(rows, refused, ends, words):
    with refused(None, None, words):
        spenn(*ends)


def test_a_table_is_a_block_with_caption_and_cited_sources(note, monkeypatch):
    def made(numbers):
        number = numbers["alle"]
        return Table(("Hvem", "Antall"), (("Alle", "1"),), "lr", "Mange.", (number.quantity,), note="Avrundet.")

    monkeypatch.setitem(tables._tables, "proeve", made)
    markdown = tabell("proeve")._repr_markdown_()
    assert markdown.startswith("::: {#tbl-proeve}\n\n| Hvem | Antall |")
    assert markdown.endswith("\n\n**Mange.** Avrundet. Kilde: @ssb.\n\n:::\n")


def test_a_table_without_numbers_names_no_source(note, monkeypatch):
    monkeypatch.setitem(tables._tables, "proeve", lambda numbers: Table(("A",), (("b",),), "l", "Ord."))
    assert "Kilde" not in tabell("proeve").markdown


def test_the_alt_text_of_a_figure_survives_the_markdown(note, monkeypatch):
    alt = 'Linje som viser "brudd" & <fall>\nfra 9 til 37 {prosent}'
    drawing = Drawing(None, "Det falt.", alt, ())
    monkeypatch.setattr("notat.show.charts.draw", lambda name, numbers: drawing)
    monkeypatch.setattr("notat.show.charts.draw_narrow", lambda name, numbers: drawing)
    monkeypatch.setattr("notat.show.charts.save", lambda made, narrow, stem, notes, formats: None)
    (block,) = pandoc.read_markdown(figur("proeve").markdown)["blocks"]
    (image,) = (node for node in pandoc.elements(block) if node["t"] == "Image")
    assert block["c"][0][0] == "fig-proeve"
    assert dict(image["c"][0][2])["fig-alt"] == alt.replace("\n", " ")
    assert image["c"][2][0] == "/_figurer/fig-proeve"


@pytest.mark.parametrize("make", [figur, tabell])
def test_an_unknown_figure_or_table_is_refused(note, refused, make):
    with refused(None, None, "«finnes-ikke». Kontroller stavingen."):
        make("finnes-ikke")


def test_the_overviews_are_made_of_the_chapters(note):
    assert "1. Hva nå?" in drofting()._repr_markdown_()
    assert "| [5\u00a0566]{#tall-endring} |" in tallgrunnlag()._repr_markdown_()


def test_an_amount_can_be_written_in_a_larger_unit_of_kroner(note):
    table = note / "data" / "arbeid.csv"
    row = "verdi,Verdiskaping,,Trøndelag,2021,nivå,5459188,1 000 kr,1,,,ssb,\n"
    table.write_text(table.read_text(encoding="utf-8") + row, encoding="utf-8")
    assert str(tall("verdi", som="mrd. kr", desimaler=2)) == "5,46\u00a0milliarder kroner"
    with pytest.raises(NotatError, match=r"kan ikke skrives i mrd\. kr"):
        tall("alle", som="mrd. kr")


def test_a_large_count_can_be_written_in_millions_and_the_noun_is_the_authors(rows, refused):
    with (rows / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write("areal,Areal,,Norge,2022,nivå,1500000,daa,100000,,,ssb,\n")
        stream.write("mengde,Utslipp,,Norge,2022,nivå,1000000,tonn CO2-ekv.,1000000,om lag,,ssb,\n")
    assert str(tall("areal", som="mill.", desimaler=1)) == f"1,5{HARD}millioner"
    assert str(tall("mengde", som="mill.")) == f"1{HARD}million"
    with refused(None, None, "«areal» kan ikke skrives med 2 desimaler"):
        tall("areal", som="mill.", desimaler=2)
    with refused(None, None, "«fall» kan ikke skrives i mill."):
        tall("fall", som="mill.")
