// Marks hits where they stand in the page.

import { cutWords, findHits } from "./fold.js";

// An element's text as one, with the node and the offsets of each of its characters.
export function readText(element, fold) {
  const letters = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    let end = 0;
    for (const c of node.data) letters.push({ node, c, start: end, end: (end += c.length) });
  }
  return { letters, words: cutWords(letters.map(({ c }) => c).join(""), fold) };
}

// From the last character to the first, so that the offsets before stay right.
export function mark({ letters, words }, phrases) {
  const hits = findHits(words, phrases);
  const hit = (i) => hits.some(([first, last]) => first <= i && i <= last);
  for (let i = letters.length - 1; i >= 0; i--) {
    if (!hit(i)) continue;
    const { node, end } = letters[i];
    let shown = letters[i].c;
    // A <wbr> between two texts lies within the mark, other elements do not.
    for (; letters[i - 1]?.node.parentNode === node.parentNode && hit(i - 1); i--)
      shown += letters[i - 1].c;
    if (!shown.trim()) continue;
    const range = document.createRange();
    range.setStart(letters[i].node, letters[i].start);
    range.setEnd(node, end);
    range.surroundContents(document.createElement("mark"));
  }
  return hits;
}
