"""A Word copy returned by a reader: which numbers and paragraphs were changed, and the comments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from notat.docx.package import Package
from notat.judge.checks.places import Places
from notat.judge.compare.align import pairs, text_token
from notat.judge.compare.outputs import read_pages
from notat.judge.compare.reporting import Difference, Reporter
from notat.judge.compare.revisions import authors, comments, open_copy
from notat.project.config import read_config
from notat.project.project import Project
from notat.project.source import Place
from notat.readback.blocks import FRAME, Block
from notat.readback.docx import read_docx
from notat.text.errors import NotatError


def compare_copy(root: Path, file: Path) -> tuple[list[Difference], list[Difference], int]:
    """What was changed in the Word copy `file`, what its comments say, and how many blocks were compared.

    Tracked changes count as accepted; the difference then names who made them.
    """
    package = open_copy(file)
    config = read_config(root)
    ours, web = (read_pages(config.output, name, config) for name in ("docx", "html"))
    if not ours or not web:
        raise NotatError("N0901", "Utdata mangler.", file=config.output.name, remedy="Kjør notat render først.")
    reporter = Reporter(Places(Project(root).chapters), [block for page in web.values() for block in page])
    left = ours[""]
    right = [block for block in read_docx(package) if block.kind != FRAME]
    who = authors(package)
    changed = []
    for i, j in pairs(left, right, text_token):
        texts = [side[position].text for side, position in ((left, i), (right, j)) if position is not None]
        names = next((who[text] for text in texts if text in who), ())
        by = f" (sporet endring av {' og '.join(names)})" if names else ""
        found = _differences(left, i, None if j is None else right[j], file.name, reporter)
        changed += [Difference(*place, f"{words}{by}") for place, words in found]
    return changed, list(_comments(left, right, package, reporter)), len(left)


def _differences(
    left: list[Block], i: int | None, there: Block | None, name: str, reporter: Reporter
) -> Iterator[tuple[Place, str]]:
    if i is None:
        if there is not None:
            yield reporter.added(there, name)
    elif there is None:
        yield reporter.missing(left[i], name, reporter.owner(left, i))
    else:
        yield from reporter.changed(left[i], there, name, reporter.owner(left, i), kinds=False)


def _comments(left: list[Block], right: list[Block], package: Package, reporter: Reporter) -> Iterator[Difference]:
    chapters = {block.text: block for block in [*right, *left]}
    for comment in comments(package):
        block = chapters.get(comment.paragraph)
        place = reporter.place(block) if block else ("_quarto.yml", 1)
        about = f" til «{comment.about}»" if comment.about else ""
        yield Difference(*place, f"kommentar fra {comment.who}{about}: «{comment.text}»")
