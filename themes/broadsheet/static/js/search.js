// Search in the reader's browser: phrases are asked of a worker, shard by shard, newest first.

import { cutPhrases, cutPieces, cutWords, findHits, makeFold } from "./fold.js";
import { mark, readText } from "./mark.js";

const PER_PAGE = 10;
const EXCERPT = 110;
const BEFORE_HIT = 24;
const MOST_OPTIONS = 100;
const FILTERS = "year section author place column kind".split(" ");

document.querySelectorAll("form[data-search]").forEach(startPage);

function startWorker() {
  const worker = new Worker(new URL("./search-worker.js", import.meta.url), { type: "module" });
  const broken = new Promise((_, reject) => worker.addEventListener("error", reject));
  return (...question) => {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage(question, [port2]);
    const answer = new Promise((resolve, reject) => {
      port1.onmessage = ({ data: [fault, result] }) => (fault ? reject(fault) : resolve(result));
    });
    return Promise.race([broken, answer]);
  };
}

// Fills an element with a text and its hits, cut to a length around the first of the longest phrase.
function fill(element, text, { phrases, fold }, length = Infinity) {
  const letters = [...text];
  const [[hit] = [0]] = findHits(cutWords(text, fold), phrases);
  const start = Math.max(0, Math.min(hit - BEFORE_HIT, letters.length - length));
  const end = start + length;
  element.append(start ? "…" : "", letters.slice(start, end).join(""), letters[end] ? "…" : "");
  mark(readText(element, fold), phrases);
}

// The body as printed; where its spelling differs from the index, it travels in braille.
function readBody({ meta, content }) {
  if (!meta.printed) return content.split("\u241e").at(-1).replaceAll(" ", "");
  return new TextDecoder().decode(Uint8Array.from(meta.printed, (c) => c.charCodeAt(0) & 255));
}

function startPage(form) {
  const [status, list, more, template, filters, summary, clear, retry] =
    "status results more result filters chosen clear retry"
      .split(" ")
      .map((name) => document.querySelector(`[data-search-${name}]`));
  const { title } = document;
  let ask, fold, run;
  let pages = {};

  const chosen = (name) => form[name].value.trim();
  const narrowed = () => FILTERS.filter(chosen);

  function say(state, message, total = 0) {
    status.textContent = status.dataset[`message${message}`].replaceAll("{total}", total);
    Object.assign(status.dataset, { total, state });
    list.ariaBusy = state === "loading";
  }

  async function load(url) {
    const response = await fetch(url, { cache: "no-cache" });
    if (!response.ok) throw url;
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
      .sort((a, b) => ofYear(b) - ofYear(a));
  }

  const ofYear = ({ year }) => chosen("year") === String(year);

  async function open(shard) {
    return (shard.pages = await (pages[shard.hash] ??= load(`${shard.base}pages.json`)));
  }

  // Which articles of a shard hold a phrase: number → is it in the headline?
  async function find(shard, words) {
    const [places, { ids, titles }] = await Promise.all([ask(shard, words.join(" ")), open(shard)]);
    const found = new Map(places);
    const numbers = [...ids.keys()].filter((n) => found.has(ids[n]));
    return new Map(numbers.map((n) => [n, found.get(ids[n]) < titles[n]]));
  }

  // Takes the articles that pass the filters, and counts them for each value of a filter.
  function take({ hits, counts }, shard, numbers, rank) {
    const { filters } = shard.pages;
    const sets = narrowed().map((n) => [n, new Set(filters[n]?.[chosen(n)])]);
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

  // Takes what holds every phrase, or some of them: more of them, and those in a headline, first.
  async function takeFrom(mine, shard, how) {
    const asked = mine.phrases.length ? mine.phrases : [[]];
    const maps = await Promise.all(asked.map((words) => find(shard, words)));
    const numbers = [...shard.pages.ids.keys()].filter((n) => maps[how]((map) => map.has(n)));
    mine.found ||= numbers.length;
    take(mine, shard, numbers, (n) =>
      maps.reduce((sum, map, i) => sum + (asked[i].length + map.get(n) / 1000 || 0), 0),
    );
    await show(mine);
  }

  async function draw(mine, { shard, number }) {
    const data = await ask(shard, "", shard.pages.ids[number]);
    const { title, kicker = "", date, page, section, column, kind } = data.meta;
    const item = template.content.firstElementChild.cloneNode(true);
    const place = (name) => item.querySelector(`[data-field=${name}]`);
    place("title").href = data.url;
    fill(place("title"), title, mine);
    fill(place("kicker"), kicker, mine);
    fill(place("excerpt"), readBody(data), mine, EXCERPT);
    place("meta").append([...new Set([date, page, section, column, kind])].filter(Boolean).join(" · "));
    return item;
  }

  async function show(mine) {
    const rank = (hit) => (chosen("sort") === "date" ? 0 : hit.rank);
    mine.hits.sort(
      (a, b) => rank(b) - rank(a) || a.shard.place - b.shard.place || a.number - b.number,
    );
    const shown = mine.hits.slice(0, mine.limit).map((hit) => (hit.item ??= draw(mine, hit)));
    const items = await Promise.all(shown);
    if (mine !== run) return;
    list.replaceChildren(...items);
    more.hidden = mine.hits.length <= mine.limit;
  }

  async function takeAll(mine, shards, how) {
    for (const shard of shards)
      // Other years only tell whether the chosen one hides what there is.
      if (mine === run && !(mine.found && chosen("year") && !ofYear(shard)))
        await takeFrom(mine, shard, how).catch((fault) => (mine.fault = fault));
  }

  async function answer(mine) {
    const shards = await listShards();
    const phrases = cutPhrases(chosen("q"), fold);
    if (chosen("q") && !phrases.length) return;
    Object.assign(mine, { fold, phrases });
    await takeAll(mine, shards, "every");
    if (mine.found || mine.fault) return;
    // Nothing holds the whole query.
    const stands = async (words) =>
      (await Promise.all(shards.map((shard) => find(shard, words)))).some(({ size }) => size);
    const pieces = [];
    for (const phrase of phrases) pieces.push(...(await cutPieces(phrase, stands)));
    if (!pieces.length) return;
    Object.assign(mine, { phrases: pieces, message: "Pieces" });
    await takeAll(mine, shards, "every");
    if (!mine.found) await takeAll(mine, shards, "some");
  }

  async function search() {
    const counts = Object.fromEntries(FILTERS.map((name) => [name, new Map()]));
    if (run?.fault) (ask = null), (pages = {});
    const mine = (run = { counts, hits: [], limit: PER_PAGE, message: "Count" });
    summary.textContent = narrowed().map((name) => form[name].selectedOptions[0].text).join(" · ");
    clear.hidden = !narrowed().length;
    document.title = `${chosen("q")} ${title}`.trim();
    if (list.contains(document.activeElement)) form.q.focus();
    say("loading", "Loading");
    await show(mine);
    if (!chosen("q") && clear.hidden) return say("idle", "Idle");
    await answer(mine).catch((fault) => (mine.fault = fault));
    if (mine !== run) return;
    labelOptions(counts);
    const total = mine.hits.length;
    if (mine.fault) say("failed", "Failed", total);
    else say("done", total ? mine.message : mine.found ? "Hidden" : "None", total);
  }

  // Before a search the filters count all articles, once a reader turns to them.
  async function offer() {
    const mine = run;
    if (status.dataset.state !== "idle") return;
    for (const shard of await listShards()) {
      await open(shard);
      take({ ...mine, hits: [] }, shard, shard.pages.ids.keys(), Number);
    }
    if (mine === run) labelOptions(mine.counts);
  }

  function labelOptions(counts) {
    for (const name of FILTERS) {
      const { options } = form[name];
      for (const option of [...options])
        if (option.dataset.found && !option.selected) option.remove();
      const rest = new Map(counts[name]);
      for (const { value } of options) rest.delete(value);
      const most = [...rest].filter(([, count]) => count).sort((a, b) => b[1] - a[1]);
      for (const [value] of most.slice(0, MOST_OPTIONS)) addOption(name, value);
      for (const option of options) {
        const count = counts[name].get(option.value);
        option.label = option.text + (count === undefined ? "" : ` (${count})`);
      }
    }
  }

  function addOption(name, value, selected) {
    const option = new Option(value, value, false, selected);
    option.dataset.found = "yes";
    form[name].add(option);
  }

  // The address says all that is searched for; a new search is a new entry of the history.
  function go(how) {
    const values = [...new FormData(form)].filter(([name]) => chosen(name));
    const given = new URLSearchParams(values.filter(([, value]) => value !== "relevance"));
    const address = given.size ? `?${given}` : "";
    if (address === location.search) how = "replace";
    history[`${how}State`](null, "", location.pathname + address);
    search();
  }

  function readAddress() {
    form.reset();
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (!["q", "sort", ...FILTERS].includes(name)) continue;
      form[name].value = value;
      if (FILTERS.includes(name) && value && !chosen(name)) addOption(name, value, true);
    }
    search();
  }

  // Down and up lead from the words to the results and back.
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [form.q, ...list.querySelectorAll("a"), more];
    const at = stops.indexOf(document.activeElement);
    const next = event.key === "Escape" ? at > 0 && stops[0] : stops[at + step];
    if (at < 0 || !next || next.hidden || event.shiftKey) return;
    event.preventDefault();
    next.focus();
  }

  form.onsubmit = (event) => (event.preventDefault(), go("push"));
  form.onchange = ({ target }) => target.name !== "q" && go("replace");
  retry.onclick = () => (form.q.focus(), search());
  clear.onclick = () => {
    for (const name of FILTERS) form[name].value = "";
    form.q.focus();
    go("push");
  };
  more.onclick = async () => {
    const before = list.children.length;
    run.limit += PER_PAGE;
    await show(run);
    list.children[before]?.querySelector("a").focus();
  };
  filters.addEventListener("focusin", offer, { once: true });
  filters.open = innerWidth >= 768;
  onkeydown = walk;
  onpopstate = readAddress;
  readAddress();
}
