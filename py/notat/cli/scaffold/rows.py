"""A stored number: one row of a table, validated by the reader of the data before it is written."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from notat.cli.scaffold import notebook
from notat.cli.scaffold.layout import Home, home, home_of, refuse_number
from notat.cli.scaffold.plan import Plan
from notat.data import dataset, package, rules
from notat.data.consistency import says_change
from notat.data.dataset import Data
from notat.data.quantity import FACTOR, SHARE
from notat.data.sources import Source
from notat.norsk import parse_typed, periods
from notat.norsk.format import unit_word
from notat.numbers.indicators import Numbers
from notat.numbers.provenance import in_a_line
from notat.project.project import Project
from notat.show import claims
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean


def add_row(
    project: Project, numbers: Numbers, id_: str, table: str, *, fields: Mapping[str, str], chapter: str | None
) -> Plan:
    """Plan the row `id_` of `table` and the control of its value; `fields` are its columns as they were written."""
    refuse_number(project, numbers, id_)
    refuse_table(project.root, table)
    record = dict.fromkeys(package.COLUMNS, "") | dict(fields) | {"id": id_}
    record |= _number(record["verdi"], record["avrundet_til"], record["enhet"])
    record["type"] = record["type"] or _type(record)
    plan, file = Plan(project), f"{paths.DATA}/{table}.csv"
    plan.put(file, with_row(plan.text(file) or "", record), f"{id_},", f"raden {id_}")
    if record["kilde"] in numbers.data.sources:  # an unknown one is refused with the row
        _name_source(plan, table, numbers.data.sources[record["kilde"]])
    loaded = read_planned_data(plan)
    where = _home(plan, chapter, table)
    recomputed = {id_: notebook.row_code(record, table, numbers.data.rows)}
    if where:
        notebook.add_numbers(plan, where, recomputed)
    made = Numbers(loaded)
    plan.values.append(in_a_line(made[id_]))
    plan.then += [f"Rett først: {broken}" for broken in _broken_claims(plan.project, numbers, made)]
    plan.then += _steps(id_, record, table, numbers, where)
    return plan


def refuse_table(root: Path, table: str) -> None:
    """Refuse a table that the note does not have."""
    tables = package.table_names(root)
    if table not in tables:
        remedy = f"{did_you_mean(table, tables)} Tabellene er {', '.join(tables)}."
        raise NotatError("N1125", f"Ukjent tabell «{table}».", remedy=remedy)


def refuse_period(period: str) -> None:
    """Refuse what is no period."""
    if wrong := periods.problem(period):
        raise NotatError("N0204", f"Perioden er «{period}», {wrong}.", remedy=periods.REMEDY)


def refuse_value(value: str) -> None:
    """Refuse what is no number, however it is rounded."""
    parse_typed(value, counted=False, step="")


def add_rule(
    project: Project,
    numbers: Numbers,
    id_: str,
    table: str,
    *,
    group: str,
    place: str,
    period: str,
    chapter: str | None,
) -> Plan:
    """Plan the number `id_` as a value of a series, by a rule in `data/tall.csv`, and the control of it."""
    refuse_number(project, numbers, id_)
    known = [one.table for one in numbers.data.series_tables]
    if table not in known:
        remedy = f"{did_you_mean(table, known)} Seriene er {', '.join(known) or 'ingen'}."
        raise NotatError("N1125", f"Ukjent tabell «{table}».", remedy=remedy)
    plan = Plan(project)
    row = dict(zip(rules.COLUMNS, (id_, table, "", group, place, str(rules.read_term(period))), strict=True))
    heading = f"{','.join(rules.COLUMNS)}\n"
    plan.put(rules.PLACE, with_row(plan.text(rules.PLACE) or heading, row), f"{id_},", f"tallet {id_}")
    made = Numbers(read_planned_data(plan))
    ids = [one["id"] for one in numbers.data.named if one.table == table]
    where = None
    if (project.root / paths.NOTEBOOKS).is_dir() and (chapter or not notebook.shows_every_row(plan)):
        where = home_of(project, chapter, ids)
        notebook.add_numbers(plan, where, {id_: f"v[{id_!r}]"})
    plan.values.append(in_a_line(made[id_]))
    plan.then.append(f'Skriv i {where.file if where else "kapittelet"}: `{{python}} tall("{id_}")`')
    plan.then += ["notat accept: regner tallet ut på nytt, viser det og godtar det", "make test"]
    return plan


def read_planned_data(plan: Plan) -> Data:
    """The planned data, read by the strict reader from a copy."""
    with tempfile.TemporaryDirectory(prefix="notat-") as folder:
        copy = Path(folder)
        shutil.copytree(plan.project.root / paths.DATA, copy / paths.DATA)
        for file, text in plan.files.items():
            if file.startswith(f"{paths.DATA}/"):
                (copy / file).write_bytes(text.encode())
        return dataset.load(copy)


def _number(written: str, rounding: str, unit: str) -> dict[str, str]:
    """Value and rounding in the form of the data; the rounding follows from the decimals unless it is given."""
    value = parse_typed(written, counted=not unit_word(unit) and unit not in (SHARE, FACTOR), step=rounding)
    decimals = len(value.partition(".")[2])
    step = rounding.replace(",", ".") or (f"0.{'0' * (decimals - 1)}1" if decimals else "1")
    if missing := len(step.partition(".")[2]) - decimals:  # zeros that the source prints and people leave out
        value = f"{value}{'' if decimals else '.'}{'0' * missing}" if missing > 0 else value
    return {"verdi": value, "avrundet_til": step}


def _type(record: Mapping[str, str]) -> str:
    if says_change(record["maal"]) or record["verdi"].startswith("-"):
        return "endring"
    return "andel" if record["enhet"] in ("prosent", "andel") else "nivå"


def with_row(table: str, row: Mapping[str, str]) -> str:
    """The text of a CSV file with one more row, in its column order and with its line endings."""
    newline = "\r\n" if "\r\n" in table else "\n"
    written = io.StringIO()
    csv.DictWriter(written, list(row), lineterminator=newline).writerow(row)
    return f"{table}{'' if table.endswith(newline) else newline}{written.getvalue()}"


def _name_source(plan: Plan, table: str, source: Source) -> None:
    """Add the source to those of the table in the data package, if the package lists sources."""
    file = f"{paths.DATA}/{package.PACKAGE}"
    text = plan.text(file) or ""
    described = json.loads(text)
    resource = next(each for each in described["resources"] if each["path"] == f"{table}.csv")
    if "sources" not in resource:
        return
    entry = {"title": f"{source.title} ({source.publisher})"} | ({"path": source.url} if source.url else {})
    if entry not in resource["sources"]:
        resource["sources"].append(entry)
        title = json.dumps(entry["title"], ensure_ascii=False)
        needle, what = f'"title": {title}', f"{source.id} som kilde for {table}.csv"
        plan.put(file, json.dumps(described, indent=2, ensure_ascii=False) + "\n", needle, what)


def _home(plan: Plan, chapter: str | None, table: str) -> Home | None:
    """The chapter named, or else the one that has most rows of the same table in its text."""
    if chapter or not (plan.project.root / paths.NOTEBOOKS).is_dir():
        return home(plan.project, chapter) if chapter else None
    loaded = plan.project.data
    ids = [row["id"] for row in loaded.series(table) if row["id"]]
    return home_of(plan.project, None, ids)


def _broken_claims(project: Project, before: Numbers, after: Numbers) -> list[str]:
    """Claims that the new row makes false: one about a whole series includes the row."""
    old = {str(problem) for problem in claims.problems(project, before)}
    return [str(problem) for problem in claims.problems(project, after) if str(problem) not in old]


def _steps(id_: str, record: Mapping[str, str], table: str, numbers: Numbers, where: Home | None) -> list[str]:
    steps = [f'Skriv i {where.file if where else "kapittelet"}: `{{python}} tall("{id_}")`']
    same = [row for row in numbers.data.rows if row.table == table and row["maal"] == record["maal"]]
    if same:
        steps.append(
            f"Tabellen har {len(same)} andre rader med målet «{record['maal']}». Figurer og tabeller som viser hele "
            "målet, får den nye raden med: se over dem"
        )
    if where:
        steps.append(
            "notat accept: regner tallet ut på nytt i kontrollnotatboka, viser det og godtar den endrede tabellen"
        )
    return [*steps, "make test"]
