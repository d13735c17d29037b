"""Every error and finding has a code that the catalogue explains, and the catalogue explains nothing else."""

from __future__ import annotations

import ast
import pickle
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from notat.text.catalogue import entries, entry
from notat.text.errors import NotatError

PROJECT = Path(__file__).parents[2]
CODE = re.compile(r"N\d{4}")
# The layers from the bottom up: the first two digits of a code.
LAYERS = ["text", "norsk", "data", "numbers", "project", "docx", "engine", "show", "readback", "judge", "cli", "tools"]


def modules() -> dict[Path, ast.Module]:
    """The trees of all code: large, and let go when they have been read."""
    files = (
        file for folder in ("notat", "content", "tools") for file in sorted((PROJECT / "py" / folder).rglob("*.py"))
    )
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}


def layer(file: Path) -> str:
    parts = file.relative_to(PROJECT / "py").parts
    name = parts[1] if parts[0] == "notat" else parts[0]
    # What is brought in, and what it becomes, share a number, and so do a command and what only it uses.
    return {"intake": "data", "serie": "cli"}.get(name, name)


def takes_code(node: ast.AST) -> bool | None:
    """Whether this defines what makes an error or finding of the code that it is given first; None for other nodes."""
    if isinstance(node, ast.FunctionDef):
        makes = node.name == "__init__" or ast.unparse(node.returns or ast.Constant(None)) == "NotatError"
        return makes and [argument.arg for argument in node.args.args if argument.arg != "self"][:1] == ["code"]
    if isinstance(node, ast.ClassDef):
        fields = [ast.unparse(one.target) for one in node.body if isinstance(one, ast.AnnAssign)]
        init = next((one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None)
        return bool(takes_code(init)) if init else {"code", "problem"} <= set(fields) and fields[0] == "code"
    return None


def builders(module: ast.Module) -> dict[str, bool]:
    """What a module defines, by name, and whether each builds an error of the code that it is given."""
    return {node.name: found for node in ast.walk(module) if (found := takes_code(node)) is not None}


@cache
def read() -> tuple[set[str], list[tuple[Path, ast.Call]], dict[str, set[str]]]:
    """What builds an error in all code; every call that does; and the layers that use each code.

    A module's own function goes before another's of that name.
    """
    trees = modules()
    own = {file: builders(tree) for file, tree in trees.items()}
    everywhere = {name for names in own.values() for name, takes in names.items() if takes} - {"__init__"}
    sites, used = [], defaultdict(set)
    for file, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                used[node.value].add(layer(file))
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in everywhere and own[file].get(name, True):
                    sites.append((file, node))
    return everywhere, sites, used


def given(call: ast.Call) -> str | None:
    """The literal code of a site; None where it hands on the one that it has been given itself."""
    first = call.args[0]
    return first.value if isinstance(first, ast.Constant) else None


def is_handed_on(call: ast.Call) -> bool:
    return getattr(call.args[0], "id", getattr(call.args[0], "attr", "")) == "code"


def test_the_sites_are_found():
    everywhere, sites, _ = read()
    raised = {"NotatError", "Finding", "Contradiction", "Fault", "_RefusedError", "_refusal", "_wrong", "refusal"}
    assert everywhere == raised
    assert len(sites) > 250
    assert {layer(file) for file, _ in sites} == set(LAYERS)


def test_every_error_has_a_code_of_the_catalogue():
    for file, call in read()[1]:
        where = f"{file.relative_to(PROJECT)}:{call.lineno}"
        assert given(call) in entries() or is_handed_on(call), where


def test_every_code_is_used_and_every_one_used_is_explained():
    assert set(read()[2]) == set(entries())


def test_a_code_is_numbered_by_the_lowest_layer_that_uses_it():
    for code, layers in read()[2].items():
        lowest = min(map(LAYERS.index, layers))
        assert int(code[1:3]) == lowest + 1, f"{code} is used in {layers}"


def test_every_entry_says_what_and_what_to_do_in_few_words():
    seen = defaultdict(list)
    for one in entries().values():
        assert CODE.fullmatch(one.code)
        assert 1 <= len(one.title) <= 60
        assert one.title[-1] not in ".:"
        assert one.explanation.endswith("."), one.code
        assert 60 <= len(one.explanation) <= 450, one.code
        seen[one.title.casefold()].append(one.code)
        # Code is marked in pairs, or the rest of the page would be code.
        assert one.explanation.count("`") % 2 == 0, one.code
    assert [codes for codes in seen.values() if len(codes) > 1] == []


@pytest.mark.parametrize("written", ["N0315", "n0315", "0315", "[N0315]", " N0315\n"])
def test_a_code_is_found_as_it_is_written(written):
    assert entry(written).title == "Ukjent tall, figur eller tabell"


@pytest.mark.parametrize("written", ["N9999", "", "N", "tull", "N03155", "\x1b[2J", "x" * 10**5])
def test_an_unknown_code_is_refused(written, refused):
    with refused(None, None, "Ukjent feilkode"):
        entry(written)


def test_the_nearest_codes_are_named():
    with pytest.raises(NotatError, match="De nærmeste er N0131, N0132, N0133"):
        entry("N0140")


@pytest.mark.parametrize(
    "error",
    [
        NotatError("N0315", "Ukjent tall «x».", file="data/x.csv", line=3, remedy="Mente du y?"),
        NotatError("N0315", "Ukjent tall «x».", file="data/x.csv", remedy="Mente du y?"),
        NotatError("N0315", "Ukjent [N0101] «x»."),
        NotatError("N0315", "x" * 2000, file="data/x.csv", line=3, remedy="y" * 2000),
    ],
)
def test_an_error_keeps_its_code_on_its_way(error):
    assert str(error).endswith(" [N0315]")
    through = pickle.loads(pickle.dumps(error))
    assert (str(through), through.code, through.file, through.line) == (str(error), "N0315", error.file, error.line)
    placed = error.at("chapters/a.qmd", 7)
    assert (placed.code, placed.line) == ("N0315", error.line or (None if error.file else 7))
    read = NotatError.read(str(error))
    assert read is not None
    assert (read.code, read.line) == ("N0315", error.line)
    if len(str(error)) < 600:
        assert str(read) == str(error)


@pytest.mark.parametrize("message", ["", "Ukjent tall «x».", "x [N031]", "x[N0315]", "[N0315]", "x [N0315] y"])
def test_a_message_without_a_code_is_no_error_of_ours(message):
    assert NotatError.read(message) is None


def test_every_code_is_explained_in_english_too():
    ours, theirs = entries(), entries(english=True)
    assert list(theirs) == list(ours)
    assert len({one.part for one in theirs.values()}) == len({one.part for one in ours.values()})
    assert [code for code, one in theirs.items() if not 5 < len(one.title) < 90 or one.title[-1] == "."] == []
    assert [
        code for code, one in theirs.items() if not 50 < len(one.explanation) < 600 or one.explanation[-1] != "."
    ] == []
    # Bokmål only in quotations and code.
    words = re.compile(r"\b(?:ikke|og|er|fila|som|har|skal|det|eller|den|et|av|til|på)\b|[æøå]")
    bare = {
        code: re.sub(r"``.*?``|`[^`]*`|“[^”]*”|bokmål", "", f"{one.title} {one.explanation}")
        for code, one in theirs.items()
    }
    assert {code: words.findall(text) for code, text in bare.items() if words.search(text)} == {}
    # Code, commands and names of files are the same.
    marks = [
        {
            code: {mark.replace("NAME", "NAVN") for mark in re.findall(r"`([^` ]+)`", one.explanation)}
            for code, one in each.items()
        }
        for each in (ours, theirs)
    ]
    assert [code for code in ours if marks[0][code] != marks[1][code]] == []
