"""Two editions of a note, built one after the other: each is right, and has the same bytes as when built alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from notat.cli.render import build
from notat.judge.checks import checksums
from notat.project import manifest
from notat.project.project import Project
from notat.show import authoring
from notat.show.domain import results_of
from notat.text.errors import NotatError

COMMAND = [sys.executable, "-c", "from notat.cli.main import main; main()"]
TEXT = """
::: {.content-visible when-profile="ny"}
Bare i den nye, med `{python} tall("alle")`.
:::

[Bare i den gamle.]{.content-hidden when-profile="ny"}

`{python} __import__("os").environ["QUARTO_PROFILE"]` er i bruk, og {{< meta book.date >}} er datoen.
"""


@pytest.fixture
def editions(note, monkeypatch):
    """A note with two editions; `use(name)` chooses one of them."""
    config = (note / "_quarto.yml").read_text(encoding="utf-8")
    declared = "profile: {default: gammel, group: [gammel, ny]}\n"
    (note / "_quarto.yml").write_text(declared + config, encoding="utf-8")
    over = "project: {output-dir: _output-ny}\nbook: {date: 2026-01-15, output-file: nytt}\n"
    (note / "_quarto-ny.yml").write_text(over, encoding="utf-8")
    with (note / "chapters/arbeid.qmd").open("a", encoding="utf-8") as chapter:
        chapter.write(TEXT)

    def use(name):
        monkeypatch.setenv("QUARTO_PROFILE", name)

    return use


def run(*words):
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, timeout=300, check=False)


def page(folder):
    html = (folder / "arbeid.html").read_text(encoding="utf-8")
    return re.sub(r"<[^>]+>", "", html)


def bytes_of(folder):
    return manifest.digests(folder.rglob("*"), folder)


def test_each_is_right_and_the_same_whatever_was_built_before(note, editions):
    build(note)  # the default
    editions("ny")
    build(note)
    old, new = note / "_output", note / "_output-ny"
    assert {"diskusjonsnotat.pdf", "diskusjonsnotat.docx"} <= {file.name for file in old.iterdir()}
    assert {"nytt.pdf", "nytt.docx"} <= {file.name for file in new.iterdir()}
    assert "Bare i den gamle." in page(old)
    assert "gammel er i bruk, og 2023-03-01 er datoen" in page(old)
    assert "Bare i den nye, med 246" in page(new)
    assert "ny er i bruk, og 2026-01-15 er datoen" in page(new)
    assert "Bare i den nye" not in page(old)
    assert "Bare i den gamle" not in page(new)
    dates = [json.loads((folder / "manifest.json").read_bytes())["date"] for folder in (old, new)]
    assert dates == ["2023-03-01", "2026-01-15"]
    first = bytes_of(old), bytes_of(new)
    editions("gammel")
    build(note, cached=False)
    editions("ny")
    build(note, cached=False)
    assert (bytes_of(old), bytes_of(new)) == first


def test_nothing_is_done_when_nothing_is_changed_and_a_change_of_one_edition_is_of_that_alone(note, editions):
    said: list[str] = []
    for name in ("gammel", "ny", "gammel", "ny"):
        editions(name)
        said.clear()
        build(note, ["html"], said.append)
    assert said == ["Ingenting er endret"]
    over = (note / "_quarto-ny.yml").read_text(encoding="utf-8")
    (note / "_quarto-ny.yml").write_text(over.replace("2026-01-15", "2026-02-16"), encoding="utf-8")
    build(note, ["html"], said.append)
    assert "2026-02-16 er datoen" in page(note / "_output-ny")
    editions("gammel")
    said.clear()
    build(note, ["html"], said.append)
    assert said == ["Ingenting er endret"]


def test_what_one_edition_has_computed_is_never_anothers(note, editions):
    keys = []
    for name in ("gammel", "ny"):
        editions(name)
        keys.append(results_of(Project(note)).digests.code("notat"))
    assert keys[0] != keys[1]


def test_the_command_takes_the_profile_and_refuses_an_unknown_one(note, editions):
    done = run("render", "--til", "html", "--profile", "ny")
    assert (done.returncode, done.stdout.split()[0]) == (0, "_output-ny/index.html"), done.stderr
    assert not (note / "_output").exists()
    for command in (["render"], ["check"], ["list", "tall"], ["trace", "alle"], ["accept"], ["diff"]):
        done = run(*command, "--profile", "nyy")
        assert done.returncode == 1, command
        assert "Ukjent profil «nyy». Mente du ny? Boka har gammel, ny. [N0130]" in " ".join(done.stderr.split())
    assert not (note / "_output").exists()


def test_what_is_wrong_in_an_edition_that_is_asked_for_is_said_to_be_of_it(note, editions):
    with (note / "chapters/arbeid.qmd").open("a", encoding="utf-8") as chapter:
        chapter.write('\n::: {.content-visible when-profile="ny"}\nDet var `{python} tall("borte")`.\n:::\n')
    for words in (("check", "--profile", "ny"), ("render", "--til", "html", "--profile", "ny")):
        done = run(*words)
        assert done.returncode == 1
        assert ": I ny: Ukjent tall «borte»." in done.stdout + done.stderr
    assert "Ukjent tall" not in run("check").stdout


def test_the_profile_of_a_command_ends_with_it(note, editions):
    from click.testing import CliRunner

    from notat.cli.main import cli

    done = CliRunner().invoke(cli, ["doctor", "--profile", "ny"])
    assert "ny er i bruk, av gammel, ny" in done.output
    assert "QUARTO_PROFILE" not in os.environ


def test_an_edition_uses_only_what_was_published_by_its_date(note, editions, refused):
    """The note of one year and that of another, of the same text: `siste` is the newest that each may use."""
    with (note / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("notat: {data-til: 2022-06-01}\n")
    over = (note / "_quarto-ny.yml").read_text(encoding="utf-8")
    (note / "_quarto-ny.yml").write_text(f"{over}notat: {{data-til: 2026-01-15}}\n", encoding="utf-8")
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as table:
        table.write(",Ledige,,Norge,2021,andel,4,prosent,1,,,ssb,\n,Ledige,,Norge,2023,andel,2,prosent,1,,,ssb,\n")
    (note / "data/tall.csv").write_text(
        "id,tabell,maal,gruppe,sted,periode\nledige_andel,arbeid,Ledige,,Norge,siste\n", encoding="utf-8"
    )
    text = "# Arbeid {{#sec-arbeid}}\n\n```{{python}}\nfrom notat import periode, tall\n```\n\n{}\n"
    newest = 'I `{python} periode("ledige_andel")` var det `{python} tall("ledige_andel")`.'
    later = '\n\n::: {.content-visible when-profile="ny"}\nI arbeid var `{python} tall("alle")`.\n:::\n'
    chapter = note / "chapters/arbeid.qmd"
    (note / "index.qmd").write_text("# Sammendrag {.unnumbered #sec-sammendrag}\n\nTekst.\n", encoding="utf-8")
    chapter.write_text(text.format(newest + later), encoding="utf-8")
    checksums.write(note)
    build(note, ["html"])
    editions("ny")
    build(note, ["html"])
    assert "I 2021 var det 4" in page(note / "_output")
    assert "246" not in page(note / "_output")
    assert "I 2023 var det 2" in page(note / "_output-ny")
    assert "I arbeid var 246" in page(note / "_output-ny")
    editions("gammel")
    chapter.write_text(text.format('Det var `{python} tall("alle")`.'), encoding="utf-8")
    before = page(note / "_output")
    with refused("chapters/arbeid.qmd", 7, "«alle» ble publisert tidligst 2022-12-31, og utgaven ser bare det som"):
        build(note, ["html"])
    assert page(note / "_output") == before


def test_text_for_another_edition_prints_nothing_where_its_code_is_run_all_the_same(note, editions, monkeypatch):
    """As by genuine Quarto, which runs all code of a chapter and then hides the block."""
    with (note / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("notat: {data-til: 2021-12-31}\n")
    for name in ("index.qmd", "chapters/arbeid.qmd"):
        text = (note / name).read_text(encoding="utf-8").replace('tall("alle")', 'tall("lav")')
        (note / name).write_text(text.replace('tall("endring")', 'tall("lav")'), encoding="utf-8")
    with (note / "chapters/arbeid.qmd").open("a", encoding="utf-8") as chapter:
        chapter.write('\n::: {.content-visible when-profile="ny"}\nDet var `{python} tall("alle")`.\n:::\n')
    authoring.numbers.cache_clear()
    assert str(authoring.tall("lav")).startswith("9")
    assert str(authoring.tall("alle")) == ""
    with pytest.raises(NotatError, match="N0366"):  # no chapter names it
        authoring.tall("endring")
    with (note / "index.qmd").open("a", encoding="utf-8") as index:
        index.write('\nDet var `{python} tall("alle")`.\n')
    with pytest.raises(NotatError, match="N0366"):
        authoring.tall("alle")
