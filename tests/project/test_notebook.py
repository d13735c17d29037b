"""Notebooks as chapters."""

from __future__ import annotations

import json

import pytest

from notat.project.cells import Options
from notat.project.source import CodeCell, Inline, Text, read_source

NAME = "bok.ipynb"


@pytest.fixture
def read(tmp_path):
    def write(*cells, **changed):
        book = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | changed
        (tmp_path / NAME).write_text(json.dumps(book), encoding="utf-8")
        return read_source(tmp_path, NAME)

    return write


def made(kind, source, **more):
    cell = {
        "id": f"c{abs(hash(source))}",
        "cell_type": kind,
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    return cell | ({"outputs": [], "execution_count": 3} if kind == "code" else {}) | more


def test_the_parts_of_a_notebook_are_those_of_a_chapter(read):
    source = read(
        made("markdown", "# A {#sec-a}\n\nTekst."),
        made("code", "#| label: tbl-a\nx = 1"),
        made("code", ""),
        made("markdown", "Så `{python} x`."),
    )
    assert source.files == [NAME]
    assert source.parts == [
        Text("# A {#sec-a}\n\nTekst.\n\n", (f"{NAME}:celle 1", 1)),
        CodeCell("#| label: tbl-a\nx = 1", Options(label="tbl-a"), (f"{NAME}:celle 2", 0)),
        Text("\nSå ", (f"{NAME}:celle 2", 2)),
        Inline("x", (f"{NAME}:celle 4", 1)),
        Text(".\n", (f"{NAME}:celle 4", 1)),
    ]


def test_code_that_shows_a_fence_stays_one_cell(read):
    code = 'print("""\n```\n````\n""")'
    assert [part.code for part in read(made("code", code)).parts if isinstance(part, CodeCell)] == [code]


def test_stored_outputs_are_not_read(read):
    stored = [{"output_type": "stream", "name": "stdout", "text": ["gammelt\n"]}]
    source = read(made("code", "1", outputs=stored))
    assert "gammelt" not in str(source.lines)


@pytest.mark.parametrize(
    ("cell", "place", "words"),
    [
        (made("raw", "<b>"), (f"{NAME}:celle 1", None), "Cellen er rå tekst. Gjør den om til Markdown."),
        (
            made("markdown", "En\n\n![a](attachment:b.svg)", attachments={"b.svg": {"image/svg+xml": ""}}),
            (f"{NAME}:celle 1", 3),
            "Bildet er limt inn i notatboka.",
        ),
        (made("code", "\n!ls"), (f"{NAME}:celle 1", 2), "er for skallet"),
        (made("code", "#| ehco: true"), (f"{NAME}:celle 1", 1), "Mente du echo?"),
        (made("markdown", "a\u202eb"), (f"{NAME}:celle 1", 1), "usynlig tegn som ikke er tillatt (U+202E)"),
    ],
)
def test_what_a_chapter_cannot_have_is_refused_by_its_cell(read, refused, cell, place, words):
    with refused(*place, words):
        read(cell)


@pytest.mark.parametrize(
    "changed",
    [{"cells": 1}, {"cells": [{"cell_type": "code"}]}, {"nbformat": 99}, {"nbformat": "x"}, {"cells": [None]}],
)
def test_a_broken_notebook_is_refused(read, refused, changed):
    with refused(NAME, None, "Notatboka kan ikke leses."):
        read(**changed)


def test_a_notebook_of_another_language_is_refused(read, refused):
    with refused(NAME, None, "Notatboka er på språket R."):
        read(metadata={"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}})


def test_text_that_is_no_json_is_refused(tmp_path, refused):
    (tmp_path / NAME).write_text("<<<<<<< HEAD\n{}", encoding="utf-8")
    with refused(NAME, None, "Notatboka kan ikke leses."):
        read_source(tmp_path, NAME)
