"""The client of Statistics Norway's API, against a server that keeps to the specification, fails, and lies."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from notat.intake import jsonstat
from notat.intake import ssb as client
from notat.intake.ssb import Ssb, licence
from notat.text.errors import NotatError

pytestmark = pytest.mark.process

SCHEMA = json.loads(Path(__file__).with_name("jsonstat2.schema.json").read_text(encoding="utf-8"))
ALL = {"Region": ["0", "50"], "ContentsCode": ["*"], "Tid": ["top(2)"]}


def fetch(ssb, selection=ALL, codelists=None):
    with ssb.connect() as connection:
        return connection.data("90001", selection, codelists or {})


def refused(ssb, selection=ALL, codelists=None) -> NotatError:
    with pytest.raises(NotatError) as caught:
        fetch(ssb, selection, codelists)
    assert caught.value.remedy
    assert caught.value.file.startswith("localhost")
    return caught.value


def test_the_stand_in_keeps_to_the_schema(ssb):
    content = json.loads(fetch(ssb, {"Region": ["*"], "ContentsCode": ["Arbeid"], "Tid": ["*"]}).content)
    jsonschema.validate(content, SCHEMA)
    assert content["status"] == {"6": "..", "7": ".", "8": ":"}
    with ssb.connect() as connection:
        described = connection._ask("GET", "/tables/90001/metadata", {})
    jsonschema.validate(json.loads(described.content), SCHEMA)
    for broken in ({"size": [0]}, {"value": ["2000"]}, {"status": {"seks": ".."}}, {"status": [".."]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**content, **broken}, SCHEMA)


def test_it_fetches_a_selection_as_it_came_with_all_that_was_asked_and_answered(ssb):
    received = fetch(ssb)
    [data] = jsonstat.read(received.content, "svar")
    assert [(codes["Region"], codes["Tid"], value) for codes, value, _ in data.cells()] == [
        ("0", "2022", "2100"),
        ("0", "2023", "2150"),
        ("50", "2022", "210"),
        ("50", "2023", "220"),
    ]
    assert (data.updated, data.due, data.table) == ("2024-02-01T07:00:00Z", "2025-02-03T07:00:00Z", "90001")
    assert data.notes[0] == jsonstat.Note("", "Tallene gjelder fjerde kvartal.", mandatory=True)
    [asked] = ssb.asked("/data")
    assert asked["method"] == "GET"
    assert asked["query"] == {
        "lang": "no",
        "outputFormat": "json-stat2",
        "valuecodes[Region]": "0,50",
        "valuecodes[ContentsCode]": "*",
        "valuecodes[Tid]": "top(2)",
    }
    assert received.query["metode"] == "GET"
    assert "top%282%29" in received.query["adresse"] or "top(2)" in received.query["adresse"]
    assert received.headers["content-type"].startswith("application/json")
    assert "set-cookie" not in received.headers
    assert received.name == "tables-90001-data.json"


def test_a_long_question_is_asked_by_post(ssb, monkeypatch):
    monkeypatch.setattr(client, "_LONGEST_URL", 100)
    content = fetch(ssb, {**ALL, "Region": ["F-50"]}, {"Region": "agg_Fylker"}).content
    assert json.loads(content)["value"] == [210, 220]
    [asked] = ssb.asked("/data")
    assert asked["method"] == "POST"
    assert asked["body"]["selection"][0] == {"variableCode": "Region", "valueCodes": ["F-50"], "codelist": "agg_Fylker"}


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        (["from(2022)"], ["2022", "2023"]),
        (["to(2022)"], ["2021", "2022"]),
        (["bottom(1)"], ["2021"]),
        (["top(1,1)"], ["2022"]),
        (["[range(2021,2022)]"], ["2021", "2022"]),
        (["202?"], ["2021", "2022", "2023"]),
        (["2021", "top(1)"], ["2021", "2023"]),
    ],
)
def test_selections_are_counted_before_they_are_sent(ssb, asked, years):
    with ssb.connect() as connection:
        assert sorted(connection._expanded("90001", "Tid", asked, ["2021", "2022", "2023"])) == years


def test_the_list_of_tables_is_read_page_for_page(ssb):
    with ssb.connect() as connection:
        found = list(connection.tables("arbeid"))
    assert [one.id for one in found] == ["90000", "90001", "90002", "90003", "90004"]
    assert [one.discontinued for one in found] == [False] * 4 + [True]
    assert [one["query"]["pageNumber"] for one in ssb.asked("/tables")] == ["1", "2", "3"]


def test_it_keeps_within_the_calls_that_the_api_allows(ssb):
    ssb.config = {**ssb.config, "maxCallsPerTimeWindow": 2, "timeWindow": 10}
    ssb.set()
    with ssb.connect() as connection:
        connection.data("90001", ALL, {})
    assert len(ssb.asked()) == 3
    assert sum(ssb.time.slept) == 10


def test_more_cells_than_the_api_gives_are_never_asked_for(ssb):
    ssb.config = {**ssb.config, "maxDataCells": 3}
    ssb.set()
    error = refused(ssb)
    assert (error.code, error.problem) == ("N0393", "Utvalget fra tabell 90001 har 4 celler, og SSB gir 3 om gangen.")
    assert ssb.asked("/data") == []


@pytest.mark.parametrize(
    ("headers", "waits"), [({"Retry-After": "7"}, [7.0]), ({}, [1.0]), ({"Retry-After": "snart"}, [1.0])]
)
def test_a_busy_api_is_asked_again_when_it_says(ssb, headers, waits):
    ssb.set({"path": "/data", "kind": "status", "status": 429, "headers": headers, "times": 1})
    assert fetch(ssb).content
    assert ssb.time.slept == waits
    assert len(ssb.asked("/data")) == 2


def test_it_gives_up_after_ever_longer_waits(ssb):
    ssb.set({"path": "/data", "kind": "status", "status": 500})
    error = refused(ssb)
    assert (error.code, error.problem) == ("N0391", "SSB svarte 500, 5 ganger.")
    assert len(ssb.asked("/data")) == 5
    assert ssb.time.slept == [1, 2, 4, 8]


def test_it_waits_no_longer_than_two_minutes(ssb):
    ssb.set({"path": "/data", "kind": "status", "status": 429, "headers": {"Retry-After": "3600"}})
    error = refused(ssb)
    assert (error.code, error.problem) == ("N0391", "SSB ber om å vente 3600 sekunder.")
    assert ssb.time.slept == []


def test_a_date_to_wait_for_is_understood(ssb):
    past = {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}
    ssb.set({"path": "/data", "kind": "status", "status": 503, "headers": past, "times": 1})
    assert fetch(ssb).content
    assert ssb.time.slept == [0.0]


@pytest.mark.parametrize("kind", ["truncated", "slow"])
def test_a_broken_answer_is_asked_for_again_and_then_refused(ssb, monkeypatch, kind):
    monkeypatch.setattr(client, "_TIMEOUT", client.httpx.Timeout(0.3))
    ssb.set({"path": "/data", "kind": kind, "seconds": 1.0})
    error = refused(ssb)
    assert error.code == "N0391"
    assert "5 ganger" in error.problem
    ssb.set({"path": "/nothing", "kind": "status"}, {"path": "/data", "kind": kind, "seconds": 1.0, "times": 1})
    assert fetch(ssb).content


LIES = {
    "type": ({"kind": "type"}, "N0392", "Svaret er text/html, ikke JSON."),
    "oversized": ({"kind": "oversized", "bytes": 30000}, "N0392", "Svaret er større enn 0 MB."),
    "host": ({"kind": "redirect", "to": "https://example.org/data"}, "N0392", "Svaret sender videre til example.org."),
    "plain": ({"kind": "redirect", "to": "http://localhost/data"}, "N0392", "Svaret sender videre til localhost."),
    "ring": ({"kind": "redirect", "to": "/api/v2/tables/90001/data"}, "N0392", "Svaret sender videre i ring."),
    "digest": ({"kind": "digest"}, "N0392", "Svaret har ikke den sjekksummen det oppgir."),
    "table": ({"kind": "table"}, "N0392", "Svaret er tabell 90009, ikke 90001."),
    "codes": ({"kind": "codes"}, "N0392", "Svaret har andre koder i Tid enn dem det ble spurt om."),
}


@pytest.mark.parametrize("name", LIES)
def test_an_answer_that_is_not_what_was_asked_for_is_refused(ssb, monkeypatch, name):
    fault, code, problem = LIES[name]
    monkeypatch.setattr(client, "_MAX_BYTES", 20000)
    ssb.set({"path": "/data", **fault})
    error = refused(ssb)
    assert (error.code, error.problem) == (code, problem)
    assert ssb.time.slept == []


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("cells", "Tabellen henger ikke sammen: value har 3 ledd, men dimensjonene gir 4 celler."),
        ("size", "Tabellen henger ikke sammen: dimensjonen Region har 2 koder, men size sier 3."),
        ("cut", "Innholdet er ikke hel og gyldig JSON."),
    ],
)
def test_an_answer_that_contradicts_itself_is_refused(ssb, kind, problem):
    ssb.set({"path": "/data", "kind": kind})
    with pytest.raises(NotatError) as caught:
        fetch(ssb)
    assert (caught.value.code, caught.value.problem) == ("N0387", problem)


def test_what_the_api_says_no_to_is_said_in_its_words(ssb):
    with ssb.connect() as connection, pytest.raises(NotatError) as caught:
        connection.data("90002", ALL, {})
    assert caught.value.code == "N0390"
    assert caught.value.problem == "SSB svarer 400, «Non-existent table»."
    assert "--sok" in caught.value.remedy
    body = {"type": "Parameter error", "title": "Missing selection for mandantory variable", "status": 400}
    ssb.set({"path": "/data", "kind": "status", "status": 400, "body": body})
    assert "--utvalg" in refused(ssb).remedy
    ssb.set({"path": "/data", "kind": "status", "status": 403, "body": ["odd"]})
    assert refused(ssb).problem == "SSB svarer 403."


def test_an_unknown_code_or_variable_is_named_before_anything_is_asked(ssb):
    error = refused(ssb, {**ALL, "Region": ["51"]})
    assert error.problem == "Tabell 90001 har ikke «51» i Region."
    assert "50" in error.remedy
    assert refused(ssb, {**ALL, "Regoin": ["50"]}).remedy == "Mente du Region?"
    assert refused(ssb, {**ALL, "Tid": ["top(mange)"]}).problem == "«top(mange)» for Tid kan ikke tolkes."
    assert ssb.asked("/data") == []


@pytest.mark.parametrize(
    "address",
    [
        "http://data.ssb.no/api",
        "data.ssb.no",
        "https://",
        "https://kari:hemmelig@data.ssb.no",
        "https://data.ssb.no:port",
    ],
)
def test_only_a_safe_address_is_used(address):
    with pytest.raises(NotatError) as caught:
        Ssb(address)
    assert caught.value.code == "N0394"


def test_a_server_that_nobody_vouches_for_is_not_spoken_to(ssb):
    with Ssb(ssb.address, clock=ssb.time.clock()) as connection, pytest.raises(NotatError) as caught:
        connection.metadata("90001")
    assert caught.value.code == "N0391"
    assert ssb.asked() == []


def test_the_licence_line_names_the_table():
    assert licence("90001") == "Kilde: SSB, tabell 90001, CC BY 4.0"


def lie(ssb, change, path: str = "/data") -> NotatError:
    """What is said of an answer that somebody has changed."""
    with ssb.connect() as connection:
        content = (
            connection.data("90001", ALL, {})
            if path == "/data"
            else connection._ask("GET", "/tables/90001/metadata", {})
        ).content
    tree = json.loads(content)
    change(tree)
    ssb.set({"path": path, "kind": "body", "tree": tree})
    return refused(ssb)


def _divide(tree: dict) -> None:
    tree["id"].append("Kjonn")
    tree["size"].append(1)
    tree["dimension"]["Kjonn"] = {"label": "kjønn", "category": {"index": ["1"], "label": {"1": "Menn"}}}


@pytest.mark.parametrize(
    ("change", "path", "code", "said"),
    [
        (_divide, "/data", "N0390", "Svaret er delt etter Kjonn, som det ikke er valgt koder for."),
        (
            lambda tree: tree["extension"]["px"].update(tableid="90009"),
            "/metadata",
            "N0392",
            "Svaret er tabell 90009, ikke 90001.",
        ),
        (lambda tree: tree.update(updated="01.02.2024"), "/data", "N0392", "Svaret sier «01.02.2024» om når"),
        (lambda tree: tree.update(updated="2999-02-01T07:00:00Z"), "/data", "N0392", "oppdatert 2999-02-01"),
    ],
)
def test_an_answer_that_says_what_cannot_be_is_refused(ssb, change, path, code, said):
    error = lie(ssb, change, path)
    assert error.code == code
    assert said in error.problem


def _swap(tree: dict, *, values: bool) -> None:
    """Give the answer the order Tid, Region, with or without its values."""
    region, tid = tree["size"][0], tree["size"][2]
    tree["id"].reverse()
    tree["size"].reverse()
    if values:
        tree["value"] = [tree["value"][r * tid + t] for t in range(tid) for r in range(region)]


@pytest.mark.parametrize("values", [True, False])
def test_an_answer_in_another_order_than_its_table_is_tried_by_one_cell(ssb, values):
    with ssb.connect() as connection:
        tree = json.loads(connection.data("90001", ALL, {}).content)
    _swap(tree, values=values)
    ssb.set({"path": "/data", "kind": "body", "tree": tree, "times": 1})
    if values:
        assert json.loads(fetch(ssb).content) == tree
    else:
        error = refused(ssb)
        assert error.code == "N0392"
        assert "Svaret er ordnet etter Tid, ContentsCode, Region, men det er ikke tallene i det." in error.problem


def test_an_answer_whose_codes_have_changed_places_is_tried_too(ssb):
    with ssb.connect() as connection:
        tree = json.loads(connection.data("90001", ALL, {}).content)
    index = tree["dimension"]["Tid"]["category"]["index"]
    index |= dict(zip(index, reversed(index.values()), strict=True))
    ssb.set({"path": "/data", "kind": "body", "tree": tree, "times": 1})
    assert refused(ssb).code == "N0392"


def test_the_letters_of_a_table_may_be_of_either_case(ssb):
    ssb.table["id"] = "TAB1"
    ssb.set()
    with ssb.connect() as connection:
        tree = json.loads(connection.data("TAB1", ALL, {}).content)
        connection._of_table(jsonstat.read(json.dumps(tree).encode(), "svar")[0], "tab1")
        with pytest.raises(NotatError, match="Nummeret på tabellen mangler"):
            connection.metadata("")


def test_a_window_of_calls_that_is_longer_than_anybody_waits_is_refused(ssb):
    ssb.config = {**ssb.config, "maxCallsPerTimeWindow": 1, "timeWindow": 10**9}
    ssb.set()
    error = refused(ssb)
    assert (error.code, error.problem) == ("N0391", "SSB ber om å vente 1000000000 sekunder.")
    assert ssb.time.slept == []


def test_no_more_than_some_words_of_an_answer_are_repeated(ssb):
    ssb.set({"path": "/data", "kind": "status", "status": 400, "body": {"title": "x", "detail": "y" * 5000}})
    assert len(refused(ssb).problem) < 300
