"""What the commands print can be clicked on: real findings and errors, read as the editor reads them."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import shutil
import struct
import subprocess
import termios
import threading
from pathlib import Path

import pytest

from notat.judge.accept import accept
from notat.judge.checks import examine
from notat.project.project import Project
from tools.edits import replace

pytestmark = pytest.mark.process

PROJECT = Path(__file__).parents[2]
LONG = "Kompetanseutviklingsstrategien forutsetter samhandlingskompetanse mellom utdanningsinstitusjonene. "
SENTENCE = "Dette avsnittet er langt nok til at det ikke er en overskrift, men det slutter"
BROKEN = f"""
Veksten var 17 prosent.
TODO: skriv mer.

{SENTENCE}

Det var `{{python}} tall("endrng")` i arbeid.
Tallet [har økt]{{.paastand #p-uten-prove}}, og det [er høyt]{{.paastand #p-uten-prove}}.
Utslippene [økte]{{.paastand av="borte"}}.

Tallet falt til `{{python}} tall("alle")`.

```{{python}}
figur("ukjent")
```

```{{python}}
tabell("ukjent")
```
"""
KINDS = (
    "Kapittelet har LIX ",
    "Tallet 17 er skrevet inn for hånd.",
    "«TODO» er en rest.",
    "Avsnittet slutter uten punktum.",
    "Ukjent tall «endrng».",
    "Ukjent figur «ukjent».",
    "Ukjent tabell «ukjent».",
    "Figur «",
    "Tabell «",
    "Påstanden «har økt» (p-uten-prove) har verken tall, prøve eller kilde.",
    "Påstanden «p-uten-prove» finnes fra før",
    "Påstanden «økte» kan ikke prøves",
    "Påstanden «p-",
    "«falt» lover noe om tallene",
    "Fila er endret siden den ble godtatt.",
    "Fila er ny og ikke godtatt.",
    "data/borte.csv er borte.",
    "Linja er ikke en kontrollsum.",
)


@pytest.fixture
def broken(workspace, tmp_path, monkeypatch):
    """A copy of the small note where every check finds something."""
    root = shutil.copytree(workspace, tmp_path / "notat", symlinks=True)
    accept(root)
    index, chapter = root / "index.qmd", root / "chapters/arbeid.qmd"
    index.write_text(index.read_text(encoding="utf-8") + "\n" + LONG * 8 + "\n", encoding="utf-8")
    chapter.write_text(chapter.read_text(encoding="utf-8") + BROKEN, encoding="utf-8")
    (root / "data/kilder.csv").write_text((root / "data/kilder.csv").read_text(encoding="utf-8").rstrip("\n"))
    (root / "data/kilder").mkdir()
    (root / "data/kilder/ny.csv").write_text("id\n")
    with (root / "data/kontroll.sha256").open("a", encoding="utf-8") as sums:
        sums.write(f"{'0' * 64}  borte.csv\nikke en sum\n")
    monkeypatch.chdir(root)
    return root


def assert_all_clickable(task, root, printed, outputs=None):
    """Every finding and nothing else is listed, at a place that exists."""
    found = [p for p in task.problems(printed) if p.severity == "error"]
    findings = examine(Project(root), outputs).findings
    assert [(p.file, p.line, p.message, p.code) for p in found] == [
        (f.file, f.line, f"{f.problem} {f.remedy}".strip(), f.code) for f in findings
    ]
    for problem in found:
        # The names that the package defines are those of this repository.
        file = next((place / problem.file for place in (root, PROJECT) if (place / problem.file).is_file()), None)
        # A new or missing file is reported by the list of checksums or by its own name.
        assert file is not None, problem
        assert 1 <= problem.line <= max(1, len(file.read_text(encoding="utf-8").splitlines())), problem
    return [problem.message for problem in found]


def test_every_finding_of_the_sources_can_be_clicked(broken, tasks):
    code, printed = tasks["kontroller"].run(broken)
    assert code == 2  # of make, when notat gives 1
    messages = assert_all_clickable(tasks["kontroller"], broken, printed)
    missing = [kind for kind in KINDS if not any(message.startswith(kind) for message in messages)]
    assert not missing, printed


def test_every_finding_of_the_outputs_can_be_clicked(workspace, tasks, tmp_path, monkeypatch):
    root = shutil.copytree(workspace, tmp_path / "notat", symlinks=True)
    page = root / "_output/arbeid.html"
    text = page.read_text(encoding="utf-8")
    changed = text.replace("Mer om arbeid", "Mindre om arbeid").replace("Hva nå?", "Hva nå, 43?")
    page.write_text(changed, encoding="utf-8")
    monkeypatch.chdir(root)
    code, printed = tasks["kontroller utdata"].run(root)
    assert code == 1
    messages = assert_all_clickable(tasks["kontroller utdata"], root, printed, outputs=True)
    assert any("43" in message for message in messages), printed
    assert any("Mindre om arbeid" in message for message in messages), printed


FAULTS = {
    "ødelagt rad": ("data/arbeid.csv", "andel,9,", "andel,ni,", 4, "«ni» i kolonnen verdi er ikke et tall.", "N0314"),
    "ukjent tall": ("chapters/arbeid.qmd", 'tall("endring")', 'tall("endrng")', 7, "Ukjent tall «endrng».", "N0315"),
    "ugyldig YAML": ("_quarto.yml", "lang: nb-NO", "lang: nb: NO", 5, "Ugyldig YAML", "N0111"),
    "uten linje": ("data/datapackage.json", '"resources"', '"resource"', None, "Ukjent nøkkel «resource».", "N0121"),
}


@pytest.mark.parametrize(("fault", "how"), [*((fault, "rør") for fault in FAULTS), ("ukjent tall", "terminal")])
def test_an_error_that_stops_the_build_can_be_clicked(fault, how, workspace, tasks, tmp_path):
    file, old, new, line, words, code = FAULTS[fault]
    root = shutil.copytree(workspace, tmp_path / "notat", symlinks=True)
    replace(root / file, old, new)
    task = tasks["lag notatet"]
    printed = in_terminal(task, root) if how == "terminal" else task.run(root)[1]
    [problem] = task.problems(printed)
    assert (problem.file, problem.line, problem.severity, problem.code) == (file, line, "error", code), printed
    assert problem.message.startswith(words)


def test_a_message_about_no_file_is_no_problem_of_a_file(tasks):
    for task in tasks.values():
        for line in (
            "Feil: 3 funn. Rett dem og kjør notat check på nytt. [N1104]",
            "Feil: Port 8000 er opptatt. Velg en annen med --port, eller la valget stå.",
            "chapters/kompetanse.qmd: 4128 ord, LIX 41, 14 ord i setningen",
            "index.qmd: ingen løpende tekst",
            "Kontrollsummer: 29 filer i data/",
            "HTML, arbeid.html: Bildet mangler tekst. (1.1.1, image-alt)",
            "kompetanse.ipynb: alle: 246555 → 246556",
            "_output/diskusjonsnotat.pdf  2 549 kB",
            "make: *** [Makefile:27: render] Error 1",
            "12:30:01 ferdig",
        ):
            assert task.problems(line) == [], line


def test_every_task_reads_alike(tasks):
    read = [task.matchers for task in tasks.values() if task.matchers]
    bare = [[{key: m[key] for key in m if key != "background"} for m in matchers] for matchers in read]
    assert len(read) == len(tasks) - 1  # the task that sets up the environment prints nothing of ours
    assert len({json.dumps(matchers) for matchers in bare}) == 1


def in_terminal(task, root) -> str:
    """What the task prints in a terminal that is narrower than the message."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    with subprocess.Popen(
        task.command(root),
        cwd=root,
        env={**task.environment, "TERM": "xterm-256color"},
        stdout=follower,
        stderr=follower,
    ) as process:
        patience = threading.Timer(300, process.kill)
        patience.start()
        os.close(follower)
        read = b""
        while True:
            try:
                block = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not block:
                break
            read += block
        patience.cancel()
    os.close(leader)
    return read.decode()
