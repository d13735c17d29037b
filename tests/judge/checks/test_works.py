"""A source and the work that it cites say some things twice; where one of them was changed alone, it is found."""

from __future__ import annotations

import pytest

from notat.judge.checks.works import works_and_sources
from notat.project.project import Project

WORKS = """\
@misc{ssb, author={{Statistisk sentralbyrå}}, title={Sysselsetting}, year={2023}, langid={norsk}}
@misc{tall2021, author={{NAV}}, title={Ledige}, year={2021}, url={https://www.nav.no/tall}}
@misc{avis, author={{Bladet}}, title={Ledige}, year={2020}, note={Trykt i juni 2020}}
"""
SOURCES = """\
kilde,tittel,utgiver,url,lisens,referanse,definisjon
ssb,Sysselsetting,Statistisk sentralbyrå,,,ssb,
nav_2021,Ledige,Arbeidsetaten,https://nav.no/annet,,tall2021,
bladet_2020,Ledige,Avisa,https://avisa.no/,,avis,Tall fra Bladets egen telling.
"""
ROWS = """\
a,Ledige,,Norge,2021,andel,2.5,prosent,0.1,,,nav_2021,
b,Ledige,,Norge,2030,andel,2.5,prosent,0.1,,framskriving,nav_2021,
c,Neste utgave,,Norge,2025,nivå,2025,årstall,1,,,nav_2021,
d,Ledige i byen,,Norge,2020,andel,2.5,prosent,0.1,,,bladet_2020,
"""


@pytest.fixture
def found(note):
    """What is found when a text of the bibliography, the sources or the rows is replaced by another."""

    def check(old="", new=""):
        works, sources, rows = (text.replace(old, new) if old else text for text in (WORKS, SOURCES, ROWS))
        assert not old or (WORKS + SOURCES + ROWS).count(old) == 1
        (note / "references.bib").write_text(works, encoding="utf-8")
        (note / "data/kilder.csv").write_text(sources, encoding="utf-8")
        with (note / "data/arbeid.csv").open("a", encoding="utf-8") as table:
            table.write(rows)
        return [(one.code, one.file, one.line) for one in works_and_sources(Project(note))]

    return check


def test_works_and_sources_that_agree_are_not_found(found):
    assert found() == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("title={Ledige}, year={2021}", "title={Ledige}, year={2022}", ("N1017", "references.bib", 2)),
        ("title={Ledige}, year={2020}", "title={Ledige}, year={2021}", ("N1054", "references.bib", 3)),
        (",,avis,Tall fra Bladets egen telling", ",,avis,Tall", ("N1055", "data/kilder.csv", 4)),
        (",,avis,Tall", ",,tall2021,Tall", ("N1055", "data/kilder.csv", 4)),
        ("a,Ledige,,Norge,2021,", "a,Ledige,,Norge,2022,", ("N1056", "data/arbeid.csv", 6)),
        (",framskriving,", ",,", ("N1056", "data/arbeid.csv", 7)),
        ("d,Ledige i byen,,Norge,2020,", "d,Ledige i byen,,Norge,2020–2021,", None),
    ],
)
def test_what_was_changed_alone_is_found(found, old, new, where):
    assert found(old, new) == ([where] if where else [])
