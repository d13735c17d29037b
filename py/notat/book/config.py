"""Read `_quarto.yml` and the format extension; refuse every key the embedded engine does not act on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from notat import paths
from notat.errors import NotatError, did_you_mean

# Allowed keys. A dict is a mapping with these keys, a type is a value of it; `Any` is not looked into, because only
# genuine Quarto acts on it.
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
    "execute": _EXECUTE,
    "format": _FORMATS,
}
_REQUIRED = (
    ("project", "type"),
    ("book", "title"),
    ("book", "author"),
    ("book", "date"),
    ("book", "output-file"),
    ("book", "chapters"),
)
_TYPES = {
    bool: "true eller false",
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

    @property
    def slug(self) -> str:
        """Name of the chapter's page, without extension."""
        return Path(self.file).stem


@dataclass(frozen=True)
class Config:
    """What the book is: titles, chapters in order, language words and the extension's settings."""

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
    number_depth: int
    toc_depth: int
    filters: tuple[Path, ...]
    pdf_standards: tuple[str, ...]
    template_partials: tuple[Path, ...]
    reference_doc: Path
    css: tuple[Path, ...]

    @property
    def output(self) -> Path:
        """The folder of finished outputs."""
        return self.root / paths.OUTPUT

    def word(self, key: str, default: str) -> str:
        """A word of the interface, as `_quarto.yml` overrides it."""
        return self.words.get(key, default)


def read_config(root: Path) -> Config:
    """The checked configuration of the project at `root`."""
    raw = _load(root / paths.CONFIG, root)
    _check(raw, _SCHEMA, paths.CONFIG)
    for group, key in _REQUIRED:
        if key not in raw.get(group, {}):
            raise NotatError(f"Nøkkelen {group}: {key} mangler.", file=paths.CONFIG, remedy="Legg den til.")
    _demand(raw, "project", "type", "book", "Bare bøker støttes.")
    if "output-dir" in raw["project"]:
        _demand(raw, "project", "output-dir", paths.OUTPUT, "Utdata skrives alltid dit.")
    if "execute-dir" in raw["project"]:
        _demand(raw, "project", "execute-dir", "project", "Kapitlene kjøres alltid i prosjektmappa.")
    for key, why in (("freeze", "Frosne resultater kan bli utdaterte."), ("echo", "Notatet viser aldri koden.")):
        if key in raw.get("execute", {}):
            _demand(raw, "execute", key, False, why)
    book = raw["book"]
    chapters = (*_chapters(book, "chapters", root), *_chapters(book, "appendices", root))
    _refuse_same_page(chapters)
    formats = _extension(root)
    common, typst, docx, html = (formats.get(name, {}) for name in ("common", "typst", "docx", "html"))
    extension = root / paths.EXTENSION
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
        words={str(k): str(v) for k, v in raw.get("language", {}).items()},
        number_depth=common.get("number-depth", 3),
        toc_depth=common.get("toc-depth", 2),
        filters=tuple(extension / name for name in common.get("filters", [])),
        pdf_standards=tuple(typst.get("pdf-standard", [])),
        template_partials=tuple(extension / name for name in typst.get("template-partials", [])),
        reference_doc=extension / docx["reference-doc"],
        css=tuple(extension / name for name in _as_list(html.get("css", []))),
    )


def _as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _load(file: Path, root: Path) -> CommentedMap:
    place = file.relative_to(root)
    try:
        loaded = YAML(typ="rt").load(paths.read_text(file, root))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise NotatError(
            f"Ugyldig YAML: {error.problem}.",
            file=place,
            line=line,
            remedy="Kontroller innrykk, kolon og anførselstegn.",
        ) from None
    except YAMLError:
        raise NotatError("Fila har et usynlig tegn som ikke er tillatt.", file=place, remedy="Fjern det.") from None
    if not isinstance(loaded, CommentedMap):
        raise NotatError("Fila har ingen nøkler.", file=place, remedy="Hent den tilbake fra git.")
    return loaded


def _check(mapping: CommentedMap, schema: dict[str, Any], file: str, path: str = "") -> None:
    for key, value in mapping.items():
        line = mapping.lc.key(key)[0] + 1
        if key not in schema:
            raise NotatError(
                f"Ukjent nøkkel «{path}{key}».",
                file=file,
                line=line,
                remedy=did_you_mean(str(key), schema) + " Motoren gjør ikke noe med andre nøkler.",
            )
        rule = schema[key]
        if rule is Any:
            continue
        wanted = dict if isinstance(rule, dict) else rule
        if not isinstance(value, wanted):
            raise NotatError(f"«{path}{key}» skal være {_TYPES[wanted]}.", file=file, line=line, remedy="Rett verdien.")
        if isinstance(rule, dict) and isinstance(value, CommentedMap):
            _check(value, rule, file, f"{path}{key}: ")


def _demand(raw: CommentedMap, group: str, key: str, value: object, why: str) -> None:
    if raw[group][key] != value:
        raise NotatError(
            f"«{group}: {key}» er {raw[group][key]}.",
            file=paths.CONFIG,
            line=raw[group].lc.key(key)[0] + 1,
            remedy=f"{why} Sett verdien til {str(value).lower() if isinstance(value, bool) else value}.",
        )


def _chapters(book: CommentedMap, key: str, root: Path) -> list[ChapterFile]:
    listed = book.get(key, [])
    found = []
    for position, name in enumerate(listed):
        line = listed.lc.item(position)[0] + 1
        if not isinstance(name, str) or not name.endswith(".qmd"):
            raise NotatError("Et kapittel skal være en .qmd-fil.", file=paths.CONFIG, line=line, remedy="Rett navnet.")
        file = (root / name).resolve()
        if not file.is_relative_to(root.resolve()) or not file.is_file():
            raise NotatError(
                f"Kapittelet {name} finnes ikke i prosjektet.",
                file=paths.CONFIG,
                line=line,
                remedy="Rett navnet, eller lag fila.",
            )
        found.append(ChapterFile(name, line, appendix=key == "appendices"))
    return found


def _refuse_same_page(chapters: tuple[ChapterFile, ...]) -> None:
    """The name of a chapter's file is the name of its page, so two chapters cannot share it."""
    seen: dict[str, ChapterFile] = {}
    for chapter in chapters:
        if chapter.slug in seen:
            raise NotatError(
                f"Kapittelet {chapter.file} har samme filnavn som {seen[chapter.slug].file}.",
                file=paths.CONFIG,
                line=chapter.line,
                remedy="Gi den ene fila et annet navn, eller fjern linja.",
            )
        seen[chapter.slug] = chapter


def _existing(raw: CommentedMap, key: str, root: Path) -> Path | None:
    if key not in raw:
        return None
    file = (root / raw[key]).resolve()
    if not file.is_relative_to(root.resolve()) or not file.is_file():
        raise NotatError(
            f"Fila {raw[key]} finnes ikke i prosjektet.",
            file=paths.CONFIG,
            line=raw.lc.key(key)[0] + 1,
            remedy="Rett navnet, eller hent fila tilbake fra git.",
        )
    return file


def _extension(root: Path) -> dict[str, Any]:
    file = root / paths.EXTENSION / "_extension.yml"
    return _load(file, root)["contributes"]["formats"]
