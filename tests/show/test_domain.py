"""What a use depends on: a changed row of a series is met by what used it, and by nothing else."""

from __future__ import annotations

import pytest

from notat.data import used
from notat.data.rules import Term
from notat.project.project import Project
from notat.show.domain import NOTE

FILE = "data/serier/ledige.csv"


def digests(root):
    """The digest of each use, as a new build computes it."""
    data = Project(root).data
    with used.record() as uses:
        data["ledige"]
        data["ledige_for"]
        data["alle"]
        data.at("ledige", Term("første"))
        data.select("serier/ledige", gruppe="Kvinner")
        data.select("serier/ledige", sted="0")
    found = NOTE.uses(Project(root))
    return {use: found[use[0]](*use[1:]) for use in uses}


WOMEN = ("rows", "serier/ledige", "gruppe=Kvinner")
COUNTRY = ("rows", "serier/ledige", "sted=0")
CHANGES = {
    "the newest": (FILE, "50,2023-01,3873,foreløpig", "50,2023-01,3874,foreløpig", {("row", "ledige")}),
    "its status": (FILE, "3873,foreløpig", "3873,", {("row", "ledige")}),
    "a year before": (FILE, "50,2022-01,4300", "50,2022-01,4301", {("row", "ledige_for")}),
    "the first": (FILE, "50,2021-01,3900", "50,2021-01,3901", {("row", "ledige", "første")}),
    "what nothing used": (FILE, "50,2022-12,,:", "50,2022-12,,*", set()),
    "a group": (FILE, "Kvinner,0,2023-01,24000", "Kvinner,0,2023-01,24001", {WOMEN, COUNTRY}),
    "another group": (FILE, ",0,2022-01,73000", ",0,2022-01,73001", {COUNTRY}),
    "a new month": (
        FILE,
        "50,2023-01,3873,foreløpig\n",
        "50,2023-01,3873,foreløpig\n,50,2024-01,4000,\n",
        {("row", "ledige"), ("row", "ledige_for")},
    ),
    "what all share": (
        "data/datapackage.json",
        '"maal": "Helt ledige"',
        '"maal": "Registrert ledige"',
        {("row", "ledige"), ("row", "ledige_for"), ("row", "ledige", "første"), WOMEN, COUNTRY},
    ),
    "the name of a place": (
        "data/steder.csv",
        "0,Norge",
        "0,Landet",
        {WOMEN, COUNTRY},
    ),
    "a row elsewhere": ("data/arbeid.csv", "246556", "246557", {("row", "alle")}),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_is_met_by_what_used_it_alone(ruled, case):
    file, old, new, touched = CHANGES[case]
    before = digests(ruled)
    text = (ruled / file).read_text(encoding="utf-8")
    assert old in text
    (ruled / file).write_text(text.replace(old, new), encoding="utf-8")
    after = digests(ruled)
    assert {use for use in before if before[use] != after[use]} == touched


def test_a_control_of_a_number_does_not_stand_for_its_row(ruled):
    """The table of controls has the same ids as the tables of values."""
    head = "id,verdi,enhet,avrundet_til,kilde,forskjell,merknad\n"
    (ruled / "data/kontroll.csv").write_text(f"{head}alle,246556,personer,1,ssb,,\n", encoding="utf-8")
    before = digests(ruled)
    table = ruled / "data/arbeid.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("246556", "246557"), encoding="utf-8")
    assert digests(ruled)["row", "alle"] != before["row", "alle"]


def test_broken_data_are_another_result_until_they_are_mended(ruled):
    before = digests(ruled)
    found = NOTE.uses(Project(ruled))["row"]
    whole = found("ledige")
    file = ruled / FILE
    file.write_text(file.read_text(encoding="utf-8").replace("3873", "x"), encoding="utf-8")
    assert NOTE.uses(Project(ruled))["row"]("ledige") != whole == before["row", "ledige"]


def test_what_the_overview_reads_of_the_text_is_its_numbers_and_its_figures(ruled):
    chapter = ruled / "chapters/arbeid.qmd"
    found = [NOTE.uses(Project(ruled))["numbers in text"]()]
    for added in ("\nOrd alene.\n", '\nVi er `{python} tall("alle")`.\n', '\n```{python}\nfigur("ny")\n```\n'):
        with chapter.open("a", encoding="utf-8") as file:
            file.write(added)
        found.append(NOTE.uses(Project(ruled))["numbers in text"]())
    assert found[0] == found[1]
    assert len(set(found)) == 3
