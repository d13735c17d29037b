"""What a reader can download from the web pages, the same from both engines."""

from __future__ import annotations

import io
import zipfile

import pytest

from notat.cli.render import build
from notat.engine.write.downloads import copy_figure_data, data_archive, size_in_words, write_data_archive
from notat.project.project import Project
from notat.show.domain import results_of


def test_the_archive_holds_the_data_package_and_is_the_same_every_time(note, tmp_path):
    first = data_archive(Project(note))
    for file in (note / "data").iterdir():
        file.touch()
    assert data_archive(Project(note)) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        own = (file.name for file in (note / "data").iterdir() if not file.name.startswith("."))
        assert archive.namelist() == sorted(f"data/{name}" for name in own)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("data/arbeid.csv") == (note / "data" / "arbeid.csv").read_bytes()


def test_the_archive_is_made_once_for_the_same_data(note, tmp_path):
    for row in ("", "# en linje til\n"):
        with (note / "data" / "kontroll.sha256").open("a", encoding="utf-8") as file:
            file.write(row)
        for again in (False, True):
            project = Project(note)
            results = results_of(project)
            write_data_archive(project, results, tmp_path)
            assert (("archive", "data") in results.store.missed) != again
            assert (tmp_path / "diskusjonsnotat-data.zip").read_bytes() == data_archive(project)


@pytest.mark.parametrize(
    ("size", "words"), [(0, "1 kB"), (999, "1 kB"), (64_361, "64 kB"), (2_424_287, "2,4 MB"), (999_999, "1 000 kB")]
)
def test_sizes_are_told_in_words(tmp_path, size, words):
    file = tmp_path / "fil"
    with file.open("wb") as out:
        out.truncate(size)
    assert size_in_words(file).replace("\u00a0", " ") == words


@pytest.mark.parametrize("address", ["ressurser/figurdata", "./ressurser/figurdata", "../ressurser/figurdata"])
def test_the_files_that_pages_link_to_are_laid_where_the_links_lead(note, address):
    output = note / "_output"
    (output / "chapters").mkdir(parents=True)
    (note / "_figurer").mkdir()
    for name in ("fig-a", "fig-gammel"):
        for ending in ("csv", "hel.svg", "hel.png", "svg", "png"):
            (note / "_figurer" / f"{name}.{ending}").write_text(f"{name} {ending}", encoding="utf-8")
    page = output / ("chapters/x.html" if ".." in address else "x.html")
    links = [f'<a href="{address}/fig-a.{kind}">Last ned</a>' for kind in ("csv", "svg", "png")]
    page.write_text("".join(links), encoding="utf-8")
    copy_figure_data(note, output, [page])
    laid = {file.name: file.read_text() for file in (output / "ressurser" / "figurdata").iterdir()}
    assert laid == {"fig-a.csv": "fig-a csv", "fig-a.svg": "fig-a hel.svg", "fig-a.png": "fig-a hel.png"}


def test_the_files_of_pages_that_were_not_made_now_stay(note):
    """As when one chapter is made alone: the drawings may be those of another edition."""
    laid = note / "_output" / "ressurser" / "figurdata"
    laid.mkdir(parents=True)
    (note / "_figurer").mkdir()
    for name in ("fig-a", "fig-b"):
        (laid / f"{name}.csv").write_text("da", encoding="utf-8")
        (note / "_figurer" / f"{name}.csv").write_text("nå", encoding="utf-8")
        page = note / "_output" / f"{name}.html"
        page.write_text(f'<a href="ressurser/figurdata/{name}.csv">CSV</a>', encoding="utf-8")
    copy_figure_data(note, note / "_output", [note / "_output" / "fig-a.html"])
    assert [(laid / f"fig-{one}.csv").read_text(encoding="utf-8") for one in "ab"] == ["nå", "da"]


def test_a_figure_without_its_data_is_refused(note, refused):
    (note / "_output").mkdir()
    (note / "_output" / "x.html").write_text('<a href="ressurser/figurdata/fig-a.csv">CSV</a>', encoding="utf-8")
    with refused("_figurer/fig-a.csv", None, "Tallene bak figuren mangler"):
        copy_figure_data(note, note / "_output", [note / "_output" / "x.html"])


def test_a_figure_without_the_drawing_to_be_passed_on_is_refused(note, refused):
    (note / "_output").mkdir()
    (note / "_output" / "x.html").write_text('<a href="ressurser/figurdata/fig-a.svg">SVG</a>', encoding="utf-8")
    with refused("_figurer/fig-a.hel.svg", None, "Tegningen av figuren mangler"):
        copy_figure_data(note, note / "_output", [note / "_output" / "x.html"])


def test_the_pages_offer_the_files_with_their_sizes(note):
    build(note)
    output = note / "_output"
    page = (output / "index.html").read_text(encoding="utf-8")
    for name in ("diskusjonsnotat.pdf", "diskusjonsnotat.docx", "diskusjonsnotat-data.zip"):
        assert f'href="{name}" download' in page
        assert f"({size_in_words(output / name)})" in page
