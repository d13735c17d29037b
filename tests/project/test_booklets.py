"""The booklets of `_quarto.yml`: which chapters each printed document has, and what is refused."""

from __future__ import annotations

import pytest

from notat.project.booklets import in_print_order
from notat.project.config import read_config

CONFIG = "_quarto.yml"
ENTRY = "    - fil: tillegg\n      tittel: Tillegg\n      kapitler:\n        - chapters/arbeid.qmd\n"


def with_booklets(note, text):
    with (note / CONFIG).open("a", encoding="utf-8") as stream:
        stream.write(f"notat:\n  hefter:\n{text}")
    return note


def line_of(note, words):
    lines = (note / CONFIG).read_text(encoding="utf-8").splitlines()
    return max(number for number, line in enumerate(lines, 1) if words in line)


def test_a_note_without_booklets_is_one_document(note):
    (only,) = read_config(note).documents
    assert (only.stem, only.title, only.name, only.cover) == ("diskusjonsnotat", "Et lite notat", "", True)
    assert only.chapters == tuple(chapter.file for chapter in read_config(note).chapters)


@pytest.mark.parametrize(("said", "cover"), [("true", False), ("false", True)])
def test_a_short_note_may_have_no_cover(note, said, cover):
    file = note / CONFIG
    file.write_text(f"{file.read_text(encoding='utf-8')}\nuten-omslag: {said}\n", encoding="utf-8")
    assert read_config(note).documents[0].cover is cover


def test_the_main_document_has_the_chapters_that_no_booklet_has(note):
    config = read_config(with_booklets(note, ENTRY + "      omslag: false\n"))
    main, booklet = config.documents
    assert main.chapters == ("index.qmd", "chapters/litteratur.qmd")
    assert booklet.chapters == ("chapters/arbeid.qmd",)
    assert (booklet.file("docx"), booklet.title, booklet.cover) == ("tillegg.docx", "Tillegg: Et lite notat", False)
    assert in_print_order(config.documents) == [*main.chapters, *booklet.chapters]


def test_a_booklet_has_its_chapters_in_the_order_of_the_book(note):
    text = ENTRY.replace("        - chapters/arbeid", "        - chapters/litteratur.qmd\n        - chapters/arbeid")
    assert read_config(with_booklets(note, text)).documents[1].chapters == (
        "chapters/arbeid.qmd",
        "chapters/litteratur.qmd",
    )


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("tillegg", "diskusjonsnotat", "fil:", "Navnet diskusjonsnotat er alt brukt på et annet dokument"),
        ("tillegg", "../ut", "fil:", "Heftet kan ikke hete «../ut»"),
        ("tillegg", "Tillegg", "fil:", "Heftet kan ikke hete «Tillegg». Bruk små bokstaver"),
        ("fil: tillegg", "fil: 2", "fil:", "«notat: hefter: fil» skal være en tekst"),
        ("      tittel: Tillegg\n", "", "fil:", "Nøkkelen notat: hefter: tittel mangler"),
        ("tittel: Tillegg", "titel: Tillegg", "titel", "Ukjent nøkkel «notat: hefter: titel». Mente du tittel?"),
        ("chapters/arbeid.qmd", "chapters/borte.qmd", "kapitler", "kan ikke ha kapittelet chapters/borte.qmd"),
        ("chapters/arbeid.qmd", "index.qmd", "kapitler", "Forsiden hører til hovednotatet"),
        ("\n        - chapters/arbeid.qmd", " []", "fil:", "Nøkkelen notat: hefter: kapitler mangler"),
        ("\n        - chapters/arbeid.qmd", " arbeid", "kapitler", "skal være en liste"),
        ("tittel: Tillegg", "tittel: Tillegg\n      omslag: nei", "omslag", "skal være true eller false"),
        (ENTRY, "    - tillegg\n", "- tillegg", "Et hefte skal ha nøklene fil, tittel og kapitler"),
        (ENTRY, ENTRY * 2, "kapitler", "Kapittelet chapters/arbeid.qmd står alt i heftet tillegg"),
    ],
)
def test_a_booklet_that_cannot_be_is_refused(note, refused, old, new, place, words):
    assert old in ENTRY
    with_booklets(note, ENTRY.replace(old, new))
    with refused(CONFIG, line_of(note, place), words):
        read_config(note)


def test_booklets_that_are_no_list_are_refused(note, refused):
    with_booklets(note, "    fil: x\n")
    with refused(CONFIG, line_of(note, "hefter"), "«notat: hefter» skal være en liste"):
        read_config(note)
