"""The number parser accepts what the formatter can write, and nothing that only looks like it."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.norsk import format_number, parse_number

pytestmark = pytest.mark.fuzz

_LIKE_NUMBERS = st.text(st.sampled_from("0123456789" * 3 + " \u00a0\u202f\u2009,.-−+e٣０½²%\n\t_'"), max_size=14)
_ANY = st.text(max_size=30)
_LONG = st.sampled_from("09 ,-").flatmap(lambda sign: st.integers(50, 20_000).map(lambda times: "1" + sign * times))


@given(st.one_of(_LIKE_NUMBERS, _LIKE_NUMBERS, _ANY, _LONG))
def test_what_is_accepted_is_what_the_formatter_writes(judge, text):
    found = judge("tall: enhver tekst", lambda: parse_number(text), placed=False)
    if found is None:
        return
    value, half_width = found
    decimals = len(str(int(1 / (2 * half_width)))) - 1
    written = {format_number(value, decimals, grouped=grouped) for grouped in (True, False)}
    # The documented variants: other thin spaces, a hyphen as minus, and spaces around.
    plain = re.sub("[\u202f\u2009 ]", "\u00a0", text.strip(" \u00a0")).replace("-", "−")
    assert plain in written


@given(st.integers(-(10**20), 10**20), st.integers(0, 6), st.booleans())
def test_what_the_formatter_writes_is_accepted(judge, number, decimals, grouped):
    value = Fraction(number, 10**decimals)
    text = format_number(value, decimals, grouped=grouped)
    assert judge("tall: fra formatereren", lambda: parse_number(text)) == (value, Fraction(1, 2 * 10**decimals))


@given(st.integers(0, 10**12), st.integers(0, 4), st.data())
def test_a_number_with_one_sign_changed_is_another_number_or_refused(judge, number, decimals, data):
    text = format_number(Fraction(number, 10**decimals), decimals)
    at = data.draw(st.integers(0, len(text)))
    sign = data.draw(st.sampled_from(".,;:'_eE+xX٣０\u2007\u3000\n\tA%"))
    changed = text[:at] + sign + text[at:]
    found = judge("tall: ett tegn for mye", lambda: parse_number(changed), placed=False)
    # A comma in the right place makes another number of the same digits, which the text then truly says.
    assert found is None or (sign == "," and "," not in text)
