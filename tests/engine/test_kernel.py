"""Sockets left by killed builds are removed by the next one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pytest

from notat.engine.run.kernel import sweep

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
