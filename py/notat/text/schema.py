"""Check what was read from YAML or JSON by the same schemas as the editor.

A schema may say what to write, in bokmål, under `errorMessage` beside the rule; editors show that too. All other
messages are generated from the rule. jsonschema is imported only when something is checked.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from notat.text.errors import NotatError, did_you_mean

Validator = Any  # of jsonschema, which ships no types
ValidationError = Any

_PACKAGE = Path(__file__).parents[1]
# In a wheel, and in the repository from which it is built.
_FOLDERS = (_PACKAGE / "house/docs/skjema", _PACKAGE.parents[1] / "docs/skjema")
_KINDS = {
    "string": "en tekst",
    "object": "en gruppe nøkler",
    "array": "en liste",
    "boolean": "true eller false",
    "number": "et tall",
    "integer": "et helt tall",
}
_TYPES = {"string": str, "object": dict, "array": list, "boolean": bool, "integer": int}
_NAMES = ("navn", "name", "path")  # the keys that name an object in a list
_FEW = 12
_UNKNOWN = "N0121"  # the code of an unknown key
Way = tuple[Any, ...]


@dataclass(frozen=True)
class Fault:
    """A rule that is broken: its code, what is wrong and what to do, and the line where the tree knows lines."""

    code: str
    problem: str
    remedy: str
    line: int | None


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema of that name («brand»), from the package or from the repository that it is used in."""
    files = [folder / f"{name}.schema.json" for folder in _FOLDERS]
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        raise NotatError("N0110", f"Skjemaet {name} mangler.", remedy="Installer notat på nytt.")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


_passed: dict[str, str] = {}  # the last tree without faults, by schema: most files are read several times


def check(tree: Any, name: str, file: str | Path) -> None:
    """Raise NotatError for the first fault of `tree`, which was read from `file`, by the schema of that name."""
    written = repr(_plain(tree))
    if _passed.get(name) == written:
        return
    for fault in faults(tree, _validator(name)):
        raise NotatError(fault.code, fault.problem, file=file, line=fault.line, remedy=fault.remedy)
    _passed[name] = written


def faults(tree: Any, validator: Validator) -> list[Fault]:
    """All faults, unknown keys first: what is missing may only be misspelt."""
    found = []
    for error in validator.iter_errors(_plain(tree)):
        path, code, problem, remedy = _describe(error, tree)
        found.append(Fault(code, problem, remedy, line_of(tree, path)))
    return sorted(found, key=lambda fault: (fault.code != _UNKNOWN, fault.line or 0))


def line_of(tree: Any, path: Sequence[Any]) -> int | None:
    """The line of what the keys and positions of `path` lead to, from 1; None where the tree does not know lines."""
    line = None
    for step in path:
        known = isinstance(tree, CommentedMap | CommentedSeq) and step in (tree.lc.data or {})
        line = tree.lc.data[step][0] + 1 if known else None
        tree = tree[step]
    return line


def unlike(value: Any, rule: Mapping[str, Any], name: str) -> str:
    """What the rule of a key in a schema wants of its value, by its type, where it is something else."""
    for part in (rule, *rule.get("allOf", ())):
        found = schema(name)["definitions"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        if found.get("format") == "date":
            return "" if type(value) is dt.date else "en dato (ÅÅÅÅ-MM-DD)"
        if "type" in found:
            # For Python, True is a number; here each type means exactly itself.
            fits = isinstance(value, _TYPES[found["type"]]) and isinstance(value, bool) == (found["type"] == "boolean")
            return "" if fits else _KINDS[found["type"]]
    return ""


@cache
def _validator(name: str) -> Validator:
    return validator(schema(name))


def validator(rules: dict[str, Any]) -> Validator:
    """A validator by these rules, where `$` matches only at the very end of a text, as in an editor."""
    import jsonschema

    def pattern(_: Validator, wanted: str, text: Any, __: Any) -> Iterator[ValidationError]:
        if isinstance(text, str) and not re.search(re.sub(r"(?<!\\)\$", r"\\Z", wanted), text):
            yield jsonschema.ValidationError("pattern")

    return jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": pattern})(rules)


def _plain(tree: Any) -> Any:
    """The tree with each date as the text that it was written as."""
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(value) for value in tree]
    return tree.isoformat() if isinstance(tree, dt.date) and not isinstance(tree, dt.datetime) else tree


def _describe(error: ValidationError, tree: Any) -> tuple[Way, str, str, str]:  # noqa: C901  # one rule a line
    """Where the error is, its code, what is wrong and what to do."""
    path, rule, value = tuple(error.absolute_path), error.validator_value, error.instance
    place = f"«{_words(tree, path)}»" if path else "Fila"
    message: str = error.schema.get("errorMessage", "")
    match error.validator:
        case _ if "propertyNames" in error.absolute_schema_path:
            return _unknown(tree, (*path, value), rule)
        case "additionalProperties":
            known = error.schema.get("properties", {})
            return _unknown(tree, (*path, next(key for key in value if key not in known)), known)
        case "required":
            missing = next(key for key in rule if key not in value)
            return path, "N0122", f"Nøkkelen «{_words(tree, (*path, missing))}» mangler.", "Legg den til."
        case "type":
            kinds = " eller ".join(_KINDS[kind] for kind in ([rule] if isinstance(rule, str) else rule))
            return path, "N0123", f"{place} skal være {kinds}.", message or "Rett verdien."
        case "const":
            why = error.schema.get("description", "")
            return (
                path,
                "N0124",
                f"{place} er {format_value(value)}.",
                message or f"{why} Sett verdien til {bare(rule)}.".lstrip(),
            )
        case "enum":
            return path, "N0124", f"{place} er {format_value(value)}.", message or _choice(value, rule)
        case "minItems" | "minLength" | "minProperties" if rule == 1:
            return path, "N0125", f"{place} er tom.", message or "Fyll den ut."
        case "minItems" | "maxItems":
            return path, "N0125", f"{place} har {len(value)} ledd.", message or "Rett lista."
        case "uniqueItems":
            return path, "N0126", f"{place} har samme verdi to ganger.", message or "Slett den ene."
        case "anyOf" | "oneOf" | "not":
            return path, "N0124", f"{place} er ikke slik den skal være.", message or "Rett verdien."
    return path, "N0124", f"{place} er {format_value(value)}.", message or "Rett verdien."


def _unknown(tree: Any, path: Way, known: Any) -> tuple[Way, str, str, str]:
    remedy = did_you_mean(str(path[-1]), map(str, known))
    if not remedy.startswith("Mente") and len(known) <= _FEW:
        remedy = f"Nøklene som virker her, er {join_words(known)}."
    return path, _UNKNOWN, f"Ukjent nøkkel «{_words(tree, path)}».", remedy


def _choice(value: Any, choices: Sequence[Any]) -> str:
    if len(choices) <= _FEW:
        return f"Bruk {join_words(map(bare, choices), 'eller')}."
    return did_you_mean(str(value), map(str, choices))


def _words(tree: Any, path: Way) -> str:
    """The path to a place, as «summer: Landet: hvor»; list items by name or number."""
    words = []
    for step in path:
        below = tree[step] if isinstance(tree, list) or (isinstance(tree, dict) and step in tree) else None
        called = step
        if isinstance(tree, list):
            names = (below.get(key) for key in _NAMES) if isinstance(below, dict) else ()
            called = next((name for name in names if isinstance(name, str) and name), f"nr. {step + 1}")
        words.append(str(called))
        tree = below
    return ": ".join(words)


def join_words(words: Any, last: str = "og") -> str:
    """Words with commas, and `last` before the last of them."""
    *first, end = map(str, words)
    return f"{', '.join(first)} {last} {end}" if first else end


def format_value(value: Any) -> str:
    """A value as it is written in JSON or YAML, a text in guillemets."""
    return f"«{value}»" if isinstance(value, str) else bare(value)


def bare(value: Any) -> str:
    """A value as it is written in JSON or YAML."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
