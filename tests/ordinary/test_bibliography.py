"""Bibliographies that have grown from several."""

from __future__ import annotations

from notat.readback.blocks import PARAGRAPH

ENTRY = "@misc{ssb, author={{Statistisk sentralbyrå}}, title={Sysselsetting}, year={2023}, langid={norsk}}"


def test_a_work_that_the_bibliography_has_twice_alike_is_one(rebuild):
    twice = f"{ENTRY}\n\n@misc{{annet, title={{Noe annet}}, year={{2020}}}}\n\n{ENTRY.replace(', ', ',  ')}\n"
    outputs = rebuild("# Prøve {#sec-prove}\n\nTeksten [@ssb].\n", {"references.bib": twice})
    assert outputs.case("prove").texts(PARAGRAPH) == ["Teksten (Statistisk sentralbyrå, 2023)."]
    for read in outputs.read.values():
        assert sum("Sysselsetting" in block.text for block in read.blocks) == 1
