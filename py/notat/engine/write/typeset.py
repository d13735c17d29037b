"""Call Typst, which first lays out the text of the last build while the new text is written.

Within a process Typst remembers its layout, redoes only what differs, and gives the same bytes as without memory. After
a changed sentence, laying out a whole note takes longer than all else, so it should start at once.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Mapping
from threading import Thread
from typing import Any, cast

from notat.engine.write.rowheads import mark_row_heads
from notat.project import fonts
from notat.project.config import Config
from notat.text import paths
from notat.text.errors import NotatError

_log = logging.getLogger(__name__)


class Typesetter:
    """Typst for a document of this project's note; the source is in a folder inside it, `work`.

    `booklet` names the folder of a document that is not the main one.
    """

    _remembers = False  # set on the class: Typst's memory belongs to the process

    def __init__(self, config: Config, booklet: str = ""):
        self.config = config
        self.work = config.root / paths.CACHE / "pdf" / booklet
        self.source = self.work / "notat.typ"
        self._begun: Thread | None = None

    def begin(self) -> None:
        """Lay out the text of the last build, if there is one and Typst does not remember it."""
        if self.source.is_file() and not Typesetter._remembers:
            self._begun = Thread(target=self._try)
            self._begun.start()

    def _try(self) -> None:
        import typst

        try:
            self._pdf()
        except (typst.TypstError, OSError) as error:  # the new text is what counts
            _log.debug("Typst kan ikke sette forrige tekst: %s", error)

    def compile_pdf(self, text: bytes, parts: Mapping[str, bytes]) -> bytes:
        """The PDF of a Typst source; `parts` are the files that it includes, by name."""
        import typst

        if self._begun is not None:
            self._begun.join()
        self._write({self.source.name: text, **parts})
        try:
            pdf, warnings = self._pdf()
        except typst.TypstError as error:
            raise NotatError(
                "N0729", f"Typst stanset: {error}", remedy="Se etter figurer eller tabeller uten alternativ tekst."
            ) from None
        if warnings:
            raise NotatError("N0729", f"Typst advarer: {'; '.join(warnings)}")
        return mark_row_heads(pdf)

    def _write(self, texts: Mapping[str, bytes]) -> None:
        self.work.mkdir(parents=True, exist_ok=True)
        for file in self.work.glob("*.typ"):
            if file.name not in texts:
                file.unlink()
        for name, text in texts.items():
            paths.renew(self.work / name, text)

    def _pdf(self) -> tuple[bytes, list[str]]:
        import typst

        began = time.monotonic()
        pdf, warnings = typst.compile_with_warnings(
            str(self.source),
            root=str(self.config.root),
            font_paths=[str(fonts.files()[0].parent)],
            ignore_system_fonts=True,
            # Typst itself refuses unknown names.
            pdf_standards=cast(Any, list(self.config.extension.pdf_standards)),
            timestamp=dt.datetime.combine(self.config.date, dt.time(), dt.UTC),
        )
        Typesetter._remembers = True
        _log.debug("Typst: %.2f s", time.monotonic() - began)
        return pdf, [warning.message for warning in warnings]
