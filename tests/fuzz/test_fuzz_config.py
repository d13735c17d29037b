"""`_quarto.yml` and `_extension.yml`: read as they say, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from notat.project.config import read_config

pytestmark = pytest.mark.fuzz

CONFIG = "_quarto.yml"
EXTENSION = "_extensions/notat/_extension.yml"
_TEXT = (Path(__file__).parents[2] / CONFIG).read_text(encoding="utf-8")
_EXTENSION_TEXT = (Path(__file__).parents[2] / EXTENSION).read_text(encoding="utf-8")
_KEYS = [number for number, line in enumerate(_TEXT.splitlines()) if line.rstrip().endswith(":") or ": " in line]


@given(st.data())
def test_a_spoiled_configuration_says_what_it_says_or_is_refused(judge, spoiled, replaced, project, data):
    content = data.draw(spoiled(_TEXT))
    config = judge(CONFIG, replaced(CONFIG, content, lambda: read_config(project)))
    if config is None:
        return
    said = YAML(typ="safe", pure=True).load(content.decode("utf-8-sig"))
    book = said["book"]
    # A text may be folded over lines, and a date be in quotation marks.
    title, author = (" ".join(book[key].split()) for key in ("title", "author"))
    assert (config.title, config.author, str(config.date)) == (title, author, str(book["date"]).strip())
    assert [chapter.file for chapter in config.chapters] == [*book["chapters"], *book.get("appendices", [])]
    assert said["project"].keys() <= {"type", "output-dir", "execute-dir", "pre-render", "post-render", "resources"}
    assert config.words == said.get("language", {})
    assert config.output.parent == project


@given(st.data())
def test_a_spoiled_extension_is_refused_or_stays_in_its_folder(judge, spoiled, replaced, project, data):
    content = data.draw(spoiled(_EXTENSION_TEXT))
    config = judge("_extension.yml", replaced(EXTENSION, content, lambda: read_config(project)))
    for file in (
        ()
        if config is None
        else (
            *config.extension.filters,
            *config.extension.template_partials,
            *config.extension.css,
            config.extension.reference_doc,
        )
    ):
        assert file.resolve().parent == (project / EXTENSION).resolve().parent


@given(st.sampled_from(_KEYS), st.sampled_from("abexyz_-"), st.booleans())
def test_a_misspelt_key_is_never_silently_no_key(judge, replaced, project, number, letter, double):
    lines = _TEXT.splitlines()
    indent = len(lines[number]) - len(lines[number].lstrip())
    if lines[number].lstrip().startswith("-"):
        return
    start = lines[number][: indent + 2] + letter + ("" if double else letter)
    lines[number] = start + lines[number][indent + 2 :]
    content = "\n".join(lines).encode()
    assert judge("_quarto.yml: feilskrevne nøkler", replaced(CONFIG, content, lambda: read_config(project))) is None


_OUTSIDE = [
    "../x",
    "../../etc/passwd",
    "/etc/passwd",
    "chapters/../../x",
    "..",
    ".",
    "",
    "~/x",
    "https://x.no/x",
    "a\\0b",
]
_PLACES = ["output-dir: _output", "bibliography: references.bib", "csl: _extensions/notat/notat.csl"]
_PLACES += [
    "pre-render: py/notat/cli/hooks/pre_render.py",
    "post-render: py/notat/cli/hooks/post_render.py",
    "- index.qmd",
]
_PLACES += ["output-file: diskusjonsnotat", "- chapters/avvik.qmd"]


@pytest.mark.parametrize("place", [*_PLACES, "resources: [./data/]"])
@pytest.mark.parametrize("name", _OUTSIDE)
def test_no_path_leaves_the_project(judge, replaced, project, place, name):
    key, space, value = place.partition(" ")
    # A name such as «..py» is strange, but inside the project, and scripts and resources need not exist yet.
    endings = ("",) if key in ("pre-render:", "post-render:", "resources:") else ("", ".qmd", ".bib", ".csl")
    for ending in endings:
        said = f'"{name}{ending}"'
        line = f"{key}{space}[{said}]" if value.startswith("[") else f"{key}{space}{said}"
        content = _TEXT.replace(place, line).encode()
        assert content != _TEXT.encode()
        assert judge("_quarto.yml: stier ut", replaced(CONFIG, content, lambda: read_config(project))) is None


@pytest.mark.parametrize("key", ["filters", "css", "template-partials", "reference-doc"])
@pytest.mark.parametrize("name", [*_OUTSIDE, "../../references.bib", "undermappe/../../notat2/x.lua"])
def test_no_file_of_the_house_style_leaves_its_folder(judge, replaced, project, key, name):
    lines = [f'      {key}: ["{name}"]' if f"{key}:" in line else line for line in _EXTENSION_TEXT.splitlines()]
    content = "\n".join(lines).encode()
    assert judge("_extension.yml: stier ut", replaced(EXTENSION, content, lambda: read_config(project))) is None


_BOMBS = {
    "ankre": "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nbook: [*c,*c,*c]\n",
    "dybde": "book: " + "[" * 3000,
    "dype lister": "book:\n" + "".join(f"{' ' * (i + 1)}-\n" for i in range(300)),
    "objekt": "book: !!python/object/apply:os.system [id]\n",
    "merke": "book: !x {title: a}\n",
    "fletting": "x: {a: 1}\nbook:\n  <<: {title: a}\n",
    "langt tall": f"lang: {'9' * 5000}\n",
    "umulig dato": "book:\n  date: 2023-02-30\n",
    "to dokumenter": "lang: nb-NO\n---\nlang: nn-NO\n",
    "lang nøkkel": f"{'a' * 50_000}: 1\n",
    "mange tegn": "#" * 200_000,
    "halvt tegn": 'lang: "\\ud800"\n',
    "null": 'lang: "\\0"\n',
    "nøkkel som liste": "? [a, b]\n: 1\n",
    "tall som nøkkel": "1: 2\n",
}


@pytest.mark.parametrize("name", _BOMBS)
def test_a_bomb_does_not_go_off(judge, replaced, project, name):
    content = _BOMBS[name].encode()
    assert judge("_quarto.yml: bomber", replaced(CONFIG, content, lambda: read_config(project))) is None


def test_the_good_configuration_is_read(judge, project):
    assert judge(CONFIG, lambda: read_config(project))
