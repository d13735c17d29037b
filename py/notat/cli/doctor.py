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
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from notat.text import paths

OK, MISSING, OPTIONAL = "OK", "mangler", "valgfritt"
QUARTO = (1, 9)
_PYTHON = (3, 11)
_ROOM = 500 * 10**6  # bytes: a build, the one before it, and what is kept between them
_SECONDS = 20
_SETUP = "Kjør make setup."
_LOCKED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)", re.MULTILINE)
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_TOOLS = (
    ("Poppler", "pdftotext", "Brukes i tester av PDF. Installer poppler-utils."),
    ("LibreOffice", "soffice", "Brukes i tester av Word-fila. Installer libreoffice-writer."),
    ("faketime", "faketime", "Lar notat verify flytte klokka. Installer faketime."),
)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its state, what was found, and what to do when it is not as it should be."""

    name: str
    state: str
    found: str
    remedy: str = ""


def examined(root: Path) -> Iterator[Finding]:
    """Everything that is looked at, the required first."""
    yield _python()
    yield _locked_packages(root)
    yield _installed(root)
    yield _pandoc()
    yield _typst()
    yield _fonts()
    yield _encoding()
    yield _writable(root)
    yield _room(root)
    yield _git(root)
    yield _quarto(root)
    yield _chromium()
    yield _verapdf()
    for name, program, remedy in _TOOLS:
        found = shutil.which(program)
        yield Finding(name, OK, found) if found else Finding(name, OPTIONAL, "ikke funnet.", remedy)
    yield _editor(root)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _PYTHON:
        return Finding(
            "Python", MISSING, f"{found}, men notatet krever 3.11.", "Installer Python 3.11, og kjør make setup."
        )
    return Finding("Python", OK, f"{found} ({sys.executable})")


def _locked_packages(root: Path) -> Finding:
    """The lock against what is installed, package by package."""
    name, file = "Pakker", root / "requirements.lock"
    if not file.is_file():
        return Finding(name, MISSING, "requirements.lock er borte.", "Hent den tilbake fra git.")
    locked = _LOCKED.findall(paths.read_text(file, root))
    unlike = [text for package, version in locked if (text := _unlike(package, version))]
    if not unlike:
        return Finding(name, OK, f"{len(locked)} pakker er som requirements.lock sier")
    more = f" og {len(unlike) - 5} til" if len(unlike) > 5 else ""
    return Finding(name, MISSING, f"{'; '.join(unlike[:5])}{more}.", _SETUP)


def _unlike(package: str, version: str) -> str:
    try:
        found = metadata.version(package)
    except metadata.PackageNotFoundError:
        return f"{package} {version} er ikke installert"
    return "" if found == version else f"{package} er {found}, ikke {version}"


def _installed(root: Path) -> Finding:
    """Whether the command runs the code of this folder, so that what an author adds is seen."""
    import notat
    from notat.text import codebase

    name, own = "Prosjektet", (root / codebase.FOLDER).resolve()
    # Another note than this one has only its own modules here, and the package as a wheel.
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

        return _said(executable(), "--version")

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
    except Exception as error:  # whatever keeps it from running is what is to be told
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


def _room(root: Path) -> Finding:
    free = shutil.disk_usage(root).free
    told = f"{free / 10**9:.1f} GB ledig".replace(".", ",")
    if free < _ROOM:
        return Finding("Diskplass", MISSING, f"{told}.", f"Frigjør plass: Notatet trenger {_ROOM // 10**6} MB.")
    return Finding("Diskplass", OK, told)


def _git(root: Path) -> Finding:
    program = shutil.which("git")
    if not program:
        return Finding("git", MISSING, "ikke funnet.", "Installer git: Uten det kan en endring ikke angres.")
    version = _said(program, "--version")
    inside = subprocess.run([program, "rev-parse"], cwd=root, capture_output=True, check=False).returncode == 0
    if not inside:
        return Finding("git", OPTIONAL, f"{version}, men mappa er ikke en git-kopi.", "Hent notatet med git clone.")
    return Finding("git", OK, version)


def _quarto(root: Path) -> Finding:
    """Genuine Quarto is one of two engines; where it is, it must be new enough and find this Python."""
    name, program = "Quarto", shutil.which("quarto") or shutil.which("quarto", path=str(Path(sys.executable).parent))
    if not program:
        return Finding(
            name, OPTIONAL, "ikke funnet. notat render klarer seg uten.", "Les «Publish with Quarto» i README.md."
        )
    version = _said(program, "--version")
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < QUARTO:
        return Finding(name, OPTIONAL, f"{version} er for gammel.", "Installer Quarto 1.9 eller nyere.")
    python = os.environ.get("QUARTO_PYTHON")
    if not python:
        return Finding(name, OPTIONAL, f"{version}, men QUARTO_PYTHON er ikke satt.", "Sett den til .venv/bin/python.")
    wanted = shutil.which(str(root / python)) or shutil.which(python)
    if not wanted or Path(wanted).parent.resolve() != Path(sys.executable).parent.resolve():
        return Finding(name, OPTIONAL, f"{version}, men QUARTO_PYTHON er {python}.", "Sett den til .venv/bin/python.")
    return Finding(name, OK, f"{version}, QUARTO_PYTHON={python}")


def _chromium() -> Finding:
    name, need = "Chromium", "Trengs bare til notat check --uu. Installer Chromium, eller sett NOTAT_CHROMIUM."
    try:
        from notat.judge.uu.html.browser import chromium
    except ImportError:
        return Finding(name, OPTIONAL, "pakken playwright mangler.", _SETUP)
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


def _said(program: str, *arguments: str) -> str:
    """The version that a program says it has."""
    run = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=_SECONDS, check=True)
    match = _VERSION.search(run.stdout)
    return match[0] if match else run.stdout.strip()
