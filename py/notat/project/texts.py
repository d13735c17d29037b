"""The texts of `_quarto.yml`: title page, file names and interface, each on one line."""

from __future__ import annotations

import re

from ruamel.yaml.comments import CommentedMap

from notat.norsk import language
from notat.project.frontmatter import as_date
from notat.project.keys import UNPRINTED_WORDS, names_of, refusal, text_of
from notat.text import plaintext, schema, yamlfile
from notat.text.errors import NotatError, did_you_mean

_OUTPUT_NAME = re.compile(r"[\w-]+(?:[. ][\w-]+)*")
_DOWNLOADS = ("pdf", "docx")


def check_texts(raw: CommentedMap) -> None:
    """Refuse, with its line, a text that is not valid as a title, a file name or a word."""
    _check_title_page(raw["book"])
    if not language.is_known(raw.get("lang", "nb-NO")):
        remedy = f"Skriv {', '.join(language.TAGS[:-1])} eller {language.TAGS[-1]}."
        raise _refusal("N0124", raw, "lang", "er ikke et språk som notater kan skrives på", remedy)
    words = raw.get("language", CommentedMap())
    known = schema.schema("quarto")["properties"]["language"]["propertyNames"]["enum"] if words else ()
    for key, value in words.items():
        if key not in known:  # finding the nearest word takes longer than all else here
            raise _refusal("N0121", words, key, "er ikke et ord i grensesnittet", did_you_mean(str(key), known))
        if key in UNPRINTED_WORDS:
            continue
        if not isinstance(value, str) or not _is_line(value):
            raise _refusal("N0123", words, key, "skal være en tekst", "Rett ordet.")


def _check_title_page(book: CommentedMap) -> None:
    for key in ("title", "subtitle"):
        if not _is_line(text_of(book.get(key, "x")) or ""):
            raise _refusal("N0124", book, key, "skal være én linje med tekst", "Rett teksten.")
    if not all(map(_is_line, names_of(book["author"]) or [""])):
        raise _refusal("N0124", book, "author", "skal være et navn eller en liste med navn", "Rett verdien.")
    if as_date(book["date"]) is None:
        remedy = "Skriv ÅÅÅÅ-MM-DD. Notatet skal bli likt hver gang, så datoen kan ikke følge klokka."
        raise _refusal("N0123", book, "date", "skal være en dato", remedy)
    if not _OUTPUT_NAME.fullmatch(book["output-file"]) or book["output-file"] == "index":
        raise _refusal("N0124", book, "output-file", "er ikke et filnavn", "Skriv navnet uten mappe og endelse.")
    if any(item not in _DOWNLOADS for item in book.get("downloads", [])):
        raise _refusal("N0124", book, "downloads", "har et ukjent format", f"Bruk {' og '.join(_DOWNLOADS)}.")


def _is_line(text: str) -> bool:
    return bool(text.strip()) and "\n" not in text and not plaintext.problem(text)


def _refusal(code: str, group: CommentedMap, key: object, what: str, remedy: str) -> NotatError:
    line = yamlfile.line_of(group, key)
    return refusal(code, f"«{key}: {yamlfile.shown(group[key])}» {what}.", line, remedy)
