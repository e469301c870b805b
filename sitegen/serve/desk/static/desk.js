// The review desk: what is open, what is chosen, and what becomes of an editor's decisions.

import { Articles } from "./articles.js";
import { Commands } from "./commands.js";
import { find, make, printed } from "./dom.js";
import { follow } from "./following.js";
import { Lines } from "./lines.js";
import { Orders } from "./orders.js";
import { Outline } from "./outline.js";
import { showHead, showNearby } from "./head.js";
import { showOverview, showWayBack } from "./overview.js";
import { Rest } from "./rest.js";
import { attempt, forgive } from "./refusals.js";
import { readPage, readPages } from "./server.js";
import { fillWords, sayLines, sayUndo, words } from "./words.js";

class Desk {
  // `article` is the one that is to be looked at first.
  constructor(file, article) {
    this.file = file;
    this.wanted = article;
    this.outline = null;
    this.article = null; // the id of the chosen one
    this.flag = null; // the code of its flag that is being looked at
    this.place = -1; // of that flag among all, also when it is gone
    this.extending = false;
    this.stale = false;
    this.lines = new Lines({ moved: () => this.#say(), chose: () => this.run("choose") });
    this.articles = new Articles(find("articles"));
    this.rest = new Rest(find("rest"));
    this.orders = new Orders(file, {
      show: (sheet) => this.#showOutcome(sheet),
      tell: (...said) => this.tell(...said),
      refused: () => this.#catchUp(),
    });
    this.commands = new Commands((name, value) => this.run(name, value), this.lines);
    find("sheet").addEventListener("click", (event) => this.#click(event));
  }

  async open() {
    find("title").textContent = words.loading;
    const sheet = await attempt("reading", () => readPage(this.file));
    find("title").textContent = this.file;
    if (!sheet) return showWayBack();
    find("overview").hidden = true;
    this.show(sheet);
    find("sheet").hidden = find("tools").hidden = false;
    this.lines.root.focus({ preventScroll: true });
    this.#lookFirst();
    this.#showNearby();
  }

  show(sheet) {
    this.outline = this.orders.outline = new Outline(sheet, this.outline);
    const cut = find("cut");
    const top = cut.scrollTop;
    this.lines.show(this.outline);
    this.articles.show(this.outline);
    this.rest.show(this.outline);
    cut.scrollTop = top;
    this.#keepChoice();
    showHead(this.outline);
    this.commands.allow(
      "undo",
      sheet.undo !== null,
      sheet.undo && `${words.commands.undo}: ${sayUndo(sheet.undo)}`,
    );
    this.#say();
  }

  // Reads the page again, unless an editor is about to do something with what is shown.
  async refresh() {
    if (!this.outline) return this.open(); // it could not be read so far
    this.stale = true;
    if (this.orders.busy) return;
    if (this.lines.isRange || !getSelection().isCollapsed || find("help").open) {
      this.tell(words.waiting);
      return;
    }
    this.stale = false;
    const before = this.outline.sheet;
    const sheet = await attempt("reading", () => readPage(this.file));
    if (!sheet || this.outline.sheet !== before || isSame(sheet, before)) return;
    this.show(sheet);
    forgive();
    if (sheet.version !== before.version) this.tell(words.readAgain);
  }

  run(name, value) {
    if (!this.outline && name !== "help") return; // nothing is there yet
    const { article, flag, lines, orders } = this;
    const does = {
      previous: () => this.#step(-1),
      next: () => this.#step(1),
      up: () => lines.press({ key: "ArrowUp", shiftKey: this.extending }),
      down: () => lines.press({ key: "ArrowDown", shiftKey: this.extending }),
      range: () => this.#extend(!this.extending),
      choose: () => this.#chooseOwn(),
      leave: () => this.#extend(false),
      settle: () => this.#settle(article, flag),
      start: () => orders.start(lines.range[0]),
      join: () => orders.join(lines.cursor),
      append: () =>
        article ? orders.join(lines.cursor, article) : this.tell(words.cannot.article),
      headline: () => orders.giveHeadline(article, this.outline.filled(...lines.range)),
      pick: () => orders.pick(article, value),
      furniture: () => orders.mark("furniture", ...lines.range),
      ignore: () => orders.mark("ignore", ...lines.range),
      undo: () => orders.undo(),
      open: () => (article ? orders.open(article) : this.tell(words.cannot.article)),
      help: () => this.commands.showHelp(),
    };
    does[name]();
  }

  tell(text, details = []) {
    find("status").replaceChildren(text, ...(details.length ? [make("ul", {}, details)] : []));
    find("status").scrollTop = 0;
  }

  #look(place, { focus = true } = {}) {
    const { article, code, lines } = this.outline.flags[place];
    this.#choose(article, code);
    this.lines.reveal(lines[0]?.first ?? this.outline.pieces.get(article).lines[0]?.first);
    if (focus) this.articles.reveal(article, code);
  }

  #lookFirst() {
    const { flags, pieces, sheet } = this.outline;
    const wanted = pieces.get(this.wanted);
    const place = flags.findIndex(({ article }) => article === this.wanted);
    if (place >= 0 || (!wanted && flags.length)) {
      this.#look(Math.max(place, 0), { focus: false });
      return;
    }
    this.#choose(wanted?.id ?? sheet.articles[0]?.id ?? null);
    this.lines.reveal(wanted?.lines[0]?.first);
  }

  // Goes on to the flag that followed.
  async #settle(article, flag) {
    if (!(await this.orders.settle(article, flag))) return;
    const { flags } = this.outline;
    if (flags.length) this.#look(this.place % flags.length);
    else this.tell(words.wasLast);
  }

  #step(way) {
    const { flags } = this.outline;
    if (!flags.length) {
      this.tell(words.cannot.flags);
      return;
    }
    const gone = this.flag === null && way > 0 ? 0 : way; // what followed has moved up
    const place = Math.min(this.place, flags.length) + gone;
    this.#look((place + flags.length) % flags.length);
  }

  #choose(article, flag = null) {
    const place = this.#findFlag(article, flag);
    if (place >= 0) this.place = place;
    this.article = article;
    this.flag = flag;
    this.lines.choose(article);
    this.articles.choose(article, flag);
    this.#say();
  }

  #keepChoice() {
    const article = this.outline.pieces.has(this.article)
      ? this.article
      : this.lines.cursor
        ? this.outline.line(this.lines.cursor).article
        : null;
    this.#choose(article, this.#findFlag(article, this.flag) >= 0 ? this.flag : null);
  }

  #findFlag(article, code) {
    return this.outline.flags.findIndex((flag) => flag.article === article && flag.code === code);
  }

  #chooseOwn() {
    const { article } = this.outline.line(this.lines.cursor);
    if (!article) {
      this.tell(words.cannot.own);
      return;
    }
    const flag = this.outline.flags.find((each) => each.article === article);
    this.#choose(article, flag?.code ?? null);
    this.articles.reveal(article, null);
    this.lines.root.focus({ preventScroll: true });
  }

  // Giving up a range is when what has changed meanwhile may be shown.
  #extend(on) {
    this.extending = on;
    this.commands.press("range", on);
    if (on) return;
    this.lines.collapse();
    getSelection().removeAllRanges();
    this.#catchUp();
  }

  #catchUp() {
    if (this.stale) this.refresh();
  }

  #showOutcome(sheet) {
    this.show(sheet);
    this.#extend(false);
    if (!this.outline.flags.length) this.#showNearby();
  }

  async #showNearby() {
    const pages = await attempt("reading", readPages);
    if (pages) showNearby(pages, this.file);
  }

  #click({ target }) {
    const button = target.closest("button");
    const card = target.closest("[data-article]");
    const { show, settle, candidate, withdraw, go } = button?.dataset ?? {};
    const does = button?.dataset.do;
    const { orders } = this;
    const article = card?.dataset.article;
    if (show) this.#showPane(show);
    if (article)
      this.#choose(
        article,
        settle ??
          target.closest("[data-flag]")?.dataset.flag ??
          (article === this.article ? this.flag : null),
      );
    if (settle) this.#settle(article, settle);
    else if (candidate) orders.pick(article, Number(candidate));
    else if (does === "headline-none") orders.giveHeadline(article, []);
    else if (does === "open") orders.open(article);
    else if (does === "open-page") orders.open(null);
    else if (does === "import") orders.importPage();
    else if (withdraw) orders.withdraw(this.outline.sheet.decisions[withdraw]);
    const line = does === "lines" ? this.outline.pieces.get(article).lines[0].first : Number(go);
    if (line) {
      this.#showPane("text");
      this.lines.reveal(line);
    }
  }

  #showPane(name) {
    find("sheet").dataset.pane = name;
    for (const button of document.querySelectorAll("[data-show]"))
      button.ariaPressed = String(button.dataset.show === name);
    if (name === "text") this.lines.moveTo(this.lines.cursor, { extend: true });
    else this.articles.reveal(this.article, this.flag);
  }

  // Says what a decision would be about.
  #say() {
    if (!this.outline || !this.lines.cursor) return;
    const [first, last] = this.lines.range;
    const { article, use } = this.outline.line(this.lines.cursor);
    const where = article ? words.article(this.outline.numbers.get(article)) : words[use];
    const piece = this.outline.pieces.get(this.article);
    const chosen = piece
      ? [
          words.chosenArticle,
          " ",
          make("b", {}, this.outline.numbers.get(piece.id)),
          " ",
          printed("span", {}, piece.title),
        ]
      : [words.noChosen];
    find("context").replaceChildren(
      make("span", {}, words.cursor(`${sayLines([{ first, last }])} · ${where}`)),
      make("span", {}, ...chosen),
    );
  }
}

function isSame(sheet, before) {
  return JSON.stringify({ ...sheet, said: [] }) === JSON.stringify({ ...before, said: [] });
}

async function start() {
  fillWords();
  const asked = new URLSearchParams(location.search);
  const file = asked.get("file");
  const connected = (yes) => (find("link").textContent = yes ? "" : words.stopped);
  if (file !== null) {
    const desk = new Desk(file, asked.get("article"));
    await desk.open();
    follow(() => desk.refresh(), connected);
    return;
  }
  const show = async () => {
    const pages = await attempt("reading", readPages);
    if (pages) showOverview(pages, show);
  };
  await show();
  follow(show, connected);
}

start();
