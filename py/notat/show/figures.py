"""Draw a figure once: as long as what it shows is unchanged, its files and its words are those of the last drawing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from notat.data import used
from notat.engine.keep.cache import Store, digest
from notat.engine.keep.keys import Inputs
from notat.numbers.indicators import Numbers
from notat.text import paths

_KIND, _FILES = "figur", "figurfil"
_KEPT = 4  # drawings of one figure: going back to an earlier value finds the earlier drawing


def drawn(root: Path, name: str, numbers: Numbers, draw: Callable[[], str]) -> str:
    """The Markdown of the figure `fig-<name>`, whose files are in `_figurer/`; `draw` makes both when needed."""
    store, inputs = Store(root), _inputs(root, numbers)
    kept = _kept(store, inputs, name)
    if kept and restore(store, root, kept["filer"]):
        used.repeat(tuple(use) for _, *use in kept["brukt"])
        return str(kept["tekst"])
    with used.recorded() as uses:
        markdown = draw()
    entry = {"brukt": inputs.digests(uses), "tekst": markdown, "filer": keep(store, root, [name])}
    earlier = store.read_json(_KIND, _key(inputs, name)) or []
    store.write_json(_KIND, _key(inputs, name), [entry, *earlier][:_KEPT])
    return markdown


def undrawn(store: Store, inputs: Inputs, names: Iterable[str]) -> list[str]:
    """Those of the figures that must be drawn."""
    return [name for name in names if _kept(store, inputs, name) is None]


def keep(store: Store, root: Path, names: Iterable[str]) -> dict[str, str]:
    """Keep the files of figures as they are in `_figurer/`; their digests by name."""
    digests = {}
    for name in names:
        for file in sorted((root / paths.FIGURES).glob(f"fig-{name}.*")):
            content = file.read_bytes()
            digests[file.name] = hashlib.sha256(content).hexdigest()
            store.put(_FILES, digests[file.name], content)
    return digests


def restore(store: Store, root: Path, digests: dict[str, str]) -> bool:
    """Let `_figurer/` hold the files with these digests; False when one is no longer kept."""
    folder = root / paths.FIGURES
    for name, wanted in digests.items():
        file = folder / name
        if file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == wanted:
            continue
        content = store.get(_FILES, wanted)
        if content is None:
            return False
        folder.mkdir(parents=True, exist_ok=True)
        paths.write_bytes(file, content)
    return True


def _key(inputs: Inputs, name: str) -> str:
    return digest(inputs.chapter_code, name)


def _kept(store: Store, inputs: Inputs, name: str) -> Any:
    entries = store.read_json(_KIND, _key(inputs, name)) or []
    return next((entry for entry in entries if inputs.unchanged(entry["brukt"])), None)


@lru_cache(maxsize=2)
def _inputs(root: Path, numbers: Numbers) -> Inputs:  # noqa: ARG001  # the inputs of one reading of the data
    return Inputs(root)
