"""Where the outputs of either engine lie, and what is missing."""

from __future__ import annotations

import pytest

from notat.readback.read import find_page, pages_of
from notat.text.errors import NotatError

CHAPTERS = ["index.qmd", "chapters/arbeid.qmd", "vedlegg/tall/nytt grunnlag.qmd", "chapters/1.2 mine tall.qmd"]


@pytest.mark.parametrize(
    "files",
    [
        ["index.html", "arbeid.html", "nytt-grunnlag.html", "1.2-mine-tall.html"],
        [
            "index.html",
            "chapters/arbeid.html",
            "vedlegg/tall/nytt grunnlag.html",
            "chapters/1.2 mine tall.html",
        ],
    ],
    ids=["the embedded engine", "Quarto"],
)
def test_the_pages_of_both_engines_are_found(tmp_path, files):
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert pages_of(tmp_path, CHAPTERS) == [tmp_path / name for name in files]


def test_a_missing_page_is_named(tmp_path):
    (tmp_path / "index.html").touch()
    assert find_page(tmp_path, "chapters/arbeid.qmd") is None
    with pytest.raises(NotatError, match=r"arbeid\.html: Fila mangler") as caught:
        pages_of(tmp_path, CHAPTERS)
    assert caught.value.code == "N0901"
