// What the desk says, in the language of the browser.

import { CHINESE } from "./chinese.js";
import { ENGLISH } from "./english.js";
import { PROBLEMS } from "./problems.js";

const chinese = navigator.language.toLowerCase().startsWith("zh");
export const words = chinese ? CHINESE : ENGLISH;

export function sayLines(ranges) {
  const numbers = ranges.map(({ first, last }) =>
    first === last ? `${first}` : `${first}–${last}`,
  );
  if (!numbers.length) return "";
  if (chinese) return `第 ${numbers.join("、")} 行`;
  const several = ranges.length > 1 || ranges[0].first !== ranges[0].last;
  return `${several ? words.lines : words.line} ${numbers.join(", ")}`;
}

// What a flag of a newer sitegen is called, the server says.
export function sayFlag({ code, says }) {
  return words.flags[code] ?? [says, code];
}

// The preview itself speaks English.
export function sayProblem(problem) {
  const say = chinese ? PROBLEMS[problem.code] : null;
  return say ? say(problem, sayLines(problem.lines)) : problem.says;
}

// What undoing would take back.
export function sayUndo({ type, kind, lines, article, id, flag }) {
  if (type === "settle") return words.undoes.settle(id, words.flags[flag]?.[0] ?? flag);
  return words.undoes[type](words.decide[kind](sayLines(lines), article));
}

export function fillWords() {
  document.documentElement.lang = chinese ? "zh-Hans" : "en";
  for (const place of document.querySelectorAll("[data-word]"))
    place.textContent = words[place.dataset.word];
  for (const place of document.querySelectorAll("[data-label]"))
    place.ariaLabel = words[place.dataset.label];
}
