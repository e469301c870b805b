// Eleventy's collections of the newspaper: its issues, sections, years and newest articles.

const ARTICLES_A_SECTION_PAGE = 50;
const NEWEST = 40;

/** Groups a list by a key, in the order of the first of each. */
function groupBy(list, key) {
  const groups = new Map();
  for (const item of list) {
    const own = groups.get(key(item));
    if (own) own.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Lists all articles in print order. */
function listArticles(api) {
  const articles = api.getFilteredByGlob("src/issues/**/*.md");
  return articles.sort((one, other) => (one.inputPath < other.inputPath ? -1 : 1));
}

/** Lists the issues, newest first, and tells every article its neighbours. */
function listIssues(api) {
  const issues = [];
  for (const [day, articles] of groupBy(listArticles(api), (article) => article.data.issue)) {
    articles.forEach((article, place) => {
      article.data.before = articles[place - 1];
      article.data.after = articles[place + 1];
    });
    const pages = groupBy(articles, (article) => article.data.page_label);
    issues.push({
      day,
      label: articles[0].data.issue_label,
      url: `/issues/${day}/`,
      pages: [...pages].map(([label, items]) => ({ label, items })),
    });
  }
  return issues.reverse();
}

/** Lists the parts of every section, newest articles first. */
function listSectionPages(api) {
  const parts = [];
  for (const [slug, articles] of groupBy(listArticles(api).reverse(), (a) => a.data.section)) {
    const total = Math.ceil(articles.length / ARTICLES_A_SECTION_PAGE);
    const url = (number) => `/sections/${slug}/` + (number === 1 ? "" : `page/${number}/`);
    for (let number = 1; number <= total; number++) {
      const end = number * ARTICLES_A_SECTION_PAGE;
      parts.push({
        title: articles[0].data.section_title,
        number,
        total,
        url: url(number),
        items: articles.slice(end - ARTICLES_A_SECTION_PAGE, end),
        newer: number > 1 && url(number - 1),
        older: number < total && url(number + 1),
      });
    }
  }
  return parts;
}

export default function configure(config) {
  config.addPassthroughCopy("src/css");
  config.addFilter("json", (value) => JSON.stringify(value));
  config.addCollection("issueList", listIssues);
  config.addCollection("sectionPages", listSectionPages);
  config.addCollection("newest", (api) => listArticles(api).slice(-NEWEST).reverse());
  config.addCollection("years", (api) =>
    [...new Set(listArticles(api).map((article) => article.data.issue.slice(0, 4)))].reverse());
  return {
    dir: { input: "src", output: "out" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
