"""A table as a data frame: exact values beside floats, in the requested order, and only its own rows noted."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest

from notat.data import dataset, used
from notat.data.package import COLUMNS
from notat.engine.keep.figures import Drawn, get_or_draw
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show.charts import words
from notat.show.domain import CODE, results_of
from tools.edits import replace

TABLE = "data/arbeid.csv"
ROW = "{id},Deltakelse,{group},{place},2021,andel,{value},prosent,0.1,,,ssb,\n"


@pytest.fixture
def table(note):
    """The small note with two more rows; `Transport` and `Servering` of `Norge` are there already."""
    with (note / TABLE).open("a", encoding="utf-8", newline="") as stream:
        stream.write(ROW.format(id="bygg", group="Bygg", place="Norge", value="2.3"))
        stream.write(ROW.format(id="bygg_her", group="Bygg", place="Trøndelag", value="0.1"))
    return note


def rewrite(root, old, new):
    replace(root / TABLE, old, new)


# --- what is in it


def test_the_columns_are_those_of_the_table_and_the_exact_values(table):
    frame = dataset.load(table).frame("arbeid", maal="Deltakelse")
    assert list(frame.columns) == [*COLUMNS, dataset.QUANTITY]
    kinds = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    assert {kinds.pop(name) for name in ("verdi", "avrundet_til")} == {"float64"}
    assert kinds.pop(dataset.QUANTITY) == "object"
    assert set(kinds.values()) == {"str"}
    assert frame["merknad"].tolist() == [""] * 4  # an empty text is not a missing value


def test_the_exact_value_of_a_row_is_its_quantity_and_the_float_only_the_nearest(table):
    data = dataset.load(table)
    frame = data.frame("arbeid", gruppe="Bygg")
    assert [quantity is data[id_] for id_, quantity in zip(frame["id"], frame["tall"], strict=True)] == [True, True]
    assert frame["verdi"].tolist() == [2.3, 0.1]
    assert frame["tall"].iloc[0].value == Fraction(23, 10) != Fraction(2.3)
    assert frame["tall"].iloc[0].interval == (Fraction("2.25"), Fraction("2.35"))


def test_rows_come_in_the_order_asked_for_and_each_once(table):
    data = dataset.load(table)
    assert data.frame("arbeid", maal="Deltakelse")["id"].tolist() == ["lav", "hoy", "bygg", "bygg_her"]
    listed = data.frame("arbeid", gruppe=["Bygg", "Transport", "Bygg"], maal="Deltakelse")
    assert listed["id"].tolist() == ["bygg", "bygg_her", "lav"]
    crossed = data.frame("arbeid", gruppe=("Servering", "Bygg"), geografi=["Trøndelag", "Norge"])
    assert crossed["id"].tolist() == ["hoy", "bygg_her", "bygg"]


def test_changing_a_frame_changes_no_data(table):
    data = dataset.load(table)
    frame = data.frame("arbeid", gruppe="Bygg")
    frame.loc[:, "verdi"] = 0.0
    frame["tall"] = None
    assert data.frame("arbeid", gruppe="Bygg")["verdi"].tolist() == [2.3, 0.1]


# --- what is refused


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({"maal": "Deltagelse"}, "Fant ingen rader med maal=Deltagelse."),
        ({"gruppe": ["Bygg", "Byggg"]}, "Fant ingen rader med gruppe=Byggg."),
        ({"gruppe": "Servering", "geografi": ["Trøndelag"]}, "gruppe=Servering, geografi=Trøndelag"),
        ({"gruppe": []}, "Fant ingen rader"),
        ({"grupe": "Bygg"}, "Ukjent kolonne «grupe». Mente du gruppe?"),
        ({"grupe": ["Bygg"]}, "Ukjent kolonne «grupe»"),
    ],
)
def test_what_the_table_does_not_have_is_refused(table, refused, where, words):
    with refused(TABLE, None, words):
        dataset.load(table).frame("arbeid", **where)


def test_an_unknown_column_is_refused_wherever_rows_are_asked_for(table, refused):
    data = dataset.load(table)
    for read in (data.select, data.series, data.cell):
        with refused(TABLE, None, "Ukjent kolonne «sted»"):
            read("arbeid", sted="Norge")


def test_an_unknown_table_is_refused(table, refused):
    with refused("data/arbied.csv", None, "Fant ingen rader."):
        dataset.load(table).frame("arbied")


# --- what is used


def test_a_list_of_values_is_noted_as_the_rows_of_each(table):
    data = dataset.load(table)
    with used.record() as uses:
        data.frame("arbeid", maal="Deltakelse", gruppe=["Transport", "Bygg"])
    assert uses == {
        ("rows", "arbeid", "gruppe=Transport", "maal=Deltakelse"),
        ("rows", "arbeid", "gruppe=Bygg", "maal=Deltakelse"),
    }


@pytest.fixture
def drawn_again(table):
    """`drawn_again()`: whether the figure of two groups in the country is drawn, now and with the data as they are."""

    def ask():
        numbers, drawn = Numbers(dataset.load(table)), []

        def draw():
            frame = numbers.data.frame("arbeid", gruppe=["Transport", "Bygg"], geografi=["Norge"])
            drawn.append(words.spelled(words.of_frame(frame)))
            return Drawn(drawn[0])

        project = Project.around()
        results = results_of(project)
        markdown = get_or_draw(results, CODE, "prøve", draw)
        assert markdown == draw().markdown  # cached or not, it shows the present data
        return len(drawn) > 1

    return ask


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Transport,Norge,2021,andel,9,", "Transport,Norge,2021,andel,8,"),
        ("Bygg,Norge,2021,andel,2.3,prosent,0.1", "Bygg,Norge,2021,andel,2.30,prosent,0.01"),
        ("bygg,Deltakelse,Bygg,Norge,2021", "bygg,Deltakelse,Bygg,Norge,2022"),
        ("hoy,Deltakelse,Servering,", "hoy,Deltakelse i alt,Transport,"),  # a row that is added to the frame
        ("bygg,Deltakelse,Bygg,Norge", "bygg,Deltakelse,Transport,Trøndelag"),  # one that is removed
    ],
)
def test_a_cached_figure_is_drawn_again_when_a_row_of_its_frame_changes(drawn_again, table, old, new, refused):
    assert drawn_again()
    assert not drawn_again()
    rewrite(table, old, new)
    if "Trøndelag" in new:
        with refused(TABLE, None, "gruppe=Bygg"):
            drawn_again()
    else:
        assert drawn_again()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Servering,Norge,2021,andel,37,", "Servering,Norge,2021,andel,36,"),
        ("Bygg,Trøndelag,2021,andel,0.1,", "Bygg,Trøndelag,2021,andel,0.2,"),  # half of the selection
        ("hoy,Deltakelse,Servering,", "hoy,Deltakelse,Handel,"),
        ("alle,Sysselsatte,", "alle,Alle sysselsatte,"),
    ],
)
def test_a_cached_figure_stands_when_another_row_changes(drawn_again, table, old, new):
    assert drawn_again()
    rewrite(table, old, new)
    assert not drawn_again()


def test_a_cached_figure_stands_when_rows_of_unlike_groups_change_places(drawn_again, table):
    assert drawn_again()
    head, *rows = (table / TABLE).read_text(encoding="utf-8").splitlines()
    (table / TABLE).write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    assert not drawn_again()


# --- what it costs


@pytest.mark.parametrize(
    "code",
    [
        "import sys; sys.argv[1:] = ['--help']\nfrom notat.cli.main import main\ntry: main()\nexcept SystemExit: pass",
        "from notat.data import dataset; from pathlib import Path\ndataset.load(Path()).series('arbeid')",
        "import notat.show.authoring, notat.show.domain, notat.show.charts, notat.show.charts.words",
    ],
    ids=["help", "data", "authoring"],
)
def test_only_drawing_waits_for_pandas_and_seaborn(note, code):
    program = f"{code}\nimport sys; print('SLOW', *({{'pandas', 'seaborn', 'matplotlib'}} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=note, capture_output=True, text=True, check=True, timeout=600
    )
    assert done.stdout.splitlines()[-1].strip() == "SLOW"
