"""`notat doctor`: whether this machine has what the note needs, and what to do about what is missing.

Nothing is changed. What the commands of the README need is required; what only widens them is optional.
"""

from __future__ import annotations

import locale
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from notat.text import paths, profiles
from notat.text.errors import NotatError

OK, MISSING, OPTIONAL = "OK", "mangler", "valgfritt"
QUARTO = (1, 9)
PYTHON = ((3, 11), (3, 13))  # the first and the last that the locks hold for
_DISK_SPACE = 500 * 10**6  # bytes: a build, the one before it, and what is cached between them
_SECONDS = 120  # a program says its version in one, but the machine may be busy
_SETUP = "Kjør make setup."
_REINSTALL = "Installer notat på nytt med pip."
LOCK, TEST_LOCK = "requirements.lock", "requirements-test.lock"
_LOCKED = re.compile(r"^[A-Za-z0-9][^\\\n]*", re.MULTILINE)  # the lines of digests and of comments begin otherwise
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_TOOLS = (
    ("Poppler", "pdftotext", "Brukes i tester av PDF. Installer poppler-utils."),
    ("LibreOffice", "soffice", "Gir innholdet i Word sidetall. Installer libreoffice-writer."),
    ("faketime", "faketime", "Lar notat verify flytte klokka. Installer faketime."),
)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its state, what was found, and what to do about it."""

    name: str
    state: str
    found: str
    remedy: str = ""


def examine(root: Path | None) -> Iterator[Finding]:
    """All findings, the required first; outside a project (None) only those about the machine."""
    if root is None:
        yield from _without_project(Path.cwd())
        return
    yield _python()
    yield from _locked_packages(root)
    yield _installed(root)
    yield _pandoc()
    yield _typst()
    yield _fonts()
    yield _encoding()
    yield from _edition(root)
    yield _writable(root)
    yield _disk_space(root)
    yield _git(root)
    yield _quarto(root)
    yield _chromium()
    yield _verapdf()
    yield from _tools()
    yield _editor(root)


def _without_project(here: Path) -> Iterator[Finding]:
    """What a new note would need, examined from a folder that is in no project."""
    machine = (
        _python(),
        _requirements(),
        _pandoc(),
        _typst(),
        _fonts(),
        _encoding(),
        _writable(here),
        _disk_space(here),
    )
    for finding in machine:
        yield replace(finding, remedy=finding.remedy.replace(_SETUP, _REINSTALL))
    remedy = "Kjør notat init for å begynne et notat her, eller gå til mappa der det ligger."
    yield Finding("Prosjektet", OPTIONAL, f"{here} er ikke et notat.", remedy)
    yield from _tools()


def _tools() -> Iterator[Finding]:
    for name, program, remedy in _TOOLS:
        found = shutil.which(program)
        yield Finding(name, OK, found) if found else Finding(name, OPTIONAL, "ikke funnet.", remedy)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    first, last = PYTHON
    if not first <= sys.version_info[:2] <= last:
        return Finding("Python", MISSING, f"{found}, men notatet krever 3.11–3.13.", f"Installer Python 3.13. {_SETUP}")
    return Finding("Python", OK, f"{found} ({sys.executable})")


def _locked_packages(root: Path) -> Iterator[Finding]:
    """The locks against what is installed, package by package; what only tests need is optional."""
    yield _as_locked("Pakker", root, LOCK, MISSING, _SETUP)
    if (root / TEST_LOCK).is_file():
        remedy = "Trengs bare til tester og notat check --uu. Kjør make tools."
        yield _as_locked("Testpakker", root, TEST_LOCK, OPTIONAL, remedy)


def _as_locked(name: str, root: Path, lock: str, state: str, remedy: str) -> Finding:
    if not (root / lock).is_file():
        return Finding(name, MISSING, f"{lock} er borte.", "Hent den tilbake fra git.")
    locked = [line for line in _LOCKED.findall(paths.read_text(root / lock, root)) if _is_for_here(line)]
    if unlike := _all_unlike(locked):
        return Finding(name, state, unlike, remedy)
    return Finding(name, OK, f"{len(locked)} pakker er som {lock} sier")


def _requirements() -> Finding:
    """The declared dependencies against what is installed."""
    needed = [line for line in metadata.requires("notat") or () if _is_for_here(line)]
    if unlike := _all_unlike(needed):
        return Finding("Pakker", MISSING, unlike, _REINSTALL)
    return Finding("Pakker", OK, f"alle {len(needed)} som notat trenger, er installert")


def _is_for_here(line: str) -> bool:
    """Whether a requirement holds for this system and Python; what only an extra needs does not."""
    try:
        marker = Requirement(line).marker
    except InvalidRequirement:
        return True  # and is reported as different
    return marker is None or marker.evaluate({"extra": ""})


def _all_unlike(lines: list[str]) -> str:
    unlike = [text for line in lines if (text := _unlike(line))]
    more = f" og {len(unlike) - 5} til" if len(unlike) > 5 else ""
    return f"{'; '.join(unlike[:5])}{more}." if unlike else ""


def _unlike(line: str) -> str:
    try:
        needed = Requirement(line)
        found = metadata.version(needed.name)
    except InvalidRequirement:
        return f"«{line.strip()}» er ikke en pakke"
    except metadata.PackageNotFoundError:
        return f"{needed.name} {needed.specifier} er ikke installert".replace("==", "")
    wanted = str(needed.specifier).removeprefix("==")
    return "" if needed.specifier.contains(found, prereleases=True) else f"{needed.name} er {found}, ikke {wanted}"


def _installed(root: Path) -> Finding:
    """Whether the command runs the code of this folder, so that what an author adds is seen."""
    import notat
    from notat.text import codebase

    name, own = "Prosjektet", (root / codebase.FOLDER).resolve()
    # Any other note has only its own modules here, and the package as a wheel.
    used = Path(notat.__file__).parent if (own / "notat").is_dir() else codebase.own_folder()
    here = used.resolve() if used else Path(notat.__file__).parent
    if here.is_relative_to(own):
        return Finding(name, OK, "koden i py/ er den som kjøres")
    return Finding(
        name, MISSING, f"koden som kjøres, ligger i {here}.", f"{_SETUP} Bruk så .venv/bin/notat i denne mappa."
    )


def _pandoc() -> Finding:
    def version() -> str:
        from notat.engine.pandoc import executable

        return _version_of(executable(), "--version")

    return _part("Pandoc", version)


def _typst() -> Finding:
    def version() -> str:
        import typst

        if not typst.compile(b"A").startswith(b"%PDF"):
            raise OSError("Typst laget ingen PDF")
        return metadata.version("typst")

    return _part("Typst", version)


def _part(name: str, version: Callable[[], str]) -> Finding:
    """A part that comes with a package and must run on this machine."""
    try:
        return Finding(name, OK, version())
    except Exception as error:  # whatever stops it from running is the finding
        return Finding(name, MISSING, f"kan ikke kjøres ({error}).", _SETUP)


def _fonts() -> Finding:
    def count() -> str:
        from notat.project.fonts import files

        if not (found := files()):
            raise OSError("ingen filer")
        return f"{len(found)} filer av Source Sans 3, som følger med"

    return _part("Skrifter", count)


def _encoding() -> Finding:
    name, found = "Tegnsett", locale.getencoding()
    if found.lower().replace("-", "") == "utf8" or sys.flags.utf8_mode:
        return Finding(name, OK, "UTF-8")
    return Finding(name, MISSING, f"{found}, så æ, ø og å kan bli feil.", "Sett miljøvariabelen PYTHONUTF8=1.")


def _edition(root: Path) -> Iterator[Finding]:
    """Which profiles of the book are in use, if it has any."""
    try:
        setup = profiles.read(root)
    except NotatError as error:
        yield Finding("Profil", MISSING, error.problem, error.remedy)
        return
    if setup.known:
        yield Finding(
            "Profil", OK, f"{' og '.join(setup.names) or 'ingen'} er i bruk, av {', '.join(sorted(setup.known))}"
        )


def _writable(root: Path) -> Finding:
    name = "Skrivetilgang"
    places = [root, *(root / part for part in (paths.DATA, paths.CHAPTERS, paths.OUTPUT, paths.CACHE))]
    for place in (place for place in places if place.is_dir()):
        try:
            with tempfile.NamedTemporaryFile(dir=place):
                pass
        except OSError as error:
            shown = place.relative_to(root.parent)
            return Finding(name, MISSING, f"kan ikke skrive i {shown}: {error.strerror}.", "Rett tilgangen til mappa.")
    return Finding(name, OK, "kan skrive i prosjektmappa")


def _disk_space(root: Path) -> Finding:
    free = shutil.disk_usage(root).free
    text = f"{free / 10**9:.1f} GB ledig".replace(".", ",")
    if free < _DISK_SPACE:
        return Finding("Diskplass", MISSING, f"{text}.", f"Frigjør plass: Notatet trenger {_DISK_SPACE // 10**6} MB.")
    return Finding("Diskplass", OK, text)


def _git(root: Path) -> Finding:
    program = shutil.which("git")
    if not program:
        return Finding("git", MISSING, "ikke funnet.", "Installer git: Uten det kan en endring ikke angres.")
    version = _version_of(program, "--version")
    inside = subprocess.run([program, "rev-parse"], cwd=root, capture_output=True, check=False).returncode == 0
    if not inside:
        return Finding("git", OPTIONAL, f"{version}, men mappa er ikke en git-kopi.", "Hent notatet med git clone.")
    return Finding("git", OK, version)


def _quarto(root: Path) -> Finding:
    """Genuine Quarto is one of two engines; where it is, it must be new enough and find this Python."""
    name, program = "Quarto", shutil.which("quarto") or shutil.which("quarto", path=str(Path(sys.executable).parent))
    if not program:
        return Finding(name, OPTIONAL, "ikke funnet. notat render klarer seg uten.", "Les om Quarto i README.md.")
    version = _version_of(program, "--version")
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < QUARTO:
        return Finding(name, OPTIONAL, f"{version} er for gammel.", "Installer Quarto 1.9 eller nyere.")
    python = os.environ.get("QUARTO_PYTHON")
    if not python:
        return Finding(name, OPTIONAL, f"{version}, men QUARTO_PYTHON er ikke satt.", "Sett den til .venv/bin/python.")
    wanted = shutil.which(str(root / python)) or shutil.which(python)
    if not wanted or Path(wanted).parent.resolve() != Path(sys.executable).parent.resolve():
        return Finding(name, OPTIONAL, f"{version}, men QUARTO_PYTHON er {python}.", "Sett den til .venv/bin/python.")
    if _has_parameters(root) and not find_spec("papermill"):
        problem = f"{version}, men uten pakka papermill, som -P trenger."
        return Finding(name, OPTIONAL, problem, "Kjør .venv/bin/pip install papermill, eller bruk notat render -P.")
    return Finding(name, OK, f"{version}, QUARTO_PYTHON={python}")


def _has_parameters(root: Path) -> bool:
    from notat.project.project import Project

    try:
        return bool(Project(root).parameters)
    except NotatError:
        return False  # what is wrong with the chapters is for notat check to say


def _chromium() -> Finding:
    name, need = "Chromium", "Trengs bare til notat check --uu. Installer Chromium, eller sett NOTAT_CHROMIUM."
    try:
        from notat.judge.uu.html.browser import chromium
    except ImportError:
        return Finding(name, OPTIONAL, "pakken playwright mangler.", "Kjør make tools.")
    found = chromium()
    return Finding(name, OK, found) if found else Finding(name, OPTIONAL, "ikke funnet.", need)


def _verapdf() -> Finding:
    from notat.judge.uu import verapdf

    if lacking := verapdf.missing():
        problem, _, remedy = lacking.partition(". ")
        return Finding("veraPDF", OPTIONAL, f"{problem}.", f"Trengs bare til notat check --uu. {remedy}")
    return Finding("veraPDF", OK, f"{verapdf.version()}, i Java på denne maskinen")


def _editor(root: Path) -> Finding:
    name = "VS Code"
    if not (root / ".vscode/extensions.json").is_file():
        return Finding(name, OPTIONAL, ".vscode/extensions.json er borte.", "Hent den tilbake fra git.")
    if not shutil.which("code"):
        return Finding(name, OPTIONAL, "kommandoen code er ikke funnet.", "Åpne mappa i VS Code, om du har det.")
    return Finding(name, OK, "svar ja når VS Code foreslår utvidelsene i .vscode/extensions.json")


def _version_of(program: str, *arguments: str) -> str:
    run = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=_SECONDS, check=True)
    match = _VERSION.search(run.stdout)
    return match[0] if match else run.stdout.strip()
