// Below the articles: what was decided, and the lines that are in no article.

import { make, printed } from "./dom.js";
import { sayLines, words } from "./words.js";

export class Rest {
  constructor(root) {
    this.root = root;
    this.sign = "";
  }

  show({ sheet }) {
    const unused = sheet.lines.filter(({ use }) => use !== "article" && use !== "empty");
    const sign = JSON.stringify([unused, sheet.decisions, sheet.path]);
    if (sign === this.sign) return;
    this.sign = sign;
    const closed = new Set(
      [...this.root.querySelectorAll("details:not([open])")].map(({ dataset }) => dataset.part),
    );
    const lists = ["remainder", "furniture", "ignored"].map((use) => [
      use,
      unused.filter((line) => line.use === use),
    ]);
    this.root.replaceChildren(
      drawPart("decisions", words.decisions, sheet.decisions.map(drawDecision), words.noDecisions),
      ...lists.map(([use, lines]) =>
        drawPart(
          use,
          words[`lines${use[0].toUpperCase()}${use.slice(1)}`],
          lines.map(drawLine),
          words.noLines,
        ),
      ),
      make(
        "p",
        { className: "links" },
        make(
          "button",
          { type: "button", className: "plain", data: { do: "open-page" } },
          words.openPage,
        ),
        make("code", {}, sheet.path),
      ),
    );
    for (const details of this.root.querySelectorAll("details"))
      if (closed.has(details.dataset.part)) details.open = false;
  }
}

function drawPart(part, title, items, empty) {
  const body = items.length ? make("ul", {}, items) : make("p", { className: "advice" }, empty);
  return make(
    "details",
    { open: true, data: { part } },
    make("summary", {}, `${title} · ${items.length}`),
    body,
  );
}

function drawLine({ number, text }) {
  return make(
    "li",
    {},
    make(
      "button",
      { type: "button", className: "plain line-link", data: { do: "go", go: number } },
      make("span", { className: "number" }, number),
      printed("span", { className: "words" }, text),
    ),
  );
}

function drawDecision({ kind, lines, article, applied }, index) {
  const text = words.decide[kind](sayLines(lines), article);
  return make(
    "li",
    { className: "decision" },
    make(
      "button",
      { type: "button", className: "plain", data: { do: "go", go: lines[0]?.first ?? article } },
      text,
    ),
    applied ? null : make("span", { className: "state" }, words.unapplied),
    make("button", { type: "button", data: { do: "withdraw", withdraw: index } }, words.withdraw),
  );
}
