"""Figures and tables of innledning, kompetanse and kommunene: tests of single ones."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from notat.norsk import format_number
from notat.show import charts, tables
from notat.text.errors import NotatError


@pytest.mark.parametrize(
    ("name", "id_", "value"),
    [
        ("fylkesvekst", "sysselsatte_endring_pst_2015_2022_trondelag", 8),
        ("naeringsvekst", "ikt_endring_pst_2015_2022", Fraction("11.1")),
        ("helsebemanning", "ks_heltid_turnus_helse_2023", 20),
    ],
)
def test_a_figure_whose_claim_is_false_is_not_drawn(name, id_, value, changed):
    with pytest.raises(NotatError, match=f"«{name}»"):
        charts.draw(name, changed(value, id=id_))


def test_table_of_courses_has_every_school(numbers):
    rows = tables.build("fagskoletilbud", numbers).rows
    ids = [id_ for id_ in numbers if re.fullmatch(r"hyu_(?!liste|off|fagskoler)\w+_(studier|studenter)", id_)]
    assert len(ids) == 2 * len(rows)
    for column, ending in ((2, "studier"), (3, "studenter")):
        printed = sorted(format_number(numbers[id_].quantity.value) for id_ in ids if id_.endswith(ending))
        assert printed == sorted(row[column] for row in rows)


def test_the_caption_on_courses_gives_the_sums_of_its_column(numbers):
    made = tables.build("fagskoletilbud", numbers)
    for term, id_ in (("våren 2022", "hyu_liste_var_studenter"), ("høsten 2022", "hyu_liste_host_studenter")):
        students = sum(int(row[3]) for row in made.rows if row[1] == term)
        assert students == numbers[id_].quantity.value
        assert re.search(rf"\b{students}\b", made.caption)


def test_the_table_of_forums_has_as_many_regions_as_are_counted(numbers):
    rows = tables.build("kompetansefora", numbers).rows
    for words, id_ in (("fra før", "regionale_kompetansefora_fra_foer"), ("nytt", "regionale_kompetansefora_nye_2022")):
        assert len([row for row in rows if words in row[1]]) == numbers[id_].quantity.value
    assert len([row for row in rows if row[2] == "Ja"]) == numbers["kompetansepilot_regioner"].quantity.value
