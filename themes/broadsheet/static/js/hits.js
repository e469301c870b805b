// Shows on an article what its reader searched for.

import { cutPhrases, cutPieces, findHits, makeFold } from "./fold.js";
import { mark, readText } from "./mark.js";

const PARTS = ".article-column,hgroup>*,.byline-name,.prose,figcaption";

// ``back`` is the link to the search, in the bar that tells of the hits.
export async function showHits(back, query, table) {
  const fold = makeFold(await (await fetch(table)).json());
  const texts = Array.from(document.querySelectorAll(PARTS), (part) => readText(part, fold));
  const stands = (phrase) => texts.some(({ words }) => findHits(words, [phrase]).length);
  let phrases = cutPhrases(query, fold);
  if (!phrases.some(stands))
    phrases = (await Promise.all(phrases.map((phrase) => cutPieces(phrase, stands)))).flat();
  const hits = texts.flatMap((text) => [...new Set(mark(text, phrases).map(([first]) => first))]);
  if (!hits.length) return;
  const bar = back.parentNode;
  back.href = document.referrer;
  bar.hidden = false;
  bar.firstElementChild.append(bar.dataset.message.replace("{total}", hits.length));
  const marks = document.querySelectorAll("mark");
  const clear = () => {
    bar.hidden = true;
    for (const mark of marks) mark.replaceWith(...mark.childNodes);
  };
  bar.querySelector("button").onclick = () => (clear(), document.getElementById("main").focus());
  addEventListener("keydown", ({ key }) => key === "Escape" && clear());
  // Who has scrolled, or comes back to where they were, is not led away.
  if (!scrollY && marks[0].getBoundingClientRect().bottom > innerHeight)
    marks[0].scrollIntoView({ block: "center" });
}
