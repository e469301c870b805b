// Say what the preview refuses, with the remedy that it gives.

import { find, make } from "./dom.js";
import { Refusal } from "./server.js";
import { sayProblem, words } from "./words.js";

// No answer at all; and an order that bears the mark of an earlier run of the preview.
const KNOWN = { 0: [words.silent], 403: [words.startedAnew] };

export const UNREADABLE = 424; // the site, as its files are

// What was said of an order stays until one is carried out, or what it was about has changed; what
// was said of reading until something can be read.
export function complain(what, said) {
  const place = find("alert");
  place.dataset.of = what;
  place.replaceChildren(...said.map((text) => make("p", {}, text)));
}

// Takes back what was said of an order.
export function forgive() {
  if (find("alert").dataset.of === "order") complain("order", []);
}

// Gives null where the preview refuses, after `refused` was told.
export async function attempt(what, ask, refused = () => {}) {
  try {
    const answer = await ask();
    if (what === "order" || find("alert").dataset.of === what) complain(what, []);
    return answer;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const about = refusal.status === UNREADABLE ? "reading" : what;
    complain(about, KNOWN[refusal.status] ?? refusal.problems.map(sayProblem));
    await refused(refusal);
    return null;
  }
}
