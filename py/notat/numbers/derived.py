"""The formulas of `data/regnet.csv`: what an author writes, as a computation on quantities.

A formula has ids of numbers, `+`, `-`, parentheses and the functions below. An id may have its place:
`folketall@landet`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from notat.data.derived import PLACE as TABLE
from notat.data.derived import Derived
from notat.data.quantity import Quantity, factor, percent_change, percent_of, share_of, total, whole_of
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
    "før": Function(("nivået", "endringen i prosent"), before),
    "før_fall": Function(("nivået", "nedgangen i prosent"), before_fall),
}
_REMEDY = f"Skriv id-er, +, -, parenteser og {', '.join(FUNCTIONS)}, som andel(delen, helheten)."


def evaluate(one: Derived, value: Callable[[str], Quantity]) -> Quantity:
    """The number by its formula, where `value` gives each number by id."""
    return _compute(parsed(one), value)


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
        case ast.Call(func=ast.Name(id=name), keywords=[]):
            raise NotatError("N0372", f"Ukjent regnemåte «{name}».", remedy=did_you_mean(name, FUNCTIONS))
        case _:
            raise NotatError("N0372", f"«{ast.unparse(node)}» kan ikke stå i en formel.", remedy=_REMEDY)
    for part in parts:
        _check(part)


def _compute(node: ast.expr, value: Callable[[str], Quantity]) -> Quantity:
    match node:
        case ast.BinOp(op=ast.Add()):
            return _compute(node.left, value) + _compute(node.right, value)
        case ast.BinOp(op=ast.Sub()):
            return _compute(node.left, value) - _compute(node.right, value)
        case ast.Call(func=ast.Name(id=name)):
            return FUNCTIONS[name].compute(*(_compute(part, value) for part in node.args))
    return value(ast.unparse(node).replace(f" {MARK} ", MARK))
