"""What stands in the note and is never mentioned: figures, tables, files of chapters; and works named without `@`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from notat.judge.checks.prose import Finding
from notat.project.calls import FLOATS, calls
from notat.project.project import Project
from notat.project.source import CodeCell, Place, Source, is_run
from notat.text import paths, profiles

_KINDS = {"figur": "fig", "tabell": "tbl"}
_WORDS = {"fig": "Figuren", "tbl": "Tabellen"}
_LABELS = tuple(f"{kind}-" for kind in _WORDS)
_MADE = re.compile(r"\{[^{}]*#(?P<id>(?:fig|tbl)-[\w-]+)")
# A reference, or the address of a link.
_MENTION = re.compile(r"(?:@|\([^()\s]*#|\\ref\{)(?P<id>(?:[Ff]ig|[Tt]bl)-[\w-]*\w)")
_CODE = re.compile(r"`[^`]*`")
_DIV = re.compile(r"\s*:{3,}\s*(?P<attributes>\S.*)?")
_BARE_KEY = re.compile(r"(?<![\]\w!@\\^])\[(?P<key>[A-Za-z][\w:.-]*)\](?![(\[{:])")


_LABEL = re.compile(r"\{#(sec-[\w-]+)")
_BARE_LABEL = re.compile(r"(?<![\w@#./-])\[?(?:sec|fig|tbl)-[\w-]*\w\]?(?![\w.]*\w)")


def unmentioned(project: Project) -> Iterator[Finding]:
    """Figures and tables that no sentence refers to, works named in brackets without `@`, and unlisted chapters.

    A figure of several is mentioned when it is, or one of its parts; the parts need not each be.
    """
    mentioned = {
        match["id"][0].lower() + match["id"][1:]
        for source in project.chapters
        for _, line in _text(source)
        for match in _MENTION.finditer(_CODE.sub("", line))
    }
    labels = {id_ for source in project.chapters for id_, _ in _floats(source)}
    labels |= {name for source in project.chapters for _, line in _text(source) for name in _LABEL.findall(line)}
    for source in project.chapters:
        wholes = _wholes(source)
        mentioned |= {wholes[place] for id_, place in _floats(source) if place in wholes and id_ in mentioned}
        mentioned |= {label for label, parts in _parts_of_cells(source) if parts & mentioned}
        for id_, place in _floats(source):
            if id_ not in mentioned and wholes.get(place, id_) == id_:
                problem = f"{_WORDS[id_[:3]]} {id_} er ikke nevnt i teksten."
                yield Finding("N1077", *place, problem, f"Skriv en setning om den, med @{id_}.")
        yield from _bare_keys(source, project.works.keys())
        yield from _bare_labels(source, labels)
    yield from _unlisted(project)


def _floats(source: Source) -> Iterator[tuple[str, Place]]:
    """The ids of the figures and tables that a chapter shows, with the place of each."""
    for call in calls(source):
        if call.function in FLOATS:
            yield from ((f"{_KINDS[call.function]}-{name}", call.place) for name in call.known)
    for part in source.parts:
        if isinstance(part, CodeCell) and is_run(part) and part.options.label.startswith(_LABELS):
            yield part.options.label, part.place
    for place, line in _text(source):
        yield from ((match["id"], place) for match in _MADE.finditer(line))


def _parts_of_cells(source: Source) -> Iterator[tuple[str, set[str]]]:
    """The ids that Quarto gives to the figures and tables of a cell with several, by the id of the whole."""
    for part in source.parts:
        if isinstance(part, CodeCell) and (several := part.options.fig_subcap or part.options.tbl_subcap):
            yield part.options.label, {f"{part.options.label}-{number}" for number in range(1, len(several) + 1)}


def _text(source: Source) -> Iterator[tuple[Place, str]]:
    """The lines of a chapter that are text, and not code that is run or shown."""
    code = {position for block in (*source.cells, *source.shown) for position in block}
    return (line for position, line in enumerate(source.lines) if position not in code)


def _wholes(source: Source) -> dict[Place, str]:
    """The figure or table that each line within the fences of one belongs to: the outermost."""
    found: dict[Place, str] = {}
    within: list[str] = []  # the ids of the open fences
    text = {place for place, _ in _text(source)}
    for place, line in source.lines:
        fence = _DIV.fullmatch(line) if place in text else None
        if fence and fence["attributes"]:
            made = _MADE.search(line)
            within.append(made["id"] if made else "")
        if whole := next(filter(None, within), ""):
            found[place] = whole
        if fence and not fence["attributes"] and within:
            within.pop()
    return found


def _bare_keys(source: Source, known: Collection[str]) -> Iterator[Finding]:
    for place, line in _text(source):
        for match in _BARE_KEY.finditer(line):
            if match["key"] in known:
                problem = f"«[{match['key']}]» er nøkkelen til et verk, men viser ikke til det."
                yield Finding("N1078", *place, problem, f"Skriv [@{match['key']}].")


def _bare_labels(source: Source, labels: Collection[str]) -> Iterator[Finding]:
    """Names of sections, figures and tables in the text that do not refer to them."""
    for place, line in _text(source):
        for match in _BARE_LABEL.finditer(re.sub(r"\{[^{}]*\}|`[^`]*`|\]\([^)]*\)", "", line)):
            if match[0].strip("[]") in labels:
                problem = f"«{match[0]}» er navnet på noe i boka, men viser ikke til det."
                yield Finding("N1078", *place, problem, f"Skriv @{match[0].strip('[]')}.")


def _unlisted(project: Project) -> Iterator[Finding]:
    """The files in the folder of chapters that no chapter includes, and that are in no edition of the book."""
    root = project.root
    used = {name for source in project.chapters for name in source.files}
    listed = "\n".join(paths.read_text(root / name, root) for name in profiles.files(root))
    text = f"{listed}\n{project.text_of_all_editions}"
    for file in paths.visible_files(root / paths.CHAPTERS):
        name = file.relative_to(root).as_posix()
        named = re.search(rf"(?<![\w-]){re.escape(file.name)}", text)
        if file.suffix in (".qmd", ".ipynb") and name not in used and not named:
            remedy = f"Før den opp i {paths.CONFIG}, eller slett den."
            yield Finding("N1079", name, 1, "Fila er ikke med i boka.", remedy)
