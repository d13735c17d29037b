"""What results depend on, as digests: files, rows, code and environment.

A result is kept with the digest of everything that it used (`notat.data.used`), and holds as long as they are the same.
Code counts module by module: a module stands for itself and for all that it imports from this package and the note's
own, `content`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
import sysconfig
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import notat
from notat.data.used import Use
from notat.engine.keep.cache import digest
from notat.numbers import content
from notat.project.source import Source
from notat.text import paths

PACKAGE = Path(notat.__file__).parent
_IMPORT = re.compile(r"^\s*from (?P<module>(?:notat|content)[\w.]*) import (?P<names>\([^)]*\)|[^\n]*)", re.MULTILINE)
_GONE = "borte"
_SURPLUS = "?"  # the column of what a broken row has too much of
# What runs a chapter and gives it its words. Modules of numbers, figures and tables count where they are used.
_CHAPTER_CODE = (
    "notat",
    "notat.show.authoring",
    "notat.engine.run.execute",
    "notat.engine.run.inline",
    "notat.project.source",
)


class Inputs:
    """Digests of the inputs of the project at `root`, each read once: one object serves one build."""

    def __init__(self, root: Path):
        self.root = root
        self._files: dict[Path, str] = {}
        self._uses: dict[Use, str] = {}
        self._codes: dict[tuple[str, ...], str] = {}
        self._modules: dict[str, frozenset[str]] = {}
        self._imported: dict[str, frozenset[str]] = {}

    def file(self, file: Path) -> str:
        """Digest of a file, also of one that is not there."""
        if file not in self._files:
            self._files[file] = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else _GONE
        return self._files[file]

    def files(self, files: Iterable[Path], base: Path) -> str:
        """Digest of files with their names."""
        return digest(*(f"{file.relative_to(base).as_posix()} {self.file(file)}" for file in sorted(files)))

    def folder(self, name: str) -> str:
        """Digest of a folder of the project, with all that is in it."""
        return self.files(_content(self.root / name), self.root)

    @cached_property
    def environment(self) -> str:
        """Python, the installed packages by name and version, the lock file and the fonts that come with them."""
        site = Path(sysconfig.get_paths()["purelib"])
        packages = sorted(entry.name for entry in site.glob("*.dist-info") if not entry.name.startswith("notat-"))
        return digest(sys.version, *packages, self.file(self.root / "requirements.lock"))

    def code(self, *modules: str) -> str:
        """Digest of modules of this package or the note, and of all that they import from them."""
        if modules not in self._codes:
            closure = sorted(frozenset[str]().union(*(self._closure(module) for module in modules)))
            files = (f"{name} {self.file(_source(name))}" for name in closure)
            self._codes[modules] = digest(self.environment, *files)
        return self._codes[modules]

    @cached_property
    def package(self) -> str:
        """Digest of all code, the package and the note's own, templates and scripts included."""
        folders = [PACKAGE, *filter(None, [content.folder()])]
        files = [[file for file in _content(folder) if file.suffix != ".pyc"] for folder in folders]
        return digest(self.environment, *map(self.files, files, folders))

    @cached_property
    def loadable(self) -> str:
        """Digest of all code that a process may load: `package`, and whatever else the project has for code."""
        own = self.root / content.SOURCES
        return digest(self.package, self.files([file for file in _content(own) if file.suffix != ".pyc"], self.root))

    @cached_property
    def chapter_code(self) -> str:
        """Digest of the code that every chapter rests on."""
        return self.code(*_CHAPTER_CODE)

    @cached_property
    def everything(self) -> str:
        """Digest of all that a build reads: the project's own files, the package and the environment."""
        names = [paths.CONFIG, "_brand.yml"]
        files = [self.root / name for name in names]
        files += [file for file in self.root.iterdir() if file.suffix in (".qmd", ".bib", ".csl", ".md")]
        for name in (paths.CHAPTERS, paths.DATA, "_extensions"):
            files += _content(self.root / name)
        return digest(self.package, self.files(files, self.root))

    # --- what a computation has noted

    def digests(self, uses: Iterable[Use]) -> list[list[str]]:
        """Each use with its digest now, in a fixed order, ready for JSON."""
        return [[self._use(use), *use] for use in sorted(uses)]

    def unchanged(self, kept: list[list[str]]) -> bool:
        """Whether all that was noted is what it was."""
        return all(self._use(tuple(use)) == old for old, *use in kept)

    def _use(self, use: Use) -> str:
        if use not in self._uses:
            self._uses[use] = self._digest_of(use)
        return self._uses[use]

    def _digest_of(self, use: Use) -> str:  # noqa: C901  # one case a line
        match use:
            case ("rad", id_):
                return digest(json.dumps(self._rows_by_id.get(id_)))
            case ("rader", table, *where):
                wanted = dict(condition.split("=", 1) for condition in where)
                candidates = [self._rows_by_value.get((table, *pair), []) for pair in wanted.items()]
                rows = min(candidates, key=len, default=self._tables.get(table, []))
                return digest(json.dumps([row for row in rows if wanted.items() <= row.items()]))
            case ("kilde", name):
                return digest(json.dumps(self._sources.get(name)))
            case ("tall", id_):
                return digest(id_)  # what the number rests on is noted beside it
            case ("fil", name):
                return self.file(self.root / name)
            case ("modul", name):
                return self.code(name)
            case ("data",):
                return self.folder(paths.DATA)
            case ("spørsmål",):
                return digest(self._questions())
            case ("tall i teksten",):
                return digest(json.dumps(self._used_numbers()))
            case ("alt",):
                return self.everything
        raise ValueError(use)

    @cached_property
    def _tables(self) -> dict[str, list[dict[str, str]]]:
        """The rows of every table as text. Their lines are left out: only the appendix prints them."""
        tables = {}
        for file in (self.root / paths.DATA).glob("*.csv"):
            text = file.read_bytes().decode("utf-8-sig", errors="replace")
            tables[file.stem] = list(csv.DictReader(io.StringIO(text, newline=""), restkey=_SURPLUS))
        return tables

    @cached_property
    def _rows_by_value(self) -> dict[tuple[str, str, str], list[dict[str, str]]]:
        """The rows of each table by the value of each column, so that a series is not looked for in all rows."""
        found: dict[tuple[str, str, str], list[dict[str, str]]] = {}
        for table, rows in self._tables.items():
            for row in rows:
                for column, value in row.items():
                    if column != _SURPLUS:
                        found.setdefault((table, column, value), []).append(row)
        return found

    @cached_property
    def _rows_by_id(self) -> dict[str, tuple[str, dict[str, str]]]:
        return {row["id"]: (table, row) for table, rows in self._tables.items() for row in rows if row.get("id")}

    @cached_property
    def _sources(self) -> dict[str, dict[str, str]]:
        return {row["kilde"]: row for row in self._tables.get("kilder", []) if row.get("kilde")}

    @cached_property
    def chapters(self) -> list[Source]:
        """The chapters as they are now. A build that has read them sets them, so that they are not read twice."""
        from notat.show.overview import sources

        return sources(self.root)

    def _questions(self) -> str:
        from notat.show.overview import question_boxes

        return repr([box for source in self.chapters for box in question_boxes(source)])

    def _used_numbers(self) -> list[tuple[str, str, list[str]]]:
        from notat.show.overview import title_of, used_numbers

        return [(source.file, title_of(source), used_numbers(source)) for source in self.chapters]

    # --- code

    def _closure(self, module: str) -> frozenset[str]:
        if module not in self._modules:
            found, waiting = {module}, [module]
            while waiting:
                new = self._imports(waiting.pop()) - found
                found |= new
                waiting += new
            self._modules[module] = frozenset(found)
        return self._modules[module]

    def _imports(self, module: str) -> frozenset[str]:
        if module not in self._imported:
            self._imported[module] = frozenset(_imports(module))
        return self._imported[module]


def _content(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def _source(module: str) -> Path:
    package, *names = module.split(".")
    stem = ((content.folder() if package == content.NAME else None) or PACKAGE).joinpath(*names)
    return stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")


def _imports(module: str) -> set[str]:
    """Modules of ours that a module imports, wherever in it, and the packages that hold them."""
    found: set[str] = set()
    file = _source(module)
    if not file.is_file():  # a module that a kept result used, and that is gone since
        return found
    for match in _IMPORT.finditer(file.read_text(encoding="utf-8")):
        names = re.findall(r"\w+", re.sub(r"\bas \w+", "", match["names"].split("#")[0]))
        for name in (match["module"], *(f"{match['module']}.{name}" for name in names)):
            if name not in ("notat", content.NAME) and _source(name).is_file():
                found.add(name)
    return found
