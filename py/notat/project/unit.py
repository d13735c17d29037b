"""What a book is made for: the values of its parameters, and the place that one of them is."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from notat.project.parameters import Parameter
from notat.project.source import Source
from notat.text import parameters
from notat.text.errors import NotatError, did_you_mean
from notat.text.syntax import parse_or_none


def in_use(sources: Iterable[Source]) -> dict[str, str]:
    """The values in use of all parameters of a book, as texts.

    Refuses chapters that do not declare the same, for Quarto gives a value to those alone that declare the parameter.
    """
    sources = list(sources)
    first = next((source for source in sources if source.parameters), None)
    known = in_chapters(sources)
    for name in parameters.given():
        if name not in known:
            has = f"Boka har {', '.join(known)}." if known else "Ingen celle i boka har «#| tags: [parameters]»."
            near = f"{did_you_mean(name, known)} " if known else ""
            raise NotatError("N0544", f"Ukjent parameter «{name}».", remedy=f"{near}{has}")
    for source in sources:
        if first and not all(_only_imports(part.code) for part in source.code):
            _refuse_unlike(source, first)
    return {one.name: parameters.as_text(one.value) for one in known.values()}


def in_chapters(sources: Iterable[Source]) -> dict[str, Parameter]:
    """The parameters of a book by name: those of the first chapter that declares any, for all declare the same."""
    return next((source.parameters for source in sources if source.parameters), {})


def _only_imports(code: str) -> bool:
    tree = parse_or_none(code)
    return tree is not None and all(isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body)


def _refuse_unlike(source: Source, first: Source) -> None:
    theirs = {one.name: one.default for one in first.parameters.values()}
    if {one.name: one.default for one in source.parameters.values()} == theirs:
        return
    unlike = [one.place for one in source.parameters.values() if theirs.get(one.name) != one.default]
    problem = "har ikke de samme parameterne" if source.parameters else "mangler parameterne"
    problem = f"Kapittelet {problem} som {first.file}."
    remedy = "Kopier cellen med «#| tags: [parameters]» derfra: Quarto setter verdien bare i kapitler som har den."
    raise NotatError("N0545", problem, place=next(iter(unlike), source.code[0].place), remedy=remedy)
