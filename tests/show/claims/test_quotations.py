"""What supports words that only quote a source: a passage in an archived copy, or a person who has read it."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from notat.cli.reading import les
from notat.data import dataset
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import claims
from notat.show.claims import Kind
from notat.show.claims.quotations import record

FILE = "chapters/arbeid.qmd"
COPY = "Tallet på sysselsatte økte med 2,3 pro\u00adsent i 2022.\nDet er mer enn\nåret før.\n"
MARK = '{.paastand kilde="ssb" sitat="SITAT"}'


@pytest.fixture
def quoting(note):
    """Write a sentence with a mark that quotes the source, on line 7; return its support."""

    file = note / FILE
    text = file.read_text(encoding="utf-8")
    above = text[: text.index("Veksten var")]

    def write(sentence: str) -> Kind:
        file.write_text(f"{above}{sentence}\n", encoding="utf-8")
        return kind(note)

    return write


def kind(root):
    project = Project(root)
    numbers = Numbers(dataset.load(root))
    claims.verify(project, numbers)
    (found,) = claims.kinds(project, numbers)
    return found


@pytest.fixture
def archive(note):
    def write(text: str = COPY, digest: str = "", day: str = "2023-03-01", file: str = "ssb.txt") -> None:
        folder = note / "data/kilder"
        folder.mkdir()
        (folder / "ssb.txt").write_text(text, encoding="utf-8")
        sha = digest or hashlib.sha256((folder / "ssb.txt").read_bytes()).hexdigest()
        (folder / "arkiv.csv").write_text(
            f"kilde,fil,adresse,hentet,sha256\nssb,{file},https://www.ssb.no/,{day},{sha}\n", encoding="utf-8"
        )

    return write


def test_a_passage_of_the_archived_copy_supports_the_words(archive, quoting):
    archive()
    words = f"Det [økte]{MARK}.".replace("SITAT", "økte med 2,3 prosent i 2022. Det er mer enn året")
    assert quoting(words) is Kind.QUOTED


def test_a_passage_without_a_copy_of_its_source_does_not_count_as_tested(quoting):
    assert quoting(f"Det [økte]{MARK}.".replace("SITAT", "økte med to prosent")) is Kind.UNTESTED


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("økte med 2,4 prosent i 2022", "står ikke i den arkiverte kopien"),
        ("Økte med 2,3 prosent i 2022", "står ikke i den arkiverte kopien"),
        ("økte med", "har 2 ord"),
        ("økte " * 41, "har 41 ord"),
    ],
)
def test_a_passage_that_is_not_there_is_refused(archive, quoting, refused, quote, said):
    archive()
    with refused(FILE, 7, said):
        quoting(f"Det [økte]{MARK}.".replace("SITAT", quote.strip()))


def test_a_value_that_the_passage_should_hold_is_looked_for(archive, quoting, note, refused):
    archive()
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write("vekst_pst,Vekst,,Norge,2022,endring,2.3,prosent,0.1,,,ssb,\n")
    sentence = f"Det [økte]{MARK}.".replace("SITAT", "økte med 2,3 prosent i 2022").replace("}", ' verdi="ID"}')
    assert quoting(sentence.replace("ID", "vekst_pst")) is Kind.QUOTED
    with refused(FILE, 7, "«endring» har ikke verdien sin i sitatet"):
        quoting(sentence.replace("ID", "endring"))


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"digest": "0" * 64}, "er en annen enn den som ble arkivert"),
        ({"day": "1. mars 2023"}, "er ikke en dato"),
        ({"file": "borte.txt"}, "Kopien borte.txt mangler"),
        ({"file": "../arbeid.csv"}, "mangler"),
    ],
)
def test_a_broken_archive_is_refused_with_its_line(archive, quoting, refused, how, said):
    archive(**how)
    with refused("data/kilder/arkiv.csv", 2, said):
        quoting(f"Det [økte]{MARK}.".replace("SITAT", "økte med 2,3 prosent"))


def test_a_reading_counts_until_the_sentence_changes(quoting, note):
    assert quoting('Det [økte]{.paastand #p-x kilde="ssb"}.') is Kind.UNTESTED
    (mark,) = claims.unread(Project(note), Numbers(dataset.load(note)))
    record(note, mark, "Kari Nordmann", dt.date(2023, 3, 1))
    record(note, mark, "Ola Nordmann", dt.date(2023, 3, 2))  # the last reading counts
    assert (note / "data/kilder/lest.csv").read_text(encoding="utf-8").endswith(",ssb,Ola Nordmann,2023-03-02\n")
    assert kind(note) is Kind.READ
    assert quoting('Det [sank]{.paastand #p-x kilde="ssb"}.') is Kind.UNTESTED


def test_a_reading_without_a_name_is_refused(quoting, note, refused):
    (note / "data/kilder").mkdir()
    (note / "data/kilder/lest.csv").write_text("setning,kilde,navn,dato\nabc,ssb,,2023-03-01\n", encoding="utf-8")
    with refused("data/kilder/lest.csv", 2, "ikke noe navn"):
        quoting('Det [økte]{.paastand #p-x kilde="ssb"}.')


def test_the_command_records_who_read_what(quoting, note, refused):
    quoting('Det [økte]{.paastand #p-x kilde="ssb"}.')
    les.main([f"{FILE}:7", "--navn", "Kari Nordmann"], standalone_mode=False)
    assert kind(note) is Kind.READ
    for arguments in ([f"{FILE}:6", "--navn", "Kari"], ["her", "--navn", "Kari"], [f"{FILE}:7", "--navn", "Kari, Ola"]):
        with refused(None, None):
            les.main(arguments, standalone_mode=False)
