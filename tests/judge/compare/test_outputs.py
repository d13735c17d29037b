"""Two renderings of the same files: equal when they say the same; every difference has a format and a place."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from notat.judge.checks.outputs import check_outputs
from notat.judge.compare import compare
from notat.judge.uu import Audit
from notat.judge.uu.run import run
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import authoring
from notat.text.errors import NotatError


def line_of(file, words):
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


@pytest.mark.parametrize("name", ["_output", "kopi"])
def test_outputs_are_equal_to_themselves_and_to_a_copy(ours, tmp_path, name):
    other = ours / "_output" if name == "_output" else shutil.copytree(ours / "_output", tmp_path / name)
    found = compare(ours, other)
    assert found.differences == []
    assert found.compared.keys() == {"HTML", "PDF", "DOCX"}
    assert min(found.compared.values()) > 50


def test_pages_laid_out_as_quarto_does_are_equal(ours, quarto):
    page = (quarto / "chapters/kap-1.html").read_text(encoding="utf-8")
    assert "<article" not in page
    assert '<div id="fig-ungdomskull"' in page
    assert [str(difference) for difference in compare(ours, quarto).differences] == []


@pytest.mark.parametrize("form", ["HTML", "PDF", "DOCX"])
@pytest.mark.parametrize(
    ("sort", "file", "words", "reported"),
    [
        ("tall", "chapters/kap-1.qmd", "Tallet er", "tallet «1,5» (helt_ledige_pst_2023_01) i avsnittet er «2,3» i"),
        ("setning", "chapters/kap-1.qmd", "Tallet er", "er nummer én.» er «"),
        ("overskrift", "chapters/kap-1.qmd", "## Mer", "overskriften «1.1 Mer» er «1.1 Mindre» i"),
        ("listepunkt", "chapters/kap-1.qmd", "Et punkt", "listepunktet «Et punkt.» er «Et poeng.» i"),
        ("celle", "py/content/tables/", '@table("eksport")', "tallet «4,8» i cellen i tbl-eksport er «4,9» i"),
        ("alt", "py/content/charts/", '@chart("ungdomskull")', "den alternative teksten i fig-ungdomskull er «17 068»"),
        ("tittel", "py/content/tables/", '@table("eksport")', "tallet «9,5» i tittelen i tbl-eksport er «9,6» i"),
        ("fotnote", "chapters/kap-2.qmd", "En annen note.", "fotnoten «En annen note.» er «Ei annen note.» i"),
    ],
)
def test_each_sort_of_change_is_found_in_each_format_at_its_place(ours, differences, form, sort, file, words, reported):
    found = [one for one in differences if one.what.startswith(f"{form}: ") and reported in one.what]
    assert found, (sort, [one.what for one in differences if one.what.startswith(form)])
    assert found[0].file.startswith(file)
    root = ours if file.startswith("chapters") else Path(__file__).parents[3]
    # A heading or a number is found on its line; a sentence of a paragraph at most a line from its start.
    assert abs(found[0].line - line_of(root / found[0].file, words)) <= 1


@pytest.fixture(scope="session")
def differences(ours, changed):
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(ours)
        return compare(ours, changed).differences


def test_a_number_that_looks_the_same_but_is_another_is_found_by_its_id(ours, quarto, tmp_path):
    other = shutil.copytree(quarto, tmp_path / "annen")
    page = other / "chapters/kap-1.html"
    text = page.read_text(encoding="utf-8")
    assert 'data-id="helt_ledige_pst_2023_01"' in text
    page.write_text(text.replace('data-id="helt_ledige_pst_2023_01"', 'data-id="noe_annet"', 1), encoding="utf-8")
    [found] = compare(ours, other).differences
    assert "er helt_ledige_pst_2023_01, men noe_annet i annen" in str(found)


@pytest.mark.parametrize(
    ("name", "old", "new", "reported"),
    [
        ("figur", 'id="fig-ungdomskull"', 'id="fig-annen"', "hører til «fig-annen»"),
        ("avsnitt borte", "Setningen som endres, er nummer én.", "", "Setningen som endres"),
        ("avsnitt til", "<ul", "<p>Ett avsnitt for mye.</p><ul", "avsnittet «Ett avsnitt for mye.» finnes bare i"),
        ("kapittelnummer", "1.1", "1.2", "tallet «1.1» i overskriften er «1.2»"),
        ("slag", "<li>", "<p>", "er avsnitt i"),
    ],
)
def test_what_only_pages_can_differ_in_is_found(ours, quarto, tmp_path, name, old, new, reported):
    other = shutil.copytree(quarto, tmp_path / "annen")
    page = other / "chapters/kap-1.html"
    head, main, text = page.read_text(encoding="utf-8").partition("<main")
    assert old in text, name
    page.write_text(head + main + text.replace(old, new), encoding="utf-8")
    found = [str(difference) for difference in compare(ours, other).differences]
    assert any(reported in one for one in found), found


def test_typography_is_no_difference(ours, quarto, tmp_path):
    other = shutil.copytree(quarto, tmp_path / "annen")
    page = other / "chapters/kap-1.html"
    text = page.read_text(encoding="utf-8")
    text = text.replace("Setningen som endres", "Set\u00adningen\n  som\u00a0endres")
    page.write_text(text, encoding="utf-8")
    assert compare(ours, other).differences == []


@pytest.mark.parametrize(
    ("name", "reported"),
    [
        ("diskusjonsnotat.pdf", "_quarto.yml:1: PDF: formatet mangler i annen."),
        ("chapters/kap-2.html", "chapters/kap-2.qmd:1: HTML: siden mangler i annen."),
    ],
)
def test_what_the_other_lacks_altogether_is_told(ours, quarto, tmp_path, name, reported):
    other = shutil.copytree(quarto, tmp_path / "annen")
    (other / name).unlink()
    assert [str(difference) for difference in compare(ours, other).differences] == [reported]


def test_a_folder_without_outputs_and_a_name_of_nothing_are_refused(ours, tmp_path):
    with pytest.raises(NotatError, match="verken nettsider, PDF eller DOCX"):
        compare(ours, tmp_path)
    with pytest.raises(NotatError, match="Finner verken mappe eller fil"):
        compare(ours, tmp_path / "borte")


def test_outputs_must_be_made_first(note, quarto):
    with pytest.raises(NotatError, match="Utdata mangler"):
        compare(note, quarto)


def command(root, *arguments):
    return subprocess.run(
        [sys.executable, "-c", "from notat.cli.main import main; main()", "compare", *map(str, arguments)],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )


def test_the_command_counts_and_fails_when_something_differs_and_says_equal_when_nothing_does(
    ours, quarto, changed, differences
):
    done = command(ours, quarto)
    assert (done.returncode, done.stderr) == (0, "")
    counts = ", ".join(rf"[1-9]\d+ tekstdeler i {form}" for form in ("HTML", "PDF", "DOCX"))
    assert re.fullmatch(rf"Likt: {counts}\.\n", done.stdout)
    done = command(ours, changed)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert f"Feil: {len(lines)} forskjeller." in done.stderr
    assert lines == [str(one) for one in differences]


def test_the_checks_of_outputs_find_the_same_in_pages_laid_out_as_quarto_does(ours, quarto, tmp_path, monkeypatch):
    root = shutil.copytree(ours, tmp_path / "notat", symlinks=True)
    monkeypatch.chdir(root)
    found = []
    for output in (root / "_output", quarto):
        if output == quarto:
            shutil.rmtree(root / "_output")
            shutil.copytree(quarto, root / "_output")
        authoring.numbers.cache_clear()
        project = Project(root)
        findings, counted, _ = check_outputs(project, project.chapters, Numbers(project.data))
        # The menus of the two are not alike.
        found.append((counted, [str(finding) for finding in findings if "(ramme:" not in str(finding)]))
    authoring.numbers.cache_clear()
    assert found[1] == found[0]


def test_the_audit_of_accessibility_opens_the_pages_where_quarto_puts_them(quarto, ours, tmp_path, monkeypatch):
    root = shutil.copytree(ours, tmp_path / "notat", symlinks=True)
    shutil.rmtree(root / "_output")
    shutil.copytree(quarto, root / "_output")
    audited = []
    for name in ("html.audit_html", "pdf.audit_pdf", "docx.audit_docx"):
        monkeypatch.setattr(f"notat.judge.uu.{name}", lambda *given: audited.append(given) or Audit("html", "prøve"))
    run(root)
    pages = ["index.html", "chapters/kap-1.html", "chapters/kap-2.html", "chapters/litteratur.html"]
    output = root / "_output"
    files = [(output / f"diskusjonsnotat.{kind}",) for kind in ("pdf", "docx")]
    assert audited == [(output, pages), *files]
