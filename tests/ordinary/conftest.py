"""Ordinary Quarto: chapters as Quarto's users write them, one for each construct, built together as one small note.

What is accepted is a chapter in `cases/`, which is laid over the small note of all tests; what is asserted of it is in
the `test_*.py` of its kind. What is refused is written in the test that says how.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import html as lxml_html

from notat.cli.render import build
from notat.docx.package import Package, find_all
from notat.judge.checks import checksums
from notat.project.project import Project
from notat.readback.blocks import FORMATS, Block, Rendered
from notat.readback.read import read_output
from notat.text.errors import NotatError
from tools.bench.book import CONFIG

CASES = Path(__file__).parent / "cases"
collect_ignore = ["cases"]  # a chapter may be a notebook, which is no test


@dataclass(frozen=True)
class Outputs:
    """The note of all cases, built."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where the outputs are."""
        return self.root / "_output"

    @cached_property
    def read(self) -> dict[str, Rendered]:
        """The outputs read back, by format."""
        config = Project(self.root).config
        return {name: read_output(self.folder, name, config.documents) for name in FORMATS}

    @cached_property
    def word(self) -> Any:
        """The root of `word/document.xml`."""
        return Package(self.folder / "diskusjonsnotat.docx").xml("word/document.xml")

    @cached_property
    def sheets(self) -> list[list[str]]:
        """The lines of each page of the PDF, without those above and below its text."""
        frame = re.compile(r"Et lite notat( \d+ .*)?|Et fylke \d+ av \d+")
        with pypdfium2.PdfDocument(self.folder / "diskusjonsnotat.pdf") as pdf:
            lines = [page.get_textpage().get_text_range().splitlines() for page in pdf]
        return [[line for line in page if not frame.fullmatch(line)] for page in lines]

    def breaks_in_word(self) -> list[tuple[str, str]]:
        """The words right before and right after each break of the page that an author wrote."""
        paragraphs = find_all(self.word, "//w:p")
        texts = ["".join(paragraph.itertext()) for paragraph in paragraphs]
        broken = [n for n, one in enumerate(paragraphs) if find_all(one, ".//w:br[@w:type='page']")]
        assert [texts[n] for n in broken] == [""] * len(broken)
        return [(texts[n - 1], texts[n + 1]) for n in broken]

    def case(self, name: str) -> Case:
        """The chapter `cases/chapters/{name}.qmd`."""
        return Case(self, name)


@dataclass(frozen=True)
class Case:
    """One chapter in all three outputs."""

    outputs: Outputs
    name: str

    @cached_property
    def page(self) -> Any:
        """Its web page: the element `main`."""
        return lxml_html.parse(self.outputs.folder / f"{self.name}.html").find(".//main")

    @cached_property
    def title(self) -> str:
        """Its title with number."""
        return " ".join(self.page.find(".//h1").text_content().split())

    @property
    def number(self) -> str:
        """The number of the chapter."""
        return self.title.partition(" ")[0]

    def blocks(self, format_: str, *kinds: str) -> list[Block]:
        """Its blocks in a format, of these kinds or all."""
        found = [block for block in self.outputs.read[format_].blocks if block.chapter == self.title]
        return [block for block in found if not kinds or block.kind in kinds]

    def texts(self, *kinds: str) -> list[str]:
        """The texts of its blocks of these kinds, after asserting that they are the same in all formats."""
        html, *others = ([block.key for block in self.blocks(name, *kinds)] for name in FORMATS)
        for name, other in zip(FORMATS[1:], others, strict=True):
            assert other == html, name
        return [block.text for block in self.blocks("html", *kinds)]


def lay_over(root: Path, files: dict[str, str | bytes]) -> list[str]:
    """Write files into the note at `root`, and list the chapters among them; returns those chapters."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
    chapters = sorted(
        name
        for name in files
        if name.startswith("chapters/") and name.endswith((".qmd", ".ipynb")) and not Path(name).name.startswith("_")
    )
    if "_quarto.yml" not in files:
        listed = "".join(f"    - {name}\n" for name in ("chapters/arbeid.qmd", *chapters))
        (root / "_quarto.yml").write_text(CONFIG.format(chapters=listed.rstrip("\n")), encoding="utf-8")
    checksums.write(root)
    return chapters


@pytest.fixture(scope="session")
def outputs(made_once: Callable[[str, Callable[[Path], None]], Path], write_note: Callable[[Path], Path]) -> Outputs:
    """The note of all cases, built once for all tests. Tests only read it."""

    def make(root: Path) -> None:
        write_note(root)
        files = [file for file in sorted(CASES.rglob("*")) if file.is_file()]
        lay_over(root, {file.relative_to(CASES).as_posix(): file.read_bytes() for file in files})
        build(root)

    return Outputs(made_once("vanlig", make))


@pytest.fixture
def note(rendered_once: Path, work_on: Callable[..., Path]) -> Path:
    """As the `note` of all tests, but the code of its chapters has been run: only what a test adds is."""
    return work_on(rendered_once, "_output")


@pytest.fixture
def try_chapter(note: Path) -> Callable[..., list[Path]]:
    """`try_chapter(text, **files)`: build a small note with the chapter `chapters/prove.qmd`, as web pages only.

    For what must be refused before any format is written. The keyword arguments are further files, by path.
    """

    def build_with(text: str, files: dict[str, str | bytes] | None = None) -> list[Path]:
        lay_over(note, {"chapters/prove.qmd": text, **(files or {})})
        return build(note, ["html"])

    return build_with


@pytest.fixture
def refusal(try_chapter: Callable[..., list[Path]]) -> Callable[..., NotatError]:
    """`refusal(body, files)`: why a chapter with this text below its title is refused; the text is on line 3."""

    def refused(body: str, files: dict[str, str | bytes] | None = None) -> NotatError:
        with pytest.raises(NotatError) as caught:
            try_chapter(f"# Prøve {{#sec-prove}}\n\n{body}\n", files)
        assert caught.value.file == "chapters/prove.qmd"
        return caught.value

    return refused


@pytest.fixture
def rebuild(note: Path) -> Callable[..., Outputs]:
    """`rebuild(text)`: a small note with the chapter `chapters/prove.qmd`, built in all formats."""

    def build_all(text: str, files: dict[str, str | bytes] | None = None) -> Outputs:
        lay_over(note, {"chapters/prove.qmd": text, **(files or {})})
        build(note)
        return Outputs(note)

    return build_all
