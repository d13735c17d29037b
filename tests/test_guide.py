"""The author's guide is followed to the letter in a copy of the project: every command, every added line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from notat.judge.verify.conditions import project_files

PROJECT = Path(__file__).parent.parent
GUIDE = "docs/forfatterveiledning.md"
_STEP = re.compile(
    r"(?:<!-- (?P<verb>legg til|bytt): (?P<file>[\w./-]+)(?:: (?P<old>\S+) → (?P<new>\S+))? -->\n)?"
    r"^(?P<fence>`{3,})(?P<kind>bash|markdown|text)\n(?P<body>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_STOPS = " # stanser"
_WAITS = ("notat preview",)  # runs until it is stopped, and has its own tests


def steps():
    return list(_STEP.finditer((PROJECT / GUIDE).read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project with the environment of this one, as if `make setup` had been run."""
    if not (PROJECT / ".venv/.stamp").is_file():
        pytest.skip("Miljøet i .venv er ikke laget med make setup.")
    root = tmp_path_factory.mktemp("veiledning") / "notat"
    for name in project_files(PROJECT):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, root / name)
    (root / ".venv").symlink_to(PROJECT / ".venv")
    return root


def run(root, command):
    # The environment is borrowed, the code is the copy's own.
    environment = {**os.environ, "COLUMNS": "200", "PYTHONPATH": str(root / "py")}
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    return done.returncode, done.stdout + done.stderr


def changed(root, step):
    """Do to a file what the comment before the step says."""
    file = root / step["file"]
    text = file.read_text(encoding="utf-8")
    if step["verb"] == "legg til":
        file.write_text(text + step["body"], encoding="utf-8")
        return
    assert text.count(step["old"]) == 1, step[0]
    file.write_text(text.replace(step["old"], step["new"]), encoding="utf-8")


def test_the_guide_leads_where_it_says(copy):
    said = ""
    for step in steps():
        if step["verb"]:
            changed(copy, step)
        if step["kind"] == "text":  # what the command before is said to print
            for words in re.split(r": (?=[A-ZÆØÅ])", step["body"].strip()):
                assert words in said, said
        if step["kind"] != "bash":
            continue
        for command in step["body"].replace("\\\n", " ").splitlines():
            if command.endswith(_WAITS):
                continue
            code, said = run(copy, command)
            assert (code != 0) == command.endswith(_STOPS), f"{command}\n{said}"
            if "check" in command and not code:
                assert said.rstrip().endswith("Ingen funn."), said
    page = (copy / "_output/kompetanse.html").read_text(encoding="utf-8")
    assert 'id="sec-kompetanse-faerre-ledige"' in page
    assert 'id="fig-ledige-desember"' in page
    assert "926" in page
    code, said = run(copy, ".venv/bin/pytest -q -p no:cacheprovider tests/content/claims tests/content/indicators")
    assert code == 0, said
    code, said = run(
        copy, ".venv/bin/pytest -q -p no:cacheprovider --nbval --nbval-current-env tests/notebooks/kompetanse.ipynb"
    )
    assert code == 0, said


def test_every_row_of_the_table_of_findings_quotes_the_checks():
    code = "".join(file.read_text(encoding="utf-8") for file in (PROJECT / "py/notat").rglob("*.py"))
    table = re.findall(
        r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", (PROJECT / GUIDE).read_text(encoding="utf-8"), re.MULTILINE
    )
    quoted = [row for row in table if row not in ("funnet sier", "---")]
    assert len(quoted) >= 5
    for finding in quoted:
        for words in re.split(r"[«»…]|\b12\b|\bx\b|\bfærre\b", finding):
            assert words.strip(" .?") in code, finding
