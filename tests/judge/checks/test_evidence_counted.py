"""`notat check` counts what is stored, confirmed and contradicted, and `notat trace` says so of one number."""

from __future__ import annotations

import nbformat
import pytest
from click.testing import CliRunner

from notat.cli.main import cli
from notat.judge.checks import check
from notat.project.project import Project
from notat.text.errors import NotatError

HEAD = "id,verdi,enhet,avrundet_til,kilde,forskjell,merknad\n"
CONTROLS = "lav,9.2,prosent,0.1,nav,,\nhoy,36,prosent,1,nav,,\nalle,240000,personer,1,nav,annet år,\n"
CORRECTIONS = "nr,tema,alvor,trykt,data,regning,avgjorelse\n4,Servering,uklart,37 %,36 % hos NAV,Ingen,Beholdt\n"


@pytest.fixture
def controlled(note):
    with (note / "data/kilder.csv").open("a", encoding="utf-8") as stream:
        stream.write("nav,Ledige,NAV,,,,\n")
    (note / "data/kontroll.csv").write_text(HEAD + CONTROLS, encoding="utf-8")
    return note


def said(note):
    return check(Project(note), False).summary


def test_the_numbers_are_counted_and_contradictions_are_remarks(controlled):
    assert any(
        line.startswith("Tall i data: 2 lagret, 1 bekreftet av en annen kilde, 1 motsagt.") for line in said(controlled)
    )
    (remark,) = [line for line in said(controlled) if line.startswith("merk: hoy")]
    assert remark == (
        "merk: hoy er 37\u00a0% hos Sysselsetting (Statistisk sentralbyrå), men motsagt av Ledige (NAV): 36\u00a0% "
        "– ikke forklart i avvikene"
    )


def unexplained(note):
    return [one for one in check(Project(note), False).findings if one.code == "N1058"]


def test_a_contradiction_is_found_by_its_row(controlled):
    (found,) = unexplained(controlled)
    assert (found.file, found.line) == ("data/arbeid.csv", 5)
    assert "hoy er 37" in found.problem


def test_a_contradiction_that_the_corrections_explain_is_said_to_be(controlled, declare):
    (controlled / "data/feil.csv").write_text(CORRECTIONS, encoding="utf-8")
    declare(controlled, avvik="feil.csv")
    (remark,) = [line for line in said(controlled) if line.startswith("merk: hoy")]
    assert remark.endswith("– forklart i avvik nr. 4, Servering")
    assert unexplained(controlled) == []


@pytest.mark.parametrize(("remark", "explains"), [("NAV har 36 prosent.", True), ("NAV har 35 prosent.", False)])
def test_the_remark_of_the_row_explains_a_contradiction_when_it_has_the_other_value(controlled, remark, explains):
    file = controlled / "data/arbeid.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("37,prosent,1,,,ssb,\n", f"37,prosent,1,,,ssb,{remark}\n"), encoding="utf-8")
    assert (unexplained(controlled) == []) is explains


def test_data_that_another_source_contradicts_are_not_accepted(controlled, monkeypatch):
    notebooks = controlled / "tests/notebooks"
    notebooks.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(), notebooks / "tom.ipynb")
    before = (controlled / "data/kontroll.sha256").read_bytes()
    result = CliRunner().invoke(cli, ["accept", "--ja"])
    assert isinstance(result.exception, NotatError)
    assert result.exception.code == "N1058"
    assert "Ingenting er godtatt" in result.output
    assert (controlled / "data/kontroll.sha256").read_bytes() == before


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("lav", "innsnevret av Ledige (NAV): 9,2\u00a0%"),
        ("hoy", "motsagt av Ledige (NAV): 36\u00a0% – ikke forklart i avvikene"),
        ("endring", "lagret: ingen annen kilde er sammenlignet"),
        ("alle", "ikke sammenlignbart hos Ledige (NAV): 240\u00a0000 (annet år)"),
    ],
)
@pytest.mark.usefixtures("controlled")
def test_trace_tells_it_of_one_number(id_, words):
    printed = CliRunner().invoke(cli, ["trace", id_]).output
    assert "Belegg" in printed
    assert words in printed


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("lva,9,prosent,1,nav,,", "Notatet har ikke tallet «lva». Mente du lav?"),
        ("endring,5,prosent,1,nav,,", "Kontrollverdien for endring er i prosent, men tallet er i personer."),
    ],
)
def test_a_control_that_fits_no_number_is_a_finding(controlled, row, words):
    (controlled / "data/kontroll.csv").write_text(f"{HEAD}{row}\n", encoding="utf-8")
    (finding,) = [one for one in check(Project(controlled), False).findings if one.code == "N1015"]
    assert words in f"{finding.problem} {finding.remedy}"
    assert (finding.file, finding.line) == ("data/kontroll.csv", 2)


def test_a_control_of_a_number_that_only_another_edition_has_is_none(controlled):
    with (controlled / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("notat: {data-til: 2022-06-01}\n")
    (controlled / "data/kontroll.csv").write_text(f"{HEAD}endring,5566,personer,1,nav,,\n", encoding="utf-8")
    found = check(Project(controlled), False).findings
    assert [one for one in found if one.code == "N1015"] == []
    assert [one.line for one in found if one.code == "N0366" and "«endring» ble publisert tidligst" in one.problem] == [
        7
    ]


def test_a_cited_work_is_of_the_year_that_its_key_names(note):
    (note / "references.bib").write_text("@misc{ssb2022, title={A}, year={2023}}\n@misc{b2020, year={2021}}\n")
    (note / "data/kilder.csv").write_text(
        (note / "data/kilder.csv").read_text(encoding="utf-8").replace(",ssb,\n", ",ssb2022,\n"), encoding="utf-8"
    )
    chapter = note / "chapters/arbeid.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("[@ssb]", "[@ssb2022]"), encoding="utf-8")
    (finding,) = [one for one in check(Project(note), False).findings if one.code == "N1017"]
    assert finding.problem == "Verket ssb2022 er fra 2023, men nøkkelen nevner 2022."


def test_numbers_without_a_second_formula_are_counted(note):
    (note / "tests/notebooks").mkdir(parents=True)
    text = "–  ny  5  5  uprøvd\\n1  alle  1  1  likt\\n"
    book = (
        '{"cells": [{"cell_type": "code", "source": "", "metadata": {}, "execution_count": 1, "id": "a", "outputs": '
        f'[{{"output_type": "stream", "name": "stdout", "text": "{text}"}}]}}], '
        '"metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    )
    (note / "tests/notebooks/a.ipynb").write_text(book, encoding="utf-8")
    assert "Uten en annen formel i kontrollnotatbøkene: ny (1)" in said(note)
