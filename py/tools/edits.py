"""A change of the text of a file, as tests of the package make it."""

from pathlib import Path


def replace(file: Path, old: str, new: str) -> None:
    """Write `new` for every `old`; a file that does not have it would make the test prove nothing."""
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{file} does not have {old!r}")
    file.write_text(text.replace(old, new), encoding="utf-8")
