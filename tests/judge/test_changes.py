"""Every change of the data is shown: column, row, before and after; and no change is passed over."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.data.accepted import State
from notat.judge.changes import differences

HEAD = "id,maal,gruppe,geografi,periode,verdi,kilde\n"
ROWS = "alle,Sysselsatte,,Norge,2022,5,ssb\n,Ledige,Menn,Norge,2021,7,nav\n,Ledige,Kvinner,Norge,2021,8,nav\n"


def state(works=None, **files):
    texts = {name.replace("_", "."): text for name, text in files.items()}
    return State({name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}, texts, works or {})


def told(old, new, name="a_csv"):
    return [str(one) for one in differences(state(**{name: old}), state(**{name: new}))]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (",5,ssb", ",6,nav", ["data/a.csv: alle: verdi 5 → 6", "data/a.csv: alle: kilde «ssb» → «nav»"]),
        ("Sysselsatte,,", "Sysselsatte,I alt,", ["data/a.csv: alle: gruppe (tom) → «I alt»"]),
        # A key that changes is a change of the row, not a row less and a row more.
        ("Menn,Norge,2021", "Menn,Norge,2020", ["data/a.csv: Ledige · Menn · Norge · 2021 · nav: periode 2021 → 2020"]),
        (
            ",Ledige,Menn,Norge,2021,7,nav\n",
            "",
            [
                "data/a.csv: raden Ledige · Menn · Norge · 2021 · nav er borte: maal «Ledige», gruppe «Menn», "
                "geografi «Norge», periode 2021, verdi 7, kilde «nav»"
            ],
        ),
        (
            "alle,Sys",
            "ny,Annet,,Fosen,1999,1,x\nalle,Sys",
            ["data/a.csv: raden ny er ny: id «ny», maal «Annet», geografi «Fosen», periode 1999, verdi 1, kilde «x»"],
        ),
        (
            "alle,Sysselsatte",
            'alle,"Sysselsatte"',
            ["data/a.csv: bare rekkefølge, anførselstegn eller linjeskift er endret"],
        ),
    ],
)
def test_a_changed_table_is_told_column_by_column(old, new, lines):
    before = HEAD + ROWS
    assert told(before, before.replace(old, new)) == lines


def test_a_table_that_is_new_gone_or_without_an_accepted_text_is_told_whole():
    (head, *rows) = differences(State(), state(a_csv=HEAD + ROWS))
    assert str(head) == "data/a.csv: fila er ny"
    assert len(rows) == 3
    assert [str(one) for one in differences(state(a_csv=HEAD), State())] == ["data/a.csv: fila er borte"]
    lost = State(state(a_csv=HEAD).sums)
    (head, *rows) = differences(lost, state(a_csv=HEAD + ROWS))
    assert "den godtatte teksten er ikke lagret" in str(head)
    assert len(rows) == 3


def test_contracts_are_told_by_their_names():
    old = '{"summer": [{"navn": "Landet", "hvor": {"maal": ["a", "b"]}, "rest": ["0", "1"]}]}'
    assert told(old, old.replace('"1"', '"2"').replace('["a", "b"]', '"a"'), "k_json") == [
        "data/k.json: summer: Landet: hvor: maal: «a, b» → «a»",
        "data/k.json: summer: Landet: rest: «0, 1» → «0, 2»",
    ]
    assert told("{", "{}", "k_json") == ["data/k.json: linje 1: «{» → «{}»"]


def test_works_are_told_field_by_field():
    one = {"a": {"year": "2020", "url": "x"}}
    other = {"a": {"year": "2021", "url": "x"}, "b": {"year": "2022"}}
    assert [str(each) for each in differences(state(one), state(other), "verk.bib")] == [
        "verk.bib: a: year 2020 → 2021",
        "verk.bib: b er ny: year 2022",
    ]


_TEXTS = st.text(alphabet='ab,"\n', max_size=40)


@given(_TEXTS, _TEXTS, st.sampled_from(["a_csv", "a_json", "a_txt"]))
def test_no_file_changes_unmentioned(old, new, name):
    assert bool(told(old, new, name)) == (old != new)


SERIES = "gruppe,sted,periode,verdi,status\n"


def series(years, change=lambda row: row):
    rows = [change((group, "50", str(year), str(year * 7), "")) for group in ("", "Menn") for year in years]
    return SERIES + "".join(f"{','.join(row)}\n" for row in rows)


def test_a_changed_value_of_a_series_is_told_by_group_place_and_period():
    old = series(range(2010, 2050))
    assert told(old, old.replace("Menn,50,2012,14084,", "Menn,50,2012,14085,revidert")) == [
        "data/a.csv: Menn · 50 · 2012: verdi 14084 → 14085",
        "data/a.csv: Menn · 50 · 2012: status (tom) → «revidert»",
    ]


def test_many_new_rows_of_a_series_are_told_by_group_and_place_and_few_one_by_one():
    old, new = series(range(2010, 2012)), series(range(2010, 2050))
    assert told(old, new) == [
        "data/a.csv: 38 rader er nye: sted 50, 2012 (14084) til 2049 (14343)",
        "data/a.csv: 38 rader er nye: Menn · sted 50, 2012 (14084) til 2049 (14343)",
    ]
    assert told(new, old)[0] == "data/a.csv: 38 rader er borte: sted 50, 2012 (14084) til 2049 (14343)"
    assert told(series([2010]), series([2010, 2011])) == [
        "data/a.csv: raden 50 · 2011 er ny: sted 50, periode 2011, verdi 14077",
        "data/a.csv: raden Menn · 50 · 2011 er ny: gruppe «Menn», sted 50, periode 2011, verdi 14077",
    ]


def test_a_row_that_a_series_has_twice_is_not_passed_over():
    old = series([2010])
    assert any("14071" in line for line in told(old, f"{old},50,2010,14071,\n"))
