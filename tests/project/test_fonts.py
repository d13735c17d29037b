"""A cached static font is used only while building it again would give the same font."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from fontTools.ttLib import TTFont

from notat.cli.render import build
from notat.project import fonts
from notat.show.charts import style


def test_a_kept_font_is_known_by_the_code_that_made_it(tmp_path):
    other = tmp_path / "style.py"
    shutil.copyfile(style.__file__, other)
    assert fonts.recipe(str(other)) == fonts.recipe(style.__file__)
    with other.open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert fonts.recipe(str(other)) != fonts.recipe(style.__file__)


def test_a_kept_font_is_known_by_the_program_that_made_it(monkeypatch):
    before = fonts.recipe(style.__file__)
    monkeypatch.setattr(fonts, "version", lambda part: f"0 {part}")
    assert fonts.recipe(style.__file__) != before


def test_a_kept_font_is_known_by_the_font_that_it_was_made_of(monkeypatch, tmp_path):
    before = fonts.recipe(style.__file__)
    (tmp_path / "SHA256SUMS").write_text("0  SourceSans3[wght].ttf\n")
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    assert fonts.recipe(style.__file__) != before


def test_the_licence_goes_with_the_fonts(tmp_path):
    fonts.copy(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([*(f.name for f in fonts.files()), "OFL.txt"])
    assert len(fonts.files()) == 2
    assert "SIL Open Font License, Version 1.1" in (tmp_path / "OFL.txt").read_text(encoding="utf-8")


def test_the_licence_is_published_beside_the_fonts(note):
    build(note, ["html"])
    published = {file.name for file in (note / "_output/ressurser/fonter").iterdir()}
    assert published == {"OFL.txt", "NotatSans.woff", "NotatSans-Italic.woff"}


@pytest.fixture(scope="module")
def of_pages(tmp_path_factory):
    folder, root = tmp_path_factory.mktemp("fonter"), tmp_path_factory.mktemp("notat")
    fonts.write_for_pages(folder, root)
    return folder, root


def test_the_fonts_of_the_pages_are_small_and_have_what_is_written_in_norway(of_pages):
    folder, _ = of_pages
    assert sum(file.stat().st_size for file in folder.glob("*.woff")) < 160_000
    for file in folder.glob("*.woff"):
        characters = TTFont(file).getBestCmap()
        # Bokmål, Sami, what the note is set with, and the symbols of quantities.
        assert set(map(ord, "aåæøÅÆØéôčđŋšŧžïÁ«»–—…’−±×·₂²½€§†•→\u00a0\u202f")) <= set(characters)


def test_the_fonts_of_the_pages_keep_all_weights_the_kerning_and_figures_of_one_width(of_pages):
    folder, _ = of_pages
    for file in folder.glob("*.woff"):
        font = TTFont(file)
        assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [("wght", 200, 900)]
        assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
        named = font.getBestCmap()
        assert len({font["hmtx"][named[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_a_changed_font_does_not_have_the_reserved_name(of_pages):
    folder, _ = of_pages
    for file in folder.glob("*.woff"):
        records = TTFont(file)["name"].names
        assert {record.nameID for record in records if "Source" in str(record)} <= {0, 7, 13, 14}
        assert "Notat Sans" in {str(record) for record in records if record.nameID in (1, 16)}


def test_the_fonts_of_the_pages_are_made_once(of_pages, monkeypatch, tmp_path):
    folder, root = of_pages
    monkeypatch.setattr(fonts, "_for_pages", pytest.fail)
    fonts.write_for_pages(tmp_path, root)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in folder.iterdir()
    }


def test_a_font_is_cut_once_for_all_that_is_made_of_it(monkeypatch, tmp_path):
    cut = []
    monkeypatch.setattr(fonts, "_cut", cut.append)
    upright = next(file for file in fonts.files() if "Italic" not in file.name)
    # The pages and Word documents are written beside each other.
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: fonts.cut(upright, tmp_path), range(2))
    assert len(cut) == 1
    assert first is not second
    assert first.getGlyphOrder() == second.getGlyphOrder() == cut[0].getGlyphOrder()
