"""The formulas of `data/regnet.csv`: what an author writes, as a computation on quantities.

A formula has ids of numbers, `+`, `-`, parentheses and the functions below. An id may have its place:
`folketall@landet`. `plass(andel)` and `antall(andel)` are about one number of several places, and so about an id.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from notat.data.derived import PLACE as TABLE
from notat.data.derived import Derived
from notat.data.quantity import (
    Quantity,
    count,
    factor,
    per,
    percent_change,
    percent_of,
    rank,
    share_of,
    total,
    whole_of,
)
from notat.data.units import MARK
from notat.numbers.formulas import before, before_fall, complement
from notat.text.errors import NotatError, did_you_mean


@dataclass(frozen=True)
class Function:
    """What a formula may call: what its arguments are, in bokmål, and how it computes; one that repeats takes many."""

    takes: tuple[str, ...]
    compute: Callable[..., Quantity]
    repeats: bool = False


FUNCTIONS: Mapping[str, Function] = {
    "endring": Function(("det gamle", "det nye"), percent_change),
    "ganger": Function(("det gamle", "det nye"), lambda old, new: factor(new, old)),
    "andel": Function(("delen", "helheten"), percent_of),
    "delen": Function(("prosenten", "helheten"), share_of),
    "helheten": Function(("delen", "prosenten"), whole_of),
    "resten": Function(("delen",), complement),
    "sum": Function(("et tall", "et tall til"), lambda *parts: total(parts), repeats=True),
    "per_1000": Function(("antallet", "folketallet"), lambda part, whole: per(part, whole, 1000, "per 1 000")),
    "før": Function(("nivået", "endringen i prosent"), before),
    "før_fall": Function(("nivået", "nedgangen i prosent"), before_fall),
}
# What a formula may call of the number of one place and those of the places beside it, with what the places are.
AMONG: Mapping[str, Callable[[Quantity, Sequence[Quantity], str], Quantity]] = {
    "plass": lambda own, others, _: rank(own, others),
    "antall": lambda own, others, kind: count((own, *others), kind),
}
_REMEDY = f"Skriv id-er, +, -, parenteser og {', '.join((*FUNCTIONS, *AMONG))}, som andel(delen, helheten)."


class Values(Protocol):
    """Where a formula has its numbers from."""

    def of(self, id_: str) -> Quantity:
        """The number of this id."""

    def beside(self, id_: str) -> tuple[list[Quantity], str]:
        """The same number of the places beside that which is computed for, and the unit of a count of them."""


def evaluate(one: Derived, values: Values) -> Quantity:
    """The number by its formula."""
    return _compute(parsed(one), values)


def is_among(one: Derived) -> bool:
    """Whether the formula compares places, so that it needs one to be computed for."""
    parsed(one)  # refuses, with its line, what is no formula
    return _is_among(one.formula)


@lru_cache(maxsize=4096)
def _is_among(formula: str) -> bool:
    return any(isinstance(node, ast.Call) and _name(node) in AMONG for node in ast.walk(_parsed(formula)))


def parsed(one: Derived) -> ast.expr:
    """The formula as a tree of what the functions above allow; N0372, with the line, for what is none."""
    try:
        return _parsed(one.formula)
    except NotatError as error:
        raise error.at(TABLE, one.line) from None


@lru_cache(maxsize=4096)
def _parsed(formula: str) -> ast.expr:
    try:
        tree = ast.parse(formula.replace("−", "-").strip(), mode="eval").body
    except (SyntaxError, RecursionError, ValueError):  # the last for a null character
        raise NotatError("N0372", f"«{formula}» er ikke en formel.", remedy=_REMEDY) from None
    _check(tree)
    return tree


def _check(node: ast.expr) -> None:
    """Refuse all but ids, sums, differences and calls of the functions with as many arguments as they take."""
    match node:
        case ast.Name() | ast.BinOp(left=ast.Name(), op=ast.MatMult(), right=ast.Name() | ast.Constant(value=int())):
            return
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            parts = [node.left, node.right]
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in FUNCTIONS:
            parts, how = node.args, FUNCTIONS[name]
            if len(parts) != len(how.takes) and not (how.repeats and len(parts) > 1):
                problem = f"{name}() har {len(parts)} tall, men skal ha {len(how.takes)}"
                raise NotatError("N0372", f"{problem}: {', '.join(how.takes)}.", remedy="Rett formelen.")
        case ast.Call(func=ast.Name(id=name), args=[ast.Name()], keywords=[]) if name in AMONG:
            return
        case ast.Call(func=ast.Name(id=name)) if name in AMONG:
            remedy = f"Skriv id-en til ett tall, som {name}(andel). Det som skal regnes ut først, får en rad for seg."
            raise NotatError("N0372", f"«{ast.unparse(node)}» kan ikke stå i en formel.", remedy=remedy)
        case ast.Call(func=ast.Name(id=name), keywords=[]):
            raise NotatError("N0372", f"Ukjent regnemåte «{name}».", remedy=did_you_mean(name, (*FUNCTIONS, *AMONG)))
        case _:
            raise NotatError("N0372", f"«{ast.unparse(node)}» kan ikke stå i en formel.", remedy=_REMEDY)
    for part in parts:
        _check(part)


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _compute(node: ast.expr, values: Values) -> Quantity:
    match node:
        case ast.BinOp(op=ast.Add()):
            return _compute(node.left, values) + _compute(node.right, values)
        case ast.BinOp(op=ast.Sub()):
            return _compute(node.left, values) - _compute(node.right, values)
        case ast.Call(func=ast.Name(id=name), args=[ast.Name(id=of)]) if name in AMONG:
            return AMONG[name](values.of(of), *values.beside(of))
        case ast.Call(func=ast.Name(id=name)):
            return FUNCTIONS[name].compute(*(_compute(part, values) for part in node.args))
    return values.of(ast.unparse(node).replace(f" {MARK} ", MARK))
