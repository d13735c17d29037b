"""Figures are drawn ahead by processes that were not forked from a process with threads, and errors are reported."""

from __future__ import annotations

import logging
import re
import sys
import time

import psutil
import pytest

from notat.engine.run.drawing import drawing


@pytest.fixture
def root(tmp_path, write_figures_note):
    write_figures_note(tmp_path / "notat")
    return tmp_path / "notat"


def test_what_forks_has_one_thread(root):
    if sys.platform != "linux":
        pytest.skip("bare Linux deler prosesser her")
    me, seen = psutil.Process(), {}
    known = set(me.children(recursive=True))
    with drawing(root, "notat.show.draw", ["ungdomskull", "eksport", "eksportandel"]) as all_drawn:
        deadline = time.monotonic() + 120
        while not list((root / "_figurer").glob("fig-*.svg")):
            assert time.monotonic() < deadline
            for process in set(me.children(recursive=True)) - known:
                try:
                    if process.children() and "forkserver" in " ".join(process.cmdline()):
                        seen[process.pid] = process.num_threads()
                except psutil.Error:
                    continue
            time.sleep(0.1)  # looking at all processes costs as much as what they do
        all_drawn()
    assert list(seen.values()) == [1], seen
    drawn = {file.stem for file in (root / "_figurer").glob("*.html")}
    assert drawn == {"fig-ungdomskull", "fig-eksport", "fig-eksportandel"}


def test_a_figure_that_cannot_be_drawn_is_told_of_and_the_others_are_drawn(root, caplog):
    caplog.set_level(logging.INFO, logger="notat")
    with drawing(root, "notat.show.draw", ["finnes-ikke", "ungdomskull"]) as all_drawn:
        all_drawn()
    assert (root / "_figurer/fig-ungdomskull.svg").is_file()
    [line] = [record.message for record in caplog.records if "Kan ikke tegne" in record.message]
    assert re.match(r"Kan ikke tegne på forhånd: finnes-ikke: NotatError: .*«finnes-ikke»", line)


def test_data_that_cannot_be_read_are_told_of_once(root, caplog):
    caplog.set_level(logging.INFO, logger="notat")
    (root / "data/arbeidsmarked.csv").write_text("tull\n", encoding="utf-8")
    with drawing(root, "notat.show.draw", ["ungdomskull", "eksport"]) as all_drawn:
        all_drawn()
    assert len([record for record in caplog.records if "Kan ikke tegne" in record.message]) == 1


def test_all_that_draws_ends_with_a_build_that_is_killed(root):
    """The server that forks lives as long as any process forked from it, and they must not wait for each other."""
    script = "import sys, time\nfrom pathlib import Path\nfrom notat.engine.run.drawing import drawing\n"
    script += "with drawing(Path.cwd(), 'notat.show.draw', ['ungdomskull', 'eksport', 'eksportandel']):\n"
    script += "    time.sleep(600)\n"
    build = psutil.Popen([sys.executable, "-c", script], cwd=root)
    try:
        deadline = time.monotonic() + 120
        while len(helpers := build.children(recursive=True)) < 3:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        build.kill()
        build.wait(60)
    _, alive = psutil.wait_procs(helpers, timeout=120)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
