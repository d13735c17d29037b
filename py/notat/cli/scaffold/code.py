"""Put new functions into Python modules of a note, formatted as the rest, and try them before they are written."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable
from typing import Any
from unittest.mock import patch

from jinja2 import Environment, PackageLoader, StrictUndefined

from notat.cli.scaffold.plan import Plan
from notat.numbers import indicators
from notat.project.project import Project
from notat.show import charts, claims
from notat.text.errors import NotatError

_HEAD = '"""{docstring}"""\n\nfrom __future__ import annotations\n'
# The locked one; only imports are sorted, the author's own code is left alone.
_SORT = ("check", "--quiet", "--fix", "--select", "I001")
_FORMAT = ("format", "--quiet")


def render_template(template: str, **values: Any) -> str:
    """The code that a template gives; the filter `py` quotes values as Python literals."""
    environment = Environment(
        loader=PackageLoader("notat.cli.scaffold"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # it writes Python, not HTML
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["py"] = repr
    return environment.get_template(template).render(**values)


def add(plan: Plan, file: str, docstring: str, code: str, *, needle: str, what: str) -> None:
    """Append `code`, whose imports come first in it, to the module `file`, which is created if missing."""
    old = plan.text(file) or _HEAD.format(docstring=docstring)
    imports, body = _split(code)
    plan.put(file, format_code(plan.project, file, f"{_with_imports(old, imports).rstrip()}\n\n\n{body}"), needle, what)


def format_code(project: Project, file: str, code: str) -> str:
    """The code as the project's formatter writes it."""
    for action in (_SORT, _FORMAT):
        command = [sys.executable, "-m", "ruff", *action, "--stdin-filename", file, "-"]
        run = subprocess.run(
            command, cwd=project.root, input=code, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if run.returncode:
            remedy = "Kjør make setup." if "No module named" in run.stderr else "Rett fila først: kjør make lint."
            raise NotatError("N1124", "Koden kan ikke formateres.", file=file, remedy=remedy)
        code = run.stdout
    return code


def run_code(code: str) -> dict[str, Any]:
    """Run code before it is written, without registering anything; the names that it defines."""
    names: dict[str, Any] = {"__name__": "ny_kode"}
    with (
        patch.dict(indicators._indicators),  # the registries belong to this package
        patch.dict(charts._charts),
        patch.dict(claims._claims),
    ):
        exec(compile(code, "<ny kode>", "exec"), names)  # noqa: S102  # made from our own templates
    return names


def _split(code: str) -> tuple[list[str], str]:
    """The imports at the beginning of the code, and the rest."""
    lines = code.splitlines()
    first = next(i for i, line in enumerate(lines) if line and not line.startswith(("from ", "import ")))
    return [line for line in lines[:first] if line], "\n".join(lines[first:]) + "\n"


def _with_imports(text: str, imports: Iterable[str]) -> str:
    """The module with these imports after its last one; the formatter merges and sorts them."""
    tree = ast.parse(text)
    ends = [node.end_lineno or 0 for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    if not ends and tree.body and isinstance(tree.body[0], ast.Expr):
        ends = [tree.body[0].end_lineno or 0]
    lines = text.splitlines()
    at = max(ends, default=0)
    return "\n".join([*lines[:at], *imports, *lines[at:]]) + "\n"
