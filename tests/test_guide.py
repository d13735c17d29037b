"""The author's guide is followed to the letter in a copy of the project: every command, every added line."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from notat.cli.doctor import LOCK, TEST_LOCK
from notat.cli.init import begin
from notat.judge.checks import checksums
from notat.judge.verify.conditions import project_files
from notat.text import paths

pytestmark = pytest.mark.process

PROJECT = Path(__file__).parent.parent
GUIDE, FIRST, RECIPES = "docs/forfatterveiledning.md", "docs/kom-i-gang.md", "docs/oppskrifter.md"
_STEP = re.compile(
    r"(?:<!-- (?P<verb>legg til|bytt): (?P<file>[\w./-]+)(?:: (?P<old>.+?) → (?P<new>.+?))? -->\n)?"
    r"^(?P<fence>`{3,})(?P<kind>bash|markdown|text)\n(?P<body>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_STOPS = " # stanser"
_ASKS = ("notat accept", "--godta")
_WAITS = ("notat preview",)  # runs until it is stopped, and has its own tests
_SET_UP = ("make setup", ".venv/bin/notat init ../prove", "cd ../prove")  # done by the fixture, and tested with `init`


def steps(guide):
    return list(_STEP.finditer((PROJECT / guide).read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def copy(published, tmp_path_factory):
    """A copy of the project with the environment of this one, as if `make setup` had been run.

    What the session has built already is cached there too, so that the first rendering is as short as the author's own.
    """
    if not (PROJECT / ".venv/.stamp").is_file():
        pytest.skip("Miljøet i .venv er ikke laget med make setup.")
    root = tmp_path_factory.mktemp("veiledning") / "notat"
    for name in project_files(PROJECT):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, root / name)
    for name in ("pyproject.toml", LOCK, TEST_LOCK):
        os.utime(root / name, (0, 0))  # older than the environment: make must not set it up anew
    (root / ".venv").symlink_to(PROJECT / ".venv")
    for folder in (PROJECT / "py").rglob("__pycache__"):  # what make setup compiled; the files are as old in the copy
        shutil.copytree(folder, root / folder.relative_to(PROJECT), copy_function=shutil.copy2)
    shutil.copytree(published / paths.CACHE, root / paths.CACHE, symlinks=True)
    return root


def run(root, command):
    # The environment is borrowed, the code is the copy's own where it has any.
    environment = {**os.environ, "COLUMNS": "200", "PYTHONPATH": f"{root / 'py'}{os.pathsep}{PROJECT / 'py'}"}
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


def follow(guide, root):
    """Do all that a guide says in the note at `root`, and see that it answers as the guide says."""
    said = ""
    for step in steps(guide):
        if step["verb"]:
            changed(root, step)
        if step["kind"] == "text":  # what the command before is said to print
            for words in re.split(r": (?=[A-ZÆØÅ])", step["body"].strip()):
                assert words in said, said
        if step["kind"] != "bash":
            continue
        for command in step["body"].replace("\\\n", " ").splitlines():
            if command.endswith(_WAITS) or command in _SET_UP:
                continue
            # Here is no terminal in which the author could answer.
            code, said = run(root, f"{command} --ja" if command.endswith(_ASKS) else command)
            assert (code != 0) == command.endswith(_STOPS), f"{command}\n{said}"
            if "check" in command and not code:
                assert said.rstrip().endswith("Ingen funn."), said


@pytest.fixture
def begun(tmp_path, share_fonts):
    """A note as `notat init` begins it, with the environment of this project."""
    root = tmp_path / "prove"
    begin(root, lambda _: None)
    share_fonts(root)
    (root / ".venv").symlink_to(PROJECT / ".venv")
    make = root / "Makefile"  # the environment is borrowed, and must not be set up
    make.write_text("render:\n\t.venv/bin/notat render\n", encoding="utf-8")
    return root


def test_a_paragraph_from_its_source_to_three_formats_takes_four_commands_and_no_python(begun):
    def written():
        return {name: (begun / name).read_bytes() for name in project_files(begun)}

    before = written()
    follow(RECIPES, begun)
    changed_files = {str(name) for name, content in written().items() if before.get(name) != content}
    changed_files -= {paths.SNIPPETS}  # for the editor, and not of the note
    assert changed_files == {
        "chapters/eksport.qmd",  # by hand, all else by the commands
        "data/.godtatt.json",
        "data/eksport.csv",
        "data/kontroll.sha256",
        "data/regnet.csv",
        "tests/notebooks/kontroll.ipynb",
    }
    bodies = [step["body"] for step in steps(RECIPES) if step["kind"] == "bash"]
    assert len("".join(bodies).replace("\\\n", " ").splitlines()) == 4
    page = (begun / "_output/eksport.html").read_text(encoding="utf-8")
    for part in ('id="fig-kysten"', 'id="tbl-kysten"', 'id="drofting-kysten"', "12\u00a0255"):
        assert part in page, part
    assert {"diskusjonsnotat.pdf", "diskusjonsnotat.docx"} <= {file.name for file in (begun / "_output").iterdir()}
    code, said = run(begun, ".venv/bin/notat check --utdata")
    assert code == 0, said


def test_the_first_ten_minutes_lead_where_they_say(begun):
    root = begun
    follow(FIRST, root)
    page = (root / "_output/arbeid.html").read_text(encoding="utf-8")
    assert "12,3" in page
    assert "12,4" not in page


def test_the_guide_leads_where_it_says(copy):
    follow(GUIDE, copy)
    page = (copy / "_output/kompetanse.html").read_text(encoding="utf-8")
    assert 'id="sec-kompetanse-faerre-ledige"' in page
    assert 'id="fig-ledige-desember"' in page
    assert "926" in page
    code, said = run(copy, ".venv/bin/pytest -q -p no:cacheprovider tests/content/claims")
    assert code == 0, said
    code, said = run(
        copy, ".venv/bin/pytest -q -p no:cacheprovider --nbval --nbval-current-env tests/notebooks/kompetanse.ipynb"
    )
    assert code == 0, said


_QUESTIONS = """
::: {{.drofting #drofting-{0} title="Problemstillinger til drøfting"}}
1. Hva kan vi gjøre?
2. Hvem skal gjøre det?
:::
"""
# Tests that read the note: those that are soon done, and with `make faults` those that build it first too.
_ABOUT_THE_NOTE = ["tests/test_repository.py", "tests/test_against_2023.py", "tests/cli/test_snippets.py"]
if "NOTAT_DRAP" in os.environ:
    _ABOUT_THE_NOTE += ["tests/content", "tests/data", "tests/docx", "tests/editor", "tests/judge", "tests/numbers"]
    _ABOUT_THE_NOTE += ["tests/project", "tests/show", "tests/tools", "tests/cli/scaffold", "tests/cli/test_listing.py"]
    _ABOUT_THE_NOTE += ["tests/engine/test_search.py", "tests/test_notebooks.py", "tests/test_published.py"]


def test_no_test_is_about_how_much_the_note_holds(copy):
    """Two questions, a chapter, a note and a number more, on top of what the guide adds."""
    with (copy / "data/rammer.csv").open(encoding="utf-8", newline="") as stream:
        source = next(csv.DictReader(stream))["kilde"]
    number = f"--tabell rammer --maal Prøver --periode 2023 --verdi 7 --enhet antall --kilde {source}"
    for command in (f"new tall proever_2023 {number}", 'new kapittel klima --tittel "Klima og natur"'):
        code, said = run(copy, f".venv/bin/notat {command}")
        assert code == 0, said
    chapter = copy / "chapters/klima.qmd"
    text = 'Det er `{python} tall("proever_2023")` prøver.[^p]\n\n[^p]: Slik de er telt.\n'
    with chapter.open("a", encoding="utf-8") as stream:
        stream.write(f"\n{text}{_QUESTIONS.format('klima')}")
    with (copy / "chapters/kompetanse.qmd").open("a", encoding="utf-8") as stream:
        stream.write(_QUESTIONS.format("flere"))
    if "NOTAT_DRAP" in os.environ:
        code, said = run(copy, ".venv/bin/notat accept --ja")
        assert code == 0, said
    else:  # what is soon done does not read the notebooks
        checksums.write(copy)
    code, said = run(copy, f".venv/bin/pytest -q -p no:cacheprovider {' '.join(_ABOUT_THE_NOTE)}")
    assert code == 0, said


def test_every_row_of_the_table_of_findings_quotes_the_checks():
    code = "".join(file.read_text(encoding="utf-8") for file in (PROJECT / "py/notat").rglob("*.py"))
    guide = (PROJECT / GUIDE).read_text(encoding="utf-8")
    table = guide[guide.index("| funnet sier |") :].split("\n\n")[0]
    quoted = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", table, re.MULTILINE)[1:]
    assert len(quoted) >= 5
    for finding in quoted:
        for words in re.split(r"[«»…]|\b12\b|\bx\b|\bfærre\b", finding):
            assert words.strip(" .?`") in code, finding
