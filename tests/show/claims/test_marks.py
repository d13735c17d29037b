"""A claim is exactly what Pandoc parses as a span of its class, wherever it is and however written."""

from __future__ import annotations

import time
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notat.data import dataset
from notat.engine import pandoc
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.project.source import read_source
from notat.show.claims.marks import marks
from notat.text.errors import NotatError

internals = import_module("notat.show.claims.marks")  # the package has a function of this name
FILE = "chapters/arbeid.qmd"
HEAD = "# Arbeid {#sec-arbeid}\n\n```{python}\nfrom notat import tall, spenn\n```\n\n"
FIRST = 7


@pytest.fixture
def found(note):
    """The marks of a chapter whose text begins on line 7."""

    def read(text):
        (note / FILE).write_text(f"{HEAD}{text}\n", encoding="utf-8")
        return list(marks(read_source(note, FILE)))

    return read


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("Den er [størst i bl.a. Trøndelag]{.paastand #p-x}.", "størst i bl.a. Trøndelag", 7),
        ("Den er [størst. Og minst]{.paastand #p-x}.", "størst. Og minst", 7),
        ("[økte f.eks. 1. Mars]{.paastand #p-x}", "økte f.eks. 1. Mars", 7),
        ("Den [har\nøkt mye]{.paastand #p-x}.", "har økt mye", 7),
        ("Den [har\nøkt]{.paastand\n#p-x}.", "har økt", 7),
        ("Den [økte [@ssb]]{.paastand #p-x}.", "økte", 7),
        ("Den [økte [sterkt]{.tall}]{.paastand #p-x}.", "økte sterkt", 7),
        ('Den [økte med `{python} tall("endring")`]{.paastand #p-x}.', "økte med …", 7),
        ("Den [økte `mye]`]{.paastand #p-x}.", "økte mye]", 7),
        ("Den [økte[^n]]{.paastand #p-x}.\n\n[^n]: Note.", "økte", 7),
        ("Den [*økte* **mye**]{.paastand #p-x}.", "økte mye", 7),
        (r"Den [økte \[mye\]]{.paastand #p-x}.", "økte [mye]", 7),
        ("- En.\n- Den [økte]{.paastand #p-x}.", "økte", 8),
        ("| a | b |\n|---|---|\n| [økte]{.paastand #p-x} | 1 |", "økte", 9),
        ("::: {.boks}\nDen [økte]{.paastand #p-x}.\n:::", "økte", 8),
        ("## Den [økte]{.paastand #p-x} {#sec-b}", "økte", 7),
        ("Den.[^n]\n\n[^n]: Den [økte]{.paastand #p-x}.", "økte", 9),
        ("Den [økte]{#p-x .paastand}.", "økte", 7),
        ("Den [økte]{ .paastand  #p-x }.", "økte", 7),
        ("Den [økte]{kilde='ssb' #p-x .paastand}.", "økte", 7),
        ("Den [økte]{.paastand #p-x kilde=ssb}.", "økte", 7),
        ('Den [økte]{class="paastand" id="p-x"}.', "økte", 7),
        ("Den [økte]{.tall .paastand #p-x}.", "økte", 7),
        ('Den <span class="paastand" id="p-x">økte</span>.', "økte", 7),
        ("**[Økte]{.paastand #p-x}.**", "Økte", 7),
        ("[[økte]{.paastand #p-x}](https://ssb.no)", "økte", 7),
        ("> Den [økte]{.paastand #p-x}.", "økte", 7),
        ("Som @ssb [økte]{.paastand #p-x}.", "økte", 7),
        ("Den [økte]{.paastand #p-x kilde=}.", "økte", 7),
    ],
)
def test_a_mark_is_found_whole_on_its_line(found, text, words, line):
    (mark,) = found(text)
    assert (mark.id, mark.words, mark.line) == ("p-x", words, line)


def test_marks_in_each_other_and_their_attributes_are_all_found(found):
    outer, inner = found("Den [økte [mye]{.paastand #p-b kilde='ssb'}]{.paastand #p-a fakta=\"en to\"}.")[::-1]
    assert (outer.id, outer.words, outer.source, outer.facts) == ("p-a", "økte mye", "", ("en", "to"))
    assert (inner.id, inner.words, inner.source, inner.facts) == ("p-b", "mye", "ssb", ())


@pytest.mark.parametrize(
    "text",
    [
        "<!-- Den [økte]{.paastand #p-x}. -->",
        "Den <!-- [økte]{.paastand #p-x} --> sto.",
        "```\n[økte]{.paastand #p-x}\n```",
        "``` {.markdown}\n[økte]{.paastand #p-x}\n```",
        "Se:\n\n    [økte]{.paastand #p-x}",
        "Skriv `[økte]{.paastand #p-x}` slik.",
        "Skriv ``{.paastand}`` slik.",
        "1. En\n\n   ```\n   [økte]{.paastand #p-x}\n   ```",
        "Ordet paastand alene er ingen merking.",
    ],
)
def test_what_stands_in_code_or_a_comment_is_no_claim(found, text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Den økte{.paastand #p-x}.", 7),
        ("Den [økte] {.paastand #p-x}.", 7),
        ("Den [økte{.paastand #p-x}.", 7),
        (r"Den \[økte]{.paastand #p-x}.", 7),
        ("Den [økte](https://ssb.no){.paastand #p-x}.", 7),
        ("Den `økte`{.paastand #p-x}.", 7),
        ("Den [økte]{.paastand #p-x.", 7),
        ("Den [økte]{.paastand, #p-x}.", 7),
        ("::: {.paastand #p-x}\nDen økte.\n:::", 7),
        ("En.\n\n## Den økte {.paastand #p-x}", 9),
        ("Den [har\n\nøkt]{.paastand #p-x}.", 9),
    ],
)
def test_what_looks_like_a_mark_and_is_none_is_refused_with_its_line(found, refused, text, line):
    with refused(FILE, line, "En påstand kan ikke leses."):
        found(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("En. Den er [størst i bl.a. Trøndelag]{.paastand #p-x}. To.", "Den er størst i bl.a. Trøndelag."),
        ("En. Den er [størst. Og minst]{.paastand #p-x} her. To.", "Den er størst. Og minst her."),
        ('- Den [økte]{.paastand #p-x} til\n  `{python} tall("alle")`. To.', "Den økte til 246\u00a0556."),
        ("Den [økte]{.paastand #p-x} fra `{python} spenn(til='hoy', fra='lav')`.", "Den økte fra 9\u00a0%–37\u00a0%."),
        ("# En {#sec-en}\n\nDen [økte]{.paastand #p-x}\n\nTo.", "Den økte"),
        ('Den [økte]{.paastand #p-x} i `{python} periode("alle")`.', "Den økte i …."),
    ],
)
def test_the_sentence_of_a_mark_is_what_lies_around_it(found, note, text, sentence):
    (mark,) = found(text)
    assert mark.sentence(Numbers(dataset.load(note))) == sentence


def test_the_line_of_a_mark_in_an_included_file_is_that_of_the_file(found, note):
    (note / "chapters/_del.qmd").write_text("En.\n\nDen [har *så\nvisst*]{.paastand #p-x} økt.\n", encoding="utf-8")
    (mark,) = found("En.\n\n{{< include _del.qmd >}}\n\n`kode`\n")
    assert (mark.file, mark.line) == ("chapters/_del.qmd", 3)


def test_what_pandoc_cannot_read_is_told_in_bokmaal_with_its_place(found, refused):
    with refused(FILE, 7, "Boksen er ikke lukket"):
        found("::: {.boks}\n`kode` [økte]{.paastand #p-x}")


# --- against Pandoc itself

_PIECES = st.sampled_from(
    [
        *("[økte]{.paastand #p-a}", '[økte]{.paastand #p-a kilde="ssb"}', '[har `{python} tall("a")`]{#p-a .paastand}'),
        *("[økte", "mye]{.paastand #p-b}", "{.paastand}", "]{.paastand}", "[", "]", "[^n]", "[@ssb]", "@ssb", "@fig-a"),
        *("ord", "bl.a.", "1.", "*", "**", "_", "`", "``", "^", "~", "$", "\\", "!", "(x)", '"', "'", "|", "&", "#"),
        *("<!--", "-->", "<b>", "</b>", "https://x.no", "^[", "[a](b)", "{=html}", "{.tall}", ":", "- ", "> ", "    "),
        *("\n", "\n", "\n\n", "\n\n", "\n- ", "\n1. ", "\n# A ", "\n::: {.boks}\n", "\n:::\n", "\n```\n", "\n| "),
        *("\n---\n", "\n|---|\n", "\n[^n]: ", "\n    ", "\n: ", "\n\n[økte]: ", "\n===\n", "\n% ", "\n~~~\n", "\n\t"),
    ]
)
_TEXTS = st.lists(_PIECES, max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda space: space.join(pieces))
)
_PLAIN_PIECES = st.sampled_from(
    [
        *("[økte]{.paastand #p-a}", '[økte]{.paastand #p-a kilde="ssb"}', '[har `{python} tall("a")`]{#p-a .paastand}'),
        *("[to *av* tre]{.paastand #p-d}", "[5 «x» _y]{.paastand}", "**", "*", "_", "«", "»", '"', "'", "-", "–", ":"),
        *("ord", "bl.a.", "1.", "@ssb", "@fig-a.", "[@ssb, s. 3]", "[^n]", "(", ")", "!", ";", "/", "=", "+", "#"),
        *("\n", "\n", "\n\n", "\n\n- ", "\n  ", "\n1. ", "\n\n::: {.boks}\n\n", "\n\n:::\n\n", "\n\n## A {#b}\n\n"),
        *("\n\n[^n]: Note.\n\n", "\n=", "\n-", "\n+", "\n* ", "\n(@a) ", "\n...\n", "\nord\n:   ord", "\n#", "\n\n~"),
    ]
)
_PLAIN_TEXTS = st.lists(_PLAIN_PIECES, max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda space: space.join(pieces))
)


def by_pandoc(text):
    """Id, words and attributes of each span that Pandoc reads in the text as it stands, sorted; None where it warns.

    A set, for Pandoc's tree says twice what stands in a citation.
    """
    try:
        blocks = pandoc.read_markdown(text)["blocks"]
    except NotatError:
        return None
    spans = [span["c"] for span in pandoc.elements(blocks, "Span")]
    return sorted({(a[0], internals._words(inlines), *map(tuple, a[2])) for a, inlines in spans if "paastand" in a[1]})


class Chapter:
    """A chapter of this text, without a file."""

    def __init__(self, text):
        self.file = FILE
        self.lines = [((FILE, number), line) for number, line in enumerate(text.split("\n"), 1)]
        self.cells, self.code, self.lang = [], [], ""

    def place_of(self, *_, **__):
        return FILE, 1


_SETTINGS = settings(
    max_examples=max(60, settings().max_examples // 2), deadline=None, suppress_health_check=list(HealthCheck)
)


@_SETTINGS
@given(_TEXTS)
def test_any_text_has_the_marks_that_pandoc_reads_or_is_refused(text):
    wanted = by_pandoc(text)
    try:
        spans = list(marks(Chapter(text)))
    except NotatError:
        return
    if wanted is not None:
        assert {(mark.id, mark.words) for mark in spans} == {entry[:2] for entry in wanted}


@_SETTINGS
@given(_PLAIN_TEXTS)
def test_what_the_scan_finds_without_pandoc_is_what_pandoc_reads(text):
    spans = internals._scanned(text)
    wanted = by_pandoc(text) if spans is not None and internals.CLASS.search(text) else None
    if wanted is not None:
        assert sorted({(span.id, span.words, *span.pairs) for span in spans}) == wanted


def test_the_chapters_of_the_note_are_read_without_pandoc_and_as_pandoc_reads_them():
    for source in Project(Path(__file__).parents[3]).chapters:
        text = internals._prose(source)
        spans = internals._scanned(text) if internals.CLASS.search(text) else []
        assert spans is not None
        assert [(s.id, s.words, s.pairs) for s in spans] == [
            (span.id, span.words, span.pairs) for span in internals._read(source, text, _starts(text))
        ]


def _starts(text):
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


@pytest.mark.parametrize(
    "text", ["[^n]: " + "a\n" * 4000, "[a" * 1500, "[^n]: " + " a b" * 1000 + "\n" * 3, "@a [" * 1000]
)
def test_no_text_keeps_the_scan_busy(text):
    begun = time.monotonic()
    internals._scanned(f"{text} [økte]{{.paastand #p-x}}")
    assert time.monotonic() - begun < 2
