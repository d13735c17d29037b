"""`make setup`: what it says while it installs, a wrong Python, and a folder that was moved."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from notat.cli import libraries

PROJECT = Path(__file__).parents[2]
MAKEFILES = ("Makefile", "py/notat/cli/init/mal/Makefile")
# A Python that makes an environment with a pip that only speaks.
PYTHON = """\
#!/bin/bash
case "$1" in
--version) echo "Python {version}" ;;
-c) exit {wrong} ;;
-m) shift 2; echo "$@" > made; folder="${{!#}}"; mkdir -p "$folder/bin"
    printf '#!/bin/bash\\nfor n in $(seq 41); do echo "Collecting package$n"; done\\n' > "$folder/bin/pip"
    printf 'echo "Installing collected packages: a, b"\\nexit {failing}\\n' >> "$folder/bin/pip"
    printf '#!/bin/bash\n' > "$folder/bin/python"
    chmod +x "$folder/bin/pip" "$folder/bin/python" ;;
esac
"""


@pytest.fixture(params=MAKEFILES)
def folder(request, tmp_path):
    root = tmp_path / "notat"
    (root / "hjul").mkdir(parents=True)
    shutil.copyfile(PROJECT / request.param, root / "Makefile")
    for name in ("requirements.lock", "requirements-test.lock", "pyproject.toml", "hjul/notat.whl"):
        (root / name).write_text("a==1\nb==2\n")
        os.utime(root / name, (0, 0))
    return root


def python(root, version="3.12.1", *, wrong=0, failing=0):
    file = root.parent / "python"
    file.write_text(PYTHON.format(version=version, wrong=wrong, failing=failing))
    file.chmod(0o755)
    return f"PYTHON={file}"


def make(root, *arguments):
    return subprocess.run(
        ["make", "--no-print-directory", *arguments], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )


def test_each_stage_says_a_line(folder):
    done = make(folder, "setup", python(folder))
    assert done.stdout.splitlines() == [
        "Lager miljøet i .venv med Python 3.12.1.",
        "Installerer om lag 2 pakker fra requirements.lock. Første gang tar det noen minutter …",
        "  20 pakker er hentet",
        "  40 pakker er hentet",
        "  Pakkene legges i .venv …",
        *[line for line in done.stdout.splitlines()[5:-1] if line.startswith(("Collecting", "Installing"))],
        "Miljøet er klart.",
    ]
    assert done.returncode == 0
    assert "klart" not in make(folder, "setup", python(folder)).stdout


@pytest.mark.parametrize("name", MAKEFILES)
def test_the_libraries_that_are_compiled_at_once_are_there(name):
    assert "$(BIN)/python -m notat.cli.libraries" in (PROJECT / name).read_text(encoding="utf-8")
    assert [one for one in libraries.USED.split() if find_spec(one) is None] == []


def test_what_pip_cannot_install_stops_it(folder):
    done = make(folder, "setup", python(folder, failing=1))
    assert done.returncode != 0
    assert "klart" not in done.stdout
    assert not (folder / ".venv/.stamp").exists()


def test_a_wrong_python_is_named_with_those_that_can_be_used(folder):
    done = make(folder, "setup", python(folder, "3.9.6", wrong=1))
    assert done.returncode != 0
    assert "Fant ikke Python 3.11, 3.12 eller 3.13, bare Python 3.9.6. Installer en av dem" in done.stdout
    assert not (folder / ".venv").exists()


def test_the_environment_of_a_folder_that_was_moved_is_filled_again(folder):
    make(folder, "setup", python(folder))
    written = (folder / ".venv/pyvenv.cfg").write_text
    written(f"command = {sys.executable} -m venv --clear {folder}/.venv\n")
    assert "klart" not in make(folder, "setup", python(folder)).stdout
    moved = folder.rename(folder.with_name("flyttet"))
    done = make(moved, "setup", python(moved))
    assert "Miljøet er klart." in done.stdout
    assert (moved / "made").read_text() == "--clear .venv\n"
