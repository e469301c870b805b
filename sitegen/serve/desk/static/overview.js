// The list of all pages, with what is to be looked at.

import { find, make, printed } from "./dom.js";
import { drawOpen, hasWork, nameIssue } from "./head.js";
import { sayProblem, words } from "./words.js";

const KEY = "review-only-flagged";
const SHOWN = ["not-imported", "import-again"]; // by the state of the page

let drawn;

export function showOverview(pages) {
  const sign = JSON.stringify(pages);
  if (sign === drawn) return;
  drawn = sign;
  const root = find("overview");
  root.hidden = false;
  find("title").textContent = words.pages;
  document.title = `${words.pages} · ${words.desk}`;
  const flagged = pages.filter(hasWork);
  const box = make("input", { type: "checkbox", checked: recall() });
  const list = make("ol", { className: "sheets" });
  const draw = () => list.replaceChildren(...(box.checked ? flagged : pages).map(drawPage));
  box.addEventListener("change", () => {
    remember(box.checked);
    draw();
  });
  draw();
  const flags = pages.reduce((sum, page) => sum + page.flags, 0);
  find("facts").textContent = `${words.countPages(pages.length)} · ${words.countFlags(flags)}`;
  root.replaceChildren(
    ...(pages.length
      ? [make("label", { className: "filter" }, box, words.onlyFlagged), list]
      : [make("p", {}, words.noPages)]),
  );
}

// Leads to the list from a page that cannot be shown.
export function showWayBack() {
  const root = find("overview");
  root.hidden = false;
  root.replaceChildren(make("p", {}, make("a", { href: "./" }, words.allPages)));
}

function drawPage(page) {
  const { file, name, articles } = page;
  const problems = page.problems.filter(({ code }) => !SHOWN.includes(code));
  return make(
    "li",
    {},
    make(
      "a",
      { href: `?${new URLSearchParams({ file })}` },
      make("span", { className: "name" }, nameIssue(page), name ? printed("b", {}, name) : null),
      make("span", { className: "file" }, file),
      make("span", { className: "facts" }, words.countArticles(articles)),
      make("span", { className: "open" }, drawOpen(page, !hasWork(page))),
    ),
    problems.length
      ? make(
          "ul",
          { className: "problems" },
          problems.map((problem) => make("li", {}, sayProblem(problem))),
        )
      : null,
  );
}

// Where storage is blocked it throws, and what is set lasts as long as the page.
function recall() {
  try {
    return localStorage.getItem(KEY) === "yes";
  } catch {
    return false;
  }
}

function remember(only) {
  try {
    localStorage.setItem(KEY, only ? "yes" : "no");
  } catch {}
}
