"""Other tools on the same book, measured in the same run as far as each can be had and can make it.

They are installed in an environment of their own, and get the chapters as notebooks that compute the same numbers and
draw the same figures with this project's code; Pandoc by itself, which runs nothing, gets them finished.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from notat.text import paths
from notat.text.codebase import FOLDER as SOURCES
from tools.bench.book import write_book
from tools.bench.cost import Cost, FailedError, measured
from tools.bench.notebooks import KERNEL, finished_markdown, write_notebooks
from tools.bench.processes import COMMAND
from tools.bench.scale import HTML, arguments

ENVIRONMENT = "likemenn"  # folder in the project's cache
_WORK = "arbeid"
_FAILED = 200  # characters of a failure that are shown


@dataclass(frozen=True)
class Peer:
    """A tool: the packages that it comes in, its command, a file that it must have made, and what it does not do."""

    name: str
    packages: tuple[str, ...]
    command: Callable[[Path, list[str]], Sequence[str]]  # of the folder of programs and the names of the chapters
    result: str
    lacks: str


@dataclass
class Compared:
    """The costs of this engine and of each tool, one for each round; the versions; what could not be done."""

    ours: list[Cost] = field(default_factory=list)
    theirs: dict[str, list[Cost]] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def _nbconvert(programs: Path, names: list[str]) -> Sequence[str]:
    options = ("--execute", "--to", "html", "--no-input", "--embed-images", "--output-dir", "ut-nbconvert")
    return [str(programs / "jupyter"), "nbconvert", *options, *(f"{name}.ipynb" for name in names)]


def _sphinx(programs: Path, _: list[str]) -> Sequence[str]:
    return [str(programs / "sphinx-build"), "-q", "-j", "auto", "-b", "html", ".", "ut-sphinx"]


def _myst(programs: Path, _: list[str]) -> Sequence[str]:
    return [str(programs / "myst"), "build", "--html", "--execute"]


def _pandoc(_: Path, names: list[str]) -> Sequence[str]:
    from notat.engine.pandoc import executable

    options = ("--standalone", "--citeproc", "--bibliography=references.bib", "--output=pandoc.html")
    return [executable(), *options, *(f"{name}.md" for name in names)]


PEERS = (
    Peer("nbconvert", ("nbconvert",), _nbconvert, "ut-nbconvert/index.html", "én kjerne per kapittel, ingen bok"),
    Peer("Sphinx med MyST-NB", ("myst-nb", "sphinx"), _sphinx, "ut-sphinx/index.html", "én kjerne per kapittel"),
    Peer("mystmd", ("mystmd",), _myst, "_build/html/index.html", "henter mal fra nettet"),
    Peer("Pandoc alene", (), _pandoc, "pandoc.html", "kjører ingenting, tall og figurer er ferdige"),
)


def compared(project: Path, chapters: int, rounds: int, report: Callable[[str], None]) -> Compared:
    """Build one book by this engine and by every tool, in turn, so many times."""
    found = Compared()
    programs = _installed(project / paths.CACHE / ENVIRONMENT, found, report)
    with tempfile.TemporaryDirectory(prefix="notat-likemenn-") as folder:
        root = Path(folder) / "notat"
        write_book(root, project, chapters)
        for number in range(rounds):
            report(f"Likemenn: runde {number + 1} av {rounds}")
            found.ours.append(measured([*COMMAND, *arguments(HTML, [HTML])], root))
            for peer in PEERS:
                if peer.name not in found.failed:
                    _run(peer, found, root, programs, chapters)
                    report(found.failed.get(peer.name, ""))
    return found


def _installed(folder: Path, found: Compared, report: Callable[[str], None]) -> Path:
    """The folder of programs of an environment that has the tools; those that cannot be had are entered as failed."""
    programs = folder / "bin"
    if not programs.is_dir():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check"]
    for peer in PEERS:
        if peer.packages:
            report(f"Henter {', '.join(peer.packages)} fra PyPI …")
            command = [*pip, "install", "--quiet", *peer.packages]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                found.failed[peer.name] = f"{peer.name} kan ikke installeres: {_last_line(done.stderr)}"
    listed = subprocess.run([*pip, "list", "--format=json"], capture_output=True, text=True, check=True)
    found.versions = {entry["name"].lower(): entry["version"] for entry in json.loads(listed.stdout)}
    return programs


def _run(peer: Peer, found: Compared, root: Path, programs: Path, chapters: int) -> None:
    """Let the tool build the book from nothing, in a folder that holds nothing of its earlier work."""
    work = root / _WORK
    shutil.rmtree(work, ignore_errors=True)
    names = _prepare(root, work, chapters)
    environment = {"JUPYTER_PATH": str(work), "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin"}
    try:
        cost = measured(peer.command(programs, names), work, environment)
    except (FailedError, OSError) as error:
        found.failed[peer.name] = f"{peer.name} kunne ikke bygge boka: {_last_line(str(error))}"
        return
    if not (work / peer.result).is_file():
        found.failed[peer.name] = f"{peer.name} laget ikke {peer.result}."
        return
    found.theirs.setdefault(peer.name, []).append(cost)


def _prepare(root: Path, work: Path, chapters: int) -> list[str]:
    """Lay out the chapters in the forms that the tools read, with their settings. Returns the chapters' names."""
    kernel = work / "kernels" / KERNEL
    kernel.mkdir(parents=True)
    names = [file.stem for file in write_notebooks(root, work)]
    finished_markdown(root, work, chapters)
    for name in ("references.bib", "_brand.yml", paths.CONFIG):
        shutil.copyfile(root / name, work / name)
    for name in (paths.FIGURES, paths.DATA):
        shutil.copytree(root / name, work / name)
    # The kernel is that of this project, so that all compute with the same code.
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": command, "display_name": KERNEL, "language": "python", "env": {"PYTHONPATH": str(root / SOURCES)}}
    pages = "\n".join(f"    - file: {name}.ipynb" for name in names)
    texts = {
        f"kernels/{KERNEL}/kernel.json": json.dumps(spec),
        "conf.py": 'extensions = ["myst_nb"]\nroot_doc = "innhold"\nnb_execution_mode = "force"\n'
        'nb_execution_raise_on_error = True\nnb_remove_code_source = True\nlanguage = "nb"\n'
        'exclude_patterns = ["*.md", "_*", "data", "kernels"]\n',
        "innhold.ipynb": "",
        "myst.yml": f"version: 1\nproject:\n  toc:\n{pages}\nsite:\n  template: book-theme\n",
    }
    toc = "\n".join(names)
    texts["innhold.ipynb"] = _contents(f"# Innhold\n\n```{{toctree}}\n{toc}\n```\n")
    for name, text in texts.items():
        (work / name).write_text(text, encoding="utf-8")
    return names


def _contents(markdown: str) -> str:
    import nbformat

    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(markdown, id="innhold")])
    return str(nbformat.writes(page))


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "rror" in line or "failed" in line]
    return (telling or lines or ["uten melding"])[-1][:_FAILED]
