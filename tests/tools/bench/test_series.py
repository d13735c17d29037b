"""The bench of series writes one that is read, cold and warm."""

from __future__ import annotations

from notat.data import columnar
from tools.bench import series


def test_what_is_measured_is_a_series_that_is_read_and_then_cached(tmp_path, monkeypatch):
    series.write(tmp_path, 10_000)
    assert series.read(tmp_path) == 10_000
    monkeypatch.setattr(columnar, "_read", None)  # not called again
    assert series.read(tmp_path) == 10_000


def test_times_and_memory_are_of_the_rows_asked_for():
    found = series.measure(2000)
    assert found.rows == 2000
    assert min(*found.cold, *found.warm) > 0
    assert found.memory > 10**6
