"""Before `quarto render`: stop on a plain format, and on broken or unaccepted data, brand or claims.

Then put fonts and the files to embed in place, and say which conditions on data hold.
"""

from __future__ import annotations

from notat.cli.hooks import programs, run
from notat.data.accepted import refuse_unaccepted
from notat.numbers.indicators import Numbers
from notat.project import fonts
from notat.project.brand import read_brand
from notat.project.manifest import manifest_of
from notat.project.project import Project
from notat.show import quartos
from notat.show.claims import verify
from notat.show.embedded import numbers_files, write_embedded
from notat.text import paths


def main() -> None:
    """Check data, claims and acceptance; copy the fonts and the files to embed into the project."""
    programs.refuse_plain_formats()
    project = Project.around()
    read_brand(project.root)
    root, numbers = project.root, Numbers(project.data)
    verify(project, numbers)
    quartos.write(project)
    refuse_unaccepted(root, project.config.bibliography)
    write_embedded(
        project, numbers_files(project, numbers), manifest_of(project, engine="quarto", programs=programs.versions())
    )
    folder = root / paths.FONTS
    folder.mkdir(exist_ok=True)
    fonts.copy(folder)
    fonts.write_for_pages(folder, root)


if __name__ == "__main__":
    run(main)
