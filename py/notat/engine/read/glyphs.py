"""Characters that no font of the PDF has, found before Typst meets them: it would not say where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from notat.engine.pandoc import Node
from notat.project import fonts
from notat.project.source import Source
from notat.text.errors import NotatError

# What not every font of the note has: all but letters of Latin scripts, and the punctuation of running text. Flags,
# keys, and what is joined or coloured are one character to those who wrote it.
_SIGNS = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3"
    "|[^\t\n\r -~\u00a0-\u017f\u2009\u2010-\u2014\u2018-\u201e\u2026\u202f\u2060\u2212]"
    "(?:\u200d.|[\ufe0f\u20e3\U0001f3fb-\U0001f3ff])*"
)
# What says the same as an emoji, and is in the fonts.
PLAIN = {
    **dict(zip("✅❎❌❗❕❓❔➕➖➗", "✓✗✗!!??+−÷", strict=True)),
    **dict(zip("🔴🟠🟡🟢🔵🟣🟤🟥🟩🟦", "●●●●●●●■■■", strict=True)),
    **dict(zip("🌟💛💚💙💜🖤📧🔺🔻🔼🔽👉👈👆👇", "★♥♥♥♥♥✉▲▼▲▼→←↑↓", strict=True)),
}
_EMOJI = 0x1F000  # from here on: a math font of Typst has a few of them, but without their colours
_JOINER = "\u200d"
_PROBE = '#set document(title: "x")\n#set text(font: "Source Sans 3")\n'


def find(source: Source, elements: list[Node]) -> Iterator[NotatError]:
    """A refusal for each line with characters that cannot be printed."""
    texts = (node["c"] if node["t"] == "Str" else node["c"][1] for node in elements if node["t"] in ("Str", "Code"))
    lines: dict[tuple[str, int], list[str]] = {}
    for sign in missing("".join(texts)):
        lines.setdefault(source.place_of(sign), []).append(sign)
    for place, signs in lines.items():
        named = ", ".join(f"{sign.replace(_JOINER, '')} ({_code(sign)})" for sign in signs)
        what = f"Tegnet {named}" if len(signs) == 1 else f"Tegnene {named}"
        instead = [f"{plain} for {sign}" for sign in signs if (plain := PLAIN.get(sign[0]))]
        remedy = f"Skriv {', '.join(instead)}." if instead else "Skriv det med ord, eller sett inn et bilde."
        yield NotatError("N0746", f"{what} finnes ikke i skriften.", place=place, remedy=remedy)


def _code(sign: str) -> str:
    """The code points of a character; a flag is named by its country."""
    letters = "".join(chr(ord(part) - 0x1F1E6 + ord("A")) for part in sign if 0x1F1E6 <= ord(part) <= 0x1F1FF)
    return f"flagget {letters}" if letters else " ".join(f"U+{ord(part):04X}" for part in sign)


def missing(text: str) -> list[str]:
    """The characters of a text that cannot be printed."""
    return [sign for sign in sorted({*_SIGNS.findall(text)}) if _is_missing(sign)]


@cache
def _is_missing(sign: str) -> bool:
    """Whether Typst has no glyph for a character, in the font of the note or in those that it brings itself."""
    if len(sign) == 1 and ord(sign) in _characters():
        return False
    if any(ord(part) >= _EMOJI for part in sign):
        return True
    import typst

    escaped = "".join(f"\\u{{{ord(part):x}}}" for part in sign)
    text = f'{_PROBE}#"{escaped}"\n'.encode()
    compile_: Any = typst.compile  # its types do not know of text in memory
    folder = str(fonts.files()[0].parent)
    try:
        compile_(text, font_paths=[folder], ignore_system_fonts=True, pdf_standards=["a-3a"])
    except typst.TypstError as error:
        return "could not be displayed" in str(error)
    return False


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(fonts.files()[0]).getBestCmap())
