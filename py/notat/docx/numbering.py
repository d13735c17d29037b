"""Heading numbers that Word counts itself, instead of numbers written as text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from notat.docx.package import (
    Package,
    attribute,
    detach,
    element,
    find_all,
    of_styles,
    properties,
    put,
    qualified,
    style_of_block,
    text_of,
)
from notat.docx.styles import HAV, HEADING_INDENTS

_NUMBERING = "word/numbering.xml"
# Names of the two lists: chapters and appendices. A second run recognises its own work by them.
_LISTS = {"Kapitler": "decimal", "Vedlegg": "upperLetter"}
_LEVELS = len(HEADING_INDENTS)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROMAN = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5}
_ROMAN |= {"IV": 4, "I": 1}
_MOST_LEVELS = 9  # of a list in Word


@dataclass(frozen=True)
class _Numbered:
    paragraph: etree._Element
    level: int  # from 0
    number: str  # as written in the text; empty for a heading without one


def automate_numbers(package: Package, styles: dict[str, str]) -> None:
    """Let Word number the headings if that gives each the number it has now; otherwise leave the text."""
    headings = _headings(package, styles)
    numbered = [heading for heading in headings if heading.number]
    if not numbered or _NUMBERING not in package or _counted(numbered) != [heading.number for heading in numbered]:
        return
    chapters, appendices = _add_lists(package.xml(_NUMBERING), styles)
    _number_styles(package.xml("word/styles.xml"), styles, chapters)
    for heading in headings:
        layout = properties(heading.paragraph, "w:pPr")
        if not heading.number:
            if heading.level < _LEVELS:
                put(layout, _numbers("0"))
                put(layout, element("w:ind", left="0", firstLine="0"))
            continue
        if heading.number[0].isalpha():
            put(layout, _numbers(appendices, heading.level))
            indent = str(HEADING_INDENTS[heading.level])
            put(layout, element("w:ind", left=indent, hanging=indent))
        number, tab = find_all(heading.paragraph, "w:r")[:2]
        detach(number)
        if find_all(tab, "w:tab"):
            detach(tab)


def is_automated(package: Package, styles: dict[str, str]) -> bool:
    """Whether Word numbers the headings already; then a number at the start of their text is part of the title."""
    path = f"w:style[@w:styleId='{styles['heading 1']}']/w:pPr/w:numPr"
    return bool(find_all(package.xml("word/styles.xml"), path))


def _headings(package: Package, styles: dict[str, str]) -> list[_Numbered]:
    levels = {styles[f"heading {level + 1}"]: level for level in range(4)}
    found = []
    for paragraph in of_styles(package.xml("word/document.xml"), levels):
        runs = find_all(paragraph, f"w:r[1][w:rPr/w:rStyle/@w:val='{styles['section number']}']")
        found.append(_Numbered(paragraph, levels[style_of_block(paragraph)], text_of(runs[0]) if runs else ""))
    return found


def _counted(headings: list[_Numbered]) -> list[str]:
    """The numbers that Word would give these headings."""
    counts = {letters: [0] * _LEVELS for letters in (False, True)}
    numbers = []
    for heading in headings:
        if heading.level >= _LEVELS:
            return []
        letters = heading.number[0].isalpha()
        count = counts[letters]
        count[heading.level] += 1
        count[heading.level + 1 :] = [0] * (_LEVELS - heading.level - 1)
        numbers.append(_format_count(count[: heading.level + 1], letters=letters))
    return numbers


def _format_count(count: list[int], *, letters: bool) -> str:
    first, *rest = count
    return ".".join([_format_number(first, "upperLetter" if letters else "decimal"), *map(str, rest)])


def _add_lists(numbering: etree._Element, styles: dict[str, str]) -> tuple[str, str]:
    """Define the two lists, and return their numbers. Definitions come before the lists that use them."""
    definitions, lists = find_all(numbering, "w:abstractNum"), find_all(numbering, "w:num")
    first_definition = 1 + max((int(attribute(item, "w:abstractNumId")) for item in definitions), default=0)
    first_list = 1 + max((int(attribute(item, "w:numId")) for item in lists), default=0)
    made = []
    for place, (name, form) in enumerate(_LISTS.items()):
        definition = element("w:abstractNum", abstractNumId=str(first_definition + place))
        definition.append(element("w:multiLevelType", val="multilevel"))
        definition.append(element("w:name", val=name))
        # A style belongs to one list; appendices set theirs on the paragraph.
        linked = styles if place == 0 else {}
        definition.extend(_level(depth, form if depth == 0 else "decimal", linked) for depth in range(_LEVELS))
        numbering.insert(len(definitions) + place, definition)
        used = element("w:num", numId=str(first_list + place))
        used.append(element("w:abstractNumId", val=str(first_definition + place)))
        numbering.insert(len(definitions) + place + 1 + len(lists) + place, used)
        made.append(str(first_list + place))
    return made[0], made[1]


def _level(depth: int, form: str, linked: dict[str, str]) -> etree._Element:
    level = element("w:lvl", ilvl=str(depth))
    level.append(element("w:start", val="1"))
    level.append(element("w:numFmt", val=form))
    if linked:
        level.append(element("w:pStyle", val=linked[f"heading {depth + 1}"]))
    level.append(element("w:suff", val="tab"))
    level.append(element("w:lvlText", val=".".join(f"%{place + 1}" for place in range(depth + 1))))
    level.append(element("w:lvlJc", val="left"))
    indent = str(HEADING_INDENTS[depth])
    layout = element("w:pPr")
    tabs = put(layout, element("w:tabs"))
    tabs.append(element("w:tab", val="num", pos=indent))
    put(layout, element("w:ind", left=indent, hanging=indent))
    level.append(layout)
    look = element("w:rPr")
    put(look, element("w:color", val=HAV, themeColor="accent1"))
    level.append(look)
    return level


def _number_styles(root: etree._Element, styles: dict[str, str], chapters: str) -> None:
    """Tie the styles of headings to the list, so that a heading added in Word is numbered too."""
    wanted = {styles[f"heading {depth + 1}"]: _numbers(chapters, depth) for depth in range(_LEVELS)}
    wanted[styles["toc heading"]] = _numbers("0")
    for style in find_all(root, "w:style"):
        if (numbers := wanted.get(attribute(style, "w:styleId"))) is not None:
            put(find_all(style, "w:pPr")[0], numbers)


def _numbers(list_: str, depth: int = 0) -> etree._Element:
    made = element("w:numPr")
    made.append(element("w:ilvl", val=str(depth)))
    made.append(element("w:numId", val=list_))
    return made


def heading_numbers(package: Package) -> dict[etree._Element, str]:
    """The number that Word writes before each heading, by paragraph; of «1.» without the full stop.

    Either the style is tied to a list, or the paragraph itself.
    """
    if _NUMBERING not in package:
        return {}
    by_style = {
        attribute(style, "w:styleId"): next(iter(find_all(style, "w:pPr/w:numPr")), element("w:numPr"))
        for style in find_all(package.xml("word/styles.xml"), "w:style[w:pPr[w:numPr or w:outlineLvl]]")
    }
    lists = _read_lists(package.xml(_NUMBERING))
    counts: dict[str, list[int]] = {}
    found = {}
    for paragraph in of_styles(package.xml("word/document.xml"), by_style):
        of_style = by_style[style_of_block(paragraph)]
        own = next(iter(find_all(paragraph, "w:pPr/w:numPr")), of_style)
        number, depth = (_said(name, own, of_style) for name in ("w:numId", "w:ilvl"))
        list_, level = lists.get(number), int(depth or 0)
        if list_ is None or level not in list_.levels:
            continue
        count = counts.setdefault(list_.counter, [0] * _MOST_LEVELS)
        count[level] = count[level] + 1 if count[level] else list_.levels[level].start
        count[level + 1 :] = [0] * (_MOST_LEVELS - level - 1)
        found[paragraph] = list_.number(level, count)
    return found


def _said(name: str, *numbers: etree._Element) -> str:
    return next((value for one in numbers if (value := attribute(one.find(qualified(name))))), "")


@dataclass(frozen=True)
class _Level:
    form: str  # decimal, upperLetter …
    pattern: str  # «%1.%2»
    start: int


@dataclass(frozen=True)
class _List:
    counter: str  # lists of one definition count on
    levels: dict[int, _Level]

    def number(self, level: int, count: list[int]) -> str:
        def write(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            form = self.levels[place].form if place in self.levels else "decimal"
            return _format_number(max(count[place], 1), form)

        return re.sub(r"%([1-9])", write, self.levels[level].pattern).strip().rstrip(".")


def _read_lists(numbering: etree._Element) -> dict[str, _List]:
    """The lists by their numbers; «0» stands for none."""
    definitions = {
        attribute(item, "w:abstractNumId"): {
            int(attribute(level, "w:ilvl")): _Level(
                attribute(level.find(qualified("w:numFmt"))) or "decimal",
                attribute(level.find(qualified("w:lvlText"))),
                int(attribute(level.find(qualified("w:start"))) or 1),
            )
            for level in find_all(item, "w:lvl")
        }
        for item in find_all(numbering, "w:abstractNum")
    }
    lists = {}
    for item in find_all(numbering, "w:num"):
        number, definition = attribute(item, "w:numId"), attribute(item.find(qualified("w:abstractNumId")))
        restarted = bool(find_all(item, "w:lvlOverride/w:startOverride"))
        lists[number] = _List(f"{number} alone" if restarted else definition, definitions.get(definition, {}))
    return {number: list_ for number, list_ in lists.items() if number != "0"}


def _format_number(number: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter"):
        # Word counts A … Z, AA, BB … ZZ, AAA: each letter once more.
        letters = _LETTERS[(number - 1) % len(_LETTERS)] * ((number - 1) // len(_LETTERS) + 1)
        return letters if form == "upperLetter" else letters.lower()
    if form in ("upperRoman", "lowerRoman"):
        roman, rest = "", number
        for sign, value in _ROMAN.items():
            roman, rest = roman + sign * (rest // value), rest % value
        return roman if form == "upperRoman" else roman.lower()
    return str(number)
