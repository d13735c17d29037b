"""Join the Word documents of the chapters into one, so that a change in one chapter costs nothing in the others.

Pandoc numbers bookmarks, notes, pictures, links and lists. Every document starts from the same numbers, so those of a
chapter are moved past those of the chapters before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from pathlib import PurePosixPath

from lxml import etree

from notat.docx.package import CONTENT_TYPES, Package, attribute, find_all, qualified

_DOCUMENT, _NOTES, _LISTS = "word/document.xml", "word/footnotes.xml", "word/numbering.xml"
_MEDIA = "word/media/"
_RELATIONS = {_DOCUMENT: "word/_rels/document.xml.rels", _NOTES: "word/_rels/footnotes.xml.rels"}
_FIRST_LIST = 1001  # Pandoc's list 1000 is the invisible one of continued paragraphs, the same in every document
# Elements numbered by Pandoc's one counter, and the attribute that holds the number.
_NUMBERED = {
    "w:bookmarkStart": "w:id",
    "w:bookmarkEnd": "w:id",
    "w:footnoteReference": "w:id",
    "w:footnote": "w:id",
    "wp:docPr": "id",
    "pic:cNvPr": "id",
}
_LINKS = ("r:id", "r:embed", "r:link")
_LINKING = f"//*[{' or '.join(f'@{name}' for name in _LINKS)}]"


def keep_body(chapter: Package) -> None:
    """Drop the parts that `merge` takes from the shell, which every document has."""
    kept = {_DOCUMENT, _NOTES, _LISTS, CONTENT_TYPES, *_RELATIONS.values()}
    for name in list(chapter.parts):
        if name not in kept and not name.startswith(_MEDIA):
            chapter.drop(name)


def merge(shell: Package, chapters: Iterable[Package]) -> Package:
    """Append the bodies of `chapters` to `shell`, a document without chapters, which is modified."""
    body = _body(shell)
    end = body.find(qualified("w:sectPr"))
    numbers, lists = count(_highest(shell) + 1), count(_FIRST_LIST)
    for num in find_all(shell.xml(_LISTS), "w:num"):
        if int(attribute(num, "w:numId")) >= _FIRST_LIST:
            shell.xml(_LISTS).remove(num)
    for chapter in chapters:
        _renumber(chapter, numbers)
        _move_lists(shell, chapter, lists)
        _move_relations(shell, chapter)
        for item in list(_body(chapter)):
            if item.tag == qualified("w:sectPr"):
                continue
            if end is None:
                body.append(item)
            else:
                end.addprevious(item)
        for note in find_all(chapter.xml(_NOTES), "w:footnote[not(@w:type)]"):
            shell.xml(_NOTES).append(note)
    return shell


def _body(package: Package) -> etree._Element:
    return find_all(package.xml(_DOCUMENT), "w:body")[0]


def _highest(package: Package) -> int:
    """The highest number in use, among relations too."""
    found = [0]
    for part, relations in _RELATIONS.items():
        found += [int(item.get(name, 0)) for item, name in _numbered(package.xml(part))]
        if relations in package:
            ids = [str(item.get("Id")).removeprefix("rId") for item in package.xml(relations)]
            found += [int(id_) for id_ in ids if id_.isdigit()]
    return max(found)


def _numbered(root: etree._Element) -> Iterable[tuple[etree._Element, str]]:
    names = {qualified(tag): qualified(name) if ":" in name else name for tag, name in _NUMBERED.items()}
    for item in root.iter(*names):
        if not item.get(qualified("w:type")):  # the separators of notes are common to all documents
            yield item, names[str(item.tag)]


def _renumber(chapter: Package, numbers: count[int]) -> None:
    """Give everything numbered in the chapter new numbers, in its own order; names of parts follow."""
    new: dict[str, str] = {}

    def renewed(old: str) -> str:
        return new.setdefault(old, str(next(numbers)))

    for part, relations in _RELATIONS.items():
        root = chapter.xml(part)
        for item, name in _numbered(root):
            item.set(name, renewed(item.get(name, "")))
        if relations in chapter:
            _renumber_links(chapter, root, relations, renewed)


def _renumber_links(chapter: Package, root: etree._Element, relations: str, renewed: Callable[[str], str]) -> None:
    links = [qualified(name) for name in _LINKS]
    linking = find_all(root, _LINKING)
    used = {item.get(name) for item in linking for name in links}
    for relation in list(chapter.xml(relations)):
        old = str(relation.get("Id"))
        if old not in used or relation.get("Type", "").endswith(("/header", "/footer")):
            chapter.xml(relations).remove(relation)  # the shell has its own
            continue
        relation.set("Id", f"rId{renewed(old.removeprefix('rId'))}")
        if relation.get("TargetMode") != "External":
            target = PurePosixPath(relation.get("Target", ""))
            moved = target.with_name(f"{relation.get('Id')}{target.suffix}")
            relation.set("Target", str(moved))
            chapter.parts[f"word/{moved}"] = chapter.parts.pop(f"word/{target}")
    for item in linking:
        for name in links:
            if item.get(name) and item.tag not in (qualified("w:headerReference"), qualified("w:footerReference")):
                item.set(name, f"rId{renewed(str(item.get(name)).removeprefix('rId'))}")


def _move_lists(shell: Package, chapter: Package, lists: count[int]) -> None:
    """Copy the lists of a chapter. Pandoc names abstract lists by their form, so one of each is enough."""
    own, theirs = shell.xml(_LISTS), chapter.xml(_LISTS)
    known = {attribute(item, "w:abstractNumId") for item in find_all(own, "w:abstractNum")}
    for item in find_all(theirs, "w:abstractNum"):
        if attribute(item, "w:abstractNumId") not in known:
            own.insert(len(find_all(own, "w:abstractNum")), item)
    new = {}
    for item in find_all(theirs, "w:num"):
        old = attribute(item, "w:numId")
        if int(old) >= _FIRST_LIST:
            new[old] = str(next(lists))
            item.set(qualified("w:numId"), new[old])
            own.append(item)
    for part in _RELATIONS:
        for item in chapter.xml(part).iter(qualified("w:numId")):
            item.set(qualified("w:val"), new.get(attribute(item), attribute(item)))


def _move_relations(shell: Package, chapter: Package) -> None:
    """Copy links and pictures, and the file type of each picture."""
    for relations in _RELATIONS.values():
        if relations in chapter:
            for item in list(chapter.xml(relations)):
                shell.xml(relations).append(item)
    media = {name: content for name, content in chapter.parts.items() if name.startswith(_MEDIA)}
    shell.parts.update(media)
    types = shell.xml(CONTENT_TYPES)
    known = {item.get("Extension") for item in types}
    for item in list(chapter.xml(CONTENT_TYPES)):
        extension = item.get("Extension")
        if extension and extension not in known:
            types.insert(0, item)
    kinds = {name.rpartition(".")[2] for name in media}
    for extension in sorted(kinds - {item.get("Extension") for item in types}):
        types.insert(0, etree.Element(types[0].tag, Extension=extension, ContentType=f"image/{extension}"))
