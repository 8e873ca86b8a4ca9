// How far a file is on its way; without this, the browser's own sign.
(() => {
  "use strict";
  const part = (event) => event.target.closest?.("form[data-upload]")?.querySelector(".upload-progress");

  document.addEventListener("htmx:xhr:loadstart", (event) => {
    const shown = part(event);
    if (shown) shown.hidden = false;
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const shown = part(event);
    if (shown && event.detail.total) {
      shown.querySelector("progress").value = Math.round((100 * event.detail.loaded) / event.detail.total);
    }
  });
  document.addEventListener("htmx:xhr:loadend", (event) => {
    const shown = part(event);
    if (shown) shown.hidden = true;
  });
  // After a refused file, the reader hears what is wrong first.
  document.addEventListener("htmx:afterSettle", () => document.querySelector("[data-focus]")?.focus());
})();
