"""`_quarto.yml`: read as Quarto reads it, and refused where the engine would do nothing."""

from __future__ import annotations

import codecs
import datetime as dt

import pytest

from notat.project.config import read_config
from notat.text.errors import NotatError

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
        (
            "  echo: false",
            "  echo: false\n  eval: false",
            "eval",
            "«execute: eval» støttes ikke. Sett det på",
        ),
        ("  echo: false", "  echo: true", "echo", "«execute: echo» er true"),
        ("  echo: false", "  echo: nei", "echo", "«execute: echo» er nei. Koden vises bare der"),
        ("  echo: false", "  echo: false\n  freeze: true", "freeze", "Sett verdien til false"),
        ("  type: book", "  type: website", "type", "Bare bøker støttes. Sett verdien til book."),
        ("dir: _output", "dir: ut", "output-dir", "Utdata skrives alltid dit"),
        (
            "execute-dir: project",
            "execute-dir: file",
            "execute-dir",
            "Kapitlene kjøres alltid i prosjektmappa",
        ),
        (
            "date: 2023-03-01",
            "date: today",
            "date",
            "Notatet skal bli likt hver gang, så datoen",
        ),
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
        ("- chapters/arbeid.qmd", "- chapters/arbeid.rmd", "arbeid.rmd", "endelsen .qmd, .md eller .ipynb"),
        ("- chapters/arbeid.qmd", "- part: Del", "part", "endelsen .qmd, .md eller .ipynb"),
        ("- chapters/arbeid.qmd", "- part: del.qmd\n      chapters: [x.qmd]", "part", "En del skal ha en tittel"),
        ("date: 2023-03-01", "date: 25.11.2026", "date", "skal være en dato. Skriv ÅÅÅÅ-MM-DD."),
        (
            "lang: nb-NO",
            "lang: nb-NO\nfilters: [a.lua]",
            "filters",
            "«filters» støttes ikke. Motoren kjører",
        ),
        ("lang: nb-NO", "lang: nb-NO\ncrossref:\n  custom: []", "custom", "«crossref: custom» støttes ikke"),
        ("typst: default", "typst: default\n  epub: default", "epub", "Formatet «epub» støttes ikke"),
        ("typst: default", "typst:\n    template: x.typ", "template", "«format: notat-typst: template» støttes ikke"),
        ("subtitle:", "subtitel: x\n  subtitle:", "subtitel:", "Ukjent nøkkel «book: subtitel»"),
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
    ("old", "new", "key", "value"),
    [
        ('title: "Et lite notat"', "title: >-\n    Et lite\n    notat", "title", "Et lite notat"),
        ('title: "Et lite notat"', "title: |\n    Et lite\n    notat", "title", "Et lite notat"),
        ("date: 2023-03-01", 'date: "2023-03-01"', "date", dt.date(2023, 3, 1)),
        ('author: "Et fylke"', "author: [Kari, Ola]", "author", "Kari, Ola"),
        ('author: "Et fylke"', "author:\n    - name: Kari\n      email: k@x.no", "author", "Kari"),
        (
            'author: "Et fylke"',
            "author:\n    name: {given: Kari, family: Nordmann}",
            "author",
            "Kari Nordmann",
        ),
        ("lang: nb-NO", "lang: nb-NO\nnumber-sections: true", "number_sections", True),
        ("lang: nb-NO", "lang: nb-NO\nnumber-sections: false", "number_sections", False),
        ("notat-html: default", "notat-html:\n    toc: true\n    number-sections: false", "number_sections", False),
        ("lang: nb-NO", "lang: nb-NO\ncrossref:\n  fig-title: Fig.", "words", {"crossref-fig-title": "Fig."}),
        ("lang: nb-NO", "x-felles: &a\n  lang: nb-NO\nx-mer: {<<: *a}\nlang: nb-NO", "lang", "nb-NO"),
        ("lang: nb-NO", "lang: nb-NO\neditor: visual\ntoc: true\nfylke: Nordland", "title", "Et lite notat"),
        ("subtitle:", "sidebar: {style: docked}\n  favicon: a.png\n  subtitle:", "subtitle", "Diskusjonsnotat"),
    ],
)
def test_what_ordinary_books_have_is_read_or_has_no_effect(change, old, new, key, value):
    assert getattr(read_config(change(old, new)), key) == value


def test_chapters_in_parts_and_files_with_norwegian_names_are_read(change):
    listed = '- part: "Del én"\n      chapters:\n        - chapters/min prøve.md\n    - file: chapters/arbeid.qmd'
    root = change("- chapters/arbeid.qmd", listed)
    (root / "chapters/min prøve.md").write_text("# Prøve\n", encoding="utf-8")
    chapters = read_config(root).chapters
    assert [chapter.slug for chapter in chapters] == ["index", "min-prøve", "arbeid", "litteratur"]
    assert [chapter.part for chapter in chapters] == ["", "Del én", "", ""]


def test_the_first_page_of_a_folder_has_the_name_of_the_folder_too(change):
    root = change("- chapters/arbeid.qmd", "- chapters/arbeid.qmd\n    - chapters/del en/index.qmd")
    (root / "chapters/del en").mkdir()
    (root / "chapters/del en/index.qmd").write_text("# Prøve\n", encoding="utf-8")
    assert [chapter.slug for chapter in read_config(root).chapters][:3] == ["index", "arbeid", "del-en-index"]


def test_two_names_that_become_one_are_refused(change):
    root = change("- chapters/arbeid.qmd", "- chapters/arbeid.qmd\n    - chapters/1.2 a.qmd\n    - chapters/1-2-a.qmd")
    for name in ("1.2 a", "1-2-a"):
        (root / f"chapters/{name}.qmd").write_text("# Prøve\n", encoding="utf-8")
    with pytest.raises(NotatError, match=r"samme filnavn som chapters/1\.2 a\.qmd, når mellomrom") as caught:
        read_config(root)
    assert caught.value.code == "N0506"


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("lang: nb-NO", "lang: nb: NO", "nb: NO", "Kolon i en tekst"),
        ("lang: nb-NO", "lang: nb-NO\nlang: nn", "lang: nn", "Nøkkelen står to ganger"),
        ("  echo: false", "\techo: false", "echo", "Linja har en tabulator"),
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


@pytest.mark.parametrize(
    ("key", "value", "link"),
    [
        ("kontakt", "post@fylket.no", "mailto:post@fylket.no"),
        ("kontakt", "https://www.fylket.no/kontakt", "https://www.fylket.no/kontakt"),
        ("erklaering", "https://uustatus.no/nb/erklaringer/publisert/1", ""),
        ("erklaering", "chapters/arbeid.qmd", ""),
        ("erklaering", "chapters/arbeid.qmd#sec-arbeid", ""),
    ],
)
def test_the_contact_and_the_statement_are_addresses_or_places_in_the_book(change, key, value, link):
    contact = read_config(change("execute:", f"notat:\n  {key}: {value}\nexecute:")).contact
    assert (contact.statement or contact.address) == value
    assert contact.link == link
    assert contact.is_in_book == value.startswith("chapters")


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("kontakt", "fylket", "N0580"),
        ("kontakt", '""', "N0580"),
        ("kontakt", "http://www.fylket.no", "N0580"),
        ("kontakt", "javascript:alert(1)", "N0580"),
        ("kontakt", '"post@fylket.no?subject=a b"', "N0580"),
        ("kontakt", "https://", "N0580"),
        ("kontakt", '"https://a.no/<b>"', "N0580"),
        ("kontakt", '"https://[a.no"', "N0580"),
        ("erklaering", "uustatus.no/1", "N0581"),
        ("erklaering", "chapters/finnes-ikke.qmd", "N0581"),
        ("erklaering", "chapters/arbeid.qmd#sec-finnes-ikke", "N0581"),
        ("erklaering", "chapters/arbeid.qmd#", "N0581"),
        ("erklaering", "../arbeid.qmd", "N0581"),
        ("kontakt", "12", "N0123"),
    ],
)
def test_what_is_neither_is_refused_with_its_line(change, refused, key, value, code):
    root = change("execute:", f"notat:\n  {key}: {value}\nexecute:")
    with refused(CONFIG, line_of(root, f"  {key}:"), code):
        read_config(root)


@pytest.mark.parametrize("address", ["https://notat.fylket.no", "https://notat.fylket.no/", "https://fylket.no/notat/"])
def test_the_address_of_the_pages_ends_in_a_slash(change, address):
    root = change("  output-file:", f"  site-url: {address}\n  output-file:")
    assert read_config(root).site == f"{address.rstrip('/')}/"


@pytest.mark.parametrize("address", ["fylket.no", "http://fylket.no", '"https://fylket.no/a b"', '""', "12"])
def test_an_address_of_the_pages_that_is_none_is_refused_with_its_line(change, refused, address):
    root = change("  output-file:", f"  site-url: {address}\n  output-file:")
    with refused(CONFIG, line_of(root, "  site-url:"), "N0123" if address == "12" else "N0582"):
        read_config(root)
