// Ask the preview for pages, and order changes.

const token = document.querySelector("meta[name=review-token]").content;

export class Refusal extends Error {
  constructor(status, problems) {
    super(problems.map(({ says }) => says).join("\n"));
    this.status = status;
    this.problems = problems;
  }
}

export async function readPages() {
  return (await ask("api/pages")).pages;
}

export function readPage(file) {
  return ask(`api/page?${new URLSearchParams({ file })}`);
}

export function order(name, body) {
  return ask(`api/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Review-Token": token },
    body: JSON.stringify(body),
  });
}

// Status 0 stands for no answer at all.
async function ask(address, options = {}) {
  let answer, told;
  try {
    answer = await fetch(address, { cache: "no-store", ...options });
    told = await answer.json();
  } catch (error) {
    throw new Refusal(answer?.status ?? 0, answer ? [{ code: "other", says: error.message }] : []);
  }
  if (!answer.ok) throw new Refusal(answer.status, told.problems);
  return told;
}
