"""The synthetic book: of the requested size, the same every time, and built by the engine as any other."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from notat.data import dataset
from notat.project.source import read_source
from notat.show.overview import used_numbers
from tools.bench.book import PER_CHAPTER, numbers, slug, write_book
from tools.bench.scale import COMMAND

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Root of a book of three chapters. Tests only add to it."""
    root = tmp_path_factory.mktemp("bok") / "notat"
    write_book(root, PROJECT, 3)
    return root


def files(root):
    return {file.relative_to(root): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_every_chapter_uses_twenty_numbers_of_its_own(book):
    used = [used_numbers(read_source(book, f"chapters/{slug(number)}.qmd")) for number in (1, 2, 3)]
    assert [len(ids) for ids in used] == [PER_CHAPTER] * 3
    assert len({id_ for ids in used for id_ in ids}) == 3 * PER_CHAPTER


def test_each_number_has_its_own_row(book):
    read = dataset.load(book)
    expected = {id_: value for number in (1, 2, 3) for id_, value in numbers(number).items()}
    assert {id_: read[id_].value for id_ in read.ids} == expected


def test_no_number_of_a_large_book_is_impossible():
    assert all(value > 0 for number in range(1, 1001) for value in numbers(number).values())


def test_the_same_size_gives_the_same_book(book, tmp_path):
    write_book(tmp_path / "igjen", PROJECT, 3)
    again = files(tmp_path / "igjen")
    assert again == {name: content for name, content in files(book).items() if name in again}


def test_the_engine_builds_it(tmp_path):
    root = tmp_path / "notat"
    write_book(root, PROJECT, 1)
    done = subprocess.run(
        [*COMMAND, "--til", "html"], cwd=root, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr
    page = (root / "_output/omraade-1.html").read_text(encoding="utf-8")
    assert page.count('class="tall"') == PER_CHAPTER
    assert (root / "_output/ressurser/figurdata/fig-omraade-1.svg").is_file()
