"""The commands that help an author along: `notat new`, `notat list`, `notat doctor` and `notat feil`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notat.cli import complete
from notat.cli.asking import Question, ask_for_missing
from notat.cli.clickhelp import Command, Group, as_json, in_json
from notat.cli.profile import profile
from notat.cli.speech import echo, is_english, said
from notat.norsk.language import CODES
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

if TYPE_CHECKING:
    from notat.cli.scaffold.plan import Plan
    from notat.numbers.indicators import Numbers
    from notat.project.project import Project

# Only light imports here: every command imports this, whatever it does.
_CHAPTER = click.option(
    "--kapittel", metavar="KAPITTEL", shell_complete=complete.chapters, help="Kapittelet det hører til, som arbeid."
)
_OF = click.option(
    "--av", "of", multiple=True, metavar="ID …", shell_complete=complete.numbers, help="Tallene det lages av."
)
_MORE = click.argument("more", nargs=-1, metavar="", shell_complete=complete.numbers)
_FORMS = ("liggende", "stående", "linje")
# What a mark says of its numbers, as in `notat.show.claims.cases`.
_ATTRIBUTES = {
    "av": "Tallet ordene gjelder; flere id-er i anførselstegn.",
    "enn": "Tallet det sammenlignes med.",
    "fra": "Nivået en endring begynte på.",
    "tidligere": "Det samme tallet før, for «fortsatt».",
    "blant": "Det noe er størst eller minst av: gruppe, geografi, periode eller id-er.",
    "uten": "Det som ikke er med i blant, med semikolon mellom.",
}
_WORKS = ("nettside", "rapport", "datasett")
_THINGS = ("tall", "serier", "figurer", "tabeller", "paastander", "kilder", "kapitler")
_SERIES = "serier/"  # the tables that are series, whose values get names by rules


@click.group(cls=Group)
def new() -> None:
    """Lag et nytt tall, en figur, en tabell, et kapittel …, der det hører til. Det som mangler, blir du spurt om."""


@new.command(cls=Command)
@click.argument("id_", metavar="[ID]", default="")
@_MORE
@click.option(
    "--tabell", metavar="TABELL", shell_complete=complete.tables, help="Tabellen i data/ som raden skal stå i."
)
@click.option("--maal", help="Hva som er målt, slik leseren skal se det.")
@click.option("--gruppe", default="", help="Hvilken del av målet raden gjelder.")
@click.option("--sted", default="", help="Stedet tallet gjelder. Uten valget: notatets eget.")
@click.option("--periode", help="Tidspunkt eller tidsrom: 2022, 2022K4, 2022-12, 2015–2022.")
@click.option("--verdi", help="Verdien slik kilden trykker den: 246556 eller 2,3.")
@click.option("--enhet", help="Enheten: prosent, personer, mrd. kr …")
@click.option("--kilde", shell_complete=complete.sources, help="Kilden i data/kilder.csv.")
@click.option("--type", "type_", default="", help="nivå, andel, endring eller mål. Uten valget følger den av tallet.")
@click.option(
    "--avrundet-til", default="", help="Minste enhet kilden skiller mellom. Uten valget følger den av tallet."
)
@click.option("--grense", default="", help="Forbehold ved tallet: over, under, minst, om lag.")
@click.option("--status", default="", help="foreløpig, revidert, anslag, framskriving eller utvalg.")
@click.option("--merknad", default="", help="Det leseren av tallet må vite om.")
@click.option("--regnet", is_flag=True, help="Regn tallet ut av andre tall i stedet for å lagre det.")
@_OF
@click.option(
    "--endring", "kind", flag_value="endring", help="Regnet: endring i prosent, fra det første til det andre."
)
@click.option("--andel", "kind", flag_value="andel", help="Regnet: det første i prosent av det andre.")
@click.option("--forskjell", "kind", flag_value="forskjell", help="Regnet: det andre minus det første.")
@click.option("--ganger", "kind", flag_value="ganger", help="Regnet: hvor mange ganger det første det andre er.")
@click.option("--sum", "kind", flag_value="sum", help="Regnet: summen av alle.")
@click.option(
    "--kontroll",
    default="",
    metavar="FORMEL",
    help="Regnet: en annen formel for det samme tallet, med id-er til rader. Uten valget er tallet uprøvd.",
)
@click.option("--betydning", default="", help="Regnet: hva tallet er. Uten valget følger det av tallene bak.")
@click.option("--desimaler", type=int, help="Regnet: hvor mange desimaler som trykkes.")
@_CHAPTER
def tall(
    id_: str, more: tuple[str, ...], of: tuple[str, ...], regnet: bool, kapittel: str | None, **options: Any
) -> None:
    """Nytt tall: en rad i data/, en verdi i en serie, eller (med --regnet) et tall som regnes ut av andre."""
    if not id_:
        id_ = _ask_for_missing({"id": ""}, id=Question("Navn på tallet (id)", "ID", _refuse_number))["id"]
    if regnet or of or options["kind"]:
        from notat.cli.scaffold.derived import Wording, add_derived

        if not options["kind"]:
            remedy = "Skriv --endring, --andel, --forskjell, --ganger eller --sum."
            raise NotatError("N1101", "Det er ikke sagt hvordan tallet regnes ut.", remedy=remedy)
        stray = [name for name in ("tabell", "verdi", "enhet", "kilde") if options[name]]
        if stray:
            remedy = "Fjern valget, eller fjern --regnet."
            raise NotatError("N1102", f"--{stray[0]} hører til et lagret tall.", remedy=remedy)
        wording = Wording(options["betydning"], options["periode"] or "", options["sted"], options["desimaler"])
        _make(
            lambda project, numbers: add_derived(
                project,
                numbers,
                id_,
                (*of, *more),
                kind=options["kind"],
                wording=wording,
                chapter=kapittel,
                second=options["kontroll"],
            )
        )
        return
    from notat.cli.scaffold.rows import add_row, add_rule, refuse_period, refuse_value
    from notat.numbers import content

    _refuse_more(more)
    if (options["tabell"] or "").startswith(_SERIES):
        stray = [name for name in ("maal", "verdi", "enhet", "kilde", "grense", "status", "merknad") if options[name]]
        if stray:
            raise NotatError("N1102", f"--{stray[0]} står i serien.", remedy="Fjern valget.")
        rule = {"group": options["gruppe"], "place": options["sted"] or content.home()}
        rule["period"] = options["periode"] or "siste"
        _make(lambda project, numbers: add_rule(project, numbers, id_, options["tabell"], **rule, chapter=kapittel))
        return
    options = _ask_for_missing(
        options,
        tabell=Question("Tabell i data/", "", _refuse_table),
        maal="Hva er målt",
        periode=Question("Periode", "", refuse_period),
        verdi=Question("Verdi", "", refuse_value),
        enhet="Enhet",
        kilde=Question("Kilde i data/kilder.csv", "", _refuse_source),
    )
    fields = {
        name: options[name] for name in ("maal", "gruppe", "periode", "verdi", "enhet", "grense", "status", "kilde")
    }
    fields |= {"geografi": options["sted"] or content.home(), "type": options["type_"]}
    fields |= {"avrundet_til": options["avrundet_til"], "merknad": options["merknad"]}
    _make(lambda project, numbers: add_row(project, numbers, id_, options["tabell"], fields=fields, chapter=kapittel))


@new.command(cls=Command)
@click.argument("name", metavar="[NAVN]", default="")
@_MORE
@_OF
@click.option(
    "--som", type=click.Choice(_FORMS), help="Søyler (liggende, stående) eller linje. Uten valget: det som passer."
)
@click.option("--navn", "labels", multiple=True, help="Navn på hvert tall i figuren, én gang for hvert, i rekkefølge.")
@_CHAPTER
def figur(name: str, more: tuple[str, ...], of: tuple[str, ...], kapittel: str | None, **options: Any) -> None:
    """Ny figur av tall som finnes: søyler eller en linje, skrevet inn i kapittelet med tittel."""
    from notat.cli.scaffold.figures import Look, add_figure
    from notat.cli.scaffold.layout import refuse_figure

    look = Look(options["som"] or "", options["labels"])
    name, ids = _name_and_numbers(name, (*of, *more), refuse_figure)
    _make(lambda project, numbers: add_figure(project, numbers, name, ids, look=look, chapter=kapittel))


@new.command(cls=Command)
@click.argument("name", metavar="[NAVN]", default="")
@_MORE
@_OF
@click.option("--navn", "labels", multiple=True, help="Navn på hver rad, én gang for hvert tall, i rekkefølge.")
@_CHAPTER
def tabell(name: str, more: tuple[str, ...], of: tuple[str, ...], kapittel: str | None, **options: Any) -> None:
    """Ny tabell av tall som finnes, med en rad for hvert, skrevet inn i kapittelet."""
    from notat.cli.scaffold.figures import add_table
    from notat.cli.scaffold.layout import refuse_table

    labels = options["labels"]
    name, ids = _name_and_numbers(name, (*of, *more), refuse_table)
    _make(lambda project, numbers: add_table(project, numbers, name, ids, labels=labels, chapter=kapittel))


@new.command(cls=Command)
@click.argument("name", metavar="[NAVN]", default="")
@click.option("--tittel", help="Overskriften.")
@click.option(
    "--etter",
    metavar="KAPITTEL",
    shell_complete=complete.chapters,
    help="Kapittelet det skal stå etter. Uten valget: sist, før litteraturlista og vedleggene.",
)
def kapittel(name: str, etter: str | None, **options: Any) -> None:
    """Nytt kapittel: fil med overskrift og oppsett, ført inn i _quarto.yml."""
    from notat.cli.scaffold.chapters import add_chapter, refuse_name, refuse_title
    from notat.project.project import Project

    asked = {
        "navn": Question("Navn på fila, som gronn-omstilling", "NAVN", partial(refuse_name, Project.around())),
        "tittel": Question("Overskrift", "", refuse_title),
    }
    got = _ask_for_missing({"navn": name, **options}, **asked)
    _make(lambda project, _: add_chapter(project, got["navn"], got["tittel"], etter))


def _numbers_of_a_mark(command: Callable[..., None]) -> Callable[..., None]:
    for name, text in reversed(_ATTRIBUTES.items()):
        command = click.option(f"--{name}", default="", metavar="ID …", shell_complete=complete.numbers, help=text)(
            command
        )
    return command


@new.command(cls=Command)
@click.argument("id_", metavar="[P-NAVN]", default="")
@_numbers_of_a_mark
@click.option(
    "--ord", "words", default="", metavar="ORD", help="Ordene i teksten. Uten valget: vanlige ord som stemmer."
)
@click.option("--python", is_flag=True, help="Skriv en prøve i Python, for ord som ingen ordliste kan prøve.")
@_CHAPTER
def paastand(id_: str, words: str, python: bool, kapittel: str | None, **attributes: str) -> None:
    """Ny påstand: ord som stemmer med tallene, som et merke til å lime inn i kapittelet."""
    from notat.cli.scaffold.claims import add_predicate, marks_of

    if python:
        if not id_:
            raise NotatError("N1101", "Påstanden mangler navn.", remedy="Skriv notat new paastand p-navn --python.")
        words, of = _ask_for_missing({"ord": words}, ord="Ordene i teksten")["ord"], attributes["av"].split()
        _make(lambda project, numbers: add_predicate(project, numbers, id_, of, words=words, chapter=kapittel))
        return
    if id_:
        remedy = 'Bare en prøve i Python har navn. Flere tall: --av "id id".'
        raise NotatError("N1102", f"«{id_}» er ett ord for mye.", remedy=remedy)
    found = marks_of(note_around()[1], attributes, words)
    echo("Lim inn i kapittelet:" if words else "Disse ordene stemmer. Lim inn ett av merkene i kapittelet:")
    for mark in found:
        echo(f"  {mark}")


@new.command(cls=Command)
@click.argument("name", metavar="[NAVN]", default="")
@click.option("--tittel", help="Tittelen på siden eller publikasjonen.")
@click.option("--utgiver", help="Hvem som har gitt den ut.")
@click.option("--url", help="Adressen verdiene er lest på.")
@click.option("--aar", default="", help="Året den kom ut.")
@click.option("--slag", type=click.Choice(_WORKS), default="nettside", help="Hva slags verk det er.")
@click.option("--lisens", default="Ikke oppgitt", help="Lisensen som siden oppgir.")
@click.option("--definisjon", default="", help="Hva som er telt, og hva leseren må passe på.")
@click.option("--referanse", default="", metavar="NØKKEL", help="Verket i litteraturlista, om det står der fra før.")
def kilde(name: str, **options: Any) -> None:
    """Ny kilde: en rad i data/kilder.csv og et verk i litteraturlista."""
    from notat.cli.scaffold.sources import Work, add_source, refuse_address, refuse_name, refuse_year
    from notat.project.project import Project

    wanted: dict[str, str | Question] = {
        "navn": Question("Navn på kilden, som ssb_folketall_2024", "NAVN", partial(refuse_name, Project.around())),
        "tittel": "Tittel",
        "utgiver": "Utgiver",
        "url": Question("Adresse", "", refuse_address),
    }
    wanted |= {} if options["referanse"] else {"aar": Question("År", "", refuse_year)}
    options = _ask_for_missing({"navn": name, **options}, **wanted)
    name = options["navn"]
    work = Work(
        options["tittel"],
        options["utgiver"],
        options["url"],
        options["aar"],
        options["slag"],
        options["lisens"],
        options["definisjon"],
        options["referanse"],
    )
    write_plan(add_source(Project.around(), name, work))


def note_around() -> tuple[Project, Numbers]:
    """The note around the working folder, and its numbers."""
    from notat.numbers.indicators import Numbers
    from notat.project.project import Project

    project = Project.around()
    return project, Numbers(project.data)


def _make(plan_of: Callable[[Project, Numbers], Plan]) -> None:
    """Make the plan from the numbers of the note, and write it."""
    write_plan(plan_of(*note_around()))


def write_plan(plan: Plan) -> None:
    """Write what is planned, and say what was written and what comes next."""
    plan.write()
    echo("Skrevet:")
    for addition in plan.additions:
        echo(f"  {addition}")
    for value in plan.values:
        echo(f"Slik blir det trykt: {value}")
    echo("Videre:")
    for number, step in enumerate(plan.then, 1):
        echo(f"  {number}. {step}")


def _ask_for_missing(options: dict[str, Any], **wanted: str | Question) -> dict[str, Any]:
    """The options, with prompts for missing ones; without a terminal these are refused."""
    questions = {name: Question(asked) if isinstance(asked, str) else asked for name, asked in wanted.items()}
    return ask_for_missing(options, questions)


def _name_and_numbers(
    name: str, ids: tuple[str, ...], refuse: Callable[[Project, str], None]
) -> tuple[str, tuple[str, ...]]:
    """The name and the numbers of a figure or a table, asked for where they are missing."""
    from notat.cli.scaffold.layout import known_numbers
    from notat.numbers.indicators import Numbers
    from notat.project.project import Project

    project = Project.around()
    questions = {
        "navn": Question("Navn, som ledige-desember", "NAVN", partial(refuse, project)),
        "av": Question(
            "Id-ene til tallene, med mellomrom",
            "--av",
            lambda answer: known_numbers(Numbers(project.data), answer.split()),
        ),
    }
    got = ask_for_missing({"navn": name, "av": " ".join(ids)}, questions)
    return got["navn"], tuple(got["av"].split())


def _refuse_number(id_: str) -> None:
    from notat.cli.scaffold.layout import refuse_number

    refuse_number(*note_around(), id_)


def _refuse_table(table: str) -> None:
    from notat.cli.scaffold.rows import refuse_table

    refuse_table(paths.find_root(), table)


def _refuse_source(source: str) -> None:
    from notat.project.project import Project

    known = Project.around().data.sources
    if source not in known:
        remedy = f"{did_you_mean(source, known)} Er den ny, fører notat new kilde {source} den inn."
        raise NotatError("N0319", f"Ukjent kilde «{source}».", remedy=remedy)


def _refuse_more(more: tuple[str, ...]) -> None:
    if more:
        remedy = "Sett tekst med mellomrom i anførselstegn."
        raise NotatError("N1102", f"«{more[0]}» er ett ord for mye.", remedy=remedy)


@click.command(name="list", cls=Command)
@click.argument(
    "thing",
    metavar="[tall|serier|figurer|tabeller|paastander|kilder|kapitler]",
    type=click.Choice(_THINGS),
    default="tall",
)
@click.option("--sok", default="", metavar="TEKST", help="Bare det som har denne teksten i navn, betydning eller sted.")
@click.option("--ubrukt", is_flag=True, help="Bare det som ikke er brukt noe sted.")
@as_json
@profile
def list_names(thing: str, sok: str, ubrukt: bool, as_json: bool) -> None:
    """Vis tallene (eller figurer, kilder …): navn, verdi, betydning og hvor de brukes."""
    from notat.cli.listing import find_items, format_items
    from notat.project.project import Project

    found = find_items(Project.around(), thing, sok, unused=ubrukt)
    click.echo(format_items(found, as_json=as_json), nl=False)


@click.command(name="feil", cls=Command)
@click.argument("code", metavar="[KODE]", default="", shell_complete=complete.codes)
@as_json
def explain(code: str, as_json: bool) -> None:
    """Forklar koden som en melding slutter med, som N0315. Uten kode: vis alle."""
    from notat.text import catalogue

    if as_json:
        wanted = (
            [catalogue.entry(code, english=is_english())] if code else catalogue.entries(english=is_english()).values()
        )
        facts = [{"kode": e.code, "del": e.part, "tittel": e.title, "forklaring": e.explanation} for e in wanted]
        click.echo(in_json(facts))
        return
    if code:
        found = catalogue.entry(code, english=is_english())
        click.echo(
            click.wrap_text(f"{found.code}: {found.title}\n\n{found.explanation}", 100, preserve_paragraphs=True)
        )
        return
    for part, entries in groupby(catalogue.entries(english=is_english()).values(), key=lambda entry: entry.part):
        click.echo(part)
        for entry in entries:
            click.echo(f"  {entry.code}  {entry.title}")


@click.command(name="ord", cls=Command)
@click.argument("phrase", metavar="[FRASE]", default="")
@click.option("--sprak", "language", type=click.Choice(CODES), help="Språket ordene er på; ellers det notatet er på.")
@as_json
def words(phrase: str, language: str | None, as_json: bool) -> None:
    """Vis hvordan ordene i en påstand leses. Uten frase: alle ord som kan prøves, og hva de betyr."""
    from notat.cli.phrases import explanation, facts_of, kinds_of_words, known_words, vague_words
    from notat.norsk.language import speaking

    with speaking(language or _language_of_note()):
        if as_json:
            click.echo(in_json(facts_of(phrase) if phrase else known_words()))
        elif phrase:
            click.echo("\n".join([f"«{phrase}»", *explanation(phrase)]))
        else:
            heads = said("Ord som sier hvor mye"), said("Ord som sier")
            click.echo("\n".join([heads[0], *vague_words(), "", heads[1], *kinds_of_words()]))


def _root_or_none() -> Path | None:
    try:
        return paths.find_root()
    except NotatError:
        return None


def _language_of_note() -> str:
    """The language of the note around, where there is one that can be read."""
    from notat.project.project import Project

    root = _root_or_none()
    with suppress(NotatError):
        return Project(root).config.lang if root else ""
    return ""


@click.command(cls=Command)
@as_json
@profile
def doctor(as_json: bool) -> None:
    """Sjekk at maskinen er klar: Python, pakker, programmer, skrifter. Sier hva du må gjøre."""
    from notat.cli.doctor import MISSING, examine

    findings = list(examine(_root_or_none()))
    if as_json:
        found = [
            {"hva": said(f.name), "tilstand": said(f.state), "funn": said(f.found), "tiltak": said(f.remedy)}
            for f in findings
        ]
        click.echo(in_json(found))
        if any(finding.state == MISSING for finding in findings):
            sys.exit(1)
        return
    width = max(len(said(finding.name)) for finding in findings)
    for finding in findings:
        remedy = f" {said(finding.remedy)}" if finding.remedy else ""
        click.echo(f"{said(finding.state):<9}  {said(finding.name):<{width}}  {said(finding.found)}{remedy}")
    missing = sum(finding.state == MISSING for finding in findings)
    if missing:
        remedy = "Gjør det som står."
        raise NotatError("N1103", "Én ting mangler." if missing == 1 else f"{missing} ting mangler.", remedy=remedy)
    echo("Alt som må være her, er her.")
