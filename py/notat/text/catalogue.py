"""What each code of an error means, from `feil.toml`, which is written for the author, or `feil_en.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notat.text.errors import NotatError

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """A code (`N0123`), its short title, its explanation as one paragraph of Markdown, and the part it belongs to."""

    code: str
    title: str
    explanation: str
    part: str


@cache
def entries(*, english: bool = False) -> dict[str, Entry]:
    """Every entry by its code, in order."""
    read = tomllib.loads((_FOLDER / ("feil_en.toml" if english else "feil.toml")).read_text(encoding="utf-8"))
    parts = read.pop("deler")
    return {
        code: Entry(code, said["tittel"], " ".join(said["forklaring"].split()), parts[code[1:3]])
        for code, said in sorted(read.items())
    }


def entry(written: str, *, english: bool = False) -> Entry:
    """The entry of a code as somebody writes or copies it: `N0123`, `n0123`, `0123` or `[N0123]`."""
    code = re.sub(r"\A\[?[Nn]?(.*?)\]?\Z", r"N\1", written.strip(), flags=re.DOTALL)
    if code not in entries():
        number = int(code[1:]) if re.fullmatch(r"N\d{4}", code, re.ASCII) else None
        near = sorted(entries(), key=lambda one: abs(int(one[1:]) - number))[:3] if number is not None else []
        nearest = f"De nærmeste er {', '.join(sorted(near))}. " if near else ""
        raise NotatError("N0109", f"Ukjent feilkode «{written}».", remedy=f"{nearest}«notat feil» viser alle.")
    return entries(english=english)[code]
