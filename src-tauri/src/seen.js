// Only in builds for tests: keeps what a page should never have to say, so that a test can ask for it, over
// reloads too; and counts what it asks for. It is there before the page's first line.
(() => {
  // A page that is being left has its open requests cut off, and says so: that is nobody's mistake.
  let left = false;
  addEventListener("beforeunload", () => {
    left = true;
  });
  const keep = (kind, words) => {
    if (left) return;
    const all = JSON.parse(sessionStorage.getItem("segue-seen") ?? "[]");
    sessionStorage.setItem("segue-seen", JSON.stringify([...all, `${kind}: ${words}`]));
  };
  // A page for a window of no width has no rows, and is made again when it is seen.
  addEventListener("DOMContentLoaded", () => {
    if (innerWidth === 0) keep("layout", "the page has no width yet");
  });
  const complain = console.error;
  console.error = (...words) => {
    keep("console.error", words.map(String).join(" "));
    complain.apply(console, words);
  };
  const ask = window.fetch;
  window.segueAsked = 0;
  window.fetch = (...request) => {
    window.segueAsked += 1;
    return ask(...request);
  };
  addEventListener("error", (event) => keep("error", event.message ?? event.target?.src ?? event.type), true);
  addEventListener("unhandledrejection", (event) => keep("rejection", String(event.reason?.message ?? event.reason)));
  addEventListener("securitypolicyviolation", (event) =>
    keep("policy", `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
  );
})();
