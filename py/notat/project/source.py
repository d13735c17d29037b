"""Read a chapter: text, code cells and inline code, each with the file and line it came from."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from notat.text import paths
from notat.text.errors import NotatError

Place = tuple[str, int]

# Adjacent repetitions must not match the same characters: a long line would then take minutes.
_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
# A cell that Pandoc would print as text: inside a list or a quotation.
_INDENTED_CELL = re.compile(r"^[\s>]+(?:`{3,}|~{3,})\s*\{\w")
_SHORTCODE = re.compile(r"\{\{<\s*(?P<name>[\w-]+)(?![\w-])(?P<rest>.*?)>\}\}")
_INLINE = re.compile(r"`\{(?P<language>\w+)\}\s+(?P<code>[^`]+)`")
# Inline code that `_INLINE` did not take: unclosed on its line, or without the space after the brace.
_STRAY_INLINE = re.compile(r"`\{\w+\s*\}")
_OPTION = re.compile(r"^#\|\s*(?P<key>[\w-]+)\s*:\s*(?P<value>.*?)\s*$")
_LONGEST = 5_000  # characters in a line: a paragraph of many sentences
_MOST_LINES = 5_000
_DEEPEST = 10  # includes within includes
_NESTED = re.compile(r"(?:[ \t]*(?:[>*+-]|[0-9]+[.)])(?=[ \t>])){10}")
_BRACKET = re.compile(r"\\.|[\[\]]")
_MOST_BRACKETS = 6
# Options that a cell may set, and the values that the engine acts on.
_OPTIONS = {"label": None, "echo": {"false"}, "include": {"false"}, "output": {"asis"}, "warning": {"false"}}


@dataclass(frozen=True)
class Text:
    """Markdown between cells; may hold inline code."""

    markdown: str
    place: Place


@dataclass(frozen=True)
class Inline:
    """Inline code: an expression to evaluate."""

    code: str
    place: Place


@dataclass(frozen=True)
class CodeCell:
    """A code cell with its options."""

    code: str
    options: dict[str, str]
    place: Place


@dataclass
class Source:
    """A chapter's parts in order, its expanded lines for finding the place of a word, and all its files."""

    file: str
    files: list[str] = field(default_factory=list)
    parts: list[Text | Inline | CodeCell] = field(default_factory=list)
    lines: list[tuple[Place, str]] = field(default_factory=list)
    cells: list[range] = field(default_factory=list)  # the positions in `lines` that each code cell takes

    @property
    def code(self) -> list[Inline | CodeCell]:
        """The cells and the inline code, in order."""
        return [part for part in self.parts if not isinstance(part, Text)]

    def place_of(self, *tokens: str, last: bool = False) -> Place:
        """File and line of the first (or last) line that contains a token, as a whole name when it ends like one.

        The first token found anywhere decides; without one, it is the chapter's first line.
        """
        for token in tokens:
            pattern = re.compile(re.escape(token) + (r"(?![\w-])" if token[-1:].isalnum() else ""))
            found = [place for place, line in self.lines if pattern.search(line)]
            if found:
                return found[-1 if last else 0]
        return self.file, 1


def read_source(root: Path, file: str) -> Source:
    """Read the chapter `file` (a path from `root`), with its includes."""
    source = Source(file)
    source.lines = _expand(root, file, (), source.files)
    if source.lines and source.lines[0][1].strip() == "---":
        raise NotatError(
            "N0510",
            "Kapittelet begynner med en YAML-blokk.",
            file=file,
            line=1,
            remedy="Skriv tittelen som «# Tittel {#sec-navn}» på første linje.",
        )
    _split(source)
    cells = [part for part in source.parts if isinstance(part, CodeCell)]
    inlines = [part for part in source.parts if isinstance(part, Inline)]
    if inlines and not cells:
        # Genuine Quarto would print the code as text in a chapter without cells.
        place = inlines[0].place
        raise NotatError(
            "N0511",
            "Kapittelet har tall i teksten, men ingen kodecelle.",
            place=place,
            remedy="Legg oppsettcellen fra de andre kapitlene rett under tittelen.",
        )
    return source


def weave(source: Source, results: Iterable[str]) -> str:
    """The chapter's Markdown with each piece of code replaced by its result."""
    following = iter(results)
    return "".join(part.markdown if isinstance(part, Text) else next(following) for part in source.parts)


def _expand(root: Path, file: str, above: tuple[str, ...], files: list[str]) -> list[tuple[Place, str]]:
    """Lines with their places; an include on a line of its own is replaced by the included file's lines.

    Every file that is read is added to `files`, once.
    """
    lines: list[tuple[Place, str]] = []
    if file not in files:
        files.append(file)
    # Universal newlines only: str.splitlines also splits at characters that no editor counts as a line break.
    text = io.StringIO(paths.read_text(root / file, root), newline=None)
    for number, line in enumerate((line.removesuffix("\n") for line in text), 1):
        if len(line) > _LONGEST:
            raise NotatError(
                "N0512",
                f"Linja har {len(line)} tegn, og grensen er {_LONGEST}.",
                file=file,
                line=number,
                remedy="Skriv én setning på hver linje.",
            )
        match = _SHORTCODE.search(line)
        if match is None and ("{{<" in line or ">}}" in line):
            raise NotatError(
                "N0513",
                "Kortkoden kan ikke leses.",
                file=file,
                line=number,
                remedy="Skriv {{< include fil.qmd >}} på egen linje.",
            )
        if match is None:
            lines.append(((file, number), line))
            continue
        if match["name"] != "include" or match.group() != line.strip():
            raise NotatError(
                "N0513",
                f"Kortkoden «{match['name']}» er ukjent eller står ikke alene på linja.",
                file=file,
                line=number,
                remedy="Bare {{< include fil.qmd >}} på egen linje støttes.",
            )
        target = paths.inside(Path(file).parent / match["rest"].strip(), root)
        name = target.relative_to(root.resolve()).as_posix() if target else ""
        if not name or name in (*above, file) or len(above) >= _DEEPEST:
            raise NotatError(
                "N0514",
                f"Kan ikke ta inn {match['rest'].strip()}.",
                file=file,
                line=number,
                remedy="Fila må finnes i prosjektet, kan ikke ta inn seg selv, og ikke stå mange ledd ned.",
            )
        lines.extend(_expand(root, name, (*above, file), files))
        _refuse_endless(lines, file, number)
    _refuse_endless(lines, file, None)
    return lines


def _refuse_endless(lines: list[tuple[Place, str]], file: str, number: int | None) -> None:
    """Refuse includes that grow without end: files that each include the next twice, although none includes itself."""
    if len(lines) > _MOST_LINES:
        raise NotatError(
            "N0512", f"Kapittelet er lengre enn {_MOST_LINES} linjer.", file=file, line=number, remedy="Del det opp."
        )


def _split(source: Source) -> None:
    """Fill `source.parts` from its lines."""
    buffer: list[tuple[Place, str, bool]] = []
    position = 0
    while position < len(source.lines):
        place, line = source.lines[position]
        fence = _FENCE.match(line)
        if fence is None:
            if _INDENTED_CELL.match(line):
                raise NotatError(
                    "N0515",
                    "Kodecellen står ikke helt til venstre.",
                    place=place,
                    remedy="Fjern innrykket, og avslutt lista eller sitatet før cellen.",
                )
            buffer.append((place, line, False))
            position += 1
            continue
        end = _closing(source.lines, position, fence["fence"])
        body = source.lines[position : end + 1]
        info = fence["info"].strip()
        if info.startswith("{") and not info.startswith("{."):
            if info != "{python}":
                raise NotatError(
                    "N0516", f"Kodeblokker av typen {info} støttes ikke.", place=place, remedy="Skriv ```{python}."
                )
            _flush(source, buffer)
            source.cells.append(range(position, end + 1))
            source.parts.append(_cell([text for _, text in body[1:-1]], place))
        else:
            buffer.extend((p, text, True) for p, text in body)
        position = end + 1
    _flush(source, buffer)


def _closing(lines: list[tuple[Place, str]], start: int, fence: str) -> int:
    for position in range(start + 1, len(lines)):
        text = lines[position][1].strip()
        if text.startswith(fence) and not text.strip(fence[0]):
            return position
    file, line = lines[start][0]
    raise NotatError("N0517", "Kodeblokken er ikke lukket.", file=file, line=line, remedy=f"Avslutt den med {fence}.")


def _cell(lines: list[str], place: Place) -> CodeCell:
    options: dict[str, str] = {}
    for offset, line in enumerate(lines, 1):
        match = _OPTION.match(line)
        if match is None:
            if line.startswith("#|"):
                raise NotatError(
                    "N0518",
                    "Cellevalget kan ikke leses.",
                    file=place[0],
                    line=place[1] + offset,
                    remedy="Skriv #| nøkkel: verdi.",
                )
            break
        key, value = match["key"], match["value"]
        allowed = _OPTIONS.get(key, set())
        if (allowed is not None and value not in allowed) or (key == "label" and value.startswith(("fig-", "tbl-"))):
            raise NotatError(
                "N0518",
                f"Cellevalget «{key}: {value}» støttes ikke.",
                file=place[0],
                line=place[1] + offset,
                remedy="Figurer og tabeller lages med figur() og tabell(); andre valg settes i _quarto.yml.",
            )
        options[key] = value
    return CodeCell("\n".join(lines), options, place)


def _flush(source: Source, buffer: list[tuple[Place, str, bool]]) -> None:
    """Turn the buffered lines, each verbatim or not, into text and inline code."""
    start, text = (buffer[0][0] if buffer else (source.file, 1)), ""
    _refuse_deep(buffer)
    for place, line, verbatim in buffer:
        last = 0
        if not verbatim and _STRAY_INLINE.search(_INLINE.sub("", line)):
            raise NotatError(
                "N0519",
                "Koden i teksten kan ikke leses.",
                place=place,
                remedy="Skriv `{python} …` med mellomrom etter klammen, og hold koden på én linje.",
            )
        for match in () if verbatim else _INLINE.finditer(line):
            if match["language"] != "python":
                raise NotatError(
                    "N0519",
                    f"Kode i teksten på språket {match['language']} støttes ikke.",
                    place=place,
                    remedy="Skriv `{python} …`.",
                )
            source.parts.append(Text(text + line[last : match.start()], start))
            source.parts.append(Inline(match["code"].strip(), place))
            start, text, last = place, "", match.end()
        text += line[last:] + "\n"
    if text:
        source.parts.append(Text(text, start))
    buffer.clear()


def _refuse_deep(buffer: list[tuple[Place, str, bool]]) -> None:
    """Refuse deeply nested lists, and many open brackets, each of which doubles Pandoc's time."""
    depth = 0
    for place, line, verbatim in buffer:
        if not verbatim and _NESTED.match(line):
            raise NotatError("N0520", "Lister og sitater er nøstet for dypt.", place=place, remedy="Bruk færre nivåer.")
        if verbatim or not line.strip():
            depth = 0
            continue
        for sign in _BRACKET.findall(line):
            depth = max(0, depth + {"[": 1, "]": -1}.get(sign, 0))
            if depth > _MOST_BRACKETS:
                raise NotatError(
                    "N0520",
                    f"Mer enn {_MOST_BRACKETS} klammer er åpne.",
                    place=place,
                    remedy="Lukk dem med ], eller skriv \\[ for selve tegnet.",
                )
