"""A drawing as PNG. Its rows are written as they are: the filters that help photographs do harm where areas are flat.

Pillow tries five filters for each row, which takes more than twice as long as all else, and makes the files larger.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COMPRESSION = 2  # of 9: the smallest files are an eighth smaller, and take three times as long
_COLOURED, _PER_METRE = 2, 1
_INCH = 0.0254  # metres


def png(pixels: Any, dpi: int) -> bytes:
    """The file of an image of rows of red, green, blue and opacity, which is whole everywhere."""
    image = np.asarray(pixels)
    height, width, _ = image.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each begins with the number of its filter
    for colour in range(3):  # one at a time: all three pixel by pixel take three times as long
        rows[:, 1 + colour :: 3] = image[:, :, colour]
    dots = round(dpi / _INCH)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, _COLOURED, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", dots, dots, _PER_METRE)),
            _chunk(b"IDAT", zlib.compress(rows.data, _COMPRESSION)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
