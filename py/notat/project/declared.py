"""Figures and tables that a chapter declares: what the call of `figur` or `tabell` says besides the name.

`figur("name", som="søyler", av=…, tittel="…")` is all there is of such a figure, so it is read from the code as it
stands, without running it: every command that knows the figures of a note then knows it too, with its file and line.
A call with the name alone shows one that is defined elsewhere.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from notat.project.calls import FLOATS, HOMES, calls, names_of, parsed
from notat.project.functions import FUNCTIONS
from notat.project.project import Project
from notat.project.source import CodeCell, Place, Source, is_run
from notat.text.errors import NotatError
from notat.text.python import constant_text, resolve_name


@dataclass(frozen=True)
class Declaration:
    """A declared figure or table: `kind` (`figur` or `tabell`), name, parameters as given, and where each stands."""

    kind: str
    name: str
    given: Mapping[str, Any]
    place: Place
    lines: Mapping[str, int]

    def refusal(self, code: str, problem: str, remedy: str, of: str = "") -> NotatError:
        """An error about the declaration, at the line of the parameter `of`."""
        file, line = self.place
        return NotatError(
            code,
            f"{self.kind.capitalize()}en «{self.name}»: {problem}",
            file=file,
            line=self.lines.get(of, line),
            remedy=remedy,
        )


def declarations(source: Source) -> Iterator[Declaration]:
    """What a chapter declares, in order. Raises `NotatError` (N0526) for a parameter that only running would give."""
    names = names_of(source)
    for part in source.code:
        tree = parsed(part) if is_run(part) else None
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Call) and (kind := _kind(node, names)):
                above = part.place[1] if isinstance(part, CodeCell) else part.place[1] - 1
                if found := _read(node, kind, part.place[0], above):
                    yield found


def of_project(project: Project) -> dict[tuple[str, str], Declaration]:
    """Every declaration of the chapters by kind and name; one that is declared twice is refused (N0402)."""
    found: dict[tuple[str, str], Declaration] = {}
    for source in project.chapters:
        for one in declarations(source):
            if first := found.get((one.kind, one.name)):
                problem = f"Den er beskrevet fra før i {first.place[0]}, linje {first.place[1]}."
                remedy = f'Gi den ene et annet navn, eller skriv bare {one.kind}("{one.name}") for å vise den igjen.'
                raise one.refusal("N0402", problem, remedy)
            found[one.kind, one.name] = one
    return found


def languages(project: Project) -> dict[tuple[str, str], str]:
    """The language of each figure and table, by kind and name, that a chapter shows which says its own."""
    shown = ((source.lang, call) for source in project.chapters if source.lang for call in calls(source))
    return {(call.function, name): lang for lang, call in shown if call.function in FLOATS for name in call.known}


def _kind(call: ast.Call, names: Mapping[str, str]) -> str:
    """The function, where the call is of `figur` or `tabell`."""
    home, _, function = resolve_name(call.func, names).rpartition(".")
    return function if home in HOMES and function in FLOATS else ""


def _read(call: ast.Call, kind: str, file: str, above: int) -> Declaration | None:
    """What a call declares; None for one that only shows something by its name."""
    (parameter,) = FUNCTIONS[kind]
    words = {word.arg: word for word in call.keywords if word.arg}
    name = constant_text(call.args[0] if call.args else words[parameter].value if parameter in words else None)
    rest = {key: word for key, word in words.items() if key != parameter}
    if name is None or not rest:
        return None
    given, lines = {}, {}
    for key, word in rest.items():
        lines[key] = above + word.value.lineno
        for node in ast.walk(word.value):
            pairs = node.keys if isinstance(node, ast.Dict) else []
            keys = [str(one.value) for one in pairs if isinstance(one, ast.Constant)]
            if twice := next((one for one in keys if keys.count(one) > 1), None):
                problem = f"{key}= har «{twice}» to ganger, og bare den siste ville vært med."
                one = Declaration(kind, name, {}, (file, lines[key]), lines)
                raise one.refusal("N0402", problem, "Gi hver av dem sitt navn.", key)
        try:
            given[key] = ast.literal_eval(word.value)
        except (ValueError, TypeError):
            problem = f"{kind.capitalize()}en «{name}»: {key}= kan ikke leses uten å kjøre koden."
            remedy = 'Skriv verdiene rett inn, som av=["a", "b"], uten navn på variabler og uten f-strenger.'
            raise NotatError("N0526", problem, file=file, line=lines[key], remedy=remedy) from None
    return Declaration(kind, name, given, (file, above + call.lineno), lines)
