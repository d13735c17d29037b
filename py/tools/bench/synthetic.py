"""A small note built from the project's own data: some chapters, figures and tables, for tests to build and break."""

from __future__ import annotations

import shutil
from pathlib import Path

_COPIED = ("_brand.yml", "_extensions", "data", "references.bib", "requirements.lock")
_FIGURES = ("ledighet", "melkebruk", "eldre", "fagskole", "udekket", "utslipp-fylke")
_TABLES = ("eksport",)
_NUMBERS = ("helt_ledige_pst_2023_01", "helt_ledige_pst_2022_10", "pluss80_andel_2022")
CONFIG = """\
project:
  type: book
  output-dir: _output
  execute-dir: project
lang: nb-NO
book:
  title: "Et lite notat"
  subtitle: "Diskusjonsnotat"
  author: "Et fylke"
  date: 2023-03-01
  output-file: diskusjonsnotat
  chapters:
    - index.qmd
{chapters}
    - chapters/litteratur.qmd
bibliography: references.bib
csl: _extensions/notat/notat.csl
execute:
  echo: false
format:
  notat-html: default
  notat-typst: default
  notat-docx: default
"""
_SETUP = "```{python}\nfrom notat import figur, tabell, tall\n```\n"


def write_note(root: Path, project: Path, chapters: int = 2, figures: int = 1) -> list[Path]:
    """Write a note of so many chapters into the new folder `root`, with data and extension of `project`.

    Each chapter has a table or up to `figures` figures of its own, as long as there are any. Returns the chapters.
    """
    root.mkdir(parents=True)
    for name in _COPIED:
        source = project / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copyfile(source, root / name)
    (root / "chapters").mkdir()
    names = [f"kap-{number}" for number in range(1, chapters + 1)]
    listed = "\n".join(f"    - chapters/{name}.qmd" for name in names)
    (root / "_quarto.yml").write_text(CONFIG.format(chapters=listed), encoding="utf-8")
    first = f'Ledigheten var `{{python}} tall("{_NUMBERS[0]}")`, se @sec-{names[0]}.\n'
    (root / "index.qmd").write_text(
        f"# Sammendrag {{.unnumbered #sec-sammendrag}}\n\n{_SETUP}\n{first}", encoding="utf-8"
    )
    (root / "chapters/litteratur.qmd").write_text(
        "# Litteratur {.unnumbered #sec-litteratur}\n\n::: {#refs}\n:::\n", encoding="utf-8"
    )
    shown = iter([*_FIGURES])
    files = []
    for place, name in enumerate(names):
        calls = [f'figur("{figure}")' for _, figure in zip(range(figures), shown, strict=False)]
        calls += [f'tabell("{table}")' for table in _TABLES[place : place + 1]]
        file = root / f"chapters/{name}.qmd"
        file.write_text(_chapter(name, place, calls), encoding="utf-8")
        files.append(file)
    return files


def _chapter(name: str, place: int, calls: list[str]) -> str:
    cells = "\n\n".join(f"```{{python}}\n{call}\n```" for call in calls)
    number = _NUMBERS[place % len(_NUMBERS)]
    return (
        f"# Kapittel om {name} {{#sec-{name}}}\n\n{_SETUP}\n"
        f'Tallet er `{{python}} tall("{number}")` [@notat2023].\nSetningen som endres, er nummer én.\n\n'
        f"## Mer {{#sec-{name}-mer}}\n\n{cells}\n\n- Et punkt.[^1]\n- Et til.\n\n[^1]: En note.\n"
    )
