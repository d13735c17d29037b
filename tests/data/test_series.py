"""Series: read by columns, checked by file and line, cached, and rows like those of other tables."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.data import columnar, dataset, parsed, series
from notat.data.places import Place, Places
from notat.data.quantity import total
from notat.data.series import Observation, Shared
from notat.text.errors import NotatError
from notat.text.spreadsheet import is_computed
from tools.edits import replace

FILE = "data/serier/ledige.csv"
PACKAGE = "data/datapackage.json"
HEAD = "gruppe,sted,periode,verdi,status\n"
SHARED = Shared("ledige", "Helt ledige", "Helt ledige", "nivå", "personer", "1", "ssb")


def rewrite(root, old, new, file=FILE):
    replace(root / file, old, new)


def line_of(root, text):
    lines = (root / FILE).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(text))


# --- rows


def test_a_row_of_a_series_is_like_a_row_of_any_table(series_note):
    loaded = dataset.load(series_note)
    row = loaded.select("serier/ledige", geografi="Fylket", periode="2023-01")[0]
    assert row.fields == {
        "id": "",
        "maal": "Helt ledige",
        "gruppe": "",
        "geografi": "Fylket",
        "periode": "2023-01",
        "type": "nivå",
        "verdi": "3873",
        "enhet": "personer",
        "avrundet_til": "1",
        "grense": "",
        "status": "foreløpig",
        "kilde": "ssb",
        "merknad": "",
        "sted": "50",
    }
    cell = row.quantity.cell
    assert cell.address == f"serier/ledige.csv:{row.line} (Helt ledige, Fylket, 2023-01)"
    assert (series_note / FILE).read_text(encoding="utf-8").splitlines()[row.line - 1] == ",50,2023-01,3873,foreløpig"
    assert (cell.value, cell.half_width, cell.exact, cell.unit) == (3873, Fraction(1, 2), True, "personer")


def test_rows_are_found_by_any_column_in_file_order(series_note):
    loaded = dataset.load(series_note)

    def periods(**where):
        return [(row["gruppe"], row["sted"], row["periode"]) for row in loaded.select("serier/ledige", **where)]

    assert periods(sted="0", gruppe="") == [("", "0", "2022-01"), ("", "0", "2023-01")]
    assert periods(gruppe="Kvinner") == [("Kvinner", "0", "2023-01")]
    assert periods(periode="2023-01") == [("", "0", "2023-01"), ("", "50", "2023-01"), ("Kvinner", "0", "2023-01")]
    assert periods(verdi="3873", maal="Helt ledige") == [("", "50", "2023-01")]
    assert periods(status=":") == [("", "50", "2022-12")]
    assert periods(maal="Noe annet") == periods(geografi="Ingensteds") == periods(kilde="nrk") == []
    assert len(periods()) == 7
    assert loaded.cell("serier/ledige", sted="50", periode="2021-01").value == 3900
    with pytest.raises(NotatError, match=r"Ukjent kolonne «stad»\. Mente du sted"):
        loaded.select("serier/ledige", stad="50")
    with pytest.raises(NotatError, match="Ukjent kolonne «sted»"):
        loaded.select("arbeid", sted="50")
    with pytest.raises(NotatError, match=r"data/serier/ledige.csv: Fant ingen rader med periode=2020-01"):
        loaded.series("serier/ledige", periode="2020-01")


@pytest.mark.parametrize(
    ("unit", "asked", "problem", "remedy"),
    [
        ("", {"periode": "2017-01"}, "Fylket (50) finnes fra 2018, og har ingen tall for 2017-01", "Hent tallene inn"),
        ("50", {"periode": "2017-01"}, "bare fra 2021-01 til 2023-01.", "data/enheter.csv"),
        ("50", {"periode": "2022-03"}, "Fylket (50) har ingen tall for 2022-03 i serier/ledige", "data/enheter.csv"),
        ("50", {"periode": "2022-03", "gruppe": "Kvinner"}, "Fant ingen rader", "Rett raden"),
    ],
)
def test_a_place_without_values_at_a_period_is_told_which_it_has_and_since_when_it_is(
    series_note, unit, asked, problem, remedy
):
    with pytest.raises(NotatError) as caught:
        dataset.load(series_note, unit=unit).cell("serier/ledige", sted="50", **{"gruppe": ""} | asked)
    assert caught.value.code == "N0318"
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy


def test_other_tables_do_not_see_the_rows_of_a_series(series_note):
    loaded = dataset.load(series_note)
    assert {row.table for row in loaded.rows} == {"arbeid"}
    assert [(table.table, len(table)) for table in loaded.series_tables] == [("serier/ledige", 7)]


# --- what has no value


WITHOUT_VALUE = {".": "kan ikke forekomme", "..": "ikke tilgjengelig", ":": "skjermet", "*": "skjermet"}


def test_the_statuses_are_those_of_the_schema_and_each_that_stands_for_a_value_is_explained():
    schema = json.loads((Path(__file__).parents[2] / "data/serie.json").read_text(encoding="utf-8"))
    [listed] = [field["constraints"]["enum"] for field in schema["fields"] if field["name"] == "status"]
    assert ["", *listed] == [*series.STATUSES]
    assert WITHOUT_VALUE.keys() == set(series.MISSING)


@pytest.mark.parametrize("status", WITHOUT_VALUE)
def test_a_withheld_value_is_refused_by_name_whatever_needs_it(series_note, status):
    rewrite(series_note, "2022-12,,:", f"2022-12,,{status}")
    loaded = dataset.load(series_note)
    row = loaded.select("serier/ledige", status=status)[0]
    known = loaded.cell("serier/ledige", sted="50", periode="2023-01")
    assert row.is_absent
    assert (row["verdi"], row["status"], row.line) == ("", status, line_of(series_note, ",50,2022-12"))
    for use in (
        lambda q: q.value,
        lambda q: q.cell,
        lambda q: q.interval,
        lambda q: q + known,
        lambda q: known - q,
        lambda q: q * 2,
        lambda q: total([known, q]),
    ):
        with pytest.raises(NotatError) as caught:
            use(row.quantity)
        assert str(caught.value).startswith(
            f"{FILE}:{row.line}: «Helt ledige, Fylket, desember\u00a02022» har ingen verdi: "
            f"kilden skriver «{status}», {WITHOUT_VALUE[status]}."
        )
        assert caught.value.code == "N0354"


def test_a_frame_has_a_gap_where_there_is_no_value(series_note):
    frame = dataset.load(series_note).frame("serier/ledige", sted="50")
    assert frame["verdi"].isna().tolist() == [False, False, True, False]
    assert frame["sted"].tolist() == ["50"] * 4
    assert [q.value for q in frame.dropna(subset="verdi")["tall"]] == [3900, 4300, 3873]
    with pytest.raises(NotatError, match="N0354"):
        frame["tall"].iloc[2] - frame["tall"].iloc[0]


# --- what is refused, with its line

BROKEN = {
    "ukjent sted": (",50,2021-01,3900,", ",51,2021-01,3900,", 4, "Ukjent sted «51»"),
    "periode som prosa": (",50,2021-01,", ",50,januar 2021,", 4, "ikke er en periode"),
    "åpen periode": (",50,2021-01,", ",50,2021–,", 4, "ikke har en første og siste dag"),
    "ulike slag perioder": (",50,2021-01,", ",50,2021,", 4, "2021 er år, men 2022-01 er måned"),
    "ukjent status": ("3873,foreløpig", "3873,forelopig", 7, "Ukjent status «forelopig»"),
    "verdi som ikke er et tall": ("3900", "3 900", 4, "ikke et tall"),
    "verdi med komma": ("3900", '"3900,5"', 4, "ikke et tall"),
    "verdi i et annet skriftsystem": ("3900", "٣٩٠٠", 4, "annet skriftsystem"),
    "flere desimaler enn avrundingen": ("3900", "3900.5", 4, "ikke avrundet til 1"),
    "verdi og status for manglende": ("2022-12,,:", "2022-12,5,:", 6, "sier at verdien mangler, men den er 5"),
    "verken verdi eller status": ("2022-12,,:", "2022-12,,", 6, "statusen sier ikke hvorfor"),
    "samme rad to ganger": (",50,2022-01,", ",50,2021-01,", 5, "finnes fra før på linje 4"),
    "for mange felt": (",50,2021-01,3900,", ",50,2021-01,3900,,", 4, "Raden har 6 felt"),
    "tom linje": (",50,2021-01,3900,\n", "\n", 4, "tom"),
    "formel i gruppe": ("Kvinner", "=1+1", 8, "formel for et regneark"),
    "mellomrom i gruppe": ("Kvinner", "Kvinner ", 8, "mellomrom"),
    "linjeskift i gruppe": ("Kvinner", '"Kvi\nnner"', 8, "linjeskift"),
    "uavsluttet anførselstegn": ("Kvinner", '"Kvinner', 8, "anførselstegnene går ikke opp"),
    "andre kolonner": (HEAD, "gruppe,sted,periode,verdi\n", 1, "Kolonnen «status» mangler. Kolonnene skal være"),
    "eldre enn grensene": (",50,2021-01,", ",50,2017-01,", 4, "Fylket (50) har vært slik siden 2019-01-01"),
    "gammelt sted etter reformen": (",50,2021-01,", ",16,2021-01,", 2, "Serien blander Sør (16)"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_row_is_refused_with_its_line(series_note, refused, case):
    old, new, line, words = BROKEN[case]
    rewrite(series_note, old, new)
    if case == "gammelt sted etter reformen":
        line = line_of(series_note, ",16,")
    with refused(FILE, line, words):
        dataset.load(series_note)


def test_a_share_is_between_nothing_and_all(series_note, refused):
    rewrite(series_note, '"type": "nivå"', '"type": "andel"', PACKAGE)
    rewrite(series_note, '"enhet": "personer"', '"enhet": "prosent"', PACKAGE)
    with refused(FILE, 2, "utenfor det mulige"):
        dataset.load(series_note)


def test_a_value_is_a_whole_number_of_its_rounding(series_note, refused):
    rewrite(series_note, '"avrundet_til": "1"', '"avrundet_til": "1000"', PACKAGE)
    with refused(FILE, line_of(series_note, ",50,2021-01"), "ikke avrundet til 1000"):
        dataset.load(series_note)


SHARED_FAULTS = {
    "enhet": ('"enhet": "personer"', '"enhet": "persner"', "Ukjent enhet «persner»"),
    "kilde": ('"kilde": "ssb"', '"kilde": "sbs"', "Ukjent kilde «sbs»"),
    "type": ('"type": "nivå"', '"type": "niva"', "notat: type» er «niva». Bruk nivå, andel, endring eller mål."),
    "avrunding": ('"avrundet_til": "1"', '"avrundet_til": "0"', "notat: avrundet_til» er «0»."),
    "ukjent nøkkel": ('"maal":', '"mål":', "Ukjent nøkkel «resources: serie-ledige: notat: mål»."),
    "dato": ('"maal":', '"publisert": "1. mars", "maal":', "er «1. mars». Skriv datoen som ÅÅÅÅ-MM-DD."),
    "mappe": ("serier/ledige.csv", "ledige.csv", "path» er «ledige.csv». Legg serien i serier/"),
    "annet skjema": (
        '"schema": "serie.json"',
        '"schema": "skjema.json"',
        "path» er «serier/ledige.csv». Skriv bare navnet på en CSV-fil i data/, uten mappe",
    ),
}


@pytest.mark.parametrize("case", SHARED_FAULTS)
def test_what_the_rows_share_is_checked_as_a_row_is(series_note, case):
    old, new, words = SHARED_FAULTS[case]
    rewrite(series_note, old, new, PACKAGE)
    with pytest.raises(NotatError) as caught:
        dataset.load(series_note)
    assert caught.value.file == PACKAGE
    assert words in str(caught.value)


def test_a_series_that_is_missing_or_has_another_schema_is_refused(series_note):
    schema = series_note / "data/serie.json"
    text = schema.read_text(encoding="utf-8")
    schema.write_text(text.replace('"brudd"', '"knekk"'), encoding="utf-8")
    with pytest.raises(NotatError, match=r"data/serie.json: .*N0355"):
        dataset.load(series_note)
    schema.write_text(text, encoding="utf-8")
    (series_note / FILE).unlink()
    with pytest.raises(NotatError, match=r"data/serier/ledige.csv: Tabellen mangler"):
        dataset.load(series_note)


# --- over a reform


def write(root, *rows, **changed):
    shared = Shared(**{**SHARED.__dict__, "name": "over", **changed})
    series.write(root, shared, [Observation("", *row) for row in rows])


def test_a_series_over_a_reform_says_so(series_note):
    write(series_note, ("50", "2016", "1", "sum"), ("50", "2018", "2", "brudd"), ("50", "2019", "3"))
    rows = dataset.load(series_note).select("serier/over")
    assert [row.quantity.cell.status for row in rows] == [
        "lagt sammen av de områdene som var da",
        "med de grensene som var da",
        "",
    ]


REFORM = {
    "før stedet var": ([("50", "2017", "1", "")], "Fylket (50) har vært slik siden 2018-01-01"),
    "en kommune kom til": ([("50", "2018", "1", ""), ("50", "2019", "2", "")], "slik siden 2019-01-01"),
    "ikke en ren sum": ([("5002", "2017", "1", "sum"), ("5002", "2018", "2", "")], "ikke en ren sum"),
    "etter at stedet ble borte": ([("16", "2018", "1", "")], "Sør (16) ble borte 2017-12-31"),
    "gammelt og nytt sted": ([("17", "2016", "1", ""), ("50", "2018", "2", "")], "blander Nord (17)"),
    "gammel og ny kode": ([("1502", "2016", "1", ""), ("5003", "2019", "2", "")], "blander Nabo (1502)"),
}


@pytest.mark.parametrize("case", REFORM)
def test_a_series_that_hides_a_reform_is_refused_and_not_written(series_note, case):
    rows, words = REFORM[case]
    before = {file: file.read_bytes() for file in (series_note / "data").rglob("*") if file.is_file()}
    with pytest.raises(NotatError) as caught:
        write(series_note, *rows)
    assert words in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("data/serier/over.csv", 2)
    assert {file: file.read_bytes() for file in (series_note / "data").rglob("*") if file.is_file()} == before


def test_what_needs_no_mark_has_none(series_note):
    """An area that only got another code, a series that ends before the reform, and a value that is withheld."""
    write(series_note, ("5003", "2016", "1"), ("5003", "2019", "2"), ("50", "2018", "3"), ("50", "2017", "", "*"))
    write(series_note, ("5002", "2017", "1", "vektet"), ("5002", "2018", "2"), name="vekter")
    dataset.load(series_note)


def test_a_day_in_the_year_decides_whether_the_place_was_there(series_note):
    """The population of 1 January 2017 is of a county that ended that year; that of the year 2018 is not."""
    write(series_note, ("16", "2017", "1"), measured="01-01")
    with pytest.raises(NotatError, match="ble borte 2017-12-31"):
        write(series_note, ("16", "2018", "1"), measured="01-01")


# --- the writer


def test_what_is_written_is_read_and_written_alike(series_note):
    before = {name: (series_note / name).read_bytes() for name in (FILE, PACKAGE)}
    loaded = dataset.load(series_note)
    rows = [
        Observation(row["gruppe"], row["sted"], row["periode"], row["verdi"], row["status"])
        for row in loaded.select("serier/ledige")
    ]
    series.write(series_note, series.declared(series_note)[0], rows)
    assert {name: (series_note / name).read_bytes() for name in before} == before


def test_all_that_is_shared_comes_back(series_note):
    shared = Shared(
        "ny-serie_2",
        "Tittelen",
        "Målet",
        "andel",
        "prosent",
        "0.1",
        "ssb",
        dt.date(2026, 2, 3),
        dt.date(2026, 3, 4),
        ("Les dette.", "Og dette."),
        "01-01",
    )
    series.write(series_note, shared, [Observation("", "0", "2022", "1.0")])
    assert series.declared(series_note)[1] == shared
    row = dataset.load(series_note).select("serier/ny-serie_2")[0]
    assert row["merknad"] == "Les dette. Og dette."
    resource = json.loads((series_note / PACKAGE).read_text(encoding="utf-8"))["resources"][-1]
    assert resource["sources"] == [{"title": "Sysselsetting (Statistisk sentralbyrå)"}]


def test_what_a_person_added_to_the_declaration_stays(series_note):
    rewrite(series_note, '"title": "Helt ledige"', '"title": "Helt ledige", "description": "Lest av NAV."', PACKAGE)
    series.write(series_note, SHARED, [Observation("", "0", "2022-01", "1")])
    assert "Lest av NAV." in (series_note / PACKAGE).read_text(encoding="utf-8")
    assert [row["verdi"] for row in dataset.load(series_note).select("serier/ledige")] == ["1"]


@pytest.mark.parametrize("name", ["../ut", "Stor", "", "a.b", "a/b"])
def test_a_name_that_is_no_file_of_the_folder_is_refused(series_note, name):
    with pytest.raises(NotatError, match="N0367"):
        series.write(series_note, Shared(**{**SHARED.__dict__, "name": name}), [])


def test_the_package_with_series_is_valid_for_others(series_note):
    frictionless = pytest.importorskip("frictionless")
    package = json.loads((series_note / PACKAGE).read_text(encoding="utf-8"))
    # The small note declares no source table that its other table could refer to.
    package["resources"] = [one for one in package["resources"] if one["path"] != "arbeid.csv"]
    (series_note / PACKAGE).write_text(json.dumps(package), encoding="utf-8")
    report = frictionless.Package(str(series_note / PACKAGE)).validate()
    assert report.valid, report.flatten(["title", "message"])


# --- as of a day


@pytest.mark.parametrize(
    ("published", "until", "newest"),
    [
        ("", "2023-01-31", "2023-01"),
        ("", "2023-01-30", "2022-01"),
        ("", "2021-06-01", "2021-01"),
        ("2023-02-03", "2023-02-02", "2022-01"),
        ("2023-02-03", "2023-02-03", "2023-01"),
        ("2023-01-05", "2023-01-10", "2023-01"),
    ],
)
def test_on_a_day_only_what_was_published_is_there(series_note, published, until, newest):
    if published:
        rewrite(series_note, '"maal": "Helt', f'"publisert": "{published}", "maal": "Helt', PACKAGE)
    loaded = dataset.load(series_note, until=dt.date.fromisoformat(until))
    held = [row["periode"] for row in loaded.select("serier/ledige", sted="50") if not row.is_absent]
    assert max(held) == newest


def test_a_year_that_is_measured_on_a_day_has_ended_on_it(series_note):
    write(series_note, ("0", "2022", "1"), ("0", "2023", "2"), measured="01-01")
    write(series_note, ("0", "2022", "1"), ("0", "2023", "2"), name="hele")
    loaded = dataset.load(series_note, until=dt.date(2023, 3, 1))
    assert [row["periode"] for row in loaded.select("serier/over")] == ["2022", "2023"]
    assert [row["periode"] for row in loaded.select("serier/hele")] == ["2022"]


# --- the cache


def test_an_unchanged_series_is_not_read_again(series_note, monkeypatch):
    before = dataset.load(series_note).select("serier/ledige")
    monkeypatch.setattr(columnar, "_read", lambda *_: pytest.fail("it was read"))
    assert [row.fields for row in dataset.load(series_note).select("serier/ledige")] == [row.fields for row in before]


@pytest.mark.parametrize("spoil", [lambda raw: raw[:-3], lambda raw: raw.replace(b"3900", b"3901"), lambda _: b""])
def test_a_spoiled_cache_is_no_cache(series_note, spoil):
    dataset.load(series_note)
    file = series_note / parsed.FOLDER / "ledige.bin"
    file.write_bytes(spoil(file.read_bytes()))
    assert dataset.load(series_note).cell("serier/ledige", sted="50", periode="2021-01").value == 3900


def test_other_places_or_other_rounding_are_another_reading(series_note, refused):
    dataset.load(series_note)
    rewrite(series_note, "50,Fylket,fylke,2018-01-01,", "50,Fylket,fylke,2022-01-01,", "data/steder.csv")
    rewrite(series_note, "50,2018-01-01,1\n", "50,2022-01-01,1\n", "data/stedsendringer.csv")
    text = (series_note / "data/steder.csv").read_text(encoding="utf-8")
    (series_note / "data/steder.csv").write_text(
        text.replace("fylke,,2017-12-31", "fylke,,2021-12-31"), encoding="utf-8"
    )
    with refused(FILE, 4, "har vært slik siden 2022-01-01"):
        dataset.load(series_note)


# --- any series


TEXTS = st.text("abcæøå –,\"'", max_size=6)
ROWS = st.lists(
    st.tuples(
        TEXTS,
        st.sampled_from("0123"),
        st.integers(1990, 2030),
        st.integers(-(10**6), 10**6),
        st.sampled_from(series.STATUSES),
    ),
    max_size=40,
    unique_by=lambda row: row[:3],
)


def _faults(group):
    return [group] if group != group.strip() or is_computed(group) else []


@given(ROWS)
def test_columns_and_rows_say_the_same(tmp_path_factory, rows):
    """What is read by columns is what was written; what one of the ways refuses, the other explains."""
    places = Places([Place(code, f"Sted {code}", "land", None, None) for code in "0123"], ())
    observations = [
        Observation(group, place, str(year), "" if status in series.MISSING else str(value), status)
        for group, place, year, value, status in rows
    ]
    text = series.text_of(observations)
    root = tmp_path_factory.getbasetemp()
    wrong = [code for group, *_ in rows for code in _faults(group)]
    shared = Shared(**{**SHARED.__dict__, "name": "x"})
    if wrong:
        with pytest.raises(NotatError, match=r"N030[57]") as caught:
            columnar.checked(text, shared, places, root)
        assert caught.value.line
        return
    read = columnar.checked(text, shared, places, root)
    found = [read.row(index) for index in read.find({})]
    assert sorted((r["gruppe"], r["sted"], r["periode"], r["verdi"], r["status"]) for r in found) == sorted(
        (o.group, o.place, o.period, o.value, o.status) for o in observations
    )
    assert [row.line for row in found] == list(range(2, len(rows) + 2))


def test_the_cache_is_in_the_folder_that_may_be_deleted(series_note):
    dataset.load(series_note)
    assert [file.name for file in (series_note / ".notat/serier").iterdir()] == ["ledige.bin"]
    assert Path(parsed.FOLDER).parts[0] == ".notat"
