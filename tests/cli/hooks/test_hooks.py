"""The scripts that genuine Quarto calls, run the way it calls them: by path, in the project folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
import typst
from docx import Document

from notat.cli import hooks
from notat.cli.render import build

pytestmark = pytest.mark.process

FOLDER = Path(hooks.__file__).parent
_STYLED = (
    '<!DOCTYPE html><html><head><link rel="stylesheet" href="site_libs/x/notat/notat.css"></head>'
    '<body><main id="quarto-document-content">Tekst</main></body></html>'
)


def call(script, root, **environment):
    return subprocess.run(
        [sys.executable, FOLDER / script],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def test_the_project_names_the_hooks_where_they_are():
    project = Path(__file__).parents[3]
    text = (project / "_quarto.yml").read_text(encoding="utf-8")
    for name in ("pre_render.py", "post_render.py"):
        assert (project / "py/notat/cli/hooks" / name).samefile(FOLDER / name)
        assert f"py/notat/cli/hooks/{name}" in text


def test_before_rendering_the_fonts_are_laid_where_typst_looks(note):
    assert call("pre_render.py", note).returncode == 0
    assert list((note / "_fonter").glob("SourceSans3*.ttf"))


def test_before_rendering_the_fonts_are_laid_where_the_theme_names_them(note):
    assert call("pre_render.py", note).returncode == 0
    theme = (note / "_extensions/notat/notat.scss").read_text(encoding="utf-8")
    named = re.findall(r'url\("(_fonter/[^"]+)"\)', theme)
    assert len(named) == 2
    assert all((note / name).is_file() for name in named)


def test_before_rendering_the_files_to_embed_are_laid_where_typst_reads_them(note):
    """Quarto puts the Typst source of a book in the project folder, where the template must find the same files."""
    assert call("pre_render.py", note).returncode == 0
    template = (note / "_extensions/notat/typst-template.typ").read_text(encoding="utf-8")
    source = note / "bok.typ"
    text = "#set document(title: [Prøve], date: datetime(year: 2023, month: 3, day: 1))\n#legg-ved(false)\n= Prøve"
    source.write_text(f"{template}\n{text}", encoding="utf-8")
    made = note / "bok.pdf"
    typst.compile(str(source), output=str(made), root=str(note), pdf_standards="a-3a", ignore_system_fonts=True)
    with pikepdf.open(made) as pdf:
        carried = {name: entry.get_file().read_bytes() for name, entry in pdf.attachments.items()}
    assert {
        "tall-i-teksten.csv",
        "tall-i-teksten.json",
        "manifest.json",
        "datapackage.json",
        "arbeid.csv",
    } <= carried.keys()
    assert carried["arbeid.csv"] == (note / "data/arbeid.csv").read_bytes()
    assert "typst" not in json.loads(carried["manifest.json"])["versions"]


def test_broken_data_stop_the_rendering_with_one_message(note):
    table = note / "data" / "arbeid.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("246556", "mange"), encoding="utf-8")
    done = call("pre_render.py", note)
    assert done.returncode == 1
    assert done.stderr.startswith("Feil: data/arbeid.csv:2: «mange»")
    assert "Traceback" not in done.stderr


def test_an_unvouched_claim_stops_the_rendering_with_one_message(note):
    chapter = note / "chapters" / "arbeid.qmd"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("Veksten var", "Tallet [økte]{.paastand #p-okte} med"), encoding="utf-8")
    done = call("pre_render.py", note)
    assert done.returncode == 1
    assert done.stderr.startswith("Feil: chapters/arbeid.qmd:7: Påstanden «økte» (p-okte) har verken tall, prøve")
    assert "Traceback" not in done.stderr


def test_after_rendering_a_page_without_the_house_style_stops_with_the_right_command(note):
    page = note / "_output/index.html"
    page.parent.mkdir()
    page.write_text("<!DOCTYPE html><html><head></head><body><main>Tekst</main></body></html>", encoding="utf-8")
    environment = {"QUARTO_PROJECT_OUTPUT_FILES": "_output/index.html", "QUARTO_PROJECT_OUTPUT_DIR": str(page.parent)}
    done = call("post_render.py", note, **environment)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "Feil: _output/index.html: Siden er laget uten husstilen. Kjør quarto render --to notat"
    )


def test_after_rendering_only_the_data_package_is_published(note):
    page = note / "_output/index.html"
    (page.parent / "data/gammelt").mkdir(parents=True)
    page.write_text(_STYLED, encoding="utf-8")
    (note / "data/.skjult").write_text("x", encoding="utf-8")
    environment = {"QUARTO_PROJECT_OUTPUT_FILES": "_output/index.html", "QUARTO_PROJECT_OUTPUT_DIR": str(page.parent)}
    done = call("post_render.py", note, **environment)
    assert done.returncode == 0, done.stderr
    published = {file.relative_to(page.parent / "data").as_posix() for file in (page.parent / "data").rglob("*")}
    assert published == {"arbeid.csv", "datapackage.json", "kilder.csv", "kontroll.sha256", "skjema.json"}
    assert 'src="ressurser/shell.js"' in page.read_text(encoding="utf-8")


def test_after_rendering_the_pages_have_the_files_that_they_link_to(note):
    page = note / "_output" / "chapters" / "arbeid.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'{_STYLED}<a href="../ressurser/figurdata/fig-a.csv">CSV</a>', encoding="utf-8")
    (note / "_figurer").mkdir()
    (note / "_figurer" / "fig-a.csv").write_text("hva\n", encoding="utf-8")
    environment = {"QUARTO_PROJECT_OUTPUT_FILES": str(page), "QUARTO_PROJECT_OUTPUT_DIR": str(note / "_output")}
    done = call("post_render.py", note, **environment)
    assert done.returncode == 0, done.stderr
    for name in ("ressurser/figurdata/fig-a.csv", "ressurser/panel.js", "diskusjonsnotat-data.zip"):
        assert (note / "_output" / name).is_file(), name


def test_after_rendering_the_word_document_is_mended_and_a_manifest_written(note):
    build(note, ["docx"])
    (note / "_output/index.html").write_text(_STYLED, encoding="utf-8")
    word = note / "_output" / "diskusjonsnotat.docx"
    document = Document(word)
    document.core_properties.title = "pandoc"
    document.save(word)
    (note / "_output" / "manifest.json").unlink()
    done = call(
        "post_render.py",
        note,
        QUARTO_PROJECT_OUTPUT_FILES="_output/index.html\n_output/diskusjonsnotat.docx",
        QUARTO_PROJECT_OUTPUT_DIR=str(note / "_output"),
    )
    assert done.returncode == 0, done.stderr
    assert Document(word).core_properties.title == "Et lite notat"
    manifest = json.loads((note / "_output" / "manifest.json").read_text(encoding="utf-8"))
    assert "diskusjonsnotat.docx" in manifest["outputs"]


def test_data_that_nobody_accepted_stop_the_rendering_with_one_message(note):
    table = note / "data/arbeid.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("5566", "5577"), encoding="utf-8")
    done = call("pre_render.py", note)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "Feil: data/kontroll.sha256: Dataene er ikke slik noen har godtatt dem: data/arbeid.csv"
    )
    assert "Kjør notat accept" in done.stderr
