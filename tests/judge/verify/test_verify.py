"""The proof of equal bytes: it holds for the note, and fails when the note depends on time, place or randomness."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from notat.cli.main import main
from notat.judge.verify import OutputFile, Verification, compare, verify
from notat.judge.verify.conditions import FIRST, SECOND, build_copy, clock_can_move, project_files
from notat.text.errors import NotatError

pytestmark = pytest.mark.process

PROJECT = Path(__file__).parents[3]


def test_the_real_note_is_the_same_on_another_day_in_another_folder_zone_language_and_copy_of_the_code(
    published, tmp_path
):
    """One build under the stranger conditions against that of the session: one build less than `notat verify` makes."""
    conditions = SECOND if clock_can_move() else SECOND.today()
    copy = build_copy(PROJECT, tmp_path, conditions)
    files = compare(copy / "_output", published / "_output")
    assert [str(file) for file in files if not file.same] == []
    assert {"index.html", "diskusjonsnotat.pdf", "diskusjonsnotat.docx", "manifest.json"} <= {f.name for f in files}


def test_the_second_build_begins_with_the_cache_of_the_first_and_both_are_the_same(note, capsys, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "notat.judge.verify.build_copy",
        lambda *arguments, warm=(): seen.append(warm) or build_copy(*arguments, warm=warm),
    )
    found = verify(note)
    assert found.unlike == []
    assert not found.existing
    assert seen[0] == ()
    assert [warm.name for warm in seen[1]] == [FIRST.folder, note.name]
    assert len(found.files) > 10
    assert not (note / "_output").exists()
    assert not seen[1][0].exists(), "kopiene er ikke ryddet bort"


# The cache of a note that has not been built holds only the fonts of the session: `warm=[note]` saves building them.


# What code can read of its surroundings, by the word that marks it in the chapter.
SURROUNDINGS = {
    "tilfeldighet": "hash('notat')",
    "tidssone": "__import__('time').strftime('%z')",
    "mappe": "__import__('os').getcwd()",
    "hjem": "__import__('os').environ['HOME']",
    "rettigheter": "__import__('os').umask(0)",
    "språk": "__import__('os').environ['LC_ALL']",
    "filtid": "__import__('os').stat('index.qmd').st_mtime",
    "år": "__import__('time').strftime('%Y')",
}


def test_a_chapter_that_depends_on_its_surroundings_is_found(note, tmp_path, monkeypatch):
    if not clock_can_move():
        pytest.skip("faketime mangler")
    index = note / "index.qmd"
    lines = [f"{word}=`{{python}} {code}`;" for word, code in SURROUNDINGS.items()]
    index.write_text(index.read_text(encoding="utf-8") + "\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
    copies = [build_copy(note, tmp_path / "kopi", conditions, warm=[note]) for conditions in (FIRST, SECOND)]
    outputs = [copy / "_output" for copy in copies]

    said = [(output / "index.html").read_text(encoding="utf-8") for output in outputs]
    values = [{word: re.search(f"{word}=(.*?);", text)[1] for word in SURROUNDINGS} for text in said]
    assert [word for word in SURROUNDINGS if values[0][word] == values[1][word]] == []

    monkeypatch.setattr("shutil.which", lambda _: None)  # diffoscope may be installed, and says it otherwise
    unlike = {file.name: file.parts for file in compare(*outputs) if not file.same}
    assert {"index.html", "diskusjonsnotat.pdf", "diskusjonsnotat.docx"} <= unlike.keys()
    assert re.match(r"linje \d+ er ", unlike["index.html"][0])
    assert any(part.startswith("word/document.xml: linje ") for part in unlike["diskusjonsnotat.docx"])
    assert any(part.startswith("byte ") for part in unlike["diskusjonsnotat.pdf"])


def test_the_code_of_the_copy_is_what_runs_also_in_the_kernel(note, tmp_path):
    """A change in the copied package must show, or the proof would be of other code than it copies."""
    names = subprocess.run(
        ["git", "ls-files", "py", "docs/skjema", "pyproject.toml"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    ).stdout.split()
    if not names:
        pytest.skip("ikke en git-kopi")
    for name in names:
        (note / name).parent.mkdir(parents=True, exist_ok=True)
        (note / name).write_bytes((PROJECT / name).read_bytes())
    authoring = note / "py" / "notat" / "show" / "authoring.py"
    text = authoring.read_text(encoding="utf-8")
    authoring.write_text(text + '\n\ndef spenn(fra, til):\n    return Inline("endret", (fra, til))\n', encoding="utf-8")
    copy = build_copy(note, tmp_path / "kopi", FIRST, warm=[note])
    assert "endret" in (copy / "_output" / "arbeid.html").read_text(encoding="utf-8")


def test_outputs_of_the_same_inputs_are_compared_too_and_a_changed_one_is_told(note, tmp_path, monkeypatch):
    from notat.cli.render import build

    build(note)
    word = note / "_output" / "index.html"
    word.write_text(word.read_text(encoding="utf-8").replace("Sammendrag", "Samandrag", 1), encoding="utf-8")
    built = build_copy(note, tmp_path / "kopi", FIRST)
    monkeypatch.setattr("notat.judge.verify.build_copy", lambda *_, **__: built)
    found = verify(note)
    assert found.existing
    (file,) = found.unlike
    assert file.name == "index.html"
    assert re.match(r"linje \d+ er «.*Sammendrag.*Samandrag", file.parts[0])


def test_outputs_with_page_numbers_of_another_program_are_compared_but_for_what_follows_from_these(
    note, tmp_path, monkeypatch, capsys
):
    from notat.cli.render import build

    build(note)
    built = build_copy(note, tmp_path / "kopi", FIRST)
    monkeypatch.setattr("notat.judge.verify.build_copy", lambda *_, **__: built)
    output = note / "_output"
    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    manifest["pages_by"]["diskusjonsnotat.docx"] = "LibreOffice 1.2.3"
    (output / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for name in ("diskusjonsnotat.docx", "index.html"):
        (output / name).write_bytes((output / name).read_bytes() + b" ")
    monkeypatch.setattr(sys, "argv", ["notat", "verify"])
    main()
    said = capsys.readouterr().out
    assert "Sidetallene i Word er regnet ut av ingen. LibreOffice mangler her" in said
    assert "I utdata fra før er de regnet ut av LibreOffice 1.2.3." in said
    assert "filer er like i begge bygg." in said
    (output / "diskusjonsnotat.pdf").write_bytes(b"%PDF")
    assert [file.name for file in verify(note).unlike] == ["diskusjonsnotat.pdf"]


def test_a_build_that_stops_is_told_with_its_message(note, tmp_path):
    table = note / "data" / "arbeid.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("246556", "mange"), encoding="utf-8")
    with pytest.raises(NotatError, match=r"mappa «a» stanset: data/arbeid\.csv:2: «mange»"):
        build_copy(note, tmp_path / "kopi", FIRST)


def test_a_file_that_only_one_has_is_told(tmp_path):
    for folder, names in (("1", "ab"), ("2", "ac")):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_text("x", encoding="utf-8")
    same, gone, new = compare(tmp_path / "1", tmp_path / "2")
    assert same.same
    assert (gone.digests[1], new.digests[0]) == ("mangler", "mangler")
    assert str(gone).startswith("ULIK  b\n      ")
    assert "mangler  andre bygg" in str(gone)


def test_nothing_to_compare_is_an_error(tmp_path):
    with pytest.raises(NotatError, match="laget ingen filer"):
        compare(tmp_path, tmp_path)


def test_without_git_all_is_copied_but_what_a_build_makes(note):
    for name in ("_output/a.html", ".venv/b", "py/__pycache__/c.pyc", "_innebygd/d.csv"):
        (note / name).parent.mkdir(parents=True, exist_ok=True)
        (note / name).touch()
    names = {file.as_posix() for file in project_files(note)}
    assert {"_quarto.yml", "chapters/arbeid.qmd", "_extensions/notat/notat.lua"} <= names
    assert not {name for name in names if name.startswith(("_output", ".venv", "py/", "_innebygd"))}


def test_with_git_untracked_files_are_copied_and_ignored_and_deleted_ones_are_not(note):
    for command in (["init", "-q"], ["add", "_quarto.yml", "index.qmd"]):
        subprocess.run(["git", *command], cwd=note, check=True, timeout=600)
    (note / ".gitignore").write_text("*.csv\n", encoding="utf-8")
    (note / "index.qmd").unlink()
    names = {file.as_posix() for file in project_files(note)}
    assert {"_quarto.yml", "chapters/arbeid.qmd", ".gitignore"} <= names
    assert not {"index.qmd", "data/arbeid.csv"} & names


@pytest.mark.parametrize(
    ("digests", "code", "words"),
    [(("a" * 64, "a" * 64), 0, "Alle 1 filer er like i begge bygg."), (("a" * 64, "b" * 64), 1, "Én fil er ulik.")],
)
def test_the_command_prints_the_digests_and_fails_when_they_differ(note, capsys, monkeypatch, digests, code, words):
    found = Verification((OutputFile("index.html", digests, ("linje 1",)),), clock_moved=False, existing=False)
    monkeypatch.setattr("notat.judge.verify.verify", lambda *_: found)
    monkeypatch.setattr(sys, "argv", ["notat", "verify"])
    if code:
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == code
    else:
        main()
    said = capsys.readouterr()
    assert words in said.out + said.err
    assert "a" * 64 in said.out
    assert "Klokka er ikke flyttet: Programmet faketime mangler." in said.out
    assert ("→ linje 1" in said.out) is bool(code)


def test_the_conditions_are_all_unlike():
    for field in ("folder", "zone", "locale", "seed", "umask", "days", "changed"):
        assert getattr(FIRST, field) != getattr(SECOND, field), field
    assert SECOND.today() == replace(SECOND, days=0)
