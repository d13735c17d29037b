"""Times, places, groups and nouns around the numbers of a sentence must be theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from notat.judge.checks.citations import citations
from notat.judge.checks.context import context
from notat.judge.checks.heads import table_heads
from notat.judge.checks.passages import passages
from notat.judge.checks.subjects import Subjects
from notat.norsk import language
from notat.numbers import content
from notat.numbers.earlier import Edition
from notat.numbers.indicators import Numbers
from notat.project.project import Project
from notat.show import tables
from notat.show.tables import Table

PROJECT = Path(__file__).parents[3]
EDITION = Edition("notatet fra 2019", 2019)
ROWS = """\
ledig20,Ledige,,Nordland,2020,andel,2.5,prosent,0.1,,,ssb,
ledig21,Ledige,,Nordland,2021,andel,1.9,prosent,0.1,,,ssb,
ledig_landet21,Ledige,,Norge,2021,andel,2.2,prosent,0.1,,,ssb,
ledig_okt,Ledige,,Nordland,2021-10,andel,1.8,prosent,0.1,,,ssb,
ansatte_k4,Ansatte,,Nordland,2021K4,nivå,120000,personer,1,,,ssb,
vekst,Endring i ansatte,,Nordland,2015–2021,endring,5000,personer,1,,,ssb,
vekst_pst,Relativ endring i ansatte,,Nordland,2015–2021,endring,4.3,prosent,0.1,,,ssb,
helse,Endring i ansatte,Helse- og sosialtjenester,Nordland,2015–2021,endring,9.1,prosent,0.1,,,ssb,
bergverk,Endring i ansatte,Bergverk og utvinning,Nordland,2015–2021,endring,3.2,prosent,0.1,,,ssb,
transport,Transport og lagring i alt,Transport og lagring,Nordland,2021,nivå,8000,personer,1,,,ssb,
kull,Fullført,,Nordland,2015-kullet,andel,78,prosent,1,,,ssb,
bodo,Folketall,,Bodø,2021,nivå,52000,personer,1,,,ssb,
rana,Folketall,,Rana,2021,nivå,26000,personer,1,,,ssb,
viken,Folketall,,Viken,2021,nivå,1250000,personer,1,,,ssb,
fastland,Ledige,,Fastlands-Norge,2021,andel,2.3,prosent,0.1,,,ssb,
andel,Andel av landet,,Nordland,2021,andel,4.5,prosent,0.1,,,ssb,
plass,Plass etter folketall,,Nordland,2021,nivå,11,rang,1,,,ssb,
byer,Byer,,Nordland,2021,nivå,3,antall,1,,,ssb,
gammel,Eldre,Framskriving 2018,Nordland,2040,andel,9,prosent,1,,,ssb,
ny,Eldre,Framskriving 2020,Nordland,2040,andel,10,prosent,1,,,ssb,
begynte,Ordningen begynte,,Nordland,,nivå,2012,årstall,1,,,ssb,
varer,Ordningen varer,,Nordland,2012–2020,nivå,8,år,1,,,ssb,
ukjent,Uten år,,Nordland,udatert,andel,3,prosent,1,,,ssb,
kurs,Kurs,,Nordland,2021,nivå,900,kurs,1,,,ssb,
heltid,Heltidsansatte,,Nordland,2021,andel,60,prosent,1,,,ssb,
deltid,Andel av alle,Deltidsansatte,Nordland,2021,andel,40,prosent,1,,,ssb,
kvinner,Ledige,Kvinner,Nordland,2021,andel,1.7,prosent,0.1,,,ssb,
eksport,Varer solgt til utlandet,,Nordland,2021,nivå,300,mill. kr,1,,,ssb,Løpende priser.
minst,Medlemmer,,Nordland,2021,nivå,400,antall,1,over,,ssb,
rundt,Alder,,Nordland,2021,nivå,30,år,10,om lag,,ssb,
unge,Utenfor arbeid,15–29 år,Nordland,2021,andel,9,prosent,1,,,ssb,
voksne,Utenfor arbeid,30–61 år,Nordland,2021,andel,14,prosent,1,,,ssb,
fra,Nedre alder,,Nordland,2021,nivå,15,år,1,,,ssb,
til,Øvre alder,,Nordland,2021,nivå,29,år,1,,,ssb,
kv_andel,Kvinner i prosent av sysselsatte,,Nordland,2021,andel,47,prosent,1,,,ssb,
arlig,Årlig endring i ansatte,,Nordland,2015–2021,endring,0.7,prosent,0.1,,,ssb,
elever,Elever i videregående opplæring,,Nordland,2021,nivå,9000,personer,1,,,ssb,
frafall,"Fullført, andel av elevene",,Nordland,2021,andel,78,prosent,1,,,ssb,
foretak,Virksomheter,,Nordland,2021,nivå,25000,virksomheter,1,,,ssb,
mangel,Andel av virksomhetene som mangler folk,,Nordland,2021,andel,25,prosent,1,,,ssb,
del,Del av alle,,Nordland,2021,andel,0.2,andel,0.1,om lag,,ssb,
"""


@pytest.fixture
def project(note, monkeypatch):
    content.load("indicators")  # registered once, with the place that their own note is about
    monkeypatch.setattr(content, "home", lambda: "Nordland")
    monkeypatch.setattr(content, "exceptions", lambda: ((r"\bvedtatt i 2003\b", "datoen for vedtaket"),))
    with (note / "data/arbeid.csv").open("a", encoding="utf-8") as stream:
        stream.write(ROWS)
    return note


@pytest.fixture
def found(project):
    """The codes and lines of what is found in a paragraph, in which `{id}` prints a number."""

    def check(text):
        setup = "# Arbeid {#sec-arbeid}\n\n```{python}\nfrom notat import periode, spenn, sted, tall\n```\n\n"
        for id_ in (line.split(",")[0] for line in ROWS.splitlines()):
            text = text.replace(f"{{{id_}}}", f'`{{python}} tall("{id_}")`')
        (project / "chapters/arbeid.qmd").write_text(f"{setup}{text}\n", encoding="utf-8")
        note = Project(project)
        numbers = Numbers(note.data)
        read = [
            passage for source in note.chapters if source.file != "index.qmd" for passage in passages(source, numbers)
        ]
        return [(one.code, one.line - 6) for one in context(read, Subjects(numbers), EDITION)]

    return check


FITTING = [
    "Av de sysselsatte var {kv_andel} kvinner.",
    "Blant de ansatte er {kv_andel} kvinner, og blant de sysselsatte er {kv_andel} kvinner.",
    "Sysselsettingen vokste med {vekst_pst} fra 2015 til 2021 og {arlig} per år.",
    "Ledigheten var {ledig21} i 2021.",
    "Ledigheten var {ledig21}.",
    "Ledigheten var {ledig20} i 2020 mot {ledig21} i 2021.",
    "I 4. kvartal 2021 var {ansatte_k4} ansatt, og i hele 2021 om lag like mange.",
    "I oktober 2021 var den {ledig_okt}, og i oktober er den lav.",
    "Fra 2015 til 2021 økte tallet med {vekst}, eller {vekst_pst}.",
    "I perioden 2015–2021 økte tallet med {vekst}.",
    "Siden 2015 har det økt med {vekst}, og i 2021 var det {vekst_pst} høyere enn i 2015.",
    "Av 2015-kullet fullførte {kull}.",
    "Framskrivingen fra 2018 gir {gammel} i 2040, mens den fra 2020 gir {ny}.",
    "Ordningen kom i {begynte} og varte i {varer} år, fra 2012 til 2020.",
    "Ifølge notatet fra 2019, NOU 2017: 4 og Meld. St. 30 (2014–2015) var den {ledig21}.",
    "Ledigheten var {ledig21} da loven ble vedtatt i 2003.",
    "Andelen er {ukjent}, trolig målt i 2018.",
    "I Bodø bodde {bodo} personer, i Rana {rana}.",
    "Nordland hadde {ledig21}, mot {ledig_landet21} i landet.",
    "Fylket har {andel} av befolkningen i Norge og er nummer {plass} i landet.",
    "I Bodø bodde {bodo} av alle i fylket.",
    "For landet er det verst: {fastland} på fastlandet var ledige.",
    "Fylket har {byer} byer: Bodø, Rana og Narvik.",
    "Helse- og sosialtjenestene vokste med {helse}, bergverk og utvinning med {bergverk}.",
    "De holdt {kurs} kurs for {bodo} innbyggere.",
    "Det første var {ledig21}. Men 2021 var et godt år, og året før var den {ledig20}.",
    "I 2021 var den {ledig21}.\nDet året var tallet {ansatte_k4}, mot {ledig20} i 2020.",
    "På heltid arbeidet {heltid}, og på deltid {deltid}.",
    "Av kvinnene var {kvinner} ledige, og av mennene flere.",
    "Det bodde {bodo} innbyggere i Bodø, og {rana} av dem kom fra Rana.",
    "De solgte for {eksport}, i løpende priser.",
    "De har over {minst} medlemmer, og {del} er om lag {rundt} år.",
    "Noen er i {rundt}-årene.",
    'I `{python} periode("ledig21")` var den {ledig21} i `{python} sted("ledig21")`.',
    "Tallet økte med {vekst} på seks år.",
    "De siste seks årene økte det med {vekst}.",
    "I 2021 var den {ledig21}, mot {ledig20} ett år før.",
    "Ordningen varte fra 2012 til 2020, i {varer} år, og på åtte år kom mange.",
    "Av dem på 15–29 år sto {unge} utenfor, og av dem på 30–61 år {voksne}.",
    'Blant de unge (`{python} spenn("fra", "til")` år) sto {unge} utenfor.',
    "De holdt {kurs} IT-kurs.",
    "Fra 2020 til 2021 gikk andelen fra {ledig20} til {ledig21}.",
    "De seks årene fra 2015 til 2021 økte det med {vekst}.",
    "Ledigheten var ikke høy, og andelen var {ledig21}.",
    "Det er ikke kjent hvor mange av de {ledig21} som flyttet.",
    "Fylket har ikke bare {byer} byer.",
    "Andelen var {ledig21}. Flere byer som Bodø vokser, og det er mer enn nok.",
]
WRONG = [
    ("Ledigheten var {ledig21} i 2022.", "N1060"),
    ("I 3. kvartal 2021 var {ansatte_k4} ansatt.", "N1060"),
    ("I november 2021 var den {ledig_okt}.", "N1060"),
    ("Den var {ledig_okt}, og i november har vi ingen.", "N1060"),
    ("Fra 2015 til 2020 økte tallet med {vekst}.", "N1060"),
    ("Fra 2021 til 2015 økte tallet med {vekst}.", "N1060"),
    ("I 2015 økte tallet med {vekst}.", "N1060"),
    ("Det er {vekst} flere enn i 2021.", "N1060"),
    ("Av 2016-kullet fullførte {kull}.", "N1060"),
    ("Framskrivingen fra 2019 gir {gammel} i 2040.", "N1060"),
    ("Ifølge notatet fra 2018 var den {ledig21}.", "N1060"),
    ("Andelen er {ukjent}, målt i 2018.", "N1060"),
    ('I `{python} periode("ledig20")` var den {ledig21}.', "N1060"),
    ("Ledigheten var {ledig21} i 2020 mot {ledig20} i 2021.", "N1061"),
    ("I 2021 var {ansatte_k4} ansatt, og ledigheten var {ledig20}.", "N1061"),
    ("Økningen var {ledig20} fra 2015 til 2021, og så {vekst}.", "N1061"),
    ("I Viken var ledigheten {ledig21}.", "N1062"),
    ("I landet var ledigheten {ledig21}.", "N1062"),
    ("I landet var ledigheten {fastland}.", "N1062"),
    ("I Rana bodde {bodo}, i Bodø {rana}.", "N1062"),
    ("Det bodde {rana} i Bodø og {bodo} i Rana.", "N1062"),
    ("Fylket hadde {ledig_landet21}, mot {ledig21} i landet.", "N1062"),
    ("I Viken er det {byer} byer.", "N1062"),
    ('I `{python} sted("viken")` var ledigheten {ledig21}.', "N1062"),
    ("Bergverk vokste med {helse}.", "N1063"),
    ("Transport og lagring vokste med {helse}.", "N1063"),
    ("Helse- og sosialtjenestene vokste med {bergverk}, bergverk og utvinning med {helse}.", "N1063"),
    ("Helse vokste med {bergverk} og bergverk med {helse}.", "N1063"),
    ("Det var {ledig21} personer.", "N1064"),
    ("De holdt {bodo} kurs.", "N1064"),
    ("Det var {kurs} innbyggere.", "N1064"),
    ("Ordningen kom for {bodo} år siden.", "N1064"),
    ("Det kostet {bodo} kroner.", "N1064"),
    ("Fylket er nummer {ledig21}.", "N1064"),
    ("På deltid arbeidet {heltid}.", "N1053"),
    ("På heltid arbeidet {deltid}.", "N1053"),
    ("På heltid arbeidet {deltid}, og på deltid {heltid}.", "N1053"),
    ("Av mennene var {kvinner} ledige.", "N1053"),
    ("De solgte for {eksport}, i faste priser.", "N1053"),
    ("De har {minst} medlemmer.", "N1057"),
    ("Tallet økte med {vekst} på ti år.", "N1067"),
    ("De siste fem årene økte det med {vekst}.", "N1067"),
    ("I 2021 var den {ledig21}, mot {ledig20} tre år før.", "N1067"),
    ("Av dem på 15–24 år sto {unge} utenfor.", "N1063"),
    ("Av dem på 30–61 år sto {unge} utenfor, og av dem på 15–29 år {voksne}.", "N1063"),
    ('Blant de voksne (`{python} spenn("fra", "til")` år) sto {voksne} utenfor.', "N1063"),
    ("Det var {bodo} IT-kurs.", "N1064"),
    ("De ti årene fra 2015 til 2021 økte det med {vekst}.", "N1067"),
    ("Fra 2019 til 2021 gikk andelen fra {ledig20} til {ledig21}.", "N1060"),
    ("I 2021 sto ikke fylket for {andel} av alle.", "N1051"),
    ("Ledigheten i fylket var aldri nede i {ledig21}.", "N1051"),
    ("Andelen var {ledig21}. Det er flere enn i Viken.", "N1049"),
    ("Andelen var {ledig21}. Fylket har like mange ledige som landet.", "N1049"),
    ("Andelen var {ledig21}. Ledigheten er dobbelt så høy som i Viken.", "N1049"),
    ("Andelen var {ledig21}. Det er færre på tiltak enn i 2015.", "N1049"),
    ("De er {rundt} år.", "N1057"),
    ("Fylket er nummer {plass} i Norden.", "N1062"),
    ("Det bodde {bodo} studenter i Bodø.", "N1064"),
    ("Tallet på studenter i Bodø var {bodo}.", "N1064"),
    ("Det bodde {rana} i Rana, og {bodo} av dem i Bodø.", "N1064"),
    ("Fra 2015 til 2021 økte det årlig med {vekst}.", "N1064"),
    ("De hadde {kurs} hytter.", "N1064"),
]


@pytest.mark.parametrize("text", FITTING)
def test_what_fits_the_numbers_is_not_found(found, text):
    assert found(text) == []


@pytest.mark.parametrize(("text", "code"), WRONG)
def test_what_contradicts_the_numbers_is_found(found, text, code):
    assert {one for one, _ in found(text)} == {code}


def test_the_line_is_that_of_the_sentence_also_when_a_line_has_several(found):
    first = "Her er ingen tall.\nLedigheten var {ledig21}. I 2018 var den {ledig20}, mener\nnoen."
    text = f"{first}\n\nI Viken var den {{ledig21}}."
    assert found(text) == [("N1060", 2), ("N1062", 5)]


def test_a_character_that_stands_for_a_number_inside_the_check_may_be_in_the_text(found):
    assert found("Ledigheten \ue101 var\ue000 {ledig21} i 2022\uf8ff.") == [("N1060", 1)]


def test_a_place_in_a_claim_is_not_read_as_that_of_the_number(found):
    assert found("Ledigheten var {ledig21}, [mindre enn i Viken]{.paastand #p-mindre}.") == []
    assert found("Ledigheten var {ledig21}, mindre enn i Viken.") == [("N1062", 1)]


def test_the_message_says_what_the_sentence_and_the_number_say(project, found):
    found("Ledigheten var {ledig21} i 2022.")
    note = Project(project)
    numbers = Numbers(note.data)
    (one,) = context(list(passages(note.chapters[1], numbers)), Subjects(numbers), None)
    assert "«2022»" in one.problem
    assert "ledig21 (2021; Nordland; prosent)" in one.problem
    assert "periode(" in one.remedy


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        (("Mål", "2020", "2021", "Nordland"), []),
        (("Mål", "Endring 2020–21, prosent"), []),
        (("Mål", "2022"), ["N1066"]),
        (("Mål", "2020, tonn"), ["N1066"]),
        (("Mål", "Viken"), ["N1066"]),
    ],
)
def test_the_head_of_a_table_says_what_its_numbers_are(project, monkeypatch, head, codes):
    def made(numbers):
        quantities = tuple(numbers[id_].quantity for id_ in ("ledig20", "ledig21"))
        return Table(head, (("",) * len(head),), "l" * len(head), "Ledige", quantities)

    monkeypatch.setitem(tables._tables, "ledige", made)
    (project / "chapters/arbeid.qmd").write_text(
        '# Arbeid {#sec-arbeid}\n\n```{python}\nfrom notat import tabell\ntabell("ledige")\n```\n', encoding="utf-8"
    )
    note = Project(project)
    numbers = Numbers(note.data)
    assert [one.code for one in table_heads(note.chapters, numbers, Subjects(numbers))] == codes


def test_the_note_of_this_repository_contradicts_none_of_its_numbers():
    note = Project(PROJECT)
    numbers = Numbers(note.data)
    subjects = Subjects(numbers)
    read = [passage for source in note.chapters for passage in passages(source, numbers)]
    assert sum(bool(passage.slots) for passage in read) > 200
    found = [*context(read, subjects, note.config.earlier), *table_heads(note.chapters, numbers, subjects)]
    assert list(map(str, [*found, *citations(read, numbers, note.works.keys())])) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('## Helse [vokser]{.paastand av="helse"}, bergverk [minst]{.paastand av="bergverk" blant="helse"}', []),
        ('## Bergverk [vokser]{.paastand av="helse"}', ["N1063"]),
        ('Bergverk og utvinning [økte]{.paastand av="helse"}.', ["N1063"]),
        ('Ansatte i helse [økte]{.paastand av="helse"}, og det var mer enn i bergverk.', []),
        ('Tallet på ansatte [økte]{.paastand av="helse"}.', []),
        ('Andelen på deltid er [lavere enn]{.paastand av="deltid" enn="heltid"} på heltid.', []),
        ('Andelen på deltid er [høy]{.paastand av="heltid"}.', ["N1053"]),
    ],
)
def test_a_claim_is_about_the_group_that_its_clause_names(found, text, codes):
    assert [code for code, *_ in found(text)] == codes


def test_the_numbers_that_test_a_claim_explain_its_times(found):
    assert found('Andelen var {ledig21} i 2021, [lavere enn i 2020]{.paastand av="ledig21" enn="ledig20"}.') == []
    assert found('Andelen var {ledig21} i 2021, [lavere enn i 2018]{.paastand av="ledig21" enn="ledig20"}.') != []
    assert found('Andelen [falt]{.paastand av="ledig21" fra="ledig20"} fra 2020 til 2021.') == []
    assert found('Andelen [falt]{.paastand av="ledig21" fra="ledig20"} fra 2019 til 2021.') == [("N1060", 1)]


ELSEWHERE = [
    # language, sentence, what is found
    ("nn", "Løysa var {ledig20} i 2020 mot {ledig21} i 2021.", []),
    ("nn", "Frå 2015 til 2021 auka talet med {vekst}, eller {vekst_pst}.", []),
    ("nn", "Sidan 2015 har det auka med {vekst}.", []),
    ("nn", "Blant dei tilsette er {kv_andel} kvinner.", []),
    ("nn", "Talet på tilsette voks med {vekst_pst} frå 2015 til 2021 og {arlig} per år.", []),
    ("nn", "Det var {elever} studentar.", ["N1064"]),
    ("nn", "{frafall} av lærlingane fullførte.", ["N1063"]),
    ("nn", "Løysa var {ledig21} i 2019.", ["N1060"]),
    ("nn", "Løysa var {ledig21} i fjor.", ["N1060"]),
    ("nn", "Talet på heiltid var {deltid}.", ["N1053"]),
    ("nn", "I Bodø budde {bodo} verksemder.", ["N1064"]),
    ("nn", "Det var {minst} medlemmer.", ["N1057"]),
    ("nn", "Det var meir enn {minst} medlemmer.", []),
    ("en", "Unemployment was {ledig20} in 2020 and {ledig21} in 2021.", []),
    ("en", "From 2015 to 2021 it rose by {vekst}, or {vekst_pst}.", []),
    ("en", "It has risen by {vekst} since 2015.", []),
    ("en", "Of the employed, {kv_andel} were women.", []),
    ("en", "{kv_andel} of the workforce were women.", []),
    ("en", "Employment grew by {vekst_pst} from 2015 to 2021 or {arlig} a year.", []),
    ("en", "The county had {elever} students in upper secondary education.", []),
    ("en", "{frafall} of the students completed.", []),
    ("en", "The county has {foretak} enterprises, and {mangel} of enterprises lack labour.", []),
    ("en", "The county had {elever} apprentices.", ["N1064"]),
    ("en", "{frafall} of the apprentices completed.", ["N1063"]),
    ("en", "{mangel} of households lack labour.", ["N1063"]),
    ("en", "Unemployment was {ledig21} in 2019.", ["N1060"]),
    ("en", "Unemployment was {ledig21} last year.", ["N1060"]),
    ("en", "The share of full-time work was {deltid}.", ["N1053"]),
    ("en", "There were {bodo} enterprises in Bodø.", ["N1064"]),
    ("en", "There were {minst} members.", ["N1057"]),
    ("en", "There were more than {minst} members.", []),
]


@pytest.mark.parametrize(("code", "text", "expected"), ELSEWHERE)
def test_what_a_sentence_says_is_read_in_the_language_of_the_note(found, project, code, text, expected):
    setup = project / "_quarto.yml"
    tag = language.of(code).tag
    setup.write_text(setup.read_text(encoding="utf-8").replace("lang: nb-NO", f"lang: {tag}"), encoding="utf-8")
    assert [code for code, _ in found(text)] == expected
