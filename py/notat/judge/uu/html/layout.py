"""Nothing is lost when the page is narrow, magnified, or set with more space between letters and lines."""

from __future__ import annotations

from notat.judge.uu.html.browser import Observation, Watch
from notat.judge.uu.html.keyboard import NAMED

CRITERIA = {"1.4.4", "1.4.10", "1.4.12"}
_WIDE, _NARROW, _HEIGHT = 1280, 320, 900
# Wider than the window, unless inside something that scrolls by itself, as tables may.
_WIDER = f"""() => {{
  {NAMED}
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (node) => /auto|scroll|hidden|clip/.test(getComputedStyle(node).overflowX);
  const free = (node) => node === document.body || (!scrolls(node) && free(node.parentElement));
  const wide = [...document.body.querySelectorAll("*")]
    .filter((node) => node.getBoundingClientRect().right > root.clientWidth + 1 && free(node.parentElement));
  const outer = wide.filter((node) => !wide.includes(node.parentElement)).map(named);
  return outer.length ? outer : ["body"];
}}"""
# Text that is cut off by its own box; what is visually hidden on purpose is one pixel or fully clipped.
_CUT = f"""() => {{
  {NAMED}
  const cut = (node) => {{
    const style = getComputedStyle(node);
    if (node.clientWidth <= 1 || style.clipPath !== "none") return false;
    const hides = (value) => value === "hidden" || value === "clip";
    const cutting = (hides(style.overflowX) && node.scrollWidth > node.clientWidth + 1)
      || (hides(style.overflowY) && node.scrollHeight > node.clientHeight + 1);
    return cutting && node.innerText?.trim(); // the text last: for all nodes it takes longer than all else
  }};
  return [...document.body.querySelectorAll("*")].filter((node) => node.checkVisibility() && cut(node)).map(named);
}}"""
_TEXT_SIZE = """(size) => document.documentElement.style.setProperty("font-size", size)"""
_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""


def observe(watch: Watch) -> list[Observation]:
    """What is too wide or cut off: at 320 pixels, at 200 % zoom and text size, and with the spacing of 1.4.12."""
    page = watch.page
    page.evaluate('() => document.querySelectorAll("details").forEach((one) => { one.open = true; })')

    def at(width: int, state: str, criterion: str) -> list[Observation]:
        page.set_viewport_size({"width": width, "height": _HEIGHT})
        wider, cut = "Siden må rulles sidelengs.", "Tekst er skåret av."
        return [
            *(watch.observation("ombrekking", s, wider, (criterion,), state) for s in page.evaluate(_WIDER)),
            *(watch.observation("avskåret", s, cut, (criterion,), state) for s in page.evaluate(_CUT)),
        ]

    observed = at(_NARROW, "320 piksler", "1.4.10")
    observed += at(_WIDE // 2, "200 % forstørring", "1.4.4")
    page.evaluate(_TEXT_SIZE, "200%")
    observed += at(_WIDE, "200 % tekst", "1.4.4")
    page.evaluate(_TEXT_SIZE, "")
    page.evaluate(_SPACING)
    observed += at(_WIDE, "luftig tekst, bredt", "1.4.12") + at(_NARROW, "luftig tekst, smalt", "1.4.12")
    page.evaluate("() => { document.adoptedStyleSheets = []; }")
    page.set_viewport_size({"width": _WIDE, "height": _HEIGHT})
    return observed
