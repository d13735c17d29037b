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
        if not _is_line(book.get(key, "x")):
            raise _refusal("N0124", book, key, "skal være én linje med tekst", "Rett teksten.")
    if not _OUTPUT_NAME.fullmatch(book["output-file"]) or book["output-file"] == "index":
        raise _refusal("N0124", book, "output-file", "er ikke et filnavn", "Skriv navnet uten mappe og endelse.")
    if not _LANGUAGE.fullmatch(raw.get("lang", "nb-NO")):
        raise _refusal("N0124", raw, "lang", "er ikke en språkkode", "Skriv for eksempel nb-NO.")
    if any(item not in _DOWNLOADS for item in book.get("downloads", [])):
        raise _refusal("N0124", book, "downloads", "har et ukjent format", f"Bruk {' og '.join(_DOWNLOADS)}.")
    words = raw.get("language", CommentedMap())
    for key, value in words.items():
        if key not in _WORDS:  # finding the nearest word takes longer than all else here
            raise _refusal("N0121", words, key, "er ikke et ord i grensesnittet", did_you_mean(str(key), _WORDS))
        if not isinstance(value, str) or not _is_line(value):
            raise _refusal("N0123", words, key, "skal være en tekst", "Rett ordet.")


def _is_line(text: str) -> bool:
    return bool(text.strip()) and "\n" not in text and not plaintext.problem(text)


def _refusal(code: str, group: CommentedMap, key: object, what: str, remedy: str) -> NotatError:
    line = group.lc.key(key)[0] + 1
    return NotatError(code, f"«{key}: {group[key]}» {what}.", file=paths.CONFIG, line=line, remedy=remedy)
