"""Ask the person at the terminal for what a command was not given, and check each answer before the next question."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import click

from notat.cli.speech import echo, said
from notat.text.errors import NotatError

Check = Callable[[str], object]


class Question(NamedTuple):
    """What is asked, what the option is called where nobody can answer, and what refuses a wrong answer."""

    words: str
    option: str = ""
    check: Check = lambda _: None


def someone_answers() -> bool:
    """Whether there is a terminal to ask in."""
    return sys.stdin is not None and sys.stdin.isatty()  # none where it is closed


def agrees(question: str) -> bool:
    """Whether the person at the terminal says yes, in bokmål or English."""
    echo(f"{question} [j/N] ", nl=False)
    return sys.stdin.readline().strip().lower() in ("j", "ja", "y", "yes")


def ask_for_missing(given: Mapping[str, Any], questions: Mapping[str, Question]) -> dict[str, Any]:
    """What was given, with answers to the questions of what was not; where nobody answers, what is missing is refused.

    What is wrong with an answer is said at once, and the question asked again.
    """
    missing = [name for name in questions if not given.get(name)]
    if missing and not someone_answers():
        names = ", ".join(questions[name].option or f"--{name}" for name in missing)
        remedy = "Oppgi det, eller kjør kommandoen i en terminal, så blir du spurt."
        raise NotatError("N1101", f"Dette mangler: {names}.", remedy=remedy)
    return {**given, **{name: _answer(questions[name]) for name in missing}}


def _answer(question: Question) -> str:
    while True:
        answer: str = click.prompt(said(question.words)).strip()
        try:
            question.check(answer)
        except NotatError as error:
            echo(f"{error.problem} {error.remedy}")
        else:
            return answer
