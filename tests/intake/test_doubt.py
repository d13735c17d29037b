"""A file that fits a recipe and is not what it is taken for is refused until somebody says that it is."""

from __future__ import annotations

import json
import re
from functools import reduce

import pytest

from notat.intake.archive import Received
from notat.intake.doubt import Past, refuse
from notat.intake.drift import compare
from notat.intake.klass import national
from notat.intake.recipes import Recipe, decode, merge, recipe
from notat.text.errors import NotatError

PLACES = national()
COMMON = {
    "tittel": "Ledige",
    "maal": "Ledige",
    "type": "nivå",
    "enhet": "personer",
    "avrundet_til": "1",
    "kilde": "nav",
}
FILE = {"periode": ["År"], "sted": ["Sted"], "verdi": "Antall"}
ROWS = "År;Sted;Antall\n2021;50;5\n2022;50;6\n2023;50;7\n"
KIND = "År;Sted;Mål;Antall\n2022;50;Helt ledige;7\n2023;50;Helt ledige;8\n"


def received(text: str, **told: str) -> Received:
    return Received(text.encode(), "ledige.csv", "2024-01-01T00:00:00+00:00", "ledige.csv", told)


def judge(made: Recipe, files: list[Received]) -> None:
    """Judge the last of the files against those before it."""
    *before, last = files
    past = [(one, decode(made, one, PLACES)) for one in before]
    old = reduce(merge, (one for _, one in past), None)
    fresh = decode(made, last, PLACES)
    refuse(made, last, fresh, Past(past, old), compare(old, merge(old, fresh), fresh))


def of(**columns) -> Recipe:
    return recipe("ledige", {"felles": COMMON, "fil": {**FILE, **columns}})


TITLE = "Helt ledige i Norge. Januar 2023\n\n"


@pytest.mark.parametrize(
    ("files", "code", "said"),
    [
        (
            [ROWS, ROWS.replace("2023;50;7\n", "").replace(";6", ";9")],
            "N0388",
            "Fila har tall til 2022, og serien til 2023",
        ),
        ([ROWS, ROWS.replace(";7", ";8"), ROWS], "N0388", "Fila ble tatt inn 2024-01-01, og en nyere er kommet siden."),
        ([KIND, KIND.replace("Helt", "Delvis")], "N0397", "«Mål» har «Delvis ledige», og sist hadde den «Helt ledige»"),
        ([KIND, f"{KIND}2023;03;Delvis ledige;2\n"], "N0397", "Kolonnen «Mål» har flere slag"),
        ([ROWS, KIND], "N0397", "Fila har en ny kolonne, «Mål», som sier hva radene gjelder: Helt ledige."),
        ([TITLE + ROWS, TITLE.replace("Helt", "Delvis") + ROWS], "N0397", "Over tallene står «Delvis ledige i Norge»"),
    ],
)
def test_an_older_file_or_one_of_something_else_is_refused(files, code, said):
    with pytest.raises(NotatError) as caught:
        judge(of(), list(map(received, files)))
    assert caught.value.code == code
    assert said in caught.value.problem
    assert "--likevel" in caught.value.remedy


def test_a_file_that_speaks_against_itself_is_doubted_the_first_time():
    spec = {"periode": "Tid", "sted": "Sted"}
    made = recipe("ledige", {"felles": COMMON, "jsonstat": spec})
    sides = {
        name: {"category": {"index": codes}} for name, codes in (("Sted", ["50", "03"]), ("Tid", ["2021", "2022"]))
    }
    tree = {"version": "2.0", "id": ["Tid", "Sted"], "size": [2, 2], "dimension": sides, "value": [1, 2, 3, 4]}
    file = received(json.dumps(tree))
    with pytest.raises(NotatError, match=r"Verdiene står etter Tid, Sted, og dimension har Sted, Tid.*N0397"):
        judge(made, [file])
    judge(made, [file, received(json.dumps({**tree, "value": [1, 2, 3, 5]}))])


def test_all_that_gives_doubt_is_said_at_once():
    with pytest.raises(NotatError) as caught:
        judge(of(), list(map(received, [TITLE + ROWS, TITLE.replace("Helt", "Delvis") + KIND])))
    told = [one.problem.split(",")[0] for one in caught.value.apart()]
    assert told == ["Over tallene står «Delvis ledige i Norge»", "Fila har en ny kolonne"]


@pytest.mark.parametrize(
    "files",
    [
        [ROWS],
        [ROWS, f"{ROWS}2024;50;8\n"],
        [ROWS, "År;Sted;Antall\n2019;50;4\n2020;50;4\n"],  # more of what is older
        [ROWS, ROWS.replace("2023;50;7\n", "")],  # nothing that was is another
        [ROWS, "Antall;Sted;År\n8;50;2023\n9;50;2024\n"],
        [TITLE + ROWS, TITLE.replace("Januar 2023", "Februar 2024") + ROWS.replace(";7", ";8")],
        [KIND, KIND.replace("Mål;", "").replace("Helt ledige;", "")],
        ["År;Sted;Dato;Antall\n2022;50;2023-01-02;5\n", "År;Sted;Dato;Antall\n2023;50;2024-01-02;5\n"],
    ],
)
def test_what_comes_as_it_did_gives_no_doubt(files):
    judge(of(), list(map(received, files)))


def test_the_same_file_for_another_period_is_refused():
    made = recipe("ledige", {"felles": COMMON, "fil": {"sted": ["Sted"], "verdi": "Antall"}})
    text = "Sted;Antall\n50;5\n03;7\n"
    judge(
        made, [received(text, fast_periode="2022-01"), received(text, fast_periode="2022-01", publisert="2022-02-03")]
    )
    with pytest.raises(NotatError, match="Fila er den samme som den for 2022-01"):
        judge(made, [received(text, fast_periode="2022-01"), received(text, fast_periode="2022-02")])


def test_a_file_that_was_published_before_the_last_is_refused():
    newer = received(ROWS, publisert="2024-02-01")
    judge(of(), [newer, received(f"{ROWS}2024;50;8\n", publisert="2024-02-01")])
    with pytest.raises(NotatError) as caught:
        judge(of(), [newer, received(f"{ROWS}2024;50;8\n", publisert="2024-01-31")])
    assert (caught.value.code, "2024-01-31" in caught.value.problem) == ("N0388", True)


@pytest.mark.parametrize(
    ("files", "is_refused"),
    [([(0.05, 0.1)], True), ([(0.05, 2)], False), ([(0, 0)], False), ([(5, 7), (0.05, 0.07)], True)],
)
def test_per_cents_that_may_be_shares_are_refused(files, is_refused):
    common = {**COMMON, "type": "andel", "enhet": "prosent", "avrundet_til": "0.01"}
    made = recipe("ledige", {"felles": common, "fil": {**FILE, "desimaltegn": "."}})
    told = [received(f"År;Sted;Antall\n{2020 + n};50;{a}\n{2020 + n};03;{b}\n") for n, (a, b) in enumerate(files)]
    if is_refused:
        with pytest.raises(NotatError, match="De kan være andeler"):
            judge(made, told)
    else:
        judge(made, told)


WIDE = "Sted;2021;2022;{}\n50;1;2;3\n03;4;5;6\n"


@pytest.mark.parametrize(
    ("names", "is_refused"),
    [
        (("2023*",), True),
        (("2023 1)",), True),
        (("2023",), False),
        (("Endring 2021–2022",), False),
        (("Sum",), False),
        (("2023", "2023 (foreløpig)"), True),
        (("Endring fra 2019", "Endring fra 2020"), False),  # not read the last time either
    ],
)
def test_a_column_that_looks_like_a_later_period_and_is_not_read_is_refused(names, is_refused):
    made = recipe("ledige", {"felles": COMMON, "fil": {"sted": ["Sted"], "verdi": ""}})
    files = [received(WIDE.format(name)) for name in names]
    if is_refused:
        with pytest.raises(NotatError, match=f"Kolonnen «{re.escape(names[-1])}» har en annen tid"):
            judge(made, files)
    else:
        judge(made, files)
