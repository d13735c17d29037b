"""A ZIP file is the same bytes for the same files."""

from __future__ import annotations

import os

from notat.text.archives import pack


def test_the_same_files_are_the_same_bytes_whenever_they_were_written(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("a")
    first = pack({"b/a.txt": file, "a.txt": file})
    os.utime(file, (0, 0))
    file.chmod(0o600)
    assert pack({"a.txt": file, "b/a.txt": file}) == first
