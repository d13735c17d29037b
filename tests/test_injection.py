"""Data are text in every format: they never become an element, link, field, formula or code.

The same small book is built twice, once from hostile texts and once from harmless ones. Both must have the same
elements.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections import Counter

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from lxml import html as lxml_html
from rich.console import Console

from notat.cli.render import build
from notat.data.dataset import load
from notat.judge.checks import checksums
from notat.project.project import Project
from notat.show import authoring
from notat.show.trace import trace

pytestmark = pytest.mark.process

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1)) ![y](z.png)",
    "{{< include _inn.qmd >}}",
    "`{python} 1` `<b>x</b>`{=html}",
    "```{=html} <b>x</b>```",
    "::: {.boks} x :::",
    "$x^2$ $$y$$ \\(z\\) \\pandocbounded{a}",
    '#panic("kjørt") #import "@preview/x:0.1.0": y',
    '#text(size: 50pt)[stor] #eval("1") @ssb [@ssb]',
    "*a* **b** _c_ ~~d~~ e^f^ g~h~ \\ | i",
    "[a]{.tall data-id=alle} [^1] ^[note]",
    "4. kvartal = x",
    "/ ord: x",
    "1. = Tittel",
    '{ INCLUDETEXT "c:\\\\x" } DDEAUTO c:\\\\x',
    'w:fldSimple w:instr="DDE"/> &lt;b&gt; &#60;',
    "[bold]x[/bold] :smile: %s {0}",
    "\"'\"' -- --- ... // /* */ // x",
]
_COLUMNS = ("id", "maal", "gruppe", "geografi", "periode", "type", "verdi", "enhet", "avrundet_til")
_COLUMNS += ("grense", "status", "kilde", "merknad")
_CODE = """\
from notat import figur, spenn, tabell, tall
from notat.show.charts import Drawing, chart, style, words
from notat.show.tables import Strong, Table, table


@chart("ond")
def drawn(numbers):
    values = [words.of_row(row) for row in numbers.data.series("arbeid", enhet="kurs")]
    figure, (axes,) = style.new_figure(4)
    axes.barh([value.label for value in values], [value.x for value in values])
    axes.set_title(values[8].label)
    return Drawing(figure, words.spelled(values), words.spelled(values), words.quantities(values), "Se @sec-mer.")


@table("ond")
def made(numbers):
    values = [words.of_row(row) for row in numbers.data.series("arbeid", enhet="kurs")]
    rows = tuple((Strong(value.label), str(value), value.label) for value in values)
    return Table((values[0].label, "Tall", "Igjen"), rows, "lrl", words.spelled(values), words.quantities(values))
"""


def csv_of(*rows):
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def write_book(root, texts):
    """A book whose data contain these texts in every text column."""
    rows = [
        (f"h{i}", text, text, text, "2022", "nivå", str(i + 1), "kurs", "1", "", "", f"k{i}", text)
        for i, text in enumerate(texts)
    ]
    with (root / "data/arbeid.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.write(csv_of(*rows))
    with (root / "data/kilder.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.write(csv_of(*((f"k{i}", t, t, "https://x.no/?a=1&b=(2)#c", t, "ssb", t) for i, t in enumerate(texts))))
    printed = [(f"h{i}", text[:40].strip()) for i, text in enumerate(texts)]
    (root / "data/gammelt.csv").write_text(csv_of(("id", "trykt"), *printed), encoding="utf-8")
    head = ("nr", "tema", "alvor", "trykt", "data", "regning", "avgjorelse")
    corrections = [(str(i + 1), t, "uklart", t, t, t, f"Se @sec-mer. {t}") for i, t in enumerate(texts)]
    (root / "data/avvik.csv").write_text(csv_of(head, *corrections), encoding="utf-8")
    numbers = " ".join(f'`{{python}} tall("h{i}")`' for i in range(len(texts)))
    chapter = root / "chapters/arbeid.qmd"
    text = chapter.read_text(encoding="utf-8").replace("from notat import spenn, tabell, tall\n", _CODE)
    cells = '```{python}\nfigur("ond")\n```\n\n```{python}\ntabell("ond")\n```\n'
    chapter.write_text(f"{text}\nSe @fig-ond og @tbl-ond: {numbers}.\n\n{cells}", encoding="utf-8")
    for name in ("tallgrunnlag", "avvik"):
        cells = f"```{{python}}\nfrom notat import {name}\n```\n\n```{{python}}\n{name}()\n```\n"
        source = f"# {name.title()} {{#sec-{name}}}\n\n{cells}"
        (root / f"chapters/{name}.qmd").write_text(source, encoding="utf-8")
    config = root / "_quarto.yml"
    appendices = "  appendices:\n    - chapters/avvik.qmd\n    - chapters/tallgrunnlag.qmd\nbibliography:"
    edition = "notat:\n  tidligere: {navn: notatet fra 2019, aar: 2019, trykt: gammelt.csv, avvik: avvik.csv}\n"
    text = config.read_text(encoding="utf-8").replace("bibliography:", appendices)
    config.write_text(text + edition, encoding="utf-8")
    checksums.write(root)


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """Roots of the hostile and of the harmless book, both built in all formats."""
    return {}


@pytest.fixture
def built(note, books, tmp_path_factory, monkeypatch):
    """`built(hostile)`: root of the finished book."""

    def make(hostile):
        if hostile not in books:
            root = tmp_path_factory.mktemp("bok") / "notat"
            shutil.copytree(note, root)
            write_book(root, HOSTILE if hostile else [f"Tekst {'x' * (i + 1)}" for i, _ in enumerate(HOSTILE)])
            monkeypatch.chdir(root)
            authoring.numbers.cache_clear()
            build(root)
            books[hostile] = root
        monkeypatch.chdir(books[hostile])
        authoring.numbers.cache_clear()
        return books[hostile]

    return make


def squeezed(text):
    """The text without what a line break may add or take."""
    return re.sub(r"[\s\u00ad\u200b\u2010\u0002-]+", "", text)


PAGES = ["index.html", "arbeid.html", "avvik.html", "tallgrunnlag.html"]


@pytest.mark.parametrize("page", PAGES)
def test_no_element_and_no_handler_comes_of_the_data(built, page):
    def elements(root):
        tree = lxml_html.parse(root / "_output" / page).getroot()
        found = Counter((e.tag, *sorted(e.keys()), e.get("class", "")) for e in tree.iter(etree.Element))
        within = {(e.tag, *sorted(e.keys())) for e in tree.xpath("//svg//*")}  # longer names leave room for fewer ticks
        return {one: count for one, count in found.items() if one[:-1] not in within}, within

    hostile, harmless = elements(built(True)), elements(built(False))
    assert hostile == harmless
    tree = lxml_html.parse(built(True) / "_output" / page).getroot()
    for element in tree.iter(etree.Element):
        assert not [name for name in element.attrib if name.startswith("on")]
        assert "javascript:" not in element.get("href", "") + element.get("src", "")


def test_every_text_is_seen_on_the_pages(built):
    output = built(True) / "_output"
    texts = {page: squeezed(lxml_html.parse(output / page).getroot().text_content()) for page in PAGES}
    alt = squeezed(lxml_html.parse(output / "arbeid.html").getroot().xpath("//svg/@aria-label")[0])
    for text in map(squeezed, HOSTILE):
        assert texts["arbeid.html"].count(text) >= 3, text  # the caption and two cells
        assert texts["avvik.html"].count(text) >= 5, text
        assert texts["tallgrunnlag.html"].count(text) >= 2, text
        assert text in alt, text


def test_the_panel_holds_the_texts_as_data(built):
    script = (built(True) / "_output/ressurser/tall.js").read_text(encoding="utf-8")
    assert not set(script) & set("<>&")
    panel = json.loads(re.fullmatch(r"window\.notatTall = (.*);\n", script, re.DOTALL)[1])
    for i, text in enumerate(HOSTILE):
        assert panel["tall"][f"h{i}"]["celler"][0]["merknad"] == text
        assert panel["kilder"][f"k{i}"]["tittel"] == text
        assert panel["kilder"][f"k{i}"]["url"].startswith("https://")


def test_a_figure_holds_neither_script_nor_formula(built):
    trees = [etree.parse(built(hostile) / "_output/ressurser/figurdata/fig-ond.svg") for hostile in (True, False)]
    tags = [{etree.QName(e).localname for e in tree.iter(etree.Element)} for tree in trees]
    assert tags[0] == tags[1]
    assert not tags[0] & {"script", "foreignObject", "a", "image"}


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ACTIVE = [
    "instrText",
    "fldSimple",
    "fldChar",
    "hyperlink",
    "object",
    "drawing",
    "altChunk",
    "footnoteReference",
    "sdt",
    "b",
]


def test_no_field_link_or_object_comes_of_the_data_in_word(built):
    def active(root):
        with zipfile.ZipFile(root / "_output/diskusjonsnotat.docx") as package:
            parts = {name: package.read(name) for name in package.namelist()}
        tree = etree.fromstring(parts["word/document.xml"])
        fields = [e.text for e in tree.iter(f"{_WORD}instrText", f"{_WORD}fldSimple")]
        kinds = Counter(etree.QName(e).localname for e in tree.iter(etree.Element))
        links = re.findall(rb'Target="([^"]*)"', parts["word/_rels/document.xml.rels"])
        counts = {name: kinds[name] for name in (*_ACTIVE, "p", "tbl", "tr", "oMath")}
        return counts, fields, sorted(links), squeezed("".join(tree.itertext(f"{_WORD}t")))

    *hostile, text = active(built(True))
    *harmless, _ = active(built(False))
    assert hostile == harmless
    for said in map(squeezed, HOSTILE):
        assert text.count(said) >= 10, said


def test_no_code_runs_and_no_link_comes_of_the_data_in_print(built):
    def links(root):
        with pikepdf.open(root / "_output/diskusjonsnotat.pdf") as pdf:
            found = [a for page in pdf.pages for a in page.get("/Annots", ())]
            return Counter(str(a.get("/A", {}).get("/URI", "")) for a in found if "/A" in a and "/URI" in a["/A"])

    assert links(built(True)) == links(built(False))
    document = pypdfium2.PdfDocument(built(True) / "_output/diskusjonsnotat.pdf")
    text = squeezed("".join(page.get_textpage().get_text_range() for page in document))
    for said in map(squeezed, HOSTILE):
        # Typst itself writes three points as one character.
        assert text.count(said.replace("...", "…")) >= 6, said


def test_the_terminal_shows_the_texts_and_nothing_else(built):
    root = built(True)
    for i, text in enumerate(HOSTILE):
        console = Console(file=io.StringIO(), width=4000, force_terminal=True, color_system=None)
        console.print(trace(Project(root), f"h{i}"))
        shown = console.file.getvalue()
        assert f"merknad: {text}\n" in re.sub(r" +\n", "\n", re.sub(r"\x1b\[[0-9;]*m", "", shown))
        assert not re.search(r"\x1b(?!\[[0-9;]*m)", shown)


FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(1;1)", "-2+3", "\uff1d1+1", "x;=1+1", "x; @A1", "=", "-- x"]
UNSEEN = ["a\x00b", "a\x1b[2J", "a\u202eb", "a\u2066b", "a\u2028b", "a\tb", "a\u200bb", "a\u00adb", "\u0301a"]
_REFUSED = [(text, "er en formel for et regneark") for text in FORMULAS]
_REFUSED += [(text, "har et usynlig tegn") for text in UNSEEN[:-1]] + [(UNSEEN[-1], "hører til tegnet foran")]
_REFUSED += [("x" * 2001, "har 2001 tegn, og grensen er 2000"), ("x" * 100_000, "har 100000 tegn")]


@pytest.mark.parametrize(("text", "words"), _REFUSED, ids=[ascii(text[:12]) for text, _ in _REFUSED])
@pytest.mark.parametrize("column", ["maal", "gruppe", "geografi", "periode", "merknad"])
def test_a_formula_and_what_is_not_seen_never_leave_the_reader(note, refused, column, text, words):
    row = dict(zip(_COLUMNS, ("ny", "x", "x", "x", "2022", "nivå", "1", "kurs", "1", "", "", "ssb", "x"), strict=True))
    with (note / "data/arbeid.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.write(csv_of({**row, column: text}.values()))
    with refused("data/arbeid.csv", 6, words):
        load(note)


def test_the_tables_that_are_published_can_be_opened_in_a_spreadsheet(built):
    for file in (built(True) / "_output").rglob("*.csv"):
        text = file.read_text(encoding="utf-8-sig")
        for separator in ",;\t":
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                assert not [
                    cell for cell in row if re.match(r"\s*[=+@]|-(?![0-9.,]+$)", cell) and "@sec-" not in cell
                ], row
