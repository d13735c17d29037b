"""Whether a tagged PDF is painted in the order in which it is read aloud.

Programs that reflow a page or read it without its tags follow the order of painting. Footnotes, figures, tables and
their captions float: they are tagged where the text mentions them and painted elsewhere on the page, as intended. So
the running text is compared by itself, and each of these by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf

_FLOATING = ("/Note", "/Table", "/Figure", "/Caption")
Part = tuple[int, int] | tuple[()]  # the object of what floats; none for the running text


def out_of_order(file: Path) -> list[int]:
    """Numbers of the pages, from 1, where something is painted in another order than the tags have."""
    with pikepdf.open(file) as pdf:
        read = reading_order(pdf)
        painted = {page: _painted(pdf.pages[page]) for page, _ in read}
    return sorted(
        {
            page + 1
            for (page, _), marks in read.items()
            for earlier, later in pairwise([painted[page][mark] for mark in marks if mark in painted[page]])
            if later < earlier
        }
    )


def reading_order(pdf: pikepdf.Pdf) -> dict[tuple[int, Part], list[int]]:
    """Numbers of the marked stretches in the order of the tags, by page (from 0) and floating part."""
    found: dict[tuple[int, Part], list[int]] = defaultdict(list)
    if "/StructTreeRoot" in pdf.Root:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        for page, part, mark in _marks(pdf.Root.StructTreeRoot.get("/K"), -1, (), pages):
            found[page, part].append(mark)
    return found


def _marks(entry: Any, page: int, part: Part, pages: dict[tuple[int, int], int]) -> Iterator[tuple[int, Part, int]]:
    if isinstance(entry, pikepdf.Array):
        for one in entry:
            yield from _marks(one, page, part, pages)
    elif isinstance(entry, int):
        yield page, part, entry
    elif isinstance(entry, pikepdf.Dictionary):
        page = pages[entry.Pg.objgen] if "/Pg" in entry else page
        if "/MCID" in entry:
            yield page, part, int(entry.MCID)
        elif "/K" in entry:
            inside = entry.objgen if str(entry.get("/S")) in _FLOATING else part
            yield from _marks(entry.K, page, inside, pages)


def _painted(page: pikepdf.Page) -> dict[int, int]:
    """When each marked stretch of the page is first painted, by its number."""
    begun = [one.operands[1] for one in pikepdf.parse_content_stream(page, "BDC") if str(one.operator) == "BDC"]
    marks = [entry.MCID for entry in begun if isinstance(entry, pikepdf.Dictionary) and "/MCID" in entry]
    return {int(mark): time for time, mark in reversed(list(enumerate(marks)))}
