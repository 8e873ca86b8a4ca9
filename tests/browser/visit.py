"""One person's browser: it goes places, and keeps what the pages complained of."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

PHONE = {"width": 390, "height": 844}
WCAG = {
    "resultTypes": ["violations"],
    # Only a rule that is off by default needs the style sheets fetched a second time.
    "preload": False,
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
}
_axe = Axe()
# Every document of the page, frames included, tells what its policy stopped.
TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


class Visit:
    def __init__(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_VIOLATIONS)
        self.context = context
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("response", self._note_response)
        self._expected_status = 200

    def go(self, path: str, *, status: int = 200, elsewhere: bool = False) -> Response:
        """Open a page; another status or, unless `elsewhere`, a redirect is a complaint."""
        self.expect_status(status)
        response = self.page.goto(path)
        assert response is not None
        if response.status != status:
            self.complaints.append(f"answered {response.status}")
        if urlsplit(self.page.url).path != urlsplit(path).path and not elsewhere:
            self.complaints.append(f"sent on to {self.page.url}")
        return response

    def expect_status(self, status: int) -> None:
        """Answers of this status are no complaint until the next page."""
        self._expected_status = status

    def look(self, *, within: str | None = None) -> list[str]:
        """What is wrong with the page shown: complaints, a page wider than the phone, axe's violations."""
        self.page.wait_for_load_state()
        found, self.complaints = self.complaints, []
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"scrolls sideways by {wide} px: {self._widest()}")
        return found + self._violations(within)

    def _violations(self, within: str | None) -> list[str]:
        violations = _axe.run(self.page, context=within, options=WCAG).response["violations"]
        return [
            f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
            for violation in violations
            for node in violation["nodes"]
        ]

    def _widest(self) -> list[str]:
        return self.page.evaluate(
            """() => [...document.querySelectorAll("body *")]
              .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
              .map((element) => element.outerHTML.slice(0, 90)).slice(-3)"""
        )

    def _note_message(self, message: ConsoleMessage) -> None:
        wanted_status = f"status of {self._expected_status}" if self._expected_status >= 400 else None
        if message.type in ("error", "warning") and not (wanted_status and wanted_status in message.text):
            self.complaints.append(f"console {message.type}: {message.text}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400 and response.status != self._expected_status:
            self.complaints.append(f"{response.status} for {response.url}")
