// The articles that were cut from the page, those with flags first.

import { make, printed } from "./dom.js";
import { listOwn } from "./outline.js";
import { sayNote } from "./results.js";
import { sayFlag, sayLines, sayProblem, words } from "./words.js";

const SHOWN = 5; // candidates
export const TO_IMPORT = ["new", "changed"]; // states of a page
const DOUBTS = ["headline-missing", "headline-weak"];

export class Articles {
  constructor(root) {
    this.root = root;
    this.cards = new Map();
    this.doubtful = new Set(); // whatever had a flag stays above while this page is open
    this.flagged = make("div", { className: "cards" });
    this.others = make("div", { className: "cards" });
    this.heads = [make("h3", {}), make("h3", {})];
    this.done = make("p", { className: "done" });
    this.notes = make("div", {});
    root.replaceChildren(
      this.notes,
      this.done,
      this.heads[0],
      this.flagged,
      this.heads[1],
      this.others,
    );
  }

  show(outline) {
    const { articles } = outline.sheet;
    for (const piece of articles) if (listOwn(piece).length) this.doubtful.add(piece.id);
    const cards = new Map(articles.map((piece) => [piece.id, this.#card(piece, outline)]));
    this.cards = cards;
    const above = articles.filter(({ id }) => this.doubtful.has(id));
    const below = articles.filter(({ id }) => !this.doubtful.has(id));
    arrange(
      this.flagged,
      above.map(({ id }) => cards.get(id).element),
    );
    arrange(
      this.others,
      below.map(({ id }) => cards.get(id).element),
    );
    const open = outline.flags.length;
    this.heads[0].textContent = `${words.toLookAt} · ${words.countFlags(open)}`;
    this.heads[0].hidden = !above.length;
    this.heads[1].textContent = `${above.length ? words.others : words.articles} · ${below.length}`;
    this.heads[1].hidden = !below.length;
    this.done.hidden = !outline.isClear;
    this.done.textContent = `✓ ${words.allDone}`;
    this.notes.replaceChildren(...drawNotes(outline));
    this.choose(this.article, this.flag);
  }

  // Marks the chosen article, and its flag that is being looked at.
  choose(article, flag) {
    this.article = article;
    this.flag = flag;
    for (const [id, { element }] of this.cards) {
      element.toggleAttribute("data-chosen", id === article);
      if (id === article) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
      for (const item of element.querySelectorAll("[data-flag]")) {
        item.toggleAttribute("data-current", id === article && item.dataset.flag === flag);
      }
    }
  }

  reveal(article, flag) {
    const card = this.cards.get(article)?.element;
    const item = card?.querySelector(`[data-flag="${flag}"]`);
    card?.scrollIntoView({ block: "nearest" });
    (item ?? card)?.focus({ preventScroll: true });
  }

  #card(piece, outline) {
    const number = outline.numbers.get(piece.id);
    const hue = outline.hues.get(piece.id);
    const holders = piece.candidates.map(({ lines }) =>
      outline.numbers.get(outline.line(lines[0]).article),
    );
    const sign = JSON.stringify([piece, number, hue, holders]);
    const known = this.cards.get(piece.id);
    if (known?.sign === sign) return known;
    const element =
      known?.element ??
      make("article", { className: "card", tabIndex: -1, data: { article: piece.id } });
    const open = new Set(
      [...element.querySelectorAll("details[open]")].map(({ className }) => className),
    );
    const at = element.contains(document.activeElement) ? document.activeElement.dataset.do : null;
    element.dataset.hue = hue;
    element.dataset.state = piece.state;
    element.ariaLabel = `${words.article(number)}: ${piece.title}`;
    element.replaceChildren(...drawCard(piece, number, holders));
    for (const details of element.querySelectorAll("details"))
      if (open.has(details.className)) details.open = true;
    if (at) (element.querySelector(`[data-do="${at}"]`) ?? element).focus({ preventScroll: true });
    return { element, sign };
  }
}

// Moves only what stands elsewhere, so that what is focused stays so.
export function arrange(parent, elements) {
  let place = parent.firstElementChild;
  const kept = new Set(elements);
  for (const element of [...parent.children]) if (!kept.has(element)) element.remove();
  place = parent.firstElementChild;
  for (const element of elements) {
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
  }
}

function* drawCard(piece, number, holders) {
  const flags = listOwn(piece);
  const doubtful = flags.some(({ code }) => DOUBTS.includes(code));
  yield make(
    "header",
    {},
    make("span", { className: "badge", "aria-hidden": "true" }, number),
    make(
      "div",
      { className: "heads" },
      piece.kicker && printed("p", { className: "kicker" }, piece.kicker),
      printed("h4", {}, piece.title || words.untitled),
      piece.deck && printed("p", { className: "deck" }, piece.deck),
    ),
  );
  yield drawFacts(piece);
  for (const problem of piece.problems)
    yield make("p", { className: "note problem" }, sayProblem(problem));
  for (const note of piece.notes) yield make("p", { className: "note" }, sayNote(note));
  if (flags.length) yield make("ul", { className: "flags" }, flags.map(drawFlag));
  if (doubtful)
    yield make(
      "section",
      { className: "candidates" },
      make("h5", {}, words.candidates),
      drawChoices(piece, number, holders),
    );
  else if (piece.state !== "deleted")
    yield make(
      "details",
      { className: "candidates" },
      make("summary", {}, words.candidates),
      drawChoices(piece, number, holders),
    );
  if (piece.difference)
    yield make(
      "details",
      { className: "difference" },
      make("summary", {}, words.difference),
      drawDifference(piece),
    );
  yield make(
    "p",
    { className: "links" },
    piece.state !== "deleted" &&
      make("button", { type: "button", className: "plain", data: { do: "open" } }, words.openFile),
    piece.address && make("a", { href: piece.address, target: "_blank" }, words.show),
  );
}

// What is to be said of the page as a whole.
function* drawNotes({ sheet, concluded, lost }) {
  for (const problem of sheet.problems)
    yield make("p", { className: "note problem" }, sayProblem(problem));
  if (TO_IMPORT.includes(sheet.state))
    yield make(
      "p",
      {},
      make("button", { type: "button", data: { do: "import" } }, words.importPage),
    );
  if (lost.length) {
    const go = { type: "button", className: "plain", data: { do: "go", go: lost[0].number } };
    yield make(
      "p",
      { className: "note" },
      make("strong", {}, words.countRemainder(lost.length)),
      " ",
      make("button", go, words.showLines),
    );
  }
  for (const code of concluded) {
    const [name, advice] = words.flags[code];
    yield make("p", { className: "note" }, make("strong", {}, name), " ", advice);
  }
}

function drawFacts(piece) {
  const lines = make(
    "button",
    { type: "button", className: "plain", title: words.showLines, data: { do: "lines" } },
    sayLines(piece.lines),
  );
  const state =
    piece.state !== "imported" && make("span", { className: "state" }, words[piece.state]);
  const told = [piece.byline, piece.dateline]
    .filter(Boolean)
    .map((text) => printed("span", {}, text));
  return make(
    "p",
    { className: "facts" },
    piece.lines.length ? lines : null,
    make("span", {}, `${piece.section_title} · ${words.kinds[piece.kind] ?? piece.kind}`),
    told,
    state || null,
  );
}

function drawFlag(flag) {
  const [name, advice] = sayFlag(flag);
  return make(
    "li",
    { tabIndex: -1, data: { flag: flag.code } },
    make("span", { className: "sign", "aria-hidden": "true" }, "⚑"),
    make(
      "span",
      { className: "what" },
      make("strong", {}, name),
      " ",
      make("span", { className: "advice" }, advice),
      flag.lines.length > 0 && [" ", drawPlace(flag.lines)],
    ),
    make(
      "button",
      { type: "button", data: { do: `settle-${flag.code}`, settle: flag.code } },
      words.settle,
    ),
  );
}

function drawPlace(lines) {
  const go = { type: "button", className: "plain", data: { do: "go", go: lines[0].first } };
  return make("button", go, sayLines(lines));
}

function drawChoices(piece, number, holders) {
  const choices = piece.candidates
    .slice(0, SHOWN)
    .map((candidate, index) =>
      drawCandidate(candidate, index, holders[index] === number ? null : holders[index]),
    );
  const none = make(
    "li",
    {},
    make(
      "button",
      { type: "button", className: "choice none", data: { do: "headline-none" } },
      words.none,
    ),
  );
  return [
    make("ol", { className: "choices" }, choices, none),
    make("p", { className: "advice" }, words.unprinted),
  ];
}

// `holder` is the number of another article that the head stands in now.
function drawCandidate({ lines, text, score, chosen }, index, holder) {
  const percent = Math.round(score * 100);
  const ranges = lines.map((number) => ({ first: number, last: number }));
  return make(
    "li",
    {},
    make(
      "button",
      {
        type: "button",
        className: "choice",
        "aria-pressed": String(chosen),
        data: { do: `headline-${index}`, candidate: index },
      },
      make("kbd", {}, index + 1),
      printed("span", { className: "words" }, text),
      make(
        "span",
        { className: "score" },
        make("meter", { min: 0, max: 1, value: score, "aria-hidden": "true" }),
        make("span", {}, words.fits(percent)),
        make("span", {}, sayLines(ranges)),
        holder ? make("span", { className: "held" }, words.held(holder)) : null,
        chosen ? make("span", { className: "now" }, words.chosen) : null,
      ),
    ),
  );
}

// Its first two lines name the two that are compared.
function drawDifference({ path, difference }) {
  const ways = { "+": "more", "-": "less", "@": "place" };
  const names = [`--- ${path}`, `+++ ${words.asImported}`];
  const lines = difference.replace(/\n$/, "").split("\n").slice(names.length);
  return printed(
    "pre",
    { tabIndex: 0 },
    ...names.map((name) => make("span", { data: { way: "place" } }, `${name}\n`)),
    ...lines.map((line) => make("span", { data: { way: ways[line[0]] ?? "same" } }, `${line}\n`)),
  );
}
