"""Moments on a time axis."""

from __future__ import annotations

import pytest

from notat.show.charts import words
from notat.text.errors import NotatError


@pytest.mark.parametrize(
    ("period", "when"),
    [
        ("2022", 2022),
        ("2017–18", 2017),
        ("2023–01–01", 2023),
        ("2022-12", 2022 + 11.5 / 12),
        ("2022K4", 2022.875),
        ("våren 2019", 2019 + 3.5 / 12),
        ("høsten 2021", 2021 + 9.5 / 12),
    ],
)
def test_moments(period, when):
    assert words.moment(period) == pytest.approx(when)


def test_unknown_period_is_refused():
    with pytest.raises(NotatError, match="i fjor"):
        words.moment("i fjor")
