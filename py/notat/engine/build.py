"""Build the book: run the chapters once, then write the formats that are asked for."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from notat.engine.keep.cache import Store, digest
from notat.engine.keep.keys import Inputs
from notat.engine.keep.lock import locked
from notat.engine.keep.output import interruptible, recover, replaced
from notat.engine.keep.unchanged import is_built, write_built
from notat.engine.run.kernel import sweep
from notat.project.config import Config, read_config
from notat.project.source import Source, read_source
from notat.text import paths
from notat.text.errors import unwritable

FORMATS = ("html", "pdf", "docx")
Report = Callable[[str], None]


def build(
    root: Path,
    formats: Iterable[str] = FORMATS,
    report: Report = lambda _: None,
    *,
    cached: bool = True,
    store: Store | None = None,
    config: Config | None = None,
    inputs: Inputs | None = None,
) -> list[Path]:
    """Build the project at `root` and return its main outputs. `report` is told each step as it begins.

    Formats that are not asked for are kept as they were. Any error leaves `_output/` untouched. Results of earlier
    builds are used as long as all that they were made from is unchanged; `cached=False` forgets them first. `store`
    is where they are kept, for those who want to see what was made anew; `config` the configuration and `inputs` the
    digests, where they are read.
    """
    formats = [name for name in FORMATS if name in set(formats)]
    config = config or read_config(root)
    with locked(root, report):
        try:
            recover(config.output)
            sweep()
            store = store or Store(root)
            if not cached:
                store.clear()
            inputs = inputs or Inputs(root)
            if cached and is_built(config.output, formats, inputs):
                report("Ingenting er endret")
            else:
                with interruptible(config.output):
                    _build(config, formats, report, store, inputs, early=cached)
        except OSError as error:
            raise unwritable(error, root) from error
    return [file for file in main_outputs(config) if file.exists()]


def _build(config: Config, formats: list[str], report: Report, store: Store, inputs: Inputs, *, early: bool) -> None:
    from notat.engine.write.typeset import Typesetter

    typesetter = Typesetter(config)
    if early and "pdf" in formats:
        typesetter.begin()
    from notat.engine.read.assemble import assemble
    from notat.engine.run.chapters import run_chapters
    from notat.engine.write.formats import write
    from notat.project.manifest import write_manifest
    from notat.show.embedded import write_embedded

    root = config.root
    report("Kontrollerer data")
    sources = inputs.chapters = [read_source(root, file.file) for file in config.chapters]
    executed = run_chapters(sources, store, inputs, report, lambda: _verify(root, sources, store, inputs))
    book = assemble(config, zip(config.chapters, sources, executed, strict=True), store, inputs)
    if "pdf" in formats:
        write_embedded(root, _numbers_files(root, store, inputs), book.made_of)
    with replaced(config.output) as folder:
        if set(formats) != set(FORMATS) and config.output.is_dir():
            _keep(config, folder, formats)
        write(book, formats, folder, report, typesetter)
        write_manifest(book.made_of, folder)
    write_built(config.output, formats, inputs)
    _renew_snippets(root, store, inputs)
    store.tidy()


def _verify(root: Path, sources: list[Source], store: Store, inputs: Inputs) -> None:
    """Stop on broken data and false claims. Those found true stay so until data, code, works or marks change."""
    from notat.show.claims.marks import marks

    marked = [(mark.id, mark.source) for source in sources for mark in marks(source)]
    works = inputs.file(root / "references.bib")
    key = digest(inputs.package, inputs.folder(paths.DATA), works, json.dumps(marked))

    def verified() -> bytes:
        from notat.data import dataset
        from notat.numbers.indicators import Numbers
        from notat.show.claims import verify

        verify(root, Numbers(dataset.load(root)))
        return b""

    store.made("kontroll", "data", key, verified)


def _numbers_files(root: Path, store: Store, inputs: Inputs) -> dict[str, str]:
    key = digest(inputs.package, json.dumps(inputs.digests([("data",), ("tall i teksten",)])))

    def made() -> bytes:
        from notat.data import dataset
        from notat.numbers.indicators import Numbers
        from notat.show.embedded import numbers_files

        return json.dumps(numbers_files(root, Numbers(dataset.load(root)))).encode()

    files: dict[str, str] = json.loads(store.made("tallfiler", "tall", key, made))
    return files


def _renew_snippets(root: Path, store: Store, inputs: Inputs) -> None:
    """Let the editor complete the names as they now are. It is a help, so a folder that cannot be written is let be."""
    if not (root / paths.EDITOR).is_dir():
        return
    works = inputs.file(root / "references.bib")

    def made() -> bytes:
        from notat.cli import snippets

        return snippets.made(root)

    content = store.made("forslag", "navn", digest(inputs.package, inputs.folder(paths.DATA), works), made)
    with contextlib.suppress(OSError):
        paths.renew(root / paths.SNIPPETS, content)


def main_outputs(config: Config) -> list[Path]:
    """The files that a build is for."""
    name = config.output_file
    return [config.output / "index.html", config.output / f"{name}.pdf", config.output / f"{name}.docx"]


def _keep(config: Config, folder: Path, formats: list[str]) -> None:
    """Copy what the formats not asked for had written before."""
    shutil.copytree(config.output, folder, dirs_exist_ok=True)
    if "html" in formats:
        for entry in folder.iterdir():
            if entry.suffix in (".pdf", ".docx"):
                continue
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
