"""The YAML that a chapter may begin with, and the text that it gives the chapter: title, authors, date and abstract."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from notat.norsk.language import TAGS, is_known, speaking
from notat.project.cells import INHERITED
from notat.project.keys import QUARTO_CAN, check_others, names_of, text_of
from notat.text import paths, profiles, yamlfile
from notat.text.errors import NotatError

Place = tuple[str, int]
Line = tuple[Place, str]
_KEY = re.compile(r"[\w-]+:(?:\s|$)")
_OPENING, _CLOSING = "---", ("---", "...")
_TEXTS = ("title", "subtitle", "abstract", "description")
# Keys with an effect, or which must be those of the book.
_ACTED = {*_TEXTS, "author", "date", "number-sections", "nocite", "params", "execute", "format"}
_ACTED |= {"bibliography", "csl", "lang", "jupyter", *INHERITED}
_EXECUTE_IGNORED = ("enabled", "cache", "freeze", "daemon", "keep-md", "keep-ipynb", "debug")
# The formats of the house style, and those of Quarto, to which the embedded engine gives that style anyway.
FORMATS = ("html", "typst", "pdf", "docx", "notat-html", "notat-typst", "notat-docx")
_DATES = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%d %m %Y", "%m %d, %Y", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S")
_FORMAT_ACTED = ("number-sections", "execute", *INHERITED)


def split(lines: list[str]) -> int:
    """How many of the lines are the YAML block that a file begins with, 0 without one."""
    if not lines or lines[0].rstrip() != _OPENING:
        return 0
    return next((at + 1 for at, line in enumerate(lines) if at and line.rstrip() in _CLOSING), 0)


def is_begun(lines: list[str]) -> bool:
    """Whether the first lines are a YAML block, closed or not: the fence and a key below it."""
    return len(lines) > 1 and lines[0].rstrip() == _OPENING and _KEY.match(lines[1]) is not None


def read(lines: list[str], file: str, root: Path) -> CommentedMap:
    """The checked keys of the block that `split` found in the first lines of the file."""
    meta = yamlfile.parse("\n".join(lines[1:-1]), file, above=1) if any(map(str.strip, lines[1:-1])) else CommentedMap()
    acted = _ACTED | {"draft"} if meta.get("draft") is False else _ACTED
    errors = [*check_others(meta, acted, file), *_values(meta, file, root)]
    if errors:
        raise NotatError.together([error.at(file) for error in errors])
    # Some authors set for each format what holds for all.
    for options in _formats(meta):
        for key in _FORMAT_ACTED:
            if key in options:
                meta.setdefault(key, options[key])
    # Quarto takes what belongs under `execute:` from the level above it too.
    above, below = {key: meta[key] for key in INHERITED if key in meta}, meta.get("execute", {})
    if above and isinstance(below, dict):
        meta["execute"] = CommentedMap(above | below)
    return meta


def _formats(meta: CommentedMap) -> list[CommentedMap]:
    formats = meta.get("format", {})
    found = formats.values() if isinstance(formats, CommentedMap) else ()
    return [options for options in found if isinstance(options, CommentedMap)]


def text(meta: CommentedMap, file: str) -> tuple[list[Line], list[Line]]:
    """The lines of the title, if there is one, and those that go below it: each with the place of its key."""

    def lines(key: str, words: str) -> list[Line]:
        return [((file, yamlfile.line_of(meta, key)), line) for line in (words, "")]

    title = lines("title", f"# {text_of(meta['title'])}") if "title" in meta else []
    below: list[Line] = []
    for key in ("subtitle", "author", "date", "abstract", "description"):
        if key == "author" and key in meta:
            below += lines(key, ", ".join(names_of(meta[key]) or []))
        elif key == "date" and key in meta:
            below += lines(key, _date(meta).replace(".", "\\.", 1))  # not a list
        elif key in meta and not (key == "description" and "abstract" in meta):
            for paragraph in re.split(r"\n\s*\n", str(meta[key]).strip()):
                below += lines(key, " ".join(paragraph.split()))
    return title, below


def _values(meta: CommentedMap, file: str, root: Path) -> Iterator[NotatError]:
    for key in _TEXTS:
        if key in meta and not text_of(meta[key]):
            yield _invalid(meta, key, "skal være en tekst", "Rett verdien.")
    if "author" in meta and not names_of(meta["author"]):
        yield _invalid(meta, "author", "skal være et navn eller en liste med navn", "Rett verdien.")
    if "date" in meta and not as_date(meta["date"]):
        remedy = "Skriv ÅÅÅÅ-MM-DD. Notatet skal bli likt hver gang, så datoen kan ikke følge klokka."
        yield _invalid(meta, "date", "skal være en dato", remedy)
    if not isinstance(meta.get("number-sections", True), bool):
        yield _invalid(meta, "number-sections", "skal være true eller false", "Rett verdien.")
    yield from _of_the_book(meta, file, root)
    yield from _execute(meta, file, "")
    formats = meta.get("format", {})
    for name in [formats] if isinstance(formats, str) else formats:
        if name not in FORMATS:
            remedy = f"Notatet lages som nettsider, PDF og Word. {QUARTO_CAN}"
            yield _unsupported(meta, "format", f"har formatet {name}", remedy)
        elif isinstance(formats, dict) and isinstance(formats[name], CommentedMap):
            path = f"format: {name}: "
            yield from check_others(formats[name], _FORMAT_ACTED, file, path, custom=False)
            yield from _execute(formats[name], file, path)


def _of_the_book(meta: CommentedMap, file: str, root: Path) -> Iterator[NotatError]:
    """A book has one bibliography and one style; its pages are in languages that notes are written in."""
    book = profiles.read(root).keys if meta.keys() & {"bibliography", "csl"} else {}
    for key in ("bibliography", "csl"):
        names = meta.get(key, [])
        for name in names if isinstance(names, list) else [names]:
            bare = str(name).lstrip("/")
            own = paths.inside(Path(file).parent / bare, root) or paths.inside(bare, root)
            if own is None or own != paths.inside(str(book.get(key, "")), root):
                remedy = f"Skriv den i {paths.CONFIG}; den gjelder hele boka. {QUARTO_CAN}"
                yield _unsupported(meta, key, "er ikke den som boka bruker", remedy)
    if not _kernel(meta.get("jupyter", "python")).lower().startswith("python"):
        yield _unsupported(meta, "jupyter", "er ikke Python", f"Kapitlene kjøres med Python. {QUARTO_CAN}")
    if "lang" in meta and not is_known(str(meta["lang"])):
        remedy = f"Skriv {', '.join(TAGS[:-1])} eller {TAGS[-1]}. Et annet språk settes på delene: ::: {{lang=de}}."
        yield _unsupported(meta, "lang", f"er «{meta['lang']}», som ikke er et språk som sider kan skrives på", remedy)


def _kernel(jupyter: Any) -> str:
    """The kernel or the language that a chapter names: by a word, or as a notebook says it."""
    if not isinstance(jupyter, dict):
        return str(jupyter)
    named = jupyter.get("kernelspec", {})
    found = (named.get("language") or named.get("name")) if isinstance(named, dict) else named
    return str(found or jupyter.get("kernel", "python"))


def _execute(group: CommentedMap, file: str, path: str) -> Iterator[NotatError]:
    for key in INHERITED:
        if key in group and not isinstance(group[key], bool | str):
            yield _invalid(group, key, "skal være true, false eller et ord", "Rett verdien.")
    options = group.get("execute", {})
    for key, value in options.items() if isinstance(options, CommentedMap) else ():
        if key in _EXECUTE_IGNORED or (key in INHERITED and isinstance(value, bool | str)):
            continue
        line = yamlfile.line_of(options, key)
        remedy = "Sett det på hver celle."
        yield NotatError("N0530", f"«{path}execute: {key}» støttes ikke.", file=file, line=line, remedy=remedy)


def execute_options(meta: CommentedMap) -> dict[str, bool | str]:
    """The options that every cell of the chapter has unless it sets them itself."""
    options = meta.get("execute", {})
    found = options.items() if isinstance(options, dict) else ()
    return {key: value for key, value in found if key in INHERITED}


def as_date(value: Any) -> dt.date | None:
    """A date in YAML, with or without quotation marks, in a form that Quarto's guide lists; None for anything else.

    A time of the day is left out, and years of two digits are none.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    for form in _DATES:
        try:
            return dt.datetime.strptime(str(value).strip(), form).date()  # noqa: DTZ007  # a date is in no time zone
        except ValueError:
            continue
    return None


def _date(meta: CommentedMap) -> str:
    found = as_date(meta["date"])
    with speaking(str(meta.get("lang", ""))) as language:
        return language.date(found) if found else ""


def _invalid(group: CommentedMap, key: str, what: str, remedy: str) -> NotatError:
    return NotatError("N0123", f"«{key}» {what}.", line=yamlfile.line_of(group, key), remedy=remedy)


def _unsupported(group: CommentedMap, key: str, what: str, remedy: str) -> NotatError:
    return NotatError("N0530", f"«{key}» {what}.", line=yamlfile.line_of(group, key), remedy=remedy)
