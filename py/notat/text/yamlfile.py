"""Read YAML as plain keys and values: no tags and no ambiguous values; anchors as long as they stay small."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent, Event, ScalarEvent

from notat.text import paths, plaintext
from notat.text.errors import NotatError

_MAX_DEPTH = 20
_MAX_CHARACTERS = 100_000  # reading time grows faster than the length
_MAX_VALUES = 10_000  # with every anchor written out: a few lines of them can stand for any number

# What ruamel says, and what it means to an author.
_SAID = (
    ("could not find expected ':'", "Kolon mangler etter nøkkelen", "Skriv nøkkel: verdi, her eller på linja over."),
    (
        "mapping values are not allowed",
        "Kolon i en tekst",
        'Sett teksten i anførselstegn: title: "Arbeid: en oversikt".',
    ),
    ("expected <block end>", "Innrykket er skjevt", "La nøkler og punkter på samme nivå begynne like langt inne."),
    ("expected ',' or", "Et komma eller en klamme mangler", "Skriv [a, b] eller {a: b}, lukket på slutten."),
    ("duplicate key", "Nøkkelen står to ganger", "Slett den ene."),
    ("found unexpected end of stream", "Et anførselstegn er ikke lukket", "Lukk det."),
    ("while scanning a quoted", "Et anførselstegn er ikke lukket", "Lukk det."),
    ("found undefined alias", "Stjernen viser til et anker som ikke finnes", "Sett teksten i anførselstegn."),
    ("unknown escape character", "En omvendt skråstrek i en tekst", "Bruk enkle anførselstegn rundt teksten."),
    ("cannot start any token", "Linja begynner med et tegn som YAML bruker selv", "Sett teksten i anførselstegn."),
)


def load(file: Path, root: Path) -> CommentedMap:
    """The keys and values of `file`, each with its line; refuse anything but plain YAML, by file and line."""
    return parse(paths.read_text(file, root), file.relative_to(root))


def parse(text: str, place: Path | str, above: int = 0) -> CommentedMap:
    """The keys and values of a text, which `above` lines stand before in the file `place`."""
    return deepcopy(_parsed(text, place, above))


@lru_cache(maxsize=32)
def _parsed(text: str, place: Path | str, above: int) -> CommentedMap:
    """As `parse`, but one object for the same text: a command asks for the configuration many times."""
    if len(text) > _MAX_CHARACTERS:
        raise NotatError("N0105", "Fila er altfor lang.", file=place, remedy="Hent den tilbake fra git.")
    # Places are those of the whole file.
    text = "\n" * above + text
    try:
        _refuse_ambiguous(text, place)
        loaded = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem, remedy = _in_bokmaal(str(error.problem), text.split("\n")[(line or 1) - 1])
        raise NotatError("N0111", f"Ugyldig YAML: {problem}.", file=place, line=line, remedy=remedy) from None
    except (YAMLError, RecursionError):
        remedy = "Hent den tilbake fra git."
        raise NotatError("N0111", "Fila kan ikke leses som YAML.", file=place, remedy=remedy) from None
    if not isinstance(loaded, CommentedMap):
        raise NotatError("N0112", "Fila har ingen nøkler.", file=place, remedy="Hent den tilbake fra git.")
    if _size(loaded) > _MAX_VALUES:
        remedy = "Skriv verdiene rett fram."
        raise NotatError("N0113", "Ankrene (& og *) gir altfor mange verdier.", file=place, remedy=remedy)
    return loaded


def _in_bokmaal(said: str, line: str) -> tuple[str, str]:
    """What the reader of YAML said about a line, and what to do about it."""
    if "\t" in line:
        return "Linja har en tabulator", "Bruk mellomrom til innrykk, to for hvert nivå."
    known = (text for words, *text in _SAID if words in said)
    problem, remedy = next(known, ("Linja kan ikke leses", "Kontroller innrykk, kolon og anførselstegn."))
    return problem, remedy


def line_of(group: CommentedMap, key: object) -> int:
    """The line of a key, or of its group where an anchor has given the key."""
    line: int = group.lc.key(key)[0] if key in (group.lc.data or {}) else group.lc.line
    return line + 1


def shown(value: object) -> str:
    """A value as an author writes it: true, not True; nothing where there is none."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _size(value: Any) -> int:
    """How many values there are, counted up to the limit."""
    waiting, count = [value], 0
    while waiting and count <= _MAX_VALUES:
        found = waiting.pop()
        count += 1
        waiting += found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return count


def _refuse_ambiguous(text: str, place: Path | str) -> None:
    """Refuse tags and ambiguous scalars during parsing: a value must be what it looks like."""
    depth = 0
    events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
    for event in events:
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        problem = _problem(event) if depth <= _MAX_DEPTH else "Nøklene er nøstet for dypt."
        if problem:
            remedy = "Skriv verdien rett fram."
            raise NotatError("N0113", problem, file=place, line=event.start_mark.line + 1, remedy=remedy)


def _problem(event: Event) -> str:
    if isinstance(event, CollectionStartEvent) and not event.implicit:
        return "Merker (!) støttes ikke."
    if not isinstance(event, ScalarEvent):
        return ""
    if not any(event.implicit):
        return "Merker (!) støttes ikke."
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
