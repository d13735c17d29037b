"""A period, place, unit, rounding or source that is changed alone is refused, for it is written in two places."""

from __future__ import annotations

import json

import pytest

from notat.data.dataset import load

TABLE = "data/arbeid.csv"
ROW = "{id},{measure},,{place},{period},{kind},{value},{unit},{rounding},,,ssb,\n"
GOOD = {
    "id": "",
    "measure": "Mål",
    "place": "Norge",
    "period": "2021",
    "kind": "andel",
    "value": "9",
    "unit": "prosent",
    "rounding": "1",
}


@pytest.fixture
def add(note):
    """`add(id="x", …)`: a row more in the table of the note."""

    def write(**changed):
        with (note / TABLE).open("a", encoding="utf-8") as stream:
            stream.write(ROW.format(**GOOD | changed))
        return note

    return write


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"id": "ny_2020"}, "Id-en ny_2020 nevner 2020, men perioden er 2021."),
        ({"id": "ny_2019_2021", "period": "2018–2021"}, "nevner 2019, men perioden er 2018–2021"),
        ({"id": "ny_pst", "unit": "prosentpoeng"}, "Id-en ny_pst lover prosent, men enheten er prosentpoeng."),
        ({"rounding": "0.1"}, "Verdien 9 har ikke like mange desimaler som avrundet_til, 0.1."),
        ({"value": "9.0"}, "Verdien 9.0 har ikke like mange desimaler"),
    ],
)
def test_a_row_that_contradicts_its_id_or_its_rounding_is_refused(add, refused, changed, words):
    with refused(TABLE, 6, words):
        load(add(**changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "ny_2021"},
        {"id": "ny_2021", "period": "2019–2021"},
        {"id": "ny_2020", "period": "udatert"},
        {"id": "over_20000"},
        {"id": "pstad", "unit": "prosentpoeng"},
        {"value": "9.0", "rounding": "0.1"},
        {"value": "20", "rounding": "10"},
    ],
)
def test_a_row_that_agrees_with_itself_is_read(add, changed):
    load(add(**changed))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "endring"}, "Typen er endring, men verken målet, perioden 2021 eller enheten er en endring."),
        (
            {"kind": "endring", "measure": "Startår for vekst", "unit": "årstall"},
            "Typen er endring, men verken målet",
        ),
        ({"measure": "Endring i ledige"}, "Typen er andel, men målet er en endring."),
        ({"unit": "personer"}, "Typen er andel, men enheten er personer."),
        ({"kind": "nivå", "unit": "andel"}, "Typen er nivå, men enheten er andel."),
        ({"measure": "Ledige", "kind": "mål"}, "verken målet eller gruppen sier at noen har satt et mål."),
    ],
)
def test_a_row_that_contradicts_its_type_is_refused(add, refused, changed, words):
    with refused(TABLE, 6, words):
        load(add(**changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "endring", "period": "2020–2021"},
        {"kind": "endring", "measure": "Endring i ledige"},
        {"kind": "endring", "unit": "prosentpoeng"},
        {"kind": "endring", "value": "-9"},
        {"kind": "endring", "measure": "Flere ledige"},
        {"kind": "endring", "measure": "Vekst"},
        {"kind": "mål"},
        {"kind": "nivå"},
    ],
)
def test_a_row_that_fits_its_type_is_read(add, changed):
    load(add(**changed))


SERIES = {
    "navn": "Rekka",
    "hvor": {"maal": "Mål", "kilde": "ssb"},
    "ledd": {"geografi": ["Norge", "Oslo"], "periode": ["2020", "2021"]},
    "utenom": [{"geografi": "Oslo", "periode": "2020"}],
    "like": {"enhet": "prosent", "avrundet_til": "1", "status": ""},
}


def series(root, add, rows, **spec):
    (root / "data/kontrakter.json").write_text(json.dumps({"serier": [SERIES | spec]}), encoding="utf-8")
    for row in rows:
        add(**row)
    return root


WHOLE = [{"period": "2020"}, {"period": "2021"}, {"place": "Oslo"}]


def test_a_whole_series_is_read(note, add):
    load(series(note, add, WHOLE))


@pytest.mark.parametrize(
    ("rows", "file", "line", "words"),
    [
        (WHOLE[:2], "data/kontrakter.json", None, "Serien mangler raden med geografi «Oslo», periode «2021»"),
        (
            [*WHOLE, {"place": "Fosen"}],
            TABLE,
            9,
            "Raden har geografi «Fosen», periode «2021», som ikke er med i serien",
        ),
        ([*WHOLE, {"place": "Oslo", "period": "2020"}], TABLE, 9, "som ikke er med i serien (kontrakten «Rekka»)"),
        (
            [*WHOLE[:2], WHOLE[2] | {"unit": "prosentpoeng"}],
            TABLE,
            8,
            "Kolonnen enhet er «prosentpoeng», men hele serien",
        ),
        (
            [*WHOLE[:2], WHOLE[2] | {"value": "9.0", "rounding": "0.1"}],
            TABLE,
            8,
            "Kolonnen avrundet_til er «0.1», men hele serien har «1»",
        ),
    ],
)
def test_a_series_with_another_row_or_column_is_refused(note, add, refused, rows, file, line, words):
    with refused(file, line, words):
        load(series(note, add, rows))


def test_rows_that_belong_together_have_the_same(note, add, refused):
    spec = {"navn": "Én enhet", "hver": ["tabell", "maal"], "samme": ["enhet"]}
    (note / "data/kontrakter.json").write_text(json.dumps({"samme": [spec]}), encoding="utf-8")
    add(id="a")
    add(id="b", period="2020", unit="prosentpoeng")
    with refused(TABLE, 7, "Kolonnen enhet er «prosentpoeng», men «prosent» i data/arbeid.csv:6"):
        load(note)
    spec["utenom"] = [{"maal": "Mål"}]
    (note / "data/kontrakter.json").write_text(json.dumps({"samme": [spec]}), encoding="utf-8")
    load(note)


@pytest.fixture
def describe(note):
    """`describe(title, …)`: the package says that the table is from sources of these titles."""

    def write(*titles):
        file = note / "data/datapackage.json"
        package = json.loads(file.read_text(encoding="utf-8"))
        package["resources"][0]["sources"] = [{"title": title} for title in titles]
        file.write_text(json.dumps(package), encoding="utf-8")
        return note

    return write


def test_the_sources_of_a_table_are_those_that_the_package_lists(describe, refused):
    ssb = "Sysselsetting (Statistisk sentralbyrå)"
    load(describe(ssb))
    with refused(TABLE, 2, "har en rad fra ssb, «Sysselsetting (Statistisk sentralbyrå)» på ingen adresse, som"):
        load(describe("Ledighet (NAV)"))
    with refused(
        "data/datapackage.json", None, "Datapakken oppgir «Ledighet (NAV)» for data/arbeid.csv, men ingen rad"
    ):
        load(describe(ssb, "Ledighet (NAV)"))
