"""The booklets under genuine Quarto: left out of its one document by the Lua filter, and written after it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from notat.cli.render import build
from notat.engine import pandoc
from notat.project.manifest import NAME
from notat.readback.read import read_document

EXTENSION = Path(__file__).parents[3] / "_extensions" / "notat"
HOOK = Path(__file__).parents[3] / "py/notat/cli/hooks/post_render.py"
BOOKLET = "notat:\n  hefter:\n    - {fil: tillegg, tittel: Tillegg, kapitler: [chapters/arbeid.qmd]}\n"
# What Quarto gives filters: the file that each part of a book comes from, as comments in the text. As in Quarto, a
# divider is of type «appendix», and what follows it are chapters again.
SHIM = f"""
local current = {{ appendix = false }}
quarto = {{
  doc = {{ input_file = "index.qmd", file_metadata = function() return current end }},
  utils = {{
    file_metadata_filter = function()
      return {{ RawBlock = function(raw)
        local text = raw.text:match("^<!%-%- quarto%-file%-metadata: (.*) %-%->$")
        if text then
          current.file = pandoc.json.decode(text)
          current.appendix = current.appendix or current.file.bookItemType == "appendix"
        end
      end }}
    end,
    combineFilters = function(filters)
      local all = {{}}
      for _, filter in ipairs(filters) do for name, visit in pairs(filter) do all[name] = visit end end
      all.traverse = "topdown"
      return all
    end,
  }},
}}
return dofile("{EXTENSION / "notat.lua"}")
"""


def part(kind, file=None, number=None):
    """What Quarto writes before a part of the book."""
    folder = str(Path(file or ".").parent)
    said = {"bookItemType": kind, "bookItemFile": file, "bookItemNumber": number, "resourceDir": folder}
    said = {name: value for name, value in said.items() if value is not None}
    return f"<!-- quarto-file-metadata: {json.dumps(said)} -->"


BOOK = f"""\
{part("chapter", "index.qmd")}

# Sammendrag {{#sec-sammendrag .unnumbered}}

Se @sec-arbeid, [@sec-arbeid; @sec-mer], [Mer](#sec-mer),
[fila](chapters/arbeid.qmd), [stedet](chapters/arbeid.qmd#sec-mer), @sec-lister og [seg selv](#sec-sammendrag).

{part("chapter", "chapters/arbeid.qmd", 1)}

# Arbeid {{#sec-arbeid}}

Borte.

## Mer {{#sec-mer}}

Også borte.

{part("chapter", "chapters/lonn.qmd", 2)}

# Lønn {{#sec-lonn}}

Se [kapittelet før](arbeid.qmd) og [nettet](https://example.org/chapters/arbeid.qmd).

{part("appendix")}

# Vedlegg {{.unnumbered}}

{part("chapter", "chapters/kilder.qmd", 1)}

# Kilder {{#sec-kilder}}

Her.

{part("chapter", "chapters/lister.qmd", 2)}

# Lister {{#sec-lister}}

Vekk.
"""
META = """\
---
notat:
  hefter:
    - {fil: tillegg, tittel: Tillegg, kapitler: ["chapters/arbeid.qmd", "chapters/lister.qmd"]}
---

"""


def written(tmp_path, kind, text, *options):
    (tmp_path / "quarto.lua").write_text(SHIM, encoding="utf-8")
    filters = (f"--lua-filter={tmp_path / 'quarto.lua'}", "--wrap=none")
    return pandoc.run(text, "--from=markdown", f"--to={kind}", *filters, *options).decode()


def test_quartos_document_is_left_without_the_chapters_of_the_booklets(tmp_path):
    text = written(tmp_path, "typst", META + BOOK)
    assert "borte" not in text.lower()
    assert "Vekk" not in text
    assert "Sammendrag" in text
    assert "#show: vedlegg" in text
    assert "Kilder" in text
    assert "notat-hefte" not in text


def test_what_says_which_chapter_follows_is_kept_or_quarto_would_not_number_it(tmp_path):
    text = written(tmp_path, "markdown", META + BOOK)
    kept = [json.loads(said).get("bookItemFile") for said in re.findall(r"quarto-file-metadata: (.*?) -->", text)]
    files = ("arbeid", "lonn", None, "kilder", "lister")
    assert kept == ["index.qmd", *(name and f"chapters/{name}.qmd" for name in files)]


def test_references_to_what_is_left_out_name_its_file_and_lead_there(tmp_path):
    text = written(tmp_path, "typst", META + BOOK)
    chapter = '#link("tillegg.pdf")[Kapittel~1 i~tillegg.pdf]'
    assert f"Se {chapter}, {chapter}, {chapter}, {chapter}, " in text
    assert '#link("tillegg.pdf")[fila], #link("tillegg.pdf")[stedet]' in text
    assert '#link("tillegg.pdf")[Vedlegg~B i~tillegg.pdf]' in text
    assert "#link(<sec-sammendrag>)[seg selv]" in text
    assert '#link("tillegg.pdf")[kapittelet før]' in text
    assert '#link("https://example.org/chapters/arbeid.qmd")[nettet]' in text


def test_the_list_of_works_is_that_of_the_whole_book(tmp_path):
    works = [{"id": name, "type": "book", "title": name.title()} for name in ("her", "der", "navngitt", "ubrukt")]
    (tmp_path / "verk.json").write_text(json.dumps(works), encoding="utf-8")
    meta = META.replace("---\n", f'---\nnocite: "@navngitt"\nbibliography: {tmp_path / "verk.json"}\n', 1)
    text = written(tmp_path, "plain", meta + BOOK.replace("Borte.", "@der").replace("Her.", "@her"), "--citeproc")
    assert [name for name in ("Her", "Der", "Navngitt", "Ubrukt") if name in text.split("Kilder")[1]] == [
        "Her",
        "Der",
        "Navngitt",
    ]


def test_without_booklets_the_book_is_whole(tmp_path):
    text = written(tmp_path, "typst", BOOK)
    assert "Også borte." in text
    assert "@sec-arbeid" in text
    assert "tillegg" not in text


def test_pages_keep_every_chapter(tmp_path):
    assert "Også borte." in written(tmp_path, "html", META + BOOK)


@pytest.fixture
def rendered(note):
    """The note as Quarto leaves it to its hook: one document of each kind, and no booklets."""
    with (note / "_quarto.yml").open("a", encoding="utf-8") as stream:
        stream.write(BOOKLET)
    build(note)
    made = {kind: (note / f"_output/tillegg.{kind}").read_bytes() for kind in ("pdf", "docx")}
    for kind in made:
        (note / f"_output/tillegg.{kind}").unlink()
    return note, made


def test_after_rendering_the_booklets_are_written_and_listed(rendered):
    note, made = rendered
    environment = os.environ | {
        "QUARTO_PROJECT_OUTPUT_FILES": "_output/diskusjonsnotat.docx\n_output/diskusjonsnotat.pdf",
        "QUARTO_PROJECT_OUTPUT_DIR": str(note / "_output"),
    }
    done = subprocess.run(
        [sys.executable, str(HOOK)], cwd=note, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr
    listed = json.loads((note / "_output" / NAME).read_text(encoding="utf-8"))["outputs"]
    for kind, content in made.items():
        file = note / f"_output/tillegg.{kind}"
        assert file.name in listed
        texts = [block.text for block in read_document(file)]
        file.write_bytes(content)
        assert texts == [block.text for block in read_document(file)]
