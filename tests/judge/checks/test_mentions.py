"""Figures and tables that the text does not mention."""

from __future__ import annotations

import pytest

from notat.judge.checks.mentions import unmentioned
from notat.project.project import Project

HERE = "chapters/arbeid.qmd"
TWO = """
::: {#fig-begge layout-ncol=2}

![Opp](a.png){#fig-opp}

::: {.smal}
![Ned](b.png){#fig-ned}
:::

Begge.

:::
"""


@pytest.fixture
def found(note):
    """`found(text)`: the ids of what the chapter has and does not mention, when this text stands last in it."""
    text = (note / HERE).read_text(encoding="utf-8")

    def find(more):
        (note / HERE).write_text(f"{text}\n{more}\n", encoding="utf-8")
        here = [one for one in unmentioned(Project(note)) if one.code == "N1077" and one.file == HERE]
        return [one.problem.split()[1] for one in here]

    before = find("")
    return lambda more: [name for name in find(more) if name not in before]


def test_a_figure_of_several_is_mentioned_as_a_whole_or_by_a_part(found):
    assert found(TWO) == ["fig-begge"]
    assert found(f"{TWO}\nSe @fig-begge.") == []
    assert found(f"{TWO}\nSe @fig-ned.") == []


def test_a_figure_after_one_of_several_is_no_part_of_it(found):
    assert found(f"Se @fig-begge.\n{TWO}\n![Ved siden av](c.png){{#fig-alene}}\n") == ["fig-alene"]


def test_a_cell_within_a_figure_of_several_is_a_part_of_it(found):
    cell = "```{python}\n#| label: fig-celle\n#| fig-cap: Celle\nplot()\n```\n"
    assert found(TWO.replace("Begge.", f"{cell}\nBegge.") + "\nSe @fig-begge.") == []
    assert found(cell) == ["fig-celle"]


def test_a_cell_of_several_figures_is_mentioned_by_one_of_them(found):
    cell = "```{python}\n#| label: fig-celle\n#| fig-cap: Begge\n#| fig-subcap: [Opp, Ned]\nplot()\n```\n"
    assert found(cell) == ["fig-celle"]
    assert found(f"{cell}\nSe @fig-celle-2.") == []
    assert found(f"{cell}\nSe @fig-celle-3.") == ["fig-celle"]


@pytest.mark.parametrize(
    "block",
    [
        "```markdown\n![Opp](a.png){#fig-opp}\n```",
        "````markdown\n::: {#fig-opp}\n\n```{python}\nplot()\n```\n:::\n````",
        "```{python}\n#| label: fig-opp\n#| eval: false\nplot()\n```",
    ],
)
def test_code_that_is_shown_is_no_figure(found, block):
    assert found(block) == []


def test_code_that_is_shown_mentions_nothing(found):
    figure = "![Opp](a.png){#fig-opp}"
    assert found(f"{figure}\n\n```markdown\nSe @fig-opp.\n```\n\nSkriv `@fig-opp`.") == ["fig-opp"]
