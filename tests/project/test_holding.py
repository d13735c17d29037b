"""Text that stands where the data are so: taken out before anything is read of it, and by Quarto's filter."""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace

import pypandoc
import pytest

from notat import figur, tall, velg
from notat.data import units
from notat.numbers.indicators import Numbers
from notat.project.holding import conditions_in, holds
from notat.project.project import Project
from notat.show import authoring, quartos
from notat.show.overview import used_numbers
from notat.text import parameters, paths
from notat.text.errors import NotatError

HERE = "chapters/arbeid.qmd"
GROWS, FALLS = "folk > folk_for", "folk < folk_for"


@pytest.fixture
def here(unit_note, monkeypatch):
    """The project for a municipality, with more text in its chapter."""

    def project(code="5001", text=""):
        if text:
            chapter = unit_note / HERE
            chapter.write_text(f"{chapter.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")
        monkeypatch.setenv(parameters.VARIABLE, parameters.written({"kommune": code}))
        authoring.numbers.cache_clear()
        return Project(unit_note)

    return project


def shown(project):
    return [line for _, line in project.chapters[1].lines[13:] if line.strip()]


@pytest.mark.parametrize(
    ("condition", "true"),
    [
        (GROWS, True),
        (FALLS, False),
        ("folk >= 1 000", True),
        ("folk <= 999,5", False),
        ("folk = 1000 og folk_for = 900", True),
        ("folk = 1 eller folk_for = 900", True),
        ("folk = 1 og folk_for = 1 eller eldre = 100", True),
        ("folk@fylket > folk", True),
        ("folk.endring.siste-1 = 100", True),
        ("finnes eldre og eldre > 99", True),
        ("finnes eldre@5002 og eldre@5002 > 99", False),
        ("mangler eldre", False),
        ("mangler eldre@5002", True),
        ("mangler eldre@5002 og folk > 1", True),
    ],
)
def test_a_condition_compares_numbers(here, condition, true):
    assert holds(condition, Numbers(here().data)) == true


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("", "N0549"),
        ("folk", "N0549"),
        ("folk > mange", "N0315"),
        ("finnes mange", "N0315"),
        ("mangler mange", "N0315"),
        ("finnes folk@9999", "N0371"),
        ("finnesfolk", "N0549"),
        ("folk > MANGE", "N0549"),
        ("folk > folk > folk", "N0549"),
        ("folk > hoy", "N0549"),
        ("eldre@5002 > 1", "N0354"),
    ],
)
def test_what_cannot_be_tested_is_refused_where_it_stands(here, condition, code):
    project = here(text=f'::: {{.hvis tall="{condition}"}}\nTekst.\n:::')
    with pytest.raises(NotatError) as caught:
        list(project.chapters)
    assert caught.value.code == code
    if code != "N0354":
        assert (caught.value.file, caught.value.line) == (HERE, 14)


BLOCK = f"""\
Før.

::: {{.hvis tall="{GROWS}"}}
Vokser med [flere]{{.paastand av="folk" enn="folk_for"}}, `{{python}} tall("hoy")`.

::: {{.boks title="x"}}
Innerst.
:::
:::

::: {{.hvis tall='{FALLS}'}}
Krymper med [færre]{{.paastand av="folk" enn="folk_for"}}, `{{python}} tall("lav")`.
:::

Etter, og [så]{{.hvis tall="{GROWS}"}}[slik]{{.hvis tall="{FALLS}"}} er det."""


def test_a_block_stands_where_its_condition_holds(here):
    lines = shown(here("5001", BLOCK))
    assert lines[0] == "Før."
    assert lines[1].startswith("Vokser")
    assert lines[2:] == ['::: {.boks title="x"}', "Innerst.", ":::", "Etter, og så er det."]
    lines = shown(here("5002"))
    assert lines[1].startswith("Krymper")
    assert lines[2:] == ["Etter, og slik er det."]


def test_what_does_not_stand_is_neither_run_nor_tested(here):
    from notat.show.claims import problems

    for code, name in (("5001", "hoy"), ("5002", "lav")):
        project = here(code, BLOCK if code == "5001" else "")
        assert name in used_numbers(project.chapters[1])
        assert len({"hoy", "lav"} & set(used_numbers(project.chapters[1]))) == 1
        assert list(problems(project, Numbers(project.data))) == []
        assert set(project.conditions) == {GROWS, FALLS}


def test_the_lines_keep_their_places(here):
    project = here("5002", BLOCK)
    assert [place[1] for place, _ in project.chapters[1].lines] == [place[1] for place, _ in project.written[1].lines]
    assert project.chapters[1].place_of("Etter, og")[1] == project.written[1].place_of("Etter, og")[1]


def test_conditions_are_found_whatever_they_are():
    lines = ['::: {.hvis tall="a > 1"}', """[x]{.hvis tall='b'} [y]{.hvis tall="a > 1"}""", 'tall="c"']
    assert conditions_in(lines) == ["a > 1", "b"]


@pytest.fixture
def in_quarto(monkeypatch):
    """A kernel of Quarto's, with these names."""

    def begin(**names):
        monkeypatch.setenv("QUARTO_BIN_PATH", "/quarto")
        monkeypatch.delenv(parameters.VARIABLE, raising=False)
        shell = SimpleNamespace(user_ns=names)
        monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
        quartos.adopt_from_kernel.cache_clear()
        authoring.numbers.cache_clear()

    yield begin
    quartos.adopt_from_kernel.cache_clear()


def test_the_values_that_quarto_assigns_are_those_of_the_kernel(here, in_quarto, unit_note):
    here(text=BLOCK)
    in_quarto(kommune=5002)
    assert str(tall("folk", sted=5002)) == str(tall("folk")) == "200"
    said = json.loads((unit_note / quartos.FILE).read_bytes())
    assert said == {"parametere": {"kommune": "5002"}, "vilkår": {GROWS: False, FALLS: True}}


def test_the_code_that_quarto_has_made_a_number_of_is_a_text_again(here, in_quarto, unit_note):
    here()
    for file in (unit_note / "index.qmd", unit_note / HERE):
        file.write_text(file.read_text(encoding="utf-8").replace("5001", "0301"), encoding="utf-8")
    names = {"kommune": 301, "annet": 1}
    in_quarto()
    sys.modules["IPython"].get_ipython().user_ns = names
    quartos.adopt_from_kernel()
    assert names == {"kommune": "0301", "annet": 1}


@pytest.mark.parametrize(("place", "id_"), [(5002, "folk@5002"), (301, "folk@0301"), (0, "folk@0")])
def test_the_place_of_a_number_may_be_as_quarto_assigned_it(place, id_):
    assert units.at("folk", place) == id_


def test_the_first_call_of_a_chapter_may_be_of_a_figure_of_the_place(here, in_quarto, monkeypatch):
    here(text='```{python}\nfigur("x", som="søyler", sted=kommune, høyde=2)\n```')
    monkeypatch.setattr(authoring, "_figure", lambda name: name)
    given = {"som": "søyler", "sted": 5002, "høyde": 2}
    in_quarto(kommune=5002)
    assert figur("x", **given) == figur("x", **given | {"sted": "5002"}) == "x"
    for wrong in ({"sted": 5001}, {"som": 1}, {"høyde": "2"}):
        with pytest.raises(NotatError) as caught:
            figur("x", **given | wrong)
        assert caught.value.code == "N0526"


def test_the_hooks_know_what_the_kernels_were_made_for(here, in_quarto, unit_note, monkeypatch):
    here(text=BLOCK)
    in_quarto(kommune=5002)
    tall("folk")
    monkeypatch.delenv(parameters.VARIABLE)
    assert quartos.adopt_from_file(unit_note)
    assert Project(unit_note).place.name == "Bygda"
    assert not quartos.adopt_from_file(unit_note)


def test_a_note_without_parameters_has_no_file_of_them(note):
    (note / paths.CACHE).mkdir(exist_ok=True)
    (note / quartos.FILE).write_text("{}", encoding="utf-8")
    quartos.write(Project(note))
    assert not (note / quartos.FILE).exists()


def test_code_that_quarto_runs_in_hidden_text_prints_nothing(here, in_quarto):
    hidden = '::: {.hvis tall="finnes eldre"}\n`{python} tall("eldre")`, `{python} velg("eldre", "økte|falt")`\n:::'
    here(text=hidden)
    in_quarto(kommune="5002")
    assert str(tall("eldre")) == ""
    assert str(velg("eldre", "økte|falt")) == ""
    with pytest.raises(NotatError):
        tall("tull")


def test_a_word_that_begins_with_the_name_does_not_show_hidden_code(here, in_quarto):
    here(text='::: {.hvis tall="finnes eldre"}\n`{python} tall("eldre")`\n:::\n\nDe eldre, og eldrebølgen.')
    in_quarto(kommune="5002")
    assert str(tall("eldre")) == ""


@pytest.mark.parametrize(
    ("code", "outer", "inner", "left"),
    [
        ("5001", GROWS, GROWS, "Før ytre indre mer etter."),
        ("5001", GROWS, FALLS, "Før ytre  mer etter."),
        ("5001", FALLS, GROWS, "Før  etter."),
        ("5002", "finnes eldre", "eldre > 99", "Før  etter."),
    ],
)
def test_a_span_stands_within_another(here, code, outer, inner, left):
    span = f'[indre]{{.hvis tall="{inner}"}}'
    assert shown(here(code, f'Før [ytre {span} mer]{{.hvis tall="{outer}"}} etter.')) == [left]


def test_a_condition_that_nobody_asks_may_be_about_what_is_not_there(here):
    nested = '::: {.hvis tall="finnes eldre"}\n::: {.hvis tall="eldre > 99"}\nMange.\n:::\n:::'
    assert here("5001", nested).conditions == {"finnes eldre": True, "eldre > 99": True}
    assert here("5002").conditions == {"finnes eldre": False, "eldre > 99": False}
    with pytest.raises(NotatError):
        here("5002", '::: {.hvis tall="eldre > 98"}\nMange.\n:::').conditions  # noqa: B018  # reading them is what stops


def test_the_filter_of_quarto_takes_out_what_does_not_hold(unit_note):
    (unit_note / paths.CACHE).mkdir(exist_ok=True)
    (unit_note / quartos.FILE).write_text(json.dumps({"vilkår": {"a > 1": True, "a < 1": False}}), encoding="utf-8")
    lua, extension = unit_note / "prove.lua", unit_note / paths.EXTENSION
    begin = f'quarto = {{ project = {{ directory = "{unit_note}" }} }}'
    lua.write_text(f'{begin}\nreturn dofile("{extension}/notat.lua")\n', encoding="utf-8")
    text = (
        '::: {.hvis tall="a > 1"}\nJa [så]{.hvis tall="a < 1"}[slik]{.hvis tall="a > 1"}.\n:::\n\n'
        '::: {.hvis tall="a < 1"}\nNei.\n:::\n'
    )
    made = pypandoc.convert_text(text, "html", "markdown", extra_args=[f"--lua-filter={lua}"])
    assert made.strip() == "<p>Ja slik.</p>"
    with pytest.raises(Exception, match="ikke prøvd"):
        pypandoc.convert_text(text.replace("a > 1", "b"), "html", "markdown", extra_args=[f"--lua-filter={lua}"])
