// Search in the reader's browser. The page asks a worker (this same file) for phrases, shard by
// shard, newest first. The words of the index are single characters and marks count as words, so
// that a phrase is found as string search would find it: see sitegen/render/searchpage.py.

const PER_PAGE = 10;
const EXCERPT = 110;
const BEFORE_HIT = 24;
const MOST_OPTIONS = 100;
const FILTERS = ["year", "section", "author", "place", "column", "kind"];

if (typeof document === "undefined") answerPage();
else document.querySelectorAll("form[data-search]").forEach(startPage);

// ---- the worker: one Pagefind instance a shard, one search at a time

function answerPage() {
  const shards = new Map();
  let last = Promise.resolve();
  let fault;
  // Where one of its files is missing, Pagefind says so here only, and then finds nothing.
  console.error = (message) => (fault ??= String(message));

  async function open({ hash, base, site }) {
    const { createInstance } = await import(`${base}pagefind.js`);
    const index = createInstance({ basePath: base, baseUrl: site, exactDiacritics: true });
    return shards.set(hash, { index, pages: new Map() }).get(hash);
  }

  // The articles that hold a phrase, all where it is null, and where it stands in each.
  async function find(shard, phrase) {
    fault = null;
    const { index, pages } = shards.get(shard.hash) ?? (await open(shard));
    const { results } = await index.search(phrase && `"${phrase}"`);
    if (fault) throw fault;
    // A result without words was found in what is only shown: a date, a page number.
    const found = results.filter(({ words }) => !phrase || words.length);
    for (const result of found) pages.set(result.id, result);
    return found.map(({ id, words }) => [id, words[0]]);
  }

  const read = async (shard, id) => shards.get(shard.hash).pages.get(id).data();

  addEventListener("message", async ({ data: [shard, phrase, id], ports: [port] }) => {
    const answer = id ? read(shard, id) : last.then(() => find(shard, phrase));
    if (!id) last = answer.catch(() => shards.delete(shard.hash));
    await answer.then(
      (result) => port.postMessage([null, result]),
      (error) => port.postMessage([String(error)]),
    );
  });
}

function startWorker() {
  const worker = new Worker(import.meta.url, { type: "module" });
  return (...question) =>
    new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel();
      worker.addEventListener("error", reject);
      port1.onmessage = ({ data: [fault, result] }) => {
        port1.close();
        worker.removeEventListener("error", reject);
        if (fault) reject(fault);
        else resolve(result);
      };
      worker.postMessage(question, [port2]);
    });
}

// ---- text

function makeFold({ from, to }) {
  const targets = [...to];
  const simplified = new Map(Array.from(from, (c, i) => [c, targets[i]]));
  const strip = (c) => c.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{C}]/gu, "");
  return (character) => Array.from(strip(character), (c) => simplified.get(c) ?? c);
}

// “三抓三促”行动 → 三 抓 三 促, 行 动; the letters of a script with blanks stay together
function cutPhrases(query, fold) {
  const phrases = [[]];
  let open;
  for (const c of [...query].flatMap(fold)) {
    const words = phrases.at(-1);
    const letter = /\p{L}/u.test(c) && c < "\u0e00";
    if (!/[\p{L}\p{N}]/u.test(c)) phrases.push([]);
    else words.push(open && letter ? words.pop() + c : c);
    open = letter;
  }
  return phrases.filter((words) => words.length);
}

// Appends a text with its hits in <mark>, cut to a length around the first of the longest phrase.
function appendMarked(element, text, { phrases, fold }, length = Infinity) {
  const letters = [...text];
  const places = letters.flatMap((c, place) => fold(c).map((f) => [f, place]));
  const folded = places.filter(([c]) => c.trim());
  const marked = new Set();
  const wanted = phrases.map((words) => [...words.join("")]);
  for (const phrase of wanted.sort((a, b) => b.length - a.length))
    for (let i = 0; i < folded.length; i++)
      if (phrase.every((c, k) => folded[i + k]?.[0] === c))
        phrase.forEach((_, k) => marked.add(folded[i + k][1]));
  const [first = 0] = marked;
  const start = Math.max(0, Math.min(first - BEFORE_HIT, letters.length - length));
  const end = Math.min(letters.length, start + length);
  let mark;
  if (start) element.append("…");
  for (let i = start; i < end; i++) {
    mark = marked.has(i) ? (mark ?? element.appendChild(document.createElement("mark"))) : null;
    (mark ?? element).append(letters[i]);
  }
  if (end < letters.length) element.append("…");
  element.normalize();
}

// The body as printed; where its spelling differs from the index, it travels in braille.
function readBody({ meta, content }) {
  if (!meta.printed) return content.split("\u241e").at(-1).replaceAll(" ", "");
  return new TextDecoder().decode(Uint8Array.from(meta.printed, (c) => c.charCodeAt(0) & 255));
}

// ---- the page

function startPage(form) {
  const [status, list, more, template] = ["status", "results", "more", "result"].map((name) =>
    document.querySelector(`[data-search-${name}]`),
  );
  const opened = new Map();
  let ask, fold, run;

  const field = (name) => form.elements.namedItem(name);
  const chosen = (name) => field(name)?.value.trim() ?? "";

  function say(state, message, total = 0) {
    status.textContent = (status.dataset[`message${message}`] ?? "").replaceAll("{total}", total);
    status.dataset.total = total;
    status.dataset.state = state;
  }

  async function load(url) {
    const response = await fetch(url, { cache: "no-cache" });
    if (!response.ok) throw `${response.status} ${url}`;
    return response.json();
  }

  async function listShards() {
    const url = new URL(form.dataset.shards, location);
    ask ??= startWorker();
    const [{ shards }, table] = await Promise.all([load(url), fold ?? load(form.dataset.fold)]);
    fold ??= makeFold(table);
    const site = new URL("..", url).pathname;
    return shards
      .map((shard, place) => ({ ...shard, place, site, base: new URL(shard.path, url).href }))
      .filter(({ year }) => !chosen("year") || chosen("year") === String(year));
  }

  // Which articles of a shard hold a phrase: number → is it in the headline?
  async function find(shard, words) {
    const { ids, titles } = opened.get(shard.hash);
    const found = new Map(await ask(shard, words?.join(" ") ?? null));
    const numbers = [...ids.keys()].filter((number) => found.has(ids[number]));
    return new Map(numbers.map((number) => [number, found.get(ids[number]) < titles[number]]));
  }

  // Takes the articles that pass the filters, and counts them for each value of a filter.
  function take({ hits, counts }, shard, numbers, rank) {
    const { filters } = opened.get(shard.hash);
    const sets = FILTERS.filter(chosen).map((n) => [n, new Set(filters[n]?.[chosen(n)])]);
    const passes = (number, but) => sets.every(([n, set]) => n === but || set.has(number));
    const wanted = new Set(numbers);
    for (const number of wanted)
      if (passes(number)) hits.push({ shard, number, rank: rank(number) });
    for (const name of FILTERS)
      for (const [value, members] of Object.entries(filters[name] ?? {})) {
        const count = members.filter((n) => wanted.has(n) && passes(n, name)).length;
        counts[name].set(value, (counts[name].get(value) ?? 0) + count);
      }
  }

  async function takeWhole(mine, shard) {
    if (!opened.has(shard.hash)) opened.set(shard.hash, await load(`${shard.base}pages.json`));
    const asked = mine.phrases.length ? mine.phrases : [undefined];
    const maps = await Promise.all(asked.map((words) => find(shard, words)));
    const numbers = [...maps[0].keys()].filter((n) => maps.every((map) => map.has(n)));
    mine.found ||= numbers.length;
    take(mine, shard, numbers, (n) => maps.filter((map) => map.get(n)).length);
  }

  // Nothing holds the whole query: cut its phrases where they stop being found, and take the
  // articles with all of the pieces or else those with any, the longest first.
  async function takePieces(mine, shards) {
    const pieces = [];
    for (const phrase of mine.phrases)
      for (let start = 0, end; start < phrase.length; start = Math.max(end - 1, start + 1)) {
        const piece = {};
        for (end = start + 1; end <= phrase.length; end++) {
          const words = phrase.slice(start, end);
          const maps = await Promise.all(shards.map((shard) => find(shard, words)));
          if (!maps.some(({ size }) => size)) break;
          Object.assign(piece, { words, maps });
        }
        if (piece.words?.join("").length > 1) pieces.push(piece);
      }
    mine.phrases = pieces.map(({ words }) => words);
    const any = shards.map((_, i) => pieces.flatMap(({ maps }) => [...maps[i].keys()]));
    const all = any.map((found, i) => found.filter((n) => pieces.every((p) => p.maps[i].has(n))));
    const taken = all.some(({ length }) => length) ? all : any;
    const rank = (i, n) => pieces.reduce((sum, p) => sum + p.words.length * p.maps[i].has(n), 0);
    shards.forEach((shard, i) => take(mine, shard, taken[i], (n) => rank(i, n)));
  }

  async function draw(mine, { shard, number }) {
    const data = await ask(shard, null, opened.get(shard.hash).ids[number]);
    const { title, kicker, date, page, section, column } = data.meta;
    const article = template.content.querySelector("[data-result]").cloneNode(true);
    const part = (name) => article.querySelector(`[data-field=${name}]`);
    part("title").href = data.url;
    appendMarked(part("title"), title, mine);
    if (kicker) appendMarked(part("kicker"), kicker, mine);
    else part("kicker").remove();
    appendMarked(part("excerpt"), readBody(data), mine, EXCERPT);
    part("meta").append([date, page, section, column].filter(Boolean).join(" · "));
    return article;
  }

  async function show(mine) {
    const rank = (hit) => (chosen("sort") === "date" ? 0 : hit.rank);
    const order = (a, b) => a.shard.place - b.shard.place || a.number - b.number;
    mine.hits.sort((a, b) => rank(b) - rank(a) || order(a, b));
    const top = mine.hits.slice(0, mine.limit);
    const articles = await Promise.all(top.map((hit) => (hit.article ??= draw(mine, hit))));
    if (mine !== run) return;
    list.replaceChildren(...articles);
    more.hidden = mine.hits.length <= mine.limit;
  }

  async function takeAll(mine) {
    const shards = await listShards();
    mine.fold = fold;
    mine.phrases = cutPhrases(chosen("q").slice(0, 100), fold);
    if (chosen("q") && !mine.phrases.length) return;
    for (const shard of shards) {
      await takeWhole(mine, shard).catch((fault) => (mine.fault = fault));
      await show(mine);
      if (mine !== run) return;
    }
    if (mine.found || mine.fault) return;
    mine.message = "Pieces";
    await takePieces(mine, shards);
    await show(mine);
  }

  async function search() {
    const counts = Object.fromEntries(FILTERS.map((name) => [name, new Map()]));
    const mine = (run = { counts, hits: [], limit: PER_PAGE, message: "Count" });
    const values = ["q", ...FILTERS, "sort"].map((name) => [name, chosen(name)]);
    const given = values.filter(([, value]) => value && value !== "relevance");
    history.replaceState(null, "", `?${new URLSearchParams(given)}`);
    list.replaceChildren();
    more.hidden = true;
    if (!given.some(([name]) => name !== "sort")) return say("idle", "Idle");
    say("loading", "Loading");
    await takeAll(mine).catch((fault) => (mine.fault = fault));
    if (mine !== run) return;
    labelOptions(counts);
    const total = mine.hits.length;
    if (mine.fault) say("failed", "Failed", total);
    else say("done", total ? mine.message : "None", total);
  }

  function labelOptions(counts) {
    for (const name of FILTERS.filter(field)) {
      for (const option of [...field(name).options].slice(1)) {
        const count = counts[name].get(option.value);
        option.dataset.label ??= option.text;
        option.text = option.dataset.label + (count === undefined ? "" : ` (${count})`);
        if (option.dataset.found && !option.selected) option.remove();
        else counts[name].delete(option.value);
      }
      const rest = [...counts[name]].filter(([, count]) => count).sort((a, b) => b[1] - a[1]);
      for (const [value, count] of rest.slice(0, MOST_OPTIONS)) addOption(name, value, count);
    }
  }

  function addOption(name, value, count) {
    const option = new Option(count ? `${value} (${count})` : value, value);
    Object.assign(option.dataset, { found: "yes", label: value });
    field(name).add(option);
  }

  form.addEventListener("submit", (event) => (event.preventDefault(), search()));
  form.addEventListener("change", ({ target }) => target.name !== "q" && search());
  more.addEventListener("click", async () => {
    const before = list.children.length;
    run.limit += PER_PAGE;
    await show(run);
    list.children[before]?.querySelector("a").focus();
  });
  for (const [name, value] of new URLSearchParams(location.search)) {
    const control = field(name);
    if (!control) continue;
    control.value = value;
    if (FILTERS.includes(name) && control.value !== value) addOption(name, value);
    control.value = value;
  }
  if (location.search) search();
}
