// What an editor can do on a page, by key or by button.

import { find, make } from "./dom.js";
import { words } from "./words.js";

const GROUPS = [
  { previous: ["p", "k"], next: ["n", "j"], settle: ["x"] },
  { up: ["ArrowUp"], down: ["ArrowDown"], range: ["r"] },
  { start: ["s"], join: ["J"], append: ["a"], headline: ["h"], furniture: ["f"], ignore: ["i"] },
  { undo: ["u"], open: ["o"], help: ["?", "F1"] },
];
const CAPS = { ArrowUp: "↑", ArrowDown: "↓" };
const SETTING = "review-keys";
const FIELDS = "input, select, textarea, pre[tabindex]";

export class Commands {
  // `run` carries a command out, by its name; `lines` take the keys that move the cursor.
  constructor(run, lines) {
    this.run = run;
    this.lines = lines;
    this.on = recall();
    this.names = new Map(
      GROUPS.flatMap((group) => Object.entries(group)).flatMap(([name, keys]) =>
        keys.map((key) => [key, name]),
      ),
    );
    this.buttons = new Map();
    const groups = GROUPS.map((group) =>
      make(
        "div",
        { className: "group" },
        Object.entries(group).map((entry) => this.#draw(...entry)),
      ),
    );
    find("buttons").replaceChildren(...groups);
    this.#set(this.on);
    this.#drawHelp();
    document.addEventListener("keydown", (event) => this.#type(event));
  }

  press(name, pressed) {
    this.buttons.get(name).ariaPressed = String(pressed);
  }

  allow(name, allowed, title) {
    const button = this.buttons.get(name);
    button.ariaDisabled = String(!allowed);
    button.title = title ?? words.explain[name];
  }

  showHelp() {
    find("help").showModal();
  }

  #draw(name, keys) {
    const button = make(
      "button",
      {
        type: "button",
        title: words.explain[name],
        data: { command: name },
      },
      make("span", {}, words.commands[name]),
      make("kbd", { "aria-hidden": "true" }),
    );
    button.addEventListener("click", () => this.run(name));
    this.buttons.set(name, button);
    return button;
  }

  // Keys of a single character can be turned off, the others cannot.
  #list(keys) {
    return keys.filter((key) => this.on || key.length > 1);
  }

  #type(event) {
    const { key, shiftKey, altKey, ctrlKey, metaKey, isComposing, target } = event;
    if (altKey || ctrlKey || metaKey || isComposing || find("help").open || target.closest(FIELDS))
      return;
    const onLines = target === this.lines.root;
    if (key === "Enter" && onLines) this.run("choose");
    else if (key === "Escape") this.run("leave");
    else if (!this.lines.press(event)) {
      if (key.length === 1 && !this.on) return;
      if (!this.#command(key, shiftKey)) return;
    }
    event.preventDefault();
  }

  // A letter counts as it is typed without Caps Lock. Gives whether it was a command's.
  #command(key, shift) {
    const letter = /^[a-z]$/i.test(key) ? (shift ? key.toUpperCase() : key.toLowerCase()) : key;
    const name = this.names.get(letter);
    if (name) this.run(name);
    else if (/^[1-9]$/.test(key)) this.run("pick", Number(key) - 1);
    else return false;
    return true;
  }

  #drawHelp() {
    const rows = [
      ...GROUPS.flatMap((group) => Object.entries(group))
        .filter(([name]) => !["up", "down"].includes(name))
        .map(([name, keys]) => [keys, words.explain[name]]),
      [["↑", "↓"], words.moveLine],
      [["⏎"], words.chooseLine],
      [["1", "…", "5"], words.pick],
      [["Esc"], words.leave],
    ];
    const box = make("input", { type: "checkbox", checked: this.on });
    box.addEventListener("change", () => {
      this.#set(box.checked);
      remember(box.checked);
    });
    const close = make("button", { type: "button" }, words.close);
    close.addEventListener("click", () => find("help").close());
    find("help").replaceChildren(
      make("h2", { id: "help-head" }, words.commands.help),
      make(
        "dl",
        {},
        rows.map(([keys, text]) =>
          make(
            "div",
            {},
            make(
              "dt",
              {},
              keys.map((key) => make("kbd", {}, key)),
            ),
            make("dd", {}, text),
          ),
        ),
      ),
      make("p", { className: "foot" }, make("label", {}, box, words.keysOn), close),
    );
  }

  #set(on) {
    this.on = on;
    for (const [name, button] of this.buttons) {
      const keys = this.#list(GROUPS.map((group) => group[name]).find(Boolean));
      const cap = button.querySelector("kbd");
      button.ariaKeyShortcuts = keys.join(" ") || null;
      cap.textContent = CAPS[keys[0]] ?? keys[0] ?? "";
      cap.hidden = !keys.length;
    }
  }
}

// Where storage is blocked it throws, and what is set lasts as long as the page.
function recall() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {}
}
