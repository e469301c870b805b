// One Pagefind instance a shard, one search at a time; answers through the port of the question.

const shards = {};
const pages = {};
let last = Promise.resolve();
let fault;
// Where one of its files is missing, Pagefind says so here only, and then finds nothing.
console.error = (message) => (fault ??= message);

async function open({ base, site }) {
  const { createInstance } = await import(`${base}pagefind.js`);
  return createInstance({ basePath: base, baseUrl: site, exactDiacritics: true });
}

// The articles that hold a phrase, all where it is empty, and where it stands in each.
async function find(shard, phrase) {
  fault = null;
  const index = (shards[shard.hash] ??= await open(shard));
  const { results } = await index.search(phrase ? `"${phrase}"` : null);
  if (fault) throw fault;
  // A result without words was found in what is only shown: a date, a page number.
  const found = results.filter(({ words }) => !phrase || words.length);
  for (const result of found) pages[result.id] = result;
  return found.map(({ id, words }) => [id, words[0]]);
}

onmessage = async ({ data: [shard, phrase, id], ports: [port] }) => {
  const answer = id ? pages[id].data() : last.then(() => find(shard, phrase));
  if (!id) last = answer.catch(() => delete shards[shard.hash]);
  port.postMessage(await answer.then((result) => [null, result], (error) => [`${error}`]));
  port.close();
};
