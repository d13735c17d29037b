"""The parameters of a note: declared in a cell as papermill has them, given by the environment or a command."""

from __future__ import annotations

import re
import shutil

import pytest
from click.testing import CliRunner

from notat.cli.main import cli
from notat.cli.render import build
from notat.project.parameters import declared, filled
from notat.project.project import Project
from notat.show import authoring
from notat.text import parameters, paths
from notat.text.errors import NotatError
from tools.edits import replace

CELL = '```{python}\n#| tags: [parameters]\nkommune = "5001"\n```\n'
HERE = "chapters/arbeid.qmd"


@pytest.fixture
def give(monkeypatch):
    def given(**values):
        monkeypatch.setenv(parameters.VARIABLE, parameters.written(values))
        authoring.numbers.cache_clear()

    return given


def change(root, old, new, file=HERE):
    replace(root / file, old, new)


def refusal(work):
    with pytest.raises(NotatError) as caught:
        work()
    return caught.value


def test_the_value_in_use_is_that_of_the_chapters_unless_another_is_given(unit_note, give):
    assert Project(unit_note).parameters == {"kommune": "5001"}
    assert Project(unit_note).place.name == "Byen"
    give(kommune="5002")
    assert Project(unit_note).parameters == {"kommune": "5002"}
    assert Project(unit_note).place.name == "Bygda"


def test_the_given_value_is_assigned_after_the_cells_own(unit_note, give):
    def cell():
        source = Project(unit_note).chapters[1]
        return next(part.code for part in source.code if "parameters" in part.code)

    assert cell().endswith('kommune = "5001"')
    give(kommune="5002")
    assert cell().endswith("kommune = \"5001\"\nkommune = '5002'")


def test_a_book_without_parameters_has_no_place(note):
    assert Project(note).parameters == {}
    assert Project(note).place is None


def test_a_value_is_of_the_kind_that_the_chapter_has(give):
    give(aar="2024", lang="false", kode="301")
    found = declared("aar = 2023\nlang = True\nkode = '5001'", ("a.qmd", 1))
    assert {name: one.value for name, one in found.items()} == {"aar": 2024, "lang": False, "kode": "0301"}
    assert refusal(lambda: declared("aar = True", ("a.qmd", 1))).code == "N0543"


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e999"])
def test_a_number_that_is_none_is_refused(give, text):
    give(andel=text)
    assert refusal(lambda: declared("andel = 0.5", ("a.qmd", 1))).code == "N0543"


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("kommune = tall()", 9),
        ('kommune = "5001"\nprint(kommune)', 10),
        ("", 7),
        ('a = b = "5001"', 9),
        ('tall = "5001"', 9),
        ("from a import b", 9),
    ],
)
def test_a_cell_of_parameters_holds_values_alone(unit_note, cell, line):
    change(unit_note, 'kommune = "5001"', cell)
    error = refusal(lambda: Project(unit_note).chapters)
    assert (error.code, error.file, error.line) == ("N0542", HERE, line)


def test_a_chapter_has_one_cell_of_parameters(unit_note):
    change(unit_note, CELL, f"{CELL}\n{CELL}")
    error = refusal(lambda: Project(unit_note).chapters)
    assert (error.code, error.line) == ("N0542", 12)


def test_chapters_that_show_anything_declare_the_same(unit_note):
    change(unit_note, 'kommune = "5001"', 'kommune = "5002"')
    error = refusal(lambda: Project(unit_note).chapters)
    assert (error.code, error.file, error.line) == ("N0545", HERE, 9)
    change(unit_note, CELL.replace("5001", "5002"), "")
    error = refusal(lambda: Project(unit_note).chapters)
    assert (error.code, error.file) == ("N0545", HERE)
    assert "mangler parameterne" in error.problem
    literature = "```{python}\nfrom notat import tall\n```\n"
    (unit_note / HERE).write_text(f"# Arbeid {{#sec-arbeid}}\n\n{literature}", encoding="utf-8")
    assert Project(unit_note).parameters == {"kommune": "5001"}


@pytest.mark.parametrize("command", [("list",), ("trace", "folk"), ("render",)])
def test_an_unknown_parameter_is_refused_by_every_command(unit_note, command):
    done = CliRunner().invoke(cli, [*command, "-P", "kommue:5002"])
    assert done.exception.code == "N0544" if isinstance(done.exception, NotatError) else "N0544" in done.output
    assert not (unit_note / paths.OUTPUT).exists()


@pytest.mark.parametrize(
    ("config", "given", "code"),
    [("enhet: fylke", {}, "N0546"), ("enhet: kommune", {"kommune": "9999"}, "N0547")],
)
def test_the_unit_is_a_parameter_and_a_place(unit_note, give, config, given, code):
    change(unit_note, "enhet: kommune", config, "_quarto.yml")
    give(**given)
    assert refusal(lambda: Project(unit_note).data).code == code


@pytest.mark.parametrize("text", ["[1]", "{", '{"a": 1}'])
def test_the_environment_holds_an_object_of_texts(unit_note, monkeypatch, text):
    monkeypatch.setenv(parameters.VARIABLE, text)
    assert refusal(lambda: Project(unit_note).chapters).code == "N0132"


def test_the_command_line_sets_values_as_quarto_does(unit_note, monkeypatch):
    def places(*options):
        done = CliRunner().invoke(cli, ["trace", "folk", *options], catch_exceptions=False)
        return re.search(r"Sted: (\w+)", done.output)[1]

    (unit_note / "verdier.yml").write_text("kommune: 5002\n", encoding="utf-8")
    assert places() == "Byen"
    assert places("-P", "kommune:5002") == "Bygda"
    assert places("--execute-param", "kommune:5002") == "Bygda"
    assert places("--execute-params", "verdier.yml") == "Bygda"
    assert places("-P", "kommune:5001", "--execute-params", "verdier.yml") == "Byen"
    monkeypatch.setenv(parameters.VARIABLE, '{"kommune": "5002"}')
    assert places() == "Bygda"


@pytest.mark.parametrize(("text", "file"), [("kommune", None), (":1", None), ("", "kommune: [1]\n"), ("", "a b: 1\n")])
def test_what_is_no_name_and_value_is_refused(unit_note, text, file):
    (unit_note / "verdier.yml").write_text(file or "", encoding="utf-8")
    given = ["--execute-params", "verdier.yml"] if file else ["-P", text]
    done = CliRunner().invoke(cli, ["list", *given])
    assert done.exception.code == "N0133"
    assert not file or (done.exception.file, done.exception.line) == ("verdier.yml", 1)


def test_the_title_of_the_book_has_the_place(unit_note, give):
    change(
        unit_note, "enhet: kommune", 'enhet: kommune\n  serie: {tittel: "Profil for {sted} ({kommune})"}', "_quarto.yml"
    )
    assert Project(unit_note).config.title == "Profil for Byen (5001)"
    give(kommune="5002")
    config = Project(unit_note).config
    assert config.title == config.documents[0].title == "Profil for Bygda (5002)"
    change(unit_note, "{sted}", "{stad}", "_quarto.yml")
    assert refusal(lambda: Project(unit_note).config).code == "N0548"


def test_a_call_has_the_value_where_the_name_of_a_parameter_stands():
    found = declared('kommune = "5001"\naar = 2023', ("a.qmd", 1))
    code = 'figur("æ", framhev=kommune, av=kommuner)\nvis(kommune)\ntall(kommune, desimaler=aar)'
    assert (
        filled(code, found) == "figur(\"æ\", framhev='5001', av=kommuner)\nvis(kommune)\ntall('5001', desimaler=2023)"
    )


def test_a_call_below_an_empty_line_has_the_value_too():
    found = declared('kommune = "5001"', ("a.qmd", 1))
    assert filled('\n\nfigur("æ", sted=kommune)\n', found) == "\n\nfigur(\"æ\", sted='5001')\n"


def test_each_value_has_its_own_outputs_and_none_is_taken_for_another(unit_note, give):
    def text():
        build(unit_note, ["html"])
        return (unit_note / "_output/arbeid.html").read_text(encoding="utf-8").replace("\u00a0", " ")

    first = text()
    assert '<span class="tall" data-id="folk">1 000</span>' in first
    assert '<span class="tall" data-id="folk@fylket">1 200</span>' in first
    give(kommune="5002")
    assert '<span class="tall" data-id="folk">200</span>' in text()
    give(kommune="5001")
    assert text() == first
    give()
    shutil.rmtree(unit_note / paths.CACHE, ignore_errors=True)
    assert text() == first
