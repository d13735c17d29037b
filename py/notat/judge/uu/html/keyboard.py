"""Go through a page with the Tab key alone."""

from __future__ import annotations

from itertools import pairwise

from notat.judge.uu.html.browser import Observation, Watch

CRITERIA = {"2.1.1", "2.1.2", "2.4.3", "2.4.7"}

# A short selector that leads to an element.
NAMED = """
  const named = (element) => {
    const path = [];
    for (let node = element; node && node !== document.documentElement; node = node.parentElement) {
      if (node.id) return [`#${CSS.escape(node.id)}`, ...path].join(" > ");
      const like = [...(node.parentElement?.children ?? [])].filter((one) => one.localName === node.localName);
      path.unshift(like.length > 1 ? `${node.localName}:nth-of-type(${like.indexOf(node) + 1})` : node.localName);
    }
    return path.join(" > ");
  };"""

# Everything that the Tab key must reach, in the order of the page. Of radio buttons it reaches the chosen one.
STOPS = f"""{NAMED}
  const stops = () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((element) => element.tabIndex >= 0 && !element.disabled)
    .filter((element) => element.checkVisibility({{ visibilityProperty: true }}))
    .filter((element) => element.type !== "radio" || element.checked);"""

# Record each element that gets focus, and whether that is visible: by an outline, or by a shadow that was not there.
_LISTEN = f"""() => {{
  {STOPS}
  const all = stops();
  const seen = [];
  const around = (element) => [element, element.nextElementSibling, element.parentElement].filter(Boolean);
  const shadow = (element) => getComputedStyle(element).boxShadow;
  const before = new Map(all.map((element) => [element, around(element).map(shadow).join()]));
  const outlined = (element) => {{
    const {{ outlineStyle, outlineWidth, outlineColor }} = getComputedStyle(element);
    return outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && !/, 0\\)$|transparent/.test(outlineColor);
  }};
  document.addEventListener("focusin", ({{ target }}) => {{
    const shows = around(target).some(outlined) || before.get(target) !== around(target).map(shadow).join();
    seen.push([all.indexOf(target), shows]);
  }});
  window.notatProve = {{ all, seen, named }};
  return all.length;
}}"""
_RESULT = """() => {
  const { all, seen, named } = window.notatProve;
  return { names: all.map(named), seen, last: named(document.activeElement) };
}"""
_EXTRA = 3  # presses beyond the last stop


def observe(watch: Watch) -> list[Observation]:
    """What the Tab key does not reach, is trapped in, or reaches unseen or out of the page's order."""
    page = watch.page
    for _ in range(page.evaluate(_LISTEN) + _EXTRA):
        page.keyboard.press("Tab")
    result = page.evaluate(_RESULT)
    names: list[str] = result["names"]
    order = [index for index, _ in result["seen"] if index >= 0]
    first_round = order[: order.index(order[0], 1)] if order and order[0] in order[1:] else order
    missed = [index for index in range(len(names)) if index not in set(first_round)]
    if missed and missed == list(range(len(first_round), len(names))):
        # Nothing after a certain element is reached: the focus is trapped in it.
        problem = "Tabulatortasten kommer ikke videre herfra."
        return [watch.observation("tastaturfelle", result["last"], problem, ("2.1.2",))]
    missing = "Tabulatortasten når ikke hit."
    observed = [watch.observation("tastatur", names[index], missing, ("2.1.1",)) for index in missed]
    if first_round != sorted(first_round):
        wrong = next(b for a, b in pairwise(first_round) if b < a)
        problem = "Tabulatortasten kommer hit i en annen rekkefølge enn siden har."
        observed.append(watch.observation("rekkefølge", names[wrong], problem, ("2.4.3",)))
    unseen = "Fokus synes ikke."
    hidden = dict.fromkeys(index for index, shows in result["seen"] if index >= 0 and not shows)
    return observed + [watch.observation("synlig-fokus", names[index], unseen, ("2.4.7",)) for index in hidden]
