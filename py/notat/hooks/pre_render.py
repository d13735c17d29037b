"""Before `quarto render`: stop on broken data and false claims, and lay the fonts where Typst looks for them."""

from __future__ import annotations

import shutil
import sys

from notat import data, paths
from notat.charts import fonts
from notat.claims import verify
from notat.errors import NotatError
from notat.indicators import Numbers


def main() -> None:
    """Check the data package and the claims, and copy the fonts of the locked wheel into the project."""
    root = paths.find_root()
    verify(root, Numbers(data.load(root)))
    folder = root / paths.FONTS
    folder.mkdir(exist_ok=True)
    for font in fonts.files():
        shutil.copyfile(font, folder / font.name)


if __name__ == "__main__":
    try:
        main()
    except NotatError as error:
        sys.exit(f"Feil: {error}")
