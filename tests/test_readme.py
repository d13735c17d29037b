"""The README's chapter becomes what the README says, in both languages, and the false word is refused as it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from notat.cli.init import begin

pytestmark = pytest.mark.process

PROJECT = Path(__file__).parent.parent
_PART = r"^(`{3,})%s\n(.*?)^\1$"


@pytest.fixture(scope="module")
def example(tmp_path_factory, share_fonts):
    root = tmp_path_factory.mktemp("lesmeg") / "notat"
    begin(root, lambda _: None)
    share_fonts(root)
    return root


def render(root):
    return subprocess.run(
        [sys.executable, "-c", "from notat.cli.main import main; main()", "render", "--til", "html"],
        cwd=root,
        env={**os.environ, "COLUMNS": "1000"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("file", ["README.md", "docs/lesmeg.md"])
def test_the_chapter_becomes_what_is_said_and_the_false_word_is_refused(example, file):
    text = (PROJECT / file).read_text(encoding="utf-8")
    chapter = re.search(_PART % "markdown", text, re.MULTILINE | re.DOTALL)[2]
    promised = words(" ".join(re.findall(r"^> (.*)$", text, re.MULTILINE)))
    refusal = words(re.search(_PART % "text", text, re.MULTILINE | re.DOTALL)[2])
    place = example / "chapters/arbeid.qmd"

    place.write_text(chapter, encoding="utf-8")
    done = render(example)
    assert done.returncode == 0, done.stderr
    page = html.parse(example / "_output/arbeid.html").getroot()
    assert promised in [words(one.text_content()) for one in page.iter("p")]
    assert page.xpath("//figure[@id='fig-ufore']")

    place.write_text(chapter.replace("høyere enn", "lavere enn"), encoding="utf-8")
    done = render(example)
    assert done.returncode != 0
    for piece in refusal.split(" … "):
        assert piece in words(done.stderr), done.stderr
