"""The arithmetic of the report."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from tools.bench.cost import Cost
from tools.bench.report import Ratio, growth_tables, per_chapter, ratio, spread, verdict
from tools.bench.scale import DOCX, HTML, PDF, Grown


def grown(*costs):
    found = Grown()
    for step, size, cost in costs:
        found.add(step, size, cost)
    return found


def printed(*tables):
    console = Console(width=200, record=True, file=io.StringIO())
    for table in tables:
        console.print(table)
    return console.export_text()


def test_a_ratio_has_the_spread_that_the_rounds_allow():
    assert ratio([4.0, 6.0, 8.0], [2.0, 3.0]) == Ratio(6 / 2.5, 4 / 3, 4.0)
    assert str(Ratio(1.0, 0.5, 2.0)) == "1,00 (0,50–2,00)"
    assert str(ratio([3.0], [2.0])) == "1,50"


def test_cost_per_chapter_is_one_where_it_grows_with_the_book():
    found = grown((HTML, 10, Cost(5.0, 4.0, 100)), (HTML, 100, Cost(50.0, 40.0, 1000)))
    assert {name: r.middle for name, r in per_chapter(found.costs[HTML], 10, 100).items()} == pytest.approx(
        {"tid": 1.0, "prosessortid": 1.0, "minne": 1.0}
    )


def test_growth_with_the_square_is_seen_where_it_is():
    found = grown((HTML, 10, Cost(1.0, 1.0, 100)), (HTML, 100, Cost(10.0, 100.0, 1000)))
    assert verdict(per_chapter(found.costs[HTML], 10, 100)) == "holder ikke: prosessortid"
    assert verdict(per_chapter({10: [Cost(1, 1, 9)], 20: [Cost(2, 2, 9)]}, 10, 20)) == "holder"


def test_the_limit_itself_holds():
    assert verdict({"tid": Ratio(1.2, 1.2, 1.2)}) == "holder"
    assert verdict({"tid": Ratio(1.21, 1.2, 1.3)}) == "holder ikke: tid"


def test_the_tables_say_size_cost_and_growth():
    found = grown(
        (HTML, 10, Cost(2.0, 1.5, 50_000_000)),
        (HTML, 10, Cost(4.0, 1.7, 50_000_000)),
        (HTML, 1000, Cost(300.0, 160.0, 900_000_000)),
        (PDF, 10, Cost(1.0, 1.0, 50_000_000)),
    )
    text = printed(*growth_tables(found))
    assert "3,00 (2,00–4,00)" in text
    assert "160 ms" in text
    assert "10–1\u00a0000" in text
    assert text.count("holder") == 1  # of the PDF there is only one size
    assert found.sizes == [10, 1000]


def test_all_formats_cost_the_steps_together_where_each_was_measured():
    found = grown(
        *((step, 10, Cost(1.0, 2.0, memory)) for step, memory in ((HTML, 5), (PDF, 9), (DOCX, 7))),
        (HTML, 100, Cost(1.0, 1.0, 1)),
    )
    assert found.whole == {10: [Cost(3.0, 6.0, 9)]}
    assert "alle formater fra ingenting" in printed(*growth_tables(found))


def test_one_round_has_no_spread():
    assert spread([1.5]) == "1,50"
