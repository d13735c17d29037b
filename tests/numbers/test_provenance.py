"""The explanation of a number: base and derived, its rounding, its cells, and the comparison with the note of 2023."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from notat.data.quantity import Cell, Quantity, percent_of
from notat.norsk.periods import in_prose
from notat.numbers import earlier
from notat.numbers.earlier import Earlier, Edition, Standing, standing
from notat.numbers.indicators import Number
from notat.numbers.provenance import explain
from notat.project.config import read_config
from notat.project.project import Project
from notat.show import claims
from notat.show.authoring import numbers

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def known(note):
    return numbers()


def number(quantity, decimals=1):
    return Number("vekst", "Vekst", "2021", "Trøndelag", decimals, quantity)


def printed(**numbers):
    return Earlier(Edition("notatet fra 2019", 2019), numbers)


def declared():
    """How the edition that this note declares printed its numbers."""
    return earlier.read(PROJECT, read_config(PROJECT).earlier, numbers(PROJECT).data.sources).printed


def cell_of(unit, value):
    key = (("maal", "Ledige"), ("gruppe", ""), ("geografi", "Norge"), ("periode", "2022"))
    return Quantity(Fraction(value), unit, Cell("t", 2, key, Fraction(value), Fraction(1, 2), "ssb"))


def test_a_number_that_was_read_names_its_cell_and_source(known):
    explained = explain(known["hoy"], known.data, printed(hoy="37 %"))
    assert (explained.value, explained.unit, explained.meaning) == ("37\u00a0%", "prosent", "Deltakelse: Servering")
    assert (explained.period, explained.place) == ("2021", "Norge")
    assert (explained.derived, explained.words, explained.arithmetic) == (False, "", "")
    assert explained.rounding == "36,5–37,5\u00a0%"
    (cell,) = explained.cells
    assert cell.address == "data/arbeid.csv, linje 5"
    assert ("gruppe", "Servering") in cell.key
    assert (cell.source.title, cell.source.publisher) == ("Sysselsetting", "Statistisk sentralbyrå")
    assert explained.against == "som trykt (i 2019: «37 %»)"


def test_a_derived_number_tells_its_formula_in_words_and_with_numbers(known):
    explained = explain(number(percent_of(known["lav"].quantity, known["hoy"].quantity)), known.data, printed(x="1"))
    assert explained.words == "«Transport» / «Servering» · 100"
    assert explained.arithmetic == "9 / 37 · 100"
    assert explained.rounding_shows
    low, high = (Fraction(part.replace(",", ".")) for part in explained.rounding.removesuffix("\u00a0%").split("–"))
    assert low < Fraction(9, 37) * 100 < high
    assert [cell.line for cell in explained.cells] == [4, 5]
    assert explained.standing is Standing.ABSENT


def test_a_count_is_exact(known):
    assert explain(known["alle"], known.data).rounding == ""


def test_a_reservation_is_said_once_and_not_widened_by_rounding(note):
    table = note / "data" / "arbeid.csv"
    text = table.read_text(encoding="utf-8").replace("37,prosent,1,,,", "37,prosent,1,over,anslag,")
    table.write_text(text, encoding="utf-8")
    explained = explain(numbers()["hoy"], numbers().data)
    assert (explained.value, explained.rounding) == ("over 37\u00a0%", "")
    assert explained.cells[0].reservation == "kilden skriver «over», anslag"


def test_a_note_that_declares_no_earlier_edition_says_nothing_of_one(known):
    root = Path.cwd()
    assert read_config(root).earlier is None
    explained = explain(known["hoy"], known.data, earlier.read(root, read_config(root).earlier, known.data.sources))
    assert explained.standing is None
    assert explained.against == ""


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2022K4", "4.\u00a0kvartal\u00a02022"),
        ("2021K4–2022K4", "4.\u00a0kvartal\u00a02021 til 4.\u00a0kvartal\u00a02022"),
        ("2023-01", "januar\u00a02023"),
        ("2009-01-01", "1.\u00a0januar\u00a02009"),
        ("2015–2022", "2015–2022"),
        ("2023–24", "2023–24"),
        ("våren 2022", "våren 2022"),
    ],
)
def test_periods_are_written_as_in_prose(period, words):
    assert in_prose(period) == words


@pytest.mark.parametrize(
    ("unit", "value", "printed", "expected"),
    [
        ("prosent", "11.08", "11,1%", Standing.AS_PRINTED),
        ("prosent", "11.2", "11,1%", Standing.CORRECTED),
        ("prosent", "-2.6", "–2,6 %", Standing.AS_PRINTED),
        ("prosent", "2.6", "–2,6 %", Standing.CORRECTED),
        ("prosent", "-10.1", "10,1 %", Standing.AS_PRINTED),
        ("prosent", "40", "60/40", Standing.AS_PRINTED),
        ("andel", "0.6", "over 6 av 10", Standing.AS_PRINTED),
        ("andel", "0.75", "3 av fire", Standing.AS_PRINTED),
        ("andel", "0.5", "3 av fire", Standing.CORRECTED),
        ("andel", "0.2", "en femdel", Standing.AS_PRINTED),
        ("andel", "0.5", "Over halvparten", Standing.AS_PRINTED),
        ("antall", "3", "Tre strategier", Standing.AS_PRINTED),
        ("antall", "4", "Tre strategier", Standing.CORRECTED),
        ("daa", "1500000", "1,5 millioner dekar", Standing.AS_PRINTED),
        ("daa", "170000", "170.000", Standing.AS_PRINTED),
        ("mrd. kr", "222.1", "222,1 milliarder kr", Standing.AS_PRINTED),
        ("årstall", "2035", "midten av 2030-tallet", Standing.AS_PRINTED),
        ("årstall", "2019", "andre halvdel av 2019", Standing.AS_PRINTED),
        ("per 1 000", "7.2", "7,2 kurs per innbygger", Standing.CORRECTED),
        ("rang", "1", "Flest", Standing.AS_PRINTED),
        ("rang", "1", None, Standing.ABSENT),
    ],
)
def test_a_number_is_compared_with_what_was_printed_as_prose_is_read(unit, value, printed, expected):
    assert standing(cell_of(unit, value), printed) is expected


def facts() -> dict[str, dict[str, str]]:
    with (PROJECT / "tests/fixtures/fakta.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def test_every_number_that_was_printed_in_2023_is_a_number_of_this_note():
    known = numbers(PROJECT)
    printed = {id_: text for id_, text in declared().items() if id_ in set(known)}
    # The rest say something in words, which marked words quote.
    quoted = {fact for mark in claims.marked(Project(PROJECT)) for fact in mark.facts}
    assert {id_ for id_, fact in facts().items() if fact["unit"] == "prosent"} & set(declared()) <= set(printed)
    assert set(declared()) - set(printed) <= quoted
    corrected = {id_ for id_, text in printed.items() if standing(known[id_].quantity, text) is Standing.CORRECTED}
    assert corrected == {"nye_foretak_andel_av_foretak_pst_2021", "studieforbund_kurs_per_1000_2021"}


def test_the_printed_forms_are_those_of_the_facts():
    printed = {id_: fact["printed"].strip() for id_, fact in facts().items()}
    differing = {id_ for id_, text in declared().items() if printed.get(id_, "?") not in text}
    # These replace a number that was wrong, and so have a name of their own.
    assert differing == {"nye_foretak_andel_av_foretak_pst_2021", "studieforbund_kurs_per_1000_2021"}


def test_trace_prints_the_way_down_to_the_cells():
    code = "from notat.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "trace", "fiskeeksport_2022"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=600,
    )
    text = done.stdout.replace("\u00a0", " ")
    assert text.startswith("fiskeeksport_2022 = 25,8 milliarder kroner\n")
    assert "Formel: «Vareeksport» · «Fisk, andel av vareeksporten» / 100" in text
    assert "Med tall: 42,7 · 60,5 / 100 = 25,8 milliarder kroner" in text
    assert "42,7 milliarder kroner data/eksport.csv, linje 2" in text
    assert "forbehold: kilden skriver «om lag»" in text
    assert "Kompetanse og verdiskaping i Trøndelag, Trøndelag fylkeskommune" in text


def test_trace_of_an_unknown_number_suggests_the_nearest():
    code = "from notat.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "trace", "fiskeksport_2022"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 1
    assert "Mente du fiskeeksport_2022" in done.stderr.replace("\n", " ")
