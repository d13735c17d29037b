"""Let outputs appear all together or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A new empty folder that takes the place of `folder` when the block ends well, and vanishes when it does not."""
    new = Path(tempfile.mkdtemp(prefix=f"{folder.name}.ny-", dir=folder.parent))
    old = new.with_name(new.name.replace(".ny-", ".gammel-"))
    try:
        yield new
        new.chmod(0o755)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        # Whatever stops the change between the two renamings, Ctrl-C too, the old folder comes back.
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
