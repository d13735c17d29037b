"""A Word copy returned by a reader: what was changed, openly or tracked, and the comments."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from copy import deepcopy

import pytest
from docx import Document
from lxml import html

from notat.docx.package import Limits, element, qualified, text_run
from notat.judge.compare import compare, outputs
from notat.text.errors import NotatError

# What the note has beside its works.
PIECES = {"lines of the cover": 4, "headings": 6, "paragraphs": 3, "alternative texts": 2, "captions": 3, "tables": 1}
PIECES |= {"items": 4, "notes": 2}
SENTENCE = "Setningen som endres, er nummer én."


def edit(file, change):
    document = Document(file)
    change(document)
    document.save(file)
    return file


def paragraph(document, words):
    return next(one for one in document.paragraphs if words in one.text)


def swap(document, old, new):
    """Type over a text as a reader does."""
    run = next(run for run in paragraph(document, old).runs if old in run.text)
    run.text = run.text.replace(old, new)


def reported(ours, copy):
    return [str(difference) for difference in compare(ours, copy).differences]


def test_a_copy_that_was_only_opened_and_saved_is_equal(ours, copy):
    found = compare(ours, edit(copy, lambda document: None))
    assert (found.differences, found.comments) == ([], [])
    works = html.parse(ours / "_output/litteratur.html").xpath("//*[contains(@class, 'csl-entry')]")
    assert found.compared == {"DOCX": sum(PIECES.values()) + len(works)}


def test_a_changed_number_is_told_with_its_name_and_line(ours, copy):
    edit(copy, lambda document: swap(document, "Tallet er 1,5\u00a0%", "Tallet er 1,7\u00a0%"))
    assert reported(ours, copy) == [
        "chapters/kap-1.qmd:7: tallet «1,5» (helt_ledige_pst_2023_01) i avsnittet er «1,7» i Kari.docx."
    ]


def test_changed_words_are_told_with_line(ours, copy):
    edit(copy, lambda document: swap(document, SENTENCE, "Setningen er endret."))
    assert reported(ours, copy) == [
        "chapters/kap-1.qmd:8: avsnittet mangler «som endres,» etter «fra 2023). Setningen» i Kari.docx.",
        "chapters/kap-1.qmd:8: avsnittet «… som endres, er nummer én.» er «… som endres, er endret.» i Kari.docx.",
    ]


def test_a_changed_heading_and_a_changed_cell_are_told(ours, copy):
    def change(document):
        swap(document, "Mer", "Mindre")
        cell = document.tables[0].cell(1, 1)
        assert "25,8" in cell.text
        cell.paragraphs[0].runs[0].text = "26,2"
        for run in cell.paragraphs[0].runs[1:]:
            run.text = ""

    lines = reported(ours, edit(copy, change))
    assert "chapters/kap-1.qmd:10: overskriften «Mer» er «Mindre» i Kari.docx." in lines
    assert any("tallet «25,8»" in line and "i cellen i tbl-eksport er «26,2»" in line for line in lines)
    assert len(lines) == 2


def test_a_paragraph_that_was_added_and_one_that_was_taken_away_are_told(ours, copy):
    def change(document):
        found = paragraph(document, "Et punkt.")
        new = deepcopy(paragraph(document, SENTENCE)._p)
        for run in [*new.iter(qualified("w:r"))]:
            run.getparent().remove(run)
        new.append(text_run("Leserens eget avsnitt om noe helt annet."))
        paragraph(document, SENTENCE)._p.addnext(new)
        found._p.getparent().remove(found._p)

    lines = reported(ours, edit(copy, change))
    assert any(
        line.endswith("avsnittet «Leserens eget avsnitt om noe helt annet.» finnes bare i Kari.docx.") for line in lines
    )
    assert any("listepunktet «Et punkt.» mangler i Kari.docx." in line for line in lines)
    assert len(lines) == 2


def track(document, *, deleted, inserted, who):
    """Replace words by a tracked change, as Word writes it."""
    found = paragraph(document, deleted)
    run = next(run for run in found.runs if deleted in run.text)
    first, _, last = run.text.partition(deleted)
    gone, new, rest = deepcopy(run._r), deepcopy(run._r), deepcopy(run._r)
    run.text = first
    for one, words in ((gone, deleted), (new, inserted), (rest, last)):
        one.find(qualified("w:t")).text = words
    gone.find(qualified("w:t")).tag = qualified("w:delText")
    properties = {"author": who, "date": "2023-03-02T09:00:00Z"}
    removal, addition = element("w:del", id="901", **properties), element("w:ins", id="902", **properties)
    removal.append(gone)
    addition.append(new)
    for one in (rest, addition, removal):
        run._r.addnext(one)


def test_a_tracked_change_is_told_with_who_made_it(ours, copy):
    edit(copy, lambda document: track(document, deleted="nummer én", inserted="sist", who="Kari Nordmann"))
    [line] = reported(ours, copy)
    assert line.startswith("chapters/kap-1.qmd:")
    assert "er nummer én.» er «" in line
    assert "er sist.» i Kari.docx (sporet endring av Kari Nordmann)." in line


def test_a_tracked_number_is_told_with_its_name_and_who_changed_it(ours, copy):
    edit(copy, lambda document: track(document, deleted="Tallet er 1,5", inserted="Tallet er 1,9", who="Ola Hansen"))
    [line] = reported(ours, copy)
    assert "tallet «1,5» (helt_ledige_pst_2023_01) i avsnittet er «1,9» i Kari.docx" in line
    assert "(sporet endring av Ola Hansen)" in line


def test_text_that_was_moved_is_not_read_in_both_places(ours, copy):
    def change(document):
        found = paragraph(document, "Et punkt.")
        for name in ("moveFrom", "moveTo"):
            moved = element(f"w:{name}", id="9", author="Kari")
            runs = [deepcopy(run._r) for run in found.runs]
            moved.extend(runs)
            (found._p if name == "moveFrom" else paragraph(document, "Et til.")._p).append(moved)
        for run in found.runs:
            found._p.remove(run._r)

    lines = reported(ours, edit(copy, change))
    assert any("listepunktet «Et punkt.» mangler i" in line for line in lines)
    assert any("listepunktet har også «Et punkt.» etter «Et til.»" in line for line in lines)
    assert len(lines) == 2
    assert all("(sporet endring av Kari)" in line for line in lines)


def test_a_comment_is_told_with_who_what_and_where_though_nothing_is_changed(ours, copy):
    def comment(document):
        runs = paragraph(document, SENTENCE).runs
        document.add_comment(runs=runs, text="Stemmer dette?", author="Per Berg")

    found = compare(ours, edit(copy, comment))
    assert found.differences == []
    [line] = map(str, found.comments)
    assert line.startswith("chapters/kap-1.qmd:")
    assert "kommentar fra Per Berg, " in line
    assert ", til «" in line
    assert line.endswith(": «Stemmer dette?».")


@pytest.mark.parametrize("content", [b"ikke et dokument", b"PK\x03\x04 avbrutt"])
def test_a_file_that_is_no_word_document_is_refused(ours, tmp_path, content):
    file = tmp_path / "brev.docx"
    file.write_bytes(content)
    with pytest.raises(NotatError, match=r"brev\.docx: Fila er ikke et Word-dokument"):
        compare(ours, file)


# --- what no reader sends


def packed(file, parts):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def parts_of(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


BODY = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
END = b"</w:body></w:document>"
LARGE = {
    "mye tekst": ({"word/document.xml": BODY + b"<w:p/>" * 6_000_000 + END}, "36 MB tekst og oppsett"),
    "pakket for godt": (
        {"word/media/a.png": b"\0" * 20_000_000},
        r"en del \(word/media/a.png\) som er pakket over 200",
    ),
    "for mange deler": (
        {f"word/{number}.bin": b"" for number in range(6000)},
        r"60\d\d deler, og kan ikke ha over 5000",
    ),
}


@pytest.mark.parametrize("case", LARGE)
def test_a_document_that_takes_all_memory_is_refused_before_it_is_unpacked(ours, copy, case):
    added, words = LARGE[case]
    packed(copy, parts_of(copy) | added)
    code = (
        "import resource, sys; from pathlib import Path; from notat.judge.compare.revisions import open_copy\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: open_copy(Path(sys.argv[1]))\nexcept Exception as error: print(error)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, copy], capture_output=True, text=True, timeout=120, check=True)
    message, grown = done.stdout.splitlines()
    assert re.search(f"Kari.docx: Word-dokumentet har {words}.*Be om en kopi", message), message
    assert int(grown) < 30_000  # kB


def test_a_total_that_is_too_large_is_refused(copy):
    packed(copy, parts_of(copy))
    with zipfile.ZipFile(copy) as archive:
        limits = Limits(total=1000)
        assert "utpakket, og kan ikke være over 0" in limits.broken_by(archive)


@pytest.mark.parametrize("depth", [300, 50_000])
def test_a_document_that_is_nested_too_deep_is_refused(ours, copy, depth):
    deep = BODY + b"<w:p>" * depth + b"</w:p>" * depth + END
    packed(copy, parts_of(copy) | {"word/document.xml": deep})
    with pytest.raises(NotatError, match="ikke et Word-dokument"):
        compare(ours, copy)


@pytest.mark.parametrize("spoil", ["uten stiler", "uten tekst", "låst", "lyver om størrelsen", "ukjent pakking"])
def test_a_document_that_is_broken_or_locked_is_refused(ours, copy, spoil):
    parts = parts_of(copy)
    if spoil == "uten stiler":
        del parts["word/styles.xml"]
    elif spoil == "uten tekst":
        parts["word/document.xml"] = BODY.replace(b"<w:body>", b"") + b"</w:document>"
    packed(copy, parts)
    raw = bytearray(copy.read_bytes())
    entry = raw.index(b"PK\1\2")  # the list of parts, at the end of the file
    while raw[entry + 46 : entry + 46 + 17] != b"word/document.xml":
        entry = raw.index(b"PK\1\2", entry + 4)
    local = int.from_bytes(raw[entry + 42 : entry + 46], "little")
    if spoil == "låst":
        raw[entry + 8] |= 1
        raw[local + 6] |= 1
    elif spoil == "lyver om størrelsen":
        raw[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    elif spoil == "ukjent pakking":
        raw[entry + 10] = raw[local + 8] = 77
    copy.write_bytes(raw)
    with pytest.raises(NotatError, match="ikke et Word-dokument"):
        compare(ours, copy)


def test_a_foreign_folder_is_held_to_the_same(ours, copy, tmp_path, monkeypatch):
    folder = tmp_path / "annen"
    folder.mkdir()
    packed(folder / "diskusjonsnotat.docx", parts_of(copy) | LARGE["mye tekst"][0])
    with pytest.raises(NotatError, match="Word-dokumentet har 36 MB tekst"):
        compare(ours, folder)
    (folder / "diskusjonsnotat.docx").unlink()
    monkeypatch.setattr(outputs, "_LARGEST", 1000)
    (folder / "index.html").write_bytes(b" " * 1001)
    with pytest.raises(NotatError, match="Fila er over 0 MB"):
        compare(ours, folder)
