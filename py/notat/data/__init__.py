"""What the tables in `data/` say: rows, their schema, sources and contracts, and each value as an exact quantity.

A quantity carries its unit, its rounding interval and the cells that it came from through all arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame

    from notat.data.dataset import Data


def frame(table: str, **where: str | Sequence[str]) -> DataFrame:
    """Rows of a table as a data frame, for the code of chapters: `data.frame("arbeid", maal="Sysselsatte")`.

    As `Data.frame`, for the project around the working folder.
    """
    return _read().frame(table, **where)


def forget() -> None:
    """Let the data be read again: another place may be the one that they are asked about."""
    _read.cache_clear()


@cache
def _read() -> Data:
    from notat.data.dataset import load
    from notat.text import paths, profiles

    root = paths.find_root()
    edition = profiles.read(root).keys.get("notat", {})
    return load(root, edition.get("data-til"), edition.get("lest-senere", ()))
