"""Wrong values are caught, and the mutation run reports those that would not be."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from notat.cli.scaffold.notebook import row_name
from notat.data import dataset
from notat.numbers.indicators import Numbers
from notat.show import claims
from notat.show.claims import words
from notat.text import paths
from tools import mutate
from tools.mutate import CLAIMS, CONTRACTS, NOTEBOOKS, READER, Nets, mutants, report
from tools.mutate_claims import word_mutants

pytestmark = pytest.mark.process

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def nets():
    return Nets(PROJECT)


@pytest.fixture(scope="module")
def sample(nets):
    return mutate.run(nets, every=25)


def of(nets, id_):
    """The mutants of the row with this id, by kind."""
    row = nets.numbers.data.row(id_)
    return {mutant.kind: mutant for mutant in mutants(nets.rows) if mutant.cell is row.quantity.cell}


def test_every_25th_value_can_not_be_changed_unnoticed(sample):
    assert sample.caught
    assert sample.survivors == []
    assert any(line.startswith("Mutasjonsskår: 100,00") for line in report(sample))


def test_every_net_catches_something_alone(sample):
    assert {frozenset({READER}), frozenset({NOTEBOOKS})} <= {nets for _, nets in sample.caught}
    assert all(any(net in nets for _, nets in sample.caught) for net in mutate.NETS)


def test_the_mutants_of_a_cell_are_small_large_sign_swap_blank_and_text(nets):
    found = {kind: mutant.texts[0][1] for kind, mutant in of(nets, "helt_ledige_pst_2023_01").items()}
    swapped = found.pop("byttet")
    assert found == {"liten": "1.6", "stor": "15", "fortegn": "-1.5", "tom": "", "tekst": "ukjent"}
    assert swapped != "1.5"


def test_zero_has_no_sign_and_is_not_ten_times_itself(nets):
    zero = next(row for row in nets.rows if row.quantity.value == 0)
    kinds = {mutant.kind for mutant in mutants(nets.rows) if mutant.cell is zero.quantity.cell}
    assert kinds == {"liten", "byttet", "tom", "tekst"}


def test_the_net_that_should_catch_a_mutant_does(nets):
    share, part = of(nets, "helt_ledige_pst_2023_01"), of(nets, "virksomheter_med_ansatte_2023")
    assert nets.catching(share["tom"]) == nets.catching(share["tekst"]) == {READER}
    assert READER in nets.catching(share["fortegn"])
    assert {CONTRACTS, NOTEBOOKS} <= nets.catching(part["liten"])


def test_a_claim_catches_what_makes_its_words_false(nets):
    bound = (mutant for mutant in mutants(nets.rows) if nets.claims.get(mutant.cell))
    assert any(CLAIMS in nets.catching(mutant) for mutant in bound)


def test_a_mutant_that_nothing_rests_on_survives(nets, monkeypatch):
    """A row that no notebook prints, no contract binds and no claim reads may be changed unnoticed."""
    small = of(nets, "sysselsatte_endring_2021_2022")["liten"]
    assert nets.catching(small)
    for index in ("promises", "accepted", "ids", "claims"):
        monkeypatch.setattr(nets, index, {})
    assert nets.catching(small) == frozenset()


def test_a_row_counts_as_printed_also_when_only_a_number_resting_on_it_is(nets, monkeypatch):
    small = of(nets, "sysselsatte_endring_2021_2022")["liten"]
    rest = {name: value for name, value in nets.accepted.items() if name != small.cell.id}
    monkeypatch.setattr(nets, "accepted", rest)
    assert NOTEBOOKS in nets.catching(small)


def test_survivors_and_unused_rows_are_named_by_address(sample):
    cell = sample.caught[0][0].cell
    worse = mutate.Result([(mutant, frozenset()) for mutant, _ in sample.caught], {cell}, [cell])
    text = "\n".join(report(worse))
    assert f"Overlever (liten): data/{cell.address}" in text
    assert f"Ingenting bruker data/{cell.address}" in text
    assert re.search(r"Mutasjonsskår: 0,00.%", text)


def test_what_the_notebooks_stored_is_what_the_numbers_are(nets):
    assert set(nets.numbers) <= nets.accepted.keys()
    assert {row_name(row.quantity.cell) for row in nets.rows} <= nets.accepted.keys()


def test_live_cells_are_those_that_chapters_use(nets, sample):
    data, live = nets.numbers.data, sample.live
    used = ("sysselsatte_endring_2021_2022", "virksomheter_uten_ansatte_2023")
    assert {data[id_].cell for id_ in used} <= live
    # Of a series, chapters use values; a net of another kind watches them.
    assert {cell for cell in live if "/" not in cell.table} < {row.quantity.cell for row in data.rows}


@pytest.mark.parametrize("extra", [False, True], ids=["as is", "one row more"])
def test_the_command_fails_when_a_row_is_not_in_use(note, extra):
    """The small note uses all its rows; one more is dead data."""
    (note / paths.NOTEBOOKS).mkdir(parents=True)
    names = ["alle", "endring", "lav", "hoy"]
    values = ["246556", "5566", "9", "37"]
    text = "\n".join(f"{v}  {n}  {v}  {v}  likt" for n, v in zip(names, values, strict=True)) + "\n"
    output = {"output_type": "stream", "name": "stdout", "text": text}
    cell = {"cell_type": "code", "source": "", "metadata": {}, "execution_count": 1, "outputs": [output], "id": "a"}
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (note / paths.NOTEBOOKS / "arbeid.ipynb").write_text(json.dumps(book), encoding="utf-8")
    if extra:
        with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
            stream.write("doed,Andel,,Norge,2021,andel,9,prosent,1,,,ssb,\n")
    run = subprocess.run(
        [sys.executable, "-m", "tools.mutate"],
        cwd=note,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert run.returncode == int(extra), run.stdout + run.stderr
    assert ("Ingenting bruker data/arbeid.csv:6" in run.stdout) == extra


# --- the words and thresholds of the claims


def test_no_claim_of_the_note_holds_whatever_the_data_say(nets):
    found = list(word_mutants(PROJECT, nets.numbers))
    assert found
    assert [mutant for mutant in found if not mutant.caught] == []


_HEAD = """\
from fractions import Fraction
from notat.show.claims import claim, words as w
from notat.show.claims.words import over

"""


@pytest.fixture
def deaf(note, monkeypatch):
    """Changes that are not caught when the claim `p-proeve` is written like this, with their lines."""
    file = note / "py/content/claims/proeve.py"

    def run(code, text="Det er [mange]{.paastand #p-proeve}."):
        file.parent.mkdir(parents=True)
        file.write_text(_HEAD + code, encoding="utf-8")
        registry = {}
        monkeypatch.setattr(claims, "_claims", registry)
        monkeypatch.setattr(claims, "known", lambda: registry)
        exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), {"__name__": "content.claims.proeve"})
        with (note / "index.qmd").open("a", encoding="utf-8") as stream:
            stream.write(f"\n{text}\n")
        found = list(word_mutants(note, Numbers(dataset.load(note))))
        assert found
        return [(m.change, int(m.place.rpartition(":")[2]) - _HEAD.count("\n")) for m in found if not m.caught]

    return run


_CLAIM = '@claim("p-proeve", ord=("mange",))\n'


@pytest.mark.parametrize(
    ("code", "unnoticed"),
    [
        (_CLAIM + 'def p(n): return w.over(n["alle"].quantity, 240_000)', []),
        (_CLAIM + 'def p(n): return over(n["alle"].quantity, 240_000)', []),
        (
            _CLAIM + 'def p(n): return w.over(n["alle"].quantity, 240_000) or bool(n)',
            [("ordet over snudd", 1), ("grensen 240000 flyttet", 2)],
        ),
        (
            _CLAIM + 'def p(n): return over(n["alle"].quantity, 240_000) or bool(n)',
            [("ordet over snudd", 1), ("grensen 240000 flyttet", 2)],
        ),
        (_CLAIM + 'def p(n): return n["alle"].quantity.value != 17', [("grensen 17 flyttet", 2)]),
        (
            _CLAIM + 'def p(n): return n["alle"].quantity.value > 5 or True',
            [("tegnet > snudd", 2), ("grensen 5 flyttet", 2)],
        ),
    ],
    ids=[
        "a claim",
        "a word by its own name",
        "always true",
        "always true by its own name",
        "no importance",
        "operator",
    ],
)
def test_a_claim_that_its_own_words_do_not_matter_to_is_found(deaf, code, unnoticed):
    assert sorted(deaf(code)) == sorted(unnoticed)


# Where a limit may be: {0} is the limit, {1} makes the claim insensitive to it.
_PLACES = {
    "in the claim": (_CLAIM + 'def p(n):\n    return n["alle"].quantity.value > {0}{1}\n', 3),
    "at the top": ("LIMIT = {0}\n" + _CLAIM + 'def p(n):\n    return n["alle"].quantity.value > LIMIT{1}\n', 1),
    "at the top, by two names": (
        "LOW = {0}\nLIMIT = LOW\n" + _CLAIM + 'def p(n):\n    return n["alle"].quantity.value > LIMIT{1}\n',
        1,
    ),
    "with a type": ("LIMIT: int = {0}\n" + _CLAIM + 'def p(n):\n    return n["alle"].quantity.value > LIMIT{1}\n', 1),
    "in a fraction": (
        "LIMIT = Fraction({0})\n" + _CLAIM + 'def p(n):\n    return n["alle"].quantity.value > LIMIT{1}\n',
        1,
    ),
    "in a function of the module": (
        "def _limit():\n    return {0}\n\n" + _CLAIM + 'def p(n):\n    return n["alle"].quantity.value > _limit(){1}\n',
        2,
    ),
    "in a nested function": (
        _CLAIM
        + 'def p(n):\n    def above(x):\n        return x > {0}{1}\n    return above(n["alle"].quantity.value)\n',
        4,
    ),
    "in a lambda": (
        _CLAIM + 'def p(n):\n    above = lambda x: x > {0}{1}\n    return above(n["alle"].quantity.value)\n',
        3,
    ),
    "in a list that is gone through": (
        _CLAIM + 'def p(n):\n    return all(n["alle"].quantity.value > x{1} for x in ({0},))\n',
        3,
    ),
    "as a default": (_CLAIM + 'def p(n, limit={0}):\n    return n["alle"].quantity.value > limit{1}\n', 2),
    "in a claim that is a lambda": (
        'claim("p-proeve", ord=("mange",))(lambda n: n["alle"].quantity.value > {0}{1})\n',
        1,
    ),
    "in a function that makes the claim": (
        'def above(limit):\n    def p(n):\n        return n["alle"].quantity.value > limit{1}\n    return p\n\n'
        'claim("p-proeve", ord=("mange",))(above({0}))\n',
        6,
    ),
}


@pytest.mark.parametrize("place", _PLACES)
def test_a_limit_is_moved_wherever_it_is_written(deaf, place):
    code, line = _PLACES[place]
    assert ("grensen 240000 flyttet", line) in deaf(code.format("240_000", " or True"))


@pytest.mark.parametrize("place", _PLACES)
def test_a_claim_that_minds_its_limit_is_not_blamed_wherever_the_limit_is_written(deaf, place):
    assert deaf(_PLACES[place][0].format("240_000", "")) == []


def test_a_limit_that_two_claims_share_is_noticed_when_one_of_them_minds_it(deaf):
    shared = (
        "LIMIT = 240_000\n"
        + _CLAIM
        + 'def p(n):\n    return n["alle"].quantity.value > LIMIT\n\n'
        + '@claim("p-to", ord=("noen",))\ndef q(n):\n    return bool(LIMIT)\n'
    )
    assert deaf(shared, "Det er [mange]{.paastand #p-proeve} og [noen]{.paastand #p-to}.") == []


def test_moving_a_limit_leaves_the_registered_claims_as_they_were(nets):
    before = dict(claims.known())
    next(iter(word_mutants(PROJECT, nets.numbers)))
    assert claims.known() == before
    assert claims.words is words
