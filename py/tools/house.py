"""Include the files that all notes share in the wheel, from where this note uses them; hatchling calls this."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class House(BuildHookInterface[Any]):
    """Adds the files of `house` in `pyproject.toml` to a wheel, but not to an editable install, which has them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Declare what to include: path here to path in the wheel."""
        if version == "standard":
            build_data["force_include"] |= {name: f"notat/house/{name}" for name in self.config["house"]}
