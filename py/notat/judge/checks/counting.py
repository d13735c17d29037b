"""What a sentence says that its numbers count, and its shares are of: «av befolkningen», «per tusen»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from notat.data.quantity import PERCENT, SHARE
from notat.judge.checks.subjects import RANK, Subject, Subjects, country
from notat.norsk import counted

_SHARES = {PERCENT, SHARE}
_ANYTHING = "antall"  # the unit of what may count whatever the sentence says: «under 20 ansatte»
_NEXT = re.compile(r"\s(?:[\w-]+-)?(\w+)")
_MONTHS = 12  # of a year
_NEAR = 40  # characters in which a size follows its number


@dataclass(frozen=True)
class Contradiction:
    """What is said that the data of a number do not say: code, problem and remedy."""

    code: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class Counting:
    """A sentence with its numbers where they stand, in clauses; `before` are the numbers of the sentence before."""

    text: str
    printed: Sequence[tuple[int, Subject]]
    before: Sequence[Subject]
    clauses: Sequence[tuple[int, int]]
    subjects: Subjects

    def found(self) -> Iterator[Contradiction]:
        """All that contradicts the numbers."""
        for at, subject in self.printed:
            first, last = next((start, end) for start, end in self.clauses if start <= at < end)
            before, after = self.text[first:at], self.text[at + 1 : last]
            if after.lstrip()[:1] == "%":
                problem = f"Tegnet % står to ganger etter {subject}, for enheten følger med tallet."
                yield Contradiction("N1064", problem, "Slett tegnet, eller skriv enhet=False.")
            if subject.unit in _SHARES:
                yield from self._whole(subject, before, after)
            elif subject.unit != _ANYTHING:
                yield from self._noun(subject, self.text[at + 1 :])
            yield from self._part(at, subject)
            if not any(counted.is_yearly(one.said) for place, one in self.printed if first <= place < last):
                yield from _yearly(subject, self.text[first:last])
            yield from _size(subject, self.text[at + 1 :][:_NEAR])
            if subject.unit == RANK:
                yield from _beyond(subject, self.text[first:last])
        yield from self._number_of()

    def _whole(self, subject: Subject, before: str, after: str) -> Iterator[Contradiction]:
        """«9 % av befolkningen» of what is measured in the labour force."""
        said = counted.pattern("of")
        behind = said.match(after.lstrip())
        ahead = [match for match in said.finditer(before) if "…" not in before[match.start() :]]
        match = behind or (ahead[-1] if ahead and ahead[-1].start() == _begins(before) else None)
        if match is None:
            return
        named, whole = counted.kinds_in_data(subject.said)
        own = whole or named
        kinds = counted.kinds(match["of"])
        apart = set(filter(counted.is_apart, kinds))
        is_apart = bool(apart) and not any(map(counted.is_apart, named))  # of two opposites, other checks speak
        if is_apart or (kinds - apart and own and not kinds & own):  # one word may be of several kinds
            yield Contradiction(
                "N1063",
                f"Setningen sier «{match[0]}», men {subject} er ikke regnet av det: «{subject.said[0]}».",
                "Skriv det som andelen er av, eller bytt tall.",
            )
        if behind and country() in subject.mentioned and not subject.is_national:
            every = self.subjects.places_in(after)
            places = [place for at, place in every if counted.pattern("of_place").fullmatch(after, 0, at)]
            if places and not places[0].endswith(country()):
                yield Contradiction(
                    "N1062",
                    f"Setningen sier «{places[0]}», men {subject} er en andel av landet.",
                    "Skriv hva andelen er av, eller bytt tall.",
                )

    def _noun(self, subject: Subject, after: str) -> Iterator[Contradiction]:
        """«9 000 innbyggere» of what counts employees, or «ungdommer» of those aged 20–66."""
        match = _NEXT.match(after)
        word = match[1] if match else ""
        if not self.subjects.fits(word, subject):
            return  # other checks say so
        if _is_other(subject, word):
            yield self._other_noun(subject, word)
        elif (stage := counted.stage(word)) and (ages := subject.ages):
            lowest, highest = stage
            if min(ages) < lowest or max(ages) > highest + 1:
                yield self._other_noun(subject, word)

    def _number_of(self) -> Iterator[Contradiction]:
        """«Tallet på sysselsatte … fra 9 000 til 10 000» of what counts inhabitants."""
        for match in counted.pattern("number_of").finditer(self.text):
            about = [one for at, one in self.printed if at > match.end() and one.unit not in (*_SHARES, _ANYTHING)]
            if about and all(_is_other(subject, match["of"]) for subject in about):
                yield self._other_noun(about[0], match["of"])

    def _other_noun(self, subject: Subject, word: str) -> Contradiction:
        return Contradiction(
            "N1064",
            f"«{word}» passer ikke til {subject}, som er «{subject.said[0]}».",
            "Bytt tall, eller skriv det som er talt.",
        )

    def _part(self, at: int, subject: Subject) -> Iterator[Contradiction]:
        """«12 av dem» where there are fewer before it."""
        is_part = counted.pattern("part").match(self.text, at + 1)
        if not is_part and not counted.pattern("part_before").search(self.text, 0, at):
            return
        earlier = [one for place, one in self.printed if place < at] or list(self.before)
        alike = [one for one in earlier if one.unit == subject.unit]
        if alike and all(one.number.quantity.value < subject.number.quantity.value for one in alike):
            yield Contradiction(
                "N1064", f"{subject} er større enn {alike[-1]}, og kan ikke være en del av det.", "Bytt om tallene."
            )


def _begins(text: str) -> int:
    """Where the words of a clause begin."""
    return len(text) - len(text.lstrip(" ,;:–—("))


def _is_other(subject: Subject, word: str) -> bool:
    """Whether the word names a kind that is none of those that the data say the number is of."""
    said, (own, _) = counted.kinds(word), counted.kinds_in_data(subject.said)
    return bool(said) and bool(own) and not said & own


def _yearly(subject: Subject, clause: str) -> Iterator[Contradiction]:
    """«Årlig» of a change over many years."""
    spans = [time for time in subject.times if time.last and time.last[0] - time.first[0] > _MONTHS]
    if spans and (match := counted.pattern("yearly").search(clause)):
        yield Contradiction(
            "N1064", f"Setningen sier «{match[0]}», men {subject} gjelder flere år samlet.", "Skriv hele perioden."
        )


def _size(subject: Subject, after: str) -> Iterator[Contradiction]:
    """«Per hundre innbyggere» of what is counted by the thousand."""
    own = counted.sizes_in_data(subject.said)
    said = list(counted.sizes(after.partition("…")[0]))
    if own and said and not own & set(said):
        yield Contradiction(
            "N1064",
            f"Setningen sier «per {said[0]}», men {subject} er «{subject.said[0]}».",
            "Skriv det som tallet er regnet av.",
        )


def _beyond(subject: Subject, clause: str) -> Iterator[Contradiction]:
    """«Nummer to i Norden» of a rank in the country."""
    match = counted.pattern("beyond").search(clause)
    if match and not any(match["place"].lower() in text.lower() for text in _texts(subject)):
        yield Contradiction(
            "N1062", f"Setningen sier «{match['place']}», men {subject} er ikke en plass der.", "Rett stedet."
        )


def _texts(subject: Subject) -> Iterable[str]:
    return (*subject.said, *(cell.note for cell in subject.number.quantity.cells))
