"""What results depend on, as digests: files, code, environment, and the uses that a domain notes.

A result is cached with the digest of everything that it used (`notat.data.used`), and is valid until it changes. Code
counts module by module: a module includes all that it imports from this package and from the note's own, `content`.
"""

from __future__ import annotations

import hashlib
import json
import sys
import sysconfig
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from notat.data.used import Use
from notat.engine import converters
from notat.engine.keep.cache import Store, digest
from notat.engine.keep.imports import imported_modules
from notat.project.manifest import code_digests
from notat.project.project import Project
from notat.text import codebase, paths, profiles

_GONE = "gone"
_OF_CODE = ("environment", "package", "loadable", "scripts")
# The digest of a kind of use, as a function of its names.
UseDigest = Callable[..., str]


class Digests:
    """Digests of a project's inputs, each taken once: one object serves one build.

    `kinds` are the digests of the uses that a domain knows, by kind; `file`, `module`, `setup` (what `_quarto.yml`
    says) and `parameters` (what the note is made for) are built in.
    """

    def __init__(self, project: Project, store: Store, kinds: Mapping[str, UseDigest] | None = None):
        self.project, self.store = project, store
        self._kinds: dict[str, UseDigest] = {
            "file": lambda name: self.file(project.root / name),
            "module": self.code,
            "setup": lambda: digest(profiles.digestible(project.setup)),
            "parameters": lambda: digest(json.dumps(project.parameters), project.config.unit),
            **(kinds or {}),
        }
        self._files: dict[Path, str] = {}
        self._uses: dict[Use, str] = {}
        self._codes: dict[tuple[str, ...], str] = {}
        self._modules: dict[str, frozenset[str]] = {}
        self._of_modules: dict[str, str] = {}
        self._imported: dict[str, list[str]] | None = None
        self._lock = Lock()

    def follow(self, earlier: Digests) -> None:
        """Take over the digests of code: for builds of one process, whose code does not change in between."""
        self._codes, self._modules, self._of_modules = earlier._codes, earlier._modules, earlier._of_modules
        self._imported = earlier._imported
        self.__dict__.update({name: earlier.__dict__[name] for name in _OF_CODE if name in earlier.__dict__})

    def file(self, file: Path) -> str:
        """Digest of a file, or a constant when it is missing."""
        if file not in self._files:
            self._files[file] = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else _GONE
        return self._files[file]

    def files(self, files: Iterable[Path], base: Path) -> str:
        """Digest of files with their names."""
        return digest(*(f"{file.relative_to(base).as_posix()} {self.file(file)}" for file in sorted(files)))

    def folder(self, folder: Path) -> str:
        """Digest of a folder, with all that is in it."""
        return self.files(_content(folder), folder)

    def of(self, value: Any) -> str | bytes:
        """What represents an input in a key: the content of a path, text and bytes themselves, all else as JSON."""
        if isinstance(value, Path):
            return self.folder(value) if value.is_dir() else self.file(value)
        return value if isinstance(value, str | bytes) else json.dumps(value)

    @cached_property
    def environment(self) -> str:
        """Python, the installed packages, the lock file, the words of the languages, and the script that Pandoc runs.

        So is the edition: what one has computed is never taken for another, whose code may ask which it runs for.
        """
        site = Path(sysconfig.get_paths()["purelib"])
        packages = sorted(entry.name for entry in site.glob("*.dist-info") if not entry.name.startswith("notat-"))
        return digest(
            sys.version,
            *packages,
            self.file(self.project.root / paths.LOCK),
            ",".join(self.project.profiles),
            *map(self.file, (*sorted((codebase.PACKAGE / "norsk").glob("*.toml")), converters.SCRIPT)),
        )

    def code(self, *modules: str) -> str:
        """Digest of modules of this package or the note, and of all that they import from them."""
        if modules not in self._codes:
            closure = sorted(frozenset[str]().union(*(self._closure(module) for module in modules)))
            self._codes[modules] = digest(self.environment, *map(self._named, closure))
        return self._codes[modules]

    @cached_property
    def package(self) -> str:
        """Digest of all code, the package and the note's own, templates and scripts included."""
        folders = codebase.folders()
        return digest(self.environment, *(self.files(_code(folder), folder) for folder in folders))

    @cached_property
    def scripts(self) -> dict[str, str]:
        """The digest of each file of code that a manifest lists."""
        return code_digests()

    @cached_property
    def loadable(self) -> str:
        """Digest of all code that a process may load: `package`, and any other code in the project."""
        root = self.project.root
        return digest(self.package, self.files(_code(root / codebase.FOLDER), root))

    @cached_property
    def everything(self) -> str:
        """Digest of all that a build reads: the project's own files, all code and the environment."""
        values = json.dumps(self.project.parameters)
        return digest(self.loadable, self.files(self.project.inputs, self.project.root), values)

    # --- what a computation has noted

    def uses(self, uses: Iterable[Use]) -> list[list[str]]:
        """Each use with its digest now, in a fixed order, ready for JSON."""
        return [[self._use(use), *use] for use in sorted(uses)]

    def unchanged(self, cached: list[list[str]]) -> bool:
        """Whether nothing that was noted has changed."""
        return all(self._use(tuple(use)) == old for old, *use in cached)

    def _use(self, use: Use) -> str:
        if use not in self._uses:
            kind, *names = use
            self._uses[use] = self._kinds[kind](*names)
        return self._uses[use]

    # --- code

    def _named(self, module: str) -> str:
        """A module with its digest."""
        if module not in self._of_modules:
            self._of_modules[module] = f"{module} {self.file(codebase.file_of(module))}"
        return self._of_modules[module]

    def _closure(self, module: str) -> frozenset[str]:
        if module not in self._modules:
            found, waiting = {module}, [module]
            while waiting:
                new = set(self._imports.get(waiting.pop(), ())) - found
                found |= new
                waiting += new
            self._modules[module] = frozenset(found)
        return self._modules[module]

    @property
    def _imports(self) -> dict[str, list[str]]:
        """Our modules that each module imports, anywhere in it; read once for each state of the code."""
        with self._lock:
            if self._imported is None:
                cached = self.store.read_json("imports", self.package)
                self._imported = _all_imports(self.package) if cached is None else cached
                if cached is None:
                    self.store.write_json("imports", self.package, self._imported)
            return self._imported


@lru_cache(maxsize=4)  # a process that builds many notes with the same code reads it once
def _all_imports(_package: str) -> dict[str, list[str]]:
    """Read from all code, of which this is the digest."""
    found, ours = {}, codebase.modules()
    for module, file in ours.items():
        text = file.read_text(encoding="utf-8")
        imported = imported_modules(text, module, is_package=file.name == "__init__.py")
        found[module] = sorted(name for name in imported if "." in name and name in ours)
    return found


def _content(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def _code(folder: Path) -> list[Path]:
    return [file for file in _content(folder) if file.suffix != ".pyc"]
