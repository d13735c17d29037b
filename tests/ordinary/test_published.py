"""Only what the data package registers is published."""

from __future__ import annotations

import zipfile

import pikepdf
import pytest

CHAPTER = "# Prøve {#sec-prove}\n\nTekst.\n"


@pytest.mark.parametrize("name", ["data/raa/personer.csv", "data/utkast.csv"])
def test_raw_material_that_no_list_names_stops_the_note(try_chapter, refused, name):
    with refused(name, None, "Ingen liste nevner fila"):
        try_chapter(CHAPTER, {name: "navn\nKari\n"})


def test_hidden_files_of_data_are_not_published(rebuild):
    made = rebuild(CHAPTER, {"data/.skjult": "hemmelig"})
    published = {file.relative_to(made.folder / "data").as_posix() for file in (made.folder / "data").rglob("*")}
    assert {"arbeid.csv", "datapackage.json", "kilder.csv", "skjema.json"} <= published
    with zipfile.ZipFile(made.folder / "diskusjonsnotat-data.zip") as archive:
        zipped = set(archive.namelist())
    with pikepdf.open(made.folder / "diskusjonsnotat.pdf") as pdf:
        attached = set(pdf.attachments)
    assert not any(file.endswith(".skjult") for file in (*published, *zipped, *attached))
