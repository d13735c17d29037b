"""The texts of `_quarto.yml`: title page, file names and interface, each on one line."""

from __future__ import annotations

import re

from ruamel.yaml.comments import CommentedMap

from notat.text import paths, plaintext
from notat.text.errors import NotatError, did_you_mean

_LANGUAGE = re.compile("[a-z]{2,3}(?:-[A-Z]{2})?")
_OUTPUT_NAME = re.compile(r"[\w-]+(?:[. ][\w-]+)*")
# The words of Quarto's interface that a note like this prints.
_WORDS = {f"crossref-{kind}-{end}" for kind in ("fig", "tbl", "eq", "lst") for end in ("title", "prefix")}
_WORDS |= {f"crossref-{kind}-prefix" for kind in ("ch", "sec", "apx")}
_WORDS |= {f"callout-{kind}-title" for kind in ("note", "tip", "important", "warning", "caution")}
_WORDS |= {f"section-title-{part}" for part in ("abstract", "appendices", "citation", "footnotes", "references")}
_WORDS |= {f"toggle-{part}" for part in ("section", "sidebar", "navigation", "dark-mode", "reader-mode")}
_WORDS |= {"toc-title-document", "toc-title-website", "copy-button-tooltip", "copy-button-tooltip-success"}
_WORDS |= {f"search-{part}-title" for part in ("submit-button", "clear-button", "copy-link", "detached-cancel-button")}
_WORDS |= {f"search-{part}-text" for part in ("no-results", "matching-documents", "hide-matches", "more-match")}
_WORDS |= {"search-more-matches-text", "search-text-placeholder", "search-label"}
_DOWNLOADS = ("pdf", "docx")


def check_texts(raw: CommentedMap) -> None:
    """Refuse, with its line, a text that is not valid as a title, a file name or a word."""
    book = raw["book"]
    for key in ("title", "subtitle", "author"):
        _refuse_unless(_is_line(book.get(key, "x")), book, key, "skal være én linje med tekst", "Rett teksten.")
    named = bool(_OUTPUT_NAME.fullmatch(book["output-file"])) and book["output-file"] != "index"
    _refuse_unless(named, book, "output-file", "er ikke et filnavn", "Skriv navnet uten mappe og endelse.")
    known = _LANGUAGE.fullmatch(raw.get("lang", "nb-NO"))
    _refuse_unless(bool(known), raw, "lang", "er ikke en språkkode", "Skriv for eksempel nb-NO.")
    known_downloads = all(item in _DOWNLOADS for item in book.get("downloads", []))
    _refuse_unless(known_downloads, book, "downloads", "har et ukjent format", f"Bruk {' og '.join(_DOWNLOADS)}.")
    words = raw.get("language", CommentedMap())
    for key, value in words.items():
        if key not in _WORDS:  # finding the nearest word takes longer than all else here
            _refuse_unless(False, words, key, "er ikke et ord i grensesnittet", did_you_mean(str(key), _WORDS))
        _refuse_unless(isinstance(value, str) and _is_line(value), words, key, "skal være en tekst", "Rett ordet.")


def _is_line(text: str) -> bool:
    return bool(text.strip()) and "\n" not in text and not plaintext.problem(text)


def _refuse_unless(holds: bool, group: CommentedMap, key: object, what: str, remedy: str) -> None:
    if not holds:
        line = group.lc.key(key)[0] + 1
        raise NotatError(f"«{key}: {group[key]}» {what}.", file=paths.CONFIG, line=line, remedy=remedy)
