"""Files as counties get them, read by what they are believed to be: to the right values, or refused with what helps."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from notat.intake import belief, tables
from notat.intake.archive import Received
from notat.intake.klass import national
from notat.intake.recipes import decode, recipe
from notat.text.errors import NotatError

PLACES = national()
COMMON = {"tittel": "x", "maal": "x", "type": "nivå", "enhet": "personer", "avrundet_til": "1", "kilde": "nav"}


def take(content: bytes, *, common=None, signs=None, **told) -> dict[tuple[str, str, str], str]:
    """The values of the file by the recipe that is guessed of it, with what the author adds."""
    [table] = tables.read(content, "fil")
    spec = belief.guess(table) | told
    spec["gruppe"] = belief.groups(table, spec)
    more = {"tegn": signs} if signs else {}
    made = recipe("serie", {"felles": COMMON | (common or {}), "fil": spec, **more})
    found = decode(made, Received(content, "fil", "2024-01-01T00:00:00+00:00", "fil"), PLACES)
    return {(one.group, one.place, one.period): one.value or one.status for one in found.observations}


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode() + b"\n"


def sheet(*rows: list[object]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def of_place(code: str, *values: str) -> dict[tuple[str, str, str], str]:
    return {("", code, str(2021 + n)): value for n, value in enumerate(values)}


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (csv("Kommunenr;Kommune;2021;2022", "301;Oslo;1;2", "5006;Steinkjer;3;4"), ("0301", "5006")),
        (csv("Fylkesnr;Fylke;2021;2022", "3;Oslo;1;2", "50;Trøndelag;3;4"), ("03", "50")),
        (csv("Kommune;2021;2022", "Oslo;1;2", "Steinkjer;3;4"), ("0301", "5006")),
        (csv("Fylke;2021;2022", "Oslo;1;2", "Trøndelag;3;4"), ("03", "50")),
        (csv("Sted;2021;2022", "Oslo kommune;1;2", "TRØNDELAG FYLKESKOMMUNE;3;4"), ("0301", "50")),
        (csv("Kommune;2021;2022", "Snåase – Snåsa;1;2", "Røyrvik/Raarvihke;3;4"), ("5041", "5043")),
        (csv("Kommune;2021;2022", "Tråante;1;2", "Trondheim Tråante kommune;;", "Namsos;3;4"), ("5001", "5007")),
        (csv("Fylke;Kommune;2021;2022", "Trøndelag;Trondheim;1;2", "Trøndelag;Namsos;3;4"), ("5001", "5007")),
    ],
)
def test_a_place_is_known_as_sources_write_it(content, places):
    assert take(content, verdi="") == of_place(places[0], "1", "2") | of_place(places[1], "3", "4")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Snåsa/Røyrvik", "«Snåsa/Røyrvik» er ikke et kjent sted"),  # two places
        ("Trondheim - sentrum", "«Trondheim - sentrum» er ikke et kjent sted"),
        ("301", "Koden i «301» kan ha mistet en null: 0301 er Oslo kommune"),
        ("5 Midt", "Koden i «5 Midt» kan ha mistet en null: 05 er Oppland"),
        ("Trøndelag kommune", "«Trøndelag kommune» er ikke et kjent sted"),
    ],
)
def test_a_place_that_is_only_nearly_one_is_refused(place, said):
    with pytest.raises(NotatError) as caught:
        take(csv("Sted;2021;2022", f"{place};1;2"), verdi="", sted=["Sted"])
    assert said in caught.value.problem


@pytest.mark.parametrize(
    ("content", "rounding", "told", "values"),
    [
        (csv("Sted;2021;2022", "50;12.345;1.234.567"), "1", {}, ("12345", "1234567")),
        (csv("Sted;2021;2022", "50;12.345;1.234"), "1", {"desimaltegn": ","}, ("12345", "1234")),
        (csv("Sted;2021;2022", "50;12.345;1.234"), "0.001", {"desimaltegn": "."}, ("12.345", "1.234")),
        (csv("Sted;2021;2022", "50;12.345,5;−987,3"), "0.1", {}, ("12345.5", "-987.3")),
        (csv("Sted;2021;2022", '50;"1,234,567.8";12.3'), "0.1", {}, ("1234567.8", "12.3")),
        (sheet(["Sted", 2021, 2022], ["50", 12.345, "1,5"]), "0.001", {"desimaltegn": ","}, ("12.345", "1.500")),
        (sheet(["Sted", 2021, 2022], ["50", "1\u00a0234,5", 0.5]), "0.1", {}, ("1234.5", "0.5")),
    ],
)
def test_thousands_and_decimals_are_told_apart_by_the_column(content, rounding, told, values):
    found = take(content, common={"avrundet_til": rounding}, verdi="", sted=["Sted"], **told)
    assert found == of_place("50", *values)


@pytest.mark.parametrize(
    "values", ["12.345;1.234", "12.345;1,5", "1.234.567;1.5", "1.234,5;1,234.5", "1.234.56;1", "1.23.456;1"]
)
def test_a_mark_that_may_be_either_is_refused(values):
    with pytest.raises(NotatError) as caught:
        take(csv("Sted;2021;2022", f"50;{values}"), common={"avrundet_til": "0.001"}, verdi="", sted=["Sted"])
    assert caught.value.code == "N0384"


@pytest.mark.parametrize("sign", ["–", "-", "<5", "x", "i.a."])
def test_what_a_sign_in_place_of_a_number_means_is_asked_for_and_then_known(sign):
    content = csv("Sted;2021;2022", f"50;7;{sign}", "03;8;9")
    with pytest.raises(NotatError) as caught:
        take(content)
    assert f"--tegn «{sign}=0»" in caught.value.remedy
    assert take(content, signs={sign: "0"})["", "50", "2022"] == "0"
    assert take(content, signs={sign: ":"})["", "50", "2022"] == ":"


def test_the_sign_of_kroner_is_read_where_that_is_the_unit():
    content = csv("Sted;2021;2022", "50;1 200 kr;300 kr")
    assert take(content, common={"enhet": "kroner"}, verdi="", sted=["Sted"]) == of_place("50", "1200", "300")
    for unit in ("personer", "mill. kr"):
        with pytest.raises(NotatError, match="som ikke er et tall"):
            take(content, common={"enhet": unit}, verdi="", sted=["Sted"])


@pytest.mark.parametrize(
    ("content", "periods"),
    [
        (csv("Sted;År;Måned;Antall", "50;2022;1;7", "50;2022;12;8"), ("2022-01", "2022-12")),
        (csv("Sted;År;Kvartal;Antall", "50;2022;1;7", "50;2022;4;8"), ("2022K1", "2022K4")),
        (csv("Sted;År;Uke;Antall", "50;2022;uke 1;7", "50;2022;uke 52;8"), ("2022U01", "2022U52")),
        (csv("Sted;1Q22;2Q22", "50;7;8"), ("2022K1", "2022K2")),
        (csv("Ledige i 2022", "", "Sted;1. kvartal;2. kvartal", "50;7;8"), ("2022K1", "2022K2")),
        (csv("Sted;jan.22;feb.22", "50;7;8"), ("2022-01", "2022-02")),
        (csv("Sted;Antall 1. halvår 2022;Antall 2. halvår 2022", "50;7;8"), ("2022H1", "2022H2")),
        (csv("Sted;Periode;Antall", "50;2018-2020;7", "50;2019-2021;8"), ("2018–2020", "2019–2021")),
        (csv("Sted;Årstall;Antall", "50;År 2021;7", "50;År 2022;8"), ("2021", "2022")),
    ],
)
def test_a_period_is_found_as_sources_write_it(content, periods):
    found = take(content)
    assert found == {("", "50", periods[0]): "7", ("", "50", periods[1]): "8"}


def test_codes_of_groups_that_could_be_parts_of_a_year_are_groups():
    content = csv("Sted;År;Klasse;Antall", "50;2022;K1;7", "50;2022;H2;8", "50;2022;U18;9")
    assert take(content) == {(group, "50", "2022"): value for group, value in (("K1", "7"), ("H2", "8"), ("U18", "9"))}


def test_a_period_that_nobody_knows_is_refused_by_its_cell_with_the_forms_that_are_known():
    with pytest.raises(NotatError) as caught:
        take(csv("Sted;Periode;Antall", "50;sommeren 22;7", "50;høsten 22;8"))
    assert caught.value.problem == "Her står «sommeren 22», som ikke er en periode (linje 2, kolonnen «Periode»)."
    assert "2022U14" in caught.value.remedy


@pytest.mark.parametrize(
    "content",
    [
        sheet(["Sted", 2021, 2022], ["50", 1, 2], [], ["Sted", 2019, 2020], ["03", 5, 6]),
        csv("Sted;År;Antall", "50;2021;1", "Sted;År;Andel", "03;2021;2"),
    ],
)
def test_a_second_table_below_the_first_is_refused_by_the_row_of_its_names(content):
    with pytest.raises(NotatError) as caught:
        take(content)
    assert caught.value.code == "N0383"
    assert "er kolonnenavn, men ikke de samme som på rad 1" in caught.value.problem


def test_where_no_cell_is_a_number_the_first_that_nearly_is_one_is_named():
    with pytest.raises(NotatError, match=r"«1,5 pp» er ikke et tall, for det står mer i cellen\."):
        tables.read(csv("Sted;2021;2022", "50 Trøndelag;1,5 pp;2,5 pp"), "fil")


def test_the_same_names_once_more_are_passed_over():
    assert take(csv("Sted;År;Antall", "50;2021;1", "Sted;År;Antall", "03;2021;2")) == {
        ("", "50", "2021"): "1",
        ("", "03", "2021"): "2",
    }
