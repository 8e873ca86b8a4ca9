// The month's grid by keyboard: arrows go from day to day, Page Up and Page Down turn the months.
(() => {
  "use strict";
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

  const inFront = (days, from, step) => days[days.indexOf(from) + step];

  document.addEventListener("keydown", (event) => {
    const day = event.target.closest?.("[data-day]");
    if (!day || event.altKey || event.ctrlKey || event.metaKey) return;
    const days = [...day.closest("[data-month-grid]").querySelectorAll("[data-day]")];
    const turn = { PageUp: "previous", PageDown: "next" }[event.key];
    if (turn) {
      event.preventDefault();
      document.querySelector(`[data-month="${turn}"]`).click();
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const week = [...day.closest("tr").querySelectorAll("[data-day]")];
      week.at(event.key === "Home" ? 0 : -1).focus();
    } else if (STEPS[event.key]) {
      event.preventDefault();
      inFront(days, day, STEPS[event.key])?.focus();
    }
  });
})();
