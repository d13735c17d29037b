"""The panel of the web pages: safe data, and in a real browser a button that opens, explains and closes."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace

import pytest

from notat.cli.render import build
from notat.judge.checks import checksums
from notat.judge.uu.html.browser import open_window
from notat.project.project import Project
from notat.show.appendix import explanations
from notat.show.authoring import numbers
from notat.show.panel import panel_data, panel_script, write_panel

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Opens the first number, records the state, closes it with Escape, and records that too.
PROBE = """\
addEventListener("load", async () => {
  const all = [...document.querySelectorAll(".tall")];
  const button = all[0];
  const seen = () => {
    const panel = document.getElementById("tallpanel");
    const names = ["role", "tabindex", "aria-expanded", "aria-controls", "aria-haspopup"];
    return {
      attributes: Object.fromEntries(names.map((name) => [name, button.getAttribute(name)])),
      role: panel.getAttribute("role"), name: panel.getAttribute("aria-label"), hidden: panel.hidden,
      text: panel.innerText, focus: document.activeElement === button ? "button" : document.activeElement.id,
      links: [...panel.querySelectorAll("a")].map((link) => link.href),
      images: document.querySelectorAll(".tallpanel img").length,
    };
  };
  const key = (target, name) => target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
  const box = document.querySelector(".tallbryter input");
  const out = { unasked: all.map((node) => node.getAttribute("role")), loaded: "notatTall" in window };
  box.click(); out.before = seen(); out.roles = all.map((node) => node.getAttribute("role"));
  out.remembered = localStorage.getItem("notat-tallgrunnlag");
  const loaded = () => new Promise((resolve) => {
    const look = () => ("notatTall" in window ? setTimeout(resolve, 50) : setTimeout(look, 10));
    look();
  });
  button.focus(); key(button, "Enter"); await loaded();
  out.short = seen(); document.querySelector(".tallpanel details").open = true; out.open = seen();
  document.querySelector(".tallpanel-kopier").click();
  const said = document.querySelector(".tallpanel [role='status']");
  for (let turn = 0; turn < 100 && !said.textContent; turn++) await new Promise((resolve) => setTimeout(resolve, 100));
  out.copied = said.textContent;
  key(document.activeElement, "Escape"); out.escaped = seen();
  button.click(); out.clicked = seen();
  document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true })); out.outside = seen();
  box.click(); out.off = all.map((node) => node.getAttribute("role"));
  const answer = document.createElement("pre");
  answer.id = "svar";
  answer.textContent = JSON.stringify(out);
  document.body.append(answer);
});
"""


@pytest.fixture
def known(note):
    return explanations(Project(note), numbers())


def content(script):
    match = re.fullmatch(r"window\.notatTall = (.*);\n", script, re.DOTALL)
    return json.loads(match[1])


def test_the_script_holds_the_explanation_of_every_number(known):
    data = content(panel_script(known, "tallgrunnlag.html"))
    assert set(data["tall"]) == {"alle", "endring", "lav", "hoy"}
    number = data["tall"]["hoy"]
    assert number["verdi"] == "37\u00a0%"
    assert number["rad"] == "tallgrunnlag.html#tall-hoy"
    assert number["celler"][0]["sted"] == "data/arbeid.csv, linje 5"
    assert data["kilder"]["ssb"]["utgiver"] == "Statistisk sentralbyrå"


def test_no_text_of_the_data_can_end_the_script(note):
    table = note / "data" / "arbeid.csv"
    nasty = "</script><img src=x onerror=alert(1)>&"
    text = table.read_text(encoding="utf-8").replace("prosent,1,,,ssb,\n", f"prosent,1,,,ssb,{nasty}\n")
    table.write_text(text, encoding="utf-8")
    known = explanations(Project(note), numbers())
    known["lav"] = replace(known["lav"], meaning="\u2028\u2029")  # which the reader of the data refuses
    script = panel_script(known, "")
    assert not set(script) & set("<>&\u2028\u2029")
    assert content(script)["tall"]["hoy"]["celler"][0]["merknad"] == nasty
    assert content(script)["tall"]["lav"]["hva"] == "\u2028\u2029"


def test_the_files_lie_where_the_pages_look_for_them(note):
    build(note, ["html"])
    output = note / "_output"
    script = '<script src="ressurser/panel.js" defer></script>'
    assert script in (output / "index.html").read_text(encoding="utf-8")
    assert script not in (output / "litteratur.html").read_text(encoding="utf-8")  # it has no numbers
    assert all((output / "ressurser" / name).is_file() for name in ("tall.js", "panel.js"))


def test_quarto_pages_get_the_same_files(note):
    write_panel(Project(note), note / "_book", panel_data(Project(note), nested=True))
    loader = (note / "_extensions/notat/panel.html").read_text(encoding="utf-8")
    for name in ("panel.js", "figur.js"):
        assert (note / "_book" / "ressurser" / name).is_file()
        assert f'"{name}"' in loader
    assert (note / "_book/ressurser/tall.js").is_file()  # read when a reader asks for a number
    assert "include-after-body: panel.html" in (note / "_extensions/notat/_extension.yml").read_text(encoding="utf-8")


def probed(folder):
    """What the probe finds on the first chapter's page, under the page's own security policy."""
    page = folder / "arbeid.html"
    text = page.read_text(encoding="utf-8").replace(
        "</head>", '<script src="ressurser/probe.js" defer></script></head>'
    )
    page.write_text(text, encoding="utf-8")
    (folder / "ressurser" / "probe.js").write_text(PROBE, encoding="utf-8")
    with open_window(BROWSER) as window:
        opened = window.new_page()
        opened.goto(page.as_uri())
        return json.loads(opened.locator("#svar").text_content())


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="Panelet prøves i Chromium, som ikke er installert her.")
def test_a_number_opens_explains_itself_and_closes(note, declare, tmp_path):
    table = note / "data" / "arbeid.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("5566,personer,1,,,ssb,", "5566,personer,1,,,ssb,<img src=x>"), encoding="utf-8")
    (note / "data" / "gammelt.csv").write_text("id,trykt\nendring,5 560\n", encoding="utf-8")
    declare(note, trykt="gammelt.csv")
    with (note / "chapters/arbeid.qmd").open("a", encoding="utf-8") as chapter:
        chapter.write('\nMinst er `{python} tall("lav", ord=True)`.\n')
    checksums.write(note)
    build(note, ["html"])
    out = probed(note / "_output")

    assert (out["unasked"], out["loaded"]) == ([None] * 3, False)
    assert out["roles"] == ["button", "button", None]  # the last is a word
    assert (out["remembered"], out["off"]) == ("ja", [None] * 3)
    closed = {"role": "button", "tabindex": "0", "aria-expanded": "false", "aria-controls": "tallpanel"}
    assert out["before"]["attributes"] == {**closed, "aria-haspopup": "dialog"}
    assert out["before"]["hidden"]

    short = out["short"]["text"].replace("\u00a0", " ")
    assert "Flere sysselsatte, Trøndelag, 4. kvartal 2021 til 4. kvartal 2022" in short
    assert "Kilde: Sysselsetting, Statistisk sentralbyrå" in short
    assert "Lest av kilden" not in short  # for those who ask how it was found
    copied = out["copied"].replace("\u00a0", " ")
    assert copied == " Kopiert." or copied.startswith(" 5 566: Flere sysselsatte, Trøndelag")
    opened = out["open"]
    assert not opened["hidden"]
    assert opened["attributes"]["aria-expanded"] == "true"
    assert (opened["role"], opened["focus"]) == ("dialog", "tallpanel")
    assert opened["name"].replace("\u00a0", " ") == "Om tallet 5 566"
    said = opened["text"].replace("\u00a0", " ")
    for words in (
        "5 566",
        "Flere sysselsatte",
        "Lest av kilden",
        "data/arbeid.csv, linje 3",
        "Sysselsetting, Statistisk sentralbyrå",
        "Mot 2019",
        "rettet (i 2019: «5 560»)",
        "<img src=x>",
    ):
        assert words in said, words
    assert opened["images"] == 0

    for state in ("escaped", "outside"):
        assert out[state]["hidden"]
        assert out[state]["attributes"]["aria-expanded"] == "false"
    assert out["escaped"]["focus"] == "button"
    assert not out["clicked"]["hidden"]


@pytest.mark.browser
@pytest.mark.skipif(BROWSER is None, reason="Panelet prøves i Chromium, som ikke er installert her.")
def test_the_panel_says_so_where_the_explanations_cannot_be_read_and_reads_them_when_they_can(note):
    build(note, ["html"])
    script = note / "_output" / "ressurser" / "tall.js"
    content = script.read_bytes()
    script.unlink()
    with open_window(BROWSER) as context:
        page = context.new_page()
        page.goto((note / "_output" / "arbeid.html").as_uri())
        page.locator(".tallbryter input").check()
        number = page.locator(".tall[role=button]").first
        number.click()
        panel = page.locator("#tallpanel")
        panel.get_by_text("Grunnlaget kunne ikke leses. Prøv igjen.").wait_for()
        page.keyboard.press("Escape")
        script.write_bytes(content)
        number.click()
        panel.get_by_text("Kilde:").wait_for()
