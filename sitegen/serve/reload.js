// Part of the preview only: lets an open page follow what becomes of its files.
const LED = "sitegen-led";
let { shown, led } = Object.fromEntries(new URL(import.meta.url).searchParams);
let stream;

// Where pages were led while this one was on its way is known to the one before it.
led = sessionStorage.getItem(LED) ?? led;
sessionStorage.removeItem(LED);

function reload() {
  sessionStorage.setItem(LED, led);
  location.reload();
}

function follow(notice) {
  if (notice.go) return location.assign(notice.go);
  if (notice.reload) return reload();
  if (notice.styles) swap(notice.styles);
  shown = notice.shown;
  tell(notice.problems);
  offer(notice.review);
}

// The old sheet goes when the new one is there, so that the page is never bare.
function swap(styles) {
  for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
    const href = styles[new URL(old.href).pathname];
    if (!href) continue;
    const sheet = old.cloneNode();
    sheet.href = href;
    sheet.onload = sheet.onerror = () => old.remove();
    old.after(sheet);
  }
}

function tell(problems) {
  document.getElementById("sitegen-problems")?.remove();
  if (!problems.length) return;
  const banner = document.createElement("pre");
  banner.id = "sitegen-problems";
  banner.setAttribute("role", "alert");
  banner.textContent = problems.join("\n");
  Object.assign(banner.style, {
    position: "fixed", inset: "auto 0 0 0", zIndex: 2147483647, margin: 0, padding: "1em",
    maxHeight: "50vh", overflow: "auto", whiteSpace: "pre-wrap",
    background: "#7a0c0c", color: "#fff", font: "14px/1.5 monospace",
  });
  document.body.append(banner);
}

// An article with open flags leads to the review desk.
function offer(review) {
  document.getElementById("sitegen-review")?.remove();
  if (!review) return;
  const chinese = navigator.language.toLowerCase().startsWith("zh");
  const link = document.createElement("a");
  link.id = "sitegen-review";
  link.href = review.link;
  link.lang = chinese ? "zh-Hans" : "en";
  link.textContent = chinese
    ? `审稿台：${review.flags} 处待核`
    : `Review desk: ${review.flags} to look at`;
  Object.assign(link.style, {
    position: "fixed", inset: "auto 1rem 1rem auto", zIndex: 2147483646, padding: "0.5em 0.75em",
    borderRadius: "0.375em", background: "#a4161a", color: "#fff",
    font: "14px/1.4 system-ui, sans-serif",
  });
  document.body.append(link);
}

// A browser keeps six connections to a server at most, so that a tab in the background lets go.
function listen() {
  stream?.close();
  if (document.hidden) return;
  const asked = new URLSearchParams({ path: location.pathname, shown, led });
  stream = new EventSource(`/_sitegen/events?${asked}`);
  stream.onmessage = ({ data }) => follow(JSON.parse(data));
}

document.addEventListener("visibilitychange", listen);
listen();
