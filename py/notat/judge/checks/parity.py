"""The three outputs say the same: numbers, figures, tables, boxes, questions and footnotes, in the same order."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from itertools import groupby

from notat.judge.checks.places import Places
from notat.judge.checks.prose import Finding
from notat.norsk.language import say, speaking
from notat.readback.blocks import (
    ALT,
    BOX,
    CAPTION,
    CELL,
    ENTRY,
    FORMULA,
    FRAME,
    HEADING,
    ITEM,
    NOTE,
    PARAGRAPH,
    Block,
    Rendered,
)
from notat.readback.numerals import numerals

_NAMES = {"html": "HTML", "pdf": "PDF", "docx": "DOCX"}
_MOST = 3  # differences of one kind reported in one section

Read = Callable[[Block], list[str]]


def _address(text: str) -> int:
    """Where an address begins, which is the last thing in its block."""
    return text.find("http") if "http" in text else len(text)


def _numbers(*kinds: str) -> Read:
    return lambda block: [
        one.text
        for one in (numerals(block.text) if block.kind in kinds else ())
        if one.start < _address(block.text)  # which may lose a hyphen where a line ends
    ]


def _floats(word: str) -> Read:
    return lambda block: [block.text] if block.kind == CAPTION and block.text.startswith(say(word)) else []


def _texts(*kinds: str, end: str = "") -> Read:
    return lambda block: [block.text] if block.kind in kinds and block.text.endswith(end) else []


# What is compared, under the name that a difference is reported by.
COMPARED: dict[str, Read] = {
    "overskrifter": _texts(HEADING),
    "tall i teksten": _numbers(PARAGRAPH, ITEM, HEADING, BOX, ENTRY),
    "tall i tabeller": _numbers(CELL),
    "tall i figur- og tabelltitler": _numbers(CAPTION),
    "tall i alternative tekster": _numbers(ALT),
    "tall i fotnoter": _numbers(NOTE),
    "figurer": _floats("Figur"),
    "tabeller": _floats("Tabell"),
    "bokser": _texts(BOX),
    "formler": _texts(FORMULA),
    "spørsmål": _texts(ITEM, end="?"),
    "fotnoter": _texts(NOTE),
}


def parity(outputs: list[Rendered], places: Places) -> Iterator[Finding]:
    """A finding for every difference between the first output and each of the others, by section."""
    first, *others = outputs
    for other in others:
        for name, read in COMPARED.items():
            left, right = _by_section(first, read), _by_section(other, read)
            for chapter, section in dict.fromkeys([*left, *right]):
                here, there = left.get((chapter, section), []), right.get((chapter, section), [])
                if _comparable(here) != _comparable(there):
                    only_some = places.conditional(chapter, section)
                    here, there = ([text for text in texts if not only_some.explains(text)] for texts in (here, there))
                if _comparable(here) != _comparable(there):
                    words = _difference(here, there, _NAMES[first.name], _NAMES[other.name])
                    file, line = places.of_section(chapter, section)
                    where = f"«{section}»" if section else "fotnotene"
                    yield Finding("N1047", file, line, f"Ulike {name} i {where}: {words}.", _REMEDY)


_REMEDY = "Kjør notat render på nytt; er det fortsatt ulikt, skriver et av formatene noe annet."


def counts(outputs: list[Rendered]) -> dict[str, int]:
    """How many of each kind the first output has; numbers of all kinds are added up."""
    total: dict[str, int] = {}
    for name, read in COMPARED.items():
        label = "tall" if name.startswith("tall") else name
        total[label] = total.get(label, 0) + sum(len(texts) for _, texts in _read_each(outputs[0], read))
    return total


def _by_section(output: Rendered, read: Read) -> dict[tuple[str, str], list[str]]:
    sections: dict[tuple[str, str], list[str]] = {}
    for block, found in _read_each(output, read):
        if found:
            sections.setdefault((block.chapter, block.section), []).extend(found)
    return sections


def _read_each(output: Rendered, read: Read) -> Iterator[tuple[Block, list[str]]]:
    """What is read of each block in its language; to change it for every block took longer than to read most."""
    for lang, blocks in groupby(output.blocks, lambda block: block.lang):
        with speaking(lang):
            found = [(block, read(block)) for block in blocks if block.kind != FRAME]
        yield from found


def _comparable(texts: list[str]) -> list[str]:
    """The texts without spaces and hyphens, which depend on line breaks."""
    return ["".join(letter for letter in text if letter not in " -") for text in texts]


def _difference(here: list[str], there: list[str], first: str, second: str) -> str:
    matcher = difflib.SequenceMatcher(None, _comparable(here), _comparable(there), autojunk=False)
    differences = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    shown = [
        f"{first} har {_quoted(here[a:b])} der {second} har {_quoted(there[c:d])}" for _, a, b, c, d in differences
    ]
    rest = len(shown) - _MOST
    return "; ".join(shown[:_MOST]) + (f"; og {rest} til" if rest > 0 else "")


def _quoted(texts: list[str]) -> str:
    return ", ".join(f"«{text[:60]}»" for text in texts[:_MOST]) or "ingenting"
