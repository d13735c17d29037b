"""The house style of the Word file, and that the PDF has the same colours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notat.docx import styles
from notat.docx.package import Package, attribute, find_all
from notat.project.brand import read_brand
from tools.reference import build

PROJECT = Path(__file__).parents[2]
EXTENSION = PROJECT / "_extensions" / "notat"


@pytest.fixture(scope="module")
def palette():
    return dict(read_brand(PROJECT).palette)


def test_the_kept_reference_document_is_what_the_module_writes(tmp_path):
    build(tmp_path / "reference.docx")
    assert (tmp_path / "reference.docx").read_bytes() == (EXTENSION / "reference.docx").read_bytes()


def test_the_running_head_has_the_title_and_the_chapter():
    package = Package(EXTENSION / "reference.docx")
    header = next(package.xml(name) for name in package.parts if name.startswith("word/header"))
    fields = [attribute(field, "w:instr") for field in find_all(header, "//w:p/w:fldSimple")]
    assert fields == ["TITLE", "STYLEREF 1"]
    assert len(find_all(header, "//w:r/w:tab")) == 1


def test_word_has_the_colours_of_the_brand(palette):
    assert palette["blekk"] == f"#{styles.BLEKK}"
    used = {name: f"#{getattr(styles, name.upper())}" for name in palette if hasattr(styles, name.upper())}
    assert used.items() <= palette.items()


def test_the_pdf_has_the_colours_of_the_brand(palette):
    template = (EXTENSION / "typst-template.typ").read_text(encoding="utf-8")
    assert dict(re.findall(r'#let (\w+?)_? = rgb\("(#\w+)"\)', template)) == palette


def test_every_style_that_the_filter_asks_for_exists():
    asked = re.findall(r'(?:title|body) = "([^"]+)"', (EXTENSION / "notat.lua").read_text(encoding="utf-8"))
    assert {"Hovedfunn", "Drøfting", "Boks"} <= set(asked)
    assert set(asked) <= {style.name for style in styles.STYLES}


def test_styles_build_on_styles_that_exist():
    names = {style.name for style in styles.STYLES}
    assert {style.based_on for style in styles.STYLES} | {style.next for style in styles.STYLES} <= names | {""}


def test_the_language_is_bokmal_and_the_paper_a4():
    package = Package(EXTENSION / "reference.docx")
    assert attribute(find_all(package.xml("word/styles.xml"), "w:docDefaults//w:lang")[0]) == "nb-NO"
    assert attribute(find_all(package.xml("word/settings.xml"), "w:themeFontLang")[0]) == "nb-NO"
    size = find_all(package.xml("word/document.xml"), "//w:pgSz")[0]
    assert (attribute(size, "w:w"), attribute(size, "w:h")) == ("11906", "16838")
