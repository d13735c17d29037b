"""The messages of schema rules for an author: what is wrong, on which line, and what to do."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from ruamel.yaml import YAML

from notat.text import schema
from notat.text.errors import NotatError

RULES = {
    "type": "object",
    "required": ["navn"],
    "additionalProperties": False,
    "properties": {
        "navn": {"type": "string", "minLength": 1},
        "dato": {"type": "string", "pattern": "^[0-9-]+$", "errorMessage": "Skriv den som 2024-01-31."},
        "antall": {"type": "integer"},
        "grad": {"type": ["number", "boolean"]},
        "form": {"description": "Bare én form virker.", "const": "rund"},
        "av": {"const": False},
        "farge": {"enum": ["rød", "blå"]},
        "land": {"enum": [f"land{n}" for n in range(20)]},
        "ord": {"type": "object", "propertyNames": {"enum": ["a", "b"]}, "minProperties": 1},
        "liste": {"type": "array", "uniqueItems": True, "minItems": 1, "maxItems": 2},
        "valg": {"anyOf": [{"type": "string"}, {"type": "array"}], "errorMessage": "Skriv en tekst eller en liste."},
        "ting": {"type": "array", "items": {"type": "object", "required": ["vekt"]}},
        "sted": {"type": "string", "pattern": "^(?!x$)[a-z]+$"},
    },
}


def faults(text):
    tree = YAML(typ="rt").load(text)
    return [(f.line, f"{f.problem} {f.remedy}") for f in schema.faults(tree, schema.validator(RULES))]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("navn: a\nnavm: b", 2, "Ukjent nøkkel «navm». Mente du navn"),
        ("navn: a\nord: {c: 1}", 2, "Ukjent nøkkel «ord: c». Nøklene som virker her, er a og b."),
        ("navn: a\n1: 2", 2, "Ukjent nøkkel «1». Kontroller stavingen."),
        ("dato: '1'", None, "Nøkkelen «navn» mangler. Legg den til."),
        ("navn: a\nting:\n- vekt: 1\n- name: Ku", 4, "Nøkkelen «ting: Ku: vekt» mangler. Legg den til."),
        ("navn: a\nting:\n- vekt: 1\n- {}", 4, "Nøkkelen «ting: nr. 2: vekt» mangler. Legg den til."),
        ("navn: 3", 1, "«navn» skal være en tekst. Rett verdien."),
        ("navn: ''", 1, "«navn» er tom. Fyll den ut."),
        ("navn: a\nantall: true", 2, "«antall» skal være et helt tall. Rett verdien."),
        ("navn: a\ngrad: mye", 2, "«grad» skal være et tall eller true eller false. Rett verdien."),
        ("navn: a\nform: flat", 2, "«form» er «flat». Bare én form virker. Sett verdien til rund."),
        ("navn: a\nav: true", 2, "«av» er true. Sett verdien til false."),
        ("navn: a\nav: 0", 2, "«av» er 0. Sett verdien til false."),
        ("navn: a\nfarge: grønn", 2, "«farge» er «grønn». Bruk rød eller blå."),
        ("navn: a\nland: lnad7", 2, "«land» er «lnad7». Mente du land7"),
        ("navn: a\nord: {}", 2, "«ord» er tom. Fyll den ut."),
        ("navn: a\nliste: []", 2, "«liste» er tom. Fyll den ut."),
        ("navn: a\nliste: [1, 2, 3]", 2, "«liste» har 3 ledd. Rett lista."),
        ("navn: a\nliste: [1, 1]", 2, "«liste» har samme verdi to ganger. Slett den ene."),
        ("navn: a\nvalg: 3", 2, "«valg» er ikke slik den skal være. Skriv en tekst eller en liste."),
        ("navn: a\ndato: i går", 2, "«dato» er «i går». Skriv den som 2024-01-31."),
        ("navn: a\nsted: x", 2, "«sted» er «x». Rett verdien."),
        ('navn: a\nsted: "y\\n"', 2, "«sted» er «y"),  # the end of a text is its end
        ("[1]", None, "Fila skal være en gruppe nøkler. Rett verdien."),
    ],
)
def test_each_rule_says_where_what_and_what_to_do(text, line, said):
    (found,) = faults(text)
    assert found[0] == line
    assert found[1].startswith(said)


def test_a_date_is_the_text_that_it_was_written_as_and_a_moment_is_none():
    assert faults("navn: a\ndato: 2024-01-31") == []
    assert faults("navn: a\ndato: 2024-01-31 10:00:00") == [(2, "«dato» skal være en tekst. Skriv den som 2024-01-31.")]


def test_what_may_be_a_misspelt_key_is_told_before_what_is_missing():
    assert [said.split(" ")[0] for _, said in faults("dato: '1'\nnavm: a")] == ["Ukjent", "Nøkkelen"]


def test_a_tree_of_json_has_no_lines():
    assert schema.faults({"navn": 3}, schema.validator(RULES))[0].line is None


def test_the_first_fault_is_raised_with_its_file(tmp_path):
    with pytest.raises(NotatError) as caught:
        schema.check({"colour": {}}, "brand", "_brand.yml")
    assert str(caught.value) == "_brand.yml: Ukjent nøkkel «colour». Mente du color? [N0121]"


def test_the_schemas_of_the_package_go_before_those_of_the_repository(tmp_path, monkeypatch):
    inside, repository = tmp_path / "a", tmp_path / "b"
    for folder in (inside, repository):
        folder.mkdir()
        (folder / "ny.schema.json").write_text(json.dumps({"title": folder.name}))
    monkeypatch.setattr(schema, "_FOLDERS", (inside, repository))
    schema.schema.cache_clear()
    assert schema.schema("ny") == {"title": "a"}
    (inside / "ny.schema.json").unlink()
    schema.schema.cache_clear()
    assert schema.schema("ny") == {"title": "b"}
    with pytest.raises(NotatError, match=r"Skjemaet borte mangler\. Installer notat på nytt"):
        schema.schema("borte")
    schema.schema.cache_clear()


def test_the_library_is_not_imported_before_it_is_needed():
    code = (
        "import sys, notat.text.schema, notat.project.brand, notat.data.package; sys.exit('jsonschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=600).returncode == 0
