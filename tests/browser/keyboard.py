"""Somebody who only has a keyboard."""

from typing import Self

from playwright.sync_api import Page

MOST_STOPS = 140  # further than any page is long
# What has the focus, as its reader hears it, and whether it shows.
FOCUSED = """() => {
  const it = document.activeElement, named = it.labels && it.labels.length ? it.labels[0] : null;
  // A box that its label stands for is drawn by the label.
  const drawn = named && getComputedStyle(it).opacity === "0" ? named : it;
  const style = getComputedStyle(drawn), box = drawn.getBoundingClientRect();
  const label = named ? named.innerText : "";
  return {
    tag: it.tagName.toLowerCase(), id: it.id, name: it.getAttribute("name"),
    says: (it.getAttribute("aria-label") || label || it.innerText || it.value || "").trim().replace(/\\s+/g, " "),
    shows: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.left >= 0 && box.right <= innerWidth + 1 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


class Keyboard:
    """Goes from stop to stop; each must show its focus and be on the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def focused(self) -> dict:
        return self.page.evaluate(FOCUSED)

    def tab(self) -> dict:
        self.page.keyboard.press("Tab")
        stop = self.focused()
        assert stop["tag"] == "body" or (stop["shows"] and stop["inside"]), f"focus not seen: {stop}"
        return stop

    def to(self, wanted: str) -> Self:
        """Tab until the field `wanted`, or something that says so at its start, has the focus."""
        passed = []
        for _stop in range(MOST_STOPS):
            stop = self.tab()
            if wanted in (stop["name"], stop["id"]) or stop["says"].startswith(wanted):
                return self
            passed.append(stop["says"][:40])
        raise AssertionError(f"no stop is {wanted!r}; passed {passed[:40]}")

    def type(self, text: str) -> Self:
        self.page.keyboard.type(text)
        return self

    def press(self, key: str) -> Self:
        self.page.keyboard.press(key)
        return self

    def follow(self) -> Self:
        """Enter on a link or a button that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self
