"""Words that claim something about numbers in the code of figures and tables, and are not tested there.

Every text of a module that draws or tabulates may reach the reader: a finding, an alternative text, a note, a caption,
a cell. So each word that claims something must be given to `notat.show.charts.words.sure`, which tests it, or be
covered by a convention with its reason. In a figure or table that a chapter declares, such a word is marked. What only
names something is no text: an id, and a value of the data («Endring i sysselsatte»), which the data themselves list.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import reduce

from notat.judge.checks.prose import Finding
from notat.judge.checks.trend_words import DONE, claiming_words
from notat.norsk.language import speaking
from notat.numbers.indicators import Numbers
from notat.project.declared import Declaration, languages, of_project
from notat.project.project import Project
from notat.show.charts.declared.parameters import TEXTS
from notat.show.charts.declared.said import without_marks
from notat.show.claims import denial_before
from notat.text import syntax
from notat.text.codebase import FOLDER, NAME
from notat.text.python import imported_names, resolve_name

_PACKAGES = ("charts", "tables")
_SURE = "notat.show.charts.words.sure"
_CLAIM = "notat.show.charts.words.claim"  # its sentence is the message of a predicate
_SPACE = "notat.norsk.HARD_SPACE"
_IN_PYTHON = "Skriv w.sure(«ordene», verdi, …) der de står"
_IN_CHAPTER = 'Merk dem med raden eller tallet de gjelder: [ordene]{av="…"}'
# The parameters of a declaration, besides its texts, that a reader sees.
_NAMES = ("av", "enhet", "navn", "deler", "kolonner", "rader", "hode", "felt", "brudd", "merk")


def figure_words(project: Project, numbers: Numbers) -> Iterator[Finding]:
    """A finding for each untested word in the texts of the project's figures and tables, by module and line."""
    named = {value for row in numbers.data.rows for _, value in row.quantity.cell.key}
    # The longest first, since a name may be part of another.
    claiming = sorted((name for name in named if " " in name and any(claiming_words(name))), key=len, reverse=True)
    for package in _PACKAGES:
        for file in sorted((project.root / FOLDER / NAME / package).glob("*.py")):
            place = file.relative_to(project.root).as_posix()
            for line, text in texts(file.read_text(encoding="utf-8")):
                if text not in named:
                    yield from _findings(
                        place, line, reduce(lambda rest, name: rest.replace(name, "…"), claiming, text)
                    )
    spoken = languages(project)
    for one in of_project(project).values():
        for key, text in _declared_texts(one):
            if text not in named:
                shown = reduce(lambda rest, name: rest.replace(name, "…"), claiming, text)
                with speaking(spoken.get((one.kind, one.name), "")):
                    found = list(_findings(one.place[0], one.lines[key], shown, _IN_CHAPTER))
                yield from found


def _declared_texts(one: Declaration) -> Iterator[tuple[str, str]]:
    """The texts for the reader in a declaration, each with its parameter; `DONE` is what is tested where it stands."""
    for key, given in one.given.items():
        if key in TEXTS:
            yield key, without_marks(str(given), DONE)
        elif key in _NAMES:
            yield from ((key, without_marks(text, DONE)) for text in _strings(given) if not _is_id(text))


def _strings(given: object) -> Iterator[str]:
    if isinstance(given, str):
        yield given
    elif isinstance(given, dict):
        yield from (text for pair in given.items() for one in pair for text in _strings(one))
    elif isinstance(given, (list, tuple)):
        yield from (text for one in given for text in _strings(one))


def _findings(file: str, line: int, text: str, remedy: str = _IN_PYTHON) -> Iterator[Finding]:
    shown = text.replace(DONE, "[…]")
    if words := list(dict.fromkeys(claiming_words(text, before_numbers=True))):
        listed = ", ".join(f"«{word}»" for word in words)
        yield Finding(
            "N1052",
            file,
            line,
            f"{listed} lover noe om tallene, og ingenting prøver det: «{shown}»",
            f"{remedy}, skriv om, eller før dem opp i py/content/conventions.py med en grunn.",
        )
    for before in text.split(DONE)[:-1]:
        if denied := denial_before(before):
            yield Finding(
                "N1052",
                file,
                line,
                f"«{denied}» rett før sure(…) snur ordene om, uten å bli prøvd: «{shown}»",
                f"Ta «{denied}» med i ordene som prøves.",
            )


def texts(code: str) -> Iterator[tuple[int, str]]:
    """The texts in the code of a module, with their lines: «…» is a computed part, `DONE` what `sure` tests.

    Docstrings, ids and the words given to `sure` are not among them.
    """
    tree = syntax.parse(code)
    return _Texts(imported_names(tree)).within(tree)


class _Texts:
    def __init__(self, names: dict[str, str]):
        self.names = names

    def within(self, node: ast.AST) -> Iterator[tuple[int, str]]:
        """The texts of a part of the tree."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not _is_id(node.value):
            yield node.lineno, node.value
        if isinstance(node, ast.JoinedStr):
            text = "".join(map(self._part, node.values))
            if not _is_id(text.replace("…", "x")):
                yield node.lineno, text
        read = self._read(node)
        for child in ast.iter_child_nodes(node):
            if not any(child is one for one in read):
                yield from self.within(child)

    def _read(self, node: ast.AST) -> list[ast.expr]:
        """The parts of a node that are not texts by themselves."""
        if isinstance(node, ast.Expr):
            return [node.value] if isinstance(node.value, ast.Constant) else []  # a docstring
        if isinstance(node, ast.FunctionDef):
            return node.decorator_list  # they register a name
        if isinstance(node, ast.JoinedStr):
            return [value for value in node.values if isinstance(value, ast.Constant)]
        called = resolve_name(node.func, self.names) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and called == _SURE:
            return node.args[:1]
        return node.args if isinstance(node, ast.Call) and called == _CLAIM else []

    def _part(self, value: ast.expr) -> str:
        if isinstance(value, ast.Constant):
            return str(value.value)
        inner = value.value if isinstance(value, ast.FormattedValue) else value
        if resolve_name(inner, self.names) == _SPACE:
            return " "
        return DONE if isinstance(inner, ast.Call) and resolve_name(inner.func, self.names) == _SURE else "…"


def _is_id(text: str) -> bool:
    return "_" in text and text.isidentifier()
