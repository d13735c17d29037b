// Says what a figure shows where a reader points or touches, and goes through its values with the arrow keys.
// The words are those of the table behind the figure, which is there without this script, as the figure is.
(() => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const NEAR = 40; // in the unit of the drawing: how far from a value a reader may point
  const GAP = 12;
  const RING = 6;
  const VALUE = "Verdi";
  const SOURCE = "Kilde";
  const NOTHING = "–";

  const textOf = (node) => node.textContent.replace(/\s+/g, " ").trim();

  // What each row of the table says: its value, and what it is the value of.
  function rowsOf(table) {
    const heads = [...table.tHead.rows[0].cells].map(textOf);
    return [...table.tBodies[0].rows].map((row) => {
      const cells = [...row.cells].map(textOf);
      const words = cells.filter((cell, place) => ![VALUE, SOURCE].includes(heads[place]) && cell !== NOTHING);
      return { value: cells[heads.indexOf(VALUE)], words: words.join(", ") };
    });
  }

  // Where the values are in one drawing, each as a rectangle, which for a point has no extent.
  function marksOf(svg) {
    const places = svg.querySelector("metadata");
    return JSON.parse(places ? places.textContent : "[]").map(([row, x, y, x2 = x, y2 = y]) => ({
      row,
      left: Math.min(x, x2),
      right: Math.max(x, x2),
      top: Math.min(y, y2),
      bottom: Math.max(y, y2),
    }));
  }

  const middleOf = (mark) => new DOMPoint((mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2);

  function distance(mark, point) {
    return Math.hypot(
      Math.max(mark.left - point.x, 0, point.x - mark.right),
      Math.max(mark.top - point.y, 0, point.y - mark.bottom),
    );
  }

  const isAsLarge = (one, other) =>
    one.right - one.left === other.right - other.left && one.bottom - one.top === other.bottom - other.top;

  function start(diagram) {
    const id = diagram.closest("[id^='fig-']")?.id;
    const table = document.querySelector(`details.figurdata[data-figur="${id}"] table`);
    if (!table) return;
    const rows = rowsOf(table);
    const drawings = new Map([...diagram.querySelectorAll("svg")].map((svg) => [svg, marksOf(svg)]));
    const [first] = drawings.values();
    if (!first?.length) return;

    const tip = document.createElement("p");
    tip.className = "diagram-verdi";
    tip.hidden = true;
    tip.setAttribute("aria-hidden", "true"); // the control below says the same

    // One stop for the Tab key; arrows, Home and End go from value to value, as in any such control.
    const control = document.createElement("input");
    control.type = "range";
    control.min = 0;
    control.max = first.length - 1;
    control.value = 0;
    const name = document.getElementById(id).querySelector("figcaption .nummer");
    const figure = name ? textOf(name).replace(/:$/, "").toLowerCase() : "figuren";
    control.setAttribute("aria-label", `Verdiene i ${figure}, én for én`);
    control.setAttribute("aria-valuetext", spoken(first[0]));
    diagram.append(control, tip);

    function spoken(mark) {
      const { words: what, value: number } = rows[mark.row];
      return what ? `${what}: ${number}` : number;
    }

    const shown = () => [...drawings.keys()].find((svg) => svg.getClientRects().length);

    function hide() {
      tip.hidden = true;
      diagram.querySelector(".peker")?.remove();
    }

    function ring(svg, mark) {
      diagram.querySelector(".peker")?.remove();
      const node = document.createElementNS(SVG, "rect");
      const flat = mark.left === mark.right && mark.top === mark.bottom;
      const around = flat ? RING : 1.5;
      node.setAttribute("class", "peker");
      node.setAttribute("x", mark.left - around);
      node.setAttribute("y", mark.top - around);
      node.setAttribute("width", mark.right - mark.left + 2 * around);
      node.setAttribute("height", mark.bottom - mark.top + 2 * around);
      node.setAttribute("rx", flat ? RING : 1);
      svg.append(node);
    }

    function show(number) {
      const svg = shown();
      const mark = svg && drawings.get(svg)[number];
      if (!mark) return;
      control.value = number;
      control.setAttribute("aria-valuetext", spoken(mark));
      // Values at the very same place are shown together.
      const same = drawings.get(svg).filter((other) => distance(other, middleOf(mark)) === 0 && isAsLarge(other, mark));
      tip.replaceChildren(...same.flatMap((one) => {
        const value = document.createElement("strong");
        value.textContent = rows[one.row].value;
        return [value, ` ${rows[one.row].words}`];
      }));
      tip.hidden = false;
      ring(svg, mark);
      const outer = diagram.getBoundingClientRect();
      const toPage = svg.getScreenCTM();
      const high = new DOMPoint((mark.left + mark.right) / 2, mark.top).matrixTransform(toPage);
      const low = new DOMPoint(0, mark.bottom).matrixTransform(toPage);
      const { width, height } = tip.getBoundingClientRect();
      const left = Math.min(high.x - outer.left - width / 2, outer.width - width);
      const above = high.y - height - GAP > 0;
      tip.style.setProperty("left", `${Math.max(0, left)}px`);
      tip.style.setProperty("top", `${(above ? high.y - height - GAP : low.y + GAP) - outer.top}px`);
    }

    // The words stay while the pointer is over them, unless it is right at another value, which they may cover.
    function isOver(event) {
      const box = tip.getBoundingClientRect();
      return !tip.hidden && event.clientX >= box.left && event.clientX <= box.right
        && event.clientY >= box.top && event.clientY <= box.bottom;
    }

    function pick(event) {
      const svg = shown();
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const marks = drawings.get(svg);
      const area = event.target.closest("path");
      // An area of a map is pointed at in all of it.
      const within = (mark) => area?.getAttribute("fill")
        && area.isPointInFill(middleOf(mark)) && area.isPointInFill(point);
      const over = isOver(event);
      const far = marks.map((mark) => (!over && within(mark) ? -1 : distance(mark, point)));
      const nearest = far.indexOf(Math.min(...far));
      if (over && far[nearest] > RING) return;
      if (far[nearest] <= NEAR) show(nearest);
      else hide();
    }

    diagram.addEventListener("pointermove", pick);
    diagram.addEventListener("pointerdown", pick);
    diagram.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") hide();
    });
    control.addEventListener("focus", () => show(Number(control.value)));
    control.addEventListener("input", () => show(Number(control.value)));
    control.addEventListener("blur", hide);
    document.addEventListener("pointerdown", (event) => {
      if (!diagram.contains(event.target)) hide();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
    addEventListener("resize", hide);
  }

  // How to refer to a figure, with its own address, and a button that copies it.
  function reference(details) {
    const page = document.querySelector(".foot p");
    const found = details.querySelector("summary").textContent.match(/figur[\s\u00a0][\w.]+/);
    if (!page || !found) return;
    const address = new URL(`#${details.dataset.figur}`, location.href).href;
    const number = found[0].replace("f", "F");
    const words = document.createElement("span");
    words.textContent = `${number} i ${textOf(page)} `;
    const link = document.createElement("a");
    link.href = `#${details.dataset.figur}`;
    link.textContent = address;
    words.append(link);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Kopier henvisningen";
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(textOf(words));
        said.textContent = "Kopiert.";
      } catch {
        getSelection().selectAllChildren(words); // where a page may not write, the reader copies what is marked
        said.textContent = "Henvisningen er markert og kan kopieres.";
      }
    });
    const line = document.createElement("p");
    line.className = "figurdata-henvisning";
    line.append("Slik viser du til figuren: ", words, " ", button, " ", said);
    details.append(line);
  }

  const all = () => {
    document.querySelectorAll(".diagram").forEach(start);
    document.querySelectorAll("details.figurdata").forEach(reference);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
