"""Parse a chapter's Markdown, and refuse with file and line what is outside the engine's subset."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import pairwise

from notat.engine import pandoc
from notat.engine.conditions import CLASSES as _CONDITIONAL
from notat.engine.conditions import CONDITIONS, KNOWN_FORMATS, conditions, is_conditional
from notat.engine.floats import PART, STAYS
from notat.engine.kinds import CALLOUTS, PROOF_CLASSES, prefix_of
from notat.engine.model import Outline
from notat.engine.pandoc import Node
from notat.engine.read import glyphs, layout, mistakes
from notat.engine.read.equations import FORMULA, unreadable
from notat.engine.read.listings import FILE_NAME
from notat.engine.read.quarto import READER, headings
from notat.engine.read.rawhtml import BREAK, WEB_ONLY
from notat.engine.read.refusals import refusal as _refusal
from notat.engine.run.cells import FOLD
from notat.project.keys import QUARTO_CAN, is_own
from notat.project.source import Place, Source
from notat.text.errors import NotatError, did_you_mean
from notat.text.plaintext import FENCE, bare
from notat.text.plaintext import markdown as markdown_of

_log = logging.getLogger(__name__)

_DIV_CLASSES = {"hovedfunn", "drofting", "boks", "nokkeltall", "tallgrunnlag", "figurdata", FOLD}
_DIV_CLASSES |= {"refs", "references", "csl-bib-body", "hanging-indent"}
_DIV_CLASSES |= {"sideskift", "aside", *CALLOUTS, *PROOF_CLASSES, *_CONDITIONAL, "unnumbered", "unlisted"}
_DIV_CLASSES |= {*layout.MADE, PART, STAYS, FILE_NAME, WEB_ONLY, BREAK}
_SPAN_CLASSES = {"tall", "paastand", "datapakke", *_CONDITIONAL, "mark", "smallcaps", "underline", "kbd", "aside"}
_SPAN_CLASSES |= {FORMULA}
_OURS = {*layout.MADE, PART, STAYS, FILE_NAME, WEB_ONLY, BREAK, FORMULA, FOLD}  # no author writes these
_HEADING = re.compile(r"^\s*#{1,6}\s+(?P<title>.*?)\s*(?:\{(?P<attributes>[^{}]*)\})?\s*#*\s*$")
_BOX = re.compile(r":{3,}(?P<opens>[^:]*):*\s*$")
# Valid in Quarto, and not done here.
_QUARTO_CLASSES = {"notes", "hidden", "visually-hidden", "callout", "abstract"}
# Nothing but looks, which the house style decides.
_LOOKS = {"panel-sidebar", "panel-input", "panel-fill", "panel-center", "card", "landscape", "hanging", "scrolling"}
_LOOKS |= {"r-stack", "r-fit-text"}


def parse(source: Source, markdown: str) -> list[Node]:
    """The blocks of the chapter's Markdown, without comments; Pandoc's warnings are reported in bokmål."""
    try:
        titled = re.search(r"\b(?:title|name|[a-z]{3}-cap)=", markdown)
        document = pandoc.read_markdown(markdown, *([f"--lua-filter={READER}"] if titled else []))
    except NotatError as error:
        raise _translated(error, source, markdown) from None
    if document["meta"]:
        remedy = "Flytt den dit, eller fjern den."
        raise _refusal("N0510", source, "YAML-blokka står ikke øverst i kapittelet.", remedy, "---")
    blocks: list[Node] = document["blocks"]
    if "<!--" in markdown:
        blocks = pandoc.walk(blocks, lambda element: [] if _is_comment(element) else None)
    return blocks


def check(source: Source, markdown: str, blocks: list[Node]) -> None:
    """Refuse what is outside the subset in the blocks that `parse` gave for the Markdown, all of it together.

    Classes of the author's own are taken from the blocks: the house style decides how the note looks.
    """
    elements = list(pandoc.elements(blocks))
    errors = _misread(source, markdown, blocks)
    for element in elements:
        errors += _unknown(element, source)
    errors += [*_conditions(source, elements), *_misplaced(source, blocks), *unreadable(source, blocks)]
    if errors:
        # One fault is often found in an element and again in what it holds.
        first_of_line = {(error.file, error.line): error for error in reversed(errors)}
        raise NotatError.together([error for error in errors if error in first_of_line.values()])


def _misread(source: Source, markdown: str, blocks: list[Node]) -> list[NotatError]:
    """What is wrong in the words of the blocks: markup that has become text, and characters that no font has."""
    elements = list(pandoc.elements(blocks))
    return [
        *_markup_as_text(source, markdown, elements),
        *mistakes.find(source, markdown, elements),
        *glyphs.find(source, elements),
    ]


def check_headings(source: Source, outlines: list[Outline]) -> None:
    """A chapter, of which these are the sections, begins with its title, and no level below it is left out."""
    found = [heading for outline in outlines for heading in outline.headings]
    first = outlines[0].headings[:1] if outlines else []
    if not first or first[0][0] != 1:
        remedy = "Skriv «# Tittel» øverst, eller title: i en YAML-blokk."
        raise _refusal("N0702", source, "Kapittelet begynner ikke med en tittel.", remedy)
    errors = []
    for (above, *_), (level, id_, _, title) in pairwise(found):
        if level > above + 1:
            error = NotatError(
                "N0740",
                f"Overskriften «{title}» er på nivå {level}, og den over på nivå {above}.",
                place=heading_place(source, id_, title),
                remedy=f"Skriv den med {'#' * (above + 1)}. En PDF som følger PDF/UA, kan ikke hoppe over et nivå.",
            )
            errors.append(error)
    if errors:
        raise NotatError.together(errors)


def heading_place(source: Source, id_: str, title: str) -> Place:
    """File and line of a heading: where its id is, or its words."""
    for place, line in source.lines:
        match = _HEADING.match(line)
        if match and (f"#{id_}" in (match["attributes"] or "").split() or bare(match["title"]) == bare(title)):
            return place
    return source.place_of(f"#{id_}", title)


def duplicate_id(source: Source, id_: str) -> NotatError:
    """The refusal of an id that is taken."""
    tokens = (f"#{id_}", f'"{id_[4:]}"', id_)
    remedy = "Gi den ene et annet navn."
    return _refusal("N0703", source, f"Merkelappen «{id_}» er brukt to ganger.", remedy, *tokens, last=True)


def _translated(error: NotatError, source: Source, markdown: str) -> NotatError:
    """Pandoc's warning in bokmål; its line numbers count the executed Markdown and mean nothing to the author."""
    if match := re.search(r"Div at line (\d+) ", error.problem):
        opening = markdown.split("\n")[int(match[1]) - 1]
        return _refusal("N0704", source, "Boksen er ikke lukket.", "Avslutt den med ::: på egen linje.", opening)
    if match := re.search(r"Duplicate identifier '(.+?)'", error.problem):
        return duplicate_id(source, match[1])
    if match := re.search(r"Duplicate link reference '(.+?)'", error.problem):
        name = f"{match[1]}:"
        return _refusal(
            "N0703", source, f"Adressen {name} er skrevet to ganger.", "Slett den ene.", name, name.lower(), last=True
        )
    if match := re.search(r"Duplicate note reference '(.+?)'", error.problem):
        note = f"[^{match[1]}]:"
        remedy = "Slett den ene."
        return _refusal("N0705", source, f"Fotnoten {note[:-1]} er skrevet to ganger.", remedy, note, last=True)
    if match := re.search(r"Note with key '(.+?)'", error.problem):
        note = f"[^{match[1]}]:"
        remedy = "Vis til den, eller slett den."
        return _refusal("N0705", source, f"Ingen viser til fotnoten {note[:-1]}.", remedy, note)
    return error.at(source.file)


def _is_comment(element: Node) -> bool:
    if element["t"] not in ("RawBlock", "RawInline"):
        return False
    language, code = element["c"]
    return bool(language == "html" and re.fullmatch(r"<!--.*-->", code.strip(), re.DOTALL))


def _unknown(element: Node, source: Source) -> Iterator[NotatError]:
    kind, content = element["t"], element.get("c", "")
    if kind in ("Div", "Span"):
        known = _DIV_CLASSES if kind == "Div" else _SPAN_CLASSES
        unknown_classes = sorted(set(content[0][1]) - known)
        for unknown in unknown_classes:
            if unknown in _LOOKS or (unknown not in _QUARTO_CLASSES and is_own(unknown, {*known, *_QUARTO_CLASSES})):
                _log.info("%s: klassen «.%s» har ingen virkning i notatet", source.file, unknown)
                content[0][1].remove(unknown)
                continue
            if unknown in _QUARTO_CLASSES:
                problem = f"Klassen «.{unknown}» støttes ikke."
                remedy = f"Skriv innholdet uten den. {QUARTO_CAN}"
                yield _refusal("N0743", source, problem, remedy, f".{unknown}", unknown)
                continue
            near = did_you_mean(unknown, known - _OURS)
            remedy = near if near.startswith("Mente") else "Den har ingen stil i notatet. Fjern den."
            yield _refusal("N0707", source, f"Ukjent klasse «.{unknown}».", remedy, f".{unknown}", unknown)
    if kind == "Div" and "figurdata" in content[0][1] and "data-figur" not in dict(content[0][2]):
        yield _refusal("N0706", source, "Blokka .figurdata mangler figur.", "La figur() skrive den.", ".figurdata")
    if kind == "Link" and not content[2][0]:
        yield _refusal("N0708", source, "Lenken har ingen adresse.", "Skriv adressen i parentesen.", "]()")


def _markup_as_text(source: Source, markdown: str, elements: list[Node]) -> Iterator[NotatError]:
    """Refuse what an author meant as markup and has become text; escaped text came from the data."""
    words = [element["c"] for element in elements if element["t"] == "Str"]
    for word in words:
        match = re.search(r"\[\^[^\]]+\]", word)
        if match and match[0] in markdown:
            remedy = f"Skriv den som {match[0]}: tekst."
            yield _refusal("N0705", source, f"Fotnoten {match[0]} finnes ikke.", remedy, match[0])
    empty = [note for note in elements if note["t"] == "Note" and not pandoc.plain(note["c"]).strip()]
    for where, line in source.lines if empty else ():
        if match := re.fullmatch(r"(\[\^[^\]]+\]):\s*", line):
            problem = f"Fotnoten {match[1]} har ingen tekst."
            yield NotatError("N0705", problem, place=where, remedy=f"Skriv den som {match[1]}: tekst.")
            break
    # An alternative text that the data gave is the words of its image, too.
    described = {
        id(word) for element in elements if element["t"] == "Image" for word in pandoc.elements(element["c"][1])
    }
    fences = [
        word["c"]
        for word in elements
        if word["t"] == "Str" and word["c"].startswith(FENCE) and id(word) not in described
    ]
    if len(fences) > markdown.count(markdown_of(FENCE)):
        problem, place = "Tegnene ::: åpner eller lukker ingen boks.", _surplus_fence(source)
        remedy = "Skriv ::: {.klasse}, med en blank linje over."
        if place:
            remedy = "Fjern linja, eller åpne boksen den skulle lukke."
        # Where what opens one has attributes that cannot be read, that is the fault, and is refused there.
        if place or not any(line.startswith(FENCE) and mistakes.wrong_attribute(line) for _, line in source.lines):
            yield NotatError("N0704", problem, place=place or source.place_of(fences[0]), remedy=remedy)


def _surplus_fence(source: Source) -> Place | None:
    """The first line that closes a box where none is open; None when every box that is closed has been opened."""
    depth = 0
    for place, line in source.lines:
        if not (match := _BOX.match(line)):
            continue
        depth += 1 if match["opens"].strip() else -1
        if depth < 0:
            return place
    return None


def _conditions(source: Source, elements: list[Node]) -> Iterator[NotatError]:
    """Conditions on formats that do not exist would hide their content, or show it, everywhere."""
    for node in filter(is_conditional, elements):
        for key in [
            key for key, _ in node["c"][0][2] if key.startswith(("when-", "unless-")) and key not in CONDITIONS
        ]:
            yield _refusal("N0747", source, f"Ukjent betingelse {key}=.", did_you_mean(key, CONDITIONS), f"{key}=")
        for key, value in conditions(node):
            if key.endswith("-format") and value not in KNOWN_FORMATS:
                remedy = did_you_mean(value, KNOWN_FORMATS)
                yield _refusal("N0747", source, f"Ukjent format «{value}» i {key}.", remedy, f'{key}="{value}"', value)


def _misplaced(source: Source, blocks: list[Node]) -> Iterator[NotatError]:
    """Headings and numbered blocks that only some formats would show: the numbers of the formats would differ."""
    for node in pandoc.blocks_of(blocks):
        if not is_conditional(node) or not any(key.endswith("-format") for key, _ in conditions(node)):
            continue
        within = node["c"][1] if node["t"] == "Div" else []
        ids = [div["c"][0][0] for div in pandoc.divs(within) if prefix_of(div["c"][0][0])]
        titles = [pandoc.plain(header["c"][2]) for header in headings(within)]
        for what in (*(f"Overskriften «{title}»" for title in titles), *(f"Blokka «{id_}»" for id_ in ids)):
            problem = f"{what} vises bare i noen formater, og da blir numrene ulike."
            remedy = f"Flytt den ut av blokka med when-format. {QUARTO_CAN}"
            yield _refusal("N0741", source, problem, remedy, *(f"#{id_}" for id_ in ids), *titles)
