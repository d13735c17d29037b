"""Each task of the editor, run as defined."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import threading
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

PROJECT = Path(__file__).parents[2]
# What a task prints, on the small note.
PRINTS = {
    "sett opp": "",
    "lag forslag til utfylling": ".vscode/tall.code-snippets er uendret.",
    "bruk fargene i _brand.yml": "Husstilen har alt disse fargene.",
    "vis hvor et tall kommer fra": "246\u00a0556",
}
# Run by a test of its own, in this file or in test_matchers.
OF_THEIR_OWN = {
    "lag notatet",
    "lag en annen utgave",
    "forhåndsvis",
    "kontroller",
    "kontroller utdata",
    "kontroller universell utforming",
    "oppdater kontrollnotatbøkene",
    "sjekk maskinen",
    "test",
    "vis alle tall",
}


def test_every_task_is_tried(tasks):
    assert set(tasks) == PRINTS.keys() | OF_THEIR_OWN


def test_a_task_waits_for_a_task_that_exists(tasks):
    for task in tasks.values():
        needed = task.written.get("dependsOn", "notat: sett opp")
        assert needed.removeprefix("notat: ") in tasks
        assert ("dependsOn" in task.written) == (task.written["command"] != "make")


@pytest.mark.parametrize("label", PRINTS)
def test_the_task_does_what_it_says(label, tasks, workspace):
    code, printed = tasks[label].run(workspace, tall="alle")
    assert (code, PRINTS[label] in printed) == (0, True), printed


def test_the_build_has_made_what_the_editor_completes(workspace):
    assert "Tall alle" in json.loads((workspace / ".vscode/tall.code-snippets").read_text(encoding="utf-8"))


def test_another_edition_is_made_by_its_name(tasks, workspace, tmp_path):
    root = shutil.copytree(workspace, tmp_path / "notat", symlinks=True)
    (root / "_quarto-senere.yml").write_text("project:\n  output-dir: _output-senere\n", encoding="utf-8")
    task = tasks["lag en annen utgave"]
    code, printed = task.run(root, utgave="senere")
    assert code == 0, printed
    assert (root / "_output-senere/index.html").is_file()
    code, printed = task.run(root, utgave="seinere")
    assert code == 1
    assert "Mente du senere?" in printed


def test_the_numbers_are_shown_before_they_are_accepted(tasks, workspace, tmp_path):
    """The editor's terminal can ask; here nobody can answer."""
    root = shutil.copytree(workspace, tmp_path / "notat", symlinks=True)
    code, printed = tasks["oppdater kontrollnotatbøkene"].run(root)
    assert code == 1
    assert "Ett tall er endret.\nFeil: Endringene er ikke godtatt, for her er ingen å spørre." in printed


def test_the_numbers_are_listed(tasks, workspace, tmp_path):
    root = shutil.copytree(workspace, tmp_path / "notat", symlinks=True)
    (root / "py/content").mkdir(parents=True)
    (root / "py/content/__init__.py").touch()  # a note without derived numbers, rather than those of this project
    code, printed = tasks["vis alle tall"].run(root)
    assert code == 0, printed
    assert [line.split()[0] for line in printed.splitlines()] == ["id", "alle", "endring", "hoy", "lav"]


def test_the_machine_is_examined_line_by_line(tasks, workspace):
    code, printed = tasks["sjekk maskinen"].run(workspace)
    lines = printed.splitlines()
    assert {line.split()[0] for line in lines[:-1]} <= {"OK", "mangler", "valgfritt"}, printed
    assert any(line.split()[1] == "Pandoc" for line in lines[:-1])
    assert (code != 0) == any(line.startswith("mangler") for line in lines)


def test_the_audit_tells_of_every_criterion(tasks, workspace, tmp_path, monkeypatch):
    """Without a browser, which is slow and tested in tests/judge/uu: PDF and DOCX are audited, HTML is not."""
    root = shutil.copytree(workspace, tmp_path / "notat", symlinks=True)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("NOTAT_CHROMIUM", raising=False)
    code, printed = tasks["kontroller universell utforming"].run(root)
    assert "1.1.1 Ikke-tekstlig innhold" in printed, printed
    assert (root / "_uu/rapport.md").is_file()
    assert code == 1
    assert "Ikke alt er prøvd. HTML: Fant ingen Chromium." in printed


def test_the_preview_tells_the_editor_when_it_builds_and_what_went_wrong(tasks, workspace, tmp_path):
    root = shutil.copytree(workspace, tmp_path / "notat", symlinks=True)
    task = tasks["forhåndsvis"]
    background = task.matchers[0]["background"]
    chapter = root / "chapters/arbeid.qmd"
    good = chapter.read_text(encoding="utf-8")

    with subprocess.Popen(
        task.command(root),
        cwd=root,
        env={**task.environment, "BROWSER": "true"},  # a program that opens nothing
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        patience = threading.Timer(300, process.kill)
        patience.start()

        def a_round() -> list[str]:
            """The lines from where a round begins to where it ends, as the editor finds them."""
            lines: list[str] = []
            while not lines or not re.search(background["endsPattern"], lines[-1]):
                line = process.stdout.readline()
                assert line, lines
                if lines or re.search(background["beginsPattern"], line):
                    lines.append(line)
            return lines

        assert task.problems("".join(a_round())) == []
        while "Ctrl-C avslutter" not in (line := process.stdout.readline()):
            assert line
        chapter.write_text(good.replace('tall("endring")', 'tall("endrng")'), encoding="utf-8")
        [problem] = task.problems("".join(a_round()))
        chapter.write_text(good, encoding="utf-8")
        assert task.problems("".join(a_round())) == []
        process.send_signal(signal.SIGINT)
        assert "Forhåndsvisningen er avsluttet." in process.communicate(timeout=120)[0]
        patience.cancel()

    assert task.written["isBackground"] is True
    assert (problem.file, problem.line) == ("chapters/arbeid.qmd", 7)
    assert problem.message.startswith("Ukjent tall «endrng».")


def test_the_faults_that_the_tests_find_can_be_clicked(tasks, equip, tmp_path):
    root = equip(tmp_path)
    files = {
        "py/notat/__init__.py": '"""Et program."""\n\nx: int = "tekst"\n',
        "py/content/__init__.py": '"""Et notat."""\n',
        "py/tools/__init__.py": '"""Verktøy."""\n',
        "tests/test_feil.py": "import os\n\n\ndef test_summen():\n    assert 1 + 1 == 3\n",
        "tests/notebooks/feil.ipynb": json.dumps(_notebook("print(2)", "3\n")),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    task = tasks["test"]

    code, printed = task.run(root)
    assert code != 0
    found = {(p.file, p.line) for p in task.problems(printed)}
    assert found == {("tests/test_feil.py", 1), ("py/notat/__init__.py", 3)}, printed

    # Faults in the code stop make before the tests, so all of its lines are run one by one.
    dry = subprocess.run(
        [*task.command(root), "--dry-run"], cwd=root, capture_output=True, text=True, check=True, timeout=600
    )
    said = ""
    for command in dry.stdout.splitlines():
        if command.startswith("make "):  # its lines follow
            continue
        done = subprocess.run(
            command.split(), cwd=root, env=task.environment, capture_output=True, text=True, check=False, timeout=600
        )
        said += done.stdout
    found = {(p.file, p.line): p.message for p in task.problems(said)}
    assert found["tests/test_feil.py", 1].startswith("F401")
    assert "Incompatible types in assignment" in found["py/notat/__init__.py", 3]
    assert found["tests/test_feil.py", 5] == "AssertionError"
    assert found["tests/test_feil.py", None].startswith("test_summen")
    assert found["tests/notebooks/feil.ipynb", None].startswith("Cell 0")
    assert len(found) == 5, said


def _notebook(source: str, printed: str) -> dict:
    output = {"output_type": "stream", "name": "stdout", "text": printed}
    cell = {"cell_type": "code", "execution_count": 1, "id": "a", "metadata": {}, "outputs": [output], "source": source}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
