"""What the documents name exists: paths, commands, options and settings."""

from __future__ import annotations

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import click
import pytest

import notat
from notat.cli.main import cli

PROJECT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    file for file in [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")] if not file.name.startswith("_")
)
MADE = set(re.findall(r"^([\w./*-]+)/$", (PROJECT / ".gitignore").read_text(encoding="utf-8"), re.MULTILINE))
TARGETS = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
# Invented names that show a form; new ones are listed here on purpose.
EXAMPLES = {"py/notat/x/y.py", "tests/x/", "_quarto-NAVN.yml", "_quarto-NAME.yml"}
_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?:[\w.*-]+/)+[\w.*-]*|[\w-]+\.(?:bib|md|yml|yaml|toml|qmd|lock)")
_LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")
_SETTING = re.compile(r"\bNOTAT_[A-Z]+(?:_[A-Z]+)*\b")

every_document = pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.relative_to(PROJECT).as_posix())


def code(file):
    """The code of a document: spans, and the lines of its blocks."""
    text = file.read_text(encoding="utf-8")
    blocks = [line for block in _FENCED.findall(text) for line in block.splitlines()]
    return blocks, _INLINE.findall(_FENCED.sub("", text))


def exists(name, document):
    """From the project, the document's folder, a package whose parts are named, or a new note; or else it is built."""
    if name in EXAMPLES or any(fnmatch(name.split("/")[0], made) for made in MADE):
        return True
    packages = ("py", "py/notat", "py/notat/engine", "py/content", "py/notat/cli/init/mal")
    homes = (PROJECT, document.parent, *(PROJECT / name for name in packages))
    return any(next(home.glob(name.rstrip("/")), None) for home in homes)


@every_document
def test_every_path_that_a_document_names_exists(file):
    named = [span for span in code(file)[1] if _PATH.fullmatch(span)]
    named += _LINK.findall(file.read_text(encoding="utf-8"))
    assert [name for name in named if not exists(name, file)] == []


def test_the_documents_name_many_paths():
    """The test above would hold for a pattern that finds none."""
    assert len({span for file in DOCUMENTS for span in code(file)[1] if _PATH.fullmatch(span)}) > 30


@every_document
def test_every_command_that_a_document_names_exists_with_its_options(file):
    blocks, spans = code(file)
    wrong = [text for text in [*blocks, *spans] if not _runs(text)]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    ["make nothing", "notat rendre", ".venv/bin/notat render --till html", "notat check --fort", "make x render"],
)
def test_a_command_that_does_not_exist_would_be_found(text):
    assert not _runs(text)


@pytest.mark.parametrize("text", ["make render", "make release VERSION=0.2.0", "notat trace ID", "from notat import x"])
def test_a_command_that_exists_is_not_complained_of(text):
    assert _runs(text)


def _runs(text):
    """Whether every command in a piece of code exists; code that is no command always does."""
    text = text.split("#")[0].strip()
    if match := re.match(r"(?:\w+=\S+ )*make ([^&|]+)", text):
        words = [word for word in match[1].split() if "=" not in word and not word.startswith("-")]
        if not {word for word in words if re.fullmatch(r"[a-z]+", word)} <= TARGETS:
            return False
    if match := re.match(r"(?:\w+=\S+ )*(?:\.venv/bin/)?notat ([a-z]+)([^&|]*)", text):
        command, words = cli.commands.get(match[1]), match[2].split()
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            command = command.commands.get(words.pop(0))
        known = {name for option in command.params for name in option.opts} if command else set()
        return command is not None and {word for word in words if word.startswith("--")} <= known | {"--help"}
    return True


def test_every_command_that_a_message_tells_to_run_exists():
    """Messages say «Kjør notat render» and «kjør make test»."""
    wrong = []
    for file in sorted(Path(notat.__file__).parent.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        wrong += [(file.name, name) for name in re.findall(r"[Kk]jør notat ([a-z]+)", text) if name not in cli.commands]
        wrong += [(file.name, name) for name in re.findall(r"[Kk]jør make ([a-z]+)", text) if name not in TARGETS]
    assert wrong == []


def test_every_command_and_its_options_have_help_in_a_sentence():
    for name, command in cli.commands.items():
        assert command.help.rstrip().endswith("."), name
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help.endswith("."), (name, option.name)


def test_every_setting_in_the_code_is_described_and_every_described_setting_is_used():
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False, timeout=600)
    if listed.returncode:
        pytest.skip("ikke en git-kopi, så det finnes ingen liste over filer")
    files = [
        PROJECT / name for name in listed.stdout.splitlines() if name.startswith(("py/", "tests/", "Makefile", ".ci/"))
    ]
    texts = (file.read_text(encoding="utf-8") for file in files if file.suffix in (".py", ".js", "") and file.is_file())
    used = {name for text in texts for name in _SETTING.findall(text)}
    table = (PROJECT / "docs/innstillinger.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(NOTAT_[A-Z_]+)` \|", table, re.MULTILINE))
    assert described == used


def test_the_list_of_what_is_kept_names_every_section_and_no_other():
    text = (PROJECT / "docs/dekning.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(sec-[\w-]+)`", text))
    chapters = [PROJECT / "index.qmd", *(PROJECT / "chapters").glob("*.qmd")]
    written = {
        found: file.name
        for file in chapters
        for found in re.findall(r"^#.*#(sec-[\w-]+)\}$", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named - written.keys() == set()
    # New in this note, or a title over sections that are listed themselves.
    new = {"sec-nytt", "sec-sammendrag-nokkeltall", "sec-sammendrag-drofting", "sec-satsing-biookonomi"}
    over = {"sec-innledning", "sec-innledning-tema", "sec-kompetanse-arbeidslivet", "sec-kompetanse-utdanning"}
    about = {
        "sec-avvik",
        "sec-kolofon",
        "sec-kolofon-lisens",
        "sec-kolofon-laget",
        "sec-kommunetall",
        "sec-litteratur",
        "sec-tallgrunnlag",
        "sec-tilgjengelighet",
    }
    short = {id_ for id_ in written if id_.startswith("sec-kortversjon")}
    assert written.keys() - named == new | over | about | short
