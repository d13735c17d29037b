"""Lay out a Word document with LibreOffice, where it is installed: nothing else here knows where its pages end."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VARIABLE = "NOTAT_LIBREOFFICE"  # another program, by name or path; one that is not found means none
_NAMES = ("soffice", "libreoffice")
_LONGEST = 120  # seconds: a note of a hundred pages takes five, and the machine may be busy
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
# A named place in the PDF for each bookmark; and nothing that a document asks for is fetched.
_SETTINGS = {
    ("Filter/PDF/Export", "ExportBookmarksToPDFDestination"): "true",
    ("Filter/PDF/Export", "UseTaggedPDF"): "false",
    ("Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Security/Scripting", "DisableMacrosExecution"): "true",
}


class LayoutError(Exception):
    """A document could not be laid out; the text says why, in bokmål."""


@dataclass(frozen=True)
class Program:
    """LibreOffice on this machine; `version` is what it says of itself, «LibreOffice 7.4.7.2»."""

    path: Path
    version: str


def find() -> Path | None:
    """The program, if this machine has it."""
    name = os.environ.get(VARIABLE)
    found = next(filter(None, map(shutil.which, (name,) if name else _NAMES)), None)
    return Path(found).resolve() if found else None


def version_of(program: Path) -> str:
    """Name and version of the program, without the number of the build."""
    with tempfile.TemporaryDirectory(prefix="notat-", ignore_cleanup_errors=True) as folder:
        said = _call([str(program), "--version"], Path(folder)).split()
    if len(said) < len(("LibreOffice", "7.4.7.2")):
        raise LayoutError(f"{program} sier ikke hvilken versjon den er")
    return " ".join(said[:2])


def places(program: Path, document: bytes) -> dict[str, int]:
    """The page of each bookmark of a Word document whose name has letters and digits only, counted from 1.

    The program has a folder of its own for its settings and all that it writes, which is deleted afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="notat-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        profile, file = folder / "profil", folder / "notat.docx"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
        file.write_bytes(document)
        own = (f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck")
        _call([str(program), *own, "--convert-to", "pdf", "--outdir", str(folder), str(file)], folder)
        made = file.with_suffix(".pdf")
        if not made.is_file():
            raise LayoutError("LibreOffice laget ingen sider")
        import pikepdf

        with pikepdf.open(io.BytesIO(made.read_bytes())) as pdf:
            named = pdf.Root.get("/Dests", pikepdf.Dictionary())
            numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
            return {name.removeprefix("/"): numbers[place[0].objgen] for name, place in named.items()}


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.Common/{group}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for (group, name), value in _SETTINGS.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>'
    )


def _call(command: list[str], folder: Path) -> str:
    """Run the program in the folder, alike whoever asks; what it prints."""
    own = {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ} | own
    said = folder / "sagt.txt"  # not a pipe: a process that the program leaves behind would keep it open
    try:
        with (
            said.open("wb") as out,
            subprocess.Popen(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL
            ) as process,
        ):
            try:
                code = process.wait(_LONGEST)
            finally:
                _end(process.pid)
    except subprocess.TimeoutExpired:
        raise LayoutError(f"LibreOffice var ikke ferdig etter {_LONGEST} sekunder") from None
    except OSError as error:
        raise LayoutError(f"LibreOffice kan ikke kjøres ({error.strerror})") from None
    if code:
        raise LayoutError(f"LibreOffice stanset med kode {code}")
    return said.read_text(encoding="utf-8", errors="replace")


def _end(process: int) -> None:
    """End the process if it still runs, and those that it started: the program proper is a child of a script."""
    import psutil

    try:
        family = psutil.Process(process).children(recursive=True)
        family.append(psutil.Process(process))
    except psutil.NoSuchProcess:
        return
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
