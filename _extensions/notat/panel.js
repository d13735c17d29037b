// Opens a number in the text: what it is, how it was found, and where. Without this script numbers are plain text.
// The explanations are in tall.js, which sets the global `notatTall` and is loaded first.
(() => {
  "use strict";

  const root = new URL("..", document.currentScript.src);
  const known = window.notatTall;
  const NARROW = 640;
  const GAP = 8;
  let panel = null;
  let opener = null;

  // ---- What the panel says. Text is always set as text, never as HTML. ----

  function make(tag, className, ...content) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...content.filter(Boolean));
    return node;
  }

  function link(text, href) {
    const node = make("a", "", text);
    node.href = href;
    return node;
  }

  function row(list, term, ...content) {
    if (!content.some(Boolean)) return;
    list.append(make("dt", "", term), make("dd", "", ...content));
  }

  function sourceOf(cell) {
    const source = known.kilder[cell.kilde];
    const title = source.url ? link(source.tittel, source.url) : source.tittel;
    return make("span", "tallpanel-kilde", title, `, ${source.utgiver}`);
  }

  function cellItem(cell, showSource) {
    return make(
      "li", "",
      make("strong", "", cell.verdi), ` ${cell.navn}`,
      make("span", "tallpanel-sted", cell.sted),
      cell.forbehold && make("span", "tallpanel-merknad", `Forbehold: ${cell.forbehold}`),
      cell.merknad && make("span", "tallpanel-merknad", cell.merknad),
      showSource && sourceOf(cell),
    );
  }

  function section(id) {
    const number = known.tall[id];
    const list = make("dl", "");
    row(list, "Enhet", number.enhet);
    row(list, "Periode", number.periode);
    row(list, "Sted", number.sted);
    row(list, "Formel", number.formel);
    row(list, "Med tall", number.regning && `${number.regning} = ${number.verdi}`);
    row(list, "Avrunding", number.avrunding && `Kan ligge i ${number.avrunding}.`
      + (number.endrer || !number.regning ? "" : " Det endrer ikke det trykte tallet."));
    row(list, known.tidligere, number.tidligere);
    // One source is named once; several are named at the cell that came from them.
    const one = new Set(number.celler.map((cell) => cell.kilde)).size === 1;
    const cells = make("ul", "", ...number.celler.map((cell) => cellItem(cell, !one)));
    row(list, number.celler.length > 1 ? "Verdier" : "Verdi", cells);
    if (one) row(list, "Kilde", sourceOf(number.celler[0]));
    return make(
      "section", "",
      make("p", "tallpanel-verdi", number.verdi),
      make("p", "tallpanel-hva", number.hva),
      list,
      number.rad && make("p", "tallpanel-rad", link("Se raden i Tallgrunnlag", new URL(number.rad, root).href)),
    );
  }

  // ---- Open and close ----

  function build() {
    panel = make("div", "tallpanel");
    panel.id = "tallpanel";
    panel.tabIndex = -1;
    panel.hidden = true;
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", "Om tallet");
    panel.addEventListener("keydown", keepOrder);
    document.body.append(panel);
  }

  function place() {
    const wide = document.documentElement.clientWidth;
    panel.classList.toggle("nederst", wide <= NARROW);
    if (wide <= NARROW) return;
    const box = opener.getClientRects()[0];
    const { width, height } = panel.getBoundingClientRect();
    const below = box.bottom + GAP + height <= window.innerHeight || box.top - GAP - height < 0;
    const top = below ? box.bottom + GAP : box.top - GAP - height;
    const left = Math.max(GAP, Math.min(box.left, wide - width - GAP));
    panel.style.setProperty("top", `${top + window.scrollY}px`);
    panel.style.setProperty("left", `${left + window.scrollX}px`);
  }

  function open(button) {
    if (opener) opener.setAttribute("aria-expanded", "false");
    opener = button;
    const close = make("button", "tallpanel-lukk", "Lukk");
    close.type = "button";
    close.addEventListener("click", () => shut(true));
    panel.replaceChildren(close, ...idsOf(button).map(section));
    panel.setAttribute("aria-label", `Om tallet ${button.textContent}`);
    panel.hidden = false;
    panel.scrollTop = 0;
    button.setAttribute("aria-expanded", "true");
    place();
    panel.focus({ preventScroll: true });
  }

  function shut(back) {
    if (!opener) return;
    const button = opener;
    opener = null;
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus({ preventScroll: true });
  }

  // The panel stands last in the page but belongs after its number: Tab out of it goes on from there.
  function keepOrder(event) {
    if (event.key !== "Tab") return;
    const stops = panel.querySelectorAll("a[href], button");
    const at = document.activeElement;
    if (event.shiftKey && (at === panel || at === stops[0])) {
      event.preventDefault();
      shut(true);
    } else if (!event.shiftKey && at === stops[stops.length - 1]) {
      shut(true);
    }
  }

  // ---- The numbers ----

  function idsOf(node) {
    return node.dataset.id.split(" ");
  }

  function press(event) {
    if (event.type === "keydown") {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
    }
    if (opener === event.currentTarget) shut(true);
    else open(event.currentTarget);
  }

  function start() {
    const skip = "figcaption, caption, table, a, h1, h2, h3, h4, .quarto-float-caption";
    const numbers = [...document.querySelectorAll(".tall[data-id]")]
      .filter((node) => !node.closest(skip) && idsOf(node).every((id) => known.tall[id]));
    if (!numbers.length) return;
    build();
    for (const node of numbers) {
      node.setAttribute("role", "button");
      node.setAttribute("tabindex", "0");
      node.setAttribute("aria-haspopup", "dialog");
      node.setAttribute("aria-expanded", "false");
      node.setAttribute("aria-controls", panel.id);
      node.addEventListener("click", press);
      node.addEventListener("keydown", press);
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && opener) shut(true);
    });
    document.addEventListener("pointerdown", (event) => {
      if (opener && !panel.contains(event.target) && !opener.contains(event.target)) shut(false);
    });
    window.addEventListener("resize", () => opener && place());
  }

  if (!known) return;
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
