"""An invented series for measuring: so many municipalities, each with a note of five chapters."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from notat.data import series
from notat.data.package import SCHEMA
from notat.data.series import Observation, Shared
from notat.judge.checks import checksums
from notat.text import codebase, paths
from tools.bench.book import CONFIG

YEARS = tuple(range(2014, 2024))
_MEASURES = {"innbyggere": "Innbyggere", "sysselsatte": "Sysselsatte"}
_COPIED = ("_brand.yml", "_extensions", "requirements.lock")
_COUNTIES = range(30, 99)
_IN_COUNTY = 60  # municipalities
_WORK = "oppdiktet"
_SETUP = """\
```{python}
#| tags: [parameters]
kommune = "3001"
```

```{python}
from notat import figur, sted, tabell, tall, velg
```
"""
_CHARTS = '''\
"""A figure for each of the two measures, of the unit over time."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.charts import Draw, Drawing, chart, forms
from notat.show.charts import words as w
from notat.show.charts.style import new_figure


def _over_time(name: str) -> Draw:
    def draw(numbers: Numbers) -> Drawing:
        rows = numbers.data.series(f"serier/{name}", geografi=numbers.data.unit.place().name)
        values = [w.of_row(row) for row in rows]
        first, last = values[0], values[-1]
        figure, [axes] = new_figure(2.6)
        forms.lines(axes, [forms.Line(name, values, strong=True)])
        axes.set_ylim(bottom=0)
        finding = f"Det var {last} {name} i {last.period}, mot {first} i {first.period}."
        return Drawing(figure, finding, f"Linjediagram. {w.over_time(values)}.", w.quantities(values))

    return draw


for name in ("innbyggere", "sysselsatte"):
    chart(name)(_over_time(name))
'''
_TABLES = '''\
"""A table of both measures at both ends."""

from __future__ import annotations

from notat.numbers.indicators import Numbers
from notat.show.charts import words as w
from notat.show.tables import Table, table


@table("endene")
def ends(numbers: Numbers) -> Table:
    shown, rows = [], []
    for name in ("innbyggere", "sysselsatte"):
        series = numbers.data.series(f"serier/{name}", geografi=numbers.data.unit.place().name)
        both = [w.of_row(row) for row in (series[0], series[-1])]
        rows.append((name, *map(str, both)))
        shown += [value.quantity for value in both]
    head = ("Mål", both[0].period, both[1].period)
    return Table(head, tuple(rows), "lrr", "Begge mål i begge ender.", tuple(shown))
'''


def write_series(root: Path, project: Path, units: int) -> None:
    """Write a series of so many municipalities into the new folder `root`, in the style of `project`."""
    for folder in (paths.CHAPTERS, paths.DATA):
        (root / folder).mkdir(parents=True)
    for name in _COPIED:
        source = project / name
        shutil.copytree(source, root / name) if source.is_dir() else shutil.copyfile(source, root / name)
    home = root / codebase.FOLDER / codebase.NAME
    for folder, code in (("charts", _CHARTS), ("tables", _TABLES)):
        (home / folder).mkdir(parents=True)
        (home / folder / "kommuner.py").write_text(code, encoding="utf-8")
    (home / "__init__.py").write_text('"""A series of invented municipalities."""\n', encoding="utf-8")
    names = (*_MEASURES, "endringer")
    listed = "\n".join(f"    - chapters/{name}.qmd" for name in names)
    setup = CONFIG.format(chapters=listed).replace("Et lite notat", "Profiler")
    texts = {
        paths.CONFIG: f'{setup}notat:\n  enhet: kommune\n  serie:\n    tittel: "Profil for {{sted}}"\n',
        "references.bib": f"@misc{{{_WORK}, title={{Oppdiktet}}, year={{2020}}}}\n",
        "index.qmd": f"# Sammendrag {{.unnumbered #sec-sammendrag}}\n\n{_SETUP}\n{_SUMMARY}",
        "chapters/endringer.qmd": f"# Endringer {{#sec-endringer}}\n\n{_SETUP}\n{_CHANGES}",
        "chapters/litteratur.qmd": "# Litteratur {.unnumbered #sec-litteratur}\n\n::: {#refs}\n:::\n",
    }
    texts |= {f"chapters/{name}.qmd": _chapter(name, title) for name, title in _MEASURES.items()}
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
    _write_data(root, project, units)
    checksums.write(root)


def codes(units: int) -> list[str]:
    """The codes of so many municipalities."""
    every = (f"{county}{number:02}" for county in _COUNTIES for number in range(1, _IN_COUNTY + 1))
    return [code for code, _ in zip(every, range(units), strict=False)]


def _write_data(root: Path, project: Path, units: int) -> None:
    folder, places = root / paths.DATA, codes(units)
    shutil.copyfile(project / paths.DATA / SCHEMA, folder / SCHEMA)
    (folder / "datapackage.json").write_text(json.dumps({"name": "profiler", "resources": []}), encoding="utf-8")
    (folder / "kilder.csv").write_text(
        "kilde,tittel,utgiver,url,lisens,referanse,definisjon\n"
        f"oppdiktet,Oppdiktede tall,Ingen,,Oppdiktet,{_WORK},Tall uten mening.\n",
        encoding="utf-8",
    )
    lines = ["kode,navn,slag,gyldig_fra,gyldig_til", "0,Norge,land,,"]
    lines += [f"{county},Fylke {county},fylke,," for county in dict.fromkeys(code[:2] for code in places)]
    lines += [f"{code},Kommune {code},kommune,," for code in places]
    (folder / "steder.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    rules = ["id,tabell,maal,gruppe,sted,periode"]
    rules += [f"{name}_{year},serier/{name},,,enheten,{year}" for name in _MEASURES for year in YEARS]
    (folder / "tall.csv").write_text("\n".join([*rules, ""]), encoding="utf-8")
    for place, (name, title) in enumerate(_MEASURES.items()):
        rows = [
            Observation("", code, str(year), str(_value(number, place, year)))
            for number, code in enumerate(places)
            for year in YEARS
        ]
        series.write(root, Shared(name, title, title, "nivå", "personer", "1", "oppdiktet"), rows)


def _value(number: int, place: int, year: int) -> int:
    """A value that rises every year, so that the claims of the chapters are true."""
    return 4000 + 37 * number % 9000 - 1900 * place + (year - YEARS[0]) * (7 * number % 19 + 1)


_SUMMARY = """\
I `{python} sted("innbyggere_2023")` bodde det `{python} tall("innbyggere_2023")` personer i 2023, og
`{python} tall("sysselsatte_2023")` av dem var i arbeid [@oppdiktet].
Det er [flere enn]{.paastand av="innbyggere_2023" enn="innbyggere_2014"} i 2014, se @sec-innbyggere.

::: {.drofting #drofting-vekst title="Til drøfting"}
1. Hva skal til for at flere blir boende?
:::
"""
_CHANGES = """\
@tbl-endene viser begge ender, se @fig-innbyggere og @fig-sysselsatte.

```{python}
tabell("endene")
```

- De unge flytter ut når de er ferdige med videregående skole.
- De som kommer tilbake, gjør det gjerne når barna skal begynne på skolen.[^1]

[^1]: Flyttestatistikken skiller ikke mellom dem som flytter for første gang, og dem som har gjort det før.
"""


def _chapter(name: str, title: str) -> str:
    values = [f'`{{python}} tall("{name}_{year}")`' for year in YEARS]
    return f"""\
# {title} {{#sec-{name}}}

{_SETUP}
I {YEARS[0]} var det {values[0]}, året etter {values[1]} og så {values[2]}.
Tallet ble [høyere enn]{{.paastand av="{name}_2023" enn="{name}_2022"}} året før.
I {YEARS[-1]} var det {values[-1]} mot {values[-2]}.

## Årene imellom {{#sec-{name}-mellom}}

Deretter var det {values[3]}, {values[4]} og {values[5]}.
Så ble det {values[6]} i {YEARS[6]} og {values[7]} i {YEARS[7]}.
@fig-{name} viser hele perioden.

```{{python}}
figur("{name}")
```
"""
