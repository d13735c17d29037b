"""Genuine veraPDF finds nothing in the note's PDF, and finds the faults planted in a small one."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest
import typst
from lxml import etree

from notat.judge.uu import pdf, verapdf
from notat.judge.uu.pdf import audit_pdf
from notat.project.config import read_config
from notat.text.errors import NotatError

LACKING = verapdf.missing()
NEEDS_JAVA = pytest.mark.skipif(bool(LACKING), reason=f"veraPDF kan ikke kjøre her. {LACKING}")
TEXT = """
#set document(title: "Prøve")
#set text(lang: "nb")
= Overskrift
Tekst med #link("https://example.org")[lenke].
#figure(rect(width: 1cm), alt: "En firkant", caption: [Figur])
#table(columns: 2, table.header([a], [b]), [1], [2])
"""


def _delete(*keys):
    def spoil(document):
        for key in keys:
            del document.Root[key]

    return spoil


def _without_alt(document):
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing:
            del thing["/Alt"]


def _without_contents(document):
    for annotation in document.pages[0].Annots:
        del annotation["/Contents"]


def _without_scopes(document):
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH":
            thing.S = pikepdf.Name.P


def _without_tab_order(document):
    del document.pages[0]["/Tabs"]


def _without_title(document):
    with document.open_metadata() as metadata:
        del metadata["dc:title"]


# The fault, a rule of each profile that it must break, and a criterion.
SPOILT = {
    "merker": (_delete("/StructTreeRoot", "/MarkInfo"), "7.1-11", "6.7.3.3-1", "1.3.1"),
    "orden": (_delete("/StructTreeRoot"), "7.1-11", "6.7.3.3-1", "1.3.2"),
    "språk": (_delete("/Lang"), "7.2-34", None, "3.1.1"),
    "alternativ tekst": (_without_alt, "7.3-1", None, "1.1.1"),
    "lenketekst": (_without_contents, "7.18.5-2", None, "2.4.4"),
    "tabellhode": (_without_scopes, "7.2-10", None, "1.3.1"),
    "tabulatorrekkefølge": (_without_tab_order, "7.18.3-1", None, "2.4.3"),
    "tittel": (_without_title, "7.1-9", None, "2.4.2"),
    "metadata": (_delete("/Metadata"), "7.1-8", "6.6.2.1-1", None),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    file = tmp_path_factory.mktemp("uu") / "hel.pdf"
    file.write_bytes(typst.compile(TEXT.encode(), pdf_standards=["a-3a", "ua-1"]))
    return file


@pytest.fixture(scope="module")
def verdicts(small):
    """The small PDF and each faulty copy of it, validated in one Java process: broken rules by profile, by fault."""
    files = {"": small}
    for number, (name, (spoil, *_)) in enumerate(SPOILT.items()):
        files[name] = small.with_name(f"{number}.pdf")
        with pikepdf.open(small) as document:
            spoil(document)
            document.save(files[name])
    return {
        name: {verdict.profile: {failure.rule for failure in verdict.failures} for verdict in found}
        for name, found in zip(files, verapdf.judge(list(files.values())), strict=True)
    }


@NEEDS_JAVA
def test_every_document_of_the_note_conforms_to_both_standards(published):
    documents = read_config(published).documents
    audit = audit_pdf(*(published / "_output" / one.file("pdf") for one in documents))
    assert audit.breaches == ()
    assert not audit.skipped
    assert audit.tool == f"veraPDF {verapdf.version()} (PDF/UA-1 og PDF/A-3a) og egen regel for rekkefølge"
    assert audit.tested == {"1.1.1", "1.3.1", "1.3.2", "2.4.2", "2.4.3", "2.4.4", "3.1.1", "4.1.2"}
    assert "ikke om en alternativ tekst er god" in audit.description


@NEEDS_JAVA
def test_a_sound_pdf_breaks_no_rule(verdicts):
    assert verdicts[""] == {"ua1": set(), "3a": set()}


@NEEDS_JAVA
@pytest.mark.parametrize("name", SPOILT)
def test_what_is_spoilt_is_found_and_laid_to_its_criterion(verdicts, name):
    _, by_ua, by_a, criterion = SPOILT[name]
    assert by_ua in verdicts[name]["ua1"]
    assert by_a is None or by_a in verdicts[name]["3a"]
    assert criterion is None or criterion in pdf._criteria("ua1", by_ua)
    assert by_a is None or pdf._criteria("3a", by_a) == ()  # archiving has nothing to do with accessibility


@NEEDS_JAVA
def test_a_breach_says_what_where_and_by_which_rule(small):
    bad = small.with_name("uten.pdf")
    with pikepdf.open(small) as document:
        _without_alt(document)
        document.save(bad)
    (breach,) = audit_pdf(bad).breaches
    assert (breach.rule, breach.where, breach.criteria) == ("PDF/UA-1 7.3-1", "hele dokumentet", ("1.1.1",))
    assert breach.problem.startswith("veraPDF melder: «Figure structure element")


@NEEDS_JAVA
def test_a_file_that_is_no_pdf_is_refused(tmp_path):
    file = tmp_path / "tull.pdf"
    file.write_text("tull")
    with pytest.raises(NotatError, match=r"tull\.pdf: PDF-fila kan ikke leses"):
        audit_pdf(file)


@NEEDS_JAVA
def test_a_java_without_the_classes_it_needs_never_lets_a_file_pass(small, monkeypatch, tmp_path):
    monkeypatch.setattr(verapdf, "_jaxb", lambda: tmp_path / "borte.jar")
    with pytest.raises(NotatError, match="veraPDF"):
        verapdf.judge([small])


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("", "ga ingen dom"),
        ("judged\t0\tua1\ttrue\t7\n", "ga ingen dom"),
        ("judged\t0\tua1\tfalse\t7\njudged\t0\t3a\ttrue\t7\n", "stemmer"),
        ("failed\t0\tua1\t7.3-1\tm\troot\njudged\t0\tua1\ttrue\t7\njudged\t0\t3a\ttrue\t7\n", "stemmer"),
        ("unreadable\t0\n", "kan ikke leses"),
    ],
)
def test_no_verdict_is_never_a_pass(output, words):
    with pytest.raises(NotatError, match=words):
        verapdf._verdicts(output, [Path("a.pdf")])


@pytest.mark.parametrize(
    ("lacking", "words"),
    [("_jar", "Kjør make tools"), ("_has_compiler", "Installer en JDK"), ("_jaxb", "Installer libjaxb-java")],
)
def test_what_is_missing_is_told_with_what_to_install_and_the_audit_is_skipped(monkeypatch, tmp_path, lacking, words):
    present = {"_jar": lambda: tmp_path, "_has_compiler": lambda: True, "_jaxb": lambda: Path(__file__)}
    absent = {"_jar": lambda: None, "_has_compiler": lambda: False, "_jaxb": lambda: tmp_path / "borte"}
    for name in present:
        monkeypatch.setattr(verapdf, name, (absent if name == lacking else present)[name])
    audit = audit_pdf(tmp_path / "borte.pdf")
    assert words in audit.skipped
    assert audit.description == audit.skipped
    assert audit.tested == frozenset()


@pytest.mark.parametrize("script", [None, "exit 1", "echo java.base@17"])
def test_a_java_that_is_absent_broken_or_has_no_compiler_is_none(monkeypatch, tmp_path, script):
    if script:
        (tmp_path / "java").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "java").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), "/bin"]) if script else str(tmp_path))
    assert not verapdf._has_compiler()


@NEEDS_JAVA
def test_every_rule_of_a_reader_is_laid_to_a_criterion():
    """All of PDF/UA-1 but what concerns the file and its fonts."""
    with zipfile.ZipFile(verapdf._jar()) as archive:
        profile = etree.fromstring(archive.read("org/verapdf/pdfa/validation/PDFUA-1.xml"))
    rules = [f"{rule.get('clause')}-{rule.get('testNumber')}" for rule in profile.iterfind(".//{*}rule/{*}id")]
    assert len(rules) > 90
    without = {rule for rule in rules if not pdf._criteria("ua1", rule)}
    of_the_file = ("5-", "6.1-", "7.10-", "7.11-", "7.15-", "7.16-", "7.18.2-", "7.18.6.2-1", "7.18.8-", "7.21.")
    assert {rule for rule in without if not rule.startswith(of_the_file)} == set()
    unused = [pattern for pattern in pdf._CRITERIA if not any(re.fullmatch(pattern, rule) for rule in rules)]
    assert unused == []


@NEEDS_JAVA
def test_all_documents_are_judged_in_one_java_and_a_breach_names_its_own(small, monkeypatch):
    bad = small.with_name("vedlegg.pdf")
    with pikepdf.open(small) as document:
        _without_alt(document)
        document.save(bad)
    asked, judge = [], verapdf.judge
    monkeypatch.setattr(verapdf, "judge", lambda files: asked.append(files) or judge(files))
    (breach,) = audit_pdf(small, bad).breaches
    assert asked == [(small, bad)]
    assert (breach.rule, breach.where) == ("PDF/UA-1 7.3-1", "vedlegg.pdf, hele dokumentet")
