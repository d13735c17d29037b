"""Data frames as tables in Norwegian."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from notat.data.dataset import load
from notat.show.frames import to_markdown

HARD = "\u00a0"


def rows(frame):
    """The texts of the table, and how its columns are aligned."""
    head, rule, *body = to_markdown(frame).split("\n")
    align = "".join("r" if dashes.endswith(":") else "l" for dashes in rule.strip("|").split("|"))
    return align, *([text.strip() for text in line.strip("|").split(" | ")] for line in (head, *body))


def column(*values, name="a"):
    align, _, *body = rows(pd.DataFrame({name: list(values)}))
    return align, *(text for (text,) in body)


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((2021, 2022), ("r", "2021", "2022")),
        ((9999, 10000), ("r", f"9{HARD}999", f"10{HARD}000")),
        ((-1234567,), ("r", f"−1{HARD}234{HARD}567")),
        ((1.0, 2.0), ("r", "1,0", "2,0")),
        ((1.5, 0.125), ("r", "1,500", "0,125")),
        ((1 / 3, 2 / 3), ("r", "0,333333", "0,666667")),
        ((-0.5, math.nan), ("r", "−0,5", "–")),
        ((12345.5, 1.0), ("r", f"12{HARD}345,5", "1,0")),
        ((math.inf, -math.inf, 1.0), ("r", "∞", "−∞", "1,0")),
        ((1e-9, 1.0), ("r", "1e−09", "1,0")),
        ((True, False), ("l", "True", "False")),
        (("a", None), ("l", "a", "–")),
        ((pd.Timestamp("2023-03-01"), pd.NaT), ("l", "2023-03-01", "–")),
        ((pd.Timestamp("2023-03-01 12:30"),), ("l", "2023-03-01 12:30:00")),
        ((10**30,), ("l", str(10**30))),
    ],
)
def test_numbers_are_norwegian_and_what_is_missing_is_a_dash(values, shown):
    assert column(*values) == shown


def test_a_whole_number_that_may_be_missing_stays_whole():
    frame = pd.DataFrame({"a": pd.array([1, None], dtype="Int64")})
    assert rows(frame) == ("r", ["a"], ["1"], ["–"])


def test_text_is_text():
    _, head, body = rows(pd.DataFrame({"*a|b*": ["1. <b> | `x`\n# y"]}))
    assert head == [r"\*a&#124;b\*"]
    assert body == [r"1\. \<b\> &#124; \`x\` \# y"]


def test_the_index_is_a_column_when_it_says_something():
    frame = pd.DataFrame({"a": [1, 2, 3, 4]})
    assert rows(frame)[1] == ["a"]
    assert rows(frame[frame.a > 1])[1] == ["a"]  # the numbers of rows that follow each other
    assert rows(frame[frame.a != 3])[1:] == (["", "a"], ["0", "1"], ["1", "2"], ["3", "4"])
    assert rows(frame.set_index(pd.Index(list("xyzæ"), name="Sted")))[1:3] == (["Sted", "a"], ["x", "1"])
    assert rows(frame.set_index(pd.Index(list("xyzæ"), name="a")))[1] == ["a", "a"]


def test_levels_are_joined_in_heads_and_columns_of_their_own_in_the_index():
    frame = pd.DataFrame({"k": ["x", "x"], "l": ["m", "n"], "v": [1.0, 2.0]})
    assert rows(frame.groupby(["k", "l"]).agg({"v": ["min"]}))[1:] == (
        ["k", "l", "v, min"],
        ["x", "m", "1,0"],
        ["x", "n", "2,0"],
    )


def test_quantities_are_printed_as_their_source_printed_them(note):
    frame = load(note).frame("arbeid", maal=["Sysselsatte", "Deltakelse"])
    assert rows(frame[["gruppe", "tall"]])[2:] == (["", f"246{HARD}556"], ["Transport", "9"], ["Servering", "37"])
    assert rows(frame[["tall"]])[0] == "r"


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame({"a": range(61)}), "Tabellen har 61 rader, og notatet viser høyst 60."),
        (pd.DataFrame([range(21)]), "Tabellen har 21 kolonner, og notatet viser høyst 20."),
        (pd.DataFrame({"a": []}), "Tabellen er tom."),
        (pd.DataFrame(index=[1, 2]), "Tabellen er tom."),
    ],
)
def test_a_table_that_nobody_can_read_is_refused(refused, frame, words):
    with pd.option_context("display.max_columns", 20), refused(None, None, words):
        to_markdown(frame)
