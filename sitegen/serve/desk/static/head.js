// The head of the desk: which page is open, which are beside it.

import { find, make, printed } from "./dom.js";
import { words } from "./words.js";

export function hasWork({ state, open, problems }) {
  return state !== "imported" || open + problems.length > 0;
}

export function nameIssue({ issue, page }) {
  return [issue ?? words.undated, page === null ? null : words.page(page)]
    .filter(Boolean)
    .join(" ");
}

export function showHead({ sheet, flags, lost, isClear }) {
  const parts = [nameIssue(sheet), sheet.number === null ? null : words.issue(sheet.number)].filter(
    Boolean,
  );
  find("title").replaceChildren(
    parts.join(" · "),
    ...(sheet.name ? [" ", printed("b", {}, sheet.name)] : []),
  );
  find("facts").replaceChildren(
    make("span", { className: "file" }, sheet.file),
    make("span", {}, words.countArticles(sheet.articles.length)),
    ...drawOpen({ ...sheet, flags: flags.length, remainder: lost.length }, isClear),
  );
  document.title = `${flags.length ? `(${flags.length}) ` : ""}${nameIssue(sheet)} · ${words.desk}`;
}

// What is left to be done on a page; a tick where nothing is.
export function drawOpen({ state, flags, remainder, problems }, isClear) {
  const count = (text) => text && make("span", { className: "count" }, text);
  if (isClear) return [make("span", { className: "clear" }, `✓ ${words.nothing}`)];
  const open = [
    count(words.states[state]),
    count(flags > 0 && `⚑ ${words.countFlags(flags)}`),
    count(remainder > 0 && words.countRemainder(remainder)),
  ].filter(Boolean);
  return open.length ? open : [count(words.countProblems(problems.length))];
}

export function showNearby(pages, file) {
  const at = pages.findIndex((page) => page.file === file);
  const open = [...pages.slice(at + 1), ...pages.slice(0, Math.max(at, 0))].filter(hasWork);
  find("nearby").replaceChildren(
    ...[
      pages[at - 1] && link(pages[at - 1], "‹", words.before),
      pages[at + 1] && link(pages[at + 1], "›", words.after),
      open[0] && link(open[0], words.nextPage(open.length), null),
    ].filter(Boolean),
  );
}

function link({ file }, text, label) {
  return make(
    "a",
    { href: `?${new URLSearchParams({ file })}`, "aria-label": label, title: label },
    text,
  );
}
