// Opens a number in the text: what it is, where it is from, and how it was found. Without this script numbers are plain
// text. They are buttons when the reader has asked for it, which is remembered: a chapter has hundreds of them. The
// explanations are in tall.js, which sets the global `notatTall` and is loaded when the first number is opened.
(() => {
  "use strict";

  const folder = new URL(".", document.currentScript.src);
  const root = new URL("..", folder);
  const KEY = "notat-tallgrunnlag";
  const NARROW = 640;
  const GAP = 8;
  let known = null;
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

  const nameOf = (source) => make(
    "span", "", source.url ? link(source.tittel, source.url) : source.tittel, `, ${source.utgiver}`,
  );

  function cellItem(cell, showSource) {
    return make(
      "li", "",
      make("strong", "", cell.verdi), ` ${cell.navn}`,
      make("span", "tallpanel-sted", cell.sted),
      cell.merknad && make("span", "tallpanel-merknad", cell.merknad),
      showSource && make("span", "tallpanel-kilde", nameOf(known.kilder[cell.kilde])),
    );
  }

  // What the number is, in one line: what is counted, where and when.
  const meaning = (number) => [number.hva, number.sted, number.periode].filter(Boolean).join(", ");

  const sourcesOf = (number) => [...new Set(number.celler.map((cell) => cell.kilde))].map((id) => known.kilder[id]);

  // The number as another text can use it: value, meaning, sources, and where it is explained.
  function quotation(number) {
    const sources = sourcesOf(number)
      .map((source) => [`${source.tittel}, ${source.utgiver}`, source.url].filter(Boolean).join(", "));
    const here = number.rad && location.protocol.startsWith("http") ? ` ${new URL(number.rad, root).href}` : "";
    return `${number.verdi}: ${meaning(number)}. Kilde: ${sources.join("; ")}.${here}`;
  }

  function copyButton(number) {
    const button = make("button", "tallpanel-kopier", "Kopier tall med kilde");
    const status = make("span", "");
    status.setAttribute("role", "status");
    button.type = "button";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(quotation(number));
        status.textContent = " Kopiert.";
      } catch {
        status.textContent = ` ${quotation(number)}`; // then the reader can copy it
      }
    });
    return make("p", "", button, status);
  }

  // How the number was found, for those who check it.
  function grounds(number) {
    const list = make("dl", "");
    row(list, "Enhet", number.enhet);
    row(list, "Formel", number.formel);
    row(list, "Med tall", number.regning && `${number.regning} = ${number.verdi}`);
    row(list, "Avrunding", number.avrunding && `Kan ligge i ${number.avrunding}.`
      + (number.endrer || !number.regning ? "" : " Det endrer ikke det trykte tallet."));
    row(list, known.tidligere, number.tidligere);
    // One source is named above; several are named at the cell that came from them.
    const several = sourcesOf(number).length > 1;
    const cells = make("ul", "", ...number.celler.map((cell) => cellItem(cell, several)));
    row(list, number.celler.length > 1 ? "Verdier" : "Verdi", cells);
    const address = number.rad && link("Lenke til tallet i Tallgrunnlag", new URL(number.rad, root).href);
    const summary = make("summary", "", "Slik er tallet funnet");
    return make("details", "", summary, list, address && make("p", "tallpanel-rad", address));
  }

  function section(id) {
    const number = known.tall[id];
    if (!number) return make("p", "", "Grunnlaget for dette tallet er ikke ført opp.");
    const sources = sourcesOf(number).flatMap((source, place) => [place ? "; " : "", nameOf(source)]);
    const reservations = [...new Set(number.celler.map((cell) => cell.forbehold).filter(Boolean))];
    return make(
      "section", "",
      make("p", "tallpanel-verdi", number.verdi),
      make("p", "tallpanel-hva", meaning(number)),
      ...reservations.map((words) => make("p", "tallpanel-merknad", `Forbehold: ${words}`)),
      make("p", "tallpanel-kilde", "Kilde: ", ...sources),
      copyButton(number),
      grounds(number),
    );
  }

  // Calls back when the explanations are there, at once if they are; also when they cannot be had, so that one hears it
  // and can try again.
  function load(then) {
    if (known) return then();
    const script = make("script", "");
    script.src = new URL("tall.js", folder).href;
    const done = () => { script.remove(); known = window.notatTall ?? null; then(); };
    script.addEventListener("load", done);
    script.addEventListener("error", done);
    document.head.append(script);
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
    const said = known ? idsOf(button).map(section) : [make("p", "", "Grunnlaget kunne ikke leses. Prøv igjen.")];
    panel.replaceChildren(close, ...said);
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
    const stops = [...panel.querySelectorAll("a[href], button, summary")].filter((stop) => stop.checkVisibility());
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
    const button = event.currentTarget;
    if (opener === button) shut(true);
    else load(() => open(button));
  }

  const STATES = {
    role: "button", tabindex: "0", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-controls": "tallpanel",
  };

  function set(numbers, on) {
    if (!on) shut(false);
    for (const node of numbers) {
      for (const [name, value] of Object.entries(STATES)) {
        if (on) node.setAttribute(name, value);
        else node.removeAttribute(name);
      }
      for (const kind of ["click", "keydown"]) {
        if (on) node.addEventListener(kind, press);
        else node.removeEventListener(kind, press);
      }
    }
  }

  // Storage may be closed, as in private windows and for some files opened from disk.
  const remembered = () => {
    try { return localStorage.getItem(KEY) === "ja"; } catch { return false; }
  };
  const remember = (on) => {
    try { localStorage.setItem(KEY, on ? "ja" : "nei"); } catch { /* then it lasts for this page */ }
  };

  function addSwitch(numbers) {
    const box = make("input", "");
    box.type = "checkbox";
    box.checked = remembered();
    box.addEventListener("change", () => {
      remember(box.checked);
      set(numbers, box.checked);
    });
    const label = make("label", "tallbryter", box, " Vis grunnlaget for tallene");
    const title = document.querySelector("main h1");
    const block = title?.closest("header") ?? title;
    block?.after(label);
    set(numbers, box.checked);
  }

  function start() {
    const skip = "figcaption, caption, table, a, h1, h2, h3, h4, .quarto-float-caption";
    const numbers = [...document.querySelectorAll(".tall[data-id]")]
      .filter((node) => !node.closest(skip) && /\d/.test(node.textContent)); // a number word is a word
    if (!numbers.length) return;
    build();
    addSwitch(numbers);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && opener) shut(true);
    });
    document.addEventListener("pointerdown", (event) => {
      if (opener && !panel.contains(event.target) && !opener.contains(event.target)) shut(false);
    });
    window.addEventListener("resize", () => opener && place());
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
