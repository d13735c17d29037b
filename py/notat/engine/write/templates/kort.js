// A card beside a link when the pointer or the focus rests on it: the work of a citation, or the figure or table of a
// reference to one on the same page. It says no more than the link leads to, so it is not there on a touch screen.
// The works are in verk.js, which sets the global `notatVerk` and is loaded when the first citation is rested on.
"use strict";

(() => {
  const FOLDER = new URL(".", document.currentScript.src);
  const ROOT = new URL("..", FOLDER);
  const [REST, STAY] = [350, 250]; // milliseconds before a card opens, and before it closes
  const GAP = 6;
  let card = null;
  let shown = null;
  let waiting = 0;
  let works = null;

  function make(tag, ...content) {
    const node = document.createElement(tag);
    node.append(...content);
    return node;
  }

  const isWhole = (float) => {
    const { top, bottom } = float.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight; // the reader sees it already
  };

  // The explanation of a link, or null; a citation is known by its address from the root of the book.
  async function contentOf(link) {
    const target = new URL(link.href);
    const id = decodeURIComponent(target.hash.slice(1));
    if (id.startsWith("ref-")) {
      works ??= new Promise((resolve) => {
        const script = make("script");
        script.src = new URL("verk.js", FOLDER).href;
        script.addEventListener("load", () => resolve(window.notatVerk));
        document.head.append(script);
      });
      const text = (await works)[target.href.slice(ROOT.href.length)];
      return text ? [make("p", text)] : null;
    }
    const float = document.getElementById(id);
    const caption = float?.querySelector("figcaption, caption");
    if (!caption || target.pathname !== location.pathname || isWhole(float)) return null;
    const image = (float.querySelector(".diagram svg.bred") ?? float.querySelector("img"))?.cloneNode(true);
    for (const part of image?.querySelectorAll("metadata, .peker, [id]") ?? []) part.remove(); // ids stay on the page
    if (image?.localName === "img") image.loading = "eager";
    const words = caption.cloneNode(true);
    for (const part of words.querySelectorAll(".figure-link")) part.remove();
    return [...(image ? [image] : []), make("p", words.textContent.trim())]; // a card has no links of its own
  }

  function place(link) {
    const wide = document.documentElement.clientWidth;
    const box = link.getClientRects()[0];
    const { width, height } = card.getBoundingClientRect();
    const above = box.top - GAP - height;
    const below = box.bottom + GAP;
    const top = below + height <= window.innerHeight || above < 0 ? below : above;
    card.style.setProperty("top", `${top + window.scrollY}px`);
    card.style.setProperty("left", `${Math.max(GAP, Math.min(box.left, wide - width - GAP)) + window.scrollX}px`);
  }

  function close() {
    clearTimeout(waiting);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    if (card) card.hidden = true;
  }

  async function open(link) {
    const content = await contentOf(link);
    if (!content || !(link.matches(":hover") || link === document.activeElement)) return;
    close();
    card ??= build();
    card.replaceChildren(...content);
    card.hidden = false;
    link.setAttribute("aria-describedby", card.id);
    shown = link;
    place(link);
  }

  function build() {
    const made = make("div");
    made.className = "kort";
    made.id = "kort";
    made.hidden = true;
    made.setAttribute("role", "tooltip");
    made.addEventListener("pointerenter", () => clearTimeout(waiting));
    made.addEventListener("pointerleave", () => later(close, STAY));
    document.body.append(made);
    return made;
  }

  function later(what, milliseconds) {
    clearTimeout(waiting);
    waiting = setTimeout(what, milliseconds);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const links = 'main :is(a[href*="#ref-"], a[href^="#fig-"], a[href^="#tbl-"])';
    for (const link of document.querySelectorAll(links)) {
      link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && later(() => open(link), REST));
      link.addEventListener("pointerleave", () => later(close, STAY));
      link.addEventListener("focus", () => later(() => open(link), REST));
      link.addEventListener("blur", close);
      link.addEventListener("click", close);
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && shown) close();
    });
  });
})();
