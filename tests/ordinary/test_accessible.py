"""The outputs of all cases pass the audits of accessibility, in every format."""

from __future__ import annotations

import pytest

from notat.judge.uu import verapdf
from notat.judge.uu.docx import audit_docx
from notat.judge.uu.html import audit_html
from notat.judge.uu.html.browser import chromium
from notat.judge.uu.pdf import audit_pdf
from notat.project.project import Project


@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="Sidene prøves i Chromium, som ikke er installert her.")
def test_nothing_is_wrong_with_the_pages(outputs):
    pages = [f"{chapter.slug}.html" for chapter in Project(outputs.root).config.chapters]
    audit = audit_html(outputs.folder, pages)
    assert (audit.breaches, audit.skipped) == ((), "")


@pytest.mark.process
@pytest.mark.skipif(bool(verapdf.missing()), reason=f"veraPDF kan ikke kjøre her. {verapdf.missing()}")
def test_nothing_is_wrong_with_the_pdf(outputs):
    audit = audit_pdf(outputs.folder / "diskusjonsnotat.pdf")
    assert (audit.breaches, audit.skipped) == ((), "")


def test_nothing_is_wrong_with_the_word_file(outputs):
    audit = audit_docx(outputs.folder / "diskusjonsnotat.docx")
    assert (audit.breaches, audit.skipped) == ((), "")
