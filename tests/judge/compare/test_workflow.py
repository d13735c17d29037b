"""The comparison workflow, run step by step on a small note, with a stand-in for Quarto's output."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

PROJECT = Path(__file__).parents[3]
WORKFLOW = PROJECT / ".github/workflows/notat.yml"


@pytest.fixture
def checkout(ours, tmp_path):
    """A copy of the small note with the Makefile and the environment of the project."""
    environment = Path(sys.prefix)
    if not (environment / ".stamp").is_file():
        pytest.skip("miljøet er ikke laget med make setup")
    root = tmp_path / "notat"
    shutil.copytree(ours, root, symlinks=True)
    (root / ".devcontainer").mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock", ".devcontainer/Dockerfile"):
        shutil.copyfile(PROJECT / name, root / name)
        os.utime(root / name, (0, 0))  # older than the environment, so that make does not set it up again
    (root / ".venv").symlink_to(environment)
    return root


def run_steps(root, stand_in):
    """Output of each `run` step; Quarto's own step is replaced by its result where there is no Quarto."""
    said = {}
    for step in YAML(typ="safe").load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["sammenlign"]["steps"]:
        if "run" not in step or "utgave2026" in step["run"]:  # the small note has one edition
            continue
        if step["run"] == "make quarto":
            shutil.copytree(stand_in, root / "_quarto")
            continue
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=root,
            env={**os.environ, "GITHUB_OUTPUT": str(root / "sagt")},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=600,
        )
        said[step["run"]] = (done.returncode, done.stdout + done.stderr)
    return said


def test_the_workflow_passes_when_quarto_says_the_same(checkout, quarto):
    said = run_steps(checkout, quarto)
    asked, *made = said
    assert asked.startswith("make --silent quarto-version")
    assert re.fullmatch(r"version=1\.\d+\.\d+\n", (checkout / "sagt").read_text(encoding="utf-8"))
    assert made == ["make render", "make compare"]
    assert {code for code, _ in said.values()} == {0}, said
    assert said["make compare"][1].startswith("Likt: ")


def test_the_workflow_builds_and_checks_the_later_edition():
    workflow = WORKFLOW.read_text(encoding="utf-8")
    assert "run: make render PROFILE=utgave2026" in workflow
    assert "run: .venv/bin/notat check --utdata --profile utgave2026" in workflow


def test_the_workflow_fails_when_quarto_says_something_else(checkout, changed):
    said = run_steps(checkout, changed)
    assert said["make compare"][0] != 0
    assert "tallet «1,5» (helt_ledige_pst_2023_01)" in said["make compare"][1]


def test_without_quarto_its_step_says_what_to_install(checkout):
    environment = {**os.environ, "PATH": "/usr/bin:/bin"}
    if shutil.which("quarto", path=environment["PATH"]):
        pytest.skip("Quarto er installert")
    done = subprocess.run(
        ["make", "quarto"], cwd=checkout, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode != 0
    assert "Fant ikke quarto. Installer Quarto 1.9 eller nyere." in done.stdout
