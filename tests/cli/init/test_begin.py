"""The package is a product: from its wheel alone, `notat init` creates a note that renders and passes its tests.

Nothing here uses the code of the repository, except tests that say so: the wheel is built and installed, `notat init`
creates a note, and the note gets an environment with its own wheel. Only packages from PyPI come from the environment
of the tests, because installing them again takes minutes; `make setup` in a new note does that.
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import nbformat
import pikepdf
import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from notat.cli.init import WHEELS, begin, wheel
from notat.engine.write import brand
from notat.judge.checks import checksums
from notat.norsk import language
from notat.project.brand import read_brand
from notat.project.config import read_config
from notat.readback.read import read_document
from notat.text import profiles

PROJECT = Path(__file__).parents[3]
CONTROL = "tests/notebooks/kontroll.ipynb"
pytestmark = pytest.mark.process


def environment(folder, package):
    """An environment in `folder` with that wheel as `notat`, and with the other packages of the tests."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=600)
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin/python", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-q", "--no-index", "--no-deps", "--no-compile", package], check=True, timeout=600)
    [own] = folder.glob("lib/python*/site-packages")
    (own / "pypi.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    script = folder / "bin/pytest"
    script.write_text(f"#!{folder}/bin/python\nimport pytest\nraise SystemExit(pytest.console_main())\n")
    script.chmod(0o755)
    (folder / "bin/ruff").symlink_to(Path(sys.prefix) / "bin/ruff")
    return folder


def run(folder, *command):
    """Run a command in `folder`, in an environment without references to the repository."""
    around = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    return subprocess.run(
        command,
        cwd=folder,
        env={**around, "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The wheel as published, built by the build backend."""
    folder = tmp_path_factory.mktemp("hjul")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
    subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, timeout=600)
    [file] = folder.glob("*.whl")
    return file


@pytest.fixture(scope="session")
def installed(built, tmp_path_factory):
    """The command of an environment with the wheel, outside the repository."""
    return environment(tmp_path_factory.mktemp("maskin") / "env", built) / "bin/notat"


@pytest.fixture(scope="session")
def begun(installed, tmp_path_factory, share_fonts):
    """The root of a note created by the installed command in an empty folder; tests may only build it."""
    root = tmp_path_factory.mktemp("nytt") / "nordland"
    root.mkdir()
    done = run(root, installed, "init", ".")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Neste: make render && make test"
    [package] = (root / WHEELS).glob("*.whl")
    environment(root / ".venv", package)
    for stamp in (".stamp", ".stamp-test"):
        (root / ".venv" / stamp).touch()
    share_fonts(root)
    return root


def contents(file):
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def rows(folder):
    found = []
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            found += [row for row in csv.DictReader(stream) if "verdi" in row]
    return [tuple(value for name, value in row.items() if name != "id") for row in found]


def test_the_note_is_a_book_of_its_own_with_another_brand(begun):
    config, ours = read_config(begun), read_config(PROJECT)
    assert config.title != ours.title
    assert [chapter.file for chapter in config.chapters][:3] == [
        "index.qmd",
        "chapters/arbeid.qmd",
        "chapters/eksport.qmd",
    ]
    assert brand.in_use(begun) == read_brand(begun).palette != read_brand(PROJECT).palette
    assert list(checksums.changed_files(begun)) == []


def test_every_value_is_one_that_this_project_has_from_the_same_source(begun):
    own = rows(begun / "data")
    assert own
    assert set(own) <= set(rows(PROJECT / "data"))


def test_the_wheel_holds_the_package_the_house_and_nothing_of_this_note(built):
    names = set(contents(built))
    assert {"notat/cli/main.py", "notat/py.typed", "notat/cli/init/mal/_quarto.yml"} <= names
    assert {"notat/house/_extensions/notat/notat.css", "notat/house/docs/skjema/brand.schema.json"} <= names
    tops = {name.split("/")[0] for name in names}
    assert tops == {"notat", built.name.removesuffix("-py3-none-any.whl") + ".dist-info"}


def test_the_wheel_that_goes_along_is_the_one_that_was_installed(built, begun):
    """Except for the generator's name, and the list of digests that includes it."""
    first, second = contents(built), contents(next((begun / WHEELS).glob("*.whl")))
    assert first.keys() == second.keys()
    unlike = {name.split("/")[-1] for name in first if first[name] != second[name]}
    assert unlike == {"WHEEL", "RECORD"}


def test_the_wheel_is_the_same_from_the_repository_and_from_a_note(begun, tmp_path):
    """Twice from the repository, and once from the environment of a note that installed it from a wheel."""
    done = run(tmp_path, begun / ".venv/bin/notat", "init", "tredje")
    assert done.returncode == 0, done.stderr
    begin(tmp_path / "igjen", lambda step: None)
    files = [next((root / WHEELS).glob("*.whl")) for root in (begun, tmp_path / "tredje")]
    assert len({file.read_bytes() for file in files}) == 1
    ours = [wheel.write(tmp_path / name).read_bytes() for name in ("a", "b")]
    assert len({*ours, next((tmp_path / "igjen" / WHEELS).glob("*.whl")).read_bytes()}) == 1
    note = {file.relative_to(begun) for file in begun.rglob("*") if file.is_file() and ".venv" not in file.parts}
    third = {file.relative_to(tmp_path / "tredje") for file in (tmp_path / "tredje").rglob("*") if file.is_file()}
    assert third <= note


def test_the_command_helps_and_says_how_the_machine_is_outside_any_note(installed, tmp_path):
    helped = run(tmp_path, installed, "--help")
    assert helped.returncode == 0
    assert "init" in helped.stdout
    seen = run(tmp_path, installed, "doctor")
    assert seen.returncode == 0, seen.stdout + seen.stderr
    assert "Kjør notat init" in seen.stdout
    assert "Alt som må være her, er her." in seen.stdout
    lost = run(tmp_path, installed, "render")
    assert lost.returncode == 1
    assert lost.stderr.startswith("Feil: Fant ingen _quarto.yml")


def test_the_note_runs_the_wheel_and_its_own_modules(begun):
    """As in a kernel started by Quarto or nbval, which does not know where the note's own modules are."""
    code = "import notat, sys; from notat.show.authoring import numbers; numbers(); import content"
    said = run(begun, begun / ".venv/bin/python", "-c", f"{code}; print(notat.__file__, content.__file__, *sys.path)")
    package, own, *places = said.stdout.split()
    assert Path(package).is_relative_to(begun / ".venv")
    assert Path(own) == begun / "py/content/__init__.py"
    assert str(PROJECT / "py") not in places


def test_the_two_commands_render_the_note_and_pass_its_tests(begun):
    rendered = run(begun, "make", "render")
    assert rendered.returncode == 0, rendered.stderr
    assert "Nordland" in (begun / "_output/index.html").read_text(encoding="utf-8")
    checked = run(begun, begun / ".venv/bin/notat", "check", "--utdata")
    assert checked.stdout.endswith("Ingen funn.\n"), checked.stdout
    assert "merk:" not in checked.stdout
    tested = run(begun, "make", "test")
    assert tested.returncode == 0, tested.stdout
    assert " passed" in tested.stdout
    assert "skipped" not in tested.stdout


@pytest.fixture(scope="session", params=["nn", "en"])
def spoken(request, installed, tmp_path_factory, share_fonts):
    """The language and the root of a rendered note in nynorsk or English."""
    root = tmp_path_factory.mktemp("sprak") / request.param
    done = run(root.parent, installed, "init", root.name, "--sprak", request.param)
    assert done.returncode == 0, done.stderr
    [package] = (root / WHEELS).glob("*.whl")
    environment(root / ".venv", package)
    for stamp in (".stamp", ".stamp-test"):
        (root / ".venv" / stamp).touch()
    share_fonts(root)
    rendered = run(root, "make", "render")
    assert rendered.returncode == 0, rendered.stderr
    return language.of(request.param), root


def test_a_note_in_another_language_renders_and_passes_its_tests_with_the_two_commands(spoken):
    _, root = spoken
    checked = run(root, root / ".venv/bin/notat", "check", "--utdata")
    assert checked.stdout.endswith("Ingen funn.\n"), checked.stdout
    tested = run(root, "make", "test")
    assert tested.returncode == 0, tested.stdout
    assert " passed" in tested.stdout


def test_a_note_in_another_language_is_tested_as_the_one_in_bokmal(spoken):
    _, root = spoken
    ours, theirs = (nbformat.read(home / CONTROL, 4) for home in (PROJECT / "py/notat/cli/init/mal", root))
    assert [cell.source for cell in theirs.cells] == [cell.source for cell in ours.cells]
    book = profiles.read(root).keys["book"]
    assert f"  name: {book['author']}\n" in (root / "_brand.yml").read_text(encoding="utf-8")


def test_a_note_in_another_language_says_nothing_in_bokmal(spoken):
    """No word of the interface in bokmål that the language, or the note itself, does not have too."""
    own, root = spoken
    tables = own.tables
    texts = {**tables["said"], **tables["terms"], **tables["script"]["texts"]}
    sources = [file for file in root.rglob("*") if file.suffix in (".qmd", ".csv", ".bib", ".yml", ".py")]
    made = {".venv", ".notat", "_output"}
    written = "\n".join(file.read_text(encoding="utf-8") for file in sources if made.isdisjoint(file.parts))
    bokmal = words_of("\n".join(texts)) - words_of("\n".join(texts.values())) - words_of(written)
    assert len(bokmal) > 50
    shown = {}
    for file in sorted((root / "_output").glob("*.html")):
        shown[file.name] = file.read_text(encoding="utf-8")
    for name in ("pdf", "docx"):
        file = root / f"_output/diskusjonsnotat.{name}"
        shown[name] = "\n".join(block.text for block in read_document(file))
    panel = (root / "_output/ressurser/tall.js").read_text(encoding="utf-8")
    shown["tall.js"] = "\n".join(strings(json.loads(panel[panel.index("{") : panel.rindex("}") + 1])))
    assert {name: sorted(found) for name, text in shown.items() if (found := said_in(text) & bokmal)} == {}


def words_of(text):
    return {word.lower() for word in re.findall(r"[^\W\d_]{3,}", text)}


def strings(value):
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)
    elif isinstance(value, str):
        yield value


def said_in(text):
    """The words that a reader meets on a page or in a document, without those of the markup."""
    named = re.findall(r'(?:aria-label|alt|title|content)="([^"]*)"', text)
    return words_of("\n".join([*named, re.sub(r"<[^<>]*>", " ", text)]))


def test_a_note_in_another_language_says_so_in_every_format(spoken):
    own, root = spoken
    page = (root / "_output/index.html").read_text(encoding="utf-8")
    assert f'<html lang="{own.tag}"' in page
    with pikepdf.open(root / "_output/diskusjonsnotat.pdf") as pdf:
        assert str(pdf.Root.Lang).split("-")[0] == own.code
    with zipfile.ZipFile(root / "_output/diskusjonsnotat.docx") as document:
        styles = document.read("word/styles.xml").decode()
    assert set(re.findall(r'w:lang w:val="([^"]*)"', styles)) == {own.tag}


def test_the_values_are_those_of_the_note_in_bokmal(begun, spoken):
    def values(folder):
        return [
            (row["id"], row["periode"], row["verdi"], row["enhet"], row["kilde"])
            for file in sorted((folder / "data").glob("*.csv"))
            for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
            if "verdi" in row
        ]

    assert values(spoken[1]) == values(begun)


def test_the_code_of_the_note_is_formatted(begun):
    """`make test` of the note tests the rest."""
    formatted = run(begun, begun / ".venv/bin/ruff", "format", "--check", ".")
    assert formatted.returncode == 0, formatted.stdout


@pytest.mark.parametrize("where", ["full", "fil", "inne"])
def test_a_place_that_is_taken_is_refused_and_left_as_it_was(tmp_path, refused, where):
    target = {"full": tmp_path / "full", "fil": tmp_path / "fil", "inne": PROJECT / "chapters" / "nytt"}[where]
    if where == "full":
        target.mkdir()
        (target / "noe.txt").write_text("noe", encoding="utf-8")
    if where == "fil":
        target.write_text("noe", encoding="utf-8")
    with refused(None, None, "ligger inne i" if where == "inne" else "er ikke tom"):
        begin(target, lambda step: None)
    left = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*")}
    assert left == {"full": {"full", "full/noe.txt"}, "fil": {"fil"}, "inne": set()}[where]
    if where != "inne":
        assert {file.read_text(encoding="utf-8") for file in tmp_path.rglob("*") if file.is_file()} == {"noe"}
    assert not (PROJECT / "chapters" / "nytt").exists()


def test_a_repository_and_an_environment_are_no_content(tmp_path):
    for name in (".git", ".venv"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "merke").touch()
    made = begin(tmp_path, lambda step: None)
    assert tmp_path / "_quarto.yml" in made
    assert all((tmp_path / name / "merke").is_file() for name in (".git", ".venv"))


@pytest.mark.parametrize("there", [True, False])
def test_a_note_that_cannot_be_finished_leaves_nothing(tmp_path, refused, monkeypatch, there):
    monkeypatch.setattr(wheel, "NAME", "finnes-ikke")
    if there:
        (tmp_path / "halvt").mkdir()
    with refused(None, None, "er ikke installert"):
        begin(tmp_path / "halvt", lambda step: None)
    assert [file.name for file in tmp_path.rglob("*")] == ["halvt"] * there


def test_what_was_moved_is_removed_when_the_rest_cannot_be(tmp_path, monkeypatch):
    real = Path.rename

    def rename(self, target):
        if self.name == "data":
            raise OSError("disken er full")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="disken er full"):
        begin(tmp_path, lambda step: None)
    assert list(tmp_path.iterdir()) == []


def test_the_editor_finds_in_the_note_what_its_settings_and_tasks_name(begun):
    settings = json.loads((begun / ".vscode/settings.json").read_text(encoding="utf-8"))
    named = {entry["url"]: begun / entry["fileMatch"][0].lstrip("/") for entry in settings["json.schemas"]}
    named |= {url: begun / file.lstrip("/") for url, file in settings["yaml.schemas"].items()}
    for url, file in named.items():
        schema = json.loads((begun / url).read_text(encoding="utf-8"))
        if file.is_file():
            written = YAML(typ="safe").load(file)  # which reads JSON too
            plain = json.loads(json.dumps(written, ensure_ascii=False, default=str))
            assert [error.message for error in Draft7Validator(schema).iter_errors(plain)] == [], file
    makefile = (begun / "Makefile").read_text(encoding="utf-8")
    for task in json.loads((begun / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]:
        if task["command"] == "make":
            assert f"\n{task['args'][0]}: " in makefile
    assert (begun / ".devcontainer/Dockerfile").is_file()
