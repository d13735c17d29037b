"""The keys of Quarto that say nothing about the text, and those that would change it and are not supported.

They may stand in `_quarto.yml`, for a format there, and in the YAML of a chapter. What has an effect is read elsewhere.
"""

from __future__ import annotations

import difflib
import logging
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from notat.text import paths, yamlfile
from notat.text.errors import NotatError, did_you_mean

_log = logging.getLogger(__name__)
# How like a known key another may be, and still be one of the author's own; in a short one, a letter is much of it.
_TYPO, _SHORT_TYPO, _SHORT = 0.72, 0.6, 4
QUARTO_CAN = "`quarto render` kan dette."
_LISTED = tomllib.loads(Path(__file__).with_name("quarto_keys.toml").read_text(encoding="utf-8"))
IGNORED = frozenset(_LISTED["uten_virkning"].split())
UNPRINTED_WORDS = frozenset(_LISTED["ord_uten_virkning"].split())  # of Quarto's interface
REFUSED: dict[str, str] = _LISTED["avvist"]


def check_others(
    group: CommentedMap, acted: Collection[str], file: str, path: str = "", *, custom: bool = True
) -> Iterator[NotatError]:
    """Refuse the keys of a group that are neither acted on, nor without meaning for the text.

    With `custom`, a key that is like none that matters may be the author's own, for `{{< meta … >}}`. It may be like
    one that is without meaning: nothing comes of a slip there either.
    """
    for key in group:
        if key in acted:
            continue
        line = yamlfile.line_of(group, key)
        if key in REFUSED:
            yield NotatError("N0530", f"«{path}{key}» støttes ikke.", file=file, line=line, remedy=REFUSED[key])
        elif key in IGNORED:
            _log.info("%s:%d: «%s%s» gjelder ikke teksten, og endrer ingenting i notatet", file, line, path, key)
        else:
            own = str(key).startswith("x-") or is_own(str(key), [*acted, *REFUSED])
            if not (custom and own):
                near = did_you_mean(str(key), [*acted, *IGNORED, *REFUSED])
                remedy = f"{near} Motoren gjør ikke noe med andre nøkler."
                yield NotatError("N0121", f"Ukjent nøkkel «{path}{key}».", file=file, line=line, remedy=remedy)
            else:
                _log.info("%s:%d: «%s%s» er en egen nøkkel, som bare kortkoden meta kan vise", file, line, path, key)


def is_own(name: str, known: Collection[str]) -> bool:
    """Whether a name is like none of those known, so that it is the author's own and no slip of the pen."""
    cutoff = _TYPO if len(name) > _SHORT else _SHORT_TYPO
    return not difflib.get_close_matches(name, known, cutoff=cutoff)


def refusal(code: str, problem: str, line: int, remedy: str = "Rett verdien.") -> NotatError:
    """The error of what is wrong on this line of `_quarto.yml`."""
    return NotatError(code, problem, file=paths.CONFIG, line=line, remedy=remedy)


def text_of(value: Any) -> str | None:
    """A text in YAML on one line, however it is folded; None for anything else."""
    return " ".join(value.split()) if isinstance(value, str) else None


def names_of(value: Any) -> list[str] | None:
    """The names of an author or a list of authors, each a text or a mapping with `name`; None for anything else."""
    found = []
    for entry in value if isinstance(value, list) else [value]:
        name = entry.get("name") if isinstance(entry, dict) else entry
        if isinstance(name, dict):
            name = name.get("literal") or " ".join(str(name[part]) for part in ("given", "family") if part in name)
        words = text_of(name)
        if not words:
            return None
        found.append(words)
    return found
