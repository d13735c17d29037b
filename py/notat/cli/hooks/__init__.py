"""Scripts that `quarto render` calls, named in `_quarto.yml`; they do what the embedded engine does itself."""

from __future__ import annotations

import sys
from collections.abc import Callable

from notat.cli.speech import said
from notat.text import codebase, surroundings
from notat.text.errors import NotatError


def run(step: Callable[[], None]) -> None:
    """Do a step as a program: a foreseen problem is one message, and stops Quarto."""
    surroundings.adopt()
    codebase.adopt()
    try:
        step()
    except NotatError as error:
        sys.exit(said(f"Feil: {error}"))
