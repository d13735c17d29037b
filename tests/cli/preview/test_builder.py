"""One process builds again and again: it picks up changes, survives errors, and does not outlive its parent."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys

import psutil
import pytest
from docx import Document

from notat.cli.preview.worker import MODULE
from notat.engine.run.orphans import environment
from notat.judge.checks import checksums
from tools.bench.processes import outputs, settled, sockets, start
from tools.edits import replace

pytestmark = pytest.mark.process

_INDICATOR = """\
from notat.numbers.indicators import indicator


@indicator("Det dobbelte", period="2022")
def dobbelt(data):
    return data["endring"] + data["endring"]
"""


def page(note, name="arbeid"):
    return (note / f"_output/{name}.html").read_text(encoding="utf-8")


def plain(note):
    """A page with its numbers on one line."""
    return re.sub(r"(?<=\d)[\u00a0\u202f](?=\d)", "", page(note))


def from_nothing(note):
    """Digest of the outputs of a new process without the cache."""
    process = start(note, "--uten-mellomlager")
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors
    return outputs(note)


def whole(note):
    """Assert that the last build left nothing half done."""
    left = [*(note / ".notat").glob("ny-*"), *(note / ".notat").glob("gammel-*"), *(note / ".notat").rglob("*.tmp")]
    return left == []


def test_every_kind_of_input_counts_in_the_next_build_of_the_same_process(driven, note):
    own = note / "py/content/indicators"
    own.mkdir(parents=True)
    for folder in (own.parent, own):
        (folder / "__init__.py").touch()
    (own / "egne.py").write_text(_INDICATOR, encoding="utf-8")
    replace(note / "chapters/arbeid.qmd", "Hva nå?", 'Hva nå? Det er `{python} tall("dobbelt")`.')
    assert driven.build() == ""
    assert "11132" in plain(note)
    first = driven.process.pid

    replace(note / "chapters/arbeid.qmd", "Hva nå?", "Hva gjør vi nå?")
    assert driven.build() == ""
    assert "Hva gjør vi nå?" in page(note)

    # What nobody has accepted is refused, as any other fault, until it is accepted.
    replace(note / "data/arbeid.csv", "5566", "5577")
    assert "data/arbeid.csv er endret" in driven.build()
    assert "5566" in plain(note)
    checksums.write(note)
    assert driven.build() == ""
    assert "5577" in plain(note)

    replace(note / "references.bib", "title={Sysselsetting}", "title={Sysselsatte i alt}")
    checksums.write(note)
    assert driven.build() == ""
    assert "Sysselsatte i alt" in page(note, "litteratur")

    replace(note / "_quarto.yml", "Et lite notat", "Et annet notat")
    assert driven.build() == ""
    assert "Et annet notat" in page(note, "index")

    style = note / "_extensions/notat/notat.css"
    style.write_text(f"{style.read_text(encoding='utf-8')}\n.ny-regel {{ color: #123456 }}\n", encoding="utf-8")
    assert driven.build() == ""
    assert any("ny-regel" in file.read_text(encoding="utf-8") for file in (note / "_output").rglob("*.css"))

    # New code is loaded by the process too, which keeps its id.
    replace(own / "egne.py", 'data["endring"] + data["endring"]', 'data["endring"] + data["alle"]')
    assert driven.build() == ""
    assert "252133" in plain(note)
    (own / "egne.py").write_text(_INDICATOR.replace("dobbelt(", "tredobbelt("), encoding="utf-8")
    assert "Ukjent tall «dobbelt»" in driven.build()
    (own / "egne.py").write_text(_INDICATOR, encoding="utf-8")
    assert driven.build("html", "pdf", "docx") == ""
    assert driven.process.pid == first

    assert outputs(note) == from_nothing(note)


def test_an_error_is_told_in_the_words_of_the_command_and_the_process_goes_on(driven, note):
    assert driven.build() == ""
    replace(note / "chapters/arbeid.qmd", 'tall("endring")', 'tall("endrin")')
    message = driven.build()
    done = subprocess.run(
        [sys.executable, "-c", "from notat.cli.main import main; main()", "render", "--til", "html"],
        cwd=note,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.stderr.partition("Feil: ")[2].strip() == message
    assert message == driven.build()
    replace(note / "chapters/arbeid.qmd", 'tall("endrin")', 'tall("hoy")')
    assert driven.build() == ""


def test_what_no_one_foresaw_is_told_with_its_place_each_time(driven, note):
    own = note / "py/content/indicators"
    own.mkdir(parents=True)
    for folder in (own.parent, own):
        (folder / "__init__.py").touch()
    (own / "egne.py").write_text(f"{_INDICATOR}\n\nraise ValueError('uventet')\n", encoding="utf-8")
    for _ in range(2):  # the second attempt does not see what the first had registered
        message = driven.build()
        assert "egne.py" in message, message
        assert "ValueError: uventet" in message
    (own / "egne.py").write_text(_INDICATOR, encoding="utf-8")
    assert driven.build() == ""


def test_what_is_printed_is_not_taken_for_an_answer(driven, note):
    (note / "py/content").mkdir(parents=True)
    code = "import os\nprint('støy')\nos.system('echo mer')\nassert os.read(0, 1) == b''\n"
    (note / "py/content/__init__.py").write_text(code, encoding="utf-8")
    assert driven.build() == ""


def test_stopped_at_any_moment_it_stays_whole_and_warm(driven, note):
    moments = random.Random(2023)
    assert driven.build("html", "pdf", "docx") == ""
    first, stopped = driven.process.pid, 0
    for number in range(10):
        # Every other time a kernel runs, too.
        replace(note / "data/arbeid.csv", f"{5566 + number},", f"{5567 + number},")
        checksums.write(note)
        stopped += driven.stopped(moments.uniform(0, 1.5), "html", "pdf", "docx")
    assert stopped
    replace(note / "chapters/arbeid.qmd", "Hva nå?", "Hva gjør vi nå?")
    assert driven.build("html", "pdf", "docx") == ""
    assert whole(note)
    assert sockets(driven.process.pid) == []
    assert driven.process.pid == first
    assert "Hva gjør vi nå?" in "\n".join(p.text for p in Document(note / "_output/diskusjonsnotat.docx").paragraphs)
    assert outputs(note) == from_nothing(note)


def test_stopped_before_it_has_begun_the_next_build_works(driven, note):
    for moment in (0, 0.05, 0.1, 0.2):
        driven.stopped(moment)
    assert driven.build() == ""
    assert whole(note)


def test_a_process_that_does_not_stop_is_killed(driven, note, monkeypatch):
    monkeypatch.setattr("notat.cli.preview.builder.PATIENCE", 1.0)
    assert driven.build() == ""
    first = driven.process.pid
    os.kill(first, signal.SIGSTOP)
    driven.stopped(0.1)
    assert driven.build() == ""
    assert driven.process.pid != first
    assert not psutil.pid_exists(first)


@pytest.mark.parametrize("moment", ["before", "during"])
def test_a_killed_process_is_told_of_and_the_next_one_builds(driven, note, moment):
    assert driven.build() == ""
    first = driven.process.pid
    chapter = note / "chapters/arbeid.qmd"
    good = chapter.read_text(encoding="utf-8")
    if moment == "during":
        chapter.write_text(f"{good}\n```{{python}}\nimport os\nos.kill(int(os.environ['NOTAT_BYGGING']), 9)\n```\n")
    else:
        os.kill(first, signal.SIGKILL)
    assert driven.build().startswith("Byggeprosessen stanset.")
    chapter.write_text(good, encoding="utf-8")
    assert driven.build() == ""
    assert driven.process.pid != first


_GROWN = f"""\
import sys
from pathlib import Path
from notat.text import codebase
from notat.engine.keep.cache import Store
from notat.engine.keep.digests import Digests
from notat.engine.run import forking
from notat.project.project import Project
from {MODULE.rpartition(".")[0]} import worker
codebase.adopt()
sys.argv[1:] = [Digests(Project(Path.cwd()), Store(Path.cwd())).loadable]
worker._GROWTH = -1
forking._begun = 1  # so that it has a server of kernels
worker.main()
"""


def test_a_process_that_has_grown_large_begins_anew_and_leaves_nothing_of_what_it_had_started(note):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    env = {**os.environ, **environment(note)}
    with subprocess.Popen([sys.executable, "-c", _GROWN], cwd=note, env=env, **pipes) as process:
        for is_new in (False, True):
            print('["html"]', file=process.stdin, flush=True)
            assert json.loads(process.stdout.readline()) == {"error": ""}
            worker = psutil.Process(process.pid)
            assert (MODULE in worker.cmdline()) == is_new
            assert [one for one in worker.children() if one.status() == psutil.STATUS_ZOMBIE] == []
        process.stdin.close()


def test_closed_it_is_gone(driven, note):
    assert driven.build() == ""
    process = driven.process.pid
    driven.run(driven.builder.close())
    assert not psutil.pid_exists(process)
    assert settled(note) == []
