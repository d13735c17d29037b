"""Numbers that exist for each place: rules in `tall.csv` and functions of the data and a place."""

from __future__ import annotations

import pytest

from notat import endring, periode, spenn, sted, tall, velg
from notat.data import dataset, used
from notat.data.quantity import percent_of
from notat.judge.checks import against_data
from notat.numbers import indicators
from notat.numbers.indicators import Numbers, indicator
from notat.numbers.provenance import explain
from notat.project.calls import calls_in
from notat.project.project import Project
from notat.show import authoring
from notat.show.appendix import numbers_markdown
from notat.show.claims import problems
from notat.show.panel import panel_data
from notat.text import parameters
from notat.text.errors import NotatError


@pytest.fixture
def rule(monkeypatch):
    monkeypatch.setattr(indicators, "_indicators", {})

    @indicator("Andel eldre", period="2023", decimals=1)
    def andel(data, sted):
        return percent_of(data[f"eldre@{sted}"], data[f"folk@{sted}"])


@pytest.fixture
def here(unit_note, monkeypatch):
    """The numbers of the note for a municipality."""

    def of(code):
        monkeypatch.setenv(parameters.VARIABLE, parameters.written({"kommune": code}))
        authoring.numbers.cache_clear()
        return Numbers(Project(unit_note).data)

    return of


def plain(inline):
    return str(inline).replace("\u00a0", " ")


def test_a_number_is_that_of_the_unit_or_of_the_place_in_its_id(here, rule):
    numbers = here("5001")
    values = {id_: float(numbers[id_].quantity.value) for id_ in ("folk", "folk@fylket", "folk@landet", "folk@5002")}
    assert values == {"folk": 1000, "folk@fylket": 1200, "folk@landet": 5400, "folk@5002": 200}
    assert [numbers[id_].place for id_ in ("folk", "andel", "andel@fylket")] == ["Byen", "Byen", "Fylket"]
    assert float(numbers["andel"].quantity.value) == 10
    assert float(numbers["andel@fylket"].quantity.value) == 15
    assert float(here("5002")["folk"].quantity.value) == 200


def test_the_names_are_those_that_the_unit_has_a_value_of(here, rule):
    assert list(here("5001")) == ["alle", "andel", "eldre", "endring", "folk", "folk_for", "hoy", "lav"]
    numbers = here("5002")
    assert list(numbers) == ["alle", "endring", "folk", "folk_for", "hoy", "lav"]
    assert "folk@fylket" in numbers
    assert "eldre@5002" not in numbers
    with pytest.raises(NotatError) as caught:
        numbers["eldre"]
    assert caught.value.file == "data/serier/folk.csv"


def test_code_that_stops_does_not_pass_for_a_number_that_the_place_lacks(here, rule):
    @indicator("Andel", period="2023")
    def delt(data, sted):
        return 1 / (data[f"folk@{sted}"].value - 1000)

    numbers = here("5001")
    assert "delt" not in numbers
    assert "delt@5001" not in numbers

    @indicator("Andel", period="2023")
    def feil(data, sted):
        return data[f"folk@{sted}"].verdi

    numbers = here("5001")
    for name in ("feil", "feil@5002"):
        with pytest.raises(NotatError) as caught:
            name in numbers  # noqa: B015  # asking is what stops
        assert (caught.value.code, caught.value.line) == ("N0410", feil.__code__.co_firstlineno)


@pytest.mark.parametrize(
    ("id_", "code"),
    [
        ("folk@9999", "N0371"),
        ("folk@fylke", "N0371"),
        ("folk@", "N0315"),
        ("alle@fylket", "N0412"),
        ("tull@fylket", "N0315"),
    ],
)
def test_a_place_that_is_none_is_refused(here, id_, code):
    numbers = here("5001")
    if id_ == "folk@":
        assert numbers[id_].place == "Byen"
        return
    with pytest.raises(NotatError) as caught:
        numbers[id_]
    assert caught.value.code == code


def test_the_country_has_no_county(here):
    numbers = here("0")
    assert numbers["folk"].place == "Norge"
    with pytest.raises(NotatError) as caught:
        numbers["folk@fylket"]
    assert caught.value.code == "N0371"


def test_without_a_unit_a_number_needs_its_place(unit_note, rule):
    numbers = Numbers(dataset.load(unit_note))
    assert float(numbers["andel@5001"].quantity.value) == 10
    assert "andel" not in list(numbers)
    with pytest.raises(NotatError) as caught:
        numbers["andel"]
    assert caught.value.code == "N0371"


def test_a_rule_has_no_place_of_its_own(monkeypatch):
    monkeypatch.setattr(indicators, "_indicators", {})
    with pytest.raises(NotatError) as caught:
        indicator("Andel", period="2023", place="Byen")(lambda data, sted: data[sted])
    assert caught.value.code == "N0411"


def test_a_rule_that_no_place_has_a_value_of_is_refused_with_its_line(unit_note):
    (unit_note / "data/tall.csv").write_text(
        "id,tabell,maal,gruppe,sted,periode\nfolk,serier/folk,,Barn,enheten,siste\n", encoding="utf-8"
    )
    with pytest.raises(NotatError) as caught:
        dataset.load(unit_note)
    assert (caught.value.code, caught.value.file, caught.value.line) == ("N0364", "data/tall.csv", 2)


def test_a_chapter_says_the_place_by_a_word(here):
    here("5001")
    assert plain(tall("folk", sted="fylket")) == "1 200"
    assert tall("folk", sted="fylket").ids == ("folk@fylket",)
    assert plain(sted("folk")) == "Byen"
    assert plain(sted("folk", sted="landet")) == "Norge"
    assert plain(periode("folk", sted="fylket")) == "2023"
    assert plain(endring("folk", sted="5002")) == "−10"
    assert plain(endring("folk", sted="fylket", prosent=True)) == "8,1 %"
    assert plain(spenn("eldre", "folk", sted="fylket")) == "180–1 200"
    assert plain(velg("folk", "flere|færre", enn="folk@5002")) == "flere"
    assert plain(velg("folk", "økte|falt", fra="folk_for", sted="5002")) == "falt"
    for wrong in ("Byen", "fylket@landet"):
        with pytest.raises(NotatError) as caught:
            tall("folk", sted=wrong)
        assert caught.value.code == "N0371"
    with pytest.raises(NotatError):
        tall("folk@fylket", sted="landet")


def test_what_a_chapter_asks_for_is_known_without_running_it():
    def names(code):
        return [name for call in calls_in(code) for name in call.names]

    assert names('tall("a", sted="fylket")') == ["a@fylket"]
    assert names('endring("a", sted="fylket")') == ["a@fylket.endring.siste-1"]
    assert names('spenn("a", "b", sted="0")') == ["a@0", "b@0"]
    assert names('velg("a b", "x|y", enn="c", fra="d", sted="landet")') == ["a@landet", "b@landet", "d@landet", "c"]
    assert names('sted("a", sted="fylket")') == ["a@fylket"]
    assert names('tall("a", sted=hvor)') == [None]
    assert names('tall("a@fylket", sted="fylket")') == ["a@fylket"]


def test_a_number_of_another_place_is_explained_like_any(here, unit_note, rule):
    numbers = here("5001")
    explained = explain(numbers["andel@fylket"], numbers.data)
    assert (explained.place, explained.arithmetic.replace("\u00a0", " ")) == ("Fylket", "180 / 1 200 · 100")
    text = numbers_markdown(Project(unit_note), numbers)
    assert "{#tall-folk}" in text
    assert "{#tall-folk.fylket}" in text  # Pandoc has no @ in a name
    assert '"folk@fylket"' in panel_data(Project(unit_note))


def test_a_mark_is_tested_on_the_numbers_of_each_unit(here, unit_note):
    text = '[flere]{.paastand av="folk" enn="folk_for"}'
    chapter = unit_note / "chapters/arbeid.qmd"
    chapter.write_text(f"{chapter.read_text(encoding='utf-8')}\nHer bor {text}.\n", encoding="utf-8")

    def found(code):
        numbers = here(code)
        return [one.code for one in problems(Project(unit_note), numbers)]

    assert found("5001") == []
    assert found("5002") == ["N0816"]


def test_a_sentence_that_names_another_place_is_found(here, unit_note):
    chapter = unit_note / "chapters/arbeid.qmd"
    text = chapter.read_text(encoding="utf-8")
    sentence = 'I Bygda bor `{python} tall("folk")`, og i kommunen `{python} tall("folk")`.'
    chapter.write_text(f"{text}\n{sentence}\n", encoding="utf-8")

    def codes(code):
        here(code)
        return [one.code for one in against_data(Project(unit_note)) if one.code == "N1062"]

    assert codes("5001")
    assert codes("5002") == []


def test_that_the_unit_decides_is_a_use(here, rule):
    numbers = here("5001")
    with used.record() as uses:
        numbers["folk@5002"]
    assert ("parameters",) not in uses
    for id_ in ("folk", "folk@fylket", "andel"):
        with used.record() as uses:
            numbers[id_]
        assert ("parameters",) in uses
