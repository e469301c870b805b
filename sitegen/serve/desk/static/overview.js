// The list of all pages, with what is to be looked at.

import { TO_IMPORT } from "./articles.js";
import { find, make, printed } from "./dom.js";
import { drawOpen, hasWork, nameIssue } from "./head.js";
import { importUnopened } from "./orders.js";
import { sayOutcome } from "./results.js";
import { sayProblem, words } from "./words.js";

const KEY = "review-only-flagged";
const SHOWN = ["not-imported", "import-again"]; // by the state of the page

let drawn;
let busy = false;

// `again` reads the list and shows it.
export function showOverview(pages, again) {
  const sign = JSON.stringify(pages);
  if (sign === drawn) return;
  drawn = sign;
  const root = find("sheets");
  find("overview").hidden = false;
  find("title").textContent = words.pages;
  document.title = `${words.pages} · ${words.desk}`;
  const flagged = pages.filter(hasWork);
  const box = make("input", { type: "checkbox", checked: recall() });
  const list = make("ol", { className: "sheets" });
  const draw = () => list.replaceChildren(...(box.checked ? flagged : pages).map((page) => drawPage(page, again)));
  box.addEventListener("change", () => {
    remember(box.checked);
    draw();
  });
  draw();
  const flags = pages.reduce((sum, page) => sum + page.flags, 0);
  find("facts").textContent = `${words.countPages(pages.length)} · ${words.countFlags(flags)}`;
  const at = document.activeElement?.closest("#sheets li")?.dataset.file;
  root.replaceChildren(
    ...(pages.length
      ? [make("label", { className: "filter" }, box, words.onlyFlagged), list]
      : [make("p", {}, words.noPages)]),
  );
  if (at !== undefined)
    (root.querySelector(`li[data-file="${CSS.escape(at)}"] a`) ?? box).focus({
      preventScroll: true,
    });
}

// Leads to the list from a page that cannot be shown.
export function showWayBack() {
  find("overview").hidden = false;
  find("sheets").replaceChildren(make("p", {}, make("a", { href: "./" }, words.allPages)));
}

async function importPage(file, again) {
  if (busy) return;
  busy = true;
  find("overview").ariaBusy = "true";
  find("outcome").textContent = words.working;
  const sheet = await importUnopened(file);
  busy = false;
  find("overview").ariaBusy = "false";
  find("outcome").textContent = sheet ? `${file}: ${sayOutcome(sheet.said, words.wasImported)}` : "";
  await again();
}

function drawPage(page, again) {
  const { file, name, articles, state } = page;
  const problems = page.problems.filter(({ code }) => !SHOWN.includes(code));
  return make(
    "li",
    { data: { file } },
    make(
      "a",
      { href: `?${new URLSearchParams({ file })}` },
      make("span", { className: "name" }, nameIssue(page), name ? printed("b", {}, name) : null),
      make("span", { className: "file" }, file),
      make("span", { className: "facts" }, words.countArticles(articles)),
      make("span", { className: "open" }, drawOpen(page, !hasWork(page))),
    ),
    TO_IMPORT.includes(state) ? drawImport(file, again) : null,
    problems.length
      ? make(
          "ul",
          { className: "problems" },
          problems.map((problem) => make("li", {}, sayProblem(problem))),
        )
      : null,
  );
}

function drawImport(file, again) {
  const button = { type: "button", "aria-label": `${words.importPage}: ${file}` };
  const element = make("button", button, words.importPage);
  element.addEventListener("click", () => importPage(file, again));
  return make("p", { className: "order" }, element);
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
