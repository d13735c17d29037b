"""A series of three small notes, written for each test that uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from notat.data import series
from notat.data.series import Observation, Shared
from notat.judge.checks import checksums

_PLACES = """\
kode,navn,slag,gyldig_fra,gyldig_til
0,Norge,land,,
50,Fylket,fylke,,
56,Naboen,fylke,,
5001,Byen,kommune,,
5002,Bygda,kommune,,
5003,Øya,kommune,,
5601,Vika,kommune,,
"""
_RULES = """\
id,tabell,maal,gruppe,sted,periode
ledige,serier/ledige,,,enheten,2023-01
ledige_2022,serier/ledige,,,enheten,2022-01
"""
_PARAMETERS = '```{python}\n#| tags: [parameters]\nkommune = "5001"\n```\n'
_SETUP = "```{python}\nfrom notat import tall\n```\n"
INDEX = f"""\
# Sammendrag {{.unnumbered #sec-sammendrag}}

{_PARAMETERS}
{_SETUP}
Det var `{{python}} tall("ledige")` ledige.
"""
CHAPTER = f"""\
# Arbeid {{#sec-arbeid}}

{_PARAMETERS}
{_SETUP}
Ledigheten var [høyere enn]{{.paastand av="ledige" enn="ledige_2022"}} før.
Det var `{{python}} tall("ledige")` ledige mot `{{python}} tall("ledige_2022")`.
"""
_VALUES = {"5001": (20, 25), "5002": (10, 12), "5003": (7, 8), "5601": (3, 9)}


def _write_values(root: Path, values: dict[str, tuple[int, int]]) -> None:
    """Write the series that the notes are about: a value for January 2022 and one for January 2023."""
    shared = Shared("ledige", "Helt ledige", "Helt ledige", "nivå", "personer", "1", "ssb")
    months = ("2022-01", "2023-01")
    rows = [
        Observation("", code, month, str(one))
        for code, both in values.items()
        for month, one in zip(months, both, strict=True)
    ]
    series.write(root, shared, rows)
    checksums.write(root)


def make_series(root: Path) -> Path:
    """Make a series of the small note at `root`."""
    setup = root / "_quarto.yml"
    text = setup.read_text(encoding="utf-8").replace('title: "Et lite notat"', 'title: "Profilene"')
    setup.write_text(f'{text}notat:\n  enhet: kommune\n  serie:\n    tittel: "Profil for {{sted}}"\n', encoding="utf-8")
    (root / "index.qmd").write_text(INDEX, encoding="utf-8")
    (root / "chapters/arbeid.qmd").write_text(CHAPTER, encoding="utf-8")
    (root / "data/steder.csv").write_text(_PLACES, encoding="utf-8")
    (root / "data/tall.csv").write_text(_RULES, encoding="utf-8")
    _write_values(root, _VALUES)
    return root


@pytest.fixture
def the_series(note: Path) -> Path:
    """Root of a series: a county of three units, and a neighbour of one; the working folder while the test runs."""
    return make_series(note)


@pytest.fixture
def write_values() -> Callable[[Path, dict[str, tuple[int, int]]], None]:
    """`write_values(root, {"5001": (20, 25)})`: the values of each unit for January 2022 and 2023."""
    return _write_values
