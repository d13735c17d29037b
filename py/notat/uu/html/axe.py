"""Run axe-core, which tests what the markup and the colours of a page say by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python

from notat.uu.html.browser import Observation, Watch

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
_CRITERION = re.compile(r"wcag(\d)(\d)(\d+)")
# Bokmål for the rules that a page like ours could break; axe's own bokmål is not in the package that carries it.
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
# `within` are selectors, of which those that match nothing are left out; `rules` turns single rules off.
_RUN = """async ({tags, rules, within}) => {
  const parts = within.filter((one) => document.querySelector(one)).map((one) => [one]);
  if (within.length && !parts.length) return { passes: [], violations: [] };
  const found = await axe.run(parts.length ? { include: parts } : document, {
    runOnly: Array.isArray(tags) ? { type: "tag", values: tags } : { type: "rule", values: [tags] },
    rules, resultTypes: ["violations"], preload: false,
  });
  const short = (rule) => ({ id: rule.id, help: rule.help, tags: rule.tags,
    nodes: rule.nodes.map((node) => node.target.flat().join(" ")) });
  return { passes: found.passes.map(short), violations: found.violations.map(short) };
}"""
# Open everything that folds: the data behind figures, the first number in the text, the menu of a narrow window.
_UNFOLD = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  document.querySelector('.tall[role="button"]')?.click();
  const menu = document.querySelector(".menu-button");
  if (menu?.checkVisibility()) menu.click();
}"""
_SEARCH_FIELD, _SEARCHED, _SIDE = "#sok", ".sok-antall:not(:empty)", ".side"
_LETTER = "a"  # begins a word on any page
_CONTRAST = "color-contrast"
_UNFOLDED = ("details[open]", ".tallpanel:not([hidden])", '[aria-expanded="true"]', _SIDE)
_PATIENCE = 10_000  # milliseconds


@cache
def _source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def version() -> str:
    """Version of axe-core."""
    match = re.search(r"axe v([\d.]+)", _source())
    return match[1] if match else "ukjent"


def run(watch: Watch, *, unfolded: bool) -> list[Observation]:
    """What axe says of the page as it stands, or when everything is open; then also of the search with its results.

    Contrast takes most of the time, and opening changes it nowhere else: it is measured again only in what was opened.
    """
    page = watch.page
    if not unfolded:
        # Through the debugger: the page's own security policy holds for everything else.
        page.evaluate(_source())
        return _run(watch)
    page.evaluate(_UNFOLD)
    observed = _run(watch, without=_CONTRAST) + _run(watch, only=_CONTRAST, within=_UNFOLDED)
    if page.locator(_SEARCH_FIELD).is_visible():
        page.fill(_SEARCH_FIELD, _LETTER)
        page.locator(_SEARCHED).wait_for(timeout=_PATIENCE)
        observed += _run(watch, within=(_SIDE,))
    return observed


def _run(watch: Watch, *, only: str = "", without: str = "", within: Sequence[str] = ()) -> list[Observation]:
    rules = {without: {"enabled": False}} if without else {}
    return _observations(watch, watch.page.evaluate(_RUN, {"tags": only or TAGS, "rules": rules, "within": within}))


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
