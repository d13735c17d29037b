"""The data package for others: valid by the Frictionless standard, with the source of everything."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from frictionless import Package, system

from notat.data import dataset
from notat.data.observations import SCHEMA as SERIES
from notat.data.package import SCHEMA

PROJECT = Path(__file__).parents[2]
DATA = PROJECT / "data"


@pytest.fixture(scope="module")
def package():
    return json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))


def test_frictionless_finds_the_package_valid():
    with system.use_context(trusted=True):
        report = Package(DATA / "datapackage.json").validate()
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "type", "message"])[:10]


def test_every_table_is_in_the_package(package):
    listed = {resource["path"] for resource in package["resources"]}
    assert listed == {file.relative_to(DATA).as_posix() for file in DATA.rglob("*.csv")}


def test_every_resource_says_what_it_is_and_where_it_comes_from(package):
    for resource in package["resources"]:
        assert resource["title"], resource["name"]
        assert len(resource["description"]) > 40, resource["name"]
        if resource["schema"] in (SCHEMA, SERIES):
            assert resource["sources"], resource["name"]
            assert resource["licenses"], resource["name"]


def test_every_source_is_used_and_cites_a_work_that_exists():
    loaded = dataset.load(PROJECT)
    used = {row["kilde"] for row in loaded.rows} | {table.shared.source for table in loaded.series_tables}
    compared = {control.source for control in loaded.controls}
    assert used | compared == set(loaded.sources)
    bibliography = (PROJECT / "references.bib").read_text(encoding="utf-8")
    for source in (loaded.sources[name] for name in used):
        assert f"{{{source.citation}," in bibliography, source.id


def test_no_value_is_typed_with_a_decimal_comma():
    for file in DATA.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                assert "," not in row.get("verdi", "")
