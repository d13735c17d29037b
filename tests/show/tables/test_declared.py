"""Tables that a chapter declares: rows by id and by rule, and what is refused with its line."""

from __future__ import annotations

import pytest

from notat.data import series
from notat.data.series import Observation, Shared
from notat.judge.checks import checksums
from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import authoring, tables
from notat.show.tables import Strong
from notat.text.errors import NotatError

ROWS = """\
nord_2015,Elever,Menn,Nord,2015,nivå,1000,personer,1,,,ssb,
nord_2022,Elever,Menn,Nord,2022,nivå,1200,personer,1,,,ssb,
,Elever,Menn,Sør,2015,nivå,900,personer,1,,,ssb,
,Elever,Menn,Sør,2022,nivå,800,personer,1,,,ssb,
,Elever,Menn,Vest,2022,nivå,60,personer,1,,,ssb,
vekst_nord,Vekst,,Nord,2015–2022,endring,20,prosent,1,,,ssb,
halve,Halve,,Nord,2022,andel,0.50,andel,0.01,,,ssb,
sju,Sju,,Nord,2022,nivå,7,antall,1,,,ssb,
"""
HERE = "chapters/arbeid.qmd"
HARD = "\u00a0"
RULE = {"tabell": "arbeid", "maal": "Elever", "gruppe": "Menn"}


@pytest.fixture
def built(note, monkeypatch):
    """`built(rader=…)`: the table that the chapter declares with these parameters, each on a line, from line 20 on."""
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)
    monkeypatch.setattr(tables, "_tables", {})
    monkeypatch.setattr(content, "load", lambda package: None)
    text = (note / HERE).read_text(encoding="utf-8")

    def build(**given):
        given.setdefault("tittel", "Funn.")
        lines = "".join(f"    {key}={value!r},\n" for key, value in given.items())
        (note / HERE).write_text(f'{text}\n```{{python}}\ntabell(\n    "elever",\n{lines})\n```\n', encoding="utf-8")
        return tables.build("elever", Numbers(Project(note).data))

    return build


def test_rows_by_id_have_numbers_and_texts(built):
    made = built(
        rader={"Nord": ["nord_2015", "nord_2022", "vekst_nord", "Med i prosjektet"]},
        kolonner=["Fylke", "2015", "2022", "Vekst", "Prosjekt"],
        fortegn=["Vekst"],
        fet=["Nord"],
    )
    assert made.rows == (("Nord", f"1{HARD}000", f"1{HARD}200", f"+20{HARD}%", "Med i prosjektet"),)
    assert all(isinstance(cell, Strong) for cell in made.rows[0])
    assert (made.head, made.align) == (("Fylke", "2015", "2022", "Vekst", "Prosjekt"), "lrrrl")
    assert [float(quantity.value) for quantity in made.quantities] == [1000, 1200, 20]


def test_a_text_says_how_its_numbers_are_written(built):
    made = built(
        rader={
            "{nord_2022: sted}": [
                "{nord_2022: om lag, hele tusen}",
                "{vekst_nord} ({nord_2022})",
                "{vekst_nord: med fortegn}",
            ],
            "{halve: med ord, stor} av to": ["{sju: med ord, stor}", "{sju: med ord}", "{nord_2022: antall}"],
        },
        kolonner=["Fylke", "Om lag", "Vekst", "Mer"],
        tittel='Menn var [flest]{av="nord_2022" blant="geografi"} i {nord_2022: sted, stor}, med {halve} av dem.',
    )
    assert made.rows == (
        ("Nord", f"om lag{HARD}1{HARD}000", f"20{HARD}% (1{HARD}200)", f"+20{HARD}%"),
        ("Halvparten av to", "Sju", "sju", "én"),
    )
    assert made.align == "llll"
    assert made.caption == "Menn var flest i Nord, med halvparten av dem."


def test_rows_by_rule_are_what_the_data_have(built):
    made = built(**RULE, rader="geografi", kolonner="periode")
    assert made.head == ("Sted", "2015", "2022")
    assert made.rows == (("Nord", f"1{HARD}000", f"1{HARD}200"), ("Sør", "900", "800"), ("Vest", "–", "60"))


def test_rows_may_be_sorted_by_a_column_and_renamed(built):
    made = built(**RULE, rader="geografi", kolonner="periode", sorter="2015", navn={"Nord": "I nord"}, hode="Hvor")
    assert [row[0] for row in made.rows] == ["I nord", "Sør", "Vest"]
    assert made.head[0] == "Hvor"


def test_one_value_for_each_row_needs_no_columns(built):
    made = built(**RULE, periode="2022")
    assert made.head == ("Sted", "Personer")
    assert made.rows[-1] == ("Vest", "60")


def test_the_caption_is_tested_and_has_its_numbers(built, refused):
    by_rule = {**RULE, "periode": "2022"}
    made = built(**by_rule, tittel='[Flest]{av="Nord"} er i Nord: {Nord}.', merknad="Se også {vekst_nord}.")
    assert (made.caption, made.note) == (f"Flest er i Nord: 1{HARD}200.", f"Se også 20{HARD}%.")
    with refused(HERE, 18, "Tabellen «elever»: «flest» stemmer ikke"):
        built(**by_rule, tittel='I Sør er det [flest]{av="Sør"}.')


def test_what_is_withheld_everywhere_keeps_its_row_and_its_column(built, series_note):
    shared = Shared("ledige", "Helt ledige", "Helt ledige", "nivå", "personer", "1", "ssb")
    rows = [
        Observation("", place, when, *value)
        for place, when, value in (
            ("50", "2021", ("", ":")),
            ("50", "2022", ("", ":")),
            ("0", "2021", ("", ":")),
            ("0", "2022", ("30",)),
        )
    ]
    series.write(series_note, shared, rows)
    checksums.write(series_note)
    made = built(tabell="serier/ledige", rader="geografi", kolonner="periode")
    assert made.head == ("Sted", "2021", "2022")
    assert sorted(made.rows) == [("Fylket", "–", "–"), ("Norge", "–", "30")]


@pytest.mark.parametrize(
    ("given", "line", "words"),
    [
        ({**RULE, "periode": "2022", "hode": ["Sted", "Tall", "Mer"]}, 5, "hode= har 3 navn"),
        ({**RULE, "kolonner": "periode", "hode": ["Sted", "2015"]}, 5, "hode= har 2 navn"),
        ({**RULE, "periode": "2022", "hode": []}, 5, "hode= har 0 navn"),
        ({**RULE, "periode": "2022", "hode": 3}, 5, "hode= er 3"),
        ({**RULE, "periode": "2022", "bredder": 3}, 5, "bredder= er 3. Skriv et helt tall over null for hver av de 2"),
        ({**RULE, "periode": "2022", "bredder": [3]}, 5, "bredder= er [3]"),
        ({**RULE, "periode": "2022", "bredder": [True, 2]}, 5, "bredder= er [True, 2]"),
        ({**RULE, "periode": "2022", "bredder": "34"}, 5, "bredder= er '34'"),
        ({**RULE, "periode": "2022", "fortegn": "Endring"}, 5, "fortegn= nevner «Endring», som ingen kolonne heter"),
        ({**RULE, "periode": "2022", "sorter": ["siste", "Sted"]}, 5, "Skriv én tekst: sorter="),
        (
            {"rader": {"A": "nord_2015"}, "kolonner": ["a", "b"], "sorter": "b"},
            3,
            "sorter= betyr ingenting for en tabell",
        ),
        ({"rader": {"A": ["nord_2015", "nord_2022"]}, "kolonner": ["a", "b", "b"]}, 2, "har «b» to ganger"),
        ({"av": ["nord_2015", "nord_2022"], "kolonner": ["a", "b"]}, 2, "kolonner= gir navn til flere tall i hver rad"),
        ({"av": {"A": "nord_2015"}, "periode": "2022"}, 2, "periode= velger rader i en tabell"),
    ],
)
def test_what_means_nothing_or_is_of_the_wrong_type_is_refused(built, refused, given, line, words):
    with refused(HERE, 19 + line, words):
        built(**given)


@pytest.mark.parametrize(
    ("given", "line", "words", "code"),
    [
        ({"rader": {"A": ["nord_2015"]}, "kolonner": ["Fylke"]}, 1, "1 celler ved siden av navnet", "N0821"),
        ({"rader": {"A": ["nord_2051"]}, "kolonner": ["Fylke", "Tall"]}, 1, "Ukjent tall «nord_2051»", "N0315"),
        ({"rader": {"A": 3}, "kolonner": ["Fylke", "Tall"]}, 1, "Raden «A» er 3", "N0870"),
        (
            {"rader": {"A": ["nord_2015"]}, "kolonner": ["a", "b"], "tabell": "arbeid"},
            3,
            "tabell= betyr ingenting for en tabell der radene er skrevet ut",
            "N0870",
        ),
        ({"rader": "sted", **RULE}, 1, "rader= er «sted»", "N0870"),
        ({**RULE, "rader": "geografi"}, 1, "Radene skiller seg i geografi og periode", "N0871"),
        ({**RULE, "periode": "2022", "fet": "Norr"}, 5, "«Norr», som ingen rad heter. Mente du Nord?", "N0870"),
        ({**RULE, "periode": "2022", "som": "søyler"}, 5, "Ukjent valg «som»", "N0870"),
        ({**RULE, "periode": "2022", "tittel": " "}, 5, "ingen tittel", "N0872"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_remedy(built, refused, given, line, words, code):
    with refused(HERE, 19 + line, words):
        built(**given)
    with pytest.raises(NotatError) as caught:
        built(**given)
    assert caught.value.code == code


def test_the_chapter_shows_it_with_caption_and_source(built):
    given = {**RULE, "periode": "2022", "tittel": "Funnet er {Vest}."}
    built(**given)
    shown = authoring.tabell("elever", **given).markdown
    assert "::: {#tbl-elever}" in shown
    assert "**Funnet er 60.** Kilde: @ssb." in shown
    assert tables.names() == ["elever"]
    assert tables.place("elever") == (HERE, 18)
