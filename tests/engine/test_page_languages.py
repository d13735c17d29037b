"""A page in another language than the book: all that is written for its reader is in it, in every format."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import html

from notat.cli.render import build
from notat.docx.package import Package, attribute, find_all, text_of
from notat.engine.write.scripts import in_language
from notat.judge.checks import check
from notat.judge.uu.html.browser import chromium, open_window
from notat.norsk import language
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.readback.blocks import Block, Rendered
from notat.readback.read import read_output
from notat.show import authoring
from notat.show.appendix import numbers_markdown
from notat.show.overview import questions_markdown
from notat.text.errors import NotatError

SETUP = "```{python}\nfrom notat import figur, periode, tabell, tall\n```"
# What a page says, what it is called in the note, and which words are true and false of the same numbers.
TITLES = {"nb": "Arbeid på bokmål", "nn": "Arbeid på nynorsk", "en": "Work in English"}
TRUE = {"nb": "høyere", "nn": "høgare", "en": "higher"}
FALSE = {"nb": "lavere", "nn": "lågare", "en": "lower"}
SENTENCES = {
    "nb": "I {when} var {number} i arbeid, og andelen er {claim} i servering enn i transport, {cited}.",
    "nn": "I {when} var {number} i arbeid, og delen er {claim} i servering enn i transport, {cited}.",
    "en": "In {when}, {number} were at work, and one share is {claim} than the other, {cited}.",
}
FINDINGS = {
    "nb": "Andelen er {claim} i servering.",
    "nn": "Delen er {claim} i servering.",
    "en": "The share is {claim} in catering.",
}
# What the numbers of the small note are in each language.
PRINTED = {
    "nb": ("4.\u00a0kvartal\u00a02022", "246\u00a0556", "37\u00a0%", "Figur", "Tabell", "Kapittel", "Kilde: ", "Merk"),
    "nn": ("4.\u00a0kvartal\u00a02022", "246\u00a0556", "37\u00a0%", "Figur", "Tabell", "Kapittel", "Kjelde: ", "Merk"),
    "en": ("fourth quarter\u00a0of\u00a02022", "246,556", "37%", "Figure", "Table", "Chapter", "Source: ", "Note"),
}


def chapter(code: str, others: list[str], lang: str = "") -> str:
    """A chapter in a language: number, period, claim, figure, table, box, footnote, and references to the `others`."""
    claim = f'[{TRUE[code]}]{{.paastand av="hoy" enn="lav"}}'
    said = SENTENCES[code].format(
        when='`{python} periode("alle")`', number='`{python} tall("alle")`', claim=claim, cited="[@ssb; @etter]"
    )
    finding = FINDINGS[code].format(claim=f'[{TRUE[code]}]{{av="hoy" enn="lav"}}')
    rest = "".join(f" @fig-{other}, @tbl-{other}, @sec-{other}." for other in others)
    return f"""\
{lang and f"---{chr(10)}lang: {lang}{chr(10)}date: 2023-03-01{chr(10)}---{chr(10)}"}
# {TITLES[code]} {{#sec-{code}}}

{SETUP}

{said}[^{code}] @fig-{code}, @tbl-{code}.{rest}

[^{code}]: `{{python}} tall("hoy")`.

```{{python}}
figur(
    "{code}",
    som="søyler",
    tabell="arbeid",
    maal="Deltakelse",
    navn={{"Transport": "A", "Servering": "B"}},
    tittel={finding!r},
)
```

```{{python}}
tabell("{code}", tabell="arbeid", maal="Deltakelse", rader="gruppe", kolonner="periode", tittel="…")
```

::: {{.callout-note}}
…
:::
"""


def note_of(root: Path, book: str, pages: dict[str, str]) -> None:
    """Let the small note be a book in a language, with a chapter in it and these, each by the tag that it says."""
    config = (root / "_quarto.yml").read_text(encoding="utf-8")
    listed = "".join(f"    - chapters/{code}.qmd\n" for code in [book, *pages])
    config = config.replace("    - chapters/arbeid.qmd\n", listed)
    config = config.replace("lang: nb-NO", f"lang: {language.of(book).tag}")
    (root / "_quarto.yml").write_text(config, encoding="utf-8")
    (root / "chapters/arbeid.qmd").unlink()
    (root / "index.qmd").write_text(f"# Start {{.unnumbered #sec-start}}\n\n@sec-{book}.\n", encoding="utf-8")
    for code in [book, *pages]:
        others = [other for other in [book, *pages] if other != code]
        text = chapter(code, others, pages.get(code, ""))
        (root / f"chapters/{code}.qmd").write_text(text, encoding="utf-8")
    work = "@misc{etter, author={A and B}, title={Etter}, year={2023}, langid={norsk}}\n"
    with (root / "references.bib").open("a", encoding="utf-8") as stream:
        stream.write(work)


BOOKS = {"nb": {"nn": "nn", "en": "en-GB"}, "en": {"nb": "nb-NO"}}


@pytest.fixture(scope="module", params=BOOKS)
def ours(request, tmp_path_factory, write_note) -> Iterator[tuple[str, Path]]:
    """A built book, in bokmål with pages in nynorsk and English, and in English with a page in bokmål."""
    book = request.param
    root = write_note(tmp_path_factory.mktemp(f"sider-{book}") / "notat")
    note_of(root, book, BOOKS[book])
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        authoring.numbers.cache_clear()
        build(root)
        yield book, root
        authoring.numbers.cache_clear()


@pytest.fixture
def spoken(ours):
    """The book's language in this process, as a command that has read the configuration has it."""
    book, root = ours
    language.use(book)
    return book, root


def outputs(root: Path) -> list[Rendered]:
    """The three formats read back."""
    config = Project(root).config
    return [read_output(config.output, name, config.documents) for name in ("html", "pdf", "docx")]


def blocks_of(output: Rendered, code: str) -> list[Block]:
    """What a chapter says."""
    return [block for block in output.blocks if block.chapter.endswith(TITLES[code])]


def test_all_that_a_page_says_is_in_its_language_in_every_format(spoken):
    book, root = spoken
    codes = [book, *BOOKS[book]]
    for output in outputs(root):
        for number, code in enumerate(codes, 1):
            text = "\n".join(block.text for block in blocks_of(output, code)).replace("\u00a0", " ")
            when, count, share, figure, table, chapter_, source, box = (
                one.replace("\u00a0", " ") for one in PRINTED[code]
            )
            for words in (when, count, TRUE[code], source, box, f"{figure} {number}.1:", f"{table} {number}.1:"):
                assert words in text, (output.name, code, words)
            for other in (place for place, one in enumerate(codes, 1) if one != code):
                for reference in (f"{figure} {other}.1", f"{table} {other}.1", f"{chapter_} {other}."):
                    assert reference in text, (output.name, code, reference)
            notes = [block.text for block in output.blocks if block.kind == "fotnote"]
            assert any(share in note.replace("\u00a0", " ") for note in notes)
            [alt] = [block.text for block in blocks_of(output, code) if block.kind == "alternativ tekst"]
            with language.speaking(code):
                assert alt.startswith(
                    language.say("Stående søylediagram" if "Stående" in alt else "Liggende søylediagram")
                )
            if code in BOOKS[book]:
                with language.speaking(code) as page:
                    day = page.date(dt.date(2023, 3, 1))
                assert day in text


def test_authors_are_joined_in_the_language_of_the_page(spoken):
    book, root = spoken
    for output in outputs(root):
        for code in [book, *BOOKS[book]]:
            text = " ".join(block.text for block in blocks_of(output, code))
            assert f"A {'and' if code == 'en' else 'og'} B" in text, (output.name, code)


def test_what_is_around_a_page_is_in_the_language_of_the_book_and_says_so(spoken):
    book, root = spoken
    tag = language.of(book).tag
    for code in BOOKS[book]:
        page: Any = html.parse(root / f"_output/{code}.html").getroot()
        assert page.get("lang") == language.of(code).tag
        for around in ("//a[@class='skip']", "//div[@class='side']", "//nav[@class='pager']", "//footer"):
            assert page.xpath(around)[0].get("lang") == tag, around
        menu = {link.text_content().strip()[2:]: link for link in page.xpath("//nav//a[@href]") if link.text_content()}
        assert menu[TITLES[code]].xpath(".//@lang") == [language.of(code).tag]
        assert not page.xpath(f"//nav//a[@href='{book}.html']//@lang")
        with language.speaking(book):
            assert page.xpath("string(//a[@class='skip'])") == language.say("Hopp til innholdet")
    own: Any = html.parse(root / f"_output/{book}.html").getroot()
    assert own.get("lang") == tag
    assert not own.xpath("//*[@class='side' or self::footer]/@lang")


def test_the_scripts_of_a_page_speak_its_language_and_explain_its_numbers_in_it(spoken):
    book, root = spoken
    for code in BOOKS[book]:
        page: Any = html.parse(root / f"_output/{code}.html").getroot()
        scripts = {name.removeprefix("ressurser/") for name in page.xpath("//script/@src")}
        assert scripts >= {f"{name}.{code}.js" for name in ("shell", "panel", "figur")} | {"sok.js"}
        panel = (root / f"_output/ressurser/panel.{code}.js").read_text(encoding="utf-8")
        assert f'"tall.{code}.js"' in panel
        assert '"tall.js"' not in panel
        told = (root / f"_output/ressurser/tall.{code}.js").read_text(encoding="utf-8")
        assert f'"verdi":"{PRINTED[code][1]}' in told
        with language.speaking(code):
            source = (root / "_extensions/notat/figur.js").read_text(encoding="utf-8")
            assert (root / f"_output/ressurser/figur.{code}.js").read_text(encoding="utf-8") == in_language(source)


def languages_of_tags(file: Path) -> list[tuple[str, str]]:
    """The language of each tag of a PDF that is not the document's, with its kind."""
    found: list[tuple[str, str]] = []

    def walk(entry: Any, inherited: str) -> None:
        if isinstance(entry, pikepdf.Array):
            for one in entry:
                walk(one, inherited)
        elif isinstance(entry, pikepdf.Dictionary) and "/S" in entry:
            own = str(entry.get("/Lang", inherited))
            found.append((str(entry.S)[1:], own))
            walk(entry.get("/K"), own)

    with pikepdf.open(file) as pdf:
        walk(pdf.Root.StructTreeRoot.K, str(pdf.Root.Lang))
    return found


def test_the_tags_of_the_pdf_say_the_language_of_every_page(spoken):
    book, root = spoken
    tags = languages_of_tags(root / "_output/diskusjonsnotat.pdf")
    kinds = {code: [kind for kind, tag in tags if tag == language.of(code).tag] for code in BOOKS[book]}
    for code, found in kinds.items():
        assert {"H1", "P", "Figure", "Table", "Caption", "TOCI"} <= set(found), code
        assert found.count("H1") == 1
    assert {tag for _, tag in tags} == {language.of(code).tag for code in [book, *BOOKS[book]]}


def test_footnotes_of_the_pdf_are_in_the_language_of_their_page(spoken):
    book, root = spoken
    notes: list[set[str]] = []

    def walk(entry: Any, inherited: str, *, inside: bool) -> None:
        if isinstance(entry, pikepdf.Array):
            for one in entry:
                walk(one, inherited, inside=inside)
        elif isinstance(entry, pikepdf.Dictionary) and "/S" in entry:
            own = str(entry.get("/Lang", inherited))
            if entry.S == "/Note":
                notes.append(set())
            elif inside:
                notes[-1].add(own)
            walk(entry.get("/K"), own, inside=inside or entry.S == "/Note")

    with pikepdf.open(root / "_output/diskusjonsnotat.pdf") as pdf:
        walk(pdf.Root.StructTreeRoot.K, str(pdf.Root.Lang), inside=False)
    tag = language.of(book).tag
    assert [found - {tag} for found in notes] == [set(), *({language.of(code).tag} for code in BOOKS[book])]


def test_the_running_head_of_the_pdf_is_the_books(spoken):
    book, root = spoken
    with pikepdf.open(root / "_output/diskusjonsnotat.pdf") as pdf:
        assert str(pdf.Root.Lang) == language.of(book).tag
    pages = [
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(root / "_output/diskusjonsnotat.pdf")
    ]
    between = {"nb": "av", "en": "of"}[book]
    assert all(re.search(rf"\d {between} {len(pages)}\b", page) for page in pages[1:])


def test_every_run_of_the_word_file_has_the_language_of_its_page(spoken):
    book, root = spoken
    package = Package(root / "_output/diskusjonsnotat.docx")
    titles = {TITLES[code]: language.of(code).tag for code in BOOKS[book]} | {TITLES[book]: ""}
    chapter_, seen = "", dict.fromkeys(titles, 0)
    for paragraph in find_all(package.xml("word/document.xml"), "w:body//w:p"):
        style = attribute(paragraph.find("{*}pPr/{*}pStyle"))
        runs = find_all(paragraph, ".//w:r[w:t]")
        said = {attribute(run.find("{*}rPr/{*}lang")) for run in runs}
        if style.startswith("TOC"):
            title = text_of(paragraph)
            for name, tag in titles.items():
                if name in title:
                    assert tag in said, title
            continue
        if style == "Heading1":
            chapter_ = text_of(paragraph).strip()
        if chapter_ in titles and runs:
            assert said == {titles[chapter_]}, text_of(paragraph)
            seen[chapter_] += 1
    assert all(count > 5 for count in seen.values())
    notes = find_all(package.xml("word/footnotes.xml"), "//w:footnote[not(@w:type)]")
    tags = [{attribute(run.find("{*}rPr/{*}lang")) for run in find_all(note, ".//w:r[w:t]")} for note in notes]
    assert tags == [{""}, *({language.of(code).tag} for code in BOOKS[book])]


def test_the_search_stems_a_page_by_its_own_language(spoken):
    book, root = spoken
    text = (root / "_output/ressurser/sokeregister.js").read_text(encoding="utf-8")
    index = json.loads(text.partition("=")[2].strip().rstrip(";"))
    stemmers = {one["a"].partition(".")[0]: one.get("s", "") for one in index["steder"]}
    other = {"nb": "english", "en": "norwegian"}
    foreign = {code: other[book] for code in BOOKS[book] if code != "nn"}
    assert {code: stemmers[code] for code in [book, *BOOKS[book]]} == {
        book: "",
        **({"nn": ""} if book == "nb" else {}),
        **foreign,
    }
    assert index["andre"] == [other[book]]
    files = {file.name for file in (root / "_output/ressurser/snowball").glob("*.js")}
    assert files == {"base-stemmer.js", "english-stemmer.js", "norwegian-stemmer.js"}


# A form of a word that only the stemmer of the page's language takes for the one on the page.
ASKED = {"nb": ("working", "en.html"), "en": ("andeler", "nb.html")}


@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="Søket prøves i Chromium, som ikke er installert her.")
def test_a_reader_finds_another_form_of_a_word_in_the_language_of_the_page(spoken):
    book, root = spoken
    words, page_of = ASKED[book]
    with open_window(chromium(), viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto((root / f"_output/{book}.html").as_uri())
        page.fill("#sok", words)
        page.locator(".sok-antall:not(:empty)").wait_for()
        hits = page.locator(".sok-treff a").evaluate_all("links => links.map((link) => link.href)")
        said = page.locator(".sok-antall").inner_text()
    assert [hit.rsplit("/", 1)[1].partition("#")[0] for hit in hits][:1] == [page_of]
    assert not said.startswith(("Ingen treff", "No hits"))


def test_nothing_is_found_and_every_number_is_accounted_for(spoken):
    _, root = spoken
    report = check(Project(root), outputs=True)
    assert [str(one) for one in report.findings if not one.file.startswith("py/content/")] == []
    assert len([line for line in report.groups["Tall"] if re.match(r"(HTML|PDF|DOCX): (\d+) av \2 tall", line)]) == 3


def test_a_number_word_is_read_in_the_language_of_the_page(spoken, monkeypatch):
    """`twelve` is a number on the English page alone, and `tolv` on the Norwegian ones."""
    book, root = spoken
    from notat.judge.checks import outputs as module

    real = module.read_output

    def read(folder, name, documents):
        output = real(folder, name, documents)
        extra = [
            Block(f"{place} {TITLES[code]}", "", "avsnitt", "Uforklart er twelve og tolv.", lang=language.of(code).tag)
            for place, code in enumerate([book, *BOOKS[book]], 1)
        ]
        return Rendered(output.name, output.file, (*output.blocks, *extra))

    monkeypatch.setattr(module, "read_output", read)
    found = [one.problem for one in check(Project(root), outputs=True).findings if one.code == "N1043"]
    for name in ("HTML", "PDF", "DOCX"):
        words = [re.search(r"«(\w+)»", problem)[1] for problem in found if problem.startswith(name)]
        assert sorted(words) == sorted("twelve" if code == "en" else "tolv" for code in [book, *BOOKS[book]])


def refusal(root: Path) -> NotatError:
    """What the build of a note says that it cannot be."""
    with pytest.raises(NotatError) as caught:
        build(root)
    return caught.value


@pytest.mark.parametrize(("book", "code"), [(book, code) for book, pages in BOOKS.items() for code in pages])
def test_a_false_word_is_refused_with_true_ones_of_the_page(note, book, code):
    note_of(note, book, BOOKS[book])
    file = note / f"chapters/{code}.qmd"
    text = file.read_text(encoding="utf-8").replace(f"[{TRUE[code]}]{{.paastand", f"[{FALSE[code]}]{{.paastand")
    file.write_text(text, encoding="utf-8")
    error = refusal(note)
    assert (error.code, error.file, error.line) == ("N0816", f"chapters/{code}.qmd", 12)
    assert f"«{TRUE[code]}»" in error.remedy


@pytest.mark.parametrize(("book", "code"), [(book, code) for book, pages in BOOKS.items() for code in pages])
def test_a_false_word_of_a_figure_is_refused_in_the_language_of_the_page(note, book, code):
    note_of(note, book, BOOKS[book])
    file = note / f"chapters/{code}.qmd"
    file.write_text(
        file.read_text(encoding="utf-8").replace(f"[{TRUE[code]}]{{av", f"[{FALSE[code]}]{{av"), encoding="utf-8"
    )
    error = refusal(note)
    assert error.file == f"chapters/{code}.qmd"
    assert f"«{FALSE[code]}» stemmer ikke" in str(error)
    assert f"Ord som stemmer: «{TRUE[code]}»" in str(error)


@pytest.mark.parametrize(("code", "foreign"), [("nn", "høyere"), ("en", "høyere")])
def test_a_word_of_the_books_language_is_unknown_on_a_page_in_another(note, code, foreign):
    note_of(note, "nb", BOOKS["nb"])
    file = note / f"chapters/{code}.qmd"
    text = file.read_text(encoding="utf-8").replace(f"[{TRUE[code]}]{{.paastand", f"[{foreign}]{{.paastand")
    file.write_text(text, encoding="utf-8")
    error = refusal(note)
    assert (error.file, error.line) == (f"chapters/{code}.qmd", 12)
    assert f"«{foreign}»" in error.problem


@pytest.mark.parametrize("lang", ["de", "no", "english", "[nn]"])
def test_a_language_that_pages_are_not_written_in_is_refused_with_line_and_remedy(note, lang, refused):
    file = note / "chapters/arbeid.qmd"
    file.write_text(f"---\nlang: {lang}\n---\n\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    with refused("chapters/arbeid.qmd", 2, "Skriv nb-NO, nn-NO eller en-GB"):
        _ = Project(note).chapters


def test_the_words_that_the_book_gives_its_interface_are_of_its_language_alone(note):
    note_of(note, "nb", {"en": "en"})
    config = note / "_quarto.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("book:\n", "language:\n  crossref-fig-title: Bilde\nbook:\n", 1),
        encoding="utf-8",
    )
    build(note, ["html"])
    pages = {code: html.parse(note / f"_output/{code}.html").getroot().text_content() for code in ("nb", "en")}
    assert "Bilde\u00a01.1: " in pages["nb"]
    assert "Bilde\u00a02.1." in pages["nb"].replace(",", ".")
    assert "Figure\u00a02.1: " in pages["en"]
    assert "Figure\u00a01.1" in pages["en"]


def test_a_page_that_changes_its_language_is_made_anew_and_the_others_are_not(note):
    note_of(note, "nb", {"nn": "nn"})
    build(note, ["html"])
    before = (note / "_output/nb.html").read_bytes()
    file = note / "chapters/nn.qmd"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("lang: nn\n", ""), encoding="utf-8")
    assert "høgare" in str(refusal(note))
    file.write_text(text, encoding="utf-8")
    build(note, ["html"])
    assert (note / "_output/nb.html").read_bytes() == before


def test_the_lists_of_questions_and_of_numbers_say_the_language_of_the_pages_that_they_are_of(note):
    file = note / "chapters/arbeid.qmd"
    text = file.read_text(encoding="utf-8").replace("1. Hva nå?", 'Of `{python} tall("alle")`:\n\n1. What now?')
    file.write_text(f"---\nlang: en-GB\n---\n\n{text}", encoding="utf-8")
    project = Project(note)
    questions = questions_markdown(project, lambda _: language.current().code)
    assert questions == "**[Arbeid]{lang=en-GB}** (@sec-arbeid)\n\n::: {lang=en-GB}\n\nOf en:\n\n1. What now?\n\n:::\n"
    assert "## [Arbeid]{lang=en-GB} {" in numbers_markdown(project, Numbers(project.data))
    assert "## Sammendrag {" in numbers_markdown(project, Numbers(project.data))
