"""Measure building the note without a cache, unchanged, and with one sentence changed."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from notat.cli.preview.builder import Builder
from notat.cli.render import FORMATS, build
from notat.norsk import format_number
from notat.project.calls import calls as calls_of
from notat.project.config import read_config
from notat.project.source import read_source
from notat.text import paths, profiles
from tools.bench import limit
from tools.bench.processes import start
from tools.bench.report import number, spread

ROUNDS = int(os.environ.get("NOTAT_RUNDER", "5"))
_COPIED = ("_brand.yml", "index.qmd", "references.bib", "requirements.lock")
_FOLDERS = ("_extensions", paths.CHAPTERS, paths.DATA)
_COLD = Fraction(3, 2)  # of the limit
_PAUSE = 0.5  # seconds between two savings
_WARM, _SENTENCE = Fraction(2, 5), Fraction(6, 5)  # seconds
_ALL_FORMATS = "én setning endret"
_IN_PREVIEW = "én setning endret i forhåndsvisningen"
_PROSE = re.compile(r"^([A-ZÆØÅ][^`\[\]{}|:#]{40,})\.$", re.MULTILINE)


@dataclass
class Measured:
    """Seconds of each round: of the parts alone, of the builds by what had changed, and of processor time in both.

    `chapters` are those of all formats in the preview when a sentence of the chapter has changed: the first one after
    another chapter, and the next one.
    """

    figures: list[str]
    calls: list[limit.Call]
    parts: dict[str, list[float]] = field(default_factory=dict)
    builds: dict[str, list[float]] = field(default_factory=dict)
    work: dict[str, list[float]] = field(default_factory=dict)
    chapters: dict[str, tuple[list[float], list[float]]] = field(default_factory=dict)

    @property
    def limits(self) -> list[float]:
        """The limit of each round: the parts one after the other."""
        return [sum(times) for times in zip(*self.parts.values(), strict=True)]


def run(project: Path, console: Console) -> None:
    """Measure the project in a copy of it, and print the tables."""
    with tempfile.TemporaryDirectory(prefix="notat-maaling-") as folder:
        root = Path(folder) / "notat"
        root.mkdir()
        for name in (*profiles.files(project), *_COPIED):
            shutil.copyfile(project / name, root / name)
        for name in _FOLDERS:
            shutil.copytree(project / name, root / name)
        _print(console, root, _measured(root, console))


def _measured(root: Path, console: Console) -> Measured:
    config = read_config(root)
    console.print("Bygger én gang, og noterer hva Pandoc blir bedt om …")
    calls = limit.recorded(lambda: build(root))
    asked = [call for chapter in config.chapters for call in calls_of(read_source(root, chapter.file))]
    figures = {name for call in asked if call.function == "figur" for name in call.known}
    found = Measured(sorted(figures), calls)
    chapter = root / config.chapters[min(2, len(config.chapters) - 1)].file

    def add(times: dict[str, list[float]], name: str, measure: Callable[[], float]) -> None:
        before = _processor()
        times.setdefault(name, []).append(measure())
        found.work.setdefault(name, []).append(_processor() - before)

    for round_ in range(ROUNDS):
        console.print(f"Runde {round_ + 1} av {ROUNDS} …")
        add(found.parts, "Python og import", lambda: limit.imports(root))
        add(found.parts, "figurer", lambda: limit.drawing(root, found.figures))
        add(found.parts, "Pandoc", lambda: limit.pandoc(calls))
        add(found.parts, "Typst", lambda: limit.typst(root))
        add(found.builds, "alt på nytt", lambda: _render(root, "--uten-mellomlager"))
        add(found.builds, "ingenting endret", lambda: _render(root))
        _change(chapter, 2 * round_)
        add(found.builds, "én setning endret, bare HTML", lambda: _render(root, "--til", "html"))
        _change(chapter, 2 * round_ + 1)
        add(found.builds, _ALL_FORMATS, lambda: _render(root))
    console.print("Bygger som i forhåndsvisningen …")
    with asyncio.Runner() as runner:
        runner.run(_previewed(root, found, chapter))
    return found


async def _previewed(root: Path, found: Measured, chapter: Path) -> None:
    """Measure builds in the preview's process, after its first build."""
    builder, editions = Builder(root), count(1000)

    async def seconds(formats: Iterable[str], changed: Path) -> float:
        _change(changed, next(editions))
        began = time.perf_counter()
        if error := await builder.build(formats):
            sys.exit(error)
        taken = time.perf_counter() - began
        await asyncio.sleep(_PAUSE)
        return taken

    await seconds(FORMATS, chapter)
    others = [root / file.file for file in read_config(root).chapters]
    for _ in range(ROUNDS):
        found.builds.setdefault(f"{_IN_PREVIEW}, bare HTML", []).append(await seconds(["html"], chapter))
        found.builds.setdefault(_IN_PREVIEW, []).append(await seconds(FORMATS, chapter))
        for other in others:
            if _PROSE.search(other.read_text(encoding="utf-8")):
                for times in found.chapters.setdefault(other.relative_to(root).as_posix(), ([], [])):
                    times.append(await seconds(FORMATS, other))
    await builder.close()


def _processor() -> float:
    """Seconds of CPU time of this process and those it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _render(root: Path, *arguments: str) -> float:
    began = time.perf_counter()
    process = start(root, *arguments)
    _, errors = process.communicate()
    taken = time.perf_counter() - began
    if process.returncode:
        sys.exit(errors)
    return taken


def _change(chapter: Path, edition: int) -> None:
    """Change one sentence of prose to a new one that Typst splits into more or fewer parts."""
    text = chapter.read_text(encoding="utf-8")
    found = _PROSE.search(text)
    if found is None:
        sys.exit(f"{chapter}: Fant ingen setning å endre.")
    sentence = f"{re.sub(r' Endring .*', '', found[1])} Endring{' –' * (edition % 4)} nummer {edition}"
    chapter.write_text(text.replace(found[1], sentence, 1), encoding="utf-8")


def _print(console: Console, root: Path, found: Measured) -> None:
    sizes = []
    for name in ("html", "pdf", "docx"):
        size = sum(file.stat().st_size for file in (root / paths.OUTPUT).rglob(f"*.{name}"))
        sizes.append(f"{name.upper()} {format_number(Fraction(size, 1000))} kB")
    console.print(
        f"\nNotatet: {len(found.figures)} figurer, {len(found.calls)} kjøringer av Pandoc; {', '.join(sizes)}.\n"
        f"Tid er median av {ROUNDS} runder (minst–mest).\n"
    )
    table = Table("Det arbeidet koster i seg selv", "sekunder", "prosessortid")
    for name, times in found.parts.items():
        table.add_row(name, spread(times), number(median(found.work[name])))
    table.add_row("Grensen: alt etter hverandre", spread(found.limits), style="bold")
    console.print(table)
    table = Table("Bygging", "sekunder", "prosessortid", "krav", "resultat")
    cold = found.builds.pop("alt på nytt")
    ratio = Fraction(median(built / alone for built, alone in zip(cold, found.limits, strict=True)))
    shown = f"{format_number(ratio, 2)} · grensen: {_verdict(ratio, _COLD)}"
    table.add_row(
        "alt på nytt", spread(cold), number(median(found.work["alt på nytt"])), f"{number(_COLD)} · grensen", shown
    )
    for name, times in found.builds.items():
        allowed = _WARM if name == "ingenting endret" else _SENTENCE
        done = number(median(found.work[name])) if name in found.work else ""
        verdict = _verdict(Fraction(median(times)), allowed)
        if name == _ALL_FORMATS:
            # A new process cannot have the PDF sooner than Typst alone builds it.
            rest = median(built - alone for built, alone in zip(times, found.parts["Typst"], strict=True))
            verdict += f"; {number(rest)} s mer enn Typst alene"
        table.add_row(name, spread(times), done, f"{number(allowed)} s", verdict)
    console.print(table)
    table = Table(
        f"{_IN_PREVIEW}, alle formater", "den første i kapittelet", "den neste", f"krav: {number(_SENTENCE)} s"
    )
    for name, both in found.chapters.items():
        verdicts = dict.fromkeys(_verdict(Fraction(median(times)), _SENTENCE) for times in both)
        table.add_row(name, *map(spread, both), ", ".join(verdicts))
    console.print(table)


def _verdict(measured: Fraction, allowed: Fraction) -> str:
    return "holder" if measured <= allowed else "holder ikke"
