"""Nothing is unpacked that is not what was packed, and a project is packed with all that it is built from."""

from __future__ import annotations

import io
import zipfile

import pytest

from notat.serie.packing import digest_of, sources, unpack
from notat.text.archives import pack
from notat.text.errors import NotatError


def test_what_is_packed_is_unpacked(tmp_path):
    (tmp_path / "a.txt").write_text("æ", encoding="utf-8")
    content = pack({"mappe/ø.txt": tmp_path / "a.txt"})
    unpack(content, digest_of(content), tmp_path / "ut")
    assert (tmp_path / "ut/mappe/ø.txt").read_text(encoding="utf-8") == "æ"


def test_another_digest_is_refused_before_anything_is_written(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    content = pack({"a.txt": tmp_path / "a.txt"})
    with pytest.raises(NotatError, match="N1186"):
        unpack(content + b" ", digest_of(content), tmp_path / "ut")
    assert not (tmp_path / "ut").exists()


@pytest.mark.parametrize("name", ["../ut.txt", "/ut.txt", "a/../../ut.txt"])
def test_a_file_that_leads_out_is_refused(tmp_path, name):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(name, "a")
    content = written.getvalue()
    with pytest.raises(NotatError, match="N1186"):
        unpack(content, digest_of(content), tmp_path / "inn")
    assert list(tmp_path.rglob("ut.txt")) == []


def test_the_sources_of_a_project_are_what_no_tool_has_written_with_links_followed(tmp_path):
    root, shared = tmp_path / "serie", tmp_path / "felles"
    for name in (
        "_quarto.yml",
        "data/a.csv",
        "_output/index.html",
        ".notat/cache/x",
        "py/__pycache__/x.pyc",
        "_serie/a",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    shared.mkdir()
    (shared / "stil.css").touch()
    (shared / "rundt").symlink_to(shared)
    (root / "_extensions").symlink_to(shared)
    assert sorted(sources(root)) == ["_extensions/stil.css", "_quarto.yml", "data/a.csv"]
