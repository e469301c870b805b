// What a reader has set, before the first paint: size of the text, colours, keys. Then the keys
// themselves, and the hits on an article that a search has led to.

(() => {
  const KEYS = {
    ArrowLeft: "main a[rel=prev]",
    ArrowRight: "main a[rel=next]",
    "/": "input[type=search]",
  };
  const FIELDS = "input,select,textarea,[contenteditable],[tabindex='0']";
  const chosen = document.documentElement.dataset;
  const find = (selector) => document.querySelector(selector);

  function set(name, value) {
    if (value) chosen[name] = value;
    else delete chosen[name];
  }

  // Where storage is blocked it throws, and what is set lasts as long as the page.
  function recall() {
    try {
      for (const name of ["size", "scheme", "keys"]) set(name, localStorage.getItem(`reader-${name}`));
    } catch {}
    show();
  }

  function show() {
    find("meta[name=color-scheme]").content = chosen.scheme ?? "light dark";
    for (const tools of document.querySelectorAll("[data-reader]")) tools.hidden = false;
    for (const button of document.querySelectorAll("[data-setting]")) {
      const { setting, value } = button.dataset;
      button.ariaPressed = value === (chosen[setting] ?? "");
    }
    for (const key in KEYS) {
      const target = find(KEYS[key]);
      if (target) target.ariaKeyShortcuts = chosen.keys ? null : key;
    }
  }

  function press({ target }) {
    const { setting, value } = target.closest("[data-setting]")?.dataset ?? {};
    if (!setting) return;
    set(setting, value);
    show();
    try {
      localStorage.setItem(`reader-${setting}`, value);
    } catch {}
  }

  function type(event) {
    const { key, target, shiftKey, altKey, ctrlKey, metaKey, isComposing } = event;
    const slash = key === "/";
    if (chosen.keys || altKey || ctrlKey || metaKey || isComposing || (shiftKey && !slash)) return;
    const aim = KEYS[key] && !target.closest(FIELDS) && find(KEYS[key]);
    if (!aim) return;
    event.preventDefault();
    if (slash) aim.focus();
    else aim.click();
  }

  function start() {
    show();
    const back = find("[data-hits] a");
    const [page, given] = document.referrer.split("?");
    const query = new URLSearchParams(given).get("q");
    if (query && back?.href === page)
      import("./hits.js").then(({ showHits }) => showHits(back, query, `${page}fold.json`));
  }

  recall();
  addEventListener("pageshow", recall);
  addEventListener("DOMContentLoaded", start);
  addEventListener("click", press);
  addEventListener("keydown", type);
})();
