"""What was accepted is known without git, and what is not accepted is not published."""

from __future__ import annotations

import json

import pytest

from notat.cli.render import build
from notat.data.accepted import accepted, present, read_works, refuse_unaccepted, store, unlike
from notat.text import paths
from notat.text.errors import NotatError
from tools.edits import replace

TABLE = "data/arbeid.csv"


@pytest.fixture
def works(note):
    return note / "references.bib"


def test_what_was_accepted_comes_back_as_it_was(note, works):
    assert accepted(note) == present(note, works)
    assert accepted(note).texts["arbeid.csv"] == (note / TABLE).read_text(encoding="utf-8")
    assert accepted(note).works["ssb"]["year"] == "2023"


def test_a_row_is_a_line_of_the_copy_so_that_a_review_shows_it(note):
    lines = (note / "data/.godtatt.json").read_text(encoding="utf-8").splitlines()
    rows = (note / TABLE).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line.rstrip(",")) for line in lines if "5566" in line] == [row for row in rows if "5566" in row]


def test_a_copy_that_is_not_what_the_checksums_say_is_not_believed(note, works):
    replace(note / "data/.godtatt.json", "5566", "5577")
    replace(note / TABLE, "5566", "5577")
    assert "arbeid.csv" not in accepted(note).texts
    assert [one.file for one in unlike(note, works)] == [TABLE]


@pytest.mark.parametrize("text", ["{", "[]", '{"filer": []}', '{"filer": {}, "verk": {}, "mer": {}}'])
def test_a_broken_copy_is_refused(note, works, text):
    (note / "data/.godtatt.json").write_text(text, encoding="utf-8")
    with pytest.raises(NotatError, match="kan ikke leses") as caught:
        unlike(note, works)
    assert caught.value.code == "N0341"


def test_line_endings_are_no_change_and_bytes_that_are_no_text_are_listed(note, works):
    (note / "data/svar.xlsx").write_bytes(b"PK\xff\xfe")
    store(present(note, works), note)
    (note / TABLE).write_bytes((note / TABLE).read_bytes().replace(b"\n", b"\r\n"))
    assert unlike(note, works) == []
    assert "svar.xlsx" in accepted(note).sums
    assert "svar.xlsx" not in accepted(note).texts


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (TABLE, "5566", "5577"),
        (TABLE, "Trøndelag", "Norge"),
        ("data/kilder.csv", "Sysselsetting", "Sysselsatte"),
        ("references.bib", "2023", "2024"),
    ],
)
def test_what_nobody_accepted_is_not_rendered_and_the_output_stays(note, file, old, new):
    (note / paths.OUTPUT).mkdir()
    (note / paths.OUTPUT / "index.html").write_text("det siste gode", encoding="utf-8")
    replace(note / file, old, new)
    with pytest.raises(NotatError, match=f"{file} er endret") as caught:
        build(note, ("html",))
    assert caught.value.code == "N0340"
    assert "notat accept" in caught.value.remedy
    assert (note / paths.OUTPUT / "index.html").read_text(encoding="utf-8") == "det siste gode"


def test_data_that_were_never_accepted_are_not_rendered_either(note, works):
    (note / "data/kontroll.sha256").unlink()
    with pytest.raises(NotatError, match="Ingen har godtatt dataene"):
        refuse_unaccepted(note, works)


def test_a_work_that_no_source_cites_may_change(note, works):
    with works.open("a", encoding="utf-8") as stream:
        stream.write("@misc{annet, title={Annet}, year={2020}}\n")
    assert unlike(note, works) == []


def test_the_fields_of_works_are_read_with_braces_quotation_marks_and_bare_numbers():
    text = '@report{a,\n  author = {{A} and {B}},\n  title = "To\n  linjer",\n  year = 2020,\n}\n@misc{b, url={x}}\n'
    assert read_works(text) == {
        "a": {"author": "{A} and {B}", "title": "To linjer", "year": "2020"},
        "b": {"url": "x"},
    }


@pytest.mark.parametrize("text", ["@a{b,", "@a{b, c", "@a{b, c = {", '@a{b, c = "', "@a{b, c =", "@a{b, c = {{}"])
def test_a_broken_bibliography_is_read_as_far_as_it_goes(text):
    assert set(read_works(text)) == {"b"}
