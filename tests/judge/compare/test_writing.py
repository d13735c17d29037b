"""A reader's changes written back into the chapters: the words, and nothing else."""

from __future__ import annotations

import difflib
import os
import random
import re
import shutil
import subprocess
import sys

import pytest
from hands import (
    BEDRIFTENE,
    CHAPTER,
    KINDS,
    KOMMUNENE,
    SKOLENE,
    both,
    change_cell,
    comment_on_two_runs,
    delete_picture,
    edited,
    insert,
    move,
    remove,
    split,
    swap,
    the,
    track_insertion,
)

from notat.cli.render import build
from notat.docx.package import Package, find_all
from notat.judge.compare import compare, open_returned
from notat.judge.compare.writing import write_back
from notat.judge.compare.written import files_used_once
from notat.project.manifest import sha256
from notat.project.source import Source
from notat.show import authoring
from notat.text import paths
from notat.text.errors import NotatError

# For each kind the lines that leave the chapter (-) and those that come (+), in the order of the chapter.
WRITTEN = {
    "ingenting": "",
    "ord byttet": """
        -Bedriftene melder om mangel på fagfolk i hele fylket, og de minste merker det mest.
        +Bedriftene melder om mangel på fagfolk i hele fylket, og de største merker det mest.""",
    "setning satt inn": "+Slik har det vært lenge.",
    "setning satt inn sist": "+Slik har det vært lenge.",
    "setning strøket": "-Derfor må flere læres opp, og opplæringen må skje der folk bor.",
    "avsnitt satt inn": "+Noen må begynne.\n+",
    "avsnitt strøket": "-Skolene kan låne bort utstyr om kvelden, mot at bedriftene stiller med folk.\n-",
    "avsnitt delt": "+",
    "avsnitt slått sammen": "-",
    "avsnitt flyttet og endret": """
        +Skolene kan låne bort utstyr om dagen, mot at bedriftene stiller med folk.
        +
        -
        -Skolene kan låne bort utstyr om kvelden, mot at bedriftene stiller med folk.""",
    "avsnitt med fotnote flyttet": """
        -Folk flytter dit jobbene er, men ikke alltid dit de trengs.[^1]
        -Noen flytter tilbake.
        -
        +Folk flytter dit jobbene er, men ikke alltid dit de trengs.[^1]
        +Noen flytter tilbake.
        +""",
    "overskrift endret": "-## Veien videre {#sec-kap-2-videre}\n+## Veien fram {#sec-kap-2-videre}",
    "overskrift strøket": "-## Veien videre {#sec-kap-2-videre}\n-",
    "overskrift satt inn": "+### Ny overskrift {#sec-ny-overskrift}\n+",
    "punkt lagt til": "+- Ring naboen.",
    "punkt strøket": "-- Samle søknadene på ett sted.",
    "punkt med fotnote strøket": "-- Spør bedriftene hvert år.[^2]\n-[^2]: En note om bedrifter.",
    "punkt flyttet": "-- Samle søknadene på ett sted.\n+- Samle søknadene på ett sted.",
    "strøket over for hånd": """
        -Skolene kan låne bort utstyr om kvelden, mot at bedriftene stiller med folk.
        +Skolene kan låne bort utstyr, mot at bedriftene stiller med folk.""",
    "sporet innsetting": """
        -Bedriftene melder om mangel på fagfolk i hele fylket, og de minste merker det mest.
        +Bedriftene melder om mangel på fagfolk i hele fylket, og de minste og eldste merker det mest.""",
    "sporet strykning": """
        -Bedriftene melder om mangel på fagfolk i hele fylket, og de minste merker det mest.
        +Bedriftene melder om mangel på fagfolk, og de minste merker det mest.""",
    "sporet strykning av avsnitt": "-Skolene kan låne bort utstyr om kvelden, mot at bedriftene stiller med folk.\n-",
    "sporet sammenslåing": "-",
    "fotnote endret": "-[^2]: En note om bedrifter.\n+[^2]: En note om små bedrifter.",
    "fotnote strøket": """
        -- Spør bedriftene hvert år.[^2]
        +- Spør bedriftene hvert år.
        -[^2]: En note om bedrifter.""",
    "lenketekst endret": """
        -Les mer hos [NAV](https://www.nav.no/arbeid), og se @sec-kap-1 og @fig-ungdomskull.
        +Les mer hos [Arbeidsetaten](https://www.nav.no/arbeid), og se @sec-kap-1 og @fig-ungdomskull.""",
    "felt oppdatert": "",
    "tegn som er markering": r"""
        -Kommunene kan dele på lærere og verksteder, særlig der avstandene er lange.
        +Kommunene kan dele på lærere og verksteder, \{: .a\} \=\=\[\[kart\]\]\=\= \:smil: der avstandene er lange.""",
    "tekstboks": "+Husk møtet på torsdag.\n+",
}
# For each kind what is left, as the end of a line.
LEFT = {
    "tall endret": "helt_ledige_pst_2022_10 kommer fra data/arbeidsmarked.csv:7; er det feil, rett det der.",
    "celle endret": "tabellen lages av kode.",
    "tabell og tittel strøket": "den lages av kode.",
    "bilde byttet": "figuren lages av kode.",
    "tittel på figur endret": "tittelen lages av kode.",
    "kapitteloverskrift strøket": "andre steder i notatet viser til @sec-kap-1.",
    "henvisning skrevet om": "henvisninger i notatet rettes i kapittelet.",
    "fotnote lagt til": "den må skrives i kapittelet.",
    "lenkeadresse endret": "utheving, lenker og slag av tekst settes i kapittelet.",
    "halvfet": "utheving, lenker og slag av tekst settes i kapittelet.",
    "topptekst endret": "det settes i _quarto.yml.",
    "punkt lagt til under et annet": "punktet er på et annet nivå enn det ved siden av, og settes inn i kapittelet.",
    "punkt på nivå under": "utheving, lenker og slag av tekst settes i kapittelet.",
    "limt inn to ganger": "teksten står i kapitlene fra før.",
    "rader byttet": "tabellen lages av kode.",
    "emoji": "🎉 finnes ikke i skriften.",
    "forsiden endret": "forsiden lages av _quarto.yml.",
}


@pytest.fixture
def mine(sent, tmp_path, monkeypatch):
    """A copy of the note that may be written to."""
    root = tmp_path / "notat"
    shutil.copytree(sent, root, symlinks=True)
    monkeypatch.chdir(root)
    authoring.numbers.cache_clear()
    yield root
    authoring.numbers.cache_clear()


def taken_in(root, copy):
    return write_back(open_returned(root, copy))


def diff(root, writing):
    old = (root / CHAPTER).read_text(encoding="utf-8").splitlines()
    new = writing.texts.get(CHAPTER, "\n".join(old)).splitlines()
    lines = difflib.unified_diff(old, new, n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_the_reader_wrote_is_written_and_nothing_else(sent, copy, kind):
    writing = taken_in(sent, edited(copy, KINDS[kind][0]))
    expected = [line.strip() for line in WRITTEN[kind].strip().splitlines()] if WRITTEN[kind] else []
    assert diff(sent, writing) == expected
    assert writing.left == []
    assert set(writing.texts) <= {CHAPTER}
    assert bool(writing.written) == bool(expected)


@pytest.mark.parametrize("kind", LEFT)
def test_what_cannot_be_written_is_told_with_the_reason(sent, copy, kind):
    writing = taken_in(sent, edited(copy, KINDS[kind][0]))
    [left] = map(str, writing.left)
    assert left.endswith(f": {LEFT[kind]}")
    assert (writing.texts, writing.written) == ({}, [])


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Den var høyere", "Den var litt høyere", "Den [var litt høyere]{.paastand av="),
        ("Den var", "Ledigheten var", "Ledigheten [var høyere]{.paastand av="),
        ("høyere i januar", "høyere, mye høyere, i januar", "Den [var høyere]{.paastand av="),
        (
            " i oktober og",
            " måned i oktober og",
            '`{python} tall("helt_ledige_pst_2022_10")` måned i oktober og `{python}',
        ),
        (
            "var 1,1\u00a0% i",
            "var bare 1,1\u00a0% i",
            'Ledigheten var bare `{python} tall("helt_ledige_pst_2022_10")` i',
        ),
        (
            " folk.",
            " *folk* _nå_ [x] @ssb #1 <b> $5.",
            "**alle** trenger \\*folk\\* \\_nå\\_ \\[x\\] \\@ssb \\#1 \\<b\\> \\$5.",
        ),
        (
            " trenger folk.",
            " trenger mange folk.",
            "Det er *ikke* mange som leter etter arbeid, og **alle** trenger mange",
        ),
    ],
)
def test_numbers_marks_and_emphasis_stay_where_they_are(sent, copy, old, new, line):
    before = (sent / CHAPTER).read_text(encoding="utf-8")
    writing = taken_in(sent, edited(copy, swap(old, new)))
    assert writing.left == []
    assert line in writing.texts[CHAPTER]
    for protected in (r"`\{python\}[^`]*`", r"\]\{\.paastand[^}]*\}", r"\[@\w+\]", r"\[\^\d\]", r"\*+\w+\*+"):
        assert re.findall(protected, writing.texts[CHAPTER])[:5] == re.findall(protected, before)[:5]


def test_a_number_that_the_reader_types_is_remarked_on(sent, copy):
    writing = taken_in(sent, edited(copy, swap("lærere og verksteder", "12 lærere og verksteder")))
    assert writing.left == []
    assert any("«12» er skrevet som tekst, ikke hentet fra data/" in remark for remark in writing.remarks)


def test_a_sentence_goes_with_its_number_and_its_mark(sent, copy):
    def change(document):
        runs = list(the(document, "Ledigheten var 1,1").iter("{*}t"))
        for t in runs:
            t.text = (t.text or "").replace("Den var høyere i januar enn i oktober. ", "")

    writing = taken_in(sent, edited(copy, change))
    assert writing.left == []
    assert "paastand" not in writing.texts[CHAPTER]
    assert len(re.findall(r"(?<!`)`\{python\}", writing.texts[CHAPTER])) == 2


def test_several_changes_are_written_together_and_the_rest_is_left(sent, copy):
    changes = (split(BEDRIFTENE, "Derfor må"), move(SKOLENE, "Noen flytter"), remove("Samle søknadene"))
    writing = taken_in(sent, edited(copy, both(*changes, change_cell, delete_picture, insert(KOMMUNENE, "Helt ny."))))
    assert len(writing.written) == 4
    assert len(writing.left) == 2
    text = writing.texts[CHAPTER]
    assert "mest.\n\nDerfor" in text
    assert "tilbake.\n\nSkolene kan låne" in text
    assert "lange.\n\nHelt ny.\n\n- Spør bedriftene" in text


# --- which text the copy was made of


def test_outputs_older_than_the_chapter_are_refused(mine, copy):
    (mine / CHAPTER).write_text((mine / CHAPTER).read_text(encoding="utf-8") + "\nMer.\n", encoding="utf-8")
    with pytest.raises(NotatError, match="endret etter at _output/ ble laget") as caught:
        taken_in(mine, copy)
    assert caught.value.code == "N1086"


def older(copy):
    """A copy that says that it was made of another version of the chapter."""
    package = Package(copy)
    found = find_all(package.xml("customXml/item1.xml"), f"descendant::*[@path='{CHAPTER}']")
    assert len(found) == 1
    found[0].set("sha256", "0" * 64)
    package.write(copy)
    return copy


def test_a_copy_of_another_text_is_refused(sent, copy):
    with pytest.raises(NotatError, match="laget av en annen tekst") as caught:
        taken_in(sent, older(edited(copy, swap("minste", "største"))))
    assert caught.value.code == "N1085"


def test_tracked_changes_of_a_paragraph_that_is_the_same_are_written(sent, copy):
    writing = taken_in(sent, older(edited(copy, both(track_insertion, swap("om kvelden", "om dagen")))))
    assert diff(sent, writing)[1].endswith("de minste og eldste merker det mest.")
    assert len(diff(sent, writing)) == 2
    [left] = map(str, writing.left)
    assert left.endswith("kapittelet er endret etter at Word-fila ble laget.")
    assert any("Der føres bare sporede endringer inn" in remark for remark in writing.remarks)


def test_a_copy_that_says_nothing_of_its_text_is_taken_in_with_a_remark(sent, copy):
    package = Package(edited(copy, swap("minste", "største")))
    package.drop("customXml/item1.xml")
    package.write(copy)
    writing = taken_in(sent, copy)
    assert len(writing.written) == 1
    assert any("sier ikke hvilken tekst den er laget av" in remark for remark in writing.remarks)


def test_a_file_that_is_included_twice_is_not_written_to():
    def lines(*files):
        return [((file, number), "x") for file in files for number in (1, 2)]

    sources = [Source("a.qmd", lines=lines("a.qmd", "_delt.qmd")), Source("b.qmd", lines=lines("b.qmd", "_delt.qmd"))]
    assert files_used_once(sources) == {"a.qmd", "b.qmd"}


# --- the command


def command(root, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", "from notat.cli.main import main; main()", "compare", *map(str, arguments)],
        cwd=root,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_command_writes_says_what_and_leaves_the_copy_alone(mine, copy):
    digest = sha256(edited(copy, swap("minste", "største")))
    code, said, complained = command(mine, copy, "--inn")
    assert (code, complained) == (0, "")
    assert said.splitlines() == [
        "Ført inn:",
        f"  {CHAPTER}:11: «… fylket, og de minste merker det mest. …» → «… fylket, og de største merker det mest. …».",
        "Alt er ført inn. Se over med git diff.",
    ]
    assert "de største merker" in (mine / CHAPTER).read_text(encoding="utf-8")
    assert sha256(copy) == digest


def test_the_command_lists_what_it_leaves_and_comments_and_then_fails(mine, copy):
    edited(copy, both(swap("var 1,1", "var 1,3"), swap("minste", "største"), comment_on_two_runs))
    code, said, complained = command(mine, copy, "--inn")
    assert code == 1
    assert "1 forskjell og 2 kommentarer må du se på selv. " in complained
    assert "[N1140]" in complained
    heads = [line for line in said.splitlines() if not line.startswith(" ")]
    assert heads == ["Ført inn:", "Ikke ført inn:", "Kommentarer:"]
    assert "data/arbeidsmarked.csv:7" in said
    assert f"  {CHAPTER}:11: kommentar fra Per Berg, " in said
    assert "de største merker" in (mine / CHAPTER).read_text(encoding="utf-8")


def test_all_chapters_are_written_or_none(mine, copy, monkeypatch):
    from notat.cli.main import cli

    edited(copy, both(swap("minste", "største"), swap("Setningen som endres", "Setningen som er endret")))
    before = {file: file.read_bytes() for file in mine.rglob("*.qmd")}
    write, calls = paths.write_bytes, []

    def full(file, content):
        calls.append(file)
        if len(calls) == 2:
            raise OSError(28, "full", str(file))
        write(file, content)

    monkeypatch.setattr(paths, "write_bytes", full)
    with pytest.raises(NotatError) as caught:
        cli.main(["compare", str(copy), "--inn"], standalone_mode=False)
    assert caught.value.code == "N0101"
    assert len(calls) >= 2
    assert {file: file.read_bytes() for file in mine.rglob("*.qmd")} == before


def test_a_chapter_with_the_line_breaks_of_windows_keeps_them(mine, copy):
    for name in (CHAPTER, "chapters/kap-1.qmd"):
        text = (mine / name).read_bytes()
        (mine / name).write_bytes(text.replace(b"\n", b"\r\n"))
    package = Package(mine / "_output/diskusjonsnotat.docx")
    for name in (CHAPTER, "chapters/kap-1.qmd"):
        [found] = find_all(package.xml("customXml/item1.xml"), f"descendant::*[@path='{name}']")
        found.set("sha256", sha256(mine / name))
    package.write(mine / "_output/diskusjonsnotat.docx")
    shutil.copy(mine / "_output/diskusjonsnotat.docx", copy)
    writing = taken_in(mine, edited(copy, both(swap("minste", "største"), insert(SKOLENE, "Ny."))))
    assert writing.left == []
    assert writing.texts[CHAPTER].count("\n") == writing.texts[CHAPTER].count("\r\n")


# --- the property: after writing and rendering, the document says what the reader's says

_NEW = ["ordet", "Fylket", "ny,", "*viktig*", "_x_", "[a]", "@navn", "#1", '"sitat"', "a--b", "…", "<b>", "$5", "1."]
_NEW += ["`kode`", "{.x}", "\\", "~~", "^2^", "&amp;", "(se", "a_b_c", "|", ":::", "+", "!", "- -", "http://x.no"]
_MARKED = {"var", "høyere"}


def edit_at_random(document, chance):
    """Replace, insert and delete words in running text, but no number, no word of a claim and no reference."""
    runs = [
        run
        for p in document.paragraphs
        if p._p.find(".//{*}drawing") is None and "Caption" not in p.style.name and "Bibliography" not in p.style.name
        for run in p.runs
        if len(run.text.split()) > 2 and p.style.name not in ("Title", "Subtitle", "Author", "Date")
    ]
    for run in chance.sample(runs, min(len(runs), 10)):
        words = run.text.split(" ")
        free = [n for n, word in enumerate(words[1:-1], 1) if word.isalpha() and word not in _MARKED]
        if not free:
            continue
        at = chance.choice(free)
        what = chance.choice(["replace", "insert", "delete"])
        words[at : at + (what != "insert")] = [] if what == "delete" else [chance.choice(_NEW)]
        run.text = " ".join(words)


@pytest.mark.parametrize("seed", range(4))
def test_a_document_that_is_edited_at_random_comes_back_as_it_was_edited(mine, copy, seed):
    chance = random.Random(seed)
    edited(copy, lambda document: edit_at_random(document, chance))
    wanted = len(list(compare(mine, copy).differences))
    assert wanted
    sources = {file: file.read_text(encoding="utf-8") for file in mine.rglob("*.qmd")}
    writing = taken_in(mine, copy)
    assert writing.left == []
    for file, text in writing.texts.items():
        (mine / file).write_text(text, encoding="utf-8")
    for file, text in sources.items():
        for protected in (
            r"(?<!\\)`\{python\}[^`]*`",
            r"\]\{\.paastand[^}]*\}",
            r"(?<!\\)@(?:sec|fig)-[\w-]+",
            r"\[@\w+\]",
        ):
            assert re.findall(protected, file.read_text(encoding="utf-8")) == re.findall(protected, text)
    build(mine)
    assert [str(difference) for difference in compare(mine, copy).differences] == []
