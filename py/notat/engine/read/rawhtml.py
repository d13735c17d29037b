"""HTML in a chapter: what Markdown can say becomes that, in all formats; the rest is audited and kept for the web.

Pandoc gives every tag by itself, with the text between them read as Markdown. So only tags are left out in print, never
words; a whole fragment in a block `{=html}` is shown on the web alone, and marked as such.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from lxml.html import defs

from notat.engine import pandoc
from notat.engine.pandoc import Node
from notat.engine.read.refusals import refusal
from notat.project.keys import QUARTO_CAN
from notat.project.source import Source

WEB_ONLY = "bare-nett"  # class of the Div around what print leaves out
BREAK = "sideskift"  # class of the empty Div where a new page begins in print
_NEW_PAGE = re.compile(r"\\(?:newpage|pagebreak|clearpage)\s*(?:\{\})?")
# Formulas that are written without dollars; in one, `aligned` is to `align` what a part is to a paragraph.
_FORMULA = re.compile(
    r"\\begin\{(?P<name>equation|displaymath|align|alignat|flalign|eqnarray|gather|multline)(?P<star>\*?)\}"
    r"(?P<columns>\{\d+\})?(?P<tex>.*)\\end\{(?P=name)(?P=star)\}",
    re.DOTALL,
)
_WITHIN = {"equation": "", "displaymath": "", "gather": "gathered", "multline": "gathered"}
# What only sets the look, the counters or the lists of a document of LaTeX, and prints no words.
_SILENT = "noindent|indent|[vh]space|(?:big|med|small)skip|[vh]fill|centering|ragged(?:right|left)|[Ll]arge|LARGE"
_SILENT += "|small|tiny|normalsize|footnotesize|scriptsize|appendix|(?:front|main|back)matter|tableofcontents"
_SILENT += "|listof(?:figures|tables)|pagenumbering|(?:this)?pagestyle|(?:set|addto)counter|addcontentsline|titleformat"
_SILENT += (
    "|titlespacing|(?:single|double|onehalf)spacing|linespread|setlength|label|phantomsection|protect|FloatBarrier"
)
_SILENT += "|sloppy|fussy|allowdisplaybreaks|nopagebreak|needspace|(?:begin|end)group|markboth|selectlanguage"
_SILENT_TEX = re.compile(rf"(?:\\(?:{_SILENT})(?![A-Za-z])\*?(?:\[[^\]]*\]|\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}})*\s*)+")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)\b[^>]*?(?P<empty>/?)>", re.IGNORECASE)
# Tags that mean the same as an element of Pandoc's, by the name of that.
_INLINE = {
    "b": "Strong", "strong": "Strong", "i": "Emph", "em": "Emph", "cite": "Emph", "var": "Emph", "dfn": "Emph",
    "u": "Underline", "ins": "Underline", "s": "Strikeout", "del": "Strikeout", "strike": "Strikeout",
    "sub": "Subscript", "sup": "Superscript", "mark": "mark", "small": "Span",
}  # fmt: skip  # a table of words
_BLOCKS = {"table", "p", "ul", "ol", "dl", "blockquote", "figure", "hr", "pre", "center", "h5", "h6"}
_PARTS = {
    "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "colgroup", "col", "li", "dt", "dd", "figcaption", "br",
    "wbr",
    "img", "a", "span", "div", "code", "samp",
}  # fmt: skip  # a table of words
_EMBEDS = ("iframe", "video", "audio", "embed")  # what a page shows or plays from a file or another page
_WRAPPERS = ("div", "p", "center", "figure", "br")
_WEB = {"details", "summary", "section", "article", "aside", "header", "footer", "address", "kbd", "abbr", "q", "time"}
_ALLOWED = {*_INLINE, *_BLOCKS, *_PARTS, *_WEB}
_ADDRESSES = {"src", "href", "poster", "srcset", "background", "action", "formaction", "data", "xlink:href"}
_UNSAFE_LINK = re.compile(r"\s*(?:javascript|vbscript|data|file):", re.IGNORECASE)
_FOREIGN = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_PROPERTIES = re.compile(
    r"(?:color|background(?:-color)?|font-(?:weight|style|size|variant|family)|text-(?:align|decoration|indent|transform)"
    r"|line-height|letter-spacing|white-space|vertical-align|display|float|clear|width|height|(?:max|min)-(?:width|height)"
    r"|(?:margin|padding|border)(?:-(?:top|right|bottom|left|color|style|width|radius|collapse|spacing))*"
    r"|border-(?:top|right|bottom|left)-(?:color|style|width)|list-style(?:-type)?|gap|flex(?:-\w+)*|opacity)"
)
_VALUE = re.compile(r"[\w\s#.,%()'\-+/!]+")


def audit(source: Source, html: str) -> None:
    """Refuse HTML that a page of the note may not hold: scripts, other hosts, forms, and unknown tags."""
    auditor = _Auditor(source, html)
    auditor.feed(html)
    auditor.close()


def audit_style(source: Source, style: str) -> None:
    """Refuse a style that is more than the look of a text."""
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if not (_PROPERTIES.fullmatch(name) and _VALUE.fullmatch(value)) or "url(" in value or "expression" in value:
            remedy = "Bruk color, background, font-weight, text-align og lignende; annet hører til i husstilens CSS."
            raise refusal(
                "N0763", source, f"Stilen «{declaration[:60]}» kan ikke settes her.", remedy, style, declaration
            )


class _Auditor(HTMLParser):
    def __init__(self, source: Source, html: str):
        super().__init__()
        self._source, self._tokens = source, (html.strip().split("\n")[0][:200],)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ALLOWED:
            # Most often a word that the reader is to replace; browsers hide what they do not know.
            meant = "" if tag in defs.tags else f"Skriv \\<{tag}> hvis tegnene skal vises. "
            raise self._refuse(f"HTML-elementet <{tag}> kan ikke stå i notatet.", f"<{tag}", meant)
        for name, value in attrs:
            text = value or ""
            if name.startswith("on") or (name in _ADDRESSES and _UNSAFE_LINK.match(text)):
                raise self._refuse(f"HTML-attributtet {name} kan ikke stå i notatet.", f"{name}=")
            if name in _ADDRESSES - {"href"} and _FOREIGN.match(text):
                raise self._refuse(f"HTML-elementet <{tag}> henter noe fra et annet sted.", text[:80])
            if name == "style":
                audit_style(self._source, text)

    def handle_decl(self, decl: str) -> None:
        raise self._refuse(f"HTML-deklarasjonen <!{decl[:20]}> kan ikke stå i notatet.", f"<!{decl[:20]}")

    def handle_pi(self, data: str) -> None:
        raise self._refuse("Instruksjoner i HTML kan ikke stå i notatet.", f"<?{data[:20]}")

    def unknown_decl(self, data: str) -> None:
        raise self._refuse("Deklarasjoner i HTML kan ikke stå i notatet.", data[:20])

    def _refuse(self, problem: str, token: str, meant: str = "") -> Exception:
        remedy = (
            meant + "Notatet tar verken skript, skjemaer, innebygde sider eller noe utenfra. Skriv det med Markdown."
        )
        return refusal("N0761", self._source, problem, remedy, token, *self._tokens)


def raw(source: Source, node: Node) -> Node | list[Node] | None:
    """What becomes of raw text in the language of a format; HTML is audited."""
    language, text = node["c"]
    block = node["t"] == "RawBlock"
    if language in ("tex", "latex") and _NEW_PAGE.fullmatch(text.strip()):
        return {"t": "Div", "c": [pandoc.attr("", (BREAK,)), []]} if block else []
    if language in ("tex", "latex"):
        if match := _FORMULA.fullmatch(text.strip()):
            math = {"t": "Math", "c": [{"t": "DisplayMath"}, _tex_of(match)]}
            return {"t": "Para", "c": [math]} if block else math
        if _SILENT_TEX.fullmatch(text.strip()):
            return []
        problem = f"Rå LaTeX «{text.strip().splitlines()[0][:60]}» vises bare i PDF laget med LaTeX."
        remedy = "Skriv formler mellom dollartegn, annet med Markdown, og \\\\ for en skråstrek som skal stå der."
        raise refusal("N0701", source, problem, remedy, text.strip().split("\n")[0])
    if language not in ("html", "html5"):
        name = {"openxml": "OpenXML", "typst": "Typst"}.get(language, language)
        remedy = f"Skriv det med Markdown, eller bruk Quarto: {QUARTO_CAN}"
        raise refusal(
            "N0701", source, f"Rå {name} kan ikke bli likt i alle formatene.", remedy, text.strip().split("\n")[0]
        )
    embedded = _embedded(text)
    if embedded is not None:
        return [{"t": "Para", "c": [link]} for link in embedded] if block else embedded
    audit(source, text)
    tag = _TAG.fullmatch(text.strip())
    if tag and tag["name"].lower() == "br":
        return {"t": "Para" if block else "LineBreak", "c": []} if block else {"t": "LineBreak"}
    if tag or not block:
        return None
    return {"t": "Div", "c": [pandoc.attr("", (WEB_ONLY,)), [node]]}


def _tex_of(match: re.Match[str]) -> str:
    """The formula of an environment as it stands between dollars."""
    tex = re.sub(r"\\label\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])", "", match["tex"]).strip()
    within = _WITHIN.get(match["name"], "aligned")
    return f"\\begin{{{within}}}\n{tex}\n\\end{{{within}}}" if within else tex


def _embedded(html: str) -> list[Node] | None:
    """A link to what each frame, film or sound shows: a page loads nothing from elsewhere, and paper plays nothing.

    None for a fragment that has no tag of one, or says or loads anything else.
    """
    reader = _Embeds()
    reader.feed(html)
    if reader.others or not reader.seen or any(_UNSAFE_LINK.match(address) for address, _ in reader.found):
        return None
    links = [[pandoc.attr(), pandoc.text(title or address), [address, ""]] for address, title in reader.found]
    return [{"t": "Link", "c": link} for link in links]


class _Embeds(HTMLParser):
    """Finds the addresses and titles of what a fragment embeds, and whether it says or loads anything else."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.seen = self.others = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.seen = self.seen or tag in (*_EMBEDS, "source", "track")
        if (
            any(name.startswith("on") for name in given)
            or tag not in (*_EMBEDS, "source", "track", *_WRAPPERS)
            or (tag in ("iframe", "embed") and not given.get("src"))
        ):
            self.others = True
        elif given.get("src") and tag != "track":
            address = given["src"].strip()
            self.found.append((f"https:{address}" if address.startswith("//") else address, given.get("title", "")))

    def handle_endtag(self, tag: str) -> None:
        self.seen = self.seen or tag in _EMBEDS

    def handle_data(self, data: str) -> None:
        self.others = self.others or bool(data.strip())


def with_blocks(blocks: list[Node]) -> list[Node]:
    """The blocks with tables, lists and paragraphs in HTML read as such. They are found from the tags around them."""
    out: list[Node] = []
    place = 0
    while place < len(blocks):
        opened = _opened(blocks[place])
        end = _closed(blocks, place, opened) if opened in _BLOCKS else None
        if end is None:
            out.append(blocks[place])
            place += 1
            continue
        out += _as_read(blocks[place : end + 1])
        place = end + 1
    return out


def with_inlines(inlines: list[Node]) -> list[Node]:
    """The inlines with `<sub>2</sub>` and its like as Pandoc's own elements."""
    out: list[Node] = []
    place = 0
    while place < len(inlines):
        node = inlines[place]
        place += 1
        opened = _opened(node)
        end = next(_ends(inlines, place, opened), None) if opened in _INLINE or opened == "a" else None
        if end is None:
            out.append(_image(node) if opened == "img" else node)
            continue
        inner = with_inlines(inlines[place:end])
        kind = _INLINE.get(opened, "Link")
        if kind == "Link":
            href = re.search(r"""href\s*=\s*["']?([^"'\s>]+)""", str(node["c"][1]))
            out.append({"t": "Link", "c": [pandoc.attr(), inner, [href[1] if href else "", ""]]})
        elif kind in ("mark", "Span"):
            out.append({"t": "Span", "c": [pandoc.attr("", ("mark",) if kind == "mark" else ()), inner]})
        else:
            out.append({"t": kind, "c": inner})
        place = end + 1
    return out


def _image(node: Node) -> Node:
    """The image of the tag `<img>`, which is checked like any other."""
    reader = _ImageTag()
    reader.feed(str(node["c"][1]))
    found = reader.found
    pairs = [[key, found[key]] for key in ("width", "height") if found.get(key)]
    if "alt" in found:
        pairs.append(["alt", found["alt"]])
    return {"t": "Image", "c": [["", [], pairs], [], [found.get("src", ""), ""]]}


class _ImageTag(HTMLParser):
    found: dict[str, str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # its name is known
        self.found = {name: value or "" for name, value in attrs}


def _opened(node: Node) -> str:
    """The name of the tag that a node of raw HTML opens, or nothing."""
    if node["t"] not in ("RawBlock", "RawInline") or node["c"][0] != "html":
        return ""
    match = _TAG.fullmatch(node["c"][1].strip())
    return match["name"].lower() if match and not match["close"] else ""


def _ends(nodes: list[Node], start: int, name: str) -> Iterator[int]:
    """The places of tags that close what was opened before `start`."""
    depth = 1
    for place in range(start, len(nodes)):
        if nodes[place]["t"] in ("RawBlock", "RawInline") and (
            match := _TAG.fullmatch(str(nodes[place]["c"][1]).strip())
        ):
            if match["name"].lower() == name:
                depth += -1 if match["close"] else 1
            if depth == 0:
                yield place
                return


def _closed(blocks: list[Node], place: int, name: str) -> int | None:
    return place if name == "hr" else next(_ends(blocks, place + 1, name), None)


def _as_read(blocks: list[Node]) -> list[Node]:
    """Blocks between HTML tags, read as HTML."""
    document: Any = {"pandoc-api-version": pandoc.api_version(), "meta": {}, "blocks": blocks}
    html = pandoc.run(json.dumps(document), "--from=json", "--to=html5", "--wrap=none", "--mathml")
    read: list[Node] = json.loads(pandoc.run(html.decode(), "--from=html", "--to=json"))["blocks"]
    return read
