"""After `quarto render`: mend the documents, write the booklets, explain numbers on pages, write the manifest."""

from __future__ import annotations

import os
from pathlib import Path

from notat.cli.hooks import programs, run
from notat.cli.hooks.booklets import write_booklets
from notat.cli.hooks.pages import finish_pages
from notat.docx.finish import about_document, finish_docx
from notat.engine.write.downloads import copy_data, copy_figure_data, write_data_archive
from notat.engine.write.paging import find_program, number_pages, programs_of_pages
from notat.engine.write.rowheads import mark_row_heads
from notat.numbers.indicators import Numbers
from notat.project.booklets import KINDS
from notat.project.manifest import manifest_of, write_manifest
from notat.project.project import Project
from notat.show import charts, quartos
from notat.show.claims import verify
from notat.show.domain import results_of
from notat.show.panel import panel_data, write_panel
from notat.text import paths


def main() -> None:
    """Finish the outputs that Quarto names in `QUARTO_PROJECT_OUTPUT_FILES`."""
    project = Project.around()
    if quartos.adopt_from_file(project.root):
        # Made with -P, which says nothing before the rendering: the claims were tested for another place.
        project = Project.around()
        verify(project, Numbers(project.data))
    root, config = project.root, project.config
    manifest = manifest_of(project, engine="quarto", programs=programs.versions())
    output = Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR", config.output))
    names = os.environ.get("QUARTO_PROJECT_OUTPUT_FILES", "").splitlines()
    for name in names:
        if name.endswith(".docx"):
            finish_docx(
                root / name,
                about_document(config, config.documents[0], charts.saved_alt_texts(root / paths.FIGURES), manifest),
            )
            results = results_of(project)
            if config.documents[0].cover and (program := find_program(results.store)):
                paged = number_pages(results, config.documents[0].stem, (root / name).read_bytes(), program)
                paths.write_bytes(root / name, paged)
        if name.endswith(".pdf"):
            paths.write_bytes(root / name, mark_row_heads((root / name).read_bytes()))
    write_booklets(project, output, {Path(name).suffix[1:] for name in names} & KINDS.keys(), manifest)
    if pages := [root / name for name in names if name.endswith(".html")]:
        for page in pages:
            programs.refuse_plain_page(page, config.extension.css[0].name, page.relative_to(root).as_posix())
        write_panel(project, output, panel_data(project, nested=True))
        copy_data(project, output)
        copy_figure_data(root, output, pages)
        write_data_archive(project, results_of(project), output)
        finish_pages(project, output, pages)
    write_manifest(manifest, output, programs_of_pages(output))


if __name__ == "__main__":
    run(main)
