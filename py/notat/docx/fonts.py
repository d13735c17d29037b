"""The house font inside the Word file, so that the note looks the same where the font is not installed."""

from __future__ import annotations

import uuid
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from notat.docx.package import CONTENT_TYPES, NAMESPACES, Package, element, find_all, qualified
from notat.docx.styles import FONT
from notat.project import fonts
from notat.text import paths

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_FONT_TABLE, _RELATIONS = "word/fontTable.xml", "word/_rels/fontTable.xml.rels"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
# The faces that the styles use, in the order of the schema: name, weight, italic.
_FACES = {
    "Regular": ("Regular", 400, False),
    "Bold": ("Bold", 700, False),
    "Italic": ("Italic", 400, True),
}
_OBFUSCATED = 32  # bytes


def embed_fonts(package: Package) -> None:
    """Embed the faces of the house font in the package, obfuscated as ECMA-376 part 4 demands (§17.8.1)."""
    table = package.xml(_FONT_TABLE)
    family = next((font for font in find_all(table, "w:font") if font.get(qualified("w:name")) == FONT), None)
    if family is None:
        return
    relations = etree.Element(qualified("rel:Relationships"), nsmap={None: NAMESPACES["rel"]})
    for old in find_all(family, "w:embedRegular | w:embedBold | w:embedItalic | w:embedBoldItalic"):
        family.remove(old)
    for number, face in enumerate(_FACES, 1):
        data = font_file(face)
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"notat/{FONT}/{face}")
        target = f"fonts/font{number}.odttf"
        package.add(f"word/{target}", obfuscate(data, key))
        # The prefix of the relations is named, since lxml would take one that some other library may have registered.
        link = etree.Element(qualified(f"w:embed{face}"), nsmap={prefix: NAMESPACES[prefix] for prefix in ("w", "r")})
        link.set(qualified("w:fontKey"), f"{{{str(key).upper()}}}")
        link.set(qualified("r:id"), f"rId{number}")
        family.append(link)
        etree.SubElement(relations, qualified("rel:Relationship"), Id=f"rId{number}", Type=_RELATION, Target=target)
    package.replace(_RELATIONS, relations)
    _set_type(package)
    _say_so(package.xml("word/settings.xml"))


def obfuscate(data: bytes, key: uuid.UUID) -> bytes:
    """The font with its first 32 bytes XORed with the reversed key; applied twice, the font itself."""
    mask = key.bytes[::-1] * 2
    head = bytes(byte ^ other for byte, other in zip(data[:_OBFUSCATED], mask, strict=True))
    return head + data[_OBFUSCATED:]


@cache
def font_file(face: str) -> bytes:
    """A static font of one face («Bold»), instantiated from the package's variable font, with Latin letters only."""
    style, weight, italic = _FACES[face]
    file = paths.find_root() / paths.CACHE / "fonter" / f"Word-{style}-{fonts.recipe(__file__)}.ttf"
    if not file.is_file():
        variable = next(font for font in fonts.files() if ("Italic" in font.name) == italic)
        file.parent.mkdir(parents=True, exist_ok=True)
        paths.write_bytes(file, _static(variable, style, weight, italic=italic))
    return file.read_bytes()


def _static(variable: Path, style: str, weight: int, *, italic: bool) -> bytes:
    from fontTools.varLib.instancer import instantiateVariableFont

    font = fonts.cut(variable, paths.find_root())
    instantiateVariableFont(font, {"wght": weight}, inplace=True)  # copying it takes long
    _name(font, style, weight, italic=italic)
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def _name(font: TTFont, style: str, weight: int, *, italic: bool) -> None:
    """Names and flags by which programs distinguish the faces of a family."""
    bold = weight >= 600
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 5, 7, 13, 14)]
    compact = f"{FONT.replace(' ', '')}-{style.replace(' ', '')}"
    for number, words in {1: FONT, 2: style, 3: f"notat;{compact}", 4: f"{FONT} {style}", 6: compact}.items():
        names.setName(words, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    # Bits 0, 5 and 6: italic, bold, regular. Bit 7 (use the typographic metrics) is preserved.
    others = font["OS/2"].fsSelection & ~0b1100001
    font["OS/2"].fsSelection = others | italic | bold << 5 | (not italic and not bold) << 6
    font["OS/2"].fsType = 0  # may be embedded and installed: the licence (OFL) allows it
    font["head"].macStyle = bold | italic << 1
    if "STAT" in font:
        del font["STAT"]


def _set_type(package: Package) -> None:
    types = package.xml(CONTENT_TYPES)
    if not any(entry.get("Extension") == "odttf" for entry in types):
        default = etree.Element(f"{{{NAMESPACES['ct']}}}Default", Extension="odttf", ContentType=_TYPE)
        types.insert(0, default)


def _say_so(settings: etree._Element) -> None:
    """Tell Word that the document embeds its font, and to save all its characters."""
    for old in find_all(settings, "w:embedTrueTypeFonts | w:saveSubsetFonts"):
        settings.remove(old)
    before = find_all(
        settings,
        "w:writeProtection | w:view | w:zoom | w:removePersonalInformation | w:removeDateAndTime"
        " | w:doNotDisplayPageBoundaries | w:displayBackgroundShape | w:printPostScriptOverText"
        " | w:printFractionalCharacterWidth | w:printFormsData",
    )
    settings.insert(len(before), element("w:embedTrueTypeFonts"))
