"""The editor completes the names that the note has, with their meanings."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

from notat.cli import snippets
from notat.numbers.indicators import Numbers
from notat.project.declared import Declaration
from notat.project.project import Project
from notat.show import charts, claims, tables
from notat.show.charts.declared import parameters

PROJECT = Path(__file__).parents[2]


def of(found, kind):
    return {entry["prefix"]: entry for name, entry in found.items() if name.startswith(f"{kind} ")}


def test_a_number_is_completed_with_its_value_and_meaning(note):
    found = json.loads(snippets.snippets_file(Project(note)))
    assert found["Tall alle"] == {
        "prefix": "alle",
        "scope": "quarto,markdown",
        "body": '`{python} tall("alle")`',
        "description": "246\u00a0556 – Sysselsatte (Trøndelag, 4.\u00a0kvartal\u00a02022)",
    }
    assert found["Kilde ssb"]["body"] == "[@ssb]"
    assert found["Kilde ssb"]["description"] == "Statistisk sentralbyrå 2023. Sysselsetting"


def test_every_name_of_the_note_is_completed_and_no_other():
    found = snippets.snippets(Project(PROJECT))
    floats = {f"fig-{name}" for name in charts.names()} | {f"tbl-{name}" for name in tables.names()}
    cells = {f"figur-{name}" for name in charts.names()} | {f"tabell-{name}" for name in tables.names()}
    assert of(found, "Tall").keys() == set(Numbers(Project(PROJECT).data))
    assert of(found, "Påstand").keys() == claims.known().keys()
    assert of(found, "Henvisning").keys() == floats | cells
    assert of(found, "Kilde").keys() == Project(PROJECT).works.keys()
    assert all(entry["description"] and entry["body"] for entry in found.values())


def test_each_form_is_a_cell_that_is_a_declaration_of_that_form(note):
    forms = of(snippets.snippets(Project(note)), "Form")
    assert len(forms) == len(parameters.FIGURES) + len(parameters.TABLES)
    for entry in forms.values():
        code = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", entry["body"]).removeprefix("```{python}\n").removesuffix("```")
        call = ast.parse(code).body[0].value
        given = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
        one = Declaration(call.func.id, "navn", given, ("a.qmd", 1), {})
        form = parameters.form_of(one)
        if one.kind == "tabell":
            form = parameters.BY_CELL if parameters.by_cell(one) else parameters.BY_RULE
        parameters.refuse_unknown(one)
        parameters.refuse_stray(one, form)
        assert entry["prefix"].endswith(form.replace(" ", "-"))


def test_the_words_of_a_claim_are_those_that_its_predicate_tests():
    found = of(snippets.snippets(Project(PROJECT)), "Påstand")
    for id_, claim in claims.known().items():
        assert found[id_]["body"] == f"[${{1:${{TM_SELECTED_TEXT:{claim.words[0]}}}}}]{{.paastand #{id_}}}"
        assert claim.place[0] in found[id_]["description"]


def test_a_number_that_cannot_be_computed_takes_no_other_with_it(note, monkeypatch):
    real = Numbers.__getitem__

    def fails(self, id_):
        if id_ == "endring":
            raise snippets.NotatError("N0318", "Ingen rad.")
        return real(self, id_)

    monkeypatch.setattr(Numbers, "__getitem__", fails)
    found = of(snippets.snippets(Project(note)), "Tall")
    assert "alle" in found
    assert "endring" not in found


def test_the_works_are_those_of_the_file_that_is_set_up(note):
    (note / "kilder").mkdir()
    (note / "references.bib").rename(note / "kilder/verk.bib")
    config = note / "_quarto.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("bibliography: references.bib", "bibliography: kilder/verk.bib"), encoding="utf-8")
    assert "ssb" in of(snippets.snippets(Project(note)), "Kilde")
    config.write_text(text.replace("bibliography: references.bib\n", ""), encoding="utf-8")
    assert not of(snippets.snippets(Project(note)), "Kilde")


def test_a_list_of_works_that_cannot_be_read_leaves_the_rest(note):
    (note / "references.bib").write_text("@misc{ssb, title={", encoding="utf-8")
    found = snippets.snippets(Project(note))
    assert of(found, "Tall")
    assert not of(found, "Kilde")
