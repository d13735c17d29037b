"""What the command does and why, logged to standard error with -v.

Every module logs to a logger of its own name below `notat`, in bokmål, because authors read it: INFO is what is built
again and why, DEBUG every program that is called, with its time.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

VARIABLE = "NOTAT_LOGG"  # passes the log level of this process on to helper processes
_LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)


def begin(console: Console, verbose: int, says: logging.Filter) -> None:
    """Print the lines as `says` has them: from `verbose` 1 what is built again and why, from 2 also what is called."""
    from rich.logging import RichHandler

    os.environ[VARIABLE] = str(verbose)
    handler = RichHandler(console=console, show_level=False, show_path=False, log_time_format="[%H:%M:%S]")
    handler.addFilter(says)
    _listen(handler, verbose)


def follow() -> None:
    """Log at the parent's level, as plain text, for the parent to pass on."""
    if os.environ.get(VARIABLE, "").isdigit():
        _listen(logging.StreamHandler(), int(os.environ[VARIABLE]))


def _listen(handler: logging.Handler, verbose: int) -> None:
    logger = logging.getLogger("notat")
    logger.handlers[:] = [handler]
    logger.setLevel(_LEVELS[min(verbose, len(_LEVELS) - 1)])
    logger.propagate = False
