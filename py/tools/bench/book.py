"""A synthetic book of any size, to see how cost grows with size: chapters like those of the note, on invented areas.

A chapter has twenty numbers of its own, each a row with an id, a figure drawn from them, and now and then a table, a
reference or a work cited. The book is a separate project: its figures and tables are its content, found like the
note's. The same size always gives the same book.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

from notat.data.package import COLUMNS, SCHEMA
from notat.judge.checks import checksums
from notat.text import codebase, paths

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
PER_CHAPTER = 20  # numbers
MEASURES = {"folketall": "Folketall", "sysselsatte": "Sysselsatte"}
YEARS = tuple(range(2013, 2013 + PER_CHAPTER // len(MEASURES)))
_COPIED = ("_brand.yml", "_extensions", "requirements.lock")
_TABLE_EVERY = 5  # chapters
_WORKS = ("oppdiktet", "nabofylket")

_CHARTS = '''\
"""A figure for every area: how people and employed have changed."""

from __future__ import annotations

from notat.show.charts import Draw, Drawing, chart, forms
from notat.show.charts import words as w
from notat.show.charts.style import new_figure
from notat.numbers.indicators import Numbers


def _area(number: int) -> Draw:
    place = f"Område {{number}}"

    def draw(numbers: Numbers) -> Drawing:
        people, employed = (
            [w.of_row(row) for row in numbers.data.series("omraader", maal=measure, geografi=place)]
            for measure in {measures}
        )
        first, last = people[0], people[-1]
        finding = f"{{place}} hadde {{first}} innbyggere i {{first.period}} og {{last}} i {{last.period}}."
        figure, [axes] = new_figure(2.6)
        forms.lines(axes, [forms.Line("innbyggere", people, strong=True), forms.Line("sysselsatte", employed)])
        axes.set_ylim(bottom=0)
        alt = f"Linjediagram. Innbyggere: {{w.over_time(people)}}. Sysselsatte: {{w.over_time(employed)}}."
        return Drawing(figure, finding, alt, w.quantities(people, employed))

    return draw


for number in range(1, {chapters} + 1):
    chart(f"omraade-{{number}}")(_area(number))
'''
_TABLES = '''\
"""A table for every area: people and employed at both ends of the series."""

from __future__ import annotations

from notat.show.charts import words as w
from notat.numbers.indicators import Numbers
from notat.show.tables import Build, Table, table


def _area(number: int) -> Build:
    place = f"Område {{number}}"

    def build(numbers: Numbers) -> Table:
        shown, rows = [], []
        for measure in {measures}:
            series = [w.of_row(row) for row in numbers.data.series("omraader", maal=measure, geografi=place)]
            ends = series[0], series[-1]
            rows.append((measure, *(str(value) for value in ends)))
            shown += [value.quantity for value in ends]
        head = ("Mål", ends[0].period, ends[1].period)
        return Table(head, tuple(rows), "lrr", f"Folketall og sysselsatte i {{place}}.", tuple(shown))

    return build


for number in range(1, {chapters} + 1):
    table(f"omraade-{{number}}")(_area(number))
'''
_PLACES = (
    "Området ligger langs fjorden, med de fleste husene nær kaia og noen gårder lenger inne i dalen.",
    "Området er en dal med skog på begge sider, og veien følger elva fra grense til grense.",
    "Området er en del av byen, med korte avstander, gode bussruter og en stor ungdomsskole.",
    "Området er øyer ytterst ved kysten, der båten går fire ganger om dagen når været tillater det.",
)
_REASONS = (
    "Kommunen peker på boligprisene, og på at flere av de største arbeidsplassene ligger i nabokommunen.",
    "Mye avhenger av om skolen består, og av at de som flytter hjem, finner arbeid som passer utdanningen deres.",
    "Bedriftene sier at de ville ha ansatt flere dersom de hadde funnet folk med fagbrev.",
)


def write_book(root: Path, project: Path, chapters: int) -> list[Path]:
    """Write a book of so many chapters into the new folder `root`, in the style of `project`. Returns the chapters."""
    for folder in ("chapters", "data"):
        (root / folder).mkdir(parents=True)
    for name in _COPIED:
        source = project / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copyfile(source, root / name)
    _write_code(root, chapters)
    _write_data(root, project, chapters)
    names = [slug(number) for number in range(1, chapters + 1)]
    listed = "\n".join(f"    - chapters/{name}.qmd" for name in names)
    texts = {
        paths.CONFIG: CONFIG.format(chapters=listed),
        "references.bib": "".join(f"@misc{{{key}, title={{{key.title()}}}, year={{2020}}}}\n" for key in _WORKS),
        "index.qmd": _INDEX.format(id=f"folketall_1_{YEARS[-1]}"),
        "chapters/litteratur.qmd": "# Litteratur {.unnumbered #sec-litteratur}\n\n::: {#refs}\n:::\n",
    }
    texts |= {f"chapters/{name}.qmd": _chapter(number) for number, name in enumerate(names, 1)}
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
    checksums.write(root)
    return [root / f"chapters/{name}.qmd" for name in names]


def slug(number: int) -> str:
    """Name of the page of a chapter."""
    return f"omraade-{number}"


def numbers(chapter: int) -> dict[str, int]:
    """The value of every number of a chapter by its id."""
    found = {}
    for place, measure in enumerate(MEASURES):
        for year in YEARS:
            start = 4000 + (chapter * 37) % 900 - 1900 * place
            found[f"{measure}_{chapter}_{year}"] = start + (year - YEARS[0]) * ((chapter * 7 + place) % 23 - 9)
    return found


def _write_code(root: Path, chapters: int) -> None:
    """The content of this book: its figures and its tables, each registered under its own name."""
    home = root / codebase.FOLDER / codebase.NAME
    home.mkdir(parents=True)
    (home / "__init__.py").write_text('"""A book of invented areas."""\n', encoding="utf-8")
    measures = repr(tuple(MEASURES.values())).replace("'", '"')
    for folder, code in (("charts", _CHARTS), ("tables", _TABLES)):
        (home / folder).mkdir()
        (home / folder / "omraader.py").write_text(code.format(measures=measures, chapters=chapters), encoding="utf-8")


def _write_data(root: Path, project: Path, chapters: int) -> None:
    folder = root / paths.DATA
    shutil.copyfile(project / paths.DATA / SCHEMA, folder / SCHEMA)
    resources = [{"name": "omraader", "path": "omraader.csv", "title": "Områdene", "schema": SCHEMA}]
    (folder / "datapackage.json").write_text(json.dumps({"name": "skala", "resources": resources}), encoding="utf-8")
    (folder / "kilder.csv").write_text(
        "kilde,tittel,utgiver,url,lisens,referanse,definisjon\n"
        f"oppdiktet,Oppdiktede tall,Ingen,,Oppdiktet,{_WORKS[0]},Tall uten mening.\n",
        encoding="utf-8",
    )
    with (folder / "omraader.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for chapter in range(1, chapters + 1):
            for id_, value in numbers(chapter).items():
                measure, _, year = id_.split("_")
                place = f"Område {chapter}"
                end = (value, "personer", 1, "", "", "oppdiktet", "")
                table.writerow((id_, MEASURES[measure], "", place, year, "nivå", *end))


_INDEX = """\
# Sammendrag {{.unnumbered #sec-sammendrag}}

```{{python}}
from notat import tall
```

Boka går gjennom områdene ett for ett, og begynner med et område der det bor `{{python}} tall("{id}")`.
"""


def _chapter(number: int) -> str:
    name, place = slug(number), f"Område {number}"
    people, employed = ([f'`{{python}} tall("{m}_{number}_{year}")`' for year in YEARS] for m in MEASURES)
    table = f'\n```{{python}}\ntabell("{name}")\n```\n' if number % _TABLE_EVERY == 0 else ""
    before = f" Sammenlign med @sec-{slug(number - 1)}." if number > 1 else ""
    work = f" [@{_WORKS[number % len(_WORKS)]}]" if number % 2 == 0 else ""
    return f"""\
# {place} {{#sec-{name}}}

```{{python}}
from notat import figur, tabell, tall
```

{_PLACES[number % len(_PLACES)]}
I {YEARS[-1]} bodde det {people[-1]} personer der, mot {people[0]} i {YEARS[0]}{work}.
Setningen her er den som endres, og det er utgave nummer én.

## Folketallet {{#sec-{name}-folketall}}

Folketallet var {people[1]} i {YEARS[1]}, {people[2]} i {YEARS[2]} og {people[3]} i {YEARS[3]}.{before}
I årene etter bodde det {people[4]}, {people[5]} og {people[6]} personer i området, og så {people[7]}.
Året før det siste var tallet {people[8]}.
@fig-{name} viser hele perioden, for både innbyggere og sysselsatte.

```{{python}}
figur("{name}")
```

{_REASONS[number % len(_REASONS)]}

- De unge flytter ut når de er ferdige med videregående skole.
- De som kommer tilbake, gjør det gjerne når barna skal begynne på skolen.[^1]

[^1]: Flyttestatistikken skiller ikke mellom dem som flytter for første gang, og dem som har gjort det før.

## Arbeidet {{#sec-{name}-arbeid}}

Av innbyggerne var {employed[0]} i arbeid i {YEARS[0]} og {employed[1]} året etter.
Deretter var tallet {employed[2]}, {employed[3]} og {employed[4]}, før det ble {employed[5]} i {YEARS[5]}.
De neste årene hadde {employed[6]}, {employed[7]} og {employed[8]} arbeid.
I {YEARS[9]} gjaldt det {employed[9]}, og @sec-{name}-folketall sier hvor mange de var av.
{table}
::: {{.drofting #drofting-{name} title="Til drøfting"}}
1. Hva skal til for at flere blir boende i området?
2. Hvem kan gjøre noe med det?
:::
"""
