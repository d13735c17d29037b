"""Read what a code cell says about itself: the language of its fence, its options, and commands that are not Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, NamedTuple, get_origin, get_type_hints

from notat.project.keys import QUARTO_CAN
from notat.text import yamlfile
from notat.text.errors import NotatError, did_you_mean
from notat.text.syntax import parse_or_none

_MARK = "#|"
_LABEL = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_ESCAPED = re.compile(r"(`\s*)\{\{(\w+)\}\}")
_CHUNK = re.compile(r"\{\s*(?P<language>[\w+-]+)(?:[\s,]+(?P<rest>.*?))?\s*\}")
_CHUNK_OPTION = re.compile(r"(?P<key>[\w.-]+)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^,\s]+)")
_CONDITION = re.compile(r"\.content-(?:visible|hidden)\b")
# Languages that genuine Quarto runs.
_LANGUAGES = {"r", "julia", "ojs", "bash", "sh", "sql", "stan", "rust", "go", "node", "js"}
_DIAGRAMS = {"mermaid", "dot"}
# What MyST writes as a fence, and how it is written here.
_DIRECTIVES = {
    name: f"«::: {{.callout-{name}}}» og «:::»" for name in ("note", "tip", "important", "warning", "caution")
}
_DIRECTIVES |= dict.fromkeys(("admonition", "hint", "attention", "danger", "seealso"), _DIRECTIVES["note"])
_DIRECTIVES |= dict.fromkeys(("figure", "image"), "![det bildet viser](fil.png){#fig-navn}")
_DIRECTIVES |= {"math": "$$…$$ {#eq-navn}", "include": "{{< include fil.qmd >}}", "code-cell": "```{python}"}
# Commands of IPython that only prepare what the note prepares by itself.
_HARMLESS = re.compile(r"\s*%(?:matplotlib|config|load_ext|autoreload|reload_ext)\b")
_COMMAND = re.compile(r"\s*(?:[\w, ]+=\s*)?(?:%%?[A-Za-z]|!{1,2}\s*\S)|\s*\?{1,2}[A-Za-z]|.*\w\?{1,2}\s*$")
_SHELL = re.compile(r"\s*(?:[\w, ]+=\s*)?(?:!|%%?(?:bash|sh|cmd|script|sx|system)\b)")
_WIDEST = 20.0  # inches: of a figure
_LENGTH = re.compile(r"\d+(?:\.\d+)?(?:%|px|pt|cm|mm|in|em)?")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return _is_text(value) or (isinstance(value, list) and bool(value) and all(map(_is_text, value)))


def _is_size(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _WIDEST


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 4


def _is_label(value: object) -> bool:
    return isinstance(value, str) and bool(_LABEL.fullmatch(value))


def _is_layout(value: object) -> bool:
    return isinstance(value, list | str) and bool(value)


def _one_of(*words: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, bool) or value in words


class _Rule(NamedTuple):
    """What the value of an option must be: the test, and the words for it."""

    fits: Callable[[Any], bool]
    what: str


_BOOL = _Rule(lambda value: isinstance(value, bool), "true eller false")
_TEXT = _Rule(_is_text, "en tekst")
_TEXTS = _Rule(_is_texts, "en tekst, eller en liste med en tekst for hver")
_SIZE = _Rule(_is_size, f"tommer, fra 0 til {_WIDEST:g}")
_NAME = _Rule(_is_label, "et navn med bokstaver, siffer og bindestrek")
_LENGTHS = _Rule(lambda value: bool(_LENGTH.fullmatch(str(value))), "et mål, som 50% eller 8cm")
_LAYOUT = _Rule(_is_layout, "tall i klammer, som [60, 40]")
_COUNT = _Rule(_is_count, "et helt tall fra 1 til 4")
_ECHO = _Rule(_one_of("fenced"), "true, false eller fenced")
_OUTPUT = _Rule(_one_of("asis"), "true, false eller asis")
_FOLD = _Rule(_one_of("show"), "true, false eller show")
_LINES = _Rule(lambda value: isinstance(value, bool | str), "true eller false")
_ALIGN = _Rule(lambda value: value in ("default", "left", "center", "right"), "left, center eller right")
_WIDTHS = _Rule(lambda value: value is False or _is_layout(value), "tall i klammer, som [25, 75]")
_TAGS = _Rule(lambda _: True, "ord i klammer, som [parameters]")
# What says nothing about the text, or what the house style decides: it may stand there.
_WITHOUT_EFFECT = {
    *("cache", "cap-location", "classes", "code-copy", "code-overflow", "column", "df-print", "fig-cap-location"),
    *("fig-column", "fig-dpi", "fig-env", "fig-format", "fig-pos", "fig-scap", "freeze", "ft-align"),
    *("html-table-processing", "id", "layout-align", "layout-valign", "source", "tbl-cap-location"),
    "tbl-column",
}
# Those that a chapter or the book may set for all its cells under `execute:`.
INHERITED = ("echo", "eval", "include", "warning", "message", "error", "output")
# Further options of genuine Quarto.
_OTHERS = {"enabled", "fig-asp", "fig-link", "file", "output-location", "panel", "renderings", "results"}


@dataclass(frozen=True)
class Options:
    """The options that a cell may set, as Quarto names them with hyphens, each with what its value must be.

    None and empty are what the cell does not set.
    """

    label: Annotated[str, _NAME] = ""
    echo: Annotated[bool | str | None, _ECHO] = None
    eval: Annotated[bool | None, _BOOL] = None
    include: Annotated[bool | None, _BOOL] = None
    warning: Annotated[bool | None, _BOOL] = None
    message: Annotated[bool | None, _BOOL] = None
    error: Annotated[bool | None, _BOOL] = None
    output: Annotated[bool | str | None, _OUTPUT] = None
    code_fold: Annotated[bool | str, _FOLD] = False
    code_summary: Annotated[str, _TEXT] = ""
    code_line_numbers: Annotated[bool | str, _LINES] = False
    filename: Annotated[str, _TEXT] = ""
    lst_label: Annotated[str, _NAME] = ""
    lst_cap: Annotated[str, _TEXT] = ""
    fig_cap: Annotated[tuple[str, ...], _TEXTS] = ()
    fig_alt: Annotated[tuple[str, ...], _TEXTS] = ()
    fig_subcap: Annotated[tuple[str, ...], _TEXTS] = ()
    fig_width: Annotated[float | None, _SIZE] = None
    fig_height: Annotated[float | None, _SIZE] = None
    out_width: Annotated[str | float, _LENGTHS] = ""
    out_height: Annotated[str | float, _LENGTHS] = ""
    fig_align: Annotated[str, _ALIGN] = ""
    tbl_cap: Annotated[tuple[str, ...], _TEXTS] = ()
    tbl_subcap: Annotated[tuple[str, ...], _TEXTS] = ()
    tbl_colwidths: Annotated[list[float] | str | bool, _WIDTHS] = False
    layout: Annotated[list[Any] | str, _LAYOUT] = ""
    layout_ncol: Annotated[int | None, _COUNT] = None
    layout_nrow: Annotated[int | None, _COUNT] = None
    tags: Annotated[tuple[str, ...], _TAGS] = ()

    @property
    def rows(self) -> str:
        """How what the cell shows stands side by side, as attributes of a block; empty for one below another."""
        found = {"layout": self.layout, "layout-ncol": self.layout_ncol, "layout-nrow": self.layout_nrow}
        return " ".join(f'{key}="{value}"' for key, value in found.items() if value)

    def below(self, *defaults: Mapping[str, Any]) -> Options:
        """These options, with what they do not set taken from the first of `defaults` that does."""
        given: dict[str, Any] = {}
        for name in INHERITED:
            values = [getattr(self, name), *(found.get(name) for found in defaults)]
            given[name] = next((value for value in values if value is not None), None)
        return replace(self, **given)


_HINTS = get_type_hints(Options, include_extras=True)
_RULES: dict[str, _Rule] = {name.replace("_", "-"): hint.__metadata__[0] for name, hint in _HINTS.items()}
_LISTS = {name for name, hint in _HINTS.items() if get_origin(hint.__origin__) is tuple}


def read_options(code: Sequence[str], place: tuple[str, int]) -> Options:
    """The options in the first lines of a cell, of which `place` is the line above."""
    block = []
    for line in code:
        if not line.startswith(_MARK):
            break
        block.append(line.removeprefix(_MARK).removeprefix(" "))
    if not any(line.strip() for line in block):
        return Options()
    file, above = place
    try:
        given = yamlfile.parse("\n".join(block), file, above)
    except NotatError as error:
        if error.code not in ("N0111", "N0112"):
            raise
        remedy = "Skriv #| nøkkel: verdi, med anførselstegn rundt en tekst som har kolon."
        raise NotatError(
            "N0518", "Cellevalget kan ikke leses.", file=file, line=error.line or above + 1, remedy=remedy
        ) from None
    wanted = {str(key): value for key, value in given.items() if key not in _WITHOUT_EFFECT}
    for key, value in wanted.items():
        _check(key, value, (file, given.lc.key(key)[0] + 1))
    named: dict[str, Any] = {key.replace("-", "_"): value for key, value in wanted.items()}
    named.update({name: _as_texts(named[name]) for name in _LISTS.intersection(named)})
    return Options(**named)


def _check(key: str, value: object, place: tuple[str, int]) -> None:
    if key not in _RULES:
        remedy = QUARTO_CAN if key in _OTHERS else did_you_mean(key, _RULES)
        raise NotatError("N0518", f"Cellevalget «{key}» støttes ikke.", place=place, remedy=remedy)
    rule = _RULES[key]
    if not rule.fits(value):
        remedy = f"Det skal være {rule.what}."
        raise NotatError("N0521", f"Cellevalget «{key}» er «{yamlfile.shown(value)}».", place=place, remedy=remedy)


def _as_texts(value: str | list[str]) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def is_cell(info: str) -> bool:
    """Whether a fence with this text after it opens a cell: `{python}`, but not `{.python}` or `{{python}}`."""
    return bool(re.match(r"\{\s*\w", info))


def as_shown(line: str) -> str:
    """A line of text in which `{{python}}` after backticks is `{python}`: code that is shown and not run."""
    return _ESCAPED.sub(r"\1{\2}", line)


def refuse_other_fences(info: str, place: tuple[str, int]) -> None:
    """Refuse a cell whose fence says anything but `{python}`."""
    if info == "{python}":
        return
    match = _CHUNK.fullmatch(info)
    language = match["language"] if match else ""
    if match and language == "python" and match["rest"]:
        options = [_written(option["key"], option["value"]) for option in _CHUNK_OPTION.finditer(match["rest"])]
        below = " og ".join(f"«{option}»" for option in options)
        remedy = f"Skriv ```{{python}}, og {below} på linja under." if options else "Skriv ```{python}."
        if _CONDITION.search(match["rest"]):  # which is that of a block, and no option of a cell
            remedy = f"Skriv ```{{python}}, og sett cellen mellom linjene «::: {{{match['rest']}}}» og «:::»."
        raise NotatError("N0522", f"Valg i klammene, som i {info}, leses ikke.", place=place, remedy=remedy)
    if language in _DIAGRAMS:
        problem, remedy = f"Diagrammer av typen {language} tegnes ikke.", "Tegn det som SVG, og sett inn bildet."
        raise NotatError("N0516", problem, place=place, remedy=f"{remedy} {QUARTO_CAN}")
    if language.lower() in _LANGUAGES:
        problem = f"Kodeceller på språket {language} kjøres ikke."
        raise NotatError("N0516", problem, place=place, remedy=f"Skriv den i Python. {QUARTO_CAN}")
    name = info.strip("{").partition("}")[0].strip()
    shown = f"Skriv ```{{python}}. Skal koden bare vises, skriv ```{language}."
    remedy = f"Skriv {_DIRECTIVES[name]}." if name in _DIRECTIVES else shown
    raise NotatError("N0516", f"Kodeblokker av typen {info} støttes ikke.", place=place, remedy=remedy)


def _written(key: str, value: str) -> str:
    """An option of the fence as it is written in the cell: `echo=FALSE` is `#| echo: false`."""
    words = value.lower() if value in ("TRUE", "FALSE", "True", "False") else value
    return f"{_MARK} {key.replace('.', '-')}: {words}"


def without_commands(code: str) -> str:
    """The code with the commands of IPython that a cell may have as comments, each on its line."""
    if "%" not in code or parse_or_none(code):
        return code
    return "\n".join("#" if _HARMLESS.match(line) else line for line in code.split("\n"))


def refuse_commands(code: Sequence[str], place: tuple[str, int]) -> None:
    """Refuse the commands of a shell or of IPython in a cell, of which `place` is the line above.

    Those that only prepare something are allowed.
    """
    if parse_or_none("\n".join(code)):
        return
    for line, text in enumerate(code, place[1] + 1):
        if _COMMAND.match(text) and not _HARMLESS.match(text):
            what = "er for skallet, ikke for Python" if _SHELL.match(text) else "er ikke Python"
            remedy = f"Skriv det i Python. {QUARTO_CAN}"
            raise NotatError("N0523", f"Kommandoen «{text.strip()}» {what}.", file=place[0], line=line, remedy=remedy)
