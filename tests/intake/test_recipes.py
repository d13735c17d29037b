"""A recipe makes the same series of the same bytes, and refuses what it cannot read by its cell or code."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import Workbook

from notat.data.series import Observation
from notat.intake.archive import Received
from notat.intake.klass import national
from notat.intake.recipes import Recipe, decode, marked, merge, read_recipes, recipe
from notat.text.errors import NotatError

PLACES = national()
COMMON = {
    "tittel": "Ledige",
    "maal": "Helt ledige",
    "type": "nivå",
    "enhet": "personer",
    "avrundet_til": "1",
    "kilde": "nav",
}
LONG = "År;Måned;Sted;Kjønn;Antall\n2022;januar;50 Trøndelag;Menn;1 200\n2022;januar;50 Trøndelag;Kvinner;*\n"
LONG += "2022;januar;Landet;Menn;70 000\n2022;januar;Ukjent;Menn;3\n2022;januar;Landet;Kvinner;\n"
COLUMNS = {"periode": ["År", "Måned"], "sted": ["Sted"], "gruppe": ["Kjønn"], "verdi": "Antall", "uten": ["Ukj*"]}
WIDE = "region;Andel januar;Andel februar;Andel februar brudd\n50 Trøndelag;1,5;2,0;Ny måling\n0301 Oslo;2,5;..;\n"


def file(text: str, **told) -> Received:
    return Received(text.encode(), "ledige.csv", "2024-01-01T00:00:00+00:00", "ledige.csv", told)


def of(columns, **more) -> Recipe:
    common = COMMON | {key: more.pop(key) for key in list(more) if key in {*COMMON, "merknader", "maaledato"}}
    return recipe("ledige", {"felles": common, "fil": columns, **more})


def refused(made: Recipe, received: Received) -> NotatError:
    with pytest.raises(NotatError) as caught:
        decode(made, received, PLACES)
    assert caught.value.remedy
    return caught.value


def test_rows_become_observations_with_what_is_missing_as_it_is():
    found = decode(of(COLUMNS), file(LONG), PLACES)
    assert found.observations == (
        Observation("Menn", "50", "2022-01", "1200"),
        Observation("Kvinner", "50", "2022-01", "", "*"),
        Observation("Menn", "0", "2022-01", "70000"),
    )
    assert (found.missing, found.empty, found.skipped) == ({"*": 1}, 1, 1)
    assert found.places == {"50": "Trøndelag", "0": "Norge"}
    assert (found.shared.measure, found.shared.unit, found.shared.source) == ("Helt ledige", "personer", "nav")


def test_periods_as_columns_get_their_year_from_the_file_or_are_told():
    made = of(
        {"sted": ["region"], "verdi": "Andel", "aar": "tittel"}, avrundet_til="0.1", enhet="prosent", type="andel"
    )
    for received in (file(f"Tall for 2022\n\n{WIDE}"), file(WIDE, aar=2022)):
        found = decode(made, received, PLACES)
        assert [(one.place, one.period, one.value or one.status) for one in found.observations] == [
            ("50", "2022-01", "1.5"),
            ("50", "2022-02", "2.0"),
            ("0301", "2022-01", "2.5"),
            ("0301", "2022-02", ".."),
        ]
        assert found.shared.notes == ("Brudd : Ny måling",)
    assert refused(made, file(WIDE)).code == "N0385"
    assert refused(made, file(f"Tall for 2021 og 2022\n\n{WIDE}")).code == "N0385"


def test_a_file_without_any_period_comes_with_it_and_the_recipe_never_remembers_it():
    made = of({"sted": ["region"], "verdi": "Antall"})
    text = "region;Antall\n50 Trøndelag;5\n0 Landet;6\n"
    assert {one.period for one in decode(made, file(text, fast_periode="2022K4"), PLACES).observations} == {"2022K4"}
    error = refused(made, file(text))
    assert error.code == "N0385"
    assert "«Antall»" in error.problem


def test_one_column_and_bounds_can_be_chosen():
    found = decode(of({**COLUMNS, "gruppe": [], "bare": {"Kjønn": "Menn"}}), file(LONG), PLACES)
    assert [one.place for one in found.observations] == ["50", "0"]


NAMED = {"sted": ["Fylke"], "verdi": ""}


@pytest.mark.parametrize(
    ("place", "years", "code"),
    [
        ("Trøndelag - Trööndelage", (2021, 2022), "50"),
        ("5041 Snåase - Snåsa", (2021, 2022), "5041"),
        ("50", (2021, 2022), "50"),
        ("0 Hele landet", (2021, 2022), "0"),
        ("Østfold", (2016, 2017), "01"),
        ("Østfold", (2024, 2025), "31"),
        ("Østfold", (2016, 2025), "31"),  # the same place in all of the file, as it is at last
        ("Oslo", (2021, 2022), "03"),
        ("Namsos", (2021, 2022), "5007"),
    ],
)
def test_a_place_is_known_by_code_or_by_the_name_that_it_had(place, years, code):
    found = decode(of(NAMED), file(f"Fylke;{years[0]};{years[1]}\n{place};1;2\n"), PLACES)
    assert found.places == {code: PLACES[code].name if code != "0" else "Norge"}


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Østfold", "«Østfold» er 01 og 31 (linje 2, kolonnen «2021»)."),
        ("Midgard", "«Midgard» er ikke et kjent sted"),
        ("I alt", "«I alt» er ikke et kjent sted"),  # of the country or of a county?
        ("Sum", "«Sum» er ikke et kjent sted"),
        ("97 Svalbard", "Koden 97 er ikke et sted som er kjent"),
        ("1204 Gruppe", "Koden 1204 er ikke et sted som er kjent"),
        ("50 Nordland", "Koden og navnet i «50 Nordland» er to forskjellige steder"),
    ],
)
def test_a_place_that_is_unknown_or_may_be_two_is_refused_with_its_cell(place, said):
    error = refused(of(NAMED), file(f"Fylke;2021;2022\n{place};1;2\n"))
    assert error.code == "N0398"
    assert error.problem.startswith(said)
    assert f"--sted «{place}=KODE»" in error.remedy
    assert decode(of(NAMED, steder={place: "50"}), file(f"Fylke;2021;2022\n{place};1;2\n"), PLACES).places == {
        "50": "Trøndelag"
    }


def test_values_from_before_the_borders_of_today_get_the_word_that_says_so():
    text = "Fylke;2016;2017;2018;2019;2020\n50 Trøndelag;1;2;*;4;5\n18 Nordland;1;2;3;4;5\n34 Innlandet;1;2;3;4;5\n"
    made = of(NAMED, eldre="sum")
    found = marked(decode(made, file(text), PLACES), made, PLACES)
    statuses = {place: [one.status for one in found.observations if one.place == place] for place in ("50", "18", "34")}
    assert statuses == {"50": ["sum", "sum", "*", "sum", ""], "18": [""] * 5, "34": ["sum"] * 4 + [""]}
    assert marked(found, of(NAMED), PLACES) == found


def test_what_stands_below_the_values_becomes_notes_of_the_series():
    text = f"{LONG};;;;\n1) Tall under 4 vises ikke.;;;;\nKilde: NAV;;;;\n"
    found = decode(of(COLUMNS, merknader=["Ny måling."]), file(text), PLACES)
    assert found.shared.notes == ("Ny måling.", "1) Tall under 4 vises ikke.")
    told = decode(of(COLUMNS, maaledato="01-01"), file(text, publisert="2022-02-01", neste="2022-03-01"), PLACES).shared
    assert (str(told.published), str(told.due), told.measured) == ("2022-02-01", "2022-03-01", "01-01")


@pytest.mark.parametrize(
    ("text", "columns", "code", "said"),
    [
        (
            LONG.replace("1 200", "12.345"),
            COLUMNS,
            "N0384",
            "«12.345», som kan være et desimaltall eller et helt tusen",
        ),
        (LONG.replace("1 200", "1,5").replace("70 000", "2.5"), COLUMNS, "N0384", "både komma og punktum"),
        (LONG.replace("1 200", "1,5"), COLUMNS, "N0384", "flere desimaler enn 0 (linje 2, kolonnen «Antall»)"),
        (LONG.replace("1 200", "ca. 5"), COLUMNS, "N0384", "«ca. 5», som ikke er et tall (linje 2"),
        (
            LONG.replace("januar", "tida 3"),
            COLUMNS,
            "N0385",
            "«tida 3 2022», som ikke er en periode (linje 2, kolonnen «År»)",
        ),
        (
            LONG,
            {**COLUMNS, "gruppe": []},
            "N0386",
            "To celler gjelder 50 · 2022-01: linje 2, kolonnen «Antall» og linje 3",
        ),
        (LONG, {**COLUMNS, "verdi": "Antal"}, "N0389", "verdikolonnen «Antal»"),
        (LONG, {**COLUMNS, "sted": ["Region"]}, "N0389", "kolonnen «Region»"),
        (LONG, {**COLUMNS, "bare": {"Kjønn": "Alle"}}, "N0383", "Ingen celle har en verdi"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_cell(text, columns, code, said):
    error = refused(of(columns), file(text))
    assert error.code == code
    assert said in error.problem
    assert error.file == "ledige.csv"


@pytest.mark.parametrize(
    ("written", "read"),
    [("12\u2009345", "12345"), ("1\u202f234\u202f567", "1234567"), ("\u22125", "-5"), ("-5", "-5"), ("*", "")],
)
def test_a_number_is_read_as_sources_write_it(written, read):
    text = f"År;Sted;Antall\n2022;50;{written}\n2023;50;1\n"
    found = decode(of({"periode": ["År"], "sted": ["Sted"], "verdi": "Antall"}), file(text), PLACES)
    assert found.observations[0].value == read


@pytest.mark.parametrize("written", ["12*", "4 1)", "4²", "12'345", "–5", "(5)", "-", "2,5 ‰", "5 %", "ca. 5"])
def test_what_is_more_than_a_number_is_refused_with_its_cell(written):
    columns = {"periode": ["År"], "sted": ["Sted"], "verdi": "Antall"}
    error = refused(of(columns), file(f"År;Sted;Antall\n2022;50;{written}\n2023;50;1\n"))
    assert (error.code, error.problem) == (
        "N0384",
        f"Her står «{written}», som ikke er et tall (linje 2, kolonnen «Antall»).",
    )


def test_per_cent_may_be_written_with_its_sign_where_the_unit_is_that():
    columns = {"periode": ["År"], "sted": ["Sted"], "verdi": "Andel"}
    made = of(columns, enhet="prosent", type="andel", avrundet_til="0.1")
    text = "År;Sted;Andel\n2022;50;2,5 %\n2023;50;3,5%\n2024;50;4,5\n"
    assert [one.value for one in decode(made, file(text), PLACES).observations] == ["2.5", "3.5", "4.5"]


@pytest.mark.parametrize(
    ("title", "column", "unit", "is_refused"),
    [
        ("", "Antall (1 000)", "personer", True),
        ("", "Antall, tusen", "personer", True),
        ("Beløp i 1000 kr", "Beløp", "kr", True),
        ("", "Verdi mill. kr", "kr", True),
        ("Mrd. kroner", "Verdi", "mill. kr", True),
        ("", "Verdi mill. kr", "mill. kr", False),
        ("", "Beløp, 1 000 kr", "1 000 kr", False),
        ("Kommuner med over 1 000 innbyggere", "Antall", "personer", False),
    ],
)
def test_a_scale_above_the_values_must_be_that_of_the_unit(title, column, unit, is_refused):
    text = f"{title}{chr(10) if title else ''}År;Sted;{column}\n2022;50;5\n2023;50;6\n"
    made = of({"periode": ["År"], "sted": ["Sted"], "verdi": column}, enhet=unit)
    if is_refused:
        assert refused(made, file(text)).code == "N0399"
    else:
        assert decode(made, file(text), PLACES).shared.unit == unit


STAT = {
    "class": "dataset",
    "version": "2.0",
    "label": "Elever",
    "updated": "2024-02-01T07:00:00Z",
    "extension": {"px": {"tableid": "12345", "nextUpdate": "2025-02-01"}, "noteMandatory": {"0": True}},
    "note": ["Det er brudd i serien i 2022."],
    "id": ["Region", "Kjonn", "Tid"],
    "size": [2, 2, 1],
    "role": {"time": ["Tid"]},
    "dimension": {
        "Region": {
            "category": {"index": ["K-5001", "0"], "label": {"K-5001": "Trondheim - Tråante", "0": "Hele landet"}}
        },
        "Kjonn": {"category": {"index": ["1", "2"], "label": {"1": "Menn", "2": "Kvinner"}}},
        "Tid": {"category": {"index": ["2022K4"]}},
    },
    "value": [10, None, 30, 40],
    "status": {"1": ":", "2": "*"},
}
DIMENSIONS = {"periode": "Tid", "sted": "Region", "gruppe": ["Kjonn"]}


def answer(tree) -> Received:
    return Received(json.dumps(tree).encode(), "svar.json", "2024-01-01T00:00:00+00:00", "https://x")


def of_stat(dimensions=DIMENSIONS, enhet="personer", **more) -> Recipe:
    return recipe("elever", {"felles": {**COMMON, "enhet": enhet}, "jsonstat": dimensions, **more})


def test_cells_become_observations_with_status_notes_and_times():
    found = decode(of_stat(), answer(STAT), PLACES)
    assert found.observations == (
        Observation("Menn", "5001", "2022K4", "10"),
        Observation("Kvinner", "5001", "2022K4", "", ":"),
        Observation("Menn", "0", "2022K4", "30", "foreløpig"),
        Observation("Kvinner", "0", "2022K4", "40"),
    )
    assert found.places == {"5001": "Trondheim", "0": "Norge"}
    assert (str(found.shared.published), str(found.shared.due)) == ("2024-02-01", "2025-02-01")
    assert found.mandatory == ("Det er brudd i serien i 2022.",)
    assert found.definitions["Kjonn 1"] == "Menn"


@pytest.mark.parametrize(
    ("tree", "dimensions", "code", "said"),
    [
        ({**STAT, "status": {"0": "x"}}, DIMENSIONS, "N0389", "statusen «x»"),
        (STAT, {"periode": "Tid", "sted": "Region"}, "N0389", "valg for dimensjonen «Kjonn»"),
        (STAT, {**DIMENSIONS, "sted": "Fylke"}, "N0389", "dimensjonen «Fylke»"),
        (STAT, {**DIMENSIONS, "gruppe": [], "bare": {"Kjonn": "3"}}, "N0389", "koden i Kjonn «3»"),
        ({**STAT, "value": [1.5, 2, 3, 4]}, DIMENSIONS, "N0384", "Region K-5001, Kjonn 1, Tid 2022K4"),
        ({"a": STAT, "b": STAT}, DIMENSIONS, "N0383", "2 tabeller"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_code(tree, dimensions, code, said):
    error = refused(of_stat(dimensions), answer(tree))
    assert error.code == code
    assert said in error.problem


@pytest.mark.parametrize(
    ("unit", "told", "is_refused"),
    [("1 000 personer", "personer", True), ("mill. kr", "kr", True), ("Personer", "personer", False), ("", "%", False)],
)
def test_a_unit_that_says_how_large_one_is_cannot_be_told_otherwise(unit, told, is_refused):
    tree = json.loads(json.dumps(STAT))
    tree["dimension"]["Kjonn"]["category"]["unit"] = {"1": {"base": unit}}
    made = of_stat(enhet=told)
    if is_refused:
        assert refused(made, answer(tree)).code == "N0399"
    else:
        assert decode(made, answer(tree), PLACES).shared.unit == told


def test_places_can_be_left_out_of_a_dataset():
    found = decode(of_stat({**DIMENSIONS, "uten": ["0 *"]}), answer(STAT), PLACES)
    assert (found.places, found.skipped) == ({"5001": "Trondheim"}, 2)


def test_an_unknown_status_can_be_explained():
    tree = {**STAT, "status": {"0": "b"}}
    found = decode(of_stat(statuser={"b": "revidert"}), answer({**tree, "value": [10, 20, 30, 40]}), PLACES)
    assert found.observations[0].status == "revidert"


def test_a_period_that_a_new_file_lacks_stays():
    made = of({"sted": ["region"], "verdi": "Antall"})
    first = decode(made, file("region;Antall\n50 Trøndelag;5\n03 Oslo;6\n", fast_periode="2022-01"), PLACES)
    second = decode(made, file("region;Antall\n50 Trøndelag;7\n0 Landet;9\n", fast_periode="2022-02"), PLACES)
    corrected = decode(made, file("region;Antall\n50 Trøndelag;8\n", fast_periode="2022-01"), PLACES)
    series = merge(merge(first, second), corrected)
    assert [(one.place, one.period, one.value) for one in series.observations] == [
        ("50", "2022-01", "8"),
        ("50", "2022-02", "7"),
        ("0", "2022-02", "9"),
    ]
    assert merge(None, first) == first


@pytest.mark.parametrize(
    ("name", "spec", "code"),
    [
        ("Ledige", {"felles": COMMON, "fil": COLUMNS}, "N0389"),
        ("ledige", {"felles": COMMON}, "N0124"),
        ("ledige", {"felles": COMMON, "fil": {**COLUMNS, "kolone": 1}}, "N0121"),
        ("ledige", {"felles": {**COMMON, "avrundet_til": "0.5"}, "fil": COLUMNS}, "N0124"),
        ("ledige", {"felles": COMMON, "fil": {**COLUMNS, "aar": 2022}}, "N0124"),
    ],
)
def test_a_recipe_is_checked(name, spec, code):
    with pytest.raises(NotatError) as caught:
        recipe(name, spec)
    assert caught.value.code == code


def test_recipes_are_read_from_the_note(tmp_path):
    assert read_recipes(tmp_path) == {}
    (tmp_path / "data/oppskrifter").mkdir(parents=True)
    made = of(COLUMNS)
    (tmp_path / made.file).write_text(made.text(), encoding="utf-8")
    assert read_recipes(tmp_path)["ledige"].spec == made.spec


def test_a_heading_between_the_rows_must_be_a_place_or_be_left_out():
    made = {"periode": ["År"], "sted": ["Sted"], "verdi": "Antall"}
    text = "Sted;År;Antall\nOslo;;\n03 Oslo;2022;5\nKvinner;;\n11 Rogaland;2022;7\n"
    error = refused(of(made), file(text))
    assert error.code == "N0383"
    assert error.problem == "Over linje 5 står «Kvinner» alene, og radene under kan gjelde noe annet enn dem over."
    assert [one.place for one in decode(of(made | {"uten": ["Kvinner"]}), file(text), PLACES).observations] == [
        "03",
        "11",
    ]


def test_a_share_without_its_sign_in_a_column_of_per_cent_is_refused():
    book = Workbook()
    for row in (("Sted", "År", "Andel"), ("03 Oslo", 2022, 0.052), ("11 Rogaland", 2022, 0.071), ("Landet", 2022, 0)):
        book.active.append(row)
    made = of(
        {"periode": ["År"], "sted": ["Sted"], "verdi": "Andel"}, enhet="prosent", type="andel", avrundet_til="0.1"
    )

    def received() -> Received:
        content = io.BytesIO()
        book.save(content)
        return Received(content.getvalue(), "ledige.xlsx", "2024-01-01T00:00:00+00:00", "ledige.xlsx", {})

    book.active["C2"].number_format = "0.0%"
    error = refused(made, received())
    assert error.code == "N0384"
    assert "«0.071», uten prosenttegn" in error.problem
    assert "celle C3" in error.problem
    book.active["C3"].number_format = "0.0%"
    assert [one.value for one in decode(made, received(), PLACES).observations] == ["5.2", "7.1", "0.0"]


def sheet(*rows, form: str = "General") -> Received:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for (cell,) in book.active.iter_rows(min_row=2, min_col=3, max_col=3):
        cell.number_format = form
    content = io.BytesIO()
    book.save(content)
    return Received(content.getvalue(), "ledige.xlsx", "2024-01-01T00:00:00+00:00", "ledige.xlsx", {})


LISTED = {"periode": ["År"], "sted": ["Sted"], "verdi": "Antall"}


def test_a_number_that_somebody_wrote_as_text_in_a_sheet_is_read_as_strictly_as_in_a_file():
    rows = (("Sted", "År", "Antall"), ("03 Oslo", 2022, "12.345"), ("11 Rogaland", 2022, 7))
    error = refused(of(LISTED, avrundet_til="0.001"), sheet(*rows))
    assert (error.code, "«12.345», som kan være et desimaltall eller" in error.problem) == ("N0384", True)
    found = decode(of({**LISTED, "desimaltegn": "."}, avrundet_til="0.001"), sheet(*rows), PLACES)
    assert [one.value for one in found.observations] == ["12.345", "7.000"]
    stored = sheet(rows[0], ("03 Oslo", 2022, 12.345), rows[2])
    assert decode(of(LISTED, avrundet_til="0.001"), stored, PLACES).observations[0].value == "12.345"


@pytest.mark.parametrize(
    ("form", "unit", "is_refused"),
    [
        ('0" mill."', "kr", True),
        ('0" mill."', "mill. kr", False),
        ('0" %"', "personer", True),
        ('0" %"', "prosent", False),
        ('"kr" 0', "kr", False),
    ],
)
def test_what_a_form_shows_beside_the_numbers_must_be_the_unit(form, unit, is_refused):
    received = sheet(("Sted", "År", "Antall"), ("03 Oslo", 2022, 5), ("11 Rogaland", 2022, 7), form=form)
    made = of(LISTED, enhet=unit)
    if is_refused:
        assert refused(made, received).code == "N0399"
    else:
        assert decode(made, received, PLACES).shared.unit == unit


def test_a_row_without_its_group_is_refused():
    text = "Kjønn;År;Sted;Antall\nMenn;2022;50;5\n;2023;50;6\n"
    error = refused(of({**LISTED, "gruppe": ["Kjønn"]}), file(text))
    assert (error.code, "«Kjønn» er tom" in error.problem, "linje 3" in error.problem) == ("N0397", True, True)


@pytest.mark.parametrize(
    ("text", "told", "said"),
    [
        ("År;Sted;Antall\n2022;50;5\n2023;50;6\n", "2022-02", "Fila sier «2022», og --periode sier 2022-02"),
        ("Sted;2022;2023\n50;5;6\n03;7;8\n", "2022", "Fila sier «2022»"),
    ],
)
def test_a_told_period_must_not_be_passed_over(text, told, said):
    made = of(LISTED if text.startswith("År") else {"sted": ["Sted"], "verdi": ""})
    error = refused(made, file(text, fast_periode=told))
    assert (error.code, said in error.problem) == ("N0385", True)


def test_a_told_period_must_be_within_those_of_the_columns_that_are_not_read():
    made = of({"sted": ["Sted"], "verdi": "Antall"})
    text = "År;Sted;Antall\n2022;50;5\n2022;03;6\n"
    assert {one.period for one in decode(made, file(text, fast_periode="2022-02"), PLACES).observations} == {"2022-02"}
    error = refused(made, file(text, fast_periode="2023-02"))
    assert error.problem == "Kolonnen «År» har 2022, og --periode sier 2023-02."


def test_a_code_of_time_that_is_named_another_period_is_refused():
    tree = json.loads(json.dumps(STAT))
    tree["dimension"]["Tid"]["category"]["label"] = {"2022K4": "2022K3"}
    assert refused(of_stat(), answer(tree)).problem == "Koden 2022K4 i Tid heter «2022K3»."
    tree["dimension"]["Tid"]["category"]["label"] = {"2022K4": "4. kvartal 2022"}
    assert decode(of_stat(), answer(tree), PLACES).observations[0].period == "2022K4"


def test_no_value_is_more_precise_than_its_source_says():
    tree = json.loads(json.dumps(STAT))
    tree["dimension"]["Kjonn"]["category"]["unit"] = {"1": {"base": "Personer", "decimals": 0}}
    error = refused(
        recipe("elever", {"felles": {**COMMON, "avrundet_til": "0.1"}, "jsonstat": DIMENSIONS}), answer(tree)
    )
    assert (error.code, "0 desimaler" in error.problem) == ("N0399", True)


def test_a_period_whose_cells_are_all_empty_now_is_no_longer_as_it_was():
    text = "År;Sted;Antall\n2021;50;5\n2022;50;6\n2022;03;7\n"
    first = decode(of(LISTED), file(text), PLACES)
    second = decode(of(LISTED), file(text.replace("50;6", "50;").replace("03;7", "03;")), PLACES)
    assert {one.period for one in merge(first, second).observations} == {"2021"}


def test_what_is_added_before_the_newest_value_leaves_the_day_of_that():
    made = of(LISTED)
    newer = decode(made, file("År;Sted;Antall\n2023;50;5\n2023;03;5\n", publisert="2024-02-01"), PLACES)
    older = decode(made, file("År;Sted;Antall\n2022;50;5\n2022;03;5\n", publisert="2024-03-01"), PLACES)
    assert str(merge(newer, older).shared.published) == "2024-02-01"
    assert str(merge(older, newer).shared.published) == "2024-02-01"


def sheets(**rows) -> Received:
    book = Workbook()
    book.remove(book.active)
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return Received(out.getvalue(), "ledige.xlsx", "2024-01-01T00:00:00+00:00", "ledige.xlsx")


def of_year(*counts: int | str) -> list[list[object]]:
    return [["Kommune", "Antall"], *([name, count] for name, count in zip(("5001", "5006"), counts, strict=True))]


YEARS = {"ark": ["20*"], "periode": ["arknavn"], "sted": ["Kommune"], "verdi": "Antall"}


def test_sheets_of_one_shape_are_one_table_and_their_names_are_a_column_of_it():
    book = sheets(Innhold=[["Kilde: NAV"]], **{"2021": of_year(1, 2), "2022": of_year(3, 4)})
    found = decode(of(YEARS), book, PLACES)
    assert [(one.place, one.period, one.value) for one in found.observations] == [
        ("5001", "2021", "1"),
        ("5006", "2021", "2"),
        ("5001", "2022", "3"),
        ("5006", "2022", "4"),
    ]
    assert found.sheets == ("2021", "2022")
    assert [one["ark"] for one in found.layout["flere"]] == ["2021", "2022"]


@pytest.mark.parametrize(
    ("more", "spec", "said"),
    [
        ({"2023": [["Kommune", "Tall"], ["5001", 1]]}, YEARS, "Fila mangler i arket 2023 verdikolonnen «Antall»"),
        ({"20xx": of_year(3, 4)}, YEARS, "Her står «20xx», som ikke er en periode (navnet på arket 20xx)"),
        ({"2023": of_year(3, "x")}, YEARS, "(celle B3 i arket 2023)"),
        ({}, {**YEARS, "ark": ["2021", "2023"]}, "Fila har ikke arket «2023»"),
        ({"Kopi": of_year(3, 4)}, {**YEARS, "ark": ["2021", "Kopi"], "periode": []}, "ingen periode"),
    ],
)
def test_a_sheet_that_does_not_fit_the_others_is_refused_by_its_name(more, spec, said):
    error = refused(of(spec), sheets(**{"2021": of_year(1, 2)}, **more))
    assert said in error.problem


def test_a_place_on_several_sheets_is_the_one_that_it_was_on_the_last_day_of_all():
    rows = [["Fylke", "Antall"], ["Østfold", 1]]
    book = sheets(**{"2017": rows, "2025": rows})
    found = decode(of({"ark": ["*"], "periode": ["arknavn"], "sted": ["Fylke"], "verdi": "Antall"}), book, PLACES)
    assert found.places == {"31": "Østfold"}
