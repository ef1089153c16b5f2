// Loads the page anew when its files changed, and says what is wrong, as text. `leaflets serve` adds it to a page on its way out.
"use strict";
(() => {
  const own = document.currentScript.dataset;
  const box = document.createElement("pre");
  box.setAttribute("role", "status");
  box.lang = "en";
  box.dir = "ltr";
  Object.assign(box.style, {
    position: "fixed",
    insetInline: "0",
    insetBlockEnd: "0",
    zIndex: "2147483647",
    margin: "0",
    padding: "12px",
    overflow: "auto",
    maxBlockSize: "40vh",
    font: "14px/1.5 monospace",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    color: "var(--ink)",
    background: "var(--paper)",
    borderBlockStart: "4px solid var(--accent)",
  });
  const show = (lines) => {
    box.textContent = lines.join("\n");
    if (lines.length) document.body.append(box);
    else box.remove();
  };
  addEventListener("beforeprint", () => box.remove());
  let source;
  const hear = (event) => {
    const said = JSON.parse(event.data);
    if (said[own.follow] !== own.at) {
      source.close();
      location.reload();
      return;
    }
    show(said.lines);
  };
  // A browser holds few connections to one host; a page that nobody sees needs none.
  const listen = () => {
    source?.close();
    if (document.visibilityState !== "visible") return;
    source = new EventSource("/_events");
    source.onmessage = hear;
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
