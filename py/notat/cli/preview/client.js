// Keeps an open page fresh while its author works: loads it anew when a build is done, at the same place,
// and shows why a build failed while the last good page stays.
(() => {
  "use strict";

  const script = document.currentScript;
  const KEY = "notat-rulling";
  const OWN = new URL("hendelser", script.src);
  const left = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);

  // Pictures may still be on their way, so the place is found again when all is there.
  if (left && left.page === location.pathname) {
    const back = () => scrollTo({ top: left.top, behavior: "instant" });
    back();
    addEventListener("load", back);
  }

  let box = null;
  function show(error) {
    if (!error) {
      box?.remove();
      box = null;
      return;
    }
    if (!box) {
      box = document.createElement("div");
      box.setAttribute("role", "alert");
      box.className = "forhandsvisning-feil";
      Object.assign(box.style, {
        position: "fixed", inset: "auto 0 0", zIndex: 1000, maxHeight: "40vh", overflow: "auto",
        padding: "1rem 1.5rem", background: "#8A2F5B", color: "#FFFFFF", whiteSpace: "pre-wrap",
        font: "1rem/1.5 ui-monospace, monospace",
      });
      document.body.append(box);
    }
    box.textContent = error;
  }

  new EventSource(OWN).addEventListener("message", (event) => {
    const { versjon, feil } = JSON.parse(event.data);
    if (versjon === Number(script.dataset.versjon)) return show(feil);
    sessionStorage.setItem(KEY, JSON.stringify({ page: location.pathname, top: scrollY }));
    location.reload();
  });
})();
