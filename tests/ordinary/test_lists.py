"""Lists of every kind."""

from __future__ import annotations

from notat.readback.blocks import ITEM


def test_a_list_with_letters_has_letters_in_all_formats(outputs):
    case = outputs.case("lister")
    assert case.texts(ITEM) == ["Det første.", "Det andre."]
    assert case.page.find(".//ol").get("type") == "a"
