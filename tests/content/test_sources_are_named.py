"""A paragraph of the chapter on value creation that names no source has its numbers from the note of 2023.

The chapter says so; a paragraph with a number from another source must cite the work that `data/kilder.csv` gives it.
"""

from __future__ import annotations

import re
from pathlib import Path

from notat.numbers.provenance import explain
from notat.show.authoring import numbers

ROOT = Path(__file__).parents[2]
EARLIER = "notat2023"
_CALL = re.compile(r"(?:tall|endring|periode)\(\"([^\"]+)\"")
_APART = re.compile(r"```\{python\}\n.*?\n```|^:::+ ?\{\.drofting.*?^:::+$", re.DOTALL | re.MULTILINE)
_CITED = re.compile(r"@([\wæøå]+)")


def _paragraphs(file: Path) -> list[str]:
    """The paragraphs of prose, without figures, tables, footnotes and the lead-ins of questions."""
    text = _APART.sub("", file.read_text(encoding="utf-8"))
    return [part for part in text.split("\n\n") if not part.lstrip().startswith("[^")]


def test_a_paragraph_that_names_no_source_has_numbers_of_the_note_of_2023():
    known, seen, unnamed = numbers(ROOT, alle=True), 0, []
    for name in ("verdiskaping", "_verdiskaping-naeringsliv", "_verdiskaping-satsing"):
        for paragraph in _paragraphs(ROOT / f"chapters/{name}.qmd"):
            if _CITED.search(re.sub(r"@(?:fig|tbl|sec)-", "", paragraph)):
                continue
            for id_ in _CALL.findall(paragraph):
                seen += 1
                sources = {source.id for source in explain(known[id_], known.data).sources}
                if not sources <= {EARLIER}:
                    unnamed.append(f"{id_}: {sources - {EARLIER}}")
    assert seen > 40
    assert not unnamed
