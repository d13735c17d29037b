"""What is drawn to be seen – marks, borders, symbols, underlines – stands out 3 to 1 from its ground (WCAG 1.4.11).

Computed from the colours as the stylesheets and the brand define them, in light and dark and on paper.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from notat.engine.write.brand import in_use
from notat.judge.uu.docx.looks import contrast_ratio
from notat.project.brand import read_brand
from notat.show.charts import maps, marks

PROJECT = Path(__file__).parents[2]
EXTENSION = PROJECT / "_extensions/notat"
STYLES = [EXTENSION / "notat.css", EXTENSION / "ramme.css", PROJECT / "py/notat/engine/write/templates/shell.css"]
CSS = "\n".join(re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL) for file in STYLES)
LEAST, LEAST_OF_TEXT = 3.0, 4.5
TEXTS = {"blekk", "stein", "fjord", "lyng"}  # colours of names and values outside bars
PALE = {"taake", "is", "papir"}  # lines of tables and grounds: nothing is lost when they are not seen
GROUNDS = ("paper", "surface")
# What the drawn things are for, by the properties that colour them, and the grounds that they stand on.
DRAWN = {
    "link": (*GROUNDS, "line"),  # focus, the bar of progress, underlines
    "rule": GROUNDS,  # the borders of buttons, fields and tables
    "finding": (*GROUNDS, "finding-ground"),
    "question": (*GROUNDS, "question-ground"),
    "aside": GROUNDS,
    "heading": GROUNDS,
    "muted": GROUNDS,
}
_DEFINED = re.compile(r"--(?P<name>[\w-]+):\s*(?P<value>[^;]+);")
_MIXED = re.compile(r"color-mix\(in srgb, currentcolor (?P<share>\d+)%, transparent\)", re.IGNORECASE)


def defined() -> dict[str, str]:
    root = CSS[: CSS.index("}")]
    return {match["name"]: match["value"].strip() for match in _DEFINED.finditer(root)}


def colour(name: str, scheme: int) -> str:
    """The hex digits of a custom property in light (0) or dark (1)."""
    value = defined()[name]
    if both := re.fullmatch(r"light-dark\((.+), (.+)\)", value):
        value = both[scheme + 1]
    if other := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(other[1], scheme)
    assert re.fullmatch(r"#[0-9A-Fa-f]{6}", value), value
    return value[1:]


def mixed(one: str, other: str, share: float) -> str:
    parts = [(int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (0, 2, 4)]
    return "".join(f"{round(share * front + (1 - share) * back):02X}" for front, back in parts)


@pytest.mark.parametrize("scheme", [0, 1], ids=["lys", "mørk"])
def test_what_is_drawn_on_the_pages_stands_out(scheme):
    for name, grounds in DRAWN.items():
        for ground in grounds:
            assert contrast_ratio(colour(name, scheme), colour(ground, scheme)) >= LEAST, (name, ground)


@pytest.mark.parametrize("scheme", [0, 1], ids=["lys", "mørk"])
def test_figures_on_the_pages_have_marks_and_texts_that_stand_out(scheme):
    palette = {name: colour(f"figur-{name}", scheme) for name in read_brand(PROJECT).palette}
    ground = palette["papir"]
    assert ground == colour("paper", scheme)
    for name in palette.keys() - PALE:
        assert contrast_ratio(palette[name], ground) >= LEAST, name
    for name in TEXTS:
        assert contrast_ratio(palette[name], ground) >= LEAST_OF_TEXT, name
    for name in palette.keys() - {"papir", "blekk", "rav"}:  # no bar has the colour of lines over time
        assert contrast_ratio(palette[name], palette[marks._ink(name)]) >= LEAST_OF_TEXT, name


@pytest.mark.parametrize("scheme", [0, 1], ids=["lys", "mørk"])
def test_shades_of_a_map_go_one_way_and_the_last_is_farthest_from_the_page(scheme):
    steps = [contrast_ratio(colour(f"figur-{name}", scheme), colour("paper", scheme)) for name in maps._SHADES]
    assert steps == sorted(steps)
    assert steps[-1] > 2 * steps[1]


@pytest.mark.parametrize("scheme", [0, 1], ids=["lys", "mørk"])
def test_underlines_stand_out_although_they_are_paler_than_the_words(scheme):
    shares = [int(match["share"]) / 100 for match in _MIXED.finditer(CSS)]
    assert len(shares) >= 2
    for share in shares:
        for name in ("ink", "link"):
            for ground in GROUNDS:
                back = colour(ground, scheme)
                assert contrast_ratio(mixed(colour(name, scheme), back, share), back) >= LEAST, (share, name, ground)


def test_borders_that_say_something_have_such_a_colour():
    said = re.findall(r"(?:outline|border(?:-\w+)*): (?:[23456]px|1px) solid var\(--([\w-]+)\)", CSS)
    assert set(said) >= {"link", "rule", "line"}
    assert set(said) <= {*DRAWN, "line", "accent", "finding-ground"}
    assert {value for name, value in _DEFINED.findall(CSS) if name == "accent"} <= {
        "var(--aside)",
        "var(--figur-rav)",
        "var(--finding)",
        "var(--question)",
    }


def test_every_colour_of_the_brand_that_draws_stands_out_from_paper():
    palette = read_brand(PROJECT).palette
    for name, value in palette.items():
        if name not in PALE:
            assert contrast_ratio(value[1:], palette["papir"][1:]) >= LEAST, name


def test_no_mark_of_a_figure_has_a_pale_colour_but_with_an_edge_or_behind_others():
    """The pale names in the drawing code, each known: bars get an edge, lines are the background of those named."""
    found = set()
    for folder in (PROJECT / "py/notat/show/charts", PROJECT / "py/content/charts"):
        for file in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and node.value in PALE - {"papir"}:
                    found.add(file.name)
    assert found == {
        "forms.py",
        "lines.py",
        "maps.py",
        "marks.py",
        "parts.py",
        "timelines.py",
    }


def test_lines_in_the_pdf_that_show_links_and_boxes_stand_out():
    palette = in_use(PROJECT, "typst-template.typ")
    template = (EXTENSION / "typst-template.typ").read_text(encoding="utf-8")
    strokes = re.findall(r"(?:left|understreket = underline\.with\(stroke): ?[\d.]+pt \+ (\w+)", template)
    assert {"hav", "lyng", "stein"} <= set(strokes)
    for name in set(strokes) - {"taake"}:  # beside a note in the margin, which its size tells apart
        assert contrast_ratio(palette[name][1:], palette["papir"][1:]) >= LEAST, name
