"""What the words of the note claim about its numbers, tested on the data.

A chapter marks the words as a span and names the numbers: `[økte mest]{.paastand av="helse" blant="gruppe"}`. The
words decide the test (`notat.norsk.lexicon`, `notat.show.claims.meaning`), so that a false word cannot be printed.
What no phrase can say has a predicate with an id in the note's own `content.claims`, which lists the words that it
stands for. A statement that the note only quotes names its source: `{.paastand kilde="rapport"}`; where the edition
that it quotes is recorded (`fakta=`), its words must go the same way. What is false stops the build.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from notat.norsk import lexicon
from notat.norsk.language import speaking
from notat.numbers import content, earlier
from notat.numbers.indicators import Numbers
from notat.project.calls import calls_in
from notat.project.project import Project
from notat.show.claims import meaning
from notat.show.claims.cases import ATTRIBUTES, case_of
from notat.show.claims.marks import CODE, Mark, marks, plain
from notat.show.claims.meaning import Case
from notat.show.claims.quotations import Quotations
from notat.show.claims.unknown import refuse_unknown_words
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

Predicate = Callable[[Numbers], bool]


@dataclass(frozen=True)
class Claim:
    """A predicate, the id and the words that it tests, and the facts of an earlier edition that it tests."""

    id: str
    words: tuple[str, ...]
    facts: tuple[str, ...]
    holds: Predicate

    @property
    def place(self) -> tuple[str, int]:
        """File and line of the predicate."""
        return content.place_of(self.holds)


_claims: dict[str, Claim] = content.registry()


def claim(
    id_: str,
    *,
    ord: tuple[str, ...],  # noqa: A002  # the author's word for it
    facts: tuple[str, ...] = (),
) -> Callable[[Predicate], Predicate]:
    """Register the decorated predicate for the words marked `#id_`; several places may share one predicate.

    `ord` are the words that it tests, with «…» for a number inside them. A mark with other words is refused.
    """

    def register(predicate: Predicate) -> Predicate:
        if id_ in _claims:
            raise NotatError("N0402", f"Påstanden «{id_}» er definert to ganger.", remedy="Gi den ene en annen id.")
        _claims[id_] = Claim(id_, ord, facts, predicate)
        return predicate

    return register


def known() -> dict[str, Claim]:
    """Every registered claim by id."""
    content.load("claims")
    return _claims


def marked(project: Project) -> list[Mark]:
    """Every marked claim of the book's chapters, in order."""
    return [mark for source in project.chapters for mark in marks(source)]


def verify(project: Project, numbers: Numbers) -> None:
    """Raise unless the data, the bibliography and the earlier edition support every claim of the chapters.

    All that is wrong is reported at once: the first as the error, the others after it.
    """
    found = list(problems(project, numbers))
    if found:
        raise NotatError.together(found)


def problems(project: Project, numbers: Numbers) -> Iterator[NotatError]:
    """What is wrong with the marked claims, in the order of the text."""
    said = _Said(project, numbers)
    seen: dict[str, Mark] = {}
    for mark in marked(project):
        if mark.id and mark.id in seen:
            first = seen[mark.id]
            remedy = "Gi den ene en annen id."
            yield mark.refusal("N0810", f"Påstanden «{mark.id}» finnes fra før i {first.file}:{first.line}.", remedy)
            continue
        seen[mark.id] = mark
        try:
            with speaking(mark.lang):
                said.test(mark)
        except NotatError as error:
            yield (
                error
                if error.file
                else mark.refusal(
                    error.code, f"Påstanden «{mark.words}» kan ikke prøves: {error.problem}", error.remedy
                )
            )


class Kind(StrEnum):
    """What supports marked words, as it is counted for the reader of `notat check`."""

    WORDS = "prøvd mot tallene etter ordlista"
    PREDICATE = "prøvd av en prøve i Python"
    SOURCE = "sammenlignet med det kilden sier"
    QUOTED = "med sitat som står i en arkivert kilde"
    READ = "lest mot kilden av en navngitt person"
    UNTESTED = "bare vist til en kilde"


def unread(project: Project, numbers: Numbers) -> list[Mark]:
    """The marks that only point to a source, and that nobody has compared with it since their sentence changed."""
    said = _Said(project, numbers)
    return [mark for mark in marked(project) if said.kind(mark) is Kind.UNTESTED]


def kinds(project: Project, numbers: Numbers) -> Counter[Kind]:
    """How many marks are supported by what."""
    return Counter(support(project, numbers, marked(project)))


def support(project: Project, numbers: Numbers, of: Iterable[Mark]) -> list[Kind]:
    """What supports each of these marks, in their order."""
    said = _Said(project, numbers)
    return [said.kind(mark) for mark in of]


def truth(mark: Mark, numbers: Numbers) -> meaning.Truth:
    """Whether the words of a mark that numbers support are true of these; None where the rounding allows both.

    Raises `NotatError` where they cannot be tested.
    """
    if claim_ := known().get(mark.id):
        return claim_.holds(numbers)
    with speaking(mark.lang):
        return meaning.holds(lexicon.read(mark.words), case_of(numbers, dict(mark.attributes), mark.codes))


def unused(project: Project) -> Iterator[NotatError]:
    """Predicates without marked words in any chapter of any edition."""
    used = {mark.id for mark in marked(project)} | set(_NAMED.findall(project.text_of_all_editions))
    for claim_ in known().values():
        if claim_.id not in used:
            file, line = claim_.place
            remedy = "Merk ordene i teksten, eller slett prøven."
            yield NotatError(
                "N0812", f"Påstanden «{claim_.id}» brukes ikke i noe kapittel.", file=file, line=line, remedy=remedy
            )


class _Said:
    """What marked words are tested against."""

    def __init__(self, project: Project, numbers: Numbers):
        self.numbers, self.claims = numbers, known()
        self.cited, self.edition = project.works.keys(), project.config.earlier
        sources = numbers.data.sources
        printed = earlier.read(project.root, self.edition, sources)
        self.printed: Mapping[str, str] = printed.printed if printed else {}
        self.quotations = Quotations(project.root)

    def kind(self, mark: Mark) -> Kind:
        """What supports the words of a mark that is in order."""
        if mark.id in self.claims:
            return Kind.PREDICATE
        if _names_numbers(mark):
            return Kind.WORDS
        if self._said(mark):
            return Kind.SOURCE
        if self.quotations.is_archived(mark):
            return Kind.QUOTED
        return Kind.READ if self.quotations.reading(mark) else Kind.UNTESTED

    def test(self, mark: Mark) -> None:
        """Raise what is wrong with a mark."""
        if unknown := next((name for name, _ in mark.attributes if name not in _KNOWN), ""):
            remedy = did_you_mean(unknown, _KNOWN) + f" {_HOW}"
            raise mark.refusal("N0818", f"En påstand kan ikke ha {unknown}=.", remedy)
        if mark.id and not mark.id.startswith("p-"):
            raise mark.refusal("N0813", f"Id-en «{mark.id}» begynner ikke med p-.", "Skriv {.paastand #p-navn}.")
        if mark.source and mark.source not in self.cited:
            raise mark.refusal(
                "N0714", f"Påstanden «{mark.words}» viser til en ukjent kilde.", did_you_mean(mark.source, self.cited)
            )
        if mark.facts and self.edition is None:
            problem = f"Påstanden «{mark.words}» gir videre fakta fra en tidligere utgave, og notatet oppgir ingen."
            remedy = "Fjern fakta=, eller oppgi utgaven under notat: tidligere: i _quarto.yml."
            raise mark.refusal("N0811", problem, remedy)
        if self.printed and (lacking := next((fact for fact in mark.facts if fact not in self.printed), "")):
            problem = f"Påstanden «{mark.words}» gir videre «{lacking}», som den tidligere utgaven ikke har."
            remedy = f"{did_you_mean(lacking, self.printed)} Rett fakta=, eller før det opp i tabellen over utgaven."
            raise mark.refusal("N0811", problem, remedy)
        _refuse_denial(mark)
        self.quotations.check(mark, self.numbers)
        if mark.id in self.claims:
            self._by_predicate(mark, self.claims[mark.id])
        elif _names_numbers(mark):
            self._by_words(mark)
        elif mark.source and (mark.id or mark.facts or mark.get("sitat")):
            self._by_source(mark)
        elif mark.id:
            problem = f"Påstanden «{mark.words}» ({mark.id}) har verken tall, prøve eller kilde."
            remedy = f"{did_you_mean(mark.id, self.claims)} {_HOW}"
            raise mark.refusal("N0814", problem, remedy)
        else:
            raise mark.refusal("N0814", f"Påstanden «{mark.words}» har verken tall, prøve eller kilde.", _HOW)

    def _by_predicate(self, mark: Mark, claim_: Claim) -> None:
        if _plain(mark.words) not in map(_plain, claim_.words):
            listed = ", ".join(f"«{words}»" for words in claim_.words)
            problem = f"Ordene «{mark.words}» er ikke dem prøven {mark.id} gjelder: {listed}."
            remedy = "Rett ordene, eller skriv en prøve som gjelder dem, og før dem opp i ord=."
            raise mark.refusal("N0846", problem, remedy)
        if not self._holds(mark, claim_):
            raise self._false(mark, "")

    def _holds(self, mark: Mark, claim_: Claim) -> bool:
        try:
            return claim_.holds(self.numbers)
        except NotatError:
            raise
        except Exception as error:  # the note's own code may raise anything
            raise content.failure(f"Prøven {mark.id}", error, (mark.file, mark.line)) from error

    def _by_words(self, mark: Mark) -> None:
        phrase = lexicon.read(mark.words)
        case = case_of(self.numbers, dict(mark.attributes), mark.codes)
        refuse_unknown_words(phrase, case)
        self._refuse_other_number(mark, case)
        found = meaning.holds(phrase, case)
        if found:
            return
        true = ", ".join(f"«{text}»" for text in meaning.alternatives(phrase, case))
        shown = f"Tallene er {meaning.describe(case)}."
        if found is None:
            raise mark.refusal(
                "N0844",
                f"Avrundingen lar det stå åpent om «{mark.words}» stemmer: {mark.sentence(self.numbers)} {shown}",
                f"Skriv {true}." if true else "Bruk et forsiktigere ord, eller tall med flere desimaler.",
            )
        raise self._false(mark, f" {shown}", f"Ord som stemmer: {true}." if true else "")

    def _by_source(self, mark: Mark) -> None:
        said = self._said(mark)
        if said and not _agrees(mark.words, said):
            quoted = ", ".join(f"«{text}»" for text in said)
            remedy = "Rett ordene, eller rett fakta= og det som er ført opp i tabellen over utgaven."
            raise mark.refusal("N0847", f"Ordene «{mark.words}» sier noe annet enn kilden, som sier {quoted}.", remedy)

    def _refuse_other_number(self, mark: Mark, case: Case) -> None:
        """Refuse words beside a number that has nothing to do with those that test them."""
        tested = (*case.of, *case.than, *case.since, *case.earlier)
        cells = {cell for one in tested for cell in one.quantity.cells}
        cells |= {cell for quantity in case.among for cell in quantity.cells}
        for id_ in beside(mark):
            own = set(self.numbers[id_].quantity.cells) if id_ in self.numbers else set()
            if not (own <= cells or any(own >= set(one.quantity.cells) for one in tested)):
                problem = f"«{mark.words}» prøves på {', '.join(one.id for one in case.of)}, men står ved {id_}."
                remedy = "Prøv ordene på tallet de står ved, eller flytt dem."
                raise mark.refusal("N0851", problem, remedy)

    def _said(self, mark: Mark) -> list[str]:
        """What the edition says in words where the mark quotes it. What it says in numbers, the text binds by name."""
        quoted = [(fact, self.printed[fact]) for fact in mark.facts if fact in self.printed]
        return [text for fact, text in quoted if fact not in self._numbers or lexicon.sense_of_data(text)]

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(self.numbers)

    def _false(self, mark: Mark, shown: str, true: str = "") -> NotatError:
        return mark.refusal(
            "N0816",
            f"Påstanden «{mark.words}» stemmer ikke med tallene: {mark.sentence(self.numbers)}{shown}",
            true or f"Skriv om setningen, eller rett tallet i {paths.DATA}/.",
        )


_KNOWN = (*ATTRIBUTES, "kilde", "fakta", "side", "sitat", "verdi")
_HOW = 'Skriv hvilke tall ordene gjelder (av="id", og enn=, fra= eller blant=), eller kilde= med fakta= eller sitat=.'
_SPACES = re.compile(r"\s+")
_NAMED = re.compile(r"#(p-[\w-]+)")
# A number right beside the words.
_NUMBER_BEFORE = re.compile(r"`\{python\}\s+(tall\([^`]*\))`\s*\Z")
_NUMBER_AFTER = re.compile(r"\A\s*(?:(?P<by>\w+)\s+)?`\{python\}\s+(?P<call>tall\([^`]*\))`")


def _names_numbers(mark: Mark) -> bool:
    return any(name in ATTRIBUTES for name, _ in mark.attributes) or bool(mark.codes and not mark.source)


def _plain(words: str) -> str:
    return _SPACES.sub(" ", words).strip(" .,:;").casefold()


def denial_before(text: str) -> str:
    """The word at the end of a text that denies what follows, with at most one word between; empty where none does."""
    found = re.search(rf"\b({lexicon.grammar('denies_before')})(?: \w+)?\s*\Z", _even(text))
    return found[1] if found else ""


def _denial_after(text: str) -> str:
    found = re.match(rf"\s*({lexicon.grammar('denies_after')})\b", _even(text))
    return found[1] if found else ""


def _even(text: str) -> str:
    return text.casefold().replace("’", "'")


def _refuse_denial(mark: Mark) -> None:
    """Refuse a word beside the mark that denies what it says: it is not tested with it."""
    before, after = (plain(CODE.sub("…", side)) for side in (mark.before, mark.after))
    if denied := denial_before(before) or _denial_after(after):
        problem = f"«{denied}» ved siden av «{mark.words}» snur det merkede om, uten å bli prøvd."
        remedy = f"Ta «{denied}» med i merket, og skriv ordene slik ordlista kjenner dem."
        raise mark.refusal("N0848", problem, remedy)


def beside(mark: Mark) -> tuple[str, ...]:
    """The numbers that stand right before or after the words, with at most «med», «på» or «til» between."""
    before, after = _NUMBER_BEFORE.search(mark.before), _NUMBER_AFTER.search(mark.after)
    beside_ = [before[1]] if before else []
    if after and (not after["by"] or re.fullmatch(lexicon.grammar("by"), after["by"])):
        beside_.append(after["call"])
    called = [call for code in beside_ for call in calls_in(code) if call.function in ("tall", "endring")]
    return tuple(name for call in called for name in call.known)


def _agrees(words: str, said: list[str]) -> bool:
    """Whether words go the way that a source goes, or else use its own."""
    ours = lexicon.sense(words)
    theirs = frozenset[str]().union(*map(lexicon.sense_of_data, said))
    if ours and theirs:
        return ours <= theirs or theirs <= ours
    stems = {word[:_STEM] for word in _WORD.findall(" ".join(said).casefold())}
    return bool(stems & {word[:_STEM] for word in _WORD.findall(words.casefold())})


_WORD = re.compile(r"\w{3,}")
_STEM = 5  # letters that words of one stem share
