"""Word documents as Pandoc and as Quarto write them: the same text, with the floats laid out by each."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypandoc
import pytest

from notat.docx.finish import About, finish_docx
from notat.docx.package import Package

EXTENSION = Path(__file__).parents[2] / "_extensions" / "notat"
ALT = {"fig-eldre": "Linje som stiger fra 5 til 10 prosent.", "fig-unge": "To stolper: 12 og 9 prosent."}
TEXT = """\
---
title: Et notat
author: Et fylke
lang: en-US
toc-title: Innhold
---
# Sammendrag {#sec-sammendrag .unnumbered}

En linje.
En linje til, se [Figur 1.1](#fig-eldre).

# Arbeid {#sec-arbeid}

## Alder {#sec-alder}

::: {#fig-eldre}
![](fig-eldre.png)

Figur\u00a01.1: Flere eldre.
:::

::: {#tbl-folk}
| Sted | Folk |
|:-----|-----:|
| Frøya | 5 500 |
| Hitra | 5 200 |

Tabell\u00a01.1: Folk i to kommuner.
:::

::: {#fig-unge}
![](fig-unge.png)

Figur\u00a01.2: Færre unge.
:::

::: {.drofting title="Til drøfting"}
1. Hva nå?
2. Hva så?
:::

Etterpå.
"""
# How the embedded engine writes a float, and how Quarto's filters write it.
PLAIN = (EXTENSION.parents[1] / "tests/fixtures/floats.lua").read_text(encoding="utf-8")
LAID_OUT = """
local function float(div)
  if not div.identifier:match("^%a%a%a%-") then return nil end
  local content, caption = div.content[1], div.content[2]
  caption.content:insert(1, pandoc.RawInline("openxml",
    '<w:pPr><w:jc w:val="let"/><w:spacing w:before="200"/><w:pStyle w:val="ImageCaption"/></w:pPr>'))
  if content.t == "Para" then content = pandoc.Plain(content.content) end
  local cell = content.t == "Table" and { caption, content } or { content, caption }
  local inner = pandoc.Div(cell, pandoc.Attr(div.identifier))
  local layout = pandoc.SimpleTable({}, { pandoc.AlignDefault }, { 1 }, {}, { { { inner } } })
  return pandoc.utils.from_simple_table(layout), false
end
return { { traverse = "topdown", Div = float } }
"""


def _finish(path: Path, alt_texts: dict[str, str] = ALT) -> Package:
    about = About("Et notat", "Diskusjonsnotat", "Et fylke", alt_texts, datetime(2023, 3, 1, tzinfo=UTC))
    finish_docx(path, about)
    return Package(path)


def _make(folder: Path, layout: str) -> None:
    """An unfinished document with the floats laid out by the Lua filter `layout`."""
    folder.mkdir(parents=True)
    for id_ in ALT:
        (folder / f"{id_}.png").write_bytes(_png())
    (folder / "layout.lua").write_text(layout, encoding="utf-8")
    subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            *("--from=markdown", "--to=docx", "--toc", "--number-sections", "--metadata=spor:/hjem/noen/notat"),
            *("--lua-filter=layout.lua", f"--lua-filter={EXTENSION / 'notat.lua'}"),
            *(f"--reference-doc={EXTENSION / 'reference.docx'}", "--output=notat.docx"),
        ],
        input=TEXT.encode(),
        cwd=folder,
        check=True,
        timeout=600,
    )


def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


@pytest.fixture(scope="session")
def unfinished(made_once):
    layouts = {"innebygd": PLAIN, "quarto": LAID_OUT}

    def make(folder: Path) -> None:
        for name, layout in layouts.items():
            _make(folder / name, layout)

    folder = made_once("word", make)
    return {name: folder / name / "notat.docx" for name in layouts}


@pytest.fixture(params=["innebygd", "quarto"])
def document(request, unfinished, tmp_path):
    return shutil.copy(unfinished[request.param], tmp_path / "notat.docx")


@pytest.fixture(scope="session")
def alt_texts() -> dict[str, str]:
    """The alternative texts of the two figures, by id."""
    return ALT


@pytest.fixture(scope="session")
def finish() -> Callable[..., Package]:
    """`finish(path)` finishes a document in place and gives its parts."""
    return _finish
