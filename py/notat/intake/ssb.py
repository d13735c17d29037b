"""A client of Statistics Norway's API, PxWebApi 2: what it asks for, waits for and believes.

It speaks TLS only, follows no redirect to another host, reads no more than it expects, keeps within the limits that
`/config` states, and waits as long as it is asked to. What answers is checked before anybody sees it. Time and chance
can be injected; so can the address, by `notat: ssb:` in `_quarto.yml` or `NOTAT_SSB`.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import random
import ssl
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import islice, product
from typing import Any
from urllib.parse import quote

import httpx

from notat.intake import jsonstat
from notat.intake.archive import Received
from notat.intake.jsonstat import Dataset
from notat.text.errors import NotatError, did_you_mean

ADDRESS = "https://data.ssb.no/api/pxwebapi/v2"
VARIABLE = "NOTAT_SSB"
Selection = Mapping[str, Sequence[str]]
_LANGUAGE = {"lang": "no"}
_FORMAT = {"outputFormat": "json-stat2"}
_LONGEST_URL = 2000  # a longer question is asked by POST
_MAX_BYTES = 50 * 10**6
_MAX_PAGES = 200
_ATTEMPTS = 5
_TIMEOUT = httpx.Timeout(20, connect=10)
_DEADLINE = 120.0  # seconds for one answer, however slowly it comes
_LONGEST_WAIT = 120.0  # seconds that an answer may ask us to wait
_LONGEST_WORDS = 200  # characters that are repeated of what an answer says
_BUSY = {429, 500, 502, 503, 504}
_EXPRESSIONS = ("top(", "bottom(", "from(", "to(", "range(", "[range(")
# What Statistics Norway answers to, and what to do about it.
_REMEDIES = {
    "Non-existent table": "Finn nummeret med notat import --sok.",
    "Non-existent value": "Rett koden; kodene står på siden til tabellen, og notat import viser dem.",
    "Missing selection for mandantory variable": "Velg koder for den også, med --utvalg VARIABEL=KODER.",
}


@dataclass
class Clock:
    """Time and chance, so that a test can have its own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    today: Callable[[], dt.datetime] = field(default=lambda: dt.datetime.now(tz=dt.UTC))


@dataclass(frozen=True)
class Found:
    """A table in the list of tables."""

    id: str
    label: str
    first: str
    last: str
    updated: str
    discontinued: bool


class Ssb:
    """A connection to the API at an address; close it, or use it as a context."""

    def __init__(self, address: str = ADDRESS, *, verify: ssl.SSLContext | bool = True, clock: Clock | None = None):
        url = _parsed(address)
        if url is None or url.scheme != "https" or not url.host or url.query or url.userinfo:
            remedy = (
                f"Skriv en som begynner med https://, som {ADDRESS}. "
                f"Den står under notat: ssb: i _quarto.yml, eller i {VARIABLE}."
            )
            raise NotatError("N0394", f"Adressen til SSB er «{address}».", remedy=remedy)
        self.address, self.host = str(url).rstrip("/"), url.host
        self.clock = clock or Clock()
        self._calls = deque[float]()
        self._limit: tuple[int, float] | None = None
        self._http = httpx.Client(verify=verify, timeout=_TIMEOUT, follow_redirects=False)

    def __enter__(self) -> Ssb:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @cached_property
    def config(self) -> dict[str, Any]:
        """What the API states of itself: the most cells of an answer, and the most calls in a window of seconds."""
        found = self._tree("/config")
        window = _whole(found, "maxCallsPerTimeWindow"), _whole(found, "timeWindow")
        if all(window):
            self._limit = window[0], float(window[1])
        return found

    def tables(self, query: str) -> Iterator[Found]:
        """The tables that match, page for page."""
        for page in range(1, _MAX_PAGES + 1):
            tree = self._tree("/tables", {"query": query, "pageNumber": str(page), "pageSize": "100"})
            for one in tree.get("tables") or []:
                first, last = str(one.get("firstPeriod") or ""), str(one.get("lastPeriod") or "")
                updated, ended = str(one.get("updated") or ""), bool(one.get("discontinued"))
                yield Found(
                    str(one.get("id") or ""), jsonstat.plain(one.get("label") or ""), first, last, updated, ended
                )
            if page >= _whole(tree.get("page") or {}, "totalPages"):
                return

    def metadata(self, table: str) -> Dataset:
        """The dimensions, notes and times of a table, with no values."""
        if not table:
            raise self._refusal("N0390", "Nummeret på tabellen mangler.", _REMEDIES["Non-existent table"])
        received = self._ask("GET", f"/tables/{quote(table, safe='')}/metadata", {})
        return self._of_table(jsonstat.metadata(received.content, received.origin), table)

    def codelist(self, id_: str) -> dict[str, str]:
        """The codes of a codelist or an aggregation, with their labels."""
        tree = self._tree(f"/codelists/{quote(id_, safe='')}")
        return {str(one.get("code")): jsonstat.plain(one.get("label") or "") for one in tree.get("values") or []}

    def data(self, table: str, selection: Selection, codelists: Mapping[str, str]) -> Received:
        """The values of a selection as JSON-stat 2, as they came; refused unless they are what was asked for."""
        most = _whole(self.config, "maxDataCells")
        known = self.metadata(table)
        codes = {one.id: one.labels for one in known.dimensions}
        codes |= {id_: self.codelist(list_) for id_, list_ in codelists.items() if id_ in codes}
        wanted = {}
        for id_, chosen in selection.items():
            if id_ not in codes:
                raise self._refusal("N0390", f"Tabell {table} har ikke variabelen «{id_}».", _known(id_, list(codes)))
            wanted[id_] = self._expanded(table, id_, chosen, list(codes[id_]))
        cells = 1
        for found in wanted.values():
            cells *= len(found)
        if most and cells > most:
            remedy = "Velg færre koder, for eksempel top(5) for tiden, eller del det i to oppskrifter."
            raise self._refusal(
                "N0393", f"Utvalget fra tabell {table} har {cells} celler, og SSB gir {most} om gangen.", remedy
            )
        query = {f"valuecodes[{id_}]": ",".join(chosen) for id_, chosen in selection.items()}
        query |= {f"codelist[{id_}]": list_ for id_, list_ in codelists.items()}
        path = f"/tables/{quote(table, safe='')}/data"
        if len(str(httpx.URL(self.address + path, params=query))) <= _LONGEST_URL:
            received = self._ask("GET", path, _FORMAT | query)
        else:
            asked: list[dict[str, Any]] = [
                {"variableCode": id_, "valueCodes": list(values)}
                | ({"codelist": codelists[id_]} if id_ in codelists else {})
                for id_, values in selection.items()
            ]
            received = self._ask("POST", path, _FORMAT, {"selection": asked})
        self._check_order(self._check(received, table, wanted), codes, path, codelists)
        return received

    def _check_order(
        self, data: Dataset, codes: Mapping[str, Mapping[str, str]], path: str, codelists: Mapping[str, str]
    ) -> None:
        """Ask for one cell alone, where an answer has another order than its table: it may lie about its values."""
        labels = {one.id: one.labels for one in data.dimensions}
        order = {id_: [code for code in codes[id_] if code in labels[id_]] for id_ in codes if id_ in labels}
        if [*order.items()] == [(id_, [*found]) for id_, found in labels.items()]:
            return
        by_table = dict(zip(product(*order.values()), data.values, strict=True))
        unlike = ((key, value) for key, value, _ in data.cells() if by_table[tuple(key[id_] for id_ in order)] != value)
        for key, value in islice(unlike, 1):
            query = {f"valuecodes[{id_}]": code for id_, code in key.items()}
            query |= {f"codelist[{id_}]": list_ for id_, list_ in codelists.items()}
            alone = jsonstat.read(self._ask("GET", path, _FORMAT | query).content, path)[0]
            if alone.values != (value,):
                raise self._lie(f"Svaret er ordnet etter {', '.join(labels)}, men det er ikke tallene i det.")

    def _expanded(self, table: str, id_: str, chosen: Sequence[str], known: list[str]) -> list[str]:
        """The codes that a selection means, by their order in the table."""
        found: dict[str, None] = {}
        for one in chosen:
            kind, _, inside = one.strip("[]").rstrip(")").partition("(")
            if one.startswith(_EXPRESSIONS):
                arguments = [part.strip() for part in inside.split(",")]
                try:
                    picked = _slice(kind, arguments, known)
                except ValueError:
                    remedy = "Skriv top(5) eller from(2015)."
                    raise self._refusal("N0390", f"«{one}» for {id_} kan ikke tolkes.", remedy) from None
            else:
                picked = [code for code in known if code == one or (set("*?") & set(one) and fnmatchcase(code, one))]
            if not picked:
                raise self._refusal("N0390", f"Tabell {table} har ikke «{one}» i {id_}.", _known(one, known))
            found |= dict.fromkeys(picked)
        return list(found)

    def _check(self, received: Received, table: str, wanted: Mapping[str, Sequence[str]]) -> Dataset:
        """Refuse an answer that is another table, or has other codes than were asked for."""
        data = self._of_table(jsonstat.read(received.content, received.origin)[0], table)
        if other := next((one.id for one in data.dimensions if one.id not in wanted), ""):
            remedy = f"Velg dem, med --utvalg {other}=KODER, eller under ssb: utvalg: i oppskriften."
            raise self._refusal("N0390", f"Svaret er delt etter {other}, som det ikke er valgt koder for.", remedy)
        for id_, codes in wanted.items():
            dimension = data.dimension(id_)
            if not dimension or set(dimension.labels) != set(codes):
                raise self._lie(f"Svaret har andre koder i {id_} enn dem det ble spurt om.")
        return data

    def _of_table(self, data: Dataset, table: str) -> Dataset:
        """The dataset, refused when it is of another table, or of a day that no answer can be of."""
        if data.table and data.table.casefold() != table.casefold():
            raise self._lie(f"Svaret er tabell {data.table}, ikke {table}.")
        try:
            day = dt.date.fromisoformat(data.updated[:10]) if data.updated else dt.date.min
        except ValueError:
            raise self._lie(f"Svaret sier «{data.updated[:30]}» om når det er oppdatert.") from None
        if day > self.clock.today().date() + dt.timedelta(days=1):
            raise self._lie(f"Svaret sier at det er oppdatert {day}, og den dagen er ikke kommet.")
        return data

    def _tree(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any]:
        received = self._ask("GET", path, query or {})
        return jsonstat.load(received.content, received.origin)

    def _ask(self, method: str, path: str, query: Mapping[str, str], body: Any = None) -> Received:
        """One question with as many attempts as it takes, within limits."""
        url = httpx.URL(self.address + path, params={**_LANGUAGE, **query})
        problem = ""
        for attempt in range(_ATTEMPTS):
            self._keep_within_limits()
            try:
                answer, content = self._answer(method, url, body)
            except httpx.TimeoutException:
                problem, wait = "svarte ikke i tide", None
            except httpx.RequestError as error:
                problem, wait = f"kunne ikke nås, eller brøt av ({type(error).__name__})", None
            else:
                if answer.status_code not in _BUSY:
                    return self._accepted(answer, content, method, url, body)
                problem, wait = f"svarte {answer.status_code}", self._asked_wait(answer)
            if attempt < _ATTEMPTS - 1:
                # Exponential, and never all clients at once.
                self.clock.sleep(wait if wait is not None else 2**attempt * (0.5 + self.clock.chance() / 2))
        raise self._refusal("N0391", f"SSB {problem}, {_ATTEMPTS} ganger.", "Prøv igjen senere. Dataene er urørt.")

    def _keep_within_limits(self) -> None:
        if self._limit:
            most, window = self._limit
            while self._calls and self._calls[0] <= self.clock.now() - window:
                self._calls.popleft()
            if len(self._calls) >= most:
                self.clock.sleep(self._bearable(self._calls[0] + window - self.clock.now()))
        self._calls.append(self.clock.now())

    def _answer(self, method: str, url: httpx.URL, body: Any) -> tuple[httpx.Response, bytes]:
        """The response with its content, read no further than to the bound of size and time."""
        began = self.clock.now()
        for _ in range(3):
            with self._http.stream(method, url, json=body) as answer:
                if answer.is_redirect:
                    target = url.join(answer.headers.get("location", ""))
                    if target.scheme != "https" or target.host != self.host:
                        raise self._lie(f"Svaret sender videre til {target.host or 'en annen adresse'}.")
                    url = target
                    continue
                parts, size = [], 0
                for part in answer.iter_bytes():
                    size += len(part)
                    parts.append(part)
                    if size > _MAX_BYTES:
                        raise self._lie(f"Svaret er større enn {_MAX_BYTES // 10**6} MB.")
                    if self.clock.now() - began > _DEADLINE:
                        raise httpx.ReadTimeout("for sakte")
                return answer, b"".join(parts)
        raise self._lie("Svaret sender videre i ring.")

    def _asked_wait(self, answer: httpx.Response) -> float | None:
        """The seconds that the answer asks us to wait; None when it does not say."""
        said = answer.headers.get("retry-after", "")
        try:
            seconds = (
                float(said) if said.isdecimal() else (parsedate_to_datetime(said) - self.clock.today()).total_seconds()
            )
        except (TypeError, ValueError):
            return None
        return max(self._bearable(seconds), 0.0)

    def _bearable(self, seconds: float) -> float:
        """The time to wait, refused when it is longer than anybody would."""
        if seconds > _LONGEST_WAIT:
            remedy = "Prøv igjen da. Dataene er urørt."
            raise self._refusal("N0391", f"SSB ber om å vente {seconds:.0f} sekunder.", remedy)
        return seconds

    def _accepted(self, answer: httpx.Response, content: bytes, method: str, url: httpx.URL, body: Any) -> Received:
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if answer.status_code != httpx.codes.OK:
            raise self._said_no(answer.status_code, content)
        if kind != "application/json" and not kind.endswith("+json"):
            raise self._lie(f"Svaret er {kind or 'uten type'}, ikke JSON.")
        digest = answer.headers.get("content-digest", "")
        if (
            digest.startswith("sha-256=:")
            and digest[9:-1] != base64.b64encode(hashlib.sha256(content).digest()).decode()
        ):
            raise self._lie("Svaret har ikke den sjekksummen det oppgir.")
        name = f"{url.path.removeprefix(httpx.URL(self.address).path).strip('/').replace('/', '-')}.json"
        query = {"metode": method, "adresse": str(url)} | ({"utvalg": body} if body else {})
        headers = {key: value for key, value in answer.headers.items() if key != "set-cookie"}
        received = self.clock.today().isoformat(timespec="seconds")
        return Received(content, name, received, str(url.copy_with(query=None)), query, headers)

    def _said_no(self, status: int, content: bytes) -> NotatError:
        """The error for an answer that says what was wrong, in the words of Statistics Norway."""
        try:
            problem = json.loads(content)
            title, detail = (jsonstat.plain(problem.get(key) or "")[:_LONGEST_WORDS] for key in ("title", "detail"))
        except (ValueError, AttributeError):
            title = detail = ""
        said = f", «{f'{title}: {detail}' if title and detail else title or detail}»" if title or detail else ""
        remedy = _REMEDIES.get(title, "Rett tabellen og utvalget.")
        return self._refusal("N0390", f"SSB svarer {status}{said}.", remedy)

    def _lie(self, what: str) -> NotatError:
        return self._refusal("N0392", what, "Det blir ikke brukt. Prøv igjen, eller si fra til SSB. Dataene er urørt.")

    def _refusal(self, code: str, what: str, remedy: str) -> NotatError:
        return NotatError(code, what, file=self.address.partition("://")[2], remedy=remedy)


def licence(table: str) -> str:
    """The line that must stand with what is taken from a table."""
    return f"Kilde: SSB, tabell {table}, CC BY 4.0"


def _slice(kind: str, arguments: Sequence[str], known: list[str]) -> list[str]:
    """The codes that an expression picks; of time, which is in order, the last are the top."""
    match kind:
        case "top" | "bottom":
            count, *skipped = map(int, arguments)
            start = skipped[0] if skipped else 0
            ordered = known[::-1] if kind == "top" else known
            return ordered[start : start + count]
        case "from":
            return known[known.index(arguments[0]) :]
        case "to":
            return known[: known.index(arguments[0]) + 1]
    return known[known.index(arguments[0]) : known.index(arguments[1]) + 1]


def _known(name: str, known: Sequence[str]) -> str:
    remedy = did_you_mean(name, known)
    return remedy if remedy.startswith("Mente") else f"Den har {', '.join(known[:12])}{' …' if known[12:] else ''}."


def _whole(tree: Mapping[str, Any], key: str) -> int:
    value = str(tree.get(key) or "")
    return int(value) if value.isdecimal() else 0


def _parsed(address: str) -> httpx.URL | None:
    try:
        return httpx.URL(address)
    except httpx.InvalidURL:
        return None
