"""What cannot be created is refused by one message with place and remedy, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from notat.cli.scaffold.chapters import add_chapter
from notat.cli.scaffold.claims import add_predicate, marks_of
from notat.cli.scaffold.derived import Wording, add_derived
from notat.cli.scaffold.figures import Look, add_figure, add_table
from notat.cli.scaffold.rows import add_row
from notat.cli.scaffold.sources import Work, add_source
from notat.data import dataset
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.text.errors import NotatError

PROJECT = Path(__file__).parents[3]
FIELDS = {
    "maal": "Prøver",
    "geografi": "Norge",
    "periode": "2023",
    "verdi": "7",
    "enhet": "antall",
    "kilde": "notat2023",
}
FIELDS |= {"type": "", "avrundet_til": ""}
CITY, TOWN = "folketall_trondheim_2023", "folketall_midtre_gauldal_2023"
CHANGE = "folketall_trondheim_endring_2021_2023"
LEFT = "helt_ledige_pst_2023_01"


def row(id_, table="rammer", **changed):
    return lambda root, numbers: add_row(
        Project(root), numbers, id_, table, fields=FIELDS | changed, chapter="innledning"
    )


def derived(id_, of, kind="endring"):
    return lambda root, numbers: add_derived(
        Project(root), numbers, id_, of, kind=kind, wording=Wording(), chapter=None
    )


def controlled(formula):
    return lambda root, numbers: add_derived(
        Project(root),
        numbers,
        "ny",
        ("folketall_trondheim_2021", CITY),
        kind="endring",
        wording=Wording(),
        chapter=None,
        second=formula,
    )


def table(name, of, labels=()):
    return lambda root, numbers: add_table(Project(root), numbers, name, of, labels=labels, chapter="kommunene")


def figure(name, of, **look):
    return lambda root, numbers: add_figure(Project(root), numbers, name, of, look=Look(**look), chapter="kommunene")


def predicate(id_, *of):
    return lambda root, numbers: add_predicate(Project(root), numbers, id_, of, words="ny", chapter="kommunene")


def mark(words="", **attributes):
    return lambda root, numbers: marks_of(numbers, attributes, words)


def source(name, **changed):
    said = {"title": "T", "publisher": "U", "url": "https://a.no", "year": "2024"} | changed
    return lambda root, _: add_source(Project(root), name, Work(**said))


def chapter(name, title="Tittel", after=None):
    return lambda root, numbers: add_chapter(Project(root), name, title, after)


REFUSED = {
    "tall, navn med stor bokstav": (row("Folketall"), "", "små bokstaver a–z, siffer og understrek"),
    "tall, Pythons eget ord": (row("lambda"), "", "kan ikke være navnet på et tall"),
    "tall, finnes som rad": (row("planstrategi_fra"), "data/rammer.csv:2", "finnes fra før"),
    "tall, finnes som regnet": (row(CHANGE), "data/regnet.csv:", "finnes fra før"),
    "tall, ukjent tabell": (row("ny", "ramer"), "", "Mente du rammer?"),
    "tall, ukjent enhet": (row("ny", enhet="stk"), "data/rammer.csv:", "Ukjent enhet «stk»"),
    "tall, ukjent kilde": (row("ny", kilde="notat2032"), "data/rammer.csv:", "Mente du notat2023"),
    "tall, verdi som ikke er tall": (row("ny", verdi="sju"), "", "«sju» er ikke et tall"),
    "tall, verdi som kan leses på to måter": (row("ny", verdi="12.345"), "", "både som 12 345 og som 12,345"),
    "tall, telling med desimalkomma": (row("ny", verdi="12,345"), "", "både som 12 345 og som 12,345"),
    "tall, periode som prosa": (row("ny", periode="i 2022"), "data/rammer.csv:", "ikke er en periode"),
    "regnet, periode som prosa": (
        lambda root, numbers: add_derived(
            Project(root),
            numbers,
            "ny",
            ("folketall_trondheim_2021", CITY),
            kind="endring",
            wording=Wording(period="fra 2021 til 2023"),
            chapter=None,
        ),
        "",
        "ikke er en periode",
    ),
    "tall, umulig andel": (row("ny", verdi="101", enhet="prosent"), "data/rammer.csv:", "utenfor det mulige"),
    "tall, periode": (row("ny", periode="2023K5"), "data/rammer.csv:", "ikke er et kvartal"),
    "tall, formel i teksten": (row("ny", maal="=A1"), "data/rammer.csv:", "formel for et regneark"),
    "regnet, ukjent tall": (derived("ny", (CITY, "folketall_trondhem_2021")), "", "Mente du folketall_trondheim_2021"),
    "kontroll, samme formel": (
        controlled(f"({CITY} - folketall_trondheim_2021) / folketall_trondheim_2021 * 100"),
        "",
        "er formelen som skal prøves",
    ),
    "kontroll, samme i en annen rekkefølge": (
        controlled(f"100 * (({CITY} - folketall_trondheim_2021) / folketall_trondheim_2021)"),
        "",
        "er formelen som",
    ),
    "kontroll, annet svar": (
        controlled(f"{CITY} / folketall_trondheim_2021 * 100"),
        "",
        "gir 102.4398468",
    ),
    "kontroll, ingen formel": (controlled("print(1)"), "", "er ikke en formel"),
    "kontroll, halv formel": (controlled(f"({CITY}"), "", "er ikke en formel"),
    "kontroll, null": (controlled(f"{CITY} / 0"), "", "deler på null"),
    "kontroll, ukjent rad": (controlled("folketall_trondhem_2023"), "", "Mente du folketall_trondheim_2023"),
    "kontroll, regnet tall": (controlled("folketall_trondheimsregionen_2023"), "", "er ikke navnet på en rad"),
    "regnet, ett tall": (derived("ny", (CITY,)), "", "--endring trenger to ulike tall"),
    "regnet, ulike enheter": (derived("ny", (CITY, LEFT), "sum"), "", "Kan ikke legge sammen"),
    "regnet, prosent av prosent": (derived("ny", (LEFT, "helt_ledige_pst_2018_01")), "", "--forskjell"),
    "figur, navn": (figure("Ny figur", (CITY, TOWN)), "", "bindestrek mellom ordene"),
    "figur, finnes": (figure("kommunekart", (CITY, TOWN)), "py/content/charts/kommunene.py:", "finnes fra før"),
    "figur, ulike enheter": (figure("ny", (CITY, LEFT)), "", "ulike enheter (personer, prosent)"),
    "figur, ikke i tid": (figure("ny", (CITY, TOWN), form="linje"), "", "Skriv --som liggende"),
    "figur, navn på én av to": (figure("ny", (CITY, TOWN), labels=("A",)), "", "like mange"),
    "figur, ord uten plass": (figure("ny", (CITY, TOWN), labels=("A" * 150, "B")), "", "får ikke plass"),
    "tabell, navn": (table("Ny tabell", (CITY, TOWN)), "", "bindestrek mellom ordene"),
    "tabell, finnes": (table("kommuner", (CITY, TOWN)), "py/content/tables/kommunene.py:", "finnes fra før"),
    "tabell, ett tall": (table("ny", (CITY,)), "", "2–30 ulike tall"),
    "tabell, navn på én av to": (table("ny", (CITY, TOWN), ("A",)), "", "like mange"),
    "figur, beskrevet før": (figure("overnattinger", (CITY, TOWN)), "chapters/", "finnes fra før"),
    "påstand, navn": (predicate("ny", CITY), "", "Begynn med p-"),
    "påstand, finnes": (predicate("p-m-deltid-utbredt", CITY), "py/content/claims/kommunene.py:", "finnes fra før"),
    "påstand, sagt av et verk": (predicate("p-m-press", CITY), "chapters/kommunene.qmd:", "finnes fra før"),
    "påstand, prøve uten tall": (predicate("p-ny"), "", "trenger minst ett tall"),
    "påstand, uten tall": (mark("økte"), "", "trenger minst ett tall"),
    "påstand, usann": (mark("falt", av=CHANGE), "", "«falt» stemmer ikke med tallene"),
    "påstand, usann, med forslag": (mark("lavere enn", av=CITY, enn=TOWN), "", "Ord som stemmer: «høyere enn»"),
    "påstand, nivå har ikke økt": (mark("økte", av=CITY), "", "«økte» trenger fra="),
    "påstand, ukjent ord": (mark("blomstrer", av=CITY), "", "Ordet «blomstrer» er ukjent"),
    "påstand, ingen vanlige ord": (mark(av=CITY), "", "Ingen av de vanlige ordene stemmer"),
    "påstand, ukjent tall": (mark(av="folketall_trondhem_2023"), "", "Mente du folketall_trondheim_2023"),
    "kilde, navn": (source("SSB 2024"), "", "små bokstaver"),
    "kilde, finnes": (source("tit_faktafredag_2022k4"), "data/kilder.csv:3", "finnes fra før"),
    "kilde, verket finnes": (source("abelia2022"), "references.bib:", "--referanse abelia2022"),
    "kilde, adresse": (source("ny", url="javascript:alert(1)"), "data/kilder.csv:", "nettadresse"),
    "kilde, år": (source("ny", year="i fjor"), "", "ikke et årstall"),
    "kapittel, navn": (chapter("Nytt kapittel"), "", "bindestrek mellom ordene"),
    "kapittel, finnes": (chapter("kompetanse"), "chapters/kompetanse.qmd:1", "finnes fra før"),
    "kapittel, merkelapp finnes": (chapter("kommunene-helse"), "chapters/kommunene.qmd:", "sec-kommunene-helse"),
    "kapittel, ukjent nabo": (chapter("ny", after="kompetans"), "", "Mente du kompetanse"),
}


@pytest.fixture(scope="module")
def project_numbers():
    """The project itself; nothing is written to it."""
    return PROJECT, Numbers(dataset.load(PROJECT))


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused(case, project_numbers):
    root, numbers = project_numbers
    make, place, words = REFUSED[case]
    with pytest.raises(NotatError) as caught:
        make(root, numbers)
    assert str(caught.value).startswith(place)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy or "trenger" in caught.value.problem


def test_a_refused_command_writes_nothing(copy, run, content):
    before = content()
    done = run("-c", "from notat.cli.main import main; main()", "new", "figur", "kommunekart", "--av", CITY, TOWN)
    assert done.returncode == 1
    assert done.stderr.startswith("Feil: py/content/charts/kommunene.py:")
    assert done.stdout == ""
    assert content() == before


def test_missing_options_are_asked_for_only_where_someone_can_answer(copy, run, content):
    before = content()
    done = run(
        "-c", "from notat.cli.main import main; main()", "new", "tall", "ny", "--tabell", "rammer", "--verdi", "7"
    )
    assert done.returncode == 1
    assert "Dette mangler: --maal, --periode, --enhet, --kilde." in done.stderr
    assert content() == before
