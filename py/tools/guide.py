"""`make veiledning`: the guides as a small site, which notat makes of `docs/` and of the note of `notat init`.

The pages are those of `docs/`, with what chapters can call (from the docstrings) and the example note itself, so that a
reader sees what the guides speak of without cloning anything. The site is complete in `_veiledning/`, or not made.
"""

from __future__ import annotations

import csv
import inspect
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import notat
from notat.cli.init import begin
from notat.data import package, series
from notat.data.observations import FOLDER, Observation
from notat.data.sources import SOURCES
from notat.judge.checks import checksums
from notat.text import paths

OUTPUT = "_veiledning"
CHAPTERS = (
    *("kom-i-gang", "forfatterveiledning", "oppskrifter", "figurer", "galleri", "data", "quarto", "publisering"),
    *("etterproving", "fylker", "skalering", "sporsmaal"),
)
RUN = ("galleri",)  # chapters of their own: their cells are run on the data of the example
APPENDICES = ("innstillinger", "feil")
CALLS, FRONT, SUMMARY = "funksjoner", "lesmeg", "chapters/eksempel.qmd"
_EXAMPLE = "chapters/arbeid.qmd", "chapters/eksport.qmd"
_LONGEST_LINE = 70  # characters, which a page has room for
_DOCS = Path("docs")
# What the gallery borrows of the note, since the example has nothing of municipalities.
_PLACES = ("steder", "stedsendringer", "kommunegrenser")
_PEOPLE, _YEAR = "folketall", "2024"
_MUNICIPAL = 4  # digits of the code of a municipality
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_FENCED = re.compile(r"^(?P<fence>`{3,}).*?^(?P=fence)$", re.MULTILINE | re.DOTALL)
_SHORTCODE = re.compile(r"\{\{(<.*?>)\}\}")
_WITHIN = re.compile(r"\]\((?=bilder/|[\w-]+\.md\))")
_ELSEWHERE = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:|#)(?!(?:bilder/|[\w-]+\.md))[^)]*\)")


def shown(text: str) -> str:
    """A page of `docs/` as a chapter: code that it shows is not run, and links out of the site are words."""
    blocks = [(match.start(), match.end()) for match in _FENCED.finditer(text)]

    def span(match: re.Match[str]) -> str:
        code = match[0].replace("{python}", "{{python}}")
        # Between two accents code is shown, also where it looks like what an author has forgotten half of.
        return code if len(match[1]) > 1 or "{{" in code else f"`` {code[1:-1]} ``"

    pieces, at = [], 0
    for start, end in [*blocks, (len(text), len(text))]:
        pieces.append(_ELSEWHERE.sub(r"\1", _CODE_SPAN.sub(span, text[at:start])))
        pieces.append(text[start:end].replace("```{python}", "```{{python}}").replace("`{python}", "`{{python}}"))
        at = end
    return _SHORTCODE.sub(r"{{{\1}}}", "".join(pieces))


def calls(names: Sequence[str]) -> str:
    """A page on what chapters can call: how, and the docstring, which is in English."""
    pieces = ["# Funksjonene i kapitlene\n\nForklaringene er skrevet for dem som leser koden, og er på engelsk.\n"]
    for name in names:
        function = getattr(notat, name)
        about = shown(inspect.cleandoc(function.__doc__ or ""))
        pieces.append(f"## `{name}` {{#{name}}}\n\n```python\n{name}{_signature(function)}\n```\n")
        pieces.append(f'::: {{lang="en"}}\n{about}\n:::\n')
    return "\n".join(pieces)


def _signature(function: object) -> str:
    """The parameters with their defaults; types say little to who writes a chapter."""
    own = inspect.signature(function)  # type: ignore[arg-type]  # every exported name is a function
    bare = [one.replace(annotation=one.empty) for one in own.parameters.values()]
    line = str(own.replace(parameters=bare, return_annotation=own.empty))
    if len(line) <= _LONGEST_LINE:
        return line
    lines = line[1:-1].replace(", ", ",\n    ")
    return f"(\n    {lines},\n)"


def write(root: Path, docs: Path) -> None:
    """Make the project of the site in the folder `root`, which must be empty, of the pages in `docs`."""
    begin(root, lambda _: None)
    _lend(root, docs.resolve().parent)
    home = root / "veiledning"
    shutil.copytree(docs / "bilder", home / "bilder")
    for name in RUN:
        shutil.copyfile(docs / f"{name}.qmd", home / f"{name}.qmd")
    for name in {*CHAPTERS, *APPENDICES}.difference(RUN):
        text = (docs / f"{name}.md").read_text(encoding="utf-8")
        (home / f"{name}.md").write_text(shown(text), encoding="utf-8")
    (home / f"{CALLS}.md").write_text(calls(notat.__all__), encoding="utf-8")
    # What began the example is the beginning of its part of the site, which has a front page of its own.
    index = root / "index.qmd"
    index.replace(root / SUMMARY)
    front = shown((docs / f"{FRONT}.md").read_text(encoding="utf-8")).replace("\n", " {.unnumbered}\n", 1)
    index.write_text(_WITHIN.sub("](veiledning/", front), encoding="utf-8")
    file = root / paths.CONFIG
    file.write_text(_configured(file.read_text(encoding="utf-8")), encoding="utf-8")


def _lend(root: Path, note: Path) -> None:
    """Give the example what maps and shares are drawn of: people by municipality and age, their source, and borders."""
    data, own = note / paths.DATA, root / paths.DATA
    for name in _PLACES:
        shutil.copyfile(data / f"{name}.csv", own / f"{name}.csv")
    described, whole = (json.loads((one / package.PACKAGE).read_text(encoding="utf-8")) for one in (data, own))
    whole["resources"] += [one for one in described["resources"] if one["name"] in _PLACES]
    (own / package.PACKAGE).write_text(json.dumps(whole, ensure_ascii=False, indent=2), encoding="utf-8")
    [people] = (one for one in series.declared(note) if one.name == _PEOPLE)
    sources = f"{SOURCES}.csv"
    with (data / sources).open(encoding="utf-8", newline="") as stream:
        [source] = (row for row in csv.DictReader(stream) if row["kilde"] == people.source)
    with (own / sources).open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, source, lineterminator="\n").writerow(source)
    key = source["referanse"]
    works = (note / "references.bib").read_text(encoding="utf-8")
    [work] = re.findall(rf"^@\w+\{{{key},\n.*?^\}}\n", works, re.MULTILINE | re.DOTALL)
    with (root / "references.bib").open("a", encoding="utf-8") as stream:
        stream.write(f"\n{work}")
    with (data / FOLDER / f"{_PEOPLE}.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["periode"] == _YEAR and len(row["sted"]) == _MUNICIPAL]
    series.write(root, people, [Observation(row["gruppe"], row["sted"], _YEAR, row["verdi"]) for row in rows])
    checksums.write(root)


def _configured(text: str) -> str:
    """The example's `_quarto.yml` with the guides before its chapters and the reference among its appendices."""
    own = "".join(f"    - {name}\n" for name in _EXAMPLE)
    guides = "".join(f"    - veiledning/{name}.{'qmd' if name in RUN else 'md'}\n" for name in CHAPTERS)
    reference = "".join(f"    - veiledning/{name}.md\n" for name in (CALLS, *APPENDICES))
    changes = {
        own: f"{guides}    - {SUMMARY}\n{own}",
        "  appendices:\n": f"  appendices:\n{reference}",
        'title: "Arbeid og eksport i Nordland"': 'title: "notat"',
        'subtitle: "Eksempelnotat"': 'subtitle: "Veiledning med et eksempel"',
        'author: "Nordland fylke (eksempel)"': 'author: "notat"',
    }
    for old, new in changes.items():
        if text.count(old) != 1:
            raise ValueError(f"eksempelet har ikke én «{old}»")
        text = text.replace(old, new)
    return text


def main() -> None:
    """Write the site to `_veiledning/`."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "notat"
        write(root, _DOCS)
        # By a process of its own, because the note's modules are imported from the folder that one starts in.
        command = [str(Path(sys.executable).with_name("notat")), "render", "--til", "html"]
        done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)  # what it warns of else are the numbers of the guides, which are not those of a note
        shutil.rmtree(OUTPUT, ignore_errors=True)
        shutil.copytree(root / "_output", OUTPUT)


if __name__ == "__main__":
    main()
