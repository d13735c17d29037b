"""Two files that differ: the part that does is found, in each kind of file that the note comes in."""

from __future__ import annotations

import os
import sys
import zipfile

import pytest

from notat.judge.verify.differences import MOST, differences


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No other program is there, unless a test puts it there."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


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


def test_equal_files_have_no_difference(compared):
    assert compared("a.pdf", "x", "x") == []


def test_of_a_text_the_first_line_that_differs_is_reported(compared):
    assert compared("a.csv", "id\n1\n2\n", "id\n1\n3\n") == ["linje 3 er «2» og «3»"]
    assert compared("a.csv", "id\n", "id\n1\n") == ["linje 2 er borte og «1»"]
    long = "x" * 500
    assert compared("a.html", f"{long}1 og så", f"{long}2 og så")[0].startswith("linje 1 er «…xxx")


def test_of_line_ends_and_of_bytes_the_place_is_reported(compared):
    assert compared("a.csv", "id\n", "id\r\n") == ["byte 2 av 3 og 4 er ulik"]
    assert compared("a.ttf", b"\xff\x00\x01", b"\xff\x00\x02") == ["byte 2 av 3 og 3 er ulik"]


def test_of_an_archive_the_part_and_what_it_says_of_it_are_reported(tmp_path):
    same = {"[Content_Types].xml": "<t/>", "word/document.xml": "<p>To</p>"}
    other = {**same, "word/document.xml": "<p>Tre</p>", "docProps/app.xml": "<a/>"}
    first, second = archive(tmp_path / "1.docx", same), archive(tmp_path / "2.docx", other)
    assert differences(first, second) == [
        "Delen docProps/app.xml finnes bare i den andre.",
        "word/document.xml: linje 1 er «<p>To</p>» og «<p>Tre</p>»",
    ]
    later = archive(tmp_path / "3.docx", same, (2023, 3, 1, 0, 0, 0))
    assert "tidspunktet er (1980, 1, 1, 0, 0, 0) og (2023, 3, 1, 0, 0, 0)" in differences(first, later)[0]
    turned = archive(tmp_path / "4.docx", dict(reversed(same.items())))
    assert differences(first, turned) == ["Delene står i ulik rekkefølge."]


def test_no_more_than_a_few_parts_are_reported(tmp_path):
    parts = [{f"{number}.txt": text for number in range(20)} for text in "ab"]
    files = [archive(tmp_path / f"{index}.zip", part) for index, part in enumerate(parts)]
    assert len(differences(*files)) == MOST


def test_diffoscope_is_asked_where_it_is_installed(compared, tmp_path):
    program = tmp_path / "bin/diffoscope"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nimport sys\nprint('sett av', *sys.argv[1:3])\nsys.exit(1)\n")
    program.chmod(0o755)
    assert os.access(program, os.X_OK)
    assert compared("a.pdf", "x", "y") == ["sett av --text -"]
