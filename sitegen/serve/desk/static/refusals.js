// Say what the preview refuses, with the remedy that it gives.

import { find, make } from "./dom.js";
import { Refusal } from "./server.js";
import { words } from "./words.js";

// What was said of an order stays until one is carried out, whatever is read meanwhile.
export function complain(what, problems) {
  const place = find("alert");
  place.dataset.of = what;
  place.replaceChildren(...problems.map((text) => make("p", {}, text)));
}

// Gives null where the preview refuses, after `refused` was told.
export async function attempt(what, ask, refused = () => {}) {
  try {
    const answer = await ask();
    if (what === "order" || find("alert").dataset.of === what) complain(what, []);
    return answer;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    complain(what, refusal.status === 0 ? [words.silent] : refusal.problems);
    await refused(refusal);
    return null;
  }
}
