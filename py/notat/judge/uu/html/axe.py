"""Run axe-core, which tests what the markup and the colours of a page say by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

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
# `wanted` chooses rules, `rules` turns some off; `within` are selectors, of which those without a match are left out.
_RUN = """async ({wanted, rules, within}) => {
  const parts = within.filter((one) => document.querySelector(one)).map((one) => [one]);
  if (within.length && !parts.length) return { passes: [], violations: [] };
  const found = await axe.run(parts.length ? { include: parts } : document, {
    runOnly: wanted, rules, resultTypes: ["violations"], preload: false,
  });
  const short = (rule) => ({ id: rule.id, help: rule.help, tags: rule.tags,
    nodes: rule.nodes.map((node) => node.target.flat().join(" ")) });
  return { passes: found.passes.map(short), violations: found.violations.map(short) };
}"""
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


def load(watch: Watch) -> None:
    """Bring axe into the page: through the debugger, so that the page's own security policy stays on."""
    watch.page.evaluate(_source())


def unfold(watch: Watch) -> None:
    """Open everything that folds."""
    watch.page.evaluate(_UNFOLD)


def run(watch: Watch, *, unfolded: bool, colours_only: bool) -> list[Observation]:
    """What axe reports on the page in its present state; when everything is open, also on the search with its results.

    Contrast takes most of the time, and opening changes it nowhere else: it is measured again only in what was opened.
    """
    if not unfolded:
        return _run(watch, only=_COLOURS if colours_only else ())
    page = watch.page
    observed = _run(watch, only=_COLOURS, within=_UNFOLDED)
    observed += [] if colours_only else _run(watch, without=_COLOURS)
    if page.locator(_SEARCH_FIELD).is_visible():
        page.fill(_SEARCH_FIELD, _LETTER)
        page.locator(_SEARCHED).wait_for(timeout=_PATIENCE)
        observed += _run(watch, only=_COLOURS if colours_only else (), within=(_SIDE,))
        page.fill(_SEARCH_FIELD, "")
    return observed


def _run(
    watch: Watch, *, only: Sequence[str] = (), without: Sequence[str] = (), within: Sequence[str] = ()
) -> list[Observation]:
    rules = {rule: {"enabled": False} for rule in without}
    wanted = {"type": "rule", "values": only} if only else {"type": "tag", "values": TAGS}
    return _observations(watch, watch.page.evaluate(_RUN, {"wanted": wanted, "rules": rules, "within": within}))


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
