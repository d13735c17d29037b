"""What a sentence says around its numbers: time, place, group and noun must be those of the numbers in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from notat.data.quantity import FACTOR, PERCENT, SHARE, Cell
from notat.judge.checks.conventions import reason_for
from notat.judge.checks.counting import Counting
from notat.judge.checks.passages import TOKEN, Passage
from notat.judge.checks.prose import Finding
from notat.judge.checks.subjects import RANK, YEAR_VALUE, Role, Subject, Subjects, ages_in, groups_in, words
from notat.judge.checks.trend_words import is_reserved
from notat.judge.checks.typed_numbers import WORKS
from notat.norsk import counted, lexicon, opposites, spelled
from notat.norsk.language import cached, current
from notat.norsk.times import Time, times
from notat.numbers import content
from notat.numbers.earlier import Edition
from notat.show.claims import denial_before

# Numbers of these units may count places, or say when something was.
_COUNTS = {YEAR_VALUE, "antall"}
_Said = TypeVar("_Said", Time, str)
_MONTHS = 12  # of a year
_AFTER = re.compile(r"\s(?:[\w-]+-)?(\w+)")  # «IT-kurs» are kurs
_CLAUSE = re.compile(r"(?:\A|[,;:–(])\s*(?:\w+\s)?\Z")  # where one begins, also after «og»
_NEAR = 25  # characters in which a comparison names what it is made with
_AROUND = 12  # characters that say that a span beside them is of ages


@cached
def _patterns() -> dict[str, re.Pattern[str]]:
    """What words around a number say of it, in the language in use."""
    patterns = {name: text for name, text in current().tables["context"].items() if isinstance(text, str)}
    return {name: re.compile(text, re.IGNORECASE if name in _ANY_CASE else 0) for name, text in patterns.items()}


_ANY_CASE = ("open", "base", "either")


def context(read: Iterable[Passage], subjects: Subjects, edition: Edition | None) -> Iterator[Finding]:
    """A finding for each time, place, group or noun that contradicts the numbers of its sentence.

    The name of the earlier `edition`, numbered reports and the note's own exceptions (`CONTEXT`) are not read.
    """
    unread = what_is_not_read(edition)
    for passage in read:
        if passage.slots or passage.claims:
            yield from _Sentence.read(passage, subjects, unread).findings()
        else:
            yield from _compared(passage, subjects)


def what_is_not_read(edition: Edition | None) -> re.Pattern[str]:
    """The names of works and of the earlier edition, and what the note excepts, which say nothing of a number."""
    named = [re.escape(edition.name)] if edition else []
    return re.compile("|".join([WORKS, *named, *(pattern for pattern, _ in content.exceptions())]), re.IGNORECASE)


def around(passage: Passage, printed: Sequence[tuple[int, Subject]], subjects: Subjects) -> Iterator[Finding]:
    """What contradicts the numbers printed in a text that is none of a chapter's sentences, as a caption is not."""
    sentence = _Sentence(passage, passage.text, "", tuple(printed), (), (), subjects)
    yield from (*sentence.times(), *sentence.places(), *sentence.groups(), *sentence.opposites())


def _compared(passage: Passage, subjects: Subjects) -> Iterator[Finding]:
    """A comparison with a place or a year, where no number stands: «flere enn i landet», «like høy som i 2015»."""
    said = lexicon.read(passage.text).all_of(lexicon.COMPARISON, lexicon.FOLD)
    for word in said if not passage.text.rstrip(" *").endswith("?") else ():
        compared = lexicon.compared_with(passage.text, word, _NEAR)
        dated = [time for time in times(compared) if not time.yearly]
        named = subjects.places_in(compared) or dated or _patterns()["relative"].search(compared)
        if named and not reason_for(passage.text, word.start, word.end):
            written = f"«{passage.text[word.start : word.end]}»"
            remedy = 'Merk ordet: […]{.paastand av="id"}, eller før det opp i py/content/conventions.py med en grunn.'
            yield Finding(
                "N1049", passage.file, passage.line, f"{written} lover noe om tallene, og ingenting prøver det.", remedy
            )


@dataclass(frozen=True)
class _Sentence:
    """A sentence with its numbers where they stand, and what was said before it in its paragraph.

    `tested` are the numbers that its claims are tested on, `before` those of the sentence before that has any, and
    `earlier` is the text of the sentence just before.
    """

    passage: Passage
    text: str
    earlier: str
    printed: tuple[tuple[int, Subject], ...]
    tested: tuple[Subject, ...]
    before: tuple[Subject, ...]
    subjects: Subjects

    @classmethod
    def read(cls, passage: Passage, subjects: Subjects, unread: re.Pattern[str]) -> _Sentence:
        """The sentence, with what must not be read made blank."""

        def text(one: Passage | None) -> str:
            said = TOKEN.sub("…", one.text) if one else ""
            return unread.sub(lambda match: " " * len(match[0]), said)

        # A word that the data choose is said of numbers, and prints none.
        printed = [
            (slot.position, subject)
            for slot in passage.slots
            if slot.function != "velg"
            for subject in subjects.of(slot.ids)
        ]
        chosen = [id_ for slot in passage.slots if slot.function == "velg" for id_ in slot.ids]
        before = passage.before
        while before and not before.slots:
            before = before.before
        return cls(
            passage,
            text(passage),
            text(passage.before),
            tuple(printed),
            tuple(subjects.of([*(id_ for claim in passage.claims for id_ in claim.tested), *chosen])),
            tuple(subjects.of(before.ids)) if before else (),
            subjects,
        )

    def findings(self) -> Iterator[Finding]:
        """What contradicts what, at most one of each kind for each number and each word."""
        yield from self.times()
        yield from self._spans()
        yield from self._backwards()
        yield from self.places()
        yield from self.groups()
        yield from self._ages()
        yield from self._claimed_groups()
        yield from self._claimed_places()
        yield from self.opposites()
        yield from self._reservations()
        yield from self._denied()
        yield from self._nouns()
        counting = Counting(self.text, self.printed, self.before, list(self._clauses()), self.subjects)
        for one in counting.found():
            yield self._finding(one.code, one.problem, one.remedy)

    def _clauses(self) -> Iterator[tuple[int, int]]:
        cuts = [0, *(match.start() for match in _patterns()["clause"].finditer(self.text)), len(self.text)]
        yield from pairwise(cuts)

    def _clause(self, position: int) -> tuple[int, int]:
        return next((start, end) for start, end in self._clauses() if start <= position < end)

    def _finding(self, code: str, problem: str, remedy: str) -> Finding:
        return Finding(code, self.passage.file, self.passage.line, problem, remedy)

    # ---- times

    def times(self) -> Iterator[Finding]:
        """Times that are of none of the numbers, or not of the number that they stand by."""
        about = [*dict.fromkeys((*(subject for _, subject in self.printed), *self.tested))]
        if not self.printed and not any(subject.times for subject in about):
            return
        if vague := _patterns()["vague"].search(self.text):
            yield self._finding("N1060", f"«{vague[0]}» er et annet år for den som leser siden.", "Skriv året.")
        stated = list(times(self.text))
        for time in stated:
            if not self._explained(time):
                listed = ", ".join(map(str, [subject for _, subject in self.printed] or about))
                yield self._finding(
                    "N1060",
                    f"Setningen sier «{self._word(time)}», men det er ikke perioden til noe tall i den: {listed}.",
                    'Rett tiden, bytt tall, eller skriv periode("…"). Gjelder den noe annet, fører du den opp med '
                    "grunn i py/content/conventions.py.",
                )
        wrong = dict(self._misplaced(stated))
        for subject, time in wrong.items():
            remedy = f'Bytt tall, rett tiden, eller skriv periode("{subject.number.id}").'
            yield self._finding("N1061", f"{subject} står der setningen sier «{self._word(time)}».", remedy)

    def _word(self, time: Time) -> str:
        return self.text[time.start : time.end]

    def _explained(self, time: Time) -> bool:
        written = self.text[: time.start]
        is_base, may_be = (_patterns()[name].search(written) for name in ("base", "either"))
        role = Role.BASE if is_base else Role.EITHER if may_be else Role.OF
        if any(subject.explains(time, role) for subject in (*self.tested, *(one for _, one in self.printed))):
            return True
        ends = [Time(0, 0, end) for end in time.ends] if time.last else []  # «fra … til …» of two levels
        if ends and all(any(subject.explains(end, Role.EITHER) for subject in self.tested) for end in ends):
            return True
        if self._is_between_levels(time):
            return True
        # What was said before may be meant where no number stands: «2019 var et svakt år, og i 2020 var den …».
        start, end = self._clause(time.start)
        alone = not any(start <= at < end and subject.times for at, subject in self.printed)
        if (alone or role is Role.EITHER) and any(subject.explains(time, role) for subject in self.before):
            return True
        undated = any(not subject.times for _, subject in self.printed)
        return undated and bool(_patterns()["presumed"].search(written))

    def _is_between_levels(self, time: Time) -> bool:
        """Whether the range is from one to another printed level of the same: «fra 2015 til 2021 … fra … til …»."""
        if not time.last:
            return False
        first, *_, last = (Time(0, 0, end) for end in time.ends)
        levels = [subject for _, subject in self.printed]
        return any(
            later.is_same_but_later(one) and one.explains(first, Role.OF) and later.explains(last, Role.OF)
            for one in levels
            for later in levels
        )

    def _misplaced(self, stated: list[Time]) -> Iterator[tuple[Subject, Time]]:
        """Numbers that stand by a time that is not theirs: in order, in their clause, or in the whole sentence."""
        explained = [time for time in stated if self._explained(time)]
        dated = [(at, subject) for at, subject in self.printed if subject.times and subject.unit != YEAR_VALUE]
        yield from _out_of_order(stated, dated, self._stands_by)
        for start, end in self._clauses():
            here = [time for time in explained if start <= time.start < end]
            numbers = [subject for at, subject in dated if start <= at < end]
            if here and numbers and not _patterns()["relative"].search(self.text, start, end):
                yield from ((subject, here[0]) for subject in numbers if not self._stands_by_any(subject, here))
                for time in here:
                    own = any(subject.explains(time, Role.OF) for subject in numbers)
                    if time.last and not own and not self._is_between_levels(time):
                        yield numbers[0], time
        if explained and not _patterns()["relative"].search(self.text):
            years = [time for _, subject in self.printed if subject.unit == YEAR_VALUE for time in subject.times]
            nearby = [*explained, *years, *times(self.earlier)]
            for _, subject in dated:
                if not self._stands_by_any(subject, nearby) and not any(map(subject.is_within, nearby)):
                    yield subject, explained[0]

    def _spans(self) -> Iterator[Finding]:
        """«På ti år» of numbers that are not ten years apart."""
        about = (*(subject for _, subject in self.printed), *self.tested)
        begun = {start for subject in about for start, _ in subject.ends}
        begun |= {start for time in times(self.text) if not time.yearly for start, _ in time.ends}
        apart: set[Fraction | int] = {abs(one - other) for one in begun for other in begun if one != other}
        apart |= {_MONTHS * subject.number.quantity.value for subject in about if subject.unit == "år"}
        for said, years in self._durations():
            if apart and not any(abs(float(_MONTHS * years - months)) <= _MONTHS / 2 for months in apart):
                listed = ", ".join(map(str, dict.fromkeys(about)))
                yield self._finding(
                    "N1067",
                    f"Setningen sier «{said}», men så lenge er det ikke mellom noen av tidene til tallene: {listed}.",
                    "Rett antallet år, eller bytt tall.",
                )

    def _durations(self) -> Iterator[tuple[str, int]]:
        """The typed lengths of time: «de siste fem årene», «på ti år», «to år før»."""
        phrase = lexicon.read(self.text)
        for word in phrase.all_of(lexicon.SPAN):
            if word.value and word.value > 1:  # «det siste året» may be any year
                yield self.text[word.start : word.end], int(word.value)
        for match in _patterns()["ago"].finditer(self.text):
            if (found := spelled.read(match["count"].lower())) and found[0] == "word":
                yield match[0], int(found[1])

    def _backwards(self) -> Iterator[Finding]:
        """«Fra … til …» where the first number is the later."""
        between = rf"\b(?:{lexicon.grammar('from')})\s(…)[^…;:]{{0,40}}?\b(?:{lexicon.grammar('to')})\s(…)"
        by_place = dict(self.printed)
        for match in re.finditer(between, self.text):
            first, second = by_place.get(match.start(1)), by_place.get(match.start(2))
            if first and second and first.is_same_but_later(second):
                remedy = "Bytt om de to, så det tidligste kommer først."
                yield self._finding("N1061", f"{first} står før {second}, der setningen sier «fra … til …».", remedy)

    def _stands_by_any(self, subject: Subject, stated: Sequence[Time]) -> bool:
        return any(self._stands_by(subject, time) for time in stated)

    def _stands_by(self, subject: Subject, time: Time) -> bool:
        if subject.touches(time):
            return True
        # «Etter 2017», «siden 2016»: any later time will do.
        opened = _patterns()["open"].search(self.text[: time.start])
        return bool(opened) and any(end[0] > time.first[0] for end in subject.ends)

    # ---- places

    def places(self) -> Iterator[Finding]:
        named = self.subjects.places_in(self.text)
        located = [(at, subject) for at, subject in self.printed if subject.places and subject.unit != "år"]
        if not named or not located:
            return
        placed = [(at, subject) for at, subject in located if subject.unit not in _COUNTS]
        known = [*(subject for _, subject in placed or located), *self.before, *self.tested]
        free = dict.fromkeys(name for at, name in named if not self.passage.is_claimed(at))
        strange = [name for name in free if not self.subjects.is_known(name, known)]
        # What is counted may be listed: «tre byer: Bergen, Oslo og Tromsø».
        if strange and (placed or len(strange) == len(free)):
            words = ", ".join(f"«{name}»" for name in strange)
            listed = ", ".join(str(subject) for _, subject in located)
            yield self._wrong_place(f"Setningen sier {words}, men ingen av tallene gjelder det: {listed}.")
            return
        wrong = dict(self._elsewhere(named, placed))
        for subject, name in wrong.items():
            yield self._wrong_place(f"{subject} står der setningen sier «{name}».")

    def _elsewhere(
        self, named: list[tuple[int, str]], placed: list[tuple[int, Subject]]
    ) -> Iterator[tuple[Subject, str]]:
        yield from _out_of_order([name for _, name in named], placed, Subject.is_of)
        nearby = {name for _, name in [*named, *self.subjects.places_in(self.earlier)]} | {self.subjects.home}
        for start, end in self._clauses():
            here = [(at, name) for at, name in named if start <= at < end]
            numbers = [(at, subject) for at, subject in placed if start <= at < end]
            yield from _out_of_order([name for _, name in here], numbers, Subject.is_of)
            for _, subject in numbers:
                if here and not any(subject.is_of(name) for _, name in here):
                    yield subject, here[0][1]
                elif not here and not any(subject.is_of(name) for name in nearby):
                    yield subject, named[0][1]

    def _wrong_place(self, problem: str) -> Finding:
        return self._finding("N1062", problem, 'Rett stedet, bytt tall, eller skriv sted("…").')

    # ---- groups

    def groups(self) -> Iterator[Finding]:
        grouped = [(at, subject) for at, subject in self.printed if subject.groups]
        wrong = dict(self._other_group(grouped))
        for subject, group in wrong.items():
            remedy = "Bytt tall, eller rett gruppen i setningen."
            yield self._finding("N1063", f"{subject} står der setningen sier «{group}».", remedy)

    def _other_group(self, grouped: list[tuple[int, Subject]]) -> Iterator[tuple[Subject, str]]:
        for at, subject in self.printed:
            clause = self.text[slice(*self._clause(at))]
            full = self.subjects.named_in_full(clause)
            if full and not any(map(subject.is_in, full)) and not self.subjects.speaks_of(clause, subject):
                yield subject, full[0]
        for at, subject in grouped:
            family = self.subjects.family(subject)
            clause = self.text[slice(*self._clause(at))]
            if groups := groups_in(clause, family):
                if not _names_group(clause, groups, subject):
                    yield subject, min(groups[0])
            elif groups := groups_in(self.text, family):
                said = f"{self.earlier} {self.text}"
                if not _names_group(said, groups_in(said, family), subject):
                    yield subject, min(groups[0])
        families = [self.subjects.family(subject) for _, subject in grouped]
        if len(grouped) > 1 and all(family is families[0] for family in families):
            named = dict.fromkeys(min(groups) for groups in groups_in(self.text, families[0]) if len(groups) == 1)
            yield from _out_of_order(list(named), grouped, Subject.is_in)

    def _ages(self) -> Iterator[Finding]:
        """Ages that those counted by the numbers do not have, or that stand by those of another number."""
        said = sorted(self._said_ages())
        aged = [(at, subject) for at, subject in self.printed if subject.ages and subject.unit != "år"]
        about = [*(subject for _, subject in aged), *(subject for subject in self.tested if subject.ages)]
        known = [*about, *self.before]
        for _, text, ends in said if about else ():
            if not any(subject.ages.issuperset(ends) for subject in known):
                yield self._other_age(about[0], text)
        by_text = {text: ends for _, text, ends in said}
        order = [text for _, text, _ in said]
        for subject, text in _out_of_order(order, aged, lambda one, words: one.ages.issuperset(by_text[words])):
            yield self._other_age(subject, text)
        yield from self._younger_or_older(aged)

    def _younger_or_older(self, aged: Sequence[tuple[int, Subject]]) -> Iterator[Finding]:
        """«De eldre» of the youngest in the sentence, or «de yngre» of the oldest."""
        for at, subject in aged:
            clause = self.text[slice(*self._clause(at))]
            old, young = (counted.pattern(name).search(clause) for name in ("older", "younger"))
            others = [max(one.ages) for _, one in aged if one.ages != subject.ages]
            if others and old and not young and max(subject.ages) < min(others):
                yield self._other_age(subject, old[0])
            if others and young and not old and max(subject.ages) > max(others):
                yield self._other_age(subject, young[0])

    def _said_ages(self) -> Iterator[tuple[int, str, tuple[int, ...]]]:
        """The ages that are typed, or that `spenn()` prints: «15–29 år»."""
        for match, ages in ages_in(self.text):
            yield match.start(), match[0], tuple(ages[:-1])
        for slot in self.passage.slots:
            values = [subject.number.quantity.value for subject in self.subjects.of(slot.ids)]
            if slot.function == "spenn" and len(values) == 2:
                before, after = self.text[: slot.position][-_AROUND:], self.text[slot.position + 1 :][:_AROUND]
                for match, ages in ages_in(f"{before}{values[0]}–{values[1]}{after}"):
                    yield slot.position, match[0], tuple(ages[:-1])

    def _other_age(self, subject: Subject, said: str) -> Finding:
        remedy = "Bytt tall, eller rett alderen i setningen."
        return self._finding("N1063", f"{subject} står der setningen sier «{said}».", remedy)

    def _claimed_groups(self) -> Iterator[Finding]:
        """A claim in a clause that names groups, and not the one that its numbers are of."""
        for claim in self.passage.claims:
            clause = self.text[slice(*self._clause(claim.start))]
            about = self.subjects.of(claim.of)
            for subject in about:
                groups = groups_in(clause, self.subjects.rivals(subject))
                if groups and not any(_names_group(clause, groups, one) for one in about):
                    problem = f"Påstanden prøves på {subject}, og setningen sier «{min(groups[0])}»."
                    remedy = "Bytt tall i av=, eller rett gruppen i setningen."
                    yield self._finding("N1063", problem, remedy)
                    break

    def _claimed_places(self) -> Iterator[Finding]:
        """A claim in a clause that names places, none of which its numbers are of."""
        for claim in self.passage.claims:
            first, last = self._clause(claim.start)
            named = dict.fromkeys(name for at, name in self.subjects.places_in(self.text) if first <= at < last)
            tested = self.subjects.of(claim.tested)
            located = [subject for subject in tested if subject.places]
            if named and located and not any(self.subjects.is_known(name, located) for name in named):
                yield self._wrong_place(f"Påstanden prøves på {located[0]}, og setningen sier «{next(iter(named))}».")
                continue
            than = [subject for id_ in claim.tested if id_ not in claim.of for subject in self.subjects.of([id_])]
            after = [(at, name) for at, name in self.subjects.places_in(self.text) if claim.end <= at < last]
            for (at, one), (end, other) in pairwise(after):
                compared = lexicon.turn(lexicon.read(self.text[at:end]))
                about = self.subjects.of(claim.of)
                if compared and _is_of_the_other(one, about, than) and _is_of_the_other(other, than, about):
                    yield self._wrong_place(
                        f"Påstanden prøves på {about[0]} mot {than[0]}, og setningen sier «{one}» før «{other}»."
                    )

    # ---- opposites

    def opposites(self) -> Iterator[Finding]:
        """A number, or the number of a claim, where its clause, or else its sentence, names the opposite only."""
        claimed = [(claim.start, subject) for claim in self.passage.claims for subject in self.subjects.of(claim.of)]
        found = dict[tuple[str, str], str]()
        for at, subject in (*self.printed, *claimed):
            for one, own, word in subject.opposed:
                named = opposites.said(one, self.text[slice(*self._clause(at))]) or opposites.said(one, self.text)
                if len(named) == 1 and own not in named:
                    found[str(subject), next(iter(named.values()))] = word
        for (about, said), measured in found.items():
            remedy = (
                "Bytt tall, eller skriv ordet for det som er målt. Gjelder ordet noe annet, fører du det opp med grunn "
                "i py/content/conventions.py."
            )
            yield self._finding("N1053", f"Setningen sier «{said}», men {about} gjelder «{measured}».", remedy)

    # ---- reservations

    def _reservations(self) -> Iterator[Finding]:
        """A number that its source prints with «over», «om lag» …, and the sentence without; a fraction says it itself.

        Whether the word before a number fits it, other checks say.
        """
        for slot in self.passage.slots:
            subject = self.subjects[slot.ids[-1]]
            node = subject.number.quantity.node if subject else None
            if subject is None or slot.function != "tall" or not isinstance(node, Cell) or not node.bound:
                continue
            at = slot.position
            in_a_word = self.text[at + 1 : at + 2] == "-"  # «30-årene»
            if subject.unit not in (SHARE, FACTOR) and not in_a_word and not is_reserved(self.text[:at]):
                problem = f"Kilden skriver «{node.bound}» ved {subject}, og setningen skriver det som nøyaktig."
                remedy = f"Skriv «{node.bound}» foran tallet."
                yield self._finding("N1057", problem, remedy)

    def _denied(self) -> Iterator[Finding]:
        """A number whose clause says «ikke» before it; right before it, other checks find that."""
        for slot in self.passage.slots:
            subject, at = self.subjects[slot.ids[-1]], slot.position
            if slot.function != "tall" or subject is None or subject.unit == YEAR_VALUE or self.passage.is_claimed(at):
                continue
            start = max([self._clause(at)[0], *(one.end() for one in _patterns()["within"].finditer(self.text, 0, at))])
            denied = _patterns()["denies"].search(self.text, start, at)
            claimed = denied and self.passage.is_claimed(denied.start())
            if denied and not claimed and not denial_before(self.text[start:at]):
                remedy = "Skriv setningen uten."
                yield self._finding("N1051", f"«{denied[0]}» snur tallet om, uten å bli prøvd.", remedy)

    # ---- nouns

    def _nouns(self) -> Iterator[Finding]:
        for slot in self.passage.slots:
            subject = self.subjects[slot.ids[-1]]
            if subject is None or slot.function == "velg":
                continue
            match = _AFTER.match(self.text, slot.position + 1)
            if (
                match
                and not _is_part(subject, self.text[: slot.position])
                and not self.subjects.fits(match[1], subject)
            ):
                yield self._wrong_noun(subject, match[1])
            if _patterns()["numbered"].search(self.text[: slot.position]) and subject.unit != RANK:
                yield self._wrong_noun(subject, "nummer")

    def _wrong_noun(self, subject: Subject, noun: str) -> Finding:
        remedy = "Bytt tall, eller skriv ordet som hører til enheten."
        return self._finding("N1064", f"«{noun}» passer ikke til {subject}.", remedy)


def _is_part(subject: Subject, before: str) -> bool:
    """Whether a share follows what it is of, so that the word after it is the part: «Av de ansatte var 47 % menn»."""
    wholes = counted.pattern("of").finditer(before) if subject.unit in (PERCENT, SHARE) else ()
    return any(_CLAUSE.search(before, 0, whole.start()) for whole in wholes)


def _is_of_the_other(place: str, own: Sequence[Subject], others: Sequence[Subject]) -> bool:
    return any(one.is_of(place) for one in others) and not any(one.is_of(place) for one in own)


def _names_group(text: str, groups: Iterable[frozenset[str]], subject: Subject) -> bool:
    """Whether one of the groups named in the text may be the subject's own."""
    own = any(subject.is_in(group) for named in groups for group in named)
    return own or any(subject.is_named_by(word) for word in words(text))


def _out_of_order(
    stated: Sequence[_Said], numbers: Sequence[tuple[int, Subject]], fits: Callable[[Subject, _Said], bool]
) -> Iterator[tuple[Subject, _Said]]:
    """The numbers that do not fit what is stated in their position, where there are as many of both."""
    if len(stated) == len(numbers) > 1:
        for one, (_, subject) in zip(stated, numbers, strict=True):
            if not fits(subject, one):
                yield subject, one
