"""A text is measured once, and the answer is that of Matplotlib."""

from __future__ import annotations

import io

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontManager, FontProperties, fontManager
from matplotlib.patheffects import withStroke
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


def painted(dpi=100, family=FAMILY, **look):
    """The pixels of a figure with texts at different places within a pixel, and its SVG with letters as shapes."""
    figure = Figure(figsize=(2, 1), dpi=dpi)
    for number, text in enumerate(["Ørsta", "10 000", "Ørsta"]):
        figure.text(0.013 + 0.3 * number, 0.1 + 0.27 * number, text, family=[family], fontsize=9, **look)
    canvas, svg = FigureCanvasAgg(figure), io.BytesIO()
    canvas.draw()
    with mpl.rc_context({"svg.hashsalt": "notat", "svg.fonttype": "path"}):
        figure.savefig(svg, format="svg", metadata={"Date": None})
    return bytes(canvas.buffer_rgba()), svg.getvalue()


LOOKS = (
    {},
    {"dpi": 300},
    {"rotation": 30},
    {"fontweight": 700},
    {"color": "red"},
    {"antialiased": False},
    {"path_effects": [withStroke(linewidth=2, foreground="white")]},
    {"family": "DejaVu Serif"},
)


def test_letters_are_painted_once_for_each_place_and_as_by_matplotlib(monkeypatch):
    for name in ("_known", "_outlines", "_lines", "_letters"):
        monkeypatch.setattr(measuring, name, {})
    plain = [painted(**look) for look in LOOKS]
    assert len(set(plain)) == len(LOOKS)
    with measuring.once(FAMILY):
        assert [painted(**look) for look in LOOKS] == plain
        letters = len(measuring._letters)
        assert letters
        monkeypatch.setattr(measuring, "_paint", lambda *_: pytest.fail("en bokstav tegnes en gang til"))
        assert [painted(**look) for look in LOOKS] == plain
        assert len(measuring._letters) == letters


def test_matplotlib_is_as_it_was_afterwards():
    patched = (
        (FontManager, "_find_fonts_by_props"),
        (RendererAgg, "get_text_width_height_descent"),
        (RendererAgg, "draw_text"),
        (TextToPath, "get_glyphs_with_font"),
    )
    before = [getattr(owner, name) for owner, name in patched]
    with measuring.once(FAMILY):
        assert not any(getattr(owner, name) is old for (owner, name), old in zip(patched, before, strict=True))
    assert [getattr(owner, name) for owner, name in patched] == before
    with pytest.raises(ZeroDivisionError), measuring.once(FAMILY):
        raise ZeroDivisionError
    assert [getattr(owner, name) for owner, name in patched] == before


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Ørsta"},
        {"fontsize": 20.0},
        {"rotation": 30},
        {"rotation": 30, "rotation_mode": "anchor"},
        {"ha": "right"},
        {"va": "top"},
        {"ma": "right"},
        {"linespacing": 2.0},
        {"text": "$x^2$", "parse_math": False},
    ],
)
def test_a_text_that_differs_in_anything_is_laid_out_as_by_matplotlib(changed, monkeypatch):
    monkeypatch.setattr(measuring, "_known", {})
    figure = Figure(dpi=100)
    given = {"text": "Ørsta og\nVolda", "family": [FAMILY], "ha": "left"}
    if "parse_math" in changed:  # whose default follows the style that the process drew with last
        given |= {"text": "$x^2$", "parse_math": True}
    texts = [figure.text(0, 0, one.pop("text"), **one) for one in (given.copy(), given | changed)]

    def laid_out():
        found = []
        for dpi in (100, 300):
            figure.dpi = dpi
            for box, *rest in (text._get_layout(RendererAgg(100, 100, dpi)) for text in texts):
                found.append(repr((box.bounds, rest)))
        return found

    plain = laid_out()
    assert len(set(plain)) == 4
    with measuring.once(FAMILY):
        assert laid_out() == laid_out() == plain
