"""The order and the number of elements in Word's XML, by the schema of ECMA-376.

Word repairs or refuses a document that breaks it, and other programs read it as they like.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from notat.docx.package import Package, W, element, find_all, qualified
from notat.docx.prose import tidy_paragraphs

# The children of each element in the order of the schema (ECMA-376 part 1, annex A, with the transitional ones of part
# 4). The schema lets the children of w:rPr and w:trPr come in any order; Word writes and expects this one. Each may be
# there once, but for those in _MANY.
_SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss"
    " imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd"
    " fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden"
    " ins del trPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"
    " headers cellIns cellDel cellMerge tcPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"
    " sectPrChange",
    "numPr": "ilvl numId numberingChange ins",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "tblCellMar": "top left start bottom right end",
    "tcMar": "top left start bottom right end",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "num": "abstractNumId lvlOverride",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "styles": "docDefaults latentStyles style",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked"
    " personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries"
    " displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts"
    " embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader"
    " bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState"
    " formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge"
    " revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride"
    " styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone"
    " doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders"
    " bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing"
    " drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery"
    " doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData"
    " noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter"
    " noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent"
    " alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags"
    " alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr"
    " attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade"
    " captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol"
    " listSeparator",
}
_MANY = {
    *("headerReference", "footerReference", "numPicBullet", "abstractNum", "num", "lvlOverride", "lvl", "style"),
    *("tblStylePr", "attachedSchema", "smartTagType", "activeWritingStyle"),
}
# What these must begin with, and what may come before it.
_FIRST = {"tbl": "tblPr", "tc": "tcPr", "tr": "trPr", "p": "pPr", "r": "rPr"}
_MARKS = {"bookmarkStart", "bookmarkEnd", "tblPrEx"}


def disorder(package: Package) -> list[str]:
    """Where the XML of a document breaks the schema: the part, the element, and its children."""
    found = []
    for part in sorted(name for name in package.parts if name.startswith("word/") and name.endswith(".xml")):
        for parent in package.xml(part).iter(f"{{{W}}}*"):
            children = [etree.QName(child).localname for child in parent if isinstance(child.tag, str)]
            if problem := _problem(etree.QName(parent).localname, children):
                found.append(f"{part}: {problem}")
    return found


def _problem(name: str, children: list[str]) -> str:
    if first := _FIRST.get(name):
        before = [child for child in children if child not in _MARKS]
        if first in children and (before[0] != first or before.count(first) > 1):
            return f"{name} begynner ikke med {first}: {' '.join(children[:5])}"
    sequence = _SEQUENCES.get(name, "").split()
    if not sequence:
        return ""
    unknown = [child for child in children if child not in sequence]
    twice = [child for child in set(children) - _MANY if children.count(child) > 1]
    places = [sequence.index(child) for child in children if child in sequence]
    if name == "sectPr":  # headers and footers may come in any order before the rest
        places = [max(place, 1) for place in places]
    if unknown or twice or places != sorted(places):
        return f"{name}: {' '.join(children)}"
    return ""


def _as_quarto_leaves_it(file: Path) -> None:
    """A second alignment after that of the column, as Quarto writes it in the cells of a table with a caption."""
    package = Package(file)
    cells = find_all(package.xml("word/document.xml"), "//w:tc/w:p/w:pPr")
    for layout in cells:
        if not find_all(layout, "w:jc"):
            layout.append(element("w:jc", val="right"))
        layout.append(element("w:jc", val="center"))
    assert cells
    assert any("jc jc" in problem for problem in disorder(package))
    package.write(file)


def test_a_finished_document_follows_the_schema(document, finish):
    assert disorder(finish(document)) == []


def test_a_document_with_two_alignments_in_a_paragraph_is_mended_and_the_column_keeps_its_own(document, finish):
    _as_quarto_leaves_it(document)
    package = finish(document)
    assert disorder(package) == []
    body = package.xml("word/document.xml")
    numbers = [cell for cell in find_all(body, "//w:tc/w:p") if "5 500" in "".join(cell.itertext())]
    assert [find_all(cell, "w:pPr/w:jc")[0].get(qualified("w:val")) for cell in numbers] == ["right"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [(["left", "center"], ["left"]), (["let", "right", "center"], ["right"]), (["let"], []), (["both"], ["both"])],
)
def test_the_first_alignment_that_word_knows_is_kept(written, kept):
    root, paragraph, layout = element("w:body"), element("w:p"), element("w:pPr")
    root.append(paragraph)
    paragraph.append(layout)
    layout.extend(element("w:jc", val=value) for value in written)
    tidy_paragraphs(root)
    assert [found.get(qualified("w:val")) for found in find_all(root, "//w:jc")] == kept


def test_the_document_of_the_note_follows_the_schema(published):
    assert disorder(Package(published / "_output/diskusjonsnotat.docx")) == []


@pytest.mark.parametrize("spoil", ["wrong order", "twice", "unknown", "late", "late in a row", "unknown in a row"])
def test_what_breaks_the_schema_is_found(document, finish, spoil):
    package = finish(document)
    body = package.xml("word/document.xml")
    layout = find_all(body, "//w:p/w:pPr[w:pStyle]")[0]
    if spoil == "wrong order":
        layout.insert(0, element("w:jc", val="left"))
    elif spoil == "twice":
        layout.insert(0, element("w:pStyle", val="BodyText"))
    elif spoil == "unknown":
        layout.append(element("w:tblHeader"))
    elif spoil == "late in a row":
        row = find_all(body, "//w:tr[w:trPr]")[0]
        row.append(find_all(row, "w:trPr")[0])
    elif spoil == "unknown in a row":
        find_all(body, "//w:tr/w:trPr")[0].append(element("w:shd"))
    else:
        paragraph = layout.getparent()
        assert paragraph is not None
        paragraph.append(layout)
        paragraph.insert(0, element("w:r"))
    assert len(disorder(package)) == 1
