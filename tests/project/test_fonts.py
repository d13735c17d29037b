"""A static font that is kept is used only while it would be made the same again."""

from __future__ import annotations

import shutil

import pytest

from notat.project import fonts
from notat.show.charts import style


def test_a_kept_font_is_known_by_the_code_that_made_it(tmp_path):
    other = tmp_path / "style.py"
    shutil.copyfile(style.__file__, other)
    assert fonts.recipe(str(other)) == fonts.recipe(style.__file__)
    with other.open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert fonts.recipe(str(other)) != fonts.recipe(style.__file__)


@pytest.mark.parametrize("changed", ["fonttools", "fontpkg-source-sans-3"])
def test_a_kept_font_is_known_by_the_parts_that_made_it(monkeypatch, changed):
    before, real = fonts.recipe(style.__file__), fonts.version
    monkeypatch.setattr(fonts, "version", lambda part: "0" if part == changed else real(part))
    assert fonts.recipe(style.__file__) != before
