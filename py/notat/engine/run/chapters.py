"""Run the chapters whose results are not known: a chapter is run again when its code, or anything it used, has changed.

The prose of a chapter does not matter to its code, so a changed sentence runs nothing. Only code that is made of the
authors' own functions can be trusted to use nothing else than it notes; any other code is run every time.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import notat
from notat.engine.keep.cache import Store, digest
from notat.engine.keep.keys import Inputs
from notat.project.source import CodeCell, Inline, Source, weave
from notat.show import figures

Report = Callable[[str], None]

_KIND = "kapittel"
_KEPT = 4
_FIGURE = re.compile(r"\bfigur\(\s*[\"']([\w-]+)[\"']")
_DRAWN = re.compile(r"\(/_figurer/fig-([\w-]+)\)")


def run_chapters(
    sources: list[Source], store: Store, inputs: Inputs, report: Report, meanwhile: Callable[[], None]
) -> list[str]:
    """The Markdown of every chapter after execution; the figures are in `_figurer/`.

    `meanwhile` is called while the kernel starts, or at once when none is needed; what it raises stops the run.
    """
    results = {source.file: _known(source, store, inputs) for source in sources}
    missing = [source for source in sources if results[source.file] is None]
    if missing:
        results.update(_run(missing, store, inputs, report, meanwhile))
    else:
        meanwhile()
    return [weave(source, results[source.file] or []) for source in sources]


def _run(
    missing: list[Source], store: Store, inputs: Inputs, report: Report, meanwhile: Callable[[], None]
) -> Iterator[tuple[str, list[str]]]:
    from notat.engine.run.execute import run, session
    from notat.engine.run.kernel import kernel
    from notat.show.draw import drawing

    root = inputs.root
    wanted = {source.file: _figures_of(source) for source in missing}
    undrawn = figures.undrawn(store, inputs, dict.fromkeys(name for names in wanted.values() for name in names))
    with kernel(root) as manager, drawing(root, undrawn) as all_drawn:
        meanwhile()
        with session(root, manager) as client:
            # Chapters without figures need not wait for any.
            for source in sorted(missing, key=lambda source: bool(wanted[source.file])):
                if wanted[source.file]:
                    report("Tegner figurer")
                    all_drawn()
                report(f"Kjører {source.file}")
                store.missed.append((_KIND, source.file))
                results, uses = run(source, client)
                if _keepable(source):
                    drawn = dict.fromkeys(name for text in results for name in _DRAWN.findall(text))
                    entry = {
                        "brukt": inputs.digests(uses),
                        "svar": results,
                        "filer": figures.keep(store, root, drawn),
                    }
                    kept = store.read_json(_KIND, _key(source, inputs)) or []
                    store.write_json(_KIND, _key(source, inputs), [entry, *kept][:_KEPT])
                yield source.file, results


def _known(source: Source, store: Store, inputs: Inputs) -> list[str] | None:
    """What the chapter's code gave when everything it used was as now."""
    if not source.code:
        return []
    if not _keepable(source):
        return None
    entries: list[dict[str, Any]] = store.read_json(_KIND, _key(source, inputs)) or []
    for entry in entries:
        if inputs.unchanged(entry["brukt"]) and figures.restore(store, inputs.root, entry["filer"]):
            return list(entry["svar"])
    return None


def _key(source: Source, inputs: Inputs) -> str:
    return digest(inputs.chapter_code, json.dumps([(type(part).__name__, part.code) for part in source.code]))


def _figures_of(source: Source) -> list[str]:
    return [name for part in source.code for name in _FIGURE.findall(part.code)]


def _keepable(source: Source) -> bool:
    return all(_notes_all(part) for part in source.code)


def _notes_all(part: CodeCell | Inline) -> bool:
    """Whether the code only imports the authors' functions, or calls them with plain values."""
    try:
        tree = ast.parse(part.code)
    except SyntaxError:
        return False
    return all(_is_import(statement) or _is_call(statement) for statement in tree.body)


def _is_import(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.ImportFrom)
        and statement.module == "notat"
        and all(name.name in notat.__all__ and name.asname is None for name in statement.names)
    )


def _is_call(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    call = statement.value
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return (
        isinstance(call.func, ast.Name)
        and call.func.id in notat.__all__
        and all(keyword.arg is not None for keyword in call.keywords)
        and all(isinstance(value, ast.Constant) for value in values)
    )
