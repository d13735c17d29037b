"""What commands say, in the language of whoever runs them: bokmål as the code has it, or English with `NOTAT_LANG=en`.

Every message is made in bokmål, by the code that knows what is wrong. It is translated here, where it is printed, and
nowhere else: so what is cached, archived and sent between processes is always bokmål, and outputs are the same bytes.
"""

from __future__ import annotations

import logging
import os
import re
from typing import Any

import click
from rich.console import Console
from rich.status import Status
from rich.tree import Tree

from notat.cli.english import english
from notat.text.errors import NotatError

VARIABLE = "NOTAT_LANG"
_LANGUAGES = ("", "nb", "en")


def refuse_unknown() -> None:
    """Stop when somebody asks for a language that commands do not speak."""
    if _wanted() not in _LANGUAGES:
        asked = os.environ.pop(VARIABLE)  # this much is said as if nothing were asked
        remedy = "Sett den til nb eller en: Kommandoene sier alt på bokmål eller engelsk."
        raise NotatError("N1118", f"{VARIABLE} er «{asked}».", remedy=remedy)


def is_english() -> bool:
    """Whether whoever runs the command wants English."""
    return _wanted() == "en"


def _wanted() -> str:
    return re.split(r"[_.@-]", os.environ.get(VARIABLE, ""))[0].lower()


def said(text: str) -> str:
    """A text as it is printed: line by line in English, or as it is."""
    if not text or not is_english():
        return text
    return "\n".join(map(english, text.split("\n")))


def echo(text: str = "", *, nl: bool = True, err: bool = False) -> None:
    """Print a text on standard output, or on standard error."""
    click.echo(said(text), nl=nl, err=err)


class SpeakingConsole(Console):
    """A console on standard error which prints texts as they are said."""

    def __init__(self) -> None:
        super().__init__(stderr=True, highlight=False)

    def status(self, status: Any, **options: Any) -> Status:
        """Show what is going on."""
        return super().status(said(status), **options)

    def print(self, *objects: Any, **options: Any) -> None:
        """Print; what is not a text, as a table, is said by whoever made it."""
        super().print(*(said(one) if isinstance(one, str) else one for one in objects), **options)


def said_tree(tree: Tree) -> Tree:
    """A tree with its labels as they are said."""
    if is_english():
        text = tree.label if isinstance(tree.label, str) else getattr(tree.label, "plain", "")
        if said(text) != text:
            tree.label = said(text)
        for child in tree.children:
            said_tree(child)
    return tree


class Filter(logging.Filter):
    """Says what is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message of the record; none is left out."""
        record.msg, record.args = said(record.getMessage()), ()
        return True
