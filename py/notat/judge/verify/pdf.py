"""Find the objects that differ between two PDF files, by walking both from the trailer in step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from notat.judge.verify.differences import first_difference

_SHOWN = 40
_SKIPPED = ("/Length",)  # follows from the stream, which is compared


@dataclass(frozen=True)
class _Pair:
    """Two objects at the same place: the keys that lead there, and the numbered object that it is in."""

    one: Any
    two: Any
    keys: str
    owner: str

    def below(self, key: str, one: Any, two: Any) -> _Pair:
        """The pair of what stands under a key."""
        return _Pair(one, two, f"{self.keys}{key}", self.owner)

    def __str__(self) -> str:
        return f"{self.owner}{self.keys or '/'}"


def pdf_differences(first: Path, second: Path) -> Iterator[str]:
    """Every difference, from the trailer down; objects that are reached twice are compared once."""
    with pikepdf.open(first) as one, pikepdf.open(second) as two:
        seen = set()
        waiting = [_Pair(one.trailer, two.trailer, "", "trailer")]
        while waiting:
            pair = _named(waiting.pop())
            if _indirect(pair.one) or _indirect(pair.two):
                key = (_number(pair.one), _number(pair.two))
                if key in seen:
                    continue
                seen.add(key)
            below, words = _compare(pair)
            if words:
                yield f"{pair}: {words}"
            waiting += reversed(below)


def _named(pair: _Pair) -> _Pair:
    """With the number and type of the object, where a numbered one begins; the keys then lead on from it."""
    if not _indirect(pair.one):
        return pair
    kind = (
        pair.one.get("/Type", pair.one.get("/S", ""))
        if isinstance(pair.one, pikepdf.Dictionary | pikepdf.Stream)
        else ""
    )
    number, _ = pair.one.objgen
    return _Pair(pair.one, pair.two, pair.keys, f"objekt {number}{f' ({kind})' if kind else ''} ved ")


def _compare(pair: _Pair) -> tuple[list[_Pair], str]:
    """The pairs below, and what differs at the place itself."""
    one, two = pair.one, pair.two
    if type(one) is not type(two):
        return [], f"{_shown(one)} og {_shown(two)}"
    if isinstance(one, pikepdf.Stream):
        below, words = _keys(pair)
        return below, words or _streams(one, two)
    if isinstance(one, pikepdf.Dictionary):
        return _keys(pair)
    if isinstance(one, pikepdf.Array):
        words = "" if len(one) == len(two) else f"{len(one)} og {len(two)} ledd"
        return [pair.below(f"[{place}]", a, b) for place, (a, b) in enumerate(zip(one, two, strict=False))], words
    return [], "" if one == two else f"{_shown(one)} og {_shown(two)}"


def _keys(pair: _Pair) -> tuple[list[_Pair], str]:
    one, two = ({key: side[key] for key in side if key not in _SKIPPED} for side in (pair.one, pair.two))
    words = [
        f"{key} finnes bare i {'den første' if key in one else 'den andre'}" for key in sorted(set(one) ^ set(two))
    ]
    return [pair.below(key, one[key], two[key]) for key in sorted(set(one) & set(two))], "; ".join(words)


def _streams(one: Any, two: Any) -> str:
    try:
        a, b = one.read_bytes(), two.read_bytes()
    except pikepdf.PdfError:  # a picture in a packing that qpdf does not know
        a, b = one.read_raw_bytes(), two.read_raw_bytes()
    if a == b:
        same = one.read_raw_bytes() == two.read_raw_bytes()
        return "" if same else "samme innhold, ulikt pakket"
    place = first_difference(a, b)
    start = max(0, place - _SHOWN // 2)
    return f"innholdet er ulikt fra byte {place}: «{_text(a, start)}» og «{_text(b, start)}»"


def _text(content: bytes, start: int) -> str:
    return " ".join(content[start : start + _SHOWN].decode("latin-1").split())


def _indirect(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _number(value: Any) -> tuple[int, int]:
    return value.objgen if _indirect(value) else (0, 0)


def _shown(value: Any) -> str:
    text = bytes(value).hex() if isinstance(value, pikepdf.String) and not str(value).isprintable() else str(value)
    return f"«{text[:_SHOWN]}»"
