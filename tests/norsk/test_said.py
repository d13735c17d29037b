"""What code, templates, scripts, filter and Typst say to a reader is said in every language, and in the same words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import notat
from notat.engine.kinds import DEFAULT_TITLES, NUMBERED
from notat.engine.write.scripts import in_language
from notat.norsk import language

PACKAGE = Path(notat.__file__).parent
EXTENSION = PACKAGE.parents[1] / "_extensions/notat"
SCRIPTS = [*EXTENSION.glob("*.js"), *(PACKAGE / "engine/write/templates").glob("*.js")]
OTHERS = ["nn", "en"]
_LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
_PLACE = re.compile(r"\{(\w+)\}")


def said_by_templates():
    for file in PACKAGE.rglob("*.j2"):
        for text in re.findall(r'say\("([^"]*)"', file.read_text(encoding="utf-8")):
            yield text, file.name


@pytest.fixture(scope="module")
def texts():
    def code():
        for file in PACKAGE.rglob("*.py"):
            source = file.read_text(encoding="utf-8")
            if "say(" not in source or "init" in file.relative_to(PACKAGE).parts:
                continue
            for node in ast.walk(ast.parse(source)):
                is_call = isinstance(node, ast.Call) and node.args
                if is_call and getattr(node.func, "id", getattr(node.func, "attr", "")) == "say":
                    first = node.args[0]
                    for one in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                        if isinstance(one, ast.Constant):
                            yield one.value

    return {*code(), *(text for text, _ in said_by_templates())}


@pytest.mark.parametrize("code", OTHERS)
def test_everything_that_code_says_is_said_in_the_language(texts, code):
    assert len(texts) > 50
    assert sorted(texts - language.of(code).tables["said"].keys()) == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_words_before_numbers_are_those_of_the_language(code):
    words = {*(kind.default for kind in NUMBERED.values()), *DEFAULT_TITLES.values()}
    assert words <= language.of(code).tables["said"].keys()


@pytest.mark.parametrize("code", OTHERS)
def test_a_sentence_has_the_same_values_in_every_language(code):
    for text, said in language.of(code).tables["said"].items():
        assert sorted(_PLACE.findall(text)) == sorted(_PLACE.findall(said)), text


def test_the_languages_say_the_same():
    one, other = (language.of(code).tables for code in OTHERS)
    assert one["said"].keys() == other["said"].keys()
    assert one["terms"].keys() == other["terms"].keys()
    assert one["script"]["texts"].keys() == other["script"]["texts"].keys()


def test_bokmal_is_what_code_says():
    assert language.say("Last ned") == "Last ned"
    with language.speaking("nn"):
        assert language.say("Linje {line} i {file}", line=2, file="a.csv") == "Linje 2 i a.csv"
        assert language.term("tonn-mil") == "tonn-mil"


def spoken(script):
    """The literals of a script that are words for a reader: capital and space, or letters that only Norwegian has."""
    for match in _LITERAL.finditer(re.sub(r"^\s*//.*$|\s//\s.*$", "", script, flags=re.MULTILINE)):
        text = match[1] if match[1] is not None else match[2]
        if re.fullmatch(r"[a-zæøå ]{60,}", text):
            continue  # a list of words that the search knows
        if re.search(r"[æøåÆØÅ«]|^ ?\W?[A-ZÆØÅ][a-zæøå]{3,}(?:[ .:]|$)", text) and not re.search(
            r"^(?:Escape|Enter|Home|End|Arrow)", text
        ):
            yield text


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_of_the_scripts_is_said_in_the_language(code):
    words = language.of(code).tables["script"]["texts"]
    found = {text for file in SCRIPTS for text in spoken(file.read_text(encoding="utf-8"))}
    assert sorted(found - words.keys()) == []
    with language.speaking(code):
        after = "\n".join(in_language(file.read_text(encoding="utf-8")) for file in SCRIPTS)
    left = [text for text, said in words.items() if text != said and any(f"{q}{text}{q}" in after for q in '"`')]
    assert left == []
    rules = language.of(code).tables["script"]["rules"]
    assert [rule for rule, own in rules if own not in after] == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_filter_and_the_typst_template_say_the_words_of_the_language(code):
    said = language.of(code).tables["said"]
    lua = (EXTENSION / "notat.lua").read_text(encoding="utf-8")
    [table] = re.findall(rf"^  {code} = \{{\n(.*?)^  \}},", lua, re.MULTILINE | re.DOTALL)
    pairs = dict(re.findall(r'\["(.*?)"\] = "(.*?)",', table))
    typst = (EXTENSION / "typst-template.typ").read_text(encoding="utf-8")
    [row] = re.findall(rf"^  {code}: \((.*)\),$", typst, re.MULTILINE)
    words = dict(re.findall(r'"(\w+)": "(\w+)"', row))
    assert len(pairs) > 5
    assert len(words) == 6
    assert [text for text, word in {**pairs, **words}.items() if said.get(text) != word] == []
    used = {*re.findall(r'\bsay\("(.*?)"', lua)}
    assert used <= pairs.keys()
