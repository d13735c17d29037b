import pytest
from watchfiles import Change

from notat.cli.preview.watch import is_input


@pytest.mark.parametrize(
    "path",
    [
        "/n/chapters/arbeid.qmd",
        "/n/data/x.csv",
        "/n/py/notat/data/quantity.py",
        "/n/_brand.yml",
        "/n/_extensions/notat/x.typ",
    ],
)
def test_what_the_pages_are_made_of_is_watched(path):
    assert is_input(Change.modified, path)


@pytest.mark.parametrize(
    "path", ["/n/chapters/.arbeid.qmd.swp", "/n/chapters/arbeid.qmd~", "/n/py/notat/__pycache__/x.py", "/n/x.pdf"]
)
def test_what_editors_and_tools_leave_is_not(path):
    assert not is_input(Change.modified, path)
