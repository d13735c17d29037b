"""The site of the guides: what it shows of them, and that notat makes it of them and of the example."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import notat
from tools import guide

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(
    ("text", "chapter"),
    [
        ('Skriv `` `{python} tall("a")` ``.', 'Skriv `` `{{python}} tall("a")` ``.'),
        ("Skriv `{python}` først.", "Skriv `{{python}}` først."),
        ("```markdown\n```{python}\n```\n", "```markdown\n```{{python}}\n```\n"),
        ("Bruk `{{< include x >}}`.", "Bruk `{{{< include x >}}}`."),
        ("Se [data](data.md#rad), [kode](../py/x.py) og [Quarto](https://quarto.org).",
         "Se [data](data.md#rad), kode og [Quarto](https://quarto.org)."),
        ("![Bilde](bilder/a.png)", "![Bilde](bilder/a.png)"),
    ],
)  # fmt: skip
def test_code_that_a_guide_shows_is_not_run_and_links_out_of_the_site_are_words(text, chapter):
    assert guide.shown(text) == chapter


def test_what_chapters_can_call_is_there_with_its_parameters():
    page = guide.calls(notat.__all__)
    assert re.findall(r"^## `(\w+)`", page, re.MULTILINE) == list(notat.__all__)
    assert "spenn(fra, til, *, enhet=True, sted='')" in page
    assert max(map(len, re.findall(r"```python\n(.*?)```", page, re.DOTALL)[2].splitlines())) <= 75


def test_every_guide_is_on_the_site_or_is_about_this_note_or_its_code():
    others = {"architecture", "dekning", "maalinger"}
    there = {file.stem for file in (*DOCS.glob("*.md"), *DOCS.glob("*.qmd"))}
    assert there == {*guide.CHAPTERS, *guide.APPENDICES, guide.FRONT} | others


@pytest.mark.process
def test_notat_makes_the_site(tmp_path):
    root = tmp_path / "notat"
    guide.write(root, DOCS)
    subprocess.run(  # the interpreter that runs the test
        [sys.executable, "-c", "from notat.cli.main import main; main()", "render", "--til", "html"],
        cwd=root,
        check=True,
        timeout=600,
    )
    pages = {file.stem: file.read_text(encoding="utf-8") for file in (root / "_output").glob("*.html")}
    assert {*guide.CHAPTERS, *guide.APPENDICES, guide.CALLS, "index", "eksempel", "arbeid", "eksport"} <= pages.keys()
    assert '`{python} tall("' in re.sub(r"<[^>]+>", "", pages["oppskrifter"])
