"""Read a YAML file as plain keys and values: no anchors, tags or merge keys, and no ambiguous values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event, NodeEvent, ScalarEvent

from notat.text import paths, plaintext
from notat.text.errors import NotatError

_MAX_DEPTH = 20
_MAX_CHARACTERS = 100_000  # reading time grows faster than the length


def load(file: Path, root: Path) -> CommentedMap:
    """The keys and values of `file`, each with its line; refuse anything but plain YAML, by file and line."""
    place = file.relative_to(root)
    text = paths.read_text(file, root)
    if len(text) > _MAX_CHARACTERS:
        raise NotatError("N0105", "Fila er altfor lang.", file=place, remedy="Hent den tilbake fra git.")
    try:
        _refuse_indirection(text, place)
        loaded = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise NotatError(
            "N0111",
            f"Ugyldig YAML: {error.problem}.",
            file=place,
            line=line,
            remedy="Kontroller innrykk, kolon og anførselstegn.",
        ) from None
    except (YAMLError, RecursionError):
        raise NotatError(
            "N0111", "Fila kan ikke leses som YAML.", file=place, remedy="Hent den tilbake fra git."
        ) from None
    if not isinstance(loaded, CommentedMap):
        raise NotatError("N0112", "Fila har ingen nøkler.", file=place, remedy="Hent den tilbake fra git.")
    return loaded


def _refuse_indirection(text: str, place: Path) -> None:
    """Refuse anchors, aliases, tags and ambiguous scalars during parsing: a value must be what it looks like."""
    depth = 0
    events: Iterator[Event] = YAML(typ="rt").parse(text)
    for event in events:
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        problem = _problem(event) if depth <= _MAX_DEPTH else "Nøklene er nøstet for dypt."
        if problem:
            raise NotatError(
                "N0113", problem, file=place, line=event.start_mark.line + 1, remedy="Skriv verdien rett fram."
            )


def _problem(event: Event) -> str:
    if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
        return "Ankre (& og *) støttes ikke."
    if isinstance(event, CollectionStartEvent) and not event.implicit:
        return "Merker (!) støttes ikke."
    if not isinstance(event, ScalarEvent):
        return ""
    if not any(event.implicit):
        return "Merker (!) støttes ikke."
    if event.style is None and event.value == "<<":
        return "Sammenslåing (<<) støttes ikke."
    if hidden := next((c for c in event.value if plaintext.is_hidden(c)), ""):
        return f"Verdien har et usynlig tegn (U+{ord(hidden):04X})."
    # Invalid dates and infinite numbers are detected only at construction.
    return f"«{event.value}» er ikke en mulig verdi." if event.style is None and not _is_possible(event.value) else ""


def _is_possible(value: str) -> bool:
    if not value[:1].isdigit() and value[:1] not in ("-", "+", "."):
        return True
    try:
        YAML(typ="safe", pure=True).load(value)
    except ValueError:
        return False
    except YAMLError:
        return True  # a text such as «- 1» is read differently by itself
    return True
