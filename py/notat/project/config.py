"""Read `_quarto.yml` and the format extension; refuse every key the embedded engine does not act on."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from notat.numbers.earlier import Edition
from notat.project.extension import Extension, read_extension
from notat.project.texts import check_texts
from notat.text import paths, yamlfile
from notat.text.errors import NotatError, did_you_mean

# Allowed keys. A dict is a mapping with these keys, a type is a value of it; `Any` is checked elsewhere.
_EXECUTE = {"echo": bool, "freeze": bool, "warning": bool}
_FORMATS = {"notat-html": Any, "notat-typst": Any, "notat-docx": Any}
_SCHEMA: dict[str, Any] = {
    "project": {
        "type": str,
        "output-dir": str,
        "execute-dir": str,
        "pre-render": Any,
        "post-render": Any,
        "resources": list,
    },
    "lang": str,
    "language": dict,
    "book": {
        "title": str,
        "subtitle": str,
        "author": str,
        "date": dt.date,
        "output-file": str,
        "downloads": list,
        "chapters": list,
        "appendices": list,
    },
    "bibliography": str,
    "csl": str,
    "jupyter": str,
    "notat": {
        "tidligere": {
            "navn": str,
            "aar": int,
            "kilde": str,
            "trykt": str,
            "avvik": str,
            "utgatt": str,
        },
    },
    "execute": _EXECUTE,
    "format": _FORMATS,
}
_PLACE = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
_CHAPTER = re.compile(r"(?:\./)?(?:[\w-]+/)*[\w-]+\.qmd")
_REQUIRED = (
    ("project", "type"),
    ("book", "title"),
    ("book", "author"),
    ("book", "date"),
    ("book", "output-file"),
    ("book", "chapters"),
)
_EARLIER_FILES = ("trykt", "avvik", "utgatt")
_TYPES = {
    bool: "true eller false",
    int: "et helt tall",
    str: "en tekst",
    list: "en liste",
    dict: "en gruppe nøkler",
    dt.date: "en dato (ÅÅÅÅ-MM-DD)",
}


@dataclass(frozen=True)
class ChapterFile:
    """A chapter as `_quarto.yml` lists it: path from the root, line in the file, appendix or not."""

    file: str
    line: int
    appendix: bool

    @cached_property
    def slug(self) -> str:
        """Name of the chapter's page, without extension."""
        return Path(self.file).stem


@dataclass(frozen=True)
class Config:
    """The configuration of the book: titles, chapters in order, language words and the extension's settings."""

    root: Path
    title: str
    subtitle: str
    author: str
    date: dt.date
    output_file: str
    chapters: tuple[ChapterFile, ...]
    bibliography: Path | None
    csl: Path | None
    lang: str
    words: dict[str, str]
    extension: Extension
    earlier: Edition | None = None

    @property
    def output(self) -> Path:
        """The folder of finished outputs."""
        return self.root / paths.OUTPUT

    def word(self, key: str, default: str) -> str:
        """A word of the interface, as `_quarto.yml` overrides it."""
        return self.words.get(key, default)


def read_config(root: Path) -> Config:
    """The checked configuration of the project at `root`."""
    raw = yamlfile.load(root / paths.CONFIG, root)
    _check(raw, _SCHEMA, paths.CONFIG)
    for group, key in _REQUIRED:
        if key not in raw.get(group, {}):
            raise NotatError("N0122", f"Nøkkelen {group}: {key} mangler.", file=paths.CONFIG, remedy="Legg den til.")
    check_texts(raw)
    _demand(raw, "project", "type", "book", "Bare bøker støttes.")
    if "output-dir" in raw["project"]:
        _demand(raw, "project", "output-dir", paths.OUTPUT, "Utdata skrives alltid dit.")
    if "execute-dir" in raw["project"]:
        _demand(raw, "project", "execute-dir", "project", "Kapitlene kjøres alltid i prosjektmappa.")
    for key, why in (("freeze", "Frosne resultater kan bli utdaterte."), ("echo", "Notatet viser aldri koden.")):
        if key in raw.get("execute", {}):
            _demand(raw, "execute", key, False, why)
    if "jupyter" in raw:
        _demand(raw, "", "jupyter", "python3", "Kapitlene kjøres alltid med Python.")
    for name in raw.get("format", {}):
        _demand(raw, "format", name, "default", "Innstillinger for formatene står i utvidelsen.")
    for key in ("resources", "pre-render", "post-render"):
        _check_paths(raw["project"], key, root)
    book = raw["book"]
    chapters = (*_chapters(book, "chapters", root), *_chapters(book, "appendices", root))
    _refuse_same_page(chapters)
    return Config(
        root=root,
        title=book["title"],
        subtitle=book.get("subtitle", ""),
        author=book["author"],
        date=book["date"],
        output_file=book["output-file"],
        chapters=chapters,
        bibliography=_existing(raw, "bibliography", root),
        csl=_existing(raw, "csl", root),
        lang=raw.get("lang", "nb-NO"),
        words=dict(raw.get("language", {})),
        extension=read_extension(root),
        earlier=_earlier(raw, root),
    )


def _check(mapping: CommentedMap, schema: dict[str, Any], file: str, path: str = "") -> None:
    for key, value in mapping.items():
        line = mapping.lc.key(key)[0] + 1
        if key not in schema:
            raise NotatError(
                "N0121",
                f"Ukjent nøkkel «{path}{key}».",
                file=file,
                line=line,
                remedy=did_you_mean(str(key), schema) + " Motoren gjør ikke noe med andre nøkler.",
            )
        rule = schema[key]
        if rule is Any:
            continue
        wanted = dict if isinstance(rule, dict) else rule
        # For Python a datetime is a date, and True is a number; here each type means exactly itself.
        odd = isinstance(value, dt.datetime) or (wanted is int and isinstance(value, bool))
        if not isinstance(value, wanted) or odd:
            raise NotatError(
                "N0123", f"«{path}{key}» skal være {_TYPES[wanted]}.", file=file, line=line, remedy="Rett verdien."
            )
        if isinstance(rule, dict) and isinstance(value, CommentedMap):
            _check(value, rule, file, f"{path}{key}: ")


def _demand(raw: CommentedMap, group: str, key: str, value: object, why: str) -> None:
    found = raw[group] if group else raw
    if found[key] != value:
        raise NotatError(
            "N0124",
            f"«{group}: {key}» er {found[key]}." if group else f"«{key}» er {found[key]}.",
            file=paths.CONFIG,
            line=found.lc.key(key)[0] + 1,
            remedy=f"{why} Sett verdien til {str(value).lower() if isinstance(value, bool) else value}.",
        )


def _chapters(book: CommentedMap, key: str, root: Path) -> list[ChapterFile]:
    listed = book.get(key, [])
    if key == "chapters" and not listed:
        raise NotatError(
            "N0502",
            "Boka har ingen kapitler.",
            file=paths.CONFIG,
            line=book.lc.key(key)[0] + 1,
            remedy="Før opp index.qmd.",
        )
    found = []
    for position, name in enumerate(listed):
        line = listed.lc.item(position)[0] + 1
        if not isinstance(name, str) or not name.endswith(".qmd"):
            raise NotatError(
                "N0503", "Et kapittel skal være en .qmd-fil.", file=paths.CONFIG, line=line, remedy="Rett navnet."
            )
        if paths.inside(name, root) is None:
            raise NotatError(
                "N0504",
                f"Kapittelet {name} finnes ikke i prosjektet.",
                file=paths.CONFIG,
                line=line,
                remedy="Rett navnet, eller lag fila.",
            )
        # The name becomes a web address and an argument of programs.
        if not _CHAPTER.fullmatch(name):
            raise NotatError(
                "N0503",
                f"Kapittelet {name} har tegn i navnet som ikke er tillatt.",
                file=paths.CONFIG,
                line=line,
                remedy="Bruk bokstaver, siffer, bindestrek og understrek.",
            )
        found.append(ChapterFile(name, line, appendix=key == "appendices"))
    return found


def _check_paths(project: CommentedMap, key: str, root: Path) -> None:
    """Scripts and resources must be inside the project, although only genuine Quarto uses them."""
    value = project.get(key, [])
    for name in value if isinstance(value, list) else [value]:
        if not isinstance(name, str) or not _PLACE.fullmatch(name) or not paths.is_contained(name, root):
            raise NotatError(
                "N0505",
                f"«{key}: {name}» er ikke et sted i prosjektet.",
                file=paths.CONFIG,
                line=project.lc.key(key)[0] + 1,
                remedy="Skriv veien fra prosjektmappa, uten .. og uten lenker ut.",
            )


def _refuse_same_page(chapters: tuple[ChapterFile, ...]) -> None:
    """The name of a chapter's file is the name of its page, so two chapters cannot share it."""
    seen: dict[str, ChapterFile] = {}
    for chapter in chapters:
        if chapter.slug in seen:
            raise NotatError(
                "N0506",
                f"Kapittelet {chapter.file} har samme filnavn som {seen[chapter.slug].file}.",
                file=paths.CONFIG,
                line=chapter.line,
                remedy="Gi den ene fila et annet navn, eller fjern linja.",
            )
        seen[chapter.slug] = chapter


def _earlier(raw: CommentedMap, root: Path) -> Edition | None:
    """The earlier edition that the note compares itself with."""
    declared = raw.get("notat", {}).get("tidligere")
    if declared is None:
        return None
    for key in ("navn", "aar"):
        if declared.get(key, 0) in ("", 0):
            raise NotatError(
                "N0122",
                f"Nøkkelen notat: tidligere: {key} mangler.",
                file=paths.CONFIG,
                line=raw["notat"].lc.key("tidligere")[0] + 1,
                remedy="Skriv hva den tidligere utgaven kalles, og året den kom.",
            )
    for key in _EARLIER_FILES:
        if key in declared and paths.inside(declared[key], root, paths.DATA) is None:
            raise NotatError(
                "N0504",
                f"Fila {paths.DATA}/{declared[key]} finnes ikke.",
                file=paths.CONFIG,
                line=declared.lc.key(key)[0] + 1,
                remedy=f"Rett navnet, eller hent fila tilbake fra git. Den skal ligge i {paths.DATA}/.",
            )
    if declared["aar"] < 1:
        raise NotatError(
            "N0124",
            f"«notat: tidligere: aar» er {declared['aar']}.",
            file=paths.CONFIG,
            line=declared.lc.key("aar")[0] + 1,
            remedy="Skriv året utgaven kom, som 2019.",
        )
    table, corrections, dropped = (declared.get(key, "") for key in _EARLIER_FILES)
    return Edition(declared["navn"], declared["aar"], declared.get("kilde", ""), table, corrections, dropped)


def _existing(raw: CommentedMap, key: str, root: Path) -> Path | None:
    if key not in raw:
        return None
    if paths.inside(raw[key], root) is None or Path(raw[key]).is_absolute():
        raise NotatError(
            "N0504",
            f"Fila {raw[key]} finnes ikke i prosjektet.",
            file=paths.CONFIG,
            line=raw.lc.key(key)[0] + 1,
            remedy="Rett navnet, eller hent fila tilbake fra git.",
        )
    return root / str(raw[key])
