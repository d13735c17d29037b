"""The files of a figure from the cache are those of one drawing."""

from __future__ import annotations

import re

import pytest

from notat.engine.build import build
from notat.engine.keep import figures
from notat.engine.keep.cache import Store
from notat.engine.keep.digests import Digests
from notat.engine.keep.step import Results
from notat.project.project import Project
from notat.show.domain import NOTE

_FIGURE = re.compile(rb'<div class="diagram">.*?</div>', re.DOTALL)


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


@pytest.fixture
def drawn(tmp_path):
    """Draws the figure `a` for formats, where that is needed, and returns what it was then drawn for."""
    folder, made = tmp_path / "_figurer", []
    folder.mkdir()

    def get(*formats):
        def draw():
            made.append(formats)
            for left in folder.iterdir():
                left.unlink()
            for name in formats:
                (folder / f"fig-a.{name}").write_text(name)
            return figures.Drawn("![](/_figurer/fig-a)")

        made.clear()
        results = Results(Digests(Project(tmp_path), Store(tmp_path)))
        assert figures.get_or_draw(results, (), "a", draw, figures.files_for(formats)) == "![](/_figurer/fig-a)"
        return made, {file.suffix[1:] for file in folder.iterdir()}

    return get


def test_a_figure_that_was_drawn_for_one_format_is_drawn_again_for_others(drawn):
    assert drawn("html") == ([("html",)], {"html"})
    assert drawn("html") == ([], {"html"})
    assert drawn("html", "docx") == ([("html", "docx")], {"html", "docx"})


def test_a_figure_that_was_drawn_for_all_formats_is_there_for_each(drawn):
    assert drawn("html", "pdf", "docx")[0]
    for some in (("html",), ("docx",), ("html", "pdf")):
        assert drawn(*some) == ([], {"html", "pdf", "docx"})


def test_what_is_drawn_for_one_format_is_not_what_another_has(drawn):
    assert drawn("pdf") == ([("pdf",)], {"pdf"})
    assert drawn("docx") == ([("docx",)], {"docx"})
    assert drawn("html") == ([("html",)], {"html"})
    assert drawn("docx") == ([], {"docx"})


@pytest.mark.process
def test_a_build_of_the_pages_draws_for_them_alone_and_one_of_all_formats_gives_the_same_pages(
    tmp_path, write_figures_note, monkeypatch
):
    root = tmp_path / "notat"
    write_figures_note(root)
    monkeypatch.chdir(root)

    def built(*formats):
        build(Project(root), NOTE, formats or figures.EVERY)
        pages = b"".join(file.read_bytes() for file in sorted((root / "_output").rglob("kap-*.html")))
        whole = [file.read_bytes() for file in sorted((root / "_output/ressurser/figurdata").iterdir())]
        return _FIGURE.findall(pages), whole, {file.name for file in (root / "_figurer").glob("fig-ungdomskull*")}

    *shown, drawn = built("html")
    *again, every = built()
    assert len(shown[0]) == 2
    assert shown == again
    assert every - drawn == {"fig-ungdomskull.png", "fig-ungdomskull.svg"}
    assert drawn <= every
    assert built("html") == (*again, every)
