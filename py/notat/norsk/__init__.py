"""The numbers of each language: one formatter for text, tables, axes and alt text, and its inverse parser."""

from notat.norsk.format import (
    HARD_SPACE,
    MINUS,
    format_number,
    format_quantity,
    format_range,
    fraction_in_words,
    in_words,
    round_half_up,
)
from notat.norsk.parse import parse_number, parse_typed

__all__ = [
    "HARD_SPACE",
    "MINUS",
    "format_number",
    "format_quantity",
    "format_range",
    "fraction_in_words",
    "in_words",
    "parse_number",
    "parse_typed",
    "round_half_up",
]
