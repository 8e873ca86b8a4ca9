// Facets: a search inside long ones, and what was open stays open when the list changes.
(() => {
  "use strict";
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");

  const showSearches = () => {
    document.querySelectorAll("[data-facet-search]").forEach((input) => { input.hidden = false; });
  };

  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!input.matches("[data-facet-search]")) return;
    const wanted = plain(input.value.trim());
    input.parentElement.querySelectorAll(".facet-option").forEach((option) => {
      option.hidden = wanted !== "" && !plain(option.textContent).includes(wanted);
    });
  });
  // Looking for a value inside a facet asks nothing of the server, and Enter sends no form.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-facet-search]")) event.stopPropagation();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-facet-search]")) event.preventDefault();
  });

  let open = [];
  document.addEventListener("htmx:beforeSwap", () => {
    open = [...document.querySelectorAll(".facet-more[open]")].map((details) => details.id);
  });
  document.addEventListener("htmx:afterSwap", () => {
    open.forEach((id) => { const details = document.getElementById(id); if (details) details.open = true; });
    showSearches();
  });
  showSearches();
})();
