"""Whether two pictures show the same: Word and other programs store them anew, smaller or in another form."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

_PARTS = 20  # of each side
_LEAST = 0.03  # mean difference in lightness, of 1, that is another picture


def are_alike(one: bytes, other: bytes) -> bool:
    """Whether the pictures are equal, or so alike that only their storing differs."""
    if one == other:
        return True
    grids = [_grid(content) for content in (one, other)]
    differences = [abs(a - b) for a, b in zip(*grids, strict=False)]
    return bool(differences) and sum(differences) / len(differences) < _LEAST


def _grid(content: bytes) -> list[float]:
    """The mean lightness of each part of the picture; none for what cannot be read."""
    from matplotlib.image import imread

    try:
        pixels = imread(BytesIO(content))
    except (OSError, SyntaxError, ValueError):  # Pillow raises these at unknown and broken pictures
        return []
    pixels = pixels[..., :3] if pixels.ndim > 2 else pixels  # without transparency
    most = 255 if pixels.max() > 1 else 1
    rows, columns = ([size * n // _PARTS for n in range(_PARTS + 1)] for size in pixels.shape[:2])
    parts = (
        pixels[top : bottom + 1, left : right + 1]
        for top, bottom in pairwise(rows)
        for left, right in pairwise(columns)
    )
    return [float(part.mean()) / most for part in parts]
