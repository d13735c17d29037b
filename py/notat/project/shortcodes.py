"""Quarto's shortcodes, `{{< name … >}}`: what each becomes in Markdown, or why it is refused."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from notat.project.keys import QUARTO_CAN, is_own
from notat.text import paths, plaintext, profiles, yamlfile
from notat.text.errors import NotatError, did_you_mean

VARIABLES = "_variables.yml"
_ANY = re.compile(r"\{\{(?P<escaped>\{?)<\s*(?P<name>[\w-]*)(?P<rest>.*?)>\}?\}\}")
_BEGUN = re.compile(r"\{\{\{?<|>\}\}")
# Known to Quarto, and refused for a reason of its own.
_REFUSED = {
    "env": "Notatet skal bli likt på alle maskiner, så det leser ingen miljøvariabler. Skriv verdien i _variables.yml.",
    "lipsum": "Fylltekst hører ikke hjemme i et notat. Slett den.",
    "placeholder": "Lag bildet med figur(), eller sett inn en bildefil.",
    "embed": f"Kjør koden i kapittelet selv. {QUARTO_CAN}",
    "contents": f"Skriv innholdet der det skal stå. {QUARTO_CAN}",
    "brand": f"Fargene settes av husets stil. {QUARTO_CAN}",
    **dict.fromkeys(("fa", "bi", "iconify"), "Et ikon kan ikke leses opp. Skriv ordet det står for."),
    "version": f"Skriv nummeret. {QUARTO_CAN}",
}
_ALONE = ("include", "pagebreak")
Place = tuple[str, int]


class Values:
    """What `{{< meta … >}}` and `{{< var … >}}` give: the chapter's YAML, `_quarto.yml` and `_variables.yml`."""

    def __init__(self, root: Path, chapter: Mapping[str, Any]):
        self._root, self._chapter = root, chapter

    def meta(self, key: str) -> object:
        """The value of a key of the chapter or the book, or None."""
        found = _lookup(self._chapter, key)
        if found is None:
            found = _lookup(self._config, key)
            found = _lookup(self._config.get("book", {}), key) if found is None else found
        return found

    def variable(self, key: str) -> object:
        """The value of a key of `_variables.yml`, or None."""
        return _lookup(self._variables, key)

    @cached_property
    def _config(self) -> Mapping[str, Any]:
        return profiles.read(self._root).keys

    @cached_property
    def _variables(self) -> Mapping[str, Any]:
        file = self._root / VARIABLES
        return yamlfile.load(file, self._root) if file.is_file() else {}


def expand(line: str, place: Place, values: Values, include: Callable[[str], list[Any]], *, code: bool) -> list[Any]:
    """What a line with shortcodes becomes: lines of text, or what `include` gives for the path of a file.

    `code` says that the line is shown as code, where only values and files are written.
    """
    alone = _ANY.fullmatch(line.strip())
    if alone and not alone["escaped"] and alone["name"] in (_ALONE[:1] if code else _ALONE):
        words = _words(alone, place)
        if alone["name"] == "include":
            return include(words[0] if words else "")
        indent = line[: len(line) - len(line.lstrip())]
        return ["", f"{indent}::: {{.sideskift}}", f"{indent}:::", ""]
    expanded = _ANY.sub(lambda match: _written(match, place, values, code=code), line)
    if _BEGUN.search(_ANY.sub("", line)):
        raise _refusal(place, "Kortkoden kan ikke leses.", "Skriv {{< navn verdi >}}, alt på én linje.")
    return [expanded]


def is_in(line: str) -> bool:
    """Whether a line has a shortcode, or half of one."""
    return _BEGUN.search(line) is not None


def _written(match: re.Match[str], place: Place, values: Values, *, code: bool) -> str:
    name = match["name"]
    if not name:
        raise _refusal(place, "Kortkoden kan ikke leses.", "Skriv {{< navn verdi >}}, alt på én linje.")
    if match["escaped"]:
        return f"{{{{<{match[0].removeprefix('{{{<').removesuffix('>}}}')}>}}}}"
    words = _words(match, place)
    if name in ("meta", "var"):
        key = words[0] if words else ""
        value = values.meta(key) if name == "meta" else values.variable(key)
        return _text(value, name, key, place)
    shown = "Skriv {{{< " + name + " >}}} for å vise kortkoden selv."
    if name in _ALONE:
        raise _refusal(place, f"Kortkoden «{name}» står ikke alene på linja.", f"Gi den en egen linje. {shown}")
    if name in ("kbd", "video") and code:
        raise _refusal(place, f"Kortkoden «{name}» står i kode.", shown)
    if name == "kbd":
        keys = [word for word in words if "=" not in word] or [word.partition("=")[2] for word in words[:1]]
        return f"[{plaintext.markdown(' '.join(keys))}]{{.kbd}}"
    if name == "video":
        return _video(words, place)
    if name in _REFUSED:
        raise _refusal(place, f"Kortkoden «{name}» støttes ikke.", _REFUSED[name])
    known = (*_ALONE, "meta", "var", "kbd", "video")
    near = "" if is_own(name, known) else f"{did_you_mean(name, known)} "
    extension = "Kortkoder fra utvidelser kan bare `quarto render` kjøre: Skriv her det den gir."
    raise _refusal(place, f"Kortkoden «{name}» er ukjent.", f"{near}{extension} {shown}")


def _words(match: re.Match[str], place: Place) -> list[str]:
    try:
        return shlex.split(match["rest"])
    except ValueError:
        raise _refusal(place, "Kortkoden kan ikke leses.", "Lukk anførselstegnet.") from None


def _video(words: list[str], place: Place) -> str:
    """A link: a page loads nothing from elsewhere, and nothing can be played on paper."""
    named = dict(
        word.split("=", 1) for word in words if re.match(r"(?:src|title|start|width|height|aspect-ratio)=", word)
    )
    address = next((word for word in words if word.split("=", 1)[0] not in named), named.get("src", ""))
    if not address:
        raise _refusal(place, "Kortkoden «video» mangler adresse.", "Skriv {{< video https://… >}}.")
    return f"[Video: {plaintext.markdown(named.get('title', address))}](<{address}>)"


def _text(value: object, name: str, key: str, place: Place) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float | dt.date):
        return " ".join(str(value).split())
    if value is None:
        where = VARIABLES if name == "var" else f"kapittelets YAML eller {paths.CONFIG}"
        raise _refusal(place, f"«{key}» finnes ikke i {where}.", "Rett navnet, eller legg til nøkkelen.")
    raise _refusal(place, f"«{key}» er ikke én verdi.", "Vis til en nøkkel under den, som navn.del.")


def _lookup(group: object, key: str) -> object:
    for part in key.split("."):
        if not isinstance(group, Mapping) or part not in group:
            return None
        group = group[part]
    return group


def _refusal(place: Place, problem: str, remedy: str) -> NotatError:
    return NotatError("N0513", problem, place=place, remedy=remedy)
