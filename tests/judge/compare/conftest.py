"""A small note with a figure, a table and a footnote, built once; and the same with one thing of each sort changed."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from notat.cli.render import build
from notat.judge.checks import checksums
from notat.show import authoring

# What both test files need of a reader. Nothing is on sys.path, so it is loaded by its file.
_hands = importlib.util.spec_from_file_location("hands", Path(__file__).with_name("hands.py"))
sys.modules["hands"] = importlib.util.module_from_spec(_hands)
_hands.loader.exec_module(sys.modules["hands"])

# In the chapter and in the data: what is changed, and what it becomes.
_CHANGES = {
    "chapters/kap-1.qmd": {
        "helt_ledige_pst_2023_01": "helt_ledige_pst_2018_01",
        "er nummer én": "er ikke nummer én",
        "## Mer": "## Mindre",
        "Et punkt": "Et poeng",
    },
    "chapters/kap-2.qmd": {"En annen note": "Ei annen note"},
    "data/arbeidsmarked.csv": {"2018-01,andel,2.2,": "2018-01,andel,2.3,"},
    "data/serier/ungdomskull.csv": {"\n,50,2016,17067,": "\n,50,2016,17068,"},
    "data/eksport.csv": {"2021–2022,endring,4.8,": "2021–2022,endring,4.9,"},
}


@pytest.fixture(scope="session")
def ours(
    made_once: Callable[[str, Callable[[Path], None]], Path], write_figures_note: Callable[[Path], list[Path]]
) -> Path:
    """Root of the built note. Tests only read it."""

    def make(root: Path) -> None:
        *_, last = write_figures_note(root)
        last.write_text(last.read_text(encoding="utf-8").replace("En note", "En annen note"), encoding="utf-8")
        _build(root)

    return made_once("sammenlignet", make)


_SENT = """\
# Kapittel om kap-2 {#sec-kap-2}

```{python}
from notat import figur, tabell, tall
```

Ledigheten var `{python} tall("helt_ledige_pst_2022_10")` i oktober og `{python} tall("{TALL}")` i januar [@notat2023].
Den [var høyere]{.paastand av="helt_ledige_pst_2023_01" enn="helt_ledige_pst_2022_10"} i januar enn i oktober.
Det er *ikke* mange som leter etter arbeid, og **alle** trenger folk.

Bedriftene melder om mangel på fagfolk i hele fylket, og de minste merker det mest.
Derfor må flere læres opp, og opplæringen må skje der folk bor.
Les mer hos [NAV](https://www.nav.no/arbeid), og se @sec-kap-1 og @fig-ungdomskull.

Folk flytter dit jobbene er, men ikke alltid dit de trengs.[^1]
Noen flytter tilbake.

::: {.boks title="En boks om opplæring"}

Fagbrev på jobb er en vei for voksne med lang erfaring og lite skolegang.

:::

## Veien videre {#sec-kap-2-videre}

Kommunene kan dele på lærere og verksteder, særlig der avstandene er lange.

Skolene kan låne bort utstyr om kvelden, mot at bedriftene stiller med folk.

- Samle søknadene på ett sted.
- Spør bedriftene hvert år.[^2]
- Del det som virker, med naboene.

### Det som haster {#sec-kap-2-haster}

Vinteren kommer, og da er det for sent å begynne.

[^1]: En note om flytting.
[^2]: En note om bedrifter.
"""


@pytest.fixture(scope="session")
def sent(
    made_once: Callable[[str, Callable[[Path], None]], Path], write_figures_note: Callable[[Path], list[Path]]
) -> Path:
    """Root of a built note whose last chapter has all that a reader can change. Tests only read it."""

    def make(root: Path) -> None:
        *_, last = write_figures_note(root)
        last.write_text(_SENT.replace("{TALL}", "helt_ledige_pst_2023_01"), encoding="utf-8")
        _build(root)

    return made_once("sendt", make)


@pytest.fixture
def copy(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The Word file as a reader got it, of `sent` where a test uses that, else of `ours`: the working folder."""
    root = request.getfixturevalue("sent" if "sent" in request.fixturenames else "ours")
    monkeypatch.chdir(root)
    return Path(shutil.copy(root / "_output/diskusjonsnotat.docx", tmp_path / "Kari.docx"))


@pytest.fixture(scope="session")
def changed(ours: Path, made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Outputs of the note with another number, sentence, heading, list item, footnote, table cell and alt text."""

    def make(root: Path) -> None:
        shutil.copytree(ours, root, symlinks=True)
        for name, changes in _CHANGES.items():
            text = (root / name).read_text(encoding="utf-8")
            for old, new in changes.items():
                assert old in text
                text = text.replace(old, new)
            (root / name).write_text(text, encoding="utf-8")
        checksums.write(root)
        _build(root)

    return made_once("endret", make) / "_output"


def _build(root: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(root)
        authoring.numbers.cache_clear()
        build(root)
    authoring.numbers.cache_clear()


@pytest.fixture(scope="session")
def quarto(ours: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The note's outputs, laid out as Quarto lays out a book. Tests only read them."""
    return as_quarto(ours, tmp_path_factory.mktemp("quarto") / "_quarto")


def as_quarto(ours, folder):
    """Our pages laid out as Quarto lays out a book: its folders, title block, menus, floats and section numbers."""
    for name in ("diskusjonsnotat.pdf", "diskusjonsnotat.docx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ours / "_output" / name, folder / name)
    for page in sorted((ours / "_output").glob("*.html")):
        home = page.stem == "index"
        target = folder / ("index.html" if home else f"chapters/{page.name}")
        target.parent.mkdir(exist_ok=True)
        target.write_text(_quarto_page(page, home=home), encoding="utf-8")
    return folder


def _quarto_page(page, *, home):
    body = html.parse(str(page), parser=html.HTMLParser(encoding="utf-8")).getroot().find("body")
    article = next(body.iter("article"))
    for figure in [*article.iter("figure")]:
        _quarto_float(figure)
    title = next(article.iter("h1"))
    shown = html.tostring(title, encoding="unicode", with_tail=False)
    if home:
        shown = '<h1 class="title">Et lite notat</h1><p class="subtitle lead">Diskusjonsnotat</p>'
    else:
        title.drop_tree()
        shown = shown.replace("<h1", '<h1 class="title"').replace("> ", ">&nbsp; ")
    for section in [*article.iter("section")]:
        section.set("class", f"level2 {section.get('class', '')}")
    content = "".join(html.tostring(child, encoding="unicode") for child in article)
    return f"""<!DOCTYPE html><html lang="nb-NO"><head><meta charset="utf-8"><title>Et lite notat</title></head>
    <body class="nav-sidebar floating quarto-light"><div id="quarto-search-results"></div>
    <header id="quarto-header" class="headroom fixed-top"><nav class="quarto-secondary-nav">
    <ol class="breadcrumb"><li class="breadcrumb-item"><a href="x.html">Kapittel 1 av 9</a></li></ol></nav></header>
    <div id="quarto-content" class="quarto-container page-columns">
    <nav id="quarto-sidebar" class="sidebar"><ul><li class="sidebar-item">2 Meny</li></ul></nav>
    <div id="quarto-margin-sidebar"><nav id="TOC"><h2 id="toc-title">På denne siden</h2><ul><li>1.1 Mer</li></ul></nav>
    </div><main class="content" id="quarto-document-content"><header id="title-block-header">
    <div class="quarto-title">{shown}</div><div class="quarto-title-meta"><div>Forfatter</div>
    <p class="author">Et fylke</p><p class="date">1. mars 2023</p></div></header>{content}
    <nav class="page-navigation"><div class="nav-page"><a href="y.html">2 Neste</a></div></nav></main></div></body>
    </html>"""


def _quarto_float(figure):
    """Quarto puts the id on a div around the figure, and the picture in a div in it."""
    around = figure.makeelement("div", {"id": figure.attrib.pop("id", ""), "class": "quarto-float quarto-figure"})
    figure.addprevious(around)
    around.append(figure)
    for picture in [*figure.iter("img")]:
        inner = figure.makeelement("div", {"aria-describedby": "caption"})
        picture.addprevious(inner)
        inner.append(picture)
