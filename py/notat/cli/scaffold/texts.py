"""Prose that has a form: a box, a question for discussion, a footnote. Each is written where a reader will meet it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from notat.cli.scaffold.layout import Home, home
from notat.cli.scaffold.plan import Plan
from notat.judge.checks.leftovers import leftovers
from notat.judge.checks.prose import paragraphs
from notat.judge.checks.trend_words import trend_words
from notat.judge.checks.typed_numbers import typed_numbers
from notat.judge.checks.typed_words import typed_words
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.project.source import Source
from notat.show.overview import question_boxes
from notat.text.errors import NotatError

_NAME = re.compile(r"[a-zæøå][a-zæøå0-9]*(?:-[a-zæøå0-9]+)*")
_NOTE = re.compile(r"\[\^(?P<name>[^\]]+)\]")
_ENDS = re.compile(r"[.,;:!?»)]*")
_ITEM = re.compile(r"\d+\.\s")
_QUESTION_TITLE = "Problemstillinger til drøfting"
_THEN = ["notat preview: se det i sammenhengen", "make test"]


def add_box(project: Project, numbers: Numbers, title: str, text: str, chapter: str) -> Plan:
    """Plan a box with this title and text, last in the chapter."""
    refuse_title(title)
    refuse_text(text, numbers)
    where, plan = _prose_home(project, chapter), Plan(project)
    _append(plan, where.file, f'::: {{.boks title="{title}"}}\n\n{text}\n\n:::\n', "::: {.boks", f"boksen «{title}»")
    plan.then += [f"Flytt boksen til det stedet i {where.file} der leseren trenger den", *_THEN]
    return plan


def add_question(project: Project, numbers: Numbers, question: str, chapter: str, box: str = "") -> Plan:
    """Plan a question, last in the box `box`, or else in the last box of the chapter; without any, in a new one."""
    refuse_question(question, numbers)
    where, plan = _prose_home(project, chapter), Plan(project)
    source = next(one for one in project.chapters if one.file == where.file)
    boxes = list(question_boxes(source))
    ids = [one.id for one in boxes]
    if box and box not in ids:
        there = f"Boksene er {', '.join(ids)}." if ids else "Kapittelet har ingen bokser for drøfting."
        raise NotatError("N1120", f"{where.file} har ingen boks {box}.", remedy=there)
    if not boxes:
        text = f'::: {{.drofting #drofting-{where.section} title="{_QUESTION_TITLE}"}}\n\n1. {question}\n\n:::\n'
        _append(plan, where.file, text, f"1. {question}", "spørsmålet, i en ny boks")
    else:
        _into_box(plan, source, box or ids[-1], question)
    plan.then += _THEN
    return plan


def add_note(project: Project, numbers: Numbers, name: str, text: str, chapter: str, *, after: str) -> Plan:
    """Plan the footnote `name`: its mark behind the words `after` of the chapter, and its text last in that file."""
    refuse_note(project, name)
    refuse_text(text, numbers)
    where = _prose_home(project, chapter)
    file, line, column = _place_of_words(project, where, after)
    plan = Plan(project)
    lines = (plan.text(file) or "").split("\n")
    lines[line - 1] = f"{lines[line - 1][:column]}[^{name}]{lines[line - 1][column:]}"
    plan.put(file, "\n".join(lines), lines[line - 1].lstrip(), "merket i teksten")
    _append(plan, file, f"[^{name}]: {text}\n", f"[^{name}]:", f"fotnoten {name}")
    plan.then += _THEN
    return plan


def refuse_title(title: str) -> None:
    """Refuse a title that its box could not have."""
    if not title.strip() or re.search(r'[{}\[\]`<>\n#"]', title):
        raise NotatError("N1122", f"«{title}» kan ikke være tittelen på en boks.", remedy="Skriv den med vanlige ord.")


def refuse_text(text: str, numbers: Numbers) -> None:
    """Refuse a text that the checks would find fault with: a number that is typed, a sentence that does not end."""
    written = Source("teksten", lines=[(("teksten", number), line) for number, line in enumerate(text.split("\n"), 1)])
    read = list(paragraphs(written))
    found = [*leftovers(written, read), *typed_words(written, read, numbers)]
    found += [*typed_numbers(written, read, numbers), *trend_words(written, numbers)]
    if not text.strip():
        raise NotatError("N1127", "Teksten er tom.", remedy="Skriv minst én setning.")
    if found:
        raise NotatError(found[0].code, found[0].problem, remedy=found[0].remedy)


def refuse_question(question: str, numbers: Numbers) -> None:
    """Refuse a question that does not end as one, or that the checks would find fault with."""
    if not question.rstrip("*").endswith("?") or "\n" in question:
        raise NotatError("N1127", f"«{question}» slutter ikke med spørsmålstegn.", remedy="Skriv ett helt spørsmål.")
    refuse_text(question, numbers)


def refuse_note(project: Project, name: str) -> None:
    """Refuse a name that a footnote could not have, or that another one has."""
    if not _NAME.fullmatch(name):
        remedy = "Bruk små bokstaver og siffer, med bindestrek mellom ordene, som fakta-om-laks."
        raise NotatError("N1122", f"«{name}» kan ikke være navnet på en fotnote.", remedy=remedy)
    for source in project.chapters:
        for place, line in source.lines:
            if any(match["name"] == name for match in _NOTE.finditer(line)):
                remedy = "Velg et annet navn."
                raise NotatError("N1123", f"Fotnoten «{name}» finnes fra før.", place=place, remedy=remedy)


def refuse_words(project: Project, chapter: str) -> Callable[[str], object]:
    """What refuses words that the chapter does not have, or has more than once."""
    return lambda words: _place_of_words(project, home(project, chapter), words)


def _place_of_words(project: Project, where: Home, words: str) -> tuple[str, int, int]:
    """File, line and column right after these words, and the punctuation that follows them, in the chapter's prose."""
    source = next(one for one in project.chapters if one.file == where.file)
    pattern = re.compile(re.escape(words))
    found = [(*place, match.end()) for place, line in _prose(source) for match in pattern.finditer(line) if words]
    if len(found) != 1:
        what = "finnes ikke" if not found else f"står {len(found)} steder"
        remedy = "Skriv noen ord til, slik de står på én linje der."
        raise NotatError("N1120", f"«{words}» {what} i {where.file}.", remedy=remedy)
    file, line, column = found[0]
    text = next(one for place, one in source.lines if place == (file, line))
    punctuation = _ENDS.match(text, column)
    return file, line, punctuation.end() if punctuation else column


def _prose_home(project: Project, chapter: str) -> Home:
    """Where prose is added, which is a text: a notebook keeps its own in cells."""
    where = home(project, chapter)
    if where.file.endswith(".ipynb"):
        remedy = "Velg et annet kapittel med --kapittel, eller skriv den selv."
        raise NotatError("N1138", "Teksten kan ikke skrives inn i en notatbok.", file=where.file, remedy=remedy)
    return where


def _prose(source: Source) -> Iterator[tuple[tuple[str, int], str]]:
    cells = {position for cell in source.cells for position in cell}
    for position, (place, line) in enumerate(source.lines):
        if position not in cells and not line.startswith(("#", ":::", "|", "[^", "![")):
            yield place, line


def _into_box(plan: Plan, source: Source, box: str, question: str) -> None:
    """Put the question behind the last one of a box."""
    places = [place for place, _ in source.lines]
    opening = re.compile(rf":::.*#{re.escape(box)}(?![\w-])")
    start = next(at for at, (_, line) in enumerate(source.lines) if opening.match(line))
    end = next(at for at, (_, line) in enumerate(source.lines) if at > start and line.startswith(":::"))
    last = max(at for at in range(start, end) if _ITEM.match(source.lines[at][1]))
    file, line = places[last]
    lines = (plan.text(file) or "").split("\n")
    lines.insert(line, f"1. {question}")
    plan.put(file, "\n".join(lines), f"1. {question}", f"spørsmålet, i {box}")


def _append(plan: Plan, file: str, text: str, needle: str, what: str) -> None:
    before = (plan.text(file) or "").rstrip("\n")
    plan.put(file, f"{before}\n\n{text}", needle, what)
