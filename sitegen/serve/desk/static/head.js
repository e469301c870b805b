// The head of the desk: which page is open, which are beside it.

import { find, make, printed } from "./dom.js";
import { words } from "./words.js";

export function hasWork({ flags, remainder, problems }) {
  return flags + remainder + problems.length > 0;
}

export function nameIssue({ issue, page }) {
  return [issue ?? words.undated, page === null ? null : words.page(page)]
    .filter(Boolean)
    .join(" ");
}

export function showHead({ sheet, flags }) {
  const parts = [nameIssue(sheet), sheet.number === null ? null : words.issue(sheet.number)].filter(
    Boolean,
  );
  find("title").replaceChildren(
    parts.join(" · "),
    ...(sheet.name ? [" ", printed("b", {}, sheet.name)] : []),
  );
  const lost = sheet.lines.filter(({ use }) => use === "remainder").length;
  find("facts").replaceChildren(
    make("span", { className: "file" }, sheet.file),
    make("span", {}, words.countArticles(sheet.articles.length)),
    ...(lost ? [make("span", {}, words.countRemainder(lost))] : []),
    make(
      "span",
      { className: flags.length ? "count" : "clear" },
      flags.length ? `⚑ ${words.countFlags(flags.length)}` : `✓ ${words.nothing}`,
    ),
  );
  document.title = `${flags.length ? `(${flags.length}) ` : ""}${nameIssue(sheet)} · ${words.desk}`;
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
