"""What the PDF embeds: the whole data package and the numbers with their provenance, byte for byte."""

from __future__ import annotations

import csv
import io
import json
import re
from fractions import Fraction
from pathlib import Path

import pikepdf
import pytest

from notat.data import dataset
from notat.numbers.indicators import Numbers
from notat.project.config import read_config
from notat.project.manifest import manifest_of
from notat.project.project import Project
from notat.readback.read import read_output
from notat.show.appendix import explanations
from notat.show.authoring import Inline, numbers, tall
from notat.show.embedded import numbers_files, write_embedded
from notat.show.overview import used_numbers
from notat.text.paths import visible_files

PACKAGE = ("arbeid.csv", "datapackage.json", "kilder.csv", "kontroll.sha256", "skjema.json")
OWN = {"tall-i-teksten.csv", "tall-i-teksten.json", "manifest.json"}


@pytest.fixture(scope="module")
def carried(published):
    """Every embedded file: its specification and its bytes, by name."""
    with pikepdf.open(published / "_output" / "diskusjonsnotat.pdf") as pdf:
        found = {}
        for specification in pdf.Root.AF:
            stream = specification.EF.F
            found[str(specification.UF)] = {
                "relationship": str(specification.AFRelationship),
                "description": str(specification.Desc),
                "type": str(stream.Subtype),
                "date": str(stream.Params.ModDate),
                "bytes": stream.read_bytes(),
            }
        in_tree = {name: attached.get_file().read_bytes() for name, attached in pdf.attachments.items()}
        assert in_tree == {name: entry["bytes"] for name, entry in found.items()}
        return found


def test_the_pdf_carries_every_file_of_the_data_package_as_it_is(published, carried):
    folder = published / "data"
    files = {file.relative_to(folder).as_posix(): file for file in visible_files(folder)}
    assert carried.keys() == files.keys() | OWN
    for name, file in files.items():
        assert carried[name]["bytes"] == file.read_bytes(), name


def test_saved_in_one_folder_they_are_a_package_that_is_whole(carried, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    for name, entry in carried.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(entry["bytes"])
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == len(json.loads(carried["datapackage.json"]["bytes"])["resources"]) > 0


def test_each_has_type_description_relationship_and_the_date_of_the_note(published, carried):
    date = read_config(published).date
    tables = {resource["path"] for resource in json.loads(carried["datapackage.json"]["bytes"])["resources"]}
    kinds = {"csv": "/text/csv", "json": "/application/json", "txt": "/text/plain", "sha256": "/text/plain"}
    for name, entry in carried.items():
        assert entry["type"] == kinds[name.split(".")[-1]], name
        assert len(entry["description"]) > 3, name
        assert entry["description"] != "Del av datapakken", name
        assert entry["date"].startswith(f"D:{date:%Y%m%d}"), name
        assert entry["relationship"] == ("/Data" if name in tables else "/Supplement"), name


def test_the_manifest_in_the_pdf_is_the_one_beside_it_without_what_is_said_of_the_outputs(published, carried):
    beside = json.loads((published / "_output" / "manifest.json").read_text(encoding="utf-8"))
    assert beside.pop("outputs")
    assert beside.pop("pages_by")
    assert json.loads(carried["manifest.json"]["bytes"]) == beside


def test_the_table_of_numbers_has_each_number_of_the_text_as_it_is_printed(published, carried):
    rows = {
        row["id"]: row
        for row in csv.DictReader(io.StringIO(carried["tall-i-teksten.csv"]["bytes"].decode(), newline=""))
    }
    used = {id_ for source in Project(published).chapters for id_ in used_numbers(source)}
    assert rows.keys() == used
    printed = read_output(published / "_output", "pdf", read_config(published).documents)
    text = _letters(" ".join(block.text for block in printed.blocks))
    assert not [row["trykt"] for row in rows.values() if _letters(row["trykt"]) not in text]
    objects = json.loads(carried["tall-i-teksten.json"]["bytes"])["tall"]
    assert {entry["id"]: entry["trykt"] for entry in objects} == {id_: row["trykt"] for id_, row in rows.items()}


def test_the_table_says_what_the_chapters_say(published, carried, monkeypatch):
    monkeypatch.chdir(published)
    numbers.cache_clear()
    rows = {
        row["id"]: row
        for row in csv.DictReader(io.StringIO(carried["tall-i-teksten.csv"]["bytes"].decode(), newline=""))
    }
    compared = 0
    for id_, row in rows.items():
        if numbers()[id_].quantity.unit != "andel":  # shares are words in the text
            shown: Inline = tall(id_)
            assert shown.text in row["trykt"], id_
            compared += 1
    numbers.cache_clear()
    assert compared


def test_every_cell_leads_to_its_line(published, carried):
    lines = {
        name: carried[name]["bytes"].decode().splitlines()
        for name in carried
        if name.endswith(".csv") and name not in OWN
    }
    cells = [cell for entry in json.loads(carried["tall-i-teksten.json"]["bytes"])["tall"] for cell in entry["celler"]]
    assert cells
    for cell in cells:
        folder, name = cell["fil"].split("/", 1)
        assert folder == "data"
        row = dict(zip(*(next(csv.reader([lines[name][line]])) for line in (0, cell["linje"] - 1)), strict=True))
        [printed] = re.findall(r"^−?\d[\d\s]*(?:,\d+)?", cell["verdi"])
        assert Fraction(row["verdi"]) == Fraction(re.sub(r"\s", "", printed).replace(",", ".").replace("−", "-")), cell
        # A series has one source, which its description in the data package names.
        assert row.get("kilde", cell["kilde"]) == cell["kilde"]


def embed(project):
    write_embedded(project, numbers_files(project, Numbers(project.data)), manifest_of(project))


def test_the_list_that_typst_reads_is_rooted_in_the_project(note):
    embed(Project(note))
    listed = json.loads((note / "_innebygd" / "filer.json").read_text(encoding="utf-8"))
    assert {entry["name"] for entry in listed} == {*OWN, *PACKAGE}
    for entry in listed:
        assert Path(str(note) + entry["path"]).is_file()


def test_what_was_embedded_before_and_is_gone_is_not_embedded_again(note):
    (note / "_innebygd").mkdir()
    (note / "_innebygd" / "gammel.csv").touch()
    embed(Project(note))
    assert not (note / "_innebygd" / "gammel.csv").exists()


def test_a_data_file_whose_name_is_taken_is_refused(note, refused):
    (note / "data" / "tall-i-teksten.csv").write_text("a\n", encoding="utf-8")
    with refused("data/tall-i-teksten.csv", None, "opptatt"):
        write_embedded(
            Project(note), numbers_files(Project(note), Numbers(dataset.load(note))), manifest_of(Project(note))
        )


def test_an_unknown_number_is_told_with_its_chapter(note, refused):
    chapter = note / "chapters" / "arbeid.qmd"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace('"endring"', '"endrng"'), encoding="utf-8")
    with pytest.raises(Exception, match=r"^chapters/arbeid\.qmd:7: Ukjent tall «endrng»"):
        explanations(Project(note), Numbers(dataset.load(note)))


def _letters(text):
    return re.sub(r"[\W_]", "", text)
