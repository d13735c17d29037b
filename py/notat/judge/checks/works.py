"""Whether the works that sources cite are of the year that their keys name: one of the two was changed alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notat.data.accepted import read_works
from notat.judge.checks.prose import Finding
from notat.project.project import Project
from notat.text import paths

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def works_of_another_year(project: Project) -> Iterator[Finding]:
    """Works whose year is not one that the key has, `report2010` from 2011; a key without a year promises nothing."""
    file = project.config.bibliography
    if file is None:
        return
    text, place = paths.read_text(file, project.root), file.relative_to(project.root).as_posix()
    cited = {source.citation for source in project.data.sources.values()}
    for key, work in read_works(text).items():
        named = _YEAR.findall(key)
        if key in cited and named and "year" in work and work["year"] not in named:
            line = text.count("\n", 0, text.index(f"{{{key},")) + 1 if f"{{{key}," in text else 1
            problem = f"Verket {key} er fra {work['year']}, men nøkkelen nevner {' og '.join(named)}."
            yield Finding("N1017", place, line, problem, "Rett året eller nøkkelen.")
