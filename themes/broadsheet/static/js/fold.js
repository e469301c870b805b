// Text as the search index sees it: see sitegen/render/searchpage.py.

// Width, case, accents and script are no difference: gives the characters that one is looked up by.
export function makeFold({ from, to }) {
  const targets = [...to];
  const simplified = new Map(Array.from(from, (c, i) => [c, targets[i]]));
  const strip = (c) => c.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{C}]/gu, "");
  return (character) => Array.from(strip(character), (c) => simplified.get(c) ?? c);
}

// The words of a text and where their characters stand in it: a Han character, a digit or a mark
// is one, the letters of a script with blanks stay together.
export function cutWords(text, fold) {
  const words = [];
  let open;
  [...text].forEach((character, place) => {
    for (const c of fold(character)) {
      const letter = c < "\u0e00" && /\p{L}/u.test(c);
      if (letter && open) {
        words.at(-1).text += c;
        words.at(-1).last = place;
      } else if (c.trim()) words.push({ text: c, first: place, last: place });
      open = letter;
    }
  });
  return words;
}

// “三抓三促”行动 → 三 抓 三 促, 行 动
export function cutPhrases(query, fold) {
  const parts = [...query.slice(0, 100)].flatMap(fold).join("").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return parts.map((part) => cutWords(part, fold).map(({ text }) => text));
}

// Where phrases stand in words, the longest phrase first: the first and last place of each hit.
export function findHits(words, phrases) {
  const sorted = [...phrases].sort((a, b) => b.length - a.length);
  return sorted.flatMap((phrase) =>
    words.flatMap(({ first }, i) =>
      phrase.every((text, k) => words[i + k]?.text === text)
        ? [[first, words[i + phrase.length - 1].last]]
        : [],
    ),
  );
}

// Cuts a phrase where it stops being found.
export async function cutPieces(phrase, stands) {
  const pieces = [];
  for (let start = 0, end; start < phrase.length; start = Math.max(end - 1, start + 1)) {
    end = start + 1;
    while (end <= phrase.length && (await stands(phrase.slice(start, end)))) end++;
    const piece = phrase.slice(start, end - 1);
    if (piece.join("").length > 1) pieces.push(piece);
  }
  return pieces;
}
