"""What runs inside the kernel: evaluate a chapter's inline expressions as Quarto does, several in one round trip."""

from __future__ import annotations

import gc
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from notat.data import used
from notat.engine.keep.reads import note_reads

MIME = "application/vnd.notat.inline+json"
_chapter = ExitStack()
_uses: set[used.Use] = set()


def begin() -> None:
    """Start recording what a chapter uses.

    What remains from earlier chapters is data and code that live until the end. IPython collects garbage at each reset,
    and scanning all of it every time would make the cost of a chapter grow with the book.
    """
    global _uses  # noqa: PLW0603  # a kernel runs one chapter at a time
    note_reads(Path.cwd())
    _chapter.close()
    _uses = _chapter.enter_context(used.record())
    gc.freeze()


def end() -> None:
    """Publish what the chapter has used."""
    from IPython.display import publish_display_data

    _chapter.close()
    publish_display_data({MIME: sorted(_uses), "text/plain": ""})


def show(expressions: list[str], namespace: dict[str, Any]) -> None:
    """Publish the Markdown of each expression, or its error, as one message.

    A value with a Markdown representation gives that; any other value gives its text. Evaluation stops at the first
    error, whose type and message are published instead of a result.
    """
    from IPython import get_ipython
    from IPython.display import publish_display_data

    results: list[dict[str, str]] = []
    for expression in expressions:
        try:
            value = eval(expression, namespace)  # noqa: S307  # chapters are trusted code: that is what they are
        except Exception as error:
            results.append({"error": type(error).__name__, "message": str(error)})
            break
        bundle, _ = get_ipython().display_formatter.format(value)
        results.append({"markdown" if "text/markdown" in bundle else "text": bundle.get("text/markdown") or str(value)})
    publish_display_data({MIME: results, "text/plain": ""})
