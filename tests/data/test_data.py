"""Reading the data package: declared rules hold, and violations are reported by file and line."""

from __future__ import annotations

import codecs
import json
from fractions import Fraction

import pytest

from notat.data import dataset
from notat.text.errors import did_you_mean
from tools.edits import replace

TABLE = "data/arbeid.csv"
SOURCES = "data/kilder.csv"
GOOD = "ny,Andel,,Norge,2021,andel,9,prosent,1,,,ssb,"


@pytest.fixture
def table(note):
    """Add lines to the table; the first is on line 6."""

    def add(*lines):
        with (note / TABLE).open("a", encoding="utf-8", newline="") as stream:
            stream.write("".join(f"{line}\n" for line in lines))
        return note

    return add


# --- what can be read


def test_a_row_becomes_a_quantity_with_its_cell(note):
    found = dataset.load(note)["hoy"]
    cell = found.node
    assert (found.value, found.unit, cell.half_width) == (37, "prosent", Fraction(1, 2))
    assert cell.address == "arbeid.csv:5 (Deltakelse, Servering, Norge, 2021)"


def test_rows_are_found_by_their_columns(note):
    loaded = dataset.load(note)
    assert [row["gruppe"] for row in loaded.series("arbeid", maal="Deltakelse")] == ["Transport", "Servering"]
    assert loaded.cell("arbeid", gruppe="Transport") is loaded["lav"]
    assert loaded.row("lav")["kilde"] == "ssb"
    assert loaded.ids == {"alle", "endring", "lav", "hoy"}


def test_windows_line_endings_and_byte_order_mark_change_nothing(note):
    before = dataset.load(note)
    for name in (TABLE, SOURCES, "data/datapackage.json", "data/skjema.json"):
        file = note / name
        file.write_bytes(codecs.BOM_UTF8 + file.read_bytes().replace(b"\n", b"\r\n"))
    assert dataset.load(note).rows == before.rows


def test_text_with_comma_and_line_break_is_read_and_the_row_has_its_first_line(table):
    root = table('ny,"Andel, i alt",,Norge,2021,andel,9,prosent,1,,,ssb,"En', 'merknad"', GOOD.replace("ny,", "nyere,"))
    loaded = dataset.load(root)
    assert loaded.row("ny")["maal"] == "Andel, i alt"
    assert [loaded[id_].node.line for id_ in ("ny", "nyere")] == [6, 8]


def test_decimals_are_exact(table):
    root = table("ny,Endring,,Norge,2021,endring,-2.30,prosent,0.01,,,ssb,")
    assert dataset.load(root)["ny"].interval == (Fraction("-2.305"), Fraction("-2.295"))


# --- broken rows


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            GOOD.replace("Andel,,", "Andel, i alt,,"),
            "Raden har 14 felt, ikke 13. Sett tekst med komma i anførselstegn, og skriv desimaltall med punktum",
        ),
        (GOOD.replace(",ssb,", ",ssb"), "Raden har 12 felt"),
        (GOOD.replace(",", ";"), "Raden har 1 felt"),
        ("", "Linja er tom. Slett den."),
        (GOOD.replace(",9,", ",,"), "Kolonnen verdi er tom"),
        (GOOD.replace("Norge", ""), "Kolonnen geografi er tom"),
        (GOOD.replace(",9,", ',"9,5",'), "«9,5» i kolonnen verdi er ikke et tall. Skriv tallet med siffer"),
        (GOOD.replace(",9,", ",−9,"), "bindestrek som minus"),
        (GOOD.replace(",9,", ",9\u00a0000,"), "er ikke et tall"),
        (GOOD.replace(",9,", ",1/2,"), "er ikke et tall"),
        (GOOD.replace(",9,", ",1e3,"), "er ikke et tall"),
        (GOOD.replace(",9,", ",9.5,"), "Verdien 9.5 er ikke avrundet til 1"),
        (GOOD.replace(",1,", ",0,"), "ikke avrundet til 0"),
        (GOOD.replace(",9,", ",101,"), "Andelen 101 prosent ligger utenfor"),
        (GOOD.replace(",9,", ",-1,"), "Andelen -1 prosent ligger utenfor"),
        (GOOD.replace(",9,prosent", ",2,andel"), "Andelen 2 andel ligger utenfor"),
        (GOOD.replace("prosent", "Prosent"), "Ukjent enhet «Prosent». Bruk en av: prosent,"),
        (GOOD.replace("andel", "prosentandel"), "Ukjent type «prosentandel»"),
        (
            GOOD.replace("ssb", "sbb"),
            "Ukjent kilde «sbb». Mente du ssb? Kildene står i data/kilder.csv; er den ny, fører notat new kilde sbb",
        ),
        (GOOD.replace("Norge", "Norge "), "Kolonnen geografi begynner eller slutter med et mellomrom"),
        (GOOD.replace("Norge", "Norge\t"), "Kolonnen geografi begynner eller slutter"),
        (GOOD.replace("ny,", "ny\u00a0,"), "Kolonnen id begynner eller slutter"),
        (GOOD.replace("ny,", "n\u00a0y,"), "i kolonnen id har tegn som ikke er tillatt"),
        (GOOD.replace("ny,", "Ny-id,"), "«Ny-id» i kolonnen id har tegn som ikke er tillatt"),
        (GOOD.replace("Andel", '"An"del'), "Raden kan ikke leses"),
        (GOOD.replace("Andel", '"Andel'), "Raden kan ikke leses"),
    ],
)
def test_a_broken_row_is_refused_with_its_line(table, refused, row, words):
    root = table(row, GOOD.replace("ny,", "etter,").replace("2021", "2022"))
    with refused(TABLE, 6, words):
        dataset.load(root)


def test_a_blank_line_at_the_end_is_named(table, refused):
    root = table(GOOD, "")
    with refused(TABLE, 7, "Linja er tom"):
        dataset.load(root)


def test_the_same_id_twice_names_both_places(table, refused):
    root = table(GOOD.replace("ny,", "lav,"))
    with refused(
        TABLE,
        6,
        "Id-en «lav» finnes fra før på linje 4 i arbeid.csv. Slett den ene, eller gi dem ulike navn.",
    ):
        dataset.load(root)


def test_the_same_id_in_two_tables_names_both_places(note, refused):
    resources = [{"name": name, "path": f"{name}.csv", "schema": "skjema.json"} for name in ("arbeid", "annet")]
    (note / "data/datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    head = (note / TABLE).read_text(encoding="utf-8").splitlines()[0]
    (note / "data/annet.csv").write_text(f"{head}\n{GOOD.replace('ny,', 'hoy,')}\n", encoding="utf-8")
    with refused("data/annet.csv", 2, "Id-en «hoy» finnes fra før på linje 5 i arbeid.csv"):
        dataset.load(note)


def test_the_same_key_twice_is_refused(table, refused):
    root = table(GOOD, GOOD.replace("ny,", "nyere,").replace(",9,", ",8,"))
    with refused(TABLE, 7, "Raden finnes fra før på linje 6 i arbeid.csv"):
        dataset.load(root)


# --- broken files


def test_a_missing_table_is_named(note, refused):
    (note / TABLE).unlink()
    with refused(TABLE, None, "Tabellen mangler. Hent den tilbake fra git"):
        dataset.load(note)


@pytest.mark.parametrize("name", ["datapackage.json", "skjema.json"])
def test_a_missing_package_file_is_named(note, refused, name):
    (note / "data" / name).unlink()
    with refused(f"data/{name}", None, "Fila mangler"):
        dataset.load(note)


def test_a_table_in_another_encoding_is_refused_with_its_line(table, refused):
    root = table(GOOD)
    file = root / TABLE
    file.write_bytes(file.read_bytes() + GOOD.replace("Andel", "Åpen").encode("latin-1"))
    with refused(TABLE, 7, "Fila er ikke UTF-8. Lagre den som UTF-8."):
        dataset.load(root)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (",", ";", "Tabellen har semikolon mellom kolonnene"),
        (",", "\t", "med komma imellom"),
        ("id,maal", "maal,id", "Kolonnene er maal, id"),
        ("merknad\n", "merknad,ekstra\n", "ekstra"),
    ],
)
def test_other_columns_are_refused(note, refused, old, new, words):
    replace(note / TABLE, old, new)
    with refused(TABLE, 1, words):
        dataset.load(note)


def test_an_empty_table_is_refused(note, refused):
    (note / TABLE).write_text("", encoding="utf-8")
    with refused(TABLE, 1, "Kolonnene er borte"):
        dataset.load(note)


def test_broken_json_is_refused_with_its_line(note, refused):
    (note / "data/datapackage.json").write_text('{\n "resources": [\n}', encoding="utf-8")
    with refused("data/datapackage.json", 3, "Ugyldig JSON"):
        dataset.load(note)


@pytest.mark.parametrize("package", [{}, {"resources": [{"path": "arbeid.csv"}]}])
def test_a_package_without_its_keys_is_refused(note, refused, package):
    (note / "data/datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with refused("data/datapackage.json", None, "mangler"):
        dataset.load(note)


def test_a_source_twice_is_refused(note, refused):
    replace(note / SOURCES, "ssb,Sys", "ssb,En,To,,,,\nssb,Sys")
    with refused(SOURCES, 3, "Kilden «ssb» finnes fra før på linje 2"):
        dataset.load(note)


def test_a_source_without_publisher_is_refused(note, refused):
    replace(note / SOURCES, "Statistisk sentralbyrå", "")
    with refused(SOURCES, 2, "mangler navn, tittel eller utgiver"):
        dataset.load(note)


# --- wrong questions


def test_an_unknown_id_gets_a_suggestion(note, refused):
    with refused(None, None, "Ingen rad i data/ har id «endrng». Mente du endring?"):
        dataset.load(note)["endrng"]


def test_no_row_and_several_rows_are_refused_with_the_table(note, refused):
    loaded = dataset.load(note)
    with refused(TABLE, None, "Fant ingen rader med maal=Deltakelse, periode=1999"):
        loaded.series("arbeid", maal="Deltakelse", periode="1999")
    with refused(TABLE, None, "2 rader har maal=Deltakelse"):
        loaded.cell("arbeid", maal="Deltakelse")


def test_nothing_near_is_not_suggested():
    assert did_you_mean("xyz", ["alle", "endring"]) == "Kontroller stavingen."
