"""What new figures change in a note is found, reported in three forms, and put into it whole or not at all."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from notat.data import series
from notat.data.series import Observation
from notat.intake import archive
from notat.intake.archive import Received
from notat.intake.drift import compare
from notat.intake.recipes import recipe
from notat.intake.store import put
from notat.judge import renew
from notat.judge.checks import checksums
from notat.judge.renew import (
    ChangedFigure,
    ChangedNumber,
    Due,
    Renewal,
    arrive,
    due_before,
    since_accepted,
    trial,
    try_out,
)
from notat.judge.renew.report import as_markdown, as_page, as_text, log_lines, sections
from notat.show import charts, tables
from notat.text.errors import NotatError

COMMON = {
    "tittel": "Ledige",
    "maal": "Ledige",
    "type": "nivå",
    "enhet": "personer",
    "avrundet_til": "1",
    "kilde": "ssb",
}
FILE = {"periode": ["År"], "sted": ["Sted"], "verdi": "Antall"}
RECIPE = recipe("ledige", {"felles": COMMON, "fil": FILE, "neste": "2025-01-10"})


def received(text: str) -> Received:
    return Received(text.encode(), "ledige.csv", "2024-01-01T00:00:00+00:00", "ledige.csv")


FIRST = received("År;Sted;Antall\n2022;50 Trøndelag;210\n2023;50 Trøndelag;220\n")
SECOND = received("År;Sted;Antall\n2023;50 Trøndelag;225\n")


def bring(note, content: Received) -> None:
    put(note, RECIPE, arrive(note, RECIPE, content).delivery, content)


def files(note) -> dict:
    return {file: file.read_bytes() for file in note.rglob("*") if file.is_file() and ".notat" not in file.parts}


@pytest.fixture
def drawn(monkeypatch) -> None:
    """A figure that says how many there are and refuses fewer than 200 000, and a table with the number above it."""

    def draw(numbers) -> charts.Drawing:
        value = numbers["alle"].quantity.value
        if value < 200000:
            raise NotatError("N0816", "«mange» stemmer ikke.")
        return charts.Drawing(Figure(), f"Mange: {value}.", "", ())

    def build(numbers) -> tables.Table:
        return tables.Table(("a", "b"), (), "ll", f"Av {numbers['alle'].quantity.value}.")

    monkeypatch.setattr(charts, "_charts", {"mange": draw})
    monkeypatch.setattr(tables, "_tables", {"alle": build})


def change(note, old: str, new: str) -> None:
    table = note / "data/arbeid.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_numbers_and_figures_that_say_something_else_are_found(note, drawn):
    change(note, "246556", "246000")
    found = since_accepted(note)
    [number] = [one for one in found.numbers if one.id == "alle"]
    assert replace(number, old="", new="") == ChangedNumber("alle", "Sysselsatte", "", "", beyond=True)
    assert ChangedFigure("figuren mange", "Mange: 246556.", "Mange: 246000.") in found.figures
    assert ChangedFigure("tabellen alle", "Av 246556.", "Av 246000.") in found.figures
    change(note, "246000", "146000")
    assert ChangedFigure("figuren mange", "Mange: 246556.", "«mange» stemmer ikke.") in since_accepted(note).figures
    change(note, "146000", "246556")
    assert since_accepted(note) == Renewal()


def test_a_number_that_is_gone_is_said(note, drawn):
    change(note, "lav,Deltakelse", ",Deltakelse")
    [gone] = [one for one in since_accepted(note).numbers if one.id == "lav"]
    assert gone.new == "finnes ikke"
    assert gone.beyond


def test_a_trial_is_tried_on_a_copy_that_is_gone_afterwards(note):
    arrival = arrive(note, RECIPE, FIRST)
    with trial(note) as copy:
        renewal = try_out(copy, [arrival], dt.date(2025, 2, 1))
        assert (copy.copy / "data/serier/ledige.csv").is_file()
        assert not (note / "data/serier/ledige.csv").exists()
    assert not copy.copy.exists()
    assert renewal.due == (Due("Ledige", dt.date(2025, 1, 10)),)
    assert renewal.series[0].is_first


def test_what_a_killed_process_left_is_taken_away(note):
    left = note / ".notat/proeve-999999999"
    left.mkdir(parents=True)
    with trial(note) as copy:
        assert copy.copy.is_dir()
        assert not left.exists()


def test_a_disk_that_is_full_half_way_leaves_all_as_it_was(note, monkeypatch):
    arrival, before = arrive(note, RECIPE, FIRST), files(note)
    write, written = renew.paths.write_bytes, []

    def until_full(file, content) -> None:
        if ".notat" not in file.parts and file not in before:
            written.append(file)
            if len(written) > 2:
                raise OSError(28, "No space left on device", str(file))
        write(file, content)

    monkeypatch.setattr(renew.paths, "write_bytes", until_full)

    def accept() -> None:
        with trial(note) as copy:
            try_out(copy, [arrival])
            copy.accept(["Ledige."])

    with pytest.raises(NotatError) as caught:
        accept()
    assert caught.value.code == "N0101"
    assert len(written) == 3
    assert files(note) == before
    assert not (note / "data/raa").exists()


def test_what_is_due_is_known_from_the_archive(note):
    assert list(due_before(note, dt.date(2030, 1, 1))) == []
    bring(note, FIRST)
    assert list(due_before(note, dt.date(2025, 1, 9))) == []
    assert list(due_before(note, dt.date(2025, 1, 10))) == [Due("Ledige", dt.date(2025, 1, 10))]


SERIES = "data/serier/ledige.csv"


def test_a_series_of_the_note_is_archived_as_it_was_before_the_first_file(series_note):
    """It has a reform of its own places, and what no file has said since stays."""
    text = (series_note / SERIES).read_bytes()
    made = recipe("ledige", {"felles": {**COMMON, "maal": "Helt ledige"}, "fil": FILE})
    newer = received("År;Sted;Antall\n2023-01;50 Fylket;3900\n2023-02;50 Fylket;4000\n")
    arrival = arrive(series_note, made, newer)
    assert arrival.before
    assert (arrival.before.content, arrival.before.origin) == (text, SERIES)
    assert [(one.where, one.old, one.new) for one in arrival.drift.revised] == [
        ("Fylket · 2023-01", "3873 (foreløpig)", "3900")
    ]
    assert arrival.drift.gone == ()
    assert not arrival.drift.is_first
    put(series_note, made, arrival.delivery, newer, arrival.before)
    first, second = archive.history(series_note, "ledige")
    assert (first.content, second.content) == (text, newer.content)
    assert "\n,50,2022-12,,:\n,50,2023-01,3900,\n,50,2023-02,4000,\n" in (series_note / SERIES).read_text("utf-8")
    assert "\nKvinner,0,2023-01,24000,\n" in (series_note / SERIES).read_text("utf-8")  # no file speaks of them
    again = arrive(series_note, made, newer)
    assert again.before is None
    assert again.drift.is_empty


def test_what_somebody_has_changed_by_hand_since_is_what_the_series_was(note):
    bring(note, FIRST)
    file = note / SERIES
    file.write_text(file.read_text("utf-8").replace("2022,210", "2022,211"), encoding="utf-8")
    arrival = arrive(note, RECIPE, SECOND)
    assert arrival.before
    assert [(one.period, one.value) for one in arrival.delivery.observations] == [("2022", "211"), ("2023", "225")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"enhet": "prosent"}, "enhet «personer», og det nye har «prosent»"),
        ({"maal": "Delvis ledige"}, "maal «Ledige», og det nye har «Delvis ledige»"),
        ({"avrundet_til": "10"}, "avrundet_til «1», og det nye har «10»"),
        ({"kilde": "nav"}, "kilde «ssb», og det nye har «nav»"),
    ],
)
def test_another_unit_or_measure_is_another_series(note, changed, said):
    bring(note, FIRST)
    before = files(note)
    with pytest.raises(NotatError) as caught:
        arrive(note, recipe("ledige", {"felles": {**COMMON, **changed}, "fil": FILE}), SECOND)
    assert caught.value.code == "N1099"
    assert said in caught.value.problem
    assert files(note) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "# L\n\n## 0.1.0 – 2024-01-01\n\nx\n",
            "# L\n\n## Ikke utgitt\n\n### Tall\n\n- Nytt.\n\n## 0.1.0 – 2024-01-01\n\nx\n",
        ),
        (
            "# L\n\n## Ikke utgitt\n\n### Tall\n\n- Gammelt.\n",
            "# L\n\n## Ikke utgitt\n\n### Tall\n\n- Nytt.\n- Gammelt.\n",
        ),
        (
            "# L\n\n## Ikke utgitt\n\n### Metode\n\n- M.\n",
            "# L\n\n## Ikke utgitt\n\n### Tall\n\n- Nytt.\n\n### Metode\n\n- M.\n",
        ),
    ],
)
def test_the_change_log_gets_a_line_among_the_numbers(tmp_path, before, after):
    log = tmp_path / "CHANGELOG.md"
    log.write_text(before, encoding="utf-8")
    renew._log(log, ["Nytt."])
    assert log.read_text(encoding="utf-8") == after


@pytest.fixture
def renewal(note) -> Renewal:
    bring(note, FIRST)
    false = NotatError(
        "N0816", "«økte» stemmer ikke.", file="chapters/a.qmd", line=3, remedy="Ord som stemmer: «sank»."
    )
    return Renewal(
        (arrive(note, RECIPE, SECOND).drift,),
        (ChangedNumber("ledige_2023", "Helt | ledige <b>", "220", "225", beyond=True),),
        (false,),
        (ChangedFigure("figuren a", "Før.", "Etter."),),
        (Due("Ledige", dt.date(2025, 1, 10)),),
        dt.date(2025, 2, 1),
    )


@pytest.mark.parametrize("write", [as_text, as_markdown, as_page])
def test_the_report_says_the_same_in_all_forms(renewal, write):
    text = write(sections(renewal))
    for words in ("1 tall endret", "chapters/a.qmd:3", "Ord som stemmer: «sank».", "Etter.", "2025-01-10", "Trøndelag"):
        assert words in text
    assert log_lines(renewal) == ["Ledige (ledige): Neste 2025-01-10, 1 tall endret."]


def test_the_page_is_whole_and_asks_nothing_of_others(renewal):
    page = as_page(sections(renewal))
    assert "Helt | ledige &lt;b&gt;" in page
    assert not re.search(r"https?:|src=|<script", page)
    assert page.count("<h1>") == 1
    ids = re.findall(r'<h2 id="(del-\d+)">', page)
    assert len(ids) == len(set(ids)) > 4
    assert page.count('scope="row"') == page.count('<tr><th scope="row"') > 3


def test_a_pipe_or_markup_in_data_breaks_no_table(renewal):
    [row] = [line for line in as_markdown(sections(renewal)).splitlines() if "ledige\\_2023" in line]
    assert row.count(" | ") == 4
    assert r"\<b\>" in row


def test_nothing_is_said_plainly(note):
    bring(note, FIRST)
    same = arrive(note, RECIPE, FIRST)
    assert same.drift == compare(same.delivery, same.delivery)
    assert as_text(sections(Renewal((same.drift,)))).splitlines() == [
        "Ledige (ledige): Ingenting nytt.",
        "Påstander som ikke lenger stemmer: Ingen.",
        "Tall i notatet som blir andre: Ingen.",
        "Figurer og tabeller som sier noe annet: Ingen.",
    ]


def test_a_number_whose_unit_is_another_is_another(note, drawn):
    change(note, "246556,personer", "246556,årsverk")
    [number] = [one for one in since_accepted(note).numbers if one.id == "alle"]
    assert (number.old, number.new, number.beyond) == (
        "246\u00a0556 (personer, 2022K4)",
        "246\u00a0556 (årsverk, 2022K4)",
        True,
    )


def test_older_values_in_the_first_file_leave_the_day_of_the_newest(series_note):
    [known] = series.declared(series_note)
    observations = [Observation("", "50", "2023-01", "3873")]
    series.write(series_note, replace(known, published=dt.date(2023, 2, 3), due=dt.date(2023, 3, 3)), observations)
    made = recipe("ledige", {"felles": {**COMMON, "maal": "Helt ledige"}, "fil": FILE})
    older = received("År;Sted;Antall\n2022-11;50 Fylket;3900\n2022-12;50 Fylket;4000\n")
    found = arrive(series_note, made, older).delivery.shared
    assert (found.published, found.due) == (dt.date(2023, 2, 3), dt.date(2023, 3, 3))
    told = {"publisert": "2022-12-31"}
    assert arrive(series_note, made, replace(older, query=told)).delivery.shared.published == dt.date(2023, 2, 3)
    stale = replace(received("År;Sted;Antall\n2023-01;50 Fylket;3900\n"), query=told)
    with pytest.raises(NotatError, match="Det nye er publisert 2022-12-31, og det notatet har, 2023-02-03"):
        arrive(series_note, made, stale)


def test_an_edition_is_tried_as_what_it_is(ruled, monkeypatch):
    """Its own file is copied too: without it, the copy would see all that was published later."""
    (ruled / "_quarto-gammel.yml").write_text("notat:\n  data-til: 2022-06-01\n", encoding="utf-8")
    monkeypatch.setenv("QUARTO_PROFILE", "gammel")
    checksums.write(ruled)
    assert since_accepted(ruled) == Renewal()
    made = recipe("ledige", {"felles": {**COMMON, "maal": "Helt ledige"}, "fil": FILE})
    arrival = arrive(ruled, made, received("År;Sted;Antall\n2023-01;50 Fylket;3900\n2024-01;50 Fylket;4000\n"))
    with trial(ruled) as copy:
        assert try_out(copy, [arrival]).numbers == ()
