"""What each maker plans, from what the author says to the texts."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from notat.cli.scaffold import notebook
from notat.cli.scaffold.chapters import add_chapter
from notat.cli.scaffold.claims import add_predicate, marks_of
from notat.cli.scaffold.derived import KINDS, Wording, add_derived
from notat.cli.scaffold.figures import Look, add_figure, add_table
from notat.cli.scaffold.rows import add_row, read_planned_data
from notat.cli.scaffold.sources import Work, add_source
from notat.data import dataset
from notat.judge.checks.trend_words import DONE, claiming_words
from notat.numbers.indicators import Numbers
from notat.numbers.provenance import in_a_line
from notat.project.declared import Declaration
from notat.project.project import Project
from notat.show import charts, tables
from notat.show.charts.declared.said import without_marks
from notat.text.errors import NotatError

PROJECT = Path(__file__).parents[3]
CITY, TOWN, OLD = "folketall_trondheim_2023", "folketall_midtre_gauldal_2023", "folketall_trondheim_2021"
FIELDS = {"maal": "Prøver", "geografi": "Norge", "periode": "2023", "kilde": "ssb", "type": "", "avrundet_til": ""}


@pytest.fixture(scope="module")
def numbers():
    """The numbers of the project itself; an unwritten plan changes nothing."""
    return Numbers(dataset.load(PROJECT))


@pytest.fixture
def small(note):
    return Numbers(dataset.load(note))


@pytest.mark.parametrize(
    ("written", "unit", "columns", "printed"),
    [
        ("246 556", "personer", "nivå,246556,personer,1", "246 556 personer"),
        ("2,3", "prosent", "andel,2.3,prosent,0.1", "2,3 %"),
        ("−5,10", "prosent", "endring,-5.10,prosent,0.01", "−5,10 %"),
        ("7", "antall", "nivå,7,antall,1", "7"),
    ],
)
def test_a_value_is_stored_as_the_data_have_it_and_echoed_as_printed(note, small, written, unit, columns, printed):
    plan = add_row(
        Project(note), small, "ny", "arbeid", fields=FIELDS | {"verdi": written, "enhet": unit}, chapter=None
    )
    assert plan.files["data/arbeid.csv"].endswith(f"\nny,Prøver,,Norge,2023,{columns},,,ssb,\n")
    assert [value.replace("\u00a0", " ") for value in plan.values] == [f"{printed}, 2023, Norge (Prøver)"]
    assert list(plan.files) == ["data/arbeid.csv"]  # this note has no notebooks and names no sources of its tables


def test_a_table_keeps_its_line_endings_and_gets_a_last_one(note, small):
    file = note / "data/arbeid.csv"
    file.write_bytes(file.read_bytes().rstrip().replace(b"\n", b"\r\n"))
    plan = add_row(
        Project(note), small, "ny", "arbeid", fields=FIELDS | {"verdi": "7", "enhet": "antall"}, chapter=None
    )
    assert plan.files["data/arbeid.csv"].count("\r\n") == plan.files["data/arbeid.csv"].count("\n") == 6


def test_a_row_that_is_like_another_but_for_its_source_is_found_by_it(numbers):
    row = numbers.data.row(CITY)
    assert notebook.row_code(row.fields, row.table, numbers.data.rows).count("kilde=") == 0
    other = row.fields | {"kilde": "ssb_ny"}
    assert notebook.row_code(other, row.table, numbers.data.rows).endswith(", kilde='ssb_ny')")


def test_a_row_that_makes_a_claim_false_is_written_with_the_claim(numbers):
    """«De åtte kommunene … flere»: a place with the same measure in only the last year is not part of the claim."""
    row = numbers.data.row("folketall_trondheim_2021")
    fields = {column: row[column] for column in ("maal", "periode", "enhet")}
    fields |= {"geografi": "Nabokommunen", "kilde": "notat2023", "type": "", "avrundet_til": "", "verdi": "900 000"}
    plan = add_row(Project(PROJECT), numbers, "ny", row.table, fields=fields, chapter="kommunene")
    first = plan.then[0]
    assert first.startswith("Rett først: chapters/kommunene.qmd:")
    assert "«flere» stemmer ikke med tallene" in first


def test_the_control_of_a_formula_is_the_formula(numbers):
    quantity = numbers["folketall_trondheim_endring_pst_2021_2023"].quantity
    rows = {notebook.row_name(cell): float(cell.value) for cell in quantity.cells}
    computed = eval(notebook.formula_code(quantity), {"v": rows})
    assert computed == pytest.approx(float(quantity.value), rel=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_each_way_to_compute_is_a_formula_that_is_read_back(numbers, kind):
    plan = add_derived(Project(PROJECT), numbers, "ny", (OLD, CITY), kind=kind, wording=Wording(), chapter="kommunene")
    (_, line, value), last = plan_row(plan)
    made = Numbers(read_planned_data(plan))["ny"]
    old, new = numbers[OLD].quantity, numbers[CITY].quantity
    computed = {
        "endring": (new.value - old.value) / old.value * 100,
        "andel": old.value / new.value * 100,
        "forskjell": new.value - old.value,
        "ganger": new.value / old.value,
        "sum": old.value + new.value,
    }
    assert made.quantity.value == computed[kind]
    assert (made.period, made.place) == ("2021–2023", "Trondheim")
    assert value == in_a_line(made)
    assert line == last


def plan_row(plan):
    """The only addition to the table of formulas, with what it will print as, and the last line of that table."""
    table = plan.files["data/regnet.csv"]
    (added,) = [each for each in plan.additions if each.file == "data/regnet.csv"]
    return (added.file, added.line, plan.values[0]), len(table.splitlines())


def test_a_formula_may_name_what_a_function_computes(numbers):
    of = (CITY, "folketall_trondheimsregionen_2023")
    plan = add_derived(
        Project(PROJECT), numbers, "ny", of, kind="andel", wording=Wording("Andel", "2023"), chapter="kommunene"
    )
    assert plan.files["data/regnet.csv"].splitlines()[-1] == (
        'ny,"andel(folketall_trondheim_2023, folketall_trondheimsregionen_2023)",Andel,2023,'
        "Trondheim og Trondheimsregionen,1"
    )


def cells(plan):
    """The code of the notebook's cells that the plan adds."""
    (file,) = [name for name in plan.files if name.endswith(".ipynb")]
    book = json.loads(plan.files[file])
    return ["".join(cell["source"]) for cell in book["cells"] if cell.get("execution_count", 1) is None]


@pytest.mark.parametrize("kind", KINDS)
def test_no_control_is_written_from_the_formula_that_it_would_test(numbers, kind):
    plan = add_derived(Project(PROJECT), numbers, "ny", (OLD, CITY), kind=kind, wording=Wording(), chapter="kommunene")
    assert cells(plan) == ['uten_formel("ny")']


def test_the_author_s_second_formula_is_the_control(numbers):
    second = f"{CITY} / {OLD} * 100 - 100"
    plan = add_derived(
        Project(PROJECT),
        numbers,
        "ny",
        (OLD, CITY),
        kind="endring",
        wording=Wording(),
        chapter="kommunene",
        second=second,
    )
    assert cells(plan) == [f'vis(\n    ny=v["{CITY}"] / v["{OLD}"] * 100 - 100,\n)']


def test_the_control_belongs_to_the_chapter_that_has_most_of_the_numbers(numbers):
    of = ("helt_ledige_pst_2022_10", "helt_ledige_pst_2023_01")
    plan = add_derived(Project(PROJECT), numbers, "ny", of, kind="forskjell", wording=Wording(), chapter=None)
    assert [file for file in plan.files if file.endswith(".ipynb")] == ["tests/notebooks/kompetanse.ipynb"]
    assert not [file for file in plan.files if file.endswith(".py")]


def declared(plan, name, chapter="chapters/kommunene.qmd"):
    """What the plan declares in the chapter under this name."""
    before = (PROJECT / chapter).read_text(encoding="utf-8").rstrip()
    assert plan.files[chapter].startswith(before)
    cell = plan.files[chapter].removeprefix(before)
    call = ast.parse(cell.split("```{python}\n")[1].removesuffix("```\n")).body[0].value
    assert call.args[0].value == name
    return {word.arg: ast.literal_eval(word.value) for word in call.keywords}


@pytest.mark.parametrize(
    ("of", "look", "said"),
    [
        ((CITY, TOWN), Look(), "Liggende søylediagram"),
        ((OLD, CITY), Look(), "Linjediagram"),
        ((OLD, CITY), Look("stående"), "Stående søylediagram"),
    ],
)
def test_a_figure_has_the_form_that_fits_and_is_declared_in_the_chapter(numbers, of, look, said):
    plan = add_figure(Project(PROJECT), numbers, "ny", of, look=look, chapter="kommunene")
    assert not [file for file in plan.files if file.endswith(".py")]
    given = declared(plan, "ny")
    drawing = charts.draw_declared(Declaration("figur", "ny", given, ("x.qmd", 1), {}), numbers)
    plt.close(drawing.figure)
    assert drawing.alt.startswith(said)
    assert {quantity.node for quantity in drawing.quantities} == {numbers[id_].quantity.node for id_ in of}


def test_a_table_has_a_row_for_each_number(numbers):
    plan = add_table(Project(PROJECT), numbers, "ny", (CITY, TOWN), labels=(), chapter="kommunene")
    given = declared(plan, "ny")
    made = tables.build_declared(Declaration("tabell", "ny", given, ("x.qmd", 1), {}), numbers)
    assert [row[0] for row in made.rows] == [numbers[id_].place for id_ in (CITY, TOWN)]
    assert made.head[0] == "Sted"


def test_numbers_that_are_alike_are_not_ranked(numbers):
    of = ("kompetansestrategi_hovedomrader", "klyngesektorer", "havbruk_hovedakser")
    values = {numbers[id_].quantity.value for id_ in of}
    assert len(values) < 3
    plan = add_figure(Project(PROJECT), numbers, "ny", of, look=Look(labels=("A", "B", "C")), chapter="kommunene")
    assert "[" not in declared(plan, "ny")["tittel"]


def test_numbers_that_their_rounding_may_make_alike_are_not_ranked(numbers):
    of = ("yrkesfag_andel_vgo", "industriutslipp_endring_pst_2009_2017")
    high, low = (numbers[id_].quantity for id_ in of)
    assert low.value < high.value
    assert low.interval[1] > high.interval[0]
    plan = add_figure(Project(PROJECT), numbers, "ny", of, look=Look(labels=("A", "B")), chapter="kommunene")
    assert "[" not in declared(plan, "ny")["tittel"]


def test_the_words_of_a_ranking_are_tested(numbers):
    plan = add_figure(Project(PROJECT), numbers, "ny", (CITY, TOWN), look=Look(), chapter="kommunene")
    title = declared(plan, "ny")["tittel"]
    assert '[høyest]{av="Trondheim"}' in title
    assert list(claiming_words(without_marks(title, DONE), before_numbers=True)) == []


def test_a_chapter_that_has_not_imported_the_function_gets_the_import(numbers, monkeypatch):
    monkeypatch.setattr("notat.cli.scaffold.cells._imported", lambda code: [])
    plan = add_figure(Project(PROJECT), numbers, "ny", (CITY, TOWN), look=Look(), chapter="kommunene")
    assert "```{python}\nfrom notat import figur\n\nfigur(\n" in plan.files["chapters/kommunene.qmd"]


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"av": "folketall_trondheim_endring_2021_2023"}, ["økte", "økte litt"]),
        ({"av": "folketall_midtre_gauldal_endring_2021_2023"}, ["falt", "falt litt", "var uendret"]),
        ({"av": CITY, "enn": TOWN}, ["høyere enn", "klart høyere enn", "langt høyere enn"]),
        ({"av": "folketall_trondelag_2023", "blant": f"{TOWN} {CITY}"}, ["størst"]),
        ({"av": TOWN, "blant": f"folketall_trondelag_2023 {CITY}"}, ["minst"]),
        ({"av": "bedrifter_under20_pst"}, ["nesten alle", "de fleste"]),
    ],
)
def test_common_words_that_are_true_are_offered(numbers, attributes, words):
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    offered = marks_of(numbers, attributes)
    assert [mark for mark in offered if not mark.endswith(f"{{.paastand {written}}}")] == []
    assert [mark[1:].split("]")[0] for mark in offered] == words


def test_words_that_are_true_are_the_mark_to_paste(numbers):
    attributes = {"av": CITY, "enn": TOWN, "blant": ""}
    assert marks_of(numbers, attributes, "langt flere enn") == [
        f'[langt flere enn]{{.paastand av="{CITY}" enn="{TOWN}"}}'
    ]


def test_a_predicate_is_for_words_that_no_phrase_can_say_and_false_until_it_is_written(numbers):
    plan = add_predicate(
        Project(PROJECT), numbers, "p-ny", [CITY, TOWN], words="følger «tett» bak", chapter="kommunene"
    )
    file = "py/content/claims/kommunene.py"
    assert list(plan.files) == [file]
    assert "[følger «tett» bak]{.paastand #p-ny}" in plan.then[1]
    code = plan.files[file]
    assert '@claim("p-ny", ord=("følger «tett» bak",))' in code
    names = {"of": lambda _, id_: numbers[id_].quantity, "claim": lambda *_, **__: lambda f: f, "Numbers": Numbers}
    exec(code[code.index('@claim("p-ny"') :], names)
    assert names["p_ny"](numbers) is False


def test_the_commands_offer_what_the_makers_know():
    from notat.cli import commands
    from notat.cli.scaffold import figures, sources
    from notat.show.claims import cases

    assert tuple(commands._ATTRIBUTES) == cases.ATTRIBUTES
    assert commands._FORMS == figures.FORMS
    assert commands._WORKS == sources.KINDS


def test_a_source_is_entered_in_the_order_of_the_keys():
    work = Work("Tall: 5 % & mer", "SSB", "https://www.ssb.no/a_b", "2024", "rapport")
    plan = add_source(Project(PROJECT), "braten_ny", work)
    text = plan.files["references.bib"]
    assert text.index("@report{braten2022,") < text.index("@report{braten_ny,") < text.index("@dataset{dbh,")
    assert "  title      = {Tall – 5 \\% \\& mer},\n" in text
    assert plan.files["data/kilder.csv"].endswith(
        "\nbraten_ny,Tall: 5 % & mer,SSB,https://www.ssb.no/a_b,Ikke oppgitt,braten_ny,\n"
    )


def test_a_source_is_entered_in_the_bibliography_that_is_set_up(note):
    (note / "kilder").mkdir()
    (note / "references.bib").rename(note / "kilder/verk.bib")
    config = note / "_quarto.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("bibliography: references.bib", "bibliography: kilder/verk.bib"), encoding="utf-8")
    plan = add_source(Project(note), "ny", Work("T", "U", "", "2024"))
    assert set(plan.files) == {"data/kilder.csv", "kilder/verk.bib"}
    with pytest.raises(NotatError, match=r"finnes ikke i kilder/verk\.bib"):
        add_source(Project(note), "ny", Work("T", "U", "", "", reference="finnes_ikke"))
    config.write_text(text.replace("bibliography: references.bib\n", ""), encoding="utf-8")
    with pytest.raises(NotatError, match="har ingen litteraturliste"):
        add_source(Project(note), "ny", Work("T", "U", "", "2024"))


def test_a_source_can_be_entered_after_the_rows_that_name_it(note):
    table = note / "data/arbeid.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index("kilde")
    for row, name in ((1, "ny"), (2, "annen")):
        cells = lines[row].split(",")
        lines[row] = ",".join([*cells[:place], name, *cells[place + 1 :]])
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in ("ny", "annen"):
        with pytest.raises(NotatError, match=f"notat new kilde {name}"):
            dataset.load(note)
        add_source(Project(note), name, Work("T", "U", "", "2024")).write()
    assert {"ny", "annen"} <= set(dataset.load(note).sources)


def test_a_source_may_cite_a_work_that_is_there():
    plan = add_source(Project(PROJECT), "ny", Work("T", "U", "", "", reference="abelia2022"))
    assert list(plan.files) == ["data/kilder.csv"]
    assert plan.files["data/kilder.csv"].endswith("\nny,T,U,,Ikke oppgitt,abelia2022,\n")


@pytest.mark.parametrize("after", [None, "kompetanse"])
def test_a_chapter_is_listed_and_the_comments_stay(copy, after):
    files = [source.file for source in Project(copy).chapters]
    [works] = [source.file for source in Project(copy).chapters if any("{#refs}" in line for _, line in source.lines)]
    before = f"chapters/{after}.qmd" if after else files[files.index(works) - 1]
    config = copy / "_quarto.yml"
    text = config.read_text(encoding="utf-8").replace("  appendices:", "  # det siste\n  appendices:  # vedlegg")
    config.write_text(text, encoding="utf-8")
    plan = add_chapter(Project(copy), "ny-prove", "En ny prøve", after)
    assert plan.files["_quarto.yml"] == text.replace(
        f"    - {before}\n", f"    - {before}\n    - chapters/ny-prove.qmd\n"
    )
    assert plan.files["chapters/ny-prove.qmd"].startswith(
        "# En ny prøve {#sec-ny-prove}\n\n```{python}\nfrom notat import "
    )
