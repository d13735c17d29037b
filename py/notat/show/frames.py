"""A data frame as the note prints it: a table in Norwegian, in which all text is text.

The values are shown as pandas shows them, with the decimals that the column needs and at most `display.precision`, but
with decimal comma, minus sign, and hard spaces between thousands. A column of whole numbers is grouped only where one
of them has five digits, so that years stay years. What is missing is a dash. The index is a column when it is more than
the numbers of the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from notat.data.quantity import Quantity
from notat.norsk.format import DASH, MINUS, format_number, format_quantity
from notat.numbers.indicators import decimals_of
from notat.text.errors import NotatError
from notat.text.pipetable import pipe_table

if TYPE_CHECKING:
    import pandas as pd

_GROUPED = 10_000  # the least number whose column is grouped
_SMALL = 4  # digits of a number that is too small for the decimals of its column


def to_markdown(frame: pd.DataFrame) -> str:
    """The frame as a pipe table; one that is too large to be read is refused."""
    import pandas as pd

    _refuse_large(frame)
    shown = frame if _is_default(frame.index) else _with_index(frame)
    columns = [shown.iloc[:, place] for place in range(shown.shape[1])]
    texts = [_column(column, pd) for column in columns]
    head = [_name(column.name) for column in columns]
    align = "".join("r" if _is_number(column, pd) else "l" for column in columns)
    return pipe_table(head, list(zip(*texts, strict=True)), align)


def _refuse_large(frame: pd.DataFrame) -> None:
    import pandas as pd

    for option, size, what in (("rows", len(frame), "rader"), ("columns", frame.shape[1], "kolonner")):
        most = pd.get_option(f"display.max_{option}")
        if most and size > most:
            remedy = f"Velg ut det som skal vises, som med .head(), eller sett pd.options.display.max_{option}."
            raise NotatError("N0860", f"Tabellen har {size} {what}, og notatet viser høyst {most}.", remedy=remedy)
    if frame.empty:
        raise NotatError("N0861", "Tabellen er tom.", remedy="Rett utvalget, eller vis den ikke.")


def _is_default(index: pd.Index[Any]) -> bool:
    import pandas as pd

    return isinstance(index, pd.RangeIndex) and index.name is None


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its index as the first columns, which may have the name of another."""
    import pandas as pd

    levels = frame.index.to_frame(index=False)
    levels.columns = pd.Index([name if name is not None else "" for name in frame.index.names], dtype="object")
    rest = frame.reset_index(drop=True)
    rest.columns = pd.Index(list(frame.columns), dtype="object", tupleize_cols=False)
    return pd.concat([levels, rest], axis=1)


def _name(name: Hashable) -> str:
    """The head of a column; levels of heads are joined: «i alt, menn»."""
    return ", ".join(str(level) for level in name if str(level)) if isinstance(name, tuple) else str(name)


def _is_number(column: pd.Series[Any], pd: Any) -> bool:
    if pd.api.types.is_bool_dtype(column):
        return False
    return pd.api.types.is_numeric_dtype(column) or all(isinstance(value, Quantity) for value in column)


def _column(column: pd.Series[Any], pd: Any) -> list[str]:
    types, given = pd.api.types, column.dropna()
    write: Callable[[Any], str] = str
    if types.is_bool_dtype(column):
        pass
    elif types.is_integer_dtype(column):
        grouped = any(abs(int(value)) >= _GROUPED for value in given)
        write = lambda value: format_number(Fraction(int(value)), grouped=grouped)  # noqa: E731  # one of several
    elif types.is_float_dtype(column):
        write = _floats(given, pd.get_option("display.precision"))
    elif types.is_datetime64_any_dtype(column) and all(value == value.normalize() for value in given):
        write = lambda value: value.strftime("%Y-%m-%d")  # noqa: E731  # one of several
    else:
        write = _object
    missing = column.isna()
    return [DASH if absent else write(value) for value, absent in zip(column, missing, strict=True)]


def _floats(given: Iterable[float], precision: int) -> Callable[[float], str]:
    """How the numbers of a column are written: all with as many decimals as one of them needs."""
    finite = [Fraction(repr(float(value))) for value in given if abs(value) != float("inf")]
    decimals = _needed(finite, precision)
    grouped = any(abs(value) >= _GROUPED for value in finite)

    def write(value: float) -> str:
        if abs(value) == float("inf"):
            return f"{MINUS if value < 0 else ''}∞"
        exact = Fraction(repr(float(value)))
        if exact and abs(exact) < Fraction(1, 2 * 10**decimals):
            return f"{value:.{_SMALL}g}".replace(".", ",").replace("-", MINUS)
        return format_number(exact, decimals, grouped=grouped)

    return write


def _needed(values: list[Fraction], most: int) -> int:
    """The decimals without which a value, rounded to `most`, would be another; at least one."""
    rounded = [round(value * 10**most) for value in values]
    return next((most - zeros for zeros in range(most - 1, 0, -1) if all(n % 10**zeros == 0 for n in rounded)), most)


def _object(value: Any) -> str:
    if isinstance(value, Quantity):
        return format_quantity(value.value, value.unit, max(map(decimals_of, value.cells), default=0), with_unit=False)
    return str(value)
