// A video of another site: its frame is made by a click, and by nothing else.
(() => {
  "use strict";
  document.querySelectorAll("[data-player]").forEach((player) => {
    const button = player.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => {
      const frame = document.createElement("iframe");
      frame.src = player.dataset.player;
      frame.title = player.dataset.title;
      frame.allow = "fullscreen; picture-in-picture";
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
      frame.tabIndex = 0;
      player.querySelector(".player-still").replaceChildren(frame);
      frame.focus();
    });
  });
})();
