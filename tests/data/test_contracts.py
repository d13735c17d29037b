"""Every kind of contract holds for the real data, and is broken by a value that it forbids."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from notat.data import contracts, dataset
from notat.show.authoring import numbers
from notat.text import paths, profiles
from notat.text.errors import NotatError

PROJECT = Path(__file__).parents[2]
FILE = "data/kontrakter.json"
TABLE = "data/arbeid.csv"
ROWS = """\
menn,Elever,Menn,Norge,2021,nivå,40,personer,1,,,ssb,
kvinner,Elever,Kvinner,Norge,2021,nivå,60,personer,1,,,ssb,
elever,Elever,I alt,Norge,2021,nivå,100,personer,1,,,ssb,
elever_flere,Flere elever,,Norge,2020–2021,endring,20,personer,1,,,ssb,
elever_vekst,"Flere elever, prosent",,Norge,2020–2021,endring,25,prosent,1,,,ssb,
menn_andel,"Elever, andel",Menn,Norge,2021,andel,40,prosent,1,,,ssb,
bnp_a,BNP,,Agder,2021,nivå,3,mrd. kr,1,,,ssb,
bnp_b,BNP,,Oslo,2021,nivå,9,mrd. kr,1,,,ssb,
bnp_plass,"BNP, plass",,Agder,2021,nivå,2,rang,1,,,ssb,
over_snittet,Fylker over snittet,,Norge,2021,nivå,1,antall,1,,,ssb,
snitt,BNP-snitt,,Norge,2021,nivå,6,mrd. kr,1,,,ssb,
"""
DECLARED = {
    "summer": [
        {
            "navn": "sum",
            "hvor": {"maal": "Elever"},
            "ledd": {"gruppe": ["Menn", "Kvinner"]},
            "helhet": {"gruppe": "I alt"},
        },
        {"navn": "fast", "hvor": {"id": ["menn", "kvinner"]}, "helhet_tall": "101", "avrunding": True},
    ],
    "andeler": [
        {"navn": "andel", "prosent": "menn_andel", "del": "menn", "av": "elever"},
        {"navn": "vekst", "prosent": "elever_vekst", "endring": "elever_flere", "etter": "elever"},
    ],
    "grenser": [{"navn": "grense", "hvor": {"enhet": "rang"}, "min": 1, "maks": 15, "hele": True}],
    "rekkefolger": [{"navn": "rekke", "stigende": ["menn", "kvinner", "elever"]}],
    "plasser": [{"navn": "plass", "rang": {"enhet": "rang"}, "blant": {"maal": "BNP"}, "utenom": ["Norge"]}],
    "antall": [{"navn": "antall", "antall": "over_snittet", "blant": {"maal": "BNP"}, "over": "snitt"}],
}


@pytest.fixture
def declare(note):
    """Write the rows and the contracts; a row may get another value, and the contracts may be others."""

    def write(declared=DECLARED, **values):
        rows = ROWS
        for id_, value in values.items():
            rows, count = re.subn(rf"(?m)^({id_},.*,)[\d.-]+(,[^,]+,[\d.]+,,,ssb,)$", rf"\g<1>{value}\g<2>", rows)
            assert count == 1, id_
        with (note / TABLE).open("a", encoding="utf-8") as stream:
            stream.write(rows)
        (note / FILE).write_text(json.dumps(declared), encoding="utf-8")
        return note

    return write


def test_promises_that_hold_are_silent(declare):
    note = declare()
    rows = dataset.load(note).rows
    assert {promise.name for promise in contracts.promises(rows, note)} == {
        spec["navn"] for specs in DECLARED.values() for spec in specs
    }


@pytest.mark.parametrize(
    ("values", "line", "words"),
    [
        ({"elever": "101"}, 8, "men linje 6, 7 er 100 til sammen og skulle vært 101 (kontrakten «sum»)"),
        ({"menn": "43", "elever": "103"}, 6, "kontrakten «fast»"),
        ({"menn_andel": "42"}, 11, "Kolonnen verdi er 42, men de to andre tallene gir 40,00 %"),
        ({"elever_vekst": "27"}, 10, "de to andre tallene gir 25,00 %"),
        ({"bnp_plass": "0"}, 14, "skal ikke være under 1"),
        ({"bnp_plass": "16"}, 14, "skal ikke være over 15"),
        ({"menn": "60", "kvinner": "40", "menn_andel": "60"}, 7, "skal være større enn 60 i arbeid.csv:6"),
        ({"bnp_plass": "1"}, 14, "tallene gir plass 2"),
        ({"bnp_a": "10"}, 14, "tallene gir plass 1"),
        ({"over_snittet": "2"}, 15, "det er 1 rader å telle"),
    ],
)
def test_a_broken_promise_names_table_line_column_value_and_remedy(declare, refused, values, line, words):
    note = declare(**values)
    with refused(TABLE, line, words):
        dataset.load(note)
    with refused(TABLE, line, "Kolonnen verdi er"):
        dataset.load(note)


def test_a_whole_number_is_demanded_where_it_is_declared(declare, refused):
    note = declare({"grenser": [{"navn": "hele", "hvor": {"id": "menn"}, "hele": True}]})
    rewritten = (note / TABLE).read_text("utf-8").replace("nivå,40,personer,1,", "nivå,40.5,personer,0.1,")
    (note / TABLE).write_text(rewritten, encoding="utf-8")
    with refused(TABLE, 6, "skal være et helt tall"):
        dataset.load(note)


def test_a_span_of_years_that_runs_backwards_is_refused(declare, refused):
    note = declare({})
    rewritten = (
        (note / TABLE).read_text("utf-8").replace("Flere elever,,Norge,2020–2021", "Flere elever,,Norge,2021–2020")
    )
    (note / TABLE).write_text(rewritten, encoding="utf-8")
    with refused(TABLE, 9, "Kolonnen periode er «2021–2020»"):
        dataset.load(note)


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ({"summert": []}, "Ukjent nøkkel «summert»"),
        ({"grenser": [{"hvor": {}}]}, "Nøkkelen «grenser: nr. 1: navn» mangler"),
        ({"rekkefolger": [{"navn": "rekke"}]}, "Nøkkelen «rekkefolger: rekke: stigende» mangler"),
        ({"grenser": [{"navn": "g", "hvor": {}, "mellom": 1}]}, "Ukjent nøkkel «grenser: g: mellom»"),
        ({"grenser": [{"navn": "g", "hvor": {"enhet": "tonn"}, "min": 1}]}, "finner ikke radene"),
        ({"rekkefolger": [{"navn": "r", "stigende": ["menn", "mann"]}]}, "viser til 0 rader"),
        ({"rekkefolger": [{"navn": "r", "stigende": ["menn", {"maal": "Elever"}]}]}, "viser til 3 rader"),
        (
            {
                "summer": [
                    {
                        "navn": "s",
                        "hvor": {"maal": "Elever"},
                        "ledd": {"gruppe": ["Menn", "Alle"]},
                        "helhet_tall": "1",
                    }
                ]
            },
            "finner ikke",
        ),
        (
            {"summer": [{"navn": "s", "hvor": {"maal": "Elever"}}]},
            "«summer: s» er ikke slik den skal være. Oppgi enten helhet eller helhet_tall",
        ),
        ({"andeler": [{"navn": "a", "prosent": "menn_andel", "del": "menn"}]}, "Oppgi enten del og av"),
        (
            {"grenser": [{"navn": "g", "hvor": {"maal": "Elever"}}]},
            "«grenser: g» er ikke slik den skal være. Oppgi min, maks eller hele",
        ),
        ({"grenser": [{"navn": "g", "hvor": {}, "min": 1}]}, "«grenser: g: hvor» er tom"),
        (
            {"grenser": [{"navn": "g", "hvor": {"mål": "Elever"}, "min": 1}]},
            "Ukjent nøkkel «grenser: g: hvor: mål». Nøklene som virker her, er tabell, id",
        ),
        (
            {"grenser": [{"navn": "g", "hvor": {"maal": "Elever"}, "min": "en"}]},
            "«grenser: g: min» er ikke slik den skal være. Skriv et tall.",
        ),
        (
            {"grenser": [{"navn": "g", "hvor": {"maal": "Elever"}, "hele": 1}]},
            "«grenser: g: hele» skal være true eller false",
        ),
        ({"grenser": {"navn": "g"}}, "«grenser» skal være en liste"),
        ({"grenser": ["g"]}, "«grenser: nr. 1» skal være en gruppe nøkler"),
        (
            {"rekkefolger": [{"navn": "r", "stigende": ["menn"]}]},
            "«rekkefolger: r: stigende» har 1 ledd. Skriv minst to rader",
        ),
        (
            {"summer": [{"navn": "s", "hvor": {"maal": "E"}, "helhet_tall": 1, "rest": ["2", 1.5]}]},
            "«rest» i kontrakten «s» har det største tallet først",
        ),
        (
            {"andeler": [{"navn": "a", "prosent": "menn", "del": "menn", "av": "bnp_a"}]},
            "Kan ikke dele personer på mrd. kr",
        ),
    ],
)
def test_a_promise_that_cannot_be_tried_is_refused(declare, refused, declared, words):
    with refused(FILE, None, words):
        dataset.load(declare(declared))


def test_unreadable_promises_are_refused_with_their_line(note, refused):
    (note / FILE).write_text('{"summer": [\n}', encoding="utf-8")
    with refused(FILE, 2, "Ugyldig JSON"):
        dataset.load(note)


# --- the real ones


def test_the_note_has_promises_of_every_kind_about_most_values():
    declared = json.loads((PROJECT / FILE).read_text("utf-8"))
    assert declared.keys() == {*DECLARED, "serier", "samme"}  # the last two: tests/data/test_consistency.py
    assert all(spec.get("hvorfor") for spec in declared["summer"])
    rows = numbers(PROJECT, alle=True).data.rows
    bound = contracts.promises(rows, PROJECT)
    related = {cell for promise in bound if len(promise.cells) > 1 for cell in promise.cells}
    assert related
    assert len({cell for promise in bound for cell in promise.cells}) > len(rows) / 2


@pytest.fixture
def copied(tmp_path):
    root = tmp_path / "notat"
    root.mkdir()
    shutil.copytree(PROJECT / paths.DATA, root / paths.DATA)
    for name in (*profiles.files(PROJECT), "_brand.yml"):
        shutil.copyfile(PROJECT / name, root / name)
    return root


@pytest.mark.parametrize("kind", DECLARED)
def test_a_false_value_in_the_real_data_is_refused(copied, kind):
    """The value that is blamed, a hundred times as large or of the other sign, in the first promise that it breaks."""
    names = {spec["navn"] for spec in json.loads((copied / FILE).read_text("utf-8"))[kind]}
    promises = [promise for promise in contracts.promises(dataset.load(copied).rows, copied) if promise.name in names]
    promise, value = next(
        (promise, value)
        for promise in promises
        for value in (promise.blamed.value * 100, -promise.blamed.value)
        if promise.broken({promise.blamed: value})
    )
    file = copied / paths.DATA / f"{promise.blamed.table}.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[promise.blamed.line - 2]["verdi"] = str(float(value)).removesuffix(".0")
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(NotatError) as caught:
        dataset.load(copied)
    assert caught.value.file.startswith("data/")
    assert caught.value.line


def test_quarto_stops_before_rendering_when_a_promise_is_broken(declare):
    note = declare(elever="101")
    script = PROJECT / "py/notat/cli/hooks/pre_render.py"
    run = subprocess.run(
        [sys.executable, script], cwd=note, capture_output=True, text=True, encoding="utf-8", check=False, timeout=600
    )
    assert run.returncode == 1
    assert "data/arbeid.csv:8" in run.stderr
    assert "kontrakten «sum»" in run.stderr
