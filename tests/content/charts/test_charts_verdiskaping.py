"""Figures and tables of the chapter on value creation: tests of single ones."""

from __future__ import annotations

from fractions import Fraction
from math import isclose

import pytest

from notat.norsk import format_number
from notat.show import charts, tables
from notat.text.errors import NotatError


@pytest.mark.parametrize(
    ("name", "value", "where"),
    [
        ("virksomheter-ansatte", 20_000, {"id": "virksomheter_uten_ansatte_2023"}),
        ("nyetablering", 7_000, {"id": "nye_foretak_2022"}),
        ("eksport", 30, {"id": "vareeksport_2022"}),
        ("eksportandel", 7, {"id": "vareeksport_andel_fastland"}),
        ("eksport-fylke", 50_000, {"geografi": "Oslo", "maal": "Vareeksport"}),
        ("trondelag-mot-landet", 9, {"id": "fou_utgifter_andel_norge_2021"}),
        ("utslipp-fylke", 12, {"geografi": "Fylkene i alt", "periode": "2009–2022"}),
        ("kjott-fylke", 90_000, {"geografi": "Innlandet", "gruppe": "Svin"}),
    ],
)
def test_a_figure_whose_claim_is_false_is_not_drawn(name, value, where, changed):
    with pytest.raises(NotatError, match=f"«{name}»"):
        charts.draw(name, changed(value, **where))


def test_the_rows_of_the_export_table_make_the_whole(numbers):
    rows = tables.build("eksport", numbers).rows
    for column in (1, 2):
        fish, chemical, other, everything = (float(row[column].strip("+").replace(",", ".")) for row in rows)
        assert fish + chemical + other == pytest.approx(everything, abs=0.11)


def test_meat_totals_are_the_sums_of_the_kinds(drawn, numbers):
    drawing = drawn("kjott-fylke")
    everything = sum(quantity.value for quantity in drawing.quantities)
    assert abs(everything - numbers["kjott_norge_2022"].quantity.value) <= 1
    [axes] = drawing.figure.axes
    rights = [
        max(b.get_x() + b.get_width() for b in axes.patches if isclose(b.get_y(), y, abs_tol=1e-9))
        for y in {p.get_y() for p in axes.patches}
    ]
    for right in rights:
        assert format_number(Fraction(round(right))) in drawing.alt
