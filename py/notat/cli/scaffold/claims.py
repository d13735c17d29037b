"""A claim: words that promise something about numbers, as a mark to paste, or with a predicate in Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from notat.cli.scaffold import code
from notat.cli.scaffold.layout import home_of, known_numbers, refuse_claim
from notat.cli.scaffold.plan import Plan
from notat.norsk import lexicon
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show.claims import meaning
from notat.show.claims.cases import case_of
from notat.show.claims.meaning import Case
from notat.show.claims.unknown import refuse_unknown_words
from notat.text.errors import NotatError


def marks_of(numbers: Numbers, attributes: Mapping[str, str], words: str = "") -> list[str]:
    """The mark of these words, or of all common ones, that are true of the numbers that the attributes name.

    Raises `NotatError` for words that are not (N1131, with those that would be), and for what `meaning` refuses.
    """
    case = case_of(numbers, attributes)
    if not case.of:
        raise NotatError("N1130", "En påstand trenger minst ett tall.", remedy='Skriv --av "id".')
    true = [words] if words else list(_common(case))
    if words:
        _refuse_untrue(words, case)
    elif not true:
        problem = f"Ingen av de vanlige ordene stemmer med tallene: {meaning.describe(case)}."
        remedy = "Skriv ordene med --ord, eller flere tall med --enn, --fra eller --blant."
        raise NotatError("N1131", problem, remedy=remedy)
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items() if value)
    return [f"[{each}]{{.paastand {written}}}" for each in true]


def _common(case: Case) -> Iterator[str]:
    for words in lexicon.examples("compared" if case.than else "common"):
        with suppress(NotatError):  # they need other numbers
            if meaning.holds(lexicon.read(words), case):
                yield words


def _refuse_untrue(words: str, case: Case) -> None:
    phrase = lexicon.read(words)
    refuse_unknown_words(phrase, case)
    found = meaning.holds(phrase, case)
    if found:
        return
    true = ", ".join(f"«{each}»" for each in meaning.alternatives(phrase, case))
    what = (
        "stemmer ikke med tallene"
        if found is False
        else "kan verken bekreftes eller avkreftes, for tallene er avrundet"
    )
    remedy = f"Ord som stemmer: {true}." if true else "Uten --ord vises de vanlige ordene som stemmer."
    raise NotatError("N1131", f"«{words}» {what}: {meaning.describe(case)}.", remedy=remedy)


def add_predicate(
    project: Project, numbers: Numbers, id_: str, of: Sequence[str], *, words: str, chapter: str | None
) -> Plan:
    """Plan a predicate for words that no phrase of the lexicon can say. It is false until the author has written it."""
    refuse_claim(project, id_)
    known_numbers(numbers, of)
    if not of:
        raise NotatError("N1130", "En prøve trenger minst ett tall.", remedy='Skriv --av "id".')
    where = home_of(project, chapter, of)
    text = code.render_template("claim.py.j2", id=id_, function=id_.replace("-", "_"), words=words, ids=of)
    code.run_code(text)
    plan = Plan(project)
    docstring = f"What the chapter {where.section} promises."
    code.add(plan, where.code("claims"), docstring, text, needle=f'@claim("{id_}"', what=f"prøven {id_}")
    plan.then += [
        f"Skriv i {where.code('claims')} hva som må være sant om tallene. Til da er påstanden usann",
        f"Skriv i {where.file}: [{words}]{{.paastand #{id_}}}",
        "make test",
    ]
    return plan
