"""The YAML of chapters as authors of sites and notebooks write it."""

from __future__ import annotations

import pytest

from notat.readback.blocks import PARAGRAPH

YAML = """\
---
title: Prøve
date: {date}
draft: false
tags: [arbeid, fylke]
imagealt: Et bilde av fylket
summary: Kort sagt
jupyter:
  kernelspec:
    display_name: Python 3 (ipykernel)
    language: python
    name: python3
---

Teksten.
"""


def test_what_sites_and_notebooks_write_about_a_chapter_is_read(rebuild):
    case = rebuild(YAML.format(date="02/07/2025")).case("prove")
    assert case.texts(PARAGRAPH) == ["7. februar 2025", "Teksten."]


@pytest.mark.parametrize(
    "date", ["12/31/2024", "12-31-2024", "31 12 2024", '"12 31, 2024"', "2024-12-31T23:00:00Z", "2024-12-31 23:00:00"]
)
def test_a_date_may_be_in_each_form_that_quarto_lists(try_chapter, note, date):
    try_chapter(YAML.format(date=date))
    assert "31. desember 2024" in (note / "_output/prove.html").read_text(encoding="utf-8")


def test_a_key_that_is_like_one_with_an_effect_is_still_a_mistake(refused, try_chapter):
    with refused("chapters/prove.qmd", 3, "Ukjent nøkkel «titel». Mente du title"):
        try_chapter("---\nlang: nb-NO\ntitel: Prøve\n---\n\nTeksten.\n")
