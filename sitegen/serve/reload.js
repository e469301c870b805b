// Part of the preview only: shows the page afresh after a build, and what went wrong in one.
const shown = new URL(import.meta.url).searchParams.get("build");
let stream;

function show({ build, problems }) {
  if (build !== shown) return location.reload();
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

// A browser keeps six connections to a server at most, so that a tab in the background lets go.
function listen() {
  stream?.close();
  if (document.hidden) return;
  stream = new EventSource("/_sitegen/events");
  stream.onmessage = ({ data }) => show(JSON.parse(data));
}

document.addEventListener("visibilitychange", listen);
listen();
