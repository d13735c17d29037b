"""The habits of the repository: every file is of use, every module tested, every exception explained."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

import notat

PROJECT = Path(__file__).parent.parent
# Files that nothing names, because a program finds them by location, or a registry takes a whole folder.
KNOWN = {
    "*/__init__.py": "a package",
    "*/__main__.py": "run as python -m",
    "tests/*/test_*.py": "pytest finds them",
    "tests/test_*.py": "pytest finds them",
    "tests/*conftest.py": "pytest finds them",
    "tests/notebooks/*.ipynb": "nbval takes them all",
    "tests/content/falsehoods/as_written/*.txt": "named by the test beside the folder",
    "tests/ordinary/cases/*": "laid over a small note, all of them, by tests/ordinary/conftest.py",
    "py/content/*/*.py": "notat.numbers.content takes all modules of a package",
    "py/notat/cli/init/mal*": "the files of a new note, copied as they are by notat init",
    "serier/*/py/content/*/*.py": "as those of the note itself",
    "serier/*/_quarto-*.yml": "the profiles of the series, which Quarto finds by their names",
    "chapters/*.qmd": "tested below: in _quarto.yml, or included",
    "docs/adr/*.md": "numbered decisions, read as a folder",
    "docs/galleri.qmd": "a chapter of the guides' site, which py/tools/guide.py makes",
    "py/notat/*/SHA256SUMS": "the digests of vendored files, which tests/test_vendored.py reads",
    "py/notat/*/LICENSE*": "the licence of a vendored file, for lawyers",
    ".git*": "git and GitHub read them",
    ".vscode/*": "the editor reads them",
    ".pre-commit-config.yaml": "pre-commit reads it",
    ".ci/run": "continuous integration runs it",
    "LICENSE": "for lawyers",
    "README.md": "for everybody",
    "CONTRIBUTING.md": "GitHub shows it to contributors",
}
# Folders of tests that belong to no package.
_WHOLE = {"fixtures", "fuzz", "notebooks", "content", "editor", "ordinary", "serier"}
# What would reveal the machine of the author. Written in pieces, so that this file does not match.
_MACHINE = re.compile("|".join(f"/{home}/" for home in ("home/[a-z]+", "Users/[A-Z]?[a-z]+", "work", "root", "opt")))
_TEXT = {".py", ".md", ".qmd", ".yml", ".yaml", ".toml", ".json", ".js", ".css", ".scss", ".typ", ".lua", ".csv", ".j2"}
_TEXT |= {".html", ".bib", ".code-snippets", ".ipynb", ""}


@cache
def tracked() -> tuple[str, ...]:
    done = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        pytest.skip("ikke en git-kopi, så det finnes ingen liste over filer")
    return tuple(name for name in done.stdout.splitlines() if (PROJECT / name).is_file())


@cache
def text(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8") if Path(name).suffix in _TEXT else ""


@cache
def imports(name: str) -> frozenset[str]:
    """The modules that a Python file imports, by their dotted names; `from a import b` may mean `a.b`."""
    found = set()
    for node in ast.walk(ast.parse(text(name))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


@cache
def commands() -> dict[str, frozenset[str]]:
    """What each command of the command line imports when it is run, by the name of its function and its own."""
    trees = [ast.parse(text(name)) for name in python("py/notat/") if re.match(r"py/notat/(cli|commands)\b", name)]
    functions = {node.name: node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)}
    found = {}
    for node in functions.values():
        if node.decorator_list:
            named = re.findall(r"name='(\w+)'", ast.unparse(node.decorator_list[0]))
            helpers = [functions[one.id] for one in ast.walk(node) if isinstance(one, ast.Name) and one.id in functions]
            inside = [one for part in (node, *helpers) for one in ast.walk(part) if isinstance(one, ast.ImportFrom)]
            found[(*named, node.name)[0]] = frozenset(one.module for one in inside if one.module)
    return found


def reached_by(test: str) -> set[str]:
    """The modules that a test imports, itself or through a command that it runs."""
    run = commands() if re.search(r"notat\.cli|notat import cli", text(test)) else {}
    return set(imports(test)).union(*(used for name, used in run.items() if f'"{name}"' in text(test)))


def module(name: str) -> str:
    return name.removeprefix("py/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def package(name: str) -> list[str]:
    """The package of a module: `["notat", "engine"]` for `notat.engine.keep.step`."""
    return name.split(".")[:2]


def python(under: str) -> list[str]:
    return [name for name in tracked() if name.startswith(under) and name.endswith(".py")]


def test_every_file_is_used():
    """A module is imported, or run by its path or name; another file is named by some file of the project."""
    imported = {one for name in python("") for one in imports(name)}
    unused = []
    for name in tracked():
        if any(fnmatch(name, pattern) for pattern in KNOWN) or module(name) in imported:
            continue
        file = Path(name)
        called = {file.name, module(name)} | ({file.stem} if file.suffix == ".png" else set())
        if not any(word in text(other) for other in tracked() if other != name for word in called):
            unused.append(name)
    assert unused == [], "\n".join(unused)


def test_every_chapter_is_in_the_book_or_in_a_chapter():
    config = text("_quarto.yml")
    chapters = [name for name in tracked() if name.startswith("chapters/")]
    included = {target for name in chapters for target in re.findall(r"include ([\w./-]+)", text(name))}
    listed = set(re.findall(r"^\s+- (chapters/\S+)$", config, re.MULTILINE))
    assert {name for name in chapters if Path(name).name not in {Path(one).name for one in included}} == listed


def test_every_kind_of_file_that_is_known_is_here():
    assert [kind for kind in KNOWN if not any(fnmatch(name, kind) for name in tracked())] == []


def test_every_module_is_reached_by_a_test():
    """A test imports the module, itself or through a command, or imports a user of it.

    A user is a module that imports it, or one of the same package whose imports lead to it.
    """
    modules = {module(name): name for name in python("py/notat/") if "/init/mal" not in name}
    tests = python("tests/")
    reached = set().union(*(reached_by(test) for test in tests)) & modules.keys()
    reached |= {one for name in reached for one in imports(modules[name])} & modules.keys()
    reached |= {one for one, name in modules.items() if _is_run(name, tests)}
    frontier = reached
    while frontier:
        found = {one for name in frontier for one in imports(modules[name]) if package(one) == package(name)}
        frontier = (found & modules.keys()) - reached
        reached |= frontier
    untested = [name for one, name in modules.items() if one not in reached]
    assert [name for name in untested if not name.endswith("/__main__.py")] == [], "\n".join(untested)


def _is_run(name: str, tests: list[str]) -> bool:
    """Whether a test, or code by the module's name in quotes, runs the module, as Quarto and Python run scripts."""
    by_code = any(f'"{module(name)}"' in text(other) for other in python("py/notat/") if other != name)
    return by_code or any(Path(name).name in text(test) or module(name) in text(test) for test in tests)


def test_every_folder_of_tests_is_of_a_package():
    """`tests/engine/` is of `notat.engine`, `tests/tools/bench/` of `tools.bench`."""
    folders = {Path(name).parent.relative_to("tests").as_posix() for name in python("tests/") if name.count("/") > 1}
    packages = {Path(name).parent for name in python("py/")}
    homes = {name: [Path("py/notat", name), Path("py", name)] for name in folders if name.split("/")[0] not in _WHOLE}
    assert [name for name, places in homes.items() if packages.isdisjoint(places)] == []


@pytest.mark.parametrize(
    "pattern", [r"# noqa(?!: [A-Z]+\d+(?:, [A-Z]+\d+)*  # \w)", r"# type: ignore(?!\[[\w,-]+\]  # \w)"]
)
def test_every_exception_from_a_rule_names_the_rule_and_the_reason(pattern):
    found = [name for name in python("") if name != "tests/test_habits.py" and re.search(pattern, text(name))]
    assert found == []


def test_every_rule_that_is_left_out_has_a_reason():
    lines = text("pyproject.toml").split("[tool.ruff.lint]")[1].split("[tool.ruff.lint.flake8")[0].splitlines()
    rules = [line for line in lines if re.search(r'"[A-Z]+\d*"', line) and not line.startswith("select")]
    assert len(rules) > 15
    assert [line for line in rules if "# " not in line] == []


def test_types_are_checked_strictly_in_both_packages():
    settings = text("pyproject.toml").split("[tool.mypy]")[1].split("[[")[0]
    assert re.search(r"^strict = true$", settings, re.MULTILINE)
    assert all(f'"{name}"' in settings for name in ("notat", "content"))


# Where a file may be written in place, and why: the folder is new, and appears complete or is deleted.
_IN_PLACE = {
    "py/notat/text/paths.py": "this is what writes whole files",
    "py/notat/engine/build.py": "the new folder of a build",
    "py/notat/engine/write/docx.py": "the new folder of a build",
    "py/notat/engine/write/html.py": "the new folder of a build",
    "py/notat/engine/write/pdf.py": "the new folder of a build",
    "py/notat/engine/write/downloads.py": "the new folder of a build",
    "py/notat/engine/write/formats.py": "the new folder of a build",
    "py/notat/engine/write/pictures.py": "the new folder of a build",
    "py/notat/engine/write/search.py": "the new folder of a build, or the one that Quarto has just written",
    "py/notat/engine/write/sharing.py": "the new folder of a build",
    "py/notat/project/manifest.py": "the new folder of a build",
    "py/notat/show/panel.py": "the new folder of a build",
    "py/notat/engine/write/scripts.py": "the new folder of a build",
    "py/notat/cli/init/__init__.py": "the new folder of a note",
    "py/notat/cli/init/county.py": "the new folder of a note",
    "py/notat/cli/init/demo.py": "the temporary folder of the demonstration",
    "py/notat/cli/scaffold/rows.py": "a copy in a temporary folder",
    "py/notat/cli/scaffold/chapters.py": "a copy in a temporary folder",
    "py/notat/docx/libreoffice.py": "a copy in a temporary folder",
    "py/notat/judge/renew/__init__.py": "a copy in the cache",
    "py/notat/serie/packing.py": "a new folder, which is then put in place",
    "py/notat/judge/verify/conditions.py": "a copy in a temporary folder",
}
_WRITES = re.compile(r"\.write_(?:text|bytes)\(|shutil\.copy(?:file|2)?\(|(?<!fd)open\([^)]*[\"'][wxa]b?[\"']")


def test_files_of_the_project_are_written_whole():
    own = re.compile(r"paths\.write_bytes\(")
    kept = (name for name in python("py/notat/") if "/init/mal" not in name)
    writers = {name for name in kept if _WRITES.search(own.sub("", text(name)))}
    assert writers - _IN_PLACE.keys() == set()
    assert _IN_PLACE.keys() - writers == set()


def test_no_test_waits_for_ever_for_a_process():
    """One that hangs must fail, and report where."""
    found = []
    for name in python("tests/"):
        for call in (node for node in ast.walk(ast.parse(text(name))) if isinstance(node, ast.Call)):
            waits = re.search(r"^subprocess\.(run|check_\w+)$|\.communicate$", ast.unparse(call.func))
            if waits and not any(keyword.arg in {"timeout", None} for keyword in call.keywords):
                found.append(f"{name}:{call.lineno}")
    assert found == []


def test_comments_and_docstrings_use_the_words_of_the_glossary():
    """The words that the glossary of CONTRIBUTING.md replaces, as far as a pattern can tell them from good English."""
    wrong = re.compile(r"(?i)\b(is|are|was|were) told\b|\bsigns\b|\brooms\b|\bmade anew\b")
    texts = {name: list(_english(name)) for name in python("") if name != "tests/test_habits.py"}
    assert sum(map(len, texts.values())) > 2000
    assert [f"{name}: {words}" for name, found in texts.items() for words in found if wrong.search(words)] == []


def _english(name: str) -> Iterator[str]:
    """The comments and docstrings of a Python file."""
    for token in tokenize.generate_tokens(io.StringIO(text(name)).readline):
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and token.string.startswith('"""')):
            yield token.string


def test_no_file_tells_of_the_machine_that_it_was_made_on():
    assert [name for name in tracked() if _MACHINE.search(text(name))] == []


def test_the_newest_release_of_the_change_log_is_the_version_of_the_package():
    log = text("CHANGELOG.md")
    assert re.findall(r"^## (\d+\.\d+\.\d+) – \d{4}-\d\d-\d\d$", log, re.MULTILINE)[0] == notat.__version__


def test_the_change_log_tells_of_numbers_and_method_in_every_release():
    for section in re.split(r"^## ", text("CHANGELOG.md"), flags=re.MULTILINE)[1:]:
        headings = re.findall(r"^### (.+)$", section, re.MULTILINE)
        assert {"Tall", "Metode"} <= set(headings), section.splitlines()[0]
        assert set(headings) <= {"Tall", "Metode", "For leseren", "For utvikleren"}


@pytest.mark.parametrize("file", sorted((PROJECT / "docs/adr").glob("*.md")), ids=lambda file: file.name)
def test_every_decision_has_context_decision_consequences_and_what_was_rejected(file):
    lines = file.read_text(encoding="utf-8").splitlines()
    number = int(file.name[:4])
    assert lines[0].startswith(f"# {number}. ")
    assert [line for line in lines if line.startswith("## ")] == [
        "## Context",
        "## Decision",
        "## Consequences",
        "## Rejected",
    ]
    assert 15 < len(lines) < 60


def test_the_decisions_are_numbered_without_gaps():
    numbers = [int(file.name[:4]) for file in sorted((PROJECT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
