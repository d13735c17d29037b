"""What runs inside the kernel: evaluate a chapter's inline expressions as Quarto does, several in one round trip."""

from __future__ import annotations

import gc
import os
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

from notat.data import used
from notat.engine.keep.reads import note_reads
from notat.norsk.language import use_for_page

MIME = "application/vnd.notat.inline+json"
_HOME = Path.cwd()  # the kernel starts in the project
_chapter, _cell = ExitStack(), ExitStack()
_uses: set[used.Use] = set()
_of_cell: set[used.Use] = set()


def begin(look: str, lang: str, formats: tuple[str, ...]) -> None:
    """Start recording what a chapter in a language uses; `look` is the domain's module of that name, or empty.

    Figures are drawn for these formats.

    What remains from earlier chapters is data and code that live until the end. IPython collects garbage at each reset,
    and scanning all of it every time would make the cost of a chapter grow with the book.
    """
    global _uses  # noqa: PLW0603  # a kernel runs one chapter at a time
    _leave_cell()
    use_for_page(lang)
    note_reads(_HOME)
    _chapter.close()
    _uses = _chapter.enter_context(used.record())
    if look:
        import_module(look).begin_chapter(formats)
    gc.freeze()


def renew(look: str, variables: dict[str, str]) -> None:
    """Begin another build in the same kernel: with these variables of the environment, and nothing made of the last."""
    os.environ.update(variables)
    if look:
        import_module(look).begin_build()


def open_cell(look: str, width: float | None, height: float | None, columns: int) -> None:
    """Start recording what one cell uses, and let the domain set the size of the figures that it draws.

    It is given in inches, or follows from the number of columns that the figures stand in.
    """
    global _of_cell  # noqa: PLW0603  # as above
    _leave_cell()
    if look:
        import_module(look).begin_cell(width, height, columns)
    _of_cell = _cell.enter_context(used.record())


def close_cell(look: str) -> None:
    """Publish the figures that the cell has drawn, and what it has used."""
    from IPython.display import publish_display_data

    if look:
        import_module(look).end_cell()
    _leave_cell()
    publish_display_data({MIME: sorted(_of_cell), "text/plain": ""})


def _leave_cell() -> None:
    """Stop recording, and go back to the folder that the code may have left: numbers are found from there."""
    _cell.close()
    os.chdir(_HOME)


def end() -> None:
    """Publish what the chapter has used."""
    from IPython.display import publish_display_data

    _leave_cell()
    _chapter.close()
    publish_display_data({MIME: sorted(_uses), "text/plain": ""})


def show(expressions: list[str], namespace: dict[str, Any]) -> None:
    """Publish the Markdown of each expression, or its error, as one message.

    A value that has Markdown of its own gives that; any other value gives its text. An error is published by its type
    and message, and does not stop the others.
    """
    from IPython import get_ipython
    from IPython.display import publish_display_data

    results: list[dict[str, str]] = []
    for expression in expressions:
        try:
            value = eval(expression, namespace)  # noqa: S307  # chapters are trusted code: that is what they are
        except Exception as error:
            results.append({"error": type(error).__name__, "message": str(error)})
            continue
        bundle, _ = get_ipython().display_formatter.format(value)
        # What a table becomes in a cell is no running text.
        own = bundle.get("text/markdown") if hasattr(value, "_repr_markdown_") else None
        results.append({"markdown": own} if own else {"text": str(value)})
    publish_display_data({MIME: results, "text/plain": ""})
