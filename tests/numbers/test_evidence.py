"""Another source confirms, narrows or contradicts a number; a copy of the same source does neither."""

from __future__ import annotations

import pytest

from notat.data.dataset import load
from notat.numbers import earlier
from notat.numbers.earlier import Edition
from notat.numbers.evidence import Evidence, Outcome, explaining
from notat.numbers.indicators import Numbers

HEAD = "id,verdi,enhet,avrundet_til,kilde,forskjell,merknad\n"
SOURCES = "nav,Ledige,NAV,,,,\ngammelt,Notatet,Fylket,,,,\n"


@pytest.fixture
def evidence(note):
    """`evidence(controls, rows=…, printed=…)`: the small note with official values, rows and an edition."""

    def make(controls="", rows="", printed=""):
        with (note / "data/kilder.csv").open("a", encoding="utf-8") as stream:
            stream.write(SOURCES)
        with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
            stream.write(rows)
        (note / "data/kontroll.csv").write_text(HEAD + controls, encoding="utf-8")
        (note / "data/gammelt.csv").write_text(f"id,trykt\n{printed}", encoding="utf-8")
        data = load(note)
        edition = Edition("notatet fra 2019", 2019, "gammelt", "gammelt.csv")
        return Evidence(Numbers(data), earlier.read(note, edition, data.sources))

    return make


@pytest.mark.parametrize(
    ("control", "outcome"),
    [
        ("9,prosent,1", Outcome.CONFIRMED),  # 8,5 to 9,5 is no narrower
        ("9.2,prosent,0.1", Outcome.NARROWED),
        ("9.5,prosent,0.1", Outcome.CONFIRMED),  # from 9,45: partly outside
        ("9.6,prosent,0.1", Outcome.CONTRADICTED),
        ("10,prosent,1", Outcome.CONTRADICTED),
        ("10,prosent,10", Outcome.CONFIRMED),
    ],
)
def test_an_official_value_is_compared_as_an_interval(evidence, control, outcome):
    found = evidence(f"lav,{control},nav,,\n")
    (witness,) = found.witnesses("lav")
    assert (witness.outcome, witness.source) == (outcome, "Ledige (NAV)")
    assert found.outcome("lav") is outcome
    assert found.outcome("hoy") is None


@pytest.mark.parametrize(
    ("bound", "control", "outcome"),
    [
        ("over", "20", Outcome.CONFIRMED),
        ("over", "8", Outcome.CONTRADICTED),
        ("minst", "20", Outcome.CONFIRMED),
        ("under", "3", Outcome.CONFIRMED),
        ("under", "20", Outcome.CONTRADICTED),
        ("om lag", "10", Outcome.CONFIRMED),
        ("om lag", "11", Outcome.CONTRADICTED),
    ],
)
def test_a_reservation_widens_the_interval(evidence, bound, control, outcome):
    row = f"ny,Ny,,Norge,2021,andel,9,prosent,1,{bound},,ssb,\n"
    assert evidence(f"ny,{control},prosent,1,nav,,\n", row).outcome("ny") is outcome


def test_what_is_of_something_else_is_told_and_not_compared(evidence):
    found = evidence("lav,20,prosent,1,nav,alle næringer,\n")
    assert found.witnesses("lav") == []
    assert found.outcome("lav") is None
    assert [str(one) for one in found.unlike("lav")] == [
        "ikke sammenlignbart hos Ledige (NAV): 20\u00a0% (alle næringer)"
    ]


ROW = "{id},Deltakelse,Transport,Norge,2021,andel,{value},prosent,1,,{status},{source},\n"


def test_a_row_of_the_same_from_elsewhere_is_another_source_and_told_once(evidence):
    found = evidence(rows=ROW.format(id="lav_nav", value=8, status="", source="nav"))
    assert found.outcome("lav") is Outcome.CONTRADICTED
    assert found.witnesses("lav_nav") == []


def test_the_row_of_the_earlier_edition_is_the_one_that_is_compared(evidence):
    found = evidence(rows=ROW.format(id="lav_da", value=9, status="", source="gammelt"))
    assert found.witnesses("lav") == []
    assert [str(one) for one in found.witnesses("lav_da")] == [
        "bekreftet av Sysselsetting (Statistisk sentralbyrå): 9\u00a0%"
    ]


def test_what_is_provisional_is_superseded_and_not_disputed(evidence):
    assert evidence(rows=ROW.format(id="lav_nav", value=8, status="foreløpig", source="nav")).outcome("lav") is None


def test_the_earlier_edition_is_another_source_only_of_what_was_not_read_there(evidence):
    rows = "da,Da,,Norge,2021,andel,9,prosent,1,,,gammelt,\n"
    found = evidence(rows=rows, printed="lav,9 %\nhoy,36 %\nda,9 %\nendring,flest\n")
    assert found.outcome("lav") is Outcome.CONFIRMED
    assert found.outcome("hoy") is Outcome.CONTRADICTED
    assert found.outcome("da") is None
    assert found.outcome("endring") is None  # «flest» has no value to compare


def test_a_contradiction_outweighs_a_confirmation(evidence):
    found = evidence("lav,9,prosent,1,nav,,\nlav,20,prosent,1,gammelt,,\n")
    assert [one.outcome for one in found.witnesses("lav")] == [Outcome.CONFIRMED, Outcome.CONTRADICTED]
    assert found.outcome("lav") is Outcome.CONTRADICTED


def test_a_correction_explains_when_it_mentions_both_values():
    row = {"trykt": "12,7 milliarder", "data": "Portalen har 12,6."}
    assert explaining(row, ["12,7\u00a0milliarder kroner"], "12,6\u00a0milliarder kroner")
    assert not explaining(row, ["12,7"], "12,5")
    assert not explaining(row, ["12,8"], "12,6")
    assert not explaining(row, ["12,7"], "ingen")
