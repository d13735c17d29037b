"""Audit the web pages in a real Chromium: axe on every page in every state, and what axe cannot see.

A state is a width, a colour scheme, and whether everything that folds is open. The pages are opened from disk under
their own security policy, as for a reader.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

from notat.judge.uu import Audit, Breach
from notat.judge.uu.html import axe, document, keyboard, layout
from notat.judge.uu.html.browser import Observation, Watch, chromium, open_window

WIDTHS = {"bredt": 1280, "smalt": 360}
SCHEMES: dict[str, Literal["light", "dark"]] = {"lyst": "light", "mørkt": "dark"}
FOLDS = ("som åpnet", "alt åpent")
STATES = tuple(f"{width}, {scheme}, {fold}" for width in WIDTHS for scheme in SCHEMES for fold in FOLDS)
_SKIPPED = "Fant ingen Chromium. Installer chromium, eller sett NOTAT_CHROMIUM til programmet."
_WORKERS = 2


def audit_html(folder: Path, pages: list[str]) -> Audit:
    """Audit these pages of `folder`, given by file name («index.html»)."""
    program = chromium()
    if program is None:
        return Audit("html", "axe", skipped=_SKIPPED)
    with ThreadPoolExecutor(_WORKERS) as pool:
        jobs = [pool.submit(_own_rules, program, folder, pages)]
        jobs += [pool.submit(_axe, program, folder, pages, width) for width in WIDTHS]
        observed = [one for job in jobs for one in job.result()]
    tested = axe.criteria(observed) | document.CRITERIA | keyboard.CRITERIA | layout.CRITERIA
    return Audit("html", f"axe-core {axe.version()} og egne regler", frozenset(tested), _breaches(observed))


def _axe(program: str, folder: Path, pages: list[str], width: str) -> list[Observation]:
    """What axe reports on the pages in a window of this width: in each scheme as opened, then with everything open."""
    observed: list[Observation] = []
    light = next(iter(SCHEMES.values()))
    with open_window(program, viewport={"width": WIDTHS[width], "height": 900}, color_scheme=light) as context:
        axe.load(context)
        for name in pages:
            with Watch(context, folder / name, name) as watch:
                for fold in FOLDS:
                    if fold != FOLDS[0]:
                        axe.unfold(watch)
                    observed += _in_both_schemes(watch, f"{width}, {{}}, {fold}", unfolded=fold != FOLDS[0])
                observed += watch.observed
    return observed


def _in_both_schemes(watch: Watch, state: str, *, unfolded: bool) -> list[Observation]:
    """All rules in the first scheme; in the second those on colours, unless more than the colours differs."""
    observed: list[Observation] = []
    shown: set[str] = set()
    for scheme, media in SCHEMES.items():
        watch.page.emulate_media(color_scheme=media)
        watch.state = state.format(scheme)
        text = watch.page.evaluate("() => document.body.innerText")
        observed += axe.run(watch, unfolded=unfolded, colours_only=text in shown)
        shown.add(text)
    watch.page.emulate_media(color_scheme=next(iter(SCHEMES.values())))
    return observed


def _own_rules(program: str, folder: Path, pages: list[str]) -> list[Observation]:
    observed: list[Observation] = []
    titles: dict[str, str] = {}
    with open_window(program, viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        for name in pages:
            with Watch(context, folder / name, name) as watch:
                titles[name] = watch.page.title()
                observed += keyboard.observe(watch)
                observed += layout.observe(watch)
                observed += document.observe(watch)
                observed += watch.observed
    return observed + document.titles(titles)


def _breaches(observed: Iterable[Observation]) -> tuple[Breach, ...]:
    """One breach for each rule and place, with all the states in which it was seen."""
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
