"""Parse a chapter's Markdown, and refuse with file and line what is outside the engine's subset."""

from __future__ import annotations

import re

from notat.engine import pandoc
from notat.engine.floats import FLOAT_PREFIXES
from notat.engine.model import Outline
from notat.engine.pandoc import Node
from notat.project.source import Source
from notat.text.errors import NotatError, did_you_mean
from notat.text.plaintext import FENCE
from notat.text.plaintext import markdown as markdown_of

_DIV_CLASSES = {"hovedfunn", "drofting", "boks", "tallgrunnlag", "figurdata"}
_DIV_CLASSES |= {"refs", "references", "csl-bib-body", "hanging-indent"}
_CALLOUTS = {f"callout-{kind}" for kind in ("note", "tip", "important", "warning", "caution")}
_SPAN_CLASSES = {"tall", "paastand", "datapakke"}
_REFUSED = {
    "Math": "Formler støttes ikke.",
    "Figure": "Bilder uten figur() støttes ikke.",
    "RawInline": "Rå HTML, LaTeX eller Typst støttes ikke.",
    "RawBlock": "Rå HTML, LaTeX eller Typst støttes ikke.",
}
_WRITE_MARKDOWN = "Skriv det med Markdown som motoren kjenner."


def parse(source: Source, markdown: str) -> list[Node]:
    """The blocks of the chapter's Markdown, without comments; Pandoc's warnings are reported in bokmål."""
    try:
        document = pandoc.read_markdown(markdown)
    except NotatError as error:
        raise _translated(error, source, markdown) from None
    if document["meta"]:
        raise _refusal(
            "N0510", source, "Kapittelet har en YAML-blokk.", "Fjern den; innstillinger står i _quarto.yml.", "---"
        )
    blocks: list[Node] = document["blocks"]
    if "<!--" in markdown:
        blocks = pandoc.walk(blocks, lambda element: [] if _is_comment(element) else None)
    return blocks


def check(source: Source, markdown: str, blocks: list[Node]) -> None:
    """Refuse what is outside the subset in the blocks that `parse` gave for the Markdown."""
    elements = list(pandoc.elements(blocks))
    drawn = _float_images(source, elements)
    _refuse_markup_as_text(source, markdown, elements)
    for element in elements:
        _refuse_unknown(element, source)
        if element["t"] == "Image" and id(element) not in drawn:
            raise _refusal("N0701", source, _REFUSED["Figure"], "Lag bildet med figur().", element["c"][2][0])
    _check_headings(source, blocks, elements)


def check_titles(source: Source, outlines: list[Outline]) -> None:
    """A chapter, of which these are the sections, has one title, which comes first."""
    firsts = [outline.headings[0] if outline.headings else None for outline in outlines]
    titles = [heading for heading in firsts if heading and heading[0] == 1]
    if not titles or titles[0] is not firsts[0]:
        raise _refusal(
            "N0702", source, "Kapittelet begynner ikke med en tittel.", "Skriv «# Tittel {#sec-navn}» øverst."
        )
    for _, id_, _, title in titles[1:]:
        remedy = "Bruk ## for delkapitler; hvert kapittel har sin egen fil."
        tokens = (f"#{id_}", title)
        raise _refusal("N0702", source, "Kapittelet har mer enn én tittel på øverste nivå.", remedy, *tokens)


def duplicate_id(source: Source, id_: str) -> NotatError:
    """The refusal of an id that is taken."""
    tokens = (f"#{id_}", f'"{id_[4:]}"', id_)
    return _refusal(
        "N0703", source, f"Merkelappen «{id_}» er brukt to ganger.", "Gi den ene et annet navn.", *tokens, last=True
    )


def _refusal(code: str, source: Source, problem: str, remedy: str, *tokens: str, last: bool = False) -> NotatError:
    place = source.place_of(*tokens, last=last)
    return NotatError(code, problem, place=place, remedy=remedy)


def _translated(error: NotatError, source: Source, markdown: str) -> NotatError:
    """Pandoc's warning in bokmål; its line numbers count the executed Markdown and mean nothing to the author."""
    if match := re.search(r"Div at line (\d+) ", error.problem):
        opening = markdown.split("\n")[int(match[1]) - 1]
        return _refusal("N0704", source, "Boksen er ikke lukket.", "Avslutt den med ::: på egen linje.", opening)
    if match := re.search(r"Duplicate identifier '(.+?)'", error.problem):
        return duplicate_id(source, match[1])
    if match := re.search(r"Duplicate note reference '(.+?)'", error.problem):
        note = f"[^{match[1]}]:"
        return _refusal(
            "N0705", source, f"Fotnoten {note[:-1]} er skrevet to ganger.", "Slett den ene.", note, last=True
        )
    if match := re.search(r"Note with key '(.+?)'", error.problem):
        note = f"[^{match[1]}]:"
        return _refusal(
            "N0705", source, f"Ingen viser til fotnoten {note[:-1]}.", "Vis til den, eller slett den.", note
        )
    return error.at(source.file)


def _is_comment(element: Node) -> bool:
    if element["t"] not in ("RawBlock", "RawInline"):
        return False
    language, code = element["c"]
    return bool(language == "html" and re.fullmatch(r"<!--.*-->", code.strip(), re.DOTALL))


def _float_images(source: Source, elements: list[Node]) -> set[int]:
    """Identities of the images in figure blocks, after checking that every block is complete."""
    images: set[int] = set()
    for element in (element for element in elements if element["t"] == "Div"):
        kind, dash, _ = element["c"][0][0].partition("-")
        if not dash or kind not in FLOAT_PREFIXES:
            continue
        *body, caption = element["c"][1] or [{"t": ""}]
        wanted = [e for e in pandoc.elements(body) if e["t"] == ("Image" if kind == "fig" else "Table")]
        if len(wanted) != 1 or caption["t"] != "Para":
            id_ = element["c"][0][0]
            remedy = "Lag figurer med figur() og tabeller med tabell()."
            raise _refusal(
                "N0706", source, f"Blokka «{id_}» har ikke ett innhold og én tekst under.", remedy, f"#{id_}"
            )
        images.add(id(wanted[0]))
    return images


def _refuse_unknown(element: Node, source: Source) -> None:
    kind, content = element["t"], element.get("c", "")
    if kind in _REFUSED:
        raise _refusal("N0701", source, _REFUSED[kind], _WRITE_MARKDOWN, _token(element))
    if kind in ("Div", "Span"):
        known = _DIV_CLASSES | _CALLOUTS if kind == "Div" else _SPAN_CLASSES
        for unknown in sorted(set(content[0][1]) - known):
            remedy = did_you_mean(unknown, known)
            raise _refusal("N0707", source, f"Ukjent klasse «.{unknown}».", remedy, f".{unknown}", unknown)
    if kind == "Div" and "figurdata" in content[0][1] and "data-figur" not in dict(content[0][2]):
        raise _refusal("N0706", source, "Blokka .figurdata mangler figur.", "La figur() skrive den.", ".figurdata")
    if kind == "Link" and not content[2][0]:
        raise _refusal("N0708", source, "Lenken har ingen adresse.", "Skriv adressen i parentesen.", "]()")


def _token(element: Node) -> str:
    """A text to find the element by in the source."""
    if element["t"] == "Figure":
        addresses = (e["c"][2][0] for e in pandoc.elements(element["c"]) if e["t"] == "Image")
        return str(next(addresses, ""))
    return str(element["c"][1]).strip().split("\n")[0]


def _refuse_markup_as_text(source: Source, markdown: str, elements: list[Node]) -> None:
    """Refuse what an author meant as markup and has become text; escaped text came from the data."""
    words = [element["c"] for element in elements if element["t"] == "Str"]
    for word in words:
        match = re.search(r"\[\^[^\]]+\]", word)
        if match and match[0] in markdown:
            raise _refusal(
                "N0705", source, f"Fotnoten {match[0]} finnes ikke.", f"Skriv den som {match[0]}: tekst.", match[0]
            )
    fences = [word for word in words if word.startswith(FENCE)]
    if len(fences) > markdown.count(markdown_of(FENCE)):
        remedy = "Skriv ::: {.klasse}, med en blank linje over."
        raise _refusal("N0704", source, "Tegnene ::: åpner eller lukker ingen boks.", remedy, fences[0])


def _check_headings(source: Source, blocks: list[Node], elements: list[Node]) -> None:
    """Every heading has an id and is outside the boxes."""
    outside = {id(block) for block in blocks}
    for header in (element for element in elements if element["t"] == "Header"):
        _, (id_, _, _), inlines = header["c"]
        title = pandoc.plain(inlines)
        tokens = (f"#{id_}", title)
        if not id_.startswith("sec-"):
            remedy = "Skriv {#sec-navn} etter den."
            raise _refusal("N0709", source, f"Overskriften «{title}» har ingen merkelapp.", remedy, *tokens)
        if id(header) not in outside:
            remedy = 'Gi boksen en tittel med title="…", eller flytt overskriften ut.'
            raise _refusal("N0710", source, f"Overskriften «{title}» står inne i en boks.", remedy, *tokens)
