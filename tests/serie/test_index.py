"""The front page of a series: its units by county, with search and a map, and nothing that its policy forbids."""

from __future__ import annotations

import re

import pytest
from lxml import html

from notat.project.project import Project
from notat.serie import index
from notat.serie.units import read_units

_SQUARE = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]


@pytest.fixture
def page(the_series):
    lines = ["sted,flate,ring,lengdegrad,breddegrad"]
    for east, code in enumerate(("5001", "5002", "5601"), 10):
        lines += [f"{code},0,0,{east + x}.0,{63 + y}.0" for x, y in _SQUARE]
    (the_series / "data/grenser.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    units = [unit for unit in read_units(Project(the_series)) if unit.key in ("5001", "5003")]
    folder = the_series / "_serie"
    for unit in units:
        (folder / unit.key).mkdir(parents=True)
        (folder / unit.key / "diskusjonsnotat.pdf").touch()
    index.write(Project(the_series), folder, units, {"5003"})
    return html.fromstring((folder / "index.html").read_bytes())


def test_units_are_listed_by_name_below_their_county_with_their_files(page):
    [section] = page.xpath("//section[@class='omraade']")
    assert section.findtext("h2") == "Fylket"
    first, second = section.xpath("ul/li")
    assert [(link.get("href"), link.text) for link in first.iterfind("a")] == [
        ("5001/index.html", "Byen"),
        ("5001/diskusjonsnotat.pdf", "PDF"),
    ]
    assert "eldre" not in first.text_content()
    assert "eldre" in second.text_content()


def test_the_map_has_the_county_and_leads_to_what_is_built(page):
    [drawn] = page.xpath("//svg")
    assert drawn.get("aria-hidden") == "true"
    assert drawn.xpath("a/@href") == ["5001/index.html"]
    assert drawn.xpath("a/@tabindex") == ["-1"]
    assert drawn.xpath("//path/title/text()") == ["Byen", "Bygda"]


def test_nothing_is_inline_or_from_elsewhere(page, the_series):
    assert page.xpath("//*[@style] | //style | //script[not(@src)] | //*[@onclick]") == []
    for name in page.xpath("//link[@rel='stylesheet']/@href | //script/@src"):
        assert (the_series / "_serie" / name).is_file()
    assert page.xpath("//h1/text()") == ["Profilene"]
    assert page.xpath("//*[@role='search']//label/@for") == page.xpath("//*[@role='search']//input/@id")


def test_the_page_of_the_archive_leads_to_nothing_that_is_not_in_it(the_series):
    folder = the_series / "_serie"
    folder.mkdir()
    packed = html.fromstring(index.write(Project(the_series), folder, [], ()))
    own = html.fromstring((folder / "index.html").read_bytes())
    names = {"manifest.json", "alle.zip"}
    assert names <= set(own.xpath("//@href"))
    assert names.isdisjoint(packed.xpath("//@href"))


def test_the_page_is_in_the_language_of_the_series(the_series):
    setup = the_series / "_quarto.yml"
    setup.write_text(re.sub(r"(?m)^lang: .*$", "lang: nn-NO", setup.read_text(encoding="utf-8")), encoding="utf-8")
    folder = the_series / "_serie"
    folder.mkdir()
    index.write(Project(the_series), folder, [], ())
    found = html.fromstring((folder / "index.html").read_bytes())
    assert found.get("lang") == "nn-NO"
    assert found.findtext(".//a[@class='skip']") == "Hopp til innhaldet"
    assert "Kvar side" in found.xpath("string(//footer)")
