"""Run axe-core, which tests what the markup and the colours of a page say by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext

from notat.judge.uu.html.browser import Observation, Watch

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
_FILE = Path(__file__).parents[1] / "axe-core" / "axe.min.js"
_CRITERION = re.compile(r"wcag(\d)(\d)(\d+)")
# Bokmål for the rules that a page like ours could break; axe's own texts say what a rule requires, not what is wrong.
_WORDS = {
    "aria-allowed-attr": "Elementet har et ARIA-attributt som rollen ikke tillater.",
    "aria-hidden-focus": "Noe som er skjult for skjermlesere, kan få fokus.",
    "aria-required-children": "Rollen mangler innholdet den krever.",
    "aria-valid-attr-value": "Et ARIA-attributt har en ugyldig verdi.",
    "button-name": "Knappen mangler tekst.",
    "color-contrast": "Teksten har for liten kontrast mot bakgrunnen.",
    "document-title": "Siden mangler tittel.",
    "duplicate-id-aria": "To elementer har samme id, og ett av dem er brukt som navn.",
    "html-has-lang": "Siden sier ikke hvilket språk den er på.",
    "image-alt": "Bildet mangler alternativ tekst.",
    "label": "Feltet mangler ledetekst.",
    "link-in-text-block": "Lenken skiller seg ikke fra teksten rundt uten farge.",
    "link-name": "Lenken mangler tekst.",
    "list": "Lista har barn som ikke er punkter.",
    "listitem": "Punktet står ikke i en liste.",
    "nested-interactive": "Noe som kan trykkes på, står inne i noe annet som kan trykkes på.",
    "scrollable-region-focusable": "Området kan rulles, men ikke nås med tastaturet.",
    "summary-name": "Overskriften på det som kan åpnes, mangler tekst.",
    "td-headers-attr": "En celle viser til en overskrift som ikke finnes.",
    "th-has-data-cells": "En tabelloverskrift har ingen celler.",
    "valid-lang": "Språkkoden er ugyldig.",
}
# The longest text of each look in `parts`; `parts` themselves where there is what this does not see through. Texts look
# alike if they are set alike, stand on the same grounds and reach equally out of them, and equal boxes are laid over or
# under them by position; and links if there is other text in the block of both, or in none.
_LOOKS = """const looks = (parts) => {
  const inside = new Set(parts.flatMap((part) => [part, ...part.querySelectorAll("*")]));
  const opaque = ":disabled, [aria-disabled], iframe";
  if ([...inside].some((node) => node.shadowRoot || node.matches(opaque))) return parts;
  const out = (a, b) => Math.max(b.left - a.left, a.right - b.right, b.top - a.top, a.bottom - b.bottom) > 1;
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const clear = "rgba(0, 0, 0, 0),none,1,none,normal,none,visible,visible";
  const known = new Map([[null, { text: "", grounds: "", frame: document.documentElement.getBoundingClientRect() }]]);
  const style = (node) => {
    if (known.has(node)) return known.get(node);
    const own = getComputedStyle(node), box = node.getBoundingClientRect(), around = style(node.parentElement);
    const text = [own.color, own.fontSize, own.fontWeight, own.textShadow, own.textDecorationLine].join();
    const ground = [own.backgroundColor, own.backgroundImage, own.opacity, own.filter, own.mixBlendMode, own.clipPath,
      own.overflow, own.visibility].join();
    const moved = own.position !== "static" || own.transform !== "none" || own.margin.includes("-");
    const inline = own.display.startsWith("inline"), loose = ground !== clear && moved;
    const layer = `${own.position} ${own.zIndex}`;
    known.set(node, { box, inline, loose, layer, text: inline ? `${around.text} ${text}` : text, ...(ground === clear
      ? { grounds: around.grounds, frame: around.frame }
      : { grounds: `${around.grounds} ${ground},${out(box, around.frame)}`, frame: box }) });
    return known.get(node);
  };
  const loose = [...document.body.querySelectorAll("*")].filter((node) => style(node).loose);
  const letters = (nodes) => nodes.map((node) => node.textContent).join("").replace(/\\s/g, "").length;
  const amongWords = (link) => {
    let block = link.parentElement;
    while (style(block).inline) block = block.parentElement;
    return letters([block]) > letters([...block.querySelectorAll("a")]);
  };
  const longest = new Map();
  for (const node of inside) {
    const length = letters([...node.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE));
    if (!length && !node.matches("input, select, textarea") || !node.checkVisibility()) continue;
    const { box, text, grounds, frame } = style(node), link = node.closest("a");
    const met = loose.filter((one) => !one.contains(node) && meet(style(one).box, box)).map((one) =>
      [style(one).grounds, style(one).layer, out(box, style(one).box), one.compareDocumentPosition(node)]);
    const look = [text, grounds, out(box, frame), link && amongWords(link), ...met].join("|");
    if (!(longest.get(look)?.length >= length)) longest.set(look, { node, length });
  }
  return [...longest.values()].map((one) => one.node);
};"""
# `only` chooses rules, or `without` turns some off; `within` are selectors. Those chosen are the ones on colours: they
# are tried on one text of each look, and if that breaks one, on every text.
_RUN = f"""async ({{only, without, within, tags}}) => {{
  {_LOOKS}
  const parts = within.length ? [...document.querySelectorAll(within.join())] : [document.documentElement];
  const run = (include) => include.length && axe.run({{ include }}, {{
    runOnly: only.length ? {{ type: "rule", values: only }} : {{ type: "tag", values: tags }},
    rules: Object.fromEntries(without.map((rule) => [rule, {{ enabled: false }}])),
    resultTypes: ["violations"], preload: false,
  }}) || {{ passes: [], violations: [] }};
  let found = await run(only.length ? looks(parts) : parts);
  if (only.length && found.violations.length) found = await run(parts);
  const short = (rule) => ({{ id: rule.id, help: rule.help, tags: rule.tags,
    nodes: rule.nodes.map((node) => node.target.flat().join(" ")) }});
  return {{ passes: found.passes.map(short), violations: found.violations.map(short) }};
}}"""
# Open everything that folds: the data behind figures, the first number in the text, the menu of a narrow window.
_UNFOLD = """async () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const numbers = document.querySelector(".tallbryter input");
  if (numbers && !numbers.checked) numbers.click();
  document.querySelector('.tall[role="button"]')?.click();
  const opened = () => document.querySelector(".tallpanel:not([hidden])");
  for (let tries = 0; numbers && !opened() && tries < 500; tries += 1) { // its explanation is loaded
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (const details of document.querySelectorAll(".tallpanel details")) details.open = true;
  const menu = document.querySelector(".menu-button");
  if (menu?.checkVisibility()) menu.click();
}"""
_SEARCH_FIELD, _SEARCHED, _SIDE = "#sok", ".sok-antall:not(:empty)", ".side"
_LETTER = "a"  # begins a word on any page
_COLOURS = ("color-contrast", "link-in-text-block")  # the rules that read colours
_UNFOLDED = ("details[open]", ".tallpanel:not([hidden])", '[aria-expanded="true"]', _SIDE)
_PATIENCE = 120_000  # milliseconds: a page answers in one, but the machine may be busy


@cache
def _source() -> str:
    return _FILE.read_text(encoding="utf-8")


def version() -> str:
    """Version of axe-core."""
    match = re.search(r"axe v([\d.]+)", _source())
    return match[1] if match else "ukjent"


def load(window: BrowserContext) -> None:
    """Bring axe into each page that the window opens: through the debugger, so that the page's own policy stays on.

    Sent to page after page, it took half as long as to open them.
    """
    window.add_init_script(f"if (window === top) {{ {_source()} }}")


def unfold(watch: Watch) -> None:
    """Open everything that folds."""
    watch.page.evaluate(_UNFOLD)


def run(watch: Watch, *, unfolded: bool, colours_only: bool) -> list[Observation]:
    """What axe reports on the page in its present state; when everything is open, also on the search with its results.

    Opening changes colours nowhere else: they are measured again only in what was opened.
    """
    observed = _run(watch, only=_COLOURS, within=_UNFOLDED if unfolded else ())
    observed += [] if colours_only else _run(watch, without=_COLOURS)
    page = watch.page
    if unfolded and page.locator(_SEARCH_FIELD).is_visible():
        page.fill(_SEARCH_FIELD, _LETTER)
        page.locator(_SEARCHED).wait_for(timeout=_PATIENCE)
        observed += _run(watch, only=_COLOURS, within=(_SIDE,))
        observed += [] if colours_only else _run(watch, without=_COLOURS, within=(_SIDE,))
        page.fill(_SEARCH_FIELD, "")
    return observed


def _run(
    watch: Watch, *, only: Sequence[str] = (), without: Sequence[str] = (), within: Sequence[str] = ()
) -> list[Observation]:
    wanted = {"only": only, "without": without, "within": within, "tags": TAGS}
    return _observations(watch, watch.page.evaluate(_RUN, wanted))


def _observations(watch: Watch, result: dict[str, list[dict[str, Any]]]) -> list[Observation]:
    met = [watch.observation(rule["id"], "", "", _criteria(rule)) for rule in result["passes"]]
    broken = [
        watch.observation(rule["id"], node, _WORDS.get(rule["id"], f"axe: «{rule['help']}»."), _criteria(rule))
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
    return met + broken


def _criteria(rule: dict[str, Any]) -> tuple[str, ...]:
    return tuple(".".join(match.groups()) for tag in rule["tags"] if (match := _CRITERION.fullmatch(tag)))


def criteria(observed: Iterable[Observation]) -> set[str]:
    """The criteria that some rule was applied to."""
    return {criterion for one in observed for criterion in one.criteria}
