// The search of a series' front page: what does not fit is hidden, in the list and on the map.
// Nothing here is needed to read the page. Words fit where they begin a word of a unit's name, code or county.
"use strict";

(() => {
  const field = document.querySelector(".sok");
  const [input, status] = [field.querySelector("input"), field.querySelector("[role=status]")];
  const plain = (text) => text.toLocaleLowerCase("nb").normalize("NFC");
  const items = [...document.querySelectorAll(".enheter li")].map((item) => ({
    item,
    href: item.querySelector("a").getAttribute("href"),
    words: plain(item.dataset.ord).split(/[\s\p{P}]+/u),
  }));
  const areas = [...document.querySelectorAll(".kart a")];

  function search() {
    const asked = plain(input.value).split(/\s+/).filter(Boolean);
    const found = new Set();
    for (const { item, href, words } of items) {
      item.hidden = !asked.every((word) => words.some((own) => own.startsWith(word)));
      if (!item.hidden) found.add(href);
    }
    for (const group of document.querySelectorAll(".omraade")) {
      group.hidden = !group.querySelector("li:not([hidden])");
    }
    for (const area of areas) area.classList.toggle("utenfor", !found.has(area.getAttribute("href")));
    status.textContent = asked.length ? `${found.size} ${status.dataset.ord} ${items.length}` : "";
  }

  field.hidden = false;
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const first = items.find(({ item }) => !item.hidden);
    if (event.key === "Enter" && input.value.trim() && first) window.location.href = first.href;
  });
  search();
})();
