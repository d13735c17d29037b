"""Numbers by a formula in `data/regnet.csv`."""

from __future__ import annotations

import pytest

from notat.data import dataset, used
from notat.data.derived import COLUMNS
from notat.numbers import indicators
from notat.numbers.indicators import Numbers, describe, indicator
from notat.project.project import Project
from notat.text import parameters


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    """A registry of its own, so that a test's functions vanish after it."""
    own = {}
    monkeypatch.setattr(indicators, "_indicators", own)
    return own


def write(root, *rows):
    (root / "data/regnet.csv").write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")


@pytest.fixture
def computed(note):
    """`computed(formula)`: the number `ny` of the small note, computed so."""

    def of(formula, *more, fields="Betydning,2022,,1"):
        write(note, f'ny,"{formula}",{fields}', *more)
        return Numbers(dataset.load(note))["ny"]

    return of


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("hoy - lav", 37 - 9),
        ("hoy − lav", 37 - 9),
        ("hoy - (lav + lav)", 37 - 18),
        ("endring(endring, alle)", (246556 - 5566) / 5566 * 100),
        ("ganger(lav, hoy)", 37 / 9),
        ("andel(endring, alle)", 5566 / 246556 * 100),
        ("delen(lav, alle)", 246556 * 0.09),
        ("helheten(endring, lav)", 5566 / 0.09),
        ("resten(lav)", 91),
        ("sum(alle, endring, endring)", 246556 + 2 * 5566),
        ("per_1000(endring, alle)", 5566 / 246556 * 1000),
        ("før(alle, lav)", 246556 / 1.09),
        ("før_fall(alle, lav)", 246556 / 0.91),
        ("alle", 246556),
    ],
)
def test_a_formula_is_computed(computed, formula, value):
    number = computed(formula)
    assert float(number.quantity.value) == pytest.approx(value, rel=1e-12)
    assert (number.meaning, number.period, number.place, number.decimals) == ("Betydning", "2022", "Trøndelag", 1)


def test_a_formula_says_its_place_and_how_it_came_about(computed):
    number = computed("endring(endring, alle)", fields="Vekst,2021–2022,Norge,")
    assert (number.place, number.decimals) == ("Norge", 0)
    assert describe(number) == "(246\u00a0556 − 5\u00a0566) / 5\u00a0566 · 100"


def test_formulas_build_on_formulas_and_on_functions(note, computed):
    @indicator("Dobbelt", period="2022")
    def dobbelt(data):
        return data["alle"] + data["alle"]

    assert float(computed("dobbelt - en", 'en,"sum(alle, endring)",B,2022,,').quantity.value) == 246556 - 5566


def test_what_a_formula_used_is_noted(computed):
    with used.record() as uses:
        computed("en - lav", "en,hoy,B,2022,,")
    assert {("derived", "ny"), ("derived", "en"), ("row", "hoy"), ("row", "lav")} <= uses


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("hoy -", "N0372"),
        ("hoy * lav", "N0372"),
        ("hoy - 2", "N0372"),
        ("andell(hoy, lav)", "N0372"),
        ("andel(hoy)", "N0372"),
        ("sum(hoy)", "N0372"),
        ("endring(old=hoy, new=lav)", "N0372"),
        ("__import__", "N0315"),
        ("().__class__", "N0372"),
        ("hoy if lav else alle", "N0372"),
        ("ukjent - lav", "N0315"),
        ("hoy - ny", "N0413"),
        ("hoy - en", "N0413"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_line(computed, refused, formula, code):
    with refused("data/regnet.csv", 2, code):
        computed(formula, "en,ny,B,2022,,")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("ny,,Betydning,2022,,", "Raden mangler"),
        ("ny,hoy,,2022,,", "Raden mangler"),
        ("Ny,hoy,B,2022,,", "Raden mangler"),
        ("ny,hoy,B,2022,,1.5", "Raden mangler"),
        ("ny,hoy,B,i fjor,,1", "Perioden til «ny»"),
        ("ny,hoy,B,2022", "Raden har 4 felt"),
    ],
)
def test_a_row_that_lacks_something_is_refused_with_its_line(note, refused, row, problem):
    write(note, row)
    with refused("data/regnet.csv", 2, problem):
        dataset.load(note)


def test_a_name_has_one_origin(note, refused, registry):
    write(note, "hoy,lav,B,2022,,")
    with refused("data/arbeid.csv", 5, "«hoy» er både en rad og"):
        Numbers(dataset.load(note))

    @indicator("B", period="2022")
    def to(data):
        return data["hoy"]

    write(note, "to,lav,B,2022,,")
    with refused("data/regnet.csv", 2, "«to» er regnet to ganger"):
        Numbers(dataset.load(note))
    write(note, "to,lav,B,2022,,", "to,hoy,B,2022,,")
    with refused("data/regnet.csv", 3, "to"):
        dataset.load(note)


def test_a_formula_for_each_place(unit_note, monkeypatch):
    rows = 'andel,"andel(eldre, folk)",Andel eldre,2023,enheten,1', "forskjell,andel - andel@landet,F,2023,enheten,"
    write(unit_note, *rows)
    monkeypatch.setenv(parameters.VARIABLE, parameters.written({"kommune": "5001"}))
    numbers = Numbers(Project(unit_note).data)
    assert (numbers["andel"].place, float(numbers["andel"].quantity.value)) == ("Byen", 10)
    assert float(numbers["andel@fylket"].quantity.value) == 15
    land = float(numbers["andel@landet"].quantity.value)
    assert float(numbers["forskjell"].quantity.value) == pytest.approx(10 - land)
    assert "andel@5002" not in numbers


def test_the_county_in_a_formula_is_that_of_the_place_it_is_computed_for(unit_note, refused, monkeypatch):
    write(unit_note, "av_fylket,folk@fylket - folk,A,2023,enheten,")
    monkeypatch.setenv(parameters.VARIABLE, parameters.written({"kommune": "0"}))
    numbers = Numbers(Project(unit_note).data)
    assert numbers["av_fylket@5001"].quantity.value == 1200 - 1000
    with refused("data/regnet.csv", 2, "«0» ligger ikke i et fylke"):
        numbers["av_fylket"]


def test_a_place_is_compared_with_those_beside_it(unit_note, refused, monkeypatch):
    """The municipalities of the county that the source has; where one is withheld, no rank is known."""
    write(
        unit_note,
        "vekst,folk - folk_for,Vekst,2022–2023,enheten,",
        "plass_folk,plass(folk),Plass,2023,enheten,",
        "plass_vekst,plass(vekst),Plass,2023,enheten,",
        "mange,antall(folk),Kommuner,2023,enheten,",
        "plass_eldre,plass(eldre),Plass,2023,enheten,",
    )
    monkeypatch.setenv(parameters.VARIABLE, parameters.written({"kommune": "5002"}))
    numbers = Numbers(Project(unit_note).data)
    for id_, value in {"plass_folk": 2, "plass_folk@5001": 1, "plass_vekst": 2, "mange": 2, "mange@fylket": 1}.items():
        assert numbers[id_].quantity.value == value, id_
    assert (numbers["mange"].quantity.unit, numbers["mange@fylket"].quantity.unit) == ("kommuner", "fylker")
    with refused("data/serier/folk.csv", 13, "ingen verdi"):
        numbers["plass_eldre@5001"]


def test_a_place_that_the_source_does_not_have_is_not_compared(unit_note, monkeypatch):
    """The note knows three municipalities, and the series has two of them."""
    write(unit_note, "plass_folk,plass(folk),Plass,2023,enheten,", "mange,antall(folk),Kommuner,2023,enheten,")
    monkeypatch.setenv(parameters.VARIABLE, parameters.written({"kommune": "5001"}))
    numbers = Numbers(Project(unit_note).data)
    assert (numbers["plass_folk"].quantity.value, numbers["mange"].quantity.value) == (1, 2)
    assert "plass_folk@5003" not in numbers


def test_places_are_compared_by_one_number_of_each(computed, refused):
    with refused("data/regnet.csv", 2, "gjelder ikke ett av dem"):
        computed("plass(hoy)")
    with refused("data/regnet.csv", 2, "kan ikke stå i en formel"):
        computed("plass(hoy - lav)", fields="B,2023,enheten,")
    with refused("data/regnet.csv", 2, "kan ikke stå i en formel"):
        computed("plass(hoy, lav)", fields="B,2023,enheten,")
