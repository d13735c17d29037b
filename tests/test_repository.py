"""The repository itself: its files are consistent."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from notat.judge.checks import check
from notat.project.calls import calls
from notat.project.config import read_config
from notat.project.project import Project
from notat.show import charts, tables

PROJECT = Path(__file__).parent.parent
# File types that are generated in any folder, and the files of these types that are sources.
_GENERATED = re.compile(r"\.(html|pyc|pdf|zip)$")
_SOURCES = {
    "_extensions/notat/panel.html",
    "_extensions/notat/title-block.html",
    "tests/ordinary/cases/chapters/bilder/tegning.pdf",
}


def listed(*options):
    done = subprocess.run(
        ["git", "ls-files", *options], cwd=PROJECT, capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        pytest.skip("ikke en git-kopi, så det finnes ingen liste over filer")
    return done.stdout.splitlines()


def test_git_holds_nothing_that_a_build_makes():
    assert listed("--cached", "--ignored", "--exclude-standard") == []
    assert {name for name in listed() if _GENERATED.search(name)} == _SOURCES


@pytest.mark.parametrize(
    "name",
    [
        "_output/index.html",
        "_quarto/index.html",
        "utgivelse/notat-1.0.0/a.pdf",
        ".notat/a",
        "_figurer/a.svg",
        "_uu/a.md",
    ],
)
def test_git_leaves_out_what_a_build_makes(name):
    listed()
    assert subprocess.run(["git", "check-ignore", "-q", name], cwd=PROJECT, check=False, timeout=600).returncode == 0


def test_the_typst_template_has_the_colours_of_the_brand():
    palette = YAML(typ="safe").load((PROJECT / "_brand.yml").read_text(encoding="utf-8"))["color"]["palette"]
    template = (PROJECT / "_extensions/notat/typst-template.typ").read_text(encoding="utf-8")
    found = dict(re.findall(r'^#let (\w+?)_? = rgb\("(#\w+)"\)', template, re.MULTILINE))
    assert found == palette


def test_every_chapter_opens_with_a_title_and_the_setup_cell():
    for source in Project(PROJECT).chapters:
        lines = [line for _, line in source.lines]
        assert re.match(r"# .+ \{.*#sec-[\w-]+\}$", lines[0]), source.file
        assert lines[2] == "```{python}", source.file
        assert lines[3].startswith("from notat import"), source.file


def test_every_figure_and_table_of_the_code_is_shown_by_a_chapter():
    called = [call for source in Project(PROJECT).chapters for call in calls(source)]
    for function, names in (("figur", charts.names()), ("tabell", tables.names())):
        assert set(names) == {name for call in called if call.function == function for name in call.known}


def test_no_check_finds_anything_in_the_note():
    assert [str(finding) for finding in check(Project(PROJECT)).findings] == []


def test_the_book_is_a_book_that_quarto_can_read():
    config = read_config(PROJECT)
    assert config.chapters[0].file == "index.qmd"
    for file in (
        *config.extension.filters,
        *config.extension.template_partials,
        *config.extension.css,
        config.extension.reference_doc,
    ):
        assert file.is_file(), file
