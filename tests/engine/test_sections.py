"""Sections read and written separately give the same as the whole chapter, or the chapter is not cut."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notat.engine import pandoc
from notat.engine.keep.cache import Store
from notat.engine.keep.digests import Digests
from notat.engine.keep.step import Results
from notat.engine.read import sections
from notat.project.project import Project
from notat.text.errors import NotatError

PROJECT = Path(__file__).parents[2]
PARTS = [
    "# Tittel {#sec-t}\n\nInnledning.\n\n",
    "## Del én {#sec-a}\n\nTekst [@kilde].\n\n",
    "## Del to {#sec-b}\n\nMer.\n",
]


@pytest.fixture
def asked(monkeypatch):
    """The texts that Pandoc is called with."""
    texts, run = [], pandoc.run

    def noting(text, *arguments, **options):
        texts.append(text)
        return run(text, *arguments, **options)

    pandoc.api_version()
    monkeypatch.setattr(pandoc, "run", noting)
    return texts


def whole(markdown):
    """The blocks of a chapter that is read in one piece."""
    return pandoc.read_markdown(markdown)["blocks"]


def reader(folder, code="notat.engine.read.sections"):
    """The blocks of a chapter that is read by section, as JSON, so that equal sections are one entry."""
    results = Results(Digests(Project(folder), Store(folder)))

    def finish(_, blocks):
        return list(map(as_json, sections.of_blocks(blocks)))

    def read(markdown):
        lines = sections.read("a.qmd", markdown, results, code=code, parse=whole, finish=finish).splitlines()
        return [block for line in lines for block in json.loads(line)]

    return read


def as_json(blocks):
    return json.dumps(blocks).encode()


def outcome(read, markdown):
    """The blocks that are read, or the error raised instead."""
    try:
        return read(markdown)
    except NotatError as error:
        return error.problem


@pytest.mark.parametrize("file", sorted(PROJECT.glob("chapters/*.qmd")), ids=lambda file: file.stem)
def test_every_section_of_the_note_is_the_same_read_alone(file):
    markdown = file.read_text(encoding="utf-8")
    alone = [block for text in sections.of_markdown(markdown) for block in pandoc.read_markdown(text)["blocks"]]
    assert alone == pandoc.read_markdown(markdown)["blocks"]


def test_only_sections_that_are_new_are_read_and_all_of_them_at_once(tmp_path, asked):
    read = reader(tmp_path)
    first = read("".join(PARTS))
    assert asked == ["".join(PARTS) + "\n"]
    assert read("".join(PARTS)) == first
    assert len(asked) == 1
    read("".join([*PARTS, "\n## Del tre {#sec-c}\n\nNytt.\n"]).replace("Innledning", "Åpning"))
    assert asked[1:] == ["# Tittel {#sec-t}\n\nÅpning.\n\n## Del tre {#sec-c}\n\nNytt.\n\n"]
    reader(tmp_path, "notat.text.paths")("".join(PARTS))
    assert len(asked) == 3


def test_a_footnote_comes_with_the_section_that_refers_to_it():
    markdown = (
        "# T {#sec-t}\n\n## A {#sec-a}\n\nEn.[^n]\n\n## B {#sec-b}\n\nTo.\n\n[^n]: Note\n  i to linjer.\n\n[^m]: X\n"
    )
    markdown = markdown.replace("To.", "To.[^m]")
    assert [text.count("]: ") for text in sections.of_markdown(markdown)] == [0, 1, 1]
    read = [block for text in sections.of_markdown(markdown) for block in pandoc.read_markdown(text)["blocks"]]
    assert read == pandoc.read_markdown(markdown)["blocks"]


@pytest.mark.parametrize(
    "text",
    [
        "Se [her][lenke].\n\n## B {#sec-b}\n\n[lenke]: https://example.org\n",
        "Se [B] og mer.\n\n## B {#sec-b}\n\nTekst.\n",
        "Se [teksten][b].\n\n## *B* {#sec-b}\n\nTekst.\n",
        "(@en) Første.\n\n## B {#sec-b}\n\n(@) Andre.\n",
        "---\ntittel: A\n\n## B: {#sec-b}\n\n---\n\nTekst.\n",
        "<div>\n\n## B {#sec-b}\n\n</div>\n",
        "```\nkode\n\n## B {#sec-b}\n\n```\n",
        "~~~~\n~~~\n\n## B {#sec-b}\n\n~~~~\n",
        "::: {.boks}\n\n## B {#sec-b}\n\n:::\n",
        "<!-- en\n\n## B {#sec-b}\n\n-->\n",
        "En.[^n]\n\n## B {#sec-b}\n\nTo.[^n]\n\n[^n]: Note.\n",
        "En.[^n]\n\n## B {#sec-b}\n\n[^n]: Note.\n\n    Mer note.\n",
        "En.[^n]\n\n[^n]: En.\n\n## B {#sec-b}\n\n[^n]: To.\n",
        "En.\n\n## B {#sec-b}\n\n[^n]: Ingen viser hit.\n",
        "Overskrift\n===\n\n## B {#sec-b}\n",
    ],
)
def test_what_binds_sections_together_is_read_as_the_whole_chapter_is(tmp_path, text):
    markdown = f"# T {{#sec-t}}\n\n## A {{#sec-a}}\n\n{text}"
    read = reader(tmp_path)
    assert outcome(read, markdown) == outcome(whole, markdown)
    changed = (
        markdown.replace("## B", "## C").replace("*B*", "*C*").replace(".org", ".com").replace("to.", "tre.")
        + "\nSist.\n"
    )
    assert outcome(read, changed) == outcome(whole, changed)


def test_small_sections_are_put_together_and_none_is_lost():
    sizes = [10, 40, 100, 10, 30, 20, 10, 60]
    groups = [sizes[place] for place in sections.group_by_size(sizes, 50)]
    assert groups == [[10, 40], [100], [10, 30, 20], [10], [60]]
    assert sections.group_by_size([], 50) == []


PIECES = [
    "Ord.",
    "## B {#sec-b}",
    "## C [x](y) {#sec-c}",
    "### D {#sec-d}",
    "[^n]: Note.",
    "Med note.[^n]",
    "```",
    "~~~",
]
PIECES += [
    ":::",
    "::: {.boks}",
    "<!--",
    "-->",
    "- punkt",
    "    innrykk",
    "> sitat",
    "[C x]",
    "[b]",
    "[b]: u",
    "---",
    "| a |",
]
PIECES += [
    "(@a) eksempel",
    "[@kilde]",
    "|---|",
    "    ## E {#sec-e}",
    "- ## F {#sec-f}",
    "<div>",
    "</div>",
    "`<!--`",
    "$$",
]


@settings(max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["\n\n", "\n\n", "\n"])), max_size=14))
def test_whatever_stands_in_a_chapter_it_is_read_as_a_whole_would_be(tmp_path_factory, data):
    markdown = "# Tittel {#sec-t}\n\n" + "".join(piece + end for piece, end in data)
    read = reader(tmp_path_factory.mktemp("lager"))
    assert outcome(read, markdown) == outcome(whole, markdown)
    changed = markdown.replace("Ord.", "Andre ord.", 1)
    assert outcome(read, changed) == outcome(whole, changed)
