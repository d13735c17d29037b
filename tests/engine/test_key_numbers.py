"""Key numbers are a table, of which the pages show each row as a tile."""

from __future__ import annotations

from lxml import html

from notat.engine.write.polish import name_rows

TABLE = """<div><div class="{}"><table><thead><tr><th>Tall</th><th>Når</th><th>Her</th><th>Landet <b>i alt</b></th></tr>
</thead><tbody><tr><td>Folk</td><td>2022</td><td>5</td><td>9</td></tr></tbody></table></div></div>"""


def columns(classes):
    root = html.fragment_fromstring(TABLE.format(classes))
    name_rows(next(root.iter("table")))
    return [cell.get("data-kolonne") for cell in root.xpath("//tbody/tr/*")]


def test_a_cell_of_a_tile_says_its_column():
    assert columns("a nokkeltall") == ["Tall", "Når", "Her", "Landet i alt"]


def test_the_cells_of_other_tables_do_not():
    assert columns("nokkeltallene") == [None] * 4
