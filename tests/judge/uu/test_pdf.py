"""The real PDF has no error, a spoilt one has, and what outloud only doubts is no fault."""

from __future__ import annotations

from collections import defaultdict

import pikepdf
import pytest

from notat.judge.uu.pdf import audit_pdf
from notat.text.errors import NotatError

FLOATING = ("/Note", "/Table", "/Figure", "/Caption")
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


def test_every_page_is_painted_in_the_order_of_the_tags_but_for_what_floats(file):
    """Running text, and each figure, table and footnote by itself: only where these lie among the text may differ."""
    document = outloud.Document(str(file))
    with pikepdf.open(file) as pdf:
        pages = {page.objgen: index for index, page in enumerate(pdf.pages)}
        read = defaultdict(list)
        _gather(pdf.Root.StructTreeRoot.K, -1, (), pages, read)
    painted = {
        (page.index, mcid): time
        for page in document.pages
        for time, (_, mcid) in enumerate(document.content(page.index).paint_order)
    }
    compared = 0
    for (page, part), numbers in read.items():
        times = [painted[page, mcid] for mcid in numbers if (page, mcid) in painted]
        assert times == sorted(times), f"side {page + 1}, del {part}"
        compared += len(times)
    assert compared > 4000
    assert len({part for _, part in read}) > 30


def _gather(entry, page, part, pages, read):
    """Numbers of the marked stretches in the order of the tree, by page and by the floating part that they are of."""
    if isinstance(entry, pikepdf.Array):
        for one in entry:
            _gather(one, page, part, pages, read)
    elif isinstance(entry, int):
        read[page, part].append(entry)
    elif isinstance(entry, pikepdf.Dictionary):
        page = pages[entry.Pg.objgen] if "/Pg" in entry else page
        if "/MCID" in entry:
            read[page, part].append(int(entry.MCID))
        elif "/K" in entry:
            _gather(entry.K, page, entry.objgen if str(entry.S) in FLOATING else part, pages, read)
