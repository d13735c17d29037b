"""Saved files are noticed, whatever happens to the folders and to the watcher."""

from __future__ import annotations

import asyncio
import errno
import json
import shutil

import pytest
from watchfiles import Change

from notat.cli.preview import watch
from notat.cli.preview.watch import is_input, saved
from notat.text.errors import NotatError


@pytest.mark.parametrize(
    "path",
    [
        "/n/chapters/arbeid.qmd",
        "/n/chapters/arbeid.md",
        "/n/data/x.csv",
        "/n/py/notat/data/quantity.py",
        "/n/_brand.yml",
        "/n/_extensions/notat/x.typ",
    ],
)
def test_what_the_pages_are_made_of_is_watched(path):
    assert is_input(Change.modified, path)


@pytest.mark.parametrize(
    "path", ["/n/chapters/.arbeid.qmd.swp", "/n/chapters/arbeid.qmd~", "/n/py/notat/__pycache__/x.py", "/n/x.pdf"]
)
def test_what_editors_and_tools_leave_is_not(path):
    assert not is_input(Change.modified, path)


@pytest.fixture
def root(tmp_path):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "_quarto.yml").write_text("a", encoding="utf-8")
    return tmp_path


def write(root, name, text="b"):
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def seen(root, *changes):
    """The trouble reported while every change was noticed, one after the other, each after a pause."""
    reported, count = [], 0

    async def count_savings():
        nonlocal count
        async for _ in saved(root, reported.append):
            count += 1

    async def settled(before):
        while count == before:
            await asyncio.sleep(0.1)
        before = -1
        while count != before:
            before = count
            await asyncio.sleep(2)

    async def run():
        counting = asyncio.create_task(count_savings())
        await asyncio.sleep(2)  # until it watches
        for change in changes:
            before = count
            change()
            waiting = asyncio.create_task(settled(before))
            await asyncio.wait({waiting, counting}, timeout=120, return_when=asyncio.FIRST_COMPLETED)
            if counting.done():
                counting.result()
            assert waiting.done(), "lagringen ble ikke sett"
        counting.cancel()

    asyncio.run(run())
    return reported


def test_a_folder_that_comes_later_is_watched(root):
    assert not (root / "data").exists()
    later = (lambda: write(root, "data/x.csv"), lambda: write(root, "data/x.csv", "c"))
    assert seen(root, *later) == []


def test_a_folder_that_was_removed_and_came_back_is_watched(root):
    write(root, "chapters/a.qmd")

    def replace():
        shutil.rmtree(root / "chapters")
        write(root, "chapters/a.qmd", "ny")

    assert seen(root, replace, lambda: write(root, "chapters/a.qmd", "nyere")) == []


def test_a_project_without_folders_is_watched(tmp_path):
    assert seen(tmp_path, lambda: write(tmp_path, "index.qmd")) == []


def test_when_the_project_itself_is_gone_the_watching_ends_with_what_to_do(root):
    with pytest.raises(NotatError, match=r"Prosjektmappa er borte\. Hent den tilbake"):
        seen(root, lambda: shutil.rmtree(root))


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "OS file watch limit reached"), RuntimeError("Error creating watcher")]
)
def test_a_watching_that_dies_is_told_of_and_goes_on_by_looking_now_and_then(root, monkeypatch, error):
    awatch = watch.awatch

    async def limited(*places, **options):
        if not options["force_polling"]:
            raise error
        async for changes in awatch(*places, **options):
            yield changes

    monkeypatch.setattr(watch, "awatch", limited)
    reported = seen(root, lambda: write(root, "chapters/a.qmd"), lambda: write(root, "_quarto.yml", "c"))
    assert reported == [f"Filovervåkingen stanset ({error}). Ser etter lagrede filer på en tregere måte."]


def test_a_watching_that_dies_again_and_again_is_told_of_each_time(root, monkeypatch):
    deaths = iter(range(3))
    awatch = watch.awatch

    async def dying(*places, **options):
        if next(deaths, None) is not None:
            raise RuntimeError("borte")
        async for changes in awatch(*places, **options):
            yield changes

    monkeypatch.setattr(watch, "awatch", dying)
    monkeypatch.setattr(watch, "_PAUSE_AFTER_ERROR", 0.1)
    assert len(seen(root, lambda: write(root, "chapters/a.qmd"))) in (2, 3)  # two watchers may die at once


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deler/_del.qmd", "Ny tekst.\n"),
        ("kilder/verk.bib", "@misc{ny, title={Ny}}\n"),
        ("vedlegg/mer.qmd", "# Mer {#sec-mer}\n\nNy.\n"),
        ("egne/tall.txt", "7"),
    ],
)
def test_files_elsewhere_are_watched_as_soon_as_they_are_in_use(note, name, text):
    for file in ("deler/_del.qmd", "kilder/verk.bib", "vedlegg/mer.qmd", "egne/tall.txt"):
        write(note, file, "# Mer {#sec-mer}\n" if "mer" in file else "")

    def put_into_use():
        with (note / "chapters/arbeid.qmd").open("a", encoding="utf-8") as chapter:
            chapter.write("\n{{< include ../deler/_del.qmd >}}\n")
        config = (note / "_quarto.yml").read_text(encoding="utf-8")
        config = config.replace("bibliography: references.bib", "bibliography: kilder/verk.bib")
        config = config.replace("    - chapters/litt", "    - vedlegg/mer.qmd\n    - chapters/litt")
        (note / ".notat").mkdir(exist_ok=True)
        write(note, ".notat/built.json", json.dumps({"files": ["egne/tall.txt"]}))
        write(note, "_quarto.yml", config)

    assert seen(note, put_into_use, lambda: write(note, name, text)) == []
