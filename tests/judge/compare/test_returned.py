"""A Word copy that came back from a reader: what was changed, openly or tracked, and what was commented on."""

from __future__ import annotations

import shutil
from copy import deepcopy

import pytest
from docx import Document

from notat.docx.package import element, qualified, text_run
from notat.judge.compare import compare
from notat.text.errors import NotatError

SENTENCE = "Setningen som endres, er nummer én."


@pytest.fixture
def copy(ours, tmp_path, monkeypatch):
    monkeypatch.chdir(ours)
    return shutil.copy(ours / "_output/diskusjonsnotat.docx", tmp_path / "Kari.docx")


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


def told(ours, copy):
    return [str(difference) for difference in compare(ours, copy).differences]


def test_a_copy_that_was_only_opened_and_saved_is_equal(ours, copy):
    found = compare(ours, edit(copy, lambda document: None))
    assert (found.differences, found.comments) == ([], [])
    assert found.compared["DOCX"] > 50


def test_a_changed_number_is_told_with_its_name_and_line(ours, copy):
    edit(copy, lambda document: swap(document, "Tallet er 1,5\u00a0%", "Tallet er 1,7\u00a0%"))
    assert told(ours, copy) == [
        "chapters/kap-1.qmd:8: tallet «1,5» (helt_ledige_pst_2023_01) i avsnittet er «1,7» i Kari.docx."
    ]


def test_changed_words_are_told_with_line(ours, copy):
    edit(copy, lambda document: swap(document, SENTENCE, "Setningen er endret."))
    number, line = told(ours, copy)
    assert "tallet «én» i avsnittet mangler i Kari.docx" in number
    assert line.startswith("chapters/kap-1.qmd:")
    assert "som endres, er nummer én.» er «" in line


def test_a_changed_heading_and_a_changed_cell_are_told(ours, copy):
    def change(document):
        swap(document, "Mer", "Mindre")
        cell = document.tables[0].cell(1, 1)
        assert "25,8" in cell.text
        cell.paragraphs[0].runs[0].text = "26,2"
        for run in cell.paragraphs[0].runs[1:]:
            run.text = ""

    lines = told(ours, edit(copy, change))
    assert "chapters/kap-1.qmd:10: overskriften «1.1 Mer» er «1.1 Mindre» i Kari.docx." in lines
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

    lines = told(ours, edit(copy, change))
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
    _, line = told(ours, copy)
    assert line.startswith("chapters/kap-1.qmd:")
    assert "er nummer én.» er «" in line
    assert "er sist.» i Kari.docx (sporet endring av Kari Nordmann)." in line


def test_a_tracked_number_is_told_with_its_name_and_who_changed_it(ours, copy):
    edit(copy, lambda document: track(document, deleted="Tallet er 1,5", inserted="Tallet er 1,9", who="Ola Hansen"))
    [line] = told(ours, copy)
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

    lines = told(ours, edit(copy, change))
    assert any("«Et punkt.» mangler" in line or "«Et punkt.» er «" in line for line in lines)
    assert all("sporet endring av Kari" in line for line in lines)


def test_a_comment_is_told_with_who_what_and_where_though_nothing_is_changed(ours, copy):
    def comment(document):
        runs = paragraph(document, SENTENCE).runs
        document.add_comment(runs=runs, text="Stemmer dette?", author="Per Berg")

    found = compare(ours, edit(copy, comment))
    assert found.differences == []
    [line] = map(str, found.comments)
    assert line.startswith("chapters/kap-1.qmd:")
    assert "kommentar fra Per Berg til «" in line
    assert line.endswith(": «Stemmer dette?».")


@pytest.mark.parametrize("content", [b"ikke et dokument", b"PK\x03\x04 avbrutt"])
def test_a_file_that_is_no_word_document_is_refused(ours, tmp_path, content):
    file = tmp_path / "brev.docx"
    file.write_bytes(content)
    with pytest.raises(NotatError, match=r"brev\.docx: Fila er ikke et Word-dokument"):
        compare(ours, file)
