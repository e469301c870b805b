// What an editor orders: decisions about the cut, settled flags, and what takes them back.

import { find } from "./dom.js";
import { toRanges } from "./outline.js";
import { attempt, complain, UNREADABLE } from "./refusals.js";
import { order, readPage } from "./server.js";
import { listResults, sayOutcome } from "./results.js";
import { sayProblem, words } from "./words.js";

const UNABLE = 503; // the system could not do it

// Imports a page that is not open, as it is now; gives null where that is refused.
export function importUnopened(file) {
  return attempt("order", async () => {
    const { version } = await readPage(file);
    return order("import", { file, version });
  });
}

export class Orders {
  // `show` is given what became of the page, and `tell` words for the editor; `refused` is told
  // that the page is as it was.
  constructor(file, { show, tell, refused }) {
    this.file = file;
    this.show = show;
    this.tell = tell;
    this.refused = refused;
    this.busy = false;
  }

  // The page as the next order is about it.
  set outline(outline) {
    this.page = outline;
  }

  start(number) {
    return this.#decide("start", toRanges([number]));
  }

  // What stands at a line goes on the article before it, or on another.
  join(number, other = null) {
    const { article } = this.page.line(number);
    if (!article) return this.tell(words.cannot.own);
    if (article === other) return this.tell(words.cannot.same);
    const target = other && this.page.findAnchor(other);
    return this.#decide("join", toRanges([this.page.findStart(number)]), target);
  }

  // No lines where the article has no headline.
  giveHeadline(article, numbers) {
    const anchor = article && this.page.findAnchor(article);
    if (!anchor) return this.tell(words.cannot.article);
    return this.#decide("headline", toRanges(numbers), anchor);
  }

  pick(article, place) {
    const candidate = this.page.pieces.get(article)?.candidates[place];
    if (!candidate) return this.tell(words.cannot.candidate);
    return this.giveHeadline(article, candidate.lines);
  }

  // The lines are furniture, or to be ignored.
  mark(kind, first, last) {
    const numbers = this.page.filled(first, last);
    return this.#decide(kind, [{ first: numbers[0], last: numbers.at(-1) }]);
  }

  // Gives the page as it then is.
  settle(article, flag) {
    if (!flag) return this.tell(words.cannot.flag);
    return this.#change("decide", { change: { type: "settle", article, flag } }, words.wasSettled);
  }

  withdraw({ kind, lines, article }) {
    const change = { type: "withdraw", kind, lines, article };
    return this.#change("decide", { change }, words.withdrawn);
  }

  // Imports the page as it is.
  importPage() {
    return this.#change("import", {}, words.wasImported);
  }

  undo() {
    if (this.page.sheet.undo === null) return this.tell(words.cannot.undo);
    return this.#change("undo", {}, words.undone);
  }

  // Opens the file of an article, or that of the page text for null.
  async open(article) {
    const ask = () => order("open", { file: this.file, article });
    const told = await attempt("order", ask, ({ status, problems }) => {
      if (status === UNABLE) complain("order", problems.map(words.unopened));
    });
    if (told) this.tell(words.opened(told.opened));
  }

  // What an earlier decision said to the contrary is withdrawn: the page may need no other.
  #decide(kind, lines, article = null) {
    const contrary = this.page.findContrary(kind, lines);
    if (contrary) return this.withdraw(contrary);
    return this.#change("decide", { change: { type: "decide", kind, lines, article } }, words.done);
  }

  async #change(name, body, done) {
    if (this.busy) return;
    this.#rest(false);
    this.tell(words.working);
    const given = { file: this.file, version: this.page.sheet.version, ...body };
    const refused = (refusal) => {
      this.tell("");
      return this.#readRefused(refusal);
    };
    const sheet = await attempt("order", () => order(name, given), refused);
    this.#rest(true);
    if (!sheet) return this.refused();
    this.show(sheet);
    this.tell(sayOutcome(sheet.said, done), listResults(sheet));
    return sheet;
  }

  // What was refused may be so because the page has changed, or cannot be read any more: that is
  // said in place of the refusal until the page can be read again.
  async #readRefused({ status, problems }) {
    const sheet = await attempt("reading", () => readPage(this.file));
    if (sheet && status === UNREADABLE) this.tell(words.changed);
    if (!sheet || status !== 409) return;
    this.show(sheet);
    complain("order", [words.changed, ...problems.map(sayProblem)]);
  }

  #rest(idle) {
    this.busy = !idle;
    find("sheet").ariaBusy = String(this.busy);
  }
}
