"""What a cell shows, as Markdown: its code, text, tables and figures in order, with the captions of its options.

The forms are those that Quarto writes, so that what reads chapters needs to know no others.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NoReturn

from notat.data.used import Use
from notat.engine.run.htmltables import tables_in
from notat.project.cells import Options
from notat.project.keys import QUARTO_CAN
from notat.project.source import CodeCell, Place
from notat.text import paths, pipetable
from notat.text.errors import NotatError
from notat.text.plaintext import attribute

FOLD = "kodeskjul"  # class of the block around code that the web pages fold; the Lua filter knows it
_IMAGES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_HTML, _LATEX, _MARKDOWN, _PLAIN = "text/html", "text/latex", "text/markdown", "text/plain"
_MADE = ("::: {#fig-", "::: {#tbl-")  # blocks that the authors' functions give, with caption and all
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Where in memory an object is: another place at each run.
_ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")
# What the functions that draw return, besides the figure.
_DRAWN = re.compile(r"<(?:matplotlib|mpl_toolkits|seaborn|Axes|Figure|BarContainer)|<\w*(?:Axes|Grid)\b|^Text\(")
_WARNING = re.compile(r"^(?P<file>\S[^\n]*?):(?P<line>\d+): (?P<what>\w*Warning: [^\n]*)", re.MULTILINE)
_CELL_FILE = re.compile(r"\S*[/\\]ipykernel_\d+[/\\]\d+\.py|<ipython-input-[^>]*>")
_TABLE = re.compile(r"\s*(?:\|.*\|\s*$|\+[-=+:]+\+\s*$)", re.MULTILINE)
Kind = Literal["text", "figure", "table"]


@dataclass(frozen=True)
class Piece:
    """One output of a cell: Markdown, or the files of an image by their suffix.

    An image may have an alternative text of its own, and a table its title and its notes, as Markdown.
    """

    kind: Kind
    markdown: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    alt: str = ""
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What a cell with code of its own has shown: Markdown without captions, and a number of figures; and what it used.

    `label` is the cell's, or empty.
    """

    place: Place
    label: str
    text: str
    figures: int
    uses: tuple[Use, ...]

    @staticmethod
    def read(raw: dict[str, Any]) -> Shown:
        """The cell as it comes back from JSON."""
        file, line = raw["place"]
        return Shown((file, line), raw["label"], raw["text"], raw["figures"], tuple(map(tuple, raw["uses"])))


def pieces_of(outputs: Sequence[Any], cell: CodeCell, options: Options) -> list[Piece]:
    """The outputs of a cell in order, as far as its options let them through."""
    silent = options.output is False or options.include is False
    pieces = [
        piece
        for output in _joined(outputs)
        if not silent or _is_stderr(output)
        for piece in _pieces(output, cell, options)
    ]
    if silent:
        return []
    if any(piece.kind == "figure" for piece in pieces):
        pieces = [piece for piece in pieces if piece.kind != "text" or not _DRAWN.search(piece.markdown)]
    for piece in pieces:
        if found := _ADDRESS.search(piece.markdown):
            shown = piece.markdown[: found.start()].rpartition("\n")[2].lstrip("[(")
            raise NotatError(
                "N0731",
                f"Cellen viser et objekt som ikke har noen tekst: {shown}>.",
                place=cell.place,
                remedy="Vis det som skal stå der, eller avslutt linja med semikolon.",
            )
    return pieces


def text_of(pieces: Iterable[Piece]) -> str:
    """What the pieces say, without captions: the Markdown of tables and text."""
    return "\n\n".join(part for piece in pieces for part in (*piece.titles, piece.markdown, *piece.notes) if part)


def to_markdown(pieces: Sequence[Piece], cell: CodeCell, options: Options, root: Path, name: str) -> str:
    """The Markdown of a cell: its code, if that is shown, and its pieces with their captions.

    Its images are written to `_figurer/` of the project at `root`, named by the label, or else by `name`.
    """
    if options.include is False:
        return "\n"
    parts = [*_code(cell, options), *_Assembly(pieces, cell, options, root, name).parts()]
    return "\n" + "\n\n".join(parts) + "\n\n"


def code_block(text: str, info: str = "") -> str:
    """The text as a fenced block."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{info}\n{text}\n{fence}"


# ---- The code ----


def _code(cell: CodeCell, options: Options) -> Iterator[str]:
    if not options.echo:
        return
    lines = cell.code.split("\n")
    if options.echo == "fenced":
        shown = "\n".join(["```{python}", *lines, "```"])
        block = code_block(shown, _info("", options))
    else:
        first = next((place for place, line in enumerate(lines) if not line.startswith("#|")), len(lines))
        shown = "\n".join(lines[first:]).strip("\n")
        block = code_block(shown, _info("python", options))
    if not shown.strip():
        return
    if options.code_fold:
        title = attribute(options.code_summary or "Kode")
        opened = ' data-apen="ja"' if options.code_fold == "show" else ""
        block = f'::: {{.{FOLD} data-tittel="{title}"{opened}}}\n\n{block}\n\n:::'
    yield block


def _info(language: str, options: Options) -> str:
    """What stands after the fence of the code: its language, and what the options say of it."""
    given = {"lst-cap": options.lst_cap, "filename": options.filename}
    if options.code_line_numbers not in (False, "false"):
        given["code-line-numbers"] = "true"
    pairs = [f'{key}="{attribute(_line(value))}"' for key, value in given.items() if value]
    name = [f"#{options.lst_label}"] if options.lst_label else []
    if not (pairs or name):
        return language
    return "{" + " ".join([*name, *([f".{language}"] if language else []), *pairs]) + "}"


# ---- The outputs ----


def _joined(outputs: Sequence[Any]) -> list[Any]:
    """The outputs with what is written to one stream between two others as one, first stdout, then stderr.

    A kernel sends streams in pieces, whose number and order depend on the clock.
    """
    joined: list[Any] = []
    for is_stream, group in groupby(outputs, key=lambda output: output.output_type == "stream"):
        if not is_stream:
            joined += group
            continue
        streams = sorted(group, key=lambda output: output.name != "stdout")
        for _, parts in groupby(streams, key=lambda output: output.name):
            first, *rest = parts
            first.text += "".join(part.text for part in rest)
            joined.append(first)
    return joined


def _is_stderr(output: Any) -> bool:
    return bool(output.output_type == "stream" and output.name == "stderr")


def _pieces(output: Any, cell: CodeCell, options: Options) -> Iterator[Piece]:
    if output.output_type == "stream":
        text = _COLOUR.sub("", output.text)
        if output.name == "stderr":
            yield from _said(text, cell, options)
        elif options.output == "asis":
            yield _markdown_piece(text)
        elif text.strip():
            yield Piece("text", code_block(text.strip("\n")))
    elif output.output_type == "error":
        said = " ".join(_COLOUR.sub("", output.evalue).split())
        yield Piece("text", code_block(f"{output.ename}: {said}" if said else output.ename))
    elif output.output_type in ("display_data", "execute_result"):
        yield from _shown(output, cell)


def _said(text: str, cell: CodeCell, options: Options) -> Iterator[Piece]:
    """What the code wrote to stderr: shown, left out, or refused where the author has not chosen."""
    warning = _WARNING.search(text)
    wanted = options.message if options.message is not None and warning is None else options.warning
    if wanted is False or not text.strip():
        return
    file, above = cell.place

    def in_chapter(match: re.Match[str]) -> str:
        return (
            f"{file}:{above + int(match['line'])}: {match['what']}" if _CELL_FILE.fullmatch(match["file"]) else match[0]
        )

    if wanted:
        yield Piece("text", code_block(_WARNING.sub(in_chapter, text).strip("\n")))
        return
    line, what = above, f"skrev til stderr: «{' '.join(text.split())[:300]}»"
    if warning:
        what = f"ga en advarsel: {warning['what'].rstrip('.')}"
        line += int(warning["line"]) if _CELL_FILE.fullmatch(warning["file"]) else 0
    remedy = "Rett koden, eller skriv «#| warning: false» øverst i cellen."
    raise NotatError("N0730", f"Cellen {what}.", file=file, line=line, remedy=remedy)


def _shown(output: Any, cell: CodeCell) -> Iterator[Piece]:
    data = output.data
    images = [kind for kind in _IMAGES if kind in data]
    # What only a browser can show says so besides its text.
    live = next((kind for kind in data if kind.startswith("application/")), "")
    if _MARKDOWN in data:
        yield _markdown_piece(data[_MARKDOWN])
    elif images:
        files = tuple((_IMAGES[kind], _content(kind, data[kind])) for kind in images)
        alts = (output.metadata.get(kind, {}).get("alt") for kind in images)
        yield Piece("figure", files=files, alt=next(filter(None, alts), ""))
    elif _LATEX in data:
        yield Piece("text", data[_LATEX])
    elif _HTML in data and not live and (tables := tables_in(data[_HTML])):
        yield from (Piece("table", table.markdown, titles=table.titles, notes=table.notes) for table in tables)
    elif _HTML in data or live:
        raise NotatError(
            "N0724",
            f"Cellen viser {'HTML' if _HTML in data else live}, som bare nettsidene kan ha.",
            place=cell.place,
            remedy=f"Vis en tabell, en figur fra matplotlib eller seaborn, eller Markdown. {QUARTO_CAN}",
        )
    elif text := data.get(_PLAIN, ""):
        yield Piece("text", code_block(_COLOUR.sub("", text)))


def _markdown_piece(text: str) -> Piece:
    return Piece("table" if _TABLE.match(text) else "text", pipetable.escaped(text.strip("\n")))


def _content(kind: str, data: str) -> bytes:
    return data.encode() if kind == "image/svg+xml" else base64.b64decode(data)


# ---- Captions ----


class _Assembly:
    """The pieces of a cell put together as its options say."""

    def __init__(self, pieces: Sequence[Piece], cell: CodeCell, options: Options, root: Path, name: str):
        self._pieces, self._cell, self._options, self._root = pieces, cell, options, root
        prefix, _, rest = options.label.partition("-")
        made = any(piece.markdown.startswith(_MADE) for piece in pieces)
        self._kind = prefix if rest and prefix in _NAMES and not made else ""
        if made and (options.fig_cap or options.fig_alt or options.tbl_cap):
            self._fail(
                "Figuren eller tabellen i cellen har sin egen tekst.", "Fjern valgene fig-cap, fig-alt og tbl-cap."
            )
        self._name = options.label if self._kind else name
        self._figures = [piece for piece in pieces if piece.kind == "figure"]
        self._tables = [piece for piece in pieces if piece.kind == "table"]
        self._texts = {id(piece): self._body(piece) for piece in pieces}

    def parts(self) -> Iterator[str]:
        """The Markdown of the cell, a part for each float or piece outside one."""
        options, ran = self._options, self._options.eval is not False and self._options.output is not False
        if ran:
            self._demand(self._figures, "fig-cap", options.fig_cap)
            self._demand(self._figures, "fig-alt", options.fig_alt)
            self._demand(self._tables, "tbl-cap", options.tbl_cap)
        own = {"fig": self._figures, "tbl": self._tables}.get(self._kind, [])
        members = own or [piece for piece in self._pieces if self._kind]
        if self._kind and not members and ran:
            self._fail(
                f"Cellen heter «{options.label}», men viser ingen {_NAMES[self._kind]}.", "Vis den, eller bytt navn."
            )
        laid_out = [piece for piece in self._pieces if piece.kind != "text"] if options.rows else []
        for piece in self._pieces:
            if members:
                if piece is members[0]:
                    yield from self._floats(members)
                elif piece not in members:
                    yield self._plain(piece)
            elif piece in laid_out:
                if piece is laid_out[0]:
                    yield self._block("", "\n\n".join(map(self._plain, laid_out)))
            else:
                yield self._plain(piece)

    def _floats(self, members: Sequence[Piece]) -> Iterator[str]:
        options, label = self._options, self._options.label
        captions = options.fig_cap if self._kind == "fig" else options.tbl_cap
        below = options.fig_subcap if self._kind == "fig" else options.tbl_subcap
        ids = [f"{label}-{place}" for place in range(1, len(members) + 1)]
        if not captions:
            self._fail(
                f"{_NAMES[self._kind].capitalize()}en «{label}» har ingen tekst.", f'Skriv «#| {self._kind}-cap: "…"».'
            )
        if len(captions) > 1:
            self._match(len(members), f"{self._kind}-cap", captions)
            yield from map(self._float, ids, ([member] for member in members), captions)
        elif below:
            self._match(len(members), f"{self._kind}-subcap", below)
            parts = map(self._float, ids, ([member] for member in members), below)
            yield self._block(label, "\n\n".join([*parts, _line(captions[0])]))
        else:
            yield self._float(label, members, captions[0])

    def _float(self, id_: str, members: Sequence[Piece], caption: str) -> str:
        notes = [note for member in members for note in member.notes]
        titles = [title for member in members for title in member.titles]
        words = " ".join([_line(caption), *(f"{title.rstrip('.')}." for title in (*titles, *notes))])
        return self._block(id_, "\n\n".join([*(self._texts[id(member)] for member in members), words]), len(members))

    def _plain(self, piece: Piece) -> str:
        """A piece without number; its caption stands with it."""
        own = {"figure": (self._figures, self._options.fig_cap), "table": (self._tables, self._options.tbl_cap)}
        group, captions = own.get(piece.kind, ([], ()))
        caption = ""
        if captions and not self._kind:
            place = group.index(piece)
            caption = _line(captions[place] if len(captions) > 1 else captions[0])
        if piece.kind == "table":
            words = caption or " ".join(f"{title.rstrip('.')}." for title in piece.titles)
            widths = f"{{{self._widths()}}}" if self._widths() else ""
            below = " ".join(filter(None, (words, widths)))
            return "\n\n".join([self._texts[id(piece)], *([f": {below}"] if below else []), *piece.notes])
        return self._texts[id(piece)].replace("![](", f"![{caption}](", 1) if caption else self._texts[id(piece)]

    def _block(self, id_: str, text: str, members: int = 2) -> str:
        own = self._options.rows if members > 1 else self._widths() if id_.startswith("tbl-") else ""
        attributes = " ".join(filter(None, (f"#{id_}" if id_ else "", own)))
        return f"::: {{{attributes}}}\n\n{text}\n\n:::"

    def _widths(self) -> str:
        widths = self._options.tbl_colwidths
        return f'tbl-colwidths="{widths}"' if widths else ""

    def _body(self, piece: Piece) -> str:
        if piece.kind != "figure":
            return piece.markdown
        place = self._figures.index(piece)
        name = self._name if len(self._figures) == 1 else f"{self._name}-{place + 1}"
        alts = self._options.fig_alt
        if len(alts) > 1 or (alts and len(self._figures) > 1):
            self._match(len(self._figures), "fig-alt", alts)
        alt = alts[place] if alts else piece.alt
        if not alt:
            raise NotatError(
                "N0733",
                "Cellen viser en figur uten alternativ tekst.",
                place=self._cell.place,
                remedy='Skriv «#| fig-alt: "…"» øverst i cellen: hva figuren viser, for dem som ikke ser den.',
            )
        for suffix, content in piece.files:
            file = self._root / paths.FIGURES / f"{name}.{suffix}"
            file.parent.mkdir(parents=True, exist_ok=True)
            paths.write_bytes(file, content)
        # What pages would show instead, of a figure of this name that the note drew before.
        (self._root / paths.FIGURES / f"{name}.html").unlink(missing_ok=True)
        align = self._options.fig_align
        sided = f" fig-align={align}" if align not in ("", "default") else ""
        for key, size in (("width", self._options.out_width), ("height", self._options.out_height)):
            sided += f" {key}={size}" if size else ""
        suffix = "" if "svg" in dict(piece.files) else f".{piece.files[0][0]}"
        return f'![](/{paths.FIGURES}/{name}{suffix}){{fig-alt="{attribute(_line(alt))}"{sided}}}'

    def _demand(self, members: Sequence[Piece], option: str, given: Sequence[str]) -> None:
        """Something must be shown that an option speaks of, unless Markdown that the cell writes may hold it."""
        others = [piece for piece in self._pieces if piece.kind == "text" and not piece.markdown.startswith("```")]
        if given and not members and not others:
            what = "figur" if option.startswith("fig") else "tabell"
            self._fail(f"Cellen har {option}, men viser ingen {what}.", "Vis den, eller fjern valget.")

    def _match(self, shown: int, option: str, given: Sequence[str]) -> None:
        if len(given) != shown:
            self._fail(f"Cellen viser {shown}, men {option} har {len(given)}.", "Skriv en liste med én tekst for hver.")

    def _fail(self, problem: str, remedy: str) -> NoReturn:
        raise NotatError("N0732", problem, place=self._cell.place, remedy=remedy)


_NAMES = {"fig": "figur", "tbl": "tabell"}


def _line(text: str) -> str:
    return " ".join(text.split())
