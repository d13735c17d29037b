"""Another brand reaches the stylesheets, the Typst template and Word."""

from __future__ import annotations

import re

import pytest

from notat.docx.package import Package
from notat.engine.write import brand
from notat.judge.checks.colours import colours_out_of_step
from notat.project.brand import read_brand
from notat.text.paths import BRAND

_OTHERS = {"fjord": "#0f6a8b", "hav": "#003A5D", "lyng": "#7A3B10"}  # two of them are swapped


@pytest.fixture
def rebranded(note):
    file = note / BRAND
    text = file.read_text(encoding="utf-8")
    for name, colour in _OTHERS.items():
        text = re.sub(rf'(\b{name}: )"#\w+"', rf'\g<1>"{colour}"', text)
    file.write_text(text, encoding="utf-8")
    return note


def test_the_house_style_has_the_colours_of_the_brand_and_nothing_is_written(note):
    assert brand.in_use(note) == read_brand(note).palette
    assert brand.apply(note) == []


@pytest.mark.parametrize("name", ["notat.scss", "typst-template.typ"])
def test_one_file_that_is_out_of_step_is_found_and_mended(note, name):
    file = note / "_extensions/notat" / name
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("#003A5D", "#003A5E"), encoding="utf-8")
    assert brand.out_of_step(note) == {"fjord": "#003A5E"}
    brand.apply(note)
    assert file.read_text(encoding="utf-8") == whole


def test_every_part_of_the_house_style_gets_the_new_colours(rebranded):
    before = Package(rebranded / "_extensions/notat" / brand.WORD).parts
    files = brand.apply(rebranded)
    assert [file.name for file in files] == ["notat.css", "notat.scss", "typst-template.typ", brand.WORD]
    assert brand.in_use(rebranded) == read_brand(rebranded).palette
    template = files[2].read_text(encoding="utf-8")
    assert dict(re.findall(r'#let (\w+?)_? = rgb\("(#\w+)"\)', template)) == read_brand(rebranded).palette
    assert brand.in_use(rebranded, "notat.scss")["fjord"] == "#0F6A8B"
    after = Package(files[3]).parts
    old, new = (parts["word/styles.xml"].decode() for parts in (before, after))
    assert old.count('"003A5D"') == new.count('"0F6A8B"') > 0
    assert old.count('"0F6A8B"') == new.count('"003A5D"') > 0
    assert "8A2F5B" not in new
    assert after.keys() == before.keys()
    assert brand.apply(rebranded) == []


def test_the_check_tells_of_colours_that_are_out_of_step(rebranded):
    found = [str(finding) for finding in colours_out_of_step(rebranded)]
    assert len(found) == 3
    assert found[0] == "_brand.yml:6: Fargen fjord er #0F6A8B her, men #003A5D i husstilen. Kjør notat brand. [N1042]"
