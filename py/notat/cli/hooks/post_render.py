"""After `quarto render`: mend the Word document, explain the numbers of the pages, and write the manifest."""

from __future__ import annotations

import os
from pathlib import Path

from notat.cli.hooks import run
from notat.docx.finish import about_book, finish_docx
from notat.engine.write.downloads import copy_figure_data, write_data_archive
from notat.project.manifest import manifest_of, write_manifest
from notat.project.project import Project
from notat.show import charts
from notat.show.panel import panel_data, write_panel
from notat.text import paths


def main() -> None:
    """Finish the outputs that Quarto names in `QUARTO_PROJECT_OUTPUT_FILES`."""
    project = Project.around()
    root, config = project.root, project.config
    manifest = manifest_of(project, engine="quarto")
    output = Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR", config.output))
    names = os.environ.get("QUARTO_PROJECT_OUTPUT_FILES", "").splitlines()
    if any(name.endswith(".html") for name in names):
        write_panel(project, output, panel_data(project, nested=True))
        copy_figure_data(root, output)
        write_data_archive(project, output)
    for name in names:
        if name.endswith(".docx"):
            finish_docx(root / name, about_book(config, charts.saved_alt_texts(root / paths.FIGURES), manifest))
    write_manifest(manifest, output)


if __name__ == "__main__":
    run(main)
