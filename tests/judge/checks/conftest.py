"""The outputs of the real note, read back once for all tests of the checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from notat.judge.checks.outputs import read_outputs
from notat.project.project import Project
from notat.readback.blocks import Rendered


@pytest.fixture(scope="session")
def outputs(published: Path) -> list[Rendered]:
    """HTML, PDF and DOCX of the real note as blocks."""
    return read_outputs(Project(published))
