"""The colophon: who publishes the note and how to cite it, what it was built with, from which data, and on what terms.

It depends only on the data, `_quarto.yml` and the package's version, so that it is the same in every format and engine.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import notat
from notat.data.accepted import CHECKSUMS
from notat.norsk import format_number
from notat.norsk.language import current, say, term
from notat.norsk.periods import in_prose
from notat.numbers.indicators import Numbers
from notat.project.config import Config
from notat.project.manifest import data_digest, sha256
from notat.project.project import Project
from notat.show.overview import used_numbers
from notat.text import paths
from notat.text.plaintext import markdown

_UNSTATED = "Ikke oppgitt"


def colophon_markdown(project: Project, numbers: Numbers) -> str:
    """The facts as a list, and the digest of the data on its own line, where it need not be wrapped."""
    data, tables = numbers.data, numbers.data.series_tables
    named = {table.table for table in tables}
    own = [row for row in data.rows if row.table not in named]
    config = project.config
    shown = {id_ for source in project.chapters for id_ in used_numbers(source)}
    kind = f" {markdown(config.subtitle)}." if config.subtitle else ""
    facts = {
        "Utgiver": markdown(config.author),
        "Utgave": in_prose(config.date.isoformat()),
        "Slik viser du til notatet": f"{markdown(config.author)} ({config.date.year}): "
        f"*{markdown(config.title)}*.{kind}",
        **({"Dokumenter": _documents(config)} if len(config.documents) > 1 else {}),
        "Program": say("notat, versjon {version}", version=notat.__version__),
        "Datapakke": say(
            "{values} i {tables}, hentet fra {sources}",
            values=_count(len(own) + sum(map(len, tables)), "verdi", "verdier"),
            tables=_count(len({row.table for row in own}) + len(tables), "tabell", "tabeller"),
            sources=_count(len(data.sources), "kilde", "kilder"),
        ),
        "Tall i teksten": say(
            "{numbers}, alle bundet til datapakken", numbers=_count(len(shown), "tall", "ulike tall")
        ),
        "Lisens for dataene": _licences(numbers),
    }
    facts |= _where(project.config)
    digest = data_digest(project)
    listed = "\n".join(f"- **{say(name)}:** {words}" for name, words in facts.items())
    return f"{listed}\n\n{say('Fingeravtrykket av datapakken (SHA-256) er')}\n\n`{digest}`\n{_recipe(project, digest)}"


def _where(config: Config) -> dict[str, str]:
    """Where readers of a printed copy find what every page of the web links to."""
    contact = config.contact
    statement = "" if contact.is_in_book else contact.statement
    found = {
        "Kontakt": f"[{contact.address}]({contact.link})",
        "Tilgjengelighetserklæring": f"[{statement}]({statement})",
    }
    return {name: words for name, words in found.items() if not words.startswith("[]")}


def _documents(config: Config) -> str:
    """What the printed documents are called, and their files."""
    names = [f"{one.name.lower() or say('hovednotatet')} ({one.file('pdf')})" for one in config.documents]
    return say("{documents}, hvert også som Word-fil", documents=current().listed(names))


def _recipe(project: Project, digest: str) -> str:
    """How to recompute the digest, where the list of checksums in the data package is up to date."""
    file = project.root / paths.DATA / CHECKSUMS
    if not file.is_file() or sha256(file) != digest:
        return ""
    said = say(
        "Det er fingeravtrykket av fila {file}, som lister opp de andre filene i datapakken med "
        "fingeravtrykket av hver. Hvem som helst kan regne begge etter med programmet sha256sum.",
        file=CHECKSUMS,
    )
    return f"\n{said}\n"


def _licences(numbers: Numbers) -> str:
    """How many sources state each licence; that most state none matters for reuse."""
    found = Counter(source.licence for source in numbers.data.sources.values())
    unstated = sum(found.pop(licence, 0) for licence in {"", _UNSTATED, term(_UNSTATED)})
    counts = {licence: _count(count, "kilde", "kilder") for licence, count in sorted(found.items())}
    words = [say("{licence} for {sources}", licence=licence, sources=count) for licence, count in counts.items()]
    if unstated:
        words.append(say("ikke oppgitt for {sources}", sources=_count(unstated, "kilde", "kilder")))
    return "; ".join(words)


def _count(number: int, one: str, many: str) -> str:
    return f"{format_number(Fraction(number))}\u00a0{say(one if number == 1 else many)}"
