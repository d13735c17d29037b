"""Generated overviews of the note: its questions, its numbers and its corrections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from notat.data.records import Record, records, refuse_second
from notat.norsk.language import say, speaking
from notat.numbers.earlier import Edition
from notat.project.calls import NUMBERS, calls
from notat.project.project import Project
from notat.project.source import Place, Source
from notat.text import paths
from notat.text.errors import NotatError
from notat.text.plaintext import markdown, spoken, with_references

_HEADING = re.compile(r"^(?P<marks>#{1,4})\s+(?=\S)(?P<title>.*\S)\s*\{[^{}]*?#(?P<id>sec-[\w-]+)[^{}]*\}\s*$")
_UNNAMED = re.compile(r"^#{1,4}\s+(?=\S)(?P<title>.*?)\s*(?:\{[^{}]*\})?\s*$")
_BOX = re.compile(r"^:::+\s*\{(?=.*\.drofting\b)(?:.*?(?<=[{\s])#(?P<id>[\w-]+))?.*\}\s*$")
_QUESTION = re.compile(r"^\d+\.\s+(?P<text>.*?)\s*$")
_THEME = re.compile(r"\btema=\"(?P<theme>[^\"]*)\"")
_MARK = re.compile(r"\[(?P<words>[^\[\]]*)\]\{\.paastand[^{}]*\}")
_CODE = re.compile(r"`\{python\}\s+(?P<code>[^`]+)`")
_GRADES = ("Sikker feil", "Motstrid", "Uklart", "Redaksjonelt")
_CORRECTION_COLUMNS = ("nr", "tema", "alvor", "trykt", "data", "regning", "avgjorelse")
_CORRECTION_NUMBER = re.compile("[1-9][0-9]{0,3}")


@dataclass(frozen=True)
class QuestionBox:
    """One box of discussion questions, its section, its theme («» if none), and the text before the questions."""

    id: str
    section: str
    section_id: str
    questions: tuple[str, ...]
    theme: str = ""
    lead: str = ""


def question_boxes(source: Source) -> Iterator[QuestionBox]:
    """The discussion boxes of a chapter, in order."""
    section, section_id, box, theme = "", "", "", ""
    found: list[str] = []
    lead: list[str] = []
    opening: Place = (source.file, 1)
    in_cells = {position for cell in source.cells for position in cell}
    for position, (place, line) in enumerate(source.lines):
        heading, start, question = _HEADING.match(line), _BOX.match(line), _QUESTION.match(line)
        if heading:
            section, section_id = heading["title"], heading["id"]
        elif not box and position not in in_cells and (heading := _UNNAMED.match(line)):
            section, section_id = heading["title"], ""
        elif start:
            box, found, lead, opening = _box_id(start, place), [], [], place
            named = _THEME.search(line)
            theme = named["theme"] if named else ""
        elif box and line.startswith(":::"):
            if not found:
                raise NotatError(
                    "N0801",
                    "Drøftingsboksen har ingen spørsmål.",
                    place=place,
                    remedy="Skriv spørsmålene som nummerert liste, hvert med spørsmålstegn.",
                )
            yield QuestionBox(box, section, section_id, tuple(found), theme, " ".join(lead))
            box = ""
        elif box and question:
            found.append(_checked(question["text"], place))
        elif box and not found and line.strip():
            lead.append(line.strip())
    if box:
        raise NotatError("N0704", "Boksen er ikke lukket.", place=opening, remedy="Avslutt den med ::: på egen linje.")


def _box_id(start: re.Match[str], place: Place) -> str:
    if start["id"] is None:
        raise NotatError(
            "N0801", "Drøftingsboksen har ingen merkelapp.", place=place, remedy="Skriv #drofting-navn i klammene."
        )
    return start["id"]


def _checked(question: str, place: Place) -> str:
    """The question, which is printed once more in the overview and must therefore be one line of plain Markdown."""
    if not question.removesuffix("**").endswith("?") or "`{" in question:
        raise NotatError(
            "N0801",
            "Et spørsmål i drøftingsboksen kan ikke gjengis i oversikten.",
            place=place,
            remedy="Skriv det på én linje, med spørsmålstegn til slutt og uten tall() i seg.",
        )
    return question


def questions_markdown(project: Project, say: Callable[[str], str]) -> str:
    """All questions, numbered consecutively, by theme: each box's theme, or its section where it names none.

    The text before the questions is repeated without its marks, which are tested where they stand; `say` gives the
    Markdown of a piece of inline code.
    """
    themes: dict[str, list[tuple[QuestionBox, str]]] = {}
    for source in project.chapters:
        for box in question_boxes(source):
            themes.setdefault(box.theme or box.section, []).append((box, source.foreign))
    parts, number = [], 1
    for theme, boxes in themes.items():
        places = "; ".join(dict.fromkeys(f"@{box.section_id}" for box, _ in boxes if box.section_id))
        parts.append(f"**{spoken(theme, boxes[0][1])}**" + (f" ({places})" if places else ""))
        for box, foreign in boxes:
            with speaking(foreign):
                lead = _CODE.sub(lambda match: say(match["code"].strip()), _MARK.sub(r"\g<words>", box.lead))
            listed = "\n".join(f"{number + i}. {text}" for i, text in enumerate(box.questions))
            asked = [lead, listed] if lead else [listed]
            parts += [f"::: {{lang={foreign}}}", *asked, ":::"] if foreign else asked
            number += len(box.questions)
    return "\n\n".join(parts) + "\n"


def used_numbers(source: Source) -> list[str]:
    """Ids of the numbers that a chapter uses, each once, in order of appearance."""
    return list(dict.fromkeys(name for call in calls(source) if call.function in NUMBERS for name in call.known))


def figures_of(source: Source) -> list[str]:
    """Names of the figures that a chapter's code uses, except those known only by running it."""
    return [name for call in calls(source) if call.function == "figur" for name in call.known]


def title_of(source: Source) -> str:
    """The title of a chapter."""
    return next((match["title"] for _, line in source.lines if (match := _HEADING.match(line))), source.file)


def corrections_markdown(project: Project) -> str:
    """What the earlier edition printed, what the data say, the arithmetic and the decision, grouped by severity."""
    edition = project.config.earlier
    if edition is None or not edition.corrections:
        raise NotatError(
            "N0802",
            "avvik() har ingen liste å vise.",
            file=paths.CONFIG,
            remedy="Oppgi navn, aar og avvik for den tidligere utgaven under notat: tidligere:, eller fjern avvik().",
        )
    rows = corrections(project)
    parts = []
    for grade in _GRADES:
        parts.append(f"## {grade} {{.unnumbered .unlisted .i-menyen #sec-avvik-{grade.lower().replace(' ', '-')}}}")
        parts += [_correction(row, edition) for row in rows if row["alvor"] == grade.lower()]
    return "\n\n".join(parts) + "\n"


def corrections(project: Project) -> list[Record]:
    """The rows of the note's list of corrections; none where it declares no such list."""
    edition = project.config.earlier
    if edition is None or not edition.corrections:
        return []
    return list(_corrections(project.root / paths.DATA / edition.corrections, project.root))


def _corrections(file: Path, root: Path) -> Iterator[Record]:
    known, seen = [grade.lower() for grade in _GRADES], dict[str, int]()
    for row in records(file, _CORRECTION_COLUMNS, root, leading="avgjorelse"):
        if empty := [column for column, value in row.items() if not value]:
            raise row.refusal("N0308", f"Kolonnen {empty[0]} er tom.", "Fyll ut feltet.")
        if not _CORRECTION_NUMBER.fullmatch(row["nr"]):
            raise row.refusal("N0314", f"Avviket har nummer «{row['nr']}».", "Skriv et helt tall fra 1.")
        if row["alvor"] not in known:
            problem = f"Avviket {row['nr']} har ukjent alvor «{row['alvor']}»."
            raise row.refusal("N0309", problem, f"Bruk en av: {', '.join(known)}.")
        refuse_second(seen, row["nr"], "Avviket", row.file, row.line)
        yield row


def _correction(row: Record, edition: Edition) -> str:
    """The correction as a section. The decision may refer to places in the note; all else is plain text."""
    topic, printed, said, sums = (markdown(row[column]) for column in ("tema", "trykt", "data", "regning"))
    arithmetic = "" if row["regning"] == "Ingen" else f"- *{say('Regning:')}* {sums}\n"
    return (
        f"### {row['nr']}. {topic} {{.unnumbered #sec-avvik-{row['nr']}}}\n\n"
        f"- *{say('Trykt i {year}:', year=edition.year)}* {printed}\n- *{say('Data sier:')}* {said}\n"
        f"{arithmetic}- *{say('Avgjørelse:')}* {with_references(row['avgjorelse'])}"
    )
