"""Read a chapter: text, code cells and inline code, each with the file and line it came from."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from notat.norsk.language import of, of_book
from notat.project import frontmatter, notebook, parameters, shortcodes, stray
from notat.project.cells import Options, as_shown, is_cell, read_options, refuse_commands, refuse_other_fences
from notat.project.editions import Holds, in_edition
from notat.project.parameters import Parameter
from notat.project.shortcodes import Values
from notat.text import paths
from notat.text.errors import NotatError

Place = tuple[str, int]
Line = tuple[Place, str]

# Adjacent repetitions must not match the same characters: a long line would then take minutes.
_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<info>[^`]*|[ \t]*\{[^{}]*\}[ \t]*)$")
# A cell that Pandoc would print as text: inside a list or a quotation.
_INDENTED_CELL = re.compile(r"^[\s>]+(?:`{3,}|~{3,})\s*\{\w")
_TITLE = re.compile(r"#\s+\S")
_INLINE = re.compile(r"`\{(?P<language>\w+)\}\s+(?P<code>[^`]+)`")
# Inline code that `_INLINE` did not take: unclosed on its line, or without the space after the brace.
_STRAY_INLINE = re.compile(r"`\{\w+\s*\}(?!`)")
# What git leaves where two persons have changed the same lines.
_UNMERGED = ("<<<<<<< ", ">>>>>>> ")
# What may follow the fence of a block of code that is shown: a language, attributes, or both.
_CODE_INFO = re.compile(r"[^\s{}`]*\s*(?:\{.*\})?")
_LONGEST = 5_000  # characters in a line: a paragraph of many sentences
_MOST_LINES = 5_000
_DEEPEST = 10  # includes within includes
_NESTED = re.compile(r"(?:[ \t]*(?:[>*+-]|[0-9]+[.)])(?=[ \t>])){10}")
_BRACKET = re.compile(r"\\.|[\[\]]")
_MOST_BRACKETS = 6


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
    options: Options
    place: Place


@dataclass
class Source:
    """A chapter's parts in order, its expanded lines for finding the place of a word, and all its files."""

    file: str
    files: list[str] = field(default_factory=list)
    parts: list[Text | Inline | CodeCell] = field(default_factory=list)
    lines: list[tuple[Place, str]] = field(default_factory=list)
    cells: list[range] = field(default_factory=list)  # the positions in `lines` that each code cell takes
    shown: list[range] = field(default_factory=list)  # and those of blocks of code that are only shown
    pasted: dict[str, bytes] = field(default_factory=dict)  # the images within a notebook, by the path that they get
    meta: dict[str, Any] = field(default_factory=dict)  # the YAML that the chapter begins with
    execute: dict[str, Any] = field(default_factory=dict)  # the options that the chapter sets for all its cells
    parameters: dict[str, Parameter] = field(default_factory=dict)  # those that a cell of the chapter declares

    @property
    def lang(self) -> str:
        """The language that the chapter says it is in, which may be another than the book's; else empty."""
        return str(self.meta.get("lang", ""))

    @property
    def foreign(self) -> str:
        """The tag of the chapter's language, where that is another than the book's; else empty."""
        language = of(self.lang) if self.lang else of_book()
        return "" if language == of_book() else language.tag

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


def by_language(chapters: Iterable[Source]) -> dict[str, list[Source]]:
    """The chapters by the code of the language that each is in, which is the book's where it does not say."""
    found: dict[str, list[Source]] = {}
    for source in chapters:
        found.setdefault((of(source.lang) if source.lang else of_book()).code, []).append(source)
    return found


def read_source(root: Path, file: str, holds: Holds | None = None) -> Source:
    """Read the chapter `file` (a path from `root`), with its includes and what its shortcodes give.

    `holds` says which conditions on data are true; without it the text of all of them is there.
    """
    source = Source(file)
    lines, meta = _Reader(root, source, holds).read()
    source.meta, source.execute = dict(meta), frontmatter.execute_options(meta)
    source.lines = _titled(lines, meta, file)
    errors = list(_unfit_lines(source.lines))
    try:
        _split(source, errors)
    except NotatError as error:
        errors.append(error)
    if errors:
        raise NotatError.together(errors)
    cells = [part for part in source.parts if isinstance(part, CodeCell)]
    if file.endswith(".md") and source.code:
        place = source.code[0].place
        raise NotatError("N0531", "Koden i en .md-fil blir ikke kjørt.", place=place, remedy="Kall fila .qmd.")
    _settle(source, cells)
    inlines = [part for part in source.parts if isinstance(part, Inline)]
    if inlines and not cells:
        # Genuine Quarto would print the code as text in a chapter without cells.
        place = inlines[0].place
        remedy = "Legg oppsettcellen fra de andre kapitlene rett under tittelen."
        raise NotatError("N0511", "Kapittelet har tall i teksten, men ingen kodecelle.", place=place, remedy=remedy)
    return source


def _settle(source: Source, cells: list[CodeCell]) -> None:
    """Let the cell that declares the chapter's parameters give them the values in use."""
    tagged = [cell for cell in cells if parameters.TAG in cell.options.tags]
    for cell in tagged[1:]:
        remedy = "Slå dem sammen."
        raise NotatError("N0542", "Kapittelet har to celler med parametere.", place=cell.place, remedy=remedy)
    for cell in tagged:
        found = source.parameters = parameters.declared(cell.code, cell.place)
        settled = replace(cell, code=cell.code + parameters.assignments(found))
        source.parts = [settled if part is cell else _filled(part, found) for part in source.parts]
        source.lines = [(place, _INLINE.sub(partial(_filled_inline, found), line)) for place, line in source.lines]


def _filled(part: Text | Inline | CodeCell, found: dict[str, Parameter]) -> Text | Inline | CodeCell:
    return part if isinstance(part, Text) else replace(part, code=parameters.filled(part.code, found))


def _filled_inline(found: dict[str, Parameter], match: re.Match[str]) -> str:
    return match[0].replace(match["code"], parameters.filled(match["code"], found))


def is_run(part: Inline | CodeCell) -> bool:
    """Whether a piece of code is run, and not only shown."""
    return not isinstance(part, CodeCell) or part.options.eval is not False


def weave(source: Source, results: Iterable[str]) -> str:
    """The chapter's Markdown with each piece of code replaced by its result."""
    following = iter(results)
    return "".join(part.markdown if isinstance(part, Text) else next(following) for part in source.parts)


def _titled(lines: list[Line], meta: CommentedMap, file: str) -> list[Line]:
    """The lines with the title, authors, date and abstract that the chapter's YAML gives.

    They stand below the title: that of the YAML, or else the heading that the text begins with.
    """
    title, below = frontmatter.text(meta, file)
    if title:
        return [*title, *below, *lines]
    first = next((at for at, (_, line) in enumerate(lines) if line.strip()), 0)
    if below and lines and _TITLE.match(lines[first][1]):
        return [*lines[: first + 1], (lines[first][0], ""), *below, *lines[first + 1 :]]
    return [*below, *lines]


class _Reader:
    """Reads a chapter's lines with their places: includes, and shortcodes in the text, are replaced by what they give.

    Every file that is read is added to the files of `source`, once.
    """

    def __init__(self, root: Path, source: Source, holds: Holds | None):
        self.root, self.source, self.holds = root, source, holds
        self.values = Values(root, {})

    def read(self) -> tuple[list[Line], CommentedMap]:
        """The lines after the chapter's YAML, and that YAML."""
        lines = self._lines(self.source.file)
        texts = [text for _, text in lines]
        end = frontmatter.split(texts)
        if not end and frontmatter.is_begun(texts):
            remedy = "Skriv --- på en egen linje etter den siste nøkkelen."
            raise NotatError(
                "N0510", "YAML-blokka øverst er ikke lukket.", file=self.source.file, line=1, remedy=remedy
            )
        meta = frontmatter.read(texts[:end], self.source.file, self.root) if end else CommentedMap()
        self.values = Values(self.root, meta)
        return in_edition(self._expand(lines[end:], ()), self.root, self.holds), meta

    def _lines(self, file: str) -> list[Line]:
        """The lines of a file, or of the cells of a notebook."""
        if file not in self.source.files:
            self.source.files.append(file)
        if file.endswith(notebook.SUFFIX):
            return notebook.lines(self.root, file, self.source.pasted)
        # Universal newlines only: str.splitlines also splits at characters that no editor counts as a line break.
        text = io.StringIO(paths.read_text(self.root / file, self.root), newline=None)
        return [((file, number), line.removesuffix("\n")) for number, line in enumerate(text, 1)]

    def _expand(self, given: list[Line], above: tuple[str, ...]) -> list[Line]:
        lines: list[Line] = []
        fence = info = ""
        for (file, number), line in given:
            if len(line) > _LONGEST:
                problem = f"Linja har {len(line)} tegn, og grensen er {_LONGEST}."
                remedy = "Skriv én setning på hver linje."
                raise NotatError("N0512", problem, file=file, line=number, remedy=remedy)
            inside, match = fence, _FENCE.match(line)
            if match and not fence:
                fence, info = match["fence"], match["info"].strip()
            elif match and match["fence"].startswith(fence) and not match["info"].strip():
                fence = ""
            if not shortcodes.is_in(line) or (inside and is_cell(info)):
                lines.append(((file, number), line))
                continue
            place = (file, number)
            include = partial(self._include, place, above, bool(inside))
            for part in shortcodes.expand(line, place, self.values, include, code=bool(inside)):
                lines += [(place, part)] if isinstance(part, str) else [part]
            _refuse_endless(lines, file, number)
        _refuse_endless(lines, self.source.file, None)
        return lines

    def _include(self, place: Place, above: tuple[str, ...], code: bool, name: str) -> list[Line]:
        """The lines of a file: named from the chapter's folder, however deep the include, or from the root with `/`."""
        folder = Path() if name.startswith("/") else Path(self.source.file).parent
        target = paths.inside(folder / name.lstrip("/"), self.root) if name else None
        file = target.relative_to(self.root.resolve()).as_posix() if target else ""
        if not file or file in (*above, place[0]) or len(above) >= _DEEPEST:
            remedy = "Fila må finnes i prosjektet, kan ikke ta inn seg selv, og ikke stå mange ledd ned."
            raise NotatError("N0514", f"Kan ikke ta inn {name}.", place=place, remedy=remedy)
        lines = self._lines(file)
        if code:  # shown as it is, as of any language
            return lines
        if frontmatter.split([text for _, text in lines]):
            remedy = "Flytt nøklene til kapittelet."
            raise NotatError("N0510", "En fil som tas inn, begynner med YAML.", file=file, line=1, remedy=remedy)
        return self._expand(lines, (*above, place[0]))


def _refuse_endless(lines: list[Line], file: str, number: int | None) -> None:
    """Refuse includes that grow without end: files that each include the next twice, although none includes itself."""
    if len(lines) > _MOST_LINES:
        raise NotatError(
            "N0512", f"Kapittelet er lengre enn {_MOST_LINES} linjer.", file=file, line=number, remedy="Del det opp."
        )


def _unfit_lines(lines: list[Line]) -> Iterator[NotatError]:
    """The lines, of text or code, that hold what no author means to have there."""
    unmerged = [place for place, line in lines if line.startswith(_UNMERGED)]
    if unmerged:
        remedy = "Behold den ene av de to tekstene, og slett linjene som git har satt inn (<<<<<<<, =======, >>>>>>>)."
        yield NotatError("N0533", "To utgaver av teksten er ikke slått sammen.", place=unmerged[0], remedy=remedy)
    for place, line in lines:
        if fault := stray.unseen(line):
            yield NotatError("N0534", fault.problem, place=place, remedy=fault.remedy)


def _split(source: Source, errors: list[NotatError]) -> None:
    """Fill `source.parts` from its lines; what is wrong in a line of text is added to `errors`."""
    buffer: list[tuple[Place, str, bool]] = []
    position = 0
    while position < len(source.lines):
        place, line = source.lines[position]
        fence = _FENCE.match(line)
        if fence is None:
            if _INDENTED_CELL.match(line):
                remedy = "Fjern innrykket, og avslutt lista eller sitatet før cellen."
                raise NotatError("N0515", "Kodecellen står ikke helt til venstre.", place=place, remedy=remedy)
            buffer.append((place, line, False))
            position += 1
            continue
        end = _closing(source.lines, position, fence["fence"])
        body = source.lines[position : end + 1]
        info = fence["info"].strip()
        if is_cell(info):
            refuse_other_fences(info, place)
            _flush(source, buffer, errors)
            source.cells.append(range(position, end + 1))
            source.parts.append(_cell([text for _, text in body[1:-1]], place))
        else:
            if not _CODE_INFO.fullmatch(info):
                remedy = 'Skriv ```python, eller ```{.python nøkkel="verdi"}.'
                raise NotatError("N0532", "Kodeblokka blir skrevet som tekst.", place=place, remedy=remedy)
            source.shown.append(range(position, end + 1))
            buffer.extend((p, as_shown(text), True) for p, text in body)
        position = end + 1
    _flush(source, buffer, errors)


def _closing(lines: list[tuple[Place, str]], start: int, fence: str) -> int:
    for position in range(start + 1, len(lines)):
        text = lines[position][1].strip()
        if text.startswith(fence) and not text.strip(fence[0]):
            return position
    file, line = lines[start][0]
    raise NotatError("N0517", "Kodeblokken er ikke lukket.", file=file, line=line, remedy=f"Avslutt den med {fence}.")


def _cell(lines: list[str], place: Place) -> CodeCell:
    options = read_options(lines, place)
    if options.eval is not False:
        refuse_commands(lines, place)
    return CodeCell("\n".join(lines), options, place)


def _flush(source: Source, buffer: list[tuple[Place, str, bool]], errors: list[NotatError]) -> None:
    """Turn the buffered lines, each verbatim or not, into text and inline code."""
    start, text = (buffer[0][0] if buffer else (source.file, 1)), ""
    _refuse_deep(buffer)
    for place, line, verbatim in buffer:
        last = 0
        errors += () if verbatim else _misspelt(place, line)
        for match in () if verbatim else _INLINE.finditer(line):
            source.parts.append(Text(text + as_shown(line[last : match.start()]), start))
            source.parts.append(Inline(match["code"].strip(), place))
            start, text, last = place, "", match.end()
        text += (line[last:] if verbatim else as_shown(line[last:])) + "\n"
    if text:
        source.parts.append(Text(text, start))
    buffer.clear()


def _misspelt(place: Place, line: str) -> Iterator[NotatError]:
    """What is wrong in a line of text: code that would not be run, or not understood, and curly quotation marks."""
    for match in _INLINE.finditer(line):
        if match["language"] != "python":
            problem = f"Kode i teksten på språket {match['language']} støttes ikke."
            yield NotatError("N0519", problem, place=place, remedy="Skriv `{python} …`.")
        elif fault := stray.in_code(match["code"].strip()):
            yield NotatError("N0519", fault.problem, place=place, remedy=fault.remedy)
    rest = stray.without_shown(_INLINE.sub("", line))
    if fault := stray.in_text(rest):
        yield NotatError("N0519", fault.problem, place=place, remedy=fault.remedy)
    elif _STRAY_INLINE.search(rest):
        remedy = "Skriv `{python} …` med mellomrom etter klammen, og hold koden på én linje."
        yield NotatError("N0519", "Koden i teksten kan ikke leses.", place=place, remedy=remedy)
    elif fault := stray.of_dialect(rest):
        yield NotatError("N0550", fault.problem, place=place, remedy=fault.remedy)
    elif fault := stray.lost_space(_INLINE.sub("0", line)):
        yield NotatError("N0551", fault.problem, place=place, remedy=fault.remedy)
    if fault := stray.curly_attribute(rest):
        yield NotatError("N0535", fault.problem, place=place, remedy=fault.remedy)


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
                remedy = "Lukk dem med ], eller skriv \\[ for selve tegnet."
                raise NotatError("N0520", f"Mer enn {_MOST_BRACKETS} klammer er åpne.", place=place, remedy=remedy)
