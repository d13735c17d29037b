"""`_brand.yml`: read strictly, and faults in it are reported with their line, never blamed on a chapter."""

from __future__ import annotations

import pytest

from notat.cli.render import build
from notat.project.brand import read_brand
from notat.text.paths import BRAND
from tools.edits import replace


@pytest.fixture
def change(note):
    """Replace text in `_brand.yml` and give the project back."""

    def write(old, new):
        replace(note / BRAND, old, new)
        return note

    return write


def test_the_colours_are_read_with_their_lines_and_capital_letters(change):
    brand = read_brand(change('"#003A5D"', '"#003a5d"'))
    assert brand.palette["fjord"] == "#003A5D"
    assert brand.lines["fjord"] == 6
    assert len(brand.palette) == len(brand.lines) == 11


REFUSED = [
    (
        "meta:",
        "logo: fylke.png\nmeta:",
        2,
        "Ukjent nøkkel «logo». Nøklene som virker her, er meta, color og typography.",
    ),
    ("family: Source", "family: Arial # Source", 30, "«typography: base: family» er «Arial»."),
    ("  primary:", "  primry:", 19, "Ukjent nøkkel «color: primry». Mente du primary"),
    ("  primary: fjord", "  primary: fjor", 19, "«color: primary» er «fjor». Husstilen bruker «fjord»"),
    ("  primary: fjord", '  primary: "#003A5D"', 19, "«color: primary» er «#003A5D»."),
    ("color:", "color:\n  link: hav", 5, "Ukjent nøkkel «color: link»"),
    ('"#003A5D"', "blå", 6, "«color: palette: fjord» er «blå». Skriv fargen som «#003A5D»"),
    ('"#003A5D"', "12", 6, "«color: palette: fjord» skal være en tekst. Skriv fargen som «#003A5D»"),
    ('    rav: "#C77A0A"\n', "", 5, "Nøkkelen «color: palette: rav» mangler. Legg den til."),
    ("weight: 600", "weight: 700", 33, "«typography: headings: weight» er 700."),
    ("  name: Trøndelag fylkeskommune", "  name: ''", 3, "«meta: name» er tom."),
    ("  name: Trøndelag fylkeskommune", "  link: https://example.org", 3, "Ukjent nøkkel «meta: link»"),
    ("  primary: fjord", "  primary: hav", 19, "Husstilen bruker «fjord» til dette. Gi «fjord» en annen farge"),
    ('    rav: "#C77A0A"', '    rav: "#C77A0A"\n    gull: "#C77A0A"', 12, "Ukjent nøkkel «color: palette: gull»"),
    ("typography:", "logo: {small: a.png}\ntypography:", 28, "Ukjent nøkkel «logo»"),
    ("  palette:", "  palette: [\n", 8, "Ugyldig YAML"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), REFUSED)
def test_what_the_engines_would_not_do_is_refused_with_its_line(change, refused, old, new, line, words):
    root = change(old, new)
    with refused(BRAND, line, words):
        read_brand(root)


def test_a_build_stops_at_the_brand_and_not_at_a_chapter(change, refused):
    root = change('"#003A5D"', "blå")
    with refused(BRAND, 6, "«color: palette: fjord» er «blå»"):
        build(root, ["html"])
    assert not (root / "_output").exists()


def test_a_note_without_a_brand_is_asked_for_it(note, refused):
    (note / BRAND).unlink()
    with refused(BRAND, None, "Fila mangler"):
        build(note, ["html"])


def test_a_build_after_a_good_one_sees_that_the_brand_was_spoilt(note, change, refused):
    build(note, ["html"])
    change("meta:", "logo: fylke.png\nmeta:")
    with refused(BRAND, 2, "«logo»"):
        build(note, ["html"])
