"""The editor's schemas for the project's own files: as strict as the engine, and in step with it."""

from __future__ import annotations

import copy
import datetime as dt
import json
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from notat.data import declared, package
from notat.engine.write import brand
from notat.intake.recipes import read_recipes
from notat.project import config, keys, texts
from notat.project.brand import read_brand
from notat.project.config import read_config
from notat.text.errors import NotatError
from notat.text.schema import faults, validator

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "docs/skjema"
FILES = {
    "brand": "_brand.yml",
    "quarto": "_quarto.yml",
    "datapackage": "data/datapackage.json",
    "kontrakter": "data/kontrakter.json",
    "tabell": "data/skjema.json",
    "oppskrift": "data/oppskrifter/ledige.json",
}
# A note may have no recipe.
RECIPE = {
    "felles": {
        "tittel": "Ledige",
        "maal": "Helt ledige",
        "type": "nivå",
        "enhet": "personer",
        "avrundet_til": "0.1",
        "kilde": "ssb",
    },
    "fil": {"periode": ["År", "Måned"], "sted": ["Sted"], "verdi": "Antall", "uten": ["Ukj*"], "desimaltegn": ","},
    "ssb": {"tabell": "90001", "utvalg": {"Tid": ["top(2)"]}},
    "steder": {"Byen": "5001"},
    "statuser": {"f": "foreløpig"},
    "neste": "2025-01-10",
}
# What Quarto documents under `color` in brand.yml, but for `link`, which the house style gives itself.
QUARTO_COLOURS = {"palette", "background", "foreground", "primary", "secondary", "tertiary"}
QUARTO_COLOURS |= {"success", "info", "warning", "danger", "light", "dark"}


def schema(name):
    return json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))


def content(name):
    if name == "oppskrift":
        return copy.deepcopy(RECIPE)
    text = (PROJECT / FILES[name]).read_text(encoding="utf-8")
    return json.loads(text) if FILES[name].endswith(".json") else YAML(typ="safe").load(text)


def complaints(name, value):
    """What the editor underlines; it reads a date as text."""
    plain = json.loads(json.dumps(value, ensure_ascii=False, default=dt.date.isoformat))
    return [fault.problem for fault in faults(plain, validator(schema(name)))]


def test_there_is_a_schema_for_each_of_the_files_and_the_settings_name_it():
    settings = json.loads((PROJECT / ".vscode/settings.json").read_text(encoding="utf-8"))
    named = {entry["url"]: entry["fileMatch"] for entry in settings["json.schemas"]}
    named |= {url: [file] for url, file in settings["yaml.schemas"].items()}
    files = FILES | {"oppskrift": "data/oppskrifter/*.json", "profil": "_quarto-*.yml"}
    assert named == {f"./docs/skjema/{name}.schema.json": [f"/{file}"] for name, file in files.items()}
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.schema.json" for name in files}


@pytest.mark.parametrize("name", FILES)
def test_the_schema_is_one_and_takes_the_file_as_it_is(name):
    Draft7Validator.check_schema(schema(name))
    assert complaints(name, content(name)) == []


# --- in step with the engine


def test_the_book_has_the_keys_that_the_engine_acts_on():
    book = schema("quarto")
    assert set(book["properties"]["language"]["propertyNames"]["enum"]) > keys.UNPRINTED_WORDS
    ignored = f"^(?:{'|'.join(sorted(keys.IGNORED))})$"
    inner = book["properties"]
    assert all(ignored in node["patternProperties"] for node in (book, inner["project"], inner["book"]))
    inside = book["properties"]["book"]["properties"]
    assert inside["downloads"]["items"]["enum"] == list(texts._DOWNLOADS)
    assert book["definitions"]["chapter"]["pattern"].replace("(", "(?:").strip("^$") == config._CHAPTER.pattern


def test_the_columns_are_those_of_the_reader():
    fields = schema("tabell")["properties"]["fields"]
    rules = [field["allOf"][1]["properties"] for field in fields["items"]]
    assert [rule["name"]["const"] for rule in rules] == [*package.COLUMNS]
    assert len(rules) == fields["minItems"] == fields["maxItems"]
    assert all(name in fields["errorMessage"] for name in package.COLUMNS)
    assert schema("tabell")["properties"]["primaryKey"]["const"] == list(package.KEY)
    numbers = {rule["name"]["const"] for rule in rules if rule["type"]["const"] == "number"}
    columns = schema("kontrakter")["definitions"]["column"]["enum"]
    assert set(columns) == {*package.COLUMNS, "tabell"} - numbers


def test_the_brand_has_the_names_that_figures_and_formats_use():
    written = schema("brand")
    colour = written["properties"]["color"]["properties"]
    named = list(read_brand(PROJECT).palette)
    assert sorted(named) == sorted(brand.in_use(PROJECT))
    assert colour["palette"]["required"] == list(colour["palette"]["properties"]) == named
    assert set(colour) == QUARTO_COLOURS


# --- as strict as the engine


def put(*path):
    """Set the value at the path; it is the last argument."""
    *way, key, value = path

    def change(found):
        for step in way:
            found = found[step]
        if value is ...:
            del found[key]
        else:
            found[key] = value

    return change


SPOILED = {
    "quarto": [
        put("bok", {}),
        put("book", ...),
        put("book", "tittel", "x"),
        put("book", "title", ...),
        put("book", "title", 3),
        put("book", "date", "i går"),
        put("book", "chapters", []),
        put("book", "chapters", 0, "index.rmd"),
        put("book", "chapters", 0, {"part": "Del"}),
        put("book", "author", []),
        put("filters", ["a.lua"]),
        put("book", "chapters", 1, "../ute.qmd"),
        put("book", "downloads", ["epub"]),
        put("book", "output-file", "mappe/notat"),
        put("book", "output-file", "index"),
        put("project", "type", "website"),
        put("project", "output-dir", "ut"),
        put("project", "execute-dir", "file"),
        put("project", "pre-render", "../ute.py"),
        put("execute", "echo", True),
        put("execute", "cache", True),
        put("format", "notat-html", {"tok": False}),
        put("format", "notat-html", {"template": "x"}),
        put("format", "epub", "default"),
        put("jupyter", "julia-1.10"),
        put("lang", "norsk"),
        put("language", "toc-title", "Innhold"),
        put("language", "search-label", 1),
        put("notat", "forrige", {}),
        put("notat", "tidligere", "tittel", "x"),
        put("notat", "tidligere", "navn", ...),
        put("notat", "tidligere", "navn", ""),
        put("notat", "tidligere", "aar", "2019"),
        put("notat", "tidligere", "aar", 0),
        put("notat", "tidligere", "aar", True),
        put("notat", "tidligere", "trykt", 3),
    ],
    "kontrakter": [
        put("sumer", []),
        put("summer", {}),
        put("summer", 0, "navn", ...),
        put("summer", 0, "hvor", {}),
        put("summer", 0, "hvor", "kolonne", "x"),
        put("summer", 0, "hvor", "tabell", ["a", "a"]),
        put("summer", 0, "ledd", ["a"]),
        put("summer", 0, "helhet_tall", "5"),
        put("summer", 1, "helhet_tall", "mange"),
        put("summer", 0, "avrunding", "ja"),
        put("summer", 0, "rest", [1]),
        put("summer", 0, "helhet_tall", "5\n"),
        put("summer", 0, "min", 1),
        put("andeler", 0, "prosent", ...),
        put("andeler", 0, "prosent", 3),
        put("grenser", 0, "hvor", ...),
        put("grenser", 0, {"navn": "a", "hvor": {"tabell": "fou"}}),
        put("rekkefolger", 0, "stigende", ["en"]),
        put("plasser", 0, "utenom", []),
        put("antall", 0, "blant", ...),
    ],
    "tabell": [
        put("felt", []),
        put("fields", ...),
        put("fields", 0, "name", "ident"),
        put("fields", 6, "type", "string"),
        put("fields", 12, ...),
        put("fields", 0, "constraints", "required", "ja"),
        put("fields", 0, "constraints", "pattern", "(a|b)*"),
        put("fields", 0, "constraints", "maxLength", 3),
        put("fields", 5, "constraints", "enum", []),
        put("fields", 0, "constraints", "minimum", 0),
        put("fields", 0, "format", "email"),
        put("primaryKey", ["id"]),
        put("missingValues", [""]),
    ],
    "datapackage": [
        put("resorces", []),
        put("resources", ...),
        put("resources", []),
        put("resources", 1, "path", ...),
        put("resources", 1, "path", "../ute.csv"),
        put("resources", 1, "path", "https://example.org/a.csv"),
        put("resources", 1, "path", "a.csv\n"),
        put("resources", 1, "schema", ...),
        put("resources", 1, "schema", "annet.json"),
        put("resources", 1, "encoding", "latin-1"),
        put("resources", 1, "format", "xlsx"),
        put("resources", 1, "dialect", {"delimiter": ";"}),
        put("resources", 1, "title", 3),
    ],
    "oppskrift": [
        put("feles", {}),
        put("felles", ...),
        put("felles", "kilde", ...),
        put("felles", "kilde", "SSB"),
        put("felles", "type", "niva"),
        put("felles", "avrundet_til", 1),
        put("felles", "avrundet_til", "0.5"),
        put("felles", "tittel", ""),
        put("fil", ...),
        put("fil", "verdi", ...),
        put("fil", "kolonne", "a"),
        put("fil", "periode", "År"),
        put("fil", "periode", ["År", "År"]),
        put("fil", "hode", 0),
        put("fil", "desimaltegn", ";"),
        put("fil", "aar", 2022),
        put("jsonstat", {"periode": "Tid"}),
        put("ssb", "utvalg", ...),
        put("ssb", "utvalg", "Tid", []),
        put("ssb", "tabell", "../1"),
        put("steder", "Byen", 5001),
        put("statuser", ["f"]),
        put("neste", "10. januar"),
    ],
    "brand": [
        put("colour", {}),
        put("color", "primry", "fjord"),
        put("color", "primary", "hav"),
        put("color", "palette", "gull", "#C77A0A"),
        put("color", ...),
        put("color", "palette", ...),
        put("color", "palette", "fjord", 12),
        put("color", "palette", "fjord", "blå"),
        put("color", "palette", "fjord", "#03D"),
        put("typography", "bse", {}),
        put("typography", "base", "famly", "x"),
        put("typography", "headings", "weight", "tykk"),
    ],
}
SPOILS = [
    pytest.param(name, number, id=f"{name}-{number}") for name, all_ in SPOILED.items() for number in range(len(all_))
]


@pytest.fixture(scope="module")
def refused_by_engine(tmp_path_factory):
    """Whether the engine refuses a file with this content."""
    root = tmp_path_factory.mktemp("lest")
    (root / FILES["oppskrift"]).parent.mkdir(parents=True)
    edition = read_config(PROJECT).earlier
    for name in (edition.table, edition.corrections, edition.dropped):
        (root / "data" / name).touch()
    for name in ("_extensions", "chapters"):
        shutil.copytree(PROJECT / name, root / name)
    for name in ("index.qmd", "references.bib"):
        shutil.copyfile(PROJECT / name, root / name)

    def refused(name: str, value: Any) -> bool:
        file = root / FILES[name]
        if FILES[name].endswith(".json"):
            file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        else:
            with file.open("w", encoding="utf-8") as stream:
                YAML(typ="safe").dump(value, stream)
        readers = {
            "quarto": lambda: read_config(root),
            "kontrakter": lambda: declared.declarations(root),
            "tabell": lambda: package.schema_fields(root),
            "datapackage": lambda: package.table_names(root),
            "brand": lambda: read_brand(root),
            "oppskrift": lambda: read_recipes(root),
        }
        with suppress(NotatError, ValueError):
            readers[name]()
            return False
        return True

    return refused


@pytest.mark.parametrize("name", FILES)
def test_the_engine_takes_the_file_as_it_is(name, refused_by_engine):
    assert not refused_by_engine(name, content(name))


@pytest.mark.parametrize(("name", "number"), SPOILS)
def test_the_schema_and_the_engine_refuse_the_same(name, number, refused_by_engine):
    spoiled = copy.deepcopy(content(name))
    SPOILED[name][number](spoiled)
    assert spoiled != content(name)
    assert refused_by_engine(name, spoiled)
    assert complaints(name, spoiled)
