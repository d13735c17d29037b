"""What the editor can complete: a snippet for every number, claim, figure, table and work of the note.

VS Code reads snippets from `.vscode/` alone. The file is written by `notat snippets`, and by every build of a project
that has the folder; it is not in git.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from notat.engine import pandoc
from notat.norsk.periods import in_prose
from notat.numbers.indicators import Number, Numbers
from notat.numbers.provenance import printed_value
from notat.project.project import Project
from notat.show import claims, index
from notat.show.charts.declared import parameters
from notat.text import paths
from notat.text.errors import NotatError

Snippets = dict[str, dict[str, str]]


def snippets_file(project: Project) -> bytes:
    """The content of the file of snippets."""
    return json.dumps(snippets(project), ensure_ascii=False, indent=1).encode()


def snippets(project: Project) -> Snippets:
    """The snippets of the project at `root`, each under the name that the editor lists it by."""
    numbers = Numbers(project.data)
    return {
        f"{kind} {prefix}": {"prefix": prefix, "scope": "quarto,markdown", "body": body, "description": words}
        for kind, found in (
            ("Tall", _numbers(numbers)),
            ("Påstand", _claims()),
            ("Henvisning", _floats(project)),
            ("Form", _forms()),
            ("Kilde", _works(project)),
        )
        for prefix, body, words in found
    }


def _numbers(numbers: Numbers) -> Iterator[tuple[str, str, str]]:
    for id_ in numbers:
        try:
            number = numbers[id_]
        except NotatError:
            continue  # using it reports why
        yield id_, f'`{{python}} tall("{id_}")`', _meaning(number)


def _meaning(number: Number) -> str:
    where = ", ".join(filter(None, (number.place, in_prose(number.period))))
    return f"{printed_value(number)} – {number.meaning} ({where})"


def _claims() -> Iterator[tuple[str, str, str]]:
    """The words that a predicate stands for; the first are inserted where none are selected."""
    for id_, claim in sorted(claims.known().items()):
        body = f"[${{1:${{TM_SELECTED_TEXT:{claim.words[0]}}}}}]{{.paastand #{id_}}}"
        yield id_, body, f"Påstand som prøves i {claim.place[0]}"


def _floats(project: Project) -> Iterator[tuple[str, str, str]]:
    for call, word in (("figur", "Figuren"), ("tabell", "Tabellen")):
        for name, (file, _) in index.makers(project, call).items():
            label = index.label(call, name)
            yield label, f"@{label}", f"Henvisning til {word.lower()} {name}"
            yield f"{call}-{name}", f'```{{python}}\n{call}("{name}")\n```', f"{word} {name}, laget i {file}"


def _forms() -> Iterator[tuple[str, str, str]]:
    """The cells that declare a new figure or table, with what each form needs to be filled in."""
    for name, form in parameters.FIGURES.items():
        som = "linje" if name == parameters.FELT else name
        yield f"ny-figur-{name}", _cell("figur", {"som": som, **form.start}), f"Figur: {form.when}"
    for name, form in parameters.TABLES.items():
        yield f"ny-tabell-{name.replace(' ', '-')}", _cell("tabell", form.start), f"Tabell: {form.where}"


def _cell(function: str, given: Mapping[str, Any]) -> str:
    """A cell with a call; each text in it is a stop of the editor, but for the form."""
    stops = count(1)

    def stop(text: str) -> str:
        return f'"${{{next(stops)}:{text}}}"'

    def written(value: Any) -> str:
        if isinstance(value, str):
            return stop(value)
        if isinstance(value, dict):
            return "{" + ", ".join(f"{stop(key)}: {written(one)}" for key, one in value.items()) + "}"
        return f"[{', '.join(map(written, value))}]"

    lines = [stop("navn")]
    lines += [f'{key}="{value}"' if key == "som" else f"{key}={written(value)}" for key, value in given.items()]
    lines.append(f"tittel={stop('Funnet i én setning, med sted og tid.')}")
    return "```{python}\n" + f"{function}(\n" + "".join(f"    {line},\n" for line in lines) + ")\n```"


def _works(project: Project) -> Iterator[tuple[str, str, str]]:
    file = project.config.bibliography
    if file is None:
        return
    try:
        works = json.loads(pandoc.run(paths.read_text(file, project.root), "--from=biblatex", "--to=csljson"))
    except NotatError:
        return  # a build reports what is wrong with the list, and where
    for work in sorted(works, key=lambda work: str(work["id"])):
        names = [person.get("family") or person.get("literal", "") for person in work.get("author", [])]
        year = str(work.get("issued", {}).get("date-parts", [[""]])[0][0])
        words = ". ".join(filter(None, (" ".join(filter(None, (" og ".join(names), year))), work.get("title", ""))))
        yield work["id"], f"[@{work['id']}]", words
