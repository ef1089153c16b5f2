"""The process that prints a folder of pages with one headless Chromium, two pages of it at a time.

It starts the browser as the tests do, and takes the fonts of the machine, or those that a `fonts.conf` shows.
"""

import asyncio
import os
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.support.browser import CHROMIUM, QUIET

PAGES = 2


async def print_pages(browser: Browser, waiting: list[Path], out: Path) -> None:
    page = await browser.new_page()
    while waiting:
        source = waiting.pop()
        await page.goto(source.as_uri())
        path = out / f"{source.stem}.pdf"
        await page.pdf(path=path, prefer_css_page_size=True, print_background=True, tagged=True)


async def main(folder: Path, out: Path, fonts: str = "") -> None:
    """Print every page of a folder."""
    waiting = sorted(folder.resolve().glob("*.html"), reverse=True)
    surroundings: dict[str, str | float | bool] = {**os.environ, **({"FONTCONFIG_FILE": fonts} if fonts else {})}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET], env=surroundings)
        await asyncio.gather(*(print_pages(browser, waiting, out) for _ in range(PAGES)))
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
