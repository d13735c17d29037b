"""Checks of the chapters and of what was rendered of them: each yields findings with file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from notat.data.units import MARK
from notat.engine import build as engine
from notat.engine.domain import Report as Progress
from notat.judge.checks.agreement import agreement
from notat.judge.checks.checksums import changed_files, guarded_files
from notat.judge.checks.citations import citations
from notat.judge.checks.claims import false_and_unused_claims, how_words_are_tested
from notat.judge.checks.colours import colours_out_of_step
from notat.judge.checks.context import context
from notat.judge.checks.controls import unexplained, unfit_controls, untested
from notat.judge.checks.figure_words import figure_words
from notat.judge.checks.floats import wrong_floats
from notat.judge.checks.foreign import foreign_words, foreign_works
from notat.judge.checks.heads import float_texts, table_heads
from notat.judge.checks.inline_code import inline_code
from notat.judge.checks.leftovers import leftovers
from notat.judge.checks.mentions import unmentioned
from notat.judge.checks.names import unknown_and_unused_names
from notat.judge.checks.outputs import check_outputs, outputs_are_current
from notat.judge.checks.passages import passages
from notat.judge.checks.prose import Finding, Paragraph, paragraphs
from notat.judge.checks.readability import LIMIT, lix, readability, remark
from notat.judge.checks.subjects import Subjects
from notat.judge.checks.trend_words import trend_words
from notat.judge.checks.typed_numbers import typed_numbers
from notat.judge.checks.typed_words import typed_words
from notat.judge.checks.works import works_and_sources
from notat.norsk.language import speaking
from notat.numbers.indicators import Numbers
from notat.project.calls import NUMBERS, calls
from notat.project.project import Project
from notat.project.source import Source, by_language
from notat.show.charts import declared
from notat.show.claims import problems
from notat.show.domain import NOTE, results_of
from notat.show.evidence import Belief
from notat.show.overview import question_boxes, used_numbers
from notat.text.errors import NotatError

__all__ = ["LIMIT", "UNDECIDED", "Finding", "Report", "check", "examine", "lix"]


# What the author and the reader must judge themselves, as the last word of every check.
UNDECIDED = (
    "Ingen kontroll avgjør om en kilde har rett, om en årsak er den virkelige, eller om utvalget av tall er rimelig.",
    "Kontrollene ser at tallene er de som står i data/, ikke at det er de riktige tallene å vise.",
    "Det må noen som kan faget, ta stilling til.",
)


@dataclass(frozen=True)
class Report:
    """What the checks found, and what they looked at: lines of bokmål under «Tall», «Ord», «Kilder» and «Utdata»."""

    findings: list[Finding]
    groups: dict[str, list[str]]

    @property
    def summary(self) -> list[str]:
        """The groups as lines, each under its name."""
        return [line for name, lines in self.groups.items() for line in (f"{name}:", *lines)]


def check(project: Project, outputs: bool | None = None) -> Report:
    """Check data and chapters of the project at `root`, and its outputs.

    `outputs` demands them; by default they are checked when they exist and are newer than the chapters and the data.
    """
    numbers = Numbers(project.data)
    chapters = project.chapters
    declared.know(project)
    findings: list[Finding] = []
    for source in chapters:
        text = list(paragraphs(source))
        with speaking(source.lang):
            for one in _BY_CHAPTER:
                findings += one(source, text)
            findings += typed_numbers(source, text, numbers)
            findings += trend_words(source, numbers)
            findings += typed_words(source, text, numbers)
    findings += agreement(chapters)
    findings += unknown_and_unused_names(project, numbers)
    findings += false_and_unused_claims(project, numbers)
    belief = Belief(project, numbers)
    findings += _against_data(project, numbers, belief)
    findings += figure_words(project, numbers)
    findings += changed_files(project.root)
    findings += colours_out_of_step(project.root)
    findings += foreign_works(project)
    findings += unmentioned(project)
    words = [] if findings else list(how_words_are_tested(project, numbers))
    covered: list[str] = []
    compared = ["Utdata er ikke kontrollert: De mangler eller er eldre enn kapitlene. Kjør notat render."]
    if outputs or (outputs is None and outputs_are_current(project)):
        found, compared, covered = check_outputs(project, chapters, numbers)
        findings += found
    contradicted = [f"merk: {line}" for _, line, _ in belief.contradictions()]
    groups = {
        "Tall": [_numbers(chapters, numbers), belief.summary(), *untested(project.root), *contradicted, *covered],
        "Ord": [*map(_words, chapters), _questions(chapters), *words],
        "Kilder": [_sources(chapters, numbers), guarded_files(project.root)],
        "Utdata": [*compared, "Universell utforming prøves for seg, med notat check --uu."],
    }
    return Report(sorted(findings), groups)


def examine(project: Project, outputs: bool | None = None, progress: Progress = lambda _: None) -> Report:
    """All that `check` finds, and all that rendering would refuse: each place once, by file and line."""
    refused = engine.examine(project, NOTE, progress)
    try:
        report = check(project, outputs)
    except NotatError as error:
        # What cannot be read cannot be checked; the rest of what is wrong with it is known by now.
        report = Report([], {})
        refused += error.apart()
    found = {str(one): one for one in map(Finding.of, refused)}
    not_run = {one.file for one in refused if one.code in _NOT_RUN}
    for one in report.findings:
        if one.code not in _SAME_OF_CODE or one.file not in not_run:
            found[str(one)] = one  # what comes out of the kernel does not tell the remedy from the problem
    return Report(sorted(found.values()), report.groups)


def against_data(project: Project) -> list[NotatError]:
    """What the note knows that speaks against its data as they are: claims, sentences, works and other sources."""
    numbers = Numbers(project.data)
    findings = _against_data(project, numbers, Belief(project, numbers))
    return [*problems(project, numbers), *(finding.error for finding in findings)]


def _against_data(project: Project, numbers: Numbers, belief: Belief) -> Iterator[Finding]:
    for code, chapters in by_language(project.chapters).items():
        with speaking(code):
            found = list(_against_text(project, chapters, numbers))
        yield from found
    yield from float_texts(project, numbers, Subjects(numbers))
    yield from unfit_controls(numbers)
    yield from unexplained(belief, numbers)
    yield from works_and_sources(project)


def _against_text(project: Project, chapters: Sequence[Source], numbers: Numbers) -> Iterator[Finding]:
    """What the data say against the text of chapters in the language in use."""
    read = [passage for source in chapters for passage in passages(source, numbers)]
    subjects = Subjects(numbers, " ".join(passage.text for passage in read))
    yield from context(read, subjects, project.config.earlier)
    yield from table_heads(chapters, numbers, subjects)
    yield from wrong_floats(read, numbers, results_of(project), project.config.earlier)
    yield from citations(read, numbers, project.works.keys())


# What checks say of code that was refused, whose cause is already told.
_NOT_RUN = {"N0519", "N0726"}
_SAME_OF_CODE = {"N0501", "N1071", "N1073"}
_BY_CHAPTER: tuple[Callable[[Source, list[Paragraph]], Iterator[Finding]], ...] = (
    readability,
    leftovers,
    inline_code,
    foreign_words,
)


def _numbers(chapters: Sequence[Source], numbers: Numbers) -> str:
    """How many of the numbers the chapters use, and how often."""
    used = [name for source in chapters for call in calls(source) if call.function in NUMBERS for name in call.known]
    own = {name for name in used if MARK not in name}
    return f"{len(own)} av {len(list(numbers))} tall er brukt i kapitlene, {len(used)} ganger i alt"


def _words(source: Source) -> str:
    with speaking(source.lang):
        return f"{source.file}: {remark(list(paragraphs(source)))}"


def _sources(chapters: Sequence[Source], numbers: Numbers) -> str:
    """How many sources the numbers in the chapters come from."""
    used = {name for source in chapters for name in used_numbers(source) if name in numbers}
    sources = {cell.source for name in used for cell in numbers[name].quantity.cells}
    return f"Tallene i kapitlene er hentet fra {len(sources)} {'kilde' if len(sources) == 1 else 'kilder'}"


def _questions(chapters: Sequence[Source]) -> str:
    boxes = [box for source in chapters for box in question_boxes(source)]
    return f"{sum(len(box.questions) for box in boxes)} drøftingsspørsmål i {len(boxes)} bokser"
