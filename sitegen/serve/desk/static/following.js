// Tell when files of the site have changed.

const SETTLE_MILLISECONDS = 150;

// A browser keeps six connections to a server at most, so that a tab in the background lets go.
export function follow(changed, connected) {
  let stream, timer;
  function listen() {
    stream?.close();
    if (document.hidden) return;
    stream = new EventSource("api/events");
    stream.onopen = () => connected(true);
    stream.onerror = () => connected(false);
    stream.onmessage = () => {
      clearTimeout(timer);
      timer = setTimeout(changed, SETTLE_MILLISECONDS);
    };
  }
  document.addEventListener("visibilitychange", listen);
  listen();
}
