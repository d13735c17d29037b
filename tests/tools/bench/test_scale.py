"""The plan for a size, the arguments of each step, and that a change of sentence is one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from notat.text.errors import NotatError
from tools.bench.__main__ import plans
from tools.bench.book import write_book
from tools.bench.cost import FailedError, measured
from tools.bench.scale import DOCX, HTML, PDF, SENTENCE, Plan, arguments, change

PROJECT = Path(__file__).parents[3]


def test_the_largest_book_is_built_as_pages_unless_asked_for():
    assert plans("", 2) == [Plan(10, 2), Plan(100, 2), Plan(1000, 1, (HTML,))]
    assert plans("1000, 10", 3) == [Plan(10, 3), Plan(1000, 1)]


@pytest.mark.parametrize("sizes", ["ti", "10,", "0", "-5", "1.5"])
def test_sizes_that_are_none_are_refused(sizes):
    with pytest.raises(NotatError, match="NOTAT_SKALA"):
        plans(sizes, 1)


def test_only_the_first_step_forgets_what_is_known():
    steps = (HTML, PDF, DOCX, SENTENCE)
    assert ["--uten-mellomlager" in arguments(step, steps) for step in steps] == [True, False, False, False]


def test_a_sentence_is_changed_in_the_formats_that_are_built():
    assert arguments(SENTENCE, (HTML, SENTENCE)) == ["--til", "html"]
    assert arguments(SENTENCE, (HTML, PDF, DOCX, SENTENCE)) == ["--til", "html", "--til", "pdf", "--til", "docx"]


def test_a_changed_sentence_changes_one_line(tmp_path):
    chapter = write_book(tmp_path / "bok", PROJECT, 1)[0]
    texts = [chapter.read_text(encoding="utf-8")]
    for number in (2, 3):
        change(chapter, number)
        texts.append(chapter.read_text(encoding="utf-8"))
    for old, new in pairwise(texts):
        unlike = [pair for pair in zip(old.splitlines(), new.splitlines(), strict=True) if pair[0] != pair[1]]
        assert len(unlike) == 1


def test_a_chapter_without_the_sentence_is_no_chapter_to_change(tmp_path):
    file = tmp_path / "kapittel.qmd"
    file.write_text("# Tittel\n", encoding="utf-8")
    with pytest.raises(ValueError, match="kapittel"):
        change(file, 2)


def test_memory_of_helpers_counts(tmp_path):
    hold = "import time; held = b'x' * 80_000_000; time.sleep(0.7)"
    helper = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    alone, helped = (measured(["python3", "-c", code], tmp_path) for code in ("import time; time.sleep(0.3)", helper))
    assert helped.memory - alone.memory > 60_000_000


def test_processor_time_of_helpers_counts(tmp_path):
    helper = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(20_000_000))'])"
    idle, busy = (measured(["python3", "-c", code], tmp_path) for code in ("pass", helper))
    assert busy.processor > idle.processor


def test_what_a_failed_command_said_is_told(tmp_path):
    with pytest.raises(FailedError, match="ikke bra"):
        measured(["python3", "-c", "raise SystemExit('ikke bra')"], tmp_path)
