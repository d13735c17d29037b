"""Pandoc as a process that converts text after text gives what the command gives."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from notat.engine import converters, pandoc
from notat.text import paths
from notat.text.errors import NotatError

pytestmark = pytest.mark.process

EXTENSION = paths.find_root() / paths.EXTENSION
FILTER = f"--lua-filter={EXTENSION / 'notat.lua'}"
MARKDOWN = """\
# Tittel med `kode` og formel $x^2 < y$

::: {.boks title="Boks med *tittel*"}
Tekst[^1] i en boks, og en lenke til <https://notat.no>.
:::

[^1]: En fotnote.

| Navn | Tall |
|:-----|-----:|
| a    | 1    |

: En tabell med en lang celle, som er bredere enn linja på 72 tegn, og likevel ikke skal brytes {#tbl-a}

```{=html}
<p>Rå</p>
```
"""
DOCUMENT = pandoc.run(MARKDOWN, "--from=markdown", "--to=json").decode()
COVER = ("--toc", "--toc-depth=2")
WORD = ("--from=json", "--to=docx", f"--reference-doc={EXTENSION / 'reference.docx'}", "--output=-", FILTER)


def alone(text, *arguments):
    command = [pandoc.executable(), "+RTS", "-M4g", "-RTS"]
    return pandoc._run(command, text, arguments, None, 60)


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        (MARKDOWN, ("--from=markdown", "--to=json")),
        (MARKDOWN, ("--from=markdown", "--to=json", FILTER)),
        (DOCUMENT, ("--from=json", "--to=typst-citations", "--wrap=none", FILTER)),
        (DOCUMENT, ("--from=json", "--to=html5", "--section-divs", "--mathml", "--wrap=none", FILTER)),
        (DOCUMENT, ("--from=json", "--to=html5", "--wrap=none", "--mathml")),
        ("<p>Et <b>avsnitt</b></p>", ("--from=html", "--to=json")),
        ("", ("--from=markdown", "--to=json")),
    ],
)
def test_the_text_is_that_of_the_command(text, arguments):
    command = [pandoc.executable()]
    with converters.converter(command) as one:
        converted = one.convert(converters.read_arguments(arguments, None), text.encode())
    assert converted == alone(text, *arguments) == pandoc.run(text, *arguments)


@pytest.mark.parametrize("more", [(), COVER])
def test_the_document_is_that_of_the_command(more):
    made, wanted = (zipfile.ZipFile(io.BytesIO(run(DOCUMENT, *WORD, *more))) for run in (pandoc.run, alone))
    assert made.namelist() == wanted.namelist()
    # Only the time differs, which the finishing of documents sets.
    names = [name for name in made.namelist() if name != "docProps/core.xml"]
    assert [made.read(name) for name in names] == [wanted.read(name) for name in names]


def test_a_template_is_filled_as_by_the_command(tmp_path):
    template = tmp_path / "stil.template"
    template.write_text("#let tittel = [$title$]\n$if(toc)$innhold$endif$ $for(by-author)$$it.name$$endfor$\n$body$\n")
    meta = {"title": {"t": "MetaInlines", "c": pandoc.text("Én tittel")}, "toc": {"t": "MetaBool", "c": True}}
    text = json.dumps(json.loads(DOCUMENT) | {"meta": meta})
    arguments = ("--from=json", "--to=typst-citations", "--wrap=none", f"--template={template}", FILTER)
    assert pandoc.run(text, *arguments) == alone(text, *arguments)
    assert "Én tittel".encode() in pandoc.run(text, *arguments)
    # It is read anew when it has changed.
    template.write_text("bare $title$\n")
    assert pandoc.run(text, *arguments) == "bare Én tittel\n".encode()


def test_arguments_that_no_converter_knows_are_left_to_the_command():
    assert converters.read_arguments(("--from=json", "--to=json", "--citeproc"), None) is None
    assert converters.read_arguments(("--to=json",), None) is None


def test_a_process_serves_one_text_after_the_other():
    pandoc.run("en", "--from=markdown", "--to=json")
    [before] = [one.popen.pid for one in converters._idle][-1:]
    assert "to" in pandoc.run("to", "--from=markdown", "--to=json").decode()
    assert before in [one.popen.pid for one in converters._idle]


def test_what_pandoc_complains_of_is_said_and_the_next_text_is_converted(tmp_path):
    text = json.dumps(json.loads(pandoc.run("![a](mangler.png)", "--from=markdown", "--to=json")))
    with pytest.raises(NotatError, match=r"mangler\.png"):
        pandoc.run(text, *WORD, cwd=tmp_path)
    with pytest.raises(NotatError, match="Pandoc stanset"):
        pandoc.run("{", "--from=json", "--to=html5")
    assert pandoc.run("ja", "--from=markdown", "--to=html5") == b"<p>ja</p>\n"


def test_what_one_text_has_looked_up_is_nothing_to_the_next(tmp_path):
    """An image of the same name in another folder is another one."""
    text = pandoc.run("![a](bilde.svg)", "--from=markdown", "--to=json").decode()
    for width in ("1", "2"):
        folder = tmp_path / width
        folder.mkdir()
        image = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="1"/>'.encode()
        (folder / "bilde.svg").write_bytes(image)
        made = zipfile.ZipFile(io.BytesIO(pandoc.run(text, *WORD, cwd=folder)))
        assert [made.read(name) for name in made.namelist() if name.startswith("word/media/")] == [image]


def test_a_text_that_takes_too_long_is_stopped_with_its_process(program):
    program("while True: pass")
    with pytest.raises(NotatError, match=r"0\.5 sekunder av prosessorens tid"):
        pandoc.run("", "--from=markdown", "--to=json", limit=0.5)
    assert pandoc.executable() not in [one.command[0] for one in converters._idle]


def test_a_process_that_ends_by_itself_is_not_asked_again(program):
    program("if 'lua' in sys.argv: sys.exit(3)\nsys.stdout.write('fra kommandoen')")
    assert pandoc.run("", "--from=markdown", "--to=json") == b"fra kommandoen"


def test_an_interrupted_process_is_ended(monkeypatch):
    seen = []

    def interrupted(one, request, text):  # as the method
        seen.append(one.popen)
        raise KeyboardInterrupt

    monkeypatch.setattr(converters.Converter, "convert", interrupted)
    with pytest.raises(KeyboardInterrupt):
        pandoc.run("a", "--from=markdown", "--to=json")
    assert seen[0].poll() is not None
    assert seen[0] not in [one.popen for one in converters._idle]
