"""What newcomers write wrong: `notat check` says so with file, line and remedy, and `notat render` says the same.

A mistake is refused by both, or found by the checks, which is a warning when the note is rendered all the same.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from notat.cli import speech
from notat.cli.render import build
from notat.judge.checks import examine
from notat.project.project import Project
from notat.show import authoring
from notat.text.errors import NotatError

PROJECT = Path(__file__).parent.parent.parent
CHAPTER, SETUP, TABLE, WORKS = "chapters/arbeid.qmd", "_quarto.yml", "data/arbeid.csv", "references.bib"
NUMBER = '`{python} tall("endring")`'
REFUSED, FOUND = "avvist", "funnet"
# Words of Python, YAML and Pandoc that no author should need to read.
ENGLISH = re.compile(
    r"\b(?:Error|Traceback|expected|found|invalid|unterminated|defined|module|named|character|mapping|is not|line \d)\b"
)
Change = Callable[[Path], None]


@dataclass(frozen=True)
class Mistake:
    """What is done to the note, where it is said, and words of the message; `kind` is what rendering does with it."""

    change: Change
    place: str
    words: str
    kind: str = REFUSED


def put(file: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def add(text: str, file: str = CHAPTER) -> Change:
    def change(root: Path) -> None:
        with (root / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return change


def as_excel_saves(root: Path) -> None:
    text = (root / TABLE).read_text(encoding="utf-8")
    (root / TABLE).write_bytes(("\ufeff" + text.replace(",", ";").replace("\n", "\r\n")).encode())


def as_latin_1(file: str) -> Change:
    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8").replace("–", "-")
        (root / file).write_bytes(text.encode("latin-1"))

    return change


def with_picture(text: str) -> Change:
    def change(root: Path) -> None:
        shutil.copyfile(PROJECT / "docs/bilder/pdf.png", root / "chapters/kart.png")
        add(text)(root)

    return change


def inline(code: str) -> Change:
    return put(CHAPTER, NUMBER, code)


def claim(mark: str) -> Change:
    return put(CHAPTER, "Veksten var", f"Det {mark}, og veksten var")


LINE, END = f"{CHAPTER}:7", f"{CHAPTER}:17"
FIG = '{#fig-kart fig-alt="Et kart."}'
ROWS = "| a | b |\n|---|---|\n| x | y |\n"
WRITTEN = 'Skriv `{python} tall("endring")`'
DECLARED = """
@tbl-t viser dem.

```{python}
tabell(
    "t",
    kolonner=["Hva", "Tall"],
    rader={"Alle": ["alle"]},
    tittel="Alle er {alle}.",
)
```
"""


def declared(old: str, new: str) -> Change:
    """A table that the chapter declares, on lines 19–26, with something else in it."""
    assert old in DECLARED
    return add(DECLARED.replace(old, new))


def picture(name: str, path: str) -> Change:
    def change(root: Path) -> None:
        shutil.copyfile(PROJECT / "docs/bilder/pdf.png", root / "chapters" / name)
        add(f"\n![Et kart]({path}){FIG}\n\n@fig-kart viser det.\n")(root)

    return change


def parts_in_a_ring(root: Path) -> None:
    for one, other in ("ab", "ba"):
        (root / f"chapters/_{one}.qmd").write_text(f"{{{{< include _{other}.qmd >}}}}\n")
    add("\n{{< include _a.qmd >}}\n")(root)


BRACES = 'Skriv {#navn .klasse nøkkel="verdi"}'
MISTAKES = {
    # Numbers in the text.
    "krøllete anførselstegn": Mistake(
        inline("`{python} tall(“endring”)`"), LINE, f"ikke rette (“) i «tall(“endring”)». {WRITTEN}"
    ),
    "norske anførselstegn": Mistake(
        inline("`{python} tall(«endring»)`"), LINE, f"ikke rette («) i «tall(«endring»)». {WRITTEN}"
    ),
    "ulike anførselstegn": Mistake(inline("`{python} tall(\"endring')`"), LINE, "Et anførselstegn mangler i"),
    "ett anførselstegn": Mistake(inline('`{python} tall(endring")`'), LINE, "Et anførselstegn mangler i"),
    "ingen anførselstegn": Mistake(
        inline("`{python} tall(befolkning)`"), LINE, 'står i anførselstegn: tall("befolkning")'
    ),
    "skjev klamme": Mistake(
        inline('`{python] tall("endring")`'),
        LINE,
        f"Krøllparentesene rundt python mangler eller er skrevet feil, så tallet blir ikke satt inn. {WRITTEN}",
    ),
    "runde klammer": Mistake(inline('`(python) tall("endring")`'), LINE, "Krøllparentesene rundt python"),
    "ingen klammer": Mistake(inline('`python tall("endring")`'), LINE, "Krøllparentesene rundt python"),
    "glemt {python}": Mistake(inline('`tall("endring")`'), LINE, "{python} mangler foran koden"),
    "glemt alt rundt kallet": Mistake(inline('tall("endring")'), LINE, "mangler aksenttegn (`) og {python}"),
    "ingen aksenttegn": Mistake(inline('{python} tall("endring")'), LINE, "Aksenttegnet (`) mangler foran {python}"),
    "ikke aksenttegn bak": Mistake(
        inline('`{python} tall("endring")'), LINE, 'Aksenttegnet (`) mangler etter «tall("endring")»'
    ),
    "ikke mellomrom": Mistake(inline('`{python}tall("endring")`'), LINE, "Mellomrommet mangler etter {python}"),
    "ikke sluttparentes": Mistake(
        inline('`{python} tall("endring"`'), LINE, f'En parentes mangler i «tall("endring"». {WRITTEN}'
    ),
    "ikke startparentes": Mistake(inline('`{python} tall"endring")`'), LINE, "Startparentesen mangler"),
    "stor bokstav i funksjonen": Mistake(
        inline('`{python} Tall("endring")`'), LINE, "Navnet «Tall» er ukjent for koden. Mente du tall"
    ),
    "stor bokstav i språket": Mistake(inline('`{Python} tall("endring")`'), LINE, "språket Python støttes ikke"),
    "ukjent tall": Mistake(inline('`{python} tall("endrng")`'), LINE, "Ukjent tall «endrng». Mente du endring?"),
    "mellomrom i navnet": Mistake(inline('`{python} tall("endring\u00a0")`'), LINE, "Mente du endring?"),
    "funksjon som ikke er hentet": Mistake(
        put(CHAPTER, "import spenn, tabell", "import tabell"),
        LINE,
        "Føy det til i oppsettcellen: from notat import …, spenn.",
    ),
    "feil i oppsettcellen": Mistake(
        put(CHAPTER, "from notat", "from nottat"), f"{CHAPTER}:4", "Modulen «nottat» finnes ikke. Mente du notat?"
    ),
    "ingen oppsettcelle": Mistake(
        put(CHAPTER, "```{python}\nfrom notat import spenn, tabell, tall\n```\n", ""), f"{CHAPTER}:4", "ingen kodecelle"
    ),
    "celle uten klammer": Mistake(put(CHAPTER, "```{python}", "```python"), LINE, "ingen kodecelle"),
    "celle med en klamme": Mistake(put(CHAPTER, "```{python}", "```{python"), f"{CHAPTER}:3", "Skriv ```{python}."),
    "celle som ikke er lukket": Mistake(
        put(CHAPTER, "tall\n```\n", "tall\n"), f"{CHAPTER}:3", "Kodeblokken er ikke lukket."
    ),
    "figur uten anførselstegn": Mistake(
        add("\n```{python}\nfrom notat import figur\nfigur(vekst)\n```\n"), f"{CHAPTER}:19", 'figur("vekst")'
    ),
    "figur med krøllete": Mistake(
        add("\n```{python}\nfrom notat import figur\nfigur(“vekst”)\n```\n"),
        f"{CHAPTER}:19",
        "Anførselstegnene er ikke rette (“) i koden.",
    ),
    "ukjent figur": Mistake(
        add('\n```{python}\nfrom notat import figur\nfigur("vekst")\n```\n'), f"{CHAPTER}:19", "Ukjent figur «vekst»."
    ),
    "ukjent cellevalg": Mistake(add("\n```{python}\n#| lable: tbl-x\n1\n```\n"), f"{CHAPTER}:18", "Mente du label?"),
    "valg som ikke finnes": Mistake(
        inline('`{python} tall("endring", desimal=1)`'), LINE, "«tall(…)» har ikke valget desimal=. Mente du desimaler?"
    ),
    "valg av feil slag": Mistake(
        inline('`{python} tall("endring", desimaler="1")`'),
        LINE,
        "«tall(…)» har fått '1' som desimaler. Skriv et helt tall uten anførselstegn.",
    ),
    "true med liten bokstav": Mistake(
        inline('`{python} tall("endring", stor=true)`'), LINE, "Skriv True, med stor bokstav."
    ),
    "to id-er i tall": Mistake(inline('`{python} tall("endring", "alle")`'), LINE, "har ikke plass til «alle»."),
    "ingen id i tall": Mistake(inline("`{python} tall()`"), LINE, 'har ikke fått «id». Skriv «tall("id")».'),
    "spenn med én ende": Mistake(
        inline('`{python} spenn("lav")`'), LINE, '«spenn(…)» har ikke fått «til». Skriv «spenn("fra", "til")».'
    ),
    "komma som mangler i kallet": Mistake(
        inline('`{python} tall("endring" fortegn=False)`'),
        LINE,
        'Koden «tall("endring" fortegn=False)» kan ikke leses.',
    ),
    "kode fra R": Mistake(
        inline('`r tall("endring")`'), LINE, f"{{python}} mangler foran koden, så tallet blir ikke satt inn. {WRITTEN}"
    ),
    "aksent fra tastaturet": Mistake(
        inline('´{python} tall("endring")´'), LINE, "Aksenttegnet (`) mangler foran {python}"
    ),
    "feil navn på språket": Mistake(inline('`{pyhton} tall("endring")`'), LINE, "på språket pyhton støttes ikke"),
    "mellomrom i språket": Mistake(
        put(CHAPTER, "```{python}", "```{python }"), f"{CHAPTER}:3", "{python } støttes ikke. Skriv ```{python}."
    ),
    "prosenttegn etter prosent": Mistake(
        add('\nAndelen var `{python} tall("lav")` %.\n'), END, "Tegnet % står to ganger etter lav", FOUND
    ),
    # Tables that the chapter declares.
    "to rader med samme navn": Mistake(
        declared('"Alle": ["alle"]', '"Alle": ["alle"], "Alle": ["endring"]'),
        f"{CHAPTER}:23",
        "rader= har «Alle» to ganger, og bare den siste ville vært med.",
    ),
    "valg to ganger": Mistake(
        declared("    tittel", '    fet="Alle",\n    fet="Alle",\n    tittel'),
        f"{CHAPTER}:25",
        "Valget fet= står to ganger.",
    ),
    "komma som mangler i tabellen": Mistake(declared('"t",', '"t"'), f"{CHAPTER}:21", "Et komma mangler i koden."),
    "kolon for er lik": Mistake(declared("tittel=", "tittel: "), f"{CHAPTER}:24", "med er lik og ikke kolon."),
    "krøllparentes som ikke er lukket": Mistake(
        declared("{alle}", "{alle"), f"{CHAPTER}:24", "tittel= har «{» uten make."
    ),
    "skrivemåte som ikke finnes": Mistake(
        declared("{alle}", "{alle: uten enheit}"),
        f"{CHAPTER}:24",
        "tittel= har «uten enheit» i {alle: uten enheit}. Skriv en av disse: «uten fortegn»",
    ),
    # References, boxes and marks.
    "kildenøkkel med store bokstaver": Mistake(put(CHAPTER, "[@ssb]", "[@SSB]"), LINE, "Mente du ssb?"),
    "henvisning uten krøllalfa": Mistake(
        put(CHAPTER, "Se @sec-mer.", "Se sec-mer."),
        f"{CHAPTER}:15",
        "«sec-mer» er navnet på noe i boka, men viser ikke",
        FOUND,
    ),
    "henvisning i klammer": Mistake(
        put(CHAPTER, "Se @sec-mer.", "Se [sec-mer]."), f"{CHAPTER}:15", "Skriv @sec-mer.", FOUND
    ),
    "figur uten fig- i navnet": Mistake(
        with_picture('\n![Et kart](kart.png){#kart fig-alt="Et kart."}\n\nSe @kart.\n'),
        f"{CHAPTER}:19",
        "Skriv for eksempel #fig-kart og @fig-kart.",
    ),
    "mellomrom i et navn": Mistake(
        put(CHAPTER, "{#sec-mer}", "{#sec mer}"),
        f"{CHAPTER}:13",
        f'«mer» er verken #navn, .klasse eller nøkkel="verdi". {BRACES}',
    ),
    "hardt mellomrom i et navn": Mistake(
        put(CHAPTER, "{#sec-mer}", "{#sec-mer\u00a0}"), f"{CHAPTER}:13", f"Der står et hardt mellomrom. {BRACES}"
    ),
    "attributt uten er lik": Mistake(claim('[økte]{.paastand av "endring"}'), LINE, "«av» er verken #navn, .klasse"),
    "ukjent attributt i et merke": Mistake(claim('[økte]{.paastand avv="endring"}'), LINE, "Mente du av?"),
    "merke i parentes": Mistake(claim('[økte](.paastand av="endring")'), LINE, "En påstand kan ikke leses."),
    "tittel uten anførselstegn": Mistake(
        add("\n::: {.callout-note title=Min tittel}\nx\n:::\n"), END, "«tittel» er verken #navn, .klasse"
    ),
    "boks med to kolon": Mistake(add("\n:: {.boks}\nx\n::\n"), END, "En boks åpnes med tre kolon: ::: {.klasse}."),
    "utheving som ikke er lukket": Mistake(add("\n::: {.callout-note}\nx\n"), END, "Boksen er ikke lukket."),
    "vilkår som er skrevet feil": Mistake(
        add('\n::: {.content-visible when-profil="utgave2026"}\nx\n:::\n'),
        END,
        "Ukjent betingelse when-profil=. Mente du when-profile",
    ),
    "større enn baklengs": Mistake(
        add('\n::: {.hvis tall="alle => endring"}\nx\n:::\n'), END, "Vilkåret «alle => endring» kan ikke prøves."
    ),
    "feil kildenøkkel": Mistake(
        put(CHAPTER, "[@ssb]", "[@sbb]"), LINE, "Kilden @sbb finnes ikke i references.bib. Mente du ssb?"
    ),
    "kilde uten krøllalfa": Mistake(put(CHAPTER, "[@ssb]", "[ssb]"), LINE, "Skriv [@ssb].", FOUND),
    "mellomrom etter krøllalfa": Mistake(put(CHAPTER, "[@ssb]", "[@ ssb]"), LINE, "Skriv [@nøkkel] uten mellomrom."),
    "feil figur": Mistake(
        put(CHAPTER, "Se @sec-mer.", "Se @fig-mangler."),
        f"{CHAPTER}:15",
        "Henvisningen @fig-mangler peker ikke på noe.",
    ),
    "understrek for bindestrek": Mistake(
        put(CHAPTER, "Se @sec-mer.", "Se @sec_mer."), f"{CHAPTER}:15", "Mente du sec-mer?"
    ),
    "boks som ikke er lukket": Mistake(
        put(CHAPTER, "1. Hva nå?\n:::\n", "1. Hva nå?\n"), f"{CHAPTER}:9", "Boksen er ikke lukket."
    ),
    "boks lukket to ganger": Mistake(
        put(CHAPTER, "1. Hva nå?\n:::\n", "1. Hva nå?\n:::\n:::\n"), f"{CHAPTER}:12", "Fjern linja, eller åpne boksen"
    ),
    "boks med feil navn": Mistake(
        put(CHAPTER, ".drofting #", ".dorfting #"), f"{CHAPTER}:9", "Ukjent klasse «.dorfting». Mente du drofting?"
    ),
    "boks uten punktum": Mistake(put(CHAPTER, ".drofting #", "drøfting #"), f"{CHAPTER}:9", "Skriv ::: {.klasse}"),
    "drøfting uten navn": Mistake(
        put(CHAPTER, " #drofting-arbeid", ""), f"{CHAPTER}:9", "Skriv #drofting-navn i klammene.", FOUND
    ),
    "samme navn to ganger": Mistake(
        put(CHAPTER, "{#sec-mer}", "{#sec-arbeid}"), f"{CHAPTER}:13", "«sec-arbeid» er brukt to ganger."
    ),
    "påstand uten tall": Mistake(claim("[økte]{.paastand}"), LINE, "har verken tall, prøve eller kilde."),
    "påstand om et ukjent tall": Mistake(
        claim('[økte]{.paastand av="endrng"}'), LINE, "Ukjent tall «endrng». Mente du endring?"
    ),
    "påstand uten klamme": Mistake(claim('[økte]{.paastand av="endring"'), LINE, "En påstand kan ikke leses."),
    "påstand uten punktum": Mistake(
        claim('[økte]{paastand av="endring"}'), LINE, 'Skriv {#navn .klasse nøkkel="verdi"}'
    ),
    "påstand med krøllete": Mistake(
        claim("[økte]{.paastand av=“endring”}"), LINE, 'Skriv ="endring", med rette anførselstegn.'
    ),
    "påstand med å": Mistake(claim('[økte]{.påstand av="endring"}'), LINE, "Mente du paastand?"),
    # Other text.
    "fotnote som mangler": Mistake(add("\nEn setning.[^note]\n"), END, "Skriv den som [^note]: tekst."),
    "fotnote ingen viser til": Mistake(add("\n[^note]: Teksten.\n"), END, "Vis til den, eller slett den."),
    "fotnote uten tekst": Mistake(
        add("\nEn setning.[^n]\n\n[^n]:\n"),
        f"{CHAPTER}:19",
        "Fotnoten [^n] har ingen tekst. Skriv den som [^n]: tekst.",
    ),
    "fotnote skrevet to ganger": Mistake(
        add("\nEn setning.[^n]\n\n[^n]: Slik.\n[^n]: Sånn.\n"), f"{CHAPTER}:20", "Fotnoten [^n] er skrevet to ganger."
    ),
    "bilde med stor endelse": Mistake(picture("kart.PNG", "kart.png"), END, "kart.png finnes ikke. Mente du kart.PNG?"),
    "bilde med omvendt skråstrek": Mistake(
        picture("kart.png", "..\\chapters\\kart.png"), END, "Skriv stien med vanlige skråstreker (/)."
    ),
    "to tekster til en tabell": Mistake(
        add(f"\n{ROWS}\n: En {{#tbl-x}}\n\n: En til {{#tbl-y}}\n\n@tbl-x og @tbl-y.\n"),
        f"{CHAPTER}:23",
        "En tabell har én tekst",
    ),
    "rad limt inn fra Excel": Mistake(
        add("\nFylke\tTall\nNord\tmange\n"), END, "Linja har tabulatorer, som en rad fra Excel"
    ),
    "punkter fra Word": Mistake(add("\n• en\n• to\n"), END, "Skriv - og et mellomrom først på hver linje"),
    "stjerner på én side": Mistake(add("\nDette er **viktig.\n"), END, "Skriv ** på begge sider av ordene"),
    "kommentar som ikke er lukket": Mistake(add("\n<!-- husk dette\n\nMer.\n"), END, "Avslutt den med -->."),
    "overskrift uten tekst": Mistake(add("\n## {#sec-tom}\n\nSe @sec-tom.\n"), END, "Overskriften har ingen tekst."),
    "overskrift rett etter en liste": Mistake(
        add("\n- a\n- b\n## Etter {#sec-etter}\n\nSe @sec-etter.\n"), f"{CHAPTER}:19", "Skriv en blank linje over den."
    ),
    "deler som tar inn hverandre": Mistake(parts_in_a_ring, "chapters/_b.qmd:1", "kan ikke ta inn seg selv"),
    "desimalpunktum": Mistake(add("\nAndelen var 3.5 prosent.\n"), END, "Tallet 3.5 er skrevet inn for hånd.", FOUND),
    "punktum for tusen": Mistake(
        add("\nDet var 12.500 personer.\n"), END, "Tallet 12.500 er skrevet inn for hånd.", FOUND
    ),
    "lenke uten https": Mistake(add("\nSe [siden](www.ssb.no).\n"), END, "Skriv https://www.ssb.no."),
    "bilde som mangler": Mistake(
        add(f"\n![Et kart](kart.png){FIG}\n\n@fig-kart viser det.\n"), END, "Bildet chapters/kart.png finnes ikke."
    ),
    "figur som ikke er nevnt": Mistake(
        with_picture(f"\n![Et kart](kart.png){FIG}\n"), END, "Skriv en setning om den, med @fig-kart.", FOUND
    ),
    "tabell som ikke er nevnt": Mistake(
        add(f"\n{ROWS}\n: Tekst {{#tbl-x}}\n"), f"{CHAPTER}:21", "Skriv en setning om den, med @tbl-x.", FOUND
    ),
    "for få streker i tabellen": Mistake(add("\n| a | b |\n|---|\n| x | y |\n"), f"{CHAPTER}:19", "«y» faller bort."),
    "lenke med mellomrom": Mistake(add("\nSe [siden] (https://ssb.no).\n"), END, "uten mellomrom mellom klammene."),
    "lenke som ikke er lukket": Mistake(add("\nSe [siden](https://ssb.no.\n"), END, "med begge parentesene."),
    "lenke til et kapittel som ikke er der": Mistake(
        add("\nSe [siden](nei.qmd).\n"), END, "Lenken til nei.qmd peker ikke på noe."
    ),
    "overskrift som hopper": Mistake(put(CHAPTER, "## Mer", "#### Mer"), f"{CHAPTER}:13", "Skriv den med ##."),
    "overskrift uten mellomrom": Mistake(
        put(CHAPTER, "## Mer", "##Mer"), f"{CHAPTER}:13", "Skriv et vanlig mellomrom etter #."
    ),
    "rest": Mistake(add("\nTODO skriv mer her.\n"), END, "«TODO» er en rest.", FOUND),
    "skrevet tall": Mistake(add("\nDet var 12 500 personer.\n"), END, "Tallet 12 500 er skrevet inn for hånd.", FOUND),
    "mellomrom uten bredde": Mistake(
        put(CHAPTER, "Veksten", "Vek\u200bsten"),
        LINE,
        "«Veksten» har et usynlig tegn: et mellomrom uten bredde (U+200B).",
    ),
    "myk bindestrek": Mistake(put(CHAPTER, "Veksten", "Vek\u00adsten"), LINE, "en myk bindestrek (U+00AD)"),
    "rest etter git": Mistake(
        put(CHAPTER, "Se @sec-mer.", "<<<<<<< HEAD\nSe @sec-mer.\n=======\nSe.\n>>>>>>> gren"),
        f"{CHAPTER}:15",
        "Behold den ene av de to tekstene",
    ),
    "ikke UTF-8": Mistake(as_latin_1(CHAPTER), f"{CHAPTER}:9", "Lagre den som UTF-8."),
    "YAML som ikke er lukket": Mistake(
        put(CHAPTER, "# Arbeid", "---\ntitle: Arbeid\n\n# Arbeid"), f"{CHAPTER}:1", "Skriv --- på en egen linje"
    ),
    "tabulator i kapittelets YAML": Mistake(
        put(CHAPTER, "# Arbeid", "---\nexecute:\n\techo: false\n---\n\n# Arbeid"),
        f"{CHAPTER}:3",
        "Linja har en tabulator.",
    ),
    # The setup, the bibliography and the files.
    "kolon som mangler": Mistake(put(SETUP, "lang: nb", "lang nb"), f"{SETUP}:6", "Kolon mangler etter nøkkelen."),
    "kolon i en tittel": Mistake(
        put(SETUP, "  title: ", "  title: Arbeid: "), f"{SETUP}:7", "Sett teksten i anførselstegn"
    ),
    "tabulator i oppsettet": Mistake(
        put(SETUP, "    - chapters/arbeid", "\t- chapters/arbeid"), f"{SETUP}:14", "Bruk mellomrom til innrykk"
    ),
    "ukjent nøkkel": Mistake(put(SETUP, "  title: ", "  titel: "), f"{SETUP}:7", "Mente du title"),
    "kapittel med nytt navn": Mistake(
        lambda root: (root / CHAPTER).rename(root / "chapters/jobb.qmd"),
        f"{SETUP}:14",
        "skriver du chapters/jobb.qmd her.",
    ),
    "kapittel med nytt navn i oppsettet": Mistake(
        put(SETUP, CHAPTER, "chapters/jobb.qmd"), f"{SETUP}:14", "skriver du chapters/arbeid.qmd her."
    ),
    "kapittel som ikke er ført opp": Mistake(
        lambda root: (root / "chapters/nytt.qmd").write_text("# Nytt\n"),
        "chapters/nytt.qmd:1",
        "Fila er ikke med i boka.",
        FOUND,
    ),
    "nøkkel to ganger": Mistake(put(SETUP, "lang: nb", "lang: nb\nlang: nb"), f"{SETUP}:6", "Nøkkelen står to ganger."),
    "skjevt innrykk": Mistake(put(SETUP, "  title: ", "   title: "), f"{SETUP}:8", "Innrykket er skjevt."),
    "ukjent språk": Mistake(put(SETUP, "lang: nb", "lang: norsk #"), f"{SETUP}:5", "Skriv nb-NO, nn-NO eller en-GB."),
    "klamme som mangler i litteraturlista": Mistake(
        put(WORKS, "{norsk}}", "{norsk}"), f"{WORKS}:1", "Kontroller klammer og komma"
    ),
    "komma som mangler i litteraturlista": Mistake(
        put(WORKS, "}, year", "} year"), f"{WORKS}:1", "Kontroller klammer og komma"
    ),
    # The data.
    "semikolon fra Excel": Mistake(as_excel_saves, f"{TABLE}:1", "Lagre den som CSV UTF-8 med komma mellom feltene"),
    "tomme rader fra Excel": Mistake(
        add(f"{',' * 12}\n", TABLE), f"{TABLE}:6", "Raden har bare tomme felt. Slett den."
    ),
    "desimalkomma": Mistake(
        put(TABLE, ",9,prosent", ",9,5,prosent"), f"{TABLE}:4", "skriv desimaltall med punktum: 2.3."
    ),
    "mellomrom i tallet": Mistake(put(TABLE, "246556", "246 556"), f"{TABLE}:2", "Skriv tallet med siffer"),
    "prosenttegn i tallet": Mistake(put(TABLE, ",9,prosent", ",9 %,prosent"), f"{TABLE}:4", "Skriv tallet med siffer"),
    "dato fra Excel": Mistake(
        put(TABLE, ",2022K4", ",31.12.2022"), f"{TABLE}:2", "Skriv 2022, 2022H2 (halvår), 2022K4"
    ),
    "ukjent kilde": Mistake(put(TABLE, "1,,,ssb", "1,,,sbb"), f"{TABLE}:2", "Ukjent kilde «sbb». Mente du ssb?"),
    "samme id to ganger": Mistake(
        put(TABLE, "endring,Flere", "alle,Flere"), f"{TABLE}:3", "Id-en «alle» finnes fra før på linje 2"
    ),
    "mellomrom bakerst i raden": Mistake(
        put(TABLE, "personer,1,,,ssb,\n", "personer,1,,,ssb, \n"),
        f"{TABLE}:2",
        "merknad begynner eller slutter med et mellomrom",
    ),
    "kolonne med nytt navn": Mistake(put(TABLE, "verdi", "tall"), f"{TABLE}:1", "Kolonnen «tall» er ukjent."),
    "langt minustegn": Mistake(put(TABLE, ",5566,", ",−5566,"), f"{TABLE}:3", "bindestrek som minus"),
    "kvartal på engelsk": Mistake(
        put(TABLE, ",2022K4", ",2022-Q4"), f"{TABLE}:2", "Skriv 2022, 2022H2 (halvår), 2022K4"
    ),
    "data som ikke er UTF-8": Mistake(as_latin_1(TABLE), f"{TABLE}:2", "Lagre den som UTF-8."),
}


@pytest.fixture(scope="module")
def small(made_once, write_note):
    """A small note that was rendered once: of its copies, only what a mistake touches is done again."""

    def make(root: Path) -> None:
        write_note(root)
        build(root, ["html"])

    return made_once("feilskrevet", make)


@pytest.fixture
def copied(small, tmp_path, monkeypatch) -> Iterator[Path]:
    root = shutil.copytree(small, tmp_path / "notat", symlinks=True)
    monkeypatch.chdir(root)
    authoring.numbers.cache_clear()
    yield root
    authoring.numbers.cache_clear()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_said_the_same_by_check_and_render(copied, name, norwegian, monkeypatch):
    mistake = MISTAKES[name]
    page = copied / "_output/arbeid.html"
    before = page.read_bytes()
    mistake.change(copied)
    said = [str(one) for one in examine(Project(copied), outputs=False).findings]
    ours = [line for line in said if line.startswith(f"{mistake.place}: ") and mistake.words in line]
    assert ours, "\n".join(said)
    assert re.search(r"[.?»] \[N\d{4}\]$", ours[0])
    assert not [line for line in said if ENGLISH.search(line)]
    with monkeypatch.context() as english:
        english.setenv(speech.VARIABLE, "en")
        assert norwegian(speech.said(ours[0])) == [], speech.said(ours[0])
    if mistake.kind == FOUND:
        build(copied, ["html"])
        return
    with pytest.raises(NotatError) as refused:
        build(copied, ["html"])
    assert ours[0] in str(refused.value).split("\n")
    assert page.read_bytes() == before


def test_the_note_itself_has_none_of_them(copied):
    said = [str(one) for one in examine(Project(copied), outputs=False).findings]
    assert not [line for line in said for one in MISTAKES.values() if one.words in line]


@pytest.mark.parametrize(
    "text",
    [
        "Slik er et tall («nesten to») og et sted (“her”).",  # words of the language that are functions too
        'Koden skrives ``tall("endring")`` eller `tall("endring")`{.python}.',
        "I tittelen er `{Oslo}` et tall.",
        "Tegnene \\*\\* og • er vist, og så er `a\tb` og [sec-ukjent].",
    ],
)
def test_what_only_looks_like_forgotten_code_is_text(copied, text):
    add(f"\n{text}\n")(copied)
    assert not [one for one in examine(Project(copied), outputs=False).findings if one.code == "N0519"]
    build(copied, ["html"])


def test_all_that_leads_to_nothing_is_said_at_once(copied):
    add("\nSe @fig-en, [to](to.qmd) og @tbl-tre. Se [@fire].\n\n## Fem {#sec-fem}\n\nSe @sec-seks.\n")(copied)
    found = examine(Project(copied), outputs=False).findings
    said = "\n".join(map(str, found))
    assert all(f" {name} " in said for name in ("@fig-en", "to.qmd", "@tbl-tre", "@fire", "@sec-seks")), said


@pytest.mark.parametrize(
    "names",
    [
        ("ukjent tall", "feil figur", "feil kildenøkkel"),
        ("ukjent kilde", "samme navn to ganger"),
        ("desimalkomma", "skjev klamme", "myk bindestrek"),
    ],
)
def test_mistakes_of_different_kinds_are_said_together_and_in_order(copied, names):
    for name in names:
        MISTAKES[name].change(copied)
    found = examine(Project(copied), outputs=False).findings
    assert found == sorted(found)
    said = [str(one) for one in found]
    assert [name for name in names if not any(MISTAKES[name].words in line for line in said)] == []
