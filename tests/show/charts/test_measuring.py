"""A text is measured once, and the answer is that of Matplotlib."""

from __future__ import annotations

import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontManager, FontProperties, fontManager
from matplotlib.textpath import TextToPath

from notat.show.charts import measuring

FAMILY = "DejaVu Sans"


@pytest.fixture
def asked(monkeypatch):
    """The texts that Matplotlib has measured."""
    texts = []
    measure = RendererAgg.get_text_width_height_descent
    monkeypatch.setattr(measuring, "_known", {})
    monkeypatch.setattr(
        RendererAgg, "get_text_width_height_descent", lambda *given: texts.append(given[1]) or measure(*given)
    )
    return texts


def sizes(family, text="Ørsta", size=9.0, dpi=100):
    font = FontProperties(family=[family], size=size)
    drawn = RendererAgg(100, 100, dpi).get_text_width_height_descent(text, font, False)
    return drawn, TextToPath().get_text_width_height_descent(text, font, False), fontManager._find_fonts_by_props(font)


def test_a_text_is_measured_once_for_all_files(asked):
    plain = sizes(FAMILY)
    with measuring.once(FAMILY):
        assert sizes(FAMILY) == sizes(FAMILY) == plain
    with measuring.once(FAMILY):
        assert sizes(FAMILY) == plain
    assert asked == ["Ørsta"] * 2


def test_another_size_or_scale_is_another_text(asked):
    plain = [sizes(FAMILY), sizes(FAMILY, size=20.0), sizes(FAMILY, dpi=300)]
    with measuring.once(FAMILY):
        assert [sizes(FAMILY), sizes(FAMILY, size=20.0), sizes(FAMILY, dpi=300)] == plain
    assert len(asked) == 6


def test_other_fonts_are_left_to_matplotlib(asked):
    with measuring.once("en annen"):
        assert sizes(FAMILY) == sizes(FAMILY)
    assert len(asked) == 2


def test_matplotlib_is_as_it_was_afterwards():
    before = FontManager._find_fonts_by_props, RendererAgg.get_text_width_height_descent
    with pytest.raises(ZeroDivisionError), measuring.once(FAMILY):
        raise ZeroDivisionError
    assert (FontManager._find_fonts_by_props, RendererAgg.get_text_width_height_descent) == before
