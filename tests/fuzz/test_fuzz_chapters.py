"""Chapters: no text of an author is lost, moved to another line, or run unless it is a cell."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notat.cli.render import results_of
from notat.engine.read.chapter import read_chapter
from notat.project.config import ChapterFile
from notat.project.editions import in_edition
from notat.project.project import Project
from notat.project.source import Inline, Text, read_source
from notat.show.claims.marks import marks
from notat.show.overview import question_boxes, title_of, used_numbers

pytestmark = pytest.mark.fuzz

CHAPTERS = Path(__file__).parents[2] / "chapters"
NAME = "chapters/innledning.qmd"
_TEXTS = [
    (CHAPTERS / name).read_text(encoding="utf-8") for name in ("innledning.qmd", "kommunene.qmd", "tallgrunnlag.qmd")
]
_HEAD = "# Tittel {#sec-tittel}\n\n```{python}\nfrom notat import tall\n```\n\n"

_WORDS = st.sampled_from(
    ["Trøndelag", "a", "1.", "[", "]", "(x)", "**", "*", "_", "`", "\\", "@notat2023", "@sec-x", "^", "~", "$"]
)
_SPANS = st.sampled_from(
    ["[ord]{.paastand #p-a}", "[ord]{.tall}", "[a](b)", "[a]{", "![x](y.png)", "<b>x</b>", "[^n]", "^[n]", "`x`", "$x$"]
)
_CODE = st.sampled_from(
    [
        '`{python} tall("a")`',
        "`{python} 1`",
        "`{python}1`",
        "`{r} 1`",
        "`{python} x",
        '`{python} spenn("a", "b")`',
        "``{python} 1``",
    ]
)
_LINE = st.lists(st.one_of(_WORDS, _WORDS, _SPANS, _CODE), max_size=6).map(" ".join)
_FENCES = st.sampled_from(
    ["```", "````", "~~~", "```{python}", "``` {python}", "```{r}", "```{=html}", "```{.python}", "```python"]
)
_BLOCKS = [
    "",
    "",
    "## Del {#sec-del}",
    "## Del",
    "# Igjen {#sec-to}",
    "---",
    "1. Hva nå?",
    "- punkt",
    "> sitat",
    "    kode",
]
_BOXES = ["::: {.boks}", "::: {.drofting #drofting-a}", ":::", "::: {.ukjent}", ":::: {#fig-x}", "<div>", "</div>"]
_TABLES = ["| a | b |", "|---|---|", "[^n]: note", "<!-- a -->", "\\", "\t", "x = 1", "  ```{python}"]
_INCLUDES = [
    "{{< include _verdiskaping-satsing.qmd >}}",
    "{{< include ../../x.qmd >}}",
    "{{< video x >}}",
    "{{< include",
]
_OPTIONS = ["#| echo: false", "#| label: fig-x", "#| x"]
_OTHER = st.sampled_from([*_BLOCKS, *_BOXES, *_TABLES, *_INCLUDES, *_OPTIONS])
_WRITTEN = st.lists(st.one_of(_LINE, _LINE, _FENCES, _OTHER), max_size=25).map("\n".join)


def parts_as_text(source):
    def written(part):
        if isinstance(part, Text):
            return part.markdown
        return f"`{{python}} {part.code}`" if isinstance(part, Inline) else f"```{{python}}\n{part.code}\n```\n"

    return "".join(map(written, source.parts))


def shown(part):
    """Markdown of a part after a run in which every expression is «x»."""
    if isinstance(part, Text):
        return part.markdown
    return "x" if isinstance(part, Inline) else "\nx\n\n"


def squeezed(text):
    """The text without what a cell and inline code may be written with in more than one way."""
    return re.sub(r"[\s`]+", "", text.replace("~~~", "```").replace("{{python}}", "{python}"))


def check(source, content, root):
    written = [line.removesuffix("\n") for line in io.StringIO(content.decode("utf-8-sig"), newline=None)]
    own = [(place[1], line) for place, line in source.lines if place[0] == NAME]
    # What is for another edition goes before anything is read.
    lines = {
        place[1]: line for place, line in in_edition([((NAME, n), text) for n, text in enumerate(written, 1)], root)
    }
    for number, line in own:
        assert lines[number] == line
    assert len(lines) - len(own) == sum("{{<" in line for line in lines.values())
    assert squeezed(parts_as_text(source)) == squeezed("\n".join(line for _, line in source.lines))
    known = {place for place, _ in source.lines} | {(NAME, 1)}
    for part in source.parts:
        assert part.place in known


def by_pandoc(project, source):
    """The sections of the chapter; those that earlier examples have left are used again."""
    markdown = "".join(map(shown, source.parts))
    return read_chapter(ChapterFile(NAME, 1, False), source, markdown, results_of(Project(project))).sections


def everything(root):
    """All that reads the text of a chapter without running it."""
    source = read_source(root, NAME)
    list(question_boxes(source))
    list(marks(source))
    used_numbers(source)
    assert title_of(source)
    return source


@given(st.data())
def test_a_spoiled_chapter_is_read_as_it_stands_or_refused(judge, spoiled, replaced, project, data):
    content = data.draw(st.sampled_from(_TEXTS).flatmap(spoiled))
    source = judge("kapittel: ødelagt", replaced(NAME, content, lambda: everything(project)))
    if source is not None:
        check(source, content, project)


@given(_WRITTEN)
def test_a_chapter_of_any_parts_is_read_as_it_stands_or_refused(judge, replaced, project, text):
    content = (_HEAD + text + "\n").encode()
    source = judge("kapittel: satt sammen", replaced(NAME, content, lambda: everything(project)))
    if source is not None:
        check(source, content, project)


# Each of these starts Pandoc, so there are fewer.
@settings(max_examples=max(20, settings().max_examples // 10))
@given(st.one_of(_WRITTEN, _WRITTEN, _LINE))
def test_what_pandoc_reads_is_within_the_subset_or_refused(judge, replaced, project, text):
    def read():
        return by_pandoc(project, read_source(project, NAME))

    content = (_HEAD + text + "\n").encode()
    sections = judge("kapittel: gjennom Pandoc", replaced(NAME, content, read))
    if sections is not None:
        assert not re.search(rb'"t": "(RawInline|RawBlock)"', b"".join(section.read for section in sections))


_BOMBS = {
    "mange mellomrom i et gjerde": "```" + " " * 4900 + "`",
    "mange mellomrom i en kortkode": "{{< a" + " " * 4900,
    "mange overskrifter på en linje": "# " + "a{#sec-" * 700,
    "mange klammer": "[" * 4000,
    "klammer på mange linjer": "[a\n" * 3000,
    "en lang linje": "a" * 1_000_000,
    "mange linjer": "a\n" * 300_000,
    "mange sitattegn": ">" * 4000,
    "mange bokser": "::: {.boks}\n" * 2000,
    "mange lister": "- " * 2000,
}


@pytest.mark.parametrize("name", _BOMBS)
def test_a_bomb_does_not_go_off(judge, replaced, project, name):
    def read():
        return by_pandoc(project, everything(project))

    judge("kapittel: bomber", replaced(NAME, (_HEAD + _BOMBS[name] + "\n").encode(), read))


def test_files_that_include_each_other_twice_do_not_grow_without_end(judge, tmp_path):
    (tmp_path / "chapters").mkdir()
    for number in range(30):
        (tmp_path / f"chapters/_{number}.qmd").write_text(f"{{{{< include _{number + 1}.qmd >}}}}\n" * 2)
    (tmp_path / "chapters/_8.qmd").write_text("a\n" * 1000)
    assert judge("kapittel: bomber", lambda: read_source(tmp_path, "chapters/_0.qmd")) is None
    assert judge("kapittel: bomber", lambda: read_source(tmp_path, "chapters/_9.qmd")) is None


@pytest.mark.parametrize("target", ["../utenfor.qmd", "lenke.qmd", "mappe/fil.qmd", "/etc/passwd", "~/x", "ring.qmd"])
def test_no_include_leaves_the_project_not_even_by_a_link(judge, tmp_path, target):
    root = tmp_path / "notat"
    root.mkdir()
    outside = tmp_path / "utenfor.qmd"
    outside.write_text("Hemmelig.\n")
    (root / "lenke.qmd").symlink_to(outside)
    (root / "mappe").symlink_to(tmp_path)
    (tmp_path / "fil.qmd").write_text("Hemmelig.\n")
    (root / "ring.qmd").symlink_to(root / "ring.qmd")
    (root / "kap.qmd").write_text(f"{{{{< include {target} >}}}}\n")
    assert judge("kapittel: stier ut", lambda: read_source(root, "kap.qmd")) is None


def test_the_good_chapters_are_read(judge, project):
    for name, text in zip(("innledning", "kommunene", "tallgrunnlag"), _TEXTS, strict=True):
        assert judge("kapittel: ødelagt", lambda name=name: read_source(project, f"chapters/{name}.qmd")).lines
        assert text
