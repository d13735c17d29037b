"""The texts of figures and tables that chapters declare, and of tables in text, must be of the numbers in them."""

from __future__ import annotations

import pytest

from notat.judge.checks.heads import float_texts
from notat.judge.checks.subjects import Subjects
from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show.charts import declared

ROWS = """\
ledig20,Ledige,,Nordland,2020,andel,2.5,prosent,0.1,,,ssb,
ledig21,Ledige,,Nordland,2021,andel,1.9,prosent,0.1,,,ssb,
ledig_landet,Ledige,,Norge,2021,andel,2.2,prosent,0.1,,,ssb,
viken,Folketall,,Viken,2021,nivå,1250000,personer,1,,,ssb,
kvinner,Andel sysselsatte,Kvinner,Nordland,2021,andel,61,prosent,1,,,ssb,
unge,Utenfor arbeid og utdanning,15–29 år,Nordland,2021,andel,9,prosent,1,,,ssb,
barn,Folketall,Under 20 år,Nordland,2021,nivå,52000,personer,1,,,ssb,
eksport,Vareeksport,,Nordland,2021,nivå,3.1,mrd. kr,0.1,,,ssb,
"""
TABLE = 'tabell("prove", kolonner={}, rader={{{}}}, tittel="{}")'


@pytest.fixture
def found(note, monkeypatch):
    """The codes of what is found in the texts of a declaration, or of a table in the text."""
    content.load("indicators")
    monkeypatch.setattr(content, "home", lambda: "Nordland")
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)

    def check(code="", text=""):
        cell = f"```{{python}}\n{code}\n```\n" if code else ""
        setup = "# Arbeid {#sec-arbeid}\n\n```{python}\nfrom notat import figur, periode, tabell, tall\n```\n\n"
        (note / "chapters/arbeid.qmd").write_text(f"{setup}{cell}{text}\n", encoding="utf-8")
        project = Project(note)
        declared.know(project)
        numbers = Numbers(project.data)
        return [one.code for one in float_texts(project, numbers, Subjects(numbers))]

    return check


TITLES = [
    # the ids that a figure shows, a text of it, and what is found
    ("ledig20 ledig21", 'tittel="Ledigheten var {ledig21} i 2021."', []),
    ("ledig20 ledig21", 'tittel="Ledigheten i 2019 og 2021."', ["N1066"]),
    ("ledig20 ledig21", 'tittel="Ledigheten i Nordland."', []),
    ("ledig20 ledig21", 'tittel="Ledigheten i Viken."', ["N1066"]),
    ("ledig20 ledig21", 'tittel="Ledigheten var {ledig20} i 2021."', ["N1060"]),
    ("kvinner", 'tittel="Så mange kvinner var i arbeid."', []),
    ("kvinner", 'tittel="Så mange menn var i arbeid."', ["N1066"]),
    ("unge", 'tittel="Unge på 15–29 år utenfor."', []),
    ("unge", 'tittel="Unge på 15–24 år utenfor."', ["N1066"]),
    ("unge", 'tittel="{unge} på 15–24 år sto utenfor."', ["N1066", "N1066"]),
    ("barn", 'tittel="Innbyggere under 20 år."', []),
    ("barn", 'tittel="Innbyggere under 18 år."', ["N1066"]),
    ("eksport", 'enhet="Milliarder kroner"', []),
    ("eksport", 'enhet="Millioner kroner"', ["N1066"]),
    ("ledig20 ledig21", 'enhet="Ledige i prosent"', []),
    ("viken", 'enhet="Folketall i prosent"', ["N1066"]),
    # A note may tell of other places, and of years between those that are shown, but not of years after them.
    ("ledig20 ledig21", 'merknad="Viken er ikke med."', []),
    ("ledig20 ledig21", 'merknad="Ny telling fra 2020."', []),
    ("ledig20 ledig21", 'merknad="Ny telling fra 2024."', ["N1066"]),
]


@pytest.mark.parametrize(("ids", "text", "codes"), TITLES)
def test_the_texts_of_a_figure_are_of_what_it_shows(found, ids, text, codes):
    assert found(f'figur("prove", som="stående", av={ids.split()!r}, {text})') == codes


CELLS = [
    # columns, rows, and what is found
    (["Mål", "2020", "2021"], '"Ledige": ["ledig20", "ledig21"]', []),
    (["Mål", "2020", "2022"], '"Ledige": ["ledig20", "ledig21"]', ["N1066"]),
    (["Mål", "Nordland", "Landet"], '"Ledige": ["ledig21", "ledig_landet"]', []),
    (["Mål", "Nordland", "Viken"], '"Ledige": ["ledig21", "ledig_landet"]', ["N1066"]),
    (["Hvem", "Andel"], '"Nordland, 15–29 år": ["unge"]', []),
    (["Hvem", "Andel"], '"Nordland, 16–29 år": ["unge"]', ["N1066"]),
    (["Hvem", "Når", "Andel"], '"Ledige": ["2021", "ledig21"]', []),
    (["Hvem", "Når", "Andel"], '"Ledige": ["desember 2020", "ledig21"]', ["N1066"]),
]


@pytest.mark.parametrize(("columns", "rows", "codes"), CELLS)
def test_the_names_of_rows_and_columns_are_of_the_numbers_in_them(found, columns, rows, codes):
    assert found(TABLE.format(columns, rows, "Tabellen viser andeler.")) == codes


@pytest.mark.parametrize(
    ("head", "name", "codes"),
    [
        ("2021", "Ledige", []),
        ("2020", "Ledige", ["N1066"]),
        ("Nordland", "Ledige i 2021", []),
        ("Viken", "Ledige i 2021", ["N1066"]),
        ("Nordland", "Ledige i 2020", ["N1066"]),
    ],
)
def test_a_table_in_the_text_is_read_as_one_that_is_declared(found, head, name, codes):
    table = f'| Mål | {head} |\n|:----|----:|\n| {name} | `{{python}} tall("ledig21")` |\n'
    assert found(text=table) == codes
