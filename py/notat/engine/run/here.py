"""Run a chapter in this process, where its code only calls the functions of authors.

A kernel is another process: it reads the project and its data once more, and is asked piece by piece. For a builder of
many units that costs as much as all else but the figures, and code that can do nothing but call these functions needs
none. It shows here what it would show there. What stops, or says anything on the way, is left to a kernel, which tells
what and where. Code that does not finish ends this process, as it would end a kernel.
"""

from __future__ import annotations

import ast
import io
import os
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any
from warnings import catch_warnings

import nbformat

from notat.data import used
from notat.engine.keep.reads import note_reads
from notat.engine.keep.step import Results
from notat.engine.run.calls import only_calls
from notat.engine.run.cells import pieces_of, to_markdown
from notat.engine.run.execute import TIMEOUT, Ran, Setting
from notat.engine.run.limits import limit_process
from notat.norsk.language import speaking
from notat.project.project import Project, held
from notat.project.source import CodeCell, Inline, Source, is_run
from notat.text.plaintext import markdown


class _ElsewhereError(Exception):
    """Only a kernel knows what this shows."""


def run(source: Source, project: Project, setting: Setting, results: Results) -> Ran | None:
    """Run a chapter's code with this project and its cached results; None when a kernel must run it."""
    if not all(only_calls(part.code, setting.functions) for part in source.code if is_run(part)):
        return None
    note_reads(setting.root)
    with _listening(setting.root) as is_silent, used.record() as uses, _prepared(project, setting, results):
        names: dict[str, Any] = {"__name__": "__main__"}
        try:
            with speaking(source.lang):
                texts = [_limited(part, names, source, setting) for part in source.code]
        except (Exception, SystemExit):  # the functions may raise anything: a kernel says what, with file and line
            return None
    return Ran(texts, uses, []) if is_silent() else None


@contextmanager
def _listening(root: Path) -> Iterator[Callable[[], bool]]:
    """Whether nothing is said; a warning is said again for each chapter.

    The working folder and the environment are the same afterwards.
    """
    said, before = io.StringIO(), dict(os.environ)
    try:
        with redirect_stdout(said), redirect_stderr(said), catch_warnings(record=True) as warned, chdir(root):
            yield lambda: not (said.getvalue() or warned)
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


@contextmanager
def _prepared(project: Project, setting: Setting, results: Results) -> Iterator[None]:
    """Let what the code calls find this project and these results."""
    with held(project):
        if not setting.look:
            yield
            return
        with import_module(setting.look).here(setting.formats, results):
            yield


def _limited(part: CodeCell | Inline, names: dict[str, Any], source: Source, setting: Setting) -> str:
    with limit_process(os.getpid(), working=TIMEOUT, waiting=TIMEOUT):
        return _shown(part, names, source, setting)


def _shown(part: CodeCell | Inline, names: dict[str, Any], source: Source, setting: Setting) -> str:
    """The Markdown of a piece of code."""
    if isinstance(part, Inline):
        value = eval(part.code, names)  # noqa: S307  # chapters are trusted code: that is what they are
        return _own_markdown(value) or markdown(str(value))
    options = part.options.below(source.execute, setting.defaults)
    outputs = [] if options.eval is False else _outputs(part.code, names)
    return to_markdown(pieces_of(outputs, part, options), part, options, setting.root, "")


def _outputs(code: str, names: dict[str, Any]) -> list[Any]:
    """What a cell shows: the value of its last line, as IPython does."""
    tree = ast.parse(code)
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        del tree.body[-1]
    exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102  # as above
    if not isinstance(last, ast.Expr):
        return []
    if code.rstrip().endswith(";"):  # IPython then shows nothing
        raise _ElsewhereError
    value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)  # noqa: S307  # as above
    if not (own := _own_markdown(value)):
        raise _ElsewhereError
    data = {"text/markdown": own, "text/plain": ""}
    return [nbformat.v4.new_output("execute_result", data)]


def _own_markdown(value: Any) -> str:
    """The Markdown that a value has of its own, or nothing."""
    return str(value._repr_markdown_()) if hasattr(value, "_repr_markdown_") else ""
