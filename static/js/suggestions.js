// Suggestions under the search box: a combobox with a list box (ARIA Authoring Practices). htmx fetches them;
// without a script the box is a plain form.
(() => {
  "use strict";

  const makeCombobox = (input) => {
    const form = input.form;
    const list = form.querySelector("[role=listbox]");
    const status = form.querySelector("[role=status]");
    let active = null;
    let wanted = false; // what comes late, after Escape or elsewhere, is not shown

    const options = () => [...list.querySelectorAll("[role=option]")];
    const choose = (option) => {
      active?.setAttribute("aria-selected", "false");
      active = option || null;
      if (!active) { input.removeAttribute("aria-activedescendant"); return; }
      active.setAttribute("aria-selected", "true");
      active.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", active.id);
    };
    const show = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) { choose(null); status.textContent = ""; }
    };
    const move = (step) => {
      const all = options();
      const next = all.indexOf(active) + step;
      // Past either end one is in the box again, with what was typed.
      choose(active === null && step < 0 ? all.at(-1) : all[next]);
    };

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";

    input.addEventListener("input", () => { wanted = true; });
    input.addEventListener("blur", () => { wanted = false; show(false); });
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("htmx:afterSwap", () => {
      options().forEach((option, number) => { option.id = `${list.id}-${number}`; });
      active = null;
      input.removeAttribute("aria-activedescendant");
      if (!wanted || document.activeElement !== input) { show(false); return; }
      show(options().length > 0);
      status.textContent = list.querySelector("[data-says]")?.textContent.trim().replace(/\s+/g, " ") || "";
    });
    input.addEventListener("keydown", (event) => {
      const open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!open && options().length && input.value.trim()) show(true);
        if (list.hidden) return;
        event.preventDefault();
        move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && open && active) {
        event.preventDefault();
        active.click();
      } else if (event.key === "Escape" && (open || wanted)) {
        if (open) event.preventDefault(); // closes the list first, and only then empties the box
        wanted = false;
        show(false);
      }
    });
  };
  document.querySelectorAll("[data-suggest]").forEach(makeCombobox);
})();
