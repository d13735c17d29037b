"""What the words of a claim are read as: the lexicon listed, or one phrase explained, for authors."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator

from notat.cli.speech import said
from notat.norsk import format_number, lexicon
from notat.norsk.lexicon import Phrase, Word

# What each kind of word says, and the numbers that it needs. The relations come first.
_KINDS = {
    lexicon.DIRECTION: ("en endring", "av= en endring, eller av= og fra= to nivåer"),
    lexicon.COMPARISON: ("en sammenligning", "av= og enn="),
    lexicon.SUPERLATIVE: ("den første eller siste av flere", "av= og blant="),
    lexicon.RANK: ("en plass", "av= og blant="),
    lexicon.SHARE: ("en andel av en helhet", "av= en andel, eller av= delen og enn= helheten"),
    lexicon.FOLD: ("et antall ganger", "av= og fra= (før), eller av= og enn="),
    lexicon.DEGREE: ("hvor mye", ""),
    lexicon.NOT: ("at det ikke er slik", ""),
    lexicon.STOPPED: ("at en endring har tatt slutt", ""),
    lexicon.STILL: ("at det var slik før også", "tidligere="),
    lexicon.ONLY: ("mindre enn noe annet", "enn="),
    lexicon.COUNT: ("hvor mange det er", ""),
    lexicon.YEAR: ("et år, som må være tallenes", ""),
    lexicon.SPAN: ("hvor mange år endringen tok, som må være tallenes", ""),
    lexicon.SLOT: ("tallet som står i teksten", ""),
    lexicon.PLAIN: ("ingenting som prøves", ""),
    lexicon.UNKNOWN: ("ukjent: må finnes i det tallene måler", ""),
}
_SIDES = {
    lexicon.DIRECTION: {lexicon.UP: "opp", lexicon.DOWN: "ned", lexicon.SAME: "ingen endring"},
    lexicon.COMPARISON: {lexicon.UP: "mer", lexicon.DOWN: "mindre", lexicon.SAME: "likt"},
    lexicon.SUPERLATIVE: {lexicon.UP: "mest", lexicon.DOWN: "minst"},
    lexicon.SHARE: {lexicon.UP: "mer enn", lexicon.DOWN: "mindre enn"},
}
_LISTED = (*lexicon.RELATIONS, lexicon.NOT, lexicon.STOPPED, lexicon.STILL, lexicon.ONLY)
_WIDTH = 100


def vague_words() -> Iterator[str]:
    """The vague words, each with what it means and why."""
    for degree in lexicon.degrees().values():
        yield _wrapped(f"{', '.join(degree.forms)}: {said(degree.definition)}. {said(degree.reason)}")


def kinds_of_words() -> Iterator[str]:
    """The kinds of words that numbers can test, with the numbers that they need and the words themselves."""
    for kind, forms in _forms().items():
        says, needs = map(said, _KINDS[kind])
        yield _wrapped(f"{says}{f' ({needs})' if needs else ''}: {', '.join(forms)}")


def known_words() -> dict[str, object]:
    """The vague words and the kinds of words, for programs."""
    vague = [
        {"ord": list(one.forms), "betyr": said(one.definition), "fordi": said(one.reason)}
        for one in lexicon.degrees().values()
    ]
    kinds = [
        {"sier": said(_KINDS[kind][0]), "trenger": said(_KINDS[kind][1]), "ord": forms}
        for kind, forms in _forms().items()
    ]
    return {"vage": vague, "slag": kinds}


def facts_of(text: str) -> dict[str, object]:
    """How a phrase is read, for programs."""
    phrase = lexicon.read(text)
    words = [{"ord": text[word.start : word.end], "betyr": _meaning(word)} for word in phrase.words]
    return {"frase": text, "ord": words, "kan prøves": phrase.is_claim, "trenger": _needs(phrase)}


def _forms() -> dict[str, list[str]]:
    """The words of each kind that is listed."""
    found: dict[str, list[str]] = defaultdict(list)
    for form in sorted(lexicon.known()):
        words = lexicon.read(form).words
        if len(words) == 1:
            found[words[0].kind].append(form)
    return {kind: found[kind] for kind in _LISTED}


def explanation(text: str) -> Iterator[str]:
    """How a phrase is read, word for word, and the numbers that it needs."""
    phrase = lexicon.read(text)
    for word in phrase.words:
        yield f"  {text[word.start : word.end]}: {_meaning(word)}"
    if not phrase.is_claim:
        yield said("Ordene lover ikke noe som tall kan avgjøre.")
        return
    yield said(f"Trenger {'; '.join(_needs(phrase))}.")


def _needs(phrase: Phrase) -> list[str]:
    """The numbers that a phrase needs; none when it promises nothing."""
    if not phrase.is_claim:
        return []
    part = phrase.first(lexicon.SHARE) or phrase.first(lexicon.FOLD)
    kinds = [part.kind] if part else [word.kind for word in phrase.words]
    if not any(kind in lexicon.RELATIONS for kind in kinds):
        kinds.append(lexicon.COMPARISON)  # «nær landet»
    return list(dict.fromkeys(_KINDS[kind][1] for kind in kinds if _KINDS[kind][1]))


def _meaning(word: Word) -> str:
    says = said(_KINDS[word.kind][0])
    if word.kind == lexicon.DEGREE:
        return f"{says}: {said(lexicon.degrees()[word.name].definition)}"
    found = said(_SIDES.get(word.kind, {}).get(word.side, ""))
    if word.value is not None and word.kind not in (lexicon.YEAR, lexicon.PLAIN):
        whole = word.value.denominator == 1
        found += f" {format_number(word.value, 0) if whole else f'{word.value.numerator}/{word.value.denominator}'}"
    return f"{says}: {found.strip()}" if found else says


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)
