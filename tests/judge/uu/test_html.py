"""The audit of the web pages finds nothing on the real pages in any state, and finds what is broken on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from notat.cli.render import build
from notat.judge.uu import html as audited
from notat.judge.uu.html import STATES, audit_html
from notat.judge.uu.html.browser import chromium
from notat.project.config import read_config

needs_chromium = pytest.mark.skipif(chromium() is None, reason="Sidene prøves i Chromium, som ikke er installert her.")
_PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
_PAGES = [chapter.slug for chapter in read_config(Path(__file__).parents[3]).chapters]


@pytest.fixture(scope="session")
def audit(published):
    pages = [f"{file.slug}.html" for file in read_config(published).chapters]
    return audit_html(published / "_output", pages)


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("state", ["", *STATES])
@pytest.mark.parametrize("slug", _PAGES)
def test_nothing_is_wrong_with_a_page_in_any_state(audit, slug, state):
    on_page = [breach for breach in audit.breaches if breach.where.startswith(f"{slug}.html")]
    assert [breach for breach in on_page if state in breach.where or "alle tilstander" in breach.where] == []


@pytest.mark.browser
@needs_chromium
def test_the_audit_looks_at_everything_that_it_can(audit):
    assert audit.format == "html"
    assert audit.tool.startswith("axe-core 4.")
    assert not audit.skipped
    by_axe = {"1.1.1", "1.3.1", "1.4.1", "1.4.3", "2.4.4", "3.1.1", "3.3.2", "4.1.2"}
    by_us = {"1.4.4", "1.4.10", "1.4.12", "2.1.1", "2.1.2", "2.4.1", "2.4.2", "2.4.3", "2.4.7"}
    assert by_axe | by_us <= audit.tested


def broken(output, name, body, head="", **changed):
    """A copy of a page with this in its article and its head, under a title of its own."""
    text = (output / "arbeid.html").read_text(encoding="utf-8")
    changes = {"<title>": f"<title>{name}: ", "</head>": f"{head}</head>", "</article>": f"{body}</article>"}
    for old, new in (changes | changed.get("also", {})).items():
        assert old in text
        text = text.replace(old, new)
    (output / f"{name}.html").write_text(text, encoding="utf-8")


_CSS = """
  #svak { color: light-dark(#000000, #444444); }
  #gjemt { color: light-dark(#bbbbbb, #ffffff); }
  .svak { color: #cccccc; }
  #flate { position: relative; z-index: -1; height: 3rem; margin-top: -3rem; background: #000000; }
  #usynlig:focus-visible { outline: none; }
  #liten { display: block; width: 12px; height: 12px; padding: 0; border: 0; }
  #urolig { animation: urolig 1s infinite; }
  @keyframes urolig { to { opacity: 0.9; } }
  #skaaret { width: 6rem; overflow: hidden; white-space: nowrap; }
  #bred { width: 2000px; }
"""
_TRAP = """
  addEventListener("keydown", (event) => {
    if (event.key === "Tab" && event.target.id === "felle") event.preventDefault();
  });
"""
_MANY = f"""
  <p><img id="bilde" src="{_PIXEL}"></p>
  <p id="svak">Svak tekst.</p>
  <details><summary>Mer</summary><p id="gjemt">Svak tekst som er gjemt.</p></details>
  <p class="svak" id="ene">Like ord.</p><p class="svak" id="andre">Like ord.</p>
  <p id="likt">Ord som alle andre.</p><p id="bak">Ord som alle andre.</p><div id="flate"></div>
  <p><a id="usynlig" href="index.html">Lenke</a></p>
  <button id="liten" aria-label="Knapp"></button>
  <p id="urolig">Urolig tekst.</p>
  <p id="skaaret">En lang linje med tekst som ikke får plass.</p>
"""
_TRAPPED = '<p><a id="felle" href="index.html">Herfra</a> <a href="index.html">og dit</a></p>'
_SKIP = '<a class="skip" href="#innhold">Hopp til innholdet</a>'


@pytest.mark.browser
@needs_chromium
def test_each_thing_broken_is_found_where_it_is_and_nothing_else(note):
    build(note, ["html"])
    output = note / "_output"
    (output / "ressurser" / "brudd.css").write_text(_CSS, encoding="utf-8")
    (output / "ressurser" / "felle.js").write_text(_TRAP, encoding="utf-8")
    style = '<link rel="stylesheet" href="ressurser/brudd.css">'
    (output / "lik.html").write_bytes((output / "arbeid.html").read_bytes())
    broken(output, "mange", _MANY, style)
    broken(output, "bred", '<p id="bred">Bred tekst.</p>', style)
    broken(output, "felle", _TRAPPED, '<script src="ressurser/felle.js"></script>')
    broken(output, "fremmed", '<p><img src="https://example.org/x.png" alt="Et bilde"></p>', also={_SKIP: ""})

    audit = audit_html(output, [f"{name}.html" for name in ("fremmed", "arbeid", "lik", "mange", "bred", "felle")])
    found = {(breach.rule, breach.where.split(" (")[0], *breach.criteria) for breach in audit.breaches}
    assert found == {
        ("tittel", "arbeid.html", "2.4.2"),
        ("tittel", "lik.html", "2.4.2"),
        ("image-alt", "mange.html: #bilde", "1.1.1"),
        ("color-contrast", "mange.html: #svak", "1.4.3"),
        ("color-contrast", "mange.html: #gjemt", "1.4.3"),
        *(("color-contrast", f"mange.html: #{alike}", "1.4.3") for alike in ("ene", "andre")),
        ("color-contrast", "mange.html: #bak", "1.4.3"),
        ("synlig-fokus", "mange.html: #usynlig", "2.4.7"),
        ("trykkflate", "mange.html: #liten"),
        ("bevegelse", "mange.html: #urolig"),
        *(("avskåret", "mange.html: #skaaret", criterion) for criterion in ("1.4.4", "1.4.10", "1.4.12")),
        *(("ombrekking", "bred.html: #bred", criterion) for criterion in ("1.4.4", "1.4.10", "1.4.12")),
        ("tastaturfelle", "felle.html: #felle", "2.1.2"),
        ("annen-vert", "fremmed.html"),
        ("hopplenke", "fremmed.html", "2.4.1"),
    }
    where = {breach.where for breach in audit.breaches}
    image = next(one for one in where if one.startswith("mange.html: #bilde ("))
    # In the dark the audit may look once more, at what has changed since; in the light it always looks at everything.
    assert all(state in image for state in STATES if "lyst" in state)
    assert "mange.html: #svak (bredt, mørkt, som åpnet; smalt, mørkt, som åpnet)" in where
    assert "mange.html: #gjemt (bredt, lyst, alt åpent; smalt, lyst, alt åpent)" in where
    assert "bred.html: #bred (320 piksler)" in where
    assert "felle.html: #felle" in where


def test_without_chromium_the_audit_says_why_it_did_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(audited, "chromium", lambda: None)
    audit = audit_html(tmp_path, ["index.html"])
    assert "Installer" in audit.skipped
    assert not audit.breaches
    assert not audit.tested
