"""The commands that bring in official figures: `notat import`, `notat update` and `notat diff`."""

from __future__ import annotations

import datetime as dt
import gc
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notat.cli import asking, speech
from notat.cli.clickhelp import Command, as_json, in_json
from notat.cli.profile import profile
from notat.cli.speech import echo
from notat.text import paths, plaintext
from notat.text.errors import NotatError, did_you_mean

if TYPE_CHECKING:
    from notat.intake.archive import Received
    from notat.intake.recipes import Recipe
    from notat.intake.ssb import Ssb
    from notat.judge.renew import Arrival, Due, Renewal, Trial

_SSB = "ssb:"
_NOTHING_STORED = "Ingenting er lagret."
# The options that have a meaning for each way of bringing in; another is refused, not passed over.
_ALWAYS = {"dry", "rapport", "agreed", "periode", "publisert", "neste"}
_NEW = _ALWAYS | {"likevel", "navn", "stedskolonne", "gruppe", "bare", "uten", "sted", "skoleaar", "eldre"}
_NEW |= {"tegn", "tittel", "maal", "kind", "enhet", "rounding", "kilde", "maaledato", "merknad"}
_OF_FILE = _NEW | {"ark", "hode", "verdi", "aar", "desimaltegn"}
_OF_SSB = (_NEW | {"utvalg", "kodeliste"}) - {"publisert", "neste", "likevel"}
_AGAIN = _ALWAYS | {"likevel", "aar"}
_SHARED = ("tittel", "maal", "type", "enhet", "kilde")
_ROUNDING = {0: "1", 1: "0.1", 2: "0.01", 3: "0.001"}


def _many(*names: str, help: str, metavar: str = "KOLONNE") -> Callable[[Callable[..., None]], Callable[..., None]]:  # noqa: A002  # click's word for it
    return click.option(*names, multiple=True, metavar=metavar, help=help)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage: all rows live until the command ends, and looking through them takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


_REPORT = click.option(
    "--rapport", type=click.Path(path_type=Path), help="Skriv rapporten til en .md- eller .html-fil."
)
_AGREED = click.option("--ja", "agreed", is_flag=True, help="Godta det som vises, uten å bli spurt.")
_MEETING = click.option(
    "--mote", metavar="DATO", help="Vis hva kildene skal publisere før dette møtet, som 2027-01-15."
)
_DRY = click.option("--dry-run", "dry", is_flag=True, help="Bare vis. Lagre ingenting.")


@click.command(name="import", cls=Command)
@click.argument("source", metavar="[FIL|ssb:TABELL]", default="")
@click.option("--oppskrift", metavar="NAVN", help="Ta inn fila med en oppskrift som finnes.")
@click.option("--sok", metavar="TEKST", help="Finn tabeller hos SSB.")
@click.option("--navn", metavar="NAVN", help="Navnet på serien og oppskriften.")
@_many("--ark", metavar="ARK", help="Arket eller tabellen i fila; flere, eller med *, når de er én tabell.")
@click.option("--hode", type=int, metavar="LINJE", help="Linja med kolonnenavn, når den ikke blir funnet.")
@click.option("--verdi", metavar="KOLONNE", help="Kolonnen med verdiene.")
@_many("--periode", help="Kolonnen med perioden; to ganger for år og måned. 2022 når alt gjelder det.")
@_many("--stedskolonne", help="Kolonnen med stedet; to ganger for kode og navn.")
@_many("--gruppe", help="En kolonne som deler målet i grupper. «ingen» når ingen gjør det.")
@_many("--bare", metavar="KOLONNE=TEKST", help="Bare radene (eller koden) som har dette.")
@_many("--uten", metavar="STED", help="Hopp over stedet; * står for hva som helst.")
@_many(
    "--sted", metavar="NAVN=KODE", help="Koden til et sted kilden bare har navnet på. Bare KODE når alt gjelder det."
)
@_many("--tegn", metavar="TEGN=MENING", help="Hva et tegn i stedet for et tall betyr: 0, ., .., : eller *.")
@_many("--utvalg", metavar="VARIABEL=KODER", help="Fra SSB: koder med komma mellom, *, top(5), from(2015).")
@_many("--kodeliste", metavar="VARIABEL=LISTE", help="Fra SSB: kodeliste eller gruppering.")
@click.option("--aar", type=int, help="Året som måneder uten år hører til.")
@click.option("--skoleaar/--maaned", default=None, help="Om 2011-12 er et skoleår eller en måned.")
@click.option("--desimaltegn", type=click.Choice([",", "."]), help="Desimaltegnet, når tallene ikke viser det.")
@click.option("--tittel", help="Hva tabellen er.")
@click.option("--maal", help="Hva som er målt, slik leseren skal se det.")
@click.option("--type", "kind", type=click.Choice(["nivå", "andel", "endring", "mål"]), help="Hva slags verdi det er.")
@click.option("--enhet", help="Enheten, som prosent eller personer.")
@click.option("--avrundet-til", "rounding", help="Det minste kilden skiller mellom. Uten valget følger det av tallene.")
@click.option("--kilde", help="Kilden i data/kilder.csv.")
@click.option(
    "--eldre",
    type=click.Choice(["sum", "vektet", "brudd"]),
    help="Hva verdier fra før stedet fikk grensene sine, er: lagt sammen, vektet, eller med grensene som var da.",
)
@click.option("--maaledato", metavar="MM-DD", help="Dagen i året som årsverdier gjelder, som 01-01.")
@_many("--merknad", metavar="TEKST", help="Det alle som leser en verdi, må vite.")
@click.option("--publisert", metavar="DATO", help="Dagen kilden kom med fila.")
@click.option("--neste", metavar="DATO", help="Dagen kilden kommer med den neste.")
@click.option("--likevel", is_flag=True, help="Ta inn fila selv om den ser eldre ut, eller ut som en annen enn sist.")
@_DRY
@_REPORT
@_AGREED
@profile
@_uncollected()
def import_(source: str, oppskrift: str | None, sok: str | None, **options: Any) -> None:
    """Ta inn en fil eller en tabell fra SSB som en serie. Viser hvordan den leses, og spør om det som mangler."""
    from notat.intake.reading import looks_like_period
    from notat.intake.recipes import read_recipes
    from notat.norsk import periods

    root = paths.find_root()
    if sok:
        with _connection(root) as ssb:
            for one in ssb.tables(sok):
                ended = ", avsluttet" if one.discontinued else ""
                echo(plaintext.visible(f"{one.id}  {one.label} ({one.first}–{one.last}{ended})"))
        return
    if not source:
        remedy = "Skriv notat import FIL eller ssb:TABELL."
        raise NotatError("N1150", "Det er ikke sagt hva som skal tas inn.", remedy=remedy)
    if oppskrift:
        known = read_recipes(root)
        if oppskrift not in known:
            raise _unknown(oppskrift, known)
        _refuse_unused(options, _AGAIN, "en oppskrift som finnes")
        for text in options["periode"]:
            if not looks_like_period(text):
                raise NotatError("N1102", f"--periode {text} er ikke en periode.", remedy=periods.REMEDY)
        recipe, received = known[oppskrift], _file(Path(source), _told(options))
        _renew(root, [(recipe, received)], **{key: options[key] for key in ("dry", "rapport", "agreed", "likevel")})
        return
    is_table = source.casefold().startswith(_SSB)
    _refuse_unused(options, *((_OF_SSB, "SSB") if is_table else (_OF_FILE, "en fil")))
    if is_table:
        recipe, received = _from_ssb(root, source[len(_SSB) :].strip(), options)
    else:
        received = _file(Path(source), _told(options))
        recipe = _from_file(root, received, options)
    if (root / recipe.file).exists() and read_recipes(root)[recipe.name].spec != recipe.spec:
        remedy = f"Bruk den med --oppskrift {recipe.name}, endre den i fila, eller velg et annet --navn."
        raise NotatError(
            "N1153", f"Oppskriften {recipe.name} finnes fra før, og er en annen.", file=recipe.file, remedy=remedy
        )
    _renew(root, [(recipe, received)], **{key: options[key] for key in ("dry", "rapport", "agreed", "likevel")})


@click.command(cls=Command)
@click.argument("names", metavar="[TABELL…]", nargs=-1)
@_DRY
@_MEETING
@_REPORT
@_AGREED
@profile
@_uncollected()
def update(names: tuple[str, ...], mote: str | None, **options: Any) -> None:
    """Hent det som er nytt fra SSB, og vis hva det endrer i tall, påstander og figurer før noe godtas."""
    from notat.intake.recipes import read_recipes

    root, meeting = paths.find_root(), _meeting(mote)
    fetched = {name: one for name, one in read_recipes(root).items() if one.table}
    wanted = []
    for name in names or fetched:
        found = [one for one in fetched.values() if name in (one.name, one.table)]
        if not found:
            raise _unknown(name, {**fetched, **{one.table: one for one in fetched.values()}})
        wanted += found
    if not wanted:
        remedy = "Ta inn en med notat import ssb:TABELL --navn NAVN."
        raise NotatError("N1152", "Ingen serie er hentet fra SSB.", remedy=remedy)
    with _connection(root) as ssb:
        received = [(recipe, _fetched(ssb, recipe)) for recipe in {one.name: one for one in wanted}.values()]
    _renew(root, received, meeting=meeting, **options)


@click.command(cls=Command)
@_MEETING
@_REPORT
@as_json
@profile
def diff(mote: str | None, rapport: Path | None, as_json: bool) -> None:
    """Vis hva data som ikke er godtatt, endrer i tall, påstander og figurer."""
    from notat.data.accepted import accepted, unlike
    from notat.judge.renew import Renewal, due_before, since_accepted
    from notat.project.config import read_config

    root, meeting = paths.find_root(), _meeting(mote)
    if not accepted(root).texts:
        raise NotatError("N1155", "Ingen godtatte data å sammenligne med.", remedy="Kjør notat accept først.")
    files = list(unlike(root, read_config(root).bibliography))
    found = since_accepted(root)
    due = tuple(due_before(root, meeting)) if meeting else ()
    if as_json:
        click.echo(in_json({"filer": [{"fil": one.file, "hva": one.what} for one in files], **_facts(found, due)}))
        return
    for one in files:
        echo(f"{one.file} {one.what}.")
    _show(Renewal((), found.numbers, found.false, found.figures, due, meeting), rapport)


def _renew(
    root: Path,
    received: Sequence[tuple[Recipe, Received]],
    *,
    dry: bool,
    rapport: Path | None,
    agreed: bool,
    meeting: dt.date | None = None,
    likevel: bool = False,
) -> None:
    """Show what was received changes, and accept it when somebody says so."""
    from notat.intake import archive
    from notat.judge.renew import arrive, trial, try_out
    from notat.judge.renew.report import log_lines

    arrivals = [arrive(root, recipe, one, agreed=likevel) for recipe, one in received]
    new = [one for one in arrivals if one.before or not _is_known(archive.history(root, one.recipe.name)[-1:], one)]
    for one in arrivals:
        _describe_arrival(one)
    with trial(root) as copy:
        renewal = try_out(copy, new, meeting)
        if not new and not meeting:
            echo("Ingenting er nytt. Alt er uendret.")
            return
        _show(renewal, rapport)
        if dry or not new:
            echo(f"Ingenting er nytt. {_NOTHING_STORED}" if not new else _NOTHING_STORED)
            return
        _ask(agreed)
        _accept(copy, log_lines(renewal))
    echo("Godtatt: data, sjekksummer og endringslogg er skrevet.")
    if renewal.false:
        count = "Én påstand" if len(renewal.false) == 1 else f"{len(renewal.false)} påstander"
        echo(f"{count} i teksten må rettes før notatet kan lages. Se lista over.")


def _accept(copy: Trial, lines: Iterable[str]) -> None:
    if changed := copy.accept(lines, lambda step: echo(step, err=True)):
        remedy = f"Kjør på nytt. {_NOTHING_STORED}"
        raise NotatError("N1156", "Fila er endret mens endringene ble prøvd.", file=changed, remedy=remedy)


def _is_known(last: Sequence[Received], arrival: Arrival) -> bool:
    """Whether the last was the same, or differed in nothing but when it was made. A day that is given is new."""
    if not last:
        return False
    query = dict(arrival.received.query)
    is_same = last[0].sha256 == arrival.received.sha256 and dict(last[0].query) == query
    return is_same or (arrival.drift.is_empty and (bool(arrival.recipe.table) or "publisert" not in query))


def _describe_arrival(arrival: Arrival) -> None:
    from notat.norsk.periods import in_prose

    found = arrival.delivery
    signs = ", ".join(f"{count} «{sign}»" for sign, count in sorted(found.missing.items()))
    places = "ett sted" if len(found.places) == 1 else f"{len(found.places)} steder"
    counted = f"{len(found.observations)} verdier for {places}"
    missing = f"; uten verdi: {signs}" if signs else ""
    empty = f"; {found.empty} tomme celler" if found.empty else ""
    echo(f"{arrival.recipe.name}: {counted}{missing}{empty}; hoppet over: {found.skipped}.")
    if found.sheets:
        echo(plaintext.visible(f"  ark som er lest: {', '.join(found.sheets)}"))
    shown = [one for one in found.observations if one.value][:2]
    for one in shown:
        place, period = found.places.get(one.place, one.place), in_prose(one.period)
        where = " · ".join(filter(None, (one.group, place, period)))
        echo(plaintext.visible(f"  som {where}: {_printed(one.value, found.shared.unit)}"))


def _printed(value: str, unit: str) -> str:
    """A value as the note will print it."""
    from fractions import Fraction

    from notat.norsk import format_quantity

    return format_quantity(Fraction(value), unit, len(value.partition(".")[2]))


def _facts(found: Renewal, due: Sequence[Due]) -> dict[str, Any]:
    """What has changed, for programs."""
    return {
        "tall": [{"id": n.id, "betydning": n.meaning, "før": n.old, "etter": n.new} for n in found.numbers],
        "påstander": [
            {"fil": one.file, "linje": one.line, "kode": one.code, "problem": one.problem, "tiltak": one.remedy}
            for one in found.false
        ],
        "figurer": [{"navn": figure.name, "før": figure.old, "etter": figure.new} for figure in found.figures],
        "kommer": [{"tittel": one.title, "dato": one.day.isoformat()} for one in due],
    }


def _show(renewal: Renewal, file: Path | None) -> None:
    from notat.judge.renew.report import as_markdown, as_page, as_text, sections

    report = sections(renewal)
    echo(as_text(report))
    if file:
        writers = {".md": as_markdown, ".html": as_page}
        if file.suffix not in writers:
            raise NotatError("N1102", f"--rapport {file} er ikke .md eller .html.", remedy="Velg en av dem.")
        paths.write_bytes(file, writers[file.suffix](report).encode())


def _ask(agreed: bool) -> None:
    """Return when the person at the terminal agrees; raise otherwise."""
    if agreed:
        return
    if not asking.someone_answers():
        remedy = f"Se gjennom rapporten. Er alt rett, kjør på nytt med --ja. {_NOTHING_STORED}"
        raise NotatError("N1151", "Endringene er ikke godtatt, for her er ingen å spørre.", remedy=remedy)
    if not asking.agrees("Godta disse endringene?"):
        raise NotatError("N1151", "Endringene er ikke godtatt.", remedy=_NOTHING_STORED)


def _connection(root: Path) -> Ssb:
    from notat.intake.ssb import ADDRESS, VARIABLE, Ssb
    from notat.project.config import read_config

    return Ssb(os.environ.get(VARIABLE) or read_config(root).ssb or ADDRESS)


def _fetched(ssb: Ssb, recipe: Recipe) -> Received:
    query = recipe.spec["ssb"]
    return ssb.data(query["tabell"], query["utvalg"], query.get("kodelister", {}))


def _told(options: Mapping[str, Any]) -> dict[str, Any]:
    """What the author says of a file that does not: the year of its months, the period of all of it, its day."""
    from notat.intake.reading import looks_like_period

    found = {"aar": options["aar"]} if options["aar"] else {}
    periods = [one for one in options["periode"] if looks_like_period(one)]
    days = {key: _day(options[key]).isoformat() for key in ("publisert", "neste") if options[key]}
    return found | ({"fast_periode": " ".join(periods)} if periods else {}) | days


def _file(file: Path, told: Mapping[str, Any]) -> Received:
    from notat.intake.archive import Received

    try:
        if file.stat().st_size > paths.MAX_BYTES:
            raise NotatError(
                "N0381", f"Fila er større enn {paths.MAX_BYTES // 10**6} MB.", file=file.name, remedy="Del den opp."
            )
        content = file.read_bytes()
    except OSError:
        remedy = "Rett veien til den."
        raise NotatError("N0104", "Fila mangler eller kan ikke leses.", file=file.name, remedy=remedy) from None
    now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    return Received(content, file.name, now, file.name, told)


def _from_file(root: Path, received: Received, options: Mapping[str, Any]) -> Recipe:
    """The recipe that the options and the answers make of a file, after what it is believed to be has been shown."""
    from notat.intake import belief, jsonstat, klass, tables
    from notat.intake.reading import decimals_of, looks_like_period
    from notat.intake.recipes import choose

    if jsonstat.is_jsonstat(received.content):
        datasets = jsonstat.read(received.content, received.name)
        for data in datasets:
            _echo(belief.describe_dataset(data))
        number = int(options["ark"][0]) if options["ark"] and options["ark"][0].isdecimal() else 1
        data = datasets[number - 1] if 0 < number <= len(datasets) else datasets[0]
        return _of_dataset(root, data, number, options)
    found = tables.read(received.content, received.name, options["hode"])
    for table in found:
        if not options["ark"] or any(fnmatchcase(table.name, name) for name in options["ark"]):
            _echo(belief.describe(table))
    shown = [table for table in found if not table.hidden]
    names = [table.name for table in shown]
    if belief.are_alike(shown):
        names.append("*")
        _echo(["Arkene har de samme kolonnene: --ark «*» leser dem som én tabell."])
    sheets = options["ark"] or (
        names[0] if len(names) == 1 else _answer("ark", "Hvilket ark eller hvilken tabell", names)
    )
    sheets = [sheets] if isinstance(sheets, str) else list(sheets)
    is_one = len(sheets) == 1 and any(table.name == sheets[0] for table in found)
    chosen = choose(found, sheets[0] if is_one else sheets, received.name)
    table = chosen[0] if is_one else tables.joined(chosen)
    known = klass.national()
    spec = belief.guess(table, {known[code].name.casefold() for code in known})
    spec |= ({"ark": table.name if is_one else sheets}) if table.is_sheet else {}
    spec |= {key: options[key] for key in ("hode", "desimaltegn", "skoleaar", "verdi") if options[key] is not None}
    if options["periode"]:
        spec["periode"] = [one for one in options["periode"] if not looks_like_period(one)]
    if received.query.get("aar"):
        spec.pop("aar", None)
    spec |= {key: list(options[name]) for key, name in (("sted", "stedskolonne"), ("uten", "uten")) if options[name]}
    if options["bare"]:
        spec["bare"] = _pairs(options["bare"], "bare")
    if "verdi" not in spec:
        used = [*spec.get("periode", []), *spec.get("sted", [])]
        values = belief.value_names(table, used) or [one.name for one in table.columns if one.name not in used]
        spec["verdi"] = _answer("verdi", "Kolonnen med verdiene", values)
    told = [name for name in options["gruppe"] if name != "ingen"]
    spec["gruppe"] = told if options["gruppe"] else belief.groups(table, spec)
    _echo([f"Leses slik: {_words(spec)}"])
    texts = [text for c in table.columns if spec["verdi"] in (c.name, c.words) for text in table.counted(c.name)]
    mark = "" if table.is_sheet else _decimal_mark(texts, options["desimaltegn"])
    places = max((decimals_of(text, mark) for text in texts), default=0)
    return _recipe(root, options, {"fil": {key: value for key, value in spec.items() if value != []}}, {}, places)


def _decimal_mark(texts: Sequence[str], told: str | None) -> str:
    """The decimal mark of the values; empty where it is not known, for which the cell will be refused."""
    from notat.intake.reading import UnreadError, decimal_mark

    try:
        return told or decimal_mark(texts)
    except UnreadError:
        return ""


def _of_dataset(root: Path, data: Any, number: int, options: Mapping[str, Any], **parts: Any) -> Recipe:
    """The recipe of a dataset of JSON-stat, by its roles."""
    from notat.data import package
    from notat.intake.reading import looks_like_period

    only = _pairs(options["bare"], "bare")
    roles = {one.role: one.id for one in reversed(data.dimensions) if one.role}
    places = [one.id for one in data.dimensions if one.id in options["stedskolonne"] or one.id == roles.get("geo")]
    places += [one.id for one in data.dimensions if re.match(r"region|kok|fylke|kommune", one.id, re.IGNORECASE)]
    times = [one.id for one in data.dimensions if one.id == "Tid" or all(map(looks_like_period, one.labels))]
    known = [*options["periode"], *filter(None, [roles.get("time")]), *times]
    spec: dict[str, Any] = {
        "periode": known[0] if known else _answer("periode", "Tiden", [one.id for one in data.dimensions])
    }
    spec |= {"sted": places[0]} if places else {}
    spec |= {"datasett": number} if number > 1 else {}
    spec |= {"skoleaar": options["skoleaar"]} if options["skoleaar"] is not None else {}
    used = {*spec.values(), *only} - {number}
    several = [one.id for one in data.dimensions if one.id not in used and len(one.labels) > 1]
    spec["gruppe"] = [name for name in options["gruppe"] if name != "ingen"] if options["gruppe"] else several
    spec |= {"bare": only} if only else {}
    spec |= {"uten": list(options["uten"])} if options["uten"] else {}
    _echo([f"Leses slik: {_words(spec)}"])
    metric = data.dimension(roles.get("metric", "ContentsCode"))
    code = (only.get(metric.id) or next(iter(metric.labels))) if metric else ""
    unit, decimals = (metric.units.get(code, ""), metric.decimals.get(code, 0)) if metric else ("", 0)
    label = metric.labels.get(code, "") if metric else ""
    allowed = package.schema_fields(root)["enhet"].get("constraints", {}).get("enum", [unit])
    unit = next((one for one in allowed if one.casefold() == unit.casefold()), unit)
    if unit in allowed and options["enhet"] not in (None, "", unit):
        remedy = "Ta bort --enhet."
        raise NotatError("N0399", f"Kilden oppgir enheten «{unit}», ikke «{options['enhet']}».", remedy=remedy)
    believed = {"tittel": data.label, "maal": label, "enhet": unit}
    believed |= {"kilde": f"ssb_{data.table}"} if parts and data.table else {}
    return _recipe(root, options, {"jsonstat": spec, **parts}, believed, decimals)


def _from_ssb(root: Path, table: str, options: Mapping[str, Any]) -> tuple[Recipe, Received]:
    """The recipe and the first answer for a table of Statistics Norway."""
    from notat.intake import belief, jsonstat

    chosen = {key: codes.split(",") for key, codes in _pairs(options["utvalg"], "utvalg").items()}
    lists = _pairs(options["kodeliste"], "kodeliste")
    with _connection(root) as ssb:
        if not chosen:
            _echo(belief.describe_dataset(ssb.metadata(table)))
            remedy = "Velg koder for hver variabel: --utvalg Tid=top(5)."
            raise NotatError("N1150", "Dette mangler: --utvalg.", remedy=remedy)
        received = ssb.data(table, chosen, lists)
    data = jsonstat.read(received.content, received.name)[0]
    _echo(belief.describe_dataset(data))
    query = {"tabell": table, "utvalg": chosen} | ({"kodelister": lists} if lists else {})
    return _of_dataset(root, data, 1, options, ssb=query), received


def _recipe(
    root: Path, options: Mapping[str, Any], parts: dict[str, Any], believed: Mapping[str, str], decimals: int
) -> Recipe:
    """The checked recipe; what neither the options, a series of the name nor the file says is asked for."""
    from notat.intake.recipes import recipe

    known, eldre = _known_series(root, options["navn"])
    said = {**{key: options["kind" if key == "type" else key] for key in _SHARED}, "navn": options["navn"]}
    given = {key: said[key] or known.get(key) or believed.get(key) for key in ("navn", *_SHARED)}
    given["tittel"] = given["tittel"] or given["maal"]
    missing = [key for key, value in given.items() if not value and key != "tittel"]
    if missing and not asking.someone_answers():
        remedy = "Oppgi det, eller kjør kommandoen i en terminal, så blir du spurt."
        raise NotatError("N1150", f"Dette mangler: {', '.join(f'--{key}' for key in missing)}.", remedy=remedy)
    given |= {key: click.prompt(speech.said(key.capitalize())).strip() for key in missing}
    given["tittel"] = given["tittel"] or given["maal"]
    name = given.pop("navn")
    rounding = options["rounding"] or known.get("avrundet_til") or _ROUNDING.get(decimals, "0.001")
    common: dict[str, Any] = {**given, "avrundet_til": rounding}
    day = options["maaledato"] or known.get("maaledato")
    notes = list(options["merknad"]) or known.get("merknader")
    common |= {key: value for key, value in (("maaledato", day), ("merknader", notes)) if value}
    codes = [text for text in options["sted"] if "=" not in text]
    places = _pairs([text for text in options["sted"] if "=" in text], "sted")
    spec = {"felles": common, **parts}
    spec |= {"steder": places} if places else {}
    spec |= {"tegn": signs} if (signs := _pairs(options["tegn"], "tegn")) else {}
    spec |= {"fast_sted": codes[0]} if codes else {}
    spec |= {"eldre": options["eldre"] or eldre} if options["eldre"] or eldre else {}
    return recipe(str(name), spec)


def _known_series(root: Path, name: str | None) -> tuple[dict[str, Any], str]:
    """What the note has said of the series of this name, and the one word that it marks older values with, if any."""
    from notat.data import series
    from notat.data.records import records
    from notat.intake.recipes import read_recipes

    shared = next((one for one in series.declared(root) if one.name == name), None)
    if not shared:
        return {}, ""
    if own := read_recipes(root).get(shared.name):
        return dict(own.spec["felles"]), str(own.spec.get("eldre", ""))
    file = root / paths.DATA / series.FOLDER / f"{shared.name}.csv"
    marks = {row["status"] for row in records(file, series.COLUMNS, root)} & set(series.MARKED)
    said: dict[str, Any] = {"tittel": shared.title, "maal": shared.measure, "type": shared.kind, "enhet": shared.unit}
    said |= {"avrundet_til": shared.rounding, "kilde": shared.source, "maaledato": shared.measured}
    said |= {"ventetid": shared.delay} if shared.delay else {}
    return {**said, "merknader": list(shared.notes)}, marks.pop() if len(marks) == 1 else ""


def _refuse_unused(options: Mapping[str, Any], used: set[str], by: str) -> None:
    """Refuse an option that would be passed over."""
    said = {"kind": "type", "rounding": "avrundet-til"}
    for name, value in options.items():
        if value not in (None, (), False) and name not in used:
            raise NotatError("N1102", f"--{said.get(name, name)} gjelder ikke {by}.", remedy="Ta valget bort.")


def _answer(option: str, question: str, known: Sequence[str]) -> str:
    listed = ", ".join(f"«{one}»" for one in known)
    if not asking.someone_answers():
        remedy = f"Velg en av {listed}." if known else "Oppgi det."
        raise NotatError("N1150", f"Dette mangler: --{option}.", remedy=remedy)
    return str(click.prompt(f"{speech.said(question)} ({listed})")).strip()


def _pairs(texts: Iterable[str], option: str) -> dict[str, str]:
    found = {}
    for text in texts:
        key, mark, value = text.partition("=")
        if not (key and mark):
            remedy = "Skriv navnet, = og verdien."
            raise NotatError("N1102", f"--{option} {text} har ikke formen NAVN=VERDI.", remedy=remedy)
        found[key] = value
    return found


def _words(spec: Mapping[str, Any]) -> str:
    def said(value: Any) -> str:
        if isinstance(value, dict):
            return ", ".join(f"{key}={text}" for key, text in value.items())
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    return "; ".join(
        f"{key} {said(value) or ('i kolonnene for hver periode' if key == 'verdi' else 'ingen')}"
        for key, value in spec.items()
    )


def _meeting(text: str | None) -> dt.date | None:
    return None if text is None else _day(text)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise NotatError("N1154", f"«{text}» er ikke en dato.", remedy="Skriv dagen som 2027-01-15.") from None


def _echo(lines: Iterable[str] | Iterator[str]) -> None:
    for line in lines:
        echo(plaintext.visible(line))


def _unknown(name: str, known: Iterable[str]) -> NotatError:
    remedy = f"{did_you_mean(name, known)} De ligger i data/oppskrifter/."
    return NotatError("N1152", f"Ingen oppskrift heter «{name}».", remedy=remedy)
