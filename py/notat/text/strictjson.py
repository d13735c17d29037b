"""Read JSON strictly: no duplicate keys, no NaN, no numbers beyond what a person would write."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NoReturn

from notat.text import paths
from notat.text.errors import NotatError

_MAX_DIGITS = 20
_MAX_DEPTH = 40
_HALF = re.compile("[\ud800-\udfff]")


class _RefusedError(Exception):
    """What a hook found, on its way out of the parser."""

    def __init__(self, code: str, problem: str, remedy: str):
        super().__init__(problem)
        self.code, self.problem, self.remedy = code, problem, remedy


def read_json(file: Path, root: Path) -> dict[str, Any]:
    """The object in `file`; any other content is refused with the file, and the line where the parser knows it."""
    place = file.relative_to(root)
    text = paths.read_text(file, root)
    try:
        content = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_whole, parse_float=_decimal
        )
    except json.JSONDecodeError as error:
        problem = "Ugyldig JSON: her mangler eller står det et tegn for mye."
        remedy = "Rett tegnet på linja eller på linja over."
        raise NotatError("N0114", problem, file=place, line=error.lineno, remedy=remedy) from None
    except _RefusedError as refused:
        raise NotatError(refused.code, refused.problem, file=place, remedy=refused.remedy) from None
    except RecursionError:
        raise _too_deep(place) from None
    if not isinstance(content, dict):
        raise NotatError("N0112", "Fila er ikke et objekt med nøkler.", file=place, remedy="Hent den tilbake fra git.")
    _refuse_depth_and_surrogates(content, place)
    return content


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RefusedError("N0117", f"Nøkkelen «{key}» står to ganger i samme objekt.", "Slett den ene.")
        found[key] = value
    return found


def _constant(name: str) -> NoReturn:
    raise _RefusedError("N0118", f"«{name}» er ikke et tall.", "Skriv tallet med siffer.")


def _whole(digits: str) -> int:
    _refuse_number(digits)
    return int(digits)


def _decimal(digits: str) -> float:
    _refuse_number(digits)
    return float(digits)


def _refuse_number(digits: str) -> None:
    if len(digits) > _MAX_DIGITS or "e" in digits.lower():
        raise _RefusedError(
            "N0118", f"Tallet «{digits}» er for langt eller har eksponent.", "Skriv tallet med vanlige siffer."
        )


def _refuse_depth_and_surrogates(content: Any, place: Path) -> None:
    level = [content]
    for _ in range(_MAX_DEPTH):
        below: list[Any] = []
        for node in level:
            if isinstance(node, dict):
                below += [*node.keys(), *node.values()]
            elif isinstance(node, list):
                below += node
            elif isinstance(node, str) and _HALF.search(node):
                raise NotatError("N0108", "En tekst har et halvt tegn.", file=place, remedy="Skriv teksten på nytt.")
        if not below:
            return
        level = below
    raise _too_deep(place)


def _too_deep(place: Path) -> NotatError:
    return NotatError("N0116", "Fila er nøstet for dypt.", file=place, remedy="Hent den tilbake fra git.")
