// The lines of the page text: made once, then only what has changed of them.

import { find, make, printed } from "./dom.js";
import { words } from "./words.js";

const CHUNK = 40; // lines that the browser lays out together, when they come into view
const STRIDE = 10;

export class Lines {
  // `moved` is told when the cursor or the range is another, `chose` when a line's article is chosen.
  constructor({ moved, chose }) {
    this.root = find("lines");
    this.map = find("map");
    this.moved = moved;
    this.chose = chose;
    this.rows = [];
    this.cursor = 0;
    this.anchor = 0;
    this.article = null;
    this.height = 0; // of what is seen of the page
    this.root.addEventListener("click", (event) => this.#click(event));
    this.root.addEventListener("dblclick", () => {
      getSelection().removeAllRanges();
      this.chose();
    });
    this.root.addEventListener("focus", () => this.#mark());
    new ResizeObserver(() => this.#keepInView()).observe(this.root);
    this.map.addEventListener("click", (event) => this.#jump(event));
  }

  get range() {
    return [Math.min(this.cursor, this.anchor), Math.max(this.cursor, this.anchor)];
  }

  get isRange() {
    return this.cursor !== this.anchor;
  }

  show(outline) {
    const { lines } = outline.sheet;
    if (
      this.rows.length !== lines.length ||
      lines.some((line, index) => this.rows[index].text !== line.text)
    )
      this.#build(lines);
    this.outline = outline;
    let before;
    let blank = [];
    for (const line of lines) {
      if (!line.text.trim()) {
        blank.push(line);
        continue;
      }
      const first = before?.use !== line.use || before?.article !== line.article;
      for (const { number } of blank)
        this.#update(
          this.rows[number - 1],
          { number, use: "blank", article: first ? null : line.article, part: null, text: "" },
          false,
        );
      this.#update(this.rows[line.number - 1], line, first);
      before = line;
      blank = [];
    }
    this.#draw(lines);
    this.choose(this.article);
    if (!this.cursor || this.cursor > lines.length || this.#isEmpty(this.cursor))
      this.moveTo(this.#seek(1, 1), { scroll: false });
    else this.#mark();
  }

  moveTo(number, { extend = false, scroll = true } = {}) {
    if (!number) return;
    this.cursor = number;
    if (!extend) this.anchor = number;
    this.#mark();
    if (scroll) this.rows[number - 1].element.scrollIntoView({ block: "nearest" });
    this.moved();
  }

  // Brings a line a third below the top, so that what leads up to it is seen.
  reveal(number) {
    if (!number) return;
    this.moveTo(number, { scroll: false });
    const row = this.rows[number - 1].element;
    row.scrollIntoView({ block: "start" });
    this.root.scrollTop -= this.root.clientHeight / 4;
  }

  collapse() {
    this.moveTo(this.cursor, { scroll: false });
  }

  choose(id) {
    for (const row of this.rows) {
      const chosen = id !== null && row.article === id;
      if (row.chosen !== chosen) {
        row.chosen = chosen;
        row.element.toggleAttribute("data-chosen", chosen);
      }
    }
    this.article = id;
  }

  // Gives whether the key was one that moves the cursor.
  press({ key, shiftKey }) {
    const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -STRIDE, PageDown: STRIDE };
    const ends = { Home: [1, 1], End: [this.rows.length, -1] };
    if (key in steps) this.#step(steps[key], shiftKey);
    else if (key in ends) this.moveTo(this.#seek(...ends[key]), { extend: shiftKey });
    else return false;
    if (document.activeElement !== this.root) this.root.focus({ preventScroll: true });
    return true;
  }

  #step(steps, extend) {
    const way = Math.sign(steps);
    let number = this.cursor;
    for (let left = Math.abs(steps); left; left--) number = this.#seek(number + way, way) || number;
    this.moveTo(number, { extend });
  }

  // The first line that holds text, from a line on; 0 where there is none.
  #seek(number, way) {
    while (number >= 1 && number <= this.rows.length && this.#isEmpty(number)) number += way;
    return number >= 1 && number <= this.rows.length ? number : 0;
  }

  #isEmpty(number) {
    return !this.outline.line(number).text.trim();
  }

  #build(lines) {
    this.rows = lines.map(({ number, text }) => {
      const margin = make("span", { className: "margin" });
      const part = make("span", { className: "part" });
      const element = make(
        "div",
        {
          id: `line-${number}`,
          className: "line",
          role: "option",
          "aria-selected": "false",
          data: { line: number },
        },
        make("span", { className: "number" }, number),
        margin,
        printed("span", { className: "words" }, text),
        part,
      );
      return { element, margin, part, text, sign: "" };
    });
    const chunks = [];
    for (let index = 0; index < this.rows.length; index += CHUNK) {
      chunks.push(
        make(
          "div",
          { className: "chunk", role: "none" },
          this.rows.slice(index, index + CHUNK).map(({ element }) => element),
        ),
      );
    }
    this.root.replaceChildren(...chunks);
    this.marked = [];
  }

  #update(row, line, first) {
    const { article, number, part, text, use } = line;
    const { numbers, hues, decided } = this.outline;
    const sign = [
      use,
      article,
      numbers.get(article),
      hues.get(article),
      part,
      first,
      decided.has(number),
    ].join(" ");
    if (row.sign === sign) return;
    row.sign = sign;
    row.article = article;
    const what = use === "article" ? words[part] : words[use];
    const tags = [
      part === "text" || use === "blank" ? null : what,
      decided.has(number) ? words.decided : null,
    ].filter(Boolean);
    row.margin.textContent = use === "blank" ? "" : (numbers.get(article) ?? "");
    row.part.textContent = tags.join(" · ");
    row.element.ariaLabel = [
      number,
      article ? words.article(numbers.get(article)) : null,
      ...tags,
      text,
    ]
      .filter(Boolean)
      .join(", ");
    const { dataset } = row.element;
    dataset.use = use;
    for (const [name, value] of Object.entries({
      hue: hues.get(article),
      part: part === "text" ? null : part,
    })) {
      if (value === null || value === undefined) delete dataset[name];
      else dataset[name] = value;
    }
    row.element.toggleAttribute("data-first", first);
    row.element.toggleAttribute("data-decided", decided.has(number));
  }

  #mark() {
    for (const row of this.marked) {
      row.element.ariaSelected = "false";
      row.element.removeAttribute("data-cursor");
    }
    const [first, last] = this.range;
    this.marked = this.rows.slice(first - 1, last);
    for (const row of this.marked) row.element.ariaSelected = "true";
    this.rows[this.cursor - 1]?.element.setAttribute("data-cursor", "");
    this.root.setAttribute("aria-activedescendant", `line-${this.cursor}`);
  }

  // What is said below the page takes of its room: the cursor that was seen is seen still.
  #keepInView() {
    const { clientHeight } = this.root;
    const row = this.rows[this.cursor - 1]?.element;
    const top = this.root.getBoundingClientRect().top;
    const end = row ? row.getBoundingClientRect().bottom - top : 0;
    if (end > clientHeight && end <= this.height) row.scrollIntoView({ block: "nearest" });
    this.height = clientHeight;
  }

  #click(event) {
    const row = event.target.closest("[data-line]");
    if (!row || row.dataset.use === "blank") return;
    this.moveTo(Number(row.dataset.line), { extend: event.shiftKey, scroll: false });
    if (event.target.closest(".margin")) this.chose();
  }

  // The whole page at a glance, an article a stripe.
  #draw(lines) {
    const stripes = [];
    for (const { use, article, text } of lines) {
      if (!text.trim() && stripes.length) stripes.at(-1).lines++;
      else if (stripes.at(-1)?.use === use && stripes.at(-1).article === article)
        stripes.at(-1).lines++;
      else stripes.push({ use, article, lines: 1 });
    }
    const sign = JSON.stringify(stripes);
    if (this.drawn === sign) return;
    this.drawn = sign;
    this.map.replaceChildren(
      ...stripes.map(({ use, article, lines: height }) => {
        const hue = this.outline.hues.get(article);
        const stripe = make("i", { data: hue === undefined ? { use } : { use, hue } });
        stripe.style.flexGrow = height;
        return stripe;
      }),
    );
  }

  #jump({ clientY }) {
    const { top, height } = this.map.getBoundingClientRect();
    const number = Math.ceil(((clientY - top) / height) * this.rows.length);
    this.reveal(this.#seek(Math.max(1, Math.min(number, this.rows.length)), 1));
  }
}
