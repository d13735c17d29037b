// Search in the whole note. The text of all sections is in sokeregister.js, which sets the global `notatSok` and is
// loaded when the reader first comes to the field: as a script, because a page opened from disk may not fetch.
"use strict";

(() => {
  const REGISTER = new URL("sokeregister.js", document.currentScript.src).href;
  const MOST = 40; // results shown
  const [BEFORE, AFTER] = [50, 110]; // letters of the snippet around the first hit

  // ---- Matching ----

  // Lower case, without accents (é, not å) and with plain spaces; as many letters as before, so that places agree.
  const fold = (text) => text
    .toLocaleLowerCase("nb").replace(/\s/g, " ")
    .normalize("NFD").replace(/[\u0300-\u0302\u0327]/g, "").normalize("NFC");

  // A number may be written with any space between its groups, or none; a word is found by its beginning.
  function pattern(term) {
    const digits = term.replaceAll(" ", "").match(/^(\d+)(,\d+)?$/);
    const escaped = term.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    if (!digits) return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}`, "gu");
    const grouped = digits[1].replace(/\B(?=(\d{3})+$)/g, " ?");
    return new RegExp(`(?<![\\p{L}\\p{N}]|\\d,|(?<!\\d)\\d{1,3} )${grouped}${digits[2] ?? ""}`, "gu");
  }

  function patternsOf(query) {
    const plain = fold(query.replaceAll("\u00ad", ""));
    const terms = plain.match(/\d{1,3}(?: \d{3})+(?:,\d+)?(?!\d)|[\p{L}\p{N}](?:[^ ]*[\p{L}\p{N}])?/gu) ?? [];
    return [...new Set(terms)].map(pattern);
  }

  const places = (text, patterns) => patterns
    .flatMap((one) => [...text.matchAll(one)].map((match) => [match.index, match.index + match[0].length]))
    .sort((a, b) => a[0] - b[0]);

  // Sections that have every word; those that have them all in the heading come first, then those that say most.
  function find(patterns) {
    const found = [];
    for (const [order, section] of window.notatSok.entries()) {
      const [title, text] = [fold(section.d), fold(section.t)];
      const has = (where) => (one) => where.search(one) >= 0;
      if (!patterns.every(has(`${title}\n${text}`))) continue;
      const inTitle = patterns.filter(has(title)).length;
      const hits = places(text, patterns).length;
      found.push({ section, rank: [inTitle === patterns.length, inTitle, Math.min(hits, 9), -order] });
    }
    const compare = (a, b) => b.rank.reduce((sum, one, i) => sum || one - a.rank[i], 0);
    return found.sort(compare).map((one) => one.section);
  }

  // ---- Showing. Text is always set as text, never as HTML. ----

  function make(tag, className, ...content) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...content);
    return node;
  }

  function marked(text, patterns, from = 0, to = text.length) {
    const pieces = [];
    let at = from;
    for (const [start, end] of places(fold(text), patterns)) {
      if (start < at || end > to) continue;
      pieces.push(text.slice(at, start), make("mark", "", text.slice(start, end)));
      at = end;
    }
    return [...pieces, text.slice(at, to)];
  }

  function snippet(text, patterns) {
    const first = places(fold(text), patterns)[0]?.[0] ?? 0;
    const from = first <= BEFORE ? 0 : text.indexOf(" ", first - BEFORE) + 1;
    const to = first + AFTER >= text.length ? text.length : text.lastIndexOf(" ", first + AFTER);
    const shown = marked(text, patterns, Math.min(from, first), Math.max(to, first));
    return [from ? "… " : "", ...shown, to < text.length ? " …" : ""];
  }

  function result(section, patterns) {
    const link = make("a", "", make("span", "sok-tittel", ...marked(section.d, patterns)));
    link.href = section.a;
    if (section.k !== section.d) link.append(" ", make("span", "sok-kapittel", section.k));
    if (section.t) link.append(" ", make("span", "sok-utdrag", ...snippet(section.t, patterns)));
    return make("li", "", link);
  }

  // ---- The field ----

  function start() {
    const box = document.querySelector(".sok");
    const field = box.querySelector("input");
    const count = box.querySelector(".sok-antall");
    const list = box.querySelector(".sok-treff");
    const links = () => [...list.querySelectorAll("a")];
    let waiting = 0;

    const say = (text) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { count.textContent = text; }, text ? 150 : 0); // not at every letter
    };

    const show = () => {
      const patterns = patternsOf(field.value);
      const found = patterns.length && window.notatSok ? find(patterns) : [];
      list.replaceChildren(...found.slice(0, MOST).map((section) => result(section, patterns)));
      list.hidden = !found.length;
      box.parentElement.classList.toggle("soker", patterns.length > 0);
      const rest = found.length > MOST ? `. De ${MOST} første vises.` : "";
      if (!patterns.length) say("");
      else say(found.length ? `${found.length} treff${rest}` : `Ingen treff på «${field.value.trim()}».`);
    };

    const load = () => {
      const script = make("script", "");
      script.src = REGISTER;
      script.addEventListener("load", show);
      script.addEventListener("error", () => say("Søket kunne ikke lastes."));
      document.head.append(script);
    };

    const step = (by) => {
      const all = links();
      const next = all.indexOf(document.activeElement) + by;
      (next < 0 ? field : all[Math.min(next, all.length - 1)])?.focus();
    };

    box.hidden = false;
    field.addEventListener("focus", load, { once: true });
    field.addEventListener("input", show);
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") step(1);
      else if (event.key === "ArrowUp" && event.target !== field) step(-1);
      else if (event.key === "Enter" && event.target === field) links()[0]?.click();
      else if (event.key === "Escape" && field.value) {
        field.value = "";
        field.focus();
        show();
        event.stopPropagation(); // the menu around it stays open
      } else return;
      if (event.target !== field || event.key !== "Enter") event.preventDefault();
    });
    // What the browser remembers when the reader comes back to the page.
    if (field.value) load();
  }

  document.addEventListener("DOMContentLoaded", start);
})();
