"""Measurements as tables: costs with their spread, and ratios between sizes."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median

import psutil
from rich.table import Table

from notat.norsk import format_number
from tools.bench.cost import Cost
from tools.bench.scale import Grown

LIMIT = Fraction(6, 5)  # how much more a chapter of the largest book may cost than one of a book a tenth its size
_WHOLE = "alle formater fra ingenting"
_MEASURES: dict[str, Callable[[Cost], float]] = {
    "tid": lambda cost: cost.seconds,
    "prosessortid": lambda cost: cost.processor,
    "minne": lambda cost: cost.memory,
}


@dataclass(frozen=True)
class Ratio:
    """A ratio of medians, with the least and the greatest that the rounds allow."""

    middle: float
    least: float
    most: float

    def __str__(self) -> str:
        spread_ = f" ({number(self.least)}–{number(self.most)})" if self.least != self.most else ""
        return f"{number(self.middle)}{spread_}"


def ratio(over: Sequence[float], under: Sequence[float]) -> Ratio:
    """The ratio of `over` to `under`, each measured in one or more rounds."""
    return Ratio(median(over) / median(under), min(over) / max(under), max(over) / min(under))


def per_chapter(costs: Mapping[int, Sequence[Cost]], small: int, large: int) -> dict[str, Ratio]:
    """What a chapter of the large book costs, against one of the small: in time, processor time and memory."""
    return {
        name: ratio([value(c) / large for c in costs[large]], [value(c) / small for c in costs[small]])
        for name, value in _MEASURES.items()
    }


def machine() -> str:
    """The machine, its system, its load, and the date."""
    memory = format_number(Fraction(psutil.virtual_memory().total, 10**9))
    return (
        f"Maskin: {os.cpu_count()} kjerner, {memory} GB minne, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}. Belastning nå: {number(os.getloadavg()[0])}. "
        f"Dato: {dt.datetime.now(dt.UTC).date().isoformat()}."
    )


def growth_tables(found: Grown) -> list[Table]:
    """What each step costs at each size, and how the cost of a chapter grows from one size to the next."""
    by_step = {**found.costs, _WHOLE: found.whole}
    costs = Table("Bygging", "kapitler", "sekunder", "prosessortid", "per kapittel", "minne, MB")
    for step, by_size in by_step.items():
        for size, rounds in sorted(by_size.items()):
            processor = [cost.processor for cost in rounds]
            costs.add_row(
                step,
                format_number(Fraction(size)),
                spread([cost.seconds for cost in rounds]),
                spread(processor),
                f"{number(1000 * median(processor) / size, 0)} ms",
                number(median(cost.memory for cost in rounds) / 10**6, 0),
            )
    growth = Table("Kostnad per kapittel", "fra–til", *_MEASURES, f"krav: høyst {number(LIMIT)}")
    for step, by_size in by_step.items():
        for small, large in pairwise(sorted(by_size)):
            ratios = per_chapter(by_size, small, large)
            growth.add_row(
                step,
                f"{format_number(Fraction(small))}–{format_number(Fraction(large))}",
                *map(str, ratios.values()),
                verdict(ratios),
            )
    return [costs, growth]


def verdict(ratios: dict[str, Ratio]) -> str:
    """Whether the cost of a chapter stays constant, and where it does not."""
    broken = [name for name, found in ratios.items() if found.middle > LIMIT]
    return f"holder ikke: {', '.join(broken)}" if broken else "holder"


def number(value: float | Fraction, decimals: int = 2) -> str:
    """A measured number in Norwegian."""
    return format_number(Fraction(value), decimals)


def spread(values: Sequence[float]) -> str:
    """The median, with the least and the most where there are several."""
    middle = number(median(values))
    return middle if len(values) == 1 else f"{middle} ({number(min(values))}–{number(max(values))})"
