"""Code run in a kernel, and replaced by its results."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from notat.engine.run import execute as module
from notat.engine.run.execute import Setting, session
from notat.project.source import read_source, weave
from notat.text.errors import NotatError

pytestmark = pytest.mark.process

_MARKDOWN = "type('M', (), {'_repr_markdown_': lambda self: '**fet**'})()"


def execute(source, client, setting=None):
    """The chapter's Markdown with every cell and inline expression replaced by its result."""
    return weave(source, module.run(source, client, setting or Setting(Path.cwd())).texts)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One kernel for all tests that leave it usable."""
    root = tmp_path_factory.mktemp("kjerne")
    with session(root) as client:
        yield root, client


@pytest.fixture
def run(shared):
    root, client = shared

    def execute_text(text):
        (root / "kap.qmd").write_text(text, encoding="utf-8")
        return execute(read_source(root, "kap.qmd"), client, Setting(root, look="notat.show.look"))

    return execute_text


def cell(code):
    return f"```{{python}}\n{code}\n```\n"


def test_results_stand_where_the_code_stood(run):
    text = run(f"# A\n\n{cell('x = 2')}\nTo `{{python}} x` og `{{python}} x + 1`.\n\n{cell(_MARKDOWN)}\nSlutt.\n")
    assert text.split() == ["#", "A", "To", "2", "og", "3.", "**fet**", "Slutt."]


def test_a_value_with_markdown_gives_that_and_any_other_its_text_escaped(run):
    text = run(f"{cell('y = 1')}`{{python}} {_MARKDOWN}` `{{python}} '*a* [b] <c> 1.'` `{{python}} ''`|\n")
    assert text.strip() == r"**fet** \*a\* \[b\] \<c\> 1. |"


def test_the_code_of_one_chapter_is_unknown_to_the_next(run, refused):
    run(cell("hemmelig = 1"))
    with refused("kap.qmd", 4, "Navnet «hemmelig» er ukjent for koden."):
        run(f"{cell('1;')}`{{python}} hemmelig`\n")


def test_the_kernel_works_in_the_project_folder_and_its_interpreter(run, shared):
    root, _ = shared
    text = run(f"{cell('import os, sys')}`{{python}} [os.getcwd(), sys.prefix] == {[str(root), sys.prefix]!r}`\n")
    assert text.strip() == "True"


def test_only_what_the_kernel_needs_of_the_environment_reaches_it(run, monkeypatch):
    assert "None" in run(f"{cell('import os')}`{{python}} os.environ.get('PYTEST_CURRENT_TEST')`\n")


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("1 / 0", 4, "Python-feil i kapittelet: ZeroDivisionError: division by zero. Rett koden på linja."),
        ("#| echo: false\nx = 1\n\nx.y", 7, "AttributeError"),
        ("def f():\n    raise ValueError('en\\nto')\n\n\nf()", 8, "ValueError: en to."),
        ("x = 1\ny = (", 5, "En parentes mangler i koden. Skriv den med rette anførselstegn og begge parentesene."),
        ("import finnes_ikke", 4, "Modulen «finnes_ikke» finnes ikke. Kontroller stavingen."),
        ("raise SystemExit(3)", 4, "SystemExit: 3"),
        ("raise KeyboardInterrupt", 4, "KeyboardInterrupt. Rett"),
        ("input()", 4, "StdinNotImplementedError"),
    ],
)
def test_a_python_error_is_named_by_its_line_in_the_chapter(run, refused, code, line, words):
    with refused("kap.qmd", line, words):
        run(f"# A\n\n{cell(code)}")


def test_an_error_in_inline_code_is_named_by_its_own_line(run, refused):
    with refused("kap.qmd", 8, "ZeroDivisionError"):
        run(f"# A\n\n{cell('a = 1')}\nEn `{{python}} a`.\n`{{python}} a` `{{python}} a / 0` `{{python}} a`\n")


def test_all_errors_of_a_chapter_are_named_but_those_that_may_follow_from_another(run):
    codes = (
        "import math as m",
        "a = m.sqrt(-1)",
        "b = 2 * a",
        "m.sqrt(-2)",
        "def f(): (",
        "f(1)",
        "class C: x = m.no\nc = 3",
        "C.x",
    )
    cells = "".join(map(cell, codes))
    with pytest.raises(NotatError) as caught:
        run(f"{cells}`{{python}} 1 / 0` `{{python}} b` `{{python}} c`\n`{{python}} m.pi` `{{python}} m.none`\n")
    lines = cells.split("\n")
    at = [lines.index(code) + 1 for code in ("a = m.sqrt(-1)", "m.sqrt(-2)", "def f(): (", "class C: x = m.no")]
    every = [caught.value, *caught.value.others]
    assert [error.line for error in every] == [*at, len(lines), len(lines) + 1]
    assert all(error.file == "kap.qmd" for error in every)


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("import sys\nprint('feil', file=sys.stderr)", 3, "Cellen skrev til stderr: «feil». Rett koden, eller skriv"),
        ("\nimport warnings\nwarnings.warn('pass på')", 6, "Cellen ga en advarsel: UserWarning: pass på. Rett koden"),
        ("from IPython.display import HTML\nHTML('<b>x</b>')", 3, "Cellen viser HTML, som bare nettsidene kan ha."),
        ("object()", 3, "Cellen viser et objekt som ikke har noen tekst: <object>."),
        ("import pandas as pd\npd.DataFrame({'a': range(99)})", 4, "Tabellen har 99 rader, og notatet viser høyst 60."),
        ("import pandas as pd\npd.DataFrame({'a': []})", 4, "Tabellen er tom."),
        ("class A:\n    def _repr_markdown_(self):\n        return 1 / 0\nA()", 6, "ZeroDivisionError"),
        (
            "#| fig-cap: A\nfrom IPython.display import Markdown\nMarkdown('::: {#fig-a}\\n![](a)\\n\\nA\\n:::')",
            3,
            "Figuren eller tabellen i cellen har sin egen tekst.",
        ),
        ("#| label: tbl-a\nx = 1", 3, "Cellen heter «tbl-a», men viser ingen tabell."),
        ("#| fig-cap: A\n1", 3, "Cellen har fig-cap, men viser ingen figur."),
        ("#| label: tbl-a\nprint('| a |\\n|---|\\n| 1 |')", 3, "Tabellen «tbl-a» har ingen tekst."),
    ],
)
def test_what_cannot_be_in_the_note_is_refused(run, refused, code, line, words):
    with refused("kap.qmd", line, words):
        run(f"# A\n\n{cell(code)}")


@pytest.mark.parametrize(
    ("options", "code", "shown"),
    [
        ("#| output: asis", "print('**hei**')", "**hei**"),
        ("#| output: false", "print('hei')", ""),
        ("#| include: false", "print('hei')", ""),
        ("#| warning: false", f"import warnings\nwarnings.warn('x')\n{_MARKDOWN}", "**fet**"),
        ("#| message: false", f"import sys\nprint('x', file=sys.stderr)\n{_MARKDOWN}", "**fet**"),
        ("#| echo: false", _MARKDOWN, "**fet**"),
        ("#| echo: true", "x = 1", "```python\nx = 1\n```"),
        ("#| echo: fenced", "x = 1", "````\n```{python}\n#| echo: fenced\nx = 1\n```\n````"),
        ("#| eval: false", "1 / 0", ""),
        ("#| echo: true\n#| eval: false", "1 / 0", "```python\n1 / 0\n```"),
        ("#| error: true", "1 / 0", "```\nZeroDivisionError: division by zero\n```"),
        (
            "#| warning: true",
            "import warnings\nwarnings.warn('x')",
            '```\nkap.qmd:4: UserWarning: x\n  warnings.warn("x")\n```'.replace('"', "'"),
        ),
        (
            '#| echo: true\n#| code-fold: true\n#| code-summary: "Se"',
            "x = 1",
            '::: {.kodeskjul data-tittel="Se"}\n\n```python\nx = 1\n```\n\n:::',
        ),
        ("", "print('hei')", "```\nhei\n```"),
        ("", "print('```')", "````\n```\n````"),
        ("", "print('\\x1b[31mhei\\x1b[0m')", "```\nhei\n```"),
        ("", "1 + 1", "```\n2\n```"),
        ("", "1 + 1;", ""),
        ("", "None", ""),
        ("", "print('en')\nprint('to')", "```\nen\nto\n```"),
        ("", f"print('en')\n{_MARKDOWN}", "```\nen\n```\n\n**fet**"),
        (
            "",
            f"for i in 'ab':\n    display({_MARKDOWN})\n    print(i)",
            "**fet**\n\n```\na\n```\n\n**fet**\n\n```\nb\n```",
        ),
    ],
)
def test_the_options_of_a_cell_are_obeyed(run, options, code, shown):
    assert run(cell(f"{options}\n{code}".lstrip("\n"))).strip() == shown


def test_what_a_cell_has_not_set_comes_from_the_chapter_and_then_from_the_book(shared):
    root, client = shared
    (root / "kap.qmd").write_text(cell("import sys\nprint('x', file=sys.stderr)"), encoding="utf-8")
    source = read_source(root, "kap.qmd")
    quiet = Setting(root, defaults={"warning": False, "echo": False})
    assert execute(source, client, quiet).strip() == ""
    source.execute = {"warning": True}
    assert execute(source, client, quiet).strip() == "```\nx\n```"


def test_a_folder_that_a_cell_goes_to_is_left_again(run, shared):
    text = run(f"{cell('import os')}{cell('os.chdir(os.sep)')}`{{python}} os.getcwd()`\n")
    assert text.strip() == str(shared[0])


def test_html_that_is_a_table_becomes_one_table_with_one_head(run):
    code = (
        "from IPython.display import HTML\n"
        "HTML('<style>a{}</style><table><thead><tr><td colspan=2>Folk &amp; *år*</td></tr>"
        "<tr><th rowspan=2>Sted<th>2023</tr><tr><th>i alt</tr></thead>"
        "<tr><td>A|B<td>1 200</tr><tfoot><tr><td colspan=2>Kilde</tr></table>')"
    )
    table, title, note = run(cell(code)).strip().split("\n\n")
    head, rule, row = table.split("\n")
    assert (head, row) == ("| Sted | 2023, i alt |", "| A&#124;B | 1 200 |")
    assert rule.startswith("|:-")
    assert rule.endswith("-:|")
    assert (title, note) == (r": Folk \& \*år\*.", "Kilde")


def test_the_kernel_is_in_good_health_after_all_errors(run):
    assert "3" in run(f"{cell('x = 3')}`{{python}} x`\n")


# --- kernels of their own


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("while True:\n    pass", "Koden svarte ikke innen 1 sekunder. Se etter en evig løkke."),
        (
            "import time\ntime.sleep(600)",
            "Koden har ventet i 1 sekunder på noe som ikke kommer. Fjern det den venter på",
        ),
        ("import os\nos._exit(1)", "Python-kjernen stanset"),
    ],
)
def test_a_cell_that_never_answers_is_named(tmp_path, monkeypatch, refused, code, words):
    monkeypatch.setattr(module, "TIMEOUT", 60 if "exit" in code else 1)
    (tmp_path / "kap.qmd").write_text(f"# A\n\n{cell(code)}", encoding="utf-8")
    with refused("kap.qmd", 3, words), session(tmp_path) as client:
        execute(read_source(tmp_path, "kap.qmd"), client)
    assert not client.km.has_kernel


def test_inline_code_that_never_answers_is_named(tmp_path, monkeypatch, refused):
    monkeypatch.setattr(module, "TIMEOUT", 1)
    (tmp_path / "kap.qmd").write_text(f"{cell('1;')}\n`{{python}} all(iter(lambda: 1, 2))`\n", encoding="utf-8")
    with refused("kap.qmd", 5, "Koden svarte ikke"), session(tmp_path) as client:
        execute(read_source(tmp_path, "kap.qmd"), client)


def test_the_numbers_of_the_note_come_out_as_spans_and_unknown_ones_are_named(note, refused):
    chapter = "chapters/arbeid.qmd"
    with session(note) as client:
        text = execute(read_source(note, chapter), client)
        assert 'Veksten var [5\u00a0566]{.tall data-id="endring"} personer [@ssb]' in text
        assert '[9–37\u00a0%]{.tall data-id="lav hoy"}' in text
        file = note / chapter
        file.write_text(file.read_text(encoding="utf-8").replace('"endring"', '"endrng"'), encoding="utf-8")
        with pytest.raises(
            NotatError, match=r"^chapters/arbeid\.qmd:7: Ukjent tall «endrng»\. Mente du endring\?"
        ) as caught:
            execute(read_source(note, chapter), client)
        assert (caught.value.code, str(caught.value).count("N0315")) == ("N0315", 1)
