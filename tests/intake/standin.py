"""A stand-in for Statistics Norway's API: a server of its own process, over TLS, with the shapes of the specification.

`python standin.py CERTIFICATE FOLDER` prints its port. Before each answer it reads `state.json` in the folder: the
table, and the faults to commit, each so many times; after it, it adds the question to `asked.jsonl`.
"""

from __future__ import annotations

import base64
import fnmatch
import hashlib
import json
import math
import ssl
import sys
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

FOLDER = Path(sys.argv[2])
ROOT = "/api/v2"
committed: Counter[tuple[int, int]] = Counter()  # by the number of the state, and of the fault in it


def state() -> dict:
    return json.loads((FOLDER / "state.json").read_text(encoding="utf-8"))


def problem(title: str, status: int) -> tuple[int, dict, dict]:
    return 400, {"type": "Parameter error", "title": title, "status": status}, {}


def picked(asked: list[str], codes: list[str]) -> list[str] | None:
    found: list[str] = []
    for one in asked:
        kind, _, inside = one.rstrip(")").partition("(")
        match kind:
            case "top":
                new = codes[-int(inside) :]
            case "from":
                new = codes[codes.index(inside) :]
            case _:
                new = [code for code in codes if fnmatch.fnmatchcase(code, one)]
        if not new:
            return None
        found += new
    return [code for code in codes if code in found]


def dataset(table: dict, chosen: dict[str, list[str]], codelists: dict[str, str]) -> tuple[int, dict, dict]:
    dimensions, sizes = {}, []
    labels = {}
    for id_, dimension in table["dimensions"].items():
        known = dict(dimension["codes"])
        if id_ in codelists:
            known = {one["code"]: one["label"] for one in table["codelists"][codelists[id_]]["values"]}
        codes = picked(chosen[id_], list(known)) if id_ in chosen else list(known)
        if codes is None:
            return problem("Non-existent value", 400)
        if chosen and id_ not in chosen:
            return problem("Missing selection for mandantory variable", 400)
        category = {"index": {code: n for n, code in enumerate(codes)}, "label": {code: known[code] for code in codes}}
        if id_ == "ContentsCode":
            base = table.get("unit", "personer")
            category["unit"] = {code: {"base": base, "decimals": 0} for code in codes}
        dimensions[id_] = {"label": dimension["label"], "category": category, "extension": {"elimination": False}}
        labels[id_] = codes
        sizes.append(len(codes))
    values, status = [], {}
    for place, key in enumerate(product(*labels.values())):
        value = table["values"].get("|".join(key), table["values"].get("|".join(k.removeprefix("F-") for k in key)))
        if isinstance(value, str):
            status[str(place)] = value
            value = None
        values.append(value)
    notes = table["notes"]
    tree = {
        "version": "2.0",
        "class": "dataset",
        "label": table["label"],
        "source": "Statistisk sentralbyrå",
        "updated": table["updated"],
        "note": [one["text"] for one in notes],
        "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
        "id": list(labels),
        "size": sizes,
        "dimension": dimensions,
        "extension": {
            "noteMandatory": {str(n): True for n, one in enumerate(notes) if one.get("mandatory")},
            "px": {"tableid": table["id"], "decimals": 0, "nextUpdate": table["next"], "language": "no"},
            "contact": [{"raw": "Seksjon for arbeid"}],
        },
        "value": values if chosen else None,
    }
    if status:
        tree["status"] = status
    return 200, tree, {}


def answer(method: str, path: str, query: dict[str, str], body: dict | None) -> tuple[int, dict, dict]:
    table, parts = state()["table"], path.removeprefix(ROOT).strip("/").split("/")
    match parts:
        case ["config"]:
            return 200, state()["config"], {}
        case ["tables"]:
            found = [f"9000{n}" for n in range(5)]
            number, size = int(query["pageNumber"]), 2
            shown = found[(number - 1) * size : number * size]
            listed = [
                {
                    "id": id_,
                    "label": f"{id_}: {query['query']}",
                    "updated": table["updated"],
                    "firstPeriod": "2020",
                    "lastPeriod": "2023",
                    "discontinued": id_ == "90004",
                    "variableNames": ["region", "år"],
                    "links": [],
                }
                for id_ in shown
            ]
            page = {"pageNumber": number, "pageSize": size, "totalElements": 5, "totalPages": math.ceil(5 / size)}
            return 200, {"language": "no", "tables": listed, "page": page}, {}
        case ["codelists", id_] if id_ in table["codelists"]:
            return (
                200,
                {"id": id_, "label": id_, "language": "no", "languages": ["no"], "links": []} | table["codelists"][id_],
                {},
            )
        case ["tables", id_, _] if id_ != table["id"]:
            return problem("Non-existent table", 404)
        case ["tables", _, "metadata"]:
            return dataset(table, {}, {})
        case ["tables", _, "data"]:
            if body:
                chosen = {one["variableCode"]: one["valueCodes"] for one in body["selection"]}
                lists = {one["variableCode"]: one["codelist"] for one in body["selection"] if "codelist" in one}
            else:
                chosen = {k[11:-1]: v.split(",") for k, v in query.items() if k.startswith("valuecodes[")}
                lists = {k[9:-1]: v for k, v in query.items() if k.startswith("codelist[")}
            return dataset(table, chosen, lists)
    return 404, {"title": "Not Found", "status": 404}, {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.respond(None)

    def do_POST(self) -> None:
        self.respond(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def respond(self, body: dict | None) -> None:
        url = urlsplit(self.path)
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        with (FOLDER / "asked.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps({"method": self.command, "path": url.path, "query": query, "body": body}) + "\n")
        status, tree, headers = answer(self.command, url.path, query, body)
        now = state()
        for number, fault in enumerate(now["faults"]):
            key = now["number"], number
            if url.path.endswith(fault["path"]) and committed[key] < fault.get("times", 99):
                committed[key] += 1
                return self.commit(fault, tree)
        return self.send(status, json.dumps(tree, ensure_ascii=False).encode(), headers)

    def send(self, status: int, content: bytes, headers: dict[str, str], length: int | None = None) -> None:
        self.send_response(status)
        kind = "application/json; charset=utf-8" if status == 200 else "application/problem+json"
        for name, value in {"Content-Type": kind, "Set-Cookie": "a=b", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)

    def commit(self, fault: dict, tree: dict) -> None:  # noqa: C901, PLR0912  # one fault a case
        content = json.dumps(tree).encode()
        match fault["kind"]:
            case "status":
                self.send(fault["status"], json.dumps(fault.get("body", {})).encode(), fault.get("headers", {}))
            case "slow":
                self.send(200, content[:10], {}, len(content))
                time.sleep(fault["seconds"])
                self.close_connection = True
            case "truncated":
                self.send(200, content[: len(content) // 2], {}, len(content))
                self.close_connection = True
            case "type":
                self.send(200, b"<html></html>", {"Content-Type": "text/html"})
            case "oversized":
                self.send(200, b" " * fault["bytes"] + content, {})
            case "redirect":
                self.send(302, b"", {"Location": fault["to"]})
            case "digest":
                wrong = base64.b64encode(hashlib.sha256(b"noe annet").digest()).decode()
                self.send(200, content, {"Content-Digest": f"sha-256=:{wrong}:"})
            case "cells":
                self.send(200, json.dumps({**tree, "value": tree["value"][:-1]}).encode(), {})
            case "size":
                self.send(200, json.dumps({**tree, "size": [n + 1 for n in tree["size"]]}).encode(), {})
            case "table":
                px = {**tree["extension"]["px"], "tableid": "90009"}
                self.send(200, json.dumps({**tree, "extension": {**tree["extension"], "px": px}}).encode(), {})
            case "codes":
                self.send(200, json.dumps(tree).replace('"2023"', '"2019"').encode(), {})
            case "cut":
                self.send(200, content[:-20], {})
            case "body":  # whatever a test has made of an answer
                self.send(200, json.dumps(fault["tree"]).encode(), fault.get("headers", {}))

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()
