// Small helpers for the animators; every page works without them.
(() => {
  "use strict";

  // A reason template fills the field; without this script a button asks the server to.
  document.querySelectorAll("select[data-fills]").forEach((select) => {
    const field = document.getElementById(select.dataset.fills);
    const button = select.form.querySelector("button[name=fill]");
    if (!field || !button) return;
    button.hidden = true;
    select.addEventListener("change", () => {
      const text = select.selectedOptions[0].dataset.text;
      if (text) field.value = text;
    });
  });
})();
