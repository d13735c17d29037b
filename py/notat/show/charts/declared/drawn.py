"""The ordinary forms of a declared figure: which values each needs, how it is drawn, and its alternative text.

What the author does not say is computed: the form of bars, their order, the unit above the figure, where a scale
begins, and the alternative text, which gives the values. A scale that does not begin at zero says so in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import floor, inf, log10
from textwrap import wrap
from typing import TYPE_CHECKING

from notat.data import units
from notat.data.quantity import PERCENT, total
from notat.data.shapes import read_shapes
from notat.norsk import format_number, periods
from notat.norsk.format import unit_word, with_unit_word
from notat.norsk.language import say
from notat.norsk.periods import REMEDY, in_prose
from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.project.declared import Declaration
from notat.show import figuredata
from notat.show.charts import Drawing, forms, maps, marks
from notat.show.charts import words as w
from notat.show.charts.declared import parameters
from notat.show.charts.declared.chosen import AXES, Chosen, choose, in_time, renamed, share_of, text, text_map, texts
from notat.show.charts.declared.said import Teller
from notat.show.charts.style import LETTER, WIDTH, beside, folded, folded_name, is_narrow, new_figure
from notat.show.charts.timelines import CUT
from notat.show.charts.words import Value
from notat.text import paths
from notat.text.errors import NotatError, did_you_mean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_BARS, _MOST_LINES, _MOST_PARTS, _MOST_PANELS = 40, 6, 6, 12
_MOST_IN_ALL = 20  # lines, with those that are there for comparison alone
_REST = "resten"  # in `demp`: all rows that are neither highlighted nor compared with
_ROW, _AROUND = 0.26, 0.45  # inches: a bar with its space, and what is above and below the bars
_NAME_LINE = 0.18  # inches: a line of a name left of its row
_LINE_HEIGHT = 0.17  # inches: the least distance between names right of lines
_YEAR = 0.99  # of the axis between two bars of the same month in two years, at the least
_FEW = 8  # values of a line that are all labelled
_NEAR_ZERO = 0.5  # the lowest value over the highest: below it a line is drawn from zero
_ACROSS = 3  # panels beside each other
_PAGE = 9  # inches: the height of a page
_ROOM, _ROOM_NARROW = 0.12, 0.25  # of the scale: a value left of its dot
_JUST_BEFORE = 1e-6  # of a year: what a break is drawn at is the first value after it
_DASHES = ("--", ":", "-.")
_ENDS, _CLASSES, _LEGEND_LETTERS = 4, 5, 30  # of a map: places named at either end, classes, letters in a line of text
_COUNTY = "{fylket}"  # in the name of a map: the code of the county that the note's place is in
_BY_CHANCE = 100  # of less, one part may well be the sum of the others
# Names of a whole among its parts.
_WHOLE = re.compile(r"|i alt|sum|totalt?|(?:alle|begge)(?: (?!andre|øvrige)\w+)?|norge|hele landet", re.IGNORECASE)
_SHADES = ("fjord", "kyst", "hav", "taake", "stein", "is")
_STACKED = ("hav", "kyst", "stein", "rav", "taake", "is")
_SUM = "sum"  # the column of the sums of stacked bars


def draw(one: Declaration, numbers: Numbers) -> Drawing:
    """The figure that a declaration describes. Raises `NotatError` with the line of the parameter that is wrong."""
    parameters.refuse_unknown(one)
    form = one.given.get("som")
    known = [name for name in FORMS if name != parameters.FELT]
    if not isinstance(form, str) or form not in known:
        problem = f"Ukjent form «{form}»." if form else "Den sier ikke hvilken form den har."
        remedy = f"{did_you_mean(str(form), known)} " if form else ""
        raise one.refusal("N0870", problem, f"{remedy}Skriv som= og en av: {', '.join(known)}.", "som")
    refuse_without_title(one)
    form = parameters.form_of(one)
    parameters.refuse_stray(one, form)
    return FORMS[form](_Picture(one, numbers)).drawing()


def refuse_without_title(one: Declaration) -> None:
    """Raise unless the declaration has a title (N0872)."""
    if not str(one.given.get("tittel", "")).strip():
        raise one.refusal("N0872", "Den har ingen tittel.", 'Skriv funnet som en setning: tittel="…".', "tittel")


@dataclass(frozen=True)
class _Made:
    """A form as drawn: its figure, the values in order, and what is drawn in words."""

    picture: _Picture
    figure: Figure
    chosen: Chosen
    what: str
    listed: str
    is_cut: bool = False
    missing: str = ""  # years without a value
    marks: bool = True  # what is highlighted
    headed: bool = False  # the words themselves say what the values are
    said: Chosen | None = None  # what the words are about, where it is more than what is drawn

    def drawing(self) -> Drawing:
        """The drawing with its words."""
        picture = self.picture
        said = self.said or self.chosen
        teller = Teller(picture.one, said, picture.numbers, picture.subject(said))
        several = self.marks and len(self.chosen.rows) > 1
        strong = [name for name in picture.highlight if name in self.chosen.rows and several]
        marked = f" {_capital(say('{names} er framhevet.', names=w.listed(strong)))}" if strong else ""
        about = "" if self.headed else f"{picture.about(self.chosen)}: "
        computed = f"{self.what}.{marked} {about}{self.listed}."
        one_or_more = "Året {years} mangler." if self.missing.isdigit() else "Årene {years} mangler."
        absent = f" {say(one_or_more, years=self.missing)}" if self.missing else ""
        breaks = "".join(
            f" {say('Brudd i {when}: {what}.', when=in_prose(period), what=told)}"
            for period, told in _told(picture, teller, "brudd").items()
        )
        remarks = "".join(
            f" {say('Merket ved {when}: {what}.', when=in_prose(period), what=told)}"
            for period, told in _told(picture, teller, "merk").items()
        )
        alt = teller.text("alt") or f"{computed}{absent}{breaks}{remarks}"
        if self.is_cut and say(CUT).lower() not in alt.lower():
            alt = f"{alt} {say(CUT)}."
        values = w.quantities(self.chosen.values)
        return Drawing(self.figure, teller.text("tittel"), alt, values, teller.text("merknad"))


class _Picture:
    """A declaration as it is drawn: how its parameters read, with what they are when they are not given."""

    def __init__(self, one: Declaration, numbers: Numbers):
        self.one, self.numbers = one, numbers

    def choose(self, across: str = "", *, by: str = "", gaps: bool = False, places: Collection[str] = ()) -> Chosen:
        """The values, of one unit (`chosen.choose`)."""
        chosen = choose(self.one, self.numbers, across, by=by, gaps=gaps, places=places)
        if len(chosen.units) > 1:
            raise self.refusal(
                "N0871",
                f"Tallene har ulike enheter: {w.listed(chosen.units)}.",
                "Vis tall med samme enhet, ett i hver figur.",
            )
        if len(chosen.values) < 2:  # nothing to compare
            raise self.refusal("N0871", "Den har bare ett tall.", "Skriv tallet i teksten, eller ta med flere.")
        return chosen

    def refusal(self, code: str, problem: str, remedy: str, of: str = "") -> NotatError:
        """An error at a parameter, by default at what chooses the values."""
        return self.one.refusal(code, problem, remedy, of or ("av" if "av" in self.one.given else "tabell"))

    def subject(self, chosen: Chosen) -> str:
        """The row that the figure is about: the one that is highlighted, or the only one."""
        highlighted = self.names("framhev", chosen) if "framhev" in self.one.given else self.highlight
        named = [name for name in highlighted if name in chosen.rows]
        return named[0] if len(named) == 1 else chosen.rows[0] if len(chosen.rows) == 1 else ""

    @cached_property
    def highlight(self) -> tuple[str, ...]:
        """The rows in the dark colour."""
        return tuple(self.rows("framhev", [content.home()]))

    def rows(self, key: str, default: Sequence[str] = ()) -> list[str]:
        """A parameter that names rows; in a note that is made for many places, by the code of a place too."""
        unit, given = self.numbers.data.unit, texts(self.one, key, default)
        coded = [text if unit.code and text.isdigit() and text in unit.places else "" for text in given]
        return [unit.places[code].name if code else text for code, text in zip(coded, given, strict=True)]

    def names(self, key: str, chosen: Chosen) -> tuple[str, ...]:
        """A parameter that names rows or columns of the figure."""
        named = tuple(self.rows(key))
        known = [*chosen.rows, *chosen.columns]
        if unknown := [name for name in named if name not in known]:
            remedy = did_you_mean(unknown[0], filter(None, known))
            if key == "demp" and unknown[0] == _REST:
                remedy = f"Skriv navnene på dem: «{_REST}» er alene, og for linjer og liggende søyler."
            raise self.refusal("N0870", f"{key}= nevner «{unknown[0]}», som ikke er med.", remedy, key)
        return named

    def muted(self, chosen: Chosen) -> tuple[str, ...]:
        """The rows in the light colour."""
        if self.one.given.get("demp") != _REST:
            return self.names("demp", chosen)
        named = (*self.highlight, *self.names("sammenlign", chosen))
        rest = tuple(row for row in chosen.rows if row not in named)
        if len(rest) == len(chosen.rows):
            raise self.refusal(
                "N0870",
                f"demp= er {_REST!r}, og ingen av radene er framhevet.",
                "Skriv framhev= og navnet på en rad.",
                "demp",
            )
        return rest

    def flag(self, key: str, default: bool) -> bool:
        """A parameter that is true or false."""
        value = self.one.given.get(key, default)
        if not isinstance(value, bool):
            raise self.refusal("N0870", f"{key}= er {value!r}.", f"Skriv {key}=True eller {key}=False.", key)
        return value

    def height(self, computed: float) -> float:
        """The height in inches."""
        if "hoyde" not in self.one.given:
            if computed > _PAGE and not is_narrow():  # a telephone scrolls
                raise self.refusal("N0871", "Den blir høyere enn en side.", "Vis færre rader, eller en tabell.")
            return max(1.0, computed)
        value = self.one.given["hoyde"]
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not 1 <= value <= _PAGE:
            remedy = f"Skriv høyden i tommer, fra 1 til {_PAGE}."
            raise self.refusal("N0870", f"hoyde= er {value!r}.", remedy, "hoyde")
        return float(value)

    def unit(self, chosen: Chosen) -> str:
        """The words for the unit above the figure; empty where each value has it."""
        if "enhet" in self.one.given:
            return text(self.one, "enhet")
        if len(chosen.units) > 1:  # panels, which each have their own
            return ""
        unit = chosen.units[0]
        word = unit_word(unit)
        return "" if word == "%" else (word or unit)[:1].upper() + (word or unit)[1:]

    def on_values(self, chosen: Chosen) -> bool:
        """Whether the unit stands at each value, as «%» does."""
        return chosen.units[0] == PERCENT

    def about(self, chosen: Chosen) -> str:
        """What all the values have in common, for the alternative text."""
        rows = figuredata.rows((value.quantity for value in chosen.values), self.numbers)
        columns = zip(*((row.what, row.group, row.place, row.period) for row in rows), strict=True)
        measure, *others = (names[0] if len(set(names)) == 1 else "" for names in columns)
        unit = self.unit(chosen)
        if "enhet" in self.one.given and re.split(r"\W", measure)[0].casefold() in unit.casefold():
            measure = ""  # the author says in full what is measured
        common = [name for name in (measure, *others) if name]
        places = {content.home(), *(row.place for row in rows)}
        is_name = unit.split()[:1] and unit.split()[0].rstrip(".,:") in places
        said = unit if is_name else f"{unit[:1].lower()}{unit[1:]}"
        # What the unit says in full is not said twice.
        told = [name for name in common if not unit or name == unit or name.casefold() not in unit.casefold()]
        return _capital(", ".join([*told, *([said] if unit and unit not in told else [])]) or say("Verdier"))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


# ---- Bars


def _bars(picture: _Picture) -> _Made:
    """Bars: standing for few values over time, otherwise lying."""
    chosen = picture.choose()
    values = _in_one_row(picture, chosen)
    standing = _is_of_one(chosen) and in_time(values) and _yearly(values) and min(v.x for v in values) >= 0
    standing = standing and _have_room(picture, chosen, values)
    parameters.refuse_stray(picture.one, "stående" if standing else "liggende")
    return _columns(picture) if standing else _lying(picture)


def _in_one_row(picture: _Picture, chosen: Chosen) -> list[Value]:
    """The values of bars, named by period where these are what differs."""
    if len(chosen.rows) > 1 and len(chosen.values) > len(chosen.rows):
        name = next(row for row in chosen.rows if len(chosen.row(row)) > 1)
        raise picture.refusal(
            "N0871",
            f"«{name}» har flere tall, og en søyle viser ett.",
            'Velg ett tall for hver, eller en annen form: "linje", "stigning" eller "manual".',
        )
    timed = "periode" in chosen.by
    return [value if value.label and not timed else value.named(in_prose(value.period)) for value in chosen.values]


def _is_of_one(chosen: Chosen) -> bool:
    """Whether the values are of one thing over time."""
    return _is_of_periods(chosen) and (len(chosen.rows) == 1 or chosen.by[0] == "periode")


def _is_of_periods(chosen: Chosen) -> bool:
    return "periode" in chosen.by


def _have_room(picture: _Picture, chosen: Chosen, values: Sequence[Value]) -> bool:
    """Whether the values have room beside each other above standing bars."""
    order = sorted(values, key=lambda value: value.when)
    inches = WIDTH / (order[-1].when - order[0].when + 1)  # of a year
    unit = picture.on_values(chosen)
    lengths = [(len(value.text(unit=unit)) + 1) * LETTER for value in order]
    return all(
        (before + after) / 2 <= (second.when - first.when) * inches
        for (before, after), (first, second) in zip(pairwise(lengths), pairwise(order), strict=True)
    )


def _yearly(values: Sequence[Value]) -> bool:
    moments = sorted(value.when for value in values)
    return all(after - before > _YEAR for before, after in pairwise(moments))


def _lying(picture: _Picture) -> _Made:
    if "felt" in picture.one.given:
        return _panels_of_bars(picture)
    chosen = picture.choose()
    values = _in_one_row(picture, chosen)
    if len(values) > _MOST_BARS:
        raise picture.refusal("N0871", f"Den har {len(values)} søyler.", f"Vis høyst {_MOST_BARS}, eller en tabell.")
    _refuse_unlike_periods(picture, chosen, values)
    is_sorted = picture.flag("sortert", not _is_of_periods(chosen))
    if is_sorted:
        values = w.ranked(values)
    plus = picture.flag("fortegn", any(value.x < 0 for value in values) or "endring" in picture.one.given)
    figure, [axes] = new_figure(picture.height(_AROUND + _rows([value.label for value in values])))
    forms.bars(
        axes,
        values,
        highlight=[value.label for value in values if value.label in picture.highlight],
        reference=picture.names("sammenlign", chosen),
        muted=picture.muted(chosen),
        plus=plus,
        unit=picture.on_values(chosen),
    )
    _unit(axes, picture.unit(chosen))
    lying = plus and min(v.x for v in values) < 0
    sides = say("Liggende søylediagram")
    if lying:
        sides = say("Liggende søylediagram med søyler til venstre for tall under {zero}", zero=w.counted(0))
    sides += say(", sortert etter størrelse") if is_sorted else ""
    listed = w.listed(f"{v.label} {v.text(plus=plus, unit=picture.on_values(chosen))}" for v in values)
    return _Made(picture, figure, Chosen({(v.label, ""): v for v in values}, chosen.by), sides, listed)


def _panels_of_bars(picture: _Picture) -> _Made:
    """Bars in panels, each with choices of its own: beside each other where all have the same rows, else below."""
    panels = _each_panel(picture)
    values = {title: _ranked_bars(panel, title) for title, panel in panels.items()}
    names = [[value.label for value in some] for some in values.values()]
    alike = all(set(some) == set(names[0]) for some in names)
    if alike:  # in the order of the first
        values = {title: [w.find(some, name) for name in names[0]] for title, some in values.items()}
    one_unit = len({value.quantity.unit for some in values.values() for value in some}) == 1
    every = [value for some in values.values() for value in some]
    if alike:
        figure, axes = new_figure(picture.height(_AROUND + _rows(names[0])), columns=len(panels))
    else:
        ratios = [
            _AROUND + _LINE_HEIGHT * folded_name(title).count("\n") + _rows(some)
            for title, some in zip(panels, names, strict=True)
        ]
        height = picture.height(sum(ratios))
        figure, axes = new_figure(height, rows=len(panels), gridspec_kw={"height_ratios": ratios})
    said = []
    for place, (title, some), panel in zip(axes, values.items(), panels.values(), strict=True):
        found = Chosen({(value.label, ""): value for value in some})
        if panel.one.given.get("framhev") != picture.one.given.get("framhev"):  # of its own
            panel.names("framhev", found)
        plus = panel.flag("fortegn", any(value.x < 0 for value in some) or "endring" in panel.one.given)
        forms.bars(
            place,
            some,
            highlight=[value.label for value in some if value.label in panel.highlight],
            reference=panel.names("sammenlign", found),
            muted=panel.muted(found),
            plus=plus,
            unit=panel.on_values(found),
            names=not alike or place is axes[0],
            scale=every if one_unit and not alike else (),
        )
        marks.unit_note(place, title)
        listed = w.listed(f"{v.label} {v.text(plus=plus, unit=panel.on_values(found))}" for v in some)
        said.append(f"{title}: {listed}")
    shown = Chosen({(value.label, title): value for title, some in values.items() for value in some})
    what = say("Liggende søylediagrammer i {count} felter", count=w.counted(len(panels)))
    return _Made(picture, figure, shown, what, ". ".join(said), marks=False, headed=True)


def _each_panel(picture: _Picture) -> dict[str, _Picture]:
    """What each of the panels shows, by its heading: the choices of the figure, and its own."""
    given = picture.one.given["felt"]
    if not isinstance(given, dict) or not 2 <= len(given) <= _ACROSS:
        remedy = f'Skriv to til {_ACROSS}, hver med sine valg: felt={{"overskrift": {{"av": ["id", "id"]}}}}.'
        raise picture.refusal("N0870", f"felt= er {given!r}.", remedy, "felt")
    if "enhet" in picture.one.given:
        remedy = "Skriv enheten i overskriften til hvert felt."
        raise picture.refusal("N0870", "enhet= betyr ingenting for felter med hver sine valg.", remedy, "enhet")
    rest = {key: value for key, value in picture.one.given.items() if key != "felt"}
    found = {}
    for title, own in given.items():
        if not isinstance(title, str) or not title.strip():
            raise picture.refusal("N0870", f"felt= har overskriften {title!r}.", "Skriv den som en tekst.", "felt")
        wrong = [own] if not isinstance(own, dict) else [key for key in own if key not in parameters.OF_PANEL]
        if wrong:
            is_name = isinstance(own, dict)
            remedy = did_you_mean(str(wrong[0]), parameters.OF_PANEL) if is_name else 'Skriv valgene: {"gruppe": "…"}.'
            raise picture.refusal("N0870", f"felt= har {wrong[0]!r} for «{title}».", remedy, "felt")
        lines = {**picture.one.lines, **dict.fromkeys(own, picture.one.lines["felt"])}
        found[title] = _Picture(replace(picture.one, given={**rest, **own}, lines=lines), picture.numbers)
    return found


def _ranked_bars(picture: _Picture, heading: str) -> list[Value]:
    chosen = picture.choose()
    values = _in_one_row(picture, chosen)
    _refuse_unlike_periods(picture, chosen, values, heading)
    return w.ranked(values) if picture.flag("sortert", not _is_of_periods(chosen)) else values


def _rows(names: Sequence[str]) -> float:
    """How many inches rows of these names take, which have several lines where a narrow figure folds them."""
    lines = [folded_name(name).count("\n") + 1 for name in names]
    return max([_ROW, *(_NAME_LINE * (one + other) / 2 for one, other in pairwise(lines))]) * len(names)


def _refuse_unlike_periods(picture: _Picture, chosen: Chosen, values: Sequence[Value], heading: str = "") -> None:
    """Refuse bars of different periods whose names, or the heading, do not say so: they would be read as of one."""
    odd = [value for value in values if value.period and in_prose(value.period) not in value.label + heading]
    if not _is_of_periods(chosen) and len({value.period for value in odd}) > 1:
        periods = w.listed(dict.fromkeys(in_prose(value.period) for value in odd))
        first = odd[0]
        raise picture.refusal(
            "N0871",
            f"Tallene gjelder ulik tid: {periods}.",
            f"Vis tall for samme tid, eller skriv tiden i navnet: «{first.label} ({in_prose(first.period)})».",
        )


def _columns(picture: _Picture) -> _Made:
    chosen = picture.choose()
    values = _in_one_row(picture, chosen)
    if not in_time(values):
        raise picture.refusal(
            "N0871", "Tallene har ikke hver sin plass på en tidsakse.", 'Skriv som="liggende".', "som"
        )
    if not _is_of_one(chosen):
        names = w.listed(chosen.rows)
        raise picture.refusal(
            "N0871", f"Stående søyler viser én ting over tid, og her er flere: {names}.", 'Skriv som="liggende".', "som"
        )
    if not _yearly(values) or min(value.x for value in values) < 0:
        why = "er under null" if _yearly(values) else "står tettere enn ett år"
        raise picture.refusal("N0871", f"Noen av tallene {why}, så søylene kan ikke stå.", 'Skriv som="linje".', "som")
    if not _have_room(picture, chosen, values):
        raise picture.refusal(
            "N0871",
            f"Tallene over {len(values)} stående søyler har ikke plass ved siden av hverandre.",
            'Skriv som="liggende" eller som="linje", eller velg færre perioder.',
            "som",
        )
    values = sorted(values, key=lambda value: value.when)
    marked = picture.one.given.get("framhev")
    strong = picture.rows("framhev") if marked else [values[-1].period]
    figure, [axes] = new_figure(picture.height(2.3))
    forms.columns(axes, values, highlight=strong, muted=picture.names("demp", chosen), unit=picture.on_values(chosen))
    _name_moments(axes, values)
    _unit(axes, picture.unit(chosen))
    unit = picture.on_values(chosen)
    listed = w.listed(_at(value, unit=unit) for value in values)
    # Years that were not asked for are not missing.
    gaps = [] if picture.one.given.keys() & {"av", "periode"} else list(_gaps(values))
    for first, last in gaps:
        forms.remark(
            axes,
            say("tall mangler").replace(" ", "\n" if first == last else " "),
            (first + last) / 2,
            0.08 * axes.get_ylim()[1],
        )
    missing = w.listed(str(first) if first == last else f"{first}–{last}" for first, last in gaps) if gaps else ""
    # The only row has its name still, which the words of the figure may use.
    shown = Chosen({(row, value.period): value for value in values for row in _only_row(chosen)}, ("", "periode"))
    return _Made(picture, figure, shown, say("Stående søylediagram"), listed, missing=missing)


def _only_row(chosen: Chosen) -> list[str]:
    return chosen.rows if len(chosen.rows) == 1 else [""]


def _name_moments(axes: Axes, values: Sequence[Value]) -> None:
    """Name the moments of few values that are not years, which ticks at the years would mislead about."""
    if len(values) <= _FEW and any(value.when % 1 or periods.is_span(value.period) for value in values):
        forms.ticks(axes, [(in_prose(value.period), value.when) for value in values])


def _gaps(values: Sequence[Value]) -> Iterator[tuple[int, int]]:
    """The first and the last of the years that are missing between the bars."""
    for before, after in pairwise(sorted(int(value.when) for value in values)):
        if after - before > 1:
            yield before + 1, after - 1


# ---- Lines


def _lines(picture: _Picture) -> _Made:
    chosen = picture.choose(by="periode", gaps=True)
    _refuse_untimed(picture, chosen)
    # The names of many lines need their room.
    height = picture.height(max(2.6, _AROUND + _LINE_HEIGHT * (len(chosen.rows) + 5)))
    figure, [axes] = new_figure(height)
    few = len(chosen.rows) == 1 and len(chosen.values) <= _FEW
    is_cut = _draw_lines(picture, axes, chosen, few=few, height=height)
    return _Made(picture, figure, chosen, say("Linjediagram"), _courses(picture, chosen), is_cut)


def _refuse_untimed(picture: _Picture, chosen: Chosen) -> None:
    for name in chosen.rows:
        if not chosen.row(name):
            raise picture.refusal(
                "N0874",
                f"Kilden oppgir ingen av verdiene for «{name}».",
                "Utelat den fra utvalget, og si det i merknaden.",
            )
        if len(chosen.row(name)) < 2 or not in_time(chosen.row(name)):  # one point is no line
            raise picture.refusal(
                "N0871",
                f"Linja {f'«{name}» ' if name else ''}har ikke minst to tall, hvert med sin plass på en tidsakse.",
                "Ta med flere perioder av det samme, eller vis søyler.",
            )
    if len(chosen.rows) > _MOST_IN_ALL:
        remedy = f"Vis høyst {_MOST_IN_ALL} i alt, eller små felter: felt=."
        raise picture.refusal("N0871", f"Den har {len(chosen.rows)} linjer.", remedy)
    clear = [name for name in chosen.rows if name not in picture.muted(chosen)]
    if len(clear) > _MOST_LINES:
        remedy = f'Vis høyst {_MOST_LINES}, resten i en lys farge med demp="resten", eller små felter: felt=.'
        raise picture.refusal("N0871", f"Den har {len(chosen.rows)} linjer.", remedy)


def _draw_lines(
    picture: _Picture, axes: Axes, chosen: Chosen, *, few: bool, height: float, ends: str = "last", names: bool = True
) -> bool:
    """Draw the rows as lines; whether the scale does not begin at zero."""
    reference, muted = picture.names("sammenlign", chosen), picture.muted(chosen)
    crowd = muted if len(chosen.rows) > _MOST_LINES else ()
    values = chosen.values
    low, high = min(value.x for value in values), max(value.x for value in values)
    from_zero = picture.flag("null", 0 <= low < _NEAR_ZERO * high)
    bottom = min(0.0, low) if from_zero else low
    drawn = []
    others = iter(_DASHES * _MOST_LINES)
    breaks = _breaks(picture, chosen)
    for name in sorted(chosen.rows, key=lambda row: (row in crowd, row not in picture.highlight)):
        own = len(chosen.rows) == 1 or name in picture.highlight
        dark = "fjord" if len(chosen.rows) == 1 or name == content.home() else "hav"
        shade = dark if own else "stein" if name in reference else "taake" if name in muted else "kyst"
        drawn.append(
            forms.Line(
                name,
                sorted(chosen.row(name), key=lambda value: value.when),
                colour=shade,
                strong=own,
                dashes="-" if own or ends == "ends" or name in crowd else next(others),
                labels="all" if few else "none" if name in crowd else ends,
                marks=len(chosen.row(name)) <= _FEW and name not in crowd,
                gap=_step(picture, chosen.row(name)),
                holes=[*_holes(picture, chosen, name), *(moment - _JUST_BEFORE for moment in breaks)],
            )
        )
    span = (high - bottom) or 1.0
    limits = (bottom if from_zero else bottom - 0.08 * span, high + 0.1 * span)
    is_cut = low > 0 and not from_zero
    unit = picture.unit(chosen) or (say("Prosent") if picture.on_values(chosen) and not few else "")
    cut = f"{say(CUT)}."
    said = f"{unit}. {cut}" if unit and is_cut else cut if is_cut else unit
    above = _LINE_HEIGHT * folded(said).count("\n")  # inches: what a narrow figure adds
    forms.lines(
        axes,
        drawn,
        unit=picture.on_values(chosen),
        name_gap=(limits[1] - limits[0]) * _LINE_HEIGHT / (height - _AROUND - above),
        names=not few and names,
    )
    axes.set_ylim(limits)
    forms.years(axes, [value.when for value in values], below=True)
    if len(chosen.rows) == 1:
        _name_moments(axes, values)
    if ends == "ends" or (few and not is_cut):
        _unit(axes, said)
    else:
        forms.value_axis(axes, unit)
    for number, (moment, said) in enumerate(sorted(breaks.items())):
        marks.break_in(axes, moment, said, lines=number)
    _remark(picture, axes, chosen)
    return is_cut


def _moment_of(picture: _Picture, period: str, key: str) -> float:
    """Where a period that the author names is on the axis."""
    moment = periods.on_axis(period)
    if moment is None:
        raise picture.refusal("N0870", f"{key}= har «{period}», som ikke har noen plass på tidsaksen.", REMEDY, key)
    return moment


def _told(picture: _Picture, teller: Teller, key: str) -> dict[str, str]:
    """What `brudd` or `merk` says, by period, with its numbers. Its claims are tested."""
    found = {period: teller.filled(said, key) for period, said in text_map(picture.one, key).items()}
    if empty := [period for period, said in found.items() if not said]:
        raise picture.refusal("N0870", f"{key}= sier ikke noe om «{empty[0]}».", "Skriv det som skal stå der.", key)
    return found


def _breaks(picture: _Picture, chosen: Chosen) -> dict[float, str]:
    """The moments of the breaks, each after the first value and no later than the last, and what they are."""
    teller = Teller(picture.one, chosen, picture.numbers, picture.subject(chosen))
    moments = [value.when for value in chosen.values]
    found = {}
    for period, said in _told(picture, teller, "brudd").items():
        moment = _moment_of(picture, period, "brudd")
        if not min(moments) < moment <= max(moments):
            raise picture.refusal(
                "N0870",
                f"brudd= har «{period}», og der er det ingen linje å bryte.",
                "Skriv den første perioden etter bruddet.",
                "brudd",
            )
        found[moment] = said
    return found


def _remark(picture: _Picture, axes: Axes, chosen: Chosen) -> None:
    """Write what `merk` says of moments beside the highest value of each, towards the middle of the figure."""
    teller = Teller(picture.one, chosen, picture.numbers, picture.subject(chosen))
    middle = sum(axes.get_xlim()) / 2
    for period, said in _told(picture, teller, "merk").items():
        moment = _moment_of(picture, period, "merk")
        there = [value.x for value in chosen.values if value.when == moment]
        if not there:
            remedy = "Skriv perioden til en av verdiene."
            raise picture.refusal("N0870", f"merk= har «{period}», som ingen av verdiene gjelder.", remedy, "merk")
        beside(axes, said, (moment, max(there)), 8 if moment < middle else -8, colour="stein")


def _step(picture: _Picture, values: Sequence[Value]) -> float:
    """How far apart two values of a line may be and still be joined: the usual distance, and a little more.

    Values of the periods that the author has listed are joined whatever their distance.
    """
    if _lists_periods(picture):
        return inf
    return sorted(_steps(values))[(len(values) - 2) // 2] * 1.5


def _steps(values: Sequence[Value]) -> list[float]:
    moments = sorted(value.when for value in values)
    return [after - before for before, after in pairwise(moments)]


def _lists_periods(picture: _Picture) -> bool:
    return "periode" in picture.one.given and len(texts(picture.one, "periode")) > 1


def _holes(picture: _Picture, chosen: Chosen, name: str) -> list[float]:
    """Moments that a line is not drawn across.

    Those are the moments of the values that are withheld, and those that other lines have and this one lacks, except
    between values that are as near each other as any of it: then it is only measured more rarely.
    """
    own = sorted(chosen.row(name), key=lambda value: value.when)
    lacking = {w.moment(period) for (row, _), period in chosen.withheld.items() if row == name}
    others = {value.when for value in chosen.values} - {value.when for value in own}
    near = 0.0 if _lists_periods(picture) else min(_steps(own)) * 1.5
    for before, after in pairwise(own):
        if after.when - before.when > near:
            lacking |= {moment for moment in others if before.when < moment < after.when}
    return sorted(lacking)


def _courses(picture: _Picture, chosen: Chosen) -> str:
    """The course of each line in words: all of few values, or else the ends and the turning points."""
    muted = picture.muted(chosen) if len(chosen.rows) > _MOST_LINES and parameters.FELT not in picture.one.given else ()
    told = "; ".join(
        f"{f'{name} ' if name else ''}{_course(picture, chosen, name)}" for name in chosen.rows if name not in muted
    )
    if not muted:
        return told
    last = w.ranked(sorted(chosen.row(name), key=lambda value: value.when)[-1] for name in muted)
    unit = picture.on_values(chosen)
    ends = [f"{value.label} {_at(value, unit=unit)}" for value in (last[-1], last[0])]
    return f"{told}; {say('de andre fra {low} til {high}', low=ends[0], high=ends[1])}"


def _course(picture: _Picture, chosen: Chosen, name: str) -> str:
    values = sorted(chosen.row(name), key=lambda value: value.when)
    unit = picture.on_values(chosen)

    def said(some: Sequence[Value]) -> str:
        return w.listed(_at(value, unit=unit) for value in some)

    if len(values) <= _FEW:
        return said(values)
    ranks = w.ranked(values)
    peaks = [
        f"{say(word)} {said([value])}"
        for word, value, rival in (("høyest", ranks[0], ranks[1]), ("lavest", ranks[-1], ranks[-2]))
        if value not in (values[0], values[-1]) and value.x != rival.x
    ]
    return ", ".join([said([values[0], values[-1]]), *peaks])


def _at(value: Value, *, unit: bool) -> str:
    """The value and its time: «10,2 % i 2019», «68,0 % per 1. januar 2020»."""
    day = periods.parse(value.period).kind is periods.Kind.DATE
    text = "{value} per {when}" if day else "{value} i {when}"
    return say(text, value=value.text(unit=unit), when=w.month(value.period))


# ---- Two values for each


def _slope(picture: _Picture) -> _Made:
    chosen = picture.choose(by="periode")
    ends = _two(picture, chosen, "perioder")
    _refuse_untimed(picture, chosen)
    figure, [axes] = new_figure(picture.height(1.2 + 0.24 * len(chosen.rows)))
    height = picture.height(1.2 + 0.24 * len(chosen.rows))
    is_cut = _draw_lines(picture, axes, chosen, few=False, height=height, ends="ends")
    forms.ticks(axes, [(in_prose(period), w.moment(period)) for period in ends])
    what = say("Stigningsdiagram med en linje for hver")
    return _Made(picture, figure, chosen, what, _courses(picture, chosen), is_cut)


def _two(picture: _Picture, chosen: Chosen, what: str) -> list[str]:
    """The two columns of the values, which every row must have."""
    columns = chosen.columns
    if chosen.by[1] == "periode":
        columns = _in_order(columns)
    short = next((row for row in chosen.rows if len(chosen.row(row)) != len(columns)), None)
    if len(columns) != 2 or short is not None:  # the two ends
        said = f"«{short}» har {len(chosen.row(short))} av dem" if short is not None else f"den har {len(columns)}"
        raise picture.refusal(
            "N0871", f"Den trenger de samme to {what} for hver rad, og {said}.", f"Velg to {what} som alle har."
        )
    return columns


def _in_order(moments: Sequence[str]) -> list[str]:
    """Periods from the first to the last in time."""
    return sorted(moments, key=lambda period: periods.on_axis(period) or 0)


def _dumbbell(picture: _Picture) -> _Made:
    chosen = picture.choose("deler", by="periode")
    ends = _two(picture, chosen, "verdier")
    rows = chosen.rows
    if picture.flag("sortert", True):
        rows = [value.label for value in w.ranked(chosen.cells[row, ends[1]] for row in rows)]
    pairs = [(chosen.cells[row, ends[0]], chosen.cells[row, ends[1]]) for row in rows]
    names = [in_prose(end) for end in ends]
    figure, [axes] = new_figure(picture.height(0.75 + _ROW * len(rows)))
    highlight = [row for row in rows if row in picture.highlight]
    marks.pairs(axes, pairs, names, highlight=highlight, unit=picture.on_values(chosen))
    _unit(axes, picture.unit(chosen))
    unit = picture.on_values(chosen)
    before, after = (_when(name, chosen) for name in names)
    listed = w.listed(
        say(
            "{name} {before} {then} mot {after} {now}",
            name=first.label,
            before=first.text(unit=unit),
            then=before,
            after=last.text(unit=unit),
            now=after,
        )
        for first, last in pairs
    )
    what = say("Punktdiagram med to punkter for hver, {first} og {last}", first=names[0], last=names[1])
    return _Made(picture, figure, chosen.only(rows), what, listed)


def _when(name: str, chosen: Chosen) -> str:
    return say("i {when}", when=name) if chosen.by[1] == "periode" else f"({name})"


# ---- Parts of a whole


def _shares(picture: _Picture) -> _Made:
    chosen = picture.choose("deler", by="gruppe")
    _refuse_what_is_no_whole(picture, chosen)
    shares = _of_whole(picture, chosen)
    parts = chosen.columns
    rows = _in_order(chosen.rows) if chosen.by[0] == "periode" else chosen.rows
    names = [in_prose(row) if chosen.by[0] == "periode" else row for row in rows]
    figure, [axes] = new_figure(picture.height(0.75 + 0.34 * len(rows)))
    marks.shares(
        axes,
        names,
        [
            (in_prose(part), shade, [shares.cells[row, part] for row in rows])
            for part, shade in zip(parts, _SHADES, strict=False)
        ],
        highlight=[name for row, name in zip(rows, names, strict=True) if row in picture.highlight],
    )
    listed = "; ".join(
        f"{name}{': ' if name else ''}{w.listed(f'{in_prose(part)} {shares.cells[row, part]}' for part in parts)}"
        for row, name in zip(rows, names, strict=True)
    )
    return _Made(picture, figure, shares, say("Liggende søylediagram der hver søyle er delt i andeler av hele"), listed)


def _refuse_what_is_no_whole(picture: _Picture, chosen: Chosen) -> None:
    """Refuse parts that are not those of one whole: too many, missing, of several times, or a whole among its parts."""
    parts = chosen.columns
    if chosen.by[1] == "periode":
        remedy = 'Skriv gruppene som deler, og årene som rader: deler="gruppe", rader="periode".'
        raise picture.refusal("N0871", "Tall fra ulik tid er ikke deler av en hel.", remedy)
    if not 2 <= len(parts) <= _MOST_PARTS:  # one part is the whole
        remedy = f"Vis to til {_MOST_PARTS} deler, og slå sammen resten."
        many = f"{len(parts)} deler" if len(parts) > 1 else "bare én del"
        raise picture.refusal("N0871", f"Den har {many}.", remedy)
    for row in chosen.rows:
        said = f"«{row}»" if row else "søylen"
        if missing := [part for part in parts if (row, part) not in chosen.cells]:
            remedy = "Ta med de samme delene for alle."
            raise picture.refusal("N0871", f"Delen «{missing[0]}» mangler for {said}.", remedy)
        if len({value.period for value in chosen.row(row)}) > 1:
            times = w.listed(dict.fromkeys(in_prose(value.period) for value in chosen.row(row)))
            raise picture.refusal("N0871", f"Delene av {said} gjelder ulik tid: {times}.", "Velg deler fra samme tid.")
        for part in parts:
            if chosen.cells[row, part].x < 0:
                raise picture.refusal(
                    "N0871", f"Delen «{part}» av {said} er under null.", 'Vis den i en annen form: som="liggende".'
                )
    _refuse_unlike_periods(picture, chosen, [chosen.row(row)[0].named(row) for row in chosen.rows])
    if wholes := [part for part in parts if _is_whole(chosen, part)]:
        raise picture.refusal(
            "N0871",
            f"«{wholes[0] or 'Alle'}» er summen av de andre, og ikke en del ved siden av dem.",
            f"Velg bare delene med {chosen.by[1] or 'av'}=.",
        )


def _is_whole(chosen: Chosen, part: str) -> bool:
    """Whether a part is named as the whole, or is the sum of several others in every row, too large to be by chance."""
    if _WHOLE.fullmatch(part):
        return True
    own = {row: chosen.cells[row, part].quantity.value for row in chosen.rows}
    sums = {row: sum(value.quantity.value for value in chosen.row(row)) for row in chosen.rows}
    large = len(chosen.columns) > 2 and sum(own.values()) >= _BY_CHANCE
    return large and PERCENT not in chosen.units and all(2 * own[row] == sums[row] for row in chosen.rows)


def _of_whole(picture: _Picture, chosen: Chosen) -> Chosen:
    """The parts in percent of their sum, unless they are so already."""
    cells = {}
    for row in chosen.rows:
        whole = total(value.quantity for value in chosen.row(row))
        is_percent = whole.unit == PERCENT
        low, high = whole.interval
        if is_percent and not low - 1 <= 100 <= high + 1:  # percent of a whole
            raise picture.refusal(
                "N0871",
                f"Delene av «{row}» er ikke hele: til sammen {float(whole.value):g} prosent.",
                "Ta med alle delene.",
            )
        for (name, part), value in chosen.cells.items():
            if name == row:
                cells[row, part] = (
                    value
                    if is_percent
                    else replace(value, quantity=share_of(picture.one, value, whole, row or part), decimals=0)
                )
    return Chosen(cells, chosen.by)


def _stacked(picture: _Picture) -> _Made:
    chosen = picture.choose("deler", by="gruppe")
    _refuse_what_is_no_whole(picture, chosen)
    totals = w.ranked(Value(row, total(value.quantity for value in chosen.row(row))) for row in chosen.rows)
    totals = [
        replace(one, period=parts[0].period, decimals=max(part.decimals for part in parts))
        for one in totals
        for parts in [chosen.row(one.label)]
    ]
    figure, [axes] = new_figure(picture.height(_AROUND + _LINE_HEIGHT + _rows([one.label for one in totals])))
    marks.stacked_bars(
        axes,
        totals,
        [
            (in_prose(part), shade, [chosen.cells[one.label, part] for one in totals])
            for part, shade in zip(chosen.columns, _STACKED, strict=False)
        ],
        highlight=[one.label for one in totals if one.label in picture.highlight],
        noun=unit_word(chosen.units[0]) or chosen.units[0],
    )
    subject = picture.subject(chosen) or totals[0].label
    own = w.listed(f"{part} {chosen.cells[subject, part].text(unit=False)}" for part in chosen.columns)
    sums = w.listed(f"{one.label} {one.text(unit=False)}".strip() for one in totals)
    listed = f"{sums}. {subject}: {own}" if subject else f"{sums}: {own}"
    # What is said of a row is said of its sum.
    said = Chosen({**chosen.cells, **{(one.label, _SUM): one for one in totals}}, chosen.by)
    what = say("Liggende søylediagram der hver søyle er summen av delene, sortert etter størrelse")
    return _Made(picture, figure, chosen, what, listed, said=said)


def _distances(picture: _Picture) -> _Made:
    chosen = picture.choose()
    values = _in_one_row(picture, chosen)
    _refuse_unlike_periods(picture, chosen, values)
    named = picture.names("sammenlign", chosen)
    if len(named) != 1:
        remedy = 'Skriv navnet på den de andre måles mot: sammenlign="…".'
        raise picture.refusal("N0870", "Den sier ikke hva avstanden er fra.", remedy, "som")
    level, others = w.find(values, named[0]), [value for value in values if value.label != named[0]]
    if picture.flag("sortert", True):
        others = w.ranked(others)
    figure, [axes] = new_figure(picture.height(_AROUND + 2 * _LINE_HEIGHT + 1.35 * _rows([v.label for v in others])))
    muted = picture.names("demp", chosen)
    unit = picture.unit(chosen)
    marks.distances(axes, others, level, f"{level.label} {level}", unit=unit, hollow=muted)
    _leave_room_left(axes, others, level)
    listed = w.listed(f"{value.label} {value}" for value in [level, *others])
    what = say("Punktdiagram med avstanden fra en loddrett linje for {name}", name=level.label)
    return _Made(picture, figure, chosen, what, listed, marks=False)


def _leave_room_left(axes: Axes, values: Sequence[Value], level: Value) -> None:
    """Begin the scale at zero, or further left where a value needs room between its dot and the names."""
    places = [0.0, level.x, *(value.x for value in values)]
    room = (_ROOM_NARROW if is_narrow() else _ROOM) * (max(places) - min(places))
    axes.set_xlim(left=min(0.0, *(value.x - (room if value.x < level.x else 0) for value in values)))


# ---- Several beside each other


def _panels(picture: _Picture) -> _Made:
    column = picture.one.given.get("felt")
    if not isinstance(column, str) or column not in AXES:
        remedy = f"Skriv felt= og en kolonne: {', '.join(AXES)}."
        raise picture.refusal("N0870", "Små felter trenger en kolonne som skiller dem.", remedy, "felt")
    names = texts(picture.one, column) or _values_of(picture, column)
    if not 2 <= len(names) <= _MOST_PANELS:  # one panel is a figure
        raise picture.refusal(
            "N0871", f"Den har {len(names)} felter.", f"Velg to til {_MOST_PANELS} med {column}=.", column
        )
    every = {name: _Picture(_with(picture.one, column, name), picture.numbers) for name in names}
    values = {name: one.choose(by="periode", gaps=True) for name, one in every.items()}
    for name, one in every.items():
        _refuse_untimed(one, values[name])
        if len(values[name].rows) > 1:
            several = w.listed(values[name].rows)
            raise picture.refusal("N0871", f"Feltet «{name}» har flere linjer: {several}.", "Velg én av dem.", "felt")
    if len({unit for chosen in values.values() for unit in chosen.units}) > 1:
        raise picture.refusal("N0871", "Feltene har ulike enheter.", "Vis tall med samme enhet.")
    across = min(_ACROSS, len(names))
    down = -(-len(names) // across)
    height = picture.height(0.4 + 1.35 * down) if not is_narrow() else (0.4 + 0.95 * len(names)) / across
    figure, axes = new_figure(height, columns=across, rows=down)
    joined = _joined(picture, column, values)
    titles = dict(zip(names, joined.rows, strict=True))
    shown = joined.values
    low, high = min(value.x for value in shown), max(value.x for value in shown)
    from_zero = picture.flag("null", 0 <= low < _NEAR_ZERO * high)
    bottom, span = (min(0.0, low) if from_zero else low), (high - (min(0.0, low) if from_zero else low)) or 1.0
    for place, name in zip(axes, names, strict=False):
        own = titles[name] in picture.highlight
        lines = [
            forms.Line(
                "",
                sorted(values[name].row(row), key=lambda value: value.when),
                colour="fjord" if own else "kyst",
                strong=own,
                labels="last",
                marks=False,
                gap=_step(picture, values[name].row(row)),
                holes=_holes(picture, joined, titles[name]),
            )
            for row in values[name].rows
        ]
        forms.lines(place, lines, unit=picture.on_values(values[name]))
        place.set_ylim(bottom if from_zero else bottom - 0.08 * span, high + 0.12 * span)
        place.set_title(folded(titles[name]), fontweight=600 if own else 400)
        first, last = lines[0].values[0], lines[0].values[-1]
        forms.ticks(place, [(str(int(value.when)), value.when) for value in (first, last)])
    for spare in axes[len(names) :]:
        spare.set_visible(False)
    is_cut = low > 0 and not from_zero
    unit = picture.unit(joined) or (say("Prosent") if picture.on_values(joined) else "")
    same = say("{unit}, samme skala i alle feltene.", unit=unit) if unit else say("Samme skala i alle feltene.")
    said = same + (f" {say(CUT)}." if is_cut else "")
    figure.suptitle(folded(said), x=0.01, ha="left", fontsize=9, fontweight=400)
    what = say("Linjediagrammer i {count} felter med samme skala", count=len(names))
    return _Made(picture, figure, joined, what, _courses(picture, joined), is_cut)


def _joined(picture: _Picture, column: str, values: Mapping[str, Chosen]) -> Chosen:
    """The values of all panels, each panel a row."""
    keys = [(name, period) for name, chosen in values.items() for _, period in chosen.keys or chosen.cells]
    found = Chosen(
        {(name, period): value for name, chosen in values.items() for (_, period), value in chosen.cells.items()},
        (column, "periode"),
        withheld={(name, when): when for name, chosen in values.items() for when in chosen.withheld.values()},
        keys=tuple(keys),
    )
    return renamed(picture.one, found)


def _values_of(picture: _Picture, column: str) -> list[str]:
    """The names of the panels."""
    given = {key: value for key, value in picture.one.given.items() if key not in ("felt", "navn")}
    one = replace(picture.one, given={**given, "rader": column})
    return choose(one, picture.numbers, by="periode", gaps=True).rows


def _with(one: Declaration, column: str, value: str) -> Declaration:
    """The declaration of one panel."""
    replaced = ("felt", "navn", *(("sted",) if column == "geografi" else ()))
    given = {key: given for key, given in one.given.items() if key not in replaced}
    return replace(one, given={**given, column: value})


# ---- The municipalities


def _map(picture: _Picture) -> _Made:
    table = text(picture.one, "kart")
    if not table:
        raise picture.refusal(
            "N0870", "Den sier ikke hvilket kart.", "Skriv kart= og tabellen med grensene i data/.", "kart"
        )
    if _COUNTY in table:
        table = table.replace(_COUNTY, picture.numbers.data.unit.place(units.COUNTY).code)
    shapes = read_shapes(paths.find_root(), table)
    chosen = picture.choose(places=shapes.keys())
    values = {chosen.codes.get(value.label, ""): value for value in chosen.values}
    if missing := sorted(shapes.keys() - values.keys()):
        raise picture.refusal(
            "N0871",
            f"{len(missing)} av stedene på kartet har ingen verdi: {', '.join(missing)}.",
            "Vis tall fra en serie som har alle, for én periode og én gruppe.",
        )
    ranks = w.ranked(values.values())
    limits = _limits(picture, ranks[-1].x, ranks[0].x)
    exact = [f"{Decimal(str(limit)):f}" for limit in limits]
    decimals = max(len(one.partition(".")[2]) for one in exact)
    said = [format_number(Fraction(one), decimals) for one in exact]
    unit = unit_word(chosen.units[0])
    after = with_unit_word("", chosen.units[0], unit)
    classes = [
        say("under {high}", high=f"{said[0]}{after}"),
        *(say("fra {low} til {high}", low=low, high=f"{high}{after}") for low, high in pairwise(said)),
        say("{low} og mer", low=f"{said[-1]}{after}"),
    ]
    order = [next(code for code, one in values.items() if one is value) for value in ranks]
    labelled = [*order[:_ENDS], *order[-_ENDS:]]
    marked = [code for code, value in values.items() if value.label in picture.highlight]
    about = picture.unit(chosen) or picture.about(chosen)
    figure = maps.shaded_areas(
        shapes,
        values,
        limits,
        classes,
        title="\n".join([*wrap(about, _LEGEND_LETTERS), say("Antall steder:")]),
        labelled=list(dict.fromkeys([*marked, *labelled])),
        marked=marked,
        height=picture.height(4.6),
    )
    what = say(
        "Kart over {places} steder, i {classes} fargetrinn",
        places=w.counted(len(ranks)),
        classes=w.counted(len(classes)),
    )
    return _Made(
        picture,
        figure,
        chosen,
        what,
        say("høyest {first}; lavest {last}", first=w.spelled(ranks[:_ENDS]), last=w.spelled(ranks[: -_ENDS - 1 : -1])),
        marks=False,
    )


def _limits(picture: _Picture, low: float, high: float) -> list[float]:
    """The limits between the classes: those given, or round numbers that divide the values evenly."""
    given = picture.one.given.get("grenser")
    if given is None and low == high:
        raise picture.refusal("N0871", "Alle stedene på kartet har samme tall.", "Skriv tallet i teksten.")
    found = _even_limits(low, high) if given is None else list(given) if isinstance(given, (list, tuple)) else []
    numbers = [one for one in found if isinstance(one, (int, float)) and not isinstance(one, bool)]
    if not found or numbers != found or numbers != sorted(set(numbers)) or len(found) >= _CLASSES + 2:
        raise picture.refusal(
            "N0870", f"grenser= er {given!r}.", "Skriv tall i stigende rekkefølge: grenser=[5, 10, 15].", "grenser"
        )
    return numbers


def _even_limits(low: float, high: float) -> list[float]:
    """Round numbers between the lowest and the highest value, without more decimals than they need."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(_CLASSES, steps=[1, 2, 5, 10]).tick_values(low, high)
    digits = max(0, 1 - floor(log10(ticks[1] - ticks[0])))  # of a step, which has two that count
    found = [round(float(one), digits) for one in ticks if low < one < high]
    return [int(one) if one == int(one) else one for one in found]


def _unit(axes: Axes, text: str) -> None:
    if text:
        marks.unit_note(axes, text)


FORMS: dict[str, Callable[[_Picture], _Made]] = {
    "søyler": _bars,
    "liggende": _lying,
    "stående": _columns,
    "linje": _lines,
    parameters.FELT: _panels,
    "stigning": _slope,
    "manual": _dumbbell,
    "andeler": _shares,
    "stablet": _stacked,
    "avstand": _distances,
    "kart": _map,
}
