// Say what became of the articles of a page by a decision or an import.

import { make } from "./dom.js";
import { words } from "./words.js";

// Says `done`, unless a file was edited and could not follow.
export function sayOutcome(said, done) {
  return said.some(isBehind) ? words.behind : done;
}

// Lists what became of each article, those apart that nothing was decided about.
export function listResults({ articles, said }) {
  const numbers = new Map(articles.map(({ id }, index) => [id, index + 1]));
  const list = (results) => results.map((result) => drawResult(result, numbers));
  const others = list(said.filter(({ is_other }) => is_other));
  return [
    ...list(said.filter(({ is_other }) => !is_other)),
    ...(others.length ? [make("li", { className: "apart" }, words.othersChanged)] : []),
    ...others,
  ];
}

export function sayNote(note) {
  return words.notes[note.code]?.(note) ?? note.says;
}

function isBehind({ code, is_other, notes }) {
  return code === "kept" && !is_other && notes.some((note) => note.code !== "no-more");
}

function drawResult({ id, code, title, gained, lost, notes }, numbers) {
  const number = numbers.get(id);
  const told = [
    words.outcomes[code] ?? code,
    gained ? words.gained(gained) : null,
    lost ? words.lost(lost) : null,
    ...notes.map(sayNote),
  ].filter(Boolean);
  const name = number ? words.article(number) : "";
  return make("li", {}, words.result(name, `${id}.md`, title, told.join(words.comma)));
}
