"""Two files that differ: the part that does is found, in each kind of file that the note comes in."""

from __future__ import annotations

import struct
import zipfile
import zlib

import pikepdf
import pytest

from notat.judge.verify.differences import MOST, differences

WORD = '<w:document xmlns:w="urn:w"><w:body><w:p>En</w:p><w:p w:rsid="{}">{}</w:p>{}</w:body></w:document>'


@pytest.fixture
def compared(tmp_path):
    """Differences of two contents under one name."""

    def compare(name, first, second):
        files = []
        for folder, content in (("1", first), ("2", second)):
            file = tmp_path / folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
            files.append(file)
        return differences(*files)

    return compare


def archive(file, parts, time=(1980, 1, 1, 0, 0, 0)):
    with zipfile.ZipFile(file, "w") as target:
        for name, content in parts.items():
            target.writestr(zipfile.ZipInfo(name, time), content)
    return file


def png(pixels, *, text=b"", level=9):
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))]
    chunks += [(b"tEXt", text)] if text else []
    chunks += [(b"IDAT", zlib.compress(bytes([0, *pixels[:2], 0, *pixels[2:]]), level)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def test_equal_files_have_no_difference(compared):
    assert compared("a.pdf", "x", "x") == []


def test_of_a_text_the_first_line_that_differs_is_told(compared):
    assert compared("a.csv", "id\n1\n2\n", "id\n1\n3\n") == ["linje 3 er «2» og «3»"]
    assert compared("a.csv", "id\n", "id\n1\n") == ["linje 2 er borte og «1»"]
    long = "x" * 500
    assert compared("a.html", f"{long}1 og så", f"{long}2 og så")[0].startswith("linje 1 er «…xxx")


def test_of_line_ends_and_of_bytes_the_place_is_told(compared):
    assert compared("a.csv", "id\n", "id\r\n") == ["byte 2 av 3 og 4 er ulik"]
    assert compared("a.ttf", b"\xff\x00\x01", b"\xff\x00\x02") == ["byte 2 av 3 og 3 er ulik"]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (("1", "Tre", ""), "teksten i /document/body/p[2] er «To» og «Tre»"),
        (("2", "To", ""), "/document/body/p[2]/@rsid er «1» og «2»"),
        (("1", "To", "<w:p/>"), "/document/body/p[3] finnes bare i den andre"),
        (("1", "To", " "), "teksten etter /document/body/p[2] er borte og « »"),
    ],
)
def test_of_xml_the_element_is_told(compared, second, words):
    assert compared("document.xml", WORD.format("1", "To", ""), WORD.format(*second)) == [words]


def test_of_a_picture_pixels_and_what_is_written_about_it_are_told_apart(compared):
    assert compared("a.png", png([1, 2, 3, 4]), png([1, 2, 3, 5])) == ["bildepunktene er ulike fra rad 2 av 2"]
    assert compared("a.png", png([1, 2, 3, 4], text=b"Date\x001"), png([1, 2, 3, 4], text=b"Date\x002")) == [
        "opplysningen tEXt er «Date 1» og «Date 2»"
    ]
    assert compared("a.png", png([1] * 4, level=9), png([1] * 4, level=0)) == [
        "bildepunktene er like, men pakket ulikt"
    ]


def test_of_an_archive_the_part_and_what_it_says_of_it_are_told(tmp_path):
    same = {"[Content_Types].xml": "<t/>", "word/document.xml": WORD.format("1", "To", "")}
    other = {**same, "word/document.xml": WORD.format("1", "Tre", ""), "docProps/app.xml": "<a/>"}
    first, second = archive(tmp_path / "1.docx", same), archive(tmp_path / "2.docx", other)
    assert differences(first, second) == [
        "Delen docProps/app.xml finnes bare i den andre.",
        "word/document.xml: teksten i /document/body/p[2] er «To» og «Tre»",
    ]
    later = archive(tmp_path / "3.docx", same, (2023, 3, 1, 0, 0, 0))
    assert "tidspunktet er (1980, 1, 1, 0, 0, 0) og (2023, 3, 1, 0, 0, 0)" in differences(first, later)[0]
    turned = archive(tmp_path / "4.docx", dict(reversed(same.items())))
    assert differences(first, turned) == ["Delene står i ulik rekkefølge."]


def pdf(file, *, title="Notat", text=b"BT (Hei) Tj ET", pages=1, **settings):
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        made.pages[0].Contents = made.make_stream(text)
        made.trailer.Info = made.make_indirect(pikepdf.Dictionary(Title=title))
        made.save(file, static_id=True, **settings)
    return file


def test_of_a_pdf_the_object_and_the_keys_that_lead_to_it_are_told(tmp_path):
    first = pdf(tmp_path / "1.pdf")
    (told,) = differences(first, pdf(tmp_path / "2.pdf", title="Noe annet"))
    assert told.startswith("objekt ")
    assert told.endswith("/Info/Title: «Notat» og «Noe annet»")
    (told,) = differences(first, pdf(tmp_path / "3.pdf", text=b"BT (Hallo) Tj ET"))
    assert "/Root/Pages/Kids[0]/Contents: innholdet er ulikt fra byte 5: «BT (Hei) Tj ET» og «BT (Hallo) Tj ET»" in told
    told = differences(first, pdf(tmp_path / "4.pdf", pages=2))
    assert any("(/Pages)" in one and "1 og 2 ledd" in one for one in told)


def test_of_a_pdf_with_the_same_objects_the_packing_is_told(tmp_path):
    first = pdf(tmp_path / "1.pdf")
    told = differences(first, pdf(tmp_path / "2.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate))
    assert len(told) >= 1


def test_no_more_than_a_few_parts_are_told(tmp_path):
    parts = [{f"{number}.txt": text for number in range(20)} for text in "ab"]
    files = [archive(tmp_path / f"{index}.zip", part) for index, part in enumerate(parts)]
    assert len(differences(*files)) == MOST
