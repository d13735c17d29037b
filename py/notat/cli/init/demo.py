"""`notat demo`: a note of one page in a temporary folder, to see and to try on."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from notat.cli.init import begin
from notat.text import paths
from notat.text.errors import NotatError

_PAGE = Path(__file__).parent / "demo.qmd"
_CHAPTERS = re.compile(r"^(  chapters:\n)(?:    - .*\n)+(?:  appendices:\n(?:    - .*\n)+)?", re.MULTILINE)
_RENDER = "from notat.cli.main import main; main()"
_LIMIT = 600  # seconds


def make(report: Callable[[str], None]) -> Path:
    """Begin the note in a new temporary folder, render its page, and return the page."""
    root = Path(tempfile.mkdtemp(prefix="notat-demo-")) / "notat"
    begin(root, report)
    shutil.rmtree(root / paths.CHAPTERS)
    shutil.copyfile(_PAGE, root / "index.qmd")
    setup = (root / paths.CONFIG).read_text(encoding="utf-8")
    paths.write_bytes(root / paths.CONFIG, _CHAPTERS.sub(r"\1    - index.qmd\n", setup).encode())
    report("Lager siden, PDF og Word")
    # In a process of its own, for the note has other modules than the folder that the command was called in.
    command = [sys.executable, "-c", _RENDER, "render"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", timeout=_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        minutes = _LIMIT // 60
        remedy = "Kjør notat doctor."
        raise NotatError("N1116", f"Siden var ikke ferdig etter {minutes} minutter.", remedy=remedy) from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("Feil: ")]
        raise NotatError("N1116", f"Siden ble ikke laget. {' '.join(said)}", remedy="Kjør notat doctor.")
    return root / paths.OUTPUT / "index.html"
