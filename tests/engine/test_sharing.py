"""What a page says of itself to search engines and to services that share it, and what it takes to load it."""

from __future__ import annotations

import re
import struct

import pytest
from lxml import html

from notat.cli.render import build
from notat.engine.write.sharing import SIZE, describe

SITE = "https://notat.fylket.no/kompetanse"


def head(page):
    root = html.parse(page).getroot()
    pairs = [(meta.get("name") or meta.get("property"), meta.get("content")) for meta in root.xpath("//head/meta")]
    return dict(pairs), {link.get("rel"): link.get("href") for link in root.xpath("//head/link")}


@pytest.fixture
def published_at(rendered):
    def build_at(site):
        file = rendered / "_quarto.yml"
        added = f"  site-url: {site}\n" if site else ""
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("  output-file:", f"{added}  output-file:"), encoding="utf-8")
        build(rendered, ["html"])
        return rendered / "_output"

    return build_at


def test_the_description_is_the_beginning_of_the_text_in_whole_words():
    body = "<section><h1>Arbeid</h1>{}<section><h2>Mer</h2><p>Inni <b>her</b>.</p></section></section>"
    assert describe(body.format("<p>Kort\u00a0tekst.</p>")) == "Kort tekst."
    assert describe(body.format("")) == "Inni her."
    long = describe(body.format(f"<p>{'ord, ' * 100}</p>"))
    assert long == f"{'ord, ' * 39}ord …"
    assert describe("<section><h1>Bare tittel</h1></section>") == ""


def test_a_page_has_its_address_and_a_picture_where_the_note_has_an_address(published_at):
    output = published_at(SITE)
    for name, address in (("index.html", f"{SITE}/"), ("arbeid.html", f"{SITE}/arbeid.html")):
        meta, links = head(output / name)
        assert links["canonical"] == meta["og:url"] == address
        assert meta["og:image"] == f"{SITE}/ressurser/delebilde.png"
    picture = (output / "ressurser/delebilde.png").read_bytes()
    assert struct.unpack(">II", picture[16:24]) == SIZE == (int(meta["og:image:width"]), int(meta["og:image:height"]))
    assert meta["og:locale"] == "nb_NO"
    assert meta["og:site_name"] == "Trøndelag fylkeskommune"  # of _brand.yml
    assert meta["og:title"] == "Arbeid"
    assert meta["og:description"] == meta["description"]
    assert meta["description"].startswith("Veksten var 5 566")


def test_without_an_address_nothing_is_said_of_it(published_at):
    output = published_at("")
    meta, links = head(output / "arbeid.html")
    assert "canonical" not in links
    assert not {"og:url", "og:image"} & set(meta)
    assert (output / links["apple-touch-icon"]).is_file()


def test_a_picture_of_more_words_than_one_has_room_for_is_one_picture(note):
    file = note / "_quarto.yml"
    authors = "".join(f"    - Forfatter nummer {number} av mange\n" for number in range(60))
    text = re.sub(r"^  author:.*\n", f"  author:\n{authors}", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert authors in text
    file.write_text(text, encoding="utf-8")
    build(note, ["html"])
    picture = (note / "_output/ressurser/delebilde.png").read_bytes()
    assert struct.unpack(">II", picture[16:24]) == SIZE


@pytest.mark.parametrize("site", [SITE, ""])
def test_a_page_for_addresses_that_lead_nowhere_leads_to_the_note_from_wherever_it_is_shown(published_at, site):
    output = published_at(site)
    page = html.parse(output / "404.html").getroot()
    meta, links = head(output / "404.html")
    start = f"{site}/" if site else ""
    assert page.xpath("string(//h1)") == "Fant ikke siden"
    assert meta["robots"] == "noindex"
    assert "canonical" not in links
    assert {f"{start}index.html", f"{start}arbeid.html"} <= set(page.xpath("//a/@href"))
    found = [address for address in page.xpath("//@href | //@src") if not address.startswith(("#", "data:"))]
    own = [address.removeprefix(start) for address in found if address.startswith(start)]
    assert "ressurser/sok.js" in own
    made = [address for address in own if "://" not in address and not address.endswith((".pdf", ".docx"))]
    assert [address for address in made if not (output / address.split("#")[0]).exists()] == []
    if site:
        assert [address for address in found if "://" not in address] == []
