"""The workflows for changes, comparisons and releases: pinned, with few permissions, and existing commands."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from notat.cli.doctor import PYTHON
from notat.cli.main import cli

PROJECT = Path(__file__).parent.parent
WORKFLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))
ACTIONS = sorted((PROJECT / ".github/actions").glob("*/action.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def read(file):
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


def jobs(file):
    return read(file)["jobs"].values()


def steps(file):
    if file in ACTIONS:
        return read(file)["runs"]["steps"]
    return [step for job in jobs(file) for step in job["steps"]]


every_workflow = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
every_file = pytest.mark.parametrize(
    "file", [*WORKFLOWS, *ACTIONS], ids=lambda file: file.parent.name + "/" + file.name
)


def test_there_is_a_workflow_for_changes_one_for_the_comparison_and_one_for_releases():
    assert [file.stem for file in WORKFLOWS] == ["kontroll", "notat", "utgivelse"]
    assert len(ACTIONS) == 1


@every_workflow
def test_a_workflow_may_only_read_unless_a_job_says_what_it_writes(file):
    assert read(file)["permissions"] == {"contents": "read"}
    for job in jobs(file):
        assert all(value in ("read", "write") for value in job.get("permissions", {}).values())
        if "write" in job.get("permissions", {}).values():
            assert file.stem == "utgivelse"


@every_workflow
def test_a_workflow_ends_in_time_and_does_not_run_twice_at_once(file):
    assert read(file)["concurrency"]["group"]
    for job in jobs(file):
        assert 0 < job["timeout-minutes"] <= 60
        assert re.fullmatch(r"ubuntu-\d\d\.\d\d|macos-\d\d", job["runs-on"])


@every_file
def test_every_action_is_pinned_and_every_step_is_named_by_a_sentence(file):
    for step in steps(file):
        if uses := step.get("uses"):
            if uses.startswith("./"):
                assert (PROJECT / uses / "action.yml").is_file(), uses
            else:
                assert re.fullmatch(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40}", uses), uses
        name = step["name"]
        assert name[0].isupper(), name
        assert len(name.split()) >= 3, name


def test_every_digest_has_its_version_beside_it_and_an_action_has_one_digest():
    """A tag may be moved to other code; the digest of the commit may not, and the comment says what it is."""
    pinned = {}
    for file in (*WORKFLOWS, *ACTIONS):
        lines = [
            line for line in file.read_text(encoding="utf-8").splitlines() if "uses: " in line and "./" not in line
        ]
        for line in lines:
            match = re.search(r"uses: (\S+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$", line)
            assert match, line
            pinned.setdefault(match[1], set()).add(match.groups()[1:])
    assert len(pinned) >= 8
    assert {name: found for name, found in pinned.items() if len(found) > 1} == {}


def test_every_python_that_the_lock_is_for_is_tried_and_a_mac_makes_the_note():
    found = read(PROJECT / ".github/workflows/kontroll.yml")["jobs"]
    first, last = PYTHON
    tried = found["kontroll"]["strategy"]["matrix"]["python"]
    assert tried == [f"3.{minor}" for minor in range(first[1], last[1] + 1)]
    assert found["mac"]["runs-on"].startswith("macos-")
    assert found["mac"]["steps"][-1]["run"] == "make render"


def test_what_is_locked_is_held_against_known_weaknesses():
    job = read(PROJECT / ".github/workflows/kontroll.yml")["jobs"]["revisjon"]
    [audit] = [step["with"] for step in job["steps"] if "pip-audit" in step.get("uses", "")]
    assert set(audit["inputs"].split()) == {file.name for file in PROJECT.glob("requirements*.lock")}
    assert audit["require-hashes"] is True


@every_file
def test_every_command_exists_here(file):
    for step in steps(file):
        for line in step.get("run", "").splitlines():
            words = shlex.split(line)
            if words[0] == "gh":  # what publishes cannot be tried here
                assert file.stem == "utgivelse"
                continue
            assert words[0] in ("make", ".venv/bin/notat"), line
            named = [word for word in words[1:] if not word.startswith("--") and "=" not in word]
            known = TARGETS | {".venv/.stamp"} if words[0] == "make" else set(cli.commands)
            assert named, line
            assert set(named[:1]) <= known, line


@every_file
def test_what_is_saved_or_hashed_is_something_that_the_commands_make_or_that_is_here(file):
    text = file.read_text(encoding="utf-8")
    made = set(re.findall(r"^([\w./]+/)$", (PROJECT / ".gitignore").read_text(encoding="utf-8"), re.MULTILINE))
    for path in re.findall(r"^\s+(?:path|subject-path): (\S+)$", text, re.MULTILINE):
        assert path.split("/")[0] + "/" in made, path
    for path in re.findall(r"hashFiles\(([^)]*)\)", text):
        assert all((PROJECT / name.strip(" '")).is_file() for name in path.split(",")), path


def test_the_release_is_made_without_what_earlier_runs_left():
    [step] = [
        step for step in steps(PROJECT / ".github/workflows/utgivelse.yml") if step.get("uses", "").startswith("./")
    ]
    assert step["with"] == {"lager": "false"}


def test_quarto_is_one_version_stated_once_and_no_older_than_the_extension_asks_for():
    """The container defines it; the workflow asks make, which reads it there."""
    stated = []
    for file in (*WORKFLOWS, *ACTIONS, PROJECT / "Makefile", *(PROJECT / ".devcontainer").iterdir()):
        stated += re.findall(r"(?i)(?:quarto|version)\W{1,3}(1\.\d+\.\d+)", file.read_text(encoding="utf-8"))
    [said] = stated
    version = re.findall(r"\d+", said)[:2]
    [setup] = [step for step in steps(PROJECT / ".github/workflows/notat.yml") if "quarto" in step.get("uses", "")]
    assert setup["with"]["version"] == "${{ steps.quarto.outputs.version }}"
    done = subprocess.run(
        ["make", "--silent", "quarto-version"], cwd=PROJECT, capture_output=True, text=True, check=True, timeout=600
    )
    assert done.stdout == f"version={said}\n"
    asked = read(PROJECT / "_extensions/notat/_extension.yml")["quarto-required"]
    least = tuple(map(int, re.search(r">=(\d+)\.(\d+)", asked).groups()))
    assert tuple(map(int, version)) >= least


def test_continuous_integration_here_runs_the_same_commands_as_the_workflow():
    job = read(PROJECT / ".github/workflows/kontroll.yml")["jobs"]["kontroll"]
    workflow = [step["run"] for step in job["steps"] if "run" in step]
    script = (PROJECT / ".ci/run").read_text(encoding="utf-8")
    assert [line for line in script.splitlines() if line.startswith("make ")] == workflow
