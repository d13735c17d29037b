"""Markup that was meant and not understood, found before it is printed as text: each kind with the place and the cure.

Text that comes from data is escaped, and an author may escape too: a mistake counts only where the Markdown has the
characters unescaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from notat.engine import pandoc
from notat.engine.pandoc import Node
from notat.project.source import Place, Source
from notat.text import pipetable
from notat.text.errors import NotatError

_HEADING = re.compile(r"#{1,6}(?:\u00a0.*)?|#{2,6}\w.*")
_BULLETS = ("-", "*", "+")
_DOTS = tuple("•▪◦●‣·")  # as a word processor writes its lists
_NUMBER = re.compile(r"(\d{1,2})[.)]")
_PASTED = re.compile(r"\S\t+\S")
_ROW = re.compile(r"\+[-=:]{2,}\+.*|\|?:?-{2,}:?\|.*|\|.*")
_ADDRESS = re.compile(r"\((?:https?:|www\.|mailto:|#|/)\S*|\([\w./-]+\.(?:qmd|html|md|pdf)\)")
_ATTRIBUTES = re.compile(r"\{[#.]\w|(?<=\])\{\w")
_UNCLOSED_LINK = re.compile(r"\]\((?:https?:|www\.|mailto:)\S*")
_ESCAPED = re.compile(r"\\(?=\{)")
# Letters of another script that look like ours, among ours.
_LOOKALIKE = re.compile(r"[A-Za-zÆØÅæøå][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-zÆØÅæøå]")
_MONTH = re.compile("(?:jan|febr|mars|apr|mai|jun|jul|aug|sept|okt|nov|des)", re.IGNORECASE)
_LONE_STARS = re.compile(r"\*\*\w|\w\*\*")
# What begins a line whose braces are text, with what the author does about it.
_BEFORE = {
    "::": "En boks åpnes med tre kolon: ::: {.klasse}.",
    ":": "En tabell har én tekst, på linja rett under eller over seg.",
}
_MARKS = re.compile(r"[`*_\\[\]]")
_DEEPEST = 6  # levels of headings
_ABOVE = "Skriv en blank linje over den"


def find(source: Source, markdown: str, elements: list[Node]) -> Iterator[NotatError]:
    """A refusal of each mistake in the elements of a text and in the lines of its chapter."""
    for element in elements:
        if element["t"] in ("Para", "Plain"):
            yield from islice(_in_lines(source, markdown, _lines(element["c"])), 1)
            yield from _in_words(source, markdown, element["c"])
        elif element["t"] == "Header":
            yield from _in_words(source, markdown, element["c"][2])
            if not element["c"][2]:
                id_ = element["c"][1][0]
                place = source.place_of(f"#{id_}") if id_ else source.place_of("##", "#")
                remedy = "Skriv teksten, eller slett linja."
                yield NotatError("N0744", "Overskriften har ingen tekst.", place=place, remedy=remedy)
    yield from _pasted(source, [one for one in elements if one["t"] in ("Para", "Plain")])
    for _, rule, row in pipetable.rows(markdown.split("\n")):
        found = pipetable.fields(row)
        if lost := found[len(pipetable.fields(rule)) :]:
            problem = f"Raden har flere felt enn tabellen har kolonner, så «{lost[0]}» faller bort."
            place = source.place_of(row.strip(), f"| {lost[0]}", *found)
            yield NotatError("N0744", problem, place=place, remedy="Skriv \\| for selve tegnet, eller fjern feltet.")
    for place, line in source.lines:
        if match := _LOOKALIKE.search(line):
            letter = next(sign for sign in match[0] if ord(sign) >= 0x400)  # where Cyrillic begins
            problem = f"«{letter}» (U+{ord(letter):04X}) er en kyrillisk bokstav blant latinske."
            yield NotatError("N0745", problem, place=place, remedy="Skriv bokstaven på nytt fra tastaturet.")


def _pasted(source: Source, paragraphs: list[Node]) -> Iterator[NotatError]:
    """Rows of a spreadsheet in a paragraph: the first line of each."""
    found = {tuple(line.split()): place for place, line in source.lines if _PASTED.search(line)}
    for paragraph in paragraphs if found else ():
        if place := next(filter(None, (found.get(tuple(words)) for words in _lines(paragraph["c"]))), None):
            problem = "Linja har tabulatorer, som en rad fra Excel, og blir skrevet som tekst."
            remedy = "Skriv en tabell med | mellom feltene. Tall legges i data/ og vises med tabell(…)."
            yield NotatError("N0744", problem, place=place, remedy=remedy)


def _in_lines(source: Source, markdown: str, lines: list[list[str]]) -> Iterator[NotatError]:
    """What was to be a heading, a list or a table at the start of a line of a paragraph."""
    for position, (first, *rest) in enumerate(lines):
        escaped = f"\\{first[:1]}" in markdown
        if _HEADING.fullmatch(first) and (rest or len(first) > _DEEPEST or "\u00a0" in first) and not escaped:
            cure = f"{_ABOVE}." if position else "Skriv et vanlig mellomrom etter #."
            yield _mistake(source, "Overskriften blir skrevet som tekst.", cure, first, rest)
        elif position and rest and first in _BULLETS:
            cure = f"{_ABOVE}, eller bruk tankestrek (–)."
            yield _mistake(source, "Lista blir skrevet som tekst.", cure, first, rest)
        elif first[:1] in _DOTS and rest:
            cure = "Skriv - og et mellomrom først på hver linje, med en blank linje over lista."
            yield _mistake(source, "Lista blir skrevet som tekst.", cure, first, rest)
        elif _ROW.fullmatch(first) and (position or not first.startswith("|")) and not escaped:
            cure = f"{_ABOVE}, og gi hver rad like mange felt." if position else "Gi hver rad like mange felt."
            yield _mistake(source, "Tabellen blir skrevet som tekst.", cure, first, rest)
    items = [line for line in lines[1:] if _NUMBER.fullmatch(line[0]) and line[1:2] and not _MONTH.match(line[1])]
    if [line[0].rstrip(".)") for line in items][:2] == ["1", "2"]:
        yield _mistake(source, "Lista blir skrevet som tekst.", f"{_ABOVE}.", items[0][0], items[0][1:])


def _in_words(source: Source, markdown: str, inlines: list[Node]) -> Iterator[NotatError]:
    words = [node["c"] if node["t"] == "Str" else "" for node in inlines]
    for (before, space), after in zip(pairwise(inlines), words[2:], strict=False):
        bracket = before["t"] == "Str" and before["c"].endswith("]") and space["t"] == "Space"
        if bracket and _ADDRESS.match(after) and not re.search(r"\\[\[\]]", markdown):
            cure = "Skriv [tekst](adresse) uten mellomrom mellom klammene."
            yield _mistake(source, "Lenken blir skrevet som tekst.", cure, f"{before['c']} {after}", [])
    for word, following in zip(words, [*words[2:], "", ""], strict=False):
        if (match := _UNCLOSED_LINK.search(word)) and not re.search(r"\\[\[\]]", markdown):
            cure = "Skriv [tekst](adresse), med begge parentesene."
            yield _mistake(source, "Lenken blir skrevet som tekst.", cure, match[0], [])
        if word.endswith("[@") and following and "\\[" not in markdown:
            cure = "Skriv [@nøkkel] uten mellomrom."
            yield _mistake(source, "Henvisningen til kilden blir skrevet som tekst.", cure, f"{word} {following}", [])
    yield from _unclosed(source, markdown, words)
    for word in words:
        if (match := _ATTRIBUTES.search(word)) and not _ESCAPED.search(markdown):
            error = _mistake(
                source, "Det som står i krøllparentes, blir skrevet som tekst.", "", word[match.start() :], []
            )
            line = next((line for place, line in source.lines if place == (error.file, error.line)), "")
            cure = 'Skriv {#navn .klasse nøkkel="verdi"} rett etter det som har dem, med rette anførselstegn.'
            cure = next((said for sign, said in _BEFORE.items() if re.match(rf"{sign}(?!{sign})", line)), cure)
            problem = f"{error.problem} {wrong_attribute(line)}".strip()
            yield NotatError("N0744", problem, file=error.file, line=error.line, remedy=cure)


def _unclosed(source: Source, markdown: str, words: list[str]) -> Iterator[NotatError]:
    """Stars and comments that nothing ends, or that stand apart from their words."""
    if lone := next((word for word in words if _LONE_STARS.search(word) and "\\*" not in markdown), ""):
        cure = "Skriv ** på begge sider av ordene, i samme avsnitt."
        yield _mistake(source, "Stjernene blir skrevet som tekst.", cure, lone, [])
    if any(word.startswith(("<!–", "<!-")) for word in words):
        yield _mistake(
            source, "Kommentaren er ikke lukket, og blir skrevet som tekst.", "Avslutt den med -->.", "<!--", []
        )
    if words.count("**") > 1:  # one opens and one closes
        cure = "Skriv **ord** uten mellomrom innenfor stjernene."
        yield _mistake(source, "Stjernene blir skrevet som tekst.", cure, "**", [])


def wrong_attribute(line: str) -> str:
    """What in the braces of a line is neither a name, nor a class, nor a key with its value."""
    for braces in re.findall(r"\{([^{}]*)\}", line):
        if "\u00a0" in braces:
            return "Der står et hardt mellomrom."
        for word in re.findall(r'(?:[^\s"]|"[^"]*")+', braces):
            if braces[:1] in "#." and not re.fullmatch(r'[#.][\w:.-]+|[\w-]+=(?:"[^"]*"|[^\s"]+)', word):
                return f'«{word}» er verken #navn, .klasse eller nøkkel="verdi".'
    return ""


def _lines(inlines: list[Node]) -> list[list[str]]:
    """The words of each line of a paragraph, as the author broke the lines."""
    lines: list[list[str]] = [[]]
    for node in inlines:
        if node["t"] in ("SoftBreak", "LineBreak"):
            lines.append([])
        elif node["t"] != "Space":
            lines[-1].append(node["c"] if node["t"] == "Str" else pandoc.plain([node]))
    return [line for line in lines if line]


def _mistake(source: Source, problem: str, cure: str, first: str, rest: list[str]) -> NotatError:
    token = f"{first} {rest[0]}" if rest else first
    place = _line_of(source, first, rest[0]) if rest else None
    return NotatError("N0744", problem, place=place or source.place_of(token, first), remedy=cure)


def _line_of(source: Source, first: str, second: str) -> Place | None:
    """The line that begins with these words, whatever markup is around the second."""
    for place, line in source.lines:
        opening, _, following = line.strip().partition(" ")
        if opening == first and _MARKS.sub("", following).lstrip().startswith(_MARKS.sub("", second)):
            return place
    return None
