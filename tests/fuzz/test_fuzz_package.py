"""`datapackage.json`, `skjema.json`, `kontrakter.json` and notebooks: what is declared is acted on, or refused."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.data import contracts, dataset, package
from notat.judge.accept import read_notebook

pytestmark = pytest.mark.fuzz

DATA = Path(__file__).parents[2] / "data"
PACKAGE, SCHEMA, PROMISES = "datapackage.json", "skjema.json", "kontrakter.json"
_TEXTS = {name: (DATA / name).read_text(encoding="utf-8") for name in (PACKAGE, SCHEMA, PROMISES)}
NOTEBOOK = "tests/notebooks/kommunene.ipynb"
_PLAIN = [None, True, False, 0, -1, 1.5, 10**15, "", "x", "[a-z]*", "(a+)+$", "\u202e"]
_PATHS = ["../x.csv", "/x.csv", "https://x.no/x.csv", "kilder.csv", "a.csv"]
_NESTED = [[], ["x"], [[]], [None], {}, {"x": 1}, {"path": "x"}, {"fields": []}, [{"name": "x"}]]
_VALUES = st.sampled_from([*_PLAIN, *_PATHS, *_NESTED])


def readers(root):
    rows = dataset.load(root).rows
    return {
        PACKAGE: lambda: package.table_names(root),
        SCHEMA: lambda: package.schema_fields(root),
        PROMISES: lambda: [p.broken({}) for p in contracts.promises(rows, root)] or [""],
    }


@pytest.fixture(scope="module")
def read(project):
    return readers(project)


def nodes(tree, path=()):
    """Every place in the tree, by the keys and positions that lead there."""
    if path:
        yield path
    for key in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield from nodes(tree[key], (*path, key))


_TREES = {name: json.loads(text) for name, text in _TEXTS.items()}
_NODES = {name: list(nodes(tree)) for name, tree in _TREES.items()}


def at(tree, path):
    for key in path:
        tree = tree[key]
    return tree


def check_package(content, names):
    said = json.loads(content.decode("utf-8-sig"))
    assert names == [r["path"].removesuffix(".csv") for r in said["resources"] if r["schema"] == "skjema.json"]


def check_schema(content, fields):
    said = json.loads(content.decode("utf-8-sig"))
    assert list(fields.values()) == said["fields"]


_CHECKS = {PACKAGE: check_package, SCHEMA: check_schema, PROMISES: lambda content, found: None}


@pytest.mark.parametrize("name", _TEXTS)
@given(spoil=st.data())
def test_a_spoiled_declaration_says_what_it_says_or_is_refused(judge, spoiled, replaced, read, name, spoil):
    content = spoil.draw(spoiled(_TEXTS[name]))
    found = judge(name, replaced(f"data/{name}", content, read[name]))
    if found is not None:
        _CHECKS[name](content, found)


@pytest.mark.parametrize("name", _TEXTS)
@given(spoil=st.data())
def test_a_value_of_any_kind_anywhere_is_right_or_refused(judge, replaced, read, name, spoil):
    tree = copy.deepcopy(_TREES[name])
    *above, last = spoil.draw(st.sampled_from(_NODES[name]))
    parent = at(tree, above)
    if spoil.draw(st.booleans()):
        parent[last] = spoil.draw(_VALUES)
    else:
        del parent[last]
    content = json.dumps(tree).encode()
    found = judge(f"{name}: andre verdier", replaced(f"data/{name}", content, read[name]))
    if found is not None:
        _CHECKS[name](content, found)


# Texts that only people read, and the licences and sources of a table, are not checked.
_FREE = {"licenses", "sources", "contributors", "foreignKeys", "reference"}


@pytest.mark.parametrize("name", _TEXTS)
@given(spoil=st.data())
def test_a_misspelt_key_is_refused_wherever_it_stands(judge, replaced, read, name, spoil):
    keys = [path for path in _NODES[name] if isinstance(path[-1], str) and not _FREE & set(path[:-1])]
    # The corrections and the sources have schemas of their own, which the package's reader does not read.
    keys = [path for path in keys if name != PACKAGE or "schema" not in path[:-1]]
    *above, last = spoil.draw(st.sampled_from(keys))
    letter = spoil.draw(st.sampled_from("xq-_ A"))
    tree = copy.deepcopy(_TREES[name])
    parent = at(tree, above)
    parent[last + letter] = parent.pop(last)
    content = json.dumps(tree).encode()
    assert judge(f"{name}: feilskrevne nøkler", replaced(f"data/{name}", content, read[name])) is None, (above, last)


@pytest.mark.parametrize("name", _TEXTS)
@given(spoil=st.data())
def test_a_key_twice_is_refused_wherever_it_stands(judge, replaced, read, name, spoil):
    objects = [path for path in _NODES[name] if isinstance(at(_TREES[name], path), dict) and at(_TREES[name], path)]
    path = spoil.draw(st.sampled_from(objects))
    tree = copy.deepcopy(_TREES[name])
    found = at(tree, path)
    key = spoil.draw(st.sampled_from(sorted(found)))
    found["@@"] = found[key]
    content = json.dumps(tree).replace('"@@"', json.dumps(key)).encode()
    assert judge(f"{name}: nøkler to ganger", replaced(f"data/{name}", content, read[name])) is None


_BOMBS = {
    "dybde": "[" * 100_000,
    "dype objekter": '{"a":' * 2000 + "1" + "}" * 2000,
    "uendelig": '{"a": Infinity}',
    "ikke et tall": '{"a": NaN}',
    "langt heltall": '{"a": ' + "9" * 5000 + "}",
    "stort desimaltall": '{"a": 1e999}',
    "halvt tegn": '{"a": "\\ud800"}',
    "liste": "[]",
    "tall": "1",
    "tomt": "",
    "mye": '{"a": "' + "x" * 21_000_000 + '"}',
}


@pytest.mark.parametrize("bomb", _BOMBS)
@pytest.mark.parametrize("name", _TEXTS)
def test_a_bomb_does_not_go_off(judge, replaced, read, name, bomb):
    assert judge("JSON: bomber", replaced(f"data/{name}", _BOMBS[bomb].encode(), read[name])) is None


_OUTSIDE = ["../x.csv", "../../x.csv", "/etc/passwd", "/x.csv", "https://x.no/x.csv", "file:///x.csv", "x/../../y.csv"]
_OUTSIDE += [
    "mappe/x.csv",
    "./kilder.csv",
    "~/x.csv",
    "x.csv\x00",
    "C:\\x.csv",
    "\\\\x\\y.csv",
    "",
    ".",
    "..",
    ["a.csv"],
]


@pytest.mark.parametrize("path", _OUTSIDE, ids=str)
def test_no_table_lies_outside_the_folder_of_the_data(judge, replaced, read, path):
    tree = copy.deepcopy(_TREES[PACKAGE])
    for resource in (0, 1, -1):
        tree["resources"][resource]["path"] = path
        content = json.dumps(tree).encode()
        assert judge("datapackage: stier ut", replaced(f"data/{PACKAGE}", content, read[PACKAGE])) is None


@pytest.mark.filterwarnings("ignore::nbformat.warnings.MissingIDFieldWarning")
@given(st.data())
def test_a_spoiled_notebook_is_a_notebook_or_refused(judge, spoiled, replaced, project, data):
    file = project / NOTEBOOK
    content = data.draw(spoiled(file.read_text(encoding="utf-8")))
    notebook = judge("notatbok", replaced(NOTEBOOK, content, lambda: read_notebook(file, project)))
    assert notebook is None or isinstance(notebook.cells, list)


@pytest.mark.parametrize("name", _TEXTS)
def test_the_good_declarations_are_read(judge, read, name):
    assert judge(name, read[name])
