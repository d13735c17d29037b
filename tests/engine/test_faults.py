"""Faults around a build: the last good output is untouched, nothing is left behind, and the next build works.

With real processes. `make faults` kills the build at 100 random moments, `make test` at the number below.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tools.bench.processes import COMMAND, kernels, outputs, settled, sockets, start

pytestmark = pytest.mark.process

MOMENTS = int(os.environ.get("NOTAT_DRAP", "4"))
CHAPTER = "chapters/kap-1.qmd"
SENTENCE = "Setningen som endres, er nummer "
FRESH = ("--uten-mellomlager",)
HEAVY = "```{python}\nimport time\ntime.sleep(60)\n```\n"


@pytest.fixture
def note(built_once, tmp_path):
    """A built note to break."""
    return Path(shutil.copytree(built_once, tmp_path / "notat", symlinks=True))


def write(root, word):
    file = root / CHAPTER
    head, _, rest = file.read_text(encoding="utf-8").partition(SENTENCE)
    file.write_text(f"{head}{SENTENCE}{word}.\n{rest.split(chr(10), 1)[1]}", encoding="utf-8")


def append(root, text):
    file = root / CHAPTER
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}", encoding="utf-8")


def left_over(root):
    """Temporary files and folders, in the project and among the kernels' sockets."""
    known = {"_output", "_figurer", "_innebygd", ".notat", "chapters", "data", "_extensions"}
    found = [entry for entry in root.iterdir() if entry.is_dir() and entry.name not in known]
    found += [*(root / ".notat").glob("ny-*"), *(root / ".notat").glob("gammel-*")]
    found += [*(root / ".notat").rglob("*.tmp"), *(root / "_figurer").glob("*.tmp")]
    return found


def build(root, *arguments, **environment):
    process = start(root, *arguments, **environment)
    said, errors = process.communicate(timeout=240)
    return process, said, errors


def wait_for(condition, patience=60.0):
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "det ventede skjedde ikke"
        time.sleep(0.02)


def test_killed_at_any_moment_the_outputs_are_whole_and_the_next_build_works(note):
    good, took = {"én": outputs(note)}, {}
    for word, arguments in (("to", FRESH), ("én", ())):
        write(note, word)
        began = time.monotonic()
        assert build(note, *arguments)[0].returncode == 0
        took[arguments] = time.monotonic() - began
        assert good.setdefault(word, outputs(note)) == outputs(note)
    assert len(set(good.values())) == 2
    moments = random.Random(2023)
    killed, seen = 0, []
    for number in range(MOMENTS):
        word = ("to", "én")[number % 2]
        write(note, word)
        before = outputs(note)
        arguments = FRESH if number % 4 < 3 else ()
        # One in four at any moment of the build; the others where it still runs if the machine is less busy by now.
        latest = took[arguments] if number % 4 == 2 else took[arguments] / 2
        process = start(note, *arguments)
        time.sleep(moments.uniform(0, latest))
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=600)
        assert settled(note) == []
        seen.append(process.pid)
        if (note / "_output").exists():  # else the next build puts it back
            assert outputs(note) in {before, good[word]}
        if number % 4 == 3 or number == MOMENTS - 1:
            done, _, errors = build(note)
            assert done.returncode == 0, errors
            assert outputs(note) == good[word]
            assert left_over(note) == []
            assert [folder for process_id in seen for folder in sockets(process_id)] == []
    assert killed > MOMENTS // 2


# While the kernel starts, before the first check, and after it has been found alive some times.
@pytest.mark.parametrize("moment", [0, 1, 2.2, 3.5])
def test_ctrl_c_leaves_the_outputs_and_says_so_and_nothing_else(note, moment):
    append(note, HEAVY)
    before = outputs(note)
    process = start(note)
    wait_for(lambda: kernels(note))
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert errors.rstrip().endswith("Avbrutt. Utdata er urørt."), errors
    assert "Error" not in errors
    assert settled(note) == []
    assert (outputs(note), left_over(note), sockets(process.pid)) == (before, [], [])


def test_where_ctrl_c_is_ignored_the_tests_can_still_interrupt(tmp_path):
    """As under `make test &` in a script: processes of a test can be interrupted, however pytest was started."""
    test = (
        "import signal, subprocess, sys\n"
        "def test_child():\n"
        "    child = subprocess.Popen([sys.executable, '-c', 'import time; print(1, flush=True); time.sleep(60)'],\n"
        "        stdout=subprocess.PIPE)\n"
        "    child.stdout.readline()\n"
        "    child.send_signal(signal.SIGINT)\n"
        "    child.wait(20)\n"
    )
    shutil.copyfile(Path(__file__).parents[1] / "conftest.py", tmp_path / "conftest.py")
    (tmp_path / "test_child.py").write_text(test, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_child.py"]
    shell = ["sh", "-c", 'trap "" INT; "$@" & wait $!', "sh", *command]
    done = subprocess.run(shell, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout


def test_a_killed_kernel_is_named(note):
    append(note, HEAVY)
    before = outputs(note)
    process = start(note)
    wait_for(lambda: kernels(note))
    time.sleep(3)
    for found in kernels(note):
        found.kill()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Feil: " in errors
    assert "Python-kjernen" in errors
    assert "Kjør på nytt" in errors
    assert settled(note) == []
    assert (outputs(note), left_over(note), sockets(process.pid)) == (before, [], [])


def test_a_cell_that_takes_too_long_is_named(note):
    append(note, HEAVY)
    before = outputs(note)
    process, _, errors = build(note, NOTAT_TIDSGRENSE="2")
    assert process.returncode == 1
    assert f"Feil: {CHAPTER}:" in errors
    assert "Koden har ventet i 2 sekunder på noe som ikke kommer. Fjern det den venter på" in errors
    assert settled(note) == []
    assert (outputs(note), left_over(note)) == (before, [])


def test_of_two_builds_at_once_one_waits_for_the_other(note):
    whole = outputs(note)
    shutil.rmtree(note / "_output")
    both = [start(note, *FRESH), start(note)]
    said = [process.communicate(timeout=240)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("Venter på en annen bygging (prosess " in text for text in said) == 1
    assert settled(note) == []
    assert left_over(note) == []
    assert outputs(note) == whole


def limited(bytes_):
    """Code that lets no file of a process grow past so many bytes, as a full disk would."""
    return f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes_}, {bytes_}));"


def test_a_limit_on_the_size_of_files_stops_the_build_with_what_to_do(note):
    write(note, "to")
    before = outputs(note)
    done = subprocess.run(
        [COMMAND[0], "-c", f"{limited(50_000)} from notat.cli.main import main; main()", "render"],
        cwd=note,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "fila er større enn systemet tillater" in done.stderr
    assert "Frigjør plass" in done.stderr
    assert "Traceback" not in done.stderr
    assert (outputs(note), settled(note), left_over(note)) == (before, [], [])
    assert build(note)[0].returncode == 0


@pytest.fixture
def small_disk(tmp_path):
    """A disk with space for little more than the note."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if not mount or os.geteuid() != 0:
        pytest.skip("bare root kan lage en liten disk")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], capture_output=True, check=False, timeout=600
    )
    if made.returncode:
        pytest.skip("en liten disk kan ikke lages her")
    yield place
    subprocess.run(["umount", "-l", place], check=True, timeout=600)


def test_a_full_disk_stops_the_build_with_what_to_do(built_once, small_disk):
    root = Path(shutil.copytree(built_once, small_disk / "notat", symlinks=True))
    write(root, "to")
    before = outputs(root)
    filler = small_disk / "fyll"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            pass
    process, _, errors = build(root)
    assert process.returncode == 1, errors
    assert "disken er full" in errors
    assert "Frigjør plass" in errors
    assert "Traceback" not in errors
    assert (outputs(root), settled(root)) == (before, [])
    filler.unlink()
    assert build(root)[0].returncode == 0
    assert left_over(root) == []


@pytest.fixture
def unprivileged():
    """The prefix of a command that makes folder permissions apply to it, as to anybody but root."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("for root er alle mapper åpne, og programmet setpriv mangler")
    powers = "-dac_override,-dac_read_search"
    return ("setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}")


@pytest.mark.parametrize("folder", [".", ".notat", "_figurer"])
def test_a_folder_that_cannot_be_written_is_named(note, unprivileged, folder):
    def run(*arguments):
        command = [*unprivileged, *COMMAND, *arguments]
        return subprocess.run(command, cwd=note, capture_output=True, text=True, timeout=240, check=False)

    write(note, "to")
    before = outputs(note)
    place = note / folder
    place.chmod(0o555)
    try:
        done = run(*(FRESH if folder == "_figurer" else ()))
    finally:
        place.chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert "Kan ikke skrive til" in done.stderr
    assert "du har ikke skrivetilgang" in done.stderr
    assert "rett tilgangen" in done.stderr
    assert "Traceback" not in done.stderr
    assert (outputs(note), settled(note)) == (before, [])
    assert run().returncode == 0
    assert left_over(note) == []


def test_no_port_is_opened(note):
    append(note, HEAVY)
    process = start(note)
    wait_for(lambda: kernels(note))
    time.sleep(3)
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    assert set(kernels(note)) & set(family)
    assert [connection for found in family for connection in found.net_connections("inet")] == []
    [folder] = sockets(process.pid)
    assert folder.stat().st_mode & 0o777 == 0o700
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert settled(note) == []
    assert sockets(process.pid) == []
