"""HTML tables of other libraries as Markdown."""

from __future__ import annotations

import pandas as pd
import pytest

from notat.engine.run.htmltables import tables_in

# The form of great_tables: titles as rows of the head, a name above two columns, groups of rows, notes below.
_GROUPED = """
<div id="abc" style="width:auto"><style>#abc td {color: red}</style><table>
<thead>
<tr><td colspan="3">Folk</td></tr><tr><td colspan="3">per år</td></tr>
<tr><th rowspan="2">Sted</th><th colspan="2"><span>Antall</span></th></tr><tr><th>før</th><th>nå</th></tr>
</thead>
<tbody>
<tr><th colspan="3">Nord</th></tr>
<tr><td>A</td><td>1 000</td><td>−2,5&nbsp;%</td></tr>
<tr><td>B|C<br>D</td><td>–</td><td>3</td></tr>
</tbody>
<tfoot><tr><td colspan="3">Kilde: *SSB*</td></tr></tfoot>
</table></div>
"""


def cells(markdown):
    return [[text.strip() for text in line.strip("|").split(" | ")] for line in markdown.split("\n")]


def test_levels_of_heads_are_joined_and_titles_and_notes_stand_outside():
    (table,) = tables_in(_GROUPED)
    head, rule, *body = cells(table.markdown)
    assert head == ["Sted", "Antall, før", "Antall, nå"]
    assert [dashes.endswith(":") for dashes in rule[0].split("|")] == [False, True, True]
    assert body == [["Nord", "", ""], ["A", "1 000", "−2,5\u00a0%"], ["B&#124;C D", "–", "3"]]
    assert (table.titles, table.notes) == (("Folk", "per år"), (r"Kilde: \*SSB\*",))


def test_a_styled_frame_keeps_the_text_of_its_author():
    frame = pd.DataFrame({"navn": ["a", "b"], "verdi": [1.25, 1000.0]})
    code = (
        frame.style.hide(axis="index").format(decimal=",", thousands=" ", precision=1).set_caption("Tittel").to_html()
    )
    (table,) = tables_in(code)
    assert cells(table.markdown)[0] == ["navn", "verdi"]
    assert cells(table.markdown)[2:] == [["a", "1,2"], ["b", "1 000,0"]]
    assert table.titles == ("Tittel",)


def test_rows_with_equal_cells_are_no_group():
    (table,) = tables_in("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>1</td></tr></table>")
    assert cells(table.markdown)[2:] == [["1", "1"]]


@pytest.mark.parametrize(
    "code",
    [
        "<b>x</b>",
        "",
        "<p>Tekst</p><table><tr><th>a</th></tr><tr><td>1</td></tr></table>",
        "<table><tr><th>a</th></tr><tr><td><img src='x.png'></td></tr></table>",
        "<table></table>",
        "<table><tr><th>a</th></tr></table>",
    ],
)
def test_anything_but_tables_is_none(code):
    assert tables_in(code) == []
