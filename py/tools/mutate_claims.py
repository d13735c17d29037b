"""Whether the claims test what they say: invert every word and operator of comparison and move every threshold in turn.

A claim that still holds when its «mer enn» is inverted, or when its limit is moved far up, far down and near zero,
would hold for any data. The change is made to the syntax of the claim's module, so that it
does not matter whether a limit is written in the claim itself, in a function that it asks, in a lambda or by name at
the top. The changed module is run in memory; what it registers takes the place of the claims for as long.
"""

from __future__ import annotations

import ast
import copy
import inspect
import sys
import types
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import claims
from notat.show.claims import Claim, Predicate, words

Change = Callable[[ast.expr], ast.expr]
_FRACTION = "__fraction__"  # how a changed module refers to a limit that has no literal
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_SIGNS = dict(zip(_TURNED, ("<", ">=", ">", "<=", "==", "!=", "in", "not in", "is", "is not"), strict=True))


@dataclass(frozen=True)
class WordMutant:
    """One change to the code of claims, its place, and whether a claim became false."""

    claim: str
    change: str
    place: str
    caught: bool


@dataclass(frozen=True)
class Site:
    """A place in a module that can be changed: the name of the change, its line, and the changed modules.

    The change is noticed when a claim is false in one of them.
    """

    change: str
    line: int
    changed: tuple[ast.Module, ...]


def word_mutants(root: Path, numbers: Numbers) -> Iterator[WordMutant]:
    """Every change to the claims that words of a chapter are marked with and that hold."""
    known = claims.known()
    marked = [known[id_] for id_ in dict.fromkeys(mark.id for mark in claims.marked(Project(root))) if id_ in known]
    modules: dict[str, list[Claim]] = defaultdict(list)
    for claim in marked:
        if claim.holds(numbers):
            modules[inspect.getfile(claim.holds)].append(claim)
    for file, found in modules.items():
        yield from _mutants(Module(file, found[0].holds.__module__), found, numbers)


def _mutants(module: Module, found: list[Claim], numbers: Numbers) -> Iterator[WordMutant]:
    for claim in found:
        for name in _words_of(module, claim.id, numbers):
            with _saying({name: _turned(getattr(words, name))}):
                caught = not _holds(module.predicates(module.tree), claim.id, numbers)
            file, line = claim.place
            yield WordMutant(claim.id, f"ordet {name} snudd", f"{file}:{line}", caught)
    asking: dict[int, list[Claim]] = defaultdict(list)
    for claim in found:
        for statement in module.reached(claim):
            asking[statement].append(claim)
    for statement, those in asking.items():
        for site in module.sites(statement):
            caught = False
            for changed in site.changed:
                predicates = module.predicates(changed)
                caught = caught or not all(_holds(predicates, claim.id, numbers) for claim in those)
            yield WordMutant(those[0].id, site.change, f"{content.place_of(those[0].holds)[0]}:{site.line}", caught)


class Module:
    """The syntax of the module in `file`, and the predicates that it registers when it is changed and run again."""

    def __init__(self, file: str, name: str):
        self.file, self.name = file, name
        self.tree = ast.parse(Path(file).read_text(encoding="utf-8"), file)

    def predicates(self, tree: ast.Module) -> dict[str, Claim]:
        """The claims of the module when it is written like this; none when it cannot be run."""
        registry: dict[str, Claim] = {}
        namespace = {"__name__": self.name, "__file__": self.file, _FRACTION: Fraction}
        with patch.object(claims, "_claims", registry):
            try:
                exec(compile(tree, self.file, "exec"), namespace)  # noqa: S102  # the note's own code with one change
            except Exception:  # a changed module may do anything; any exception would stop the build
                return {}
        return registry

    def reached(self, claim: Claim) -> list[int]:
        """Positions of the statements with the claim's code or its id, and of all that they use by name."""
        found: list[int] = []
        waiting = [place for place, node in enumerate(self.tree.body) if _is_of(node, claim)]
        while waiting:
            place = waiting.pop(0)
            if place not in found:
                found.append(place)
                names = {node.id for node in ast.walk(self.tree.body[place]) if isinstance(node, ast.Name)}
                waiting += [one for name in sorted(names) for one in self._defined.get(name, ())]
        return found

    def sites(self, statement: int) -> Iterator[Site]:
        """Every change that can be made in a statement of the module."""
        node: Any
        for place, node in enumerate(ast.walk(self.tree.body[statement])):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, int | float) and not isinstance(value, bool):
                ends = (Fraction(value) * 10 + 1, -Fraction(value) * 10 - 1, Fraction(value) / 100)
                changed = tuple(self._changed(statement, place, _number(end)) for end in ends)
                yield Site(f"grensen {value} flyttet", node.lineno, changed)
            elif isinstance(node, ast.Compare):
                for position, operator in enumerate(node.ops):
                    turned = self._changed(statement, place, _other_operator(position))
                    yield Site(f"tegnet {_SIGNS[type(operator)]} snudd", node.lineno, (turned,))

    @cached_property
    def _defined(self) -> dict[str, list[int]]:
        """Positions of the statements that define each name of the module."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, node in enumerate(self.tree.body):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name].append(place)
            else:
                stored = (one for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
                for one in stored:
                    found[one.id].append(place)
        return found

    def _changed(self, statement: int, place: int, change: Change) -> ast.Module:
        """The module with the node at one place (in the order of `ast.walk`) of a statement changed."""
        body = list(self.tree.body)
        body[statement] = copy.deepcopy(body[statement])
        nodes = list(ast.walk(body[statement]))
        old: Any = nodes[place]
        new = ast.fix_missing_locations(ast.copy_location(change(old), old))
        for parent in nodes:
            for name, value in ast.iter_fields(parent):
                if value is old:
                    setattr(parent, name, new)
                elif isinstance(value, list):
                    value[:] = [new if one is old else one for one in value]
        return ast.Module(body, [])


def _is_of(statement: ast.stmt, claim: Claim) -> bool:
    decorators = [decorator.lineno for decorator in getattr(statement, "decorator_list", [])]
    if min(statement.lineno, *decorators, statement.lineno) <= claim.holds.__code__.co_firstlineno <= _last(statement):
        return True
    return any(isinstance(node, ast.Constant) and node.value == claim.id for node in ast.walk(statement))


def _last(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno


def _number(value: Fraction) -> Change:
    """Write another number, as an integer where possible: a count or an index must be one."""
    if value.denominator == 1:
        return lambda _: ast.Constant(value.numerator)
    name = ast.Name(_FRACTION, ast.Load())
    return lambda _: ast.Call(name, [ast.Constant(value.numerator), ast.Constant(value.denominator)], [])


def _other_operator(position: int) -> Change:
    def turned(node: Any) -> ast.Compare:
        operators = [_TURNED[type(one)]() if place == position else one for place, one in enumerate(node.ops)]
        return ast.Compare(node.left, operators, node.comparators)

    return turned


def _words_of(module: Module, id_: str, numbers: Numbers) -> list[str]:
    """The words of comparison that the claim itself calls when it is tested."""
    asked: dict[str, None] = {}

    def watched(name: str, word: Callable[..., bool]) -> Callable[..., bool]:
        def call(*args: Any, **more: Any) -> bool:
            asked[name] = None
            return word(*args, **more)

        return call

    with _saying({name: watched(name, word) for name, word in vars(words).items() if _is_word(word)}):
        predicates = module.predicates(module.tree)
    _holds(predicates, id_, numbers)
    return list(asked)


@contextmanager
def _saying(changed: dict[str, Callable[..., bool]]) -> Iterator[None]:
    """Let modules run within the block get these words, however they import them; words still call the originals."""
    other = types.ModuleType(words.__name__)
    vars(other).update(vars(words) | changed)
    with patch.dict(sys.modules, {words.__name__: other}), patch.object(claims, "words", other):
        yield


def _is_word(thing: object) -> bool:
    if not isinstance(thing, types.FunctionType) or thing.__module__ != words.__name__:
        return False
    return thing.__annotations__.get("return") == "bool" and not thing.__name__.startswith("_")


def _turned(word: Callable[..., bool]) -> Callable[..., bool]:
    return lambda *args, **more: not word(*args, **more)


def _holds(predicates: dict[str, Claim], id_: str, numbers: Numbers) -> bool:
    """Whether the claim exists, can be tested and is true."""
    predicate: Predicate | None = predicates[id_].holds if id_ in predicates else None
    try:
        return predicate is not None and predicate(numbers)
    except Exception:  # a changed predicate may do anything; any exception would stop the build
        return False
