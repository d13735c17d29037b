"""The house style of the Word file: builds the reference document from which Pandoc and Quarto take styles and pages.

Run as a module it writes `_extensions/notat/reference.docx`, which is committed; a test checks that the file is what
this module writes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import docx
from docx.document import Document
from docx.section import Section
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from lxml import etree

from notat.docx.package import Package, detach, element, find_all, put, qualified, text_run
from notat.docx.styles import BLEKK, BODY_SIZE, FJORD, FONT, HAV, IS, LYNG, MONO, STEIN, STYLES, TAAKE, Style
from notat.text import paths

LANGUAGE = "nb-NO"
# What Word uses where the font is not installed, in order of likeness.
FALLBACKS = "Source Sans Pro,Calibri,Arial"
DATE = datetime(1980, 1, 1, tzinfo=UTC)  # the earliest that a package can hold; a note has its own
_UNWANTED = {"customXml", "numbering", "thumbnail", "extended-properties", "stylesWithEffects"}
_THEME_COLORS = {
    "dk1": BLEKK, "dk2": FJORD, "lt2": IS, "accent1": HAV, "accent2": FJORD, "accent3": LYNG, "accent4": STEIN,
    "accent5": TAAKE, "hlink": HAV, "folHlink": LYNG,
}  # fmt: skip


def build(path: Path) -> None:
    """Write the reference document to `path`."""
    document = docx.Document()
    _drop_extras(document)
    _set_page(document.sections[0])
    _set_properties(document)
    document.save(str(path))
    package = Package(path)
    _set_styles(package.xml("word/styles.xml"))
    _set_theme(package.xml("word/theme/theme1.xml"))
    _set_settings(package.xml("word/settings.xml"))
    package.replace("word/fontTable.xml", _font_table())
    package.write(path)


def _drop_extras(document: Document) -> None:
    """Remove the extras of python-docx's template."""
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNWANTED:
                del relations[key]


def _set_page(section: Section) -> None:
    """A4 with 2.5 cm margins; the title and the chapter above and the page number below, on all pages but the cover."""
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.bottom_margin = Cm(2.5)
    section.top_margin = Cm(2.7)
    section.header_distance = section.footer_distance = Cm(1.25)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    header = section.header.paragraphs[0]
    _add_field(header, "TITLE", " ")
    header.add_run("\t")
    _add_field(header, "STYLEREF 1", "")  # the running chapter, by the level of its heading: style names are translated
    footer = section.footer.paragraphs[0]
    _add_field(footer, "AUTHOR", " ")
    footer.add_run("\t")
    _add_field(footer, "PAGE", "1")
    footer.add_run(" av ")
    _add_field(footer, "NUMPAGES", "1")


def _add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    field = element("w:fldSimple", instr=instruction)
    field.append(text_run(shown))
    cast("etree._Element", paragraph._p).append(field)  # python-docx has no fields


def _set_properties(document: Document) -> None:
    properties = document.core_properties
    properties.title = "Mal for diskusjonsnotat"
    properties.author = properties.last_modified_by = "notat"
    properties.comments = properties.keywords = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = DATE
    properties.revision = 1


def _set_styles(root: etree._Element) -> None:
    for old in find_all(root, "w:style"):
        root.remove(old)
    defaults = find_all(root, "w:docDefaults")[0]
    defaults.clear()
    size = BODY_SIZE * 2
    fonts = (
        '<rFonts asciiTheme="minorHAnsi" eastAsiaTheme="minorEastAsia" hAnsiTheme="minorHAnsi" cstheme="minorBidi"/>'
    )
    look = f'<color val="{BLEKK}"/><sz val="{size}"/><szCs val="{size}"/><lang val="{LANGUAGE}"/>'
    defaults.append(_xml("rPrDefault", f"<rPr>{fonts}{look}</rPr>"))
    defaults.append(_xml("pPrDefault", ""))
    ids = {style.name: style.id for style in STYLES}
    for style in STYLES:
        root.append(_style(style, ids))


def _style(style: Style, ids: dict[str, str]) -> etree._Element:
    made = element("w:style", type=style.kind, styleId=style.id)
    if style.default:
        made.set(qualified("w:default"), "1")
    made.append(element("w:name", val=style.name))
    if style.based_on:
        made.append(element("w:basedOn", val=ids[style.based_on]))
    if style.next:
        made.append(element("w:next", val=ids[style.next]))
    made.append(element("w:qFormat"))
    for name, content in (("pPr", style.paragraph), ("rPr", style.run)):
        if content:
            made.append(_in_order(_xml(name, content)))
    made.extend(list(_xml("table", style.table)))
    return made


def _xml(name: str, content: str) -> etree._Element:
    """An element of Word from XML that is written without prefixes."""
    parsed = etree.fromstring(f"<{name}>{content}</{name}>", etree.XMLParser(remove_blank_text=True))
    return _prefixed(parsed)


def _prefixed(item: etree._Element) -> etree._Element:
    made = element(f"w:{item.tag!s}", **{str(key): str(value) for key, value in item.attrib.items()})
    made.extend(_prefixed(child) for child in item)
    return made


def _in_order(properties: etree._Element) -> etree._Element:
    """The properties with their children in the order of the schema."""
    for child in list(properties):
        put(properties, child)
    return properties


def _set_theme(root: etree._Element) -> None:
    for font in find_all(root, "//a:fontScheme/*/a:latin"):
        font.set("typeface", FONT)
        font.attrib.pop("panose", None)
    for font in find_all(root, "//a:fontScheme/*/a:font"):
        detach(font)
    for name, color in _THEME_COLORS.items():
        for slot in find_all(root, f"//a:clrScheme/a:{name}"):
            slot[:] = []
            etree.SubElement(slot, qualified("a:srgbClr")).set("val", color)


def _set_settings(root: etree._Element) -> None:
    for font_language in find_all(root, "w:themeFontLang"):
        font_language.attrib.clear()
        font_language.set(qualified("w:val"), LANGUAGE)
    for mode in find_all(root, "//w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qualified("w:val"), "15")
    for unwanted in find_all(root, "w:rsids | w:savePreviewPicture | w:compat/w:useFELayout | w:proofState | w:zoom"):
        detach(unwanted)
    for symbol, sign in (("w:decimalSymbol", ","), ("w:listSeparator", ";")):
        for found in find_all(root, symbol):
            found.set(qualified("w:val"), sign)


def _font_table() -> etree._Element:
    """The font with the names of similar ones, so that Word picks one of them where it is missing."""
    return _xml(
        "fonts",
        f'<font name="{FONT}"><altName val="{FALLBACKS}"/><panose1 val="020B0503030403020204"/><charset val="00"/>'
        '<family val="swiss"/><pitch val="variable"/></font>'
        f'<font name="{MONO}"><altName val="Menlo,Courier New"/><charset val="00"/>'
        '<family val="modern"/><pitch val="fixed"/></font>',
    )


if __name__ == "__main__":
    build(paths.find_root() / paths.EXTENSION / "reference.docx")
