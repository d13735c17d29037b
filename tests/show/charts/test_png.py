"""A drawing as PNG is the drawing, dot for dot, and as large on paper."""

from __future__ import annotations

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from notat.show.charts.png import png


@given(width=st.integers(1, 9), height=st.integers(1, 9), seed=st.integers(0, 99), dpi=st.sampled_from([72, 200, 300]))
def test_the_file_is_the_image(width, height, seed, dpi):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    with Image.open(io.BytesIO(png(pixels, dpi))) as image:
        assert image.mode == "RGB"
        assert np.array_equal(np.asarray(image), pixels[:, :, :3])
        assert round(image.info["dpi"][0]) == dpi
