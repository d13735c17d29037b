"""Figures that the code of cells draws: shown once, in the house style, the same bytes every time."""

from __future__ import annotations

import hashlib
import re
import shutil

import pytest

from notat.engine.run.execute import Setting, session
from notat.engine.run.execute import run as run_chapter
from notat.project.source import read_source, weave
from tools.bench.book import CONFIG

pytestmark = pytest.mark.process

_PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\n"
_DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture(scope="module")
def shared(tmp_path_factory, write_note):
    """One kernel for all tests, in a note with a brand."""
    root = write_note(tmp_path_factory.mktemp("celler") / "notat")
    (root / "_quarto.yml").write_text(CONFIG.format(chapters="    - chapters/kap.qmd"), encoding="utf-8")
    with session(root) as client:
        yield root, client


@pytest.fixture
def run(shared):
    """Run the only chapter of the note; no figure of another test is there."""
    root, client = shared
    shutil.rmtree(root / "_figurer", ignore_errors=True)

    def execute_text(text):
        (root / "chapters/kap.qmd").write_text(text, encoding="utf-8")
        source = read_source(root, "chapters/kap.qmd")
        return weave(source, run_chapter(source, client, Setting(root, look="notat.show.look")).texts)

    return execute_text


@pytest.fixture
def digests(shared):
    """The digests of all figures, which are then removed."""

    def take():
        files = sorted((shared[0] / "_figurer").iterdir())
        found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
        for file in files:
            file.unlink()
        return found

    return take


def cell(code, **options):
    given = "".join(f"#| {name.replace('_', '-')}: {value}\n" for name, value in options.items())
    return f"```{{python}}\n{given}{code}\n```\n"


@pytest.mark.parametrize(
    "code",
    [
        _PLOT,
        f"{_PLOT}plt.show()",
        f"{_PLOT}plt.gcf()",
        f"{_PLOT}plt.tight_layout()",
        "import matplotlib.pyplot as plt\nplt.hist([1, 2, 2])",
        "import pandas as pd\npd.DataFrame({'a': [1, 2]}).plot()",
        "import seaborn as sns\nsns.lineplot(x=[1, 2], y=[1, 2])",
        "import seaborn as sns\nsns.relplot(x=[1, 2], y=[1, 2])",
        "import seaborn as sns\nsns.jointplot(x=[1, 2, 3], y=[1, 2, 1])",
        "import seaborn.objects as so\nso.Plot(x=[1, 2], y=[1, 2]).add(so.Line())",
        "from matplotlib.figure import Figure\nf = Figure()\nf.subplots().plot([1, 2])\nf",
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])",
    ],
)
def test_a_figure_is_shown_once_however_it_is_drawn(run, digests, code):
    assert run(cell(code, fig_alt="Noe.")).strip() == '![](/_figurer/celle-kap-1){fig-alt="Noe."}'
    first = digests()
    assert list(first) == ["celle-kap-1.png", "celle-kap-1.svg"]
    run(cell(code, fig_alt="Noe."))
    assert digests() == first


def test_a_numbered_figure_is_a_block_with_its_caption(run, digests):
    text = run(cell(_PLOT, label="fig-a", fig_cap="'En *linje*'", fig_alt="'Den «[går]» opp.'", fig_align="center"))
    assert text.strip() == (
        '::: {#fig-a}\n\n![](/_figurer/fig-a){fig-alt="Den «&#91;går&#93;» opp." fig-align=center}\n\nEn *linje*\n\n:::'
    )
    assert list(digests()) == ["fig-a.png", "fig-a.svg"]


def test_a_cell_that_takes_over_a_figure_is_not_shown_by_the_old_drawing(run, shared):
    """A figure of the house style has a drawing for pages under the same name, which pages prefer."""
    old = shared[0] / "_figurer" / "fig-a.html"
    old.parent.mkdir(parents=True)
    old.write_text("<div class='diagram'></div>", encoding="utf-8")
    run(cell(_PLOT, label="fig-a", fig_cap="Ny", fig_alt="Ny."))
    assert not old.exists()


def test_several_figures_have_a_caption_each_or_parts_of_one(run, digests):
    two = f"{_PLOT}plt.figure()\nplt.plot([3, 1])\nplt.show()"
    parts = run(cell(two, label="fig-a", fig_cap="Begge", fig_subcap="[Opp, Ned]", fig_alt="[opp, ned]", layout_ncol=2))
    assert parts.strip() == (
        '::: {#fig-a layout-ncol="2"}\n\n'
        '::: {#fig-a-1}\n\n![](/_figurer/fig-a-1){fig-alt="opp"}\n\nOpp\n\n:::\n\n'
        '::: {#fig-a-2}\n\n![](/_figurer/fig-a-2){fig-alt="ned"}\n\nNed\n\n:::\n\n'
        "Begge\n\n:::"
    )
    alone = run(cell(two, label="fig-a", fig_cap="[Opp, Ned]", fig_alt="[opp, ned]"))
    assert re.findall(r"::: \{#(.*?)\}", alone) == ["fig-a-1", "fig-a-2"]
    plain = run(cell(two, fig_cap="[Opp, Ned]", fig_alt="[opp, ned]", layout_ncol=2))
    assert plain.strip() == (
        '::: {layout-ncol="2"}\n\n'
        '![Opp](/_figurer/celle-kap-1-1){fig-alt="opp"}\n\n![Ned](/_figurer/celle-kap-1-2){fig-alt="ned"}\n\n:::'
    )
    assert "fig-a-2.svg" in digests()


def test_figures_that_share_a_row_are_drawn_to_fit_it(run, shared):
    def width():
        return float(re.search(r'width="([\d.]+)pt"', (shared[0] / "_figurer/celle-kap-1.svg").read_text())[1])

    run(cell(_PLOT, fig_alt="Noe."))
    alone = width()
    run(cell(_PLOT, fig_alt="Noe.", layout_ncol=2))
    assert width() < 0.6 * alone
    run(cell(_PLOT, fig_alt="Noe.", layout_ncol=2, fig_width=6.3))
    assert width() > 0.9 * alone


def test_figures_text_and_tables_come_in_order(run, digests):
    code = f"import pandas as pd\nprint('en')\n{_PLOT}plt.show()\nprint('to')\npd.DataFrame({{'a': [1]}})"
    parts = run(cell(code, fig_alt="Noe.", tbl_cap="Ett tall")).strip().split("\n\n")
    assert [part.split("\n")[0][:12] for part in parts] == ["```", "![](/_figure", "```", "| a |", ": Ett tall"]
    assert list(digests()) == ["celle-kap-1.png", "celle-kap-1.svg"]


def test_an_image_is_shown_with_its_own_alternative_text(run, digests):
    code = f"from IPython.display import Image\nimport base64\nImage(base64.b64decode('{_DOT}'), alt='En prikk')"
    assert run(cell(code)).strip() == '![](/_figurer/celle-kap-1.png){fig-alt="En prikk"}'
    assert list(digests()) == ["celle-kap-1.png"]


def test_what_one_chapter_sets_is_not_set_in_the_next(run, digests):
    run(cell(_PLOT, fig_alt="Noe."))
    plain = digests()
    changed = cell("import pandas as pd\nimport seaborn as sns\nsns.set_theme()\npd.options.display.max_rows = 1")
    run(changed + cell(f"{_PLOT}plt.rcParams['lines.linewidth'] = 9", fig_alt="Noe.") + cell(_PLOT, fig_alt="Noe."))
    assert len(set(digests().values())) == 4
    run(changed + cell(_PLOT, fig_alt="Noe."))
    assert list(digests().values()) != list(plain.values())
    assert "| 2 |" in run(cell("import pandas as pd\npd.DataFrame({'a': [1, 2]})") + cell(_PLOT, fig_alt="Noe."))
    assert list(digests().values()) == list(plain.values())


@pytest.mark.parametrize(
    ("code", "options", "words"),
    [
        (_PLOT, {}, "Cellen viser en figur uten alternativ tekst. Skriv «#| fig-alt:"),
        (_PLOT, {"label": "fig-a", "fig_alt": "Noe."}, "Figuren «fig-a» har ingen tekst. Skriv «#| fig-cap:"),
        (_PLOT, {"fig_alt": "[a, b]"}, "Cellen viser 1, men fig-alt har 2. Skriv en liste med én tekst for hver."),
        (
            f"{_PLOT}plt.figure()\nplt.plot([1])",
            {"fig_alt": "Noe."},
            "Cellen viser 2, men fig-alt har 1. Skriv en liste med én tekst for hver.",
        ),
        ("1;", {"label": "fig-a", "fig_cap": "A"}, "Cellen har fig-cap, men viser ingen figur."),
    ],
)
def test_a_figure_without_what_a_reader_needs_is_refused(run, refused, code, options, words):
    with refused("chapters/kap.qmd", 1, words):
        run(cell(code, **options))
