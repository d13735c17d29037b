"""The hooks before a commit and a push: named by sentences, using what is in `.venv/`, and they run here."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from notat.cli.main import cli

PROJECT = Path(__file__).parent.parent
CONFIG = YAML(typ="safe").load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
HOOKS = [hook for repo in CONFIG["repos"] for hook in repo["hooks"]]
FAST = [hook for hook in HOOKS if "stages" not in hook]


def test_the_hooks_fetch_nothing():
    assert [repo["repo"] for repo in CONFIG["repos"]] == ["local"]
    assert {hook["language"] for hook in HOOKS} == {"system"}
    assert all(hook["entry"].startswith(".venv/bin/") for hook in HOOKS)


def test_the_slow_hooks_wait_for_the_push():
    assert len(FAST) >= 4
    assert [hook["stages"] for hook in HOOKS if hook not in FAST] == [["pre-push"]] * (len(HOOKS) - len(FAST))


def test_every_name_is_a_sentence_and_every_id_its_own():
    assert len({hook["id"] for hook in HOOKS}) == len(HOOKS)
    for hook in HOOKS:
        assert hook["name"][0].isupper(), hook["name"]
        assert len(hook["name"].split()) >= 3 or hook["name"] == "Typene stemmer", hook["name"]


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_every_hook_names_a_program_a_command_and_files_that_are_here(hook):
    program, *arguments = shlex.split(hook["entry"])
    assert (Path(sys.prefix) / "bin" / Path(program).name).is_file()
    if program.endswith("/notat"):
        assert arguments[0] in cli.commands
    assert all((PROJECT / name).exists() for name in arguments if name.startswith("tests/"))


OWN = [hook for hook in FAST if "pytest" not in hook["entry"] and not hook["entry"].endswith("notat check")]


@pytest.mark.parametrize("hook", OWN, ids=lambda hook: hook["id"])
def test_the_fast_hooks_find_nothing_here(hook):
    """Those that run tests are these tests; what `notat check` finds in the note, `test_repository.py` asks."""
    program, *arguments = shlex.split(hook["entry"])
    done = subprocess.run(
        [Path(sys.prefix) / "bin" / Path(program).name, *arguments],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("hook", [hook for hook in HOOKS if "-k" in hook["entry"]], ids=lambda hook: hook["id"])
def test_a_hook_that_picks_a_test_picks_one(hook):
    words = shlex.split(hook["entry"])
    wanted = words[words.index("-k") + 1]
    [file] = [word for word in words if word.startswith("tests/")]
    assert f"def test_{wanted}" in (PROJECT / file).read_text(encoding="utf-8")
