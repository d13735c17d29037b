"""Images by Markdown, as the engine knows them: a path from the project root, alternative text, and a size.

A numbered image becomes the same block as a figure of the note's own code, so that nothing later tells them apart.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from notat.engine import pandoc
from notat.engine.floats import float_block
from notat.engine.model import Figure
from notat.engine.pandoc import Node
from notat.engine.read.refusals import refusal
from notat.project.images import DRAWN, FORMATS, image_file, is_image
from notat.project.keys import QUARTO_CAN
from notat.project.source import Source
from notat.text.errors import did_you_mean

ALT = "fig-alt"
_FOREIGN = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_ALIGNMENTS = ("left", "center", "right")
_KEPT = ("width", "height", "fig-align")
# What Quarto's pages play; nothing can be played on paper.
_PLAYED = (".mp4", ".webm", ".ogv", ".ogg", ".mov", ".m4v", ".avi", ".mp3", ".wav", ".m4a")
_SIZE = re.compile(r"\d+(?:\.\d+)?(?:%|px|cm|mm|in|pt|em)?")


def check_files(source: Source, images: list[Figure], root: Path) -> None:
    """Refuse images whose file is not in the project, or is not what its name says."""
    for image in images:
        if image.image.startswith(DRAWN):
            continue
        file = image_file(image.image, root)
        name = posixpath.basename(image.image)
        if file is None:
            raise refusal(
                "N0756",
                source,
                f"Bildet {image.image} finnes ikke.",
                _nearest(image.image, root)
                or "Rett stien, som regnes fra kapittelets mappe, eller fra prosjektet når den begynner med /.",
                name,
            )
        if not is_image(file):
            raise refusal("N0756", source, f"Bildet {image.image} kan ikke leses.", "Lagre det på nytt.", name)


def _nearest(image: str, root: Path) -> str:
    """Where the file is under a name that differs in its letters or slashes alone, or is misspelt."""
    if "\\" in image:
        return "Skriv stien med vanlige skråstreker (/)."
    folder = root / posixpath.dirname(image)
    known = [file.name for file in folder.iterdir()] if folder.is_dir() and folder.is_relative_to(root) else []
    near = did_you_mean(posixpath.basename(image), known)
    return near if near.startswith("Mente") else ""


def share_alt(div: Node) -> None:
    """The alternative text of a figure block belongs to its image."""
    _, _, pairs = div["c"][0]
    found = [pair for pair in pairs if pair[0] == ALT]
    images = list(pandoc.elements(div["c"][1], "Image"))
    if found and len(images) == 1:
        pairs.remove(found[0])
        own = images[0]["c"][0][2]
        if ALT not in dict(own):
            own.append(found[0])


def normalise(source: Source, node: Node) -> Node | None:
    """Give an image its path from the project root, its alternative text and its size; refuse one that has not.

    A film or a sound is a link to it.
    """
    (id_, _, pairs), words, target = node["c"]
    found = dict(pairs)
    url = target[0]
    name = posixpath.basename(url)
    if url.split("?")[0].lower().endswith(_PLAYED) and not id_:
        return {"t": "Link", "c": [pandoc.attr(), words or pandoc.text(found.get(ALT) or unquote(name)), [url, ""]]}
    if _FOREIGN.match(url):
        remedy = f"Last det ned, legg det i prosjektet, og skriv stien dit. {QUARTO_CAN}"
        raise refusal("N0757", source, f"Bildet hentes fra et annet sted: {url[:80]}.", remedy, url[:80])
    target[0] = "/" + _rooted(source, url)
    suffix = posixpath.splitext(target[0])[1].lower()
    if suffix and suffix[1:] not in FORMATS:
        remedy = "Lagre det som SVG, PNG, JPG eller WebP."
        raise refusal("N0758", source, f"Bilder av typen {suffix} støttes ikke.", remedy, name)
    decorative = found.get(ALT, found.get("alt")) == "" and not id_
    said = found.get(ALT) or found.get("alt")
    if not (said or pandoc.plain(words).strip() or decorative):
        remedy = 'Skriv {fig-alt="…"} etter parentesen; fig-alt="" for et bilde som bare er pynt.'
        raise refusal("N0755", source, f"Bildet {name} har ingen alternativ tekst.", remedy, name, id_)
    for key in ("width", "height"):
        if key in found and not _SIZE.fullmatch(found[key]):
            remedy = 'Skriv for eksempel width="50%".'
            raise refusal("N0758", source, f"Størrelsen {key}={found[key]} kan ikke leses.", remedy, name)
    if found.get("fig-align", "left") not in _ALIGNMENTS:
        remedy = "Skriv left, center eller right."
        raise refusal("N0758", source, f"fig-align={found['fig-align']} er ukjent.", remedy, name)
    kept = [[key, value] for key, value in pairs if key in _KEPT]
    node["caption"] = words
    alt = pandoc.text(said) if said else [] if decorative else _alt_of(words)
    node["c"] = [[id_, [], kept], alt, [target[0], ""]]
    return None


def _alt_of(caption: list[Node]) -> list[Node]:
    """The words of a caption, which say what the image shows; what a reference in it prints is not known yet."""
    if next(pandoc.elements(caption, "Cite"), None) is None:
        return pandoc.text(pandoc.plain(caption).strip())
    words: list[Node] = pandoc.walk(caption, _bare)
    return words


def _bare(node: Node) -> list[Node] | None:
    match node["t"]:
        case "Emph" | "Strong" | "Underline" | "Strikeout" | "Superscript" | "Subscript" | "SmallCaps":
            bare: list[Node] = node["c"]
        case "Span" | "Link" | "Quoted":
            bare = node["c"][1]
        case "Code" | "Math":
            bare = pandoc.text(node["c"][1])
        case "Note" | "RawInline":
            bare = []
        case _:
            return None
    return bare


def _rooted(source: Source, url: str) -> str:
    """The path from the project root that an address in a chapter means."""
    path = unquote(url)
    folder = posixpath.dirname(source.file)
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))


def figure(node: Node) -> list[Node]:
    """A captioned figure with a caption: a float if it has an id that is numbered."""
    (id_, _, _), (_, long), body = node["c"]
    caption = long[0]["c"] if long else []
    if next(pandoc.elements(body, "Image"), None) is None:
        return [pandoc.para(block["c"]) for block in body]  # a film is a link with these words
    if id_.startswith("fig-"):
        return [float_block(id_, [pandoc.para(block["c"]) for block in body], caption)]
    return [{"t": "Figure", "c": [pandoc.attr(id_), [None, [{"t": "Plain", "c": caption}]], body]}]


def paragraph(source: Source, node: Node, *, in_block: bool = False) -> list[Node] | None:
    """A paragraph of nothing but images: one after another if they are numbered, or `in_block` that lays them out."""
    inlines = [inline for inline in node["c"] if inline["t"] not in ("Space", "SoftBreak", "LineBreak")]
    images = [image for image in map(_lone_image, inlines) if image is not None]
    if not images or len(images) < len(inlines):
        for image in filter(_is_numbered, images):
            id_ = image["c"][0][0]
            remedy = "Skriv en blank linje før og etter bildet."
            problem = f"Figuren «{id_}» står i et avsnitt med tekst, og får ikke noe nummer."
            raise refusal("N0744", source, problem, remedy, f"#{id_}")
        return None
    if not any(_is_numbered(image) for image in images) and (not in_block or len(images) == 1):
        return None
    return [_shown(inline, image) for inline, image in zip(inlines, images, strict=True)]


def forget(blocks: list[Node]) -> None:
    """Remove what only the reading of captions needed."""
    for image in pandoc.elements(blocks, "Image"):
        image.pop("caption", None)
        image["c"][0][0] = ""


def _is_numbered(image: Node) -> bool:
    return bool(image["c"][0][0].startswith("fig-"))


def _lone_image(inline: Node) -> Node | None:
    if inline["t"] == "Link" and len(inline["c"][1]) == 1:
        inline = inline["c"][1][0]
    return inline if inline["t"] == "Image" else None


def _shown(inline: Node, image: Node) -> Node:
    id_, caption = image["c"][0][0], image.get("caption", [])
    if _is_numbered(image):
        return float_block(id_, [pandoc.para([inline])], caption)
    if caption:
        return {
            "t": "Figure",
            "c": [pandoc.attr(), [None, [{"t": "Plain", "c": caption}]], [{"t": "Plain", "c": [inline]}]],
        }
    return pandoc.para([inline])
