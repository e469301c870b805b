// What the preview says is wrong, in Chinese: by its code, where there are words for it.
// `at` says its lines; what the preview itself says is added where it tells more.

export const PROBLEMS = {
  "bad-lines": (_, at) => `版面上没有${at}，或该处没有文字。`,
  "in-no-article": (_, at) => `${at}不属任何稿件：请选稿件中的行。`,
  "nothing-before": (_, at) => `${at}之前没有稿件：请先选一篇稿件，再用“续到所选”（a）。`,
  "not-joined": ({ article }, at) =>
    `${at}不能续在第 ${article} 行所在稿件之后：请先用“由此另起”（s）定出起点，再并入。`,
  "headline-not-there": ({ article }, at) =>
    `第 ${article} 行所在稿件的标题不能取自${at}：请打开文件（o），改 title。`,
  "headline-stays": ({ article }) =>
    `第 ${article} 行所在稿件仍有标题：请打开文件（o），改 title。`,
  "headline-elsewhere": ({ article }, at) =>
    `${at}已定为第 ${article} 行所在稿件的标题：请先撤回该决定。`,
  "running-text": (_, at) =>
    `${at}是正文，不是标题：请在稿件起首处用“由此另起”（s），或打开文件（o），改 title。`,
  "lines-lost": (_, at) =>
    `${at}原在稿件中，照此将不属任何稿件：标题请打开文件（o），改 title；其余各行请先并入（J、a），或定为报眉（f）、略去（i）。`,
  "already-decided": (_, at) => `${at}早已如此决定，未作改动。`,
  "not-decided": (_, at) => `pages.yaml 中没有这一决定：${at}。`,
  "article-broken": ({ says }) => `稿件文件读不出来，请改正：${says}`,
  "other-text": () => "本版的决定是照另一份原文作的：请逐一核对，撤回不合的，再改 page_sha256。",
  unwritable: ({ says }) => `pages.yaml 的写法使审稿台无法改动，请手工写入：${says}`,
  "not-flagged": () => "该稿件已没有这处待核。",
  "nothing-to-undo": () => "没有可以撤销的；可在“已作的决定”中逐一撤回。",
  "undo-changed": ({ path }) => `${path} 其后在别处有改动，这一步不能撤销。`,
  "undo-stands-on": () => "其后的决定以这一步为前提，不能撤销：请在“已作的决定”中撤回。",
  "unknown-page": ({ path }) => `没有这个版面原文：${path}`,
  "unknown-article": ({ path }) => `没有这篇稿件：${path}`,
  "link-out": ({ path }) => `${path} 是通到站点之外的链接，不予打开或改动。`,
  changed: ({ path }) => `${path} 在读取之后有变。`,
  "import-running": () => "另有一次导入正在进行，请待其结束后再试。",
  "not-imported": () => "本版尚未导入。",
  "import-again": () => "上次导入之后，原文、设置或程序有变，本版须重新导入。",
  "no-issue": () => "没有一行写明日期：请在 pages.yaml 写明 issue。",
};
