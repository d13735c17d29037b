"""A second formula for a derived number, as its author writes it: another way to the value, for a control notebook.

A notebook that computes a number by the formula it is to test finds no mistake in it. So the second formula must not be
the first one written again, and it must give the same value on the data as they are.
"""

from __future__ import annotations

import ast
from fractions import Fraction

from notat.data.quantity import Quantity
from notat.numbers.indicators import Numbers
from notat.text.errors import NotatError, did_you_mean

_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_REMEDY = "Skriv navn på rader i data/, tall, parenteser og + - * /, som (a - b) / b * 100."


def second_formula(text: str, numbers: Numbers, first: Quantity, first_code: str) -> str:
    """The formula `text` as a notebook computes it, with `v["id"]` for each row.

    `first` is the number's value and `first_code` its own formula, written for a notebook. Raises `NotatError` for what
    is no arithmetic on rows, for the same formula, and for another value.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
        value = _value(tree, numbers)
    except (SyntaxError, RecursionError, ValueError):  # the last for a null character
        raise NotatError("N1013", f"«{text}» er ikke en formel.", remedy=_REMEDY) from None
    except ZeroDivisionError:
        raise NotatError("N1013", f"«{text}» deler på null.", remedy=_REMEDY) from None
    code = ast.unparse(_Rows().visit(tree))
    if _shape(ast.parse(code, mode="eval").body) == _shape(ast.parse(first_code, mode="eval").body):
        remedy = "Skriv en annen vei fram til tallet, eller utelat --kontroll."
        raise NotatError("N1013", f"«{text}» er formelen som skal prøves.", remedy=remedy)
    found, wanted = f"{float(value):.10g}", f"{float(first.value):.10g}"
    if found != wanted:
        remedy = "Rett den av formlene som er feil."
        raise NotatError("N1014", f"Kontrollformelen gir {found}, men tallet er {wanted}.", remedy=remedy)
    return code


def _value(node: ast.expr, numbers: Numbers) -> Fraction:
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        left, right = _value(node.left, numbers), _value(node.right, numbers)
        match node.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
        return left / right
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, numbers)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return Fraction(str(node.value))
    if isinstance(node, ast.Name):
        if node.id not in numbers.data.ids:
            remedy = f"{did_you_mean(node.id, numbers.data.ids)} Et regnet tall kan ikke være med i sin egen prøve."
            raise NotatError("N1013", f"«{node.id}» er ikke navnet på en rad i data/.", remedy=remedy)
        return numbers.data[node.id].value
    raise SyntaxError


class _Rows(ast.NodeTransformer):
    """Read each name from the table of values."""

    def visit_Name(self, node: ast.Name) -> ast.Subscript:  # so named by ast
        return ast.Subscript(ast.Name("v", ast.Load()), ast.Constant(node.id), ast.Load())


def _shape(node: ast.AST) -> str:
    """The formula without what does not change how it computes: the order of terms and of factors."""
    if isinstance(node, ast.BinOp):
        sign = _SIGNS[type(node.op)]
        parts = [_shape(node.left), _shape(node.right)]
        return f"({f' {sign} '.join(sorted(parts) if sign in '+*' else parts)})"
    return ast.unparse(node)
