"""A cached static font is used only while building it again would give the same font."""

from __future__ import annotations

import shutil

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
    assert published == {"OFL.txt", *(file.name for file in fonts.files())}
