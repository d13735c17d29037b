"""The page that explains the codes is what the catalogue gives."""

from __future__ import annotations

import re
from pathlib import Path

from notat.text.catalogue import entries
from tools import codes

PROJECT = Path(__file__).parents[2]


def test_the_page_is_what_the_catalogue_gives():
    assert (PROJECT / codes.PAGE).read_text(encoding="utf-8") == codes.page(), "run make feil"


def test_each_code_has_an_anchor_and_they_stand_in_order():
    found = re.findall(r"^### (N\d{4})$", codes.page(), re.MULTILINE)
    assert found == sorted(entries())
