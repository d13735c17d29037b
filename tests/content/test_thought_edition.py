"""A next edition in which much has turned: all that became false is named, and correcting the words is enough.

The numbers are invented and used only here. Where a message lists words that would be true, the first is taken as it
stands; the rest are corrected by hand. No Python is touched.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from notat.data.dataset import Data
from notat.data.quantity import Quantity
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import claims
from notat.text import profiles

PROJECT = Path(__file__).parents[2]
_INPUTS = ("_brand.yml", "_extensions", "chapters", "data", "index.qmd", "references.bib")

EDITION = {
    "employment falls": {
        "sysselsatte_endring_2015_2022": "-4100",
        "sysselsatte_endring_2021_2022": "-1200",
        "sysselsatte_endring_2021_2022_portal": "-1200",
        "sysselsatte_endring_pst_2015_2022_trondelag": "-1.8",
        "privat_endring_2021_2022": "-900",
        "privat_endring_pst_2021_2022": "-0.6",
    },
    "unemployment doubles": {
        "helt_ledige_pst_2022_10": "2.3",
        "helt_ledige_pst_2022_12": "2.5",
        "helt_ledige_pst_2023_01": "3.0",
    },
    "another industry leads": {"ikt_endring_2015_2022": "6400", "ikt_endring_pst_2015_2022": "9.9"},
    "exports fall": {
        "vareeksport_endring_2021_2022": "-10.1",
        "vareeksport_endring_pst_2021_2022": "-19.1",
        "fiskeeksport_endring_2021_2022": "-5.0",
        "fiskeeksport_endring_pst_2021_2022": "-16.2",
        "fisk_andel_vareeksport_2022": "40.2",
    },
    "enterprises fall": {
        "virksomheter_uten_ansatte_2023": "31131",
        "virksomheter_med_ansatte_2023": "16442",
        "virksomheter_endring_2022": "-1600",
    },
    "completion passes the nation": {"vgo_fullfort_trondelag_2015kull": "82.9"},
    "emissions fall": {
        "utslipp_endring_2009_2021": "-269500",
        "utslipp_endring_pst_2009_2021": "-9.8",
        "utslipp_endring_2020_2021": "-108400",
    },
}
# What a reader of the changed numbers would find false in the text as it is: one fragment of each sentence.
FALSE = {
    "employment falls": ("flere enn året før", "har tallet steget", "mer enn i landet samlet", "Privat sektor vokste"),
    "unemployment doubles": ("den laveste målingen i notatet", "lavere enn i januar 2018"),
    "another industry leads": (
        "Helse vokser mest, IKT raskest",
        "fikk flest nye",
        "vokste raskest",
        "har helse vokst mest",
    ),
    "exports fall": ("vokser raskt", "mer enn halvparten", "mer enn i 2021"),
    "enterprises fall": ("Det blir flere virksomheter", "en vekst på"),
    "completion passes the nation": ("under landet",),
    "emissions fall": ("De økte med", "steg utslippene"),
}
# Where no word is offered: what an adviser writes instead of the mark, with other numbers or as a plain statement.
BY_HAND = {
    "den laveste": '[høyere enn i april 2022]{.paastand av="helt_ledige_pst_2022_10" enn="helt_ledige_pst_2022_04"}',
    "det aller meste": "en del",
    "vokste bare": '[gikk ned]{.paastand av="virksomheter_med_ansatte_endring_pst_2022"}',
    "har skutt fart etter 2020": '[falt]{.paastand av="vareeksport_endring_pst_2021_2022"}',
    "nesten hele veksten": "hver sin del av endringen",
    "det laveste tallet": "ett av dem",
}


def changed(project: Project) -> Numbers:
    values = {id_: Fraction(value) for part in EDITION.values() for id_, value in part.items()}
    rows = []
    for row in project.data.rows:
        if row["id"] in values:
            value = values.pop(row["id"])
            quantity = Quantity(value, row.quantity.unit, replace(row.quantity.cell, value=value))
            row = replace(row, quantity=quantity)  # noqa: PLW2901  # the row as this edition has it
        rows.append(row)
    assert not values, "numbers that the note no longer has"
    return Numbers(Data(rows, project.data.sources.values(), **project.data.like()))


def found(root: Path):
    project = Project(root)
    return list(claims.problems(project, changed(project)))


@pytest.fixture
def root(tmp_path):
    for name in (*profiles.files(PROJECT), *_INPUTS):
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copyfile
        copy(PROJECT / name, tmp_path / name)
    return tmp_path


def test_every_sentence_that_became_false_is_named(root):
    said = "\n".join(problem.problem for problem in found(root)).replace("\u00a0", " ")
    missing = [words for part in FALSE.values() for words in part if words not in said]
    assert not missing, f"not named: {missing}"


def test_with_the_words_corrected_the_text_is_accepted(root):
    for _ in range(4):  # a corrected word may bring out another one
        problems = found(root)
        for problem in problems:
            correct(root, problem)
    assert [str(problem) for problem in found(root)] == []


def correct(root: Path, problem) -> None:
    file = root / problem.file
    lines = file.read_text(encoding="utf-8").split("\n")
    marked = re.search(r"(?:Påstanden|om) «(.+?)» ", problem.problem)[1]
    offered = (
        re.search(r"«(.+?)»", problem.remedy) if problem.remedy.startswith(("Ord som stemmer", "Skriv «")) else None
    )
    mark = re.compile(rf"\[{re.escape(marked)}\](?=\{{)")
    line = lines[problem.line - 1]
    if offered:
        lines[problem.line - 1] = mark.sub(f"[{offered[1]}]", line, count=1)
    else:
        lines[problem.line - 1] = re.sub(mark.pattern + r"\{[^}]*\}", BY_HAND[marked], line, count=1)
    file.write_text("\n".join(lines), encoding="utf-8")
