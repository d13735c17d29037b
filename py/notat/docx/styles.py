"""The styles of the Word file, as data: what `reference.py` writes into the reference document.

Names are Pandoc's, which finds styles by name; those of boxes are the ones in `notat.lua`. The type size of running
text is in the document defaults, not in Normal, so that a table style can change it. Line heights look low because the
natural line height of Source Sans 3 is 1.42 times its size: 228/240 of that is 1.35.
"""

from __future__ import annotations

from dataclasses import dataclass

# The palette of _brand.yml, and the light tints that boxes of questions and of warnings have.
FJORD, HAV, IS, LYNG, RAV, STEIN, TAAKE, BLEKK, PAPIR = (
    "003A5D", "0F6A8B", "E8F1F5", "8A2F5B", "C77A0A", "5B6670", "D5DBE0", "1B2730", "FFFFFF",
)  # fmt: skip
LYNG_LYS, RAV_LYS = "F7F1F4", "FBF4EB"

FONT = "Source Sans 3"
MONO = "Consolas"
BODY_SIZE = 11
BOX_INDENT = 284  # twips from the margin to the text of a box
HEADING_INDENTS = (680, 680, 907)  # twips from the margin to the text of numbered headings, by level
ENTRY_INDENTS = ((454, 454), (1134, 680))  # twips to a title in the contents, and back to its number, by level
TEXT_WIDTH = 9070  # twips: A4 less two margins of 2.5 cm; what figures and tables use
MEASURE = 7370  # of these, what lines of text use: about 75 characters, as in the PDF
ASIDE = TEXT_WIDTH - MEASURE


@dataclass(frozen=True)
class Style:
    """A style: its name, the one it is based on, and what it changes.

    `paragraph`, `run` and `table` are WordprocessingML without namespace prefixes.
    """

    name: str
    based_on: str = "Normal"
    paragraph: str = ""
    run: str = ""
    next: str = ""
    kind: str = "paragraph"
    table: str = ""
    default: bool = False

    @property
    def id(self) -> str:
        """Identifier in Word's form: capitalised words without spaces; here also in ASCII."""
        words = self.name.replace("ø", "o").replace("toc", "TOC").split(" ")
        return "".join(word[0].upper() + word[1:] for word in words)


def _spacing(before: int, after: int, line: int = 0) -> str:
    """Space around a paragraph in twips, and its line height in 240ths of a line."""
    height = f' line="{line}" lineRule="auto"' if line else ""
    return f'<spacing before="{before}" after="{after}"{height}/>'


def _indent(left: int = 0, right: int = 0, hanging: int = 0) -> str:
    return f'<ind left="{left}" right="{right}" hanging="{hanging}"/>'


def _tab(position: int, kind: str = "left") -> str:
    return f'<tabs><tab val="{kind}" pos="{position}"/></tabs>'


def _entry(before: int, left: int, hanging: int) -> str:
    """An entry of the contents: a hanging number before the title, and the page at the right margin.

    Its lines reach the margin: where they end before it, LibreOffice does not show the page.
    """
    tabs = f'<tabs><tab val="left" pos="{left}"/><tab val="right" pos="{TEXT_WIDTH}"/></tabs>'
    return f"{tabs}{_spacing(before, 0, 196)}{_indent(left, 0, hanging)}"


def _font(points: float, color: str = "", *, bold: bool = False) -> str:
    tint = f'<color val="{color}"/>' if color else ""
    size = f"{points * 2:.0f}"
    return f'{"<b/><bCs/>" if bold else ""}{tint}<sz val="{size}"/><szCs val="{size}"/>'


def _border(side: str, eighths: int, distance: int, color: str) -> str:
    return f'<{side} val="single" sz="{eighths}" space="{distance}" color="{color}"/>'


def _field(color: str) -> str:
    return f'<shd val="clear" color="auto" fill="{color}"/>'


def _panel(color: str) -> str:
    """A field of one colour behind the paragraphs of the cover; equal neighbours join."""
    borders = "".join(_border(side, 4, 20, color) for side in ("top", "left", "bottom", "right"))
    return f"<pBdr>{borders}</pBdr>{_field(color)}"


def _heading(level: int, points: float, before: int, after: int, hanging: int) -> Style:
    new_page = "<pageBreakBefore/>" if level == 1 else ""
    return Style(
        f"heading {level}",
        paragraph=f"<keepNext/><keepLines/>{new_page}{_tab(hanging) if hanging else ''}<suppressAutoHyphens/>"
        f'{_spacing(before, after, 208)}{_indent(hanging, ASIDE, hanging)}<outlineLvl val="{level - 1}"/>',
        run=_font(points, FJORD, bold=True),
        next="Body Text",
    )


def _box(name: str, fill: str, line: str, edge: str, color: str) -> list[Style]:
    """Text and title of a kind of box.

    Borders above and below have the colour of the field and act as padding. Only padding separates the paragraphs: Word
    leaves white stripes between spaced neighbours.
    """
    borders = (
        _border("top", 4, 4, edge)
        + _border("left", 36, 9, line)
        + _border("bottom", 4, 4, edge)
        + _border("right", 4, 9, edge)
    )
    look = f"<pBdr>{borders}</pBdr>{_field(fill)}"
    place = _indent(BOX_INDENT, ASIDE + BOX_INDENT - 60)
    return [
        Style(name, paragraph=f"<keepLines/>{look}{_spacing(0, 0, 232)}{place}"),
        Style(
            f"{name} tittel",
            name,
            f"<keepNext/><keepLines/>{look}{_spacing(240, 0, 240)}{place}",
            _font(12, color, bold=True),
            name,
        ),
    ]


_TABLE = f"""
<tblPr>
  <tblBorders>{_border("bottom", 4, 0, TAAKE)}{_border("insideH", 4, 0, TAAKE)}</tblBorders>
  <tblCellMar>
    <top w="20" type="dxa"/><left w="80" type="dxa"/><bottom w="20" type="dxa"/><right w="80" type="dxa"/>
  </tblCellMar>
</tblPr>
<tblStylePr type="firstRow">
  <rPr><b/><bCs/><color val="{FJORD}"/></rPr>
  <tcPr><tcBorders>{_border("bottom", 10, 0, FJORD)}</tcBorders><vAlign val="bottom"/></tcPr>
</tblStylePr>
"""

_LETTERS = "Default Paragraph Font"

STYLES = [
    Style("Normal", "", f"<widowControl/>{_spacing(0, 120, 228)}", default=True),
    Style(_LETTERS, "", kind="character", default=True),
    Style("Body Text", paragraph=f"{_spacing(0, 140)}{_indent(right=ASIDE)}"),
    Style("First Paragraph", "Body Text", next="Body Text"),
    Style("Compact", "Body Text", _spacing(0, 40)),
    # The cover
    Style(
        "Title",
        paragraph=f"<keepNext/>{_panel(FJORD)}<suppressAutoHyphens/>{_spacing(2600, 0, 200)}{_indent(420, 420)}",
        run=_font(30, PAPIR, bold=True),
        next="Subtitle",
    ),
    Style(
        "Subtitle",
        paragraph=f"<keepNext/>{_panel(FJORD)}{_spacing(0, 0, 300)}{_indent(420, 420)}",
        run=_font(16, IS),
        next="Author",
    ),
    Style("Author", paragraph=_spacing(900, 40), run=_font(13, FJORD, bold=True)),
    Style("Date", paragraph=_spacing(0, 0), run=_font(13, STEIN)),
    # Headings and contents
    _heading(1, 24, 0, 300, HEADING_INDENTS[0]),
    _heading(2, 16, 400, 140, HEADING_INDENTS[1]),
    _heading(3, 13, 320, 100, HEADING_INDENTS[2]),
    _heading(4, 11, 260, 80, 0),
    Style("TOC Heading", "heading 1", f'{_spacing(0, 160, 208)}<outlineLvl val="9"/>', next="Body Text"),
    Style("toc 1", paragraph=_entry(80, *ENTRY_INDENTS[0]), run=_font(11, FJORD, bold=True)),
    Style("toc 2", paragraph=_entry(0, *ENTRY_INDENTS[1]), run=_font(9.5)),
    # Figures and tables
    Style("caption", paragraph=f"<keepLines/>{_spacing(60, 280, 212)}{_indent(right=ASIDE)}", run=_font(10)),
    Style("Image Caption", "caption"),
    Style("Table Caption", "caption", f"<keepNext/><keepLines/>{_spacing(280, 100, 212)}"),
    Style("Figure", paragraph=_spacing(240, 60, 240)),
    Style("Captioned Figure", "Figure", "<keepNext/>"),
    Style("Table", "", kind="table", table=_TABLE, default=True),
    Style("Tabelltekst", paragraph=_spacing(40, 40, 204), run=_font(10)),
    Style("Tallgrunnlag", paragraph=_spacing(20, 20, 200), run=_font(8.5)),
    # Other text
    Style("Block Text", "Body Text", _indent(480, 480 + ASIDE)),
    Style("Bibliography", paragraph=f"{_spacing(0, 100, 212)}{_indent(400, ASIDE, 400)}"),
    Style(
        "Definition Term",
        paragraph=f"<keepNext/>{_spacing(60, 0)}{_indent(right=ASIDE)}",
        run="<b/><bCs/>",
        next="Definition",
    ),
    Style("Definition", paragraph=_indent(400, ASIDE)),
    Style("Source Code", paragraph=f"{_spacing(0, 120, 212)}{_indent(right=ASIDE)}"),
    Style("footnote text", paragraph=f"{_spacing(0, 40, 212)}{_indent(right=ASIDE)}", run=_font(9.5)),
    Style(
        "header",
        paragraph=f"<pBdr>{_border('bottom', 4, 4, TAAKE)}</pBdr>{_tab(TEXT_WIDTH, 'right')}{_spacing(0, 0, 208)}",
        run=_font(9, STEIN),
    ),
    Style("footer", paragraph=f"{_tab(TEXT_WIDTH, 'right')}{_spacing(0, 0, 208)}", run=_font(9, STEIN)),
    *_box("Hovedfunn", fill=IS, line=HAV, edge=IS, color=FJORD),
    *_box("Drøfting", fill=LYNG_LYS, line=LYNG, edge=LYNG_LYS, color=LYNG),
    *_box("Boks", fill=PAPIR, line=STEIN, edge=TAAKE, color=BLEKK),
    *_box("Varsel", fill=RAV_LYS, line=RAV, edge=RAV_LYS, color=BLEKK),
    # Letters
    Style("Figurnummer", _LETTERS, run=f'<b/><bCs/><color val="{FJORD}"/>', kind="character"),
    Style("Varseltegn", _LETTERS, run=f'<color val="{PAPIR}"/>{_field(RAV)}', kind="character"),
    Style("Section Number", _LETTERS, run=f'<color val="{HAV}"/>', kind="character"),
    Style(
        "Verbatim Char",
        _LETTERS,
        run=f'<rFonts ascii="{MONO}" hAnsi="{MONO}" cs="{MONO}"/><sz val="19"/>',
        kind="character",
    ),
    Style("footnote reference", _LETTERS, run='<vertAlign val="superscript"/>', kind="character"),
    Style("Hyperlink", _LETTERS, run=f'<color val="{HAV}"/><u val="single"/>', kind="character"),
]
