"""Links in print: within a document to their place, and from one document to another to its file."""

from __future__ import annotations

from notat.engine import pandoc
from notat.engine.model import Book
from notat.engine.pandoc import Node
from notat.norsk.language import say
from notat.project.booklets import Document


def lead_link(book: Book, document: Document, node: Node, kind: str) -> None:
    """Lead a link to `slug#id` as a printed document has it, as PDF or Word (`kind`).

    No program can be trusted to open another file at a place, so a link to another document leads to its file. A
    reference to a booklet names the file, «Vedlegg A i vedlegg.pdf»; one to the main document, of which the booklets
    are full, has its words alone.
    """
    (_, classes, _), inlines, target = node["c"]
    slug, mark, id_ = target[0].partition("#")
    if not mark or "/" in slug:
        return
    holder = book.holders.get(slug, document)
    if holder == document:
        target[0] = f"#{id_}"
        return
    target[0] = holder.file(kind)
    if "kryssref" in classes and holder.name:
        words = say("i {file}", file=target[0]).replace(" ", "\u00a0")
        inlines += pandoc.text(f" {words}")[1:]
