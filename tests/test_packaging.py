"""The package as a product: its version, what it needs, what is locked for whom, and which systems it is for."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import notat
from notat.cli.doctor import LOCK, PYTHON, TEST_LOCK

PROJECT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = SETTINGS["project"]
OPTIONAL = [text for extra in ("uu", "serie") for text in DECLARED["optional-dependencies"][extra]]
CODE = [
    file
    for file in sorted((PROJECT / "py/notat").rglob("*.py"))
    if not {"mal", "mal_fylke", "mal_fylke_nn"} & {*file.parts}
]
PYTHONS = [f"3.{minor}" for minor in range(PYTHON[0][1], PYTHON[1][1] + 1)]
MAKEFILES = [PROJECT / "Makefile", PROJECT / "py/notat/cli/init/mal/Makefile"]


def names(requirements):
    return {canonicalize_name(Requirement(text).name) for text in requirements}


_BY_NAME = {"importlib.util.find_spec", "find_spec", "importlib.resources.files", "importlib.import_module"}


def imported(file):
    """The first part of the name of every module that a file imports or looks up, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in _BY_NAME:
            if isinstance(node.args[0], ast.Constant):
                yield node.args[0].value.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def locked(name):
    """The requirements of a lock, each with its number of digests."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    return {Requirement(entry.split("\\")[0]): entry.count("--hash=sha256:") for entry in entries}


def chosen(requirements, system, python):
    """What is installed on such a machine: version by name."""
    around = {"sys_platform": system, "python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    around |= {"platform_system": {"linux": "Linux", "darwin": "Darwin"}[system], "implementation_name": "cpython"}
    found = {}
    for requirement in requirements:
        if requirement.marker is None or requirement.marker.evaluate(around):
            name = canonicalize_name(requirement.name)
            assert name not in found, f"{name} is locked twice for {system} and Python {python}"
            found[name] = requirement
    return found


def test_the_version_stands_in_one_place():
    assert "version" not in DECLARED
    assert DECLARED["dynamic"] == ["version"]
    assert SETTINGS["tool"]["hatch"]["version"]["path"] == "py/notat/__init__.py"
    written = [file for file in CODE if f'"{notat.__version__}"' in file.read_text(encoding="utf-8")]
    assert written == [PROJECT / "py/notat/__init__.py"]


def test_what_is_imported_is_what_is_needed():
    """Both ways: nothing is missing, and nothing unused is installed. Extras are for optional imports."""
    modules = {name for file in CODE for name in imported(file)} - sys.stdlib_module_names - {"notat"}
    providers = metadata.packages_distributions()
    needed = {canonicalize_name(name) for module in modules for name in providers.get(module, [f"?{module}"])}
    runtime, optional = names(DECLARED["dependencies"]), names(OPTIONAL)
    needed.discard("?papermill")  # Quarto imports it; the doctor asks whether it is there
    assert needed - runtime - optional == set()
    assert (runtime | optional) - needed == set()
    assert runtime & optional == set()


def test_the_package_imports_neither_this_note_nor_its_tools():
    assert {(file.name, name) for file in CODE for name in imported(file) if name in {"content", "tools"}} == set()


def test_every_dependency_has_a_lower_bound_that_the_lock_fulfils():
    pinned = {**chosen(locked(LOCK), "linux", PYTHONS[0]), **chosen(locked(TEST_LOCK), "linux", PYTHONS[0])}
    for text in (*DECLARED["dependencies"], *OPTIONAL):
        requirement = Requirement(text)
        assert [one.operator for one in requirement.specifier] == [">="], text
        [version] = pinned[canonicalize_name(requirement.name)].specifier
        assert requirement.specifier.contains(version.version), text


@pytest.mark.parametrize("lock", [LOCK, TEST_LOCK])
def test_every_locked_package_has_one_version_and_its_digests(lock):
    found = locked(lock)
    assert len(found) > 40
    for requirement, digests in found.items():
        assert [one.operator for one in requirement.specifier] == ["=="], requirement
        assert digests, requirement


@pytest.mark.parametrize(("system", "python"), list(product(["linux", "darwin"], PYTHONS)))
def test_the_locks_are_whole_for_every_system_and_python(system, python):
    """What each locked package needs is locked too: for `make render` without the lock of the tests."""
    runtime, tests = (chosen(locked(lock), system, python) for lock in (LOCK, TEST_LOCK))
    assert runtime.keys() & tests.keys() == set()
    for pinned, begin in ((runtime, DECLARED["dependencies"]), ({**runtime, **tests}, list(tests))):
        needed = [Requirement(text) for text in begin]
        for name in pinned:
            try:
                needed += map(Requirement, metadata.requires(name) or ())
            except metadata.PackageNotFoundError:
                assert (system, python) != (sys.platform, "{}.{}".format(*sys.version_info)), name
        for name, requirement in chosen_all(needed, system, python):
            [version] = pinned[name].specifier
            assert requirement.specifier.contains(version.version, prereleases=True), (name, requirement)


def chosen_all(requirements, system, python):
    """As `chosen`, for requirements that may name a package many times."""
    for requirement in requirements:
        yield from chosen([requirement], system, python).items()


def test_what_audits_and_tests_is_not_installed_to_render():
    runtime = {canonicalize_name(requirement.name) for requirement in locked(LOCK)}
    tests = {canonicalize_name(requirement.name) for requirement in locked(TEST_LOCK)}
    optional, build = names(OPTIONAL), names(SETTINGS["dependency-groups"]["build"])
    assert optional <= tests
    assert {"pytest", "mypy", "ruff", "nbval"} <= tests
    assert (optional | {"pytest", "mypy", "ruff", "nbval", "pymupdf", "onnxruntime", "setuptools"}) & runtime == set()
    assert build <= runtime


def test_the_pythons_are_the_same_everywhere():
    assert [text.split(" :: ")[-1] for text in DECLARED["classifiers"] if re.search(r":: 3\.\d+$", text)] == PYTHONS
    assert DECLARED["requires-python"] == f">={PYTHONS[0]}"
    for makefile in MAKEFILES:
        text = makefile.read_text(encoding="utf-8")
        assert re.search(r"for name in ([\w. ]+);", text)[1].split() == [
            *(f"python{one}" for one in PYTHONS),
            "python3",
        ]
        assert f"(3, {PYTHON[0][1]}) <= sys.version_info < (3, {PYTHON[1][1] + 1})" in text


@pytest.fixture
def pythons(tmp_path):
    """`pythons(name=version)`: a folder with the only Pythons that are found; "" is a name that does not run."""

    def place(**versions):
        for name, version in versions.items():
            file = tmp_path / name.replace("_", ".")
            numbers = tuple(map(int, version.split("."))) if version else ()
            run = f'exec {sys.executable} -c "import sys; sys.version_info = {numbers}; exec(sys.argv[1])" "$2"'
            file.write_text(f"#!/bin/sh\n{run if version else 'exit 127'}\n", encoding="utf-8")
            file.chmod(0o755)
        return tmp_path

    return place


@pytest.mark.parametrize("makefile", MAKEFILES, ids=["this note", "a new note"])
@pytest.mark.parametrize(
    ("found", "used"),
    [
        ({"python3_11": "3.11.7", "python3_12": "3.12.1"}, "python3.11"),
        ({"python3_11": "", "python3_12": "", "python3_13": "3.13.0"}, "python3.13"),
        ({"python3_11": "", "python3": "3.12.4"}, "python3"),
        ({"python3": "3.10.2"}, ""),
        ({"python3": "3.14.0"}, ""),
    ],
)
def test_make_uses_the_first_python_that_runs_and_is_of_use(pythons, tmp_path, makefile, found, used):
    folder, note = pythons(**found), tmp_path / "notat"
    note.mkdir()
    for name in ("requirements.lock", "pyproject.toml"):
        (note / name).touch()
    command = ["/usr/bin/make", "--no-print-directory", "--file", makefile, *["--dry-run"] * bool(used), ".venv/.stamp"]
    done = subprocess.run(
        command, cwd=note, env={"PATH": str(folder)}, capture_output=True, encoding="utf-8", check=False, timeout=600
    )
    if used:
        assert f"{used} -m venv  .venv" in done.stdout.splitlines()
    else:
        assert done.returncode != 0
        assert done.stdout.startswith("Fant ikke Python 3.11, 3.12 eller 3.13. Installer en av dem")
    assert not (note / ".venv").exists()


def test_no_code_is_for_a_system_that_it_does_not_run_on():
    """Windows has WSL and the container; a branch that never runs is untested."""
    word = re.compile(r"win32|msvcrt|os\.name\b|\bmswindows|platform\.system\(\) ==")
    files = [file for folder in ("py", "tests") for file in (PROJECT / folder).rglob("*.py") if file != Path(__file__)]
    assert [file.name for file in files if word.search(file.read_text(encoding="utf-8"))] == []
