"""Audit the web pages in a real Chromium: axe on every page in every state, and what axe cannot see.

A state is a width, a colour scheme, and whether everything that folds is open. The pages are opened from disk under
their own security policy, as a reader may do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from notat.uu import Audit, Breach
from notat.uu.html import axe, document, keyboard, layout
from notat.uu.html.browser import Observation, Watch, chromium, opened

WIDTHS = {"bredt": 1280, "smalt": 360}
SCHEMES = {"lyst": "light", "mørkt": "dark"}
FOLDS = ("som åpnet", "alt åpent")
STATES = tuple(f"{width}, {scheme}, {fold}" for width in WIDTHS for scheme in SCHEMES for fold in FOLDS)
_SKIPPED = "Fant ingen Chromium. Installer chromium, eller sett NOTAT_CHROMIUM til programmet."
_WORKERS = 2


def audit_html(folder: Path, pages: list[str]) -> Audit:
    """Audit these pages of `folder`, given by file name («index.html»)."""
    program = chromium()
    if program is None:
        return Audit("html", "axe", skipped=_SKIPPED)
    jobs = [(name, scheme) for name in WIDTHS for scheme in SCHEMES]
    with ThreadPoolExecutor(_WORKERS) as pool:
        # The slowest first: the rules of their own, then axe in the four windows.
        own = pool.submit(_own_rules, program, folder, pages)
        windows = [pool.submit(_axe, program, folder, pages, *job) for job in jobs]
        observed = [*own.result(), *(one for window in windows for one in window.result())]
    tested = axe.criteria(observed) | document.CRITERIA | keyboard.CRITERIA | layout.CRITERIA
    return Audit("html", f"axe-core {axe.version()} og egne regler", frozenset(tested), _breaches(observed))


def _axe(program: str, folder: Path, pages: list[str], width: str, scheme: str) -> list[Observation]:
    observed: list[Observation] = []
    options = {"viewport": {"width": WIDTHS[width], "height": 900}, "color_scheme": SCHEMES[scheme]}
    with opened(program, **options) as context:
        for name in pages:
            with Watch(context, folder / name, name) as watch:
                for fold in FOLDS:
                    watch.state = f"{width}, {scheme}, {fold}"
                    observed += axe.run(watch, unfolded=fold == FOLDS[1])
                observed += watch.observed
    return observed


def _own_rules(program: str, folder: Path, pages: list[str]) -> list[Observation]:
    observed: list[Observation] = []
    titles: dict[str, str] = {}
    with opened(program, viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        for name in pages:
            with Watch(context, folder / name, name) as watch:
                titles[name] = watch.page.title()
                observed += keyboard.observe(watch)
                observed += layout.observe(watch)
                observed += document.observe(watch)
                observed += watch.observed
    return observed + document.titles(titles)


def _breaches(observed: Iterable[Observation]) -> tuple[Breach, ...]:
    """One breach for each rule and place, with all the states that it was seen in."""
    states: dict[tuple[str, str, str, str, tuple[str, ...]], list[str]] = defaultdict(list)
    for one in observed:
        if one.problem:
            states[one.rule, one.page, one.selector, one.problem, one.criteria].append(one.state)
    return tuple(
        sorted(
            Breach(rule, _where(page, selector, seen), problem, criteria)
            for (rule, page, selector, problem, criteria), seen in states.items()
        )
    )


def _where(page: str, selector: str, seen: list[str]) -> str:
    known = [state for state in dict.fromkeys(seen) if state]
    words = "alle tilstander" if set(known) >= set(STATES) else "; ".join(known)
    place = f"{page}: {selector}" if selector else page
    return f"{place} ({words})" if words else place
