"""What a reference can lead to: an element with the id `prefix-name`, numbered within its chapter under a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SECTION = "sec"
# Callouts: prefix of the id by the class.
CALLOUTS = {"callout-note": "nte", "callout-tip": "tip", "callout-important": "imp"}
CALLOUTS |= {"callout-warning": "wrn", "callout-caution": "cau"}
# Statements that open with their name in bold, and those that open with it in italics.
THEOREMS = ("thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "alg")
PROOFS = ("rem", "sol")
# Classes of statements that need no id.
PROOF_CLASSES = {"proof": "environment-proof-title", "remark": "environment-remark-title"}
PROOF_CLASSES |= {"solution": "environment-solution-title"}


@dataclass(frozen=True)
class Kind:
    """The word that is printed before the number: the first of `keys` that the language has, or `default`."""

    keys: tuple[str, ...]
    default: str


def _kind(prefix: str, default: str, *keys: str) -> Kind:
    return Kind((f"crossref-{prefix}-title", f"crossref-{prefix}-prefix", *keys), default)


# The words of Quarto's bokmål, mended where they are not Norwegian.
NUMBERED: Mapping[str, Kind] = {
    "fig": _kind("fig", "Figur"),
    "tbl": _kind("tbl", "Tabell"),
    "eq": _kind("eq", "Formel"),
    "lst": _kind("lst", "Kode"),
    "thm": _kind("thm", "Setning"),
    "lem": _kind("lem", "Hjelpesetning"),
    "cor": _kind("cor", "Følgesetning"),
    "prp": _kind("prp", "Påstand"),
    "cnj": _kind("cnj", "Formodning"),
    "def": _kind("def", "Definisjon"),
    "exm": _kind("exm", "Eksempel"),
    "exr": _kind("exr", "Øvelse"),
    "alg": _kind("alg", "Algoritme"),
    "rem": _kind("rem", "Merknad", "environment-remark-title"),
    "sol": _kind("sol", "Løsning", "environment-solution-title"),
    "nte": _kind("nte", "Merk", "callout-note-title"),
    "tip": _kind("tip", "Tips", "callout-tip-title"),
    "imp": _kind("imp", "Viktig", "callout-important-title"),
    "wrn": _kind("wrn", "Advarsel", "callout-warning-title"),
    "cau": _kind("cau", "Forsiktig", "callout-caution-title"),
}
DEFAULT_TITLES = {f"{class_}-title": NUMBERED[prefix].default for class_, prefix in CALLOUTS.items()}
DEFAULT_TITLES |= dict(zip(PROOF_CLASSES.values(), ("Bevis", "Merknad", "Løsning"), strict=True))


def prefix_of(id_: str) -> str:
    """The prefix of an id that a reference can lead to; empty for any other id."""
    prefix, dash, name = id_.partition("-")
    return prefix if dash and name and (prefix in NUMBERED or prefix == SECTION) else ""


def target_of(reference: str) -> str:
    """The id that a reference names: `@Fig-x` leads to `fig-x`, and prints its word with a capital."""
    lowered = reference[:1].lower() + reference[1:]
    return lowered if prefix_of(lowered) else ""
