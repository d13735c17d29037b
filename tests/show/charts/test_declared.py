"""Figures that a chapter declares: what is drawn and said, and what is refused with its line."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from matplotlib.text import Text

from notat.data import series
from notat.data.quantity import Absent
from notat.data.series import Observation, Shared
from notat.judge.checks import checksums
from notat.judge.checks.figure_words import figure_words
from notat.judge.checks.names import unknown_and_unused_names
from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import authoring, charts, index
from notat.show.charts import Drawing, forms, words
from notat.show.charts.declared import mapped, parameters
from notat.show.charts.declared.drawn import FORMS
from notat.show.charts.style import colours, lay_out, new_figure
from notat.show.charts.words import of_number, over_time
from notat.text.errors import NotatError
from tools.room import without_room

PROJECT = Path(__file__).resolve().parents[3]

ROWS = """\
nord_2015,Elever,Menn,Nord,2015,nivå,100,personer,1,,,ssb,
nord_2022,Elever,Menn,Nord,2022,nivå,120,personer,1,,,ssb,
sor_2015,Elever,Menn,Sør,2015,nivå,90,personer,1,,,ssb,
sor_2022,Elever,Menn,Sør,2022,nivå,80,personer,1,,,ssb,
vest_2015,Elever,Menn,Vest,2015,nivå,60,personer,1,,,ssb,
vest_2022,Elever,Menn,Vest,2022,nivå,60,personer,1,,,ssb,
,Elever,Kvinner,Nord,2022,nivå,180,personer,1,,,ssb,
,Elever,Kvinner,Sør,2022,nivå,20,personer,1,,,ssb,
,Elever,Kvinner,Vest,2022,nivå,40,personer,1,,,ssb,
andel_nord,Andel,,Nord,2022,nivå,12.5,prosent,0.1,,,ssb,
vekst_nord,Vekst,,Nord,2015–2022,endring,20,prosent,1,,,ssb,
"""
HERE = "chapters/arbeid.qmd"
OF_2022 = {"tabell": "arbeid", "maal": "Elever", "gruppe": "Menn", "periode": "2022"}
BOTH = {**OF_2022, "periode": ["2015", "2022"]}


@pytest.fixture
def drawn(note, monkeypatch):
    """`drawn(som=…)`: the figure that the chapter declares with these parameters, each on a line, from line 20 on."""
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)
    monkeypatch.setattr(charts, "_charts", {})
    monkeypatch.setattr(content, "load", lambda package: None)
    monkeypatch.setattr(content, "home", lambda: "Nord")
    text = (note / HERE).read_text(encoding="utf-8")

    def draw(**given):
        given.setdefault("tittel", "Funn.")
        lines = "".join(f"    {key}={value!r},\n" for key, value in given.items())
        cell = f'\n```{{python}}\nfigur(\n    "elever",\n{lines})\n```\n'
        (note / HERE).write_text(f"{text}{cell}", encoding="utf-8")
        return charts.draw("elever", Numbers(Project(note).data))

    yield draw
    plt.close("all")


def line_of(number):
    """The line of the parameter with this number, from one."""
    return 19 + number


# ---- What is drawn


def test_bars_are_sorted_and_the_home_county_is_dark(drawn):
    drawing = drawn(som="søyler", **OF_2022)
    (axes,) = drawing.figure.axes
    assert [bar.get_width() for bar in axes.patches] == [120, 80, 60]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Nord", "Sør", "Vest"]
    dark = [bar.get_facecolor() for bar in axes.patches]
    assert dark[0] != dark[1] == dark[2]
    assert plt.matplotlib.colors.to_hex(dark[0]) == colours()["fjord"].lower()
    assert axes.get_title(loc="left") == "Personer"


def test_the_alternative_text_gives_form_measure_and_every_value(drawn):
    alt = drawn(som="liggende", **OF_2022).alt
    assert alt == (
        "Liggende søylediagram, sortert etter størrelse. Nord er framhevet. "
        "Elever, Menn, 2022, personer: Nord 120, Sør 80 og Vest 60."
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"som": "liggende", **OF_2022}, "Horizontal bar chart, sorted by size."),
        ({"som": "stående", "av": ["nord_2015", "nord_2022"]}, "Column chart."),
        ({"som": "linje", **BOTH}, "Line chart."),
        ({"som": "linje", "felt": "geografi", **BOTH}, "Line charts in 3 panels with the same scale."),
    ],
)
def test_the_form_is_named_in_the_language_of_the_note(drawn, note, given, said):
    book = note / "_quarto.yml"
    book.write_text(book.read_text(encoding="utf-8").replace("lang: nb-NO", "lang: en-GB"), encoding="utf-8")
    assert said in drawn(**given).alt


def test_a_name_is_a_name_in_the_middle_of_the_alternative_text_too(drawn):
    assert ", Nord 1. januar: Nord 120" in drawn(som="liggende", **OF_2022, enhet="Nord 1. januar").alt
    assert ", tallet på elever: Nord 120" in drawn(som="liggende", **OF_2022, enhet="Tallet på elever").alt


def test_the_order_may_be_the_authors(drawn):
    (axes,) = drawn(som="liggende", **OF_2022, geografi=["Vest", "Nord", "Sør"], sortert=False).figure.axes
    assert [bar.get_width() for bar in axes.patches] == [60, 120, 80]


def test_numbers_by_id_have_the_names_that_they_are_given(drawn):
    drawing = drawn(som="liggende", av={"I nord": "nord_2022", "I sør": "sor_2022"})
    assert [tick.get_text() for tick in drawing.figure.axes[0].get_yticklabels()] == ["I nord", "I sør"]
    assert [float(quantity.value) for quantity in drawing.quantities] == [120, 80]


def test_a_few_years_of_one_thing_are_standing_bars(drawn):
    drawing = drawn(som="søyler", av=["nord_2022", "nord_2015"])
    assert [bar.get_height() for bar in drawing.figure.axes[0].patches] == [100, 120]
    assert drawing.alt == ("Stående søylediagram. Elever, Menn, Nord, personer: 100 i 2015 og 120 i 2022.")
    assert "tall mangler" not in [text.get_text() for text in drawing.figure.axes[0].texts]  # they were not asked for


def test_years_that_the_data_have_not_are_missing(drawn):
    where = {key: value for key, value in OF_2022.items() if key != "periode"}
    drawing = drawn(som="stående", **where, geografi="Nord")
    assert drawing.alt.endswith("Årene 2016–2021 mangler.")
    assert "tall mangler" in [text.get_text() for text in drawing.figure.axes[0].texts]


@pytest.mark.parametrize(
    "title",
    [
        '[om lag {Sør}]{av="Nord"}',  # another number than the one that is printed
        '[mer enn {Nord}]{av="Sør"}',
        '[falt]{av="Nord"}',
    ],
)
@pytest.mark.parametrize("periods", [["2015", "2022"], ["2022", "2015"]])
def test_a_false_word_is_refused_whatever_order_the_values_come_in(drawn, refused, title, periods):
    with refused(HERE, 18, "stemmer ikke med tallene"):
        drawn(som="linje", **{**BOTH, "periode": periods}, tittel=f"Elevene: {title}.")


@pytest.mark.parametrize("periods", [["2015", "2022"], ["2022", "2015"]])
def test_the_last_value_is_the_last_in_time(drawn, periods):
    title = '[Økte]{av="Nord"} til {Nord} i {siste periode}, [om lag {Nord: uten enhet}]{av="Nord"}.'
    finding = drawn(som="linje", **{**BOTH, "periode": periods}, tittel=title).finding
    assert finding.replace("\u00a0", " ") == "Økte til 120 i 2022, om lag 120."


def test_the_first_period_is_that_of_all_rows_or_none(drawn, note, refused):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(",Elever,Kvinner,Nord,2018,nivå,150,personer,1,,,ssb,\n")
    given = {"som": "linje", "tabell": "arbeid", "maal": "Elever", "gruppe": ["Menn", "Kvinner"], "geografi": "Nord"}
    title = "{Menn, 2015} menn i {Menn, 2015: periode}, {Kvinner} kvinner i {siste periode}."
    assert drawn(**given, tittel=title).finding.replace("\u00a0", " ") == "100 menn i 2015, 180 kvinner i 2022."
    with refused(HERE, 25, "{første periode} er 2015 for «Menn» og 2018 for «Kvinner»."):
        drawn(**given, tittel="Fra {Menn, 2015} menn i {første periode}.")


def test_a_text_says_when_its_numbers_are_of(drawn):
    title = "Nord fikk flere elever {vekst_nord: periode}, og {Nord: periode} var tallet {Nord}."
    finding = drawn(som="liggende", **OF_2022, tittel=title).finding
    assert finding.replace("\u00a0", " ") == "Nord fikk flere elever fra 2015 til 2022, og 2022 var tallet 120."


def test_a_claim_without_a_name_is_about_the_highlighted_row_and_no_other(drawn, refused):
    assert drawn(som="liggende", **OF_2022, tittel="Nord hadde [flest] elever.").finding == "Nord hadde flest elever."
    with refused(HERE, 26, "sier ikke hvem det gjelder"):
        drawn(som="liggende", **OF_2022, geografi=["Sør", "Vest"], tittel="Vest hadde [flest] elever.")


def test_a_period_beside_the_last_one_stays_and_who_has_none_is_named(drawn, note, refused):
    drawing = drawn(som="linje", **{**BOTH, "periode": ["2015", "siste"]})
    assert len(drawing.quantities) == 6
    table = note / "data/arbeid.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(
        text.replace("vest_2022,Elever,Menn,Vest,2022", "vest_2016,Elever,Menn,Vest,2016"), encoding="utf-8"
    )
    with refused(HERE, 24, "Vest har ingen tall for den perioden"):
        drawn(som="liggende", **{**OF_2022, "periode": "siste"}, geografi=["Nord", "Sør", "Vest"])


def test_a_field_with_two_lines_is_refused(drawn, note, refused):
    rows = "".join(f",Elever,Kvinner,{place},2015,nivå,30,personer,1,,,ssb,\n" for place in ("Nord", "Sør"))
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(rows)
    with refused(HERE, 21, "har flere linjer"):
        drawn(som="linje", felt="geografi", tabell="arbeid", maal="Elever", geografi=["Nord", "Sør"])


@pytest.mark.parametrize(
    "given", [{"framhev": "Nrod"}, {"rader": ["geografi"]}, {"felt": ["geografi"], "som": "linje"}]
)
def test_what_a_parameter_cannot_be_is_said(drawn, given):
    with pytest.raises(NotatError) as caught:
        drawn(**{"som": "liggende", **OF_2022, **given})
    assert caught.value.code == "N0870"


def test_months_are_named_at_their_bars(drawn, series_note):
    where = {"tabell": "serier/ledige", "sted": "50", "gruppe": "", "periode": ["2022-01", "2023-01"]}
    (axes,) = drawn(som="søyler", **where).figure.axes
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["januar\u00a02022", "januar\u00a02023"]


def test_lines_have_one_for_each_place_and_begin_at_zero_when_they_come_near(drawn):
    drawing = drawn(som="linje", **BOTH)
    (axes,) = drawing.figure.axes
    assert sorted(tuple(line.get_ydata()) for line in axes.lines) == [(60, 60), (90, 80), (100, 120)]
    assert axes.get_ylim()[0] == 0 or "Skalaen" in drawing.alt


@pytest.mark.parametrize("form", ["linje", "stigning"])
def test_a_cut_axis_says_so_in_the_picture_and_in_the_alternative_text(drawn, form):
    drawing = drawn(som=form, **BOTH, geografi=["Nord", "Sør"])
    (axes,) = drawing.figure.axes
    assert axes.get_ylim()[0] > 0
    assert axes.get_title(loc="left") == "Personer. Skalaen begynner ikke på null."
    assert drawing.alt.endswith(" Skalaen begynner ikke på null.")
    whole = drawn(som=form, **BOTH, geografi=["Nord", "Sør"], null=True)
    assert whole.figure.axes[0].get_ylim()[0] == 0
    assert "Skalaen" not in whole.alt + whole.figure.axes[0].get_title(loc="left")


def test_a_slope_joins_two_periods(drawn):
    drawing = drawn(som="stigning", **BOTH)
    assert [tick.get_text() for tick in drawing.figure.axes[0].get_xticklabels()] == ["2015", "2022"]
    assert "Nord 100 i 2015 og 120 i 2022; Sør 90 i 2015 og 80 i 2022" in drawing.alt


def test_a_dumbbell_has_two_dots_for_each(drawn):
    drawing = drawn(som="manual", **BOTH)
    dots = [tuple(map(float, line.get_xdata())) for line in drawing.figure.axes[0].lines]
    assert dots == [(100,), (120,), (90,), (80,), (60,), (60,)]
    assert "Nord 100 i 2015 mot 120 i 2022" in drawing.alt


def test_parts_are_shares_of_their_sum(drawn):
    drawing = drawn(som="andeler", tabell="arbeid", maal="Elever", periode="2022", gruppe=["Kvinner", "Menn"])
    widths = [bar.get_width() for bar in drawing.figure.axes[0].patches]
    assert widths == pytest.approx([60, 20, 40, 40, 80, 60])
    assert "Nord: Kvinner 60\u00a0% og Menn 40\u00a0%" in drawing.alt
    assert [quantity.unit for quantity in drawing.quantities] == ["prosent"] * 6


def test_small_multiples_share_their_scale(drawn):
    drawing = drawn(som="linje", felt="geografi", **BOTH)
    shown = [axes for axes in drawing.figure.axes if axes.get_visible()]
    assert [axes.get_title(loc="left") for axes in shown] == ["Nord", "Sør", "Vest"]
    assert len({axes.get_ylim() for axes in shown}) == 1


def test_a_withheld_value_is_a_gap_in_a_line_and_refused_as_a_bar(drawn, series_note, refused):
    where = {"tabell": "serier/ledige", "sted": "50", "gruppe": ""}
    drawing = drawn(som="linje", **where)
    assert not any(isinstance(quantity, Absent) for quantity in drawing.quantities)
    assert len(drawing.quantities) == 3
    with refused(HERE, line_of(2), "oppgir ingen verdi for"):
        drawn(som="liggende", **where)


def test_the_first_and_the_last_period_are_those_that_the_rows_have(drawn):
    drawing = drawn(som="stigning", **{**BOTH, "periode": ["første", "siste"]}, geografi=["Nord", "Sør"])
    assert "Nord 100 i 2015 og 120 i 2022" in drawing.alt
    newest = drawn(som="liggende", **{**OF_2022, "periode": "siste"})
    assert {value.value for value in newest.quantities} == {120, 80, 60}


def test_values_may_be_shares_of_others(drawn):
    drawing = drawn(som="liggende", **OF_2022, andel_av={"gruppe": "Kvinner"})
    assert {quantity.unit for quantity in drawing.quantities} == {"prosent"}
    assert sorted(round(float(quantity.value)) for quantity in drawing.quantities) == [67, 150, 400]


def test_a_map_shades_every_place_and_names_the_ends(drawn, monkeypatch, series_note, refused):
    more = {}
    square = (((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)),)
    monkeypatch.setattr(mapped, "read_shapes", lambda root, table: {"0": (square,), "50": (square,), **more})
    where = {"tabell": "serier/ledige", "gruppe": "", "periode": "2022-01", "kart": "grenser"}
    drawing = drawn(som="kart", **where, grenser=[10_000])
    assert drawing.alt.startswith("Kart over to steder, i to fargetrinn.")
    assert len(drawing.quantities) == 2
    with refused(HERE, line_of(6), "grenser= er [3, 2]"):
        drawn(som="kart", **where, grenser=[3, 2])
    more["5001"] = (square,)
    with refused(HERE, line_of(2), "av stedene på kartet har ingen verdi: 5001"):
        drawn(som="kart", **where, grenser=[10_000])


# ---- What is withheld


@pytest.fixture
def withheld(drawn, series_note):
    """The county's and the country's unemployed in four months, of which the county lacks what is asked for."""

    def write(*county):
        rows = [
            ("50", "2022-01", "4300"),
            ("50", "2022-02", "4200"),
            ("50", "2022-03", "4100"),
            ("50", "2022-04", "4000"),
        ]
        rows += [("0", period, str(10 * int(value))) for _, period, value in rows]
        shared = Shared("ledige", "Helt ledige", "Helt ledige", "nivå", "personer", "1", "ssb")
        gone = [("50", period) for period in county]
        series.write(
            series_note,
            shared,
            [Observation("", p, t, "", ":") if (p, t) in gone else Observation("", p, t, v) for p, t, v in rows],
        )
        checksums.write(series_note)
        return {"som": "linje", "tabell": "serier/ledige", "rader": "geografi", "null": True}

    return write


def runs(drawing):
    """The points of each line, from left to right."""
    lines = [[round(float(x), 2) for x in line.get_xdata()] for line in drawing.figure.axes[0].lines]
    return sorted(line for line in lines if line)


def test_a_line_is_not_drawn_across_what_is_withheld_however_near_the_rest_are(drawn, withheld):
    where = withheld("2022-02")
    assert [len(run) for run in runs(drawn(**where, sted="50"))] == [1, 2]
    assert sorted(len(run) for run in runs(drawn(**where))) == [1, 2, 4]
    listed = {"periode": ["2022-01", "2022-02", "2022-03"]}
    assert sorted(len(run) for run in runs(drawn(**where, **listed))) == [1, 1, 3]


def test_a_line_lacks_what_the_others_have(drawn, note):
    table = note / "data/arbeid.csv"
    rows = "".join(
        f",Elever,Menn,{place},20{year},nivå,70,personer,1,,,ssb,\n"
        for place, year in [("Nord", 16), ("Nord", 17), ("Nord", 18), ("Sør", 16), ("Sør", 18)]
    )
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    where = {key: value for key, value in OF_2022.items() if key != "periode"}
    drawing = drawn(som="linje", **where, geografi=["Nord", "Sør"])
    assert [2015, 2016] in runs(drawing)
    assert [2015, 2016, 2017, 2018] in runs(drawing)


def test_periods_that_are_listed_are_joined_whatever_is_between_them(drawn, note):
    table = note / "data/arbeid.csv"
    table.write_text(
        table.read_text(encoding="utf-8") + ",Elever,Menn,Nord,2023,nivå,70,personer,1,,,ssb,\n", encoding="utf-8"
    )
    where = {**OF_2022, "periode": ["2015", "2022", "2023"]}
    assert runs(drawn(som="linje", **where, geografi="Nord")) == [[2015, 2022, 2023]]


def test_a_line_is_not_drawn_across_a_break_which_is_named(drawn, refused):
    where = {"som": "linje", **BOTH, "geografi": "Nord"}
    assert runs(drawn(**where)) == [[2015, 2022]]
    drawing = drawn(**where, brudd={"2019": "ny telling"})
    assert [2015, 2022] not in runs(drawing)
    (axes,) = drawing.figure.axes
    assert "ny telling" in [text.get_text() for text in axes.texts]
    assert "Brudd i 2019: ny telling." in drawing.alt
    with refused(HERE, line_of(7), "«i fjor», som ikke har noen plass på tidsaksen"):
        drawn(**where, brudd={"i fjor": "ny telling"})


def test_a_remark_at_a_moment_has_the_values_of_the_figure_and_is_tested(drawn, refused):
    where = {"som": "linje", **BOTH}
    drawing = drawn(**where, merk={"2015": "{Nord, 2015} i nord"})
    assert "100 i nord" in [text.get_text() for text in drawing.figure.axes[0].texts]
    with refused(HERE, line_of(6), "merk= har «2020», som ingen av verdiene gjelder"):
        drawn(**where, merk={"2020": "her"})
    with refused(HERE, 18, "stemmer ikke med tallene"):
        drawn(**where, merk={"2022": '[falt]{av="Nord"}'})


def test_all_values_are_printed_with_the_decimals_that_are_asked_for(drawn, note, refused):
    table = note / "data/arbeid.csv"
    rows = ",Frafall,,Nord,2021,andel,12.5,prosent,0.1,,,ssb,\n,Frafall,,Nord,2022,andel,12.25,prosent,0.01,,,ssb,\n"
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    where = {"som": "linje", "tabell": "arbeid", "maal": "Frafall"}
    assert "12,5 % i 2021 og 12,25 % i 2022".replace(" %", "\u00a0%") in drawn(**where).alt
    assert "12,5 % i 2021 og 12,3 % i 2022".replace(" %", "\u00a0%") in drawn(**where, desimaler=1).alt
    with refused(HERE, line_of(4), "desimaler= er 'en'"):
        drawn(**where, desimaler="en")


def test_moments_have_a_tick_where_they_are(drawn, note):
    table = note / "data/arbeid.csv"
    periods = {
        "Skoleår": ["2019–20", "2020–21"],
        "Dager": ["2019-01-01", "2020-01-01"],
        "Kvartal": ["2019K4", "2020K4"],
    }
    rows = "".join(
        f",{what},,Nord,{when},nivå,7,personer,1,,,ssb,\n" for what, both in periods.items() for when in both
    )
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")

    def ticks(what):
        (axes,) = drawn(som="linje", tabell="arbeid", maal=what).figure.axes
        return list(zip((tick.get_text() for tick in axes.get_xticklabels()), axes.get_xticks(), strict=True))

    assert ticks("Skoleår") == [("2019–20", 2019), ("2020–21", 2020)]
    assert ticks("Dager") == [("2019", 2019), ("2020", 2020)]
    assert "7 per 1. januar 2019" in drawn(som="linje", tabell="arbeid", maal="Dager").alt.replace("\u00a0", " ")
    assert [when for _, when in ticks("Kvartal")] == [2019.875, 2020.875]


def test_a_scale_of_few_values_that_does_not_begin_at_zero_has_an_axis_and_no_floor(drawn):
    (axes,) = drawn(som="linje", **BOTH, geografi="Nord").figure.axes
    assert len(axes.get_yticks()) > 1
    assert not axes.spines["bottom"].get_visible()


def test_standing_bars_have_room_where_the_neighbours_of_a_long_value_are_far(drawn, note):
    table = note / "data/arbeid.csv"
    values = {2012: "3000", 2019: "4130", 2020: "5665", 2021: "5400", 2022: "4102"}
    rows = "".join(
        f",Mangel,,Nord,{year},nivå,{value},personer,1,{'om lag' if year == 2012 else ''},,ssb,\n"
        for year, value in values.items()
    )
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    assert "om lag\u00a03\u00a0000 i 2012" in drawn(som="stående", tabell="arbeid", maal="Mangel").alt


def test_a_highlighted_line_is_dark_only_where_it_is_the_place_of_the_note(drawn):
    (axes,) = drawn(som="linje", **BOTH, framhev="Sør").figure.axes
    shades = {line.get_color().lower() for line in axes.lines}
    assert colours()["hav"].lower() in shades
    assert colours()["fjord"].lower() not in shades


def test_values_over_time_may_be_shown_as_changes_since_the_first(drawn, note, refused):
    lines = {**BOTH, "geografi": ["Nord", "Sør"], "endring": "prosent"}
    drawing = drawn(som="linje", **lines, tittel='Nord [økte mer enn]{av="Nord" enn="Sør"} i sør, med {Nord}.')
    assert drawing.finding == "Nord økte mer enn i sør, med 20,0\u00a0%."
    assert [quantity.value for quantity in drawing.quantities] == [0, 20, 0, pytest.approx(-100 / 9)]
    bars = drawn(som="liggende", **{**lines, "endring": "antall"}).alt
    assert "Elever, endring, Menn, 2015–2022, personer: Nord +20 og Sør −10." in bars
    with refused(HERE, line_of(7), "endring= er 'prosenter'"):
        drawn(som="linje", **{**lines, "endring": "prosenter"})
    with refused(HERE, line_of(6), "«Nord» har ikke to tall på en tidsakse"):
        drawn(som="liggende", **OF_2022, endring="prosent")
    table = note / "data/arbeid.csv"
    rows = ",Elever,Menn,Nord,2014,nivå,70,personer,1,,,ssb,\n"
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    where = {key: value for key, value in lines.items() if key != "periode"}
    with refused(HERE, line_of(6), "«Nord» begynner i 2014 og «Sør» i 2015"):
        drawn(som="linje", **where)


def test_each_row_may_be_chosen_by_columns_of_its_own(drawn, refused):
    rows = {"alle i nord": {"geografi": "Nord", "gruppe": "Menn"}, "sør": {"geografi": "Sør", "gruppe": "Menn"}}
    where = {"tabell": "arbeid", "maal": "Elever", "periode": ["2015", "2022"]}
    drawing = drawn(som="linje", **where, rader=rows, tittel="{alle i nord} mot {sør, 2015}.")
    assert drawing.finding == "120 mot 90."
    bars = drawn(
        som="liggende",
        **{**where, "periode": "2022"},
        rader={**rows, "kvinner": {"gruppe": "Kvinner", "geografi": "Nord"}},
    )
    assert "kvinner 180, alle i nord 120 og sør 80" in bars.alt
    with refused(HERE, line_of(5), "«nord» i rader= er flere: Menn, Kvinner"):
        drawn(som="liggende", **{**where, "periode": "2022"}, rader={"nord": {"geografi": "Nord"}, **rows})
    with refused(HERE, line_of(5), "rader= har farge="):
        drawn(som="linje", **where, rader={"nord": {"farge": "Nord"}})


def test_one_line_may_be_seen_among_many(drawn, note, refused):
    table = note / "data/arbeid.csv"
    rows = [
        f",Frafall,,{place},{year},nivå,{70 + n},personer,1,,,ssb,\n"
        for n, place in enumerate(("Nord", *"ABCDEFGH"))
        for year in (2021, 2022)
    ]
    table.write_text(table.read_text(encoding="utf-8") + "".join(rows), encoding="utf-8")
    where = {"som": "linje", "tabell": "arbeid", "maal": "Frafall"}
    with refused(HERE, line_of(2), 'demp="resten"'):
        drawn(**where)
    drawing = drawn(**where, demp="resten", sammenlign="A", tittel='Nord er [under]{av="Nord, alle" enn="A, alle"} A.')
    shades = [line.get_color().lower() for line in drawing.figure.axes[0].lines]
    assert shades.count(colours()["taake"].lower()) == 7
    assert "A 71 i 2021 og 71 i 2022; de andre fra B 72 i 2022 til H 78 i 2022" in drawing.alt
    with refused(HERE, 18, "stemmer ikke med tallene"):
        drawn(**where, demp="resten", tittel='Nord er [over]{av="Nord, alle" enn="A, alle"} A.')


def test_panels_of_bars_have_the_same_names_once_and_each_its_own_unit(drawn, refused):
    felt = {
        "Elever i 2022": {"periode": "2022"},
        "Endring fra 2015, prosent": {"periode": ["2015", "2022"], "endring": "prosent", "desimaler": 0},
    }
    where = {"som": "liggende", "tabell": "arbeid", "maal": "Elever", "gruppe": "Menn"}
    drawing = drawn(**where, felt=felt)
    left, right = drawing.figure.axes
    assert [axes.get_title(loc="left") for axes in (left, right)] == list(felt)
    assert [bar.get_width() for bar in right.patches] == [20, pytest.approx(-100 / 9), 0]  # in the order of the left
    assert "Elever i 2022: Nord 120, Sør 80 og Vest 60. Endring fra 2015, prosent: Nord +20 %" in drawing.alt.replace(
        "\u00a0", " "
    )
    with refused(HERE, line_of(5), "felt= har 'farge' for «b»"):
        drawn(**where, felt={"a": {}, "b": {"farge": "rød"}})
    with refused(HERE, line_of(5), "felt= er 'geografi'"):
        drawn(**where, felt="geografi")


def test_panels_of_bars_with_other_rows_are_below_each_other_on_one_scale(drawn):
    felt = {"Menn 2022": {"gruppe": "Menn"}, "Kvinner 2022": {"gruppe": "Kvinner", "geografi": ["Nord", "Sør"]}}
    drawing = drawn(som="liggende", tabell="arbeid", maal="Elever", periode="2022", felt=felt)
    above, below = drawing.figure.axes
    assert above.get_position().y0 > below.get_position().y1
    assert above.get_xlim() == below.get_xlim()


def test_stacked_bars_are_sums_and_are_spoken_of_as_sums(drawn, refused):
    where = {
        "som": "stablet",
        "tabell": "arbeid",
        "maal": "Elever",
        "periode": "2022",
        "deler": "gruppe",
        "rader": "geografi",
    }
    drawing = drawn(**where, tittel='I nord var det {Nord} elever, [flest]{av="Nord"} av alle, og {Nord, Menn} menn.')
    assert drawing.finding == "I nord var det 300 elever, flest av alle, og 120 menn."
    assert len(drawing.quantities) == 6
    assert "personer: Nord 300, Sør 100 og Vest 100. Nord: Menn 120 og Kvinner 180." in drawing.alt
    with refused(HERE, 18, "stemmer ikke med tallene"):
        drawn(**where, tittel='I sør var det [flest]{av="Sør"}.')


def test_a_tested_place_in_a_rank_is_known_to_the_checks(drawn):
    with words.listening() as said:
        drawn(som="liggende", **OF_2022, tittel='Sør har [tredje flest]{av="Vest"} av {antall}.')
    assert said.ranks == [3]
    assert said.counts == [3]


def test_distances_are_from_the_row_that_the_others_are_compared_with(drawn, refused):
    drawing = drawn(som="avstand", **OF_2022, sammenlign="Sør", demp="Vest")
    (axes,) = drawing.figure.axes
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["Nord", "Vest"]
    assert "Sør 80" in [text.get_text() for text in axes.texts]
    assert drawing.alt.startswith("Punktdiagram med avstanden fra en loddrett linje for Sør.")
    with refused(HERE, line_of(1), "sier ikke hva avstanden er fra"):
        drawn(som="avstand", **OF_2022)


def test_what_the_unit_says_in_full_is_not_said_twice(drawn):
    alt = drawn(som="liggende", **OF_2022, enhet="Elever i videregående 2022, antall").alt
    assert "framhevet. Menn, elever i videregående 2022, antall: Nord" in alt


def test_a_line_without_any_value_is_refused_by_name(drawn, withheld, refused):
    where = withheld("2022-01", "2022-02", "2022-03", "2022-04")
    with refused(HERE, line_of(2), "ingen av verdiene for «Fylket»"):
        drawn(**where)
    with refused(HERE, line_of(2), "ingen av verdiene"):
        drawn(**where, sted="50")


def test_a_superlative_among_what_is_withheld_must_say_so(drawn, withheld, refused):
    where = withheld("2022-02")
    with refused(HERE, line_of(6), "kilden oppgir ingen verdi for 2022-02"):
        drawn(**where, sted="50", tittel='Ledigheten var [lavest]{av="2022-04"} i april.')
    said = drawn(**where, sted="50", tittel='Ledigheten var [lavest]{av="2022-04" uten="2022-02"} i april.')
    assert said.finding == "Ledigheten var lavest i april."


def test_a_number_that_is_withheld_is_not_called_unknown(drawn, withheld, refused):
    where = withheld("2022-02")
    with refused(HERE, line_of(5), "Kilden oppgir ingen verdi for Fylket, 2022-02"):
        drawn(**where, tittel="I februar var det {Fylket, 2022-02}.")


# ---- What would lose its name or its place


def test_bars_of_several_things_are_never_named_by_time_alone(drawn, refused):
    with refused(HERE, line_of(1), "Stående søyler viser én ting over tid, og her er flere: Nord og Sør"):
        drawn(som="stående", av={"Nord": "nord_2015", "Sør": "sor_2022"})
    with refused(HERE, line_of(2), "«Sør» har flere tall, og en søyle viser ett"):
        drawn(som="søyler", av={"Nord": "nord_2022", "Sør": ["sor_2015", "sor_2022"]})


def test_one_named_row_keeps_its_name_in_standing_and_lying_bars(drawn):
    given = {"av": {"I nord": ["nord_2015", "nord_2022"]}}
    standing = drawn(som="søyler", **given, tittel='Tallet [økte]{av="I nord"} til {I nord}.')
    assert standing.finding == "Tallet økte til 120."
    lying = drawn(som="liggende", **given)
    assert [tick.get_text() for tick in lying.figure.axes[0].get_yticklabels()] == ["2015", "2022"]


def test_numbers_of_unlike_measures_are_not_named_by_place_or_group_alone(drawn, note, refused):
    table = note / "data/arbeid.csv"
    rows = (
        "laerere_nord,Lærere,Menn,Nord,2022,nivå,8,personer,1,,,ssb,\n"
        "laerere_k,Lærere,Kvinner,Nord,2022,nivå,9,personer,1,,,ssb,\n"
    )
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    drawing = drawn(som="liggende", av=["nord_2022", "laerere_k"])
    assert [tick.get_text() for tick in drawing.figure.axes[0].get_yticklabels()] == ["Elever: Menn", "Lærere: Kvinner"]
    same = drawn(som="liggende", av=["laerere_nord", "laerere_k"])
    assert [tick.get_text() for tick in same.figure.axes[0].get_yticklabels()] == ["Kvinner", "Menn"]
    with refused(HERE, line_of(2), "både ulike steder og ulike ting"):
        drawn(som="liggende", av=["sor_2022", "laerere_nord"])


def test_two_rows_cannot_get_one_name(drawn, refused):
    with refused(HERE, line_of(6), "navn= gir flere rader navnet «Sør»"):
        drawn(som="liggende", **OF_2022, navn={"Nord": "Sør"})


def test_a_dumbbell_has_its_periods_in_the_order_of_time(drawn, note):
    table = note / "data/arbeid.csv"
    rows = "".join(
        f",Elever,Menn,{place},{term} 2020,nivå,{value},personer,1,,,ssb,\n"
        for place, values in (("Nord", (7, 9)), ("Sør", (3, 4)))
        for term, value in zip(("våren", "høsten"), values, strict=True)
    )
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    drawing = drawn(som="manual", **{**BOTH, "periode": ["våren 2020", "høsten 2020"]})
    assert "Nord 7 i våren 2020 mot 9 i høsten 2020" in drawing.alt


# ---- Parts of a whole


PARTS = {"som": "andeler", "tabell": "arbeid", "maal": "Elever"}


@pytest.mark.parametrize(
    ("given", "rows", "words"),
    [
        ({**PARTS, "gruppe": "Menn", "geografi": ["Nord", "Sør"]}, "", "Tall fra ulik tid er ikke deler"),
        ({"som": "andeler", "av": {"Nord": ["nord_2015", "nord_2022"]}}, "", "Tall fra ulik tid er ikke deler"),
        (
            {"som": "andeler", "av": {"Nord": ["nord_2015", "sor_2022"]}, "deler": ["a", "b"]},
            "",
            "Delene av «Nord» gjelder ulik tid: 2015 og 2022",
        ),
        (
            {**PARTS, "periode": "2022", "geografi": "Nord"},
            ",Elever,Begge kjønn,Nord,2022,nivå,300,personer,1,,,ssb,\n",
            "«Begge kjønn» er summen av de andre",
        ),
        (
            {**PARTS, "periode": "2022", "geografi": "Nord"},
            ",Elever,Sammen,Nord,2022,nivå,300,personer,1,,,ssb,\n",
            "«Sammen» er summen av de andre",
        ),
        (
            {**PARTS, "periode": "2022", "geografi": "Nord"},
            ",Elever,Andre,Nord,2022,nivå,-3,personer,1,,,ssb,\n",
            "Delen «Andre» av søylen er under null",
        ),
    ],
)
def test_what_is_no_whole_is_refused(drawn, note, refused, given, rows, words):
    table = note / "data/arbeid.csv"
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    with refused(HERE, line_of(2), words):
        drawn(**given)


def test_a_whole_of_nothing_is_refused_at_its_line(drawn, note, refused):
    table = note / "data/arbeid.csv"
    rows = "".join(f",Frafall,{group},Nord,2022,nivå,0,personer,1,,,ssb,\n" for group in ("Menn", "Kvinner"))
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    with refused(HERE, line_of(2), "deler på null"):
        drawn(som="andeler", tabell="arbeid", maal="Frafall")


def test_shares_of_years_stand_in_the_order_of_time(drawn, note):
    table = note / "data/arbeid.csv"
    rows = ",Elever,Kvinner,Nord,2015,nivå,100,personer,1,,,ssb,\n"
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    drawing = drawn(**PARTS, geografi="Nord", periode=["2022", "2015"])
    assert [tick.get_text() for tick in drawing.figure.axes[0].get_yticklabels()] == ["2015", "2022"]


def test_the_name_of_the_last_part_ends_with_the_bar_and_the_bars_keep_their_length(drawn, note):
    table = note / "data/arbeid.csv"
    rows = ",Elever,En gruppe med et langt navn,Nord,2022,nivå,2,personer,1,,,ssb,\n"
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    (axes,) = drawn(**PARTS, geografi="Nord", periode="2022").figure.axes
    axes.figure.draw_without_rendering()
    names = {text.get_text(): text.get_window_extent() for text in axes.texts}
    assert names["En gruppe med et langt navn"].x1 <= axes.get_window_extent().x1
    above = sorted((box for name, box in names.items() if "%" not in name), key=lambda box: box.x0)
    assert not any(one.overlaps(other) for one, other in pairwise(above))


# ---- What there is no room for

LONG = "Elever med et navn på feltet som er mye lengre enn det er plass til over figuren"


@pytest.mark.parametrize(
    "given",
    [
        {"som": "linje", "felt": "geografi", "navn": {"Nord": LONG, "Sør": LONG[::-1]}, "periode": ["2015", "2022"]},
        {"som": "linje", "felt": "geografi", "enhet": f"{LONG} {LONG}", "periode": ["2015", "2022"]},
        {"som": "søyler", "enhet": f"{LONG} {LONG}", "periode": "2022"},
        {"som": "linje", "rader": "geografi", "enhet": f"{LONG} {LONG}", "periode": ["2015", "2022"]},
    ],
    ids=["panels", "above panels", "bars", "lines"],
)
def test_a_long_heading_is_folded_where_it_has_no_room(drawn, given):
    figure = drawn(tabell="arbeid", maal="Elever", gruppe="Menn", **given).figure
    lay_out(figure, as_svg=True)
    assert without_room(figure) == []
    heads = [text for text in figure.findobj(Text) if text.get_text().count("\n")]
    assert heads


def many_years(note, value):
    table = note / "data/arbeid.csv"
    rows = "".join(f",Innbyggere,,Nord,{year},nivå,{value},personer,1,,,ssb,\n" for year in range(2001, 2016))
    table.write_text(table.read_text(encoding="utf-8") + rows, encoding="utf-8")
    return {"tabell": "arbeid", "maal": "Innbyggere"}


def test_bars_lie_down_when_their_values_have_no_room_beside_each_other(drawn, note, refused):
    where = many_years(note, 123456)
    assert drawn(som="søyler", **where).alt.startswith("Liggende søylediagram")
    with refused(HERE, line_of(1), "Tallene over 15 stående søyler har ikke plass"):
        drawn(som="stående", **where)


def test_values_of_standing_bars_that_have_no_room_on_a_phone_are_left_to_the_table(drawn, note):
    where = many_years(note, 123)
    drawn(som="stående", **where)
    narrow = charts.draw_narrow("elever", Numbers(Project(note).data))
    narrow.figure.draw_without_rendering()
    boxes = sorted(
        (text.get_window_extent() for text in narrow.figure.axes[0].texts if text.get_visible()), key=lambda box: box.x0
    )
    assert boxes
    assert all(first.x1 <= second.x0 for first, second in pairwise(boxes))


def test_the_words_above_small_multiples_fit_a_phone(drawn, note):
    drawn(som="linje", felt="geografi", **BOTH, enhet="Elever i videregående skole, etter fylke, personer")
    narrow = charts.draw_narrow("elever", Numbers(Project(note).data))
    narrow.figure.draw_without_rendering()
    (above,) = [text for text in narrow.figure.texts if "skala" in text.get_text().replace("\n", " ")]
    assert above.get_window_extent().x1 <= narrow.figure.bbox.x1


def test_small_multiples_may_have_other_names(drawn):
    drawing = drawn(som="linje", felt="geografi", **BOTH, navn={"Nord": "Helt nord"}, framhev="Helt nord")
    assert [axes.get_title(loc="left") for axes in drawing.figure.axes if axes.get_visible()] == [
        "Helt nord",
        "Sør",
        "Vest",
    ]
    assert "Helt nord er framhevet" in drawing.alt


@pytest.mark.parametrize(
    ("limits", "values", "words"),
    [
        ([10_000], ("4300", "73000"), "under 10\u00a0000:"),
        ([4300.5, 5000], ("4300", "73000"), "fra 4\u00a0300,5 til 5\u00a0000,0:"),
        (None, ("2.1", "3.2"), "fra 2,5 til 3,0:"),
    ],
)
def test_limits_of_a_map_are_written_as_numbers_are(drawn, monkeypatch, series_note, limits, values, words):
    square = (((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)),)
    monkeypatch.setattr(mapped, "read_shapes", lambda root, table: {"0": (square,), "50": (square,)})
    step = "0.1" if "." in values[0] else "1"
    shared = Shared("ledige", "Helt ledige", "Helt ledige", "nivå", "personer", step, "ssb")
    series.write(
        series_note, shared, [Observation("", p, "2022-01", v) for p, v in zip(("50", "0"), values, strict=True)]
    )
    checksums.write(series_note)
    given = {"tabell": "serier/ledige", "kart": "grenser", **({"grenser": limits} if limits else {})}
    drawing = drawn(som="kart", **given)
    said = [text.get_text() for text in drawing.figure.legends[0].get_texts()]
    assert any(one.startswith(words) for one in said), said


# ---- What is said


def test_numbers_and_claims_stand_in_the_title(drawn):
    title = '[Flest]{av="Nord"} elever er i Nord ({Nord}), [flere enn]{enn="Sør"} i Sør ({sor_2022}).'
    drawing = drawn(som="liggende", **OF_2022, tittel=title, merknad="Tallet {vekst_nord: med fortegn} er for menn.")
    assert drawing.finding == "Flest elever er i Nord (120), flere enn i Sør (80)."
    assert drawing.note == "Tallet +20\u00a0% er for menn."


def test_what_is_shown_is_counted_without_what_it_is_compared_with(drawn):
    given = {**OF_2022, "tittel": "Av {antall} steder.", "merknad": "{antall: stor} steder i {siste periode}."}
    drawing = drawn(som="liggende", **given, sammenlign="Vest")
    assert (drawing.finding, drawing.note) == ("Av to steder.", "To steder i 2022.")


def test_a_false_claim_is_refused_with_words_that_are_true(drawn, refused):
    with refused(HERE, 18, "Figuren «elever»: «flest» stemmer ikke med tallene"):
        drawn(som="liggende", **OF_2022, tittel='[Flest]{av="Sør"} er i Sør.'.replace("Flest", "flest"))


def test_a_change_begins_at_the_first_value_of_the_line(drawn, refused):
    assert drawn(som="linje", **BOTH, tittel="Tallet [økte] i Nord.").finding == "Tallet økte i Nord."
    with refused(HERE, 18, "«økte» stemmer ikke"):
        drawn(som="linje", **BOTH, tittel='Tallet [økte]{av="Sør"} i Sør.')


def test_the_same_claim_of_other_numbers_is_tested_anew(drawn, note, refused):
    title = '[flere]{av="Nord" enn="Sør"} i Nord'
    drawn(som="liggende", **OF_2022, tittel=title)
    data = note / "data/arbeid.csv"
    data.write_text(data.read_text(encoding="utf-8").replace(",120,", ",12,"), encoding="utf-8")
    checksums.write(note)
    with refused(HERE, 18, "«flere» stemmer ikke"):
        drawn(som="liggende", **OF_2022, tittel=title)


def test_the_alternative_text_may_be_the_authors_and_is_tested_too(drawn, refused):
    assert drawn(som="liggende", **OF_2022, alt="Søyler: Nord {Nord}.").alt == "Søyler: Nord 120."
    with refused(HERE, 18, "stemmer ikke"):
        drawn(som="liggende", **OF_2022, alt='Det er [færre]{av="Nord" enn="Sør"} i Nord.')


def test_words_that_nothing_tests_are_found_by_the_check(drawn, note):
    drawn(som="liggende", tittel="Det er flest i Nord.", **OF_2022, merknad='Det er [flest]{av="Nord"} her.')
    project = Project(note)
    found = [one for one in figure_words(project, Numbers(project.data)) if one.file == HERE]
    assert [(one.code, one.line) for one in found] == [("N1052", line_of(2))]
    assert "«flest»" in found[0].problem
    assert "[ordene]{av=" in found[0].remedy


# ---- What is refused


@pytest.mark.parametrize(
    ("given", "line", "words", "code"),
    [
        ({"som": "søyle", **OF_2022}, 1, "Ukjent form «søyle». Mente du søyler?", "N0870"),
        ({"tabell": "arbeid"}, 0, "hvilken form", "N0870"),
        ({"som": "søyler", "av": ["nord_2022"], "tabel": "x"}, 3, "Ukjent valg «tabel». Mente du tabell?", "N0870"),
        ({"som": "søyler", "tittel": "", **OF_2022}, 2, "ingen tittel", "N0872"),
        ({"som": "søyler"}, 0, "hvilke tall", "N0870"),
        ({"som": "søyler", "av": ["nord_2023", "sor_2022"]}, 2, "Ukjent tall «nord_2023». Mente du nord_2022", "N0315"),
        ({"som": "søyler", "av": ["nord_2022", "andel_nord"]}, 2, "ulike enheter: personer og prosent", "N0871"),
        ({"som": "søyler", "av": ["nord_2022"]}, 2, "bare ett tall", "N0871"),
        ({"som": "liggende", "av": {"A": "nord_2022", "B": "sor_2015"}}, 2, "ulik tid: 2022 og 2015", "N0871"),
        ({"som": "søyler", **OF_2022, "tabell": "arbeit"}, 2, "Ukjent tabell «arbeit». Mente du arbeid?", "N0870"),
        ({"som": "søyler", **OF_2022, "gruppe": "Men"}, 4, "gruppe=«Men». Mente du Menn?", "N0318"),
        ({"som": "søyler", **BOTH}, 2, "Radene skiller seg i geografi og periode", "N0871"),
        ({"som": "stående", **OF_2022}, 1, "plass på en tidsakse", "N0871"),
        ({"som": "linje", **OF_2022}, 2, "minst to tall", "N0871"),
        ({"som": "stigning", "av": {"A": ["nord_2015", "nord_2022"], "B": ["sor_2022"]}}, 2, "«B» har 1", "N0871"),
        ({"som": "søyler", **OF_2022, "framhev": 3}, 6, "framhev= er 3", "N0870"),
        ({"som": "søyler", **OF_2022, "sammenlign": "Øst"}, 6, "«Øst», som ikke er med", "N0870"),
        ({"som": "søyler", **OF_2022, "tittel": "Det er {Norr} her."}, 6, "«Norr», som verken er", "N0873"),
        ({"som": "søyler", **OF_2022, "tittel": "[flest]{for='x'}", "hoyde": 40}, 7, "hoyde= er 40", "N0870"),
        ({"som": "søyler", **OF_2022, "navn": {"Øst": "Aust"}}, 6, "«Øst», som ingen rad heter", "N0870"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_remedy(drawn, refused, given, line, words, code):
    with refused(HERE, line_of(line) if line else 18, words):
        drawn(**given)
    with pytest.raises(NotatError) as caught:
        drawn(**given)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("given", "line", "words"),
    [
        ({"som": "linje", **BOTH, "sortert": True}, 6, "sortert= betyr ingenting for et linjediagram. Fjern sortert="),
        ({"som": "liggende", **OF_2022, "null": True}, 6, "null= betyr ingenting for liggende søyler"),
        ({"som": "søyler", "av": ["nord_2015", "nord_2022"], "sammenlign": "2015"}, 3, "for stående søyler"),
        ({"som": "søyler", **OF_2022, "felt": "geografi"}, 6, "felt= betyr ingenting for søyler"),
        ({"som": "andeler", **OF_2022, "enhet": "Elever"}, 6, "enhet= betyr ingenting for andeler"),
        ({"som": "kart", **OF_2022, "framhev": "Nord"}, 6, "framhev= betyr ingenting for et kart"),
        ({"som": "kart", "av": ["nord_2022", "sor_2022"], "kart": "k"}, 2, "av= betyr ingenting for et kart"),
        ({"som": "linje", "felt": "geografi", **BOTH, "demp": "Sør"}, 7, "demp= betyr ingenting for små felter"),
        ({"som": "søyler", "av": ["nord_2022", "sor_2022"], "periode": "2022"}, 3, "periode= velger rader i en tabell"),
        ({"som": "manual", "av": ["nord_2015", "nord_2022"], "deler": ["a", "b"]}, 3, "deler= gir navn til flere tall"),
        ({"som": "søyler", **OF_2022, "andel_av": {"grupe": "Kvinner"}}, 6, "andel_av= har «grupe». Mente du gruppe?"),
        ({"som": "søyler", **OF_2022, "enhet": ["a", "b"]}, 6, "Skriv én tekst: enhet="),
        ({"som": "søyler", **OF_2022, "geografi": ["Nord", "Nord"]}, 6, "geografi= har «Nord» to ganger"),
    ],
)
def test_what_means_nothing_is_refused_and_never_ignored(drawn, refused, given, line, words):
    with refused(HERE, line_of(line), words):
        drawn(**given)


def test_every_form_takes_what_the_guide_says_and_no_more(drawn):
    assert set(parameters.FIGURES) == set(FORMS)
    assert parameters.guide() in (PROJECT / "docs/figurer.md").read_text(encoding="utf-8"), "run make feil"


def test_two_bars_of_one_name_are_refused_where_the_figure_is_made(drawn, note, monkeypatch):
    def twice(numbers):
        figure, [axes] = new_figure(2.0)
        forms.bars(axes, [of_number(numbers["nord_2022"]), of_number(numbers["nord_2015"])])
        return Drawing(figure, "Funn.", "Søyler.", ())

    monkeypatch.setattr(charts, "_charts", {"to": twice})
    with pytest.raises(NotatError) as caught:
        charts.draw("to", Numbers(Project(note).data))
    assert (caught.value.code, caught.value.line) == ("N0806", twice.__code__.co_firstlineno)


# ---- Where it is known


def test_a_declared_figure_is_known_by_its_name_and_place(drawn, note):
    drawn(som="søyler", **OF_2022)
    assert charts.names() == ["elever"]
    assert charts.place("elever") == (HERE, 18)
    project = Project(note)
    assert index.makers(project, "figur") == {"elever": (HERE, 18)}
    assert not [one for one in unknown_and_unused_names(project, Numbers(project.data)) if "elever" in one.problem]


def test_a_function_of_the_same_name_is_refused(drawn, monkeypatch, refused):
    monkeypatch.setattr(charts, "_charts", {"elever": over_time})
    with refused(HERE, 18, "tegnes også av"):
        drawn(som="søyler", **OF_2022)


def test_the_chapter_shows_the_figure_with_caption_source_and_data(drawn, note):
    given = {"som": "søyler", **OF_2022, "tittel": "Funnet er {Nord}."}
    drawn(**given)
    markdown = authoring.figur("elever", **given).markdown
    assert "::: {#fig-elever}" in markdown
    assert "**Funnet er 120.** Kilde: @ssb." in markdown
    assert 'fig-alt="Liggende søylediagram,' in markdown
    assert (note / "_figurer/fig-elever.csv").read_text(encoding="utf-8-sig").count("\n") == 4


def test_a_call_that_is_not_as_it_is_written_is_refused(drawn, refused):
    drawn(som="søyler", **OF_2022)
    with refused(None, None, "kan ikke leses uten å kjøre koden"):
        authoring.figur("elever", som="linje")


def test_a_changed_declaration_is_drawn_anew(drawn, note):
    first = {"som": "søyler", **OF_2022, "tittel": "Det første."}
    drawn(**first)
    assert "Det første." in authoring.figur("elever", **first).markdown
    second = {**first, "tittel": "Det andre."}
    drawn(**second)
    authoring._results.cache_clear()
    assert "Det andre." in authoring.figur("elever", **second).markdown


# ---- What breaks a choice is said with its line, and what is drawn is described


_ROW = {"gruppe": "Menn", "geografi": "Nord", "periode": "2022"}
_PANELS = {"Menn": {"gruppe": "Menn"}, "Kvinner": {"gruppe": "Kvinner"}}
_OF_BOTH = {"som": "liggende", "tabell": "arbeid", "maal": "Elever", "periode": "2022"}
_COURSE = {"som": "linje", **BOTH}


@pytest.mark.parametrize(
    ("given", "key", "message"),
    [
        ({"som": "liggende", "tabell": "arbeid", "rader": {}}, "rader", "rader= er {}"),
        (
            {"som": "liggende", "tabell": "arbeid", "maal": "Elever", "rader": {1: _ROW, 2: _ROW}},
            "rader",
            "rader= er {1",
        ),
        ({"som": "liggende", "tabell": "arbeid", "maal": "Elever", "rader": {"": _ROW}}, "rader", "rader= er {''"),
        ({**_OF_BOTH, "rader": {"A": {"gruppe": "Mennn"}, "B": _ROW}}, "rader", "gruppe=«Mennn»"),
        ({**_OF_BOTH, "rader": {"A": {"tabell": "arbeidd"}, "B": _ROW}}, "rader", "Ukjent tabell «arbeidd»"),
        ({**_OF_BOTH, "felt": {1: {"gruppe": "Menn"}, 2: {"gruppe": "Kvinner"}}}, "felt", "overskriften 1"),
        ({**_OF_BOTH, "felt": {" ": {"gruppe": "Menn"}, "B": {"gruppe": "Kvinner"}}}, "felt", "overskriften ' '"),
        ({**_OF_BOTH, "felt": {"A": {"periode": "2021"}, "B": {}}}, "felt", "periode=«2021»"),
        (
            {**_OF_BOTH, "felt": {"A": {"gruppe": "Menn", "framhev": "Tull"}, "B": {"gruppe": "Kvinner"}}},
            "felt",
            "«Tull»",
        ),
        ({**_OF_BOTH, "felt": _PANELS, "enhet": "Personer"}, "enhet", "enhet= betyr ingenting"),
        ({**_COURSE, "brudd": {"1990": "ny telling"}}, "brudd", "ingen linje å bryte"),
        ({**_COURSE, "brudd": {"2015": "ny telling"}}, "brudd", "ingen linje å bryte"),
        ({**_COURSE, "brudd": {"2030": "ny telling"}}, "brudd", "ingen linje å bryte"),
        ({**_COURSE, "brudd": {"2022": " "}}, "brudd", "sier ikke noe om «2022»"),
        ({**_COURSE, "merk": {"2022": ""}}, "merk", "sier ikke noe om «2022»"),
        ({"som": "liggende", **OF_2022, "desimaler": 1}, "desimaler", "desimaler=1 er flere enn tallene har"),
        ({**_COURSE, "endring": "prosent", "desimaler": 3}, "desimaler", "høyst 1"),
        ({"som": "linje", **BOTH, "framhev": [], "demp": "resten"}, "demp", "ingen av radene er framhevet"),
        ({"som": "avstand", **OF_2022, "sammenlign": "Nord", "demp": "resten"}, "demp", "alene, og for linjer"),
        ({"som": "liggende", **OF_2022, "hoyde": True}, "hoyde", "hoyde= er True"),
    ],
)
def test_a_choice_that_is_none_is_refused_where_it_stands(drawn, refused, given, key, message):
    with refused(HERE, line_of(list(given).index(key) + 1), message):
        drawn(**given)


def add_rows(note, rows):
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f",{row},1,,,ssb,\n" for row in rows)


def test_too_many_rows_for_a_page_are_said_to_be_that(drawn, note, refused):
    given = {"som": "avstand", "tabell": "arbeid", "maal": "Mange", "sammenlign": "Sted 1"}
    add_rows(note, (f"Mange,,Sted {place},2022,nivå,{place},personer" for place in range(40)))
    with refused(HERE, line_of(2), "Den blir høyere enn en side"):
        drawn(**given)


def test_a_change_of_percent_in_percent_is_advised_to_be_in_points(drawn, note, refused):
    add_rows(note, (f"Del,,{place},{year},andel,{year - 2000},prosent" for place in "AB" for year in (2015, 2022)))
    with refused(HERE, line_of(4), "Skriv endring='antall'"):
        drawn(som="linje", tabell="arbeid", maal="Del", endring="prosent")


def test_a_break_at_a_value_is_before_it_and_says_its_numbers(drawn, note):
    add_rows(note, (f"Elever,Menn,Nord,{year},nivå,110,personer" for year in (2016, 2017, 2018)))
    where = {"som": "linje", **BOTH, "periode": ["2015", "2016", "2017", "2018"], "geografi": "Nord"}
    drawing = drawn(**where, brudd={"2017": "ny telling, {2017} da"})
    assert [run for run in runs(drawing) if run[0] != run[-1]] == [[2015, 2016], [2017, 2018]]  # but the break itself
    assert "Brudd i 2017: ny telling, 110 da." in drawing.alt


def test_what_is_written_at_a_moment_is_read_out(drawn):
    assert "Merket ved 2015: 100 i nord." in drawn(**_COURSE, merk={"2015": "{Nord, 2015} i nord"}).alt


def test_a_figure_with_a_single_row_is_drawn(drawn):
    given = {"tabell": "arbeid", "maal": "Elever", "periode": "2022"}
    stacked = drawn(som="stablet", **given, gruppe=["Menn", "Kvinner"], geografi="Nord", deler="gruppe")
    assert stacked.alt.endswith("personer: 300: Menn 120 og Kvinner 180.")
    distance = drawn(som="avstand", **given, gruppe="Menn", geografi=["Nord", "Sør"], sammenlign="Nord")
    assert distance.alt.endswith(": Nord 120 og Sør 80.")
    assert "framhevet" not in distance.alt  # nothing is


def test_the_sums_of_stacked_bars_have_the_decimals_of_their_parts(drawn, note):
    rows = (f",Kroner,{part},{place},2022,nivå,1.4,mill. kr,0.1,,,ssb,\n" for part in "AB" for place in "CD")
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(rows)
    assert "C 2,8 og D 2,8." in drawn(som="stablet", tabell="arbeid", maal="Kroner", deler="gruppe").alt


def test_the_rest_of_lying_bars_may_be_light(drawn):
    bars = drawn(som="liggende", **OF_2022, demp="resten").figure.axes[0].patches
    assert [plt.matplotlib.colors.to_hex(bar.get_facecolor()) for bar in bars[1:]] == [colours()["taake"].lower()] * 2


def test_values_below_zero_have_room_beside_the_names(drawn, note):
    add_rows(note, (f"Vekst,,{place},2022,endring,{value},prosent" for place, value in (("A", 0), ("B", 9), ("C", -9))))
    (axes,) = drawn(som="avstand", tabell="arbeid", maal="Vekst", geografi=["A", "B", "C"], sammenlign="A").figure.axes
    assert axes.get_xlim()[0] < -9 - 0.1 * 18
