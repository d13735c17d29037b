"""The command `notat`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import notat
from notat.cli import asking, complete, newtext, speech
from notat.cli.bring import diff, import_, update
from notat.cli.clickhelp import Group, chosen_formats, misuse, translated, uncached
from notat.cli.commands import doctor, explain, list_names, new, words
from notat.cli.profile import in_edition, named, profile
from notat.cli.reading import les
from notat.cli.serie import serie
from notat.cli.speech import echo, said
from notat.norsk.language import CODES
from notat.text import log, paths, surroundings
from notat.text.errors import NotatError

if TYPE_CHECKING:
    from notat.judge.checks import Finding

# Only light imports here: `notat --help` and a usage error should answer at once.
_console = speech.SpeakingConsole()
_LAST_PORT = 65535
_WARNINGS = 20  # that a rendering shows


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(notat.__version__, message="notat %(version)s", help="Vis versjonen.")
@click.option("-v", "verbose", count=True, help="Si hva som gjøres, og hvorfor noe lages på nytt. -vv sier mer.")
def cli(verbose: int) -> None:
    """Lag diskusjonsnotatet av kapitler og data, og kontroller det."""
    from notat.text import codebase

    paths.working_folder()
    surroundings.adopt()
    if verbose:
        log.begin(_console, verbose, speech.Filter())
    codebase.adopt()


@cli.command()
@chosen_formats
@uncached("Lag alt på nytt, også det som er uendret.")
@click.option("--streng", is_flag=True, help="Stans også ved det notat check finner i kapitlene, før noe skrives.")
@click.option("--godta", is_flag=True, help="Vis først det som er endret i data og tall, og godta det når du sier ja.")
@click.option("--ja", "agreed", is_flag=True, help="Med --godta: godta alt som vises, uten å bli spurt.")
@profile
def render(formats: tuple[str, ...], fresh: bool, streng: bool, godta: bool, agreed: bool) -> None:
    """Lag HTML, PDF og DOCX i _output/. Det notat check finner i kapitlene, blir advarsler."""
    from notat.cli.render import FORMATS, build, warnings_of
    from notat.data.accepted import is_accepted
    from notat.project.config import read_config

    if agreed and not godta:
        raise click.UsageError("--ja svarer på det --godta spør om")
    root = paths.find_root()
    if godta and not is_accepted(root, read_config(root).bibliography):
        _accept(agreed)
    wanted = formats or FORMATS
    if streng and (found := warnings_of(root)):
        raise NotatError.together([one.error for one in found])
    config = read_config(root)
    steps = len(config.chapters) + len(wanted) + 1
    columns = (TextColumn("{task.description:<36}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_console) as progress:
        task = progress.add_task(said("Begynner"), total=steps, completed=-1)

        def report(step: str) -> None:
            progress.update(task, description=said(step), advance=1)
            if not _console.is_terminal:
                _console.print(step)

        outputs = build(root, wanted, report, cached=not fresh, paged=True)
        progress.update(task, description=said("Ferdig"), completed=steps)
    for file in outputs:
        echo(f"{file.relative_to(root)}  {_size(file)}")
    _warn(warnings_of(root))


def _warn(found: Sequence[Finding]) -> None:
    """Print what the checks found in a note that was made all the same, as much of it as one reads."""
    for one in found[:_WARNINGS]:
        _console.print(f"Advarsel: {one.error}", style="yellow", soft_wrap=True, markup=False)
    if found:
        count = "Én advarsel" if len(found) == 1 else f"{len(found)} advarsler"
        count += f", de {_WARNINGS} første er vist" if len(found) > _WARNINGS else ""
        _console.print(
            f"{count}. notat check viser det samme, og med --streng stanser notat render på det.", soft_wrap=True
        )


def _port(_: click.Context, __: click.Parameter, port: int) -> int:
    """Refuse a number that no port has: the system would take the remainder, and another port."""
    if not 0 <= port <= _LAST_PORT:
        raise click.BadParameter(f"porten er et tall fra 1 til {_LAST_PORT}, eller 0 for en ledig")
    return port


@cli.command()
@click.option(
    "--port",
    default=0,
    metavar="PORT",
    callback=_port,
    help="Porten på maskinen din, 1–65535; uten valget tas en ledig.",
)
@click.option("--uten-nettleser", is_flag=True, help="Ikke åpne nettleseren.")
@profile
def preview(port: int, uten_nettleser: bool) -> None:
    """Vis sidene mens du skriver: lagre et kapittel, og se det nye."""
    from notat.cli.preview.run import preview as run_preview
    from notat.project.config import read_config

    root = paths.find_root()
    output = read_config(root).output
    run_preview(root, port, echo, browser=not uten_nettleser)
    echo(f"Forhåndsvisningen er avsluttet. Sidene ligger i {output.name}/.")


@cli.command()
@click.option("--utdata", is_flag=True, help="Krev at HTML, PDF og DOCX finnes, og kontroller dem.")
@click.option("--uu", is_flag=True, help="Prøv universell utforming av HTML, PDF og DOCX, krav for krav i WCAG 2.1.")
@click.option("--json", "as_json", is_flag=True, help="Skriv funnene og oversikten som JSON.")
@click.option(
    "--sarif", metavar="FIL", type=click.Path(path_type=Path), help="Skriv funnene også i en fil som GitHub kan vise."
)
@profile
def check(utdata: bool, uu: bool, as_json: bool, sarif: Path | None) -> None:
    """Finn alt som notat render ville avvist, og kontroller tekst, tall og utdata. Skriver ingen utdata."""
    from notat.cli import findings
    from notat.judge.checks import UNDECIDED, examine
    from notat.project.project import Project

    if uu:
        if as_json or sarif:
            raise click.UsageError("--uu skriver en rapport i egne filer, og kan ikke brukes med --json eller --sarif")
        _check_accessibility()
        return
    project = Project.around()
    with _console.status("Prøver om notatet kan lages"):
        report = examine(project, utdata or None)
    report = replace(report, findings=[replace(one, problem=f"{in_edition()}{one.problem}") for one in report.findings])
    if sarif:
        paths.write_bytes(sarif, findings.as_sarif(report.findings, project.root).encode())
    if as_json:
        click.echo(findings.as_json(report))
        if report.findings:
            sys.exit(1)
        return
    for line in report.summary:
        echo(line)
    for finding in report.findings:
        echo(str(finding))
    echo(" ".join(UNDECIDED))
    if report.findings:
        raise NotatError("N1104", f"{len(report.findings)} funn.", remedy="Rett dem og kjør notat check på nytt.")
    echo("Ingen funn.")


def _check_accessibility() -> None:
    from rich.table import Table

    from notat.judge.uu.report import FAILED, FORMATS, MEANING, breach_lines
    from notat.judge.uu.run import run, write
    from notat.project.config import read_config

    root = paths.find_root()
    os.environ.update(surroundings.desktop(root))  # for the browser and the libraries of the other auditors
    report = run(root, _console.print)
    table = Table(said("Krav i WCAG 2.1"), *FORMATS.values(), box=None)
    for number, name, statuses in report.rows():
        words = (f"[red]{said(s)}[/red]" if s == FAILED else said(s) for s in statuses)
        table.add_row(f"{number} {said(name)}", *words)
    Console(highlight=False, width=None if sys.stdout.isatty() else 140).print(table)
    for word, meaning in MEANING.items():
        counts = ", ".join(f"{FORMATS[name]} {report.counts(name)[word]}" for name in FORMATS)
        echo(f"{word} ({counts}): {meaning}.")
    for line in breach_lines(report):
        echo(line)
    for file in write(report, read_config(root)):
        echo(str(file.relative_to(root)))
    if breaches := report.breaches():
        raise NotatError("N1105", f"{len(breaches)} brudd.", remedy="Rett dem, kjør notat render og prøv på nytt.")
    if skipped := report.skipped():
        raise NotatError("N1106", f"Ikke alt er prøvd. {' '.join(skipped)}")
    echo("Ingen brudd.")


cli.add_command(new)
cli.add_command(serie)
for _command in (newtext.boks, newtext.sporsmaal, newtext.fotnote):
    new.add_command(_command)
cli.add_command(list_names)
cli.add_command(doctor)
cli.add_command(les)
cli.add_command(explain)
cli.add_command(words)
for _command in (import_, update, diff):
    cli.add_command(_command)


@cli.command()
def brand() -> None:
    """Før fargene i _brand.yml inn i husstilen for nettsidene, PDF-en og Word-fila."""
    from notat.engine.write.brand import apply

    root = paths.find_root()
    changed = apply(root)
    for file in changed:
        echo(str(file.relative_to(root)))
    echo("Fargene er ført inn." if changed else "Husstilen har alt disse fargene.")


@cli.command()
@click.argument("folder", metavar="[MAPPE]", type=click.Path(path_type=Path), default=".")
@click.option("--fylke", metavar="FYLKE", default="", help="Navnet på fylket notatet skal handle om, eller nummeret.")
@click.option("--sprak", type=click.Choice(CODES), default="nb", show_default=True, help="Språket notatet er på.")
def init(folder: Path, fylke: str, sprak: str) -> None:
    """Begynn et nytt notat i en ny eller tom mappe, med egne data, farger og kapitler.

    Med --fylke handler det om det fylket: folketall og ledighet, et kart, og en profil av hver kommune.
    """
    from notat.cli.init import begin

    files = begin(folder, _console.print, fylke, sprak)
    echo(f"{folder}: {len(files)} filer.")
    there = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    echo(f"Neste: {there}make render && make test")


@cli.command()
@click.option("--uten-nettleser", is_flag=True, help="Ikke åpne nettleseren, bare skriv hvor siden er.")
def demo(uten_nettleser: bool) -> None:
    """Lag et notat på én side i en midlertidig mappe, og vis det."""
    import webbrowser

    from notat.cli.init.demo import make

    page = make(_console.print)
    echo(f"Siden er {page}")
    program = Path(sys.executable).with_name("notat")
    echo(f"Prøv selv: Endre index.qmd i mappa, og kjør cd {page.parents[1]} && {program} preview")
    echo("Mappa kan slettes når som helst.")
    # Without a desktop, a browser would take over the terminal.
    has_desktop = sys.platform == "darwin" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    if has_desktop and not uten_nettleser:
        webbrowser.open(page.as_uri())


@cli.command(name="trace")
@click.argument("id_", metavar="ID", shell_complete=complete.numbers)
@profile
def trace_number(id_: str) -> None:
    """Vis hvor et tall kommer fra: formel, celler, kilder og en tidligere utgave."""
    from notat.project.project import Project
    from notat.show.trace import trace

    # Wide enough that no address is wrapped when the tree is written to a file.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 400)
    console.print(speech.said_tree(trace(Project.around(), id_)))


@cli.command()
@profile
def snippets() -> None:
    """Lag forslagene som VS Code gir til tall, påstander, figurer, tabeller og kilder."""
    from notat.cli.snippets import snippets_file
    from notat.project.project import Project

    project = Project.around()
    is_new = paths.renew(project.root / paths.SNIPPETS, snippets_file(project))
    echo(f"{paths.SNIPPETS} er ny." if is_new else f"{paths.SNIPPETS} er uendret.")


@cli.command()
@click.option("--ja", "agreed", is_flag=True, help="Godta alt som vises, uten å bli spurt.")
@profile
def accept(agreed: bool) -> None:
    """Vis alt som er endret i data og tall, og godta det når du sier ja. Kjører kontrollnotatbøkene på nytt."""
    _accept(agreed)


def _accept(agreed: bool) -> None:
    from notat.judge.accept import propose
    from notat.judge.checks import against_data
    from notat.project.project import Project

    proposal = propose(paths.find_root(), _console.print)
    for line in (*proposal.data, *proposal.numbers):
        echo(str(line))
    if proposal.corrections:
        echo("Disse rettelsene nevner tall som nå er andre. Se om de fortsatt er riktige:")
    for correction in proposal.corrections:
        echo(f"  {correction}")
    count = len(proposal.numbers)
    numbers = "Ingen tall er" if not count else "Ett tall er" if count == 1 else f"{count} tall er"
    changes = len(proposal.data)
    echo(f"{changes} {'endring' if changes == 1 else 'endringer'} i data. {numbers} endret.")
    if found := against_data(Project.around()):
        echo("Noe i notatet sier imot dataene slik de er nå. Ingenting er godtatt.")
        raise NotatError.together(found)
    if not (proposal.is_empty or agreed):
        _ask_to_accept(len(proposal.corrections))
    proposal.store()
    if not proposal.is_empty:
        echo("Godtatt.")


def _ask_to_accept(corrections: int) -> None:
    """Return when the person at the terminal agrees; raise otherwise. Nothing is stored by then."""
    if not asking.someone_answers():
        remedy = "Se gjennom lista. Er alt rett, kjør notat accept --ja. Ingenting er lagret."
        raise NotatError("N1114", "Endringene er ikke godtatt, for her er ingen å spørre.", remedy=remedy)
    questions = ["Er rettelsene over fortsatt riktige?"] if corrections else []
    for question in (*questions, "Godta disse endringene?"):
        if not asking.agrees(question):
            remedy = "Rett dem, og kjør på nytt. Ingenting er lagret."
            raise NotatError("N1115", "Endringene er ikke godtatt.", remedy=remedy)


@cli.command()
@profile
def verify() -> None:
    """Lag notatet to ganger under ulike forhold, og sammenlign alle filer byte for byte."""
    from notat.judge.verify import verify as build_twice

    found = build_twice(paths.find_root(), lambda step: _console.print(step, soft_wrap=True))
    for file in found.files:
        echo(str(file))
    if not found.clock_moved:
        echo("Klokka er ikke flyttet: Programmet faketime mangler.")
    if not found.existing:
        echo("Utdata fra før er ikke sammenlignet: De mangler, eller er laget av andre inndata.")
    nobody = "ingen. LibreOffice mangler her, eller ingen Word-fil har innholdsliste"
    echo(f"Sidetallene i Word er regnet ut av {found.pages_by or nobody}.")
    partly = found.existing and found.pages_by != found.theirs
    if partly:
        echo(
            f"I utdata fra før er de regnet ut av {found.theirs or 'ingen'}. Word-filene, nettsidene, som viser hvor "
            "store filene er, og manifest.json er derfor bare sammenlignet mellom de to byggene."
        )
    if found.unlike:
        count = "Én fil er ulik." if len(found.unlike) == 1 else f"{len(found.unlike)} filer er ulike."
        remedy = "Finn det i koden som avhenger av tid, sted, tilfeldighet eller mellomlager."
        raise NotatError("N1107", count, remedy=remedy)
    places = "begge bygg" if partly or not found.existing else "begge bygg og i _output/"
    echo(f"Alle {len(found.files)} filer er like i {places}.")


@cli.command(name="compare")
@click.argument("other", metavar="ANNEN", type=click.Path(path_type=Path))
@click.option("--inn", is_flag=True, help="Før leserens endringer av teksten i en Word-fil inn i kapitlene.")
@profile
def compare_with(other: Path, inn: bool) -> None:
    """Sammenlign _output/ med en annen motors utdata, eller med en Word-fil fra en leser.

    Med --inn skrives det leseren har endret i Word, også sporede endringer, inn i kapitlene. Tall, merker og
    henvisninger blir stående. Det som ikke kan føres inn, og kommentarene, listes med fil og linje. Se på git diff.
    """
    from notat.judge.compare import compare

    if inn:
        _take_in(other)
        return
    found = compare(paths.find_root(), other)
    for line in [*found.differences, *found.comments]:
        echo(str(line))
    if counts := _counts(found.differences, found.comments):
        raise NotatError("N1108", f"{counts}.", remedy="Rett kapitlene, dataene eller motoren der linjene viser.")
    compared = ", ".join(f"{count} tekstdeler i {name}" for name, count in found.compared.items())
    echo(f"Likt: {compared}.")


def _counts(differences: Sequence[object], comments: Sequence[object]) -> str:
    words = ((differences, "forskjell", "forskjeller"), (comments, "kommentar", "kommentarer"))
    return " og ".join(f"{len(found)} {one if len(found) == 1 else many}" for found, one, many in words if found)


def _take_in(copy: Path) -> None:
    """Write a reader's changes into the chapters: all that can be written, or nothing when a file cannot."""
    from notat.cli.scaffold.plan import Plan
    from notat.judge.compare import open_returned
    from notat.judge.compare.writing import write_back

    returned = open_returned(paths.find_root(), copy)
    writing, comments = write_back(returned), list(returned.comments())
    plan = Plan(returned.project)
    for file, text in writing.texts.items():
        plan.put(file, text, "", "")
    plan.write()
    for title, lines in (
        ("Ført inn:", writing.written),
        ("Ikke ført inn:", writing.left),
        ("Kommentarer:", comments),
        ("Merk:", writing.remarks),
    ):
        echo("\n".join([title, *(f"  {line}" for line in lines)]) if lines else "", nl=bool(lines))
    if counts := _counts(writing.left, comments):
        raise NotatError("N1140", f"{counts} må du se på selv.", remedy="Rett der linjene viser, og kjør notat render.")
    echo("Alt er ført inn. Se over med git diff." if writing.written else "Word-fila har ingen endringer.")


def _size(file: Path) -> str:
    from fractions import Fraction

    from notat.norsk import format_number

    return f"{format_number(Fraction(file.stat().st_size, 1000))} kB"


def _stop(error: NotatError, code: int) -> NoReturn:
    for message in str(error).split("\n"):
        _console.print(f"Feil: {message}", style="red", soft_wrap=True, markup=False)
    sys.exit(code)


def main() -> None:
    """Run the command line; every foreseen problem ends in one message and exit code 1, wrong usage in 2."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # on SIGTERM the build cleans up as after Ctrl-C
    try:
        speech.refuse_unknown()
        (translated(cli) if speech.is_english() else cli).main(standalone_mode=False, prog_name="notat")
    except NotatError as error:
        _stop(named(error), 1)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "notat"
        _stop(NotatError("N1102", misuse(error), remedy=f"Se «{path} --help»."), 2)
    except (click.Abort, KeyboardInterrupt) as error:
        # Click turns it into Abort; a build that had already replaced the outputs says so.
        _console.print(str(error.__cause__ or error) or "Avbrutt. Utdata er urørt.", markup=False)
        sys.exit(130)
