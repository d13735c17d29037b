"""Names at the ends of lines."""

from __future__ import annotations

import pytest

from notat.show.charts.timelines import spread


def test_names_are_spread_apart_in_order():
    assert spread([1.0, 1.1, 5.0], 1.0) == pytest.approx([0.55, 1.55, 5.0])
    apart = spread([3.0, 3.0, 3.0, 3.0], 0.5)
    assert min(b - a for a, b in zip(sorted(apart), sorted(apart)[1:], strict=False)) == pytest.approx(0.5, rel=1e-3)
