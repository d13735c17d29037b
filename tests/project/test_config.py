"""`_quarto.yml`: read as Quarto reads it, and refused where the engine would do nothing."""

from __future__ import annotations

import codecs
import datetime as dt

import pytest

from notat.project.config import read_config

CONFIG = "_quarto.yml"


@pytest.fixture
def change(note):
    """Replace text in `_quarto.yml` and give the project back."""

    def write(old, new):
        text = (note / CONFIG).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (note / CONFIG).write_text(text.replace(old, new), encoding="utf-8")
        return note

    return write


def line_of(note, words):
    lines = (note / CONFIG).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_the_book_is_read(note):
    config = read_config(note)
    assert (config.title, config.date, config.output_file) == (
        "Et lite notat",
        dt.date(2023, 3, 1),
        "diskusjonsnotat",
    )
    assert [chapter.slug for chapter in config.chapters] == ["index", "arbeid", "litteratur"]
    assert config.bibliography == note / "references.bib"
    assert config.output == note / "_output"


def test_appendices_come_last_and_are_marked(change):
    root = change("    - chapters/litteratur.qmd\n", "  appendices:\n    - chapters/litteratur.qmd\n")
    assert [chapter.appendix for chapter in read_config(root).chapters] == [False, False, True]


def test_words_of_the_interface_can_be_overridden(change):
    config = read_config(change("lang: nb-NO", 'lang: nb-NO\nlanguage:\n  crossref-fig-title: "Fig."'))
    assert config.word("crossref-fig-title", "Figur") == "Fig."
    assert config.word("crossref-tbl-title", "Tabell") == "Tabell"


def test_windows_line_endings_and_byte_order_mark_change_nothing(note):
    before = read_config(note)
    file = note / CONFIG
    file.write_bytes(codecs.BOM_UTF8 + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_config(note) == before


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("lang: nb-NO", "lang: nb-NO\nlagn: nn", "lagn", "Ukjent nøkkel «lagn». Mente du lang"),
        ("  echo: false", "  echo: false\n  eval: false", "eval", "Ukjent nøkkel «execute: eval»"),
        ("  echo: false", "  echo: true", "echo", "«execute: echo» er True"),
        ("  echo: false", "  echo: nei", "echo", "«execute: echo» skal være true eller false"),
        ("  echo: false", "  echo: false\n  freeze: true", "freeze", "Sett verdien til false"),
        ("  type: book", "  type: website", "type", "Bare bøker støttes. Sett verdien til book."),
        ("dir: _output", "dir: ut", "output-dir", "Utdata skrives alltid dit"),
        (
            "execute-dir: project",
            "execute-dir: file",
            "execute-dir",
            "Kapitlene kjøres alltid i prosjektmappa",
        ),
        ("date: 2023-03-01", "date: today", "date", "«book: date» skal være en dato (ÅÅÅÅ-MM-DD)"),
        ('title: "Et lite notat"', "title: 2023", "title: 2023", "«book: title» skal være en tekst"),
        (
            "lang: nb-NO",
            "lang: nb-NO\nlanguage: ord.yml",
            "language",
            "«language» skal være en gruppe nøkler",
        ),
        ("bibliography: references.bib", "bibliography: [a.bib]", "bibliography", "skal være en tekst"),
        (
            "bibliography: references.bib",
            "bibliography: borte.bib",
            "bibliography",
            "Fila borte.bib finnes ikke",
        ),
        ("csl: _ext", "csl: ../_ext", "csl", "finnes ikke i prosjektet"),
        (
            "- chapters/arbeid.qmd",
            "- chapters/borte.qmd",
            "borte",
            "Kapittelet chapters/borte.qmd finnes ikke",
        ),
        ("- chapters/arbeid.qmd", "- ../utenfor.qmd", "utenfor", "finnes ikke i prosjektet"),
        ("- chapters/arbeid.qmd", "- chapters/arbeid.md", "arbeid.md", "skal være en .qmd-fil"),
        ("- chapters/arbeid.qmd", "- part: Del", "part", "skal være en .qmd-fil"),
        (
            "- chapters/arbeid.qmd",
            "- chapters/arbeid.qmd\n    - ./chapters/arbeid.qmd",
            "./chapters",
            "samme filnavn som chapters/arbeid.qmd",
        ),
    ],
)
def test_what_the_engine_would_not_do_is_refused_with_its_line(change, refused, old, new, place, words):
    root = change(old, new)
    with refused(CONFIG, line_of(root, place), words):
        read_config(root)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("lang: nb-NO", "lang: nb: NO", "nb: NO", "mapping values"),
        ("lang: nb-NO", "lang: nb-NO\nlang: nn", "lang: nn", "duplicate key"),
        ("  echo: false", "\techo: false", "echo", "cannot start any token"),
        ("bibliography: references.bib", "bibliography: [references.bib", "csl", "Ugyldig YAML"),
    ],
)
def test_broken_yaml_is_refused_with_its_line(change, refused, old, new, place, words):
    root = change(old, new)
    with refused(CONFIG, line_of(root, place), words):
        read_config(root)


def test_a_control_character_is_refused(change, refused):
    root = change("nb-NO", "nb-NO\x07")
    with refused(CONFIG, line_of(root, "nb-NO"), "usynlig tegn som ikke er tillatt (U+0007)"):
        read_config(root)


def test_another_encoding_is_refused_with_its_line(change, refused):
    root = change("Et fylke", "Sogn og Fjordane, Ærøy")
    file = root / CONFIG
    file.write_bytes(file.read_text(encoding="utf-8").encode("latin-1"))
    with refused(CONFIG, line_of_bytes(file, b"\xc6"), "Fila er ikke UTF-8"):
        read_config(root)


def line_of_bytes(file, what):
    return file.read_bytes().split(what)[0].count(b"\n") + 1


@pytest.mark.parametrize("text", ["", "- bare\n- en liste\n", "tekst\n"])
def test_a_file_without_keys_is_refused(note, refused, text):
    (note / CONFIG).write_text(text, encoding="utf-8")
    with refused(CONFIG, None, "Fila har ingen nøkler"):
        read_config(note)


@pytest.mark.parametrize("key", ["title", "author", "date", "output-file"])
def test_a_missing_key_is_named(note, refused, key):
    lines = (note / CONFIG).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.strip().startswith(f"{key}:")]
    (note / CONFIG).write_text("".join(kept), encoding="utf-8")
    with refused(CONFIG, None, f"Nøkkelen book: {key} mangler"):
        read_config(note)


def test_a_missing_extension_is_named(note, refused):
    (note / "_extensions/notat/_extension.yml").unlink()
    with refused("_extensions/notat/_extension.yml", None, "Fila mangler"):
        read_config(note)
