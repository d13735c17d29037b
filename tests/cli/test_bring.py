"""`notat import`, `update` and `diff`: figures come in by one command, and nothing is stored that nobody has seen."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_notebook
from openpyxl import Workbook

from notat.cli import asking, bring
from notat.cli.main import cli
from notat.data import series
from notat.data.accepted import unlike
from notat.intake.archive import FOLDER, LIST
from notat.judge.accept import propose
from notat.judge.checks import checksums
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show.claims import problems
from notat.text.errors import NotatError

pytestmark = pytest.mark.process

CSV = "År;Fylke;Antall\n2022;50 Trøndelag;1 200\n2022;03 Oslo;*\n2023;50 Trøndelag;1 300\n"
COMMON = ("--maal", "Helt ledige", "--type", "nivå", "--enhet", "personer", "--kilde", "ssb")
FROM_SSB = ("--utvalg", "Region=0,50", "--utvalg", "ContentsCode=*", "--utvalg", "Tid=top(3)", "--type", "nivå")
NUMBERS = "id,tabell,maal,gruppe,sted,periode\n" + "".join(
    f"arbeid_{year},serier/arbeid_serie,,,50,{year}\n" for year in (2022, 2023)
)
SENTENCE = '\n\nTallet [økte]{.paastand av="arbeid_2023" fra="arbeid_2022"} til `{python} tall("arbeid_2023")`.\n'


def run(*arguments: str, code: str = "", stdin: str | None = None, alone: bool = False) -> str:
    """What a command prints; with `code`, what it says as the error that it must end in, and with `alone` only that."""
    done = CliRunner().invoke(cli, arguments, input=stdin)
    if code:
        assert isinstance(done.exception, NotatError), done.output
        assert done.exception.code == code, done.exception
        assert done.exception.remedy
        assert "\n" not in str(done.exception)
        assert not (alone and done.output)
        return done.output + str(done.exception)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def files(note: Path) -> dict[str, bytes]:
    return {
        file.relative_to(note).as_posix(): file.read_bytes()
        for file in note.rglob("*")
        if file.is_file() and ".notat" not in file.parts
    }


def rows(note: Path, name: str) -> list[str]:
    return (note / f"data/serier/{name}.csv").read_text(encoding="utf-8").splitlines()[1:]


@pytest.fixture
def downloaded(note, tmp_path) -> str:
    file = tmp_path / "Helt ledige.csv"
    file.write_bytes(CSV.encode("utf-16"))
    return str(file)


@pytest.fixture
def api(ssb, monkeypatch):
    """The stand-in, where the commands find it, and no waiting."""
    monkeypatch.setenv("NOTAT_SSB", ssb.address)
    monkeypatch.setattr(bring, "_connection", lambda root: ssb.connect())
    return ssb


@pytest.fixture
def employed(note, api):
    """A note whose text says something of a series from Statistics Norway, all of it accepted."""
    run("import", "ssb:90001", "--navn", "arbeid_serie", *FROM_SSB, "--ja")
    (note / "data/tall.csv").write_text(NUMBERS, encoding="utf-8")
    chapter = note / "chapters/arbeid.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("\n\n:::", f"{SENTENCE}\n:::", 1), encoding="utf-8")
    checksums.write(note)
    project = Project(note)
    assert list(problems(project, Numbers(project.data))) == []
    return note


def test_a_file_is_shown_and_what_is_missing_is_asked_for(note, downloaded):
    before = files(note)
    said = run("import", downloaded, code="N1150")
    assert "tegnsett utf-16, skilt med semikolon; kolonnenavn på linje 1, 3 rader, 0 hoppet over" in said
    assert "    År: periode, 2022 til 2023\n" in said
    assert "    Antall: tall, hele tall, 1 «*»\n" in said
    assert "Leses slik: periode År; sted Fylke; verdi Antall; gruppe ingen" in said
    assert "Dette mangler: --navn, --maal, --type, --enhet, --kilde." in said
    assert files(note) == before


def test_a_file_is_brought_in_whole_and_the_second_time_changes_nothing(note, downloaded):
    said = run("import", downloaded, "--navn", "ledige", *COMMON, "--ja")
    assert "ledige: 3 verdier for 2 steder; uten verdi: 1 «*»; hoppet over: 0." in said
    assert "som Trøndelag · 2022: 1 200" in said.replace("\u00a0", " ")
    assert "Ny serie: 2 nye tall" not in said  # the missing one is new too
    assert rows(note, "ledige") == [",03,2022,,*", ",50,2022,1200,", ",50,2023,1300,"]
    assert (
        (note / "data/steder.csv")
        .read_text(encoding="utf-8")
        .startswith("kode,navn,slag,gyldig_fra,gyldig_til\n03,Oslo,fylke,,\n")
    )
    [shared] = series.declared(note)
    assert (shared.title, shared.unit, shared.source) == ("Helt ledige", "personer", "ssb")
    [entry] = json.loads((note / LIST).read_text(encoding="utf-8"))["filer"]
    assert (note / FOLDER / entry["fil"]).read_bytes() == CSV.encode("utf-16")
    assert "Helt ledige (ledige): Ny serie: 3 nye tall" in (note / "CHANGELOG.md").read_text(encoding="utf-8")
    assert unlike(note, Project(note).config.bibliography) == []
    before = files(note)
    assert "Ingenting er nytt." in run("import", downloaded, "--navn", "ledige", *COMMON, "--ja")
    assert "Ingenting er nytt." in run("import", downloaded, "--oppskrift", "ledige", "--ja")
    assert files(note) == before


def test_a_person_at_the_terminal_is_asked(note, downloaded, monkeypatch):
    monkeypatch.setattr(asking, "someone_answers", lambda: True)
    answers = ("ledige", "Helt ledige", "nivå", "personer", "ssb", "n")
    before = files(note)
    said = run("import", downloaded, stdin="\n".join(answers) + "\n", code="N1151")
    assert all(f"{word}: " in said for word in ("Navn", "Maal", "Type", "Enhet", "Kilde"))
    assert "Godta disse endringene? [j/N]" in said
    assert files(note) == before
    run("import", downloaded, stdin="\n".join((*answers[:-1], "j")) + "\n")
    assert (note / "data/serier/ledige.csv").is_file()


def test_next_months_file_is_one_command_and_adds_to_the_series(note, downloaded):
    run("import", downloaded, "--navn", "ledige", *COMMON, "--ja")
    Path(downloaded).write_text("År;Fylke;Antall\n2023;50 Trøndelag;1 310\n2024;50 Trøndelag;900\n", encoding="utf-8")
    said = run("import", downloaded, "--oppskrift", "ledige", code="N1151")
    assert "Trøndelag · 2023 | 1300 | 1310 | ja" in said
    run("import", downloaded, "--oppskrift", "ledige", "--ja")
    assert rows(note, "ledige") == [",03,2022,,*", ",50,2022,1200,", ",50,2023,1310,", ",50,2024,900,"]


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (CSV.replace("1 200", "12.345"), (), "N0384"),
        (CSV.replace("50 Trøndelag", "I alt"), (), "N0398"),
        (CSV.replace("50 Trøndelag", "77 Trøndelag"), (), "N0398"),
        (CSV.replace("2022", "2017"), (), "N0360"),
        (CSV.replace("2022;03 Oslo", "2022;16 Sør-Trøndelag"), (), "N0361"),
        (CSV.replace("2023", "2022K4"), (), "N0368"),
        (CSV, ("--avrundet-til", "1000"), "N0312"),
        (CSV.replace("1 200", "120"), ("--type", "andel", "--enhet", "prosent"), "N0313"),
        (CSV.replace("2023", "2022"), (), "N0386"),
        (CSV, ("--verdi", "Antal"), "N0389"),
        (CSV, ("--enhet", "kilometer"), "N0309"),
        (CSV, ("--kilde", "ukjent"), "N0319"),
        (CSV, ("--navn", "Ledige"), "N0389"),
        ("ingenting", (), "N0383"),
    ],
)
def test_a_fault_is_one_message_and_leaves_the_note_as_it_was(note, downloaded, text, options, code):
    Path(downloaded).write_text(text, encoding="utf-8")
    before = files(note)
    run("import", downloaded, "--navn", "ledige", *COMMON, *options, "--ja", code=code)
    assert files(note) == before
    assert list((note / ".notat").glob("proeve-*")) == []


def test_what_does_not_fit_together_is_refused(note, downloaded):
    run("import", code="N1150")
    run("import", "mangler.csv", code="N0104")
    run("import", downloaded, "--oppskrift", "ukjent", code="N1152")
    run("import", downloaded, "--bare", "Kjønn", code="N1102")
    assert "--utvalg gjelder ikke en fil." in run("import", downloaded, "--utvalg", "Tid=*", code="N1102")
    assert "--verdi gjelder ikke SSB." in run("import", "ssb:90001", "--verdi", "Antall", code="N1102")
    run("import", downloaded, "--navn", "ledige", *COMMON, "--ja")
    assert "--periode i 2022 er ikke en periode." in run(
        "import", downloaded, "--oppskrift", "ledige", "--periode", "i 2022", code="N1102"
    )
    run("import", downloaded, "--navn", "to", *COMMON, "--periode", "i 2022", code="N0389")
    run("import", downloaded, "--navn", "to", *COMMON, "--publisert", "i går", code="N1154")
    assert "--type gjelder" in run("import", downloaded, "--oppskrift", "ledige", "--type", "mål", code="N1102")
    run("import", downloaded, "--navn", "ledige", *COMMON, "--enhet", "søkere", "--ja", code="N1153")
    run("update", code="N1152")
    run("update", "90009", code="N1152")
    run("diff", "--mote", "i januar", code="N1154")


def test_a_series_that_the_note_has_needs_only_its_columns(series_note, downloaded):
    """What it measures, and what its older values are, the note has said; what it was is archived first."""
    file = series_note / "data/serier/ledige.csv"
    before = file.read_bytes()
    Path(downloaded).write_text(
        "Måned;Fylke;Antall\n2017-01;50 Fylket;3000\n2023-01;50 Fylket;3880\n2023-02;50 Fylket;*\n", encoding="utf-8"
    )
    said = run("import", downloaded, "--navn", "ledige", "--eldre", "sum", "--publisert", "2023-03-01", "--ja")
    assert "Fylket · 2023-01 | 3873 (foreløpig) | 3880 | ja" in said
    found = rows(series_note, "ledige")
    assert [row for row in found if row.startswith(",50,")] == [
        ",50,2017-01,3000,sum",
        ",50,2021-01,3900,",
        ",50,2022-01,4300,",
        ",50,2022-12,,:",
        ",50,2023-01,3880,",
        ",50,2023-02,,*",
    ]
    assert "Kvinner,0,2023-01,24000," in found
    first, second = json.loads((series_note / LIST).read_text(encoding="utf-8"))["filer"]
    assert (series_note / FOLDER / first["fil"]).read_bytes() == before
    assert second["foresporsel"] == {"publisert": "2023-03-01"}
    again = files(series_note)
    assert "Alt er uendret." in run("import", downloaded, "--oppskrift", "ledige", "--ja")
    assert files(series_note) == again
    run("import", downloaded, "--navn", "ledige", "--eldre", "sum", "--enhet", "prosent", "--ja", code="N1153")
    assert files(series_note) == again


def test_a_unit_that_statistics_norway_changes_is_refused(employed, api):
    before = files(employed)
    api.table["unit"] = "1 000 personer"
    api.table["values"]["50|Arbeid|2023"] = 1
    api.set()
    run("update", "--ja", code="N0399")
    assert files(employed) == before


def test_a_table_of_statistics_norway_is_shown_and_brought_in(note, api):
    said = run("import", "ssb:90001", code="N1150")
    assert "Region, geo: 3 koder (0 Hele landet, 50 Trøndelag - Trööndelage, 21 Svalbard …)" in said
    assert "må vises: Tallene gjelder fjerde kvartal." in said
    said = run("import", "ssb:90001", "--navn", "arbeid_serie", *FROM_SSB, "--dry-run")
    assert "Ingenting er lagret." in said
    assert not (note / "data/oppskrifter").exists()
    run("import", "ssb:90001", "--navn", "arbeid_serie", *FROM_SSB, "--ja")
    assert "Kilde: SSB, tabell 90001, CC BY 4.0" in (note / "data/kilder.csv").read_text(encoding="utf-8")
    assert rows(note, "arbeid_serie")[0] == ",0,2021,2000,"
    assert len(rows(note, "arbeid_serie")) == 6
    [shared] = series.declared(note)
    assert (shared.published, shared.due) == (dt.date(2024, 2, 1), dt.date(2025, 2, 3))
    assert shared.notes[0] == "Tallene gjelder fjerde kvartal."
    [entry] = json.loads((note / LIST).read_text(encoding="utf-8"))["filer"]
    assert entry["foresporsel"]["metode"] == "GET"
    assert "top" in entry["foresporsel"]["adresse"]
    assert "90000  90000: arbeid (2020–2023)" in run("import", "--sok", "arbeid")


def test_nothing_new_changes_nothing(employed, api):
    before = files(employed)
    assert "Ingenting er nytt." in run("update", "--ja")
    api.table["updated"] = "2024-03-01T07:00:00Z"  # the same figures, published once more
    api.set()
    assert "Ingenting er nytt." in run("update", "90001", "--ja")
    assert files(employed) == before


def test_a_fall_is_reported_with_the_sentence_that_it_makes_false(employed, api, tmp_path):
    api.table["dimensions"]["Tid"]["codes"]["2024"] = "2024"
    api.table["values"] |= {"50|Arbeid|2023": 205, "50|Arbeid|2024": 190, "0|Arbeid|2024": 2200}
    api.table["notes"].append({"text": "Det er brudd i serien i 2024."})
    api.table["updated"], api.table["next"] = "2025-02-03T07:00:00Z", "2026-02-02T07:00:00Z"
    api.set()
    before = files(employed)
    said = run("update", "--dry-run", "--mote", "2026-03-01", "--rapport", str(tmp_path / "nytt.html"))
    said = said.replace("\u00a0", " ")
    assert "Publisert 2025-02-03, neste 2026-02-02, 1 tall endret, 2 nye tall, ny periode 2024, 1 note endret." in said
    assert "chapters/arbeid.qmd:" in said
    assert "Påstanden «økte» stemmer ikke med tallene: Tallet økte til 205." in said
    assert "Ord som stemmer: «sank»" in said
    assert "arbeid_2023 | Personer i arbeid | 220 (2023) | 205 (2023) | ja" in said
    assert "arbeid_serie: brudd i serien: 1 i alt.\n  Det er brudd i serien i 2024." in said
    assert "2026-02-02 | Personer i arbeid" in said.replace(
        "90001: Personer i arbeid, etter region, statistikkvariabel og år", "Personer i arbeid"
    )
    assert files(employed) == before
    page = (tmp_path / "nytt.html").read_text(encoding="utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="nb">')
    assert "http" not in page
    assert "Tallet økte til 205." in page.replace("\u00a0", " ")

    run("update", code="N1151")
    assert files(employed) == before
    said = run("update", "--ja")
    assert "Én påstand i teksten må rettes" in said
    found = rows(employed, "arbeid_serie")
    assert ",50,2023,205," in found
    assert ",50,2021,200," in found  # no longer among the three newest, and kept
    assert "1 tall endret" in (employed / "CHANGELOG.md").read_text(encoding="utf-8")
    assert unlike(employed, Project(employed).config.bibliography) == []
    assert "Ingenting er nytt." in run("update", "--ja")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "status", "status": 500}, "N0391"),
        ({"kind": "status", "status": 400, "body": {"title": "Non-existent value", "status": 400}}, "N0390"),
        ({"kind": "truncated"}, "N0391"),
        ({"kind": "type"}, "N0392"),
        ({"kind": "redirect", "to": "https://example.org"}, "N0392"),
        ({"kind": "cells"}, "N0387"),
        ({"kind": "codes"}, "N0392"),
    ],
)
def test_a_fault_of_the_api_leaves_the_note_as_it_was(employed, api, fault, code):
    api.set({"path": "/data", **fault})
    before = files(employed)
    run("update", "--ja", code=code, alone=True)
    assert files(employed) == before


def test_a_control_notebook_that_disagrees_leaves_the_note_as_it_was(employed, api):
    notebook = employed / "tests/notebooks/arbeid.ipynb"
    notebook.parent.mkdir(parents=True)
    code = 'rader = [x.split(",") for x in open("../../data/serier/arbeid_serie.csv", encoding="utf-8")]\n'
    code += 'verdi = [x[3] for x in rader if x[1:3] == ["50", "2023"]][0]\n'
    code += 'print(verdi, "arbeid_2023", verdi, "personer", "likt" if verdi == "220" else "ULIKT", sep="  ")'
    nbformat.write(new_notebook(cells=[new_code_cell(code)]), notebook)
    propose(employed).store()
    before = files(employed)
    api.table["values"]["0|Arbeid|2023"] = 2160
    api.set()
    run("update", "--ja")
    assert files(employed) != before
    before = files(employed)
    api.table["values"]["50|Arbeid|2023"] = 230
    api.set()
    run("update", "--ja", code="N1004")
    assert files(employed) == before


def test_a_file_that_is_saved_meanwhile_is_not_overwritten(employed, api, monkeypatch):
    api.table["values"]["50|Arbeid|2023"] = 230
    api.set()
    table = employed / "data/serier/arbeid_serie.csv"

    def saved_by_another(_: bool) -> None:
        table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    monkeypatch.setattr(bring, "_ask", saved_by_another)
    before = files(employed)
    run("update", code="N1156")
    assert files(employed) == before | {"data/serier/arbeid_serie.csv": before["data/serier/arbeid_serie.csv"] + b"\n"}


def test_what_is_not_accepted_is_compared_with_what_is(employed):
    table = employed / "data/serier/arbeid_serie.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("50,2023,220", "50,2023,190"), encoding="utf-8")
    said = run("diff", "--mote", "2025-03-01").replace("\u00a0", " ")
    assert "data/serier/arbeid_serie.csv er endret." in said
    assert "arbeid_2023 | Personer i arbeid | 220 (2023) | 190 (2023) | ja" in said
    assert "Påstanden «økte» stemmer ikke med tallene" in said
    assert "2025-02-03 | 90001: Personer i arbeid" in said
    (employed / "data/.godtatt.json").unlink()
    run("diff", code="N1155")


def test_the_command_itself_trusts_whom_the_machine_trusts(note, ssb):
    """As a process, with nothing of the test inside: the address and the certificates come from the environment."""
    command = [sys.executable, "-c", "from notat.cli.main import main; main()", "import", "--sok", "arbeid"]
    known = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    trusting = known | {"NOTAT_SSB": ssb.address, "SSL_CERT_FILE": str(ssb.authority)}
    done = subprocess.run(command, env=trusting, cwd=note, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 5
    assert "90004  90004: arbeid (2020–2023, avsluttet)" in done.stdout


def test_the_address_may_stand_in_the_configuration(note, monkeypatch):
    config = note / "_quarto.yml"
    config.write_text(f"{config.read_text(encoding='utf-8')}notat:\n  ssb: http://x\n", encoding="utf-8")
    monkeypatch.delenv("NOTAT_SSB", raising=False)
    run("import", "--sok", "arbeid", code="N0394")


def test_an_older_file_is_refused_until_somebody_says_that_it_is_right(note, downloaded):
    run("import", downloaded, "--navn", "ledige", *COMMON, "--ja")
    older = "År;Fylke;Antall\n2021;50 Trøndelag;1 000\n2022;50 Trøndelag;1 150\n"
    Path(downloaded).write_text(older, encoding="utf-8")
    before = files(note)
    said = run("import", downloaded, "--oppskrift", "ledige", "--ja", code="N0388")
    assert "Fila har tall til 2022, og serien til 2023. Den ville endret 2 av dem." in said
    assert files(note) == before
    run("import", downloaded, "--oppskrift", "ledige", "--ja", "--likevel")
    assert ",50,2022,1150," in rows(note, "ledige")
    assert "--likevel gjelder ikke SSB." in run("import", "ssb:90001", "--likevel", code="N1102")


def test_the_same_file_for_another_month_is_never_passed_over(note, downloaded):
    Path(downloaded).write_text("Fylke;Antall\n50 Trøndelag;5\n03 Oslo;7\n", encoding="utf-8")
    run("import", downloaded, "--navn", "ledige", *COMMON, "--periode", "2022-01", "--ja")
    again = ("import", downloaded, "--oppskrift", "ledige", "--ja", "--periode")
    before = files(note)
    assert "Alt er uendret." in run(*again, "2022-01")
    run(*again, "2022-02", code="N0397")
    assert files(note) == before
    run(*again, "2022-02", "--likevel")
    assert ",50,2022-02,5," in rows(note, "ledige")
    run(*again, "2022-02", "--publisert", "2022-03-04", "--likevel")
    assert [one.published for one in series.declared(note)] == [dt.date(2022, 3, 4)]


def test_an_answer_that_is_older_than_the_last_leaves_the_note_as_it_was(employed, api):
    api.table["updated"] = "2023-02-01T07:00:00Z"
    api.table["values"]["50|Arbeid|2023"] = 210
    api.set()
    before = files(employed)
    assert "Det nye er publisert 2023-02-01" in run("update", "--ja", code="N0392")
    assert files(employed) == before


def test_the_letters_before_a_table_may_be_of_either_case(note, api):
    assert "Region, geo: 3 koder" in run("import", "SSB: 90001", code="N1150")


def test_a_period_that_the_source_has_withdrawn_is_gone(note, api):
    run("import", "ssb:90001", "--navn", "arbeid_serie", *FROM_SSB, "--ja")
    del api.table["dimensions"]["Tid"]["codes"]["2023"]
    api.table["updated"] = "2024-03-01T07:00:00Z"
    api.set()
    said = run("update", "--ja")
    assert "2 tall borte" in said
    assert "Trøndelag · 2023 (220)" in said
    assert [row for row in rows(note, "arbeid_serie") if "2023" in row] == []
    assert "Ingenting er nytt." in run("update", "--ja")


def test_a_withdrawn_number_that_the_note_names_leaves_the_note_as_it_was(employed, api):
    del api.table["dimensions"]["Tid"]["codes"]["2023"]
    api.set()
    before = files(employed)
    assert "data/tall.csv:3: Tabellen serier/arbeid_serie har ingen verdi" in run("update", "--ja", code="N0364")
    assert files(employed) == before


def test_a_workbook_of_a_sheet_for_each_year_is_asked_for_once_and_then_one_command(note, tmp_path, monkeypatch):
    file = str(tmp_path / "ledige.xlsx")
    _save(file, {"2021": 5, "2022": 6})
    said = run("import", file, code="N1150")
    assert "--ark «*» leser dem som én tabell" in said
    said = run("import", file, "--ark", "*", "--navn", "ledige", *COMMON, "--ja")
    assert "Leses slik: periode arknavn; sted Fylke; verdi Antall; ark *; gruppe ingen" in said
    assert rows(note, "ledige") == [",50,2021,5,", ",50,2022,6,"]
    _save(file, {"2022": 6, "2023": 7})
    said = run("import", file, "--oppskrift", "ledige", "--ja")
    assert "arket 2021" in said  # gone, and what it said stays
    assert "arket 2023" in said
    assert rows(note, "ledige") == [",50,2021,5,", ",50,2022,6,", ",50,2023,7,"]
    spec = importlib.util.spec_from_file_location("serier", Path(__file__).parents[1] / "notebooks/serier.py")
    serier = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(serier)
    monkeypatch.setattr(serier, "DATA", note / "data")
    assert [serier.av_raafil("ledige", "", "50", year) for year in ("2021", "2022", "2023", "2024")] == [5, 6, 7, None]


def _save(file: str, years: dict[str, int]) -> None:
    book = Workbook()
    book.remove(book.active)
    for year, count in years.items():
        sheet = book.create_sheet(year)
        sheet.append(["Fylke", "Antall"])
        sheet.append(["50 Trøndelag", count])
    book.save(file)
