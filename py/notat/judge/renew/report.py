"""A renewal as a report: one list of sections, written as text, Markdown, or a page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from dataclasses import dataclass
from html import escape

from notat.intake.drift import SeriesDrift
from notat.judge.renew import Renewal
from notat.norsk.periods import in_prose
from notat.text import plaintext

_MOST = 200  # rows of one section
_PAGE = """<!DOCTYPE html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: #fff }}
.tabell {{ overflow-x: auto }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border-bottom: 1px solid #767676; padding: .3rem .6rem; text-align: left; vertical-align: top }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class Section:
    """A heading, the names of the columns, and the rows. Without rows the lead says it all."""

    title: str
    lead: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def sections(renewal: Renewal) -> list[Section]:
    """The report of a renewal, in the order of importance; a section without content is left out."""
    found = [_series(one) for one in renewal.series]
    false = [(f"{one.file}:{one.line}", one.problem, one.remedy) for one in renewal.false]
    numbers = [(n.id, n.meaning, n.old, n.new, "ja" if n.beyond else "nei") for n in renewal.numbers]
    figures = [(one.name, one.old, one.new) for one in renewal.figures]
    due = [(one.day.isoformat(), one.title) for one in renewal.due]
    for title, head, rows in (
        ("Påstander som ikke lenger stemmer", ("sted", "hva", "ord som ville stemt"), false),
        ("Tall i notatet som blir andre", ("id", "hva", "før", "etter", "utover avrunding"), numbers),
        ("Figurer og tabeller som sier noe annet", ("navn", "før", "etter"), figures),
    ):
        found.append(Section(title, _total(rows) if rows else "Ingen.", head if rows else (), tuple(rows)))
    if renewal.meeting:
        count = _counted(len(due), "kjent publisering", "kjente publiseringer") or "ingen kjente publiseringer"
        lead = f"Til møtet {in_prose(renewal.meeting.isoformat())}: {count}."
        found.append(Section("Det som kommer før møtet", lead, ("dag", "serie") if due else (), tuple(due)))
    detailed = [part for one in renewal.series for part in _details(one)]
    return [*found, *detailed]


def _series(one: SeriesDrift) -> Section:
    facts = [
        f"publisert {one.published}" if one.published else "",
        f"neste {one.due}" if one.due else "",
        f"{len(one.revised)} tall endret" if one.revised else "",
        _counted(one.added, "nytt tall", "nye tall"),
        f"{len(one.gone)} tall borte" if one.gone else "",
        f"{'nye perioder' if one.new_periods[1:] else 'ny periode'} {_listed(one.new_periods)}"
        if one.new_periods
        else "",
        _counted(len(one.notes), "note endret", "noter endret"),
        _counted(len(one.definitions), "definisjon endret", "definisjoner endret"),
        _counted(
            len(one.ended), "gruppe, sted eller ark er ikke med lenger", "grupper, steder og ark er ikke med lenger"
        ),
        _counted(len(one.begun), "gruppe, sted eller ark er nytt", "grupper, steder og ark er nye"),
        f"ingenting mellom {', '.join(one.gaps)}" if one.gaps else "",
    ]
    said = ", ".join(filter(None, facts))
    what = "Ingenting nytt." if one.is_empty else f"{said[:1].upper()}{said[1:]}."
    return Section(f"{one.title} ({one.name})", f"{'Ny serie: ' if one.is_first else ''}{what}")


def _details(one: SeriesDrift) -> Iterator[Section]:
    revised = tuple((r.where, r.old, r.new, "ja" if r.beyond else "nei") for r in one.revised)
    for title, head, rows in (
        ("tall som er endret", ("hva", "før", "etter", "utover avrunding"), revised),
        ("tall som er borte", ("hva",), tuple((text,) for text in one.gone)),
        ("ikke med lenger", ("hva",), tuple((text,) for text in one.ended)),
        ("nye grupper, steder og ark", ("hva",), tuple((text,) for text in one.begun)),
        ("brudd i serien", ("note",), tuple((text,) for text in one.breaks)),
        ("noter som må vises", ("note",), tuple((text,) for text in one.mandatory if not one.is_empty)),
        ("noter", ("før", "etter"), one.notes),
        ("definisjoner", ("kode", "før", "etter"), one.definitions),
    ):
        if rows:
            yield Section(f"{one.name}: {title}", _total(rows), head, rows)


def log_lines(renewal: Renewal) -> list[str]:
    """What a renewal is in the change log, a line for each series."""
    return [f"{section.title}: {section.lead}" for section in map(_series, renewal.series)]


def as_text(report: list[Section]) -> str:
    """The report for a terminal: a line for each row."""
    lines = []
    for one in report:
        lines.append(f"{one.title}: {one.lead}")
        lines += [f"  {' | '.join(filter(None, row))}" for row in one.rows[:_MOST]]
        lines += [f"  … og {len(one.rows) - _MOST} til"] if len(one.rows) > _MOST else []
    return "\n".join(map(plaintext.visible, lines))


def as_markdown(report: list[Section]) -> str:
    """The report as Markdown with pipe tables."""
    parts = ["# Nye tall"]
    for one in report:
        parts.append(f"## {plaintext.markdown(one.title)}\n\n{plaintext.markdown(one.lead)}")
        if one.rows:
            rule = "|".join(["---"] * len(one.head))
            rows = [" | ".join(map(plaintext.markdown, row)) for row in one.rows]
            parts.append("\n".join([f"| {' | '.join(one.head)} |", f"|{rule}|", *(f"| {row} |" for row in rows)]))
    return "\n\n".join(parts) + "\n"


def as_page(report: list[Section]) -> str:
    """The report as one page that loads nothing."""
    body = []
    for number, one in enumerate(report, 1):
        body.append(f'<section aria-labelledby="del-{number}">\n<h2 id="del-{number}">{escape(one.title)}</h2>')
        body.append(f"<p>{escape(one.lead)}</p>")
        if one.rows:
            head = "".join(f'<th scope="col">{escape(name)}</th>' for name in one.head)
            rows = [
                f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(text)}</td>" for text in rest)}</tr>'
                for first, *rest in one.rows
            ]
            table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"
            body.append(
                f'<div class="tabell" role="region" aria-labelledby="del-{number}" tabindex="0">\n{table}\n</div>'
            )
        body.append("</section>")
    return _PAGE.format(title="Nye tall", body="\n".join(body))


def _total(rows: Sized) -> str:
    return f"{len(rows)} i alt."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""


def _listed(texts: tuple[str, ...]) -> str:
    return texts[0] if len(texts) == 1 else f"{texts[0]} til {texts[-1]}"
