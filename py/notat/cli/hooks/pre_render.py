"""Before `quarto render`: stop on broken data and false claims, and lay fonts and files to embed where Typst looks."""

from __future__ import annotations

import shutil

from notat.cli.hooks import run
from notat.data import dataset
from notat.numbers.indicators import Numbers
from notat.project import fonts
from notat.project.config import read_config
from notat.project.manifest import made_of
from notat.show.claims import verify
from notat.show.embedded import numbers_files, write_embedded
from notat.text import paths


def main() -> None:
    """Check the data package and the claims; lay the fonts and the files to embed in the project."""
    root = paths.find_root()
    numbers = Numbers(dataset.load(root))
    verify(root, numbers)
    write_embedded(root, numbers_files(root, numbers), made_of(read_config(root), engine="quarto"))
    folder = root / paths.FONTS
    folder.mkdir(exist_ok=True)
    for font in fonts.files():
        shutil.copyfile(font, folder / font.name)


if __name__ == "__main__":
    run(main)
