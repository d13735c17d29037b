"""JSON-stat in all its shapes gives the same cells, and what contradicts itself is refused."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.intake import jsonstat
from notat.text.errors import NotatError

DIMENSIONS = {
    "Sted": {"label": "sted", "category": {"index": {"b": 1, "a": 0}, "label": {"a": "Aure", "b": "Bjugn"}}},
    "Hva": {
        "label": "hva",
        "note": ["Gjelder <i>alle</i>."],
        "category": {
            "label": {"x": "Elever"},
            "unit": {"x": {"base": "elever", "decimals": 1}},
            "note": {"x": ["Bare <a href='https://example.org'>grunnskolen</a>"]},
        },
        "extension": {"noteMandatory": {"0": True}, "categoryNoteMandatory": {"x": {"0": True}}},
    },
    "Tid": {"category": {"index": ["2021", "2022"]}},
}
VERSION_2 = {
    "version": "2.0",
    "class": "dataset",
    "label": "Elever",
    "source": "Noen",
    "updated": "2024-01-12T07:00:00Z",
    "note": ["Én", "To"],
    "extension": {"noteMandatory": {"1": True}, "px": {"tableid": "12345", "nextUpdate": "2025-01-12"}},
    "role": {"time": ["Tid"], "metric": ["Hva"], "geo": ["Sted"]},
    "id": ["Sted", "Hva", "Tid"],
    "size": [2, 1, 2],
    "dimension": DIMENSIONS,
    "value": [1, 2.50, None, 4],
    "status": {"2": ".."},
}
CELLS = [
    ({"Sted": "a", "Hva": "x", "Tid": "2021"}, "1", ""),
    ({"Sted": "a", "Hva": "x", "Tid": "2022"}, "2.5", ""),
    ({"Sted": "b", "Hva": "x", "Tid": "2021"}, "", ".."),
    ({"Sted": "b", "Hva": "x", "Tid": "2022"}, "4", ""),
]
OF_VERSION_1 = {
    "label": "Elever",
    "dimension": {**DIMENSIONS, "id": ["Sted", "Hva", "Tid"], "size": [2, 1, 2], "role": VERSION_2["role"]},
    "value": VERSION_2["value"],
    "status": VERSION_2["status"],
}


def read(tree) -> list[jsonstat.Dataset]:
    return jsonstat.read(json.dumps(tree).encode(), "svar.json")


@pytest.mark.parametrize(
    "tree",
    [
        VERSION_2,
        {"class": "collection", "version": "2.0", "link": {"item": [VERSION_2]}},
        {"dataset": OF_VERSION_1},
        {"elever": OF_VERSION_1},
        {**VERSION_2, "value": {"0": 1, "1": 2.5, "3": 4}},
        {**VERSION_2, "status": ["", None, "..", ""]},
    ],
)
def test_every_shape_gives_the_same_cells(tree):
    [data] = read(tree)
    assert list(data.cells()) == CELLS


def _reverse(tree: dict) -> None:
    tree["id"].reverse()
    tree["size"].reverse()


@pytest.mark.parametrize(
    ("change", "doubts"),
    [
        (lambda tree: None, ()),
        (_reverse, ("Verdiene står etter Tid, Hva, Sted, og dimension har Sted, Hva, Tid.",)),
        (
            lambda tree: tree["extension"]["px"].update(stub=["Tid"], heading=["Sted", "Hva"]),
            ("Verdiene står etter Sted, Hva, Tid, og stub og heading har Tid, Sted, Hva.",),
        ),
        (
            lambda tree: tree["dimension"]["Sted"]["category"].update(index={"b": 1, "a": 0}),
            ("Kodene i Sted står i en annen rekkefølge enn plassene de har.",),
        ),
    ],
)
def test_an_order_that_is_not_that_of_the_values_is_a_doubt(change, doubts):
    tree = json.loads(json.dumps(VERSION_2))
    tree["dimension"]["Sted"]["category"]["index"] = {"a": 0, "b": 1}
    change(tree)
    [data] = read(tree)
    assert data.doubts == doubts


def test_one_status_may_hold_for_all():
    for status in ("p", ["p"]):
        [data] = read({**VERSION_2, "status": status})
        assert data.statuses == ("p",) * 4


def test_a_bundle_may_have_many():
    assert [one.label for one in read({"a": OF_VERSION_1, "b": {**OF_VERSION_1, "label": "Andre"}})] == [
        "Elever",
        "Andre",
    ]


def test_labels_units_roles_times_and_notes_are_read():
    [data] = read(VERSION_2)
    sted, hva, tid = data.dimensions
    assert (sted.labels, sted.role) == ({"a": "Aure", "b": "Bjugn"}, "geo")
    assert (hva.labels, hva.units, hva.decimals) == ({"x": "Elever"}, {"x": "elever"}, {"x": 1})
    assert (tid.label, tid.labels) == ("Tid", {"2021": "2021", "2022": "2022"})
    assert (data.table, data.updated, data.due) == ("12345", "2024-01-12T07:00:00Z", "2025-01-12")
    assert data.notes == (
        jsonstat.Note("", "Én"),
        jsonstat.Note("", "To", mandatory=True),
        jsonstat.Note("hva", "Gjelder alle.", mandatory=True),
        jsonstat.Note("hva Elever", "Bare grunnskolen", mandatory=True),
    )


def test_metadata_are_a_dataset_without_its_cells():
    tree = {**VERSION_2, "value": None, "size": [2, 1, 2]}
    data = jsonstat.metadata(json.dumps(tree).encode(), "svar")
    assert [len(one.labels) for one in data.dimensions] == [2, 1, 2]
    assert data.values == ()


def changed(*path, to):
    tree = json.loads(json.dumps(VERSION_2))
    here = tree
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = to
    return json.dumps(tree)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (changed("size", to=[2, 1]), "id og size har ikke like mange ledd"),
        (changed("size", 0, to=3), "dimensjonen Sted har 2 koder, men size sier 3"),
        (changed("id", 1, to="Sted"), "samme ledd to ganger"),
        (changed("value", to=[1, 2, 3]), "value har 3 ledd, men dimensjonene gir 4 celler"),
        (changed("value", to={"4": 1}), "value har plassen «4», men tabellen har 4 celler"),
        (changed("value", 0, to="1"), "verdien «1» er ikke et tall"),
        (changed("status", to=[".", "."]), "status har 2 ledd"),
        (changed("dimension", "Sted", "category", "index", to={"a": 0, "b": 2}), "plassene i dimensjonen Sted"),
        (changed("dimension", "Tid", "category", "index", to=["2021", "2021"]), "samme kode to ganger"),
        (changed("dimension", "Hva", to=[]), "dimensjonen Hva mangler eller er ikke et objekt"),
        (changed("extension", to=[1]), "ikke slik JSON-stat sier"),
        ('{"a": 1, "a": 2}', "En nøkkel står to ganger"),
        ('{"value": [NaN], "dimension": {}}', "«NaN» er ikke et tall"),
        (
            '{"value": [1e999999999], "dimension": {"id": ["a"], "size": [1], "a": {"category": {"index": ["x"]}}}}',
            "for langt",
        ),
        (
            '{"class": "collection", "link": {"item": [{"class": "dataset", "href": "https://x"}]}}',
            "viser til tabeller på nett",
        ),
        ("[]", "ikke et objekt"),
        ('{"a": ', "ikke hel og gyldig JSON"),
        ("[" * 100000, "ikke hel og gyldig JSON"),
        ("{}", "ingen tabell"),
    ],
)
def test_what_contradicts_itself_is_refused(text, problem):
    with pytest.raises(NotatError) as caught:
        jsonstat.read(text.encode(), "svar.json")
    assert caught.value.code == "N0387"
    assert problem in caught.value.problem
    assert caught.value.file == "svar.json"


def test_more_cells_than_anybody_needs_are_refused(monkeypatch):
    monkeypatch.setattr(jsonstat, "MAX_CELLS", 3)
    with pytest.raises(NotatError) as caught:
        read(VERSION_2)
    assert caught.value.code == "N0381"


_TREES = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "size", "category", "index"]), inner)
    ),
)


@given(st.sampled_from(sorted(VERSION_2)), _TREES)
def test_any_other_part_is_read_or_refused(key, part):
    with suppress(NotatError):  # any other error fails the test
        assert read({**VERSION_2, key: part})
