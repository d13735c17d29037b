"""What readers do to a Word file, by kind, and what is then told of it."""

from __future__ import annotations

import io
from copy import deepcopy

from docx import Document
from lxml import etree

from notat.docx.package import NAMESPACES, Package, element, qualified, text_run

CHAPTER = "chapters/kap-2.qmd"
WHO = {"author": "Kari", "date": "2023-03-02T09:00:00Z"}
FLYTTER = "Folk flytter dit jobbene er"
BEDRIFTENE = "Bedriftene melder"
SKOLENE = "Skolene kan låne bort"
KOMMUNENE = "Kommunene kan dele"


# --- what a reader's hand does


def the(document, words):
    """The paragraph with these words."""
    body = document.element.body
    return next(p for p in body.iter(qualified("w:p")) if words in text(p) and not in_contents(p))


def text(p):
    return "".join(t.text or "" for t in p.iter(qualified("w:t")))


def in_contents(p):
    return next(p.iterancestors(qualified("w:sdt")), None) is not None


def run_of(document, words):
    return next(r for r in the(document, words).iter(qualified("w:r")) if words in text(r))


def cut(run, words):
    """Split a run so that `words` have one of their own, and return it."""
    first, _, last = text(run).partition(words)
    middle, rest = deepcopy(run), deepcopy(run)
    for one, said in ((run, first), (middle, words), (rest, last)):
        t = one.find(qualified("w:t"))
        t.text = said
        t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(middle)
    middle.addnext(rest)
    return middle


def swap(old, new):
    def change(document):
        t = next(t for t in run_of(document, old).iter(qualified("w:t")) if old in t.text)
        t.text = t.text.replace(old, new)

    return change


def new_paragraph(said, like):
    p = element("w:p")
    if (layout := like.find(qualified("w:pPr"))) is not None:
        p.append(deepcopy(layout))
    p.append(text_run(said))
    return p


def insert(after, said, like=None):
    def change(document):
        the(document, after).addnext(new_paragraph(said, the(document, like or after)))

    return change


def remove(words):
    def change(document):
        p = the(document, words)
        p.getparent().remove(p)

    return change


def move(words, after):
    def change(document):
        the(document, after).addnext(the(document, words))

    return change


def split(words, before):
    def change(document):
        run = cut(run_of(document, before), before)
        p = the(document, words)
        new = element("w:p")
        new.append(deepcopy(p.find(qualified("w:pPr"))))
        new.extend([run, *run.itersiblings()])
        p.addnext(new)

    return change


def join(first, second):
    def change(document):
        one, other = the(document, first), the(document, second)
        one.append(text_run(" "))
        one.extend([child for child in other if child.tag != qualified("w:pPr")])
        other.getparent().remove(other)

    return change


def format_(words, *marks):
    def change(document):
        run = cut(run_of(document, words), words)
        layout = run.find(qualified("w:rPr"))
        if layout is None:
            layout = element("w:rPr")
            run.insert(0, layout)
        layout.extend(element(mark) for mark in marks)

    return change


def unformat(where, words):
    def change(document):
        run = next(r for r in the(document, where).iter(qualified("w:r")) if text(r) == words)
        run.remove(run.find(qualified("w:rPr")))

    return change


def style(words, name):
    def change(document):
        the(document, words).find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}").set(qualified("w:val"), name)

    return change


def tracked(name, run):
    """Put a run in a tracked change."""
    around = element(f"w:{name}", id="900", **WHO)
    run.addprevious(around)
    around.append(run)
    if name == "del":
        for t in run.iter(qualified("w:t")):
            t.tag = qualified("w:delText")
    return around


def mark_of(p, name):
    layout = p.find(qualified("w:pPr"))
    marks = element("w:rPr")
    marks.append(element(f"w:{name}", id="901", **WHO))
    layout.append(marks)


def track_insertion(document):
    run = cut(run_of(document, "de minste merker"), "de minste")
    new = text_run(" og eldste")
    run.addnext(new)
    tracked("ins", new)


def track_deletion(document):
    tracked("del", cut(run_of(document, "i hele fylket"), " i hele fylket"))


def track_move(document):
    source, target = the(document, SKOLENE), the(document, "Vinteren kommer")
    new = deepcopy(source)
    target.addnext(new)
    for p, name in ((source, "moveFrom"), (new, "moveTo")):
        for run in list(p.iter(qualified("w:r"))):
            tracked(name, run)
        mark_of(p, name)


def track_paragraph_deletion(document):
    p = the(document, SKOLENE)
    for run in list(p.iter(qualified("w:r"))):
        tracked("del", run)
    mark_of(p, "del")


def track_joining(document):
    mark_of(the(document, KOMMUNENE), "del")


def track_row_deletion(document):
    row = next(document.element.body.iter(qualified("w:tbl"))).findall(qualified("w:tr"))[2]
    layout = element("w:trPr")
    layout.append(element("w:del", id="9", **WHO))
    row.insert(0, layout)


def content_control(document):
    p = the(document, SKOLENE)
    box, content = element("w:sdt"), element("w:sdtContent")
    box.extend([element("w:sdtPr"), content])
    p.addprevious(box)
    content.append(p)


def inline_control(document):
    run = cut(run_of(document, "verksteder"), "verksteder")
    box, content = element("w:sdt"), element("w:sdtContent")
    box.extend([element("w:sdtPr"), content])
    run.addprevious(box)
    content.append(run)


def smart_tag(document):
    run = cut(run_of(document, "verksteder"), "verksteder")
    around = element("w:smartTag", element="place")
    run.addprevious(around)
    around.append(run)


def split_runs(document):
    for p in document.element.body.iter(qualified("w:p")):
        for number, run in enumerate(list(p.iter(qualified("w:r")))):
            run.set(qualified("w:rsidR"), f"00A{number % 10}00")
            if len(text(run)) > 8 and run.find(qualified("w:t")) is not None:
                cut(run, text(run)[4:6])
                run.addnext(element("w:proofErr", type="spellStart"))
                run.insert(0, element("w:lastRenderedPageBreak"))


def typography(document):
    for t in document.element.body.iter(qualified("w:t")):
        t.text = (t.text or "").replace("opplæring", "opp\u00adlæring").replace(" å ", "\u00a0å ").replace("«", "“")


def tab_and_page_break(document):
    run = run_of(document, KOMMUNENE)
    tab, page = element("w:r"), element("w:r")
    tab.append(element("w:tab"))
    page.append(element("w:br", type="page"))
    run.addprevious(page)
    run.addprevious(tab)
    empty = element("w:p")
    empty.append(deepcopy(page))
    the(document, SKOLENE).addprevious(empty)


def delete_table(document, *, caption):
    table = next(document.element.body.iter(qualified("w:tbl")))
    if caption:
        table.getparent().remove(the(document, "Fisk og kjemiske"))
    table.getparent().remove(table)


def lower(words):
    def change(document):
        the(document, words).find(f"{qualified('w:pPr')}/{qualified('w:numPr')}/{qualified('w:ilvl')}").set(
            qualified("w:val"), "1"
        )

    return change


def paste_twice(document):
    for words in ("Del det som virker", SKOLENE):
        the(document, "Vinteren kommer").addnext(deepcopy(the(document, words)))


def swap_rows(document):
    row = next(document.element.body.iter(qualified("w:tbl"))).findall(qualified("w:tr"))[2]
    row.addprevious(row.getnext())


def delete_row(document):
    table = next(document.element.body.iter(qualified("w:tbl")))
    table.remove(table.findall(qualified("w:tr"))[2])


def delete_column(document):
    for row in next(document.element.body.iter(qualified("w:tbl"))).findall(qualified("w:tr")):
        row.remove(row.findall(qualified("w:tc"))[2])


def change_cell(document):
    cell = document.tables[0].cell(1, 1)
    assert "25,8" in cell.text
    cell.paragraphs[0].runs[0].text = cell.text.replace("25,8", "26,2")


def replace_picture(document):
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.imshow([[0, 1], [1, 0]])
    stream = io.BytesIO()
    figure.savefig(stream)
    part = document.part.related_parts[next(document.element.body.iter(qualified("a:blip"))).get(qualified("r:embed"))]
    part._blob = stream.getvalue()


def store_picture_again(document):
    """As Word does when it makes the file smaller."""
    import matplotlib.pyplot as plt

    blip = next(document.element.body.iter(qualified("a:blip")))
    part = document.part.related_parts[blip.get(qualified("r:embed"))]
    pixels, stream = plt.imread(io.BytesIO(part.blob)), io.BytesIO()
    plt.imsave(stream, pixels[::2, ::2], format="png")
    assert stream.getvalue() != part.blob
    part._blob = stream.getvalue()


def delete_picture(document):
    p = next(document.element.body.iter(qualified("w:drawing"))).getparent().getparent()
    p.getparent().remove(p)


def comment_on_two_runs(document):
    [found] = [p for p in document.paragraphs if p.text.startswith(BEDRIFTENE)]
    for text_, who in (("Hvor kommer dette fra?", "Per Berg"), ("Fra oss.", "Kari")):
        document.add_comment(runs=[found.runs[0], found.runs[-1]], text=text_, author=who)


def answered(file):
    """Let the second comment answer the first, as Word writes it."""
    package = Package(file)
    word14, word15 = (f"http://schemas.microsoft.com/office/word/20{year}/wordml" for year in ("10", "12"))
    comments = package.xml("word/comments.xml")
    for number, comment in enumerate(comments):
        comment[-1].set(f"{{{word14}}}paraId", f"0000000{number}")
    extended = etree.Element(f"{{{word15}}}commentsEx")
    etree.SubElement(extended, f"{{{word15}}}commentEx", {f"{{{word15}}}paraId": "00000000"})
    answer = {f"{{{word15}}}paraId": "00000001", f"{{{word15}}}paraIdParent": "00000000"}
    etree.SubElement(extended, f"{{{word15}}}commentEx", answer)
    package.replace("word/commentsExtended.xml", extended)
    package.write(file)
    return file


def notes(document):
    part = next(r.target_part for r in document.part.rels.values() if r.reltype.endswith("/footnotes"))
    if not hasattr(part, "tree"):
        part.tree = etree.fromstring(part.blob)
        type(part).blob = property(lambda self: etree.tostring(self.tree) if hasattr(self, "tree") else self._blob)
    return part.tree


def change_footnote(document):
    t = next(t for t in notes(document).iter(qualified("w:t")) if "En note om bedrifter" in (t.text or ""))
    t.text = t.text.replace("bedrifter", "små bedrifter")


def delete_footnote(document):
    mark = next(the(document, "Spør bedriftene").iter(qualified("w:footnoteReference")))
    run = mark.getparent()
    run.getparent().remove(run)


def add_footnote(document):
    root = notes(document)
    note = deepcopy(root[-1])
    note.set(qualified("w:id"), "77")
    for t in list(note.iter(qualified("w:t"))):
        t.text = ""
    t.text = "Leserens egen note."
    root.append(note)
    run = element("w:r")
    run.append(element("w:footnoteReference", id="77"))
    the(document, "Del det som virker").append(run)


def change_link_text(document):
    next(t for t in the(document, "Les mer hos").iter(qualified("w:t")) if t.text == "NAV").text = "Arbeidsetaten"


def change_link_address(document):
    rel = next(r for r in document.part.rels.values() if "nav.no/arbeid" in str(r._target))
    rel._target = "https://www.ssb.no/arbeid"


def change_header(document):
    part = document.sections[-1].header
    p = part.paragraphs[0]._p
    for child in list(p)[1:]:
        p.remove(child)
    p.append(text_run("Utkast til høring"))


def change_footer(document):
    p = document.sections[-1].footer.paragraphs[0]._p
    p.append(text_run(" – utkast"))


def change_property(document):
    document.core_properties.title = "Et stort notat"


def refresh_fields(document):
    """As LibreOffice does when it no longer finds what a reference leads to, and makes the contents again."""
    for mark in document.element.body.iter(qualified("w:fldChar")):
        if mark.get(qualified("w:fldCharType")) == "separate":
            t = mark.getparent().getnext().find(qualified("w:t"))
            if t is not None:
                t.text = "Error: Reference source not found"
    contents = next(document.element.body.iter(qualified("w:sdtContent")))
    for p in list(contents)[2:]:
        contents.remove(p)
    contents[1].append(text_run("Alt er nytt her"))


def unwrap_contents(document):
    """As when a reader removes the control around the contents, but not the contents."""
    box = next(document.element.body.iter(qualified("w:sdt")))
    for p in list(box.find(qualified("w:sdtContent"))):
        box.addprevious(p)
    box.getparent().remove(box)


def break_reference(document):
    """A program without fields leaves their text behind, here that of a broken one."""
    link = next(e for e in the(document, "Les mer hos").iter(qualified("w:hyperlink")) if e.get(qualified("w:anchor")))
    link.addprevious(text_run("Error: Reference source not found"))
    link.getparent().remove(link)


def retype_reference(document):
    link = next(e for e in the(document, "Les mer hos").iter(qualified("w:hyperlink")) if e.get(qualified("w:anchor")))
    link.addprevious(text_run("Kapittel 3"))
    link.getparent().remove(link)


def text_box(document):
    """The box comes twice, the second time for old programs."""
    box = "<w:txbxContent><w:p><w:r><w:t>Husk møtet på torsdag.</w:t></w:r></w:p></w:txbxContent>"
    old = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    run = etree.fromstring(
        f'<w:r xmlns:w="{NAMESPACES["w"]}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps">'
        f"<w:drawing>{box}</w:drawing></mc:Choice>{old}</mc:AlternateContent></w:r>"
    )
    the(document, SKOLENE).append(run)


def delete_section(document):
    for words in ("Det som haster", "Vinteren kommer"):
        remove(words)(document)


def move_section(document):
    for words in (SKOLENE, KOMMUNENE):
        the(document, "Vinteren kommer").addnext(the(document, words))


X = "i Kari.docx"
BY = "(sporet endring av Kari)"
ALL_KOMMUNENE = "«Kommunene kan dele på lærere og verksteder, særlig der avstandene er lange.»"
ALL_SKOLENE = "«Skolene kan låne bort utstyr om kvelden, mot at bedriftene stiller med folk.»"
ALL_FLYTTER = "«Folk flytter dit jobbene er, men ikke alltid dit de trengs. Noen flytter …»"
ALL_VINTEREN = "«Vinteren kommer, og da er det for sent å begynne.»"
ALL_BEDRIFTENE = "«Bedriftene melder om mangel på fagfolk i hele fylket, og de minste merker det …»"
ALL_DERFOR = "«Derfor må flere læres opp, og opplæringen må skje der folk bor. Les mer hos …»"
DERFOR = "Derfor må flere læres opp, og opplæringen må skje der folk bor."
LONG = "Slik har det vært lenge."
ROW = "«Kjemiske og bearbeidde varer | 11,2 | +4,8 | +74,7 % | +5,8 | +110,5 %»"
COLUMN = "«Endring 2021–22, mrd. kr | +4,7 | +4,8 | +0,6 | +10,1»"
TABLE = "tabellen tbl-eksport «Varer 2022, mrd. kr Endring 2021–22, mrd. kr Endring 2021–22, prosent Endring …»"
PICTURE = "bildet fig-ungdomskull «Linjediagram; den loddrette aksen begynner ikke på null. Personer på 16–18 år i …»"
JOINED = f"26 tekstdelene {ALL_KOMMUNENE} og {ALL_SKOLENE} er slått sammen {X}"


def both(*changes):
    def change(document):
        for one in changes:
            one(document)

    return change


# For each kind what is done, and what is reported: after a line of the chapter, or after another file and line.
KINDS = {
    "ingenting": (both(), []),
    "ord byttet": (
        swap("minste merker", "største merker"),
        [
            "11 avsnittet «… fylket, og de minste merker det mest. …»"
            f" er «… fylket, og de største merker det mest. …» {X}"
        ],
    ),
    "setning satt inn": (
        swap("det mest. ", f"det mest. {LONG} "),
        [f"12 avsnittet har også «{LONG}» etter «merker det mest.» {X}"],
    ),
    "setning satt inn sist": (
        swap("avstandene er lange.", f"avstandene er lange. {LONG}"),
        [f"26 avsnittet har også «{LONG}» etter «avstandene er lange.» {X}"],
    ),
    "setning strøket": (
        swap(f"{DERFOR} ", ""),
        [f"12 avsnittet mangler «{DERFOR}» etter «merker det mest.» {X}"],
    ),
    "to ord byttet hver for seg": (
        both(swap("mangel på", "behov for"), swap("bor.", "arbeider.")),
        [
            f"11 avsnittet «Bedriftene melder om mangel på fagfolk i hele …»"
            f" er «Bedriftene melder om behov for fagfolk i hele …» {X}",
            f"12 avsnittet «… skje der folk bor. Les mer hos …» er «… skje der folk arbeider. Les mer hos …» {X}",
        ],
    ),
    "særskriving rettet": (
        swap("opplæringen", "opp læringen"),
        [
            "12 avsnittet «… læres opp, og opplæringen må skje der …»"
            f" er «… læres opp, og opp læringen må skje der …» {X}"
        ],
    ),
    "avsnitt satt inn": (
        insert(SKOLENE, "Noen må begynne."),
        [f"28 avsnittet «Noen må begynne.» finnes bare {X}"],
    ),
    "avsnitt strøket": (remove(SKOLENE), [f"28 avsnittet {ALL_SKOLENE} mangler {X}"]),
    "avsnitt delt": (
        split(BEDRIFTENE, "Derfor må"),
        [f"11 avsnittet {ALL_BEDRIFTENE} er delt i to {X}, før {ALL_DERFOR}"],
    ),
    "avsnitt delt og endret": (
        both(swap("minste", "største"), split(BEDRIFTENE, "Derfor må")),
        [
            f"11 avsnittet {ALL_BEDRIFTENE} er delt i to {X}, før {ALL_DERFOR}",
            "11 avsnittet «… fylket, og de minste merker det mest. …»"
            f" er «… fylket, og de største merker det mest. …» {X}",
        ],
    ),
    "avsnitt slått sammen": (join(KOMMUNENE, SKOLENE), [JOINED]),
    "avsnitt flyttet": (
        move(SKOLENE, "Noen flytter"),
        [f"28 avsnittet {ALL_SKOLENE} er flyttet {X}, til etter {ALL_FLYTTER}"],
    ),
    "avsnitt flyttet og endret": (
        both(move(SKOLENE, "Noen flytter"), swap("om kvelden", "om dagen")),
        [
            f"28 avsnittet {ALL_SKOLENE} er flyttet {X}, til etter {ALL_FLYTTER}",
            "28 avsnittet «… bort utstyr om kvelden, mot at bedriftene …»"
            f" er «… bort utstyr om dagen, mot at bedriftene …» {X}",
        ],
    ),
    "avsnitt med fotnote flyttet": (
        move(FLYTTER, SKOLENE),
        [f"15 avsnittet {ALL_FLYTTER} er flyttet {X}, til etter {ALL_SKOLENE}"],
    ),
    "to avsnitt flyttet sammen": (
        move_section,
        [f"26 2 tekstdeler, fra {ALL_KOMMUNENE} til {ALL_SKOLENE}, er flyttet {X}, til etter {ALL_VINTEREN}"],
    ),
    "overskrift endret": (
        swap("Veien videre", "Veien fram"),
        [f"24 overskriften «Veien videre» er «Veien fram» {X}"],
    ),
    "overskrift strøket": (remove("Veien videre"), [f"24 overskriften «Veien videre» mangler {X}"]),
    "kapitteloverskrift strøket": (
        remove("Kapittel om kap-1"),
        [f"chapters/kap-1.qmd:1: overskriften «Kapittel om kap-1» mangler {X}"],
    ),
    "overskrift satt inn": (
        insert(SKOLENE, "Ny overskrift", like="Det som haster"),
        [f"28 overskriften «Ny overskrift» finnes bare {X}"],
    ),
    "avsnitt og overskrift strøket": (
        delete_section,
        [f"34 overskriften «Det som haster» mangler {X}", f"36 avsnittet {ALL_VINTEREN} mangler {X}"],
    ),
    "punkt lagt til": (
        insert("Samle søknadene", "Ring naboen."),
        [f"30 listepunktet «Ring naboen.» finnes bare {X}"],
    ),
    "punkt strøket": (
        remove("Samle søknadene"),
        [f"30 listepunktet «Samle søknadene på ett sted.» mangler {X}"],
    ),
    "punkt med fotnote strøket": (
        remove("Spør bedriftene"),
        [f"31 listepunktet «Spør bedriftene hvert år.» mangler {X}"],
    ),
    "punkt flyttet": (
        move("Samle søknadene", "Del det som"),
        [
            f"30 listepunktet «Samle søknadene på ett sted.» er flyttet {X},"
            " til etter «Del det som virker, med naboene.»"
        ],
    ),
    "punkt lagt til under et annet": (
        both(insert("Samle søknadene", "Ring naboen."), lower("Ring naboen")),
        [f"30 listepunktet «Ring naboen.» finnes bare {X}"],
    ),
    "punkt på nivå under": (
        lower("Samle søknadene"),
        [f"30 listepunktet «Samle søknadene på ett sted.» er på nivå 2, ikke 1, {X}"],
    ),
    "limt inn to ganger": (
        paste_twice,
        [f"36 2 tekstdeler, fra {ALL_SKOLENE} til «Del det som virker, med naboene.», står to ganger {X}"],
    ),
    "tegn som er markering": (
        swap("særlig der", "{: .a} ==[[kart]]== :smil: der"),
        [
            "26 avsnittet «… lærere og verksteder, særlig der avstandene er …»"
            f" er «… lærere og verksteder, {{: .a}} ==[[kart]]== :smil: der avstandene er …» {X}"
        ],
    ),
    "emoji": (
        swap("avstandene er lange.", "avstandene er lange 🎉."),
        [f"26 avsnittet har også «🎉» etter «avstandene er lange» {X}"],
    ),
    "avsnitt i innholdskontroll": (content_control, []),
    "ord i innholdskontroll": (inline_control, []),
    "smarttagg": (smart_tag, []),
    "biter av tekst": (split_runs, []),
    "mykt og hardt skille": (typography, []),
    "tabulator og sideskift": (tab_and_page_break, []),
    "strøket over for hånd": (
        format_("om kvelden", "w:strike"),
        [f"28 avsnittet mangler «om kvelden» etter «låne bort utstyr» {X} (strøket over)"],
    ),
    "skjult tekst": (
        format_(" om kvelden", "w:vanish"),
        [f"28 avsnittet mangler «om kvelden» etter «låne bort utstyr» {X}"],
    ),
    "halvfet": (format_("verksteder", "w:b"), [f"26 «verksteder» er i halvfet {X}"]),
    "kursiv": (format_("dele på lærere", "w:i"), [f"26 «dele på lærere» er i kursiv {X}"]),
    "ikke kursiv lenger": (unformat("mange som leter", "ikke"), [f"9 «ikke» er ikke i kursiv {X}"]),
    "sporet innsetting": (
        track_insertion,
        [f"11 avsnittet har også «og eldste» etter «og de minste» {X} {BY}"],
    ),
    "sporet strykning": (
        track_deletion,
        [f"11 avsnittet mangler «i hele fylket» etter «mangel på fagfolk» {X} {BY}"],
    ),
    "sporet flytting": (
        track_move,
        [f"28 avsnittet {ALL_SKOLENE} er flyttet {X}, til etter {ALL_VINTEREN} {BY}"],
    ),
    "sporet strykning av avsnitt": (track_paragraph_deletion, [f"28 avsnittet {ALL_SKOLENE} mangler {X} {BY}"]),
    "sporet sammenslåing": (track_joining, [f"{JOINED} {BY}"]),
    "sporet strykning av rad": (track_row_deletion, [f"@tabell raden {ROW} i tabellen tbl-eksport mangler {X} {BY}"]),
    "fotnote endret": (change_footnote, [f"39 fotnoten har også «små» etter «En note om» {X}"]),
    "fotnote strøket": (delete_footnote, [f"39 fotnoten «En note om bedrifter.» mangler {X}"]),
    "fotnote lagt til": (add_footnote, [f"39 fotnoten «Leserens egen note.» finnes bare {X}"]),
    "tall endret": (
        swap("var 1,1", "var 1,3"),
        [f"7 tallet «1,1» (helt_ledige_pst_2022_10) i avsnittet er «1,3» {X}"],
    ),
    "celle endret": (change_cell, [f"@tabell tallet «25,8» i cellen i tbl-eksport er «26,2» {X}"]),
    "rad strøket": (delete_row, [f"@tabell raden {ROW} i tabellen tbl-eksport mangler {X}"]),
    "rader byttet": (
        swap_rows,
        [f"@tabell raden «Andre varer | 5,6 | +0,6 | – | om lag +1,5 | –» i tabellen tbl-eksport er flyttet {X}"],
    ),
    "kolonne strøket": (delete_column, [f"@tabell kolonnen {COLUMN} i tabellen tbl-eksport mangler {X}"]),
    "tabell strøket": (lambda d: delete_table(d, caption=False), [f"@tabell {TABLE} mangler {X}"]),
    "tabell og tittel strøket": (lambda d: delete_table(d, caption=True), [f"@tabell {TABLE} mangler {X}"]),
    "bilde byttet": (replace_picture, [f"@figur {PICTURE} er byttet ut {X}"]),
    "bilde lagret på nytt": (store_picture_again, []),
    "bilde strøket": (delete_picture, [f"@figur {PICTURE} mangler {X}"]),
    "tittel på figur endret": (
        swap("Serien begynner", "Rekken begynner"),
        [
            "@figur tittelen i fig-ungdomskull «… har siden økt. Serien begynner i 2016, …»"
            f" er «… har siden økt. Rekken begynner i 2016, …» {X}"
        ],
    ),
    "lenketekst endret": (
        change_link_text,
        [f"13 avsnittet «… Les mer hos NAV, og se Kapittel …» er «… Les mer hos Arbeidsetaten, og se Kapittel …» {X}"],
    ),
    "lenkeadresse endret": (
        change_link_address,
        [f"13 lenken «NAV» går til https://www.ssb.no/arbeid, ikke https://www.nav.no/arbeid, {X}"],
    ),
    "topptekst endret": (
        change_header,
        [f"_quarto.yml:7: toppteksten «Et lite notat» er «Utkast til høring» {X}"],
    ),
    "bunntekst endret": (
        change_footer,
        [f"_quarto.yml:1: bunnteksten «Et fylke 1 av 1» er «Et fylke 1 av 1 – utkast» {X}"],
    ),
    "egenskap endret": (
        change_property,
        [f"_quarto.yml:7: tittelen i egenskapene til dokumentet er «Et stort notat», ikke «Et lite notat», {X}"],
    ),
    "forsiden endret": (
        swap("Diskusjonsnotat", "Høringsnotat"),
        [f"_quarto.yml:8: linja på forsiden «Diskusjonsnotat» er «Høringsnotat» {X}"],
    ),
    "felt oppdatert": (refresh_fields, []),
    "innhold uten kontroll": (unwrap_contents, []),
    "felt mistet": (break_reference, []),
    "henvisning skrevet om": (retype_reference, [f"13 tallet «1» i avsnittet er «3» {X}"]),
    "kilde skrevet om": (
        swap("notatet fra 2023", "NAV 2022"),
        [
            "chapters/kap-1.qmd:7: avsnittet «… er 1,5 % (notatet fra 2023). Setningen som endres, …»"
            f" er «… er 1,5 % (NAV 2022). Setningen som endres, …» {X}"
        ],
    ),
    "tekstboks": (text_box, [f"28 avsnittet «Husk møtet på torsdag.» finnes bare {X}"]),
    "bare stil endret": (style(SKOLENE, "Normal"), []),
    "avsnitt gjort til overskrift": (style(SKOLENE, "Heading2"), [f"28 avsnittet {ALL_SKOLENE} er overskrift {X}"]),
    "annet nivå": (
        style("Det som haster", "Heading2"),
        [f"34 overskriften «Det som haster» er på nivå 2, ikke 3, {X}"],
    ),
}


def edited(copy, change):
    document = Document(str(copy))
    change(document)
    document.save(str(copy))
    return copy
