"""Read `_extensions/notat/_extension.yml`: the house style as a Quarto format, as far as the engine uses it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notat.text import paths, yamlfile
from notat.text.errors import NotatError

_FILE = f"{paths.EXTENSION}/_extension.yml"


@dataclass(frozen=True)
class Extension:
    """The settings and files of the house style; every file is in the extension's folder."""

    number_depth: int
    toc_depth: int
    filters: tuple[Path, ...]
    pdf_standards: tuple[str, ...]
    template_partials: tuple[Path, ...]
    reference_doc: Path
    css: tuple[Path, ...]


def read_extension(root: Path) -> Extension:
    """The checked house style of the project at `root`."""
    raw: Any = yamlfile.load(root / _FILE, root)
    for key in ("contributes", "formats"):
        raw = raw.get(key)
        if not isinstance(raw, dict):
            raise _refusal("N0507", f"«{key}» mangler eller er ikke en gruppe nøkler.")
    formats: dict[str, dict[str, Any]] = {}
    for name in ("common", "html", "typst", "docx"):
        formats[name] = raw.get(name, {})
        if not isinstance(formats[name], dict):
            raise _refusal("N0507", f"«{name}» er ikke en gruppe nøkler.")
    common, html, typst, docx = formats.values()
    _files(html, "template-partials", root)  # only genuine Quarto uses them
    documents = _files(docx, "reference-doc", root)
    if len(documents) != 1:
        raise _refusal("N0507", "«reference-doc» mangler eller er ikke én fil.")
    return Extension(
        number_depth=_depth(common, "number-depth", 3),
        toc_depth=_depth(common, "toc-depth", 2),
        filters=_files(common, "filters", root),
        pdf_standards=tuple(_texts(typst, "pdf-standard")),
        template_partials=_files(typst, "template-partials", root),
        reference_doc=documents[0],
        css=_files(html, "css", root),
    )


def _depth(group: dict[str, Any], key: str, default: int) -> int:
    value = group.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 6:
        raise _refusal("N0507", f"«{key}: {value}» er ikke et tall fra 1 til 6.")
    return value


def _texts(group: dict[str, Any], key: str) -> list[str]:
    value = group.get(key, [])
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) and text for text in texts):
        raise _refusal("N0507", f"«{key}» er ikke en tekst eller en liste med tekster.")
    return texts


def _files(group: dict[str, Any], key: str, root: Path) -> tuple[Path, ...]:
    found = []
    for name in _texts(group, key):
        file = paths.inside(name, root, paths.EXTENSION)
        if file is None or Path(name).is_absolute():
            raise _refusal("N0507", f"«{key}: {name}» er ikke en fil i {paths.EXTENSION}/.")
        found.append(root / paths.EXTENSION / name)
    return tuple(found)


def _refusal(code: str, problem: str) -> NotatError:
    return NotatError(code, problem, file=_FILE, remedy="Rett verdien, eller hent fila tilbake fra git.")
