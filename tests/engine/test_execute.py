"""Code run in a kernel, and replaced by its results."""

from __future__ import annotations

import sys

import pytest

from notat.engine.run import execute as module
from notat.engine.run.execute import execute, session
from notat.project.source import read_source
from notat.text.errors import NotatError

pytestmark = pytest.mark.process

_PLACE = "Cellen viser noe som ikke kan settes inn i notatet"
_MARKDOWN = "type('M', (), {'_repr_markdown_': lambda self: '**fet**'})()"


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
        return execute(read_source(root, "kap.qmd"), client)

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
    with refused("kap.qmd", 4, "NameError: name 'hemmelig' is not defined"):
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
        ("x = 1\ny = (", 5, "SyntaxError"),
        ("import finnes_ikke", 4, "ModuleNotFoundError"),
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
        run(f"# A\n\n{cell('a = 1')}\nEn `{{python}} a`.\n`{{python}} a` `{{python}} a / 0` `{{python}} b`\n")


@pytest.mark.parametrize(
    "code",
    [
        "print('hei')",
        "1",
        "import pandas as pd\npd.DataFrame({'a': [1]})",
        "import sys\nprint('feil', file=sys.stderr)",
        "import warnings\nwarnings.warn('pass på')",
        "from IPython.display import HTML\nHTML('<b>x</b>')",
    ],
)
def test_a_cell_that_shows_anything_but_markdown_is_refused(run, refused, code):
    with refused("kap.qmd", 3, _PLACE):
        run(f"# A\n\n{cell(code)}")


@pytest.mark.parametrize(
    ("options", "code", "shown"),
    [
        ("#| output: asis", "print('**hei**')", "**hei**"),
        ("#| include: false", "print('hei')", ""),
        ("#| warning: false", f"import warnings\nwarnings.warn('x')\n{_MARKDOWN}", "**fet**"),
        ("#| echo: false", _MARKDOWN, "**fet**"),
    ],
)
def test_the_options_of_a_cell_are_obeyed(run, options, code, shown):
    assert run(cell(f"{options}\n{code}")).strip() == shown


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
