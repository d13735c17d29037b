"""Text that is data: what it may contain, and how it is escaped in Markdown, attributes and scripts.

Chapters are trusted, data are not. The only rule is here: a text of the data is letters, digits, symbols and ordinary
spaces, and no longer than a paragraph. All such text, even `<script>` and `$x$`, is legitimate, so it is escaped where
it becomes Markdown, and every format prints it literally.
"""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 2000
_SPACES = "\n\u00a0\u202f\u2009"  # a line break, and the hard and thin spaces of Norwegian typography
FENCE = ":::"  # what opens a box; after a space it is escaped too, to distinguish it from the author's
_MARKUP = re.compile(
    r"""(?<![^ ]):::|[\\`*_{}\[\]<>#|$~^@&"']|-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\.|=(?==)|(?<==)=|:(?=[a-z_]+:)"""
)
# What at the start of a line makes it a list, a definition, a title or a heading.
_FIRST = re.compile(r"\A([0-9A-Za-z]{0,4}(?=[.)])|)([-+:%=(.)!?])")
_REFERENCE = re.compile(r"(?<![\w.@-])@(?:sec|fig|tbl)-[a-z0-9-]*[a-z0-9]")
_CITATION = re.compile(r"(?<![\w.@-])@[A-Za-z][A-Za-z0-9_-]*[A-Za-z0-9]")
# Attribute values in Pandoc take character references, the only way to write these.
_IN_ATTRIBUTE = re.compile(r"""[\\"'`<>&{}\[\]$@*_#|~^\n]""")
# What would end a script element, or a line of script, in the middle of a text.
_ENDS_SCRIPT = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def is_hidden(character: str) -> bool:
    """Whether the character is invisible or looks like another: controls, direction, zero width, foreign digits."""
    if character.isascii():
        return not character.isprintable() and character != "\n"
    foreign_digit = character.isdecimal()
    return foreign_digit or (not character.isprintable() and character not in _SPACES)


def visible(text: str) -> str:
    """The text with its hidden characters written as `U+202E`, safe for a message or a terminal."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(f"[U+{ord(c):04X}]" if is_hidden(c) else c for c in text)


def problem(text: str) -> str:
    """What makes the text invalid as data, as the end of a sentence in bokmål; empty when it is valid."""
    if len(text) > MAX_LENGTH:
        return f"har {len(text)} tegn, og grensen er {MAX_LENGTH}"
    if text.isascii() and text.isprintable():
        return ""
    hidden = next((c for c in text if is_hidden(c)), "")
    if hidden.isdecimal():
        return f"har et siffer fra et annet skriftsystem (U+{ord(hidden):04X})"
    if hidden:
        return f"har et usynlig tegn (U+{ord(hidden):04X})"
    if text and unicodedata.combining(text[0]):
        return "begynner med et tegn som hører til tegnet foran"
    return ""


def bare(text: str) -> str:
    """The letters and digits alone, in lower case: what two ways to write a heading have in common."""
    return re.sub(r"\W+", "", text).casefold()


def markdown(text: str) -> str:
    """The text as Markdown that shows exactly these characters, on one line."""
    return _FIRST.sub(r"\1\\\2", _MARKUP.sub(_escaped, text.replace("\n", " ")))


def spoken(words: str, tag: str) -> str:
    """Markdown in a language; as it is where the tag is empty."""
    return f"[{words}]{{lang={tag}}}" if tag else words


def with_references(text: str) -> str:
    """As `markdown`, but `@sec-x`, `@fig-x` and `@tbl-x` lead to that place of the note."""
    return _around(_REFERENCE, text)


def without_references(text: str) -> str:
    """The text with a plain word instead of each `@sec-x`, `@fig-x` and `@tbl-x`."""
    return _REFERENCE.sub("der", text)


def with_citations(text: str) -> str:
    """As `markdown`, but `@key` cites that work or place. For texts written in code."""
    return _around(re.compile(f"{_REFERENCE.pattern}|{_CITATION.pattern}"), text)


def attribute(text: str) -> str:
    """The text as a value between quotation marks in a Markdown attribute."""
    return _IN_ATTRIBUTE.sub(lambda match: " " if match[0] == "\n" else f"&#{ord(match[0])};", text)


def _around(kept: re.Pattern[str], text: str) -> str:
    pieces, last = [], 0
    for match in kept.finditer(text):
        pieces += [markdown(text[last : match.start()]), match[0]]
        last = match.end()
    return "".join([*pieces, markdown(text[last:])])


def _escaped(match: re.Match[str]) -> str:
    # For some readers a bar ends a table cell even after a backslash.
    return "&#124;" if match[0] == "|" else "".join(f"\\{sign}" for sign in match[0])


def in_script(text: str) -> str:
    """JSON escaped for a script: nothing in it can end the script, or a line of it."""
    return text.translate(_ENDS_SCRIPT)
