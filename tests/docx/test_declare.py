"""The Word document says what it was made of, to readers and to programs."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest
from docx import Document
from lxml import etree

from notat.docx.declare import ITEM, ITEM_PROPERTIES, MANIFEST, PROPERTIES
from notat.docx.finish import about_document, finish_docx
from notat.project.config import read_config
from notat.project.manifest import manifest_of
from notat.project.project import Project
from notat.show import charts

NAMES = {"m": MANIFEST}


@pytest.fixture(scope="module")
def file(published):
    return published / "_output" / "diskusjonsnotat.docx"


@pytest.fixture(scope="module")
def parts(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def manifest(published):
    return json.loads((published / "_output" / "manifest.json").read_text(encoding="utf-8"))


def test_the_properties_give_the_digests_and_the_version(parts, manifest):
    root = etree.fromstring(parts[PROPERTIES])
    assert {entry.get("name"): entry[0].text for entry in root} == {
        "Datagrunnlag SHA-256": manifest["data"]["sha256"],
        "Inndata SHA-256": manifest["sha256"],
        "Notat versjon": manifest["versions"]["notat"],
    }
    assert [entry.get("pid") for entry in root] == ["2", "3", "4"]


def test_the_custom_part_is_the_manifest(parts, manifest):
    root = etree.fromstring(parts[ITEM])
    inputs = {entry.get("path"): entry.get("sha256") for entry in root.findall("m:input", NAMES)}
    assert inputs == manifest["inputs"]
    versions = {entry.get("name"): entry.get("number") for entry in root.findall("m:version", NAMES)}
    assert versions == manifest["versions"]
    assert root.find("m:data", NAMES).get("sha256") == manifest["data"]["sha256"]


def test_the_package_relates_and_types_the_new_parts_once(parts):
    types = etree.fromstring(parts["[Content_Types].xml"])
    for name in (PROPERTIES, ITEM_PROPERTIES):
        assert len([entry for entry in types if entry.get("PartName") == f"/{name}"]) == 1
    for name, target in (
        ("_rels/.rels", PROPERTIES),
        ("word/_rels/document.xml.rels", f"../{ITEM}"),
        ("customXml/_rels/item1.xml.rels", "itemProps1.xml"),
    ):
        targets = [entry.get("Target") for entry in etree.fromstring(parts[name])]
        assert targets.count(target) == 1, name
    ids = [entry.get("Id") for entry in etree.fromstring(parts["word/_rels/document.xml.rels"])]
    assert len(ids) == len(set(ids))


def test_finishing_twice_changes_nothing(published, file, tmp_path):
    config = read_config(published)
    again = tmp_path / file.name
    shutil.copyfile(file, again)
    alt_texts = charts.saved_alt_texts(published / "_figurer")
    finish_docx(again, about_document(config, config.documents[0], alt_texts, manifest_of(Project(published))))
    assert again.read_bytes() == file.read_bytes()
    assert Document(again).core_properties.title == config.title
