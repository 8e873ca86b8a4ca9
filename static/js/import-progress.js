// While the worker is at an import, its progress is fetched anew; once it is done the page shows the outcome.
(() => {
  "use strict";
  const shown = document.getElementById("import-progress");
  const EVERY = 1500; // milliseconds

  async function refresh() {
    try {
      const answer = await fetch(window.location.href, { redirect: "manual" });
      if (!answer.ok) {
        window.location.reload(); // the step has passed: the server leads on
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("import-progress");
      if (!fresh || !("working" in fresh.dataset)) {
        window.location.reload();
        return;
      }
      shown.replaceChildren(...fresh.childNodes);
    } catch {
      // The network is away: the next try tells.
    }
    setTimeout(refresh, EVERY);
  }

  if (shown && "working" in shown.dataset) setTimeout(refresh, EVERY);
})();
