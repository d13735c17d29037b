"""What differs between two states of the data, told for people: every changed column of every changed row.

Rows are recognised by their id or key, then by their likeness, so that a changed key is a change and not a loss. What
the order, the quotation marks or a file that is not text hide from this is reported too: no file changes unmentioned.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from notat.data.accepted import RAW, State
from notat.data.observations import COLUMNS as SERIES_COLUMNS
from notat.data.package import KEY
from notat.text import paths

Record = dict[str, str]
_NAMES = ("kilde", "nr", "id")  # the columns that name a row, where no two rows have the same
_OBJECT_NAMES = ("navn", "name", "path")  # the keys that name an object in a list
_ALIKE = 0.5  # share of the columns that two rows without a common key must have in common to be one row
_EMPTY = "(tom)"
_FEW = 20  # rows of a series that are shown one by one


@dataclass(frozen=True)
class Difference:
    """One change. `name` is the row or key that it is in, `column` its column; a whole row or line has no column.

    `old` is None for what is new, `new` is None for what is gone. Without either, the name says what has changed.
    """

    file: str
    name: str
    column: str = ""
    old: str | None = None
    new: str | None = None

    def __str__(self) -> str:
        place = f"{self.file}: {self.name}"
        if self.column:
            return f"{place}: {self.column} {_shown(self.old)} → {_shown(self.new)}"
        if self.old is not None and self.new is not None:
            return f"{place}: {_shown(self.old)} → {_shown(self.new)}"
        if self.new is not None:
            return f"{place} er ny: {self.new}"
        return f"{place} er borte: {self.old}" if self.old is not None else place


def differences(old: State, new: State, works: str = "") -> list[Difference]:
    """Every change from `old` to `new`, file by file; `works` is the name of the bibliography."""
    found: list[Difference] = []
    for name in sorted(old.sums.keys() | new.sums.keys()):
        if old.sums.get(name) != new.sums.get(name):
            found += _of_file(f"{paths.DATA}/{name}", name, old, new)
    for key in sorted(new.works.keys() | old.works.keys()):
        was, now = old.works.get(key), new.works.get(key)
        if was and now:
            found += _columns(works, key, was, now)
        elif now and key not in old.works:
            found.append(Difference(works, key, new=_listed(now)))
        elif was:
            found.append(Difference(works, key, old=_listed(was)))
    return found


def _of_file(file: str, name: str, old: State, new: State) -> list[Difference]:
    if name not in new.sums:
        return [Difference(file, "fila er borte")]
    if name.startswith(f"{RAW}/"):
        return [Difference(file, "fila er arkivert slik den ble mottatt")]
    was, now = old.texts.get(name), new.texts.get(name)
    if now is None:
        return [Difference(file, "fila er endret, men er ikke tekst som kan vises")]
    found = list(_of_texts(file, was, now))
    if was is None:
        unknown = "fila er ny" if name not in old.sums else "den godtatte teksten er ikke lagret; alt vises som nytt"
        return [Difference(file, unknown), *found]
    return found or [Difference(file, "bare rekkefølge, anførselstegn eller linjeskift er endret")]


def _of_texts(file: str, was: str | None, now: str) -> Iterator[Difference]:
    if file.endswith(".csv"):
        tables = _records(was or ""), _records(now)
        yield from (_of_series if any(tables) and all(map(_is_series, tables)) else _of_tables)(file, *tables)
    elif file.endswith(".json") and (parsed := _parsed(was or "{}", now)):
        before, after = (dict(_leaves(tree)) for tree in parsed)
        for key in dict.fromkeys((*before, *after)):
            if before.get(key) != after.get(key):
                yield Difference(file, key, old=before.get(key), new=after.get(key))
    else:
        yield from _of_lines(file, (was or "").splitlines(), now.splitlines())


def _of_lines(file: str, was: Sequence[str], now: Sequence[str]) -> Iterator[Difference]:
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            for offset in range(max(j - i, m - k)):
                old = was[i + offset] if i + offset < j else None
                new = now[k + offset] if k + offset < m else None
                line = (k if new is not None else i) + offset + 1
                yield Difference(file, f"linje {line}", old=old, new=new)


def _is_series(rows: list[Record]) -> bool:
    """Whether these are rows of a series, each with a key of its own; no rows may be."""
    return all(tuple(row) == SERIES_COLUMNS for row in rows) and _unique(" · ".join(_keyed(row)) for row in rows)


def _keyed(row: Record) -> tuple[str, ...]:
    return tuple(row[column] for column in SERIES_COLUMNS[:3])


def _of_series(file: str, was: list[Record], now: list[Record]) -> Iterator[Difference]:
    """Every changed value; the rows that are new or gone together, by group and place, unless they are few."""
    before, after = ({_keyed(row): row for row in rows} for rows in (was, now))
    for key in (key for key in after if key in before):
        yield from _columns(file, " · ".join(filter(None, key)), before[key], after[key])
    for rows, word in (
        ([row for key, row in after.items() if key not in before], "nye"),
        ([row for key, row in before.items() if key not in after], "borte"),
    ):
        if len(rows) <= _FEW:
            for row in rows:
                name = f"raden {' · '.join(filter(None, _keyed(row)))}"
                listed = _listed(row)
                yield Difference(file, name, new=listed) if word == "nye" else Difference(file, name, old=listed)
            continue
        together: dict[tuple[str, str], list[Record]] = {}
        for row in rows:
            together.setdefault((row["gruppe"], row["sted"]), []).append(row)
        for (group, place), some in together.items():
            first, last = some[0], some[-1]
            ends = " til ".join(f"{row['periode']} ({row['verdi'] or row['status']})" for row in (first, last))
            name = " · ".join(filter(None, (group, f"sted {place}")))
            yield Difference(file, f"{len(some)} rader er {word}: {name}, {ends}")


def _of_tables(file: str, was: list[Record], now: list[Record]) -> Iterator[Difference]:
    before, after = _by_name(was), _by_name(now)
    same = [name for name in after if name in before]
    gone = {name: row for name, row in before.items() if name not in after}
    new = {name: row for name, row in after.items() if name not in before}
    pairs = {name: name for name in same} | _twins(gone, new)
    for name in after:
        if name in pairs:
            yield from _columns(file, pairs[name], before[pairs[name]], after[name])
        else:
            yield Difference(file, f"raden {name}", new=_listed(after[name]))
    for name in gone:
        if name not in pairs.values():
            yield Difference(file, f"raden {name}", old=_listed(before[name]))


def _columns(file: str, name: str, was: Record, now: Record) -> Iterator[Difference]:
    for column in dict.fromkeys((*was, *now)):
        if was.get(column, "") != now.get(column, ""):
            yield Difference(file, name, column, was.get(column, ""), now.get(column, ""))


def _twins(gone: dict[str, Record], new: dict[str, Record]) -> dict[str, str]:
    """The row that each new row was before, as far as they are alike: by name of the new."""
    likeness = [(_likeness(row, was), name, old) for name, row in new.items() for old, was in gone.items()]
    pairs: dict[str, str] = {}
    for share, name, old in sorted(likeness, key=lambda one: -one[0]):
        if share > _ALIKE and name not in pairs and old not in pairs.values():
            pairs[name] = old
    return pairs


def _likeness(one: Record, other: Record) -> float:
    """Share of the columns that are filled in either row and the same in both."""
    columns = [column for column in {**one, **other} if one.get(column) or other.get(column)]
    return sum(one.get(column) == other.get(column) for column in columns) / max(1, len(columns))


def _by_name(rows: list[Record]) -> dict[str, Record]:
    """The rows by what names them; rows that share a name are numbered."""
    own = next((c for c in _NAMES if rows and all(row.get(c) for row in rows) and _unique(row[c] for row in rows)), "")
    found: dict[str, Record] = {}
    for row in rows:
        name = row[own] if own else row.get("id") or _key(row)
        count = sum(name == known.partition(" (nr. ")[0] for known in found) if name in found else 0
        found[f"{name} (nr. {count + 1})" if count else name] = row
    return found


def _key(row: Record) -> str:
    named = [row[column] for column in KEY if row.get(column)] or list(row.values())[:1]
    return " · ".join(named)


def _unique(values: Iterable[str]) -> bool:
    listed = list(values)
    return len(set(listed)) == len(listed)


def _records(text: str) -> list[Record]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="(for mange felt)", restval="")
    return [
        {key: value if isinstance(value, str) else ", ".join(value) for key, value in row.items()} for row in reader
    ]


def _parsed(*texts: str) -> list[Any] | None:
    try:
        return [json.loads(text) for text in texts]
    except ValueError:
        return None


def _leaves(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every value of a tree by its path; the objects of a list by their names."""
    if isinstance(tree, dict) and tree:
        for key, value in tree.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(tree, list) and any(isinstance(one, dict | list) for one in tree):
        seen: dict[str, int] = {}
        for number, one in enumerate(tree, 1):
            named = one if isinstance(one, dict) else {}
            name = next((str(named[key]) for key in _OBJECT_NAMES if named.get(key)), f"nr. {number}")
            seen[name] = seen.get(name, 0) + 1
            yield from _leaves(one, (*path, name if seen[name] == 1 else f"{name} (nr. {seen[name]})"))
    else:
        text = ", ".join(map(str, tree)) if isinstance(tree, list) else tree
        yield ": ".join(path), text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)


def _listed(row: Record) -> str:
    return ", ".join(f"{column} {_shown(value)}" for column, value in row.items() if value)


def _shown(value: str | None) -> str:
    """A value in a line: a number as it is, text in guillemets."""
    if not value:
        return _EMPTY
    plain = value.lstrip("-").replace(".", "", 1).isdigit()
    return value if plain else f"«{value}»"
