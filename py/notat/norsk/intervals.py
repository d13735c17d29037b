"""The values that a printed number stands for: `2,3 %` is any value from 2,25 up to, but not including, 2,35."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from notat.norsk.parse import norwegian_marks
from notat.norsk.words import scales

OVER, UNDER, ABOUT = "over", "under", "om lag"
_DIGITS = re.compile(r"[0-9]{1,3}(?:[\u00a0\u202f\u2009 .][0-9]{3})+(?![0-9])(?:,[0-9]+)?|[0-9]+(?:[,.][0-9]+)?")
# «en femdel», «tre av fire»: a share written as a simple fraction is accurate to the nearest tenth.
_SIMPLE_FRACTION = Fraction(1, 10)


@dataclass(frozen=True)
class Interval:
    """Values from `low` up to but not including `high`; `None` means unbounded.

    When both ends are equal, the interval is that one value.
    """

    low: Fraction | None
    high: Fraction | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(self)

    def __contains__(self, value: Fraction) -> bool:
        return self.overlaps(Interval(value, value))

    def overlaps(self, other: Interval) -> bool:
        """Whether some value is in both; intervals that only touch have none in common."""
        return self._begins_before_end_of(other) and other._begins_before_end_of(self)

    def _begins_before_end_of(self, other: Interval) -> bool:
        if self.low is None or other.high is None:
            return True
        return self.low < other.high or (other.low == other.high == self.low)


def printed_interval(value: Fraction, step: Fraction, bound: str = "") -> Interval:
    """The values behind a number printed as `value`, rounded to `step`, with the reservation `bound`.

    «over» opens the interval upwards and «under» downwards, each from the printed value itself; «om lag» doubles its
    width.
    """
    half = step / 2
    if bound == OVER:
        return Interval(value, None)
    if bound == UNDER:
        return Interval(None, value)
    if bound == ABOUT:
        return Interval(value - step, value + step)
    return Interval(value - half, value + half)


def printed_step(text: str, value: Fraction) -> Fraction:
    """The last unit of the number in `text` that means `value`: 1/10 for «2,3 %», 100 000 for «1,5 millioner dekar».

    A share in words («en femdel») is accurate to the nearest tenth; any other word («tre») is a whole number.
    """
    scale = next((Fraction(factor) for word, factor in scales().items() if word in text.lower()), Fraction(1))
    for match in _DIGITS.finditer(norwegian_marks(text)):
        number, half_width = _read(match.group())
        for factor in dict.fromkeys((Fraction(1), scale)):
            if number * factor == abs(value):
                return 2 * half_width * factor
    return Fraction(1) if value.denominator == 1 else _SIMPLE_FRACTION


def _read(digits: str) -> tuple[Fraction, Fraction]:
    """A number in less strict notation, also with a decimal point («2.6») or dots between thousands."""
    thousands = re.match(r"[0-9]{1,3}(?:[^0-9,][0-9]{3})+(?![0-9])", digits)
    whole, _, part = (re.sub(r"[^0-9,]", "", digits) if thousands else digits.replace(".", ",")).partition(",")
    return Fraction(int(whole + part), 10 ** len(part)), Fraction(1, 2 * 10 ** len(part))
