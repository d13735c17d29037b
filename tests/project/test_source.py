"""Chapters split into text, cells and inline code, with the place of each."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.project.source import CodeCell, Inline, Source, Text, _split, read_source
from notat.text.errors import NotatError

CELL = "```{python}\n1\n```\n"


@pytest.fixture
def read(tmp_path):
    """Write files of a project and read the first as a chapter."""

    def write(text, **others):
        for name, content in {"kap": text, **others}.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.qmd").write_bytes(data)
        return read_source(tmp_path, "kap.qmd")

    return write


def kinds(source):
    return [type(part).__name__ for part in source.parts]


def test_a_chapter_is_text_cells_and_inline_code_in_order(read):
    source = read(f"# A\n\n{CELL}\nEn `{{python}} a` og `{{python}}  b(1)` to.\n")
    assert source.parts == [
        Text("# A\n\n", ("kap.qmd", 1)),
        CodeCell("1", {}, ("kap.qmd", 3)),
        Text("\nEn ", ("kap.qmd", 6)),
        Inline("a", ("kap.qmd", 7)),
        Text(" og ", ("kap.qmd", 7)),
        Inline("b(1)", ("kap.qmd", 7)),
        Text(" to.\n", ("kap.qmd", 7)),
    ]


def test_windows_line_endings_and_byte_order_mark_change_nothing(read):
    text = f"# A\n\n{CELL}\nEn `{{python}} a`.\n\n{{{{< include _ny.qmd >}}}}\n"
    plain = read(text, _ny="Mer.\n")
    marked = [codecs.BOM_UTF8 + part.replace("\n", "\r\n").encode() for part in (text, "Mer.\n")]
    again = read(marked[0], _ny=marked[1])
    assert (again.parts, again.lines) == (plain.parts, plain.lines)


@pytest.mark.parametrize("sign", ["\u2028", "\x0c", "\x85", "\x00", "\x1b", "\u202e", "\u2066", "\u200f", "\ufeff"])
def test_a_sign_that_shows_other_text_than_is_read_is_refused_with_its_line(read, refused, sign):
    with refused("kap.qmd", 2, f"usynlig tegn som ikke er tillatt (U+{ord(sign):04X})"):
        read(f"En\nto{sign}tre\nfire\n")


_LINES = ["# A", "tekst", "", "```", "```{python}", "~~~", "````", "`{python} x` y", "x = 1", "```python"]


def written(part):
    if isinstance(part, Text):
        return part.markdown
    return f"`{{python}} {part.code}`" if isinstance(part, Inline) else f"```{{python}}\n{part.code}\n```\n"


@given(st.lists(st.sampled_from(_LINES)))
def test_nothing_of_a_chapter_is_lost(lines):
    source = Source("kap.qmd", lines=[(("kap.qmd", n), line) for n, line in enumerate(lines, 1)])
    try:
        _split(source)
    except NotatError:
        return
    text = "".join(map(written, source.parts))
    # A cell may be closed by a longer fence, and blank lines at its end are not distinguished.
    normal = [line.replace("````", "```") for line in lines if line]
    assert [line.replace("````", "```") for line in text.splitlines() if line] == normal


# --- includes


def test_an_include_keeps_its_own_places(read):
    source = read(f"{CELL}{{{{< include _inn.qmd >}}}}\nSlutt.\n", _inn="En.\n\nTo `{python} x`.\n")
    assert [place for place, _ in source.lines[3:]] == [("_inn.qmd", n) for n in (1, 2, 3)] + [("kap.qmd", 5)]
    assert [part.place for part in source.parts if isinstance(part, Inline)] == [("_inn.qmd", 3)]


@pytest.mark.parametrize("target", ["_borte.qmd", "../utenfor.qmd", "/etc/passwd", ".", "kap.qmd", ""])
def test_an_include_that_cannot_be_taken_in_is_refused(read, tmp_path, refused, target):
    (tmp_path.parent / "utenfor.qmd").write_text("x")
    with refused("kap.qmd", 2, "Kan ikke ta inn"):
        read(f"# A\n{{{{< include {target} >}}}}\n")


def test_an_include_that_takes_itself_in_by_way_of_another_is_refused(read, refused):
    with refused("_to.qmd", 2, "kan ikke ta inn seg selv"):
        read("{{< include _en.qmd >}}", _en="{{< include _to.qmd >}}", _to="\n{{< include _en.qmd >}}")


def test_the_same_file_may_be_taken_in_twice(read):
    source = read("{{< include _en.qmd >}}\n{{< include _en.qmd >}}", _en="En.")
    assert [line for _, line in source.lines] == ["En.", "En."]


@pytest.mark.parametrize(
    "line",
    [
        "{{< video x.mp4 >}}",
        "Se {{< include _inn.qmd >}}",
        "{{< include _inn.qmd >}} .",
        "{{{< include x >}}}",
    ],
)
def test_other_shortcodes_are_refused(read, refused, line):
    with refused("kap.qmd", 3, "Kortkoden"):
        read(f"# A\n\n{line}\n")


@pytest.mark.parametrize("line", ["{{< include _inn.qmd >}", "{< include _inn.qmd >}}", "{{<", "{{< >}}", "Tekst >}}"])
def test_half_a_shortcode_is_refused(read, refused, line):
    with refused("kap.qmd", 3, "Kortkoden kan ikke leses"):
        read(f"# A\n\n{line}\n")


def test_another_encoding_is_refused_with_its_line(read, refused):
    with refused("_inn.qmd", 2, "Fila er ikke UTF-8"):
        read("{{< include _inn.qmd >}}", _inn="En.\nBlåbær".encode("latin-1"))


def test_a_missing_chapter_is_named(tmp_path, refused):
    with refused("borte.qmd", None, "Fila mangler"):
        read_source(tmp_path, "borte.qmd")


# --- fences


def test_code_in_a_longer_fence_is_shown_and_not_run(read):
    text = f"````\n{CELL}`{{python}} x`\n````\n"
    assert read(text).parts == [Text(text, ("kap.qmd", 1))]


@pytest.mark.parametrize("fence", ["```", "~~~", "```python", "```{.python}", "~~~ {.python}"])
def test_inline_code_inside_a_fence_is_shown_and_not_run(read, fence):
    text = f"{fence}\n`{{python}} x`\n{fence[:3]}\n"
    assert read(text).parts == [Text(text, ("kap.qmd", 1))]


def test_a_fence_like_line_inside_a_fence_does_not_hide_what_follows(read):
    source = read(f"{CELL}```\n```python\n```\n\n`{{python}} x`\n")
    assert kinds(source) == ["CodeCell", "Text", "Inline", "Text"]


def test_three_backticks_inside_a_line_are_no_fence(read):
    assert kinds(read("```a``` b\n\ntekst\n")) == ["Text"]


def test_neighbouring_cells_stay_apart(read):
    assert kinds(read(CELL + CELL)) == ["CodeCell", "CodeCell"]


def test_a_cell_may_be_closed_by_a_longer_fence(read):
    assert read("```{python}\na\nb\n`````\n").parts == [CodeCell("a\nb", {}, ("kap.qmd", 1))]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# A\n\n```{python}\n1\n", 3, "Kodeblokken er ikke lukket. Avslutt den med ```."),
        ("~~~\n```\n", 1, "Avslutt den med ~~~."),
        ("````\n```\n", 1, "Avslutt den med ````."),
        ("# A\n\n```{r}\n1\n```\n", 3, "Kodeblokker av typen {r} støttes ikke"),
        ("```{python, echo=FALSE}\n```\n", 1, "støttes ikke"),
        ("```{=html}\n<b>\n```\n", 1, "Kodeblokker av typen {=html}"),
        ("```{{python}}\n1\n```\n", 1, "støttes ikke"),
        ("1. Liste\n\n   ```{python}\n   1\n   ```\n", 3, "Kodecellen står ikke helt til venstre"),
        ("> ```{python}\n> 1\n> ```\n", 1, "Kodecellen står ikke helt til venstre"),
    ],
)
def test_a_fence_that_cannot_be_run_is_refused(read, refused, text, line, words):
    with refused("kap.qmd", line, words):
        read(text)


# --- options and inline code


def test_options_are_read_until_the_first_line_of_code(read):
    (cell,) = read("```{python}\n#| label: oppsett\n#| include: false\nx = 1\n#| echo: true\n```\n").parts
    assert cell.options == {"label": "oppsett", "include": "false"}
    assert cell.code.startswith("#| label: oppsett\n")


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("#| eval: false", "Cellevalget «eval: false» støttes ikke"),
        ("#| echo: true", "«echo: true» støttes ikke"),
        ("#| label: fig-x", "Figurer og tabeller lages med figur() og tabell()"),
        ("#| fig-cap: Tekst", "støttes ikke"),
        ("#| echo", "Cellevalget kan ikke leses. Skriv #| nøkkel: verdi."),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(read, refused, option, words):
    with refused("kap.qmd", 3, words):
        read(f"```{{python}}\n#| label: a\n{option}\n1\n```\n")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Tall `{r} x`.", "Kode i teksten på språket r støttes ikke"),
        ("Tall `{python}x`.", "Koden i teksten kan ikke leses"),
        ("Tall `{python} x`, `{python}y` og `{python} z`.", "Koden i teksten kan ikke leses"),
        ("Tall `{python}", "hold koden på én linje"),
        ("Tall `{python} x\ny`.", "hold koden på én linje"),
        ("Tall `{python }x`.", "Koden i teksten kan ikke leses"),
    ],
)
def test_inline_code_that_would_be_printed_is_refused(read, refused, line, words):
    with refused("kap.qmd", 4, words):
        read(f"{CELL}{line}\n")


@pytest.mark.parametrize("line", ["`x`", "`{x: 1}`", "`{{python}} x`", "`python x`"])
def test_other_code_in_the_text_is_text(read, line):
    assert kinds(read(f"{CELL}{line}\n")) == ["CodeCell", "Text"]


def test_numbers_without_the_setup_cell_are_refused(read, refused):
    with refused("kap.qmd", 3, "ingen kodecelle. Legg oppsettcellen"):
        read("# A\n\n`{python} x`\n")


def test_a_yaml_header_is_refused(read, refused):
    with refused("kap.qmd", 1, "YAML-blokk"):
        read("\ufeff---\ntitle: A\n---\n")


# --- places


def test_a_token_is_found_as_a_whole_name(read):
    source = read("@fig-ab @fig-a-b\n@fig-a.\n\n@fig-a\n")
    assert source.place_of("@fig-a") == ("kap.qmd", 2)
    assert source.place_of("@fig-a", last=True) == ("kap.qmd", 4)


def test_the_first_token_that_stands_somewhere_decides(read):
    source = read("en\nto <b>fet\n")
    assert source.place_of("tre", "to", "en") == ("kap.qmd", 2)
    assert source.place_of("<b>") == ("kap.qmd", 2)
    assert source.place_of("tre") == ("kap.qmd", 1)


def test_an_empty_chapter_has_no_parts(read):
    assert read("").parts == []
