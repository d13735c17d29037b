"""Include what all notes share, and the series, in the wheel, from where they are used; hatchling calls this."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class House(BuildHookInterface[Any]):
    """Adds what `house` and `series` of `pyproject.toml` name to a wheel; an editable install has it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Declare what to include: path here to path in the wheel."""
        if version == "standard":
            root = Path(self.root)
            series = [file for pattern in self.config["series"] for file in root.glob(pattern)]
            build_data["force_include"] |= {name: f"notat/house/{name}" for name in self.config["house"]}
            build_data["force_include"] |= {str(file): f"notat/{file.relative_to(root).as_posix()}" for file in series}
