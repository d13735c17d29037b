"""What of a chapter is in the edition: text for other profiles is gone before its code, numbers and claims are read."""

from __future__ import annotations

import pytest

from notat.project.project import Project
from notat.project.source import read_source
from notat.show.overview import used_numbers
from notat.text import profiles
from notat.text.errors import NotatError

SETUP = "```{python}\nfrom notat import tall\n```\n"


@pytest.fixture
def shown(note, monkeypatch):
    """The text of a chapter, without empty lines, as the edition «ny» or another has it."""
    config = (note / "_quarto.yml").read_text(encoding="utf-8")
    (note / "_quarto.yml").write_text(f"profile: {{group: [gammel, ny]}}\n{config}", encoding="utf-8")

    def read(text, edition="ny"):
        monkeypatch.setenv(profiles.VARIABLE, edition)
        (note / "chapters/arbeid.qmd").write_text(f"# Arbeid\n\n{SETUP}\n{text}", encoding="utf-8")
        source = read_source(note, "chapters/arbeid.qmd")
        return [line for _, line in source.lines[source.cells[0].stop :] if line.strip()]

    return read


BLOCK = 'Før.\n\n::: {{.content-{0} {1}-profile="ny"}}\nTekst.\n:::\n\nEtter.\n'


@pytest.mark.parametrize(
    ("kind", "how", "edition", "there"),
    [
        ("visible", "when", "ny", True),
        ("visible", "when", "gammel", False),
        ("visible", "unless", "ny", False),
        ("visible", "unless", "gammel", True),
        ("hidden", "when", "ny", False),
        ("hidden", "when", "gammel", True),
        ("hidden", "unless", "ny", True),
        ("hidden", "unless", "gammel", False),
    ],
)
def test_a_block_is_there_when_its_condition_says_so(shown, kind, how, edition, there):
    lines = shown(BLOCK.format(kind, how), edition)
    assert ("Tekst." in lines) == there
    assert {"Før.", "Etter."} <= set(lines)


def test_a_hidden_block_ends_where_it_does_whatever_is_within_it(shown):
    inside = '::: {.drofting #d title="x"}\n1. Hva?\n:::\n\n```\n:::\n```\n\n:::: navn\nInnerst.\n::::\n'
    text = f'::: {{.content-visible when-profile="gammel"}}\n{inside}\n:::\n\nEtter.\n'
    assert shown(text) == ["Etter."]
    assert "Innerst." in shown(text, "gammel")


def test_the_lines_keep_their_places(shown, note):
    shown(BLOCK.format("visible", "when"), "gammel")
    lines = Project(note).chapters[1].lines
    assert [number for (_, number), _ in lines] == list(range(1, len(lines) + 1))


def test_a_span_is_taken_out_of_its_line(shown):
    text = 'Det [økte [mye]{.x} `{python} tall("alle")`]{.content-visible when-profile="gammel"} i fjor.\n'
    assert shown(text) == ["Det  i fjor."]
    assert shown(text, "gammel") == [text.strip()]


def test_a_paragraph_that_loses_a_sentence_is_one_paragraph_still(shown, note):
    hidden = '[Om [det `{python} tall("alle")`]{.x}.]{.content-visible when-profile="gammel"}'
    text = f"Først.\n{hidden}\nSist.\n\n{hidden}\n\nAlene.\n{hidden}\n"
    shown(text)
    lines = Project(note).chapters[1].lines
    assert "\n".join(line for _, line in lines).endswith("Først.\nSist.\n\n\n\nAlene.\n")
    written = (note / "chapters/arbeid.qmd").read_text(encoding="utf-8").split("\n")
    assert all(line in ("", written[number - 1]) for (_, number), line in lines)
    assert shown(text, "gammel")[1] == hidden


def test_what_another_condition_decides_too_is_left_to_the_engine(shown):
    text = '::: {.content-hidden when-profile="ny" when-format="html"}\nTekst.\n:::\n'
    assert "Tekst." in shown(text)
    text = '::: {.content-visible when-profile="gammel" when-format="html"}\nTekst.\n:::\n'
    assert shown(text) == []


def test_the_numbers_of_another_edition_are_not_in_this_one(shown, note):
    text = '::: {.content-visible when-profile="gammel"}\nDet var `{python} tall("endring")`.\n:::\n'
    shown(text)
    assert used_numbers(Project(note).chapters[1]) == []
    shown(text, "gammel")
    assert used_numbers(Project(note).chapters[1]) == ["endring"]


def test_a_profile_that_the_book_has_not_is_refused_where_it_stands(shown, refused):
    with refused("chapters/arbeid.qmd", 7, "Ukjent profil «nyy». Mente du ny?"):
        shown('::: {.content-visible when-profile="nyy"}\nTekst.\n:::\n')


def test_a_book_without_profiles_may_name_any(note):
    (note / "chapters/arbeid.qmd").write_text(f"# Arbeid\n\n{SETUP}\n{BLOCK.format('visible', 'when')}", "utf-8")
    assert "Tekst." not in [line for _, line in read_source(note, "chapters/arbeid.qmd").lines]


def test_a_condition_in_shown_code_is_text(shown):
    assert '::: {.content-visible when-profile="gammel"}' in shown(
        f"```\n{BLOCK.format('visible', 'when')}```\n".replace('"ny"', '"gammel"')
    )


def test_a_span_that_is_shown_as_code_is_text(shown):
    code = '`[ord]{.content-visible when-profile="gammel"}`'
    assert shown(f"Skriv {code} og {code[1:-1]} bort.") == [f"Skriv {code} og  bort."]


def test_settings_of_an_edition_are_those_of_its_project(note, monkeypatch):
    config = (note / "_quarto.yml").read_text(encoding="utf-8")
    (note / "_quarto.yml").write_text(f"profile: {{default: gammel, group: [gammel, ny]}}\n{config}", encoding="utf-8")
    over = "project: {output-dir: _output-ny}\nbook: {date: 2026-01-15, output-file: nytt, title: Nytt}\n"
    (note / "_quarto-ny.yml").write_text(over, encoding="utf-8")
    assert Project(note).config.output == note / "_output"
    monkeypatch.setenv(profiles.VARIABLE, "ny")
    found = Project(note).config
    assert (found.output, found.output_file, found.date.year) == (note / "_output-ny", "nytt", 2026)
    assert note / "_quarto-ny.yml" in Project(note).inputs


@pytest.mark.parametrize(
    ("over", "line", "words"),
    [
        ("project:\n  output-dir: data\n", 2, "En profil kan ha sin egen mappe, _output-NAVN"),
        ("book:\n  date: i går\n", 2, "skal være en dato. Skriv ÅÅÅÅ-MM-DD"),
        ("bok:\n  date: 2026-01-01\n", 1, "Ukjent nøkkel «bok»"),
        ("book:\n  chapters:\n    - chapters/borte.qmd\n", 3, "Kapittelet chapters/borte.qmd finnes ikke"),
        ("notat:\n  data-til: 2023\n", 2, "«notat: data-til» skal være en dato"),
    ],
)
def test_what_is_wrong_in_the_file_of_a_profile_is_refused_there(note, monkeypatch, refused, over, line, words):
    (note / "_quarto-ny.yml").write_text(over, encoding="utf-8")
    monkeypatch.setenv(profiles.VARIABLE, "ny")
    with refused("_quarto-ny.yml", line, words):
        _ = Project(note).config


def test_a_folder_for_outputs_is_of_a_profile_only(note):
    text = (note / "_quarto.yml").read_text(encoding="utf-8")
    (note / "_quarto.yml").write_text(text.replace("output-dir: _output", "output-dir: _output-ny"), "utf-8")
    with pytest.raises(NotatError, match="Utdata skrives alltid dit"):
        _ = Project(note).config
