"""Chapters joined to one Word document: every number is unique, and nothing of a chapter is lost."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from lxml import etree

from notat.docx.merge import merge
from notat.docx.package import NAMESPACES, Package, find_all, text_of
from notat.engine import pandoc

CHAPTER = """\
# {name} {{#sec-{name}}}

Et avsnitt med note.[^1] [Lenke](https://{name}.no)

1. en
2. to

- punkt

  fortsatt

[^1]: Noten til {name}, med [lenke](https://note-{name}.no).
"""


def package(markdown, *arguments):
    return Package(io.BytesIO(pandoc.run(markdown, "--from=markdown", "--to=docx", "--output=-", *arguments)))


@pytest.fixture
def merged(tmp_path):
    whole = merge(package("", "--toc"), [package(CHAPTER.format(name=name)) for name in ("a", "b", "c")])
    whole.write(tmp_path / "hel.docx")
    return Package(tmp_path / "hel.docx")


def values(root, path):
    return [str(value) for value in root.xpath(path, namespaces=NAMESPACES)]


def test_the_text_is_that_of_the_chapters_in_order(merged):
    whole = package("\n".join(CHAPTER.format(name=name).replace("[^1]", f"[^{name}]") for name in ("a", "b", "c")))
    words = [text_of(p) for p in find_all(merged.xml("word/document.xml"), "w:body/w:p")]
    assert words[-len(find_all(whole.xml("word/document.xml"), "w:body/w:p")) :] == [
        text_of(p) for p in find_all(whole.xml("word/document.xml"), "w:body/w:p")
    ]


def test_bookmarks_notes_and_lists_have_numbers_of_their_own(merged):
    document, notes = merged.xml("word/document.xml"), merged.xml("word/footnotes.xml")
    starts = values(document, "//w:bookmarkStart/@w:id")
    assert len(starts) == len(set(starts)) == 3
    assert sorted(starts) == sorted(values(document, "//w:bookmarkEnd/@w:id"))
    referred = values(document, "//w:footnoteReference/@w:id")
    assert referred == values(notes, "//w:footnote[not(@w:type)]/@w:id")
    assert len(set(referred)) == 3
    assert Counter(values(notes, "//w:footnote/@w:type")) == {"separator": 1, "continuationSeparator": 1}


def test_each_list_counts_from_one(merged):
    used = values(merged.xml("word/document.xml"), "//w:numId/@w:val")
    defined = values(merged.xml("word/numbering.xml"), "//w:num/@w:numId")
    assert len(defined) == len(set(defined))
    assert set(used) <= set(defined)
    ordered = [number for number in dict.fromkeys(used) if number != "1000"]
    assert len(ordered) == 6


def test_links_lead_where_they_led(merged):
    for part, names in (("document", ("a", "b", "c")), ("footnotes", ("note-a", "note-b", "note-c"))):
        relations = merged.xml(f"word/_rels/{part}.xml.rels")
        targets = {item.get("Id"): item.get("Target") for item in relations}
        assert len(targets) == len(relations)
        linked = values(merged.xml(f"word/{part}.xml"), "//w:hyperlink/@r:id")
        assert [targets[id_] for id_ in linked] == [f"https://{name}.no" for name in names]


def test_the_parts_are_well_formed_and_the_section_comes_last(merged):
    body = find_all(merged.xml("word/document.xml"), "w:body")[0]
    assert etree.QName(body[-1]).localname == "sectPr"
    assert len(find_all(body, "w:sectPr")) == 1
