"""What a chapter may say: `tall`, `endring`, `spenn`, `velg`, `periode`, `sted`, `figur`, `tabell`, `drofting`.

Each returns an object with a Markdown representation, the one that both engines pass on to every format. The project is
read once per kernel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache, lru_cache, wraps
from html import escape
from inspect import Parameter, signature
from pathlib import Path
from typing import ParamSpec, TypeVar

from notat.data import dataset, units, used
from notat.data.published import LATER
from notat.data.quantity import SHARE, Quantity
from notat.engine.keep.step import Results
from notat.norsk import HARD_SPACE, format_quantity, format_range, in_words, language, lexicon
from notat.norsk.format import unit_word
from notat.norsk.language import current, say
from notat.norsk.periods import in_prose
from notat.norsk.times import as_span, times
from notat.numbers import changes
from notat.numbers.changes import BEFORE, change_since
from notat.numbers.earlier import Edition
from notat.numbers.indicators import Number, Numbers, decimals_carried
from notat.project.calls import NUMBERS
from notat.project.parameters import in_kind
from notat.project.project import Project
from notat.project.source import Source
from notat.show import look
from notat.show.charts.declared import find as find_declared
from notat.show.charts.declared import spoken
from notat.show.charts.words import simple_fraction
from notat.show.claims.cases import case_of
from notat.show.claims.meaning import describe, holds
from notat.show.claims.unknown import refuse_unknown_words
from notat.show.quartos import adopt_from_kernel
from notat.text import codebase, parameters, paths, plaintext
from notat.text.errors import NotatError, did_you_mean

_MOST_DECIMALS = 9  # that any number is printed with
_KRONER = {"kr": 1, "1 000 kr": 10**3, "mill. kr": 10**6, "mrd. kr": 10**9}
_MANY = {"mill.": 10**6, "mrd.": 10**9}  # of what the author names after the number
_Asked = ParamSpec("_Asked")
_Said = TypeVar("_Said", bound="Inline | Block")


@cache
def numbers(root: Path | None = None, *, alle: bool = False) -> Numbers:
    """The numbers of the project around the working folder (or at `root`), as its edition may use them.

    With `alle=True` they are those of all data, as the control notebooks need them: these recompute every row,
    whichever edition prints it.
    """
    codebase.adopt()  # a kernel started by Quarto or nbval cannot find the note's own modules yet
    adopt_from_kernel()
    project = Project(root) if root else Project.around()
    language.use(project.config.lang)  # also for those who only format them
    if not alle:
        return project.numbers
    return Numbers(dataset.load(project.root, unit=project.place.code if project.place else ""))


def forget() -> None:
    """Let the numbers be those of the values that the environment has now."""
    numbers.cache_clear()
    _results.cache_clear()


class Inline:
    """A number in running text: a span with its id where the format can use it."""

    def __init__(self, text: str, ids: tuple[str, ...]):
        self.text, self.ids = text, ids

    def __str__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return f'[{self.text}]{{.tall data-id="{escape(" ".join(self.ids))}"}}'


def _of_edition(say: Callable[_Asked, _Said]) -> Callable[_Asked, _Said | Inline]:
    """Let a function print nothing where it stands in text for another edition, whose numbers this one may not use.

    So it does in text whose condition on data does not hold, whatever is wrong with it there. Genuine Quarto runs the
    code of such text, and hides what it prints.
    """

    @wraps(say)
    def said(*args: _Asked.args, **kwargs: _Asked.kwargs) -> _Said | Inline:
        _refuse_misused(say, args, kwargs)
        try:
            return say(*args, **kwargs)
        except NotatError as error:
            texts = [value for value in (*args, *kwargs.values()) if isinstance(value, str)]
            words = [word for text in texts for word in text.split()]
            if not (_is_hidden(words) if error.code == LATER else _fails_data(texts)):
                raise
            return Inline("", ())

    return said


_KINDS = {"str": "en tekst i anførselstegn", "int": "et helt tall uten anførselstegn", "bool": "True eller False"}


def _refuse_misused(function: Callable[..., object], args: Sequence[object], given: Mapping[str, object]) -> None:
    """Raise for a call that the function cannot take (N0836): Python would say so in words of its own."""
    name, known = function.__name__, signature(function).parameters
    plain = [one.name for one in known.values() if one.kind is one.POSITIONAL_OR_KEYWORD]
    wrong, form = "", ", ".join(f'"{one}"' for one in plain)
    remedy = f"Skriv «{name}({form})»."
    needed = [one for one in plain[len(args) :] if one not in given and known[one].default is Parameter.empty]
    if unknown := [key for key in given if key not in known]:
        wrong, remedy = f"ikke valget {unknown[0]}=.", did_you_mean(unknown[0], known)
    elif len(args) > len(plain):
        wrong = f"ikke plass til «{args[len(plain)]}»."
        remedy = f"Skriv «{name}({form})», med valgene etter, som valg=verdi."
    elif needed:
        wrong = f"ikke fått «{needed[0]}»."
    for key, value in {**dict(zip(plain, args, strict=False)), **given}.items() if not wrong else ():
        kinds = str(known[key].annotation).split(" | ")
        if key == "sted" and type(value) is int:
            continue  # Quarto reads the code of a place in a parameter as a number
        if type(value).__name__ not in (*kinds, "NoneType" if "None" in kinds else ""):
            wrong = f"fått {value!r} som {key}."
            remedy = f"Skriv {' eller '.join(_KINDS[kind] for kind in kinds if kind in _KINDS)}."
    if wrong:
        raise NotatError("N0836", f"«{name}(…)» har {wrong}", remedy=remedy)


def _is_hidden(names: Iterable[str]) -> bool:
    """Whether the chapters name these only in text for other editions."""
    project = Project.around()
    files = dict.fromkeys(file for source in project.chapters for file in source.files)
    written = "\n".join(paths.read_text(project.root / file, project.root) for file in files)
    shown = "\n".join(line for source in project.chapters for _, line in source.lines)
    found = [pattern for name in names if (pattern := re.compile(rf"\b{re.escape(name)}\b")).search(written)]
    return bool(found) and not any(pattern.search(shown) for pattern in found)


def _fails_data(given: Iterable[str]) -> bool:
    """Whether a line with all that a call is given, each in quotes, is written in the chapters, but none is shown."""
    project = Project.around()
    if not project.conditions:
        return False

    def stands(sources: Iterable[Source]) -> bool:
        lines = (line for source in sources for _, line in source.lines)
        return any(all(f'"{text}"' in line or f"'{text}'" in line for text in given) for line in lines)

    return stands(project.written) and not stands(project.chapters)


@_of_edition
def tall(
    id: str,  # noqa: A002  # the author's word for it
    *,
    ord: bool | str = False,  # noqa: A002  # the author's word for it
    stor: bool = False,
    av: int | None = None,
    fortegn: bool = True,
    enhet: bool = True,
    desimaler: int | None = None,
    som: str | None = None,
    sted: str = "",
) -> Inline:
    """The number `id` as Norwegian text.

    `ord=True` writes whole numbers up to twelve as words (`ord="ett"` for a neuter noun), `stor` capitalises the word,
    `av=10` writes a share as «6 av 10» (without it a share is a simple fraction, «en femdel»), `fortegn=False` drops
    the sign, `enhet=False` the unit, and `desimaler` overrides how many decimals are printed. `som="mrd. kr"` writes an
    amount in another unit of kroner, and `som="mill."` a large number of anything else: «1,5 millioner dekar».
    `sted="fylket"` is the same number of another place than the unit, where it exists for each: `fylket`, `landet` or a
    code.

    `desimaler` may not ask for more than the rounding of the sources carries. A row has the decimals that its source
    printed. The last printed unit of a computed number may be smaller than its interval is wide, but not by more than
    one digit: at 12,43 to 12,49 two decimals mean something, and three do not. What the number is declared with, and
    whole numbers, are always allowed.
    """
    number = numbers()[units.at(id, sted)]
    value = number.quantity.value if fortegn else abs(number.quantity.value)
    if av is not None:
        text = _out_of(number, av, bool(ord))
    elif number.quantity.unit == SHARE:
        text = simple_fraction(number.quantity, value)
    elif ord:
        text = in_words(value, neuter=ord == "ett")
    else:
        places = number.decimals if desimaler is None else desimaler
        factor = Fraction(1) if som is None else _factor(number, som)
        value, unit = value * factor, som or number.quantity.unit
        if desimaler is not None:
            _refuse_invented(number, desimaler, factor)
        text = format_quantity(value, unit, places, with_unit=enhet)
    return Inline(text[0].upper() + text[1:] if stor else text, (number.id,))


@_of_edition
def endring(
    id: str,  # noqa: A002  # as in tall()
    *,
    fra: str = BEFORE,
    prosent: bool = False,
    fortegn: bool = True,
    enhet: bool = True,
    desimaler: int | None = None,
    sted: str = "",
) -> Inline:
    """What the number `id` has changed since another time of the same series, as a number of its own.

    `fra` is a rule or a period, as in `data/tall.csv`: `siste − 1 år`, `første`, `2019`. The change is in the unit of
    the number, in percentage points for a percentage, and with `prosent=True` in percent of what it was. `fortegn`,
    `enhet`, `desimaler` and `sted` are as in `tall`.
    """
    name = change_since(units.at(id, sted), fra, in_percent=prosent).name
    return tall(name, fortegn=fortegn, enhet=enhet, desimaler=desimaler)


@_of_edition
def spenn(fra: str, til: str, *, enhet: bool = True, sted: str = "") -> Inline:
    """Two numbers of one unit as a range: «9–37 %»."""
    fra, til = units.at(fra, sted), units.at(til, sted)
    low, high = numbers()[fra], numbers()[til]
    if low.quantity.unit != high.quantity.unit:
        problem = f"«{fra}» og «{til}» har ulik enhet ({low.quantity.unit}, {high.quantity.unit})."
        remedy = "Et spenn må ha samme enhet i begge ender."
        raise NotatError("N0803", problem, remedy=remedy)
    if low.quantity.value > high.quantity.value:
        raise NotatError("N0803", f"«{fra}» er større enn «{til}».", remedy="Skriv den minste enden av spennet først.")
    decimals = max(low.decimals, high.decimals)
    text = format_range(low.quantity.value, high.quantity.value, low.quantity.unit, decimals, with_unit=enhet)
    return Inline(text, (fra, til))


@_of_edition
def velg(
    av: str,
    ord: str,  # noqa: A002  # the author's word for it
    *,
    enn: str = "",
    fra: str = "",
    tidligere: str = "",
    blant: str = "",
    uten: str = "",
    stor: bool = False,
    sted: str = "",
) -> Inline:
    """The first of the phrases in `ord` that is true of the numbers: `velg("ledige", "økte|falt|var uendret")`.

    The phrases are read as those of a mark (`notat.norsk.lexicon`), and the other parameters are its attributes; `stor`
    capitalises, and `sted` is as in `tall`, for all numbers but those of `enn`. Raises `NotatError` for a phrase that
    numbers cannot test, and when none is surely true (N0804).
    """
    attributes = {"av": av, "enn": enn, "fra": fra, "tidligere": tidligere, "blant": blant, "uten": uten}
    for name in ("av", "fra", "tidligere") if sted else ():
        attributes[name] = " ".join(changes.placed(one, sted) for one in attributes[name].split())
    case = case_of(numbers(), attributes)
    phrases = [lexicon.read(text.strip()) for text in ord.split("|")]
    for phrase in phrases:
        refuse_unknown_words(phrase, case)
    text = next((phrase.text for phrase in phrases if holds(phrase, case)), "")
    if not text:
        listed = ", ".join(f"«{phrase.text}»" for phrase in phrases)
        problem = f"Ingen av ordene {listed} stemmer sikkert med tallene: {describe(case)}."
        remedy = "Legg til ord for det som mangler, for eksempel «var uendret»."
        raise NotatError("N0804", problem, remedy=remedy)
    named = tuple(dict.fromkeys(one.id for one in (*case.of, *case.since, *case.than)))
    return Inline(text[0].upper() + text[1:] if stor else text, named)


@_of_edition
def periode(id: str, *, ord: bool = False, stor: bool = False, sted: str = "") -> Inline:  # noqa: A002  # as in tall()
    """The period of the number `id` as prose: «2022», «4. kvartal 2022», «2015–2022».

    `ord=True` writes a range in words, «fra 2015 til 2022», and `stor` capitalises it.
    """
    id = units.at(id, sted)  # noqa: A001  # as in tall()
    period = numbers()[id].period
    if not any(times(period)):
        problem = f"«{id}» har ingen periode som kan skrives i teksten{f': «{period}»' if period else ''}."
        remedy = "Skriv selv når tallet gjelder, eller fyll ut kolonnen periode."
        raise NotatError("N0830", problem, remedy=remedy)
    text = in_prose(period)
    if ord:
        if (span := as_span(period)) is None:
            raise NotatError("N0831", f"Perioden for «{id}» er ikke et spenn: {text}.", remedy="Fjern ord=True.")
        text = span
    return Inline(text[0].upper() + text[1:] if stor else text, (id,))


@_of_edition
def sted(id: str, *, sted: str = "") -> Inline:  # noqa: A002  # as in tall()
    """The name of the place of the number `id`."""
    id = units.at(id, sted)  # noqa: A001  # as in tall()
    place = numbers()[id].place
    if not place:
        raise NotatError("N0832", f"«{id}» har ikke noe sted.", remedy="Fyll ut kolonnen geografi, eller skriv stedet.")
    return Inline(place, (id,))


def _factor(number: Number, unit: str) -> Fraction:
    own = number.quantity.unit
    if unit in _MANY and not unit_word(own):
        return Fraction(1, _MANY[unit])
    known = _KRONER.get(own), _KRONER.get(unit)
    if known[0] is None or known[1] is None:
        remedy = f"Enheten er {own}. Kroner kan skrives som {', '.join(_KRONER)}, og antall som {', '.join(_MANY)}."
        raise NotatError("N0805", f"«{number.id}» kan ikke skrives i {unit}.", remedy=remedy)
    return Fraction(known[0], known[1])


def _refuse_invented(number: Number, decimals: int, factor: Fraction) -> None:
    """Refuse more decimals than the rounding of the sources carries; `factor` converts to the printed unit."""
    most = decimals_carried(number.quantity, number.decimals if factor == 1 else 0, _MOST_DECIMALS, factor)
    if not 0 <= decimals <= most:
        remedy = f"Avrundingen i kildene bærer høyst {most}; skriv desimaler={most}, eller fjern valget."
        raise NotatError("N0835", f"«{number.id}» kan ikke skrives med {decimals} desimaler.", remedy=remedy)


def _out_of(number: Number, whole: int, words: bool) -> str:
    if number.quantity.unit != SHARE:
        raise NotatError("N0805", f"«{number.id}» er ikke en andel.", remedy="Bruk av= bare på tall med enheten andel.")
    count = Fraction(int(number.quantity.value * whole + Fraction(1, 2)))
    parts = (in_words(count), in_words(Fraction(whole))) if words else (str(count), str(whole))
    return say("{count} av {whole}", count=parts[0], whole=parts[1]).replace(" ", HARD_SPACE)


class Block:
    """A figure or table with caption, as the Markdown of a cross-reference block."""

    def __init__(self, markdown: str):
        self.markdown = markdown

    def _repr_markdown_(self) -> str:
        return self.markdown


def figur(name: str, **declared: object) -> Block | Inline:
    """The figure `fig-<name>`: drawn, saved, and shown with its caption, alt text and sources.

    Its data follow: as a table for the web page, and as a CSV file. With the name alone it is one that a function draws
    or another chapter declares; `som`, `av`, `tittel` … declare it here (`notat.show.charts.declared`).
    """
    return _shown("figur", name, declared, _figure)


@_of_edition
def _figure(name: str) -> Block:
    from notat.engine.keep.figures import Drawn, get_or_draw
    from notat.show.domain import CODE

    results = look.results or _results(numbers())
    root = results.digests.project.root

    def draw() -> Drawn:
        markdown, quantities = _draw(root, name)
        return Drawn(markdown, tuple((cell.table, cell.key) for one in quantities for cell in one.cells))

    with spoken("figur", name):
        return Block(get_or_draw(results, CODE, name, draw, look.formats))


@lru_cache(maxsize=2)
def _results(numbers: Numbers) -> Results:  # noqa: ARG001  # the files are read together with the data
    """The cached results of the project around the working folder, as its files were when the data were read."""
    from notat.show.domain import results_of

    return results_of(Project.around())


def _draw(root: Path, name: str) -> tuple[str, tuple[Quantity, ...]]:
    from notat.show import (
        charts,  # matplotlib and seaborn are slow to import; not needed when all figures are cached
        figuredata,
    )
    from notat.show.charts import style

    stem = root / paths.FIGURES / f"fig-{name}"
    with style.apart():
        drawing = charts.draw(name, numbers())
        rows = figuredata.rows(drawing.quantities, numbers())
        notes = figuredata.notes(drawing.note, rows, _authors(root) if "@" in drawing.note else {})
        narrow = charts.draw_narrow(name, numbers()) if "html" in look.formats else None
        charts.save(drawing, narrow, stem, notes, look.formats)
    figuredata.save(rows, stem.with_suffix(".csv"))
    image = f'![](/{paths.FIGURES}/fig-{name}){{fig-alt="{plaintext.attribute(drawing.alt)}" width=100%}}'
    markdown = (
        f"::: {{#fig-{name}}}\n\n{image}\n\n{_caption(drawing.finding, drawing.note, drawing.quantities)}\n\n:::\n\n"
        + figuredata.markdown(name, rows)
    )
    return markdown, drawing.quantities


def _authors(root: Path) -> dict[str, str]:
    """Who wrote each work of the bibliography, as it is written there."""
    project = Project.around()
    if file := project.config.bibliography:
        used.note("file", file.relative_to(root).as_posix())
    return {key: fields["author"].strip("{}") for key, fields in project.works.items() if "author" in fields}


def tabell(name: str, **declared: object) -> Block | Inline:
    """The table `tbl-<name>` with its caption and sources; `rader`, `kolonner`, `tittel` … declare it here."""
    return _shown("tabell", name, declared, _table)


def _shown(kind: str, name: str, given: Mapping[str, object], show: Callable[[str], Block | Inline]) -> Block | Inline:
    """A figure or table by its name, when the chapter declares it as it was read without being run."""
    adopt_from_kernel()
    if not given or ((one := find_declared(kind, name)) is not None and _as_texts(given, one.given) == one.given):
        return show(name)
    if _is_hidden([name]):
        return Inline("", ())
    remedy = f'Kall {kind}("{name}", …) direkte i et kapittel i boka, med verdiene skrevet rett inn.'
    raise NotatError("N0526", f"{kind.capitalize()}en «{name}» kan ikke leses uten å kjøre koden.", remedy=remedy)


def _as_texts(given: Mapping[str, object], read: Mapping[str, object]) -> dict[str, object]:
    """The values, with a text again for a code that Quarto has made a number of, where a text was read."""
    return {
        key: in_kind(parameters.as_text(value), key, text)
        if isinstance(value, int | float) and isinstance(text := read.get(key), str)
        else value
        for key, value in given.items()
    }


@_of_edition
def _table(name: str) -> Block:
    from notat.show import tables

    with spoken("tabell", name):
        made = tables.build(name, numbers())
        caption = _caption(made.caption, made.note, made.quantities)
    return Block(f"::: {{#tbl-{name}}}\n\n{tables.to_markdown(made)}\n\n{caption}\n\n:::\n")


def _caption(finding: str, note: str, quantities: tuple[Quantity, ...]) -> str:
    """Finding in bold, note and the cited works that the numbers were read from. Only the note may cite other works."""
    source = numbers().data.source
    keys = dict.fromkeys(source(cell.source).citation for quantity in quantities for cell in quantity.cells)
    cited = [f"@{key}" for key in keys if key]
    words: tuple[str, ...] = f"**{plaintext.markdown(finding)}**", plaintext.with_citations(note)
    return " ".join(
        part for part in (*words, say("Kilde: {works}.", works=current().listed(cited)) if cited else "") if part
    )


def drofting() -> Block:
    """All discussion questions of the chapters by theme, numbered consecutively, with references to their sections."""
    adopt_from_kernel()
    from notat.show.overview import questions_markdown

    def say(code: str) -> str:
        """What the chapter prints here: its code is trusted, and has run where it stands."""
        names = {name: globals()[name] for name in NUMBERS}
        return str(eval(code, names)._repr_markdown_())  # noqa: S307  # chapters are trusted code: that is what they are

    used.note("questions")
    return Block(questions_markdown(Project.around(), say))


def tallgrunnlag() -> Block:
    """Every number of the text with its meaning, formula and source, chapter by chapter."""
    adopt_from_kernel()
    from notat.show.appendix import numbers_markdown
    from notat.show.domain import cells_of_note

    used.note("data")
    used.note("numbers in text")
    used.note("cells in text")
    project = Project.around()
    _edition(project)
    return Block(numbers_markdown(project, numbers(), cells_of_note(project)))


def kolofon() -> Block:
    """Who publishes the note and how to cite it, what it was built with, from which data, and how to check it."""
    adopt_from_kernel()
    from notat.show.colophon import colophon_markdown

    used.note("file", paths.CONFIG)
    used.note("data")
    used.note("numbers in text")
    used.note("file", paths.CONFIG)
    return Block(colophon_markdown(Project.around(), numbers()))


def nytt() -> Block:
    """What is new in this edition since the default one: counts, and what has risen, fallen and turned."""
    adopt_from_kernel()
    from notat.show.news import news_markdown

    used.note("data")
    used.note("numbers in text")
    project = Project.around()
    _edition(project)
    return Block(news_markdown(project, numbers()))


def avvik() -> Block:
    """Errors and ambiguities of the declared earlier edition, and what is done about them."""
    adopt_from_kernel()
    from notat.show.overview import corrections_markdown

    project = Project.around()
    if edition := _edition(project):
        used.note("file", f"{paths.DATA}/{edition.corrections}")
    return Block(corrections_markdown(project))


def _edition(project: Project) -> Edition | None:
    """The earlier edition that the note declares; reading it is noted as a use of the declaration."""
    used.note("setup")
    return project.config.earlier
