"""Differences between formats are found, by section; the real note says the same in all three."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from notat.judge.checks.parity import counts, parity
from notat.judge.checks.places import Places
from notat.project.project import Project
from notat.readback.blocks import ALT, BOX, CAPTION, CELL, HEADING, ITEM, NOTE, PARAGRAPH, Block, Rendered
from notat.show.overview import question_boxes

_BLOCKS = (
    Block("1 Arbeid", "1 Arbeid", HEADING, "1 Arbeid"),
    Block("1 Arbeid", "1 Arbeid", PARAGRAPH, "Veksten var 5 566 personer."),
    Block("1 Arbeid", "1.1 Mer om arbeid", HEADING, "1.1 Mer om arbeid"),
    Block("1 Arbeid", "1.1 Mer om arbeid", ALT, "Søylediagram. Oslo 16,7 %."),
    Block("1 Arbeid", "1.1 Mer om arbeid", CAPTION, "Figur 1.1: Oslo vokste mest."),
    Block("1 Arbeid", "1.1 Mer om arbeid", CAPTION, "Tabell 1.1: Alt i alt."),
    Block("1 Arbeid", "1.1 Mer om arbeid", CELL, "37 131"),
    Block("1 Arbeid", "1.1 Mer om arbeid", BOX, "Til drøfting"),
    Block("1 Arbeid", "1.1 Mer om arbeid", ITEM, "Hva nå?"),
    Block("", "", NOTE, "Egg er ikke kjøtt."),
)


@pytest.fixture
def places(note):
    return Places(Project(note).chapters)


def both(blocks):
    return [Rendered("html", "_output", _BLOCKS), Rendered("pdf", "_output/n.pdf", tuple(blocks))]


def test_outputs_that_say_the_same_have_no_findings_whatever_their_hyphens(places):
    blocks = [replace(block, text=block.text.replace("personer", "per- soner")) for block in _BLOCKS]
    assert list(parity(both(blocks), places)) == []


def test_what_only_some_formats_show_is_no_difference_but_the_rest_of_the_section_is(note):
    chapter = note / "chapters/arbeid.qmd"
    text = chapter.read_text(encoding="utf-8")
    visible = '\n::: {.content-visible when-format="html"}\n\nI 2022 var det 12.\n\n:::\n'
    span = 'Og [7 til]{.content-hidden unless-format="html"}.\n'
    chapter.write_text(text.replace("## Mer", f"{visible}\n{span}\n## Mer"), encoding="utf-8")
    places = Places(Project(note).chapters)

    def found(*texts):
        extra = [Block("1 Arbeid", "1 Arbeid", PARAGRAPH, said) for said in texts]
        html = Rendered("html", "_output", (*_BLOCKS[:2], *extra, *_BLOCKS[2:]))
        return [finding.problem for finding in parity([html, both(_BLOCKS)[1]], places)]

    assert found("I 2022 var det 12.", "Og 7 til.") == []
    assert len(found("I 2022 var det 13.")) == 1


@pytest.mark.parametrize(
    ("position", "text", "name"),
    [
        (1, "Veksten var 5 567 personer.", "tall i teksten"),
        (2, "1.1 Mindre om arbeid", "overskrifter"),
        (3, "Søylediagram. Oslo 61,7 %.", "tall i alternative tekster"),
        (4, "Figur 1.1: Oslo vokste minst.", "figurer"),
        (5, "Tabell 1.1: Alt i ett.", "tabeller"),
        (6, "37 132", "tall i tabeller"),
        (7, "Ikke til drøfting", "bokser"),
        (8, "Hva så?", "spørsmål"),
        (9, "Egg er kjøtt.", "fotnoter"),
    ],
)
def test_a_difference_of_each_sort_is_found(places, position, text, name):
    blocks = [*_BLOCKS[:position], replace(_BLOCKS[position], text=text), *_BLOCKS[position + 1 :]]
    problems = [finding.problem for finding in parity(both(blocks), places)]
    assert any(problem.startswith(f"Ulike {name} i ") for problem in problems), problems


@pytest.mark.parametrize("position", range(1, len(_BLOCKS)))
def test_a_block_that_one_format_lacks_is_found(places, position):
    assert list(parity(both([*_BLOCKS[:position], *_BLOCKS[position + 1 :]]), places))


def test_a_number_that_moved_is_found_and_the_section_is_named(places):
    swapped = [*_BLOCKS, replace(_BLOCKS[6], text="17 442")]
    first = Rendered("html", "_output", (*_BLOCKS[:6], replace(_BLOCKS[6], text="17 442"), *_BLOCKS[6:]))
    [finding] = parity([first, Rendered("docx", "_output/n.docx", tuple(swapped))], places)
    assert "«1.1 Mer om arbeid»" in finding.problem
    assert (finding.file, finding.line) == ("chapters/arbeid.qmd", 13)


def test_the_real_note_says_the_same_in_all_three_formats(published, outputs):
    assert [str(finding) for finding in parity(outputs, Places(Project(published).chapters))] == []
    written = [line for source in Project(published).chapters for _, line in source.lines]
    notes = [line for line in written if re.match(r"\[\^[^\]]+\]:", line)]
    boxes = [line for line in written if re.match(r":+ \{[^}]*\.drofting", line)]
    questions = [
        line for source in Project(published).chapters for box in question_boxes(source) for line in box.questions
    ]
    numbered = [line for line in written if re.match(r"\d+\. .+\?(?:\*\*)?$", line)]
    number = counts(outputs)
    assert number["fotnoter"] >= len(notes) > 0
    assert number["bokser"] >= len(boxes) > 0
    assert number["tall"] > 0
    summed_up = [line for line in written if re.match(r"- \*\*.+\?$", line)]
    # Every question is in its section and once more in the overview. The summary has one for each theme, and the short
    # version has its own.
    assert len(numbered) > len(questions) > 0
    assert number["spørsmål"] == len(numbered) + len(questions) + len(summed_up) > len(summed_up) > 0


@pytest.mark.parametrize("position", [1, 2])
def test_a_digit_changed_in_one_format_of_the_real_note_is_found(published, outputs, position):
    changed = outputs[position]
    share = re.compile(r"(?<![\d,] )\b[1-9]\d(?= %)")
    at = next(i for i, block in enumerate(changed.blocks) if block.kind == PARAGRAPH and share.search(block.text))
    old = share.search(changed.blocks[at].text)[0]
    new = str(int(old) + 1)
    block = replace(changed.blocks[at], text=share.sub(new, changed.blocks[at].text, count=1))
    broken = replace(changed, blocks=(*changed.blocks[:at], block, *changed.blocks[at + 1 :]))
    [finding] = parity([outputs[0], broken], Places(Project(published).chapters))
    assert f"«{old}» der" in finding.problem
    assert f"«{new}»" in finding.problem
