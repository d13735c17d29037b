"""Build a copy of the project under given conditions: folder, clock, time zone, language, seeds, permissions, home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import notat
from notat.docx import libreoffice
from notat.text import parameters, paths, profiles
from notat.text.errors import NotatError

_DAY = 86_400  # seconds
_RENDER = ("-c", "from notat.cli.main import main; main()", "render")
_CLOCK = "faketime"
# What a build writes, for a project without git.
_MADE = {
    paths.OUTPUT,
    paths.CACHE,
    paths.FIGURES,
    paths.FONTS,
    paths.EMBEDDED,
    paths.RELEASES,
    paths.QUARTO_OUTPUT,
    ".git",
    ".venv",
    "__pycache__",
}
# All that a build inherits from its caller's environment.
_OF_NOTAT = (profiles.VARIABLE, parameters.VARIABLE, libreoffice.VARIABLE)
_KEPT = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV", *_OF_NOTAT)


@dataclass(frozen=True)
class Conditions:
    """Where and how a build runs.

    `folder` is the path of the copy below the temporary folder, `days` how far the clock is moved, `changed` the time
    (seconds since 1970) that the files of the copy seem to be changed at.
    """

    folder: str
    zone: str
    locale: str
    seed: str
    umask: int
    days: int
    changed: int

    def today(self) -> Conditions:
        """The same with the clock of the machine."""
        return replace(self, days=0)

    def __str__(self) -> str:
        clock = f", klokka {self.days} dager fram" if self.days else ""
        return f"mappe «{self.folder}», tidssone {self.zone}, språk {self.locale}{clock}"


FIRST = Conditions("a", "Pacific/Kiritimati", "C.UTF-8", "0", 0o022, 0, 1_000_000_000)
# No machine need have this language: a missing locale must make no difference either.
SECOND = Conditions("dypere mappe/på norsk/kopi-2", "America/Adak", "tr_TR.UTF-8", "4242", 0o077, 400, 1_500_000_000)


def project_files(root: Path) -> list[Path]:
    """The files of the project: those that git tracks or would track; without git, all but those that a build makes."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        found = [file.relative_to(root) for file in root.rglob("*") if file.is_file()]
        return sorted(file for file in found if not (_MADE.intersection(file.parts) or paths.is_made(file.parts[0])))
    names = sorted({name for name in done.stdout.decode().split("\0") if name})
    return [Path(name) for name in names if (root / name).is_file()]


def build_copy(root: Path, folder: Path, conditions: Conditions, *, warm: Sequence[Path] = ()) -> Path:
    """Copy the project at `root` below `folder`, build all formats there, and return the copy's root.

    `warm` are earlier copies whose caches the build begins with, the last one's files first.
    """
    copy = folder / conditions.folder
    for position, name in enumerate(project_files(root)):
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, target)
        os.utime(target, (conditions.changed + position,) * 2)
    for earlier in warm:
        if (earlier / paths.CACHE).is_dir():
            shutil.copytree(earlier / paths.CACHE, copy / paths.CACHE, dirs_exist_ok=True)
    home = folder / f"hjem-{conditions.seed}"
    home.mkdir()
    code = copy / "py" if (copy / "py" / "notat").is_dir() else Path(notat.__file__).parent.parent
    done = subprocess.run(
        [*_clock_command(conditions.days), sys.executable, *_RENDER],
        cwd=copy,
        env=_environment(conditions, home, code),
        umask=conditions.umask,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["ingen melding"]
        problem = f"Bygget i mappa «{conditions.folder}» stanset: {said[-1].removeprefix('Feil: ')}"
        remedy = "Kjør notat render og rett feilen."
        raise NotatError("N1021", problem, remedy=remedy)
    return copy


def clock_can_move() -> bool:
    """Whether the program that moves the clock for a build is installed and works."""
    if shutil.which(_CLOCK) is None:
        return False
    command = [*_clock_command(SECOND.days), sys.executable, "-c", "import time; print(time.time())"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return float(done.stdout) > time.time() + (SECOND.days - 1) * _DAY
    except ValueError:
        return False


def _clock_command(days: int) -> list[str]:
    return [_CLOCK, "-f", f"+{days}d"] if days else []


def _environment(conditions: Conditions, home: Path, code: Path) -> dict[str, str]:
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        "HOME": str(home),
        "TZ": conditions.zone,
        "LANG": conditions.locale,
        "LC_ALL": conditions.locale,
        "PYTHONHASHSEED": conditions.seed,
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(code),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
