"""The files of a figure from the cache are those of one drawing."""

from __future__ import annotations

from notat.engine.keep import figures
from notat.engine.keep.cache import Store
from notat.engine.keep.digests import Digests
from notat.engine.keep.step import Results
from notat.project.project import Project


def test_files_of_another_drawing_of_the_figure_do_not_stay(tmp_path):
    results = Results(Digests(Project(tmp_path), Store(tmp_path)))
    folder = tmp_path / "_figurer"
    folder.mkdir()
    for name in ("fig-a.svg", "fig-ab.html"):
        (folder / name).write_text("ny")
    digests = figures.cache_files(results, ["a"])
    (folder / "fig-a.svg").write_text("gammel")
    (folder / "fig-a.html").write_text("gammel")
    assert figures.restore(results, digests)
    assert {file.name: file.read_text() for file in folder.iterdir()} == {"fig-a.svg": "ny", "fig-ab.html": "ny"}
