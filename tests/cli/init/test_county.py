"""`notat init --fylke`: a note about a county whose words are true of its figures, and its municipal series."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from notat.cli import init
from notat.cli.init import county, cut
from notat.cli.main import cli
from notat.data.places import read_list
from notat.text import paths, profiles

PROJECT = Path(__file__).parents[3]
NOTAT = "from notat.cli.main import main; main()"
SERIES = county.SERIES
# A process for each county, for one knows the modules of one note. They are forked when all is imported, and figures
# are not drawn: their titles are what is tested.
_CHECK = """
import json, os, sys
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process with threads must not fork
from pathlib import Path
import seaborn
from notat.data import dataset
from notat.norsk import lexicon
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import charts, claims, tables
from notat.show.charts import forms, maps, marks
import notat.show.charts.declared.drawn
from notat.show.charts.style import new_figure, pyplot
from notat.text import codebase

pyplot()
lexicon.read("mer enn to", sys.argv[2])  # what it builds on first use is built once
forms.lines = forms.value_axis = marks.unit_note = lambda *_, **__: None
maps.shaded_areas = lambda *_, **__: new_figure(1.0)[0]
for root in sorted(Path(sys.argv[1]).iterdir()):
    if not os.fork():
        os.chdir(root)
        codebase.adopt()
        project, numbers = Project(root), Numbers(dataset.load(root))
        wrong = [str(problem) for problem in claims.problems(project, numbers)]
        for name, make in [*((n, charts.draw) for n in charts.names()), *((n, tables.build) for n in tables.names())]:
            try:
                make(name, numbers)
            except Exception as error:
                wrong.append(f"{name}: {error}")
        print(json.dumps({root.name: [len(claims.marked(project)), charts.names(), wrong]}), flush=True)
        os._exit(0)
    os.wait()
"""


def counties():
    root = county.source()
    return [place for _, place in read_list(root / "data/steder.csv", root) if place.kind == "fylke" and not place.last]


def run(code, *arguments, cwd=None):
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", timeout=600, check=False)


def rows(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def written(write_counties):
    """The notes of all counties by code, in bokmål, without the package and not accepted."""
    return write_counties("nb")


@pytest.fixture(scope="module")
def write_counties(tmp_path_factory, share_fonts):
    """`write_counties(code)`: the notes of all counties in a language, each written once."""

    @cache
    def write(code):
        folder = tmp_path_factory.mktemp(f"fylkene-{code}")
        for place in counties():
            init.write(folder / place.code, place, code)
            share_fonts(folder / place.code)
        return folder

    return write


# ---- which county


@pytest.mark.parametrize("name", ["Vestland", "46", " vestland "])
def test_a_county_is_known_by_its_name_and_its_number(name):
    assert county.find(name).name == "Vestland"


def test_there_are_fifteen_counties_and_the_old_ones_are_not_among_them(refused):
    assert len(counties()) == 15
    with refused(None, None, "Ukjent fylke «16»"):
        county.find("16")


def test_an_unknown_county_names_the_near_ones_and_leaves_nothing(tmp_path):
    done = CliRunner().invoke(cli, ["init", str(tmp_path / "nytt"), "--fylke", "vestlannd"])
    assert done.exit_code != 0
    assert "Ukjent fylke «vestlannd»." in str(done.exception)
    assert "Mente du Vestland" in str(done.exception)
    assert "Agder, Akershus" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


# ---- what it says


def test_a_word_is_chosen_by_what_the_reader_sees():
    choices = "mer|om lag|mindre"
    said = [cut.words(Fraction(new), Fraction("5.1"), choices) for new in ("5.14", "5.06", "5.16", "5.04")]
    assert said == ["om lag", "om lag", "mer", "mindre"]


CHOSEN = {
    "nb": ("[vokste]", "[falt]", "[høyere enn]", "[lavere enn]", "[om lag som]"),
    "nn": ("[vaks]", "[minka]", "[høgare enn]", "[lågare enn]", "[om lag som]"),
}


@pytest.mark.process
@pytest.mark.parametrize("code", county.LANGUAGES)
def test_the_words_are_true_of_every_county(code, write_counties):
    """Growth and fall, above the country, below it, and as in it."""
    written = write_counties(code)
    done = run(_CHECK, str(written), code)
    found = {code: said for line in done.stdout.splitlines() for code, said in json.loads(line).items()}
    assert {code: wrong for code, (*_, wrong) in found.items() if wrong} == {}, done.stderr
    assert found.keys() == {place.code for place in counties()}, done.stderr
    assert min(many for many, *_ in found.values()) > 10
    assert [code for code, (_, figures, _) in found.items() if "kommunekart" not in figures] == ["03"]
    chapters = {code: (written / code / "chapters/fylket.qmd").read_text(encoding="utf-8") for code in found}
    for words in CHOSEN[code]:
        assert any(words in text for text in chapters.values()), words


@pytest.mark.parametrize("code", county.LANGUAGES)
def test_no_text_is_about_another_county(code, write_counties):
    written = write_counties(code)
    names = {place.name for place in counties()} | {"trønder"}
    for place in counties():
        root = written / place.code
        files = [file for file in root.rglob("*") if file.suffix in {".qmd", ".py", ".yml", ".md", ".bib", ".json"}]
        others = re.compile(rf"\b(?:{'|'.join(names - {place.name})})")
        own = [file for file in files if not {"docs", ".vscode", "_extensions"} & {*file.relative_to(root).parts}]
        found = {file.relative_to(root).as_posix(): others.findall(file.read_text(encoding="utf-8")) for file in own}
        assert {name: said for name, said in found.items() if said and ".godtatt" not in name} == {}, place


# ---- its data and its series


def test_the_values_are_those_of_the_series_and_of_the_county_alone(written):
    source = county.source() / "data/serier"
    for place in (one for one in counties() if one.code in {"46", "56", "03"}):
        for name, own in {"folketall": "folketall", "ledige_fylker_pst": "ledige_pst"}.items():
            wanted = [
                row
                for row in rows(source / f"{name}.csv")
                if row["sted"] in {"0", place.code} or row["sted"][:2] == place.code
            ]
            assert rows(written / place.code / f"data/serier/{own}.csv") == wanted
            assert rows(written / place.code / SERIES / f"data/serier/{name}.csv") == wanted
        borders = [file.name for file in (written / place.code / SERIES / "data").glob("kommunegrenser_*.csv")]
        assert borders == ([] if place.code == "03" else [f"kommunegrenser_{place.code}.csv"])


def test_the_series_has_the_style_of_the_note_and_begins_with_a_municipality_of_the_county(written):
    root = written / "46"
    for name in ("_extensions", "_brand.yml"):
        assert (root / SERIES / name).is_symlink()
        assert (root / SERIES / name).resolve() == root / name
    chapters = [file.read_text(encoding="utf-8") for file in (root / SERIES).glob("*/*.qmd")]
    assert {code for text in chapters for code in re.findall(r'^kommune = "(\d+)"$', text, re.MULTILINE)} == {"4601"}
    config = (root / SERIES / "_quarto.yml").read_text(encoding="utf-8")
    assert 'author: "Vestland fylkeskommune"' in config


# Words of bokmål that the texts of a note in nynorsk would have if one were left.
_BOKMAL = re.compile(
    r"\b(?:ikke|fra|hver|hvert|noen|bare|eller en|et|hvor|hva|sted|navn|lages|tallet|tallene|Tallene|andelen?|"
    r"[Ff]olketallet|innbyggere|kommunene|høyere|lavere|flere|økte|falt|samme|Norge|Hovedfunn|Helt)\b"
)


def test_the_text_of_a_county_in_nynorsk_has_no_word_of_bokmal(write_counties):
    root = write_counties("nn") / "46"
    own = [root / "index.qmd", root / "README.md", *root.glob("chapters/*.qmd")]
    code = re.compile(r"`\{python\}[^`]*`|\{[^{}]*\}|#[\w-]+|@[\w-]+")
    found = {file.name: _BOKMAL.findall(code.sub("", file.read_text(encoding="utf-8"))) for file in own}
    assert {name: words for name, words in found.items() if words} == {}
    described = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    resources = {one["name"]: one for one in described["resources"]}
    assert described["title"] == "Folk og arbeid i Vestland – talgrunnlag"
    assert resources["kommunegrenser"]["description"].startswith("Grensene til kommunane i Vestland slik dei var")
    assert resources["serie-folketall"]["notat"]["maal"] == "Folketal 1. januar"
    assert rows(root / "data/steder.csv")[0]["navn"] == "Noreg"
    works = (root / "references.bib").read_text(encoding="utf-8")
    assert "note       = {Tal for 2005--2026}" in works


def test_every_text_of_the_data_that_is_said_in_nynorsk_is_one_that_the_series_has(write_counties):
    """One that has changed there would silently stay in bokmål."""
    root, place = county.source(), county.find("Vestland")
    said = county.said_of(place, "nn").texts["data"]
    known = (root / "data/datapackage.json").read_text(encoding="utf-8")
    assert [text for text in said if text not in known] == []
    assert rows(write_counties("nn") / "46/data/serier/folketall.csv") == rows(
        write_counties("nb") / "46/data/serier/folketall.csv"
    )


def test_the_municipal_series_of_a_county_in_nynorsk_is_in_nynorsk_where_nothing_else_is_asked(write_counties):
    for code, tag in {"nb": "nb-NO", "nn": "nn-NO"}.items():
        series = write_counties(code) / "46" / SERIES
        assert profiles.read(series, "").keys["lang"] == tag
        assert profiles.read(series, "bokmaal").keys["lang"] == "nb-NO"
        assert profiles.read(series, "nynorsk").keys["lang"] == "nn-NO"


def test_a_county_in_english_is_refused_and_leaves_nothing(tmp_path, refused):
    with refused(None, None, "på bokmål og nynorsk. Skriv --sprak nb eller --sprak nn"):
        init.begin(tmp_path / "nytt", lambda _: None, "Vestland", "en")
    assert list(tmp_path.iterdir()) == []


def test_without_a_county_there_is_no_series(tmp_path):
    init.write(tmp_path / "nytt")
    assert not (tmp_path / "nytt/serier").exists()
    assert (tmp_path / "nytt/chapters/eksport.qmd").is_file()


# ---- the whole note


@pytest.mark.process
@pytest.mark.parametrize(("name", "code"), [("Vestland", "nn"), ("Finnmark", "nb")])
def test_the_note_is_accepted_and_the_checks_find_nothing(name, code, tmp_path, share_fonts):
    root = tmp_path / "nytt"
    done = run(NOTAT, "init", str(root), "--fylke", name, "--sprak", code)
    assert done.returncode == 0, done.stderr
    assert not list(root.rglob(".notat"))
    share_fonts(root)
    checked = run(NOTAT, "check", cwd=root)
    assert checked.stdout.endswith("Ingen funn.\n"), checked.stdout
    for command in (
        ("pytest", "-q", "--nbval", "--nbval-current-env"),
        ("ruff", "check"),
        ("ruff", "format", "--check"),
    ):
        tested = subprocess.run(
            [sys.executable, "-m", *command], cwd=root, capture_output=True, encoding="utf-8", timeout=600, check=False
        )
        assert tested.returncode == 0, tested.stdout


@pytest.mark.process
@pytest.mark.parametrize(("county_code", "code"), [("56", "nb"), ("46", "nn")])
def test_a_note_about_a_county_is_rendered_in_all_formats(county_code, code, write_counties, share_fonts, tmp_path):
    kept = shutil.ignore_patterns(paths.CACHE)  # another test has read the note where it is
    root = shutil.copytree(write_counties(code) / county_code, tmp_path / "fylket", symlinks=True, ignore=kept)
    share_fonts(root)
    done = run(NOTAT, "render", cwd=root)
    assert done.returncode == 0, done.stderr
    checked = run(NOTAT, "check", "--utdata", cwd=root)
    assert checked.stdout.endswith("Ingen funn.\n"), checked.stdout
