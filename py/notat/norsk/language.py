"""The languages of notes, as data: how each writes and reads numbers, times and lists, and the words of the interface.

Each is one file, `language_nb.toml` and so on, with the same keys. The language in use is that of the book, known in
every process that has read the configuration; a page may be in another (`speaking`). What a command says to the author
is not the note's language, and is not here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, lru_cache, wraps
from importlib.resources import files
from typing import Any, ParamSpec, TypeVar, cast

from babel.dates import format_date

CODES = ("nb", "nn", "en")
TAGS = ("nb-NO", "nn-NO", "en-GB")
_MOST = 20_000  # results that a cache holds: the texts of a long note, of which the outputs mostly have the same
_Asked = ParamSpec("_Asked")
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Language:
    """A language: `code` is `nb`, `nn` or `en`, `tag` what files say of themselves, `locale` what Babel calls it.

    `tables` are the groups of its file that other modules read, by name; `said` the words of the interface.
    """

    code: str
    tag: str
    locale: str
    tables: Mapping[str, Any] = field(repr=False, hash=False, compare=False)

    def listed(self, items: Iterable[str]) -> str:
        """A list as prose writes it: «a, b og c»."""
        *first, last = [*items] or [""]
        return f"{', '.join(first)} {self.tables['lists']['and']} {last}" if first else last

    def say(self, text: str, **values: object) -> str:
        """What the interface says: the text, which code writes in bokmål, in this language, with its values filled in.

        Bokmål says what code says; the table `said` of the others has every text that is passed here, by the bokmål.
        """
        said: str = text if self.code == "nb" else self.tables["said"][text]
        return said.format_map(values) if values else said

    def date(self, day: Any) -> str:
        """A day in full: «1. mars 2022», “1 March 2022”."""
        return format_date(day, "d MMMM y" if self.code == "en" else "d. MMMM y", locale=self.locale)


@cache
def of(code: str) -> Language:
    """The language with this code, or the tag that begins with it; KeyError for one that notes are not written in."""
    short = code.partition("-")[0].lower()
    if short not in CODES:
        raise KeyError(code)
    if short != code:
        return of(short)
    tables = tomllib.loads(files("notat.norsk").joinpath(f"language_{code}.toml").read_text(encoding="utf-8"))
    return Language(tables["code"], tables["tag"], tables["locale"], tables)


def is_known(tag: str) -> bool:
    """Whether notes are written in the language: `nb-NO`, `nn-NO`, `en-GB`, also without the country."""
    return tag in (*CODES, *TAGS)


class _InUse:
    """The language of the book that this process reads, and of the page that it runs the code of, if any.

    What is said of another page meanwhile is known to its thread alone: None where nothing is.
    """

    book, page = "nb", ""
    said: ContextVar[str | None] = ContextVar("said", default=None)


def use(tag: str) -> None:
    """Let this process speak the language of the book, from here on."""
    _InUse.book = of(tag).code


def use_for_page(tag: str) -> None:
    """Let this process, which runs one page at a time, speak its language; with an empty `tag` that of the book."""
    _InUse.page = of(tag).code if tag else ""


@contextmanager
def speaking(tag: str) -> Iterator[Language]:
    """Speak the language of a page; with an empty `tag` that of the book."""
    token = _InUse.said.set(of(tag).code if tag else "")
    try:
        yield current()
    finally:
        _InUse.said.reset(token)


def _code_in_use() -> str:
    said = _InUse.said.get()
    return (_InUse.page if said is None else said) or _InUse.book


def current() -> Language:
    """The language in use."""
    return of(_code_in_use())


def of_book() -> Language:
    """The language of the book, whatever that of the page is."""
    return of(_InUse.book)


def say(text: str, **values: object) -> str:
    """What the interface says in the language in use; `text` is the bokmål."""
    return current().say(text, **values)


def term(word: str) -> str:
    """A word that data have, as a unit or a reservation, in the language in use; one that is not known is itself."""
    return current().tables["terms"].get(word, word)


def cached(function: Callable[_Asked, _Found]) -> Callable[_Asked, _Found]:
    """Cache what a function returns, for each language in use apart."""

    @lru_cache(maxsize=_MOST)
    def of_language(_code: str, *args: Any, **kwargs: Any) -> _Found:
        return function(*args, **kwargs)

    @wraps(function)
    def found(*args: _Asked.args, **kwargs: _Asked.kwargs) -> _Found:
        return of_language(_code_in_use(), *args, **cast("dict[str, Any]", kwargs))

    return found
