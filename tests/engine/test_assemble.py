"""Chapters assembled into a book: what is refused, what is numbered, and where references lead."""

from __future__ import annotations

import json

import pytest

from notat.cli.render import results_of
from notat.engine import pandoc
from notat.engine.floats import captioned_table, floats, replace_floats
from notat.engine.read import glyphs
from notat.engine.read.assemble import assemble, letters
from notat.engine.read.quarto import headings
from notat.project.project import Project
from notat.project.source import CodeCell, Text
from notat.text.errors import NotatError

CHAPTER = "chapters/arbeid.qmd"
HARD = "\u00a0"
FIGURE = '::: {#fig-kurve}\n\n![](/_figurer/fig-kurve){fig-alt="Kurve"}\n\nDet falt [@ssb].\n\n:::\n'
TABLE = "::: {#tbl-rader}\n\n| A | B |\n|---|--:|\n| b | 1 |\n\nFlere.\n\n:::\n"


@pytest.fixture
def book(note):
    """Assemble the small note with these texts; code is not run, but a figure replaces its cell."""

    def make(**texts):
        for name, text in texts.items():
            place = "index.qmd" if name == "index" else f"chapters/{name}.qmd"
            (note / place).write_text(text, encoding="utf-8")
        project = Project(note)
        executed = ["".join(map(written, source.parts)) for source in project.chapters]
        return assemble(project, executed, results_of(project))

    def written(part):
        if isinstance(part, CodeCell):
            return f"\n{FIGURE}\n" if "figur(" in part.code else "\n"
        return part.markdown if isinstance(part, Text) else "5"

    return make


@pytest.fixture
def extra(note):
    def write(old, new):
        file = note / "_quarto.yml"
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return write


def chapter(text):
    return f"# Arbeid {{#sec-arbeid}}\n\n{text}\n"


def links(made):
    nodes = [node for part in made.chapters for node in pandoc.elements(part.blocks) if node["t"] == "Link"]
    return [(pandoc.plain(node["c"][1]), node["c"][2][0]) for node in nodes]


# --- numbers and references


def test_chapters_and_sections_are_numbered(book):
    made = book(
        arbeid=chapter("## En {#sec-en}\n\n### Dyp {#sec-dyp}\n\n## Uten {.unnumbered #sec-uten}\n\n## To {#sec-to}")
    )
    index, arbeid, literature = made.chapters
    assert (index.number, arbeid.number, literature.number) == ("", "1", "")
    assert (arbeid.id, arbeid.title) == ("sec-arbeid", "Arbeid")
    numbers = {heading.id: heading.number for heading in arbeid.headings}
    assert (numbers["sec-arbeid"], numbers["sec-en"], numbers["sec-dyp"]) == ("1", "1.1", "1.1.1")
    assert numbers["sec-uten"] == ""


def test_appendices_are_lettered(book, extra):
    extra(
        "    - chapters/litteratur.qmd",
        "    - chapters/litteratur.qmd\n  appendices:\n    - chapters/tillegg.qmd",
    )
    made = book(tillegg="# Tillegg {#sec-tillegg}\n\n## Del {#sec-del}\n\nSe @sec-tillegg og @sec-del.\n")
    assert made.chapters[-1].number == "A"
    assert links(made)[-2:] == [
        (f"Vedlegg{HARD}A", "tillegg#sec-tillegg"),
        (f"Delkapittel{HARD}A.1", "tillegg#sec-del"),
    ]


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "A"), (26, "Z"), (27, "AA"), (28, "AB"), (52, "AZ"), (53, "BA"), (702, "ZZ")],
)
def test_letters_go_on_after_the_last_of_the_alphabet(number, expected):
    assert letters(number) == expected


def test_the_appendix_after_z_has_two_letters_in_its_headings_and_references(book, extra):
    names = [f"tillegg-{number}" for number in range(1, 29)]
    listed = "".join(f"    - chapters/{name}.qmd\n" for name in names)
    extra("    - chapters/litteratur.qmd\n", f"    - chapters/litteratur.qmd\n  appendices:\n{listed}")
    made = book(
        **{name: f"# Tillegg {{#sec-{name}}}\n\n## Del {{#sec-{name}-del}}\n\nSe @sec-{name}-del.\n" for name in names}
    )
    assert [chapter.number for chapter in made.chapters[-3:]] == ["Z", "AA", "AB"]
    assert links(made)[-2:] == [
        (f"Delkapittel{HARD}AA.1", "tillegg-27#sec-tillegg-27-del"),
        (f"Delkapittel{HARD}AB.1", "tillegg-28#sec-tillegg-28-del"),
    ]


def test_a_work_that_is_missing_is_missed_in_the_file_that_is_set_up(book, note, extra, refused):
    (note / "kilder").mkdir()
    (note / "references.bib").rename(note / "kilder/verk.bib")
    extra("bibliography: references.bib", "bibliography: kilder/verk.bib")
    assert book(arbeid=chapter("Som [@ssb] sier."))
    with refused(CHAPTER, 3, "Kilden @sbb finnes ikke i kilder/verk.bib."):
        book(arbeid=chapter("Som [@sbb] sier."))


def test_references_lead_across_chapters_and_carry_the_printed_number(book):
    made = book(
        index="# Sammendrag {.unnumbered #sec-sammendrag}\n\nSe @fig-kurve, @tbl-rader og @sec-arbeid.\n",
        arbeid=chapter(f"Se @fig-kurve, @sec-mer og @sec-sammendrag.\n\n{FIGURE}\n{TABLE}\n## Mer {{#sec-mer}}"),
    )
    assert links(made)[:6] == [
        (f"Figur{HARD}1.1", "arbeid#fig-kurve"),
        (f"Tabell{HARD}1.1", "arbeid#tbl-rader"),
        (f"Kapittel{HARD}1", "arbeid#sec-arbeid"),
        (f"Figur{HARD}1.1", "arbeid#fig-kurve"),
        (f"Delkapittel{HARD}1.1", "arbeid#sec-mer"),
        ("«Sammendrag»", "index#sec-sammendrag"),
    ]


def test_several_references_in_one_pair_of_brackets_are_printed_with_commas(book):
    made = book(arbeid=chapter(f"Se [@fig-kurve; @tbl-rader; @sec-arbeid].\n\n{FIGURE}\n{TABLE}"))
    words = pandoc.plain(made.chapters[1].blocks[1])
    assert words == f"Se Figur{HARD}1.1, Tabell{HARD}1.1, Kapittel{HARD}1."


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("../index.qmd", "index#sec-sammendrag"),
        ("litteratur.qmd#refs", "litteratur#refs"),
        ("#sec-arbeid", "arbeid#sec-arbeid"),
        ("https://ssb.no/a.qmd#x", "https://ssb.no/a.qmd#x"),
    ],
)
def test_links_between_chapters_lead_to_pages(book, written, url):
    assert ("her", url) in links(book(arbeid=chapter(f"Se [her]({written}).")))


def test_citations_lead_to_the_list_of_references(book):
    made = book(arbeid=chapter("Som @ssb sier [@ssb, s. 3]."))
    assert {url for _, url in links(made)} >= {"litteratur#ref-ssb"}
    assert made.targets["ref-ssb"].slug == "litteratur"
    assert "s. 3" in pandoc.plain(made.chapters[1].blocks[1])


def test_comments_do_not_reach_the_reader(book):
    made = book(arbeid="<!-- over -->\n\n" + chapter("A <!-- inne --> b.\n\n::: {.boks}\n<!-- i boks -->\nc\n:::"))
    assert not [node for node in pandoc.elements(made.chapters[1].blocks) if node["t"].startswith("Raw")]


def test_floats_are_found_with_number_alt_text_and_caption(book):
    blocks = book(arbeid=chapter(f"{FIGURE}\n{TABLE}")).chapters[1].blocks
    figure, table = floats(blocks)
    assert (figure.words, pandoc.plain(figure.image["c"][1])) == (f"Figur{HARD}1.1", "Kurve")
    assert figure.image["c"][2][0] == "/_figurer/fig-kurve"
    assert (table.words, table.image) == (f"Tabell{HARD}1.1", None)
    assert pandoc.plain(table.numbered_caption()) == f"Tabell{HARD}1.1: Flere."
    assert replace_floats(blocks, lambda entry: [{"t": "Null"}])[1:] == [{"t": "Null"}] * 2
    assert captioned_table(table.table, table.caption, table.id)["c"][0][0] == "tbl-rader"
    assert table.table["c"][0][0] == ""


def test_headings_without_id_get_those_of_pandoc_unique_in_the_page(book):
    made = book(
        arbeid="# Om å måle\n\n## Metode\n\n[A](#metode-1)\n\n## 2023\n\n## Metode\n\n## 1. Først {.unlisted}\n",
        index="# Sammendrag\n\n## Metode\n\nSe [her](#metode).\n",
    )
    ids = [[heading.id for heading in chapter.headings] for chapter in made.chapters[:2]]
    assert ids == [["sammendrag", "metode"], ["om-å-måle", "metode", "section", "metode-1", "først"]]
    assert [heading.listed for heading in made.chapters[1].headings] == [True, True, True, True, False]
    assert links(made)[:2] == [("her", "index#metode"), ("A", "arbeid#metode-1")]
    # In print, where all chapters are one document, the ids that several of them have begin with the chapter's name.
    printed = [node["c"][1][0] for s in made.chapters[1].sections for node in headings(s.blocks_in("pdf"))]
    assert printed == ["om-å-måle", "arbeid-metode", "section", "metode-1", "først"]


def test_each_heading_of_the_first_level_is_a_chapter(book):
    made = book(index="# En\n\n## A\n\n# To\n\n## B\n\nSe @fig-kurve.\n\n" + FIGURE)
    assert [heading.number for heading in made.chapters[0].headings] == ["1", "1.1", "2", "2.1"]
    assert (f"Figur{HARD}2.1", "index#fig-kurve") in links(made)
    assert made.chapters[1].number == "3"


def test_words_around_a_reference_are_printed_as_in_quarto(book):
    made = book(arbeid=chapter("@Sec-arbeid, [-@sec-arbeid], [se kapittel @sec-arbeid], [@sec-arbeid, og mer]."))
    words = pandoc.plain(made.chapters[1].blocks[1])
    assert words == f"Kapittel{HARD}1, 1, se kapittel{HARD}1, Kapittel{HARD}1, og mer."


# --- refused in a chapter


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Ingen tittel.\n", 1, "begynner ikke med en tittel"),
        ("", 1, "begynner ikke med en tittel"),
        ("## Arbeid {#sec-arbeid}\n", 1, "begynner ikke med en tittel"),
        ("# A\n\n### Mer om *dette*\n", 3, "Overskriften «Mer om dette» er på nivå 3, og den over på nivå 1"),
        ("# A\n\n#### B {#sec-b}\n", 3, "«B» er på nivå 4, og den over på nivå 1. Skriv den med ##"),
        ("# A\n\n## B\n\n# C\n\n#### D\n", 7, "«D» er på nivå 4"),
        ("# A {#sec-a}\n\n## B {#sec-b}\n\n## C {#sec-b}\n", 5, "Merkelappen «sec-b» er brukt to ganger"),
        ("# A {#sec-a}\n\n---\ntitle: B\n---\n\nC\n", 3, "YAML-blokk"),
    ],
)
def test_headings_that_the_book_cannot_carry_are_refused(book, refused, text, line, words):
    with refused(CHAPTER, line, words):
        book(arbeid=text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("::: {.boxs}\nx\n:::", "Ukjent klasse «.boxs». Mente du boks"),
        ("::: boxs\nx\n:::", "Ukjent klasse «.boxs»"),
        ("[x]{.tal}", "Ukjent klasse «.tal». Mente du tall?"),
        ('<div class="hidden">x</div>', "Klassen «.hidden» støttes ikke"),
        ("A <blink>b</blink>.", "HTML-elementet <blink>"),
        ("A <!-- x --><object data=x> b.", "HTML-elementet <object>"),
        ("<script>x</script>", "HTML-elementet <script>"),
        ("\\enquote{ord}", "Rå LaTeX"),
        ("Så $5 og 6$.", "leses som en formel"),
        ("![Tekst](bilde.png)", "bilde.png finnes ikke"),
        ("![](bilde.png)", "Bildet bilde.png har ingen alternativ tekst"),
        ("Se ![](bilde.png) her.", 'Skriv {fig-alt="…"}'),
        ("::: {.boks}\nx", "Boksen er ikke lukket. Avslutt den med :::"),
        (":::\nx\n:::", "åpner eller lukker ingen boks"),
        ("Så[^1].", "Fotnoten [^1] finnes ikke"),
        ("[^1]: Uten bruk.", "Ingen viser til fotnoten [^1]"),
        ("[x]()", "Lenken har ingen adresse"),
    ],
)
def test_what_the_engine_does_not_know_is_refused(book, refused, text, words):
    with refused(CHAPTER, 5, words):
        book(arbeid=chapter(f"Først.\n\n{text}"))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Tekst.\n## Metode", 6, "Overskriften blir skrevet som tekst. Skriv en blank linje over den."),
        ("##Metode", 5, "Overskriften blir skrevet som tekst. Skriv et vanlig mellomrom"),
        ("##\u00a0Metode", 5, "Skriv et vanlig mellomrom etter #."),
        ("Tekst:\n- en\n- to", 6, "Lista blir skrevet som tekst"),
        ("Tekst:\n1. en\n2. to", 6, "Lista blir skrevet som tekst"),
        ("Tekst\n| a | b |\n|---|---|\n| 1 | 2 |", 6, "Tabellen blir skrevet som tekst"),
        ("+---+---+\n| a | b |\n+--+---+", 6, "Tabellen blir skrevet som tekst"),
        ("Se [her] (https://ssb.no).", 5, "Lenken blir skrevet som tekst"),
        ("Se ** fet ** her.", 5, "Stjernene blir skrevet som tekst"),
        ("## Metode {#sec-a .x=”b”}", 5, "Anførselstegnene i ”b” er ikke rette."),
        ("[tekst]{.mark", 5, "Det som står i krøllparentes"),
        ("Ord med \u0441yrillisk.", 5, "(U+0441) er en kyrillisk bokstav blant latinske"),
        ("Status ✅ og 👍.", 5, "Tegnene ✅ (U+2705), 👍 (U+1F44D) finnes ikke i skriften. Skriv ✓ for ✅."),
        (
            "Flagget 🇳🇴.",
            5,
            "Tegnet 🇳🇴 (flagget NO) finnes ikke i skriften. Skriv det med ord, eller sett inn et bilde.",
        ),
        ("Trykk 1️⃣ nå.", 5, "Tegnet 1️⃣ (U+0031 U+FE0F U+20E3) finnes ikke i skriften."),
        ("En 👩‍💻.", 5, "Tegnet 👩💻 (U+1F469 U+200D U+1F4BB) finnes ikke i skriften."),
        ("Pris: 5$/kg og 6$/kg.", 5, "leses som en formel. Skriv \\$ for selve dollartegnet."),
        ("::: {.notes}\nx\n:::", 5, "Klassen «.notes» støttes ikke"),
    ],
)
def test_markdown_that_would_be_printed_as_text_is_refused(book, refused, text, line, words):
    with refused(CHAPTER, line, words):
        book(arbeid=chapter(f"Først.\n\n{text}"))


@pytest.mark.parametrize(
    "text",
    [
        "5*3*2 = 30, ** ikke fet **, # nummer, §\u00a04 {klammer}, #1 og a#b.",
        "Oslo\n– en by, i uke\n1. mars og\n2. april.",
        "\\## Metode og \\{#x} og \\[a] (https://ssb.no).",
        "Piler → ← ≥ ≤ Δ µ ∑ Ω α ½, Kárášjohka og 5\\$.",
        "Tegn ✓ ✗ ☐ ★ ⚠️ ❤ ☎ • ■ ▲ ² ₂ ⅓ ≈ ∞ ° € § † ‰ ① Ⅳ.",
        "Det koster $5 og så $6.",
    ],
)
def test_signs_that_are_meant_as_text_are_printed(book, text):
    assert book(arbeid=chapter(text))


def test_what_is_proposed_for_an_emoji_can_be_printed():
    assert glyphs.missing("".join(glyphs.PLAIN)) == sorted(glyphs.PLAIN)
    assert glyphs.missing("".join(glyphs.PLAIN.values())) == []


def test_works_that_nothing_cites_are_listed_on_request(book, note):
    bib = note / "references.bib"
    bib.write_text(bib.read_text(encoding="utf-8") + "@misc{uvist, title={Uvist}}\n", encoding="utf-8")
    assert "ref-uvist" not in book().targets
    assert "ref-uvist" in book(arbeid='---\nnocite: "@uvist"\n---\n' + chapter("Tekst.")).targets


def test_a_footnote_written_twice_is_refused(book, refused):
    with refused(CHAPTER, 6, "Fotnoten [^1] er skrevet to ganger"):
        book(arbeid=chapter("Så[^1].\n\n[^1]: En.\n[^1]: To."))


def test_a_fault_in_an_included_file_is_named_there(book, note, refused):
    (note / "chapters/_inn.qmd").write_text("En.\n\n<blink>To</blink>\n", encoding="utf-8")
    with refused("chapters/_inn.qmd", 3, "HTML-elementet <blink>"):
        book(arbeid=chapter("{{< include _inn.qmd >}}"))


@pytest.mark.parametrize(
    "text",
    [
        FIGURE.replace("Det falt [@ssb].\n\n", ""),
        FIGURE.replace('![](/_figurer/fig-kurve){fig-alt="Kurve"}\n\n', ""),
        TABLE.replace("fig", "tbl").replace("Flere.\n\n", ""),
        "::: {#fig-tom}\n:::",
    ],
)
def test_a_block_without_content_or_caption_is_refused(book, refused, text):
    with refused(CHAPTER, 3, "har ikke ett innhold og én tekst under"):
        book(arbeid=chapter(text))


def test_one_unnumbered_chapter_before_the_numbered_ones_may_have_figures(book):
    found = book(index=f"# Sammendrag {{.unnumbered #sec-s}}\n\n{FIGURE}")
    assert found.targets["fig-kurve"].words == f"Figur{HARD}1"


def test_figures_in_an_unnumbered_chapter_after_a_numbered_one_are_refused(book, refused):
    with refused("chapters/litteratur.qmd", 3, "kan ikke stå i dette unummererte kapittelet (fig-kurve)"):
        book(litteratur=f'# Litteratur {{.unnumbered #sec-l}}\n\n<!-- "kurve" -->\n\n{FIGURE}')


def test_two_unnumbered_chapters_cannot_both_have_a_first_figure(book, note, refused):
    (note / "chapters/kort.qmd").write_text("", encoding="utf-8")
    config = (note / "_quarto.yml").read_text(encoding="utf-8")
    (note / "_quarto.yml").write_text(config.replace("- index.qmd", "- index.qmd\n    - chapters/kort.qmd"), "utf-8")
    second = FIGURE.replace("fig-kurve", "fig-to")
    with refused("chapters/kort.qmd", 3, "(fig-to)"):
        book(
            index=f"# Sammendrag {{.unnumbered #sec-s}}\n\n{FIGURE}",
            kort=f'# Kort {{.unnumbered #sec-k}}\n\n<!-- "to" -->\n\n{second}',
        )


def test_a_block_of_figure_data_without_its_figure_is_refused(book, refused):
    with refused(CHAPTER, 3, "Tallene hører til fig-borte, som ikke finnes. La figur() skrive blokka"):
        book(arbeid=chapter("::: {.figurdata data-figur=fig-borte}\nx\n:::"))


# --- refused in the book


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Se @sec-arbied.", "Henvisningen @sec-arbied peker ikke på noe. Mente du sec-arbeid?"),
        ("Se @fig-borte.", "Henvisningen @fig-borte peker ikke på noe"),
        ("Se [@tbl-borte].", "Henvisningen @tbl-borte peker ikke på noe"),
        ("Se [@sec-arbeid; @ssb].", "står sammen med en kilde i klammene"),
        ("Se [@ssb; @sec-arbeid].", "Henvisningen @sec-arbeid står sammen med en kilde"),
        ("Se @Fig-borte.", "Henvisningen @Fig-borte peker ikke på noe"),
        ("Se @tip-borte.", "Henvisningen @tip-borte peker ikke på noe"),
        ("Se [her](borte.pdf).", "Lenken til borte.pdf peker ikke på en fil i prosjektet"),
        ("Se [her](../../utenfor.pdf).", "peker ikke på en fil i prosjektet"),
        ("Se [her](/.git/config).", "peker ikke på en fil i prosjektet"),
        ("Se [her](www.ssb.no).", "Skriv https://www.ssb.no"),
        ("Se [her](borte.qmd).", "Lenken til borte.qmd peker ikke på noe"),
        ("Se [her](#sec-borte).", "Lenken til #sec-borte peker ikke på noe"),
        ("Se [her](litteratur.qmd#sec-arbeid).", "Lenken til litteratur.qmd#sec-arbeid"),
        ("Som @sbb sier.", "Kilden @sbb finnes ikke i references.bib. Mente du ssb?"),
        ("Slik er det [@ssb; @borte2020].", "Kilden @borte2020 finnes ikke"),
    ],
)
def test_a_dangling_reference_is_refused_with_its_line(book, refused, text, words):
    with refused(CHAPTER, 5, words):
        book(arbeid=chapter(f"Se `@sec-arbied2`.\n\n{text}"))


def test_dangling_references_and_citations_of_all_chapters_are_reported_together(book):
    with pytest.raises(NotatError) as caught:
        book(
            index="# Sammendrag {.unnumbered}\n\nSe @fig-borte.\n",
            arbeid=chapter("Se @sec-borte.\n\nSom @sbb sier."),
        )
    places = [(error.file, error.line) for error in caught.value.apart()]
    assert places == [(CHAPTER, 3), (CHAPTER, 5), ("index.qmd", 3)]


def test_a_reference_to_a_box_without_number_is_refused(book, refused):
    with refused(CHAPTER, 7, "Henvisningen @fig-boks peker ikke på noe"):
        book(arbeid=chapter("::: {.boks #figboks}\nx\n:::\n\nSe @fig-boks."))


def test_a_label_used_in_two_chapters_is_refused(book, refused):
    with refused("chapters/litteratur.qmd", 3, "Merkelappen «sec-mer» er brukt to ganger"):
        book(litteratur="# Litteratur {.unnumbered #sec-litteratur}\n\n## Mer {#sec-mer}\n\n::: {#refs}\n:::\n")


def test_a_figure_used_twice_is_refused_at_the_second_call(book, refused):
    cell = '```{python}\nfigur("kurve")\n```\n'
    with refused(CHAPTER, 10, "Merkelappen «fig-kurve» er brukt to ganger"):
        book(arbeid=chapter(f"Se @fig-kurve.\n\n{cell}\n{cell}\nSe @fig-kurve."))


@pytest.mark.parametrize("text", ["Borte.", "Se [lista](#refs), eller skriv `{#refs}`."])
def test_citations_without_a_place_for_the_list_have_it_at_the_end(book, text):
    made = book(litteratur=f"# Litteratur {{.unnumbered #sec-litteratur}}\n\n{text}\n")
    assert [heading.title for heading in made.chapters[-1].headings] == ["Litteratur", "Litteratur"]
    assert '"refs"' in json.dumps(made.chapters[-1].sections[-1].blocks_in("html"))


def test_a_list_that_is_only_shown_as_code_is_no_place_for_it(book, refused):
    with refused("_quarto.yml", None, "Ingen kapitler har plass til litteraturlista"):
        book(litteratur="# Litteratur {.unnumbered #sec-litteratur}\n\n```\n::: {#refs}\n:::\n```\n")


def test_a_citation_without_any_bibliography_is_refused(book, extra, refused):
    extra("bibliography: references.bib\n", "")
    with refused(CHAPTER, 7, "Kilden @ssb finnes ikke i en litteraturliste"):
        book()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "@misc{ssb, title={X}}\n\n@misc{ny, title={Y}\n",
            3,
            "Litteraturlista kan ikke leses. Kontroller klammer",
        ),
        ("@misc{ssb title={X}}\n", 1, "Litteraturlista kan ikke leses"),
        ("@misc{ssb, title={X}}\n\n@book{ssb , title={Y}}\n", 3, "Kilden «ssb» finnes fra før på linje 1"),
    ],
)
def test_a_broken_bibliography_is_refused_with_its_line(book, note, refused, text, line, words):
    (note / "references.bib").write_text(text, encoding="utf-8")
    with refused("references.bib", line, words):
        book()
