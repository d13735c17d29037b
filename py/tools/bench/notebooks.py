"""The chapters of a book in the forms that other tools read: as notebooks, and as Markdown with nothing left to run."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import groupby
from pathlib import Path

import nbformat

from notat.norsk import format_number
from notat.project.config import read_config
from notat.project.source import CodeCell, Inline, Source, Text, read_source
from tools.bench.book import numbers

KERNEL = "notat"
_LABEL = re.compile(r" \{[^{}\n]*#sec-[\w-]+\}")  # only Pandoc knows these
_NUMBER = re.compile(r'tall\("(\w+)"\)')
_FIGURE = re.compile(r'figur\("([\w-]+)"\)')
_SETUP = """\
import io
from IPython.display import SVG, Markdown
from notat.show import charts, tables
from notat import tall
from notat.show.authoring import numbers
def figur(name):
    drawn = io.BytesIO()
    charts.draw(name, numbers()).figure.savefig(drawn, format="svg")
    return SVG(drawn.getvalue())
def tabell(name):
    return Markdown(tables.to_markdown(tables.build(name, numbers())))"""


def write_notebooks(root: Path, folder: Path) -> list[Path]:
    """Write the chapters of the book at `root` as notebooks into `folder`, in order; nothing is executed."""
    files = []
    for chapter in read_config(root).chapters:
        file = folder / f"{chapter.slug}.ipynb"
        nbformat.write(notebook(read_source(root, chapter.file)), file)
        files.append(file)
    return files


def notebook(source: Source) -> nbformat.NotebookNode:
    """The chapter as a notebook. Text with numbers in it is code that shows Markdown: notebooks have no other way."""
    made = nbformat.v4.new_notebook()
    made.metadata["kernelspec"] = {"name": KERNEL, "display_name": KERNEL, "language": "python"}
    for is_code, group in groupby(source.parts, key=lambda part: isinstance(part, CodeCell)):
        parts = list(group)
        if is_code:
            made.cells += [nbformat.v4.new_code_cell(_code(part.code)) for part in parts if isinstance(part, CodeCell)]
        else:
            made.cells.append(_text([part for part in parts if not isinstance(part, CodeCell)]))
    for number, cell in enumerate(made.cells):
        cell.id = f"celle-{number}"  # nbformat makes ids by chance; the same book gives the same notebooks
    return made


def _code(code: str) -> str:
    return _SETUP if code.startswith("from notat import") else code


def _text(parts: list[Text | Inline]) -> nbformat.NotebookNode:
    plain = [_LABEL.sub("", part.markdown) if isinstance(part, Text) else part.code for part in parts]
    if all(isinstance(part, Text) for part in parts):
        return nbformat.v4.new_markdown_cell("".join(plain))
    pieces = [repr(text) if isinstance(part, Text) else f"str({text})" for part, text in zip(parts, plain, strict=True)]
    return nbformat.v4.new_code_cell(f"Markdown({' + '.join(pieces)})")


def finished_markdown(root: Path, folder: Path, chapters: int) -> list[Path]:
    """Write the chapters of a synthetic book as Markdown whose numbers and figures are made already, in order.

    The figures are those that lie in the book's folder; tables are left out.
    """
    known = {id_: value for number in range(1, chapters + 1) for id_, value in numbers(number).items()}
    files = []
    for chapter in read_config(root).chapters:
        text = "".join(_finished(part, known) for part in read_source(root, chapter.file).parts)
        file = folder / f"{chapter.slug}.md"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return files


def _finished(part: Text | Inline | CodeCell, known: dict[str, int]) -> str:
    if isinstance(part, Text):
        return part.markdown
    if isinstance(part, Inline):
        found = _NUMBER.fullmatch(part.code)
        return format_number(Fraction(known[found[1]])) if found else part.code
    found = _FIGURE.fullmatch(part.code)
    return f"\n![{found[1]}](_figurer/fig-{found[1]}.svg){{#fig-{found[1]}}}\n\n" if found else ""
