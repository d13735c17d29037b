"""Tests of a page as a whole: its title, its skip link, its motion, and the size of its controls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from notat.judge.uu.html.browser import Observation, Watch
from notat.judge.uu.html.keyboard import NAMED, STOPS

CRITERIA = {"2.4.1", "2.4.2"}
_SKIP = """() => {
  const first = document.querySelector("a[href], button, input");
  const target = first?.hash && document.getElementById(decodeURIComponent(first.hash.slice(1)));
  if (!target) return null;
  first.focus();
  return true;
}"""
_ARRIVED = """() => {
  const first = document.querySelector("a[href], button, input");
  const target = document.getElementById(decodeURIComponent(first.hash.slice(1)));
  return target.contains(document.activeElement);
}"""
# What moves by itself; what follows the reader's own scrolling has another timeline.
_MOVING = f"""() => {{
  {NAMED}
  const moving = document.getAnimations()
    .filter((one) => one.timeline instanceof DocumentTimeline && one.playState === "running")
    .map((one) => named(one.effect.target));
  return getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["html", ...moving] : moving;
}}"""
# A target in a line of text may be as low as the line is.
_SMALL = f"""() => {{
  {STOPS}
  const small = (element) => {{
    const style = getComputedStyle(element);
    const box = (style.opacity === "0" && element.labels?.[0] || element).getBoundingClientRect();
    return style.display !== "inline" && box.width > 0 && Math.min(box.width, box.height) < 23.5;
  }};
  return stops().filter(small).map(named);
}}"""


def observe(watch: Watch) -> list[Observation]:
    """What is wrong with the page, which must have been opened with reduced motion."""
    page = watch.page
    observed = []
    leads = page.evaluate(_SKIP)
    if leads:
        page.keyboard.press("Enter")
    if not leads or not page.evaluate(_ARRIVED):
        problem = "Siden begynner ikke med en lenke som flytter fokus til innholdet."
        observed.append(watch.observation("hopplenke", "", problem, ("2.4.1",)))
    moving = "Noe beveger seg selv om leseren har bedt om ro."
    observed += [watch.observation("bevegelse", selector, moving, ()) for selector in page.evaluate(_MOVING)]
    small = "Det er mindre enn 24 piksler å treffe."
    observed += [watch.observation("trykkflate", selector, small, ()) for selector in page.evaluate(_SMALL)]
    return observed


def titles(by_page: Mapping[str, str]) -> list[Observation]:
    """The pages whose title is empty or the same as another's."""
    count = Counter(by_page.values())
    return [
        Observation("tittel", page, "", "", f"Tittelen «{title}» er tom eller brukt på flere sider.", ("2.4.2",))
        for page, title in by_page.items()
        if not title.strip() or count[title] > 1
    ]
