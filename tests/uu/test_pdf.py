"""The real PDF has no error, a spoilt one has, and what outloud only doubts is no fault."""

from __future__ import annotations

from bisect import bisect_left

import pikepdf
import pytest

from notat.errors import NotatError
from notat.uu.pdf import audit_pdf

outloud = pytest.importorskip("outloud", reason="outloud er ikke installert")


@pytest.fixture(scope="module")
def file(published):
    return published / "_output" / "diskusjonsnotat.pdf"


@pytest.fixture(scope="module")
def spoilt(file, tmp_path_factory):
    """The same PDF without tags, title and language."""
    bad = tmp_path_factory.mktemp("uu") / "spoilt.pdf"
    with pikepdf.open(file) as pdf:
        for key in ("/StructTreeRoot", "/MarkInfo", "/Lang", "/ViewerPreferences", "/Metadata"):
            if key in pdf.Root:
                del pdf.Root[key]
        del pdf.trailer["/Info"]
        pdf.save(bad)
    return bad


def test_the_note_has_no_error_and_many_criteria_were_tested(file):
    audit = audit_pdf(file)
    assert audit.breaches == ()
    assert audit.format == "pdf"
    assert audit.tool == f"outloud {outloud.__version__}"
    assert {"1.1.1", "1.3.1", "1.3.2", "2.4.2", "2.4.4", "3.1.1"} <= audit.tested


def test_a_pdf_without_tags_title_and_language_breaches_the_criteria_about_them(spoilt):
    audit = audit_pdf(spoilt)
    broken = {criterion for breach in audit.breaches for criterion in breach.criteria}
    assert {"1.3.1", "2.4.2", "3.1.1"} <= broken
    assert broken <= audit.tested
    assert all(breach.problem.startswith("outloud melder: «") and breach.where for breach in audit.breaches)


def test_a_file_that_is_no_pdf_is_refused(tmp_path):
    file = tmp_path / "tull.pdf"
    file.write_text("tull")
    with pytest.raises(NotatError, match="kan ikke leses"):
        audit_pdf(file)


def test_the_only_warnings_are_the_two_that_are_no_fault(file):
    assert {found.rule for found in outloud.check(str(file)).findings} <= {"FIG-012", "ORD-001"}


def test_every_page_is_painted_in_the_order_of_the_tags_but_for_footnotes(file):
    document = outloud.Document(str(file))
    with pikepdf.open(file) as pdf:
        pages = {page.objgen: index for index, page in enumerate(pdf.pages)}
        read = {index: [] for index in range(len(pages))}
        _gather(pdf.Root.StructTreeRoot.K, -1, pages, read)
    compared = 0
    for page in document.pages:
        place = {mcid: position for position, mcid in enumerate(read[page.index])}
        painted = [place[mcid] for _, mcid in document.content(page.index).paint_order if mcid in place]
        assert _in_order(painted) == len(painted), f"side {page.number}"
        compared += len(painted)
    assert compared > 3000


def _gather(entry, page, pages, read):
    """Numbers of the marked stretches of each page in the order of the tree; footnotes are left out."""
    if isinstance(entry, pikepdf.Array):
        for one in entry:
            _gather(one, page, pages, read)
    elif isinstance(entry, int):
        read[page].append(entry)
    elif isinstance(entry, pikepdf.Dictionary):
        page = pages[entry.Pg.objgen] if "/Pg" in entry else page
        if "/MCID" in entry:
            read[page].append(int(entry.MCID))
        elif "/K" in entry and str(entry.S) != "/Note":
            _gather(entry.K, page, pages, read)


def _in_order(numbers):
    """Length of the longest rising part of the numbers."""
    ends = []
    for number in numbers:
        place = bisect_left(ends, number)
        ends[place : place + 1] = [number]
    return len(ends)
