"""The conditions for a release: the files are committed, and all tests have passed with them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from notat.judge.verify.conditions import project_files
from notat.project.manifest import digest_of, sha256
from notat.text import paths
from notat.text.errors import NotatError

_TESTED = f"{paths.CACHE}/testet"
_SHOWN = 5  # names of files in a message


def digest(root: Path) -> str:
    """One digest of all files of the project: those that git tracks or would track."""
    return digest_of({name.as_posix(): sha256(root / name) for name in project_files(root)})


def mark_tested(root: Path) -> None:
    """Record that all tests have passed with the present files."""
    file = root / _TESTED
    file.parent.mkdir(exist_ok=True)
    file.write_text(digest(root) + "\n", encoding="utf-8")


def demand_tested(root: Path) -> None:
    """Refuse files that the tests have not passed with."""
    file = root / _TESTED
    if not file.is_file() or file.read_text(encoding="utf-8").strip() != digest(root):
        raise NotatError(
            "N1206", "Testene er ikke kjørt på filene slik de er nå.", remedy="Kjør make test, og prøv igjen."
        )


def demand_committed(root: Path) -> None:
    """Refuse changes that are in no commit: nobody could make the release again."""
    command = ["git", "status", "--porcelain", "--untracked-files=all"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise NotatError(
            "N1207", "Prosjektet er ikke en git-kopi.", remedy="En utgivelse lages av en innsjekking."
        ) from None
    names = [line[3:] for line in done.stdout.splitlines()]
    if names:
        more = f" og {len(names) - _SHOWN} til" if len(names) > _SHOWN else ""
        raise NotatError(
            "N1207",
            f"Endringer er ikke sjekket inn: {', '.join(names[:_SHOWN])}{more}.",
            remedy="Sjekk dem inn (git commit), eller legg dem bort (git stash).",
        )
