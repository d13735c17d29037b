"""Each kind of input, changed: the right parts are rebuilt, and only those, and nothing stale is published."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from notat.cli.render import build, results_of
from notat.docx.package import Package, qualified, style_of_block, text_of
from notat.engine import pandoc
from notat.engine.keep.figures import Drawn, get_or_draw
from notat.engine.write import docx, pdf
from notat.judge.checks import checksums
from notat.project.project import Project
from notat.text import codebase
from tools.bench.processes import outputs
from tools.edits import replace

FIRST, SECOND = "chapters/kap-1.qmd", "chapters/kap-2.qmd"
PAGES = [("html", "kap-1"), ("search", "search"), ("typst", "kap-1"), ("docx-part", "diskusjonsnotat")]
WHOLE = [("pdf", "diskusjonsnotat"), ("docx", "diskusjonsnotat")]


@pytest.fixture
def note(built_once, tmp_path, monkeypatch):
    root = Path(shutil.copytree(built_once, tmp_path / "notat", symlinks=True))
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def rebuild(note):
    """`rebuild()` builds, and returns what was rebuilt."""

    def build_again(**options):
        results = results_of(Project(note))
        build(note, results=results, **options)
        return results.store.missed

    return build_again


def append(file, text):
    file.write_text(f"{file.read_text(encoding='utf-8')}{text}", encoding="utf-8")


def kinds(missed):
    return {kind for kind, _ in missed}


def run(missed):
    return sorted(name for kind, name in missed if kind == "chapter")


def from_nothing(note, tmp_path):
    """Digest of the outputs of the same files built without a cache."""
    bare = tmp_path / "bart"
    shutil.copytree(note, bare, ignore=shutil.ignore_patterns("_output", "_figurer", "cache", "built.json"))
    build(bare)
    return outputs(bare)


def test_nothing_changed_makes_nothing(note, rebuild):
    reported = []
    assert rebuild(report=reported.append) == []
    assert reported == ["Ingenting er endret"]


def test_a_changed_sentence_makes_its_section_alone_anew(note, rebuild, monkeypatch):
    # The footnotes of a chapter are at the end of its page, which is then written as a whole.
    (note / FIRST).write_text(re.sub(r"\[\^1\](?::.*)?", "", (note / FIRST).read_text(encoding="utf-8")))
    append(note / FIRST, "\n" + "Delen før er lang.\n" * 1000 + "\n\n## Siste del {#sec-siste}\n\nNyord.\n")
    rebuild()
    sent = []
    run_pandoc = pandoc.run

    def noting(text, *arguments, **options):
        sent.append((arguments[0], arguments[1].removeprefix("--to="), "Nyord" in text, "Setningen" in text))
        return run_pandoc(text, *arguments, **options)

    monkeypatch.setattr(pandoc, "run", noting)
    replace(note / FIRST, "Nyord.", "Nyord her.")
    rebuild()
    # Sections shorter than a part of a Word document share one; the section before this is as long as one.
    assert sorted(sent) == [
        ("--from=json", "docx", True, False),
        ("--from=json", "html5", True, False),
        ("--from=json", "typst-citations", True, False),
        ("--from=markdown", "json", True, False),
    ]


def test_a_changed_sentence_runs_no_code(note, rebuild, tmp_path):
    replace(note / FIRST, "Setningen som endres", "Setningen som er endret")
    missed = rebuild()
    assert run(missed) == []
    assert sorted(missed) == sorted([("section", FIRST), ("resolved", "kap-1"), *PAGES, *WHOLE])
    assert outputs(note) == from_nothing(note, tmp_path)


def test_sections_with_footnotes_are_numbered_together(note, rebuild, tmp_path):
    more = (
        "\n## Siste del {#sec-siste}\n\nNyord.[^b]\n\n[^b]: Note i siste del.\n\n## Uten {#sec-uten}\n\nIngen note.\n"
    )
    append(note / FIRST, more)
    rebuild()
    replace(note / FIRST, "Nyord.", "Nyord her.")
    rebuild()
    assert outputs(note) == from_nothing(note, tmp_path)
    replace(note / FIRST, "Ingen note.", "Ingen note her.")
    rebuild()
    page = (note / "_output/kap-1.html").read_text(encoding="utf-8")
    assert [page.count(f'href="#fn{number}"') for number in (1, 2, 3)] == [1, 1, 0]
    assert (
        page.index("Ingen note her.")
        < page.index("</section>", page.index("Ingen note her."))
        < page.index("Note i siste")
    )


def test_a_word_document_in_many_parts_is_the_same_document(note, rebuild, monkeypatch):
    def paragraphs():
        body = Package(note / "_output/diskusjonsnotat.docx").xml("word/document.xml")
        return [(style_of_block(item), text_of(item)) for item in body.iter(qualified("w:p"))]

    whole = paragraphs()
    monkeypatch.setattr(docx, "_PART", 1)
    replace(note / FIRST, "Setningen som endres", "Setningen som er endret")
    rebuild()
    assert len(list((note / ".notat/cache/docx-part").iterdir())) > len(list(note.glob("chapters/*.qmd"))) + 1
    assert [(style, text.replace("er endret", "endres")) for style, text in paragraphs()] == whole


def test_a_pdf_of_many_texts_is_the_same_document(note, rebuild, monkeypatch):
    def texts():
        return len(list((note / ".notat/pdf").glob("*.typ")))

    before, few = outputs(note), texts()
    monkeypatch.setattr(pdf, "_LARGE", 1)
    rebuild(cached=False)
    assert texts() > few
    assert outputs(note) == before


def test_back_to_an_earlier_text_makes_nothing(note, rebuild):
    before = outputs(note)
    replace(note / FIRST, "Setningen som endres", "Setningen som er endret")
    rebuild()
    assert outputs(note) != before
    replace(note / FIRST, "Setningen som er endret", "Setningen som endres")
    assert rebuild() == []
    assert outputs(note) == before


def test_changed_code_runs_its_chapter_and_draws_nothing(note, rebuild):
    replace(note / FIRST, 'tall("helt_ledige_pst_2023_01")', 'tall("pluss80_andel_2022")')
    missed = rebuild()
    assert run(missed) == [FIRST]
    assert "figure" not in kinds(missed)


def test_a_cached_figure_is_shown_without_loading_what_draws(note):
    name = re.search(r'figur\("([\w-]+)"\)', (note / FIRST).read_text(encoding="utf-8"))[1]
    slow = "{'pandas', 'seaborn', 'matplotlib'} & sys.modules.keys()"
    program = f"import sys\nfrom notat.show.authoring import figur\nprint(figur('{name}').markdown, '|', {slow})"
    for expected in (False, True):
        shown = subprocess.run(
            [sys.executable, "-c", program], cwd=note, capture_output=True, text=True, check=True, timeout=600
        )
        text, loaded = shown.stdout.rsplit("|", 1)
        assert f"#fig-{name}" in text
        assert ("seaborn" in loaded) is expected
        for folder in (note / ".notat/cache/figure-file", note / "_figurer"):  # now it must be drawn
            shutil.rmtree(folder)


def test_a_changed_cell_runs_only_the_chapters_that_use_it(note, rebuild, tmp_path):
    replace(note / SECOND, 'tall("helt_ledige_pst_2022_10")', 'tall("pluss80_aldersgrense")')
    rebuild()
    file = note / "data/befolkning.csv"
    row = next(line for line in file.read_text(encoding="utf-8").splitlines() if "pluss80_aldersgrense" in line)
    replace(file, row, row.replace(",80,", ",81,"))
    checksums.write(note)
    missed = rebuild()
    assert ("checked", "data") in missed
    assert run(missed) == [SECOND]
    assert "81" in (note / "_output/kap-2.html").read_text(encoding="utf-8")
    assert outputs(note) == from_nothing(note, tmp_path)


def test_a_changed_cell_that_no_chapter_uses_runs_none(note, rebuild):
    file = note / "data/fagskole.csv"
    head, row, *rows = file.read_text(encoding="utf-8").splitlines()
    assert row.endswith(",")  # no remark
    file.write_text("\n".join([head, f"{row}Ny merknad", *rows]) + "\n", encoding="utf-8")
    checksums.write(note)
    missed = rebuild()
    assert ("checked", "data") in missed
    assert run(missed) == []


def test_a_new_source_that_nothing_was_read_from_runs_none(note, rebuild):
    file = note / "data/kilder.csv"
    append(file, "ubrukt,Noe,Noen,,,,\n")
    checksums.write(note)
    assert run(rebuild()) == []


def test_a_changed_lock_file_runs_everything(note, rebuild):
    append(note / "requirements.lock", "# en ny pakke\n")
    assert run(rebuild()) == ["chapters/kap-1.qmd", "chapters/kap-2.qmd", "index.qmd"]


@pytest.mark.parametrize(
    ("file", "text", "changed"),
    [
        ("_extensions/notat/notat.css", "/* ny */\n", set()),
        ("_extensions/notat/typst-template.typ", "// ny\n", {"typst"}),
        ("_extensions/notat/notat.lua", "-- ny\n", {"html", "typst", "docx-part", "citations"}),
        ("references.bib", "@misc{ny, title={Ny}, year={2023}}\n", {"works", "citations", "checked"}),
    ],
)
def test_a_changed_extension_or_list_of_works_runs_no_code(note, rebuild, file, text, changed):
    if file.endswith(".lua"):
        replace(note / file, "local html =", f"{text}local html =")
    else:
        append(note / file, text)
    # The two documents embed the digests of all inputs, so they are always written again.
    assert kinds(rebuild()) == {"pdf", "docx"} | changed


def test_a_changed_brand_draws_the_figures_again(note, rebuild):
    append(note / "_brand.yml", "# ny\n")
    assert run(rebuild()) == [FIRST, SECOND]


def test_code_that_may_use_anything_is_run_every_time(note, rebuild):
    append(note / FIRST, "\n```{python}\nimport datetime\n```\n")
    assert run(rebuild()) == [FIRST]
    replace(note / SECOND, "Setningen som endres", "Setningen som er endret")
    assert run(rebuild()) == [FIRST]


def test_a_damaged_output_is_written_again_from_what_is_kept(note, rebuild):
    before = outputs(note)
    page = note / "_output/index.html"
    page.write_text("ødelagt", encoding="utf-8")
    assert rebuild() == []
    assert outputs(note) == before


def test_a_damaged_entry_counts_as_missing(note, rebuild):
    before = outputs(note)
    for file in (note / ".notat/cache").glob("*/*"):
        file.write_bytes(file.read_bytes()[:-1] + b"!")
    (note / ".notat/built.json").unlink()
    assert run(rebuild()) == ["chapters/kap-1.qmd", "chapters/kap-2.qmd", "index.qmd"]
    assert outputs(note) == before


def test_a_lost_figure_comes_back(note, rebuild):
    before = outputs(note)
    shutil.rmtree(note / "_figurer")
    assert rebuild() == []
    assert outputs(note) == before
    assert list((note / "_figurer").glob("*.png"))


def test_without_cache_everything_is_made_to_the_same_bytes(note, rebuild):
    before = outputs(note)
    assert run(rebuild(cached=False)) == ["chapters/kap-1.qmd", "chapters/kap-2.qmd", "index.qmd"]
    assert outputs(note) == before


def test_a_false_claim_stops_also_when_only_prose_is_changed(note, rebuild, refused):
    replace(note / FIRST, "Setningen som endres", "[Setningen]{.paastand #p-finnes-ikke} som endres")
    before = outputs(note)
    with refused(FIRST, 8, "har verken tall, prøve eller kilde"):
        rebuild()
    assert outputs(note) == before


def test_an_indicator_counts_where_it_is_used(note, rebuild, tmp_path, monkeypatch):
    without = shutil.ignore_patterns("__pycache__")
    package = shutil.copytree(codebase.PACKAGE, tmp_path / "pakke", ignore=without)
    own = shutil.copytree(codebase.own_folder(), tmp_path / "eget", ignore=without)
    monkeypatch.setattr(codebase, "PACKAGE", Path(package))
    monkeypatch.setattr(codebase, "own_folder", lambda: Path(own))
    assert rebuild() == []
    append(Path(own) / "charts/kompetanse.py", "# endret\n")
    assert run(rebuild()) == [FIRST]
    append(Path(own) / "charts/kommunene.py", "# endret\n")
    missed = rebuild()
    assert ("checked", "data") in missed
    assert run(missed) == []
    append(Path(package) / "show/authoring.py", "# endret\n")
    assert len(run(rebuild())) == 3


def page(note, name="kap-1"):
    return (note / f"_output/{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", ["deler/_del.qmd", "chapters/under/_del.qmd", "_del.qmd"])
def test_an_include_counts_wherever_it_lies(note, rebuild, file):
    (note / file).parent.mkdir(exist_ok=True)
    (note / file).write_text("Tekst fra en annen fil.\n", encoding="utf-8")
    append(note / FIRST, f"\n{{{{< include ../{file} >}}}}\n")
    rebuild()
    assert "Tekst fra en annen fil." in page(note)
    replace(note / file, "en annen fil", "en fil et annet sted")
    rebuild()
    assert "Tekst fra en fil et annet sted." in page(note)


def test_a_chapter_counts_wherever_it_lies(note, rebuild):
    (note / "vedlegg").mkdir()
    (note / "vedlegg/mer.qmd").write_text("# Mer {#sec-mer}\n\nEn setning.\n", encoding="utf-8")
    replace(note / "_quarto.yml", f"    - {FIRST}", f"    - {FIRST}\n    - vedlegg/mer.qmd")
    rebuild()
    replace(note / "vedlegg/mer.qmd", "En setning.", "En annen setning.")
    rebuild()
    assert "En annen setning." in page(note, "mer")


def test_a_list_of_works_counts_wherever_it_lies(note, rebuild):
    (note / "kilder").mkdir()
    (note / "references.bib").rename(note / "kilder/verk.bib")
    replace(note / "_quarto.yml", "bibliography: references.bib", "bibliography: kilder/verk.bib")
    rebuild()
    append(note / "kilder/verk.bib", "@misc{ny, title={Ny}, year={2023}}\n")
    assert {"works", "citations", "checked"} <= kinds(rebuild())


def test_a_file_that_a_chapter_reads_by_itself_counts(note, rebuild):
    (note / "tall.txt").write_text("en", encoding="utf-8")
    cell = '\n```{python}\n#| output: asis\nfrom pathlib import Path\nprint(Path("tall.txt").read_text())\n```\n'
    append(note / SECOND, cell)
    rebuild()
    assert "<p>en</p>" in page(note, "kap-2")
    assert rebuild() == []
    (note / "tall.txt").write_text("to", encoding="utf-8")
    assert run(rebuild()) == [SECOND]
    assert "<p>to</p>" in page(note, "kap-2")


def test_a_file_that_a_figure_reads_by_itself_counts(note, monkeypatch):
    (note / "tall.txt").write_text("en", encoding="utf-8")
    exec_globals = {"__name__": "content.charts.egen", "Drawn": Drawn}
    exec("def draw():\n    return Drawn(open('tall.txt').read())", exec_globals)
    results = results_of(Project(note))
    assert get_or_draw(results, (), "egen", exec_globals["draw"]) == "en"
    (note / "tall.txt").write_text("to", encoding="utf-8")
    results = results_of(Project(note))
    assert get_or_draw(results, (), "egen", exec_globals["draw"]) == "to"
    assert get_or_draw(results_of(Project(note)), (), "egen", pytest.fail) == "to"
