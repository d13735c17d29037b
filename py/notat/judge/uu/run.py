"""Audit the three outputs of a project, and write what was found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from notat.engine.build import printed
from notat.judge.uu import Audit, together
from notat.judge.uu.content import absent_in_docx, absent_in_pages, absent_in_pdf
from notat.judge.uu.report import Report, to_json, to_markdown
from notat.judge.uu.statement import draft
from notat.project.config import Config, read_config
from notat.readback.read import pages_of
from notat.text import paths
from notat.text.errors import NotatError

REPORT, DATA, STATEMENT = "rapport.md", "rapport.json", "tilgjengelighetserklaering.md"
Progress = Callable[[str], None]


def run(root: Path, progress: Progress = lambda _: None) -> Report:
    """The report on the outputs of the project at `root`. `progress` gets each audit as it begins."""
    # Each audit's tool is imported when it is used.
    try:
        from notat.judge.uu.docx import audit_docx
        from notat.judge.uu.html import audit_html
        from notat.judge.uu.pdf import audit_pdf
    except ModuleNotFoundError as error:
        package = str(error.name).split(".")[0]
        remedy = "Kjør make tools, eller installer notat[uu] med pip."
        raise NotatError("N1030", f"Pakken {package} er ikke installert.", remedy=remedy) from None

    config = read_config(root)
    files = pages_of(config.output, [chapter.file for chapter in config.chapters])
    pages = [file.relative_to(config.output).as_posix() for file in files]
    pdfs, documents = ([file for file in printed(config) if file.suffix == end] for end in (".pdf", ".docx"))
    for file in (*pdfs, *documents):
        if not file.is_file():
            raise NotatError("N0901", "Fila mangler.", file=file.relative_to(root), remedy="Kjør notat render først.")
    audits: dict[str, Callable[[], Audit]] = {
        "html": lambda: audit_html(config.output, pages),
        "pdf": lambda: audit_pdf(*pdfs),
        "docx": lambda: together({file.name: audit_docx(file) for file in documents}),
    }
    found: dict[str, Audit] = {}
    for name, audit in audits.items():
        progress(f"Prøver {name.upper()}")
        found[name] = audit()
    absent = {
        "html": absent_in_pages(config.output, pages),
        "pdf": frozenset.intersection(*map(absent_in_pdf, pdfs)),
        "docx": frozenset.intersection(*map(absent_in_docx, documents)),
    }
    return Report(found, absent)


def write(report: Report, config: Config) -> list[Path]:
    """Write the report and the draft of the accessibility statement into `_uu/`; the files written."""
    folder = config.root / paths.AUDIT
    folder.mkdir(exist_ok=True)
    files = {
        REPORT: to_markdown(report, config.title),
        DATA: to_json(report),
        STATEMENT: draft(report, config),
    }
    for name, text in files.items():
        paths.write_bytes(folder / name, text.encode())
    return [folder / name for name in files]
