// What a sheet says, by line and by article.

const CONCLUDED = ["date-inferred", "page-inferred"]; // said once a page: no article tells more
const HUES = 12;
const PAST = 5; // lines of text
const FAR = 5; // steps round the circle from one article to the next, so that neighbours differ

export class Outline {
  constructor(sheet, before) {
    this.sheet = sheet;
    this.numbers = new Map(sheet.articles.map(({ id }, index) => [id, index + 1]));
    this.pieces = new Map(sheet.articles.map((piece) => [piece.id, piece]));
    this.hues = new Map();
    this.#colour(before?.hues ?? new Map());
    this.decided = new Set();
    for (const { lines } of sheet.decisions)
      for (const number of spell(lines)) this.decided.add(number);
    this.flags = sheet.articles.flatMap((piece) =>
      listOwn(piece).map(({ code, lines }) => ({ article: piece.id, code, lines })),
    );
    this.lost = sheet.lines.filter(({ use }) => use === "remainder");
    this.isClear =
      sheet.state === "imported" && !(this.flags.length + this.lost.length + sheet.problems.length);
    this.concluded = CONCLUDED.filter((code) =>
      sheet.articles.some(({ flags }) => flags.some((flag) => flag.code === code)),
    );
  }

  line(number) {
    return this.sheet.lines[number - 1];
  }

  // The lines of a range that hold text; those at its ends always do.
  filled(first, last) {
    return this.sheet.lines
      .slice(first - 1, last)
      .filter(({ text }) => text.trim())
      .map(({ number }) => number);
  }

  // Where what stands at a line begins: blank lines do not part it.
  findStart(number) {
    const { article } = this.line(number);
    let start = number;
    for (let n = number; n >= 1; n--) {
      const line = this.line(n);
      if (!line.text.trim()) continue;
      if (line.article !== article) break;
      start = n;
    }
    return start;
  }

  // The decision that says the opposite of another about the same lines.
  findContrary(kind, lines) {
    const sign = JSON.stringify(lines);
    const contrary = { start: "join", join: "start" }[kind];
    return this.sheet.decisions.find(
      (made) => made.kind === contrary && JSON.stringify(made.lines) === sign,
    );
  }

  // A line by which an article is named: the one that a decision has named it by, else one of its
  // text, past the first that a new headline may part from it.
  findAnchor(id) {
    const own = this.sheet.lines.filter((line) => line.article === id);
    const named = new Set(own.map(({ number }) => number));
    const made = this.sheet.decisions.find(
      ({ kind, article }) => kind === "headline" && named.has(article),
    );
    const text = own.filter(({ part }) => part === "text");
    const line = text[Math.min(PAST, Math.floor(text.length / 2))] ?? own.at(-1);
    return made?.article ?? line?.number;
  }

  // An article keeps its colour while others come and go.
  #colour(known) {
    const ids = this.sheet.articles.map(({ id }) => id);
    ids.forEach((id, index) => {
      const near = [this.hues.get(ids[index - 1]), known.get(ids[index + 1])];
      let hue = known.get(id) ?? ((near[0] ?? -FAR) + FAR) % HUES;
      while (near[0] === hue || (!known.has(id) && near[1] === hue)) hue = (hue + FAR) % HUES;
      this.hues.set(id, hue);
    });
  }
}

// The flags that are about the article itself.
export function listOwn({ flags }) {
  return flags.filter(({ code }) => !CONCLUDED.includes(code));
}

export function* spell(ranges) {
  for (const { first, last } of ranges)
    for (let number = first; number <= last; number++) yield number;
}

export function toRanges(numbers) {
  const ranges = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range?.last === number - 1) range.last = number;
    else ranges.push({ first: number, last: number });
  }
  return ranges;
}
