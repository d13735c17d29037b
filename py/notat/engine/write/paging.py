"""Give the contents of a Word document page numbers, where the machine has LibreOffice."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from notat.docx import libreoffice
from notat.docx.libreoffice import LayoutError, Program
from notat.engine.keep.cache import Store
from notat.engine.keep.step import Results, Step

_log = logging.getLogger(__name__)
_CODE = (__name__,)
_ROUNDS = 3


def find_program(store: Store) -> Program | None:
    """LibreOffice on this machine; asking its version takes half a second, so the answer is cached."""
    path = libreoffice.find()
    try:
        if path is None:
            raise LayoutError("LibreOffice er ikke installert")
        status = path.stat()
        key = f"{path} {status.st_mtime_ns} {status.st_size}"
        known = store.get("program", key)
        if known is None:
            known = libreoffice.version_of(path).encode()
            store.put("program", key, known)
    except (LayoutError, OSError) as error:
        _log.info("Innholdet i Word får ikke sidetall: %s", error)
        return None
    return Program(path, known.decode())


def number_pages(results: Results, name: str, content: bytes, program: Program) -> bytes:
    """The finished document `content` with page numbers; as it is when its pages cannot be computed."""
    inputs = (content, program.version)
    step = Step("docx-numbered", name, _CODE, inputs, lambda: _numbered(results, name, content, program))
    try:
        return results.get_or_make(step)
    except LayoutError as error:
        _log.info("Innholdet i %s får ikke sidetall: %s", Path(name).name, error)
        return content


def _numbered(results: Results, name: str, content: bytes, program: Program) -> bytes:
    from notat.docx.pages import opened, pages_of, targets, write_pages

    package = opened(content)
    wanted = targets(package)
    if not wanted:
        return content
    made, shown = content, dict[str, int]()
    for _ in range(_ROUNDS):
        pages = pages_of(package, _places(results, name, made, program))
        if lost := [target for target in wanted if target not in pages]:
            raise LayoutError(f"LibreOffice finner ikke «{lost[0]}»")
        if pages == shown:
            return made
        shown = pages
        made = write_pages(content, shown, program.version)
    raise LayoutError("sidene flytter seg når sidetallene settes inn")


def _places(results: Results, name: str, content: bytes, program: Program) -> dict[str, int]:
    from notat.docx.pages import for_layout

    document = for_layout(content)
    inputs = (document, program.version)

    def make() -> bytes:
        return json.dumps(libreoffice.places(program.path, document)).encode()

    found: dict[str, int] = json.loads(results.get_or_make(Step("pages", name, _CODE, inputs, make)))
    return found


def programs_of_pages(folder: Path) -> dict[str, str | None]:
    """The program that computed the page numbers of each Word document in the folder; none where it has none."""
    files = sorted(folder.glob("*.docx"))
    if not files:
        return {}
    from notat.docx.declare import pages_by
    from notat.docx.pages import opened

    return {file.name: pages_by(opened(file.read_bytes())) or None for file in files}
