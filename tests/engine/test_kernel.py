"""Sockets left by killed builds are removed by the next one; a kernel starts and ends in any thread."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager

import pytest
from jupyter_core.utils import run_sync

from notat.engine.run.kernel import kernel, sweep
from notat.engine.run.orphans import command, environment

pytestmark = pytest.mark.process


def test_the_sockets_of_a_killed_build_are_removed_and_those_of_a_living_one_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(timeout=600)
    kept = [tmp_path / f"notat-{os.getpid()}-abc", tmp_path / "notat-maaling-abc"]
    for folder in (*kept, tmp_path / f"notat-{gone.pid}-abc"):
        (folder / "k").mkdir(parents=True)
    sweep()
    assert sorted(tmp_path.iterdir()) == sorted(kept)


def test_a_build_works_in_a_thread_whose_event_loop_is_gone_or_another(note):
    """As after `asyncio.run`, which leaves the thread without one, and in a program that has its own."""
    for loop in (None, asyncio.new_event_loop()):
        asyncio.set_event_loop(loop)
        try:
            with kernel(note):
                pass
        finally:
            asyncio.set_event_loop(None)
            if loop is not None:
                loop.close()


def test_a_kernel_whose_build_is_gone_ends_without_a_word_and_opens_no_port(note, tmp_path):
    """Ctrl-C while it starts: ipykernel would make the file anew, and listen on TCP."""
    folder = tmp_path / "notat-1-borte"
    started = subprocess.run(
        command("notat.engine.run.kernel", "-f", str(folder / "k.json")),
        check=False,
        env=environment(note),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (started.returncode, started.stdout, started.stderr) == (1, "", "")
    assert not folder.exists()


@contextmanager
def opened(manager):
    client = manager.client()
    client.start_channels()
    try:
        yield client
    finally:
        client.stop_channels()


def test_a_kernel_starts_without_a_word(note, capfd):
    """Its options are for ipykernel's own classes, some of which another class could be mistaken for."""
    with kernel(note) as manager, opened(manager) as client:
        run_sync(client.wait_for_ready)(timeout=60)
    assert capfd.readouterr() == ("", "")
