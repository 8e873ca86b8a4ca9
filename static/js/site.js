// Small helpers; every page works without them.
(() => {
  "use strict";

  // A form is sent once: a second click while the first is under way does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  // After a refused form, the reader hears what is wrong first.
  document.querySelector("[data-focus]")?.focus();

  // An open menu closes with Escape, or when one goes elsewhere.
  document.querySelectorAll("details[data-menu]").forEach((menu) => {
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
    });
  });

  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");

  // A long multiple list becomes a search box with what is chosen above it.
  const makePicker = (select) => {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const chosen = document.createElement("div");
    chosen.className = "picker-chosen";
    const input = document.createElement("input");
    input.type = "search";
    input.className = "form-control";
    input.id = `${select.id}_search`;
    input.autocomplete = "off";
    input.placeholder = document.documentElement.lang === "en" ? "Type to search" : "Écrivez pour chercher";
    if (label) label.htmlFor = input.id;
    const help = select.getAttribute("aria-describedby");
    if (help) input.setAttribute("aria-describedby", help);
    const options = document.createElement("div");
    options.className = "picker-options";
    options.hidden = true;
    const status = document.createElement("p");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");

    const showChosen = () => {
      chosen.replaceChildren(...[...select.selectedOptions].map((option) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "tag tag-skill";
        button.textContent = `${option.text} ×`;
        button.setAttribute("aria-label", `${document.documentElement.lang === "en" ? "Remove" : "Retirer"} ${option.text}`);
        button.addEventListener("click", () => { option.selected = false; showChosen(); input.focus(); });
        return button;
      }));
    };
    const showOptions = () => {
      const wanted = plain(input.value.trim());
      const found = wanted ? [...select.options].filter((o) => !o.selected && plain(o.text).includes(wanted)).slice(0, 12) : [];
      options.hidden = !found.length;
      status.textContent = wanted ? String(found.length) : "";
      options.replaceChildren(...found.map((option) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = option.text;
        button.addEventListener("click", () => {
          option.selected = true; input.value = ""; showChosen(); showOptions(); input.focus();
        });
        return button;
      }));
    };
    input.addEventListener("input", showOptions);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); options.querySelector("button")?.click(); }
      if (event.key === "ArrowDown") { event.preventDefault(); options.querySelector("button")?.focus(); }
      if (event.key === "Escape") { input.value = ""; showOptions(); }
    });
    options.addEventListener("keydown", (event) => {
      const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
      if (!step) return;
      event.preventDefault();
      (document.activeElement[step] || input).focus();
    });
    select.hidden = true;
    select.before(chosen, input, options, status);
    showChosen();
  };
  document.querySelectorAll("select[data-picker]").forEach(makePicker);

  // The address of a page, on the clipboard.
  document.querySelectorAll("button[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
    });
  });

  // One more line in a form of lines, without asking the server.
  document.querySelectorAll("[data-lines]").forEach((lines) => {
    const add = lines.querySelector("[data-add-line]");
    const model = lines.querySelector("[data-new-line]");
    if (!add || !model) return;
    const prefix = lines.dataset.lines;
    const total = lines.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    const most = Number(lines.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`).value);
    add.type = "button"; // without a script it sends the form, which comes back with one line more
    add.addEventListener("click", () => {
      const number = Number(total.value);
      const made = document.createElement("template");
      made.innerHTML = model.innerHTML.replaceAll("__prefix__", number);
      made.content.querySelector("[aria-label]").setAttribute("aria-label", `Contact ${number + 1}`);
      add.before(made.content);
      total.value = number + 1;
      add.hidden = number + 1 >= most;
      document.getElementById(`id_${prefix}-${number}-name`).focus();
    });
  });
})();
