"""Sockets left by killed builds are removed by the next one; a kernel starts and ends in any thread."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE

import psutil
import pytest
from jupyter_core.utils import run_sync

from notat.engine.run import forking
from notat.engine.run.execute import Setting, run, session
from notat.engine.run.kernel import kernel, sweep
from notat.engine.run.orphans import command, environment
from notat.project.source import read_source

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


# ---- The second kernel of a process, and all that follow, are forked.

_SEEN = """import json, os, sys
known = {name: value for name, value in os.environ.items() if name not in ("JPY_PARENT_PID", "PYTEST_CURRENT_TEST")}
seen = {"environment": known, "path": sys.path, "folder": os.getcwd(), "flags": list(sys.flags), "first": sys.argv[1],
    "leads": os.getsid(0) == os.getpid(), "input": os.read(0, 9).decode(), "parent": os.getppid(),
    "hash": hash("notat"), "encoding": [sys.stdout.encoding, sys.getfilesystemencoding()], "more": MORE}
with open("sett.json", "w", encoding="utf-8") as file:
    json.dump(seen, file)
"""


def seen_in_kernel(root, more="0"):
    """What code in a new kernel in the folder sees, and the value of one expression more."""
    (root / "kap.qmd").write_text(f"```{{python}}\n{_SEEN.replace('MORE', more)}\n```\n", encoding="utf-8")
    with session(root) as client:
        run(read_source(root, "kap.qmd"), client, Setting(root))
    return json.loads((root / "sett.json").read_text(encoding="utf-8"))


@pytest.fixture
def anew(monkeypatch):
    """This process as if it had started no kernel yet."""
    monkeypatch.setattr(forking, "_begun", 0)
    monkeypatch.setattr(forking, "_server", None)
    yield
    if forking._server:
        forking._server.end()


needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="Bare på Linux kopieres kjernen av en annen prosess.")


@needs_fork
def test_a_forked_kernel_is_as_one_that_was_started(anew, tmp_path):
    first, second = seen_in_kernel(tmp_path), seen_in_kernel(tmp_path)
    assert (first.pop("parent"), second["parent"]) == (os.getpid(), forking._server._process.pid)
    assert second.pop("parent") != os.getpid()
    assert first.pop("hash") != second.pop("hash")  # each process that is started has its own seed
    assert second == first


@needs_fork
def test_a_forked_kernel_works_where_it_is_wanted_with_the_environment_of_now(anew, tmp_path, monkeypatch):
    other = tmp_path / "annet"
    other.mkdir()
    seen_in_kernel(tmp_path), seen_in_kernel(tmp_path)
    server = forking._server
    monkeypatch.setenv("NOTAT_PARAMS", '{"kommune": "5001"}')
    seen = seen_in_kernel(other)
    assert (seen["folder"], seen["environment"]["NOTAT_PARAMS"]) == (str(other), '{"kommune": "5001"}')
    assert seen["environment"]["IPYTHONDIR"].startswith(str(other))
    assert forking._server is server
    # What acts as a process starts is that of now too.
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert seen_in_kernel(other)["hash"] == seen_in_kernel(other)["hash"] != seen["hash"]
    assert forking._server is not server


@needs_fork
def test_a_forked_kernel_runs_the_code_as_it_is(anew, tmp_path):
    module = tmp_path / "regler.py"
    values = []
    for value in (1, 22, 333):
        module.write_text(f"value = {value}\n", encoding="utf-8")
        more = '[sys.path.insert(0, os.getcwd()), __import__("regler").value][1]'
        values.append(seen_in_kernel(tmp_path, more)["more"])
    assert values == [1, 22, 333]


@needs_fork
def test_the_server_knows_no_code_of_ours_and_has_one_thread():
    """Else a change to the code would be missed, and a lock that another thread held would be held for ever."""
    names = subprocess.run(
        [sys.executable, "-P", "-c", "from notat.engine.run.forking import LIBRARIES; print(*LIBRARIES)"],
        env=environment(Path.cwd()), check=True, capture_output=True, text=True, timeout=60,
    ).stdout.split()  # fmt: skip
    code = (
        "import os, sys\nfrom importlib import import_module\n"
        "for name in sys.argv[1:]: import_module(name)\n"
        "ours = [name for name in sys.modules if name.split('.')[0] in ('notat', 'content')]\n"
        "print(len(os.listdir('/proc/self/task')), ours)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *names],
        env=environment(Path.cwd()), check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert names
    assert done.stdout == "1 []\n"


@needs_fork
def test_a_kernel_starts_also_when_the_server_has_ended(anew, tmp_path):
    seen_in_kernel(tmp_path), seen_in_kernel(tmp_path)
    os.kill(forking._server._process.pid, signal.SIGKILL)
    assert seen_in_kernel(tmp_path)["folder"] == str(tmp_path)
    assert forking._server is None or forking._server.serves()
    assert seen_in_kernel(tmp_path)["parent"] == forking._server._process.pid


_KILLED = """import os, signal, sys
from pathlib import Path
from notat.engine.run import forking
from notat.engine.run.kernel import kernel, process_of
with kernel(Path.cwd()):
    pass
with kernel(Path.cwd()) as manager:
    print(forking._server._process.pid, process_of(manager), flush=True)
    sys.stdin.read()
"""


@needs_fork
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_forked_kernel_and_its_server_end_with_their_build(tmp_path, number):
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED], cwd=tmp_path, stdin=PIPE, stdout=PIPE, stderr=subprocess.DEVNULL, text=True
    ) as build:
        server, process = (psutil.Process(int(one)) for one in build.stdout.readline().split())
        assert server.is_running()
        assert process.ppid() == server.pid
        build.send_signal(number)
        build.wait(timeout=60)
    _, alive = psutil.wait_procs([server, process], timeout=60)
    assert alive == []
    assert list(Path(tempfile.gettempdir()).glob(f"notat-{build.pid}-*")) == []
