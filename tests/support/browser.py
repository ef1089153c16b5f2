"""A real Chromium (Debian's) for tests, and axe-core's judgement of a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
"""The tests may run as root in a container without a network."""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start Chromium for as long as the block lasts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, "--disable-component-update", "--disable-sync"]
        )
        try:
            yield browser
        finally:
            browser.close()


def find_violations(page: Page) -> list[str]:
    """What axe-core finds wrong with a page by WCAG 2.2 A and AA and by its own best practices; a line each."""
    found: Any = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(RULES)}})
    return [f"{each['id']}: {node['html'][:150]}" for each in found.response["violations"] for node in each["nodes"]]
