"""What an author wrote as code in the text, and which is not run: what is wrong with it, and how it is written.

It is read before anything is run, so that every command says the same, in words that need no Python.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from notat.project.functions import FUNCTIONS
from notat.text.syntax import parse_or_none

_FUNCTION = rf"(?:{'|'.join(FUNCTIONS)})"
_CURLY = "“”„«»‘’"
_STRAIGHT = str.maketrans("“”„«»‘’", '"""""\'\'')
# A call of one of the functions with a name in quotation marks: what no sentence has by chance.
_CALL = re.compile(rf"(?<![\w.]){_FUNCTION}\(\s*[\"'{_CURLY}](?:[^`()]*\))?")
_TICKED = re.compile(rf"`[^`]*?(?<![\w.]){_FUNCTION}\(\s*[\"'{_CURLY}][^`]*`")
# Comments, and code that is shown to the reader: with doubled braces, between more than one accent, or with attributes.
_SHOWN = re.compile(
    r"<!--.*?-->|`\{\{\w+\}\}[^`]*`|(?<!`)(?P<ticks>`{2,})(?!`).+?(?<!`)(?P=ticks)(?!`)|`[^`]+`\{[^{}]+\}"
)
_LANGUAGE = re.compile(r"`?\{\s*python\s*\}|`[({\[]?\s*python\b\s*[)\]}]?", re.IGNORECASE)
_WHOLE = re.compile(rf"(?P<call>{_FUNCTION}\s*\([^()`]*\))\s*(?P<next>\S)")
_OPERATORS = "+-*/%<>=&|[("
_NAMED = re.compile(rf"(?P<function>{_FUNCTION})\s*\(?\s*[\"'{_CURLY}]?\s*(?P<name>\w+)\s*[\"'{_CURLY}]?\s*\)?")
_QUOTED = re.compile(r"\"[^\"]*\"|\$[^$]+\$")  # what curly quotation marks may stand in
_ATTRIBUTE = re.compile(rf"\{{[^{{}}]*[\w-]=(?P<value>[{_CURLY}][^{{}}\s{_CURLY}]*[{_CURLY}]?)[^{{}}]*(?:\}}|$)")
_INVISIBLE = {
    "\u00ad": "en myk bindestrek",
    "\u200b": "et mellomrom uten bredde",
    "\u2060": "et tegn som holder ord sammen",
}
_UNSEEN = re.compile(f"[^\\s]*[{''.join(_INVISIBLE)}][^\\s]*")
_SPAN = re.compile(r"(?<![}:`])`[^`]+`|\$[^$]+\$")  # code and formulas, but not the text of a role
# What other dialects of Markdown have, and Pandoc would print as text: what it is there, and how it is written here.
_DIALECTS = (
    (
        r"^\s*>\s*\[!\w+\]|^\s*(?:!!!|\?\?\?\+?)\s\w|^\s*\.\. [\w-]+::|^\s*:{3,}\s*\{[a-z][\w:-]*\}",
        ("Boksen blir skrevet som tekst.", "Skriv «::: {.callout-note}» over og «:::» under."),
    ),
    (
        r"^\s*\[(?:TOC|toc)\]\s*$|\[\[_?TOC_?\]\]",
        ("Innholdslista blir skrevet som tekst.", "Slett linja: Innholdet lages av seg selv."),
    ),
    (r"(?<!\\)!\[\[[^][]+\]\]", ("Bildet blir skrevet som tekst.", "Skriv ![det bildet viser](fil.png).")),
    (r"(?<![\\['\"=])\[\[[^][@]+\]\](?![({:])", ("Lenken blir skrevet som tekst.", "Skriv [tekst](fil.qmd).")),
    (r"(?<![\w=\\])==(?=[^\s=])[^=]*[^\s=]==(?!=)", ("Merkingen blir skrevet som tekst.", "Skriv [ord]{.mark}.")),
    (
        r"\{(?!python\b)[a-z][\w:-]*\}`|(?<![\w:\\]):[a-z][\w:-]*:`",
        ("Rollen blir skrevet som tekst.", "Skriv @sec-navn for en henvisning."),
    ),
    (r"\\?@ref\(", ("Henvisningen blir skrevet som tekst.", "Skriv @fig-navn, @tbl-navn eller @sec-navn.")),
    (r"(?<!\\)\{:\s*[.#]\w", ("Klassen blir skrevet som tekst.", "Skriv {.klasse} rett etter det som har den.")),
    (
        r"(?<!\\)\\[(\[](?=[^\\]*(?:\\[A-Za-z]|[=^_])).*\\[)\]]|^\s*\\\[\s*$",
        ("Formelen blir skrevet som tekst.", "Skriv $…$ eller $$…$$."),
    ),
    (
        r"(?<!\\)\{%.*?%\}|\{\{\s[^{}<>]*\s\}\}",
        ("Malkoden blir skrevet som tekst.", "Skriv {{< meta nøkkel >}} for en verdi fra YAML."),
    ),
    (
        r"(?<![\w:/\\]):[a-z][a-z_]+:(?![\w:`])",
        ("Emojien blir skrevet som tekst.", "Skriv det den sier, med ord."),
    ),
)


# Pandoc drops a space at the edge of a span or link, so that it is lost where a word stands outside.
_EDGE = re.compile(r"(?<=\w)\[(?= )[^][]*\](?=[({])|\[[^][]*[^][ ] \](?=\{[^{}]*\}\w|\([^()]*\)\w)")


class Slip(NamedTuple):
    """What is wrong in a line, and what its author does about it."""

    problem: str
    remedy: str


def without_shown(line: str) -> str:
    """A line without the code that is only shown to the reader."""
    return _SHOWN.sub("", line)


def in_text(text: str) -> Slip | None:
    """The fault of a line without its inline code: a call or its language that would be printed as text."""
    call, language = _CALL.search(text), _LANGUAGE.search(text)
    if not call and not (language and "{" in language[0]):
        return None
    remedy = f"Skriv {_form(call[0]) if call else '`{python} …`'}."
    if not language:
        ticked = _TICKED.search(text)
        what = "{python} mangler foran koden" if ticked else "Koden i teksten mangler aksenttegn (`) og {python}"
        remedy += " Skal leseren se koden, skriv den mellom doble aksenttegn (``)." if ticked else ""
    elif not re.match(r"`?\{\s*python\s*\}", language[0]):
        what = "Krøllparentesene rundt python mangler eller er skrevet feil"
    elif not language[0].startswith("`"):
        what = "Aksenttegnet (`) mangler foran {python}"
    elif text[language.end() : language.end() + 1].strip():
        what = "Mellomrommet mangler etter {python}"
    else:
        what = "Aksenttegnet (`) mangler etter koden"
    if what.startswith("Aksenttegnet (`) mangler etter"):
        remedy = f"{remedy[:-1]}, på én linje."
    return Slip(f"{what}, så tallet blir ikke satt inn.", remedy)


def in_code(code: str) -> Slip | None:
    """The fault of an inline expression that is not Python; None when it is, or nothing is known about it."""
    if parse_or_none(code, "eval") is not None:
        return None
    remedy = f"Skriv {_form(code)}."
    whole = _WHOLE.match(code)
    if whole and whole["next"] not in _OPERATORS and parse_or_none(whole["call"], "eval") is not None:
        return Slip(f"Aksenttegnet (`) mangler etter «{whole['call']}».", f"Skriv `{{python}} {whole['call']}`.")
    if what := wrong_signs(code):
        return Slip(f"{what} i «{code}».", remedy)
    return Slip(f"Koden «{code}» kan ikke leses.", remedy)


def wrong_signs(code: str) -> str:
    """What is wrong with the quotation marks or the parentheses of code that is not Python; empty for other faults."""
    if curly := next((sign for sign in code if sign in _CURLY), ""):
        return f"Anførselstegnene er ikke rette ({curly})"
    if code.count('"') % 2 or code.count("'") % 2:
        return "Et anførselstegn mangler"
    if code.count("(") != code.count(")"):
        return "En parentes mangler" if code.count("(") > code.count(")") else "Startparentesen mangler"
    return ""


def of_dialect(text: str) -> Slip | None:
    """What another dialect of Markdown would read in a line, and Pandoc prints as it is."""
    rest = _SPAN.sub("", text)
    return next((Slip(*told) for pattern, told in _DIALECTS if re.search(pattern, rest)), None)


def in_cell(message: str) -> Slip:
    """The fault of a cell that Python could not read, by what it said."""
    if match := re.search(r"keyword argument repeated: (\w+)", message):
        return Slip(f"Valget {match[1]}= står to ganger.", "Slett det ene.")
    if "positional argument follows keyword argument" in message:
        return Slip("En verdi uten navn står etter et valg med navn.", "Skriv valg=verdi, med er lik og ikke kolon.")
    if "forgot a comma" in message:
        return Slip("Et komma mangler i koden.", "Skriv komma mellom verdiene, også sist på linja over.")
    if "indent" in message:
        return Slip(
            "Innrykket i koden er skjevt.", "La linjer som hører sammen, begynne like langt inne, uten tabulator."
        )
    return Slip("Koden kan ikke leses.", "Kontroller komma, anførselstegn og klammer på linja og linja over.")


def lost_space(text: str) -> Slip | None:
    """The fault of a space that is written inside the brackets of a span or a link, beside a word outside them."""
    if not (match := _EDGE.search(_SPAN.sub("0", _SHOWN.sub("0", text)))):
        return None
    remedy = "Sett mellomrommet utenfor klammene, eller ta med ordet ved siden av i dem."
    return Slip(f"Mellomrommet ytterst i «{match[0]}» faller bort, så ordene blir skrevet sammen.", remedy)


def curly_attribute(text: str) -> Slip | None:
    """The fault of attributes whose values stand in curly quotation marks, which would be part of the value."""
    if not (match := _ATTRIBUTE.search(_QUOTED.sub("", text))):
        return None
    bare = match["value"].strip(_CURLY)
    return Slip(f"Anførselstegnene i {match['value']} er ikke rette.", f'Skriv ="{bare}", med rette anførselstegn.')


def unseen(line: str) -> Slip | None:
    """The fault of a word with a character that nobody sees: no search finds the word, and no id is equal to it."""
    if not (match := _UNSEEN.search(line)):
        return None
    sign = next(one for one in match[0] if one in _INVISIBLE)
    word = re.sub(f"[{''.join(_INVISIBLE)}]", "", match[0])
    remedy = "Slett ordet, og skriv det på nytt fra tastaturet."
    return Slip(f"«{word}» har et usynlig tegn: {_INVISIBLE[sign]} (U+{ord(sign):04X}).", remedy)


def _form(code: str) -> str:
    """How the code is written, as far as it says what was meant."""
    straight = code.translate(_STRAIGHT).strip()
    if straight and parse_or_none(straight, "eval") is not None:
        return f"`{{python}} {straight}`"
    found = _NAMED.match(straight)
    if found and re.fullmatch(r"[^\w]*", straight[found.end() :]):
        return f'`{{python}} {found["function"]}("{found["name"]}")`'
    name = re.match(_FUNCTION, straight)
    return f'`{{python}} {name[0] if name else "tall"}("navn")`'
