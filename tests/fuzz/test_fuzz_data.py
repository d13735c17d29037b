"""Tables, sources, corrections and the 2023 print: every row is read as written, or refused."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.data import dataset as package
from notat.numbers import earlier
from notat.numbers.earlier import Edition, standing
from notat.project.project import Project
from notat.show.overview import corrections_markdown
from notat.text import plaintext

pytestmark = pytest.mark.fuzz

DATA = Path(__file__).parents[2] / "data"
TABLE, SOURCES, CORRECTIONS, PRINTED = "landbruk.csv", "kilder.csv", "avvik.csv", "notat2023.csv"
KEPT = ("skjema.json", SOURCES, "rettet.txt")
_EDITION = Edition("notatet fra 2023", 2023, table=PRINTED)
_ROWS = 25


def short(name):
    """The first rows of a table: reading them all for every input would take its time."""
    return "".join((DATA / name).read_text(encoding="utf-8").splitlines(keepends=True)[: _ROWS + 1])


_TEXTS = {name: short(name) for name in (TABLE, SOURCES, CORRECTIONS, PRINTED)}
_TEXTS[SOURCES] = (DATA / SOURCES).read_text(encoding="utf-8")
_LINES = list(csv.reader(io.StringIO(_TEXTS[TABLE])))


@pytest.fixture(scope="module")
def root(project):
    """The project with one table and no contracts, so that an input is read in a moment."""
    resources = [{"name": "tabell", "path": TABLE, "schema": "skjema.json"}]
    whole = (project / "data").rename(project / "alle")
    (project / "data").mkdir()
    for name in KEPT:
        shutil.copyfile(whole / name, project / "data" / name)
    (project / "data/datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    for name in (TABLE, CORRECTIONS, PRINTED):
        (project / "data" / name).write_text(_TEXTS[name], encoding="utf-8")
    yield project
    shutil.rmtree(project / "data")
    whole.rename(project / "data")


def independent(content):
    """Header and rows as a plain reader of CSV finds them."""
    text = re.sub("\r\n?", "\n", content.decode("utf-8-sig"))
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def demand_plain(cells):
    for cell in cells:
        assert plaintext.problem(cell) == ""
        assert cell == cell.strip()


@given(st.data())
def test_a_spoiled_table_is_read_as_it_stands_or_refused(judge, spoiled, replaced, root, data):
    content = data.draw(spoiled(_TEXTS[TABLE]))
    loaded = judge("tabell i data/", replaced(f"data/{TABLE}", content, lambda: package.load(root)))
    if loaded is None:
        return
    header, *rows = independent(content)
    assert [list(row.fields.values()) for row in loaded.rows] == rows
    assert header == list(package.package.COLUMNS)
    lines = content.decode("utf-8-sig").splitlines()
    for row in loaded.rows:
        demand_plain(row.fields.values())
        assert row.quantity.value == Fraction(Decimal(row["verdi"]))
        assert 2 * row.quantity.cell.half_width == Fraction(Decimal(row["avrundet_til"]))
        line = lines[row.quantity.cell.line - 1]
        if '"' not in line:  # else the row may be several lines
            assert line.split(",") == list(row.fields.values())
        assert row["kilde"] in loaded.sources
    ids = [row["id"] for row in loaded.rows if row["id"]]
    assert len(ids) == len(set(ids))


@given(st.data())
def test_spoiled_sources_are_read_as_they_stand_or_refused(judge, spoiled, replaced, root, data):
    content = data.draw(spoiled(_TEXTS[SOURCES]))
    loaded = judge("kilder.csv", replaced(f"data/{SOURCES}", content, lambda: package.load(root)))
    if loaded is None:
        return
    assert [list(vars(source).values()) for source in loaded.sources.values()] == independent(content)[1:]
    for source in loaded.sources.values():
        demand_plain(vars(source).values())
        assert re.match(r"https?://\w|$", source.url)


@given(st.data())
def test_spoiled_corrections_are_refused_or_all_in_the_appendix(judge, spoiled, replaced, root, data):
    content = data.draw(spoiled(_TEXTS[CORRECTIONS]))
    text = judge("avvik.csv", replaced(f"data/{CORRECTIONS}", content, lambda: corrections_markdown(Project(root))))
    if text is not None:
        rows = independent(content)[1:]
        assert text.count("\n### ") == len(rows)
        assert text.count("#sec-avvik-") == len(rows) + 4
        assert len(re.findall(r"(?<!\\)[<$`]", text)) == 0


@given(st.data())
def test_the_spoiled_print_of_an_earlier_edition_is_read_as_it_stands_or_refused(judge, spoiled, replaced, root, data):
    content = data.draw(spoiled(_TEXTS[PRINTED]))
    printed = judge(
        "notat2023.csv", replaced(f"data/{PRINTED}", content, lambda: earlier.read(root, _EDITION, ()).printed)
    )
    if printed is not None:
        assert [[id_, text] for id_, text in printed.items()] == independent(content)[1:]


@given(st.text(st.sampled_from("0123456789 av,.-−–\u00a0½²٣tredelfmilionhvpg%"), max_size=40))
def test_any_print_of_2023_can_be_compared(judge, project, text):
    quantity = package.Quantity(Fraction(23, 10), "prosent", ())
    judge("trykt tekst fra 2023", lambda: standing(quantity, text), placed=False)


_NO_NUMBER = [
    "",
    "-",
    ".5",
    "5.",
    "1,5",
    "1.234,5",
    "1 234",
    "1\u00a0234",
    "1e5",
    "1E5",
    "٣",
    "０",
    "½",
    "²",
    "+1",
    "--1",
]
_NO_NUMBER += [
    "0x1F",
    "1_000",
    "NaN",
    "inf",
    "Infinity",
    "007",
    "1/3",
    "−1",
    "1.2.3",
    "=1",
    "1%",
    "9" * 16,
    "9" * 5000,
    "to",
]
_NO_TEXT = [
    "a\x00b",
    "a\tb",
    "a\x1b[2J",
    "a\u202eb",
    "a\u2066b",
    "a\u200bb",
    "a\u00adb",
    "a\ufeffb",
    " a",
    "a ",
    "a\u00a0",
]
_NO_TEXT += [
    "a\u2028b",
    "a\x85b",
    "a\u0663",
    "\u0301a",
    "x" * 2001,
    "x" * 10**6,
    "\ud800".encode("utf-8", "replace").decode() + "\ue000",
]
_NO_ADDRESS = [
    "javascript:alert(1)",
    "data:text/html,x",
    "x",
    "//x.no",
    "ftp://x.no",
    "http://",
    "https://x y",
    "HTTPS://x.no",
]
_NO_ADDRESS += [
    'https://x.no/"onload=',
    "https://x.no/<b>",
    "https://u:p@x.no",
    "file:///etc/passwd",
    "https://x.no\\@y.no",
]
_WRONG = {
    "id": ["A", "æ", "a b", "a-b", "a}", "<b>", "=a", "../a"],
    "type": ["", "Nivå", "niva", "endring "],
    "verdi": _NO_NUMBER,
    "avrundet_til": [*_NO_NUMBER, "0", "-1", "0.0001"],
    "enhet": ["", "Prosent", "prosent.", "kg", "%"],
    "grense": ["ca", "Over"],
    "status": ["endelig", "Anslag"],
    "kilde": ["", "finnes_ikke", "<b>", "notat2023 "],
    "periode": ["2022–2015", "2022K5", "2022K0", "2022-13", "2023-02-30", "2022-00"],
    "maal": [""],
    "geografi": [""],
}


@given(st.data())
def test_a_wrong_value_in_any_column_is_refused_on_its_line(judge, replaced, root, data):
    column = data.draw(st.sampled_from(package.package.COLUMNS))
    value = data.draw(st.sampled_from([*_WRONG.get(column, []), *_NO_TEXT]))
    row = data.draw(st.integers(1, len(_LINES) - 1))
    changed = [list(line) for line in _LINES]
    changed[row][package.package.COLUMNS.index(column)] = value
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(changed)
    content = stream.getvalue().encode()
    with pytest.raises(package.NotatError) as caught:
        replaced(f"data/{TABLE}", content, lambda: package.load(root))()
    assert (caught.value.file, caught.value.line) == (f"data/{TABLE}", row + 1), (column, value)
    assert judge("tabell: gale verdier", replaced(f"data/{TABLE}", content, lambda: package.load(root))) is None


@pytest.mark.parametrize("url", _NO_ADDRESS)
def test_what_is_no_address_of_the_web_is_refused(judge, replaced, root, url):
    lines = list(csv.reader(io.StringIO(_TEXTS[SOURCES])))
    lines[3][3] = url
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(lines)
    content = stream.getvalue().encode()
    assert judge("kilder: gale adresser", replaced(f"data/{SOURCES}", content, lambda: package.load(root))) is None


def test_the_good_tables_are_read(judge, root):
    assert judge("tabell i data/", lambda: package.load(root)).rows
    assert judge("avvik.csv", lambda: corrections_markdown(Project(root)))
    assert judge("notat2023.csv", lambda: earlier.read(root, _EDITION, ()).printed)
