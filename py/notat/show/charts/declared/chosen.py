"""The values that a declared figure or table shows: chosen by id, or by the columns of a table, in rows and columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from notat.data.columnar import PLACE
from notat.data.published import LATER
from notat.data.quantity import PERCENT, Absent, Quantity, percent_change, percent_of
from notat.data.rows import Row
from notat.norsk import periods
from notat.numbers.indicators import Numbers, decimals_carried, decimals_of
from notat.project.declared import Declaration
from notat.show.charts.declared.parameters import WHERE
from notat.show.charts.words import Value
from notat.text.errors import NotatError, did_you_mean

# Those that may tell its rows apart, with what a reader calls them.
AXES = {"geografi": "Sted", "gruppe": "Gruppe", "periode": "Periode", "maal": "Mål"}
_MOST_DECIMALS = 4
CHANGES = ("prosent", "antall")  # how `endring` says that a change is given: in percent, or in the unit of the values
_ENDS = ("første", "siste")  # words for the first and the last period that the rows have


@dataclass
class Chosen:
    """Values by the names of row and column, each in the order to be shown.

    `by` names the columns of the data that rows and columns are, and `codes` has the codes of the places that are rows.
    `withheld` are the periods of values that the source withholds, and `keys` the order of all, where there are such.
    """

    cells: dict[tuple[str, str], Value] = field(default_factory=dict)
    by: tuple[str, str] = ("", "")
    codes: dict[str, str] = field(default_factory=dict)
    withheld: dict[tuple[str, str], str] = field(default_factory=dict)
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def rows(self) -> list[str]:
        """The names of the rows."""
        return list(dict.fromkeys(row for row, _ in self.keys or self.cells))

    @property
    def columns(self) -> list[str]:
        """The names of the columns; one that is empty where every row has a single value."""
        return list(dict.fromkeys(column for _, column in self.keys or self.cells))

    @property
    def values(self) -> list[Value]:
        """All the values, row by row."""
        return [value for row in self.rows for value in self.row(row)]

    def row(self, name: str) -> list[Value]:
        """The values of a row."""
        return [value for (row, _), value in self.cells.items() if row == name]

    @property
    def units(self) -> list[str]:
        """The units of the values, each once."""
        return list(dict.fromkeys(value.quantity.unit for value in self.values))

    def only(self, rows: Iterable[str]) -> Chosen:
        """The rows of these names, in this order."""
        return Chosen({(r, c): v for name in rows for (r, c), v in self.cells.items() if r == name}, self.by)


def choose(
    one: Declaration,
    numbers: Numbers,
    across: str = "",
    *,
    by: str = "",
    gaps: bool = False,
    places: Collection[str] = (),
) -> Chosen:
    """The values that a declaration names; in columns too, where `across` or `by` is given.

    `across` is the parameter that says which column of the data these are, and `by` what they are when it does not.
    With `gaps` a value that the source withholds is known as such; otherwise it is refused (N0874). `places` are the
    codes of those that rows may be of, where not all may.
    """
    given = one.given
    if ("av" in given) == ("tabell" in given):
        problem = "Den sier ikke hvilke tall den viser." if "av" not in given else "Den har både av= og tabell=."
        remedy = 'Skriv id-ene, som av=["a", "b"], eller tabell= med maal=, gruppe=, geografi= og periode=.'
        raise one.refusal("N0870", problem, remedy, "av")
    wanted = _Wanted(across, by or ("periode" if "endring" in given else ""), gaps, places)
    found = _by_id(one, numbers, across) if "av" in given else _by_rule(one, numbers, wanted)
    if "endring" in given:
        found = _as_changes(one, found, course=by == "periode")
    if not found.cells:
        raise one.refusal("N0874", "Kilden oppgir ingen av verdiene.", "Velg andre rader.", "tabell")
    return renamed(one, _printed(one, found))


def _printed(one: Declaration, found: Chosen) -> Chosen:
    """The values as `desimaler` says that they are printed, or else as exactly as the source has each."""
    decimals = one.given.get("desimaler")
    if decimals is None:
        return found
    if type(decimals) is not int or not 0 <= decimals <= _MOST_DECIMALS:
        remedy = f"Skriv et helt tall fra 0 til {_MOST_DECIMALS}."
        raise one.refusal("N0870", f"desimaler= er {decimals!r}.", remedy, "desimaler")
    most = max(_carried(value) for value in found.cells.values())
    if decimals > most:
        remedy = f"Avrundingen i kildene bærer høyst {most}; skriv desimaler={most}, eller fjern valget."
        raise one.refusal("N0835", f"desimaler={decimals} er flere enn tallene har.", remedy, "desimaler")
    return replace(found, cells={key: replace(value, decimals=decimals) for key, value in found.cells.items()})


def _carried(value: Value) -> int:
    """The most decimals that a value may have: its own, and what the rounding of its sources carries besides."""
    low, high = value.quantity.interval
    is_exact = low == high  # what a change begins at
    return value.decimals if is_exact else decimals_carried(value.quantity, value.decimals, _MOST_DECIMALS)


def renamed(one: Declaration, found: Chosen) -> Chosen:
    """The values with the names that `navn` gives to rows and columns, none of which two may have."""
    names = text_map(one, "navn")
    known = [*found.rows, *found.columns]
    if unknown := [name for name in names if name not in known]:
        remedy = did_you_mean(unknown[0], known)
        raise one.refusal("N0870", f"navn= har «{unknown[0]}», som ingen rad heter.", remedy, "navn")
    for every in (found.rows, found.columns):
        made = [names.get(name, name) for name in every]
        if twice := [name for name in made if made.count(name) > 1]:
            problem = f"navn= gir flere rader navnet «{twice[0]}», og bare den siste av dem ville vært med."
            remedy = "Gi hver rad sitt navn. Summen av dem er et nytt tall: en funksjon i py/content/indicators/."
            raise one.refusal("N0871", problem, remedy, "navn")

    def name(key: tuple[str, str]) -> tuple[str, str]:
        return names.get(key[0], key[0]), names.get(key[1], key[1])

    return Chosen(
        {name(key): value.named(name(key)[0]) for key, value in found.cells.items()},
        found.by,
        {names.get(row, row): code for row, code in found.codes.items()},
        {name(key): period for key, period in found.withheld.items()},
        tuple(map(name, found.keys)),
    )


def texts(one: Declaration, key: str, default: Sequence[str] = ()) -> list[str]:
    """A parameter that is one text or a list of them."""
    value = one.given.get(key, list(default))
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, (list, tuple)) or not all(isinstance(text, str) for text in found):
        raise one.refusal("N0870", f"{key}= er {value!r}.", f'Skriv en tekst eller en liste: {key}=["a", "b"].', key)
    if twice := [text for text in found if found.count(text) > 1]:
        raise one.refusal("N0870", f"{key}= har «{twice[0]}» to ganger.", "Skriv hver av dem én gang.", key)
    return list(found)


def text(one: Declaration, key: str, default: str = "") -> str:
    """A parameter that is one text."""
    value = one.given.get(key, default)
    if not isinstance(value, str):
        raise one.refusal("N0870", f"{key}= er {value!r}.", f'Skriv én tekst: {key}="…".', key)
    return value


def text_map(one: Declaration, key: str) -> dict[str, str]:
    """A parameter that gives texts by other texts."""
    value = one.given.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(text, str) for pair in value.items() for text in pair):
        raise one.refusal("N0870", f"{key}= er {value!r}.", f'Skriv {key}={{"slik det er": "slik det skal stå"}}.', key)
    return value


def _as_changes(one: Declaration, found: Chosen, *, course: bool) -> Chosen:
    """The values as changes since the first of their row: all of them in a `course`, and otherwise the last alone."""
    how = one.given["endring"]
    if how not in CHANGES:
        raise one.refusal("N0870", f"endring= er {how!r}.", f"Skriv {' eller '.join(map(repr, CHANGES))}.", "endring")
    cells, began = {}, dict[str, str]()
    for name in found.rows:
        values = found.row(name)
        if len(values) < 2 or not in_time(values):
            problem = f"{f'«{name}»' if name else 'Den'} har ikke to tall på en tidsakse, og endrer seg ikke."
            raise one.refusal("N0871", problem, "Velg minst to perioder.", "endring")
        values = sorted(values, key=lambda value: value.when)
        first = values[0]
        began[first.period] = name
        for value in values if course else values[-1:]:
            period = value.period if course else f"{first.period}–{value.period}"
            cells[name, period if course else ""] = replace(_change(one, first, value, how), period=period)
    if len(began) > 1:
        (early, one_name), (late, other_name), *_ = began.items()
        problem = f"«{one_name}» begynner i {early} og «{other_name}» i {late}, så de har ikke samme utgangspunkt."
        raise one.refusal("N0871", problem, "Velg perioder som alle har, med periode=.", "endring")
    return replace(found, cells=cells, by=(found.by[0], "periode" if course else ""))


def _change(one: Declaration, first: Value, value: Value, how: str) -> Value:
    if how == CHANGES[0]:
        try:
            return replace(value, quantity=percent_change(old=first.quantity, new=value.quantity), decimals=1)
        except NotatError as error:
            what = f"{value.label}: " if value.label else ""
            if first.quantity.unit == PERCENT:
                problem, remedy = "Endringen av en prosent er i prosentpoeng.", f"Skriv endring={CHANGES[1]!r}."
            else:
                problem, remedy = error.problem, f"Skriv endring={CHANGES[1]!r}, eller velg andre rader."
            raise one.refusal(error.code, f"{what}{problem}", remedy, "endring") from None
    return replace(value, quantity=value.quantity - first.quantity, decimals=max(first.decimals, value.decimals))


# ---- By id


def _by_id(one: Declaration, numbers: Numbers, across: str) -> Chosen:
    """`av`: ids in a text or a list, or one or several by the name of the row.

    Where a row has several, they are distinguished by period, or named in the order that `across` lists.
    """
    given = one.given["av"]
    if isinstance(given, dict):
        rows = {name: _ids(one, ids) for name, ids in given.items()}
        if across in one.given:
            return _in_named_columns(one, numbers, rows, across)
        single = all(len(ids) == 1 for ids in rows.values())
        cells = {}
        for name, ids in rows.items():
            for value in (_number(one, numbers, id_) for id_ in ids):
                if not (single or value.period):
                    problem = f"Ett av tallene for «{name}» har ingen periode som skiller det fra de andre."
                    remedy = "Gi kolonnene navn, eller ta med ett tall for hver rad."
                    raise one.refusal("N0871", problem, remedy, "av")
                cells[name, "" if single else value.period] = value.named(name)
            if len(ids) > 1 and len([key for key in cells if key[0] == name]) < len(ids):
                remedy = "Ta med ett tall for hver periode."
                raise one.refusal("N0871", f"To av tallene for «{name}» har samme periode.", remedy, "av")
        return Chosen(cells, ("", "" if single else "periode"))
    values = [(id_, _number(one, numbers, id_)) for id_ in _ids(one, given)]
    if len({id_ for id_, _ in values}) < len(values):
        raise one.refusal("N0870", "av= har samme id to ganger.", "Skriv hver id én gang.", "av")
    labels, by = _labels(one, numbers, [id_ for id_, _ in values])
    if by == "periode":
        return Chosen({("", value.period): value.named("") for _, value in values}, ("", "periode"))
    named = ((label, value) for label, (_, value) in zip(labels, values, strict=True))
    return Chosen({(label, ""): value.named(label) for label, value in named}, (by, ""))


def _in_named_columns(one: Declaration, numbers: Numbers, rows: Mapping[str, list[str]], across: str) -> Chosen:
    columns = texts(one, across)
    for name, ids in rows.items():
        if len(ids) != len(columns):
            problem = f"«{name}» har {len(ids)} tall, og {across}= har {len(columns)} navn."
            raise one.refusal("N0871", problem, "Skriv ett tall for hvert navn, i samme rekkefølge.", "av")
    return Chosen(
        {
            (name, column): _number(one, numbers, id_).named(name)
            for name, ids in rows.items()
            for column, id_ in zip(columns, ids, strict=True)
        }
    )


def _ids(one: Declaration, given: Any) -> list[str]:
    ids = given.split() if isinstance(given, str) else given
    if not isinstance(ids, (list, tuple)) or not ids or not all(isinstance(id_, str) for id_ in ids):
        raise one.refusal("N0870", f"av= er {given!r}.", 'Skriv id-ene: av=["a", "b"], eller av={"navn": "id"}.', "av")
    return list(ids)


def _number(one: Declaration, numbers: Numbers, id_: str) -> Value:
    try:
        number = numbers[id_]
    except NotatError as error:
        if error.code == LATER or error.file:
            raise
        raise one.refusal(error.code, error.problem, error.remedy, "av") from None
    return Value(number.place, number.quantity, number.decimals, number.period)


def _labels(one: Declaration, numbers: Numbers, ids: Sequence[str]) -> tuple[list[str], str]:
    """What tells the numbers apart: their periods, where they are one thing over time, or else place, group or meaning.

    Names that leave out something else that differs would be read as numbers of one thing, and are refused (N0871).
    """
    every = [numbers[id_] for id_ in ids]
    meanings, places = ({getattr(number, name) for number in every} for name in ("meaning", "place"))
    measures = {number.meaning.partition(": ")[0] for number in every}
    if len(meanings) == len(places) == 1 and len({number.period for number in every}) == len(every):
        return [number.period for number in every], "periode"
    if len(meanings) == 1:
        labels, by = [number.place for number in every], "geografi"
    elif len(places) == 1 and len(measures) == 1:
        labels, by = [number.meaning.partition(": ")[2] or number.meaning for number in every], "gruppe"
    elif len(places) == 1:
        labels, by = [number.meaning for number in every], "maal"
    else:
        labels, by = [], ""
    if len(set(labels)) < len(every):
        what = "To av tallene ville fått samme navn." if labels else "Tallene gjelder både ulike steder og ulike ting."
        raise one.refusal("N0871", what, 'Gi dem navn: av={"navn": "id", "annet navn": "id"}.', "av")
    return labels, by


# ---- By the columns of a table


@dataclass(frozen=True)
class _Wanted:
    """How the rows of a table are to be arranged, as `choose` is asked."""

    across: str
    by: str
    gaps: bool
    places: Collection[str]


def _by_rule(one: Declaration, numbers: Numbers, wanted: _Wanted) -> Chosen:
    if isinstance(one.given.get("rader"), dict):
        return _by_rules(one, numbers, wanted)
    found = _kept(one, numbers, wanted)
    row_by, column_by = _axes(one, found, wanted)
    cells: dict[tuple[str, str], Value] = {}
    withheld: dict[tuple[str, str], str] = {}
    for row in found:
        key = (row[row_by] if row_by else "", row[column_by] if column_by else "")
        if isinstance(row.quantity, Absent) and not wanted.gaps:
            what = ", ".join(filter(None, (*key, row["periode"])))
            remedy = "Utelat den fra utvalget, eller vis den i en linje, der den blir et hull."
            raise one.refusal("N0874", f"Kilden oppgir ingen verdi for {what}.", remedy, "tabell")
        if key in cells or key in withheld:
            problem = f"Flere rader har {', '.join(filter(None, key))}."
            raise one.refusal("N0871", problem, "Velg én med kilde=, maal= eller gruppe=.", "tabell")
        if isinstance(row.quantity, Absent):
            withheld[key] = row["periode"]
        else:
            cells[key] = Value(key[0], row.quantity, decimals_of(row.quantity.cell), row["periode"])
    coded = row_by == "geografi" and all(PLACE in row.fields for row in found)
    codes = {row["geografi"]: row[PLACE] for row in found} if coded else {}
    every = {*cells, *withheld}
    order = [dict.fromkeys(row[axis] if axis else "" for row in found) for axis in (row_by, column_by)]
    keys = tuple(key for key in product(*order) if key in every) if withheld else ()
    chosen = Chosen(cells, (row_by, column_by), codes, withheld, keys)
    return _as_shares(one, numbers, chosen, wanted) if "andel_av" in one.given else chosen


def _by_rules(one: Declaration, numbers: Numbers, wanted: _Wanted) -> Chosen:
    """Rows that each are chosen by columns of their own, beside those that all have in common."""
    cells: dict[tuple[str, str], Value] = {}
    withheld: dict[tuple[str, str], str] = {}
    columns = ""
    rows = one.given["rader"]
    if not rows or not all(isinstance(name, str) and name.strip() for name in rows):
        raise one.refusal("N0870", f"rader= er {rows!r}.", 'Skriv "navn": {"gruppe": "…", "geografi": "…"}.', "rader")
    for name, own in rows.items():
        if not isinstance(own, dict) or (wrong := own.keys() - {"tabell", *WHERE}):
            problem = f"rader= har {own!r} for «{name}»." if not isinstance(own, dict) else f"rader= har {min(wrong)}=."
            raise one.refusal("N0870", problem, 'Skriv "navn": {"gruppe": "…", "geografi": "…"}.', "rader")
        rest = {key: value for key, value in one.given.items() if key != "rader"}
        lines = {**one.lines, **dict.fromkeys(own, one.lines["rader"])}
        row = _by_rule(replace(one, given={**rest, **own}, lines=lines), numbers, wanted)
        if len(row.rows) > 1:
            remedy = "Velg én av dem."
            raise one.refusal("N0871", f"«{name}» i rader= er flere: {', '.join(row.rows)}.", remedy, "rader")
        columns = row.by[1]
        cells |= {(name, column): value.named(name) for (_, column), value in row.cells.items()}
        withheld |= {(name, column): period for (_, column), period in row.withheld.items()}
    keys = tuple({**cells, **withheld}) if withheld else ()
    return Chosen(cells, ("", columns), withheld=withheld, keys=keys)


def _kept(one: Declaration, numbers: Numbers, wanted: _Wanted) -> list[Row]:
    table = text(one, "tabell")
    where = {column: texts(one, column) for column in WHERE if column in one.given}
    found = _rows(one, numbers, table, where)
    if wanted.places:
        found = [row for row in found if PLACE in row.fields and row[PLACE] in wanted.places]
    if any(period in _ENDS for period in where.get("periode", ())):
        found = _at_ends(found, where["periode"])
        for column in where.keys() - {"periode"}:
            if lost := [value for value in where[column] if value not in {row[column] for row in found}]:
                problem = f"{lost[0]} har ingen tall for den perioden."
                raise one.refusal("N0871", problem, "Velg en periode som alle har, eller utelat den.", "periode")
    return found


def _axes(one: Declaration, found: Sequence[Row], wanted: _Wanted) -> tuple[str, str]:
    """The columns of the data that rows and columns are: those asked for, or else those that tell the rows apart."""
    asked = [_axis(one, "rader"), _axis(one, wanted.across) if wanted.across else ""]
    rest = [column for column in AXES if len({row[column] for row in found}) > 1 and column not in asked]
    if not asked[1] and wanted.by in rest:
        asked[1] = wanted.by
        rest.remove(wanted.by)
    for place in (0, 1) if wanted.across or wanted.by else (0,):
        if not asked[place] and rest:
            asked[place] = rest.pop(0)
    if rest:
        problem = f"Radene skiller seg i {' og '.join(filter(None, (*asked, *rest)))}, og det kan ikke alt vises her."
        raise one.refusal("N0871", problem, f"Velg én verdi: {rest[0]}=«…».", "tabell")
    return asked[0], asked[1]


def _at_ends(rows: Sequence[Row], asked: Sequence[str]) -> list[Row]:
    """The rows of the periods asked for, where the first or the last that any has may be among them."""
    timed = [row for row in rows if periods.on_axis(row["periode"]) is not None]
    order = sorted({row["periode"] for row in timed}, key=lambda period: periods.on_axis(period) or 0)
    ends = dict(zip(_ENDS, (order[0], order[-1]), strict=True)) if order else {}
    wanted = {ends.get(period, period) for period in asked}
    return [row for row in timed if row["periode"] in wanted]


def _as_shares(one: Declaration, numbers: Numbers, parts: Chosen, wanted: _Wanted) -> Chosen:
    """The values in percent of those that `andel_av` chooses instead, row by row."""
    instead = text_map(one, "andel_av")
    if unknown := [column for column in instead if column not in WHERE]:
        raise one.refusal("N0870", f"andel_av= har «{unknown[0]}».", did_you_mean(unknown[0], WHERE), "andel_av")
    given = {key: value for key, value in one.given.items() if key != "andel_av"} | instead
    wholes = _by_rule(replace(one, given=given), numbers, replace(wanted, gaps=False))
    cells = {}
    for key, value in parts.cells.items():
        what = ", ".join(filter(None, key))
        if key not in wholes.cells:
            remedy = "Velg en hel for hver del."
            raise one.refusal("N0871", f"andel_av= har ingen verdi for {what}.", remedy, "andel_av")
        cells[key] = replace(value, quantity=share_of(one, value, wholes.cells[key].quantity, what), decimals=1)
    return replace(parts, cells=cells)


def share_of(one: Declaration, part: Value, whole: Quantity, what: str) -> Quantity:
    """The value in percent of a whole; what cannot be divided is refused with the line that asks for it."""
    try:
        return percent_of(part.quantity, whole)
    except NotatError as error:
        of = "andel_av" if "andel_av" in one.given else "av" if "av" in one.given else "tabell"
        raise one.refusal(error.code, f"{what}: {error.problem}", error.remedy, of) from None


def _axis(one: Declaration, key: str) -> str:
    value = one.given.get(key, "")
    if value and (not isinstance(value, str) or value not in AXES):
        raise one.refusal("N0870", f"{key}= er «{value}».", f"Skriv en kolonne i tabellen: {', '.join(AXES)}.", key)
    return str(value)


def _rows(one: Declaration, numbers: Numbers, table: str, where: Mapping[str, Sequence[str]]) -> list[Row]:
    """The rows, in the order that the values are listed in; a value that none has is refused with the nearest."""
    data = numbers.data
    if any(period in _ENDS for period in where.get("periode", ())):
        where = {column: values for column, values in where.items() if column != "periode"}
    try:
        found = [
            row
            for values in product(*where.values())
            for row in data.select(table, **dict(zip(where, values, strict=True)))
        ]
        if not found or any({row[column] for row in found} < set(values) for column, values in where.items()):
            data.frame(table, **where)  # says what is missing, or that it came later than the edition
    except NotatError as error:
        if error.code == LATER:
            raise
        raise _unknown(one, numbers, table, where) from None
    return found


def _unknown(one: Declaration, numbers: Numbers, table: str, where: Mapping[str, Sequence[str]]) -> NotatError:
    """Which of the values of a rule no row has, with the nearest that some row has."""
    rows = numbers.data.select(table)
    if not rows:
        known = [*(series.table for series in numbers.data.series_tables), *(row.table for row in numbers.data.rows)]
        remedy = did_you_mean(table, dict.fromkeys(known))
        return one.refusal("N0870", f"Ukjent tabell «{table}».", remedy, "tabell")
    for column, values in where.items():
        held = {row[column] for row in rows}
        for value in values:
            if value not in held:
                return one.refusal(
                    "N0318", f"Ingen rad i {table} har {column}=«{value}».", did_you_mean(value, held), column
                )
        rows = [row for row in rows if row[column] in values] or rows
    listed = ", ".join(f"{column}={' eller '.join(values)}" for column, values in where.items())
    return one.refusal("N0318", f"Ingen rad i {table} har alt dette: {listed}.", "Fjern ett av vilkårene.", "tabell")


def in_time(values: Iterable[Value]) -> bool:
    """Whether every value has a moment of its own on a time axis."""
    found = [periods.on_axis(value.period) for value in values]
    return None not in found and len(set(found)) == len(found)
