"""A chapter: its file with title and setup cell, listed last among the chapters in `_quarto.yml`."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from notat.cli.scaffold.plan import Plan
from notat.project.config import ChapterFile
from notat.project.project import Project
from notat.text import paths, yamlfile
from notat.text.errors import NotatError, did_you_mean

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_WORKS = re.compile(r"^:::+\s*\{#refs\b", re.MULTILINE)
_TEXT = """\
# {title} {{#sec-{name}}}

```{{python}}
from notat import figur, spenn, tabell, tall, velg
```
"""


def add_chapter(project: Project, name: str, title: str, after: str | None = None) -> Plan:
    """Plan the chapter `name`, after the chapter `after` or else after the last one, before the appendices."""
    refuse_name(project, name)
    refuse_title(title)
    config = project.config
    chapters = [chapter for chapter in config.chapters if not chapter.appendix]
    before = next((c for c in chapters if after in (c.file, c.slug)), None) if after else _last(project, chapters)
    if before is None:
        known = [chapter.slug for chapter in chapters]
        raise NotatError("N1120", f"Ukjent kapittel «{after}».", remedy=did_you_mean(str(after), known))
    plan, file = Plan(project), f"{paths.CHAPTERS}/{name}.qmd"
    plan.put(file, _TEXT.format(title=title, name=name), "#", f"kapittelet «{title}»")
    lines = (plan.text(before.listed) or "").split("\n")
    item = re.match(r"(?P<start>\s*-\s+)", lines[before.line - 1])
    if item is None:
        remedy = "Skriv dem som en liste med bindestrek, ett på hver linje."
        raise NotatError(
            "N1121", "Kapitlene står ikke på hver sin linje.", file=before.listed, line=before.line, remedy=remedy
        )
    lines.insert(before.line, f"{item['start']}{file}")
    plan.put(before.listed, "\n".join(lines), f"- {file}", "kapittelet i boka")
    _try(plan, file, before.listed)
    plan.then += [
        f"Skriv teksten i {file}, én setning på hver linje",
        f"Vis til kapittelet fra de andre: @sec-{name}",
        "notat preview: se det mens du skriver",
        "make test",
    ]
    return plan


def _last(project: Project, chapters: list[ChapterFile]) -> ChapterFile:
    """The last chapter before that of the works cited, which what is about the document itself follows."""
    lists = [bool(_WORKS.search("\n".join(line for _, line in source.lines))) for source in project.chapters]
    place = lists.index(True) if True in lists[1 : len(chapters)] else len(chapters)
    return chapters[place - 1]


def refuse_title(title: str) -> None:
    """Refuse a title that a chapter could not have."""
    if not title.strip() or re.search(r"[{}\[\]`<>\n#]", title):
        remedy = "Skriv den med vanlige ord."
        raise NotatError("N1122", f"«{title}» kan ikke være tittelen på et kapittel.", remedy=remedy)


def refuse_name(project: Project, name: str) -> None:
    """Refuse a name that is invalid for a chapter, or taken."""
    if not _NAME.fullmatch(name):
        remedy = "Bruk små bokstaver a–z og siffer, med bindestrek mellom ordene, som gronn-omstilling."
        raise NotatError("N1122", f"«{name}» kan ikke være navnet på et kapittel.", remedy=remedy)
    file = f"{paths.CHAPTERS}/{name}.qmd"
    if (project.root / file).exists():
        remedy = "Velg et annet navn."
        raise NotatError("N1123", f"Kapittelet «{name}» finnes fra før.", file=file, line=1, remedy=remedy)
    for source in project.chapters:
        for (place, line), text in source.lines:
            if f"#sec-{name}}}" in text or f"#sec-{name} " in text:
                remedy = "Velg et annet navn."
                raise NotatError(
                    "N1123", f"Merkelappen sec-{name} finnes fra før.", file=place, line=line, remedy=remedy
                )


def _try(plan: Plan, file: str, listed: str) -> None:
    """Refuse a list of chapters that is no longer read as expected with the new one in it."""
    with tempfile.TemporaryDirectory(prefix="notat-") as folder:
        copy = Path(folder) / listed
        copy.write_text(plan.files[listed], encoding="utf-8")
        book = yamlfile.load(copy, Path(folder))["book"]
    if file not in book["chapters"] or file in book.get("appendices", []):
        raise NotatError("N1121", "Kapittelet kan ikke føres inn i lista.", file=listed, remedy="Før det opp for hånd.")
