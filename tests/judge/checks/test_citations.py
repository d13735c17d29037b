"""The work cited beside a number is one that it was read from."""

from __future__ import annotations

import pytest

from notat.judge.checks.citations import citations
from notat.judge.checks.passages import passages
from notat.numbers.indicators import Numbers
from notat.project.project import Project

ROWS = """\
a,Ledige,,Norge,2020,andel,2.5,prosent,0.1,,,ssb,
b,Ledige,,Norge,2021,andel,1.9,prosent,0.1,,,nav,
c,Ledige,,Norge,2022,andel,1.8,prosent,0.1,,,avisa,
"""
SOURCES = "nav,Ledige,NAV,,,nav2021,\navisa,Ledige,Avisa,,,,\n"
KNOWN = frozenset({"ssb", "nav2021", "annet"})


@pytest.fixture
def found(note):
    """The lines of what is found in a paragraph, in which `{a}` prints a number."""
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)
    with (note / "data/kilder.csv").open("a", encoding="utf-8") as stream:
        stream.write(SOURCES)

    def check(text):
        for id_ in "abc":
            text = text.replace(f"{{{id_}}}", f'`{{python}} tall("{id_}")`')
        (note / "chapters/arbeid.qmd").write_text(
            f"# Arbeid {{#sec-arbeid}}\n\n```{{python}}\nfrom notat import tall\n```\n\n{text}\n", encoding="utf-8"
        )
        project = Project(note)
        numbers = Numbers(project.data)
        read = list(passages(project.chapters[1], numbers))
        return [(one.code, one.line - 6, one.problem) for one in citations(read, numbers, KNOWN)]

    return check


@pytest.mark.parametrize(
    "text",
    [
        "Ledigheten var {a} [@ssb].",
        "Ledigheten var {a}. [@ssb] Så kom en setning til.",
        "Ledigheten var {a} [@annet; @ssb].",
        "Ledigheten var {a} [@ssb] og {b} [@nav2021].",
        "Ledigheten var {a} og {b} [@nav2021].",
        "@ssb oppgir {a}.",
        "Ledigheten var {a}, se @sec-arbeid og @fig-a.",
        "Ledigheten var {c} [@annet].",
        "Ledigheten var {a}. Noe annet står i en rapport [@annet].",
    ],
)
def test_a_work_that_a_number_was_read_from_may_be_cited(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ledigheten var {a} [@annet].",
        "Ledigheten var {a}. [@annet] Så kom en setning til.",
        "Ledigheten var {a} [@nav2021] og {b} [@nav2021].",
        "Ledigheten var {a} [@ssb] og {b} [@ssb].",
        "@annet oppgir {a}.",
    ],
)
def test_another_work_is_found(found, text):
    assert [(code, line) for code, line, _ in found(text)] == [("N1065", 1)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('Det [økte]{.paastand kilde="annet" #p-x}, ifølge forskerne [@annet].', 0),
        ('Det [økte]{.paastand kilde="annet" #p-x}, ifølge forskerne [@nav2021].', 1),
        ('Det [økte]{.paastand kilde="annet" #p-x} [@nav2021; @annet].', 0),
        ('Det [økte]{.paastand kilde="annet" #p-x}. Noe annet sto i avisa [@nav2021].', 0),
        ('Det [økte]{.paastand kilde="annet" #p-x}, se @sec-arbeid.', 0),
    ],
)
def test_the_work_that_a_claim_names_must_be_among_those_that_its_sentence_cites(found, text, count):
    assert [code for code, *_ in found(text)] == ["N1065"] * count


def test_the_message_names_the_number_its_work_and_the_cited_one(found):
    ((_, line, problem),) = found("Her er ingen tall.\nLedigheten var\n{a} [@annet].")
    assert line == 2
    assert "@annet" in problem
    assert "a (ssb)" in problem
