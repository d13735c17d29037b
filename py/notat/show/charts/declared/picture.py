"""A declaration as it is drawn: how its parameters read, and the figure with its words.

What the author does not say is computed here: the unit above the figure, what is highlighted, how high it is, and the
alternative text, which gives the values. A scale that does not begin at zero says so in both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from notat.data.quantity import PERCENT
from notat.norsk.format import unit_word
from notat.norsk.language import say
from notat.norsk.periods import in_prose
from notat.numbers import content
from notat.numbers.indicators import Numbers
from notat.project.declared import Declaration
from notat.show import figuredata
from notat.show.charts import Drawing, marks
from notat.show.charts import words as w
from notat.show.charts.declared.chosen import Chosen, choose, text, text_map, texts
from notat.show.charts.declared.said import Teller
from notat.show.charts.style import folded_name, is_narrow
from notat.show.charts.timelines import CUT
from notat.text.errors import NotatError, did_you_mean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_REST = "resten"  # in `demp`: all rows that are neither highlighted nor compared with
ACROSS = 3  # panels beside each other
_PAGE = 9  # inches: the height of a page
ROW, AROUND = 0.26, 0.45  # inches: a bar with its space, and what is above and below the bars
_NAME_LINE = 0.18  # inches: a line of a name left of its row
LINE_HEIGHT = 0.17  # inches: the least distance between names right of lines


@dataclass(frozen=True)
class Made:
    """A form as drawn: its figure, the values in order, and what is drawn in words."""

    picture: Picture
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
            f" {say('Brudd i {when}: {what}.', when=in_prose(period), what=words)}"
            for period, words in told(picture, teller, "brudd").items()
        )
        remarks = "".join(
            f" {say('Merket ved {when}: {what}.', when=in_prose(period), what=words)}"
            for period, words in told(picture, teller, "merk").items()
        )
        alt = teller.text("alt") or f"{computed}{absent}{breaks}{remarks}"
        if self.is_cut and say(CUT).lower() not in alt.lower():
            alt = f"{alt} {say(CUT)}."
        values = w.quantities(self.chosen.values)
        return Drawing(self.figure, teller.text("tittel"), alt, values, teller.text("merknad"))


class Picture:
    """A declaration as it is drawn: how its parameters read, with what they are when they are not given."""

    def __init__(self, one: Declaration, numbers: Numbers):
        self.one, self.numbers = one, numbers

    def choose(self, across: str = "", *, by: str = "", gaps: bool = False, places: Collection[str] = ()) -> Chosen:
        """The values, of one unit (`chosen.choose`)."""
        chosen = choose(self.one, self.numbers, across, by=by, gaps=gaps, places=places)
        if len(chosen.units) > 1:
            remedy = "Vis tall med samme enhet, ett i hver figur."
            raise self.refusal("N0871", f"Tallene har ulike enheter: {w.listed(chosen.units)}.", remedy)
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
            problem = f"demp= er {_REST!r}, og ingen av radene er framhevet."
            raise self.refusal("N0870", problem, "Skriv framhev= og navnet på en rad.", "demp")
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


def told(picture: Picture, teller: Teller, key: str) -> dict[str, str]:
    """What `brudd` or `merk` says, by period, with its numbers. Its claims are tested."""
    found = {period: teller.filled(said, key) for period, said in text_map(picture.one, key).items()}
    if empty := [period for period, said in found.items() if not said]:
        raise picture.refusal("N0870", f"{key}= sier ikke noe om «{empty[0]}».", "Skriv det som skal stå der.", key)
    return found


def height_of(names: Sequence[str]) -> float:
    """How many inches rows of these names take, which have several lines where a narrow figure folds them."""
    lines = [folded_name(name).count("\n") + 1 for name in names]
    return max([ROW, *(_NAME_LINE * (one + other) / 2 for one, other in pairwise(lines))]) * len(names)


def write_unit(axes: Axes, text: str) -> None:
    """Write the unit above what is drawn, where there is one."""
    if text:
        marks.unit_note(axes, text)
