"""Vendored files are unchanged: each file by its digest, with its licence beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
LISTS = sorted((PROJECT / "py").rglob("SHA256SUMS"))


ORIGINS = {
    "axe-core": "npm package `axe-core`",
    "minisearch": "npm package `minisearch`",
    "snowball": "PyPI package `sphinx`",
    "source-sans-3": "PyPI package `fontpkg-source-sans-3`",
}


def test_the_typeface_the_search_and_the_judge_of_pages_are_vendored():
    assert sorted(file.parent.name for file in LISTS) == list(ORIGINS)


@pytest.mark.parametrize("digests", LISTS, ids=lambda file: file.parent.name)
def test_every_vendored_file_has_its_digest(digests):
    listed = dict(reversed(line.split("  ", 1)) for line in digests.read_text(encoding="utf-8").splitlines())
    here = {file.name for file in digests.parent.iterdir()} - {"SHA256SUMS", "README.md"}
    assert here == listed.keys()
    for name, digest in listed.items():
        assert hashlib.sha256((digests.parent / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("digests", LISTS, ids=lambda file: file.parent.name)
def test_the_licence_and_the_origin_stand_beside_it(digests):
    assert any(file.name.startswith(("LICENSE", "OFL")) for file in digests.parent.iterdir())
    said = " ".join((digests.parent / "README.md").read_text(encoding="utf-8").split())
    assert ORIGINS[digests.parent.name] in said


def test_git_changes_no_byte_of_them():
    rules = (PROJECT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert {f"{file.parent.relative_to(PROJECT).as_posix()}/* -text" for file in LISTS} <= set(rules)
