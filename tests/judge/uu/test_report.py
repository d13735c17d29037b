import json

import pytest

from notat.judge.uu import Audit, Breach
from notat.judge.uu.criteria import CRITERIA
from notat.judge.uu.report import ABSENT, FAILED, MANUAL, MET, SKIPPED, Report, breach_lines, to_json, to_markdown
from notat.judge.uu.statement import draft
from notat.project.config import read_config

BREACH = Breach("color-contrast", "kompetanse.html, mørk", "Teksten har for svak kontrast.", ("1.4.3",))
OF_NO_CRITERION = Breach("csp", "index.html", "Sida henter noe fra en annen vert.", ())


@pytest.fixture
def report():
    return Report(
        {
            "html": Audit("html", "axe-core", frozenset({"1.1.1", "1.4.3"}), (BREACH, OF_NO_CRITERION)),
            "pdf": Audit("pdf", "veraPDF", frozenset({"1.1.1"}), limits="Den ser ikke alt."),
            "docx": Audit("docx", "", skipped="Verktøyet mangler."),
        },
        {"html": frozenset(), "pdf": frozenset({"1.2.2", "1.1.1"}), "docx": frozenset({"1.2.2"})},
    )


@pytest.mark.parametrize(
    ("criterion", "name", "status"),
    [
        ("1.4.3", "html", FAILED),  # a breach outweighs that the criterion was tested
        ("1.1.1", "html", MET),
        ("1.3.3", "html", MANUAL),
        ("1.1.1", "pdf", ABSENT),  # a rule without anything to test proves nothing
        ("1.2.2", "docx", ABSENT),
        ("1.1.1", "docx", SKIPPED),
    ],
)
def test_the_status_of_a_criterion(report, criterion, name, status):
    assert report.status(criterion, name) == status


def test_every_criterion_has_a_row_with_a_status_in_each_format(report):
    assert [number for number, *_ in report.rows()] == list(CRITERIA)
    assert all(len(statuses) == 3 for *_, statuses in report.rows())
    assert report.counts("html")[FAILED] == 1
    assert sum(report.counts("pdf").values()) == len(CRITERIA)


def test_breaches_of_no_criterion_are_told_too(report):
    assert breach_lines(report) == [
        "HTML, kompetanse.html, mørk: Teksten har for svak kontrast. (1.4.3, color-contrast)",
        "HTML, index.html: Sida henter noe fra en annen vert. (csp)",
    ]


def test_the_written_report_says_the_same_as_the_one_for_programs(report):
    rows = {row["nummer"]: row for row in json.loads(to_json(report))["krav"]}
    text = to_markdown(report, "Et notat")
    for number, row in rows.items():
        assert f"| {number} {row['navn']} | {row['html']} | {row['pdf']} | {row['docx']} |" in text
    assert all(line in text for line in breach_lines(report))
    assert "DOCX: Verktøyet mangler." in text
    assert "PDF: veraPDF. Den ser ikke alt." in text


def test_the_draft_counts_breaches_among_what_the_law_asks_for_and_leaves_open_what_only_the_publisher_knows(
    report, note
):
    text = draft(report, read_config(note))
    assert "brudd på 1 av 47 krav" in text
    assert "- 1.4.3 Kontrast (minimum): HTML." in text
    assert "- 1.3.3 Sensoriske egenskaper: HTML, PDF og DOCX" in text
    assert "- 1.1.1 Ikke-tekstlig innhold: DOCX" in text  # not audited, so not known
    assert "1.2.4" not in text
    assert "[Fyll ut: e-postadresse" in text


def test_the_draft_does_not_call_the_note_in_order_because_a_machine_found_nothing(report, note):
    clean = Report({**report.audits, "html": Audit("html", "axe-core", frozenset(CRITERIA))}, report.absent)
    text = draft(clean, read_config(note))
    assert "brudd på 0 av 47 krav" in text
    assert "Krav som må vurderes før erklæringen publiseres" in text
