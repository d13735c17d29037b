// What the page gains with a script: remembered colours, a folding menu, links to headings and reading progress.
// Nothing here is needed to read the note. The file is loaded in <head>, so that the colours are right from the first frame.
// Quarto's pages load it too: they fold their menu, link their headings and have no bar of progress themselves.
"use strict";

(() => {
  const root = document.documentElement;
  const KEY = "notat-tema";
  const THEMES = ["system", "lys", "mork"];

  // Storage may be closed, as in private windows and for some files opened from disk.
  const remembered = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const remember = (theme) => {
    try { localStorage.setItem(KEY, theme); } catch { /* then it lasts for this page */ }
  };

  if (THEMES.includes(remembered())) root.dataset.tema = remembered();
  root.classList.add("js");

  // Bring a link into view in a list that scrolls by itself, without moving the page as scrollIntoView would.
  function show(link) {
    const list = link?.closest(".side, .on-page, #quarto-sidebar");
    if (!list || list.scrollHeight <= list.clientHeight) return;
    const [inner, outer] = [link.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      list.scrollTop += inner.top - outer.top - list.clientHeight / 2;
    }
  }

  function themeSwitch() {
    const field = document.querySelector(".theme");
    field.hidden = false;
    for (const input of field.querySelectorAll("input")) {
      input.checked = input.value === root.dataset.tema;
      input.addEventListener("change", () => {
        root.dataset.tema = input.value;
        remember(input.value);
      });
    }
  }

  function menu() {
    const button = document.querySelector(".menu-button");
    if (!button) return;
    const panel = document.getElementById(button.getAttribute("aria-controls"));
    const open = (yes) => {
      panel.classList.toggle("open", yes);
      button.setAttribute("aria-expanded", String(yes));
    };
    button.hidden = false;
    button.addEventListener("click", () => open(button.getAttribute("aria-expanded") !== "true"));
    panel.addEventListener("click", (event) => {
      if (event.target.closest("a")) open(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && panel.classList.contains("open")) {
        open(false);
        button.focus();
      }
    });
    // A reader who tabs past the open menu should not be behind it.
    document.addEventListener("focusin", (event) => {
      if (!event.target.closest(".side")) open(false);
    });
    show(panel.querySelector("[aria-current='page']"));
  }

  function anchors() {
    for (const heading of document.querySelectorAll("article section[id] > :is(h2, h3, h4)")) {
      const title = [...heading.childNodes]
        .filter((node) => !node.classList?.contains("header-section-number"))
        .map((node) => node.textContent).join("").trim();
      const link = document.createElement("a");
      link.className = "anchor";
      link.href = `#${heading.parentElement.id}`;
      link.textContent = "#";
      link.setAttribute("aria-label", `Lenke til «${title}»`);
      heading.after(link);
    }
  }

  function figureLinks() {
    for (const image of document.querySelectorAll("main figure img")) {
      const caption = image.closest("figure").querySelector("figcaption");
      if (!caption) continue;
      const name = caption.textContent.match(/^\s*(Figur[\s\u00a0][\w.]+)/)?.[1];
      const link = document.createElement("a");
      link.className = "figure-link";
      link.href = image.getAttribute("src");
      link.textContent = name ? `Åpne ${name.toLowerCase()} i full størrelse` : "Åpne figuren i full størrelse";
      caption.append(link);
    }
  }

  function notes() {
    for (const link of document.querySelectorAll(".footnote-ref")) {
      link.setAttribute("aria-label", `Fotnote ${link.textContent.trim()}`);
    }
    for (const link of document.querySelectorAll(".footnote-back")) {
      link.setAttribute("aria-label", "Tilbake til teksten");
    }
  }

  // Tabs: a row of buttons, of which arrows choose one; without this script, all tabs are below each other.
  function tabs() {
    document.querySelectorAll(".faner").forEach((group, number) => {
      const panels = [...group.querySelectorAll(":scope > .fane")];
      const list = document.createElement("div");
      list.className = "faneknapper";
      list.setAttribute("role", "tablist");
      const buttons = panels.map((panel, place) => {
        const button = document.createElement("button");
        panel.id ||= `fane-${number}-${place}`;
        button.type = "button";
        button.id = `${panel.id}-knapp`;
        button.textContent = panel.querySelector(":scope > .fane-tittel").textContent.trim().replace(/:$/, "");
        button.setAttribute("role", "tab");
        button.setAttribute("aria-controls", panel.id);
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", button.id);
        panel.tabIndex = 0;
        return button;
      });
      const choose = (place) => {
        buttons.forEach((button, own) => {
          button.setAttribute("aria-selected", String(own === place));
          button.tabIndex = own === place ? 0 : -1;
          panels[own].hidden = own !== place;
        });
      };
      buttons.forEach((button, place) => button.addEventListener("click", () => choose(place)));
      list.addEventListener("keydown", (event) => {
        const now = buttons.indexOf(document.activeElement);
        const last = buttons.length - 1;
        const steps = { ArrowRight: now < last ? now + 1 : 0, ArrowLeft: now > 0 ? now - 1 : last, Home: 0, End: last };
        if (!(event.key in steps)) return;
        event.preventDefault();
        choose(steps[event.key]);
        buttons[steps[event.key]].focus();
      });
      list.append(...buttons);
      group.prepend(list);
      choose(0);
      // A link to what is in a tab opens it, and paper shows all.
      const open = () => {
        const own = `[id="${CSS.escape(decodeURIComponent(location.hash.slice(1)))}"]`;
        const place = panels.findIndex((panel) => location.hash && (panel.matches(own) || panel.querySelector(own)));
        if (place >= 0) choose(place);
      };
      addEventListener("hashchange", open);
      open();
      addEventListener("beforeprint", () => panels.forEach((panel) => { panel.hidden = false; }));
      addEventListener("afterprint", () => choose(buttons.findIndex((button) => button.tabIndex === 0)));
    });
  }

  function reading() {
    const bar = document.querySelector(".progress-bar");
    const article = document.querySelector("article, main");
    const links = [...document.querySelectorAll(".sections a, .on-page a")];
    const targets = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    let waiting = false;
    let shown = null;

    const update = () => {
      waiting = false;
      const box = article.getBoundingClientRect();
      const length = box.height - window.innerHeight;
      const read = length > 0 ? Math.min(1, Math.max(0, -box.top / length)) : 1;
      bar?.style.setProperty("--read", read.toFixed(4));
      // The section that the upper third of the window is in.
      const line = window.innerHeight / 3;
      const passed = targets.filter((target) => target && target.getBoundingClientRect().top <= line);
      const current = length > 0 && read === 1 ? targets.at(-1) : passed.at(-1);
      if (current === shown) return;
      shown = current;
      links.forEach((link, index) => {
        if (current && targets[index] === current) {
          link.setAttribute("aria-current", "true");
          show(link);
        } else {
          link.removeAttribute("aria-current");
        }
      });
    };
    const ask = () => {
      if (!waiting) {
        waiting = true;
        requestAnimationFrame(update);
      }
    };
    addEventListener("scroll", ask, { passive: true });
    addEventListener("resize", ask);
    update();
  }

  document.addEventListener("DOMContentLoaded", () => {
    themeSwitch();
    menu();
    anchors();
    figureLinks();
    notes();
    tabs();
    reading();
  });
})();
