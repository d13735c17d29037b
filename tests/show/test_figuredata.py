"""The data behind a figure: the same quantities as it draws, in words on the page and exactly in the file."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from lxml import html as lxml_html

from notat.data.quantity import percent_change, percent_of, scaled, total
from notat.data.sources import Source
from notat.engine import pandoc
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import charts, figuredata
from notat.show.figuredata import COLUMNS, Row, csv_text, exact

SOURCE = Source("ssb", "Sysselsetting", "SSB", "", "", "ssb", "")


def row(**changed):
    fields = {
        "what": "Sysselsatte", "group": "", "place": "Trøndelag", "period": "2022", "printed": "5 personer",
        "value": Fraction(5), "unit": "personer", "sources": (SOURCE,), "bound": "", "status": "",
    }  # fmt: skip
    return Row(**{**fields, **changed})


def read(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(246556), "246556"),
        (Fraction(-13, 5), "-2,6"),
        (Fraction(1, 3), "0,33333333333333"),
        (Fraction(-200, 3), "-66,6666666666667"),
        (Fraction(0), "0"),
    ],
)
def test_a_value_is_written_whole_or_to_fifteen_digits(value, text):
    assert exact(value) == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_the_file_is_a_formula(start):
    [line] = read(csv_text([row(what=f"{start}SUM(A1)", group=f"{start}1+1", value=Fraction(-5))]))
    assert line["hva"] == f"'{start}SUM(A1)"
    assert line["gruppe"] == f"'{start}1+1"
    assert line["verdi"] == "-5"


def test_quotes_and_semicolons_stay_within_their_cell():
    [line] = read(csv_text([row(what='En; "to"')]))
    assert line["hva"] == 'En; "to"'


def test_what_all_rows_share_is_said_once_and_what_differs_is_a_column():
    text = figuredata.markdown("x", [row(period="2021"), row(period="2022", status="foreløpig")])
    assert '{.figurdata data-figur="fig-x"}' in text
    assert "Gjelder alle verdiene: Sysselsatte; Trøndelag. Kilde: @ssb." in text
    assert "| Periode | Forbehold | Verdi |" in text
    assert "| 2021 | – | 5 personer |" in text


FILTER = Path(__file__).parents[2] / "_extensions" / "notat" / "notat.lua"


@pytest.mark.parametrize(("offset", "address"), [("", ""), (".", "./"), ("..", "../")])
def test_the_link_leads_to_the_file_from_the_pages_of_both_engines(tmp_path, offset, address):
    engine = f'quarto = {{ project = {{ offset = "{offset}" }} }}\n' if offset else ""
    (tmp_path / "filter.lua").write_text(f"{engine}return dofile('{FILTER}')", encoding="utf-8")
    text = figuredata.markdown("x", [row(sources=()), row(place="Norge", sources=())])
    made = pandoc.run(text, "--from=markdown", "--to=html5", f"--lua-filter={tmp_path / 'filter.lua'}").decode()
    assert '<details class="figurdata" data-figur="fig-x"><summary>Tallene bak figuren</summary>' in made
    for kind in ("csv", "svg", "png"):
        assert f'href="{address}ressurser/figurdata/fig-x.{kind}"' in made


def test_a_figure_that_leaves_the_note_names_its_sources_and_who_wrote_what_its_note_cites():
    nav, ssb = (
        Source(name, title, who, "", "", "", "") for name, title, who in (("a", "Ledige", "NAV"), ("b", "Folk", "SSB"))
    )
    made = [row(sources=(nav,)), row(sources=(ssb, nav))]
    notes = figuredata.notes("Grensene er etter @kart-2024. Se @ukjent.", made, {"kart-2024": "Kartverket"})
    assert notes == ["Grensene er etter Kartverket. Se @ukjent.", "Kilde: NAV: Ledige; SSB: Folk."]
    assert figuredata.notes("", [row(sources=())], {}) == []


@pytest.mark.parametrize("format_", ["typst", "docx"])
def test_other_formats_have_the_figure_alone(tmp_path, format_):
    (tmp_path / "filter.lua").write_text(f"FORMAT = '{format_}'\nreturn dofile('{FILTER}')", encoding="utf-8")
    text = f"Før.\n\n{figuredata.markdown('x', [row(sources=())])}\n\nEtter.\n"
    made = pandoc.run(text, "--from=markdown", "--to=markdown", f"--lua-filter={tmp_path / 'filter.lua'}").decode()
    assert made.split() == ["Før.", "Etter."]


def test_the_text_of_data_is_never_markup():
    text = figuredata.markdown("x", [row(place="a|b *c* [d]{.e} <f> @g"), row()])
    assert r"a&#124;b \*c\* \[d\]\{.e\} \<f\> \@g" in text


@pytest.fixture
def real(monkeypatch):
    project = Path(__file__).parents[2]
    monkeypatch.chdir(project)
    return Numbers(Project(project).data)  # as the edition sees them


def test_derived_values_get_words_from_their_cells(real):
    def cell(place, year):
        return real.data.cell("kommuner", maal="Folketall 1. januar", geografi=place, periode=year)

    old, new = cell("Melhus", "2021"), cell("Melhus", "2023")
    towns = total([cell("Melhus", "2023"), cell("Malvik", "2023")])
    thousands = scaled(new, Fraction(1, 1000), "antall")
    change, growth = new - old, percent_change(old=old, new=new)
    made = figuredata.rows([change, growth, towns, percent_of(new, towns), thousands], real)
    people, both = "Folketall 1. januar", "Melhus og Malvik"
    assert [(one.what, one.place, one.period, one.printed.replace("\u00a0", " ")) for one in made] == [
        (f"{people}, endring", "Melhus", "2021–2023", "391 personer"),
        (f"{people}, endring", "Melhus", "2021–2023", "2,3 %"),
        (people, both, "2023", "32 002 personer"),
        (f"{people}, andel av {both}", "Melhus", "2023", "54,2 %"),
        (people, "Melhus", "2023", "17,3"),
    ]


@pytest.fixture(scope="module")
def pages(published):
    return [lxml_html.parse(file).getroot() for file in (published / "_output").glob("*.html")]


@pytest.mark.parametrize("name", charts.names())
def test_table_and_file_hold_just_what_the_figure_draws(published, pages, real, name):
    drawing = charts.draw(name, real)
    plt.close(drawing.figure)
    lines = read((published / "_output" / "ressurser" / "figurdata" / f"fig-{name}.csv").read_text(encoding="utf-8"))
    assert tuple(lines[0]) == COLUMNS
    assert [line["verdi"] for line in lines] == [exact(quantity.value) for quantity in drawing.quantities]
    for line, quantity in zip(lines, drawing.quantities, strict=True):
        value = Fraction(line["verdi"].replace(",", "."))
        assert abs(value - quantity.value) <= abs(quantity.value) * Fraction(1, 10**13)
        assert line["enhet"] == quantity.unit
        assert line["hva"]
        assert all(real.data.sources[cell.source].title in line["kilde"] for cell in quantity.cells)

    [details] = [found for page in pages for found in page.xpath(f"//details[@data-figur='fig-{name}']")]
    assert details.getprevious().get("id") == f"fig-{name}"
    assert details.find("summary").text.startswith("Tallene bak figur\u00a0")
    printed = [made.printed for made in figuredata.rows(drawing.quantities, real)]
    head = [th.text_content() for th in details.xpath(".//thead//th")]
    place = head.index("Verdi")
    cells = [tr.xpath("./th | ./td")[place].text_content() for tr in details.xpath(".//tbody/tr")]
    plain = [[" ".join(text.split()) for text in texts] for texts in (cells, printed)]
    assert plain[0] == plain[1]
    link, *drawn = details.xpath(".//a[@download]")
    assert [one.get("href") for one in drawn] == [f"ressurser/figurdata/fig-{name}.{kind}" for kind in ("svg", "png")]
    assert (published / "_output" / link.get("href")).is_file()
