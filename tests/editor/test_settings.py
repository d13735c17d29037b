"""The settings of the editor and of its container: valid, in step with each other, and about things that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
KEPT = sorted(
    file
    for pattern in ("*.json", ".vscode/*", ".devcontainer/*", "docs/skjema/*")
    for file in PROJECT.glob(pattern)
    if file.suffix in (".json", ".code-snippets")
)


def refuse_twice(pairs):
    assert len(dict(pairs)) == len(pairs), [key for key, _ in pairs]
    return dict(pairs)


def read(name):
    return json.loads((PROJECT / name).read_text(encoding="utf-8"))


def chapters() -> str:
    files = [PROJECT / "index.qmd", *sorted((PROJECT / "chapters").glob("*.qmd"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.name)
def test_every_file_is_plain_json_with_no_key_twice(file):
    assert json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=refuse_twice)


def test_the_container_has_the_extensions_that_are_recommended():
    recommended = read(".vscode/extensions.json")["recommendations"]
    container = read(".devcontainer/devcontainer.json")
    assert container["customizations"]["vscode"]["extensions"] == recommended == sorted(set(recommended))


def test_the_container_is_made_of_what_the_project_asks_for():
    container = read(".devcontainer/devcontainer.json")
    recipe = (PROJECT / ".devcontainer" / container["build"]["dockerfile"]).read_text(encoding="utf-8")
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    python = re.search(r"^PYTHON \?= \$\(shell for name in python(\S+) ", makefile, re.MULTILINE)[1]
    assert re.search(rf"^FROM \S+/python:{re.escape(python)}-", recipe, re.MULTILINE)
    required = re.search(
        r'quarto-required: ">=(\d+)\.(\d+)', (PROJECT / "_extensions/notat/_extension.yml").read_text()
    )
    pinned = re.search(r"^ARG QUARTO=(\d+)\.(\d+)\.\d+$", recipe, re.MULTILINE)
    assert tuple(map(int, pinned.groups())) >= tuple(map(int, required.groups()))
    program, target = container["postCreateCommand"].split()
    assert program == "make"
    assert re.search(rf"^{target}: .venv/.stamp-test\b", makefile, re.MULTILINE)  # the editor lints and tests
    # What the tests of the clean clone install so that none is skipped.
    programs = re.findall(r"needed\+?=\((.+?)\)", (PROJECT / ".ci/programs").read_text(encoding="utf-8"))
    assert len(programs) == 2
    assert set(" ".join(programs).split()) <= set(recipe.split())


def test_the_words_of_the_spelling_are_sorted_and_stand_in_the_chapters():
    words = read("cspell.json")["words"]
    folded = [word.casefold() for word in words]
    assert folded == sorted(set(folded))
    # The checker splits a name such as AgriTech.
    used = {word.casefold() for word in re.findall(r"\w+", chapters())}
    used |= {word.casefold() for word in re.findall(r"[A-ZÆØÅ][a-zæøå]+(?=[A-ZÆØÅ])", chapters())}
    assert [word for word in words if word.casefold() not in used] == []


def test_the_spelling_skips_code_and_names_but_no_prose():
    patterns = read(".vscode/settings.json")["cSpell.ignoreRegExpList"]
    text = (
        'Det var `{python} tall("sysselsatte")` i arbeid [@ssbkilde], [økt]{.paastand #p-kortnavn}[^notenavn].\n'
        "\n```{python}\nfrom notat import kodeord\n```\n\n{{< include _delnavn.qmd >}}\n\nSe [her](https://adressen.no).\n"
    )
    for pattern in patterns:
        whole = re.fullmatch(r"/(.*)/(\w*)", pattern)
        text = re.sub(whole[1] if whole else pattern, "", text, flags=re.MULTILINE if whole else 0)
    assert re.findall(r"\w+", text) == ["Det", "var", "i", "arbeid", "økt", "Se", "her"]


def test_what_is_hidden_and_not_searched_is_what_git_does_not_keep():
    settings = read(".vscode/settings.json")
    ignored = (PROJECT / ".gitignore").read_text(encoding="utf-8").split()
    bare = {name.removeprefix("**/").strip("/") for name in ignored}
    hidden = {name.removeprefix("**/") for name in settings["files.exclude"]}
    assert hidden <= bare
    assert set(settings["search.exclude"]) <= bare | {"requirements*.lock"}


def test_the_interpreter_is_that_of_the_makefile():
    path = read(".vscode/settings.json")["python.defaultInterpreterPath"]
    assert path == "${workspaceFolder}/.venv/bin/python"
    assert re.search(r"^BIN := \.venv/bin$", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_python_is_indented_and_wrapped_as_ruff_does():
    rules = (PROJECT / ".editorconfig").read_text(encoding="utf-8")
    width = re.search(r"^line-length = (\d+)$", (PROJECT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)[
        1
    ]
    assert re.search(rf"\[\*\.py\]\nindent_size = 4\nmax_line_length = {width}\n", rules)
    assert read(".vscode/settings.json")["[python]"]["editor.rulers"] == [int(width)]
